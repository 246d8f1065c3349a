#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/**
 * ReelComparisonTrack:
 * @width: pixels
 * @height: pixels
 * @frame_rate: frames a second
 * @duration: microseconds
 * @has_audio: whether there is sound in the file
 *
 * What a video of a comparison is like, once it was opened.
 */
typedef struct
{
  int width;
  int height;
  double frame_rate;
  gint64 duration;
  gboolean has_audio;
} ReelComparisonTrack;

#define REEL_TYPE_COMPARISON_PIPELINE (reel_comparison_pipeline_get_type ())
G_DECLARE_FINAL_TYPE (ReelComparisonPipeline, reel_comparison_pipeline, REEL, COMPARISON_PIPELINE, GObject)

ReelComparisonPipeline *
reel_comparison_pipeline_new (GPtrArray *files, int heard, const char *audio_sink, guint scale_width);
void reel_comparison_pipeline_open (ReelComparisonPipeline *self);
void reel_comparison_pipeline_close (ReelComparisonPipeline *self);

void reel_comparison_pipeline_set_playing (ReelComparisonPipeline *self, gboolean playing);
void reel_comparison_pipeline_seek (ReelComparisonPipeline *self, gint64 position, double rate);
gboolean reel_comparison_pipeline_step (ReelComparisonPipeline *self);
void reel_comparison_pipeline_set_muted (ReelComparisonPipeline *self, gboolean muted);
void reel_comparison_pipeline_set_scale_width (ReelComparisonPipeline *self, guint scale_width);

GdkPaintable *reel_comparison_pipeline_get_paintable (ReelComparisonPipeline *self, guint index);
gboolean reel_comparison_pipeline_has_begun (ReelComparisonPipeline *self, guint index);
void reel_comparison_pipeline_read_track (ReelComparisonPipeline *self, guint index, ReelComparisonTrack *track);
double reel_comparison_pipeline_get_frame_rate (ReelComparisonPipeline *self);
gint64 reel_comparison_pipeline_query_position (ReelComparisonPipeline *self);
gint64 reel_comparison_pipeline_find_next_frame (ReelComparisonPipeline *self);

G_END_DECLS
