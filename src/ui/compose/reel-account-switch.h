#pragma once

#include <adwaita.h>

#include "reel-engine.h"

G_BEGIN_DECLS

#define REEL_TYPE_ACCOUNT_SWITCH (reel_account_switch_get_type ())
G_DECLARE_FINAL_TYPE (ReelAccountSwitch, reel_account_switch, REEL, ACCOUNT_SWITCH, AdwBin)

void reel_account_switch_set_engine (ReelAccountSwitch *self, ReelEngine *engine);

G_END_DECLS
