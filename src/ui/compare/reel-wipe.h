#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define REEL_TYPE_WIPE (reel_wipe_get_type ())
G_DECLARE_FINAL_TYPE (ReelWipe, reel_wipe, REEL, WIPE, GtkWidget)

void reel_wipe_set_paintables (ReelWipe *self, GdkPaintable *left, GdkPaintable *right);
double reel_wipe_get_position (ReelWipe *self);
void reel_wipe_set_position (ReelWipe *self, double position);

G_END_DECLS
