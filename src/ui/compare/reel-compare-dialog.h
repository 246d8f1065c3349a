#pragma once

#include <adwaita.h>

#include "reel-comparison.h"
#include "reel-job.h"

G_BEGIN_DECLS

#define REEL_TYPE_COMPARE_DIALOG (reel_compare_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ReelCompareDialog, reel_compare_dialog, REEL, COMPARE_DIALOG, AdwDialog)

AdwDialog *reel_compare_dialog_new (GListModel *jobs);
ReelComparison *reel_compare_dialog_get_comparison (ReelCompareDialog *self);

G_END_DECLS
