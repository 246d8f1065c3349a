#include "config.h"

#include "reel-download-news.h"

#include "reel-error.h"
#include "reel-uri.h"

/* What a download changes in the book. */

static void
forget_part (ReelJobRecord *record)
{
  record->part_size = 0;
  g_clear_pointer (&record->part_etag, g_free);
}

/**
 * reel_download_news_take_begin:
 * @transfer: brings the video
 *
 * Writes down what comes, so that the next run can go on with it.
 */
void
reel_download_news_take_begin (ReelJobBook *book, ReelJob *job, ReelTransfer *transfer)
{
  const ReelJobRecord *before = reel_job_book_peek (book, job);
  ReelJobRecord *record;

  if (before->part_size == reel_transfer_get_total (transfer) && before->file_error == NULL &&
      g_strcmp0 (before->part_etag, reel_transfer_get_etag (transfer)) == 0)
    return;

  record = reel_job_book_edit (book, job);
  record->part_size = reel_transfer_get_total (transfer);
  g_set_str (&record->part_etag, reel_transfer_get_etag (transfer));
  g_clear_pointer (&record->file_error, g_free);
  reel_job_book_commit_async (book, job, record, NULL, NULL);
}

/**
 * reel_download_news_take_wait:
 * @message: (nullable): why the video is not here yet
 *
 * Writes down that a video is on its way.
 */
void
reel_download_news_take_wait (ReelJobBook *book, ReelJob *job, const char *message)
{
  const ReelJobRecord *before = reel_job_book_peek (book, job);
  ReelJobRecord *record;

  if (before->file_state == REEL_FILE_DOWNLOADING && g_strcmp0 (before->file_error, message) == 0)
    return;

  record = reel_job_book_edit (book, job);
  record->file_state = REEL_FILE_DOWNLOADING;
  g_set_str (&record->file_error, message);
  reel_job_book_commit_async (book, job, record, NULL, NULL);
}

/**
 * reel_download_news_take_video:
 * @transfer: has brought the video
 * @url: where it came from
 *
 * Writes down where the video is. What was kept in its place is deleted.
 */
void
reel_download_news_take_video (ReelJobBook *book, ReelJob *job, ReelTransfer *transfer, const char *url)
{
  g_autofree char *address = reel_uri_redact (url);
  ReelJobRecord *record = reel_job_book_edit (book, job);

  if (record->file_aside != NULL) {
    g_autoptr (GFile) aside = g_file_new_for_path (record->file_aside);

    g_file_delete_async (aside, G_PRIORITY_LOW, NULL, NULL, NULL);
  }
  record->file_state = REEL_FILE_SAVED;
  g_set_str (&record->file, reel_transfer_get_path (transfer));
  record->file_size = reel_transfer_get_size (transfer);
  g_set_str (&record->file_sha256, reel_transfer_get_sha256 (transfer));
  g_clear_pointer (&record->file_error, g_free);
  g_clear_pointer (&record->file_aside, g_free);
  forget_part (record);
  record->saved_at = g_get_real_time ();
  reel_job_book_commit_async (book, job, record, NULL, NULL);
  reel_job_book_add_event (book, job, "download", 200, address);
}

/**
 * reel_download_news_take_failure:
 * @error: why the download was given up
 * @aside: (nullable): where what came is kept
 *
 * Writes down that the video could not be saved.
 */
void
reel_download_news_take_failure (ReelJobBook *book, ReelJob *job, const GError *error, const char *aside)
{
  ReelJobRecord *record = reel_job_book_edit (book, job);

  record->file_state = REEL_FILE_FAILED;
  g_set_str (&record->file_error, error->message);
  if (aside != NULL)
    g_set_str (&record->file_aside, aside);
  forget_part (record);
  reel_job_book_commit_async (book, job, record, NULL, NULL);
  reel_job_book_add_event (book, job, "error", reel_error_get_http_status (error), error->message);
}
