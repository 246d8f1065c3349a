#pragma once

#include <gio/gio.h>

#include "reel-account.h"

G_BEGIN_DECLS

const char *reel_webhook_text_refuse_url (const char *url);
char *reel_webhook_text_refuse_port (guint port, ReelAccount *account, GListModel *accounts);
guint reel_webhook_text_offer_port (GListModel *accounts);
char *reel_webhook_text_describe_state (ReelAccount *account);

G_END_DECLS
