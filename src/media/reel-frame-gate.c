#include "config.h"

#include "reel-frame-gate.h"

/* Two files round the time of the same frame in different ways. */
#define SAME_TIME GST_MSECOND

typedef struct
{
  GstSegment segment;
  GstClockTime arrived; /* the running time of the latest frame that came to the gate */
  GstClockTime end;     /* of the latest frame, in the file */
  GstClockTime known_end;
  gboolean used;
  gboolean flushing;
  gboolean seen;
  gboolean ended;
} Lane;

/**
 * ReelFrameGate:
 *
 * Keeps several videos of one pipeline in step, in their streaming threads. It stands right before the sinks: a frame
 * passes when each of the others has come to a frame of the same time, or of a later one, and so has painted what comes
 * before it. However slow a decoder is, what is painted is never more than one frame apart.
 *
 * The sinks behind it must not leave out frames by themselves: on a machine that is too slow, time goes slower.
 */
struct _ReelFrameGate
{
  gatomicrefcount references;
  GMutex lock;
  GCond moved;
  gboolean open;
  guint n_lanes;
  Lane lanes[];
};

typedef struct
{
  ReelFrameGate *gate;
  guint lane;
} Probe;

static void
probe_free (gpointer data)
{
  Probe *self = data;

  reel_frame_gate_unref (self->gate);
  g_free (self);
}

static gboolean
may_pass (ReelFrameGate *self, Lane *lane)
{
  for (guint i = 0; i < self->n_lanes; i++) {
    Lane *other = &self->lanes[i];

    if (other == lane || !other->used || other->ended)
      continue;
    if (!GST_CLOCK_TIME_IS_VALID (other->arrived) || other->arrived + SAME_TIME < lane->arrived)
      return FALSE;
  }

  return TRUE;
}

static GstPadProbeReturn
take_frame (ReelFrameGate *self, Lane *lane, GstBuffer *buffer)
{
  GstClockTime start = GST_BUFFER_PTS (buffer);
  GstClockTime time = gst_segment_to_running_time (&lane->segment, GST_FORMAT_TIME, start);

  if (!GST_CLOCK_TIME_IS_VALID (time))
    return GST_PAD_PROBE_OK;

  lane->arrived = time;
  lane->end = gst_segment_to_stream_time (&lane->segment, GST_FORMAT_TIME, start);
  if (GST_CLOCK_TIME_IS_VALID (lane->end) && GST_BUFFER_DURATION_IS_VALID (buffer))
    lane->end += GST_BUFFER_DURATION (buffer);
  lane->seen = TRUE;
  g_cond_broadcast (&self->moved);
  while (!self->open && !lane->flushing && !may_pass (self, lane))
    g_cond_wait (&self->moved, &self->lock);

  return lane->flushing ? GST_PAD_PROBE_DROP : GST_PAD_PROBE_OK;
}

static void
take_event (ReelFrameGate *self, Lane *lane, GstEvent *event)
{
  switch ((int)GST_EVENT_TYPE (event)) {
  case GST_EVENT_SEGMENT:
    gst_event_copy_segment (event, &lane->segment);
    break;
  case GST_EVENT_EOS:
    lane->ended = TRUE;
    if (lane->seen)
      lane->known_end = lane->end;
    break;
  case GST_EVENT_FLUSH_START:
    lane->flushing = TRUE;
    break;
  case GST_EVENT_FLUSH_STOP:
    lane->flushing = lane->seen = lane->ended = FALSE;
    lane->arrived = GST_CLOCK_TIME_NONE;
    break;
  default:
    return;
  }
  g_cond_broadcast (&self->moved);
}

static GstPadProbeReturn
on_data (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  Probe *probe = data;
  ReelFrameGate *self = probe->gate;
  Lane *lane = &self->lanes[probe->lane];
  GstPadProbeReturn result = GST_PAD_PROBE_OK;

  g_mutex_lock (&self->lock);
  if ((GST_PAD_PROBE_INFO_TYPE (info) & GST_PAD_PROBE_TYPE_BUFFER) != 0)
    result = take_frame (self, lane, GST_PAD_PROBE_INFO_BUFFER (info));
  else
    take_event (self, lane, GST_PAD_PROBE_INFO_EVENT (info));
  g_mutex_unlock (&self->lock);

  return result;
}

/**
 * reel_frame_gate_new:
 * @n_lanes: how many videos there may be
 *
 * Makes a gate.
 *
 * Returns: (transfer full): the gate
 */
ReelFrameGate *
reel_frame_gate_new (guint n_lanes)
{
  ReelFrameGate *self = g_malloc0 (sizeof *self + n_lanes * sizeof (Lane));

  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->lock);
  g_cond_init (&self->moved);
  self->n_lanes = n_lanes;
  for (guint i = 0; i < n_lanes; i++) {
    gst_segment_init (&self->lanes[i].segment, GST_FORMAT_TIME);
    self->lanes[i].arrived = self->lanes[i].known_end = GST_CLOCK_TIME_NONE;
  }

  return self;
}

/**
 * reel_frame_gate_ref:
 *
 * Returns: (transfer full): the gate
 */
ReelFrameGate *
reel_frame_gate_ref (ReelFrameGate *self)
{
  g_atomic_ref_count_inc (&self->references);

  return self;
}

/**
 * reel_frame_gate_unref:
 *
 * Lets go of the gate.
 */
void
reel_frame_gate_unref (ReelFrameGate *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_mutex_clear (&self->lock);
  g_cond_clear (&self->moved);
  g_free (self);
}

/**
 * reel_frame_gate_watch:
 * @lane: the number of the video
 * @pad: (transfer none): where its frames come to the sink
 *
 * Makes a video wait for the others, and them for it. All are to be watched before any of them begins.
 */
void
reel_frame_gate_watch (ReelFrameGate *self, guint lane, GstPad *pad)
{
  Probe *probe = g_new0 (Probe, 1);

  probe->gate = reel_frame_gate_ref (self);
  probe->lane = lane;
  self->lanes[lane].used = TRUE;
  gst_pad_add_probe (pad,
                     GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM | GST_PAD_PROBE_TYPE_EVENT_FLUSH,
                     on_data, probe, probe_free);
}

/**
 * reel_frame_gate_open:
 *
 * Lets everything pass from now on: nothing that is stopped may wait here.
 */
void
reel_frame_gate_open (ReelFrameGate *self)
{
  g_mutex_lock (&self->lock);
  self->open = TRUE;
  g_cond_broadcast (&self->moved);
  g_mutex_unlock (&self->lock);
}

/**
 * reel_frame_gate_has_begun:
 *
 * Returns: whether a frame of a video has come to the gate since the latest seek
 */
gboolean
reel_frame_gate_has_begun (ReelFrameGate *self, guint lane)
{
  g_mutex_lock (&self->lock);

  gboolean begun = self->lanes[lane].seen;

  g_mutex_unlock (&self->lock);

  return begun;
}

/**
 * reel_frame_gate_is_empty:
 *
 * Returns: whether a video ended, since the latest seek, without a single frame
 */
gboolean
reel_frame_gate_is_empty (ReelFrameGate *self, guint lane)
{
  g_mutex_lock (&self->lock);

  gboolean empty = self->lanes[lane].ended && !self->lanes[lane].seen;

  g_mutex_unlock (&self->lock);

  return empty;
}

/**
 * reel_frame_gate_has_ended:
 *
 * Returns: whether a video has no more frames
 */
gboolean
reel_frame_gate_has_ended (ReelFrameGate *self, guint lane)
{
  g_mutex_lock (&self->lock);

  gboolean ended = self->lanes[lane].ended;

  g_mutex_unlock (&self->lock);

  return ended;
}

/**
 * reel_frame_gate_get_end:
 *
 * Returns: where the last frame of a video ends, %GST_CLOCK_TIME_NONE until it was seen
 */
GstClockTime
reel_frame_gate_get_end (ReelFrameGate *self, guint lane)
{
  g_mutex_lock (&self->lock);

  GstClockTime end = self->lanes[lane].known_end;

  g_mutex_unlock (&self->lock);

  return end;
}
