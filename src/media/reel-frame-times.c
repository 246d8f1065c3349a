#include "config.h"

#include "reel-frame-times.h"

/**
 * ReelFrameTimes:
 *
 * When each frame of a video begins, as far as they have come by a decoder. The container says it exactly, while a
 * decoder cuts what it gives out at the place of a seek, and guesses how long a frame lasts where the rate varies.
 *
 * It is written in a streaming thread and read on any.
 */
struct _ReelFrameTimes
{
  GMutex lock;
  GArray *starts; /* of GstClockTime, sorted, each once */
  gint64 offset;  /* from a time of the container to one of the video */
  gboolean has_offset;
  gboolean complete;
};

static void
reel_frame_times_clear (ReelFrameTimes *self)
{
  g_mutex_clear (&self->lock);
  g_array_unref (self->starts);
}

/* How many of the frames begin at a time or before it. */
static guint
count_until (ReelFrameTimes *self, GstClockTime time)
{
  guint low = 0, high = self->starts->len;

  while (low < high) {
    guint middle = (low + high) / 2;

    if (g_array_index (self->starts, GstClockTime, middle) <= time)
      low = middle + 1;
    else
      high = middle;
  }

  return low;
}

static void
add (ReelFrameTimes *self, GstPad *pad, GstBuffer *buffer)
{
  g_autoptr (GstEvent) event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  const GstSegment *segment;
  GstClockTime start;

  if (event == NULL || !GST_BUFFER_PTS_IS_VALID (buffer))
    return;

  gst_event_parse_segment (event, &segment);
  if (segment->format != GST_FORMAT_TIME)
    return;

  g_mutex_lock (&self->lock);
  /* Frames before a segment belong to no time of it, and one behind the last frame, where there is sound alone, is empty
   * and says nothing of when it is. */
  if (!GST_CLOCK_TIME_IS_VALID (segment->stop) || segment->start < segment->stop) {
    self->offset = (gint64)segment->time - (gint64)segment->start;
    self->has_offset = TRUE;
  }
  if (self->has_offset && (gint64)GST_BUFFER_PTS (buffer) + self->offset >= 0) {
    start = (GstClockTime)((gint64)GST_BUFFER_PTS (buffer) + self->offset);

    guint place = count_until (self, start);

    if (place == 0 || g_array_index (self->starts, GstClockTime, place - 1) != start)
      g_array_insert_val (self->starts, place, start);
  }
  g_mutex_unlock (&self->lock);
}

/* In a streaming thread. */
static GstPadProbeReturn
on_data (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  ReelFrameTimes *self = data;

  if ((GST_PAD_PROBE_INFO_TYPE (info) & GST_PAD_PROBE_TYPE_BUFFER) != 0) {
    add (self, pad, GST_PAD_PROBE_INFO_BUFFER (info));
  } else if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_SEGMENT_DONE ||
             GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_EOS) {
    g_mutex_lock (&self->lock);
    self->complete = TRUE;
    g_mutex_unlock (&self->lock);
  }

  return GST_PAD_PROBE_OK;
}

/**
 * reel_frame_times_new:
 *
 * Returns: (transfer full): no times yet
 */
ReelFrameTimes *
reel_frame_times_new (void)
{
  ReelFrameTimes *self = g_atomic_rc_box_new0 (ReelFrameTimes);

  g_mutex_init (&self->lock);
  self->starts = g_array_new (FALSE, FALSE, sizeof (GstClockTime));

  return self;
}

/**
 * reel_frame_times_ref:
 *
 * Returns: (transfer full): the same times
 */
ReelFrameTimes *
reel_frame_times_ref (ReelFrameTimes *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * reel_frame_times_unref:
 *
 * Lets go of the times.
 */
void
reel_frame_times_unref (ReelFrameTimes *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify)reel_frame_times_clear);
}

/**
 * reel_frame_times_watch:
 * @decoder: a decoder that is not in use yet
 *
 * Learns from what goes into a decoder.
 */
void
reel_frame_times_watch (ReelFrameTimes *self, GstElement *decoder)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (decoder, "sink");

  if (pad != NULL)
    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, on_data,
                       reel_frame_times_ref (self), (GDestroyNotify)reel_frame_times_unref);
}

/**
 * reel_frame_times_find:
 * @time: in nanoseconds
 *
 * Returns: the start of the frame that is shown at a time, in nanoseconds, or %GST_CLOCK_TIME_NONE where none is known.
 *   It is known for certain once a seek has led there
 */
GstClockTime
reel_frame_times_find (ReelFrameTimes *self, GstClockTime time)
{
  GstClockTime start = GST_CLOCK_TIME_NONE;

  g_mutex_lock (&self->lock);

  guint n = count_until (self, time);

  if (n > 0)
    start = g_array_index (self->starts, GstClockTime, n - 1);
  g_mutex_unlock (&self->lock);

  return start;
}

/**
 * reel_frame_times_get_last:
 *
 * Returns: the start of the last frame, in nanoseconds, or %GST_CLOCK_TIME_NONE while the end has not come by
 */
GstClockTime
reel_frame_times_get_last (ReelFrameTimes *self)
{
  GstClockTime start = GST_CLOCK_TIME_NONE;

  g_mutex_lock (&self->lock);
  if (self->complete && self->starts->len > 0)
    start = g_array_index (self->starts, GstClockTime, self->starts->len - 1);
  g_mutex_unlock (&self->lock);

  return start;
}

/**
 * reel_frame_times_get_shortest:
 *
 * Returns: how long the shortest frame lasts, in nanoseconds, or %GST_CLOCK_TIME_NONE while that is unknown
 */
GstClockTime
reel_frame_times_get_shortest (ReelFrameTimes *self)
{
  GstClockTime shortest = GST_CLOCK_TIME_NONE;

  g_mutex_lock (&self->lock);
  for (guint i = 1; i < self->starts->len; i++) {
    const GstClockTime *start = &g_array_index (self->starts, GstClockTime, i);

    shortest = MIN (shortest, start[0] - start[-1]);
  }
  g_mutex_unlock (&self->lock);

  return shortest;
}
