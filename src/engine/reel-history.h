#pragma once

#include "reel-history-item.h"
#include "reel-history-query.h"

G_BEGIN_DECLS

#define REEL_TYPE_HISTORY (reel_history_get_type ())
G_DECLARE_FINAL_TYPE (ReelHistory, reel_history, REEL, HISTORY, GObject)

const ReelHistoryQuery *reel_history_get_query (ReelHistory *self);
void reel_history_set_query (ReelHistory *self, const ReelHistoryQuery *query);
gboolean reel_history_get_loading (ReelHistory *self);
gint64 reel_history_get_created_at (ReelHistory *self, guint position);
guint reel_history_find (ReelHistory *self, ReelJob *job);

void reel_history_load_jobs_async (ReelHistory *self,
                                   const guint *positions,
                                   guint n_positions,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer data);
GPtrArray *reel_history_load_jobs_finish (ReelHistory *self, GAsyncResult *result, GError **error); /* ReelJob */
void reel_history_load_choices_async (ReelHistory *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer data);
gboolean reel_history_load_choices_finish (ReelHistory *self,
                                           GAsyncResult *result,
                                           GStrv *models,
                                           GStrv *aspect_ratios,
                                           GError **error);

G_END_DECLS
