#pragma once

#include <adwaita.h>

#include "reel-history.h"
#include "reel-poster-cache.h"
#include "reel-ticker.h"

G_BEGIN_DECLS

#define REEL_TYPE_COMPARE_PICKER (reel_compare_picker_get_type ())
G_DECLARE_FINAL_TYPE (ReelComparePicker, reel_compare_picker, REEL, COMPARE_PICKER, AdwDialog)

/* Emits "picked" with a GListModel of ReelJob, the given one first. */
AdwDialog *reel_compare_picker_new (ReelJob *job, ReelHistory *history, ReelPosterCache *posters, ReelTicker *ticker);

G_END_DECLS
