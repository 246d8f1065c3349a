#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *reel_line_make (const char *text, guint max_characters);

G_END_DECLS
