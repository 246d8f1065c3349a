#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *reel_file_name_make_safe (const char *text, gsize max_bytes);

G_END_DECLS
