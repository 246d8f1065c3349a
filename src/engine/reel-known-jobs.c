#include "config.h"

#include "reel-known-jobs.h"

/**
 * ReelKnownJobs:
 *
 * The objects that there are of jobs, held by others: never more than one of a job.
 */
struct _ReelKnownJobs
{
  GHashTable *known;     /* id -> Known */
  GHashTable *forgotten; /* ids: what the disk still tells of one is late */
};

typedef struct
{
  ReelKnownJobs *jobs;
  ReelJob *job; /* not owned */
  char *id;
} Known;

static void
on_gone (gpointer data, GObject *where_it_was)
{
  Known *known = data;

  known->job = NULL;
  g_hash_table_remove (known->jobs->known, known->id);
}

static void
known_free (gpointer data)
{
  Known *known = data;

  if (known->job != NULL)
    g_object_weak_unref (G_OBJECT (known->job), on_gone, known);
  g_free (known->id);
  g_free (known);
}

/**
 * reel_known_jobs_new:
 *
 * Returns: (transfer full): a register without a job
 */
ReelKnownJobs *
reel_known_jobs_new (void)
{
  ReelKnownJobs *self = g_new0 (ReelKnownJobs, 1);

  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, known_free);
  self->forgotten = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

/**
 * reel_known_jobs_free:
 * @self: (transfer full): a register
 */
void
reel_known_jobs_free (ReelKnownJobs *self)
{
  g_hash_table_unref (self->known);
  g_hash_table_unref (self->forgotten);
  g_free (self);
}

/**
 * reel_known_jobs_take:
 * @record: (transfer full): what the disk says of a job, or a new one
 *
 * Gets the one object of a job. Where there is one already it stays as it is: it knows more than the disk.
 *
 * Returns: (transfer full) (nullable): the job, %NULL where it was forgotten
 */
ReelJob *
reel_known_jobs_take (ReelKnownJobs *self, ReelJobRecord *record)
{
  g_autoptr (ReelJobRecord) owned = record;
  ReelJob *job = reel_known_jobs_lookup (self, owned->id);
  Known *known;

  if (job != NULL)
    return g_object_ref (job);
  if (g_hash_table_contains (self->forgotten, owned->id))
    return NULL;

  known = g_new0 (Known, 1);
  known->jobs = self;
  known->job = job = reel_job_new (g_steal_pointer (&owned));
  known->id = g_strdup (reel_job_get_id (job));
  g_object_weak_ref (G_OBJECT (job), on_gone, known);
  g_hash_table_insert (self->known, known->id, known);

  return job;
}

/**
 * reel_known_jobs_lookup:
 * @id: our own name for a job
 *
 * Returns: (transfer none) (nullable): its object, %NULL where nobody holds one or it was forgotten
 */
ReelJob *
reel_known_jobs_lookup (ReelKnownJobs *self, const char *id)
{
  Known *known = g_hash_table_lookup (self->known, id);

  return known != NULL ? known->job : NULL;
}

/**
 * reel_known_jobs_find:
 * @func: (scope call): tells whether a job is the one
 * @data: for @func
 *
 * Returns: (transfer none) (nullable): the first job that @func takes
 */
ReelJob *
reel_known_jobs_find (ReelKnownJobs *self, ReelKnownJobsFunc func, gpointer data)
{
  GHashTableIter iter;
  Known *known;

  g_hash_table_iter_init (&iter, self->known);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&known))
    if (func (known->job, data))
      return known->job;

  return NULL;
}

/**
 * reel_known_jobs_forget:
 * @id: our own name for a job
 *
 * Forgets a job. Its object is none of a job any more, and no other one will be made.
 */
void
reel_known_jobs_forget (ReelKnownJobs *self, const char *id)
{
  g_hash_table_add (self->forgotten, g_strdup (id));
  g_hash_table_remove (self->known, id);
}
