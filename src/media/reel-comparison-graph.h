#pragma once

#include <gdk/gdk.h>
#include <gst/gst.h>

#include "reel-frame-gate.h"
#include "reel-video-sink.h"

G_BEGIN_DECLS

typedef struct _ReelComparisonGraph ReelComparisonGraph;

/**
 * ReelComparisonLane:
 * @graph: what it belongs to
 * @index: the number of the video
 * @source: (nullable): what decodes the file, %NULL where the video is left out
 * @sink: where its frames are painted
 * @paintable: (nullable): the picture
 * @end: where a seek finds no more frames, in nanoseconds, 0 until that is known
 * @frame_rate: frames a second
 * @has_audio: (atomic): whether there is sound in the file
 * @shortenings: how often @end was found to be too late
 *
 * The branch of one video.
 */
typedef struct
{
  ReelComparisonGraph *graph;
  guint index;
  GstElement *source;
  ReelVideoSink sink;
  GdkPaintable *paintable;
  GstClockTime end;
  double frame_rate;
  gint has_audio;
  guint shortenings;
} ReelComparisonLane;

/**
 * ReelComparisonGraph:
 * @pipeline: what it is part of, and freed with
 * @gate: what keeps the videos in step
 * @heard: the number of the video that is heard, -1 for none
 * @audio_sink: the name of the element that plays the sound
 * @audio: (nullable): the branch of the sound, made in a streaming thread when the file is found to have some
 * @volume: (nullable): within it
 * @muted: (atomic): whether it begins silent
 * @n_lanes: how many videos there are
 * @lanes: (array length=n_lanes): one for each
 *
 * The elements of a comparison. Streaming threads use them, so they live exactly as long as the pipeline.
 */
struct _ReelComparisonGraph
{
  GstElement *pipeline;
  ReelFrameGate *gate;
  int heard;
  char *audio_sink;
  GstElement *audio;
  GstElement *volume;
  gint muted;
  guint n_lanes;
  ReelComparisonLane lanes[];
};

ReelComparisonGraph *reel_comparison_graph_new (GPtrArray *files, int heard, const char *audio_sink, guint scale_width);
ReelComparisonLane *reel_comparison_graph_find_lane (ReelComparisonGraph *self, GstObject *source);

G_END_DECLS
