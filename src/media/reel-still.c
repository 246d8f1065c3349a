#include "config.h"

#include "reel-still.h"

#include "reel-background-pool.h"
#include "reel-error.h"
#include "reel-file-check.h"
#include "reel-gst-error.h"

#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <gst/video/video.h>

/* The only one of the GstPlayFlags that a still needs: the picture. */
#define PLAY_VIDEO (1 << 0)

/* How far two pixels of a picture may differ, of 255, for it to say nothing: many videos fade in from black. */
#define FLAT_RANGE 12

/* Playbin swallows some errors of its demuxers: where no frame came for so long, none will. */
#define PATIENCE (10 * GST_SECOND)

/* Decodebin goes on setting up after it told of a missing decoder, and is better not torn down in the middle of that. */
#define MISSING_PATIENCE (300 * GST_MSECOND)

/* One pipeline that decodes single frames. */
typedef struct
{
  GstElement *playbin;
  GstElement *sink;
  GstBus *bus;
} ReelStill;

static void
reel_still_free (ReelStill *self)
{
  gst_element_set_state (self->playbin, GST_STATE_NULL);
  gst_object_unref (self->bus);
  gst_object_unref (self->playbin);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelStill, reel_still_free)

static void
on_element_setup (GstElement *playbin, GstElement *element, gpointer data)
{
  reel_gst_make_decoder_safe (element);
}

static ReelStill *
reel_still_new (GFile *file)
{
  ReelStill *self = g_new0 (ReelStill, 1);
  g_autofree char *uri = g_file_get_uri (file);
  g_autoptr (GstCaps) caps = gst_caps_new_empty_simple ("video/x-raw");
  GstElement *bin = gst_bin_new (NULL);
  /* The picture upright, as the player shows it. */
  GstElement *flip = gst_element_factory_make ("videoflip", NULL);

  self->sink = gst_element_factory_make ("appsink", NULL);
  g_object_set (flip, "video-direction", GST_VIDEO_ORIENTATION_AUTO, NULL);
  g_object_set (self->sink, "sync", FALSE, "max-buffers", 1, "caps", caps, NULL);
  gst_bin_add_many (GST_BIN (bin), flip, self->sink, NULL);
  gst_element_link (flip, self->sink);

  g_autoptr (GstPad) pad = gst_element_get_static_pad (flip, "sink");

  gst_element_add_pad (bin, gst_ghost_pad_new ("sink", pad));

  self->playbin = gst_object_ref_sink (gst_element_factory_make ("playbin", NULL));
  /* Without a sink for the sound it would try those of the system, and open the sound device. */
  g_object_set (self->playbin, "uri", uri, "flags", PLAY_VIDEO, "video-sink", bin, "audio-sink",
                gst_element_factory_make ("fakesink", NULL), NULL);
  g_signal_connect (self->playbin, "element-setup", G_CALLBACK (on_element_setup), NULL);
  self->bus = gst_element_get_bus (self->playbin);
  reel_background_pool_inherit (self->bus);

  return self;
}

/* Says why there is no frame: decodebin does not always tell of a decoder that it lacks. */
static void
explain (GFile *file, GCancellable *cancellable, GError **error)
{
  if (reel_file_check (file, REEL_FILE_CHECK_PLAYABLE, cancellable, error))
    g_set_error_literal (error, REEL_ERROR, REEL_ERROR_TRUNCATED, "No frame could be decoded");
}

/* Waits for a frame to come to the sink. */
static GstSample *
wait_for_frame (ReelStill *self, GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) missing = NULL;

  while (TRUE) {
    g_autoptr (GstMessage) message =
        gst_bus_timed_pop_filtered (self->bus, missing != NULL ? MISSING_PATIENCE : PATIENCE,
                                    GST_MESSAGE_ASYNC_DONE | GST_MESSAGE_EOS | GST_MESSAGE_ERROR | GST_MESSAGE_ELEMENT);
    GstMessageType type = message != NULL ? GST_MESSAGE_TYPE (message) : GST_MESSAGE_UNKNOWN;

    if (type == GST_MESSAGE_ELEMENT) {
      if (missing == NULL)
        missing = reel_gst_error_from_missing_plugin (message);
      continue;
    }
    if (missing != NULL) {
      g_propagate_error (error, g_steal_pointer (&missing));
      return NULL;
    }
    if (type == GST_MESSAGE_ERROR) {
      g_autoptr (GError) gst_error = NULL;

      gst_message_parse_error (message, &gst_error, NULL);
      g_propagate_error (error, reel_gst_error_translate (gst_error, TRUE));
      return NULL;
    }

    GstSample *sample = gst_app_sink_try_pull_preroll (GST_APP_SINK (self->sink), 0);

    if (sample != NULL)
      return sample;
    /* Playbin also says that it is done before it has put in the sink. */
    if (type == GST_MESSAGE_ASYNC_DONE && !gst_app_sink_is_eos (GST_APP_SINK (self->sink)))
      continue;
    explain (file, cancellable, error);
    return NULL;
  }
}

/* Frames at even distances, as they come by. */
typedef struct
{
  /* input */
  gboolean keys; /* whatever key frames there are, not the middle of each part */
  guint size;
  guint n_frames;
  ReelStillFunc function;
  gpointer data;
  GCancellable *cancellable;
  GstBus *bus;

  /* in progress, in the streaming thread */
  gint64 duration; /* nanoseconds; 0 until it is known, -1 where it is not */
  guint next;
  guint64 taken; /* a bit for each frame */

  /* in progress, read by the other thread */
  int n_seen;
} ReelStrip;

/* Ends the waiting of the thread that made the pipeline. */
static void
post_stop (GstBus *bus)
{
  gst_bus_post (bus, gst_message_new_application (NULL, gst_structure_new_empty ("reel-stop")));
}

static void
on_cancelled (GCancellable *cancellable, gpointer bus)
{
  post_stop (bus);
}

/* Scales a frame into @size x @size pixels, in the shape that it has on a screen. */
static GdkTexture *
make_texture (GstSample *sample, guint size)
{
  GstVideoInfo in_info, out_info;
  GstVideoFrame in, out;

  if (!gst_video_info_from_caps (&in_info, gst_sample_get_caps (sample)) ||
      !gst_video_frame_map (&in, &in_info, gst_sample_get_buffer (sample), GST_MAP_READ))
    return NULL;

  double width = (double)in_info.width * in_info.par_n / in_info.par_d, height = in_info.height;
  double scale = MIN (1.0, size / MAX (width, height));

  gst_video_info_set_format (&out_info, GST_VIDEO_FORMAT_RGB, MAX (1, (int)(width * scale + 0.5)),
                             MAX (1, (int)(height * scale + 0.5)));
  /* A converter does not change these. */
  out_info.fps_n = in_info.fps_n;
  out_info.fps_d = in_info.fps_d;
  out_info.interlace_mode = in_info.interlace_mode;

  GstBuffer *buffer = gst_buffer_new_allocate (NULL, out_info.size, NULL);
  GdkTexture *texture = NULL;

  if (gst_video_frame_map (&out, &out_info, buffer, GST_MAP_WRITE)) {
    GstVideoConverter *converter = gst_video_converter_new (&in_info, &out_info, NULL);

    if (converter != NULL) {
      gst_video_converter_frame (converter, &in, &out);
      gst_video_converter_free (converter);

      g_autoptr (GBytes) bytes = g_bytes_new (GST_VIDEO_FRAME_PLANE_DATA (&out, 0), out_info.size);

      texture = gdk_memory_texture_new (out_info.width, out_info.height, GDK_MEMORY_R8G8B8, bytes,
                                        GST_VIDEO_FRAME_PLANE_STRIDE (&out, 0));
    }
    gst_video_frame_unmap (&out);
  }
  gst_buffer_unref (buffer);
  gst_video_frame_unmap (&in);

  return texture;
}

/* When a frame is shown, from the beginning of the video, nanoseconds. */
static GstClockTime
get_time (GstPad *pad, GstBuffer *buffer)
{
  g_autoptr (GstEvent) event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  const GstSegment *segment;

  if (event == NULL || !GST_BUFFER_PTS_IS_VALID (buffer))
    return GST_CLOCK_TIME_NONE;

  gst_event_parse_segment (event, &segment);

  return gst_segment_to_stream_time (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
}

/* Which frames of the strip a frame of the video is: a short video shows one in more than one place. */
static guint64
find_places (ReelStrip *strip, GstClockTime time, GstClockTime end)
{
  const guint n = strip->n_frames;
  guint64 places = 0;

  if (strip->keys) {
    guint64 index = gst_util_uint64_scale (time, n, strip->duration);

    return index < n ? G_GUINT64_CONSTANT (1) << index : 0;
  }

  for (; strip->next < n && gst_util_uint64_scale (strip->duration, 2 * strip->next + 1, 2 * n) < end; strip->next++)
    places |= G_GUINT64_CONSTANT (1) << strip->next;

  return places;
}

static void
take_frame (ReelStrip *strip, GstPad *pad, GstBuffer *buffer)
{
  GstClockTime time = get_time (pad, buffer);

  if (strip->duration == 0 && !gst_pad_peer_query_duration (pad, GST_FORMAT_TIME, &strip->duration))
    strip->duration = -1;
  if (strip->duration <= 0 || !GST_CLOCK_TIME_IS_VALID (time))
    return;

  GstClockTime length = GST_BUFFER_DURATION_IS_VALID (buffer) ? GST_BUFFER_DURATION (buffer) : 0;
  guint64 places = find_places (strip, time, time + length) & ~strip->taken;

  if (places == 0)
    return;

  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  g_autoptr (GstSample) sample = gst_sample_new (buffer, caps, NULL, NULL);
  g_autoptr (GdkTexture) texture = make_texture (sample, strip->size);

  if (texture == NULL)
    return;
  for (guint i = 0; i < strip->n_frames; i++)
    if (places >> i & 1)
      strip->function (i, texture, strip->data);
  strip->taken |= places;
}

/* In the streaming thread. No frame reaches the sink: they are all looked at here. */
static GstPadProbeReturn
on_strip_buffer (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  ReelStrip *strip = data;
  gboolean cancelled = g_cancellable_is_cancelled (strip->cancellable);

  g_atomic_int_inc (&strip->n_seen);
  if (!cancelled)
    take_frame (strip, pad, GST_PAD_PROBE_INFO_BUFFER (info));
  if (cancelled || strip->next == strip->n_frames)
    post_stop (strip->bus);

  return GST_PAD_PROBE_DROP;
}

/* Waits for the last frame. */
static gboolean
wait_for_strip (ReelStrip *strip, GFile *file, GError **error)
{
  g_autoptr (GError) missing = NULL;
  int n_seen = 0;

  while (TRUE) {
    g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (
        strip->bus, missing != NULL ? MISSING_PATIENCE : PATIENCE,
        GST_MESSAGE_APPLICATION | GST_MESSAGE_EOS | GST_MESSAGE_ERROR | GST_MESSAGE_ELEMENT);
    GstMessageType type = message != NULL ? GST_MESSAGE_TYPE (message) : GST_MESSAGE_UNKNOWN;
    int n_seen_before = n_seen;

    n_seen = g_atomic_int_get (&strip->n_seen);
    if (type == GST_MESSAGE_ELEMENT) {
      if (missing == NULL)
        missing = reel_gst_error_from_missing_plugin (message);
      continue;
    }
    if (missing != NULL) {
      g_propagate_error (error, g_steal_pointer (&missing));
      return FALSE;
    }
    /* Not in the middle of its opening, and not while frames still come. */
    if ((type == GST_MESSAGE_APPLICATION && n_seen == 0) || (type == GST_MESSAGE_UNKNOWN && n_seen > n_seen_before))
      continue;
    if (g_cancellable_set_error_if_cancelled (strip->cancellable, error))
      return FALSE;
    if (type == GST_MESSAGE_ERROR && n_seen == 0) {
      g_autoptr (GError) gst_error = NULL;

      gst_message_parse_error (message, &gst_error, NULL);
      g_propagate_error (error, reel_gst_error_translate (gst_error, TRUE));
      return FALSE;
    }
    if (n_seen == 0) {
      explain (file, strip->cancellable, error);
      return FALSE;
    }
    return TRUE;
  }
}

static gboolean
is_flat (GdkTexture *texture)
{
  int width = gdk_texture_get_width (texture), height = gdk_texture_get_height (texture);
  gsize stride = (gsize)width * 4, length = stride * height;
  g_autofree guchar *pixels = g_malloc (length);
  guchar low = 255, high = 0;

  gdk_texture_download (texture, pixels, stride);
  for (gsize i = 0; i < length; i++) {
    if (i % 4 == 3)
      continue;
    low = MIN (low, pixels[i]);
    high = MAX (high, pixels[i]);
  }

  return high - low < FLAT_RANGE;
}

static GdkTexture *
pull_texture (ReelStill *self, GFile *file, guint size, GCancellable *cancellable, GError **error)
{
  g_autoptr (GstSample) sample = wait_for_frame (self, file, cancellable, error);

  if (sample == NULL)
    return NULL;

  GdkTexture *texture = make_texture (sample, size);

  if (texture == NULL)
    explain (file, cancellable, error);

  return texture;
}

static GdkTexture *
take (ReelStill *self, GFile *file, guint size, GCancellable *cancellable, GError **error)
{
  g_autoptr (GdkTexture) first = pull_texture (self, file, size, cancellable, error);
  gint64 duration;

  if (first == NULL || !is_flat (first) || !gst_element_query_duration (self->playbin, GST_FORMAT_TIME, &duration) ||
      duration <= 0)
    return g_steal_pointer (&first);

  gst_element_seek_simple (self->playbin, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, duration / 4);

  g_autoptr (GdkTexture) later = pull_texture (self, file, size, cancellable, NULL);

  if (later != NULL)
    return g_steal_pointer (&later);

  return g_steal_pointer (&first);
}

/**
 * reel_still_take:
 * @file: a local video
 * @size: the picture fits into @size x @size pixels and is never larger than the video
 * @cancellable: (nullable): to stop it before a pipeline is made; from then on it takes no longer than a frame does, and
 *   playbin is better not torn down in the middle of its opening
 * @error: %REEL_ERROR_FILE, %REEL_ERROR_NOT_A_VIDEO, %REEL_ERROR_TRUNCATED or %REEL_ERROR_MISSING_DECODER
 *
 * Takes a still picture of a video, in the video's own shape: the first frame, so that nothing jumps when the player
 * takes over; where that is a plain colour, one from a quarter into the video. Blocks: never on the main thread.
 *
 * Returns: (transfer full): the picture
 */
GdkTexture *
reel_still_take (GFile *file, guint size, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (size > 0, NULL);

  if (!reel_file_check (file, REEL_FILE_CHECK_BOXES, cancellable, error))
    return NULL;

  g_autoptr (ReelStill) self = reel_still_new (file);

  gst_element_set_state (self->playbin, GST_STATE_PAUSED);

  return take (self, file, size, cancellable, error);
}

/**
 * reel_still_take_at:
 * @file: a local video
 * @time: in microseconds
 * @cancellable: (nullable): to stop it, as with reel_still_take()
 * @error: %REEL_ERROR_FILE, %REEL_ERROR_NOT_A_VIDEO, %REEL_ERROR_TRUNCATED or %REEL_ERROR_MISSING_DECODER
 *
 * Takes the frame of a video that is shown at a time, as large as the video is. Blocks: never on the main thread.
 *
 * Returns: (transfer full): the picture
 */
GdkTexture *
reel_still_take_at (GFile *file, gint64 time, GCancellable *cancellable, GError **error)
{
  if (!reel_file_check (file, REEL_FILE_CHECK_BOXES, cancellable, error))
    return NULL;

  g_autoptr (ReelStill) self = reel_still_new (file);

  gst_element_set_state (self->playbin, GST_STATE_PAUSED);

  g_autoptr (GstSample) first = wait_for_frame (self, file, cancellable, error);

  if (first == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  gst_element_seek_simple (self->playbin, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE,
                           time * GST_USECOND);

  return pull_texture (self, file, G_MAXINT, cancellable, error);
}

/* Before a decoder. */
static GstPadProbeReturn
on_packet (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  return GST_BUFFER_FLAG_IS_SET (GST_PAD_PROBE_INFO_BUFFER (info), GST_BUFFER_FLAG_DELTA_UNIT) ? GST_PAD_PROBE_DROP
                                                                                               : GST_PAD_PROBE_OK;
}

static void
on_key_element_setup (GstElement *playbin, GstElement *element, gpointer data)
{
  GstElementFactory *factory = gst_element_get_factory (element);
  g_autoptr (GstPad) pad = NULL;

  if (factory == NULL || !gst_element_factory_list_is_type (factory, GST_ELEMENT_FACTORY_TYPE_DECODER |
                                                                         GST_ELEMENT_FACTORY_TYPE_MEDIA_VIDEO))
    return;

  pad = gst_element_get_static_pad (element, "sink");
  if (pad != NULL)
    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, on_packet, NULL, NULL);
}

/* Goes through the video once. */
static gboolean
run_strip (ReelStrip *strip, GFile *file, gboolean keys, GError **error)
{
  g_autoptr (ReelStill) self = reel_still_new (file);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (self->sink, "sink");
  gulong cancelled = 0;
  gboolean done;

  strip->keys = keys;
  strip->bus = self->bus;
  strip->n_seen = 0;
  if (keys)
    g_signal_connect (self->playbin, "element-setup", G_CALLBACK (on_key_element_setup), NULL);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, on_strip_buffer, strip, NULL);
  if (strip->cancellable != NULL)
    cancelled = g_cancellable_connect (strip->cancellable, G_CALLBACK (on_cancelled), self->bus, NULL);
  gst_element_set_state (self->playbin, GST_STATE_PLAYING);
  done = wait_for_strip (strip, file, error);
  g_cancellable_disconnect (strip->cancellable, cancelled);
  /* From here on no frame comes any more. */
  gst_element_set_state (self->playbin, GST_STATE_NULL);

  return done;
}

static guint
count_taken (const ReelStrip *strip)
{
  guint n = 0;

  for (guint i = 0; i < strip->n_frames; i++)
    n += strip->taken >> i & 1;

  return n;
}

/**
 * reel_still_take_strip:
 * @file: a local video
 * @size: each picture fits into @size x @size pixels and is never larger than the video
 * @n_frames: how many, 64 at most
 * @function: called with each of them once, in any order; never after this has returned
 * @data: for @function
 * @cancellable: (nullable): to stop it at the next frame
 * @error: %REEL_ERROR_FILE, %REEL_ERROR_NOT_A_VIDEO, %REEL_ERROR_TRUNCATED or %REEL_ERROR_MISSING_DECODER
 *
 * Takes frames of a video at even distances: its key frames first, which come in no time and from all over it, then, for
 * the parts of the video without one, the frame in the middle. Where a quarter of the parts or fewer have none, those stay
 * away: to decode all of a long video for them would take too long. Blocks: never on the main thread.
 *
 * Returns: whether the video could be decoded
 */
gboolean
reel_still_take_strip (GFile *file,
                       guint size,
                       guint n_frames,
                       ReelStillFunc function,
                       gpointer data,
                       GCancellable *cancellable,
                       GError **error)
{
  g_return_val_if_fail (size > 0 && n_frames > 0 && n_frames <= 64 && function != NULL, FALSE);

  ReelStrip strip = {
      .size = size, .n_frames = n_frames, .function = function, .data = data, .cancellable = cancellable};

  if (!reel_file_check (file, REEL_FILE_CHECK_BOXES, cancellable, error))
    return FALSE;

  /* Where it fails, going through all of it says why. */
  if (run_strip (&strip, file, TRUE, NULL) && 4 * count_taken (&strip) >= 3 * n_frames)
    return TRUE;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  return run_strip (&strip, file, FALSE, error);
}
