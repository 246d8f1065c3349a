#pragma once

#include "reel-account.h"
#include "reel-database.h"

G_BEGIN_DECLS

gboolean reel_store_accounts_save (ReelDatabase *database, ReelAccount *account, GError **error);
GPtrArray *reel_store_accounts_load (ReelDatabase *database, GError **error); /* ReelAccount */
gboolean reel_store_accounts_delete (ReelDatabase *database, const char *id, GError **error);

G_END_DECLS
