#include "config.h"

#include "reel-player.h"

#include "reel-file-check.h"
#include "reel-pipeline.h"

#define POSITION_INTERVAL_MS 100

/**
 * ReelPlayer:
 *
 * Plays one local video. All of it is on the main thread; the file is checked on another before a pipeline opens it, as
 * GStreamer has no error for a file that ends too early.
 *
 * A seek or a step is `busy` until the pipeline has settled. Only the latest position that is wanted meanwhile is kept,
 * so that scrubbing follows the pointer at the speed of the decoder.
 */
struct _ReelPlayer
{
  GObject parent_instance;

  GFile *file;
  char *audio_sink;
  ReelPipeline *pipeline;
  GCancellable *opening;
  GError *error;
  GdkPaintable *paintable;

  gint64 position;
  gint64 duration;
  gint64 wanted_position;
  int wanted_steps;
  guint scale_width;
  guint timer;
  double volume;
  double rate;
  gboolean muted;
  gboolean loop;
  gboolean playing;
  gboolean has_audio;

  gboolean ready;
  gboolean busy;
  gboolean stepping;
  gboolean stepped;
  gboolean ended;
  gboolean no_sound;
};

G_DEFINE_FINAL_TYPE (ReelPlayer, reel_player, G_TYPE_OBJECT)

enum
{
  PROP_FILE = 1,
  PROP_PAINTABLE,
  PROP_PLAYING,
  PROP_POSITION,
  PROP_DURATION,
  PROP_LOOP,
  PROP_MUTED,
  PROP_VOLUME,
  PROP_RATE,
  PROP_HAS_AUDIO,
  PROP_ERROR,
  PROP_SCALE_WIDTH,
  PROP_AUDIO_SINK,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void open_pipeline (ReelPlayer *self);

static void
notify (ReelPlayer *self, int property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_paintable (ReelPlayer *self, GdkPaintable *paintable)
{
  if (g_set_object (&self->paintable, paintable))
    notify (self, PROP_PAINTABLE);
}

static void
set_position (ReelPlayer *self, gint64 position)
{
  if (self->position == position)
    return;

  self->position = position;
  notify (self, PROP_POSITION);
}

static void
set_duration (ReelPlayer *self, gint64 duration)
{
  if (self->duration == duration)
    return;

  self->duration = duration;
  notify (self, PROP_DURATION);
}

static void
set_has_audio (ReelPlayer *self, gboolean has_audio)
{
  if (self->has_audio == has_audio)
    return;

  self->has_audio = has_audio;
  notify (self, PROP_HAS_AUDIO);
}

static gboolean
on_position_timer (gpointer data)
{
  ReelPlayer *self = data;

  if (!self->busy) {
    gint64 position = reel_pipeline_query_position (self->pipeline);

    if (position >= 0)
      set_position (self, MIN (position, self->duration));
  }

  return G_SOURCE_CONTINUE;
}

/* The timer exists exactly while there is something to tell. */
static void
update_timer (ReelPlayer *self)
{
  gboolean needed = self->playing && self->ready && self->pipeline != NULL;

  if (needed && self->timer == 0)
    self->timer = g_timeout_add (POSITION_INTERVAL_MS, on_position_timer, self);
  else if (!needed)
    g_clear_handle_id (&self->timer, g_source_remove);
}

static void
set_playing (ReelPlayer *self, gboolean playing)
{
  gboolean changed = self->playing != playing;

  self->playing = playing;
  if (self->ready)
    reel_pipeline_set_playing (self->pipeline, playing);
  update_timer (self);
  if (changed)
    notify (self, PROP_PLAYING);
}

static void
close_pipeline (ReelPlayer *self)
{
  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);

  self->ready = self->busy = self->stepping = self->stepped = self->ended = FALSE;
  update_timer (self);
  /* The picture goes before the sink that paints it. */
  set_paintable (self, NULL);
  if (self->pipeline != NULL) {
    g_signal_handlers_disconnect_by_data (self->pipeline, self);
    reel_pipeline_close (self->pipeline);
    g_clear_object (&self->pipeline);
  }
}

static void
take_error (ReelPlayer *self, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
  close_pipeline (self);
  set_playing (self, FALSE);
  notify (self, PROP_ERROR);
}

static void
start_seek (ReelPlayer *self, gint64 position)
{
  gint64 frame;
  double frame_rate;

  self->busy = TRUE;
  self->stepped = self->ended = FALSE;
  /* There is no frame at the very end: the last one begins earlier. */
  if (self->duration > 0 && reel_pipeline_get_frame (self->pipeline, &frame, &frame_rate, NULL))
    position = MIN (position, MAX (0, self->duration - (gint64)(G_USEC_PER_SEC / frame_rate)));
  /* A microsecond is coarser than the times in the pipeline: it must not round down into the frame before. */
  reel_pipeline_seek (self->pipeline, position * GST_USECOND + GST_USECOND - 1, self->loop);
}

static void
start_step (ReelPlayer *self, int steps)
{
  gint64 frame, target, last = G_MAXINT64;
  double frame_rate;

  if (!reel_pipeline_get_frame (self->pipeline, &frame, &frame_rate, NULL))
    return;

  if (self->duration > 0)
    last = (gint64)(self->duration * frame_rate / G_USEC_PER_SEC + 0.5) - 1;
  target = CLAMP (frame + steps, 0, MAX (0, last));
  if (target == frame)
    return;

  if (target > frame && target - frame <= 8) {
    self->busy = self->stepping = self->stepped = TRUE;
    reel_pipeline_step (self->pipeline, target - frame);
  } else {
    /* Into the frame, not onto its edge: times in a file are rounded. */
    self->stepping = TRUE;
    start_seek (self, (gint64)((target + 0.25) * G_USEC_PER_SEC / frame_rate));
  }
}

/* Does what was wanted while the pipeline was busy. */
static void
go_on (ReelPlayer *self)
{
  if (!self->ready || self->busy)
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

/* The first frame is there, so everything about the file is known. */
static void
on_opened (ReelPlayer *self)
{
  /* A frame somewhere else is on its way, and the one at the start must not flash. */
  gboolean shows = self->wanted_position <= 0;

  self->ready = TRUE;
  set_duration (self, reel_pipeline_query_duration (self->pipeline));
  set_has_audio (self, reel_pipeline_get_has_audio (self->pipeline) && !self->no_sound);
  if (shows)
    set_paintable (self, reel_pipeline_get_paintable (self->pipeline));
  /* Loops and speeds begin with a seek. */
  if (self->wanted_position < 0 && (self->loop || self->rate != 1.0))
    self->wanted_position = 0;
}

static void
on_settled (ReelPipeline *pipeline, ReelPlayer *self)
{
  g_autoptr (ReelPlayer) guard = g_object_ref (self);
  gboolean opened = !self->ready;
  gint64 time;

  self->busy = FALSE;
  /* Notified when all is done: a handler may close the file. */
  g_object_freeze_notify (G_OBJECT (self));
  if (opened)
    on_opened (self);
  else
    set_paintable (self, reel_pipeline_get_paintable (pipeline));
  if (self->stepping && reel_pipeline_get_frame (pipeline, NULL, NULL, &time))
    set_position (self, time);
  self->stepping = FALSE;
  go_on (self);
  if (opened)
    set_playing (self, self->playing);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
on_ended (ReelPipeline *pipeline, ReelPlayer *self)
{
  if (self->busy || !self->playing)
    return;

  if (self->loop) {
    start_seek (self, 0);
    return;
  }

  self->ended = TRUE;
  set_playing (self, FALSE);
  set_position (self, self->duration);
}

static void
on_segment_done (ReelPipeline *pipeline, ReelPlayer *self)
{
  reel_pipeline_continue_at_start (pipeline);
}

/* A machine without a working sound device still shows pictures. */
static void
on_sound_failed (ReelPipeline *pipeline, ReelPlayer *self)
{
  self->no_sound = TRUE;
  open_pipeline (self);
}

static void
on_failed (ReelPipeline *pipeline, GError *error, ReelPlayer *self)
{
  take_error (self, g_error_copy (error));
}

/* Opens the pipeline, or opens it again where it has to be built in another way, at the same place. */
static void
open_pipeline (ReelPlayer *self)
{
  gint64 position = self->wanted_position >= 0 ? self->wanted_position : self->position;

  close_pipeline (self);
  self->wanted_position = position > 0 ? position : -1;
  self->pipeline = reel_pipeline_new (self->file, self->audio_sink, !self->no_sound, self->scale_width);
  g_signal_connect_object (self->pipeline, "settled", G_CALLBACK (on_settled), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->pipeline, "ended", G_CALLBACK (on_ended), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->pipeline, "segment-done", G_CALLBACK (on_segment_done), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->pipeline, "sound-failed", G_CALLBACK (on_sound_failed), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->pipeline, "failed", G_CALLBACK (on_failed), self, G_CONNECT_DEFAULT);
  reel_pipeline_set_volume (self->pipeline, self->volume, self->muted);
  reel_pipeline_set_rate (self->pipeline, self->rate, FALSE);
  self->busy = TRUE;
  reel_pipeline_open (self->pipeline);
}

static void
check_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (reel_file_check (task_data, FALSE, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ReelPlayer *self = user_data;
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->opening);
  if (error != NULL)
    take_error (self, g_steal_pointer (&error));
  else
    open_pipeline (self);
}

static void
start_opening (ReelPlayer *self)
{
  /* The task does not hold the player: one that is closed while its file is checked goes at once. */
  g_autoptr (GTask) task = NULL;

  self->opening = g_cancellable_new ();
  task = g_task_new (NULL, self->opening, on_checked, self);
  g_task_set_source_tag (task, start_opening);
  g_task_set_task_data (task, g_object_ref (self->file), g_object_unref);
  g_task_run_in_thread (task, check_thread);
}

static void
set_loop (ReelPlayer *self, gboolean loop)
{
  if (self->loop == loop)
    return;

  self->loop = loop;
  /* Whether a segment ends or goes on is decided when it begins. */
  if (self->ready && !self->ended)
    reel_player_seek (self, reel_player_get_position (self));
  notify (self, PROP_LOOP);
}

static void
set_rate (ReelPlayer *self, double rate)
{
  if (self->rate == rate)
    return;

  gboolean instant = self->playing && self->ready && !self->busy;

  self->rate = rate;
  if (self->pipeline != NULL)
    reel_pipeline_set_rate (self->pipeline, rate, instant);
  /* While it stands still, or is on its way to somewhere, a seek carries the new speed. */
  if (self->ready && !instant && !self->ended)
    reel_player_seek (self, self->position);
  notify (self, PROP_RATE);
}

static void
set_volume (ReelPlayer *self, double volume, gboolean muted)
{
  gboolean volume_changed = self->volume != volume, muted_changed = self->muted != muted;

  self->volume = volume;
  self->muted = muted;
  if (self->pipeline != NULL)
    reel_pipeline_set_volume (self->pipeline, volume, muted);
  if (volume_changed)
    notify (self, PROP_VOLUME);
  if (muted_changed)
    notify (self, PROP_MUTED);
}

static void
set_scale_width (ReelPlayer *self, guint scale_width)
{
  if (self->scale_width == scale_width)
    return;

  gboolean rebuild = (self->scale_width > 0) != (scale_width > 0);

  self->scale_width = scale_width;
  if (self->pipeline != NULL && rebuild) {
    open_pipeline (self);
  } else if (self->pipeline != NULL) {
    reel_pipeline_set_scale_width (self->pipeline, scale_width);
    /* A picture that stands still gets its new size from a new frame. */
    if (self->ready && !self->playing && !self->ended)
      reel_player_seek (self, self->position);
  }
  notify (self, PROP_SCALE_WIDTH);
}

static void
reel_player_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelPlayer *self = REEL_PLAYER (object);

  switch (id) {
  case PROP_FILE:
    g_value_set_object (value, self->file);
    break;
  case PROP_PAINTABLE:
    g_value_set_object (value, self->paintable);
    break;
  case PROP_PLAYING:
    g_value_set_boolean (value, self->playing);
    break;
  case PROP_POSITION:
    g_value_set_int64 (value, reel_player_get_position (self));
    break;
  case PROP_DURATION:
    g_value_set_int64 (value, self->duration);
    break;
  case PROP_LOOP:
    g_value_set_boolean (value, self->loop);
    break;
  case PROP_MUTED:
    g_value_set_boolean (value, self->muted);
    break;
  case PROP_VOLUME:
    g_value_set_double (value, self->volume);
    break;
  case PROP_RATE:
    g_value_set_double (value, self->rate);
    break;
  case PROP_HAS_AUDIO:
    g_value_set_boolean (value, self->has_audio);
    break;
  case PROP_ERROR:
    g_value_set_boxed (value, self->error);
    break;
  case PROP_SCALE_WIDTH:
    g_value_set_uint (value, self->scale_width);
    break;
  case PROP_AUDIO_SINK:
    g_value_set_string (value, self->audio_sink);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_player_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ReelPlayer *self = REEL_PLAYER (object);

  switch (id) {
  case PROP_FILE:
    reel_player_set_file (self, g_value_get_object (value));
    break;
  case PROP_LOOP:
    set_loop (self, g_value_get_boolean (value));
    break;
  case PROP_MUTED:
    set_volume (self, self->volume, g_value_get_boolean (value));
    break;
  case PROP_VOLUME:
    set_volume (self, g_value_get_double (value), self->muted);
    break;
  case PROP_RATE:
    set_rate (self, g_value_get_double (value));
    break;
  case PROP_SCALE_WIDTH:
    set_scale_width (self, g_value_get_uint (value));
    break;
  case PROP_AUDIO_SINK:
    self->audio_sink = g_value_dup_string (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_player_dispose (GObject *object)
{
  ReelPlayer *self = REEL_PLAYER (object);

  close_pipeline (self);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (reel_player_parent_class)->dispose (object);
}

static void
reel_player_finalize (GObject *object)
{
  ReelPlayer *self = REEL_PLAYER (object);

  g_clear_error (&self->error);
  g_free (self->audio_sink);

  G_OBJECT_CLASS (reel_player_parent_class)->finalize (object);
}

static void
reel_player_class_init (ReelPlayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags writable = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = reel_player_get_property;
  object_class->set_property = reel_player_set_property;
  object_class->dispose = reel_player_dispose;
  object_class->finalize = reel_player_finalize;

  properties[PROP_FILE] = g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE, writable);
  properties[PROP_PAINTABLE] = g_param_spec_object ("paintable", NULL, NULL, GDK_TYPE_PAINTABLE, readable);
  properties[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, readable);
  properties[PROP_POSITION] = g_param_spec_int64 ("position", NULL, NULL, 0, G_MAXINT64, 0, readable);
  properties[PROP_DURATION] = g_param_spec_int64 ("duration", NULL, NULL, 0, G_MAXINT64, 0, readable);
  properties[PROP_LOOP] = g_param_spec_boolean ("loop", NULL, NULL, TRUE, writable);
  properties[PROP_MUTED] = g_param_spec_boolean ("muted", NULL, NULL, FALSE, writable);
  properties[PROP_VOLUME] = g_param_spec_double ("volume", NULL, NULL, 0.0, 1.0, 1.0, writable);
  properties[PROP_RATE] = g_param_spec_double ("rate", NULL, NULL, 0.25, 2.0, 1.0, writable);
  properties[PROP_HAS_AUDIO] = g_param_spec_boolean ("has-audio", NULL, NULL, FALSE, readable);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, readable);
  properties[PROP_SCALE_WIDTH] = g_param_spec_uint ("scale-width", NULL, NULL, 0, G_MAXINT, 0, writable);
  properties[PROP_AUDIO_SINK] = g_param_spec_string (
      "audio-sink", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
reel_player_init (ReelPlayer *self)
{
  self->wanted_position = -1;
  self->volume = self->rate = 1.0;
  self->loop = TRUE;
}

/**
 * reel_player_new:
 *
 * Makes a player with nothing to play.
 *
 * Returns: (transfer full): the player
 */
ReelPlayer *
reel_player_new (void)
{
  return g_object_new (REEL_TYPE_PLAYER, NULL);
}

/**
 * reel_player_set_file:
 * @file: (nullable): a local video, or %NULL to close the one that is open
 *
 * Opens a file and shows its first frame, paused. "error" says why where that is not possible. Setting the same file
 * again opens it again: it may be another one by now.
 */
void
reel_player_set_file (ReelPlayer *self, GFile *file)
{
  g_return_if_fail (REEL_IS_PLAYER (self));

  if (file == NULL && self->file == NULL)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  close_pipeline (self);
  set_playing (self, FALSE);
  set_position (self, 0);
  set_duration (self, 0);
  set_has_audio (self, FALSE);
  self->wanted_position = -1;
  self->wanted_steps = 0;
  if (self->error != NULL) {
    g_clear_error (&self->error);
    notify (self, PROP_ERROR);
  }
  g_set_object (&self->file, file);
  if (file != NULL)
    start_opening (self);
  notify (self, PROP_FILE);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * reel_player_get_file:
 *
 * Returns: (transfer none) (nullable): the file that is open
 */
GFile *
reel_player_get_file (ReelPlayer *self)
{
  g_return_val_if_fail (REEL_IS_PLAYER (self), NULL);

  return self->file;
}

/**
 * reel_player_get_paintable:
 *
 * Returns: (transfer none) (nullable): the picture, or %NULL while there is nothing to show
 */
GdkPaintable *
reel_player_get_paintable (ReelPlayer *self)
{
  g_return_val_if_fail (REEL_IS_PLAYER (self), NULL);

  return self->paintable;
}

/**
 * reel_player_play:
 *
 * Plays from here on, or from the start where the end was reached. May be called before the file is open.
 */
void
reel_player_play (ReelPlayer *self)
{
  g_return_if_fail (REEL_IS_PLAYER (self));

  if (self->file == NULL || self->error != NULL || self->playing)
    return;

  /* Only the picture was stepped: a seek brings the sound to the same place. */
  if (self->ended)
    reel_player_seek (self, 0);
  else if (self->stepped)
    reel_player_seek (self, self->position);
  set_playing (self, TRUE);
}

/**
 * reel_player_pause:
 *
 * Stands still at the frame that is shown.
 */
void
reel_player_pause (ReelPlayer *self)
{
  g_return_if_fail (REEL_IS_PLAYER (self));

  if (!self->playing)
    return;

  set_playing (self, FALSE);
  if (self->ready && !self->busy)
    set_position (self, CLAMP (reel_pipeline_query_position (self->pipeline), 0, self->duration));
}

/**
 * reel_player_get_playing:
 *
 * Returns: whether it plays, or will as soon as the file is open
 */
gboolean
reel_player_get_playing (ReelPlayer *self)
{
  g_return_val_if_fail (REEL_IS_PLAYER (self), FALSE);

  return self->playing;
}

/**
 * reel_player_seek:
 * @position: in microseconds from the start; anything beyond the video means its end
 *
 * Goes to the frame at exactly that time. May be called as often as a pointer moves, and before the file is open.
 */
void
reel_player_seek (ReelPlayer *self, gint64 position)
{
  g_return_if_fail (REEL_IS_PLAYER (self));

  if (self->file == NULL || self->error != NULL)
    return;

  position = MAX (position, 0);
  if (self->ready && self->duration > 0)
    position = MIN (position, self->duration);
  self->wanted_position = position;
  self->wanted_steps = 0;
  set_position (self, position);
  go_on (self);
}

/**
 * reel_player_step:
 * @frames: how many frames forward, or back where negative
 *
 * Pauses and shows another frame.
 */
void
reel_player_step (ReelPlayer *self, int frames)
{
  g_return_if_fail (REEL_IS_PLAYER (self));

  if (self->file == NULL || self->error != NULL)
    return;

  reel_player_pause (self);
  self->wanted_steps += frames;
  go_on (self);
}

/**
 * reel_player_get_position:
 *
 * Returns: the time of the frame that is shown, or is about to be, in microseconds
 */
gint64
reel_player_get_position (ReelPlayer *self)
{
  g_return_val_if_fail (REEL_IS_PLAYER (self), 0);

  if (self->playing && self->ready && !self->busy) {
    gint64 position = reel_pipeline_query_position (self->pipeline);

    if (position >= 0)
      return MIN (position, self->duration);
  }

  return self->position;
}

/**
 * reel_player_get_duration:
 *
 * Returns: how long the video is in microseconds, 0 until that is known
 */
gint64
reel_player_get_duration (ReelPlayer *self)
{
  g_return_val_if_fail (REEL_IS_PLAYER (self), 0);

  return self->duration;
}

/**
 * reel_player_get_error:
 *
 * Returns: (transfer none) (nullable): why the file cannot be played
 */
const GError *
reel_player_get_error (ReelPlayer *self)
{
  g_return_val_if_fail (REEL_IS_PLAYER (self), NULL);

  return self->error;
}
