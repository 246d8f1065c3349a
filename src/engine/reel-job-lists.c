#include "config.h"

#include "reel-job-lists.h"

static void
set_listed (ReelJobList *list, ReelJob *job, gboolean listed)
{
  if (!listed)
    reel_job_list_remove (list, job);
  else if (reel_job_list_lookup (list, reel_job_get_id (job)) == NULL)
    reel_job_list_add (list, job);
}

/**
 * reel_job_lists_init:
 *
 * Makes the lists, empty.
 */
void
reel_job_lists_init (ReelJobLists *self)
{
  self->shown = reel_job_list_new ();
  self->watched = reel_job_list_new ();
}

/**
 * reel_job_lists_clear:
 *
 * Lets go of the lists.
 */
void
reel_job_lists_clear (ReelJobLists *self)
{
  g_clear_object (&self->shown);
  g_clear_object (&self->watched);
}

/**
 * reel_job_lists_add_all:
 * @jobs: (element-type ReelJob): jobs of earlier runs, hidden ones too
 *
 * Adds many jobs with one change of each list.
 */
void
reel_job_lists_add_all (ReelJobLists *self, GPtrArray *jobs)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();

  for (guint i = 0; i < jobs->len; i++)
    if (!reel_job_get_record (jobs->pdata[i])->hidden)
      g_ptr_array_add (shown, jobs->pdata[i]);

  reel_job_list_add_all (self->watched, jobs);
  reel_job_list_add_all (self->shown, shown);
}

/**
 * reel_job_lists_place:
 * @job: a job
 * @watched: whether something may still happen to it, or did in this run
 * @shown: whether it is in sight
 *
 * Puts a job into the lists that it belongs to, and takes it out of the others.
 */
void
reel_job_lists_place (ReelJobLists *self, ReelJob *job, gboolean watched, gboolean shown)
{
  set_listed (self->watched, job, watched);
  set_listed (self->shown, job, watched && shown);
}
