#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean reel_background_portal_is_needed (void);
void reel_background_portal_request_async (GDBusConnection *bus,
                                           const char *reason,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer data);
gboolean reel_background_portal_request_finish (GAsyncResult *result, GError **error);
void reel_background_portal_set_status (GDBusConnection *bus, const char *status);

G_END_DECLS
