#include "config.h"

#include "reel-player.h"

#include "reel-error.h"
#include "reel-file-check.h"
#include "reel-pipeline.h"
#include "reel-transport.h"

#define POSITION_INTERVAL_MS 100

/* Until the file tells: it is 24 a second that the service makes. */
#define DEFAULT_FRAME_RATE 24.0

/* Playbin swallows some errors of its demuxers. Where no frame has come for so long, the file is looked into. */
#define PATIENCE_SECONDS 5

/**
 * ReelPlayer:
 *
 * Plays one local video. All of it is on the main thread; the file is checked on another before a pipeline opens it, as
 * GStreamer has no error for a file that ends too early.
 */
struct _ReelPlayer
{
  GObject parent_instance;

  GFile *file;
  char *audio_sink;
  GCancellable *opening;
  ReelPipeline *pipeline;
  ReelTransport *transport;
  GdkPaintable *paintable;
  GdkPaintable *still;
  GSignalGroup *arriving; /* the picture that has no frame yet */
  GError *error;
  GError *suspicion;

  gint64 position;
  gint64 duration;
  double frame_rate;
  guint position_timer;
  guint patience_timer;
  guint scale_width;
  double volume;
  double rate;
  gboolean muted;
  gboolean loop;
  gboolean playing;
  gboolean has_audio;
  gboolean no_sound;
};

G_DEFINE_FINAL_TYPE (ReelPlayer, reel_player, G_TYPE_OBJECT)

enum
{
  PROP_FILE = 1,
  PROP_PAINTABLE,
  PROP_STILL,
  PROP_PLAYING,
  PROP_POSITION,
  PROP_DURATION,
  PROP_FRAME_RATE,
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

enum
{
  SEEKED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

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
set_still (ReelPlayer *self, GdkPaintable *still)
{
  if (g_set_object (&self->still, still))
    notify (self, PROP_STILL);
}

/* A picture that has no frame yet would be drawn as nothing. */
static void
await_picture (ReelPlayer *self)
{
  GdkPaintable *paintable = self->pipeline != NULL ? reel_pipeline_get_paintable (self->pipeline) : NULL;
  gboolean arrived = paintable != NULL && gdk_paintable_get_intrinsic_width (paintable) > 0;

  g_signal_group_set_target (self->arriving, arrived ? NULL : paintable);
  if (!arrived)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  set_paintable (self, paintable);
  set_still (self, NULL);
  g_object_thaw_notify (G_OBJECT (self));
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
set_frame_rate (ReelPlayer *self, double frame_rate)
{
  if (self->frame_rate == frame_rate)
    return;

  self->frame_rate = frame_rate;
  notify (self, PROP_FRAME_RATE);
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
on_position_due (gpointer data)
{
  ReelPlayer *self = data;
  gint64 before = self->position;

  set_position (self, reel_transport_get_position (self->transport));
  /* Another round has begun. */
  if (self->position + self->duration / 2 < before)
    g_signal_emit (self, signals[SEEKED], 0);

  return G_SOURCE_CONTINUE;
}

/* The timer exists exactly while there is something to tell. */
static void
update_timer (ReelPlayer *self)
{
  gboolean needed = self->playing && self->transport != NULL && reel_transport_get_ready (self->transport);

  if (needed && self->position_timer == 0)
    self->position_timer = g_timeout_add (POSITION_INTERVAL_MS, on_position_due, self);
  else if (!needed)
    g_clear_handle_id (&self->position_timer, g_source_remove);
}

static void
set_playing (ReelPlayer *self, gboolean playing)
{
  if (self->playing == playing)
    return;

  self->playing = playing;
  if (self->transport != NULL) {
    reel_transport_set_playing (self->transport, playing);
    set_position (self, reel_transport_get_position (self->transport));
  }
  update_timer (self);
  notify (self, PROP_PLAYING);
}

static void
close_pipeline (ReelPlayer *self)
{
  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  g_clear_handle_id (&self->patience_timer, g_source_remove);
  g_clear_error (&self->suspicion);

  /* The picture goes before the sink that paints it. What it showed last stays until there is another one. */
  g_signal_group_set_target (self->arriving, NULL);
  if (self->paintable != NULL) {
    g_autoptr (GdkPaintable) still = gdk_paintable_get_current_image (self->paintable);

    set_still (self, still);
  }
  set_paintable (self, NULL);
  if (self->transport != NULL) {
    g_signal_handlers_disconnect_by_data (self->transport, self);
    reel_transport_close (self->transport);
    g_clear_object (&self->transport);
  }
  if (self->pipeline != NULL) {
    g_signal_handlers_disconnect_by_data (self->pipeline, self);
    reel_pipeline_close (self->pipeline);
    g_clear_object (&self->pipeline);
  }
  update_timer (self);
}

static void
take_error (ReelPlayer *self, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
  close_pipeline (self);
  set_still (self, NULL);
  set_playing (self, FALSE);
  notify (self, PROP_ERROR);
}

static void
on_ready (ReelTransport *transport, ReelPlayer *self)
{
  double frame_rate;

  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  g_clear_handle_id (&self->patience_timer, g_source_remove);

  g_object_freeze_notify (G_OBJECT (self));
  reel_pipeline_get_frame (self->pipeline, NULL, &frame_rate, NULL);
  set_frame_rate (self, frame_rate);
  set_duration (self, reel_transport_get_duration (transport));
  set_position (self, MIN (self->position, self->duration));
  set_has_audio (self, reel_pipeline_get_has_audio (self->pipeline) && !self->no_sound);
  update_timer (self);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
on_shown (ReelTransport *transport, ReelPlayer *self)
{
  await_picture (self);
}

static void
on_moved (ReelTransport *transport, ReelPlayer *self)
{
  set_position (self, reel_transport_get_position (transport));
  g_signal_emit (self, signals[SEEKED], 0);
}

static void
on_ended (ReelTransport *transport, ReelPlayer *self)
{
  set_playing (self, FALSE);
  set_position (self, self->duration);
}

static void
check (GTask *task, ReelFileCheck depth)
{
  GError *error = NULL;

  if (reel_file_check (g_task_get_task_data (task), depth, g_task_get_cancellable (task), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
check_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  check (task, REEL_FILE_CHECK_BOXES);
}

static void
check_thoroughly_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  check (task, REEL_FILE_CHECK_PLAYABLE);
}

/* The task does not hold the player: one that is closed while its file is checked goes at once. */
static void
start_check (ReelPlayer *self, GTaskThreadFunc thread, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = NULL;

  self->opening = g_cancellable_new ();
  task = g_task_new (NULL, self->opening, callback, self);
  g_task_set_source_tag (task, start_check);
  g_task_set_task_data (task, g_object_ref (self->file), g_object_unref);
  g_task_run_in_thread (task, thread);
}

/* The file is fine, and still there is no picture. */
static void
on_patience_lost (gpointer data)
{
  ReelPlayer *self = data;

  self->patience_timer = 0;
  take_error (self, g_error_new_literal (REEL_ERROR, REEL_ERROR_TRUNCATED, "No frame came out of the file"));
}

static void
on_checked_thoroughly (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ReelPlayer *self = user_data;
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->opening);
  if (error == NULL)
    error = g_steal_pointer (&self->suspicion);
  if (error != NULL)
    take_error (self, g_steal_pointer (&error));
  else
    self->patience_timer = g_timeout_add_seconds_once (2 * PATIENCE_SECONDS, on_patience_lost, self);
}

static void
on_patience_over (gpointer data)
{
  ReelPlayer *self = data;

  self->patience_timer = 0;
  if (self->opening == NULL)
    start_check (self, check_thoroughly_thread, on_checked_thoroughly);
}

static void
on_failed (ReelPipeline *pipeline, GError *error, ReelPlayer *self)
{
  /* Where no frame ever came the file may be damaged, and then again there may be no decoder: the file tells. */
  if (!reel_transport_get_ready (self->transport) && g_error_matches (error, REEL_ERROR, REEL_ERROR_TRUNCATED)) {
    g_clear_handle_id (&self->patience_timer, g_source_remove);
    self->suspicion = g_error_copy (error);
    if (self->opening == NULL)
      start_check (self, check_thoroughly_thread, on_checked_thoroughly);
  } else {
    take_error (self, g_error_copy (error));
  }
}

/* At another speed sounds would have another pitch: there are none. */
static void
update_volume (ReelPlayer *self)
{
  if (self->pipeline != NULL)
    reel_pipeline_set_volume (self->pipeline, self->volume, self->muted || self->rate != 1.0);
}

/* Opens the pipeline, or opens it again where it has to be built in another way, at the same place. */
static void
open_pipeline (ReelPlayer *self)
{
  /* A machine without a working sound device still shows pictures. */
  if (self->pipeline != NULL && reel_pipeline_get_sound_failed (self->pipeline))
    self->no_sound = TRUE;
  close_pipeline (self);
  self->pipeline = reel_pipeline_new (self->file, self->audio_sink, !self->no_sound, self->scale_width);
  self->transport = reel_transport_new (self->pipeline);
  g_signal_connect_swapped (self->pipeline, "sound-failed", G_CALLBACK (open_pipeline), self);
  g_signal_connect (self->pipeline, "failed", G_CALLBACK (on_failed), self);
  g_signal_connect (self->transport, "ready", G_CALLBACK (on_ready), self);
  g_signal_connect (self->transport, "shown", G_CALLBACK (on_shown), self);
  g_signal_connect (self->transport, "moved", G_CALLBACK (on_moved), self);
  g_signal_connect (self->transport, "ended", G_CALLBACK (on_ended), self);

  update_volume (self);
  reel_transport_set_loop (self->transport, self->loop);
  reel_transport_set_rate (self->transport, self->rate);
  if (self->position > 0)
    reel_transport_seek (self->transport, self->position);
  reel_transport_set_playing (self->transport, self->playing);
  self->patience_timer = g_timeout_add_seconds_once (PATIENCE_SECONDS, on_patience_over, self);
  reel_pipeline_open (self->pipeline);
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
set_loop (ReelPlayer *self, gboolean loop)
{
  if (self->loop == loop)
    return;

  self->loop = loop;
  if (self->transport != NULL)
    reel_transport_set_loop (self->transport, loop);
  notify (self, PROP_LOOP);
}

static void
set_rate (ReelPlayer *self, double rate)
{
  if (self->rate == rate)
    return;

  self->rate = rate;
  update_volume (self);
  if (self->transport != NULL)
    reel_transport_set_rate (self->transport, rate);
  notify (self, PROP_RATE);
}

static void
set_volume (ReelPlayer *self, double volume, gboolean muted)
{
  gboolean volume_changed = self->volume != volume, muted_changed = self->muted != muted;

  self->volume = volume;
  self->muted = muted;
  update_volume (self);
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
    if (!self->playing)
      reel_transport_refresh (self->transport);
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
  case PROP_STILL:
    g_value_set_object (value, self->still);
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
  case PROP_FRAME_RATE:
    g_value_set_double (value, self->frame_rate);
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

  if (self->arriving != NULL)
    close_pipeline (self);
  g_clear_object (&self->arriving);
  g_clear_object (&self->still);
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
  properties[PROP_STILL] = g_param_spec_object ("still", NULL, NULL, GDK_TYPE_PAINTABLE, readable);
  properties[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, readable);
  properties[PROP_POSITION] = g_param_spec_int64 ("position", NULL, NULL, 0, G_MAXINT64, 0, readable);
  properties[PROP_DURATION] = g_param_spec_int64 ("duration", NULL, NULL, 0, G_MAXINT64, 0, readable);
  properties[PROP_FRAME_RATE] = g_param_spec_double ("frame-rate", NULL, NULL, 0.0, G_MAXDOUBLE, 24.0, readable);
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

  /**
   * ReelPlayer::seeked:
   *
   * Emitted when the position has become another one than playing alone makes it: by a seek, by a step, and at the start
   * of another round.
   */
  signals[SEEKED] = g_signal_new ("seeked", REEL_TYPE_PLAYER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
reel_player_init (ReelPlayer *self)
{
  self->volume = self->rate = 1.0;
  self->frame_rate = DEFAULT_FRAME_RATE;
  self->loop = TRUE;
  self->arriving = g_signal_group_new (GDK_TYPE_PAINTABLE);
  g_signal_group_connect_swapped (self->arriving, "invalidate-size", G_CALLBACK (await_picture), self);
  g_signal_group_connect_swapped (self->arriving, "invalidate-contents", G_CALLBACK (await_picture), self);
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
  if (file == NULL)
    set_still (self, NULL);
  if (self->error != NULL) {
    g_clear_error (&self->error);
    notify (self, PROP_ERROR);
  }
  g_set_object (&self->file, file);
  if (file != NULL)
    start_check (self, check_thread, on_checked);
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
 * reel_player_get_still:
 *
 * Returns: (transfer none) (nullable): what was shown last, while there is a file and its picture is still on its way
 */
GdkPaintable *
reel_player_get_still (ReelPlayer *self)
{
  g_return_val_if_fail (REEL_IS_PLAYER (self), NULL);

  return self->still;
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

  set_playing (self, FALSE);
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

  if (self->transport != NULL) {
    reel_transport_seek (self->transport, position);
    position = reel_transport_get_position (self->transport);
  }
  set_position (self, MAX (0, position));
  g_signal_emit (self, signals[SEEKED], 0);
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
  if (self->transport != NULL)
    reel_transport_step (self->transport, frames);
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

  return self->transport != NULL ? reel_transport_get_position (self->transport) : self->position;
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

/**
 * reel_player_find_frame:
 * @frame: (out): the number of the frame that is shown, or is about to be, from 0
 * @time: (out): a time in microseconds within it, for reel_frame_load_async()
 *
 * Returns: %FALSE where nothing is shown
 */
gboolean
reel_player_find_frame (ReelPlayer *self, gint64 *frame, gint64 *time)
{
  double frame_rate;

  g_return_val_if_fail (REEL_IS_PLAYER (self), FALSE);

  if (self->paintable == NULL || self->pipeline == NULL)
    return FALSE;
  if (reel_pipeline_find_frame (self->pipeline, frame, time))
    return TRUE;

  /* On the way to another one. */
  reel_pipeline_get_frame (self->pipeline, NULL, &frame_rate, NULL);
  *time = reel_player_get_position (self);
  *frame = (gint64)((double)(*time + 1) * frame_rate / G_USEC_PER_SEC);

  return TRUE;
}
