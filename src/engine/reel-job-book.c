#include "config.h"

#include "reel-job-book.h"

#include "reel-accepted-journal.h"
#include "reel-job-lists.h"
#include "reel-job-transitions.h"
#include "reel-known-jobs.h"
#include "reel-webhook.h"

/* How long to wait before a row that could not be written is tried again, in seconds. */
#define SAVE_AGAIN_AFTER 5

/**
 * ReelJobBook:
 *
 * The one place that changes jobs: a change is written down first and shown then. Where the writing fails, the change is
 * kept in memory, shown, and written again until it succeeds. What the service has accepted is in the journal until then:
 * a request id must not be lost because the disk is full.
 *
 * It keeps the jobs to which something may still happen, or happened in this run, hidden ones too. Any other is read when
 * somebody asks for it, and known for as long as somebody holds it: there is never more than one object of a job.
 *
 * ReelJobBook::added (job) says that there is a new job, before it is written. ReelJobBook::changed (job) says that
 * a job is written otherwise than before, went, or came back.
 */
struct _ReelJobBook
{
  GObject parent_instance;

  ReelStore *store;
  ReelAcceptedJournal *journal;
  ReelJobLists lists;
  ReelKnownJobs *known; /* every job that there is an object of */
  GHashTable *entries;  /* id -> Entry: those that are held */
  guint save_again_id;
  gboolean failing; /* the store, as far as was heard */
  gboolean stopped;
};

G_DEFINE_FINAL_TYPE (ReelJobBook, reel_job_book, G_TYPE_OBJECT)

enum
{
  ADDED,
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef struct
{
  ReelJob *job;          /* owned */
  ReelJobRecord *newest; /* owned, NULL where it is the one that the job shows */
  guint n_writing;
  gboolean unwritten; /* the last writing failed */
  gboolean removed;   /* out of sight: a deletion that can still be undone */
  gboolean kept;      /* something may still happen to it, or did in this run */
} Entry;

/* A change on its way to the disk. */
typedef struct
{
  ReelJob *job;          /* owned */
  ReelJobRecord *record; /* owned until it is shown */
} Commit;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_object_unref (entry->job);
  reel_job_record_free (entry->newest);
  g_free (entry);
}

static void
commit_free (gpointer data)
{
  Commit *commit = data;

  g_object_unref (commit->job);
  reel_job_record_free (commit->record);
  g_free (commit);
}

static Entry *
get_entry (ReelJobBook *self, ReelJob *job)
{
  return g_hash_table_lookup (self->entries, reel_job_get_id (job));
}

/* Holds on to a job. */
static Entry *
hold (ReelJobBook *self, ReelJob *job)
{
  Entry *entry = get_entry (self, job);

  if (entry == NULL) {
    entry = g_new0 (Entry, 1);
    entry->job = g_object_ref (job);
    g_hash_table_insert (self->entries, g_strdup (reel_job_get_id (job)), entry);
  }

  return entry;
}

/* Lets go of a job that nothing needs any more. */
static void
release (ReelJobBook *self, Entry *entry)
{
  if (!entry->kept && !entry->removed && !entry->unwritten && entry->n_writing == 0)
    g_hash_table_remove (self->entries, reel_job_get_id (entry->job));
}

/* Puts a job into the lists that it belongs to, and takes it out of the others. */
static void
place (ReelJobBook *self, Entry *entry)
{
  gboolean is_hidden = entry->removed || reel_job_book_peek (self, entry->job)->hidden;

  reel_job_lists_place (&self->lists, entry->job, entry->kept, !is_hidden);
}

static void
emit_changed (ReelJobBook *self, ReelJob *job)
{
  g_signal_emit (self, signals[CHANGED], 0, job);
}

static gboolean
is_accepted (const ReelJobRecord *record)
{
  return record->submission == REEL_SUBMISSION_ACCEPTED;
}

static gboolean
on_save_again (gpointer data)
{
  ReelJobBook *self = data;

  self->save_again_id = 0;
  reel_job_book_save_again (self);

  return G_SOURCE_REMOVE;
}

static void
on_committed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelJobBook *self = g_task_get_source_object (task);
  Commit *commit = g_task_get_task_data (task);
  Entry *entry = get_entry (self, commit->job);
  g_autoptr (GError) error = NULL;

  reel_store_save_job_finish (REEL_STORE (source), result, &error);

  if (entry != NULL) {
    entry->n_writing--;
    entry->unwritten = error != NULL;
    if (is_accepted (commit->record) && error != NULL)
      reel_accepted_journal_add (self->journal, commit->record, TRUE);
    else if (is_accepted (commit->record))
      reel_accepted_journal_remove (self->journal, commit->record->id);
    if (entry->n_writing == 0)
      g_clear_pointer (&entry->newest, reel_job_record_free);
    if (entry->unwritten && self->save_again_id == 0 && !self->stopped)
      self->save_again_id = g_timeout_add_seconds (SAVE_AGAIN_AFTER, on_save_again, self);
    reel_job_take_record (commit->job, g_steal_pointer (&commit->record));
    release (self, entry);
    emit_changed (self, commit->job);
  }

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

/* While the store fails, the journal has every video that is being made: the file may be gone for good. */
static void
on_store_failed_changed (ReelJobBook *self)
{
  gboolean failing = reel_store_get_failed (self->store) != NULL;
  GHashTableIter iter;
  Entry *entry;

  if (failing == self->failing)
    return;

  self->failing = failing;
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&entry)) {
    const ReelJobRecord *record = reel_job_book_peek (self, entry->job);

    if (failing && is_accepted (record) && reel_job_record_is_running (record))
      reel_accepted_journal_add (self->journal, record, TRUE);
    else if (!failing && !entry->unwritten && entry->n_writing == 0)
      reel_accepted_journal_remove (self->journal, record->id);
  }
  if (!failing)
    reel_job_book_save_again (self);
}

static GPtrArray *
take_records (ReelJobBook *self, GPtrArray *records)
{
  GPtrArray *jobs = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_set_free_func (records, NULL);
  for (guint i = 0; i < records->len; i++) {
    ReelJobRecord *record = records->pdata[i];
    g_autoptr (ReelJob) job = NULL;
    Entry *entry;

    /* One that was made while the store was opening is newer. */
    if (g_hash_table_contains (self->entries, record->id)) {
      reel_job_record_free (record);
      continue;
    }
    job = reel_job_book_take (self, record);
    if (job == NULL)
      continue;

    entry = hold (self, job);
    entry->kept = TRUE;
    g_ptr_array_add (jobs, g_object_ref (job));
  }
  g_ptr_array_unref (records);

  reel_job_lists_add_all (&self->lists, jobs);

  return jobs;
}

static void
on_jobs_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelJobBook *self = g_task_get_source_object (task);
  GPtrArray *accepted = g_task_get_task_data (task);
  GError *error = NULL;
  GPtrArray *records = reel_store_load_jobs_finish (REEL_STORE (source), result, &error), *jobs;

  if (records == NULL) {
    g_task_return_error (task, error);
    return;
  }

  reel_accepted_journal_merge (self->journal, records, accepted);
  jobs = take_records (self, records);
  /* It leaves the journal when it is written. */
  for (guint i = 0; i < accepted->len; i++) {
    const ReelJobRecord *found = accepted->pdata[i];
    Entry *entry = g_hash_table_lookup (self->entries, found->id);

    if (entry != NULL && g_strcmp0 (reel_job_book_peek (self, entry->job)->request_id, found->request_id) == 0)
      reel_job_book_commit_async (self, entry->job, reel_job_book_edit (self, entry->job), NULL, NULL);
  }

  g_task_return_pointer (task, jobs, (GDestroyNotify)g_ptr_array_unref);
}

static void
on_journal_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelJobBook *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GPtrArray *accepted = reel_accepted_journal_load_finish (REEL_ACCEPTED_JOURNAL (source), result);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (guint i = 0; i < accepted->len; i++) {
    const ReelJobRecord *record = accepted->pdata[i];

    g_strv_builder_add_many (builder, record->id, record->request_id, NULL);
  }
  names = g_strv_builder_end (builder);
  g_task_set_task_data (task, accepted, (GDestroyNotify)g_ptr_array_unref);
  reel_store_load_jobs_async (self->store, (const char *const *)names, cancellable, on_jobs_loaded,
                              g_steal_pointer (&task));
}

/* Where the row could not be deleted it is there again with the next start, and may need its request id from the journal. */
static void
on_deleted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelJobBook *self = g_task_get_source_object (task);

  if (reel_store_delete_job_finish (REEL_STORE (source), result, NULL))
    reel_accepted_journal_remove (self->journal, reel_job_get_id (g_task_get_task_data (task)));
  g_task_return_boolean (task, TRUE);
}

static void
on_flushed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;

  g_task_return_boolean (task, reel_accepted_journal_flush_finish (REEL_ACCEPTED_JOURNAL (source), result));
}

static void
reel_job_book_finalize (GObject *object)
{
  ReelJobBook *self = REEL_JOB_BOOK (object);

  g_clear_handle_id (&self->save_again_id, g_source_remove);
  g_hash_table_unref (self->entries);
  reel_known_jobs_free (self->known);
  reel_job_lists_clear (&self->lists);
  g_object_unref (self->journal);
  g_object_unref (self->store);

  G_OBJECT_CLASS (reel_job_book_parent_class)->finalize (object);
}

static void
reel_job_book_class_init (ReelJobBookClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reel_job_book_finalize;

  signals[ADDED] =
      g_signal_new ("added", REEL_TYPE_JOB_BOOK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, REEL_TYPE_JOB);
  signals[CHANGED] = g_signal_new ("changed", REEL_TYPE_JOB_BOOK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                   1, REEL_TYPE_JOB);
}

static void
reel_job_book_init (ReelJobBook *self)
{
  reel_job_lists_init (&self->lists);
  self->known = reel_known_jobs_new ();
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
}

/**
 * reel_job_book_new:
 * @store: where changes are written
 *
 * Makes an empty book.
 *
 * Returns: (transfer full): the book
 */
ReelJobBook *
reel_job_book_new (ReelStore *store)
{
  ReelJobBook *self = g_object_new (REEL_TYPE_JOB_BOOK, NULL);
  g_autofree char *path = g_strconcat (reel_store_get_path (store), "-accepted", NULL);

  self->store = g_object_ref (store);
  self->journal = reel_accepted_journal_new (path);
  g_signal_connect_object (store, "notify::failed", G_CALLBACK (on_store_failed_changed), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * reel_job_book_get_list:
 *
 * Returns: (transfer none): the jobs to which something may still happen, or happened in this run; hidden ones left out
 */
ReelJobList *
reel_job_book_get_list (ReelJobBook *self)
{
  return self->lists.shown;
}

/**
 * reel_job_book_get_watched:
 *
 * Returns: (transfer none): those of reel_job_book_get_list() and the ones like them that are out of sight: hidden, or
 *   with a deletion that can still be undone
 */
ReelJobList *
reel_job_book_get_watched (ReelJobBook *self)
{
  return self->lists.watched;
}

/**
 * reel_job_book_get_store:
 *
 * Returns: (transfer none): where changes are written
 */
ReelStore *
reel_job_book_get_store (ReelJobBook *self)
{
  return self->store;
}

/**
 * reel_job_book_load_async:
 * @cancellable: (nullable): to give it up
 * @callback: called with the jobs
 * @data: for @callback
 *
 * Fills the book at the start with the unfinished jobs of earlier runs. What is in the journal is taken over first, and
 * written where it belongs.
 */
void
reel_job_book_load_async (ReelJobBook *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, reel_job_book_load_async);
  reel_accepted_journal_load_async (self->journal, on_journal_loaded, g_steal_pointer (&task));
}

/**
 * reel_job_book_load_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_job_book_load_async().
 *
 * Returns: (transfer full) (nullable) (element-type ReelJob): the jobs, hidden ones too
 */
GPtrArray *
reel_job_book_load_finish (ReelJobBook *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_job_book_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * reel_job_book_take:
 * @record: (transfer full): what the disk says of a job
 *
 * Gets the one object of a job. Where there is one already it stays as it is: it knows more than the disk.
 *
 * Returns: (transfer full) (nullable): the job, %NULL where it was forgotten
 */
ReelJob *
reel_job_book_take (ReelJobBook *self, ReelJobRecord *record)
{
  return reel_known_jobs_take (self->known, record);
}

/**
 * reel_job_book_add:
 * @record: (transfer full): a new job
 *
 * Puts a job into the history. It is not written yet: commit it.
 *
 * Returns: (transfer none): the job
 */
ReelJob *
reel_job_book_add (ReelJobBook *self, ReelJobRecord *record)
{
  g_autoptr (ReelJob) job = reel_known_jobs_take (self->known, record);
  Entry *entry = hold (self, job);

  entry->kept = TRUE;
  place (self, entry);
  g_signal_emit (self, signals[ADDED], 0, job);

  return job;
}

/**
 * reel_job_book_contains:
 * @job: a job
 *
 * Tells whether a job is still known: it was not forgotten.
 */
gboolean
reel_job_book_contains (ReelJobBook *self, ReelJob *job)
{
  return reel_known_jobs_lookup (self->known, reel_job_get_id (job)) == job;
}

/**
 * reel_job_book_is_removed:
 * @job: a job
 *
 * Tells whether a job is out of sight: its deletion can still be undone, or it was forgotten.
 */
gboolean
reel_job_book_is_removed (ReelJobBook *self, ReelJob *job)
{
  Entry *entry = get_entry (self, job);

  return !reel_job_book_contains (self, job) || (entry != NULL && entry->removed);
}

static void
on_job_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  ReelJobRecord *record = reel_store_load_job_finish (REEL_STORE (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, record != NULL ? reel_job_book_take (g_task_get_source_object (task), record) : NULL,
                           g_object_unref);
}

/**
 * reel_job_book_load_job_async:
 * @id: our own name for a job
 * @cancellable: (nullable): to give it up
 * @callback: called with the job
 * @data: for @callback
 *
 * Gets a job, from the disk where nobody holds it.
 */
void
reel_job_book_load_job_async (ReelJobBook *self,
                              const char *id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  ReelJob *job = reel_known_jobs_lookup (self->known, id);

  g_task_set_source_tag (task, reel_job_book_load_job_async);
  if (job != NULL)
    g_task_return_pointer (task, g_object_ref (job), g_object_unref);
  else
    reel_store_load_job_async (self->store, id, cancellable, on_job_loaded, g_steal_pointer (&task));
}

/**
 * reel_job_book_load_job_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_job_book_load_job_async().
 *
 * Returns: (transfer full) (nullable): the job, %NULL without an error where there is none
 */
ReelJob *
reel_job_book_load_job_finish (ReelJobBook *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_job_book_load_job_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  ReelJobBook *book;
  const char *request_id;
} Request;

static gboolean
has_request (ReelJob *job, gpointer data)
{
  const Request *request = data;

  return g_strcmp0 (reel_job_book_peek (request->book, job)->request_id, request->request_id) == 0;
}

static void
on_request_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelJobBook *self = g_task_get_source_object (task);
  Request request = {self, g_task_get_task_data (task)};
  ReelJob *job = reel_known_jobs_find (self->known, has_request, &request);
  GError *error = NULL;
  ReelJobRecord *record = reel_store_find_request_finish (REEL_STORE (source), result, &error);

  /* One may have got it meanwhile. */
  if (job != NULL) {
    reel_job_record_free (record);
    g_clear_error (&error);
    g_task_return_pointer (task, g_object_ref (job), g_object_unref);
  } else if (error != NULL) {
    g_task_return_error (task, error);
  } else {
    g_task_return_pointer (task, record != NULL ? reel_job_book_take (self, record) : NULL, g_object_unref);
  }
}

/**
 * reel_job_book_find_request_async:
 * @request_id: the service's name for a job
 * @cancellable: (nullable): to give it up
 * @callback: called with the job
 * @data: for @callback
 *
 * Looks for the job that has a request id, also a hidden one.
 */
void
reel_job_book_find_request_async (ReelJobBook *self,
                                  const char *request_id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, reel_job_book_find_request_async);
  g_task_set_task_data (task, g_strdup (request_id), g_free);
  reel_store_find_request_async (self->store, request_id, cancellable, on_request_found, g_steal_pointer (&task));
}

/**
 * reel_job_book_find_request_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_job_book_find_request_async().
 *
 * Returns: (transfer full) (nullable): the job, %NULL without an error where there is none
 */
ReelJob *
reel_job_book_find_request_finish (ReelJobBook *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_job_book_find_request_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * reel_job_book_find_webhook:
 * @account_id: an account
 * @token: the token of an address that a webhook came to
 *
 * Finds the job of an account that has a token, also a hidden one, in a time that does not depend on how much of the token is
 * right. Only jobs that a webhook can still mean something to, or could in this run, are looked at.
 *
 * Returns: (transfer none) (nullable): the job
 */
ReelJob *
reel_job_book_find_webhook (ReelJobBook *self, const char *account_id, const char *token)
{
  ReelJob *found = NULL;
  GHashTableIter iter;
  Entry *entry;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&entry)) {
    const ReelJobRecord *record = reel_job_book_peek (self, entry->job);

    if (reel_webhook_tokens_equal (record->webhook_token, token) && g_strcmp0 (record->account_id, account_id) == 0)
      found = entry->job;
  }

  return found;
}

/**
 * reel_job_book_peek:
 * @job: a job
 *
 * Gets the newest record of a job, also where it is not shown yet. It is valid until the next commit.
 *
 * Returns: (transfer none): the record
 */
const ReelJobRecord *
reel_job_book_peek (ReelJobBook *self, ReelJob *job)
{
  Entry *entry = get_entry (self, job);

  return entry != NULL && entry->newest != NULL ? entry->newest : reel_job_get_record (job);
}

/**
 * reel_job_book_edit:
 * @job: a job
 *
 * Copies the newest record of a job. Change it and commit it before the main loop goes on: then no change is lost.
 *
 * Returns: (transfer full): the copy
 */
ReelJobRecord *
reel_job_book_edit (ReelJobBook *self, ReelJob *job)
{
  return reel_job_record_copy (reel_job_book_peek (self, job));
}

/**
 * reel_job_book_commit_async:
 * @job: a job
 * @record: (transfer full): what is kept of it from now on
 * @callback: (nullable): called when it is written and shown
 * @data: for @callback
 *
 * Writes a change down and shows it then. One that cannot be written is shown too and written again later; the finish
 * tells.
 */
void
reel_job_book_commit_async (ReelJobBook *self,
                            ReelJob *job,
                            ReelJobRecord *record,
                            GAsyncReadyCallback callback,
                            gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  Commit *commit = g_new0 (Commit, 1);
  Entry *entry;

  g_task_set_source_tag (task, reel_job_book_commit_async);
  commit->job = g_object_ref (job);
  commit->record = record;
  g_task_set_task_data (task, commit, commit_free);

  if (!reel_job_book_contains (self, job)) {
    g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The job was forgotten");
    return;
  }
  if (!reel_job_record_can_become (reel_job_book_peek (self, job), record)) {
    g_critical ("A change of the job %s that cannot happen", reel_job_get_id (job));
    g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "The change cannot happen");
    return;
  }

  if (is_accepted (record) && !is_accepted (reel_job_book_peek (self, job)))
    reel_accepted_journal_add (self->journal, record, self->failing);

  entry = hold (self, job);
  reel_job_record_free (entry->newest);
  entry->newest = reel_job_record_copy (record);
  entry->n_writing++;
  if (!entry->kept && reel_job_record_is_unfinished (record)) {
    entry->kept = TRUE;
    place (self, entry);
  }
  reel_store_save_job_async (self->store, record, NULL, on_committed, g_steal_pointer (&task));
}

/**
 * reel_job_book_commit_finish:
 * @error: %REEL_ERROR_STORE, %G_IO_ERROR_CANCELLED where the job was forgotten, or %G_IO_ERROR_INVALID_ARGUMENT
 *   where the change is none that can happen: nothing is written then
 *
 * Ends reel_job_book_commit_async().
 *
 * Returns: whether it is on the disk
 */
gboolean
reel_job_book_commit_finish (ReelJobBook *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_job_book_commit_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * reel_job_book_add_event:
 * @job: a job
 * @kind: "request", "response", "status", "cancel", "download", "webhook" or "error"
 * @http_status: the HTTP status of an answer, 0 where there is none
 * @text: (nullable): what was sent or received, without a key
 *
 * Writes down what was sent or received.
 */
void
reel_job_book_add_event (ReelJobBook *self, ReelJob *job, const char *kind, guint http_status, const char *text)
{
  reel_store_add_event (self->store, reel_job_get_id (job), kind, http_status, text);
}

/**
 * reel_job_book_set_hidden:
 * @job: a job
 * @hidden: whether it is out of sight
 *
 * Moves a job to the hidden ones, or back. Whatever is still going to happen to it goes on.
 */
void
reel_job_book_set_hidden (ReelJobBook *self, ReelJob *job, gboolean hidden)
{
  ReelJobRecord *record;
  Entry *entry;

  if (!reel_job_book_contains (self, job) || reel_job_book_peek (self, job)->hidden == hidden)
    return;

  record = reel_job_book_edit (self, job);
  record->hidden = hidden;
  reel_job_book_commit_async (self, job, record, NULL, NULL);

  entry = hold (self, job);
  entry->removed = FALSE;
  place (self, entry);
  emit_changed (self, job);
}

/**
 * reel_job_book_set_removed:
 * @job: a job
 * @removed: whether it is out of sight
 *
 * Takes a job out of sight, or puts it back where it was. Nothing is written: where the program ends before the job is
 * forgotten, it is there again.
 */
void
reel_job_book_set_removed (ReelJobBook *self, ReelJob *job, gboolean removed)
{
  Entry *entry;

  if (!reel_job_book_contains (self, job) || reel_job_book_is_removed (self, job) == removed)
    return;

  entry = hold (self, job);
  entry->removed = removed;
  place (self, entry);
  release (self, entry);
  emit_changed (self, job);
}

/**
 * reel_job_book_forget:
 * @job: a job
 *
 * Removes a job for good.
 */
void
reel_job_book_forget (ReelJobBook *self, ReelJob *job)
{
  g_autoptr (ReelJob) kept = g_object_ref (job);
  g_autoptr (GTask) task = NULL;

  if (!reel_job_book_contains (self, job))
    return;

  task = g_task_new (self, NULL, NULL, NULL);

  g_task_set_source_tag (task, reel_job_book_forget);
  g_task_set_task_data (task, g_object_ref (job), g_object_unref);
  reel_store_delete_job_async (self->store, reel_job_get_id (job), NULL, on_deleted, g_steal_pointer (&task));
  reel_job_lists_place (&self->lists, job, FALSE, FALSE);
  reel_known_jobs_forget (self->known, reel_job_get_id (job));
  g_hash_table_remove (self->entries, reel_job_get_id (job));
  emit_changed (self, job);
}

/**
 * reel_job_book_save_again:
 *
 * Writes what could not be written, now.
 */
void
reel_job_book_save_again (ReelJobBook *self)
{
  GHashTableIter iter;
  Entry *entry;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&entry)) {
    if (!entry->unwritten || entry->n_writing > 0)
      continue;
    entry->unwritten = FALSE;
    reel_job_book_commit_async (self, entry->job, reel_job_book_edit (self, entry->job), NULL, NULL);
  }
  reel_accepted_journal_write_again (self->journal);
}

/**
 * reel_job_book_stop:
 *
 * Tries once more to write what could not be written, and no more after that.
 */
void
reel_job_book_stop (ReelJobBook *self)
{
  self->stopped = TRUE;
  g_clear_handle_id (&self->save_again_id, g_source_remove);
  reel_job_book_save_again (self);
}

/**
 * reel_job_book_flush_async:
 * @callback: called when it is written, or cannot be
 * @data: for @callback
 *
 * Waits until the journal has what the database does not take.
 */
void
reel_job_book_flush_async (ReelJobBook *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);

  g_task_set_source_tag (task, reel_job_book_flush_async);
  reel_accepted_journal_flush_async (self->journal, on_flushed, g_steal_pointer (&task));
}

/**
 * reel_job_book_flush_finish:
 *
 * Ends reel_job_book_flush_async().
 */
gboolean
reel_job_book_flush_finish (ReelJobBook *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_job_book_flush_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}
