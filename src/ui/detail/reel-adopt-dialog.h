#pragma once

#include <adwaita.h>

#include "reel-engine.h"

G_BEGIN_DECLS

#define REEL_TYPE_ADOPT_DIALOG (reel_adopt_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ReelAdoptDialog, reel_adopt_dialog, REEL, ADOPT_DIALOG, AdwDialog)

AdwDialog *reel_adopt_dialog_new (ReelEngine *engine, ReelJob *job);

G_END_DECLS
