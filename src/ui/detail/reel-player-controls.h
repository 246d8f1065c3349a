#pragma once

#include <adwaita.h>

#include "reel-player.h"

G_BEGIN_DECLS

#define REEL_TYPE_PLAYER_CONTROLS (reel_player_controls_get_type ())
G_DECLARE_FINAL_TYPE (ReelPlayerControls, reel_player_controls, REEL, PLAYER_CONTROLS, AdwBin)

void reel_player_controls_set_player (ReelPlayerControls *self, ReelPlayer *player);
void reel_player_controls_set_fullscreened (ReelPlayerControls *self, gboolean fullscreened);
void reel_player_controls_set_concealed (ReelPlayerControls *self, gboolean concealed);
gboolean reel_player_controls_is_held (ReelPlayerControls *self);

G_END_DECLS
