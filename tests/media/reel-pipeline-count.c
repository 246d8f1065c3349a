#include "config.h"

#include "reel-pipeline-count.h"

#include <gst/gst.h>

static int n_pipelines;

/* In the thread that makes it. */
static void
on_log (GstDebugCategory *category,
        GstDebugLevel level,
        const char *file,
        const char *function,
        int line,
        GObject *object,
        GstDebugMessage *message,
        gpointer data)
{
  if (g_str_equal (gst_debug_category_get_name (category), "GST_ELEMENT_FACTORY") &&
      g_str_has_prefix (gst_debug_message_get (message), "creating element \"playbin\""))
    g_atomic_int_inc (&n_pipelines);
}

/**
 * reel_pipeline_count_start:
 *
 * Begins to count.
 */
void
reel_pipeline_count_start (void)
{
  g_atomic_int_set (&n_pipelines, 0);
  gst_debug_remove_log_function (gst_debug_log_default);
  gst_debug_add_log_function (on_log, NULL, NULL);
  gst_debug_set_threshold_for_name ("GST_ELEMENT_FACTORY", GST_LEVEL_INFO);
}

/**
 * reel_pipeline_count_stop:
 *
 * Ends counting.
 *
 * Returns: how many there were
 */
int
reel_pipeline_count_stop (void)
{
  gst_debug_unset_threshold_for_name ("GST_ELEMENT_FACTORY");
  gst_debug_remove_log_function (on_log);
  gst_debug_add_log_function (gst_debug_log_default, NULL, NULL);

  return g_atomic_int_get (&n_pipelines);
}
