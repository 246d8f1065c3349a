#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define REEL_TYPE_SHORTCUTS_DIALOG (reel_shortcuts_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ReelShortcutsDialog, reel_shortcuts_dialog, REEL, SHORTCUTS_DIALOG, AdwDialog)

AdwDialog *reel_shortcuts_dialog_new (void);

G_END_DECLS
