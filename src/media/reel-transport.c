#include "config.h"

#include "reel-transport.h"

/* How often, and how close, the end is looked for where the pipeline does not tell it. */
#define END_INTERVAL_MS 15
#define END_TOLERANCE   (20 * 1000)
#define END_TURNS       20

/* Up to so many frames forward are stepped over one by one; beyond, a seek is faster. */
#define STEP_LIMIT 8

/**
 * ReelTransport:
 *
 * Moves through the video of a pipeline: seeks, steps, loops and speeds. Its signals: "ready" when the length is known;
 * "shown" whenever the frame that was wanted is there; "moved" when the position changed while it stands still; "ended"
 * at the end, unless it loops.
 *
 * A seek or a step is `busy` until the pipeline has settled. Only the latest position that is wanted meanwhile is kept,
 * so that scrubbing follows the pointer at the speed of the decoder.
 */
struct _ReelTransport
{
  GObject parent_instance;

  ReelPipeline *pipeline;
  gint64 duration;
  gint64 position;
  gint64 wanted_position;
  GstClockTime sought; /* in nanoseconds, as it was sent */
  int wanted_steps;
  double rate;
  guint end_timer;
  guint end_turns;

  gboolean loop;
  gboolean playing;
  gboolean ready;
  gboolean busy;
  gboolean stepping;
  gboolean stepped;
  gboolean ended;
  gboolean instant_rate;
  gboolean continued;
  gboolean corrected;
  gboolean pending_round;
};

G_DEFINE_FINAL_TYPE (ReelTransport, reel_transport, G_TYPE_OBJECT)

enum
{
  READY,
  SHOWN,
  MOVED,
  ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Sends the pipeline to a time in nanoseconds. */
static void
send_seek (ReelTransport *self, GstClockTime time)
{
  self->sought = time;
  self->pending_round = FALSE;
  reel_pipeline_seek (self->pipeline, time, self->loop);
}

static void
start_seek (ReelTransport *self, gint64 position)
{
  GstClockTime last = reel_pipeline_get_last_start (self->pipeline), time;
  double frame_rate;

  g_clear_handle_id (&self->end_timer, g_source_remove);
  self->busy = TRUE;
  self->stepped = self->ended = self->instant_rate = self->continued = self->corrected = FALSE;
  /* There is no frame at the very end: the last one begins earlier. */
  reel_pipeline_get_frame (self->pipeline, NULL, &frame_rate, NULL);
  if (self->duration > 0 && !GST_CLOCK_TIME_IS_VALID (last))
    position = MIN (position, MAX (0, self->duration - (gint64)(G_USEC_PER_SEC / frame_rate)));
  /* A microsecond is coarser than the times in the pipeline: it must not round down into the frame before. */
  time = position * GST_USECOND + GST_USECOND - 1;
  send_seek (self, GST_CLOCK_TIME_IS_VALID (last) ? MIN (time, last) : time);
}

/* Goes on to the frame that was meant, where another one is shown: in a file of a variable rate, decoders take a frame
 * for shorter than it is, and give the next one; and at the end of one with longer sound, there is none. */
static gboolean
correct (ReelTransport *self)
{
  GstClockTime sought = self->sought, start, shown;

  self->sought = GST_CLOCK_TIME_NONE;
  if (!GST_CLOCK_TIME_IS_VALID (sought) || self->corrected)
    return FALSE;

  start = reel_pipeline_find_start (self->pipeline, sought);
  shown = reel_pipeline_get_shown (self->pipeline);
  if (!GST_CLOCK_TIME_IS_VALID (start) || shown == sought || shown == start)
    return FALSE;

  self->busy = self->corrected = TRUE;
  send_seek (self, start);

  return TRUE;
}

static void
start_step (ReelTransport *self, int steps)
{
  GstClockTime start = reel_pipeline_find_start (self->pipeline, reel_pipeline_get_shown (self->pipeline));
  gint64 frame, target, last = G_MAXINT64;
  double frame_rate;

  /* Where the sound is longer than the picture, there is no frame at the end. */
  if (!reel_pipeline_get_frame (self->pipeline, &frame, &frame_rate, NULL))
    frame = (gint64)(self->position * frame_rate / G_USEC_PER_SEC);

  if (GST_CLOCK_TIME_IS_VALID (reel_pipeline_get_last_start (self->pipeline)))
    last = (gint64)(reel_pipeline_get_last_start (self->pipeline) * frame_rate / GST_SECOND + 0.5);
  else if (self->duration > 0)
    last = (gint64)(self->duration * frame_rate / G_USEC_PER_SEC + 0.5) - 1;
  target = CLAMP (frame + steps, 0, MAX (0, last));
  if (target == frame)
    return;

  /* Where it will be, for whoever asks before it is there. */
  self->position = (gint64)((target + 0.01) * G_USEC_PER_SEC / frame_rate);
  self->stepping = TRUE;
  if (target > frame && target - frame <= STEP_LIMIT) {
    self->busy = self->stepped = TRUE;
    self->sought = GST_CLOCK_TIME_NONE;
    reel_pipeline_step (self->pipeline, target - frame);
  } else if (target < frame && GST_CLOCK_TIME_IS_VALID (start)) {
    /* From where this one begins, back into the middle of the other one. */
    start_seek (self, (gint64)start / GST_USECOND - (gint64)((frame - target - 0.5) * G_USEC_PER_SEC / frame_rate));
  } else {
    /* Into the frame, not onto its edge: times in a file are rounded. */
    start_seek (self, (gint64)((target + 0.25) * G_USEC_PER_SEC / frame_rate));
  }
}

/* Does what was wanted while the pipeline was busy. */
static void
go_on (ReelTransport *self)
{
  if (!self->ready || self->busy || self->pipeline == NULL)
    return;

  if (self->wanted_position >= 0) {
    gint64 position = self->wanted_position;

    self->wanted_position = -1;
    start_seek (self, position);
  } else if (self->wanted_steps != 0) {
    int steps = self->wanted_steps;

    self->wanted_steps = 0;
    start_step (self, steps);
  }
}

static void
end (ReelTransport *self)
{
  if (self->loop) {
    start_seek (self, 0);
    return;
  }

  self->ended = TRUE;
  self->position = self->duration;
  g_signal_emit (self, signals[ENDED], 0);
}

static gboolean
on_end_due (gpointer data)
{
  ReelTransport *self = data;
  gint64 position = reel_pipeline_query_position (self->pipeline), frame;
  double frame_rate;

  if (self->busy || position < self->duration - END_TOLERANCE)
    return G_SOURCE_CONTINUE;
  /* The clock runs ahead of the picture. Where the sound is longer, the picture has ended before. */
  if (reel_pipeline_get_frame (self->pipeline, &frame, &frame_rate, NULL) &&
      frame + 1 < (gint64)(self->duration * frame_rate / G_USEC_PER_SEC + 0.5) && self->end_turns++ < END_TURNS)
    return G_SOURCE_CONTINUE;

  self->end_timer = 0;
  end (self);

  return G_SOURCE_REMOVE;
}

/* The sinks of GStreamer 1.26 lose their clock at the end of a segment of which the speed was changed on the fly. So the
 * transport looks for that end by itself, and what follows begins with a seek. */
static void
await_end (ReelTransport *self)
{
  if (!self->instant_rate || !self->playing)
    g_clear_handle_id (&self->end_timer, g_source_remove);
  else if (self->end_timer == 0)
    self->end_timer = g_timeout_add (END_INTERVAL_MS, on_end_due, self);
  self->end_turns = 0;
}

static void
on_segment_done (ReelPipeline *pipeline, ReelTransport *self)
{
  if (self->instant_rate)
    return;

  /* The frame that is on its way may be the last one, or not there at all. */
  self->pending_round = self->busy;
  if (self->pending_round)
    return;

  self->continued = TRUE;
  reel_pipeline_continue_at_start (pipeline);
}

static void
on_settled (ReelPipeline *pipeline, ReelTransport *self)
{
  g_autoptr (ReelTransport) guard = g_object_ref (self);
  gboolean opened = !self->ready;
  /* A frame somewhere else is on its way, and the one at the start must not flash. */
  gboolean passing = opened && self->wanted_position > 0;

  self->busy = FALSE;
  self->ready = TRUE;
  if (!opened && self->wanted_position < 0 && correct (self))
    return;
  if (opened) {
    self->duration = reel_pipeline_query_duration (pipeline);
    /* Loops and speeds begin with a seek. */
    if (self->wanted_position < 0 && (self->loop || self->rate != 1.0))
      self->wanted_position = 0;
  }
  if (self->stepping && self->wanted_position < 0 && reel_pipeline_get_frame (pipeline, NULL, NULL, &self->position))
    g_signal_emit (self, signals[MOVED], 0);
  self->stepping = FALSE;

  if (opened)
    g_signal_emit (self, signals[READY], 0);
  if (!passing)
    g_signal_emit (self, signals[SHOWN], 0);
  go_on (self);
  if (opened && self->pipeline != NULL)
    reel_pipeline_set_playing (self->pipeline, self->playing);
  if (self->pending_round && !self->busy && self->pipeline != NULL)
    on_segment_done (self->pipeline, self);
}

static void
on_empty (ReelPipeline *pipeline, ReelTransport *self)
{
  if (self->busy && !correct (self))
    on_settled (pipeline, self);
}

static void
on_ended (ReelPipeline *pipeline, ReelTransport *self)
{
  if (self->busy || !self->playing)
    return;

  end (self);
}

static void
reel_transport_dispose (GObject *object)
{
  reel_transport_close (REEL_TRANSPORT (object));

  G_OBJECT_CLASS (reel_transport_parent_class)->dispose (object);
}

static void
reel_transport_class_init (ReelTransportClass *klass)
{
  const char *names[N_SIGNALS] = {"ready", "shown", "moved", "ended"};

  G_OBJECT_CLASS (klass)->dispose = reel_transport_dispose;

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], REEL_TYPE_TRANSPORT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
reel_transport_init (ReelTransport *self)
{
  self->wanted_position = -1;
  self->sought = GST_CLOCK_TIME_NONE;
  self->rate = 1.0;
  /* Until it has opened. */
  self->busy = TRUE;
}

/**
 * reel_transport_new:
 * @pipeline: (transfer none): a pipeline that is not open yet
 *
 * Makes a transport. It takes orders at once and carries them out when the pipeline has opened.
 *
 * Returns: (transfer full): the transport
 */
ReelTransport *
reel_transport_new (ReelPipeline *pipeline)
{
  ReelTransport *self = g_object_new (REEL_TYPE_TRANSPORT, NULL);

  self->pipeline = g_object_ref (pipeline);
  g_signal_connect (pipeline, "settled", G_CALLBACK (on_settled), self);
  g_signal_connect (pipeline, "empty", G_CALLBACK (on_empty), self);
  g_signal_connect (pipeline, "ended", G_CALLBACK (on_ended), self);
  g_signal_connect (pipeline, "segment-done", G_CALLBACK (on_segment_done), self);

  return self;
}

/**
 * reel_transport_close:
 *
 * Lets go of the pipeline. No signal comes after it.
 */
void
reel_transport_close (ReelTransport *self)
{
  g_clear_handle_id (&self->end_timer, g_source_remove);
  self->ready = FALSE;
  if (self->pipeline != NULL)
    g_signal_handlers_disconnect_by_data (self->pipeline, self);
  g_clear_object (&self->pipeline);
}

/**
 * reel_transport_set_playing:
 * @playing: whether time goes on
 *
 * Plays from here on, from the start where the end was reached; or stands still at the frame that is shown.
 */
void
reel_transport_set_playing (ReelTransport *self, gboolean playing)
{
  if (self->playing == playing)
    return;

  if (!playing && !self->ended)
    self->position = reel_transport_get_position (self);
  self->playing = playing;

  /* Only the picture was stepped: a seek brings the sound to the same place. */
  if (playing && self->ended)
    reel_transport_seek (self, 0);
  else if (playing && self->stepped)
    reel_transport_seek (self, self->position);
  if (self->ready)
    reel_pipeline_set_playing (self->pipeline, playing);
  await_end (self);
}

/**
 * reel_transport_set_loop:
 * @loop: whether it starts again at the end
 *
 * Changes what happens at the end.
 */
void
reel_transport_set_loop (ReelTransport *self, gboolean loop)
{
  if (self->loop == loop)
    return;

  self->loop = loop;
  /* Whether a segment ends or goes on is decided when it begins. */
  reel_transport_refresh (self);
}

/**
 * reel_transport_set_rate:
 * @rate: 1 is the video's own speed
 *
 * Changes the speed: without a seek while it plays.
 */
void
reel_transport_set_rate (ReelTransport *self, double rate)
{
  /* Nor do the sinks keep their clock where the speed changes in a round that followed another one without a gap. */
  gboolean instant = self->ready && self->playing && !self->busy && !self->continued;

  if (self->rate == rate)
    return;

  self->rate = rate;
  reel_pipeline_set_rate (self->pipeline, rate, instant);
  if (instant) {
    self->instant_rate = TRUE;
    await_end (self);
  } else {
    reel_transport_refresh (self);
  }
}

/**
 * reel_transport_seek:
 * @position: in microseconds
 *
 * Goes to the frame at exactly that time.
 */
void
reel_transport_seek (ReelTransport *self, gint64 position)
{
  position = MAX (0, position);
  if (self->ready && self->duration > 0)
    position = MIN (position, self->duration);

  self->wanted_position = self->position = position;
  self->wanted_steps = 0;
  go_on (self);
}

/**
 * reel_transport_step:
 * @frames: how many frames forward, or back where negative
 *
 * Shows another frame. It must stand still.
 */
void
reel_transport_step (ReelTransport *self, int frames)
{
  self->wanted_steps += frames;
  go_on (self);
}

/**
 * reel_transport_refresh:
 *
 * Decodes the frame that is shown once more, in the way that everything is set now.
 */
void
reel_transport_refresh (ReelTransport *self)
{
  if (self->ready && !self->ended)
    reel_transport_seek (self, reel_transport_get_position (self));
}

/**
 * reel_transport_get_ready:
 *
 * Returns: whether the pipeline has opened
 */
gboolean
reel_transport_get_ready (ReelTransport *self)
{
  return self->ready;
}

/**
 * reel_transport_get_position:
 *
 * Returns: the time of the frame that is shown, or is about to be, in microseconds
 */
gint64
reel_transport_get_position (ReelTransport *self)
{
  gint64 position = -1;

  if (self->ready && self->playing && !self->busy)
    position = reel_pipeline_query_position (self->pipeline);

  return position >= 0 ? MIN (position, self->duration) : self->position;
}

/**
 * reel_transport_get_duration:
 *
 * Returns: how long the video is in microseconds, 0 until that is known
 */
gint64
reel_transport_get_duration (ReelTransport *self)
{
  return self->duration;
}
