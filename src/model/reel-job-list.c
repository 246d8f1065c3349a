#include "config.h"

#include "reel-job-list.h"

/**
 * ReelJobList:
 *
 * The history: a #GListModel of #ReelJob, the newest first.
 */
struct _ReelJobList
{
  GObject parent_instance;

  GSequence *jobs;   /* ReelJob, newest first */
  GHashTable *by_id; /* id -> GSequenceIter */
};

static GType
get_item_type (GListModel *list)
{
  return REEL_TYPE_JOB;
}

static guint
get_n_items (GListModel *list)
{
  return g_sequence_get_length (REEL_JOB_LIST (list)->jobs);
}

static gpointer
get_item (GListModel *list, guint position)
{
  GSequenceIter *iter = g_sequence_get_iter_at_pos (REEL_JOB_LIST (list)->jobs, position);

  return g_sequence_iter_is_end (iter) ? NULL : g_object_ref (g_sequence_get (iter));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ReelJobList,
                               reel_job_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static int
compare_newest_first (gconstpointer a, gconstpointer b, gpointer data)
{
  const ReelJobRecord *one = reel_job_get_record ((ReelJob *)a), *other = reel_job_get_record ((ReelJob *)b);

  if (one->created_at != other->created_at)
    return one->created_at > other->created_at ? -1 : 1;

  return g_strcmp0 (one->id, other->id);
}

static GSequenceIter *
insert (ReelJobList *self, ReelJob *job)
{
  GSequenceIter *iter = g_sequence_insert_sorted (self->jobs, g_object_ref (job), compare_newest_first, NULL);

  g_hash_table_insert (self->by_id, g_strdup (reel_job_get_id (job)), iter);

  return iter;
}

static void
reel_job_list_finalize (GObject *object)
{
  ReelJobList *self = REEL_JOB_LIST (object);

  g_hash_table_unref (self->by_id);
  g_sequence_free (self->jobs);

  G_OBJECT_CLASS (reel_job_list_parent_class)->finalize (object);
}

static void
reel_job_list_class_init (ReelJobListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reel_job_list_finalize;
}

static void
reel_job_list_init (ReelJobList *self)
{
  self->jobs = g_sequence_new (g_object_unref);
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * reel_job_list_new:
 *
 * Makes an empty history.
 *
 * Returns: (transfer full): the list
 */
ReelJobList *
reel_job_list_new (void)
{
  return g_object_new (REEL_TYPE_JOB_LIST, NULL);
}

/**
 * reel_job_list_add:
 * @job: (transfer none): a job that is not in the list
 *
 * Adds a job at its place.
 */
void
reel_job_list_add (ReelJobList *self, ReelJob *job)
{
  GSequenceIter *iter;

  g_return_if_fail (REEL_IS_JOB_LIST (self) && REEL_IS_JOB (job));
  g_return_if_fail (!g_hash_table_contains (self->by_id, reel_job_get_id (job)));

  iter = insert (self, job);
  g_list_model_items_changed (G_LIST_MODEL (self), g_sequence_iter_get_position (iter), 0, 1);
}

/**
 * reel_job_list_add_all:
 * @jobs: (element-type ReelJob): jobs that are not in the list
 *
 * Adds many jobs with one change; meant for the start, when the list is empty.
 */
void
reel_job_list_add_all (ReelJobList *self, GPtrArray *jobs)
{
  guint before;

  g_return_if_fail (REEL_IS_JOB_LIST (self) && jobs != NULL);

  before = g_sequence_get_length (self->jobs);
  for (guint i = 0; i < jobs->len; i++)
    insert (self, jobs->pdata[i]);

  if (jobs->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, before, before + jobs->len);
}

/**
 * reel_job_list_remove:
 * @job: a job, in the list or not
 *
 * Takes a job out of the list.
 */
void
reel_job_list_remove (ReelJobList *self, ReelJob *job)
{
  GSequenceIter *iter;
  guint position;

  g_return_if_fail (REEL_IS_JOB_LIST (self) && REEL_IS_JOB (job));

  iter = g_hash_table_lookup (self->by_id, reel_job_get_id (job));
  if (iter == NULL)
    return;

  position = g_sequence_iter_get_position (iter);
  g_hash_table_remove (self->by_id, reel_job_get_id (job));
  g_sequence_remove (iter);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/**
 * reel_job_list_lookup:
 * @id: (nullable): our own name for a job
 *
 * Returns: (transfer none) (nullable): the job
 */
ReelJob *
reel_job_list_lookup (ReelJobList *self, const char *id)
{
  GSequenceIter *iter;

  g_return_val_if_fail (REEL_IS_JOB_LIST (self), NULL);

  iter = id != NULL ? g_hash_table_lookup (self->by_id, id) : NULL;

  return iter != NULL ? g_sequence_get (iter) : NULL;
}
