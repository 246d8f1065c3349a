#pragma once

#include <gtk/gtk.h>

#include "reel-history.h"

G_BEGIN_DECLS

#define REEL_TYPE_HISTORY_MODEL (reel_history_model_get_type ())
G_DECLARE_FINAL_TYPE (ReelHistoryModel, reel_history_model, REEL, HISTORY_MODEL, GObject)

ReelHistoryModel *reel_history_model_new (ReelHistory *history);
ReelHistory *reel_history_model_get_history (ReelHistoryModel *self);
void reel_history_model_set_query (ReelHistoryModel *self, const ReelHistoryQuery *query);
gboolean reel_history_model_get_has_days (ReelHistoryModel *self);
void reel_history_model_refresh_days (ReelHistoryModel *self);
void reel_history_model_set_additive (ReelHistoryModel *self, gboolean additive);
void reel_history_model_select_only (ReelHistoryModel *self, guint position);
void reel_history_model_toggle (ReelHistoryModel *self, guint position);
guint reel_history_model_get_n_selected (ReelHistoryModel *self);
GArray *reel_history_model_dup_selected (ReelHistoryModel *self); /* guint */

G_END_DECLS
