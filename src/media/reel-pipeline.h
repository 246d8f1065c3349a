#pragma once

#include <gdk/gdk.h>
#include <gst/gst.h>

G_BEGIN_DECLS

#define REEL_TYPE_PIPELINE (reel_pipeline_get_type ())
G_DECLARE_FINAL_TYPE (ReelPipeline, reel_pipeline, REEL, PIPELINE, GObject)

ReelPipeline *reel_pipeline_new (GFile *file, const char *audio_sink, gboolean with_sound, guint scale_width);
void reel_pipeline_open (ReelPipeline *self);
void reel_pipeline_close (ReelPipeline *self);

void reel_pipeline_set_playing (ReelPipeline *self, gboolean playing);
void reel_pipeline_seek (ReelPipeline *self, GstClockTime position, gboolean segment);
void reel_pipeline_continue_at_start (ReelPipeline *self);
void reel_pipeline_step (ReelPipeline *self, guint frames);
void reel_pipeline_set_rate (ReelPipeline *self, double rate, gboolean instant);
void reel_pipeline_set_volume (ReelPipeline *self, double volume, gboolean muted);
void reel_pipeline_set_scale_width (ReelPipeline *self, guint scale_width);

GdkPaintable *reel_pipeline_get_paintable (ReelPipeline *self);
gboolean reel_pipeline_get_has_audio (ReelPipeline *self);
gboolean reel_pipeline_get_sound_failed (ReelPipeline *self);
gint64 reel_pipeline_query_position (ReelPipeline *self);
gint64 reel_pipeline_query_duration (ReelPipeline *self);
gboolean reel_pipeline_get_frame (ReelPipeline *self, gint64 *frame, double *frame_rate, gint64 *time);
GstClockTime reel_pipeline_find_start (ReelPipeline *self, GstClockTime time);
GstClockTime reel_pipeline_get_last_start (ReelPipeline *self);
GstClockTime reel_pipeline_get_shown (ReelPipeline *self);
gboolean reel_pipeline_find_frame (ReelPipeline *self, gint64 *frame, gint64 *time);

G_END_DECLS
