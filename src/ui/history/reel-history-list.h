#pragma once

#include <adwaita.h>

#include "reel-history-model.h"
#include "reel-poster-cache.h"
#include "reel-ticker.h"
#include "reel-usual-times.h"

G_BEGIN_DECLS

#define REEL_TYPE_HISTORY_LIST (reel_history_list_get_type ())
G_DECLARE_FINAL_TYPE (ReelHistoryList, reel_history_list, REEL, HISTORY_LIST, AdwBin)

void reel_history_list_set_up (ReelHistoryList *self,
                               ReelHistoryModel *model,
                               ReelPosterCache *posters,
                               ReelTicker *ticker,
                               ReelUsualTimes *usual_times);
void reel_history_list_set_grid (ReelHistoryList *self, gboolean grid);
gboolean reel_history_list_get_selecting (ReelHistoryList *self);
void reel_history_list_set_selecting (ReelHistoryList *self, gboolean selecting);
ReelJob *reel_history_list_get_selected (ReelHistoryList *self);
void reel_history_list_select (ReelHistoryList *self, ReelJob *job, gboolean focus);
gboolean reel_history_list_step (ReelHistoryList *self, int step);

G_END_DECLS
