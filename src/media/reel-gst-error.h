#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

GError *reel_gst_error_translate (const GError *error, gboolean is_video);
GError *reel_gst_error_from_missing_plugin (GstMessage *message);

G_END_DECLS
