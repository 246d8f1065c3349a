#include "config.h"

#include "reel-store-jobs.h"

#include "reel-store-history.h"
#include "reel-store-ledger.h"

#define COLUMNS                                                                                                        \
  "id, account_id, model, prompt, duration, aspect_ratio, resolution, webhook_url, webhook_token, "                    \
  "resend_of, estimate, credits_charged, submission, held, declared_lost_at, request_id, status, "                     \
  "status_text, output_url, error_code, error_message, http_status, cancel_asked, cancel_error, "                      \
  "file_state, file, file_size, file_sha256, file_error, file_aside, part_size, part_etag, hidden, favourite, "        \
  "created_at, sent_at, accepted_at, started_at, not_found_at, finished_at, saved_at"

#define VALUES                                                                                                         \
  "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, "                   \
  "?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, ?37, ?38, ?39, ?40, ?41"

/* Not REPLACE: that would delete the row, and with it what hangs on it. */
#define SAVE                                                                                                           \
  "INSERT INTO jobs (" COLUMNS ") VALUES (" VALUES ") "                                                                \
  "ON CONFLICT (id) DO UPDATE SET (" COLUMNS ") = (" VALUES ")"

/* The words in the file. They stay when the enumerations in the program change. */
static const char *const submissions[] = {
    [REEL_SUBMISSION_RECORDED] = "recorded", [REEL_SUBMISSION_SENDING] = "sending",
    [REEL_SUBMISSION_ACCEPTED] = "accepted", [REEL_SUBMISSION_REJECTED] = "rejected",
    [REEL_SUBMISSION_UNKNOWN] = "unknown",
};
static const char *const statuses[] = {
    [REEL_SERVICE_NONE] = "none",           [REEL_SERVICE_QUEUED] = "queued", [REEL_SERVICE_PROCESSING] = "processing",
    [REEL_SERVICE_SUCCEEDED] = "succeeded", [REEL_SERVICE_FAILED] = "failed", [REEL_SERVICE_CANCELLED] = "cancelled",
    [REEL_SERVICE_LOST] = "lost",           [REEL_SERVICE_OTHER] = "other",
};
static const char *const file_states[] = {
    [REEL_FILE_NONE] = "none",     [REEL_FILE_DOWNLOADING] = "downloading", [REEL_FILE_SAVED] = "saved",
    [REEL_FILE_FAILED] = "failed", [REEL_FILE_MISSING] = "missing",
};

static const char *const state_words[] = {
    [REEL_JOB_HELD] = "held",
    [REEL_JOB_SENDING] = "sending",
    [REEL_JOB_WAITING] = "waiting",
    [REEL_JOB_GENERATING] = "generating",
    [REEL_JOB_DOWNLOADING] = "downloading",
    [REEL_JOB_READY] = "ready",
    [REEL_JOB_NOT_SAVED] = "not-saved",
    [REEL_JOB_FAILED] = "failed",
    [REEL_JOB_CANCELLED] = "cancelled",
    [REEL_JOB_UNKNOWN] = "unknown",
    [REEL_JOB_LOST] = "lost",
};

static guint
word_to_enum (const char *const *words, guint n_words, const char *word, guint fallback)
{
  for (guint i = 0; i < n_words; i++)
    if (g_strcmp0 (words[i], word) == 0)
      return i;

  return fallback;
}

static void
bind_text (sqlite3_stmt *statement, int *column, const char *text)
{
  /* The record outlives the statement's run. */
  sqlite3_bind_text (statement, ++*column, text, -1, SQLITE_STATIC);
}

static void
bind_int (sqlite3_stmt *statement, int *column, gint64 value)
{
  sqlite3_bind_int64 (statement, ++*column, value);
}

static void
bind_record (sqlite3_stmt *statement, const ReelJobRecord *record)
{
  int column = 0;

  bind_text (statement, &column, record->id);
  bind_text (statement, &column, record->account_id);
  bind_text (statement, &column, record->model);
  bind_text (statement, &column, record->prompt);
  bind_int (statement, &column, record->duration);
  bind_text (statement, &column, record->aspect_ratio);
  bind_text (statement, &column, record->resolution);
  bind_text (statement, &column, record->webhook_url);
  bind_text (statement, &column, record->webhook_token);
  bind_text (statement, &column, record->resend_of);
  if (record->estimate == REEL_MONEY_NOT_LISTED)
    sqlite3_bind_null (statement, ++column);
  else
    bind_int (statement, &column, record->estimate);
  bind_text (statement, &column, record->credits_charged);
  bind_text (statement, &column, submissions[record->submission]);
  bind_int (statement, &column, record->held);
  bind_int (statement, &column, record->declared_lost_at);
  bind_text (statement, &column, record->request_id);
  bind_text (statement, &column, statuses[record->status]);
  bind_text (statement, &column, record->status_text);
  bind_text (statement, &column, record->output_url);
  bind_text (statement, &column, record->error_code);
  bind_text (statement, &column, record->error_message);
  bind_int (statement, &column, record->http_status);
  bind_int (statement, &column, record->cancel_asked);
  bind_text (statement, &column, record->cancel_error);
  bind_text (statement, &column, file_states[record->file_state]);
  bind_text (statement, &column, record->file);
  bind_int (statement, &column, record->file_size);
  bind_text (statement, &column, record->file_sha256);
  bind_text (statement, &column, record->file_error);
  bind_text (statement, &column, record->file_aside);
  bind_int (statement, &column, record->part_size);
  bind_text (statement, &column, record->part_etag);
  bind_int (statement, &column, record->hidden);
  bind_int (statement, &column, record->favourite);
  bind_int (statement, &column, record->created_at);
  bind_int (statement, &column, record->sent_at);
  bind_int (statement, &column, record->accepted_at);
  bind_int (statement, &column, record->started_at);
  bind_int (statement, &column, record->not_found_at);
  bind_int (statement, &column, record->finished_at);
  bind_int (statement, &column, record->saved_at);
}

static char *
dup_text (sqlite3_stmt *statement, int *column)
{
  return g_strdup ((const char *)sqlite3_column_text (statement, (*column)++));
}

static gint64
get_int (sqlite3_stmt *statement, int *column)
{
  return sqlite3_column_int64 (statement, (*column)++);
}

#define get_word(statement, column, words, fallback)                                                                   \
  word_to_enum (words, G_N_ELEMENTS (words), (const char *)sqlite3_column_text (statement, (*column)++), fallback)

static ReelJobRecord *
read_record (sqlite3_stmt *statement)
{
  ReelJobRecord *record = reel_job_record_new ();
  int column = 0;

  record->id = dup_text (statement, &column);
  record->account_id = dup_text (statement, &column);
  record->model = dup_text (statement, &column);
  record->prompt = dup_text (statement, &column);
  record->duration = get_int (statement, &column);
  record->aspect_ratio = dup_text (statement, &column);
  record->resolution = dup_text (statement, &column);
  record->webhook_url = dup_text (statement, &column);
  record->webhook_token = dup_text (statement, &column);
  record->resend_of = dup_text (statement, &column);
  record->estimate = sqlite3_column_type (statement, column) == SQLITE_NULL ? REEL_MONEY_NOT_LISTED
                                                                            : sqlite3_column_int64 (statement, column);
  column++;
  record->credits_charged = dup_text (statement, &column);
  record->submission = get_word (statement, &column, submissions, REEL_SUBMISSION_UNKNOWN);
  record->held = get_int (statement, &column) != 0;
  record->declared_lost_at = get_int (statement, &column);
  record->request_id = dup_text (statement, &column);
  record->status = get_word (statement, &column, statuses, REEL_SERVICE_OTHER);
  record->status_text = dup_text (statement, &column);
  record->output_url = dup_text (statement, &column);
  record->error_code = dup_text (statement, &column);
  record->error_message = dup_text (statement, &column);
  record->http_status = get_int (statement, &column);
  record->cancel_asked = get_int (statement, &column) != 0;
  record->cancel_error = dup_text (statement, &column);
  record->file_state = get_word (statement, &column, file_states, REEL_FILE_NONE);
  record->file = dup_text (statement, &column);
  record->file_size = get_int (statement, &column);
  record->file_sha256 = dup_text (statement, &column);
  record->file_error = dup_text (statement, &column);
  record->file_aside = dup_text (statement, &column);
  record->part_size = get_int (statement, &column);
  record->part_etag = dup_text (statement, &column);
  record->hidden = get_int (statement, &column) != 0;
  record->favourite = get_int (statement, &column) != 0;
  record->created_at = get_int (statement, &column);
  record->sent_at = get_int (statement, &column);
  record->accepted_at = get_int (statement, &column);
  record->started_at = get_int (statement, &column);
  record->not_found_at = get_int (statement, &column);
  record->finished_at = get_int (statement, &column);
  record->saved_at = get_int (statement, &column);

  return record;
}

static gboolean
save_media (ReelDatabase *database, const ReelJobRecord *record, GError **error)
{
  sqlite3_stmt *statement = reel_database_prepare (database, "DELETE FROM job_media WHERE job_id = ?", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, record->id, -1, SQLITE_STATIC);
  if (!reel_database_run (database, statement, error))
    return FALSE;

  for (guint i = 0; record->media_urls != NULL && record->media_urls[i] != NULL; i++) {
    statement =
        reel_database_prepare (database, "INSERT INTO job_media (job_id, position, url) VALUES (?, ?, ?)", error);
    if (statement == NULL)
      return FALSE;
    sqlite3_bind_text (statement, 1, record->id, -1, SQLITE_STATIC);
    sqlite3_bind_int (statement, 2, i);
    sqlite3_bind_text (statement, 3, record->media_urls[i], -1, SQLITE_STATIC);
    if (!reel_database_run (database, statement, error))
      return FALSE;
  }

  return TRUE;
}

static gboolean
save_row (ReelDatabase *database, const ReelJobRecord *record, GError **error)
{
  sqlite3_stmt *statement = reel_database_prepare (database, SAVE, error);
  gboolean saved;

  if (statement == NULL)
    return FALSE;

  bind_record (statement, record);
  saved = reel_database_run (database, statement, error);
  sqlite3_clear_bindings (statement);

  return saved;
}

static gboolean
load_media (ReelDatabase *database, ReelJobRecord *record, GError **error)
{
  g_autoptr (GStrvBuilder) urls = g_strv_builder_new ();
  sqlite3_stmt *statement =
      reel_database_prepare (database, "SELECT url FROM job_media WHERE job_id = ? ORDER BY position", error);
  gboolean row = TRUE;

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_text (statement, 1, record->id, -1, SQLITE_STATIC);
  while (reel_database_step (database, statement, &row, error)) {
    if (!row) {
      g_strfreev (record->media_urls);
      record->media_urls = g_strv_builder_end (urls);
      return TRUE;
    }
    g_strv_builder_add (urls, (const char *)sqlite3_column_text (statement, 0));
  }

  return FALSE;
}

/**
 * reel_store_jobs_save:
 * @record: what is kept of a job
 * @error: %REEL_ERROR_STORE
 *
 * Inserts a job or replaces all of it, in one transaction.
 */
gboolean
reel_store_jobs_save (ReelDatabase *database, const ReelJobRecord *record, GError **error)
{
  if (!reel_database_begin (database, error))
    return FALSE;

  return reel_database_end (database,
                            save_row (database, record, error) && save_media (database, record, error) &&
                                reel_store_history_index (database, record, error),
                            error);
}

/**
 * reel_store_jobs_load:
 * @which: which jobs, in SQL, and in which order
 * @value: (nullable): what the one parameter of @which stands for, where it has one
 * @error: %REEL_ERROR_STORE
 *
 * Reads jobs, hidden ones too.
 *
 * Returns: (transfer full) (nullable) (element-type ReelJobRecord): the jobs
 */
GPtrArray *
reel_store_jobs_load (ReelDatabase *database, const char *which, const char *value, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)reel_job_record_free);
  g_autofree char *sql = g_strconcat ("SELECT " COLUMNS " FROM jobs WHERE ", which, NULL);
  sqlite3_stmt *statement = reel_database_prepare (database, sql, error);
  gboolean row = TRUE;

  if (statement == NULL)
    return NULL;

  if (value != NULL)
    sqlite3_bind_text (statement, 1, value, -1, SQLITE_TRANSIENT);
  while (row) {
    if (!reel_database_step (database, statement, &row, error))
      return NULL;
    if (row)
      g_ptr_array_add (records, read_record (statement));
  }

  for (guint i = 0; i < records->len; i++)
    if (!load_media (database, records->pdata[i], error))
      return NULL;

  return g_steal_pointer (&records);
}

/**
 * reel_store_jobs_load_unfinished:
 * @names: (array zero-terminated=1): our own names for jobs, or request ids
 * @error: %REEL_ERROR_STORE
 *
 * Reads the jobs to which something may still happen by itself, and some others.
 *
 * Returns: (transfer full) (nullable) (element-type ReelJobRecord): the jobs, each once
 */
GPtrArray *
reel_store_jobs_load_unfinished (ReelDatabase *database, const char *const *names, GError **error)
{
  g_autoptr (GPtrArray) records = reel_store_jobs_load (
      database, "id IN (SELECT job_id FROM job_index WHERE unfinished) ORDER BY created_at DESC, id", NULL, error);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  if (records == NULL)
    return NULL;

  for (guint i = 0; i < records->len; i++)
    g_hash_table_add (known, ((const ReelJobRecord *)records->pdata[i])->id);

  for (const char *const *name = names; *name != NULL; name++) {
    g_autoptr (GPtrArray) found = reel_store_jobs_load (database, "id = ?1 OR request_id = ?1", *name, error);

    if (found == NULL)
      return NULL;
    for (guint i = found->len; i-- > 0;) {
      const ReelJobRecord *record = found->pdata[i];

      if (g_hash_table_add (known, record->id))
        g_ptr_array_add (records, g_ptr_array_steal_index (found, i));
    }
  }

  return g_steal_pointer (&records);
}

/**
 * reel_store_jobs_list_times:
 * @kind: a job whose account, model, length and resolution count
 * @limit: how many at most
 * @error: %REEL_ERROR_STORE
 *
 * Lists how long the service took for the newest jobs of a kind, from the acceptance to the video.
 *
 * Returns: (transfer full) (nullable) (element-type gint64): microseconds
 */
GArray *
reel_store_jobs_list_times (ReelDatabase *database, const ReelJobRecord *kind, guint limit, GError **error)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *statement =
      reel_database_prepare (database,
                             "SELECT finished_at - accepted_at FROM jobs "
                             "WHERE model IS ?1 AND duration = ?2 AND resolution IS ?3 AND account_id = ?4 AND "
                             "status = 'succeeded' AND accepted_at > 0 AND finished_at > accepted_at "
                             "ORDER BY created_at DESC LIMIT ?5",
                             error);
  gboolean row = TRUE;

  if (statement == NULL)
    return NULL;

  sqlite3_bind_text (statement, 1, kind->model, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (statement, 2, kind->duration);
  sqlite3_bind_text (statement, 3, kind->resolution, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (statement, 4, kind->account_id, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (statement, 5, limit);
  while (TRUE) {
    gint64 time;

    if (!reel_database_step (database, statement, &row, error))
      return NULL;
    if (!row)
      return g_steal_pointer (&times);

    time = sqlite3_column_int64 (statement, 0);
    g_array_append_val (times, time);
  }
}

/**
 * reel_store_jobs_count:
 * @since: a time, microseconds since 1970 in UTC
 * @until: a later one
 * @n_jobs: (out): how many
 * @error: %REEL_ERROR_STORE
 *
 * Counts the jobs that were made in a time and are not hidden.
 */
gboolean
reel_store_jobs_count (ReelDatabase *database, gint64 since, gint64 until, guint *n_jobs, GError **error)
{
  sqlite3_stmt *statement = reel_database_prepare (
      database, "SELECT count(*) FROM job_index WHERE NOT hidden AND created_at >= ? AND created_at < ?", error);
  gboolean row = FALSE;

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, since);
  sqlite3_bind_int64 (statement, 2, until);
  if (!reel_database_step (database, statement, &row, error))
    return FALSE;
  *n_jobs = (guint)sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);

  return TRUE;
}

/**
 * reel_store_jobs_delete:
 * @id: our own name for a job
 * @error: %REEL_ERROR_STORE
 *
 * Forgets a job and its events; what it cost, or may have cost, stays in the ledger. Both happen, or neither.
 */
gboolean
reel_store_jobs_delete (ReelDatabase *database, const char *id, GError **error)
{
  sqlite3_stmt *statement;

  if (!reel_database_begin (database, error))
    return FALSE;

  if (!reel_store_ledger_keep (database, id, error))
    return reel_database_end (database, FALSE, error);

  statement = reel_database_prepare (database, "DELETE FROM jobs WHERE id = ?", error);
  if (statement == NULL)
    return reel_database_end (database, FALSE, error);

  sqlite3_bind_text (statement, 1, id, -1, SQLITE_TRANSIENT);

  return reel_database_end (database, reel_database_run (database, statement, error), error);
}

/**
 * reel_store_jobs_read_submission:
 * @word: (nullable): a word of the file
 *
 * Returns: what it means; a word that is not known is an unknown outcome
 */
ReelSubmission
reel_store_jobs_read_submission (const char *word)
{
  return word_to_enum (submissions, G_N_ELEMENTS (submissions), word, REEL_SUBMISSION_UNKNOWN);
}

/**
 * reel_store_jobs_read_status:
 * @word: (nullable): a word of the file
 *
 * Returns: what it means
 */
ReelServiceStatus
reel_store_jobs_read_status (const char *word)
{
  return word_to_enum (statuses, G_N_ELEMENTS (statuses), word, REEL_SERVICE_OTHER);
}

/**
 * reel_store_jobs_get_state_word:
 * @state: the state of a job
 *
 * Returns: (transfer none): its word in the file
 */
const char *
reel_store_jobs_get_state_word (ReelJobState state)
{
  return state_words[state];
}
