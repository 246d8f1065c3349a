#pragma once

#include <adwaita.h>

#include "reel-job.h"
#include "reel-poster-cache.h"
#include "reel-ticker.h"
#include "reel-usual-times.h"

G_BEGIN_DECLS

#define REEL_TYPE_HISTORY_ROW (reel_history_row_get_type ())
G_DECLARE_FINAL_TYPE (ReelHistoryRow, reel_history_row, REEL, HISTORY_ROW, AdwBin)

GtkWidget *reel_history_row_new (ReelPosterCache *posters, ReelTicker *ticker, ReelUsualTimes *usual_times);
ReelJob *reel_history_row_get_job (ReelHistoryRow *self);
void reel_history_row_set_job (ReelHistoryRow *self, ReelJob *job);

G_END_DECLS
