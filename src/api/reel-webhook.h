#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *reel_webhook_sign (const char *secret, GBytes *body);
gboolean reel_webhook_verify (const char *secret, GBytes *body, const char *signature);

G_END_DECLS
