#pragma once

#include "reel-job-book.h"
#include "reel-removal.h"

G_BEGIN_DECLS

#define REEL_TYPE_PURGER (reel_purger_get_type ())
G_DECLARE_FINAL_TYPE (ReelPurger, reel_purger, REEL, PURGER, GObject)

ReelPurger *reel_purger_new (ReelJobBook *book);
ReelRemoval *reel_purger_remove (ReelPurger *self, GPtrArray *jobs, ReelRemovalWhat what);
void reel_purger_stop_async (ReelPurger *self, GAsyncReadyCallback callback, gpointer data);
gboolean reel_purger_stop_finish (ReelPurger *self, GAsyncResult *result, GError **error);

G_END_DECLS
