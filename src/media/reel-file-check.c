#include "config.h"

#include "reel-file-check.h"

#include "reel-error.h"
#include "reel-gst-error.h"
#include "reel-iso-file.h"

#include <gst/gst.h>
#include <gst/pbutils/missing-plugins.h>

/* How much earlier than its container says a stream may end. */
#define TOLERANCE (GST_SECOND / 2)

/* Where nothing came for so long, nothing will. */
#define PATIENCE (3 * GST_SECOND)

/* One reading of a whole file through its demuxer. The streaming threads write under the lock. */
typedef struct
{
  GMutex lock;
  GstElement *pipeline;
  GstElement *demuxer; /* borrowed, NULL until the type of the file is known */
  GstClockTime end;
  guint n_buffers;
  gboolean has_video;
  gboolean has_decoder;
} ReelDemuxing;

static void
reel_demuxing_free (ReelDemuxing *self)
{
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_object_unref (self->pipeline);
  g_mutex_clear (&self->lock);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelDemuxing, reel_demuxing_free)

static GstPadProbeReturn
on_buffer (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  ReelDemuxing *self = data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  GstClockTime end = GST_BUFFER_PTS (buffer);

  g_mutex_lock (&self->lock);
  self->n_buffers++;
  if (GST_CLOCK_TIME_IS_VALID (end))
    self->end = MAX (self->end, end + (GST_BUFFER_DURATION_IS_VALID (buffer) ? GST_BUFFER_DURATION (buffer) : 0));
  g_mutex_unlock (&self->lock);

  return GST_PAD_PROBE_OK;
}

/* Within a container, image/jpeg is Motion JPEG, a video. */
static gboolean
is_video (GstCaps *caps)
{
  if (gst_caps_is_any (caps) || gst_caps_is_empty (caps))
    return FALSE;

  const char *name = gst_structure_get_name (gst_caps_get_structure (caps, 0));

  return g_str_has_prefix (name, "video/") || g_str_equal (name, "image/jpeg");
}

static gboolean
is_decodable (GstCaps *caps)
{
  GList *decoders = gst_element_factory_list_get_elements (GST_ELEMENT_FACTORY_TYPE_DECODER, GST_RANK_MARGINAL);
  GList *fitting = gst_element_factory_list_filter (decoders, caps, GST_PAD_SINK, FALSE);
  gboolean decodable = fitting != NULL;

  gst_plugin_feature_list_free (fitting);
  gst_plugin_feature_list_free (decoders);

  return decodable;
}

static void
on_pad_added (GstElement *demuxer, GstPad *pad, gpointer data)
{
  ReelDemuxing *self = data;
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);

  g_object_set (sink, "sync", FALSE, "async", FALSE, "enable-last-sample", FALSE, NULL);
  gst_bin_add (GST_BIN (self->pipeline), sink);
  gst_element_sync_state_with_parent (sink);

  g_autoptr (GstPad) sink_pad = gst_element_get_static_pad (sink, "sink");

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, on_buffer, self, NULL);
  gst_pad_link (pad, sink_pad);

  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);

  if (caps == NULL)
    caps = gst_pad_query_caps (pad, NULL);
  if (is_video (caps)) {
    g_mutex_lock (&self->lock);
    self->has_video = TRUE;
    self->has_decoder = self->has_decoder || is_decodable (caps);
    g_mutex_unlock (&self->lock);
  }
}

static GstElement *
make_demuxer (GstCaps *caps)
{
  GList *demuxers = gst_element_factory_list_get_elements (GST_ELEMENT_FACTORY_TYPE_DEMUXER, GST_RANK_MARGINAL);
  GList *fitting = gst_element_factory_list_filter (demuxers, caps, GST_PAD_SINK, FALSE);
  GstElement *demuxer = fitting != NULL ? gst_element_factory_create (fitting->data, NULL) : NULL;

  gst_plugin_feature_list_free (fitting);
  gst_plugin_feature_list_free (demuxers);

  return demuxer;
}

/* Not parsebin: it chooses as well, but crashes now and then where an error and its end meet (GStreamer 1.26). */
static void
on_have_type (GstElement *type_finder, guint probability, GstCaps *caps, gpointer data)
{
  ReelDemuxing *self = data;

  self->demuxer = make_demuxer (caps);
  if (self->demuxer == NULL) {
    gst_element_post_message (type_finder, gst_missing_decoder_message_new (type_finder, caps));
    GST_ELEMENT_ERROR (type_finder, STREAM, CODEC_NOT_FOUND, (NULL), ("No demuxer fits the type of the file"));
    return;
  }

  g_signal_connect (self->demuxer, "pad-added", G_CALLBACK (on_pad_added), self);
  gst_bin_add (GST_BIN (self->pipeline), self->demuxer);
  gst_element_link (type_finder, self->demuxer);
  gst_element_sync_state_with_parent (self->demuxer);
}

static ReelDemuxing *
reel_demuxing_new (GFile *file)
{
  ReelDemuxing *self = g_new0 (ReelDemuxing, 1);
  g_autofree char *path = g_file_get_path (file);
  GstElement *source = gst_element_factory_make ("filesrc", NULL);
  GstElement *type_finder = gst_element_factory_make ("typefind", NULL);

  g_mutex_init (&self->lock);
  self->pipeline = gst_pipeline_new (NULL);
  g_object_set (source, "location", path, NULL);
  g_signal_connect (type_finder, "have-type", G_CALLBACK (on_have_type), self);
  gst_bin_add_many (GST_BIN (self->pipeline), source, type_finder, NULL);
  gst_element_link (source, type_finder);

  return self;
}

static void
on_cancelled (GCancellable *cancellable, gpointer data)
{
  GstBus *bus = data;

  gst_bus_post (bus, gst_message_new_application (NULL, gst_structure_new_empty ("reel-cancelled")));
}

/* Tells whether anything came since @n_buffers. */
static gboolean
goes_on (ReelDemuxing *self, guint *n_buffers)
{
  guint before = *n_buffers;

  g_mutex_lock (&self->lock);
  *n_buffers = self->n_buffers;
  g_mutex_unlock (&self->lock);

  return *n_buffers != before;
}

static gboolean
judge (ReelDemuxing *self, ReelFileCheck depth, GError **error)
{
  gint64 duration = 0;

  if (!self->has_video) {
    g_set_error_literal (error, REEL_ERROR, REEL_ERROR_NOT_A_VIDEO, "The file has no video stream");
    return FALSE;
  }
  if (depth == REEL_FILE_CHECK_PLAYABLE && !self->has_decoder) {
    g_set_error_literal (error, REEL_ERROR, REEL_ERROR_MISSING_DECODER, "No decoder fits the video stream");
    return FALSE;
  }
  if (gst_element_query_duration (self->demuxer, GST_FORMAT_TIME, &duration) && duration > 0 &&
      self->end + TOLERANCE < (GstClockTime)duration) {
    g_set_error (error, REEL_ERROR, REEL_ERROR_TRUNCATED,
                 "The file ends at %" G_GUINT64_FORMAT " ms of %" G_GINT64_FORMAT, self->end / GST_MSECOND,
                 duration / (gint64)GST_MSECOND);
    return FALSE;
  }

  return TRUE;
}

static gboolean
demux (GFile *file, gboolean is_iso, ReelFileCheck depth, GCancellable *cancellable, GError **error)
{
  g_autoptr (ReelDemuxing) self = reel_demuxing_new (file);
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  gboolean known = FALSE, lacks_demuxer = FALSE, done = FALSE;
  gulong handler = 0;
  guint n_buffers = 0;

  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  /* Only now does the bus take messages. */
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), g_object_ref (bus), g_object_unref);
  while (!done) {
    g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (
        bus, PATIENCE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR | GST_MESSAGE_ELEMENT | GST_MESSAGE_APPLICATION);

    if (message == NULL && goes_on (self, &n_buffers))
      continue;
    if (message == NULL) {
      g_set_error_literal (error, REEL_ERROR, is_iso ? REEL_ERROR_TRUNCATED : REEL_ERROR_NOT_A_VIDEO,
                           "Nothing comes out of the container");
      break;
    }
    done = GST_MESSAGE_TYPE (message) != GST_MESSAGE_ELEMENT;

    if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS) {
      known = judge (self, depth, error);
    } else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR) {
      g_autoptr (GError) gst_error = NULL;

      gst_message_parse_error (message, &gst_error, NULL);
      /* A container of which the boxes are right, and no demuxer to open it: the file is whole. */
      known = is_iso && lacks_demuxer && depth != REEL_FILE_CHECK_PLAYABLE;
      if (!known)
        g_propagate_error (error, reel_gst_error_translate (gst_error, is_iso));
    } else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_APPLICATION) {
      g_cancellable_set_error_if_cancelled (cancellable, error);
    } else {
      lacks_demuxer = lacks_demuxer || gst_is_missing_plugin_message (message);
    }
  }
  g_cancellable_disconnect (cancellable, handler);

  return known;
}

/**
 * reel_file_check:
 * @file: a local file
 * @depth: how closely to look
 * @cancellable: (nullable): to stop it
 * @error: %REEL_ERROR_FILE, %REEL_ERROR_NOT_A_VIDEO, %REEL_ERROR_TRUNCATED; where asked, %REEL_ERROR_MISSING_DECODER
 *
 * Checks that a file is a video and whole. Uses no decoder. GStreamer by itself says nothing about a file that ends
 * too early, so an MP4 file is checked by its boxes, any other by reading it to the end through its demuxer. Blocks:
 * never on the main thread.
 *
 * Returns: whether it is
 */
gboolean
reel_file_check (GFile *file, ReelFileCheck depth, GCancellable *cancellable, GError **error)
{
  gboolean is_iso;

  if (!reel_iso_file_check (file, &is_iso, cancellable, error))
    return FALSE;

  return (is_iso && depth == REEL_FILE_CHECK_BOXES) || demux (file, is_iso, depth, cancellable, error);
}
