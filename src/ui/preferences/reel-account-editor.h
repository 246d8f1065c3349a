#pragma once

#include <adwaita.h>

#include "reel-engine.h"

G_BEGIN_DECLS

#define REEL_TYPE_ACCOUNT_EDITOR (reel_account_editor_get_type ())
G_DECLARE_FINAL_TYPE (ReelAccountEditor, reel_account_editor, REEL, ACCOUNT_EDITOR, AdwNavigationPage)

AdwNavigationPage *reel_account_editor_new (ReelEngine *engine, ReelAccount *account);

G_END_DECLS
