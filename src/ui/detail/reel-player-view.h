#pragma once

#include <gtk/gtk.h>

#include "reel-player.h"

G_BEGIN_DECLS

#define REEL_TYPE_PLAYER_VIEW (reel_player_view_get_type ())
G_DECLARE_FINAL_TYPE (ReelPlayerView, reel_player_view, REEL, PLAYER_VIEW, GtkWidget)

ReelPlayerView *reel_player_view_new (void);
ReelPlayer *reel_player_view_get_player (ReelPlayerView *self);
void reel_player_view_set_player (ReelPlayerView *self, ReelPlayer *player);
GdkPaintable *reel_player_view_get_poster (ReelPlayerView *self);
void reel_player_view_set_poster (ReelPlayerView *self, GdkPaintable *poster);
double reel_player_view_get_aspect_ratio (ReelPlayerView *self);
void reel_player_view_set_aspect_ratio (ReelPlayerView *self, double aspect_ratio);
gboolean reel_player_view_get_fullscreened (ReelPlayerView *self);
void reel_player_view_set_fullscreened (ReelPlayerView *self, gboolean fullscreened);

G_END_DECLS
