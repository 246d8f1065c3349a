#pragma once

#include <adwaita.h>

#include "reel-engine.h"

G_BEGIN_DECLS

/** The response of the person who wants the account to be removed. */
#define REEL_ACCOUNT_REMOVAL_CONFIRMED "remove"

AdwDialog *reel_account_removal_new (ReelEngine *engine, ReelAccount *account);

G_END_DECLS
