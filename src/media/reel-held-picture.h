#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

#define REEL_TYPE_HELD_PICTURE (reel_held_picture_get_type ())
G_DECLARE_FINAL_TYPE (ReelHeldPicture, reel_held_picture, REEL, HELD_PICTURE, GObject)

ReelHeldPicture *reel_held_picture_new (void);
void reel_held_picture_set_source (ReelHeldPicture *self, GdkPaintable *source);
GdkPaintable *reel_held_picture_get_source (ReelHeldPicture *self);
void reel_held_picture_hold (ReelHeldPicture *self);
void reel_held_picture_release (ReelHeldPicture *self);

G_END_DECLS
