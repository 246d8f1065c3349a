#pragma once

#include <gtk/gtk.h>

#include "reel-history-query.h"
#include "reel-job.h"

G_BEGIN_DECLS

#define REEL_TYPE_HISTORY_FILTER (reel_history_filter_get_type ())
G_DECLARE_FINAL_TYPE (ReelHistoryFilter, reel_history_filter, REEL, HISTORY_FILTER, GtkFilter)

ReelHistoryFilter *reel_history_filter_new (void);
ReelHistoryGroup reel_history_filter_get_group (ReelHistoryFilter *self);
void reel_history_filter_set_group (ReelHistoryFilter *self, ReelHistoryGroup group);
void reel_history_filter_set_search (ReelHistoryFilter *self, const char *search);
gboolean reel_history_filter_is_searching (ReelHistoryFilter *self);

G_END_DECLS
