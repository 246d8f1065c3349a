#pragma once

#include <gtk/gtk.h>

#include "reel-history-filter.h"

G_BEGIN_DECLS

#define REEL_TYPE_HISTORY_MODEL (reel_history_model_get_type ())
G_DECLARE_FINAL_TYPE (ReelHistoryModel, reel_history_model, REEL, HISTORY_MODEL, GObject)

ReelHistoryModel *reel_history_model_new (GListModel *jobs);
void reel_history_model_set_jobs (ReelHistoryModel *self, GListModel *jobs);
ReelHistoryFilter *reel_history_model_get_filter (ReelHistoryModel *self);
guint reel_history_model_find (ReelHistoryModel *self, ReelJob *job);
void reel_history_model_refresh_days (ReelHistoryModel *self);

G_END_DECLS
