#include "config.h"

#include "reel-error-text.h"

static const char *const may_be_charged =
    "The service may have accepted it and charged you. Seedreel will not send it again by itself.";

static void
assert_has (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in “%s”", part, text);
}

static void
assert_lacks (const char *text, const char *part)
{
  if (strstr (text, part) != NULL)
    g_error ("“%s” is in “%s”", part, text);
}

static ReelJobRecord *
make_record (ReelSubmission submission, const char *code, guint http_status)
{
  ReelJobRecord *record = reel_job_record_new ();

  record->submission = submission;
  record->error_code = g_strdup (code);
  record->http_status = http_status;

  return record;
}

static void
test_broken (void)
{
  g_autoptr (GError) error = reel_error_new_network (REEL_ERROR_BROKEN, TRUE, "reset by peer");
  g_autoptr (ReelErrorText) text = reel_error_text_new (error, REEL_ERROR_DOING_SUBMIT);

  g_assert_true (g_str_has_prefix (text->body, "The connection broke after the request was sent. "));
  assert_has (text->body, may_be_charged);
  assert_lacks (text->body, "again later");
  assert_lacks (text->body, "generate again");
  assert_lacks (text->body, "try again");
}

/* Every error, whatever was being done: whole sentences, and about money only where money was asked for. */
static void
test_all (void)
{
  for (ReelError code = REEL_ERROR_UNREACHABLE; code <= REEL_ERROR_MISMATCH; code++) {
    for (ReelErrorDoing doing = REEL_ERROR_DOING_SUBMIT; doing <= REEL_ERROR_DOING_LOCAL; doing++) {
      for (int sent = 0; sent <= 1; sent++) {
        g_autoptr (GError) error = reel_error_new_network (code, sent, "x");
        g_autoptr (ReelErrorText) text = reel_error_text_new (error, doing);

        g_assert_cmpstr (text->title, !=, "");
        g_assert_false (g_str_has_suffix (text->title, "."));
        g_assert_true (g_str_has_suffix (text->body, "."));
        assert_lacks (text->title, "!");
        assert_lacks (text->body, "!");
        assert_lacks (text->body, "  ");
        if (doing != REEL_ERROR_DOING_SUBMIT)
          assert_lacks (text->body, "charged you");
        else if (!sent && code <= REEL_ERROR_TIMEOUT)
          assert_has (text->body, "nothing was charged");
        else if (sent && code <= REEL_ERROR_BAD_SHAPE)
          assert_has (text->body, may_be_charged);
      }
    }
  }
}

static void
test_service (void)
{
  g_autoptr (GError) refused =
      reel_error_new_service (REEL_ERROR_INVALID_REQUEST, 400, "invalid_request", "duration is not listed", -1);
  g_autoptr (GError) credits =
      reel_error_new_service (REEL_ERROR_INSUFFICIENT_CREDITS, 402, "insufficient_credits", "Not enough", -1);
  g_autoptr (GError) internal = reel_error_new_service (REEL_ERROR_INTERNAL, 503, NULL, NULL, -1);
  g_autoptr (GError) unknown = reel_error_new_service (REEL_ERROR_UNKNOWN_CODE, 418, "teapot", "short & stout", -1);
  g_autoptr (ReelErrorText) refused_text = reel_error_text_new (refused, REEL_ERROR_DOING_SUBMIT);
  g_autoptr (ReelErrorText) credits_text = reel_error_text_new (credits, REEL_ERROR_DOING_SUBMIT);
  g_autoptr (ReelErrorText) internal_text = reel_error_text_new (internal, REEL_ERROR_DOING_SUBMIT);
  g_autoptr (ReelErrorText) unknown_text = reel_error_text_new (unknown, REEL_ERROR_DOING_SUBMIT);

  assert_has (refused_text->body, "The service said: “duration is not listed” (invalid_request).");
  assert_has (refused_text->body, "nothing was charged");
  assert_has (credits_text->body, "nothing was charged");
  assert_has (credits_text->body, "Add credits");
  assert_has (internal_text->body, may_be_charged);
  assert_has (unknown_text->body, "“short & stout” (teapot)");
  assert_has (unknown_text->body, "nothing was charged");
}

static void
test_retry_after (void)
{
  static const struct
  {
    gint64 seconds;
    const char *part;
  } cases[] = {
      {-1, "Wait a minute"}, {0, "in 1 second."},    {1, "in 1 second."},   {30, "in 30 seconds."},
      {90, "in 90 seconds"}, {120, "in 2 minutes."}, {121, "in 3 minutes"}, {G_MAXINT64, "minutes"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error =
        reel_error_new_service (REEL_ERROR_RATE_LIMITED, 429, "rate_limited", "Slow down", cases[i].seconds);
    g_autoptr (ReelErrorText) text = reel_error_text_new (error, REEL_ERROR_DOING_SUBMIT);

    assert_has (text->body, cases[i].part);
    assert_has (text->body, "nothing was charged");
  }
}

/* The words of the service are quoted as text, and not without end. */
static void
test_untrusted (void)
{
  g_autofree char *page = g_strnfill (1 << 20, 'x');
  g_autoptr (GError) endless = reel_error_new_service (REEL_ERROR_INTERNAL, 500, "internal_error", page, -1);
  g_autoptr (GError) dirty =
      reel_error_new_service (REEL_ERROR_INTERNAL, 500, "a\nb\001", "one\r\ntwo \xff <b>%s</b>", -1);
  g_autoptr (ReelErrorText) endless_text = reel_error_text_new (endless, REEL_ERROR_DOING_ASK);
  g_autoptr (ReelErrorText) dirty_text = reel_error_text_new (dirty, REEL_ERROR_DOING_ASK);

  g_assert_cmpuint (strlen (endless_text->body), <, 800);
  g_assert_true (g_utf8_validate (dirty_text->body, -1, NULL));
  assert_lacks (dirty_text->body, "\n");
  assert_has (dirty_text->body, "<b>%s</b>");
  assert_has (dirty_text->body, "(a b )");
}

static void
test_foreign (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "No space left on device");
  g_autoptr (ReelErrorText) download = reel_error_text_new (error, REEL_ERROR_DOING_DOWNLOAD);
  g_autoptr (ReelErrorText) local = reel_error_text_new (error, REEL_ERROR_DOING_LOCAL);

  assert_has (download->body, "No space left on device");
  assert_has (download->body, "Downloading is not charged.");
  assert_has (local->body, "No space left on device");
}

static void
test_names (void)
{
  for (ReelError code = REEL_ERROR_UNREACHABLE; code <= REEL_ERROR_MISMATCH; code++) {
    ReelError found = -1;

    g_assert_true (reel_error_from_name (reel_error_to_name (code), &found));
    g_assert_cmpint (found, ==, code);
  }
}

/* What a job's record says after a restart is what the error said at once. */
static void
test_job_rejected (void)
{
  g_autoptr (ReelJobRecord) unreachable = make_record (REEL_SUBMISSION_REJECTED, "unreachable", 0);
  g_autoptr (ReelJobRecord) refused = make_record (REEL_SUBMISSION_REJECTED, "invalid_request", 400);
  g_autoptr (ReelJobRecord) other = make_record (REEL_SUBMISSION_REJECTED, "quota_of_the_moon", 403);
  g_autoptr (ReelErrorText) unreachable_text = reel_error_text_new_for_job (unreachable);
  g_autoptr (ReelErrorText) refused_text = NULL;
  g_autoptr (ReelErrorText) other_text = reel_error_text_new_for_job (other);

  refused->error_message = g_strdup ("no such model");
  refused_text = reel_error_text_new_for_job (refused);

  assert_has (unreachable_text->body, "Nothing was sent, and nothing was charged.");
  assert_has (refused_text->body, "The service said: “no such model” (invalid_request).");
  assert_has (refused_text->body, "nothing was charged");
  assert_has (other_text->body, "quota_of_the_moon");
}

static void
test_job_unknown (void)
{
  static const struct
  {
    const char *code;
    guint http_status;
    const char *part;
  } cases[] = {
      {"broken", 0, "The connection broke after the request was sent."},
      {"timeout", 0, "The request was sent, but no answer came in time."},
      {"not_json", 200, "cannot read"},
      {NULL, 0, "Seedreel ended while the request was being sent."},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (ReelJobRecord) record = make_record (REEL_SUBMISSION_UNKNOWN, cases[i].code, cases[i].http_status);
    g_autoptr (ReelErrorText) text = reel_error_text_new_for_job (record);

    g_assert_cmpstr (text->title, ==, "Outcome unknown");
    assert_has (text->body, cases[i].part);
    assert_has (text->body, may_be_charged);
    assert_lacks (text->body, "try again");
    assert_lacks (text->body, "generate again");
  }
}

static void
test_job_that_was_never_sent (void)
{
  g_autoptr (ReelJobRecord) record = make_record (REEL_SUBMISSION_REJECTED, "not_sent", 0);
  g_autoptr (ReelErrorText) text = reel_error_text_new_for_job (record);

  g_assert_cmpstr (text->title, ==, "The request was not sent");
  assert_has (text->body, "nothing was charged");
  assert_lacks (text->body, "The service");
}

static void
test_job_after_acceptance (void)
{
  g_autoptr (ReelJobRecord) failed = make_record (REEL_SUBMISSION_ACCEPTED, "content_policy", 200);
  g_autoptr (ReelJobRecord) cancelled = make_record (REEL_SUBMISSION_ACCEPTED, NULL, 200);
  g_autoptr (ReelJobRecord) not_saved = make_record (REEL_SUBMISSION_ACCEPTED, NULL, 200);
  g_autoptr (ReelJobRecord) running = make_record (REEL_SUBMISSION_ACCEPTED, NULL, 200);
  g_autoptr (ReelErrorText) failed_text = NULL;
  g_autoptr (ReelErrorText) cancelled_text = NULL;
  g_autoptr (ReelErrorText) not_saved_text = NULL;

  failed->status = REEL_SERVICE_FAILED;
  failed->error_message = g_strdup ("The prompt was refused");
  failed->credits_charged = g_strdup ("40");
  failed_text = reel_error_text_new_for_job (failed);
  assert_has (failed_text->body, "The service said: “The prompt was refused” (content_policy).");
  assert_has (failed_text->body, "The service said that it charged 40 credits.");

  /* What is not said by the service is not said about money either. */
  cancelled->status = REEL_SERVICE_CANCELLED;
  cancelled_text = reel_error_text_new_for_job (cancelled);
  assert_has (cancelled_text->body, "It did not say whether it charged you.");
  assert_lacks (cancelled_text->body, "refund");

  not_saved->status = REEL_SERVICE_SUCCEEDED;
  not_saved->file_state = REEL_FILE_FAILED;
  not_saved->file_error = g_strdup ("No space left on device");
  not_saved_text = reel_error_text_new_for_job (not_saved);
  assert_has (not_saved_text->body, "No space left on device");
  assert_has (not_saved_text->body, "Downloading is not charged.");
  assert_lacks (not_saved_text->body, "generate");

  g_assert_null (reel_error_text_new_for_job (running));
}

static void
test_refused_cancel (void)
{
  g_autoptr (ReelJobRecord) record = make_record (REEL_SUBMISSION_ACCEPTED, NULL, 200);
  g_autofree char *sentence = NULL;

  g_assert_null (reel_error_text_make_cancel_sentence (record));
  record->cancel_error = g_strdup ("It is too late");
  sentence = reel_error_text_make_cancel_sentence (record);
  g_assert_cmpstr (sentence, ==,
                   "The service refused to cancel the job: “It is too late”. It goes on, and its video will be saved.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/error-text/broken", test_broken);
  g_test_add_func ("/error-text/all", test_all);
  g_test_add_func ("/error-text/service", test_service);
  g_test_add_func ("/error-text/retry-after", test_retry_after);
  g_test_add_func ("/error-text/untrusted", test_untrusted);
  g_test_add_func ("/error-text/foreign", test_foreign);
  g_test_add_func ("/error-text/names", test_names);
  g_test_add_func ("/error-text/job-rejected", test_job_rejected);
  g_test_add_func ("/error-text/job-unknown", test_job_unknown);
  g_test_add_func ("/error-text/job-never-sent", test_job_that_was_never_sent);
  g_test_add_func ("/error-text/job-after-acceptance", test_job_after_acceptance);
  g_test_add_func ("/error-text/refused-cancel", test_refused_cancel);

  return g_test_run ();
}
