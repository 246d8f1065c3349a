#pragma once

#include "reel-database.h"
#include "reel-history-query.h"

G_BEGIN_DECLS

gboolean reel_store_history_index (ReelDatabase *database, const ReelJobRecord *record, GError **error);
gboolean reel_store_history_index_all (ReelDatabase *database, GError **error);
GArray *reel_store_history_list (ReelDatabase *database, const ReelHistoryQuery *query, guint limit, GError **error);
gboolean reel_store_history_find (ReelDatabase *database,
                                  const ReelHistoryQuery *query,
                                  const char *id,
                                  ReelHistoryPlace *place,
                                  gboolean *shown,
                                  GError **error);
GPtrArray *reel_store_history_load (ReelDatabase *database, const gint64 *keys, guint n_keys, GError **error);
gboolean reel_store_history_list_choices (ReelDatabase *database, GStrv *models, GStrv *aspect_ratios, GError **error);
GStrv reel_store_history_list_prompts (ReelDatabase *database, GError **error);

G_END_DECLS
