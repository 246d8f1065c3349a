#pragma once

#include "reel-database.h"
#include "reel-ledger.h"

G_BEGIN_DECLS

gboolean reel_store_ledger_keep (ReelDatabase *database, const char *id, GError **error);
ReelLedger *reel_store_ledger_load (ReelDatabase *database, GError **error);

G_END_DECLS
