#pragma once

#include "reel-job.h"

G_BEGIN_DECLS

#define REEL_TYPE_HISTORY_ITEM (reel_history_item_get_type ())
G_DECLARE_FINAL_TYPE (ReelHistoryItem, reel_history_item, REEL, HISTORY_ITEM, GObject)

ReelHistoryItem *reel_history_item_new (ReelJob *job);
ReelJob *reel_history_item_get_job (ReelHistoryItem *self);
void reel_history_item_set_job (ReelHistoryItem *self, ReelJob *job);

G_END_DECLS
