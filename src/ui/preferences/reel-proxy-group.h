#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define REEL_TYPE_PROXY_GROUP (reel_proxy_group_get_type ())
G_DECLARE_FINAL_TYPE (ReelProxyGroup, reel_proxy_group, REEL, PROXY_GROUP, AdwPreferencesGroup)

void reel_proxy_group_set_proxy (ReelProxyGroup *self, const char *proxy);
char *reel_proxy_group_dup_proxy (ReelProxyGroup *self);
void reel_proxy_group_set_editable (ReelProxyGroup *self, gboolean editable);
GtkWidget *reel_proxy_group_find_problem (ReelProxyGroup *self, const char **sentence);

G_END_DECLS
