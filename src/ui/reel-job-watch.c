#include "config.h"

#include "reel-job-watch.h"

/**
 * ReelJobWatch:
 *
 * Tells when the state of any job of a list changes: list models only tell of jobs that come and go.
 */
struct _ReelJobWatch
{
  GObject parent_instance;

  GListModel *jobs;
};

G_DEFINE_FINAL_TYPE (ReelJobWatch, reel_job_watch, G_TYPE_OBJECT)

enum
{
  STATE_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_state (ReelJobWatch *self, GParamSpec *pspec, ReelJob *job)
{
  g_signal_emit (self, signals[STATE_CHANGED], 0, job);
}

static void
on_items_changed (ReelJobWatch *self, guint position, guint removed, guint added, GListModel *jobs)
{
  for (guint i = position; i < position + added; i++) {
    g_autoptr (ReelJob) job = g_list_model_get_item (jobs, i);

    /* A job that comes back, or whose neighbours came, is watched already. */
    g_signal_handlers_disconnect_by_func (job, on_state, self);
    g_signal_connect_object (job, "notify::state", G_CALLBACK (on_state), self, G_CONNECT_SWAPPED);
  }
}

static void
reel_job_watch_dispose (GObject *object)
{
  g_clear_object (&REEL_JOB_WATCH (object)->jobs);

  G_OBJECT_CLASS (reel_job_watch_parent_class)->dispose (object);
}

static void
reel_job_watch_class_init (ReelJobWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reel_job_watch_dispose;

  /**
   * ReelJobWatch::state-changed:
   * @job: the job
   *
   * Emitted after the state of a job has changed.
   */
  signals[STATE_CHANGED] = g_signal_new ("state-changed", REEL_TYPE_JOB_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, REEL_TYPE_JOB);
}

static void
reel_job_watch_init (ReelJobWatch *self)
{
}

/**
 * reel_job_watch_new:
 * @jobs: (transfer none): a list of #ReelJob
 *
 * Starts to watch.
 *
 * Returns: (transfer full): the watch
 */
ReelJobWatch *
reel_job_watch_new (GListModel *jobs)
{
  ReelJobWatch *self = g_object_new (REEL_TYPE_JOB_WATCH, NULL);

  self->jobs = g_object_ref (jobs);
  g_signal_connect_object (jobs, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  on_items_changed (self, 0, 0, g_list_model_get_n_items (jobs), jobs);

  return self;
}
