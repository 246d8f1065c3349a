#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean reel_decimal_is_valid (const char *text);
gboolean reel_decimal_add (char **sum, const char *term);

G_END_DECLS
