#include "config.h"

#include "reel-gst-error.h"

#include "reel-error.h"

#include <gst/pbutils/descriptions.h>
#include <gst/pbutils/missing-plugins.h>

/**
 * reel_gst_error_translate:
 * @error: what GStreamer says
 * @is_video: whether the file is known to be a video
 *
 * Makes an error that a caller branches on. A video that GStreamer cannot read is damaged; anything else is no video.
 *
 * Returns: (transfer full): %REEL_ERROR_FILE, _NOT_A_VIDEO, _TRUNCATED or _MISSING_DECODER
 */
GError *
reel_gst_error_translate (const GError *error, gboolean is_video)
{
  if (error->domain == GST_RESOURCE_ERROR)
    return g_error_new_literal (REEL_ERROR, REEL_ERROR_FILE, error->message);

  if (is_video && (g_error_matches (error, GST_CORE_ERROR, GST_CORE_ERROR_MISSING_PLUGIN) ||
                   g_error_matches (error, GST_STREAM_ERROR, GST_STREAM_ERROR_CODEC_NOT_FOUND)))
    return g_error_new_literal (REEL_ERROR, REEL_ERROR_MISSING_DECODER, error->message);

  return g_error_new_literal (REEL_ERROR, is_video ? REEL_ERROR_TRUNCATED : REEL_ERROR_NOT_A_VIDEO, error->message);
}

/**
 * reel_gst_error_from_missing_plugin:
 * @message: any message of a bus
 *
 * Makes an error where a message says that nothing here can decode a video. GStreamer raises no error by itself: the
 * sound would play over a black picture. Sound that cannot be decoded is none either: the picture plays silently.
 *
 * Returns: (transfer full) (nullable): %REEL_ERROR_MISSING_DECODER with the name of the codec, or %NULL
 */
GError *
reel_gst_error_from_missing_plugin (GstMessage *message)
{
  if (!gst_is_missing_plugin_message (message))
    return NULL;

  const GstStructure *structure = gst_message_get_structure (message);
  const GValue *detail = gst_structure_get_value (structure, "detail");

  if (detail == NULL || !GST_VALUE_HOLDS_CAPS (detail))
    return NULL;

  const GstCaps *caps = gst_value_get_caps (detail);

  if (caps == NULL || gst_caps_is_any (caps) || gst_caps_is_empty (caps) ||
      !g_str_has_prefix (gst_structure_get_name (gst_caps_get_structure (caps, 0)), "video/"))
    return NULL;

  g_autofree char *codec = gst_pb_utils_get_codec_description (caps);

  return g_error_new_literal (REEL_ERROR, REEL_ERROR_MISSING_DECODER, codec != NULL ? codec : "unknown");
}

/**
 * reel_gst_make_decoder_safe:
 * @decoder: a decoder that is not in use yet
 *
 * Keeps a decoder from ending the program. Those of libav write into buffers of the next element, and where the width is
 * no multiple of 16 (854, 180) now and then meet one of another size, and abort ("video meta uses 192x320 instead of
 * 180x320", GStreamer 1.26). With buffers of their own it costs them one copy of each frame.
 */
void
reel_gst_make_decoder_safe (GstElement *decoder)
{
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (decoder), "direct-rendering") != NULL)
    g_object_set (decoder, "direct-rendering", FALSE, NULL);
}
