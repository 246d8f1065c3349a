#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * ReelVideoSink:
 * @element: (nullable): what takes the frames; %NULL where GTK's sink is not installed
 * @sink: (nullable): the sink within it, which paints
 * @filter: (nullable): what sets the width of the frames, where they are scaled
 *
 * The end of a pipeline whose frames a widget paints. All of it belongs to the pipeline that @element is added to.
 */
typedef struct
{
  GstElement *element;
  GstElement *sink;
  GstElement *filter;
} ReelVideoSink;

void reel_video_sink_init (ReelVideoSink *self, guint scale_width);
void reel_video_sink_set_scale_width (ReelVideoSink *self, guint scale_width);
GstPad *reel_video_sink_get_pad (ReelVideoSink *self);

G_END_DECLS
