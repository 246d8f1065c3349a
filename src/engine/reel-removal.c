#include "config.h"

#include "reel-removal-private.h"

/**
 * ReelRemoval:
 *
 * Some jobs that a person has deleted, or whose files. As long as it is open nothing has happened but that jobs to be
 * forgotten are out of sight, and all of it can be undone. When it is carried out, the file of each job goes to the Trash
 * first and the job is forgotten then: where the file cannot go, the job stays, so that no video is left that nothing
 * knows of. Wherever the program ends, each job is as it was or wholly removed.
 */
struct _ReelRemoval
{
  GObject parent_instance;

  ReelJobBook *book;
  ReelRemovalWhat what;
  GPtrArray *jobs; /* ReelJob */
  GPtrArray *kept; /* ReelJob */
  gint64 n_bytes;
  guint at;
  enum
  {
    OPEN,
    RUNNING,
    STOPPING, /* the rest is put back when the file that is on its way has arrived */
    ENDED,
  } state;
  gboolean aborted;
};

G_DEFINE_FINAL_TYPE (ReelRemoval, reel_removal, G_TYPE_OBJECT)

enum
{
  PROP_N_DONE = 1,
  N_PROPS,
};

enum
{
  ENDED_SIGNAL,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
end (ReelRemoval *self)
{
  self->state = ENDED;
  g_signal_emit (self, signals[ENDED_SIGNAL], 0);
}

/* Puts back what was not removed yet, from one job on. */
static void
put_back (ReelRemoval *self, guint from)
{
  for (guint i = from; i < self->jobs->len && self->what != REEL_REMOVE_FILES; i++)
    reel_job_book_set_removed (self->book, self->jobs->pdata[i], FALSE);
}

static void
forget (ReelRemoval *self, ReelJob *job)
{
  const ReelJobRecord *record = reel_job_book_peek (self->book, job);

  /* What came and is no video is of use to nobody without its job. */
  if (record->file_aside != NULL) {
    g_autoptr (GFile) aside = g_file_new_for_path (record->file_aside);

    g_file_delete_async (aside, G_PRIORITY_LOW, NULL, NULL, NULL);
  }
  reel_job_book_forget (self->book, job);
}

/* The file of a job is where it is wanted. */
static void
take_away (ReelRemoval *self, ReelJob *job)
{
  if (self->what != REEL_REMOVE_FILES) {
    forget (self, job);
  } else if (reel_job_book_peek (self->book, job)->file_state == REEL_FILE_SAVED) {
    ReelJobRecord *record = reel_job_book_edit (self->book, job);

    record->file_state = REEL_FILE_MISSING;
    reel_job_book_commit_async (self->book, job, record, NULL, NULL);
  }
}

static void
keep (ReelRemoval *self, ReelJob *job)
{
  if (self->what != REEL_REMOVE_FILES)
    reel_job_book_set_removed (self->book, job, FALSE);
  g_ptr_array_add (self->kept, g_object_ref (job));
}

static void go_on (ReelRemoval *self);

static void
finish_job (ReelRemoval *self, gboolean gone)
{
  ReelJob *job = self->jobs->pdata[self->at];

  if (self->aborted)
    return;

  if (gone && reel_job_book_contains (self->book, job))
    take_away (self, job);
  else if (!gone)
    keep (self, job);
  self->at++;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_DONE]);
}

/* A file that is not there has gone by itself; where its folder is not there either, nobody knows. */
static void
on_folder_looked_at (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelRemoval) self = data;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, NULL);

  finish_job (self, info != NULL);
  go_on (self);
}

static void
on_trashed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelRemoval) self = data;
  g_autoptr (GError) error = NULL;
  gboolean gone = g_file_trash_finish (G_FILE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)) {
    g_autoptr (GFile) folder = g_file_get_parent (G_FILE (source));

    g_file_query_info_async (folder, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, NULL,
                             on_folder_looked_at, g_steal_pointer (&self));
    return;
  }

  finish_job (self, gone);
  go_on (self);
}

/* Whether a job can be removed by now; one that is not closed is only hidden: its video is, or may be, paid for. */
static gboolean
can_remove (ReelRemoval *self, ReelJob *job)
{
  const ReelJobRecord *record;

  if (!reel_job_book_contains (self->book, job))
    return FALSE;

  record = reel_job_book_peek (self->book, job);
  if (self->what == REEL_REMOVE_FILES)
    return record->file_state == REEL_FILE_SAVED;
  if (reel_job_record_is_closed (record))
    return TRUE;

  reel_job_book_set_removed (self->book, job, FALSE);
  reel_job_book_set_hidden (self->book, job, TRUE);

  return FALSE;
}

static void
go_on (ReelRemoval *self)
{
  while (!self->aborted && self->state == RUNNING && self->at < self->jobs->len) {
    ReelJob *job = self->jobs->pdata[self->at];
    g_autoptr (GFile) file = NULL;

    if (!can_remove (self, job)) {
      self->at++;
      continue;
    }
    file = self->what != REEL_REMOVE_JOBS ? reel_job_dup_file (job) : NULL;
    if (file != NULL) {
      g_file_trash_async (file, G_PRIORITY_DEFAULT, NULL, on_trashed, g_object_ref (self));
      return;
    }
    finish_job (self, TRUE);
  }
  if (self->aborted)
    return;

  if (self->state == STOPPING)
    put_back (self, self->at);
  end (self);
}

static void
reel_removal_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelRemoval *self = REEL_REMOVAL (object);

  switch (id) {
  case PROP_N_DONE:
    g_value_set_uint (value, self->at);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_removal_finalize (GObject *object)
{
  ReelRemoval *self = REEL_REMOVAL (object);

  g_ptr_array_unref (self->jobs);
  g_ptr_array_unref (self->kept);
  g_object_unref (self->book);

  G_OBJECT_CLASS (reel_removal_parent_class)->finalize (object);
}

static void
reel_removal_class_init (ReelRemovalClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = reel_removal_get_property;
  object_class->finalize = reel_removal_finalize;

  /**
   * ReelRemoval:n-done:
   *
   * How many jobs were looked at since it is carried out.
   */
  properties[PROP_N_DONE] =
      g_param_spec_uint ("n-done", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * ReelRemoval::ended:
   *
   * Emitted when it was carried out or undone.
   */
  signals[ENDED_SIGNAL] =
      g_signal_new ("ended", REEL_TYPE_REMOVAL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
reel_removal_init (ReelRemoval *self)
{
  self->jobs = g_ptr_array_new_with_free_func (g_object_unref);
  self->kept = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * reel_removal_new:
 * @book: where jobs are written
 * @jobs: (element-type ReelJob): jobs
 * @what: what is removed
 *
 * Begins a removal: jobs that are to be forgotten are in no list from now on. Nothing is written.
 *
 * Returns: (transfer full): the removal, open
 */
ReelRemoval *
reel_removal_new (ReelJobBook *book, GPtrArray *jobs, ReelRemovalWhat what)
{
  ReelRemoval *self = g_object_new (REEL_TYPE_REMOVAL, NULL);

  self->book = g_object_ref (book);
  self->what = what;
  for (guint i = 0; i < jobs->len; i++) {
    const ReelJobRecord *record = reel_job_book_peek (book, jobs->pdata[i]);

    g_ptr_array_add (self->jobs, g_object_ref (jobs->pdata[i]));
    if (record->file_state == REEL_FILE_SAVED)
      self->n_bytes += record->file_size;
    if (what != REEL_REMOVE_FILES)
      reel_job_book_set_removed (book, jobs->pdata[i], TRUE);
  }

  return self;
}

/**
 * reel_removal_get_what:
 *
 * Returns: what is removed
 */
ReelRemovalWhat
reel_removal_get_what (ReelRemoval *self)
{
  g_return_val_if_fail (REEL_IS_REMOVAL (self), REEL_REMOVE_JOBS);

  return self->what;
}

/**
 * reel_removal_get_n_jobs:
 *
 * Returns: how many jobs it is about
 */
guint
reel_removal_get_n_jobs (ReelRemoval *self)
{
  g_return_val_if_fail (REEL_IS_REMOVAL (self), 0);

  return self->jobs->len;
}

/**
 * reel_removal_get_n_bytes:
 *
 * Returns: how many bytes their saved files have
 */
gint64
reel_removal_get_n_bytes (ReelRemoval *self)
{
  g_return_val_if_fail (REEL_IS_REMOVAL (self), 0);

  return self->n_bytes;
}

/**
 * reel_removal_get_n_done:
 *
 * Returns: how many jobs were looked at since it is carried out
 */
guint
reel_removal_get_n_done (ReelRemoval *self)
{
  g_return_val_if_fail (REEL_IS_REMOVAL (self), 0);

  return self->at;
}

/**
 * reel_removal_get_kept:
 *
 * Returns: (transfer none) (element-type ReelJob): the jobs that stay because their file could not go to the Trash
 */
GPtrArray *
reel_removal_get_kept (ReelRemoval *self)
{
  g_return_val_if_fail (REEL_IS_REMOVAL (self), NULL);

  return self->kept;
}

/**
 * reel_removal_is_open:
 *
 * Returns: whether all of it can still be undone
 */
gboolean
reel_removal_is_open (ReelRemoval *self)
{
  g_return_val_if_fail (REEL_IS_REMOVAL (self), FALSE);

  return self->state == OPEN;
}

/**
 * reel_removal_is_ended:
 *
 * Returns: whether it was carried out or undone
 */
gboolean
reel_removal_is_ended (ReelRemoval *self)
{
  g_return_val_if_fail (REEL_IS_REMOVAL (self), FALSE);

  return self->state == ENDED;
}

/**
 * reel_removal_undo:
 *
 * Puts everything back. Where it is being carried out, it stops and puts back what was not removed yet.
 */
void
reel_removal_undo (ReelRemoval *self)
{
  g_return_if_fail (REEL_IS_REMOVAL (self));

  if (self->state == OPEN) {
    put_back (self, 0);
    end (self);
  } else if (self->state == RUNNING) {
    self->state = STOPPING;
  }
}

/**
 * reel_removal_carry_out:
 *
 * Carries the removal out, where it is open. ReelRemoval::ended tells when that is done. What jobs cost stays in the
 * ledger. A job that is not closed is only hidden: its video is, or may be, paid for.
 */
void
reel_removal_carry_out (ReelRemoval *self)
{
  g_return_if_fail (REEL_IS_REMOVAL (self));

  if (self->state != OPEN)
    return;

  self->state = RUNNING;
  g_object_ref (self);
  go_on (self);
  g_object_unref (self);
}

/**
 * reel_removal_abort:
 *
 * Touches no job any more. What was not removed yet is still there at the next start.
 */
void
reel_removal_abort (ReelRemoval *self)
{
  self->aborted = TRUE;
}
