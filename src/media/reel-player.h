#pragma once

#include <gdk/gdk.h>
#include <gio/gio.h>

#include "reel-error.h"

G_BEGIN_DECLS

#define REEL_TYPE_PLAYER (reel_player_get_type ())
G_DECLARE_FINAL_TYPE (ReelPlayer, reel_player, REEL, PLAYER, GObject)

/* Plays one local video. One object owns the pipeline and speaks only properties, on the main thread:
 *   "file"      GFile, nullable; setting it opens the file and shows its first frame, paused
 *   "paintable" GdkPaintable, nullable; NULL while there is nothing to show
 *   "still"     GdkPaintable, nullable: what was shown last, until the picture of the file that is open comes
 *   "playing"   gboolean
 *   "position"  gint64 microseconds; notifies some 10 times a second while it plays
 *   "duration"  gint64 microseconds, 0 until it is known
 *   "frame-rate" double, frames a second; 24 until it is known
 *   "loop"      gboolean, default TRUE: starts again without a gap
 *   "muted"     gboolean
 *   "volume"    double 0 to 1, cubic
 *   "rate"      double, 0.25 to 2; there is sound at 1 only
 *   "has-audio" gboolean
 *   "error"     GError (boxed), nullable: REEL_ERROR_NOT_A_VIDEO, _TRUNCATED, _MISSING_DECODER or _FILE
 *   "scale-width" uint, pixels: where the window's renderer has no GPU, the width of the picture on the screen, so that
 *               the frames are made no larger than that; 0 for the frames as they are
 *   "audio-sink" string, construct only, nullable: the element to use instead of autoaudiosink (tests)
 * Its signal "seeked" tells of a position that playing alone does not lead to. */
ReelPlayer *reel_player_new (void);
void reel_player_set_file (ReelPlayer *self, GFile *file);
GFile *reel_player_get_file (ReelPlayer *self);
GdkPaintable *reel_player_get_paintable (ReelPlayer *self);
GdkPaintable *reel_player_get_still (ReelPlayer *self);
void reel_player_play (ReelPlayer *self);
void reel_player_pause (ReelPlayer *self);
gboolean reel_player_get_playing (ReelPlayer *self);
void reel_player_seek (ReelPlayer *self, gint64 position);
void reel_player_step (ReelPlayer *self, int frames);
gint64 reel_player_get_position (ReelPlayer *self);
gint64 reel_player_get_duration (ReelPlayer *self);
const GError *reel_player_get_error (ReelPlayer *self);
gboolean reel_player_find_frame (ReelPlayer *self, gint64 *frame, gint64 *time);

G_END_DECLS
