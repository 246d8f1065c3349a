#include "config.h"

#include "reel-comparison-pipeline.h"

#include "reel-comparison-graph.h"
#include "reel-error.h"
#include "reel-gst-error.h"

#include <gst/video/video.h>

/* Decodebin goes on setting up after it told of a missing decoder, and is better not torn down in the middle of that. */
#define MISSING_DELAY_MS 300

/* How long a pipeline that is closed in the middle of opening may take to come to rest. */
#define LINGER_SECONDS 5

/* So many times the end of a video is looked for one frame further back, then in steps that double. */
#define SINGLE_FRAMES 4

/**
 * ReelComparisonPipeline:
 *
 * One GStreamer pipeline with a branch for each of several files: one clock, and a gate that keeps the frames in step.
 * Of the sound, that of one file alone is decoded. Its signals come on the main thread: "settled" when all have opened,
 * and when a seek or a step is done in all of them; "ended" when the longest has ended; "sound-failed" when the sound
 * cannot be played; "failed" with the number of the file and an error.
 *
 * A file that is shorter than the others stays at its last frame.
 */
struct _ReelComparisonPipeline
{
  GObject parent_instance;

  ReelComparisonGraph *graph; /* NULL once it is closed */
  GError *missing;
  guint missing_lane;
  guint missing_timer;
  guint bus_watch;
  gint64 start;
  double rate;
  gboolean opening;
  gboolean failed;
};

/* What is left of a pipeline that was closed in the middle of opening. */
typedef struct
{
  GstElement *pipeline;
  guint bus_watch;
  guint timer;
} ReelComparisonRest;

G_DEFINE_FINAL_TYPE (ReelComparisonPipeline, reel_comparison_pipeline, G_TYPE_OBJECT)

enum
{
  SETTLED,
  ENDED,
  SOUND_FAILED,
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
fail (ReelComparisonPipeline *self, guint index, GError *error)
{
  if (!self->failed) {
    self->failed = TRUE;
    g_signal_emit (self, signals[FAILED], 0, index, error);
  }
  g_error_free (error);
}

static void
fail_for_missing (ReelComparisonPipeline *self)
{
  g_clear_handle_id (&self->missing_timer, g_source_remove);
  fail (self, self->missing_lane, g_steal_pointer (&self->missing));
}

static void
on_missing_due (gpointer data)
{
  ReelComparisonPipeline *self = data;

  self->missing_timer = 0;
  fail_for_missing (self);
}

static void
learn (ReelComparisonLane *lane)
{
  g_autoptr (GstPad) pad = reel_video_sink_get_pad (&lane->sink);
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  GstVideoInfo info;
  gint64 duration;

  if (caps != NULL && gst_video_info_from_caps (&info, caps) && info.fps_n > 0)
    lane->frame_rate = (double)info.fps_n / info.fps_d;
  if (lane->end == 0 && gst_pad_peer_query_duration (pad, GST_FORMAT_TIME, &duration) && duration > 0)
    lane->end = (GstClockTime)duration;
}

static void
seek_lane (ReelComparisonPipeline *self, ReelComparisonLane *lane)
{
  GstClockTime frame = (GstClockTime)(GST_SECOND / lane->frame_rate);
  /* A microsecond is coarser than the times in the pipeline: it must not round down into the frame before. */
  GstClockTime time = (GstClockTime)self->start * GST_USECOND + GST_USECOND - 1;

  if (lane->end > 0)
    time = MIN (time, lane->end > frame ? lane->end - frame : 0);
  gst_element_send_event (lane->sink.element,
                          gst_event_new_seek (self->rate, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE,
                                              GST_SEEK_TYPE_SET, (gint64)time, GST_SEEK_TYPE_SET, -1));
}

/* Where the sound is longer than the picture, there may be no frame where the file ends: the last one is looked for.
 * Tells whether there is anything to wait for. */
static gboolean
look_for_ends (ReelComparisonPipeline *self)
{
  gboolean looking = FALSE;

  for (guint i = 0; i < self->graph->n_lanes; i++) {
    ReelComparisonLane *lane = &self->graph->lanes[i];
    GstClockTime known_end = reel_frame_gate_get_end (self->graph->gate, i);
    GstClockTime step = (GstClockTime)(GST_SECOND / lane->frame_rate);

    if (GST_CLOCK_TIME_IS_VALID (known_end))
      lane->end = known_end;
    if (lane->end == 0 || !reel_frame_gate_is_empty (self->graph->gate, i))
      continue;

    step <<= lane->shortenings > SINGLE_FRAMES ? MIN (lane->shortenings - SINGLE_FRAMES, 16) : 0;
    lane->shortenings++;
    lane->end = lane->end > step ? lane->end - step : 0;
    if (lane->end > 0) {
      seek_lane (self, lane);
      looking = TRUE;
    }
  }

  return looking;
}

static gboolean
has_picture (ReelComparisonLane *lane)
{
  g_autoptr (GstSample) sample = NULL;

  g_object_get (lane->sink.sink, "last-sample", &sample, NULL);

  return sample != NULL;
}

static void
on_settled (ReelComparisonPipeline *self)
{
  /* An earlier message may be about the time before the latest seek; and without sound yet, or with one file of several,
   * the pipeline may be done before it has begun. */
  if (gst_element_get_state (self->graph->pipeline, NULL, NULL, 0) == GST_STATE_CHANGE_ASYNC || look_for_ends (self))
    return;

  self->opening = FALSE;
  if (self->missing != NULL) {
    fail_for_missing (self);
    return;
  }
  for (guint i = 0; i < self->graph->n_lanes; i++) {
    if (self->graph->lanes[i].source == NULL)
      continue;
    if (!has_picture (&self->graph->lanes[i])) {
      fail (self, i, g_error_new_literal (REEL_ERROR, REEL_ERROR_TRUNCATED, "No frame could be decoded"));
      return;
    }
    learn (&self->graph->lanes[i]);
  }

  g_signal_emit (self, signals[SETTLED], 0);
}

/* Sound is no reason not to show the picture: no device to play it, or nothing in it that can be decoded. */
static gboolean
is_about_sound (ReelComparisonPipeline *self, GstObject *source)
{
  if (self->graph->audio != NULL && gst_object_has_as_ancestor (source, GST_OBJECT (self->graph->audio)))
    return TRUE;

  GstElementFactory *factory = GST_IS_ELEMENT (source) ? gst_element_get_factory (GST_ELEMENT (source)) : NULL;

  return factory != NULL && gst_element_factory_list_is_type (factory, GST_ELEMENT_FACTORY_TYPE_MEDIA_AUDIO) &&
         !gst_element_factory_list_is_type (factory, GST_ELEMENT_FACTORY_TYPE_MEDIA_VIDEO);
}

static void
on_error (ReelComparisonPipeline *self, GstMessage *message)
{
  ReelComparisonLane *lane = reel_comparison_graph_find_lane (self->graph, GST_MESSAGE_SRC (message));
  g_autoptr (GError) error = NULL;
  g_autofree char *debug = NULL;

  self->opening = FALSE;
  gst_message_parse_error (message, &error, &debug);
  g_debug ("comparison: %s (%s)", error->message, debug);

  if (self->missing != NULL)
    fail_for_missing (self);
  else if (is_about_sound (self, GST_MESSAGE_SRC (message)))
    g_signal_emit (self, signals[SOUND_FAILED], 0);
  else if (lane != NULL)
    fail (self, lane->index, reel_gst_error_translate (error, TRUE));
}

static void
on_element_message (ReelComparisonPipeline *self, GstMessage *message)
{
  ReelComparisonLane *lane = reel_comparison_graph_find_lane (self->graph, GST_MESSAGE_SRC (message));
  g_autoptr (GError) missing = reel_gst_error_from_missing_plugin (message);

  if (lane == NULL || missing == NULL || self->missing != NULL)
    return;

  self->missing = g_steal_pointer (&missing);
  self->missing_lane = lane->index;
  self->missing_timer = g_timeout_add_once (MISSING_DELAY_MS, on_missing_due, self);
}

static gboolean
on_message (GstBus *bus, GstMessage *message, gpointer data)
{
  g_autoptr (ReelComparisonPipeline) self = g_object_ref (data);

  switch ((int)GST_MESSAGE_TYPE (message)) {
  case GST_MESSAGE_ERROR:
    on_error (self, message);
    break;
  case GST_MESSAGE_ELEMENT:
    on_element_message (self, message);
    break;
  case GST_MESSAGE_ASYNC_DONE:
    on_settled (self);
    break;
  case GST_MESSAGE_EOS:
    g_signal_emit (self, signals[ENDED], 0);
    break;
  case GST_MESSAGE_CLOCK_LOST:
    reel_comparison_pipeline_set_playing (self, FALSE);
    reel_comparison_pipeline_set_playing (self, TRUE);
    break;
  case GST_MESSAGE_LATENCY:
    gst_bin_recalculate_latency (GST_BIN (self->graph->pipeline));
    break;
  default:
    break;
  }

  return G_SOURCE_CONTINUE;
}

static void
reel_comparison_rest_free (ReelComparisonRest *self)
{
  g_clear_handle_id (&self->bus_watch, g_source_remove);
  g_clear_handle_id (&self->timer, g_source_remove);
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_object_unref (self->pipeline);
  g_free (self);
}

static gboolean
on_rest_message (GstBus *bus, GstMessage *message, gpointer data)
{
  if ((GST_MESSAGE_TYPE (message) & (GST_MESSAGE_ASYNC_DONE | GST_MESSAGE_EOS | GST_MESSAGE_ERROR)) != 0)
    reel_comparison_rest_free (data);

  return G_SOURCE_CONTINUE;
}

static void
on_rest_over (gpointer data)
{
  ReelComparisonRest *self = data;

  self->timer = 0;
  reel_comparison_rest_free (self);
}

/* Decodebin, torn down while it connects its elements, loses memory and warns. It is let finish, unseen and unheard. */
static void
let_rest (GstElement *pipeline)
{
  ReelComparisonRest *self = g_new0 (ReelComparisonRest, 1);
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);

  self->pipeline = pipeline;
  self->bus_watch = gst_bus_add_watch (bus, on_rest_message, self);
  self->timer = g_timeout_add_seconds_once (LINGER_SECONDS, on_rest_over, self);
}

static void
reel_comparison_pipeline_dispose (GObject *object)
{
  reel_comparison_pipeline_close (REEL_COMPARISON_PIPELINE (object));

  G_OBJECT_CLASS (reel_comparison_pipeline_parent_class)->dispose (object);
}

static void
reel_comparison_pipeline_class_init (ReelComparisonPipelineClass *klass)
{
  GType type = REEL_TYPE_COMPARISON_PIPELINE;

  G_OBJECT_CLASS (klass)->dispose = reel_comparison_pipeline_dispose;

  signals[SETTLED] = g_signal_new ("settled", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ENDED] = g_signal_new ("ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SOUND_FAILED] = g_signal_new ("sound-failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] =
      g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_ERROR);
}

static void
reel_comparison_pipeline_init (ReelComparisonPipeline *self)
{
  self->rate = 1.0;
}

/**
 * reel_comparison_pipeline_new:
 * @files: (element-type GFile): local files, %NULL for one that is left out
 * @heard: the number of the file that is heard, -1 for none
 * @audio_sink: the element that plays the sound
 * @scale_width: the width to scale frames to, in pixels, or 0 for frames as they are
 *
 * Makes a pipeline. It does nothing before reel_comparison_pipeline_open().
 *
 * Returns: (transfer full): the pipeline
 */
ReelComparisonPipeline *
reel_comparison_pipeline_new (GPtrArray *files, int heard, const char *audio_sink, guint scale_width)
{
  ReelComparisonPipeline *self = g_object_new (REEL_TYPE_COMPARISON_PIPELINE, NULL);

  self->graph = reel_comparison_graph_new (files, heard, audio_sink, scale_width);

  return self;
}

/**
 * reel_comparison_pipeline_open:
 *
 * Opens the files and decodes the first frame of each. "settled" or "failed" tells the end.
 */
void
reel_comparison_pipeline_open (ReelComparisonPipeline *self)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->graph->pipeline);

  for (guint i = 0; i < self->graph->n_lanes; i++) {
    ReelComparisonLane *lane = &self->graph->lanes[i];

    /* The element hands it out on the main thread alone, and aborts elsewhere. */
    if (lane->sink.sink != NULL)
      g_object_get (lane->sink.sink, "paintable", &lane->paintable, NULL);
  }
  self->bus_watch = gst_bus_add_watch (bus, on_message, self);
  self->opening = TRUE;
  gst_element_set_state (self->graph->pipeline, GST_STATE_PAUSED);
}

/**
 * reel_comparison_pipeline_close:
 *
 * Stops everything. No signal comes after it.
 */
void
reel_comparison_pipeline_close (ReelComparisonPipeline *self)
{
  g_clear_handle_id (&self->missing_timer, g_source_remove);
  g_clear_error (&self->missing);
  g_clear_handle_id (&self->bus_watch, g_source_remove);
  if (self->graph == NULL)
    return;

  GstElement *pipeline = self->graph->pipeline;

  for (guint i = 0; i < self->graph->n_lanes; i++)
    g_clear_object (&self->graph->lanes[i].paintable);
  g_atomic_int_set (&self->graph->muted, TRUE);
  reel_frame_gate_open (self->graph->gate);
  self->graph = NULL;
  if (self->opening) {
    let_rest (pipeline);
  } else {
    gst_element_set_state (pipeline, GST_STATE_NULL);
    gst_object_unref (pipeline);
  }
}

/**
 * reel_comparison_pipeline_set_playing:
 * @playing: whether time goes on
 *
 * Plays or pauses. Where it pauses, the videos may be a frame apart: a seek brings them together.
 */
void
reel_comparison_pipeline_set_playing (ReelComparisonPipeline *self, gboolean playing)
{
  gst_element_set_state (self->graph->pipeline, playing ? GST_STATE_PLAYING : GST_STATE_PAUSED);
}

/**
 * reel_comparison_pipeline_seek:
 * @position: in microseconds
 * @rate: the speed from there on
 *
 * Shows the frames at exactly that time, of a file that has ended by then its last one. Time stands still from then on.
 * "settled" tells the end; until then there must be no other seek or step.
 */
void
reel_comparison_pipeline_seek (ReelComparisonPipeline *self, gint64 position, double rate)
{
  self->start = position;
  self->rate = rate;
  reel_comparison_pipeline_set_playing (self, FALSE);
  for (guint i = 0; i < self->graph->n_lanes; i++) {
    if (self->graph->lanes[i].source != NULL)
      seek_lane (self, &self->graph->lanes[i]);
  }
}

/**
 * reel_comparison_pipeline_step:
 *
 * While paused, goes forward by one frame. "settled" tells the end.
 *
 * Returns: %FALSE where it cannot, and a seek has to do: the files have different frame rates, or one of them ends
 */
gboolean
reel_comparison_pipeline_step (ReelComparisonPipeline *self)
{
  double frame_rate = reel_comparison_pipeline_get_frame_rate (self);
  gint64 next = reel_comparison_pipeline_find_next_frame (self);

  for (guint i = 0; i < self->graph->n_lanes; i++) {
    ReelComparisonLane *lane = &self->graph->lanes[i];

    if (lane->source != NULL &&
        (ABS (lane->frame_rate - frame_rate) > 0.001 || reel_frame_gate_has_ended (self->graph->gate, i) ||
         (GstClockTime)next * GST_USECOND + (GstClockTime)(GST_SECOND / frame_rate) > lane->end))
      return FALSE;
  }

  for (guint i = 0; i < self->graph->n_lanes; i++) {
    ReelComparisonLane *lane = &self->graph->lanes[i];

    if (lane->source != NULL)
      gst_element_send_event (lane->sink.sink, gst_event_new_step (GST_FORMAT_BUFFERS, 1, 1.0, TRUE, FALSE));
  }

  return TRUE;
}

/**
 * reel_comparison_pipeline_set_muted:
 * @muted: whether there is no sound at all
 *
 * Silences the video that is heard.
 */
void
reel_comparison_pipeline_set_muted (ReelComparisonPipeline *self, gboolean muted)
{
  g_atomic_int_set (&self->graph->muted, muted);
  if (self->graph->volume != NULL)
    g_object_set (self->graph->volume, "mute", muted, NULL);
}

/**
 * reel_comparison_pipeline_set_scale_width:
 * @scale_width: in pixels, greater than 0 exactly where the pipeline was made with one
 *
 * Changes the width that frames are scaled down to.
 */
void
reel_comparison_pipeline_set_scale_width (ReelComparisonPipeline *self, guint scale_width)
{
  for (guint i = 0; i < self->graph->n_lanes; i++)
    reel_video_sink_set_scale_width (&self->graph->lanes[i].sink, scale_width);
}

/**
 * reel_comparison_pipeline_get_paintable:
 * @index: the number of the file
 *
 * Returns: (transfer none) (nullable): its picture
 */
GdkPaintable *
reel_comparison_pipeline_get_paintable (ReelComparisonPipeline *self, guint index)
{
  return self->graph->lanes[index].paintable;
}

/**
 * reel_comparison_pipeline_has_begun:
 * @index: the number of the file
 *
 * Returns: whether a frame of it has been decoded
 */
gboolean
reel_comparison_pipeline_has_begun (ReelComparisonPipeline *self, guint index)
{
  return reel_frame_gate_has_begun (self->graph->gate, index);
}

/**
 * reel_comparison_pipeline_read_track:
 * @index: the number of the file
 * @track: (out caller-allocates): what it is like
 *
 * Reads what is known about a file once the pipeline has settled.
 */
void
reel_comparison_pipeline_read_track (ReelComparisonPipeline *self, guint index, ReelComparisonTrack *track)
{
  ReelComparisonLane *lane = &self->graph->lanes[index];

  *track = (ReelComparisonTrack){.frame_rate = lane->frame_rate,
                                 .duration = (gint64)(lane->end / GST_USECOND),
                                 .has_audio = g_atomic_int_get (&lane->has_audio)};
  if (lane->source == NULL)
    return;

  g_autoptr (GstPad) pad = reel_video_sink_get_pad (&lane->sink);
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  GstVideoInfo info;

  if (caps != NULL && gst_video_info_from_caps (&info, caps)) {
    track->width = info.width;
    track->height = info.height;
  }
}

/**
 * reel_comparison_pipeline_get_frame_rate:
 *
 * Returns: the frame rate of the finest video
 */
double
reel_comparison_pipeline_get_frame_rate (ReelComparisonPipeline *self)
{
  double frame_rate = 0;

  for (guint i = 0; i < self->graph->n_lanes; i++) {
    if (self->graph->lanes[i].source != NULL)
      frame_rate = MAX (frame_rate, self->graph->lanes[i].frame_rate);
  }

  return frame_rate > 0 ? frame_rate : self->graph->lanes[0].frame_rate;
}

/**
 * reel_comparison_pipeline_query_position:
 *
 * Returns: while it plays, the time that clock and pictures have come to, in microseconds; -1 where that is unknown
 */
gint64
reel_comparison_pipeline_query_position (ReelComparisonPipeline *self)
{
  GstClockTime time = gst_element_get_current_running_time (self->graph->pipeline);
  gint64 position, next;

  if (!GST_CLOCK_TIME_IS_VALID (time))
    return -1;

  position = self->start + (gint64)((double)time * self->rate / GST_USECOND);
  next = reel_comparison_pipeline_find_next_frame (self);

  return next >= 0 ? MIN (position, next) : position;
}

/**
 * reel_comparison_pipeline_find_next_frame:
 *
 * Returns: when the first of the videos will show another frame, in microseconds; -1 where none will
 */
gint64
reel_comparison_pipeline_find_next_frame (ReelComparisonPipeline *self)
{
  GstClockTime next = GST_CLOCK_TIME_NONE;

  for (guint i = 0; i < self->graph->n_lanes; i++) {
    ReelComparisonLane *lane = &self->graph->lanes[i];
    g_autoptr (GstSample) sample = NULL;

    if (lane->source == NULL || reel_frame_gate_has_ended (self->graph->gate, i))
      continue;

    g_object_get (lane->sink.sink, "last-sample", &sample, NULL);
    if (sample == NULL)
      continue;

    GstBuffer *buffer = gst_sample_get_buffer (sample);
    GstClockTime time =
        gst_segment_to_stream_time (gst_sample_get_segment (sample), GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));

    /* After an exact seek the first frame is cut to begin where the seek led: its end is where it was. */
    if (GST_CLOCK_TIME_IS_VALID (time)) {
      time += GST_BUFFER_DURATION_IS_VALID (buffer) ? GST_BUFFER_DURATION (buffer)
                                                    : (GstClockTime)(GST_SECOND / lane->frame_rate);
      next = MIN (next, time);
    }
  }

  return GST_CLOCK_TIME_IS_VALID (next) ? (gint64)(next / GST_USECOND) : -1;
}
