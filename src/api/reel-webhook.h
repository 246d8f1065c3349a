#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** What the path of a webhook starts with; its token follows, and nothing else. */
#define REEL_WEBHOOK_PATH "/webhooks/"

/** The length of a token: 128 bits as lower-case hex digits. */
#define REEL_WEBHOOK_TOKEN_LENGTH 32

char *reel_webhook_make_token (void);
gboolean reel_webhook_tokens_equal (const char *one, const char *other);
char *reel_webhook_make_url (const char *base_url, const char *token);
char *reel_webhook_parse_path (const char *path);

char *reel_webhook_sign (const char *secret, GBytes *body);
gboolean reel_webhook_verify (const char *secret, GBytes *body, const char *signature);

G_END_DECLS
