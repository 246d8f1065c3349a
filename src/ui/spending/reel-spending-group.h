#pragma once

#include <adwaita.h>

#include "reel-ledger.h"

G_BEGIN_DECLS

AdwPreferencesGroup *
reel_spending_group_new (ReelLedger *ledger, const ReelLedgerAccount *account, const char *account_name);

G_END_DECLS
