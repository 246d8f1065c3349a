#include "config.h"

#include "reel-pipeline.h"

#include "reel-error.h"
#include "reel-frame-times.h"
#include "reel-gst-error.h"

#include <gst/video/gstvideodecoder.h>
#include <gst/video/video.h>

/* GstPlayFlags, which no header declares: the picture, the sound, and a volume of our own. */
#define PLAY_VIDEO       (1 << 0)
#define PLAY_AUDIO       (1 << 1)
#define PLAY_SOFT_VOLUME (1 << 4)

/* A decoder goes on after an error, for ever if it must, and nobody is told. After so many in a row it shall give up:
 * half a second of a video. */
#define MAX_DECODER_ERRORS 12

/* Decodebin goes on setting up after it told of a missing decoder, and is better not torn down in the middle of that. */
#define MISSING_DELAY_MS 300

/* A rate of more frames a second is that of a clock, as files with a variable rate have it. */
#define MAX_FRAME_RATE 240

/* What a probe of the video sink posts on the bus. */
#define MESSAGE_EMPTY "reel-empty"

/* How long a pipeline that is closed in the middle of opening may take to come to rest. */
#define LINGER_SECONDS 5

/**
 * ReelPipeline:
 *
 * One GStreamer pipeline for one file, in the words of a player. Its signals come on the main thread:
 * "settled" when it has opened, and when a seek or a step is done; "empty" when there is no frame where a segment seek
 * led to, as the sound goes on for longer; "ended" when the last frame was shown; "segment-done"
 * when, after a segment seek, everything up to the end is on its way to the screen; "sound-failed" when the sound
 * cannot be played; "failed" with an error.
 */
struct _ReelPipeline
{
  GObject parent_instance;

  GstElement *playbin;
  GstElement *filter;
  GstElement *video_sink;
  GstElement *audio_sink;
  ReelFrameTimes *times;
  GdkPaintable *paintable;
  GError *missing;
  guint missing_timer;
  guint bus_watch;
  gboolean scaled;
  gboolean failed;
  gboolean opening;
  gboolean opened;
  gboolean shown;
  gboolean stepped;
  gboolean has_audio;
  gboolean sound_failed;
  double frame_rate;
  double rate;
  double segment_rate;
  guint32 segment_seqnum;
};

/* What is left of a pipeline that was closed in the middle of opening. */
typedef struct
{
  GstElement *playbin;
  guint bus_watch;
  guint timer;
} ReelLingering;

G_DEFINE_FINAL_TYPE (ReelPipeline, reel_pipeline, G_TYPE_OBJECT)

enum
{
  SETTLED,
  EMPTY,
  ENDED,
  SEGMENT_DONE,
  SOUND_FAILED,
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
fail (ReelPipeline *self, GError *error)
{
  if (!self->failed) {
    self->failed = TRUE;
    g_signal_emit (self, signals[FAILED], 0, error);
  }
  g_error_free (error);
}

static void
fail_for_missing (ReelPipeline *self)
{
  g_clear_handle_id (&self->missing_timer, g_source_remove);
  fail (self, g_steal_pointer (&self->missing));
}

static void
on_missing_due (gpointer data)
{
  ReelPipeline *self = data;

  self->missing_timer = 0;
  fail_for_missing (self);
}

static GstElement *
make_video_sink (ReelPipeline *self)
{
  self->video_sink = gst_element_factory_make ("gtk4paintablesink", NULL);
  if (self->video_sink == NULL || !self->scaled)
    return self->video_sink;

  /* Without a GPU, scaling to the size on the screen while converting costs a third of what GTK's scaling does. It is the
   * width of the upright picture that is limited. */
  GstElement *bin = gst_bin_new (NULL);
  GstElement *flip = gst_element_factory_make ("videoflip", NULL);
  GstElement *scaler = gst_element_factory_make ("videoconvertscale", NULL);

  self->filter = gst_element_factory_make ("capsfilter", NULL);
  g_object_set (flip, "video-direction", GST_VIDEO_ORIENTATION_AUTO, NULL);
  gst_bin_add_many (GST_BIN (bin), flip, scaler, self->filter, self->video_sink, NULL);
  gst_element_link_many (flip, scaler, self->filter, self->video_sink, NULL);

  g_autoptr (GstPad) pad = gst_element_get_static_pad (flip, "sink");

  gst_element_add_pad (bin, gst_ghost_pad_new ("sink", pad));

  return bin;
}

/* In a streaming thread. */
static void
on_element_setup (GstElement *playbin, GstElement *element, gpointer data)
{
  if (!GST_IS_VIDEO_DECODER (element))
    return;

  gst_video_decoder_set_max_errors (GST_VIDEO_DECODER (element), MAX_DECODER_ERRORS);
  reel_gst_make_decoder_safe (element);
  reel_frame_times_watch (data, element);
}

/* In a streaming thread: the frames of a segment come by, and its end. The pad notes whether there is none since a seek. */
static GstPadProbeReturn
on_shown_data (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GstEvent *event;

  if ((GST_PAD_PROBE_INFO_TYPE (info) & GST_PAD_PROBE_TYPE_BUFFER) != 0) {
    g_object_set_data (G_OBJECT (pad), MESSAGE_EMPTY, NULL);
    return GST_PAD_PROBE_OK;
  }

  event = GST_PAD_PROBE_INFO_EVENT (info);
  if (GST_EVENT_TYPE (event) == GST_EVENT_FLUSH_STOP) {
    g_object_set_data (G_OBJECT (pad), MESSAGE_EMPTY, GINT_TO_POINTER (TRUE));
  } else if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT_DONE &&
             g_object_get_data (G_OBJECT (pad), MESSAGE_EMPTY) != NULL) {
    g_autoptr (GstElement) sink = gst_pad_get_parent_element (pad);

    if (sink != NULL)
      gst_element_post_message (
          sink, gst_message_new_application (GST_OBJECT (sink), gst_structure_new_empty (MESSAGE_EMPTY)));
  }

  return GST_PAD_PROBE_OK;
}

static void
watch_shown (ReelPipeline *self)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (self->video_sink, "sink");

  gst_pad_add_probe (pad,
                     GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM | GST_PAD_PROBE_TYPE_EVENT_FLUSH,
                     on_shown_data, NULL, NULL);
}

static gboolean
has_picture (ReelPipeline *self)
{
  g_autoptr (GstSample) sample = NULL;

  g_object_get (self->video_sink, "last-sample", &sample, NULL);

  return sample != NULL;
}

/* Playbin also says that it is done before it has looked into the file, or has put in the sink for the picture. */
static gboolean
is_too_early (ReelPipeline *self)
{
  GstState state;

  if (self->shown || has_picture (self))
    return FALSE;

  return gst_element_get_state (self->video_sink, &state, NULL, 0) == GST_STATE_CHANGE_ASYNC ||
         state < GST_STATE_PAUSED;
}

static void
on_settled (ReelPipeline *self)
{
  if (is_too_early (self))
    return;

  self->opening = FALSE;
  if (self->missing != NULL) {
    fail_for_missing (self);
    return;
  }

  if (!self->opened) {
    int n_audio;

    self->opened = TRUE;
    g_object_get (self->playbin, "n-audio", &n_audio, NULL);
    self->has_audio = n_audio > 0;
  }
  /* The pipeline went all the way to the end in search of a picture: none of them could be decoded. Later on there may be
   * none because the sound is longer. */
  self->shown = self->shown || has_picture (self);
  if (!self->shown) {
    fail (self, g_error_new_literal (REEL_ERROR, REEL_ERROR_TRUNCATED, "No frame could be decoded"));
    return;
  }

  g_signal_emit (self, signals[SETTLED], 0);
}

/* Sound is no reason not to show the picture: no device to play it, or nothing in it that can be decoded. */
static gboolean
is_about_sound (ReelPipeline *self, GstObject *source)
{
  if (self->audio_sink == NULL)
    return FALSE;
  if (gst_object_has_as_ancestor (source, GST_OBJECT (self->audio_sink)))
    return TRUE;

  GstElementFactory *factory = GST_IS_ELEMENT (source) ? gst_element_get_factory (GST_ELEMENT (source)) : NULL;

  return factory != NULL && gst_element_factory_list_is_type (factory, GST_ELEMENT_FACTORY_TYPE_MEDIA_AUDIO) &&
         !gst_element_factory_list_is_type (factory, GST_ELEMENT_FACTORY_TYPE_MEDIA_VIDEO);
}

static void
on_error (ReelPipeline *self, GstMessage *message)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *debug = NULL;

  self->opening = FALSE;
  gst_message_parse_error (message, &error, &debug);
  g_debug ("player: %s (%s)", error->message, debug);

  if (self->missing != NULL) {
    fail_for_missing (self);
  } else if (is_about_sound (self, GST_MESSAGE_SRC (message))) {
    self->sound_failed = TRUE;
    g_signal_emit (self, signals[SOUND_FAILED], 0);
  } else {
    fail (self, reel_gst_error_translate (error, TRUE));
  }
}

static gboolean
on_message (GstBus *bus, GstMessage *message, gpointer data)
{
  g_autoptr (ReelPipeline) self = g_object_ref (data);
  GError *missing;

  switch ((int)GST_MESSAGE_TYPE (message)) {
  case GST_MESSAGE_ERROR:
    on_error (self, message);
    break;
  case GST_MESSAGE_ELEMENT:
    missing = self->missing == NULL ? reel_gst_error_from_missing_plugin (message) : NULL;
    if (missing != NULL) {
      self->missing = missing;
      self->missing_timer = g_timeout_add_once (MISSING_DELAY_MS, on_missing_due, self);
    }
    break;
  case GST_MESSAGE_ASYNC_DONE:
    on_settled (self);
    break;
  case GST_MESSAGE_EOS:
    if (self->shown)
      g_signal_emit (self, signals[ENDED], 0);
    else
      on_settled (self);
    break;
  case GST_MESSAGE_SEGMENT_DONE:
    /* One that was posted before the latest seek is about a segment that is no more. */
    if (gst_message_get_seqnum (message) == self->segment_seqnum)
      g_signal_emit (self, signals[SEGMENT_DONE], 0);
    break;
  case GST_MESSAGE_APPLICATION:
    if (gst_message_has_name (message, MESSAGE_EMPTY))
      g_signal_emit (self, signals[EMPTY], 0);
    break;
  case GST_MESSAGE_CLOCK_LOST:
    gst_element_set_state (self->playbin, GST_STATE_PAUSED);
    gst_element_set_state (self->playbin, GST_STATE_PLAYING);
    break;
  case GST_MESSAGE_LATENCY:
    gst_bin_recalculate_latency (GST_BIN (self->playbin));
    break;
  default:
    break;
  }

  return G_SOURCE_CONTINUE;
}

static void
reel_lingering_free (ReelLingering *self)
{
  g_clear_handle_id (&self->bus_watch, g_source_remove);
  g_clear_handle_id (&self->timer, g_source_remove);
  gst_element_set_state (self->playbin, GST_STATE_NULL);
  gst_object_unref (self->playbin);
  g_free (self);
}

static gboolean
on_lingering_message (GstBus *bus, GstMessage *message, gpointer data)
{
  if ((GST_MESSAGE_TYPE (message) & (GST_MESSAGE_ASYNC_DONE | GST_MESSAGE_EOS | GST_MESSAGE_ERROR)) != 0)
    reel_lingering_free (data);

  return G_SOURCE_CONTINUE;
}

static void
on_lingering_over (gpointer data)
{
  ReelLingering *self = data;

  self->timer = 0;
  reel_lingering_free (self);
}

/* Torn down while they connect their elements, playbin and decodebin lose memory and warn. They are let finish, which
 * takes as long as the first frame, and nobody sees or hears anything of it. */
static void
linger (GstElement *playbin)
{
  ReelLingering *self = g_new0 (ReelLingering, 1);
  g_autoptr (GstBus) bus = gst_element_get_bus (playbin);

  self->playbin = playbin;
  self->bus_watch = gst_bus_add_watch (bus, on_lingering_message, self);
  self->timer = g_timeout_add_seconds_once (LINGER_SECONDS, on_lingering_over, self);
}

static void
reel_pipeline_dispose (GObject *object)
{
  ReelPipeline *self = REEL_PIPELINE (object);

  reel_pipeline_close (self);

  G_OBJECT_CLASS (reel_pipeline_parent_class)->dispose (object);
}

static void
reel_pipeline_finalize (GObject *object)
{
  reel_frame_times_unref (REEL_PIPELINE (object)->times);

  G_OBJECT_CLASS (reel_pipeline_parent_class)->finalize (object);
}

static void
reel_pipeline_class_init (ReelPipelineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = reel_pipeline_dispose;
  object_class->finalize = reel_pipeline_finalize;

  signals[SETTLED] =
      g_signal_new ("settled", REEL_TYPE_PIPELINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EMPTY] = g_signal_new ("empty", REEL_TYPE_PIPELINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ENDED] = g_signal_new ("ended", REEL_TYPE_PIPELINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SEGMENT_DONE] =
      g_signal_new ("segment-done", REEL_TYPE_PIPELINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SOUND_FAILED] =
      g_signal_new ("sound-failed", REEL_TYPE_PIPELINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] =
      g_signal_new ("failed", REEL_TYPE_PIPELINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
reel_pipeline_init (ReelPipeline *self)
{
  /* It is 24 a second that the service makes. */
  self->frame_rate = 24.0;
  self->rate = self->segment_rate = 1.0;
  self->times = reel_frame_times_new ();
}

static void
free_times (gpointer data, GClosure *closure)
{
  reel_frame_times_unref (data);
}

/**
 * reel_pipeline_new:
 * @file: a local file
 * @audio_sink: (nullable): the element to use instead of autoaudiosink
 * @with_sound: whether to play the sound
 * @scale_width: the width to scale frames to, in pixels, or 0 for frames as they are
 *
 * Makes a pipeline. It does nothing before reel_pipeline_open().
 *
 * Returns: (transfer full): the pipeline
 */
ReelPipeline *
reel_pipeline_new (GFile *file, const char *audio_sink, gboolean with_sound, guint scale_width)
{
  ReelPipeline *self = g_object_new (REEL_TYPE_PIPELINE, NULL);
  g_autofree char *uri = g_file_get_uri (file);

  self->scaled = scale_width > 0;
  /* Not playbin3: in GStreamer 1.26.2, on a busy machine, it gets stuck in opening one short file in some hundreds. */
  self->playbin = gst_object_ref_sink (gst_element_factory_make ("playbin", NULL));
  self->audio_sink =
      with_sound ? gst_element_factory_make (audio_sink != NULL ? audio_sink : "autoaudiosink", NULL) : NULL;
  g_object_set (self->playbin, "uri", uri, "flags",
                PLAY_VIDEO | (self->audio_sink != NULL ? PLAY_AUDIO | PLAY_SOFT_VOLUME : 0), "video-sink",
                make_video_sink (self), "audio-sink", self->audio_sink, NULL);
  g_signal_connect_data (self->playbin, "element-setup", G_CALLBACK (on_element_setup),
                         reel_frame_times_ref (self->times), free_times, G_CONNECT_DEFAULT);
  if (self->video_sink != NULL)
    watch_shown (self);
  if (audio_sink != NULL && self->audio_sink != NULL &&
      g_object_class_find_property (G_OBJECT_GET_CLASS (self->audio_sink), "sync") != NULL)
    g_object_set (self->audio_sink, "sync", TRUE, NULL);
  reel_pipeline_set_scale_width (self, scale_width);

  return self;
}

/**
 * reel_pipeline_open:
 *
 * Opens the file and decodes its first frame. "settled" or "failed" tells the end.
 */
void
reel_pipeline_open (ReelPipeline *self)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->playbin);

  if (self->video_sink == NULL) {
    fail (self, g_error_new_literal (REEL_ERROR, REEL_ERROR_MISSING_DECODER, "gtk4paintablesink"));
    return;
  }

  /* The element hands it out on the main thread alone, and aborts elsewhere. */
  g_object_get (self->video_sink, "paintable", &self->paintable, NULL);
  self->bus_watch = gst_bus_add_watch (bus, on_message, self);
  self->opening = TRUE;
  gst_element_set_state (self->playbin, GST_STATE_PAUSED);
}

/**
 * reel_pipeline_close:
 *
 * Stops everything. No signal comes after it.
 */
void
reel_pipeline_close (ReelPipeline *self)
{
  g_clear_handle_id (&self->missing_timer, g_source_remove);
  g_clear_error (&self->missing);
  g_clear_handle_id (&self->bus_watch, g_source_remove);
  g_clear_object (&self->paintable);
  if (self->opening) {
    linger (g_steal_pointer (&self->playbin));
  } else if (self->playbin != NULL) {
    gst_element_set_state (self->playbin, GST_STATE_NULL);
    g_clear_pointer (&self->playbin, gst_object_unref);
  }
  self->opening = FALSE;
}

/**
 * reel_pipeline_set_playing:
 * @playing: whether time goes on
 *
 * Plays or pauses.
 */
void
reel_pipeline_set_playing (ReelPipeline *self, gboolean playing)
{
  gst_element_set_state (self->playbin, playing ? GST_STATE_PLAYING : GST_STATE_PAUSED);
}

/**
 * reel_pipeline_seek:
 * @position: in nanoseconds
 * @segment: whether "segment-done" comes at the end, and no "ended"
 *
 * Shows the frame at exactly that time. "settled" tells the end; until then there must be no other seek or step.
 */
void
reel_pipeline_seek (ReelPipeline *self, GstClockTime position, gboolean segment)
{
  GstEvent *event = gst_event_new_seek (
      self->rate, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE | (segment ? GST_SEEK_FLAG_SEGMENT : 0),
      GST_SEEK_TYPE_SET, position, GST_SEEK_TYPE_SET, -1);

  self->stepped = FALSE;
  self->segment_rate = self->rate;
  self->segment_seqnum = gst_event_get_seqnum (event);
  gst_element_send_event (self->playbin, event);
}

/**
 * reel_pipeline_continue_at_start:
 *
 * After "segment-done": goes on at the start, without a gap.
 */
void
reel_pipeline_continue_at_start (ReelPipeline *self)
{
  /* A rate that was changed on the fly lives on in the sinks, on top of the segment's own. */
  GstEvent *event = gst_event_new_seek (self->segment_rate, GST_FORMAT_TIME, GST_SEEK_FLAG_SEGMENT, GST_SEEK_TYPE_SET,
                                        0, GST_SEEK_TYPE_SET, -1);

  self->segment_seqnum = gst_event_get_seqnum (event);
  gst_element_send_event (self->playbin, event);
}

/**
 * reel_pipeline_step:
 * @frames: how many
 *
 * While paused, goes forward by that many frames. "settled" tells the end.
 */
void
reel_pipeline_step (ReelPipeline *self, guint frames)
{
  self->stepped = TRUE;
  gst_element_send_event (self->video_sink, gst_event_new_step (GST_FORMAT_BUFFERS, frames, 1.0, TRUE, FALSE));
}

/**
 * reel_pipeline_set_rate:
 * @rate: 1 is the video's own speed
 * @instant: whether it takes effect at once, not with the next seek; only while playing
 *
 * Changes the speed.
 */
void
reel_pipeline_set_rate (ReelPipeline *self, double rate, gboolean instant)
{
  self->rate = rate;
  if (instant)
    gst_element_seek (self->playbin, rate, GST_FORMAT_TIME, GST_SEEK_FLAG_INSTANT_RATE_CHANGE, GST_SEEK_TYPE_NONE, 0,
                      GST_SEEK_TYPE_NONE, 0);
}

/**
 * reel_pipeline_set_volume:
 * @volume: 0 to 1 on the scale that ears know, which is cubic
 * @muted: whether there is no sound at all
 *
 * Changes the volume.
 */
void
reel_pipeline_set_volume (ReelPipeline *self, double volume, gboolean muted)
{
  g_object_set (self->playbin, "volume", volume * volume * volume, "mute", muted, NULL);
}

/**
 * reel_pipeline_set_scale_width:
 * @scale_width: in pixels, greater than 0 exactly where the pipeline was made with one
 *
 * Changes the width that frames are scaled down to.
 */
void
reel_pipeline_set_scale_width (ReelPipeline *self, guint scale_width)
{
  if (self->filter == NULL)
    return;

  g_autoptr (GstCaps) caps =
      gst_caps_new_simple ("video/x-raw", "format", G_TYPE_STRING, "RGB", "width", GST_TYPE_INT_RANGE, 1,
                           MAX (scale_width, 2), "pixel-aspect-ratio", GST_TYPE_FRACTION, 1, 1, NULL);

  g_object_set (self->filter, "caps", caps, NULL);
}

/**
 * reel_pipeline_get_paintable:
 *
 * Returns: (transfer none) (nullable): the picture, once the pipeline was opened
 */
GdkPaintable *
reel_pipeline_get_paintable (ReelPipeline *self)
{
  return self->paintable;
}

/**
 * reel_pipeline_get_has_audio:
 *
 * Returns: whether there is sound in the file
 */
gboolean
reel_pipeline_get_has_audio (ReelPipeline *self)
{
  return self->has_audio;
}

/**
 * reel_pipeline_get_sound_failed:
 *
 * Returns: whether there was no way to make sounds
 */
gboolean
reel_pipeline_get_sound_failed (ReelPipeline *self)
{
  return self->sound_failed;
}

/**
 * reel_pipeline_query_position:
 *
 * Returns: where the picture is, in microseconds, or -1 where that is unknown
 */
gint64
reel_pipeline_query_position (ReelPipeline *self)
{
  gint64 position;

  return gst_element_query_position (self->playbin, GST_FORMAT_TIME, &position) ? position / 1000 : -1;
}

/**
 * reel_pipeline_query_duration:
 *
 * Returns: how long the video is, in microseconds, or 0 where that is unknown
 */
gint64
reel_pipeline_query_duration (ReelPipeline *self)
{
  gint64 duration;

  return gst_element_query_duration (self->playbin, GST_FORMAT_TIME, &duration) && duration > 0 ? duration / 1000 : 0;
}

/**
 * reel_pipeline_get_frame:
 * @frame: (out) (optional): the number of the frame on the screen, from 0
 * @frame_rate: (out) (optional): how many frames there are in a second
 * @time: (out) (optional): a time within the frame, in microseconds
 *
 * Returns: %FALSE where there is no frame: then @frame_rate alone is set
 */
gboolean
reel_pipeline_get_frame (ReelPipeline *self, gint64 *frame, double *frame_rate, gint64 *time)
{
  g_autoptr (GstSample) sample = NULL;
  GstVideoInfo info;

  if (frame_rate != NULL)
    *frame_rate = self->frame_rate;
  g_object_get (self->video_sink, "last-sample", &sample, NULL);
  if (sample == NULL || !gst_video_info_from_caps (&info, gst_sample_get_caps (sample)))
    return FALSE;

  GstBuffer *buffer = gst_sample_get_buffer (sample);
  const GstSegment *segment = gst_sample_get_segment (sample);
  GstClockTime start = gst_segment_to_stream_time (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
  /* Where the file names no rate, the length of this frame has to do. */
  double rate = self->frame_rate;

  if (!GST_CLOCK_TIME_IS_VALID (start))
    return FALSE;

  if (info.fps_n > 0 && info.fps_n <= MAX_FRAME_RATE * info.fps_d)
    rate = (double)info.fps_n / info.fps_d;
  else if (GST_CLOCK_TIME_IS_VALID (reel_frame_times_get_shortest (self->times)))
    rate = (double)GST_SECOND / reel_frame_times_get_shortest (self->times);
  else if (GST_BUFFER_DURATION_IS_VALID (buffer) && GST_BUFFER_DURATION (buffer) > 0)
    rate = (double)GST_SECOND / GST_BUFFER_DURATION (buffer);

  /* After an exact seek the first frame begins where the segment does, not where it began in the file. Times in a file
   * are rounded, to milliseconds at worst. */
  if (frame != NULL) {
    double exact = (double)start * rate / GST_SECOND;

    *frame = (gint64)(exact + (!self->stepped && GST_BUFFER_PTS (buffer) == segment->start ? 0.03 : 0.5));
  }
  self->frame_rate = rate;
  if (frame_rate != NULL)
    *frame_rate = rate;
  if (time != NULL)
    *time = start / 1000;

  return TRUE;
}

/**
 * reel_pipeline_find_start:
 * @time: in nanoseconds; where the pipeline has been since it opened
 *
 * Returns: when the frame begins that is shown at a time, in nanoseconds, or %GST_CLOCK_TIME_NONE where that is unknown
 */
GstClockTime
reel_pipeline_find_start (ReelPipeline *self, GstClockTime time)
{
  return reel_frame_times_find (self->times, time);
}

/**
 * reel_pipeline_get_last_start:
 *
 * Returns: when the last frame begins, in nanoseconds, or %GST_CLOCK_TIME_NONE while that is unknown
 */
GstClockTime
reel_pipeline_get_last_start (ReelPipeline *self)
{
  return reel_frame_times_get_last (self->times);
}

/**
 * reel_pipeline_get_shown:
 *
 * Returns: the time of the frame on the screen, in nanoseconds, at which it begins or a seek has cut it, or
 *   %GST_CLOCK_TIME_NONE where there is no frame
 */
GstClockTime
reel_pipeline_get_shown (ReelPipeline *self)
{
  g_autoptr (GstSample) sample = NULL;

  g_object_get (self->video_sink, "last-sample", &sample, NULL);
  if (sample == NULL)
    return GST_CLOCK_TIME_NONE;

  return gst_segment_to_stream_time (gst_sample_get_segment (sample), GST_FORMAT_TIME,
                                     GST_BUFFER_PTS (gst_sample_get_buffer (sample)));
}

/**
 * reel_pipeline_find_frame:
 * @frame: (out): the number of the frame on the screen, from 0
 * @time: (out): a time in microseconds at which a seek in another pipeline comes to the same frame
 *
 * Returns: %FALSE where there is no frame
 */
gboolean
reel_pipeline_find_frame (ReelPipeline *self, gint64 *frame, gint64 *time)
{
  g_autoptr (GstSample) sample = NULL;
  double frame_rate;

  if (!reel_pipeline_get_frame (self, frame, &frame_rate, NULL))
    return FALSE;

  g_object_get (self->video_sink, "last-sample", &sample, NULL);
  if (sample == NULL)
    return FALSE;

  GstBuffer *buffer = gst_sample_get_buffer (sample);
  const GstSegment *segment = gst_sample_get_segment (sample);
  GstClockTime start = gst_segment_to_stream_time (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));

  if (!GST_CLOCK_TIME_IS_VALID (start))
    return FALSE;

  /* The end of the frame before is rounded too, and may lie behind this start: well into the frame, unless it was cut by
   * the seek that led to it, and may be nearly over. */
  if (self->stepped || GST_BUFFER_PTS (buffer) != segment->start)
    start += (GstClockTime)(GST_SECOND / frame_rate / 4);
  *time = (gint64)(start / GST_USECOND) + 1;

  return TRUE;
}
