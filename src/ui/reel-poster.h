#pragma once

#include <gtk/gtk.h>

#include "reel-poster-cache.h"

G_BEGIN_DECLS

#define REEL_TYPE_POSTER (reel_poster_get_type ())
G_DECLARE_FINAL_TYPE (ReelPoster, reel_poster, REEL, POSTER, GtkWidget)

void reel_poster_set_aspect (ReelPoster *self, double aspect);
void reel_poster_set_paintable (ReelPoster *self, GdkPaintable *paintable);
void reel_poster_set_video (ReelPoster *self, ReelPosterCache *posters, GFile *video, const char *key);
gboolean reel_poster_is_filled (ReelPoster *self);

G_END_DECLS
