#include "config.h"

#include "reel-running-jobs.h"

/**
 * ReelRunningJobs:
 *
 * Counts the jobs of a list to which something is still going to happen by itself, and those whose request is on its way
 * to the service at this moment.
 */
struct _ReelRunningJobs
{
  GObject parent_instance;

  GListModel *jobs;
  GHashTable *known; /* ReelJob (owned) -> Stage */
  guint n_running;
  guint n_sending;
};

G_DEFINE_FINAL_TYPE (ReelRunningJobs, reel_running_jobs, G_TYPE_OBJECT)

enum
{
  PROP_N_RUNNING = 1,
  PROP_N_SENDING,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

typedef enum
{
  STAGE_OVER,
  STAGE_RUNNING,
  STAGE_SENDING, /* running too */
} Stage;

static Stage
get_stage (ReelJob *job)
{
  const ReelJobRecord *record = reel_job_get_record (job);

  if (record->submission == REEL_SUBMISSION_SENDING)
    return STAGE_SENDING;

  return reel_job_record_is_running (record) ? STAGE_RUNNING : STAGE_OVER;
}

static void
count (ReelRunningJobs *self, Stage stage, int by)
{
  if (stage != STAGE_OVER)
    self->n_running += by;
  if (stage == STAGE_SENDING)
    self->n_sending += by;
}

static void
notify (ReelRunningJobs *self, guint old_running, guint old_sending)
{
  if (self->n_sending != old_sending)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SENDING]);
  if (self->n_running != old_running)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_RUNNING]);
}

static void
on_changed (ReelRunningJobs *self, ReelJob *job)
{
  guint old_running = self->n_running, old_sending = self->n_sending;
  Stage stage = get_stage (job);

  count (self, GPOINTER_TO_INT (g_hash_table_lookup (self->known, job)), -1);
  count (self, stage, 1);
  g_hash_table_insert (self->known, g_object_ref (job), GINT_TO_POINTER (stage));
  notify (self, old_running, old_sending);
}

static void
forget_all (ReelRunningJobs *self)
{
  GHashTableIter iter;
  gpointer job;

  g_hash_table_iter_init (&iter, self->known);
  while (g_hash_table_iter_next (&iter, &job, NULL))
    g_signal_handlers_disconnect_by_func (job, on_changed, self);
  g_hash_table_remove_all (self->known);
  self->n_running = self->n_sending = 0;
}

static void
learn (ReelRunningJobs *self, guint position, guint n)
{
  for (guint i = position; i < position + n; i++) {
    g_autoptr (ReelJob) job = g_list_model_get_item (self->jobs, i);
    Stage stage = get_stage (job);

    g_signal_connect_object (job, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
    count (self, stage, 1);
    g_hash_table_insert (self->known, g_steal_pointer (&job), GINT_TO_POINTER (stage));
  }
}

static void
on_items_changed (ReelRunningJobs *self, guint position, guint removed, guint added)
{
  guint old_running = self->n_running, old_sending = self->n_sending;

  /* A list does not say what it removed. That is rare: a job was hidden or deleted. */
  if (removed > 0) {
    forget_all (self);
    learn (self, 0, g_list_model_get_n_items (self->jobs));
  } else {
    learn (self, position, added);
  }
  notify (self, old_running, old_sending);
}

static void
reel_running_jobs_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelRunningJobs *self = REEL_RUNNING_JOBS (object);

  switch (id) {
  case PROP_N_RUNNING:
    g_value_set_uint (value, self->n_running);
    break;
  case PROP_N_SENDING:
    g_value_set_uint (value, self->n_sending);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_running_jobs_finalize (GObject *object)
{
  ReelRunningJobs *self = REEL_RUNNING_JOBS (object);

  g_hash_table_unref (self->known);
  g_object_unref (self->jobs);

  G_OBJECT_CLASS (reel_running_jobs_parent_class)->finalize (object);
}

static void
reel_running_jobs_class_init (ReelRunningJobsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = reel_running_jobs_get_property;
  object_class->finalize = reel_running_jobs_finalize;

  /**
   * ReelRunningJobs:n-running:
   *
   * How many jobs something is still going to happen to by itself.
   */
  properties[PROP_N_RUNNING] = g_param_spec_uint ("n-running", NULL, NULL, 0, G_MAXUINT, 0, flags);
  /**
   * ReelRunningJobs:n-sending:
   *
   * How many requests are on their way to the service: their answers are not known yet.
   */
  properties[PROP_N_SENDING] = g_param_spec_uint ("n-sending", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
reel_running_jobs_init (ReelRunningJobs *self)
{
  self->known = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}

/**
 * reel_running_jobs_new:
 * @jobs: (transfer none): a list of #ReelJob
 *
 * Starts to count.
 *
 * Returns: (transfer full): the counter
 */
ReelRunningJobs *
reel_running_jobs_new (GListModel *jobs)
{
  ReelRunningJobs *self = g_object_new (REEL_TYPE_RUNNING_JOBS, NULL);

  self->jobs = g_object_ref (jobs);
  g_signal_connect_object (jobs, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  learn (self, 0, g_list_model_get_n_items (jobs));

  return self;
}

/**
 * reel_running_jobs_get_n_running:
 *
 * Returns: how many jobs something is still going to happen to by itself
 */
guint
reel_running_jobs_get_n_running (ReelRunningJobs *self)
{
  g_return_val_if_fail (REEL_IS_RUNNING_JOBS (self), 0);

  return self->n_running;
}

/**
 * reel_running_jobs_get_n_sending:
 *
 * Returns: how many requests are on their way to the service
 */
guint
reel_running_jobs_get_n_sending (ReelRunningJobs *self)
{
  g_return_val_if_fail (REEL_IS_RUNNING_JOBS (self), 0);

  return self->n_sending;
}
