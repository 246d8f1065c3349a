#pragma once

#include "reel-ledger.h"

G_BEGIN_DECLS

char *reel_ledger_csv_make (ReelLedger *ledger, GHashTable *account_names);

G_END_DECLS
