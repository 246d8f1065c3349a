#include "config.h"

#include "reel-video-sink.h"

/**
 * reel_video_sink_init:
 * @scale_width: the width to scale frames to, in pixels, or 0 for frames as they are
 *
 * Makes the elements. Without a GPU, scaling to the size on the screen while converting costs a third of what GTK's
 * scaling does.
 */
void
reel_video_sink_init (ReelVideoSink *self, guint scale_width)
{
  *self = (ReelVideoSink){.sink = gst_element_factory_make ("gtk4paintablesink", NULL)};
  if (self->sink == NULL)
    return;

  GstElement *converter = gst_element_factory_make (scale_width > 0 ? "videoconvertscale" : "videoconvert", NULL);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (converter, "sink");

  self->element = gst_bin_new (NULL);
  gst_bin_add_many (GST_BIN (self->element), converter, self->sink, NULL);
  if (scale_width > 0) {
    self->filter = gst_element_factory_make ("capsfilter", NULL);
    gst_bin_add (GST_BIN (self->element), self->filter);
    gst_element_link_many (converter, self->filter, self->sink, NULL);
  } else {
    gst_element_link (converter, self->sink);
  }
  gst_element_add_pad (self->element, gst_ghost_pad_new ("sink", pad));
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
