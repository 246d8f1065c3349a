#include "config.h"

#include "reel-job-news.h"

#include "reel-error.h"

/* What the answer to a status request changes in the book, where it changes anything. */

/* How long the service may say that it does not know a job that it has accepted, before the job counts as lost. */
#define LOST_AFTER (24 * 60 * 60 * (gint64)G_USEC_PER_SEC)

static gboolean
says_the_same (const ReelJobRecord *one, const ReelJobRecord *other)
{
  return one->status == other->status && one->file_state == other->file_state &&
         one->not_found_at == other->not_found_at && g_strcmp0 (one->status_text, other->status_text) == 0 &&
         g_strcmp0 (one->output_url, other->output_url) == 0 &&
         g_strcmp0 (one->credits_charged, other->credits_charged) == 0 &&
         g_strcmp0 (one->error_code, other->error_code) == 0 &&
         g_strcmp0 (one->error_message, other->error_message) == 0;
}

static void
set_error (ReelJobRecord *record, const GError *error)
{
  const char *code = reel_error_get_service_code (error), *message = reel_error_get_service_message (error);

  g_set_str (&record->error_code, code != NULL ? code : reel_error_to_name (error->code));
  g_set_str (&record->error_message, message != NULL ? message : error->message);
  record->http_status = reel_error_get_http_status (error);
}

static void
commit (ReelJobBook *book, ReelJob *job, ReelJobRecord *record)
{
  if (says_the_same (reel_job_book_peek (book, job), record))
    reel_job_record_free (record);
  else
    reel_job_book_commit_async (book, job, record, NULL, NULL);
}

/**
 * reel_job_news_take_generation:
 * @generation: what the service tells
 * @on_succeeded: called when it is written down that the video can be downloaded now
 * @data: for @on_succeeded
 *
 * Takes over what the service tells about a job.
 *
 * Returns: whether @on_succeeded will be called
 */
gboolean
reel_job_news_take_generation (ReelJobBook *book,
                               ReelJob *job,
                               const ReelGeneration *generation,
                               GAsyncReadyCallback on_succeeded,
                               gpointer data)
{
  const ReelJobRecord *before = reel_job_book_peek (book, job);
  gboolean succeeded;
  g_autoptr (ReelJobRecord) record = reel_job_book_edit (book, job);

  if (!reel_service_status_is_final (before->status)) {
    g_clear_pointer (&record->error_code, g_free);
    g_clear_pointer (&record->error_message, g_free);
  }
  reel_job_record_apply (record, generation, g_get_real_time ());
  if (says_the_same (before, record))
    return FALSE;

  succeeded = before->status != REEL_SERVICE_SUCCEEDED && record->status == REEL_SERVICE_SUCCEEDED;
  reel_job_book_add_event (book, job, "status", generation->http_status, generation->body);
  reel_job_book_commit_async (book, job, g_steal_pointer (&record), succeeded ? on_succeeded : NULL, data);

  return succeeded;
}

/**
 * reel_job_news_take_error:
 * @error: of %REEL_ERROR
 *
 * Shows why there is no news of a job that is still running.
 */
void
reel_job_news_take_error (ReelJobBook *book, ReelJob *job, const GError *error)
{
  ReelJobRecord *record;

  if (reel_service_status_is_final (reel_job_book_peek (book, job)->status))
    return;

  record = reel_job_book_edit (book, job);
  set_error (record, error);
  commit (book, job, record);
}

/**
 * reel_job_news_take_not_found:
 * @error: %REEL_ERROR_NOT_FOUND
 *
 * Writes down that the service does not know a job that it has accepted. When it has said so for a day, the job counts
 * as lost.
 */
void
reel_job_news_take_not_found (ReelJobBook *book, ReelJob *job, const GError *error)
{
  gint64 now = g_get_real_time ();
  ReelJobRecord *record;

  if (reel_service_status_is_final (reel_job_book_peek (book, job)->status))
    return;

  record = reel_job_book_edit (book, job);
  set_error (record, error);
  if (record->not_found_at == 0 || record->not_found_at > now)
    record->not_found_at = now;
  if (now - record->not_found_at >= LOST_AFTER) {
    record->status = REEL_SERVICE_LOST;
    record->finished_at = now;
  }
  commit (book, job, record);
}
