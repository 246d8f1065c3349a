#pragma once

#include <adwaita.h>

#include "reel-job.h"
#include "reel-ticker.h"

G_BEGIN_DECLS

#define REEL_TYPE_PROGRESS_VIEW (reel_progress_view_get_type ())
G_DECLARE_FINAL_TYPE (ReelProgressView, reel_progress_view, REEL, PROGRESS_VIEW, AdwBin)

void reel_progress_view_set_job (ReelProgressView *self, ReelJob *job);
void reel_progress_view_set_ticker (ReelProgressView *self, ReelTicker *ticker);

G_END_DECLS
