#include "config.h"

#include "reel-comparison-graph.h"

#include "reel-gst-error.h"

#include <gst/video/gstvideodecoder.h>

/* A decoder that fails for half a second of a video gives up; by itself it would go on for ever. */
#define MAX_DECODER_ERRORS 12

#define DEFAULT_FRAME_RATE 24.0

/* Streaming threads. */

static void
on_deep_element_added (GstBin *bin, GstBin *sub_bin, GstElement *element, gpointer data)
{
  if (!GST_IS_VIDEO_DECODER (element))
    return;

  gst_video_decoder_set_max_errors (GST_VIDEO_DECODER (element), MAX_DECODER_ERRORS);
  reel_gst_make_decoder_safe (element);
}

/* Sound that nobody hears is not decoded. */
static gboolean
on_autoplug_continue (GstElement *source, GstPad *pad, GstCaps *caps, ReelComparisonLane *lane)
{
  return (int)lane->index == lane->graph->heard ||
         !g_str_has_prefix (gst_structure_get_name (gst_caps_get_structure (caps, 0)), "audio/");
}

static GstElement *
make_audio (ReelComparisonGraph *self, GstElement *sink)
{
  GstElement *bin = gst_bin_new (NULL);
  GstElement *converter = gst_element_factory_make ("audioconvert", NULL);
  GstElement *resampler = gst_element_factory_make ("audioresample", NULL);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (converter, "sink");

  self->volume = gst_element_factory_make ("volume", NULL);
  g_object_set (self->volume, "mute", g_atomic_int_get (&self->muted), NULL);
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (sink), "sync") != NULL)
    g_object_set (sink, "sync", TRUE, NULL);
  gst_bin_add_many (GST_BIN (bin), converter, resampler, self->volume, sink, NULL);
  gst_element_link_many (converter, resampler, self->volume, sink, NULL);
  gst_element_add_pad (bin, gst_ghost_pad_new ("sink", pad));

  return bin;
}

static void
link_new (ReelComparisonGraph *self, GstPad *pad, GstElement *element)
{
  g_autoptr (GstPad) sink_pad = gst_element_get_static_pad (element, "sink");

  gst_bin_add (GST_BIN (self->pipeline), element);
  gst_pad_link (pad, sink_pad);
  gst_element_sync_state_with_parent (element);
}

static void
on_pad_added (GstElement *source, GstPad *pad, ReelComparisonLane *lane)
{
  ReelComparisonGraph *self = lane->graph;
  g_autoptr (GstCaps) caps = gst_pad_query_caps (pad, NULL);
  const char *name = gst_caps_get_size (caps) > 0 ? gst_structure_get_name (gst_caps_get_structure (caps, 0)) : "";
  g_autoptr (GstPad) video_pad = gst_element_get_static_pad (lane->sink.element, "sink");
  GstElement *sink = NULL;

  if (g_str_has_prefix (name, "video/") && !gst_pad_is_linked (video_pad)) {
    gst_pad_link (pad, video_pad);
    return;
  }

  if (g_str_has_prefix (name, "audio/")) {
    g_atomic_int_set (&lane->has_audio, TRUE);
    if ((int)lane->index == self->heard && self->audio == NULL)
      sink = gst_element_factory_make (self->audio_sink, NULL);
  }
  if (sink != NULL) {
    self->audio = make_audio (self, sink);
    link_new (self, pad, self->audio);
  } else {
    sink = gst_element_factory_make ("fakesink", NULL);
    g_object_set (sink, "async", FALSE, "enable-last-sample", FALSE, NULL);
    link_new (self, pad, sink);
  }
}

/* The main thread. */

static void
add_lane (ReelComparisonLane *lane, GFile *file, guint scale_width)
{
  ReelComparisonGraph *self = lane->graph;
  g_autofree char *uri = g_file_get_uri (file);

  reel_video_sink_init (&lane->sink, scale_width);
  if (lane->sink.element == NULL)
    return;

  g_autoptr (GstPad) pad = reel_video_sink_get_pad (&lane->sink);

  /* Late frames are shown all the same: one that leaves some out would get ahead of the others. */
  g_object_set (lane->sink.sink, "qos", FALSE, "max-lateness", G_GINT64_CONSTANT (-1), NULL);
  /* Not uridecodebin3: the parsebin in it crashes now and then (GStreamer 1.26). */
  lane->source = gst_element_factory_make ("uridecodebin", NULL);
  g_object_set (lane->source, "uri", uri, NULL);
  g_signal_connect (lane->source, "autoplug-continue", G_CALLBACK (on_autoplug_continue), lane);
  g_signal_connect (lane->source, "pad-added", G_CALLBACK (on_pad_added), lane);
  gst_bin_add_many (GST_BIN (self->pipeline), lane->source, lane->sink.element, NULL);
  reel_frame_gate_watch (self->gate, lane->index, pad);
}

static void
reel_comparison_graph_free (gpointer data)
{
  ReelComparisonGraph *self = data;

  reel_frame_gate_unref (self->gate);
  g_free (self->audio_sink);
  g_free (self);
}

/**
 * reel_comparison_graph_new:
 * @files: (element-type GFile): local files, %NULL for one that is left out
 * @heard: the number of the file that is heard, -1 for none
 * @audio_sink: the element that plays the sound
 * @scale_width: the width to scale frames to, in pixels, or 0 for frames as they are
 *
 * Makes the elements. The pipeline in it has a reference of the caller, and frees it.
 *
 * Returns: (transfer none): the graph; a lane without a source lacks an element that is not installed
 */
ReelComparisonGraph *
reel_comparison_graph_new (GPtrArray *files, int heard, const char *audio_sink, guint scale_width)
{
  ReelComparisonGraph *self = g_malloc0 (sizeof *self + files->len * sizeof (ReelComparisonLane));

  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  self->gate = reel_frame_gate_new (files->len);
  self->heard = heard;
  self->audio_sink = g_strdup (audio_sink);
  self->n_lanes = files->len;
  g_object_set_data_full (G_OBJECT (self->pipeline), "reel-comparison-graph", self, reel_comparison_graph_free);
  g_signal_connect (self->pipeline, "deep-element-added", G_CALLBACK (on_deep_element_added), NULL);
  for (guint i = 0; i < files->len; i++) {
    self->lanes[i] = (ReelComparisonLane){.graph = self, .index = i, .frame_rate = DEFAULT_FRAME_RATE};
    if (files->pdata[i] != NULL)
      add_lane (&self->lanes[i], files->pdata[i], scale_width);
  }

  return self;
}

/**
 * reel_comparison_graph_find_lane:
 * @source: what sent a message
 *
 * Returns: (transfer none) (nullable): the lane that it is part of
 */
ReelComparisonLane *
reel_comparison_graph_find_lane (ReelComparisonGraph *self, GstObject *source)
{
  for (guint i = 0; i < self->n_lanes; i++) {
    ReelComparisonLane *lane = &self->lanes[i];

    if (lane->source != NULL && (gst_object_has_as_ancestor (source, GST_OBJECT (lane->source)) ||
                                 gst_object_has_as_ancestor (source, GST_OBJECT (lane->sink.element))))
      return lane;
  }

  return NULL;
}
