#include "config.h"

#include "reel-comparison.h"

#include "reel-comparison-video.h"
#include "reel-error.h"

#define POSITION_INTERVAL_MS 100

/* Where a file gives neither a frame nor an error for so long, the others go on without it. */
#define PATIENCE_SECONDS 10

/* After the pictures have come to the main thread, and before GTK paints. */
#define SHOW_PRIORITY (G_PRIORITY_DEFAULT + 10)

/**
 * ReelComparison:
 *
 * Plays several videos in lock-step. All of it is on the main thread; the files are checked on others before a pipeline
 * opens them. What a pipeline cannot change while it runs - a file that fails, the video that is heard, a renderer of
 * another kind - makes a new one, and the old one stays on the screen until that has come to the same place.
 *
 * A seek or a step is `busy` until all videos have settled; of what is wanted meanwhile, only the latest is kept. Until
 * then the pictures are held: they jump together.
 */
struct _ReelComparison
{
  GObject parent_instance;

  ReelComparisonVideo videos[REEL_COMPARISON_MAX];
  guint n_videos;
  guint n_checks;
  char *audio_sink;
  GCancellable *checking;
  ReelComparisonPipeline *pipeline;
  ReelComparisonPipeline *shown; /* what paints: the pipeline, or the one before it */

  gint64 position;
  gint64 duration;
  gint64 wanted_position;
  int wanted_steps;
  guint position_timer;
  guint patience_timer;
  guint show_source;
  guint scale_width;
  guint heard;
  double rate;
  gboolean loop;
  gboolean muted;
  gboolean playing;
  gboolean no_sound;
  gboolean opened;
  gboolean busy;
  gboolean stepped;
  gboolean ended;
};

G_DEFINE_FINAL_TYPE (ReelComparison, reel_comparison, G_TYPE_OBJECT)

enum
{
  PROP_PLAYING = 1,
  PROP_POSITION,
  PROP_DURATION,
  PROP_LOOP,
  PROP_MUTED,
  PROP_HEARD,
  PROP_RATE,
  PROP_SCALE_WIDTH,
  PROP_AUDIO_SINK,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void open_pipeline (ReelComparison *self);

static void
notify (ReelComparison *self, int property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_position (ReelComparison *self, gint64 position)
{
  position = CLAMP (position, 0, self->duration > 0 ? self->duration : G_MAXINT64);
  if (self->position == position)
    return;

  self->position = position;
  notify (self, PROP_POSITION);
}

static void
set_duration (ReelComparison *self, gint64 duration)
{
  if (self->duration == duration)
    return;

  self->duration = duration;
  notify (self, PROP_DURATION);
}

static gboolean
on_position_due (gpointer data)
{
  ReelComparison *self = data;

  set_position (self, reel_comparison_get_position (self));

  return G_SOURCE_CONTINUE;
}

/* The timer exists exactly while there is something to tell. */
static void
update_timer (ReelComparison *self)
{
  gboolean needed = self->playing && self->pipeline != NULL && !self->busy;

  if (needed && self->position_timer == 0)
    self->position_timer = g_timeout_add (POSITION_INTERVAL_MS, on_position_due, self);
  else if (!needed)
    g_clear_handle_id (&self->position_timer, g_source_remove);
}

static void
set_playing (ReelComparison *self, gboolean playing)
{
  if (self->playing == playing)
    return;

  self->playing = playing;
  update_timer (self);
  notify (self, PROP_PLAYING);
}

static void
close_one (ReelComparison *self, ReelComparisonPipeline **pipeline)
{
  if (*pipeline == NULL)
    return;

  g_signal_handlers_disconnect_by_data (*pipeline, self);
  reel_comparison_pipeline_close (*pipeline);
  g_clear_object (pipeline);
}

static void
hold_pictures (ReelComparison *self)
{
  for (guint i = 0; i < self->n_videos; i++)
    reel_held_picture_hold (self->videos[i].picture);
}

static void
release_pictures (ReelComparison *self)
{
  for (guint i = 0; i < self->n_videos; i++)
    reel_held_picture_release (self->videos[i].picture);
}

/* A video without a picture shows its error, or nothing. */
static void
set_source (ReelComparison *self, guint index, GdkPaintable *source)
{
  if (reel_comparison_video_set_source (&self->videos[index], source) || self->videos[index].error != NULL)
    g_signal_emit (self, signals[CHANGED], 0, index);
}

static void
close_pipelines (ReelComparison *self)
{
  g_clear_handle_id (&self->patience_timer, g_source_remove);
  g_clear_handle_id (&self->show_source, g_source_remove);
  /* The pictures go before the sinks that paint them. */
  for (guint i = 0; i < self->n_videos; i++)
    set_source (self, i, NULL);
  if (self->shown == self->pipeline)
    g_clear_object (&self->shown);
  close_one (self, &self->shown);
  close_one (self, &self->pipeline);
  update_timer (self);
}

/* The number of the last frame. A sound that is a little longer, as its frames do not fit, makes no further one. */
static gint64
get_last_frame (ReelComparison *self)
{
  double frame_rate = reel_comparison_pipeline_get_frame_rate (self->pipeline);

  return MAX (0, (gint64)((double)self->duration * frame_rate / G_USEC_PER_SEC + 0.05) - 1);
}

static void
start_seek (ReelComparison *self, gint64 position)
{
  double frame_rate = reel_comparison_pipeline_get_frame_rate (self->pipeline);
  gint64 frame = (gint64)((double)(position + 1) * frame_rate / G_USEC_PER_SEC);

  self->busy = TRUE;
  self->stepped = self->ended = FALSE;
  update_timer (self);
  hold_pictures (self);
  /* Well into the frame: two files round the time of its edge in different ways. */
  frame = CLAMP (frame, 0, get_last_frame (self));
  reel_comparison_pipeline_seek (self->pipeline, (gint64)(((double)frame + 0.25) * G_USEC_PER_SEC / frame_rate),
                                 self->rate);
}

static void
start_steps (ReelComparison *self)
{
  double frame_rate = reel_comparison_pipeline_get_frame_rate (self->pipeline);
  gint64 frame = (gint64)((double)(self->position + 1) * frame_rate / G_USEC_PER_SEC);
  gint64 last = get_last_frame (self);
  int steps = self->wanted_steps > 0 ? 1 : self->wanted_steps;
  gint64 target;

  frame = MIN (frame, last);
  hold_pictures (self);
  if (steps > 0 && frame < last && reel_comparison_pipeline_step (self->pipeline)) {
    self->busy = self->stepped = TRUE;
    self->wanted_steps--;
    target = frame + 1;
  } else {
    target = CLAMP (frame + self->wanted_steps, 0, last);
    self->wanted_steps = 0;
  }
  set_position (self, (gint64)(((double)target + 0.01) * G_USEC_PER_SEC / frame_rate));
  if (!self->busy && target != frame)
    start_seek (self, self->position);
  if (!self->busy)
    release_pictures (self);
}

/* Does what was wanted while the pipeline was busy. */
static void
go_on (ReelComparison *self)
{
  if (self->pipeline == NULL || self->busy)
    return;

  if (self->wanted_position >= 0) {
    gint64 position = self->wanted_position;

    self->wanted_position = -1;
    start_seek (self, position);
  } else if (self->wanted_steps != 0) {
    start_steps (self);
  } else if (self->playing) {
    reel_comparison_pipeline_set_playing (self->pipeline, TRUE);
  }
  update_timer (self);
}

/* From now on the pipeline is the one that is seen. */
static void
show_pipeline (ReelComparison *self)
{
  g_autoptr (ReelComparisonPipeline) old = NULL;

  if (self->shown == self->pipeline)
    return;

  old = g_steal_pointer (&self->shown);
  self->shown = g_object_ref (self->pipeline);
  for (guint i = 0; i < self->n_videos; i++) {
    if (self->videos[i].error == NULL)
      set_source (self, i, reel_comparison_pipeline_get_paintable (self->pipeline, i));
  }
  close_one (self, &old);
}

static void
read_tracks (ReelComparison *self)
{
  gint64 duration = 0;

  for (guint i = 0; i < self->n_videos; i++)
    duration = MAX (duration, reel_comparison_video_read_track (&self->videos[i], self->pipeline, i));
  set_duration (self, duration);
}

static gboolean
on_show_due (gpointer data)
{
  ReelComparison *self = data;
  gboolean passing = FALSE;

  self->show_source = 0;
  self->busy = FALSE;
  if (!self->opened) {
    self->opened = TRUE;
    g_clear_handle_id (&self->patience_timer, g_source_remove);
    read_tracks (self);
    set_position (self, self->position);
    if (self->wanted_position < 0 && (self->position > 0 || self->rate != 1.0))
      self->wanted_position = self->position;
    /* Frames somewhere else are on their way, and those at the start must not flash. */
    passing = self->wanted_position > 0;
  }
  if (!passing) {
    show_pipeline (self);
    release_pictures (self);
  }
  go_on (self);

  return G_SOURCE_REMOVE;
}

static void
on_settled (ReelComparison *self)
{
  if (self->busy && self->show_source == 0)
    self->show_source = g_idle_add_full (SHOW_PRIORITY, on_show_due, self, NULL);
}

static void
on_ended (ReelComparison *self)
{
  if (self->busy || !self->playing)
    return;

  if (self->loop) {
    set_position (self, 0);
    start_seek (self, 0);
    return;
  }

  self->ended = TRUE;
  reel_comparison_pipeline_set_playing (self->pipeline, FALSE);
  set_playing (self, FALSE);
  set_position (self, self->duration);
}

static void
take_error (ReelComparison *self, guint index, GError *error)
{
  g_clear_error (&self->videos[index].error);
  self->videos[index].error = error;
  set_source (self, index, NULL);
}

static void
on_failed (ReelComparisonPipeline *pipeline, guint index, const GError *error, ReelComparison *self)
{
  take_error (self, index, g_error_copy (error));
  open_pipeline (self);
}

/* A machine without a working sound device still shows pictures. */
static void
on_sound_failed (ReelComparison *self)
{
  self->no_sound = TRUE;
  open_pipeline (self);
}

static void
on_patience_over (gpointer data)
{
  ReelComparison *self = data;
  gboolean lost = FALSE;

  self->patience_timer = 0;
  for (guint i = 0; i < self->n_videos; i++) {
    if (self->videos[i].error == NULL && !reel_comparison_pipeline_has_begun (self->pipeline, i)) {
      take_error (self, i, g_error_new_literal (REEL_ERROR, REEL_ERROR_TRUNCATED, "No frame came out of the file"));
      lost = TRUE;
    }
  }
  if (lost)
    open_pipeline (self);
  else
    self->patience_timer = g_timeout_add_seconds_once (PATIENCE_SECONDS, on_patience_over, self);
}

/* Opens what can be opened, at the place where it is; what is on the screen stays until then. */
static void
open_pipeline (ReelComparison *self)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  guint n = 0;

  for (guint i = 0; i < self->n_videos; i++) {
    g_ptr_array_add (files, self->videos[i].error == NULL ? self->videos[i].file : NULL);
    n += self->videos[i].error == NULL;
  }
  if (n == 0) {
    close_pipelines (self);
    set_playing (self, FALSE);
    return;
  }

  if (self->pipeline != NULL && self->pipeline == self->shown) {
    /* It stays on the screen, and stands still. */
    if (self->opened && !self->busy && self->playing)
      set_position (self, reel_comparison_get_position (self));
    reel_comparison_pipeline_set_playing (self->pipeline, FALSE);
    g_signal_handlers_disconnect_by_data (self->pipeline, self);
    g_clear_object (&self->pipeline);
  } else {
    close_one (self, &self->pipeline);
  }

  self->opened = self->stepped = FALSE;
  self->busy = TRUE;
  g_clear_handle_id (&self->show_source, g_source_remove);
  hold_pictures (self);
  self->pipeline =
      reel_comparison_pipeline_new (files, self->no_sound ? -1 : (int)self->heard,
                                    self->audio_sink != NULL ? self->audio_sink : "autoaudiosink", self->scale_width);
  g_signal_connect_swapped (self->pipeline, "settled", G_CALLBACK (on_settled), self);
  g_signal_connect_swapped (self->pipeline, "ended", G_CALLBACK (on_ended), self);
  g_signal_connect_swapped (self->pipeline, "sound-failed", G_CALLBACK (on_sound_failed), self);
  g_signal_connect (self->pipeline, "failed", G_CALLBACK (on_failed), self);
  reel_comparison_pipeline_set_muted (self->pipeline, self->muted);
  g_clear_handle_id (&self->patience_timer, g_source_remove);
  self->patience_timer = g_timeout_add_seconds_once (PATIENCE_SECONDS, on_patience_over, self);
  update_timer (self);
  reel_comparison_pipeline_open (self->pipeline);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ReelComparison *self = user_data;
  g_autoptr (GError) error = NULL;
  GFile *file = g_task_get_task_data (G_TASK (result));

  reel_comparison_video_check_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->n_checks--;
  for (guint i = 0; i < self->n_videos && error != NULL; i++) {
    if (self->videos[i].file == file && self->videos[i].error == NULL)
      take_error (self, i, g_steal_pointer (&error));
  }
  if (self->n_checks == 0)
    open_pipeline (self);
}

static void
set_rate (ReelComparison *self, double rate)
{
  if (self->rate == rate)
    return;

  self->rate = rate;
  if (self->pipeline != NULL && !self->ended)
    reel_comparison_seek (self, reel_comparison_get_position (self));
  notify (self, PROP_RATE);
}

static void
set_muted (ReelComparison *self, gboolean muted)
{
  if (self->muted == muted)
    return;

  self->muted = muted;
  if (self->pipeline != NULL)
    reel_comparison_pipeline_set_muted (self->pipeline, muted);
  notify (self, PROP_MUTED);
}

static void
set_scale_width (ReelComparison *self, guint scale_width)
{
  gboolean rebuild = (self->scale_width > 0) != (scale_width > 0);

  if (self->scale_width == scale_width)
    return;

  self->scale_width = scale_width;
  if (self->pipeline != NULL && rebuild) {
    open_pipeline (self);
  } else if (self->pipeline != NULL) {
    reel_comparison_pipeline_set_scale_width (self->pipeline, scale_width);
    /* A picture that stands still gets its new size from a new frame. */
    if (!self->playing && !self->ended)
      reel_comparison_seek (self, self->position);
  }
  notify (self, PROP_SCALE_WIDTH);
}

static void
reel_comparison_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelComparison *self = REEL_COMPARISON (object);

  switch (id) {
  case PROP_PLAYING:
    g_value_set_boolean (value, self->playing);
    break;
  case PROP_POSITION:
    g_value_set_int64 (value, reel_comparison_get_position (self));
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
  case PROP_HEARD:
    g_value_set_uint (value, self->heard);
    break;
  case PROP_RATE:
    g_value_set_double (value, self->rate);
    break;
  case PROP_SCALE_WIDTH:
    g_value_set_uint (value, self->scale_width);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_comparison_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ReelComparison *self = REEL_COMPARISON (object);

  switch (id) {
  case PROP_LOOP:
    if (self->loop != g_value_get_boolean (value)) {
      self->loop = g_value_get_boolean (value);
      notify (self, PROP_LOOP);
    }
    break;
  case PROP_MUTED:
    set_muted (self, g_value_get_boolean (value));
    break;
  case PROP_HEARD:
    reel_comparison_set_heard (self, g_value_get_uint (value));
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
reel_comparison_dispose (GObject *object)
{
  reel_comparison_close (REEL_COMPARISON (object));

  G_OBJECT_CLASS (reel_comparison_parent_class)->dispose (object);
}

static void
reel_comparison_finalize (GObject *object)
{
  ReelComparison *self = REEL_COMPARISON (object);

  for (guint i = 0; i < self->n_videos; i++)
    reel_comparison_video_clear (&self->videos[i]);
  g_clear_object (&self->checking);
  g_free (self->audio_sink);

  G_OBJECT_CLASS (reel_comparison_parent_class)->finalize (object);
}

static void
reel_comparison_class_init (ReelComparisonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags writable = readable | G_PARAM_WRITABLE;

  object_class->get_property = reel_comparison_get_property;
  object_class->set_property = reel_comparison_set_property;
  object_class->dispose = reel_comparison_dispose;
  object_class->finalize = reel_comparison_finalize;

  properties[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, readable);
  properties[PROP_POSITION] = g_param_spec_int64 ("position", NULL, NULL, 0, G_MAXINT64, 0, readable);
  properties[PROP_DURATION] = g_param_spec_int64 ("duration", NULL, NULL, 0, G_MAXINT64, 0, readable);
  properties[PROP_LOOP] = g_param_spec_boolean ("loop", NULL, NULL, TRUE, writable);
  properties[PROP_MUTED] = g_param_spec_boolean ("muted", NULL, NULL, FALSE, writable);
  properties[PROP_HEARD] = g_param_spec_uint ("heard", NULL, NULL, 0, REEL_COMPARISON_MAX - 1, 0, writable);
  properties[PROP_RATE] = g_param_spec_double ("rate", NULL, NULL, 0.25, 2.0, 1.0, writable);
  properties[PROP_SCALE_WIDTH] = g_param_spec_uint ("scale-width", NULL, NULL, 0, G_MAXINT, 0, writable);
  properties[PROP_AUDIO_SINK] = g_param_spec_string (
      "audio-sink", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", REEL_TYPE_COMPARISON, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                   1, G_TYPE_UINT);
}

static void
reel_comparison_init (ReelComparison *self)
{
  self->checking = g_cancellable_new ();
  self->wanted_position = -1;
  self->rate = 1.0;
  self->loop = TRUE;
  self->busy = TRUE;
}

/**
 * reel_comparison_new:
 *
 * Makes a comparison of nothing yet.
 *
 * Returns: (transfer full): the comparison
 */
ReelComparison *
reel_comparison_new (void)
{
  return g_object_new (REEL_TYPE_COMPARISON, NULL);
}

/**
 * reel_comparison_open:
 * @files: (element-type GFile): local files, at most %REEL_COMPARISON_MAX; %NULL for a video that has none any more
 *
 * Opens the videos, once, and shows the first frame of each, paused. One that cannot be played gets an error, and the
 * others go on without it.
 */
void
reel_comparison_open (ReelComparison *self, GPtrArray *files)
{
  g_return_if_fail (REEL_IS_COMPARISON (self) && self->n_videos == 0 && files->len <= REEL_COMPARISON_MAX);

  self->n_videos = files->len;
  for (guint i = 0; i < files->len; i++) {
    reel_comparison_video_init (&self->videos[i], files->pdata[i]);
    if (files->pdata[i] == NULL)
      continue;
    /* The check does not hold the comparison: one that is closed meanwhile goes at once. */
    self->n_checks++;
    reel_comparison_video_check_async (&self->videos[i], self->checking, on_checked, self);
  }
}

/**
 * reel_comparison_close:
 *
 * Stops everything, for good. The pictures go away.
 */
void
reel_comparison_close (ReelComparison *self)
{
  g_return_if_fail (REEL_IS_COMPARISON (self));

  g_cancellable_cancel (self->checking);
  close_pipelines (self);
  set_playing (self, FALSE);
}

/**
 * reel_comparison_get_n_videos:
 *
 * Returns: how many videos there are, with those that cannot be played
 */
guint
reel_comparison_get_n_videos (ReelComparison *self)
{
  g_return_val_if_fail (REEL_IS_COMPARISON (self), 0);

  return self->n_videos;
}

/**
 * reel_comparison_get_paintable:
 * @index: the number of a video
 *
 * Returns: (transfer none) (nullable): its picture, %NULL while there is nothing to show
 */
GdkPaintable *
reel_comparison_get_paintable (ReelComparison *self, guint index)
{
  g_return_val_if_fail (REEL_IS_COMPARISON (self) && index < self->n_videos, NULL);

  if (reel_held_picture_get_source (self->videos[index].picture) == NULL)
    return NULL;

  return GDK_PAINTABLE (self->videos[index].picture);
}

/**
 * reel_comparison_get_error:
 * @index: the number of a video
 *
 * Returns: (nullable): why it cannot be played: %REEL_ERROR_NOT_A_VIDEO, _TRUNCATED, _MISSING_DECODER or _FILE
 */
const GError *
reel_comparison_get_error (ReelComparison *self, guint index)
{
  g_return_val_if_fail (REEL_IS_COMPARISON (self) && index < self->n_videos, NULL);

  return self->videos[index].error;
}

/**
 * reel_comparison_get_track:
 * @index: the number of a video
 *
 * Returns: (nullable): what it is like, %NULL until it was opened
 */
const ReelComparisonTrack *
reel_comparison_get_track (ReelComparison *self, guint index)
{
  g_return_val_if_fail (REEL_IS_COMPARISON (self) && index < self->n_videos, NULL);

  return self->videos[index].opened ? &self->videos[index].track : NULL;
}

/**
 * reel_comparison_play:
 *
 * Plays from here on; from the start where the end was reached.
 */
void
reel_comparison_play (ReelComparison *self)
{
  g_return_if_fail (REEL_IS_COMPARISON (self));

  if (self->playing || g_cancellable_is_cancelled (self->checking))
    return;

  set_playing (self, TRUE);
  if (self->pipeline == NULL)
    return;
  /* Only the pictures were stepped: a seek brings the sound to the same place. */
  if (self->ended || self->stepped)
    reel_comparison_seek (self, self->ended ? 0 : self->position);
  else
    go_on (self);
}

/**
 * reel_comparison_pause:
 *
 * Stands still, with all videos at the same frame.
 */
void
reel_comparison_pause (ReelComparison *self)
{
  gint64 next;

  g_return_if_fail (REEL_IS_COMPARISON (self));

  if (!self->playing)
    return;

  /* Paused, each shows the frame that it was waiting to show: all go to that one. */
  next = self->busy || self->pipeline == NULL ? 0 : reel_comparison_pipeline_find_next_frame (self->pipeline);
  set_playing (self, FALSE);
  if (self->pipeline != NULL && !self->busy)
    reel_comparison_seek (self, next >= 0 ? next + 1000 : self->duration);
}

/**
 * reel_comparison_get_playing:
 *
 * Returns: whether time goes on
 */
gboolean
reel_comparison_get_playing (ReelComparison *self)
{
  g_return_val_if_fail (REEL_IS_COMPARISON (self), FALSE);

  return self->playing;
}

/**
 * reel_comparison_seek:
 * @position: in microseconds
 *
 * Goes to the frames at exactly that time; a video that has ended by then stays at its last one.
 */
void
reel_comparison_seek (ReelComparison *self, gint64 position)
{
  g_return_if_fail (REEL_IS_COMPARISON (self));

  position = CLAMP (position, 0, self->duration > 0 ? self->duration : G_MAXINT64);
  self->wanted_position = position;
  self->wanted_steps = 0;
  set_position (self, position);
  go_on (self);
}

/**
 * reel_comparison_step:
 * @frames: how many frames of the video with the most of them, back where negative
 *
 * Pauses, and shows other frames.
 */
void
reel_comparison_step (ReelComparison *self, int frames)
{
  g_return_if_fail (REEL_IS_COMPARISON (self));

  reel_comparison_pause (self);
  self->wanted_steps += frames;
  go_on (self);
}

/**
 * reel_comparison_get_position:
 *
 * Returns: the time of the frames that are shown, or are about to be, in microseconds
 */
gint64
reel_comparison_get_position (ReelComparison *self)
{
  gint64 position = -1;

  g_return_val_if_fail (REEL_IS_COMPARISON (self), 0);

  if (self->playing && self->pipeline != NULL && !self->busy)
    position = reel_comparison_pipeline_query_position (self->pipeline);

  return position >= 0 ? MIN (position, self->duration) : self->position;
}

/**
 * reel_comparison_get_duration:
 *
 * Returns: how long the longest video is in microseconds, 0 until that is known
 */
gint64
reel_comparison_get_duration (ReelComparison *self)
{
  g_return_val_if_fail (REEL_IS_COMPARISON (self), 0);

  return self->duration;
}

/**
 * reel_comparison_get_settled:
 *
 * Returns: whether everything that was asked for is on the screen, or about to be painted
 */
gboolean
reel_comparison_get_settled (ReelComparison *self)
{
  g_return_val_if_fail (REEL_IS_COMPARISON (self), FALSE);

  return self->pipeline != NULL && self->pipeline == self->shown && !self->busy;
}

/**
 * reel_comparison_get_heard:
 *
 * Returns: the number of the video that is heard
 */
guint
reel_comparison_get_heard (ReelComparison *self)
{
  g_return_val_if_fail (REEL_IS_COMPARISON (self), 0);

  return self->heard;
}

/**
 * reel_comparison_set_heard:
 * @index: the number of a video
 *
 * Chooses the video that is heard.
 */
void
reel_comparison_set_heard (ReelComparison *self, guint index)
{
  g_return_if_fail (REEL_IS_COMPARISON (self) && index < REEL_COMPARISON_MAX);

  if (self->heard == index)
    return;

  self->heard = index;
  if (self->pipeline != NULL && !self->no_sound)
    open_pipeline (self);
  notify (self, PROP_HEARD);
}
