#include "config.h"

#include "reel-submission-judge.h"

#include "reel-error.h"
#include "reel-uri.h"

/* What is known of a request: whether it may leave, and after a failure whether it did. */

/* What ReelJobRecord.error_code says of a job whose request was written down but never left. */
#define NOT_SENT "not_sent"

/**
 * reel_submission_check:
 * @record: a job
 *
 * Looks for what must not leave this machine, whatever the form let pass: private addresses above all.
 *
 * Returns: (transfer full) (nullable): why it is not sent
 */
GError *
reel_submission_check (const ReelJobRecord *record)
{
  if (record->prompt == NULL || !g_utf8_validate (record->prompt, -1, NULL))
    return reel_error_new_network (REEL_ERROR_INVALID_REQUEST, FALSE, "The prompt is not text");
  if (record->webhook_url != NULL && reel_uri_check_public (record->webhook_url) != REEL_URI_OK)
    return reel_error_new_network (REEL_ERROR_INVALID_REQUEST, FALSE, "The webhook URL is not public https");
  if (g_strv_length (record->media_urls) > REEL_REQUEST_MAX_REFERENCES)
    return reel_error_new_network (REEL_ERROR_INVALID_REQUEST, FALSE, "There are too many references");
  for (char **url = record->media_urls; *url != NULL; url++)
    if (reel_uri_check_public (*url) != REEL_URI_OK)
      return reel_error_new_network (REEL_ERROR_INVALID_REQUEST, FALSE, "The link of a reference is not public https");

  return NULL;
}

/**
 * reel_submission_judge:
 * @error: why a submission got no request id
 *
 * Judges a submission that failed. One of which provably no byte has left this machine, for want of a connection, is
 * still recorded: it may be tried again by itself. A refusal is final. Everything else that was sent may have been
 * accepted and charged: a 5xx, an answer that cannot be read, a connection that broke, and 408, which a proxy gives when
 * the service took too long.
 *
 * Returns: %REEL_SUBMISSION_RECORDED, %REEL_SUBMISSION_REJECTED or %REEL_SUBMISSION_UNKNOWN
 */
ReelSubmission
reel_submission_judge (const GError *error)
{
  guint status = reel_error_get_http_status (error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return REEL_SUBMISSION_RECORDED;
  if (!reel_error_was_sent (error) && status == 0)
    return error->domain == REEL_ERROR && reel_error_is_connection (error->code) ? REEL_SUBMISSION_RECORDED
                                                                                 : REEL_SUBMISSION_REJECTED;

  return status >= 400 && status < 500 && status != 408 ? REEL_SUBMISSION_REJECTED : REEL_SUBMISSION_UNKNOWN;
}

/**
 * reel_submission_note_error:
 * @record: a job
 * @error: (nullable): why it was not accepted, %NULL where nothing is wrong with it any more
 *
 * Writes an error into a record: the service's own code and words, or ours.
 */
void
reel_submission_note_error (ReelJobRecord *record, const GError *error)
{
  const char *code = reel_error_get_service_code (error);
  const char *message = reel_error_get_service_message (error);

  if (error != NULL && error->domain != REEL_ERROR)
    code = NOT_SENT;
  else if (error != NULL && code == NULL && message == NULL)
    code = reel_error_to_name (error->code);
  if (message == NULL)
    message = reel_error_get_issuer (error);
  if (error != NULL && message == NULL)
    message = error->message;
  g_set_str (&record->error_code, code);
  g_set_str (&record->error_message, message);
  record->http_status = reel_error_get_http_status (error);
}
