#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

GError *reel_gst_error_translate (const GError *error, gboolean is_video);
GError *reel_gst_error_from_missing_plugin (GstMessage *message);

void reel_gst_make_decoder_safe (GstElement *decoder);

G_END_DECLS
