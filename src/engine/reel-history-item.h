#pragma once

#include "reel-job.h"

G_BEGIN_DECLS

#define REEL_TYPE_HISTORY_ITEM (reel_history_item_get_type ())
G_DECLARE_FINAL_TYPE (ReelHistoryItem, reel_history_item, REEL, HISTORY_ITEM, GObject)

/* A place in the history; notifies "job" when what stands there was read. For its ReelHistory. */
ReelHistoryItem *reel_history_item_new (gint64 key, gint64 created_at);
gint64 reel_history_item_get_key (ReelHistoryItem *self);
void reel_history_item_set_job (ReelHistoryItem *self, ReelJob *job);

ReelJob *reel_history_item_get_job (ReelHistoryItem *self);
gint64 reel_history_item_get_created_at (ReelHistoryItem *self);

G_END_DECLS
