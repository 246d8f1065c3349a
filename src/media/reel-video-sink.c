#include "config.h"

#include "reel-video-sink.h"

#include <gst/video/video.h>

/* Puts another element behind the last one. */
static GstElement *
append (ReelVideoSink *self, GstElement *last, GstElement *element)
{
  gst_bin_add (GST_BIN (self->element), element);
  if (last != NULL) {
    gst_element_link (last, element);
  } else {
    g_autoptr (GstPad) pad = gst_element_get_static_pad (element, "sink");

    gst_element_add_pad (self->element, gst_ghost_pad_new ("sink", pad));
  }

  return element;
}

/* Whether the file says that its frames are to be turned by a quarter. */
static gboolean
is_lying_on_its_side (GstPad *pad)
{
  GstVideoOrientationMethod method = GST_VIDEO_ORIENTATION_IDENTITY;
  GstEvent *event;

  for (guint i = 0; (event = gst_pad_get_sticky_event (pad, GST_EVENT_TAG, i)) != NULL; i++) {
    GstTagList *tags;

    gst_event_parse_tag (event, &tags);
    gst_video_orientation_from_tag (tags, &method);
    gst_event_unref (event);
  }

  return method == GST_VIDEO_ORIENTATION_90R || method == GST_VIDEO_ORIENTATION_90L ||
         method == GST_VIDEO_ORIENTATION_UL_LR || method == GST_VIDEO_ORIENTATION_UR_LL;
}

/**
 * reel_video_sink_init:
 * @scale_width: the width to scale frames to, in pixels, or 0 for frames as they are
 * @converts: whether frames come straight from a decoder, in whatever format; playbin converts them before
 *
 * Makes the elements. Without a GPU, scaling to the size on the screen while converting costs a third of what GTK's
 * scaling does. It is the width of the upright picture that is limited.
 */
void
reel_video_sink_init (ReelVideoSink *self, guint scale_width, gboolean converts)
{
  GstElement *last = NULL;

  *self = (ReelVideoSink){.sink = gst_element_factory_make ("gtk4paintablesink", NULL)};
  if (self->sink == NULL)
    return;

  self->element = gst_bin_new (NULL);
  if (converts)
    last = append (self, last, gst_element_factory_make ("videoconvert", NULL));
  if (scale_width > 0) {
    GstElement *flip = gst_element_factory_make ("videoflip", NULL);

    g_object_set (flip, "video-direction", GST_VIDEO_ORIENTATION_AUTO, NULL);
    self->filter = gst_element_factory_make ("capsfilter", NULL);
    last = append (self, last, flip);
    last = append (self, last, gst_element_factory_make ("videoconvertscale", NULL));
    last = append (self, last, self->filter);
  }
  append (self, last, self->sink);
  reel_video_sink_set_scale_width (self, scale_width);
}

/**
 * reel_video_sink_set_scale_width:
 * @scale_width: in pixels; it has no effect where the sink was made without one
 *
 * Changes the width that frames are scaled down to.
 */
void
reel_video_sink_set_scale_width (ReelVideoSink *self, guint scale_width)
{
  if (self->filter == NULL)
    return;

  g_autoptr (GstCaps) caps =
      gst_caps_new_simple ("video/x-raw", "format", G_TYPE_STRING, "RGB", "width", GST_TYPE_INT_RANGE, 1,
                           MAX (scale_width, 2), "pixel-aspect-ratio", GST_TYPE_FRACTION, 1, 1, NULL);

  g_object_set (self->filter, "caps", caps, NULL);
}

/**
 * reel_video_sink_get_pad:
 *
 * Returns: (transfer full): where frames come in, before they are converted
 */
GstPad *
reel_video_sink_get_pad (ReelVideoSink *self)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (self->element, "sink");

  return gst_ghost_pad_get_target (GST_GHOST_PAD (pad));
}

/**
 * reel_video_sink_get_size:
 * @width: (out): in pixels
 * @height: (out): in pixels
 *
 * Reads the size of the upright picture, before it is scaled.
 *
 * Returns: %FALSE while it is unknown
 */
gboolean
reel_video_sink_get_size (ReelVideoSink *self, int *width, int *height)
{
  g_autoptr (GstPad) pad = reel_video_sink_get_pad (self);
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  GstVideoInfo info;

  if (caps == NULL || !gst_video_info_from_caps (&info, caps))
    return FALSE;

  gboolean is_lying = is_lying_on_its_side (pad);

  *width = is_lying ? info.height : info.width;
  *height = is_lying ? info.width : info.height;

  return TRUE;
}
