#include "config.h"

#include "reel-sandbox-rendering.h"

#include "reel-sandbox-scene.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <gst/app/gstappsrc.h>
#include <gst/gst.h>
#include <gst/video/video.h>

#define SAMPLE_RATE       48000
#define SAMPLES_A_BUFFER  4800
#define MAX_CAPTION_CHARS 180

struct _ReelSandboxRendering
{
  ReelSandboxScene *scene;
  int width;
  int height;
  int seconds;
  char *caption; /* Pango markup */
  char *title;
  char *path;
  char *partial_path; /* where the video grows */
  char *scratch_path; /* where the muxer keeps the data until the index is known */
  ReelSandboxRenderingFunc done;
  gpointer user_data;

  guint encoder; /* the one being tried */
  GstElement *pipeline;
  GstBus *bus;
  GSource *bus_source;
  GSource *failed_source; /* set where not even the start worked */
  GError *start_error;
  GstBufferPool *pool;
  GstVideoInfo video_info;
  gint64 next_frame;  /* written by the picture's streaming thread alone */
  gint64 next_sample; /* written by the sound's streaming thread alone */
};

/* By name and in this order, never by rank: some encoders that are registered do not work. One that is there but fails
 * (a stub without its codec) gives way to the next. */
static const struct
{
  const char *factory;
  const char *description; /* its options, ended by the bit rate's, whose value follows */
  guint bits;              /* bits a second in one of that value */
  gboolean no_flush;       /* see on_encoder_event() */
} encoders[] = {
    {"openh264enc", "openh264enc complexity=low rate-control=bitrate enable-frame-skip=false gop-size=24 bitrate=", 1,
     TRUE},
    {"x264enc", "x264enc speed-preset=ultrafast tune=zerolatency key-int-max=24 bitrate=", 1000, FALSE},
};

static void
stop_pipeline (ReelSandboxRendering *self)
{
  if (self->pipeline != NULL)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_clear_object (&self->pipeline);
  if (self->pool != NULL)
    gst_buffer_pool_set_active (self->pool, FALSE);
  gst_clear_object (&self->pool);
  g_unlink (self->partial_path);
  g_unlink (self->scratch_path);
}

static void
on_need_frame (GstAppSrc *source, guint length, gpointer user_data)
{
  ReelSandboxRendering *self = user_data;
  GstBuffer *buffer = NULL;
  GstVideoFrame frame;
  gint64 number = self->next_frame;

  if (number >= (gint64)self->seconds * REEL_SANDBOX_FRAME_RATE) {
    gst_app_src_end_of_stream (source);
    return;
  }
  if (gst_buffer_pool_acquire_buffer (self->pool, &buffer, NULL) != GST_FLOW_OK)
    return;

  if (gst_video_frame_map (&frame, &self->video_info, buffer, GST_MAP_WRITE)) {
    guint8 *planes[3];
    int strides[3];

    for (int i = 0; i < 3; i++) {
      planes[i] = GST_VIDEO_FRAME_PLANE_DATA (&frame, i);
      strides[i] = GST_VIDEO_FRAME_PLANE_STRIDE (&frame, i);
    }
    reel_sandbox_scene_paint (self->scene, (double)number / REEL_SANDBOX_FRAME_RATE, planes, strides);
    gst_video_frame_unmap (&frame);
  }

  self->next_frame++;
  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (number, GST_SECOND, REEL_SANDBOX_FRAME_RATE);
  GST_BUFFER_DURATION (buffer) =
      gst_util_uint64_scale (number + 1, GST_SECOND, REEL_SANDBOX_FRAME_RATE) - GST_BUFFER_PTS (buffer);
  gst_app_src_push_buffer (source, buffer);
}

static void
on_need_samples (GstAppSrc *source, guint length, gpointer user_data)
{
  ReelSandboxRendering *self = user_data;
  gint64 total = (gint64)self->seconds * SAMPLE_RATE;
  gint64 first = self->next_sample;
  int n = (int)MIN (SAMPLES_A_BUFFER, total - first);
  GstBuffer *buffer;
  GstMapInfo map;

  if (n <= 0) {
    gst_app_src_end_of_stream (source);
    return;
  }

  buffer = gst_buffer_new_allocate (NULL, n * 2 * sizeof (gint16), NULL);
  if (gst_buffer_map (buffer, &map, GST_MAP_WRITE)) {
    reel_sandbox_scene_play (self->scene, first, total, SAMPLE_RATE, (gint16 *)map.data, n);
    gst_buffer_unmap (buffer, &map);
  }

  self->next_sample += n;
  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (first, GST_SECOND, SAMPLE_RATE);
  GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (n, GST_SECOND, SAMPLE_RATE);
  gst_app_src_push_buffer (source, buffer);
}

/* At the end of the pictures openh264enc writes an error of its own to stderr, for a flush of nothing. It holds no picture
 * back, so the end goes around it. */
static GstPadProbeReturn
on_encoder_event (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  GstPad *source = user_data;

  if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) != GST_EVENT_EOS)
    return GST_PAD_PROBE_OK;
  gst_pad_push_event (source, gst_event_ref (GST_PAD_PROBE_INFO_EVENT (info)));

  return GST_PAD_PROBE_DROP;
}

static void
lead_end_around_encoder (ReelSandboxRendering *self)
{
  g_autoptr (GstElement) encoder = gst_bin_get_by_name (GST_BIN (self->pipeline), "encoder");
  g_autoptr (GstPad) sink = gst_element_get_static_pad (encoder, "sink");
  GstPad *source = gst_element_get_static_pad (encoder, "src");

  gst_pad_add_probe (sink, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, on_encoder_event, source, gst_object_unref);
}

static gboolean
has_factory (const char *name)
{
  g_autoptr (GstElementFactory) factory = gst_element_factory_find (name);

  return factory != NULL;
}

static char *
describe_pipeline (ReelSandboxRendering *self)
{
  int shorter = MIN (self->width, self->height);
  /* The overlay's padding is taken once from the width that text has: twice the margin, and half of it moved back. */
  int margin = shorter / 20;
  int bit_rate = self->width * self->height * 3;

  return g_strdup_printf (
      "appsrc name=video format=time max-buffers=2 ! queue max-size-buffers=3 ! "
      "textoverlay name=caption halignment=left valignment=top line-alignment=left wrap-mode=wordchar "
      "auto-resize=false scale-mode=none draw-shadow=false draw-outline=false xpad=%d deltax=%d ypad=%d "
      "font-desc=\"Sans %dpx\" ! "
      "%s%d name=encoder ! h264parse ! queue ! mux. "
      "appsrc name=audio format=time max-buffers=4 ! audioconvert ! %s bitrate=96000 ! aacparse ! queue ! mux. "
      "mp4mux name=mux faststart=true ! filesink name=file",
      2 * margin, -margin, margin, shorter / 20, encoders[self->encoder].description,
      bit_rate / (int)encoders[self->encoder].bits, has_factory ("voaacenc") ? "voaacenc" : "avenc_aac");
}

static void
set_up_sources (ReelSandboxRendering *self)
{
  g_autoptr (GstElement) video = gst_bin_get_by_name (GST_BIN (self->pipeline), "video");
  g_autoptr (GstElement) audio = gst_bin_get_by_name (GST_BIN (self->pipeline), "audio");
  g_autoptr (GstCaps) audio_caps =
      gst_caps_new_simple ("audio/x-raw", "format", G_TYPE_STRING, "S16LE", "layout", G_TYPE_STRING, "interleaved",
                           "rate", G_TYPE_INT, SAMPLE_RATE, "channels", G_TYPE_INT, 2, NULL);
  g_autoptr (GstCaps) video_caps = NULL;
  GstAppSrcCallbacks video_callbacks = {.need_data = on_need_frame};
  GstAppSrcCallbacks audio_callbacks = {.need_data = on_need_samples};
  GstStructure *config;

  gst_video_info_set_format (&self->video_info, GST_VIDEO_FORMAT_I420, self->width, self->height);
  gst_video_colorimetry_from_string (&self->video_info.colorimetry, GST_VIDEO_COLORIMETRY_BT709);
  self->video_info.fps_n = REEL_SANDBOX_FRAME_RATE;
  self->video_info.fps_d = 1;
  video_caps = gst_video_info_to_caps (&self->video_info);

  self->pool = gst_video_buffer_pool_new ();
  config = gst_buffer_pool_get_config (self->pool);
  gst_buffer_pool_config_set_params (config, video_caps, self->video_info.size, 2, 0);
  gst_buffer_pool_set_config (self->pool, config);
  gst_buffer_pool_set_active (self->pool, TRUE);

  gst_app_src_set_caps (GST_APP_SRC (video), video_caps);
  gst_app_src_set_callbacks (GST_APP_SRC (video), &video_callbacks, self, NULL);
  gst_app_src_set_caps (GST_APP_SRC (audio), audio_caps);
  gst_app_src_set_callbacks (GST_APP_SRC (audio), &audio_callbacks, self, NULL);
}

/* Makes the pipeline of the present encoder. Its messages go to the one bus that outlives it. */
static gboolean
try_encoder (ReelSandboxRendering *self, GError **error)
{
  g_autofree char *description = describe_pipeline (self);
  g_autoptr (GstElement) caption = NULL;
  g_autoptr (GstElement) muxer = NULL;
  g_autoptr (GstElement) file = NULL;

  self->pipeline = gst_parse_launch_full (description, NULL, GST_PARSE_FLAG_FATAL_ERRORS, error);
  if (self->pipeline == NULL)
    return FALSE;

  g_object_ref_sink (self->pipeline);
  gst_element_set_bus (self->pipeline, self->bus);
  caption = gst_bin_get_by_name (GST_BIN (self->pipeline), "caption");
  g_object_set (caption, "text", self->caption, NULL);
  file = gst_bin_get_by_name (GST_BIN (self->pipeline), "file");
  g_object_set (file, "location", self->partial_path, NULL);
  muxer = gst_bin_get_by_name (GST_BIN (self->pipeline), "mux");
  g_object_set (muxer, "faststart-file", self->scratch_path, NULL);
  gst_tag_setter_add_tags (GST_TAG_SETTER (muxer), GST_TAG_MERGE_REPLACE_ALL, GST_TAG_TITLE, self->title, NULL);

  self->next_frame = 0;
  self->next_sample = 0;
  set_up_sources (self);
  if (encoders[self->encoder].no_flush)
    lead_end_around_encoder (self);
  if (gst_element_set_state (self->pipeline, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s does not start", encoders[self->encoder].factory);
    return FALSE;
  }

  return TRUE;
}

static gboolean
try_next_encoder (ReelSandboxRendering *self, GError **error)
{
  g_autoptr (GError) last = NULL;

  for (; self->encoder < G_N_ELEMENTS (encoders); self->encoder++) {
    if (!has_factory (encoders[self->encoder].factory))
      continue;
    g_clear_error (&last);
    if (try_encoder (self, &last))
      return TRUE;
    stop_pipeline (self);
  }

  if (last != NULL)
    g_propagate_error (error, g_steal_pointer (&last));
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "no H.264 encoder is installed");

  return FALSE;
}

static void
finish (ReelSandboxRendering *self, const GError *failure)
{
  g_autoptr (GError) error = failure != NULL ? g_error_copy (failure) : NULL;

  g_source_destroy (self->bus_source);
  if (error == NULL) {
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
    if (g_rename (self->partial_path, self->path) != 0)
      g_set_error (&error, G_IO_ERROR, G_IO_ERROR_FAILED, "the video cannot be renamed: %s", g_strerror (errno));
  }
  stop_pipeline (self);
  self->done (error, self->user_data);
}

static gboolean
on_message (GstBus *bus, GstMessage *message, gpointer user_data)
{
  ReelSandboxRendering *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) next_error = NULL;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS) {
    finish (self, NULL);
    return G_SOURCE_REMOVE;
  }
  if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_ERROR)
    return G_SOURCE_CONTINUE;

  gst_message_parse_error (message, &error, NULL);
  stop_pipeline (self);
  self->encoder++;
  if (try_next_encoder (self, &next_error))
    return G_SOURCE_CONTINUE;
  finish (self, error);

  return G_SOURCE_REMOVE;
}

static gboolean
on_failed_start (gpointer user_data)
{
  ReelSandboxRendering *self = user_data;

  finish (self, self->start_error);

  return G_SOURCE_REMOVE;
}

/* The prompt as markup, cut to what a picture has room for, and beneath it what was asked. */
static char *
make_caption (const ReelSandboxRequest *request, int width, int height)
{
  g_autofree char *clean = g_utf8_make_valid (request->prompt, -1);
  g_autofree char *cut = NULL;
  g_autofree char *escaped = NULL;
  glong max = MAX_CAPTION_CHARS;

  /* Control characters are no valid markup, and a line break would spend a line. */
  for (char *at = clean; *at != '\0'; at++)
    if ((guchar)*at < ' ' || *at == 0x7f)
      *at = ' ';
  g_strstrip (clean);
  if (width <= height)
    max = max * 2 / 3;
  if (g_utf8_strlen (clean, -1) > max) {
    g_autofree char *start = g_utf8_substring (clean, 0, max);

    g_strchomp (start);
    cut = g_strconcat (start, "…", NULL);
  } else {
    cut = g_strdup (clean);
  }
  escaped = g_markup_escape_text (cut, -1);

  return g_strdup_printf ("<b>%s</b>\n<span size=\"62%%\" alpha=\"75%%\">%s · %d×%d · %d s · sandbox</span>", escaped,
                          request->model->id, width, height, request->duration);
}

/**
 * reel_sandbox_rendering_start:
 * @request: what is asked: its prompt, length, resolution and ratio
 * @seed: what makes the picture differ from others
 * @path: where the video is to be; it is there only when it is whole
 * @done: called in the thread-default main context of now, never before this function has returned
 * @user_data: for @done
 *
 * Starts to render. GStreamer's own threads do the work.
 *
 * Returns: (transfer full): the rendering; free it in @done or to stop it
 */
ReelSandboxRendering *
reel_sandbox_rendering_start (const ReelSandboxRequest *request,
                              const char *seed,
                              const char *path,
                              ReelSandboxRenderingFunc done,
                              gpointer user_data)
{
  ReelSandboxRendering *self = g_new0 (ReelSandboxRendering, 1);

  reel_sandbox_frame_size (request->resolution, request->aspect_ratio, &self->width, &self->height);
  self->scene = reel_sandbox_scene_new (seed, self->width, self->height);
  self->seconds = request->duration;
  self->caption = make_caption (request, self->width, self->height);
  self->title = g_strdup (request->prompt);
  self->path = g_strdup (path);
  self->partial_path = g_strconcat (path, ".part", NULL);
  self->scratch_path = g_strconcat (path, ".scratch", NULL);
  self->done = done;
  self->user_data = user_data;

  self->bus = gst_bus_new ();
  self->bus_source = gst_bus_create_watch (self->bus);
  g_source_set_callback (self->bus_source, G_SOURCE_FUNC (on_message), self, NULL);
  g_source_attach (self->bus_source, g_main_context_get_thread_default ());

  if (!try_next_encoder (self, &self->start_error)) {
    self->failed_source = g_idle_source_new ();
    g_source_set_callback (self->failed_source, on_failed_start, self, NULL);
    g_source_attach (self->failed_source, g_main_context_get_thread_default ());
  }

  return self;
}

/**
 * reel_sandbox_rendering_free:
 * @self: (transfer full): the rendering
 *
 * Stops the rendering where it still runs, without a call of its function, and removes what is unfinished.
 */
void
reel_sandbox_rendering_free (ReelSandboxRendering *self)
{
  g_source_destroy (self->bus_source);
  g_source_unref (self->bus_source);
  if (self->failed_source != NULL) {
    g_source_destroy (self->failed_source);
    g_source_unref (self->failed_source);
  }
  stop_pipeline (self);
  gst_object_unref (self->bus);
  g_clear_error (&self->start_error);
  reel_sandbox_scene_free (self->scene);
  g_free (self->caption);
  g_free (self->title);
  g_free (self->path);
  g_free (self->partial_path);
  g_free (self->scratch_path);
  g_free (self);
}
