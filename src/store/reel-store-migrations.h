#pragma once

#include "reel-database.h"

G_BEGIN_DECLS

typedef gboolean (*ReelStoreMigrationFunc) (ReelDatabase *database, GError **error);

gboolean reel_store_migrate (ReelDatabase *database,
                             const char *const *steps,
                             guint n_steps,
                             ReelStoreMigrationFunc finish,
                             GError **error);
gboolean reel_store_migrate_to_latest (ReelDatabase *database, GError **error);
guint reel_store_get_latest_version (void);

G_END_DECLS
