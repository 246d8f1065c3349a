#pragma once

#include <gdk/gdk.h>
#include <gio/gio.h>

#include "reel-comparison-pipeline.h"

G_BEGIN_DECLS

/** How many videos can be compared at most. */
#define REEL_COMPARISON_MAX 4

#define REEL_TYPE_COMPARISON (reel_comparison_get_type ())
G_DECLARE_FINAL_TYPE (ReelComparison, reel_comparison, REEL, COMPARISON, GObject)

/* Plays several local videos in lock-step: one clock, one seek, and never more than one frame apart. It speaks only
 * properties and one signal, on the main thread:
 *   "playing"     gboolean
 *   "position"    gint64 microseconds; notifies some 10 times a second while it plays
 *   "duration"    gint64 microseconds, that of the longest; 0 until it is known. A shorter one stays at its last frame
 *   "loop"        gboolean, default TRUE
 *   "muted"       gboolean
 *   "heard"       uint, the number of the video that is heard
 *   "rate"        double, 0.25 to 2
 *   "scale-width" uint, pixels, as that of ReelPlayer
 *   "audio-sink"  string, construct only, nullable: the element to use instead of autoaudiosink (tests)
 *   changed (uint)  the picture, the error or the track of one video is another one */
ReelComparison *reel_comparison_new (void);
void reel_comparison_open (ReelComparison *self, GPtrArray *files);
void reel_comparison_close (ReelComparison *self);
guint reel_comparison_get_n_videos (ReelComparison *self);
GdkPaintable *reel_comparison_get_paintable (ReelComparison *self, guint index);
const GError *reel_comparison_get_error (ReelComparison *self, guint index);
const ReelComparisonTrack *reel_comparison_get_track (ReelComparison *self, guint index);
void reel_comparison_play (ReelComparison *self);
void reel_comparison_pause (ReelComparison *self);
gboolean reel_comparison_get_playing (ReelComparison *self);
void reel_comparison_seek (ReelComparison *self, gint64 position);
void reel_comparison_step (ReelComparison *self, int frames);
gint64 reel_comparison_get_position (ReelComparison *self);
gint64 reel_comparison_get_duration (ReelComparison *self);
gboolean reel_comparison_get_settled (ReelComparison *self);
guint reel_comparison_get_heard (ReelComparison *self);
void reel_comparison_set_heard (ReelComparison *self, guint index);

G_END_DECLS
