#pragma once

#include <adwaita.h>

#include "reel-comparison.h"

G_BEGIN_DECLS

#define REEL_TYPE_COMPARE_CONTROLS (reel_compare_controls_get_type ())
G_DECLARE_FINAL_TYPE (ReelCompareControls, reel_compare_controls, REEL, COMPARE_CONTROLS, AdwBin)

void reel_compare_controls_set_comparison (ReelCompareControls *self, ReelComparison *comparison);
void reel_compare_controls_set_fullscreened (ReelCompareControls *self, gboolean fullscreened);

G_END_DECLS
