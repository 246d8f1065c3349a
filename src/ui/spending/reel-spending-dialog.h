#pragma once

#include <adwaita.h>

#include "reel-engine.h"

G_BEGIN_DECLS

#define REEL_TYPE_SPENDING_DIALOG (reel_spending_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ReelSpendingDialog, reel_spending_dialog, REEL, SPENDING_DIALOG, AdwDialog)

AdwDialog *reel_spending_dialog_new (ReelEngine *engine);

G_END_DECLS
