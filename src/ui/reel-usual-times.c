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
 */
struct _ReelUsualTimes
{
  GObject parent_instance;

  GListModel *jobs;
  ReelJobWatch *watch; /* NULL until somebody asks */
  GHashTable *known;   /* a kind of job -> microseconds, 0 where there is no history (owned) */
};

G_DEFINE_FINAL_TYPE (ReelUsualTimes, reel_usual_times, G_TYPE_OBJECT)

static gboolean
is_same_kind (const ReelJobRecord *one, const ReelJobRecord *other)
{
  return one->duration == other->duration && g_strcmp0 (one->account_id, other->account_id) == 0 &&
         g_strcmp0 (one->model, other->model) == 0 && g_strcmp0 (one->resolution, other->resolution) == 0;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *)a, other = *(const gint64 *)b;

  return (one > other) - (one < other);
}

/* The one in the middle: a night without a network makes no difference. */
static gint64
find_median (ReelUsualTimes *self, const ReelJobRecord *record)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint n = g_list_model_get_n_items (self->jobs);

  for (guint i = 0; i < n && times->len < MAX_SAMPLES; i++) {
    g_autoptr (ReelJob) job = g_list_model_get_item (self->jobs, i);
    const ReelJobRecord *other = reel_job_get_record (job);
    gint64 time = other->finished_at - other->accepted_at;

    if (other->status == REEL_SERVICE_SUCCEEDED && other->accepted_at > 0 && time > 0 && is_same_kind (record, other))
      g_array_append_val (times, time);
  }

  if (times->len < MIN_SAMPLES)
    return 0;

  g_array_sort (times, compare_times);

  return g_array_index (times, gint64, times->len / 2);
}

static void
on_state_changed (ReelUsualTimes *self, ReelJob *job)
{
  if (reel_job_get_record (job)->status == REEL_SERVICE_SUCCEEDED)
    g_hash_table_remove_all (self->known);
}

static void
on_jobs_changed (ReelUsualTimes *self)
{
  g_hash_table_remove_all (self->known);
}

static void
reel_usual_times_dispose (GObject *object)
{
  ReelUsualTimes *self = REEL_USUAL_TIMES (object);

  g_clear_object (&self->watch);
  g_clear_object (&self->jobs);
  g_clear_pointer (&self->known, g_hash_table_unref);

  G_OBJECT_CLASS (reel_usual_times_parent_class)->dispose (object);
}

static void
reel_usual_times_class_init (ReelUsualTimesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reel_usual_times_dispose;
}

static void
reel_usual_times_init (ReelUsualTimes *self)
{
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * reel_usual_times_new:
 * @jobs: (transfer none): the history, the newest first
 *
 * Makes what learns from a history.
 *
 * Returns: (transfer full): the times
 */
ReelUsualTimes *
reel_usual_times_new (GListModel *jobs)
{
  ReelUsualTimes *self = g_object_new (REEL_TYPE_USUAL_TIMES, NULL);

  self->jobs = g_object_ref (jobs);
  g_signal_connect_object (jobs, "items-changed", G_CALLBACK (on_jobs_changed), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * reel_usual_times_get:
 * @record: the record of a job
 *
 * Tells how long the service usually takes for such a job, from its acceptance to its end.
 *
 * Returns: microseconds, 0 while too few such videos were made
 */
gint64
reel_usual_times_get (ReelUsualTimes *self, const ReelJobRecord *record)
{
  g_autofree char *kind = NULL;
  gint64 *known;

  g_return_val_if_fail (REEL_IS_USUAL_TIMES (self) && record != NULL, 0);

  /* To watch ten thousand jobs takes its time: a start whose history is at rest need not. */
  if (self->watch == NULL) {
    self->watch = reel_job_watch_new (self->jobs);
    g_signal_connect_object (self->watch, "state-changed", G_CALLBACK (on_state_changed), self, G_CONNECT_SWAPPED);
  }

  kind = g_strdup_printf ("%s\n%s\n%u\n%s", record->account_id, record->model != NULL ? record->model : "",
                          record->duration, record->resolution != NULL ? record->resolution : "");
  known = g_hash_table_lookup (self->known, kind);
  if (known == NULL) {
    known = g_new (gint64, 1);
    *known = find_median (self, record);
    g_hash_table_insert (self->known, g_steal_pointer (&kind), known);
  }

  return *known;
}
