#include "config.h"

#include "reel-job-problem.h"
#include "reel-problem-ways.h"
#include "reel-website.h"

#define HOUR G_TIME_SPAN_HOUR

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

/* What a job's record says after a restart is what the error said at once. */
static void
test_job_rejected (void)
{
  g_autoptr (ReelJobRecord) unreachable = make_record (REEL_SUBMISSION_REJECTED, "unreachable", 0);
  g_autoptr (ReelJobRecord) refused = make_record (REEL_SUBMISSION_REJECTED, "invalid_request", 400);
  g_autoptr (ReelJobRecord) other = make_record (REEL_SUBMISSION_REJECTED, "quota_of_the_moon", 403);
  g_autoptr (ReelErrorText) unreachable_text = reel_job_problem_make_text (unreachable);
  g_autoptr (ReelErrorText) refused_text = NULL;
  g_autoptr (ReelErrorText) other_text = reel_job_problem_make_text (other);

  refused->error_message = g_strdup ("no such model");
  refused_text = reel_job_problem_make_text (refused);

  assert_has (unreachable_text->body, "Nothing was sent, and nothing was charged.");
  assert_has (refused_text->body, "The service said: “no such model” (invalid_request).");
  assert_has (refused_text->body, "nothing was charged");
  assert_has (other_text->body, "quota_of_the_moon");
}

/* What must not leave this computer is refused by Seedreel, and not by the service. */
static void
test_job_refused_here (void)
{
  g_autoptr (ReelJobRecord) record = make_record (REEL_SUBMISSION_REJECTED, "invalid_request", 0);
  g_autoptr (ReelErrorText) text = NULL;

  record->error_message = g_strdup ("The webhook URL is not public https");
  text = reel_job_problem_make_text (record);
  g_assert_cmpstr (text->title, ==, "The request was not sent");
  assert_has (text->body, "The reason: “The webhook URL is not public https”.");
  assert_has (text->body, "Nothing was sent, and nothing was charged.");
  assert_lacks (text->body, "The service");
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
      {"internal_error", 503, "The service reported a problem of its own. The service said: “Words” (internal_error)."},
      {"invalid_request", 500, "The service reported a problem of its own."},
      {"insufficient_credits", 200, "The service reported a problem of its own."},
      {"unknown_code", 302, "The service reported a problem of its own."},
      {"quota_of_the_moon", 408, "The service reported a problem of its own. The service said: “Words”"},
      {NULL, 0, "Seedreel ended while the request was being sent."},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (ReelJobRecord) record = make_record (REEL_SUBMISSION_UNKNOWN, cases[i].code, cases[i].http_status);
    g_autoptr (ReelErrorText) text = NULL;

    record->error_message = g_strdup ("Words");
    text = reel_job_problem_make_text (record);
    g_assert_cmpstr (text->title, ==, "Outcome unknown");
    assert_lacks (text->body, "did not");
    assert_lacks (text->body, "not_json");
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
  g_autoptr (ReelErrorText) text = reel_job_problem_make_text (record);

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
  g_autoptr (ReelErrorText) aside_text = NULL;

  failed->status = REEL_SERVICE_FAILED;
  failed->error_message = g_strdup ("The prompt was refused");
  failed->credits_charged = g_strdup ("40");
  failed_text = reel_job_problem_make_text (failed);
  assert_has (failed_text->body, "The service said: “The prompt was refused” (content_policy).");
  assert_has (failed_text->body, "The service said that it charged 40 credits.");

  /* What is not said by the service is not said about money either. */
  cancelled->status = REEL_SERVICE_CANCELLED;
  cancelled_text = reel_job_problem_make_text (cancelled);
  assert_has (cancelled_text->body, "It did not say whether it charged you.");
  assert_lacks (cancelled_text->body, "refund");

  not_saved->status = REEL_SERVICE_SUCCEEDED;
  not_saved->file_state = REEL_FILE_FAILED;
  not_saved->file_error = g_strdup ("No space left on device");
  not_saved_text = reel_job_problem_make_text (not_saved);
  assert_has (not_saved_text->body, "No space left on device");
  assert_has (not_saved_text->body, "Downloading is not charged.");
  assert_lacks (not_saved_text->body, "generate");
  assert_lacks (not_saved_text->body, "instead");
  not_saved->file_aside = g_strdup ("/videos/.seedreel-aside/A boat.aside");
  aside_text = reel_job_problem_make_text (not_saved);
  assert_has (aside_text->body, "What came instead is kept as “/videos/.seedreel-aside/A boat.aside”.");

  g_assert_null (reel_job_problem_make_text (running));
}

static void
test_refused_cancel (void)
{
  g_autoptr (ReelJobRecord) record = make_record (REEL_SUBMISSION_ACCEPTED, NULL, 200);
  g_autofree char *sentence = NULL;

  g_assert_null (reel_job_problem_make_cancel_sentence (record));
  record->cancel_error = g_strdup ("It is too late");
  sentence = reel_job_problem_make_cancel_sentence (record);
  g_assert_cmpstr (
      sentence, ==,
      "The service refused to cancel the job: “It is too late”. Seedreel goes on asking, and saves the video "
      "when it is ready.");
}

/* Written down, held over a start, waiting for a connection, or withdrawn: nothing was sent, and that is said. */
static void
test_job_before_sending (void)
{
  g_autoptr (ReelJobRecord) fresh = make_record (REEL_SUBMISSION_RECORDED, NULL, 0);
  g_autoptr (ReelJobRecord) held = make_record (REEL_SUBMISSION_RECORDED, NULL, 0);
  g_autoptr (ReelJobRecord) offline = make_record (REEL_SUBMISSION_RECORDED, "unreachable", 0);
  g_autoptr (ReelJobRecord) insecure = make_record (REEL_SUBMISSION_RECORDED, "tls", 0);
  g_autoptr (ReelJobRecord) withdrawn = make_record (REEL_SUBMISSION_REJECTED, REEL_JOB_WITHDRAWN, 0);
  g_autoptr (ReelJobRecord) expired = make_record (REEL_SUBMISSION_RECORDED, "certificate_expired", 0);
  g_autoptr (ReelJobRecord) portal = make_record (REEL_SUBMISSION_RECORDED, "portal", 0);
  g_autoptr (ReelJobRecord) proxy = make_record (REEL_SUBMISSION_RECORDED, "proxy", 0);
  g_autoptr (ReelErrorText) expired_text = NULL, portal_text = NULL, proxy_text = NULL;
  ReelProblemWay ways[REEL_PROBLEM_MAX_WAYS];
  g_autoptr (ReelErrorText) held_text = NULL, offline_text = NULL, insecure_text = NULL, withdrawn_text = NULL;

  g_assert_null (reel_job_problem_make_text (fresh));
  held->held = TRUE;
  held_text = reel_job_problem_make_text (held);
  g_assert_cmpstr (held_text->title, ==, "Not sent yet");
  assert_has (held_text->body, "Nothing was sent, and nothing was charged.");
  assert_has (held_text->body, "only when you say so");

  offline_text = reel_job_problem_make_text (offline);
  g_assert_cmpstr (offline_text->title, ==, "No connection");
  assert_has (offline_text->body, "Nothing has been sent yet.");
  insecure_text = reel_job_problem_make_text (insecure);
  g_assert_cmpstr (insecure_text->title, ==, "The connection is not secure");
  assert_has (insecure_text->body, "its certificate was refused. Nothing has been sent yet.");

  g_set_str (&expired->error_message, "Example CA");
  expired_text = reel_job_problem_make_text (expired);
  g_assert_cmpstr (expired_text->title, ==, "The connection is not secure");
  assert_has (expired_text->body, "has expired. It was issued by “Example CA”. Nothing has been sent yet.");
  portal_text = reel_job_problem_make_text (portal);
  g_assert_cmpstr (portal_text->title, ==, "This network wants you to sign in first");
  assert_has (portal_text->body, "until you have signed in. Nothing has been sent yet.");
  g_assert_cmpuint (reel_problem_ways_list (portal, FALSE, FALSE, ways), ==, 2);
  g_assert_cmpstr (ways[0].action, ==, "win.sign-in");
  proxy_text = reel_job_problem_make_text (proxy);
  g_assert_cmpstr (proxy_text->title, ==, "The proxy makes no connection");
  assert_has (proxy_text->body, "Nothing has been sent yet.");

  withdrawn_text = reel_job_problem_make_text (withdrawn);
  g_assert_cmpstr (withdrawn_text->title, ==, "The request was not sent");
  assert_has (withdrawn_text->body, "You withdrew it before it was sent. Nothing was sent, and nothing was charged.");
}

static void
test_job_lost (void)
{
  g_autoptr (ReelJobRecord) declared = make_record (REEL_SUBMISSION_UNKNOWN, "broken", 0);
  g_autoptr (ReelJobRecord) lost = make_record (REEL_SUBMISSION_ACCEPTED, NULL, 200);
  g_autoptr (ReelErrorText) declared_text = NULL, lost_text = NULL, charged_text = NULL;

  declared->declared_lost_at = 1;
  declared_text = reel_job_problem_make_text (declared);
  g_assert_cmpstr (declared_text->title, ==, "Declared lost");
  assert_has (declared_text->body, "The connection broke after the request was sent. You declared it lost on ");
  assert_has (declared_text->body, "may have accepted it and charged you");
  assert_has (declared_text->body, "unresolved under Spending");

  lost->status = REEL_SERVICE_LOST;
  lost->not_found_at = 1;
  lost_text = reel_job_problem_make_text (lost);
  g_assert_cmpstr (lost_text->title, ==, "The service lost this job");
  assert_has (lost_text->body, "has answered since 1 January 1970, 00:00:00 that it does not know it.");
  assert_has (lost_text->body, "It did not say whether it charged you.");
  lost->credits_charged = g_strdup ("40");
  charged_text = reel_job_problem_make_text (lost);
  assert_has (charged_text->body, "The service said that it charged 40 credits.");
}

static void
test_job_missing (void)
{
  g_autoptr (ReelJobRecord) record = make_record (REEL_SUBMISSION_ACCEPTED, NULL, 200);
  g_autoptr (ReelErrorText) text = NULL;

  record->status = REEL_SERVICE_SUCCEEDED;
  record->file_state = REEL_FILE_MISSING;
  record->file = g_strdup ("/home/someone/Videos/boat.mp4");
  text = reel_job_problem_make_text (record);
  g_assert_cmpstr (text->title, ==, "The file is gone");
  assert_has (text->body, "The video was saved as “boat.mp4”, and is not there any more. If its disk is");
  assert_has (text->body, "Download it again soon");
  assert_has (text->body, "Downloading is not charged.");
}

/* After two hours, or ten times what is usual, and only while the service has the job. */
static void
test_job_long (void)
{
  g_autoptr (ReelJobRecord) record = make_record (REEL_SUBMISSION_ACCEPTED, NULL, 200);
  g_autoptr (ReelErrorText) hours = NULL, soon = NULL;
  gint64 minute = G_TIME_SPAN_MINUTE;

  record->status = REEL_SERVICE_PROCESSING;
  record->created_at = 0;
  record->accepted_at = HOUR;
  g_assert_false (reel_job_problem_is_long (record, 0, 3 * HOUR));
  g_assert_true (reel_job_problem_is_long (record, 0, 3 * HOUR + 1));
  g_assert_false (reel_job_problem_is_long (record, minute, HOUR + 10 * minute));
  g_assert_true (reel_job_problem_is_long (record, minute, HOUR + 10 * minute + 1));
  g_assert_null (reel_job_problem_make_long_text (record, minute, HOUR + 10 * minute));

  hours = reel_job_problem_make_long_text (record, 0, 6 * HOUR);
  g_assert_cmpstr (hours->title, ==, "Longer than usual");
  assert_has (hours->body, "The service has had this job for more than 5 hours. Seedreel goes on asking");
  soon = reel_job_problem_make_long_text (record, 70 * G_TIME_SPAN_SECOND, HOUR + 12 * minute);
  g_assert_true (g_str_has_prefix (soon->body, "It usually takes about 1:10. "));

  record->status = REEL_SERVICE_SUCCEEDED;
  record->file_state = REEL_FILE_DOWNLOADING;
  g_assert_false (reel_job_problem_is_long (record, minute, 9 * HOUR));
}

/* The actions of the ways, in their order. */
static void
assert_ways (const ReelJobRecord *record, gboolean has_website, gboolean is_long, const char *expected)
{
  g_autoptr (GString) actions = g_string_new (NULL);
  ReelProblemWay ways[REEL_PROBLEM_MAX_WAYS];
  guint n = reel_problem_ways_list (record, has_website, is_long, ways);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (actions, "%s%s", i > 0 ? " " : "", ways[i].action != NULL ? ways[i].action : "wait");
  g_assert_cmpstr (actions->str, ==, expected);
}

static void
test_ways (void)
{
  g_autoptr (ReelJobRecord) held = make_record (REEL_SUBMISSION_RECORDED, NULL, 0);
  g_autoptr (ReelJobRecord) offline = make_record (REEL_SUBMISSION_RECORDED, "unreachable", 0);
  g_autoptr (ReelJobRecord) sending = make_record (REEL_SUBMISSION_SENDING, NULL, 0);
  g_autoptr (ReelJobRecord) unknown = make_record (REEL_SUBMISSION_UNKNOWN, "broken", 0);
  g_autoptr (ReelJobRecord) accepted = make_record (REEL_SUBMISSION_ACCEPTED, NULL, 200);
  g_autoptr (ReelJobRecord) refused = make_record (REEL_SUBMISSION_REJECTED, "unauthorized", 401);

  held->held = TRUE;
  assert_ways (held, TRUE, FALSE, "job.send-now job.withdraw");
  assert_ways (offline, TRUE, FALSE, "job.withdraw");
  assert_ways (sending, TRUE, FALSE, "");
  assert_ways (refused, TRUE, FALSE, "win.preferences");

  assert_ways (unknown, FALSE, FALSE, "job.adopt job.declare-lost job.send-again");
  assert_ways (unknown, TRUE, FALSE, "job.check-balance job.adopt job.declare-lost job.send-again");
  unknown->webhook_token = g_strdup ("token");
  assert_ways (unknown, TRUE, FALSE, "wait job.check-balance job.adopt job.declare-lost job.send-again");
  unknown->declared_lost_at = 1;
  assert_ways (unknown, TRUE, FALSE, "wait job.check-balance job.adopt");

  accepted->status = REEL_SERVICE_PROCESSING;
  assert_ways (accepted, TRUE, FALSE, "");
  assert_ways (accepted, TRUE, TRUE, "job.copy-receipt job.hide");
  accepted->hidden = TRUE;
  assert_ways (accepted, TRUE, TRUE, "job.copy-receipt");
  accepted->status = REEL_SERVICE_LOST;
  assert_ways (accepted, TRUE, FALSE, "job.check-again job.check-balance job.copy-receipt");
  accepted->status = REEL_SERVICE_SUCCEEDED;
  accepted->file_state = REEL_FILE_FAILED;
  assert_ways (accepted, TRUE, FALSE, "job.retry-download");
}

static void
test_website (void)
{
  static const struct
  {
    const char *base_url;
    const char *website;
  } cases[] = {
      {"https://www.seedance2.ink", "https://www.seedance2.ink/"},
      {"https://api.example:8443/v1/?x#y", "https://api.example:8443/"},
      {"http://127.0.0.1:8080", NULL},
      {"https://localhost/", NULL},
      {"http://a.example", NULL},
      {"nonsense", NULL},
      {NULL, NULL},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (ReelAccount) account = reel_account_new ("one", "One", cases[i].base_url);
    g_autofree char *website = reel_website_make (account);

    g_assert_cmpstr (website, ==, cases[i].website);
  }
  g_assert_null (reel_website_make (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/job-problem/rejected", test_job_rejected);
  g_test_add_func ("/job-problem/refused-here", test_job_refused_here);
  g_test_add_func ("/job-problem/unknown", test_job_unknown);
  g_test_add_func ("/job-problem/never-sent", test_job_that_was_never_sent);
  g_test_add_func ("/job-problem/after-acceptance", test_job_after_acceptance);
  g_test_add_func ("/job-problem/refused-cancel", test_refused_cancel);
  g_test_add_func ("/job-problem/before-sending", test_job_before_sending);
  g_test_add_func ("/job-problem/lost", test_job_lost);
  g_test_add_func ("/job-problem/missing", test_job_missing);
  g_test_add_func ("/job-problem/long", test_job_long);
  g_test_add_func ("/job-problem/ways", test_ways);
  g_test_add_func ("/job-problem/website", test_website);

  return g_test_run ();
}
