#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *reel_adopt_text_make_introduction (const char *title, const char *account_name);
char *reel_adopt_text_make_error (const GError *error, const char *title);

G_END_DECLS
