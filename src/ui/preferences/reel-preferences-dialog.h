#pragma once

#include <adwaita.h>

#include "reel-engine.h"

G_BEGIN_DECLS

#define REEL_TYPE_PREFERENCES_DIALOG (reel_preferences_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ReelPreferencesDialog, reel_preferences_dialog, REEL, PREFERENCES_DIALOG, AdwPreferencesDialog)

AdwDialog *reel_preferences_dialog_new (ReelEngine *engine, GSettings *settings, GFile *default_library);
void reel_preferences_dialog_add_account (ReelPreferencesDialog *self);

G_END_DECLS
