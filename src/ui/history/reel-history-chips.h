#pragma once

#include <adwaita.h>

#include "reel-history-filter.h"

G_BEGIN_DECLS

#define REEL_TYPE_HISTORY_CHIPS (reel_history_chips_get_type ())
G_DECLARE_FINAL_TYPE (ReelHistoryChips, reel_history_chips, REEL, HISTORY_CHIPS, AdwBin)

void reel_history_chips_set_filter (ReelHistoryChips *self, ReelHistoryFilter *filter, GtkWidget *next);

G_END_DECLS
