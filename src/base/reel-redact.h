#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *reel_redact (const char *text);

G_END_DECLS
