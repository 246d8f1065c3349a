#pragma once

#include <adwaita.h>

#include "reel-engine.h"
#include "reel-history-model.h"
#include "reel-poster-cache.h"
#include "reel-ticker.h"
#include "reel-usual-times.h"

G_BEGIN_DECLS

#define REEL_TYPE_HISTORY_PAGE (reel_history_page_get_type ())
G_DECLARE_FINAL_TYPE (ReelHistoryPage, reel_history_page, REEL, HISTORY_PAGE, AdwNavigationPage)

void reel_history_page_set_up (ReelHistoryPage *self,
                               ReelEngine *engine,
                               GSettings *settings,
                               ReelPosterCache *posters,
                               ReelTicker *ticker,
                               ReelUsualTimes *usual_times);
ReelHistoryModel *reel_history_page_get_model (ReelHistoryPage *self);
void reel_history_page_set_loaded (ReelHistoryPage *self);
void reel_history_page_set_sandbox (ReelHistoryPage *self, gboolean sandbox);
void reel_history_page_set_form_shown (ReelHistoryPage *self, gboolean shown);
void reel_history_page_set_notice (ReelHistoryPage *self, const char *title, const char *button, const char *action);
ReelJob *reel_history_page_get_selected (ReelHistoryPage *self);
void reel_history_page_select (ReelHistoryPage *self, ReelJob *job);
void reel_history_page_restore (ReelHistoryPage *self, ReelJob *job);
gboolean reel_history_page_select_next (ReelHistoryPage *self);
gboolean reel_history_page_select_previous (ReelHistoryPage *self);
void reel_history_page_show_all (ReelHistoryPage *self);
void reel_history_page_start_search (ReelHistoryPage *self);
void reel_history_page_search (ReelHistoryPage *self, const char *text);

G_END_DECLS
