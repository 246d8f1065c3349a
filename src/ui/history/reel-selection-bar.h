#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define REEL_TYPE_SELECTION_BAR (reel_selection_bar_get_type ())
G_DECLARE_FINAL_TYPE (ReelSelectionBar, reel_selection_bar, REEL, SELECTION_BAR, AdwBin)

void reel_selection_bar_set_count (ReelSelectionBar *self, guint count);

G_END_DECLS
