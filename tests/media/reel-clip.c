#include "config.h"

#include "reel-clip.h"

#include <gst/app/gstappsrc.h>
#include <gst/gst.h>
#include <gst/video/video.h>
#include <gtk/gtk.h>

/* Ten blocks side by side over the upper half, the highest bit on the left; the lower half is a ramp that moves. */
#define BITS 10

static GstBuffer *
make_frame (const ReelClip *clip, const GstVideoInfo *info, int number)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, info->size, NULL);
  GstVideoFrame frame;

  g_assert_true (gst_video_frame_map (&frame, info, buffer, GST_MAP_WRITE));
  for (int y = 0; y < info->height; y++) {
    guint8 *line = (guint8 *)GST_VIDEO_FRAME_PLANE_DATA (&frame, 0) + y * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0);

    for (int x = 0; x < info->width; x++) {
      int bit = BITS - 1 - x * BITS / info->width;

      if (number < clip->black)
        line[x] = 16;
      else if (y < info->height / 2)
        line[x] = number & 1 << bit ? 235 : 16;
      else
        line[x] = 40 + (x + number * 3) % 160;
    }
  }
  for (int plane = 1; plane < 3; plane++) {
    memset (GST_VIDEO_FRAME_PLANE_DATA (&frame, plane), 128,
            (gsize)GST_VIDEO_FRAME_PLANE_STRIDE (&frame, plane) * GST_VIDEO_FRAME_COMP_HEIGHT (&frame, plane));
  }
  gst_video_frame_unmap (&frame);

  return buffer;
}

static void
push_frames (const ReelClip *clip, GstElement *source, int width, int height, int frames, int frame_rate)
{
  GstVideoInfo info;

  gst_video_info_set_format (&info, GST_VIDEO_FORMAT_I420, width, height);
  info.fps_n = frame_rate;
  info.fps_d = 1;

  g_autoptr (GstCaps) caps = gst_video_info_to_caps (&info);

  g_object_set (source, "caps", caps, NULL);
  for (int i = 0; i < frames; i++) {
    GstBuffer *buffer = make_frame (clip, &info, i);

    GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (i, GST_SECOND, frame_rate);
    GST_BUFFER_DURATION (buffer) = GST_SECOND / frame_rate;
    gst_app_src_push_buffer (GST_APP_SRC (source), buffer);
  }
  gst_app_src_end_of_stream (GST_APP_SRC (source));
}

/**
 * reel_clip_make:
 *
 * Makes a video file. The pictures are encoded as the service encodes them: H.264 with B-frames, one key frame a second.
 *
 * Returns: (transfer full): the file
 */
GFile *
reel_clip_make (const ReelClip *clip, const char *folder, const char *name)
{
  int frame_rate = clip->frame_rate > 0 ? clip->frame_rate : 24;
  GString *line = g_string_new (NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_string_append_printf (line, "%s ! filesink location=%s ",
                          clip->webm   ? "webmmux name=mux"
                          : clip->slow ? "mp4mux name=mux"
                                       : "mp4mux name=mux faststart=true",
                          path);
  if (!clip->no_video)
    g_string_append_printf (
        line, "appsrc name=source format=time max-bytes=0 ! %s ! queue max-size-time=0 max-size-bytes=0 ! mux. ",
        clip->webm ? "vp8enc deadline=1 cpu-used=8 target-bitrate=4000000 keyframe-max-dist=24"
                   : "x264enc speed-preset=superfast key-int-max=24 bframes=2 quantizer=18 pass=qual ! "
                     "video/x-h264,profile=high ! h264parse");
  if (clip->audio > 0)
    g_string_append_printf (
        line,
        "audiotestsrc num-buffers=%d samplesperbuffer=480 volume=0.1 ! audio/x-raw,rate=48000,channels=2 "
        "! %s ! queue max-size-time=0 max-size-bytes=0 ! mux. ",
        (int)(clip->audio * 100), clip->webm ? "opusenc" : "avenc_aac ! aacparse");

  GstElement *pipeline = gst_parse_launch (line->str, &error);

  g_assert_no_error (error);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  if (!clip->no_video) {
    g_autoptr (GstElement) source = gst_bin_get_by_name (GST_BIN (pipeline), "source");

    push_frames (clip, source, clip->width > 0 ? clip->width : 320, clip->height > 0 ? clip->height : 180,
                 clip->frames > 0 ? clip->frames : 48, frame_rate);
  }

  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message =
      gst_bus_timed_pop_filtered (bus, 30 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);

  g_assert_nonnull (message);
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR) {
    gst_message_parse_error (message, &error, NULL);
    g_assert_no_error (error);
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
  g_string_free (line, TRUE);

  return g_file_new_for_path (path);
}

/**
 * reel_clip_cut:
 * @share: how much of the file stays, 0 to 1
 *
 * Makes a file that is the beginning of another one.
 *
 * Returns: (transfer full): the file
 */
GFile *
reel_clip_cut (GFile *file, double share, const char *name)
{
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_path_get_dirname (g_file_peek_path (file));
  gsize length;

  g_assert_true (g_file_get_contents (g_file_peek_path (file), &data, &length, &error));

  return reel_clip_write (folder, name, data, (gsize)(length * share));
}

/**
 * reel_clip_write:
 *
 * Writes a file of any bytes.
 *
 * Returns: (transfer full): the file
 */
GFile *
reel_clip_write (const char *folder, const char *name, const void *data, gsize length)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents_full (path, data, length, G_FILE_SET_CONTENTS_NONE, 0600, &error));

  return g_file_new_for_path (path);
}

/**
 * reel_clip_read_number:
 * @pixels: of four bytes each, in any order of red, green and blue
 *
 * Reads the number that a frame carries.
 */
int
reel_clip_read_number (const guchar *pixels, int width, int height, gsize stride)
{
  const guchar *line = pixels + (height / 4) * stride;
  int number = 0;

  for (int i = 0; i < BITS; i++) {
    int x = (2 * i + 1) * width / (2 * BITS);

    number = number << 1 | (line[4 * x + 1] > 128);
  }

  return number;
}

/**
 * reel_clip_read_texture:
 *
 * Reads the number of the frame in a texture.
 */
int
reel_clip_read_texture (GdkTexture *texture)
{
  int width = gdk_texture_get_width (texture), height = gdk_texture_get_height (texture);
  g_autofree guchar *pixels = g_malloc ((gsize)width * height * 4);

  gdk_texture_download (texture, pixels, (gsize)width * 4);

  return reel_clip_read_number (pixels, width, height, (gsize)width * 4);
}

/**
 * reel_clip_read_paintable:
 *
 * Reads the number of the frame that a paintable would draw, by drawing it.
 *
 * Returns: -1 where it draws none
 */
int
reel_clip_read_paintable (GdkPaintable *paintable)
{
  int width = gdk_paintable_get_intrinsic_width (paintable), height = gdk_paintable_get_intrinsic_height (paintable);

  if (width <= 0 || height <= 0)
    return -1;

  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (paintable, snapshot, width, height);

  g_autoptr (GskRenderNode) node = gtk_snapshot_free_to_node (snapshot);

  if (node == NULL)
    return -1;

  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);

  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  int number = reel_clip_read_number (cairo_image_surface_get_data (surface), width, height,
                                      cairo_image_surface_get_stride (surface));

  cairo_surface_destroy (surface);

  return number;
}
