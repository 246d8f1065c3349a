#pragma once

#include <adwaita.h>

#include "reel-engine.h"

G_BEGIN_DECLS

#define REEL_TYPE_WEBHOOK_GROUP (reel_webhook_group_get_type ())
G_DECLARE_FINAL_TYPE (ReelWebhookGroup, reel_webhook_group, REEL, WEBHOOK_GROUP, AdwPreferencesGroup)

void reel_webhook_group_set_account (ReelWebhookGroup *self, ReelAccount *account, GListModel *accounts);
void reel_webhook_group_set_editable (ReelWebhookGroup *self, gboolean editable);
GtkWidget *reel_webhook_group_find_problem (ReelWebhookGroup *self, char **sentence);
gboolean reel_webhook_group_is_changed (ReelWebhookGroup *self);
char *reel_webhook_group_dup_url (ReelWebhookGroup *self);
guint reel_webhook_group_get_port (ReelWebhookGroup *self);
char *reel_webhook_group_dup_secret (ReelWebhookGroup *self);

G_END_DECLS
