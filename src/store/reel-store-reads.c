#include "config.h"

#include "reel-store-history.h"
#include "reel-store-jobs.h"
#include "reel-store-private.h"

/* What the thread is given. */
typedef struct
{
  ReelHistoryQuery *query;
  ReelJobRecord *kind;
  char *text;
  GStrv names;
  gint64 *keys;
  guint n;
  gint64 since;
  gint64 until;
} Question;

/* Where a job stands. */
typedef struct
{
  ReelHistoryPlace place;
  gboolean shown;
} Finding;

/* What jobs can be told apart by. */
typedef struct
{
  GStrv models;
  GStrv aspect_ratios;
} Choices;

static void
question_free (gpointer data)
{
  Question *question = data;

  reel_history_query_free (question->query);
  reel_job_record_free (question->kind);
  g_free (question->text);
  g_strfreev (question->names);
  g_free (question->keys);
  g_free (question);
}

static void
choices_free (gpointer data)
{
  Choices *choices = data;

  g_strfreev (choices->models);
  g_strfreev (choices->aspect_ratios);
  g_free (choices);
}

static void
free_pointers (gpointer data)
{
  g_ptr_array_unref (data);
}

static void
free_array (gpointer data)
{
  g_array_unref (data);
}

static gboolean
work_load_jobs (ReelDatabase **database, gpointer data, gpointer *result, GError **error)
{
  const Question *question = data;

  return reel_store_check_open (*database, error) &&
         (*result = reel_store_jobs_load_unfinished (*database, (const char *const *)question->names, error)) != NULL;
}

static gboolean
work_load_job (ReelDatabase **database, gpointer data, gpointer *result, GError **error)
{
  const Question *question = data;

  return reel_store_check_open (*database, error) &&
         (*result = reel_store_jobs_load (*database, "id = ?", question->text, error)) != NULL;
}

static gboolean
work_find_request (ReelDatabase **database, gpointer data, gpointer *result, GError **error)
{
  const Question *question = data;

  return reel_store_check_open (*database, error) &&
         (*result = reel_store_jobs_load (*database, "request_id = ?", question->text, error)) != NULL;
}

static gboolean
work_list_history (ReelDatabase **database, gpointer data, gpointer *result, GError **error)
{
  const Question *question = data;

  return reel_store_check_open (*database, error) &&
         (*result = reel_store_history_list (*database, question->query, question->n, error)) != NULL;
}

static gboolean
work_find_in_history (ReelDatabase **database, gpointer data, gpointer *result, GError **error)
{
  const Question *question = data;
  Finding *finding;

  if (!reel_store_check_open (*database, error))
    return FALSE;

  *result = finding = g_new0 (Finding, 1);

  return reel_store_history_find (*database, question->query, question->text, &finding->place, &finding->shown, error);
}

static gboolean
work_load_history (ReelDatabase **database, gpointer data, gpointer *result, GError **error)
{
  const Question *question = data;

  return reel_store_check_open (*database, error) &&
         (*result = reel_store_history_load (*database, question->keys, question->n, error)) != NULL;
}

static gboolean
work_list_choices (ReelDatabase **database, gpointer data, gpointer *result, GError **error)
{
  Choices *choices;

  if (!reel_store_check_open (*database, error))
    return FALSE;

  *result = choices = g_new0 (Choices, 1);

  return reel_store_history_list_choices (*database, &choices->models, &choices->aspect_ratios, error);
}

static gboolean
work_list_prompts (ReelDatabase **database, gpointer data, gpointer *result, GError **error)
{
  return reel_store_check_open (*database, error) &&
         (*result = reel_store_history_list_prompts (*database, error)) != NULL;
}

static gboolean
work_list_times (ReelDatabase **database, gpointer data, gpointer *result, GError **error)
{
  const Question *question = data;

  return reel_store_check_open (*database, error) &&
         (*result = reel_store_jobs_list_times (*database, question->kind, question->n, error)) != NULL;
}

static gboolean
work_count_jobs (ReelDatabase **database, gpointer data, gpointer *result, GError **error)
{
  const Question *question = data;

  if (!reel_store_check_open (*database, error))
    return FALSE;

  *result = g_new0 (guint, 1);

  return reel_store_jobs_count (*database, question->since, question->until, *result, error);
}

static void
ask (ReelStore *self,
     GTask *task,
     ReelStoreAccess access,
     ReelStoreWork work,
     Question *question,
     GDestroyNotify free_result)
{
  reel_store_push (self, task, access, work, question, question_free, free_result);
}

/* The one job of an answer that has at most one. */
static ReelJobRecord *
finish_one (ReelStore *self, GAsyncResult *result, gpointer tag, GError **error)
{
  g_autoptr (GPtrArray) records = reel_store_finish_pointer (self, result, tag, error);

  return records != NULL && records->len > 0 ? g_ptr_array_steal_index (records, 0) : NULL;
}

/**
 * reel_store_load_jobs_async:
 * @names: (array zero-terminated=1): our own names for more jobs, or their request ids
 * @cancellable: (nullable): to give it up before its turn
 * @callback: called with the answer
 * @data: for @callback
 *
 * Reads the jobs to which something may still happen by itself, and some others; hidden ones too.
 */
void
reel_store_load_jobs_async (ReelStore *self,
                            const char *const *names,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data)
{
  Question *question;

  g_return_if_fail (REEL_IS_STORE (self) && names != NULL);

  question = g_new0 (Question, 1);
  question->names = g_strdupv ((GStrv)names);
  ask (self, reel_store_make_task (self, cancellable, callback, data, reel_store_load_jobs_async),
       REEL_STORE_READS_JOBS, work_load_jobs, question, free_pointers);
}

/**
 * reel_store_load_jobs_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_store_load_jobs_async().
 *
 * Returns: (transfer full) (element-type ReelJobRecord): the jobs
 */
GPtrArray *
reel_store_load_jobs_finish (ReelStore *self, GAsyncResult *result, GError **error)
{
  return reel_store_finish_pointer (self, result, reel_store_load_jobs_async, error);
}

/**
 * reel_store_load_job_async:
 * @id: our own name for a job
 * @cancellable: (nullable): to give it up before its turn
 * @callback: called with the answer
 * @data: for @callback
 *
 * Reads a job.
 */
void
reel_store_load_job_async (ReelStore *self,
                           const char *id,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  Question *question;

  g_return_if_fail (REEL_IS_STORE (self) && id != NULL);

  question = g_new0 (Question, 1);
  question->text = g_strdup (id);
  ask (self, reel_store_make_task (self, cancellable, callback, data, reel_store_load_job_async), REEL_STORE_READS,
       work_load_job, question, free_pointers);
}

/**
 * reel_store_load_job_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_store_load_job_async().
 *
 * Returns: (transfer full) (nullable): the job, %NULL without an error where there is none
 */
ReelJobRecord *
reel_store_load_job_finish (ReelStore *self, GAsyncResult *result, GError **error)
{
  return finish_one (self, result, reel_store_load_job_async, error);
}

/**
 * reel_store_find_request_async:
 * @request_id: the service's name for a job
 * @cancellable: (nullable): to give it up before its turn
 * @callback: called with the answer
 * @data: for @callback
 *
 * Looks for the job that has a request id.
 */
void
reel_store_find_request_async (ReelStore *self,
                               const char *request_id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  Question *question;

  g_return_if_fail (REEL_IS_STORE (self) && request_id != NULL);

  question = g_new0 (Question, 1);
  question->text = g_strdup (request_id);
  ask (self, reel_store_make_task (self, cancellable, callback, data, reel_store_find_request_async), REEL_STORE_READS,
       work_find_request, question, free_pointers);
}

/**
 * reel_store_find_request_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_store_find_request_async().
 *
 * Returns: (transfer full) (nullable): the job, %NULL without an error where there is none
 */
ReelJobRecord *
reel_store_find_request_finish (ReelStore *self, GAsyncResult *result, GError **error)
{
  return finish_one (self, result, reel_store_find_request_async, error);
}

/**
 * reel_store_list_history_async:
 * @query: what is asked for; copied
 * @limit: how many at most, 0 for all
 * @cancellable: (nullable): to give it up before its turn
 * @callback: called with the answer
 * @data: for @callback
 *
 * Lists where the jobs of a query stand, in its order.
 */
void
reel_store_list_history_async (ReelStore *self,
                               const ReelHistoryQuery *query,
                               guint limit,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  Question *question;

  g_return_if_fail (REEL_IS_STORE (self) && query != NULL);

  question = g_new0 (Question, 1);
  question->query = reel_history_query_copy (query);
  question->n = limit;
  ask (self, reel_store_make_task (self, cancellable, callback, data, reel_store_list_history_async), REEL_STORE_READS,
       work_list_history, question, free_array);
}

/**
 * reel_store_list_history_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_store_list_history_async().
 *
 * Returns: (transfer full) (element-type ReelHistoryPlace): the places
 */
GArray *
reel_store_list_history_finish (ReelStore *self, GAsyncResult *result, GError **error)
{
  return reel_store_finish_pointer (self, result, reel_store_list_history_async, error);
}

/**
 * reel_store_find_in_history_async:
 * @query: what is asked for; copied
 * @id: our own name for a job
 * @cancellable: (nullable): to give it up before its turn
 * @callback: called with the answer
 * @data: for @callback
 *
 * Tells whether a query means a job, and where it stands.
 */
void
reel_store_find_in_history_async (ReelStore *self,
                                  const ReelHistoryQuery *query,
                                  const char *id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data)
{
  Question *question;

  g_return_if_fail (REEL_IS_STORE (self) && query != NULL && id != NULL);

  question = g_new0 (Question, 1);
  question->query = reel_history_query_copy (query);
  question->text = g_strdup (id);
  ask (self, reel_store_make_task (self, cancellable, callback, data, reel_store_find_in_history_async),
       REEL_STORE_READS, work_find_in_history, question, g_free);
}

/**
 * reel_store_find_in_history_finish:
 * @place: (out caller-allocates): where it stands; its key is 0 where the job is not written
 * @shown: (out): whether the query means it
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_store_find_in_history_async().
 *
 * Returns: whether it is known
 */
gboolean
reel_store_find_in_history_finish (ReelStore *self,
                                   GAsyncResult *result,
                                   ReelHistoryPlace *place,
                                   gboolean *shown,
                                   GError **error)
{
  g_autofree Finding *finding = reel_store_finish_pointer (self, result, reel_store_find_in_history_async, error);

  if (finding == NULL)
    return FALSE;

  *place = finding->place;
  *shown = finding->shown;

  return TRUE;
}

/**
 * reel_store_load_history_async:
 * @keys: (array length=n_keys): what the database calls some jobs
 * @n_keys: how many
 * @cancellable: (nullable): to give it up before its turn
 * @callback: called with the answer
 * @data: for @callback
 *
 * Reads jobs by their keys.
 */
void
reel_store_load_history_async (ReelStore *self,
                               const gint64 *keys,
                               guint n_keys,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  Question *question;

  g_return_if_fail (REEL_IS_STORE (self) && (keys != NULL || n_keys == 0));

  question = g_new0 (Question, 1);
  question->keys = g_memdup2 (keys, n_keys * sizeof *keys);
  question->n = n_keys;
  ask (self, reel_store_make_task (self, cancellable, callback, data, reel_store_load_history_async), REEL_STORE_READS,
       work_load_history, question, free_pointers);
}

/**
 * reel_store_load_history_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_store_load_history_async().
 *
 * Returns: (transfer full) (element-type ReelJobRecord): as many as keys and in their order, with %NULL for a job that is gone
 */
GPtrArray *
reel_store_load_history_finish (ReelStore *self, GAsyncResult *result, GError **error)
{
  return reel_store_finish_pointer (self, result, reel_store_load_history_async, error);
}

/**
 * reel_store_list_choices_async:
 * @cancellable: (nullable): to give it up before its turn
 * @callback: called with the answer
 * @data: for @callback
 *
 * Lists the models and aspect ratios of the history.
 */
void
reel_store_list_choices_async (ReelStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  Question *question;

  g_return_if_fail (REEL_IS_STORE (self));

  question = g_new0 (Question, 1);
  ask (self, reel_store_make_task (self, cancellable, callback, data, reel_store_list_choices_async), REEL_STORE_READS,
       work_list_choices, question, choices_free);
}

/**
 * reel_store_list_choices_finish:
 * @models: (out) (transfer full): the models
 * @aspect_ratios: (out) (transfer full): the aspect ratios
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_store_list_choices_async().
 *
 * Returns: whether they are known
 */
gboolean
reel_store_list_choices_finish (ReelStore *self,
                                GAsyncResult *result,
                                GStrv *models,
                                GStrv *aspect_ratios,
                                GError **error)
{
  Choices *choices = reel_store_finish_pointer (self, result, reel_store_list_choices_async, error);

  if (choices == NULL)
    return FALSE;

  *models = g_steal_pointer (&choices->models);
  *aspect_ratios = g_steal_pointer (&choices->aspect_ratios);
  choices_free (choices);

  return TRUE;
}

/**
 * reel_store_list_prompts_async:
 * @cancellable: (nullable): to give it up before its turn
 * @callback: called with the answer
 * @data: for @callback
 *
 * Lists the different prompts of the newest jobs.
 */
void
reel_store_list_prompts_async (ReelStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (REEL_IS_STORE (self));

  ask (self, reel_store_make_task (self, cancellable, callback, data, reel_store_list_prompts_async), REEL_STORE_READS,
       work_list_prompts, NULL, (GDestroyNotify)g_strfreev);
}

/**
 * reel_store_list_prompts_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_store_list_prompts_async().
 *
 * Returns: (transfer full): the prompts, the newest first
 */
GStrv
reel_store_list_prompts_finish (ReelStore *self, GAsyncResult *result, GError **error)
{
  return reel_store_finish_pointer (self, result, reel_store_list_prompts_async, error);
}

/**
 * reel_store_list_times_async:
 * @kind: a job whose account, model, length and resolution count; copied
 * @limit: how many at most
 * @cancellable: (nullable): to give it up before its turn
 * @callback: called with the answer
 * @data: for @callback
 *
 * Lists how long the service took for the newest jobs of a kind.
 */
void
reel_store_list_times_async (ReelStore *self,
                             const ReelJobRecord *kind,
                             guint limit,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  Question *question;

  g_return_if_fail (REEL_IS_STORE (self) && kind != NULL);

  question = g_new0 (Question, 1);
  question->kind = reel_job_record_copy (kind);
  question->n = limit;
  ask (self, reel_store_make_task (self, cancellable, callback, data, reel_store_list_times_async), REEL_STORE_READS,
       work_list_times, question, free_array);
}

/**
 * reel_store_list_times_finish:
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_store_list_times_async().
 *
 * Returns: (transfer full) (element-type gint64): microseconds
 */
GArray *
reel_store_list_times_finish (ReelStore *self, GAsyncResult *result, GError **error)
{
  return reel_store_finish_pointer (self, result, reel_store_list_times_async, error);
}

/**
 * reel_store_count_jobs_async:
 * @since: a time, microseconds since 1970 in UTC
 * @until: a later one
 * @cancellable: (nullable): to give it up before its turn
 * @callback: called with the answer
 * @data: for @callback
 *
 * Counts the jobs that were made in a time and are not hidden.
 */
void
reel_store_count_jobs_async (ReelStore *self,
                             gint64 since,
                             gint64 until,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  Question *question;

  g_return_if_fail (REEL_IS_STORE (self));

  question = g_new0 (Question, 1);
  question->since = since;
  question->until = until;
  ask (self, reel_store_make_task (self, cancellable, callback, data, reel_store_count_jobs_async), REEL_STORE_READS,
       work_count_jobs, question, g_free);
}

/**
 * reel_store_count_jobs_finish:
 * @n_jobs: (out): how many
 * @error: %REEL_ERROR_STORE
 *
 * Ends reel_store_count_jobs_async().
 *
 * Returns: whether it is known
 */
gboolean
reel_store_count_jobs_finish (ReelStore *self, GAsyncResult *result, guint *n_jobs, GError **error)
{
  g_autofree guint *counted = reel_store_finish_pointer (self, result, reel_store_count_jobs_async, error);

  if (counted == NULL)
    return FALSE;

  *n_jobs = *counted;

  return TRUE;
}
