#pragma once

#include <adwaita.h>

#include "reel-engine.h"
#include "reel-player.h"
#include "reel-ticker.h"
#include "reel-usual-times.h"

G_BEGIN_DECLS

#define REEL_TYPE_DETAIL_PAGE (reel_detail_page_get_type ())
G_DECLARE_FINAL_TYPE (ReelDetailPage, reel_detail_page, REEL, DETAIL_PAGE, AdwNavigationPage)

void reel_detail_page_set_up (ReelDetailPage *self,
                              GListModel *accounts,
                              ReelTicker *ticker,
                              ReelUsualTimes *usual_times,
                              GSettings *settings);
void reel_detail_page_set_job (ReelDetailPage *self, ReelJob *job);
ReelJob *reel_detail_page_get_job (ReelDetailPage *self);
ReelPlayer *reel_detail_page_get_player (ReelDetailPage *self);
gboolean reel_detail_page_has_video (ReelDetailPage *self);
void reel_detail_page_pause (ReelDetailPage *self);
gboolean reel_detail_page_find_frame (ReelDetailPage *self, GFile **video, gint64 *frame, gint64 *time);
GtkWidget *reel_detail_page_steal_player_view (ReelDetailPage *self);
void reel_detail_page_return_player_view (ReelDetailPage *self, GtkWidget *view);

G_END_DECLS
