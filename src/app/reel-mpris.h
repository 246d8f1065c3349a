#pragma once

#include "reel-window.h"

G_BEGIN_DECLS

#define REEL_TYPE_MPRIS (reel_mpris_get_type ())
G_DECLARE_FINAL_TYPE (ReelMpris, reel_mpris, REEL, MPRIS, GObject)

ReelMpris *reel_mpris_new (GApplication *application, ReelWindow *window, ReelPosterCache *posters);

G_END_DECLS
