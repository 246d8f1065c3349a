#include "config.h"

#include "reel-accepted-journal.h"

#include "reel-journal-file.h"

/* How long the database may take for an acceptance before it is written here too, in milliseconds. Where all is well the
 * row is there long before, and nothing of this is ever written. */
#define PATIENCE 200

/**
 * ReelAcceptedJournal:
 *
 * What the service has accepted and the database does not have: a small key file beside it, a group for each job. The
 * request id of a paid video must not be lost because the database is full, locked or gone. The file is replaced whole,
 * by a thread of its own, and is there only as long as something is in it.
 */
struct _ReelAcceptedJournal
{
  GObject parent_instance;

  char *path;
  GKeyFile *entries;
  gboolean loaded;  /* before that nothing is written: something may be there */
  gboolean exists;  /* the file, as far as is known */
  gboolean changed; /* since the last writing began */
  gboolean failed;  /* the last writing */
  gboolean writing;
  guint patience_id;
  GPtrArray *flushes; /* GTask */
};

G_DEFINE_FINAL_TYPE (ReelAcceptedJournal, reel_accepted_journal, G_TYPE_OBJECT)

/* What the thread writes. */
typedef struct
{
  char *path;
  char *text; /* NULL to remove the file */
} Content;

static void
content_free (gpointer data)
{
  Content *content = data;

  g_free (content->path);
  g_free (content->text);
  g_free (content);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Content *content = data;
  GError *error = NULL;

  if (content->text != NULL ? reel_journal_file_replace (content->path, content->text, &error)
                            : reel_journal_file_remove (content->path, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
load_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, reel_journal_file_load (data), (GDestroyNotify)g_key_file_unref);
}

static void
set_string (GKeyFile *file, const char *group, const char *key, const char *value)
{
  if (value != NULL)
    g_key_file_set_string (file, group, key, value);
}

static void
set_time (GKeyFile *file, const char *group, const char *key, gint64 value)
{
  g_key_file_set_int64 (file, group, key, value);
}

static void
add_record (GKeyFile *file, const ReelJobRecord *record)
{
  const char *group = record->id;

  g_key_file_remove_group (file, group, NULL);
  set_string (file, group, "request-id", record->request_id);
  set_string (file, group, "account", record->account_id);
  set_string (file, group, "model", record->model);
  set_string (file, group, "prompt", record->prompt);
  g_key_file_set_string_list (file, group, "references", (const char *const *)record->media_urls,
                              g_strv_length (record->media_urls));
  g_key_file_set_uint64 (file, group, "duration", record->duration);
  set_string (file, group, "aspect-ratio", record->aspect_ratio);
  set_string (file, group, "resolution", record->resolution);
  set_string (file, group, "webhook-url", record->webhook_url);
  set_string (file, group, "webhook-token", record->webhook_token);
  set_string (file, group, "resend-of", record->resend_of);
  g_key_file_set_int64 (file, group, "estimate", record->estimate);
  set_string (file, group, "credits-charged", record->credits_charged);
  set_time (file, group, "created-at", record->created_at);
  set_time (file, group, "sent-at", record->sent_at);
  set_time (file, group, "accepted-at", record->accepted_at);
}

static char *
get_string (GKeyFile *file, const char *group, const char *key)
{
  return g_key_file_get_string (file, group, key, NULL);
}

/* The file lies where others may write: only what can be a job is taken. */
static ReelJobRecord *
read_record (GKeyFile *file, const char *group)
{
  g_autoptr (ReelJobRecord) record = reel_job_record_new ();
  g_auto (GStrv) urls = g_key_file_get_string_list (file, group, "references", NULL, NULL);

  record->id = g_strdup (group);
  record->submission = REEL_SUBMISSION_ACCEPTED;
  record->request_id = get_string (file, group, "request-id");
  record->account_id = get_string (file, group, "account");
  if (!reel_generation_is_request_id (record->request_id) || record->account_id == NULL)
    return NULL;

  if (urls != NULL) {
    g_strfreev (record->media_urls);
    record->media_urls = g_steal_pointer (&urls);
  }
  record->model = get_string (file, group, "model");
  record->prompt = get_string (file, group, "prompt");
  record->duration = g_key_file_get_uint64 (file, group, "duration", NULL);
  record->aspect_ratio = get_string (file, group, "aspect-ratio");
  record->resolution = get_string (file, group, "resolution");
  record->webhook_url = get_string (file, group, "webhook-url");
  record->webhook_token = get_string (file, group, "webhook-token");
  record->resend_of = get_string (file, group, "resend-of");
  if (g_key_file_has_key (file, group, "estimate", NULL))
    record->estimate = g_key_file_get_int64 (file, group, "estimate", NULL);
  record->credits_charged = get_string (file, group, "credits-charged");
  record->created_at = g_key_file_get_int64 (file, group, "created-at", NULL);
  record->sent_at = g_key_file_get_int64 (file, group, "sent-at", NULL);
  record->accepted_at = g_key_file_get_int64 (file, group, "accepted-at", NULL);

  return g_steal_pointer (&record);
}

static gboolean
is_empty (ReelAcceptedJournal *self)
{
  g_auto (GStrv) groups = g_key_file_get_groups (self->entries, NULL);

  return groups[0] == NULL;
}

static void write_now (ReelAcceptedJournal *self);

static void
end_flushes (ReelAcceptedJournal *self)
{
  g_autoptr (GPtrArray) flushes = g_steal_pointer (&self->flushes);

  self->flushes = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < flushes->len; i++)
    g_task_return_boolean (flushes->pdata[i], !self->failed);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  ReelAcceptedJournal *self = REEL_ACCEPTED_JOURNAL (source);
  Content *content = g_task_get_task_data (G_TASK (result));

  self->writing = FALSE;
  self->failed = !g_task_propagate_boolean (G_TASK (result), NULL);
  self->exists = content->text != NULL || self->failed;
  if (self->changed && self->patience_id == 0)
    write_now (self);
  else if (!self->changed)
    end_flushes (self);
}

static void
write_now (ReelAcceptedJournal *self)
{
  g_autoptr (GTask) task = NULL;
  Content *content;

  g_clear_handle_id (&self->patience_id, g_source_remove);
  if (!self->loaded || self->writing)
    return;

  self->changed = FALSE;
  if (is_empty (self) && !self->exists) {
    self->failed = FALSE;
    end_flushes (self);
    return;
  }

  content = g_new0 (Content, 1);
  content->path = g_strdup (self->path);
  if (!is_empty (self))
    content->text = g_key_file_to_data (self->entries, NULL, NULL);
  self->writing = TRUE;
  task = g_task_new (self, NULL, on_written, NULL);
  g_task_set_source_tag (task, write_now);
  g_task_set_task_data (task, content, content_free);
  g_task_run_in_thread (task, write_in_thread);
}

static gboolean
on_impatient (gpointer data)
{
  ReelAcceptedJournal *self = data;

  self->patience_id = 0;
  write_now (self);

  return G_SOURCE_REMOVE;
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelAcceptedJournal *self = REEL_ACCEPTED_JOURNAL (source);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)reel_job_record_free);
  g_autoptr (GKeyFile) added = g_key_file_ref (self->entries);
  g_auto (GStrv) groups = NULL, new_groups = g_key_file_get_groups (added, NULL);
  GKeyFile *entries = g_task_propagate_pointer (G_TASK (result), NULL);

  g_key_file_unref (self->entries);
  self->entries = entries;
  self->exists = !is_empty (self);
  self->loaded = TRUE;
  groups = g_key_file_get_groups (entries, NULL);
  for (char **group = groups; *group != NULL; group++) {
    ReelJobRecord *record = read_record (entries, *group);

    if (record != NULL)
      g_ptr_array_add (records, record);
  }

  /* What was accepted while the file was being read. */
  for (char **group = new_groups; *group != NULL; group++) {
    g_autoptr (ReelJobRecord) record = read_record (added, *group);

    if (record != NULL)
      add_record (self->entries, record);
  }
  if (self->changed && self->patience_id == 0)
    write_now (self);

  g_task_return_pointer (task, g_steal_pointer (&records), (GDestroyNotify)g_ptr_array_unref);
}

static void
reel_accepted_journal_finalize (GObject *object)
{
  ReelAcceptedJournal *self = REEL_ACCEPTED_JOURNAL (object);

  g_clear_handle_id (&self->patience_id, g_source_remove);
  g_ptr_array_unref (self->flushes);
  g_key_file_unref (self->entries);
  g_free (self->path);

  G_OBJECT_CLASS (reel_accepted_journal_parent_class)->finalize (object);
}

static void
reel_accepted_journal_class_init (ReelAcceptedJournalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reel_accepted_journal_finalize;
}

static void
reel_accepted_journal_init (ReelAcceptedJournal *self)
{
  self->entries = g_key_file_new ();
  self->flushes = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * reel_accepted_journal_new:
 * @path: the file
 *
 * Makes a journal that is not loaded yet.
 *
 * Returns: (transfer full): the journal
 */
ReelAcceptedJournal *
reel_accepted_journal_new (const char *path)
{
  ReelAcceptedJournal *self = g_object_new (REEL_TYPE_ACCEPTED_JOURNAL, NULL);

  self->path = g_strdup (path);

  return self;
}

/**
 * reel_accepted_journal_load_async:
 * @callback: called with the jobs
 * @data: for @callback
 *
 * Reads what an earlier run left, and keeps room on the disk for this one. Nothing is written before.
 */
void
reel_accepted_journal_load_async (ReelAcceptedJournal *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  g_autoptr (GTask) reading = NULL;

  g_task_set_source_tag (task, reel_accepted_journal_load_async);
  reading = g_task_new (self, NULL, on_loaded, g_steal_pointer (&task));
  g_task_set_source_tag (reading, load_in_thread);
  g_task_set_task_data (reading, g_strdup (self->path), g_free);
  g_task_run_in_thread (reading, load_in_thread);
}

/**
 * reel_accepted_journal_load_finish:
 *
 * Ends reel_accepted_journal_load_async(). A file that cannot be read is put aside.
 *
 * Returns: (transfer full) (element-type ReelJobRecord): accepted jobs with what they were asked for; their status is not
 *   known
 */
GPtrArray *
reel_accepted_journal_load_finish (ReelAcceptedJournal *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_accepted_journal_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/**
 * reel_accepted_journal_merge:
 * @records: (element-type ReelJobRecord): the jobs of the database; jobs are changed and added
 * @accepted: (element-type ReelJobRecord): what was loaded
 *
 * Takes over what the database lost: the outcome of a job that it has, or a job that it has not. What it does have is
 * taken out of the journal.
 */
void
reel_accepted_journal_merge (ReelAcceptedJournal *self, GPtrArray *records, GPtrArray *accepted)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) by_request = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < records->len; i++) {
    ReelJobRecord *record = records->pdata[i];

    g_hash_table_insert (by_id, record->id, record);
    if (record->request_id != NULL)
      g_hash_table_insert (by_request, record->request_id, record);
  }

  for (guint i = 0; i < accepted->len; i++) {
    ReelJobRecord *found = accepted->pdata[i], *record = g_hash_table_lookup (by_id, found->id);

    if (g_hash_table_contains (by_request, found->request_id)) {
      reel_accepted_journal_remove (self, found->id);
    } else if (record == NULL) {
      record = reel_job_record_copy (found);
      g_ptr_array_add (records, record);
      g_hash_table_insert (by_id, record->id, record);
      g_hash_table_insert (by_request, record->request_id, record);
    } else if (record->submission != REEL_SUBMISSION_ACCEPTED) {
      record->submission = REEL_SUBMISSION_ACCEPTED;
      record->held = FALSE;
      record->declared_lost_at = 0;
      record->sent_at = found->sent_at;
      record->accepted_at = found->accepted_at;
      g_set_str (&record->request_id, found->request_id);
      g_set_str (&record->credits_charged, found->credits_charged);
      g_clear_pointer (&record->error_code, g_free);
      g_clear_pointer (&record->error_message, g_free);
      record->http_status = 0;
      g_hash_table_insert (by_request, record->request_id, record);
    }
  }
}

/**
 * reel_accepted_journal_add:
 * @record: an accepted job
 * @at_once: whether it is known that the database does not take it; else it gets a moment for that
 *
 * Writes down what was accepted, unless it is removed within that moment.
 */
void
reel_accepted_journal_add (ReelAcceptedJournal *self, const ReelJobRecord *record, gboolean at_once)
{
  g_return_if_fail (record->request_id != NULL);

  add_record (self->entries, record);
  self->changed = TRUE;
  if (at_once)
    write_now (self);
  else if (self->patience_id == 0)
    self->patience_id = g_timeout_add (PATIENCE, on_impatient, self);
}

/**
 * reel_accepted_journal_remove:
 * @id: our own name for a job that the database has, or that is forgotten
 *
 * Takes a job out; the file goes with the last one.
 */
void
reel_accepted_journal_remove (ReelAcceptedJournal *self, const char *id)
{
  if (!g_key_file_remove_group (self->entries, id, NULL))
    return;

  self->changed = TRUE;
  if (self->patience_id == 0 || is_empty (self))
    write_now (self);
}

/**
 * reel_accepted_journal_write_again:
 *
 * Writes what could not be written, now.
 */
void
reel_accepted_journal_write_again (ReelAcceptedJournal *self)
{
  if (self->failed)
    write_now (self);
}

/**
 * reel_accepted_journal_flush_async:
 * @callback: called when all is written, or cannot be
 * @data: for @callback
 *
 * Writes what is not written yet.
 */
void
reel_accepted_journal_flush_async (ReelAcceptedJournal *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);

  g_task_set_source_tag (task, reel_accepted_journal_flush_async);
  if (!self->loaded || (!self->changed && !self->writing)) {
    g_task_return_boolean (task, !self->failed);
    return;
  }

  g_ptr_array_add (self->flushes, g_steal_pointer (&task));
  write_now (self);
}

/**
 * reel_accepted_journal_flush_finish:
 *
 * Ends reel_accepted_journal_flush_async().
 *
 * Returns: whether all is on the disk
 */
gboolean
reel_accepted_journal_flush_finish (ReelAcceptedJournal *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_accepted_journal_flush_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}
