#include "config.h"

#include "reel-usual-times.h"

#include "reel-job-watch.h"

/* So many videos of a kind make a history, and no more than the newest of them count. */
#define MIN_SAMPLES 3
#define MAX_SAMPLES 21

/**
 * ReelUsualTimes:
 *
 * What the videos of a history took: how long a job of the same account, model, length and resolution usually takes. It
 * looks again only after another video was made.
 *
 * ReelUsualTimes::changed says that a time is known.
 */
struct _ReelUsualTimes
{
  GObject parent_instance;

  ReelEngine *engine;
  ReelJobWatch *watch;
  GCancellable *cancellable;
  GHashTable *known; /* a kind of job -> microseconds, 0 where there is no history, or it is being looked at (owned) */
};

G_DEFINE_FINAL_TYPE (ReelUsualTimes, reel_usual_times, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef struct
{
  ReelUsualTimes *times; /* owned */
  char *kind;
} Looking;

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *)a, other = *(const gint64 *)b;

  return (one > other) - (one < other);
}

/* The one in the middle: a night without a network makes no difference. */
static gint64
find_median (GArray *times)
{
  if (times->len < MIN_SAMPLES)
    return 0;

  g_array_sort (times, compare_times);

  return g_array_index (times, gint64, times->len / 2);
}

static void
on_times_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  Looking *looking = data;
  g_autoptr (ReelUsualTimes) self = looking->times;
  g_autofree char *kind = looking->kind;
  g_autoptr (GArray) times = reel_engine_list_times_finish (REEL_ENGINE (source), result, NULL);
  gint64 *known = times != NULL ? g_hash_table_lookup (self->known, kind) : NULL;

  g_free (looking);
  if (known == NULL)
    return;

  *known = find_median (times);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_state_changed (ReelUsualTimes *self, ReelJob *job)
{
  if (reel_job_get_record (job)->status == REEL_SERVICE_SUCCEEDED)
    g_hash_table_remove_all (self->known);
}

static void
reel_usual_times_dispose (GObject *object)
{
  ReelUsualTimes *self = REEL_USUAL_TIMES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->watch);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (reel_usual_times_parent_class)->dispose (object);
}

static void
reel_usual_times_finalize (GObject *object)
{
  g_hash_table_unref (REEL_USUAL_TIMES (object)->known);

  G_OBJECT_CLASS (reel_usual_times_parent_class)->finalize (object);
}

static void
reel_usual_times_class_init (ReelUsualTimesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reel_usual_times_dispose;
  G_OBJECT_CLASS (klass)->finalize = reel_usual_times_finalize;

  signals[CHANGED] =
      g_signal_new ("changed", REEL_TYPE_USUAL_TIMES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
reel_usual_times_init (ReelUsualTimes *self)
{
  self->cancellable = g_cancellable_new ();
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * reel_usual_times_new:
 * @engine: (transfer none): what has the history
 *
 * Makes what learns from a history.
 *
 * Returns: (transfer full): the times
 */
ReelUsualTimes *
reel_usual_times_new (ReelEngine *engine)
{
  ReelUsualTimes *self = g_object_new (REEL_TYPE_USUAL_TIMES, NULL);

  self->engine = g_object_ref (engine);
  self->watch = reel_job_watch_new (G_LIST_MODEL (reel_engine_get_jobs (engine)));
  g_signal_connect_object (self->watch, "state-changed", G_CALLBACK (on_state_changed), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * reel_usual_times_get:
 * @record: the record of a job
 *
 * Tells how long the service usually takes for such a job, from its acceptance to its end. Where the history has to be
 * looked at first, #ReelUsualTimes::changed follows.
 *
 * Returns: microseconds, 0 while too few such videos were made, or it is not known yet
 */
gint64
reel_usual_times_get (ReelUsualTimes *self, const ReelJobRecord *record)
{
  g_autofree char *kind = NULL;
  const gint64 *known;
  Looking *looking;

  g_return_val_if_fail (REEL_IS_USUAL_TIMES (self) && record != NULL, 0);

  kind = g_strdup_printf ("%s\n%s\n%u\n%s", record->account_id, record->model != NULL ? record->model : "",
                          record->duration, record->resolution != NULL ? record->resolution : "");
  known = g_hash_table_lookup (self->known, kind);
  if (known != NULL)
    return *known;

  g_hash_table_insert (self->known, g_strdup (kind), g_new0 (gint64, 1));
  looking = g_new0 (Looking, 1);
  looking->times = g_object_ref (self);
  looking->kind = g_steal_pointer (&kind);
  reel_engine_list_times_async (self->engine, record, MAX_SAMPLES, self->cancellable, on_times_listed, looking);

  return 0;
}
