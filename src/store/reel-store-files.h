#pragma once

#include "reel-database.h"
#include "reel-file-query.h"

G_BEGIN_DECLS

GPtrArray *reel_store_files_sum (ReelDatabase *database, const ReelFileQuery *query, GError **error);
GPtrArray *reel_store_files_find (ReelDatabase *database, const ReelFileQuery *query, GError **error);

G_END_DECLS
