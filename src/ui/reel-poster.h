#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define REEL_TYPE_POSTER (reel_poster_get_type ())
G_DECLARE_FINAL_TYPE (ReelPoster, reel_poster, REEL, POSTER, GtkWidget)

void reel_poster_set_aspect (ReelPoster *self, double aspect);
void reel_poster_set_paintable (ReelPoster *self, GdkPaintable *paintable);

G_END_DECLS
