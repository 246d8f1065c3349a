#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define REEL_TYPE_RANGE_DIALOG (reel_range_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ReelRangeDialog, reel_range_dialog, REEL, RANGE_DIALOG, AdwAlertDialog)

AdwDialog *reel_range_dialog_new (void);
GDateTime *reel_range_dialog_dup_first (ReelRangeDialog *self);
GDateTime *reel_range_dialog_dup_last (ReelRangeDialog *self);

G_END_DECLS
