#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/** How many frames a strip has. */
#define REEL_SCRUB_STRIP_FRAMES 16

#define REEL_TYPE_SCRUB_STRIP (reel_scrub_strip_get_type ())
G_DECLARE_FINAL_TYPE (ReelScrubStrip, reel_scrub_strip, REEL, SCRUB_STRIP, GObject)

ReelScrubStrip *reel_scrub_strip_new (void);
void reel_scrub_strip_set_frame (ReelScrubStrip *self, guint index, GdkTexture *texture);
guint reel_scrub_strip_count_frames (ReelScrubStrip *self);
guint64 reel_scrub_strip_get_bytes (ReelScrubStrip *self);
GdkTexture *reel_scrub_strip_peek (ReelScrubStrip *self, double fraction);

G_END_DECLS
