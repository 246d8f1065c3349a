#include "config.h"

#include "reel-job-fixture.h"
#include "reel-money-text.h"
#include "reel-receipt-text.h"

#define NOON (G_GINT64_CONSTANT (1767268800) * G_TIME_SPAN_SECOND) /* 2026-01-01 12:00 in UTC */

static GPtrArray *
make_events (void)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify)reel_job_event_free);

  g_ptr_array_add (events, reel_job_event_new (NOON, "request", 0, "{\"prompt\":\"A boat\"}"));
  g_ptr_array_add (events,
                   reel_job_event_new (NOON + G_TIME_SPAN_SECOND, "response", 200, "{\"requestId\":\"req_1\"}"));

  return events;
}

static ReelAccount *
make_account (void)
{
  return reel_account_new ("one", "Studio", "https://www.seedance2.ink");
}

/* A job of which everything is known. */
static ReelJobRecord *
make_record (void)
{
  ReelJobRecord *record = reel_job_record_new ();

  record->id = g_strdup ("0d8f7c1a-0000-4000-8000-000000000001");
  record->account_id = g_strdup ("one");
  record->model = g_strdup ("seedance-2.0");
  record->prompt = g_strdup ("A paper boat\ncrosses a puddle");
  record->duration = 5;
  record->resolution = g_strdup ("720p");
  record->aspect_ratio = g_strdup ("16:9");
  record->estimate = REEL_MONEY_DOLLAR / 2;
  record->credits_charged = g_strdup ("40.50");
  record->submission = REEL_SUBMISSION_ACCEPTED;
  record->http_status = 200;
  record->request_id = g_strdup ("req_1");
  record->status = REEL_SERVICE_SUCCEEDED;
  record->status_text = g_strdup ("succeeded");
  record->created_at = NOON;
  record->sent_at = NOON + G_TIME_SPAN_MILLISECOND;
  record->accepted_at = record->started_at = NOON + G_TIME_SPAN_SECOND;
  record->finished_at = NOON + G_TIME_SPAN_MINUTE;
  record->file_state = REEL_FILE_SAVED;
  record->file = g_strdup ("/home/someone/Videos/boat.mp4");
  record->file_size = 1234;
  record->saved_at = record->finished_at + G_TIME_SPAN_SECOND;

  return record;
}

static char *
make_text (const ReelJobRecord *record, GPtrArray *events)
{
  g_autoptr (ReelAccount) account = make_account ();

  return reel_receipt_text_make (record, events, account, NOON + G_TIME_SPAN_HOUR);
}

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

static void
test_whole (void)
{
  static const char *const expected =
      "Seedreel receipt\n"
      "================\n"
      "\n"
      "Job\n"
      "---\n"
      "State       Ready\n"
      "Request ID  req_1\n"
      "Job ID      0d8f7c1a-0000-4000-8000-000000000001\n"
      "Account     Studio\n"
      "Base URL    https://www.seedance2.ink\n"
      "Written     2026-01-01 13:00:00 +00:00\n"
      "\n"
      "Money\n"
      "-----\n"
      "Estimate  $0.50\n"
      "Charged   40.50 credits, as the service wrote it\n"
      "Known     The service accepted the request, and charges when it does. The service "
      "said that it charged 40.50 credits.\n"
      "\n"
      "Request\n"
      "-------\n"
      "Model         seedance-2.0\n"
      "Duration      5 seconds\n"
      "Aspect ratio  16:9\n"
      "Resolution    720p\n"
      "Metadata      jobId = 0d8f7c1a-0000-4000-8000-000000000001\n"
      "Prompt        A paper boat\n"
      "              crosses a puddle\n"
      "\n"
      "Times\n"
      "-----\n"
      "Asked     2026-01-01 12:00:00 +00:00\n"
      "Sent      2026-01-01 12:00:00 +00:00\n"
      "Accepted  2026-01-01 12:00:01 +00:00\n"
      "Started   2026-01-01 12:00:01 +00:00\n"
      "Finished  2026-01-01 12:01:00 +00:00\n"
      "Saved     2026-01-01 12:01:01 +00:00\n"
      "\n"
      "Result\n"
      "------\n"
      "Status of the service  succeeded\n"
      "Last answer            HTTP 200\n"
      "File                   boat.mp4\n"
      "Size                   1.2\u00a0kB (1234 bytes)\n"
      "\n"
      "Sent and received\n"
      "-----------------\n"
      "2026-01-01 12:00:00 +00:00  Request\n"
      "  {\"prompt\":\"A boat\"}\n"
      "2026-01-01 12:00:01 +00:00  Answer · HTTP 200\n"
      "  {\"requestId\":\"req_1\"}\n"
      "\n"
      "API keys and the signed parts of addresses are left out.\n";
  g_autoptr (ReelJobRecord) record = make_record ();
  g_autoptr (GPtrArray) events = make_events ();
  g_autofree char *text = make_text (record, events), *name = reel_receipt_text_make_file_name (record);

  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpstr (name, ==, "seedreel-receipt-0d8f7c1a.txt");
}

/* Whatever field a secret comes by, it is not in the receipt. */
static void
test_secrets (void)
{
  g_autoptr (ReelJobRecord) record = make_record ();
  g_autoptr (GPtrArray) events = make_events ();
  g_autofree char *text = NULL;

  g_set_str (&record->prompt, "See https://a.example/x?sig=SECRET");
  g_strfreev (record->media_urls);
  record->media_urls = g_strsplit ("https://a.example/one.png?sig=SECRET", " ", -1);
  g_set_str (&record->webhook_token, "SECRETtoken");
  g_set_str (&record->webhook_url, "https://hooks.example/SECRETtoken?x=SECRET");
  g_set_str (&record->output_url, "https://r2.example/v.mp4?sig=SECRET");
  g_set_str (&record->error_message, "Invalid API key sd2_live_SECRET");
  g_set_str (&record->cancel_error, "Authorization: Bearer SECRET");
  record->cancel_asked = TRUE;
  g_set_str (&record->file_error, "https://r2.example/v.mp4#SECRET");
  g_ptr_array_add (events,
                   reel_job_event_new (NOON, "status", 200, "{\"url\":\"https:\\/\\/a.example\\/v?s=SECRET\"}"));
  g_ptr_array_add (events,
                   reel_job_event_new (NOON, "request", 0, "{\"webhookUrl\":\"https://hooks.example/SECRETtoken\"}"));
  text = make_text (record, events);
  assert_lacks (text, "SECRET");
  assert_lacks (text, "/home/someone");
  assert_has (text, "https://r2.example/v.mp4");
  assert_has (text, "https://hooks.example/(redacted)");
}

/* Nothing that moves a cursor or makes a receipt endless. */
static void
test_hostile (void)
{
  g_autoptr (ReelJobRecord) record = make_record ();
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify)reel_job_event_free);
  g_autofree char *body = g_strnfill (100000, 'x'), *text = NULL;

  g_set_str (&record->status_text, "odd\x1b[31m\r\xff");
  g_ptr_array_add (events, reel_job_event_new (NOON, "upscaled", 0, body));
  g_ptr_array_add (events, reel_job_event_new (NOON, "error", 500, "\x1b[2J\r\nsecond line"));
  g_ptr_array_add (events, reel_job_event_new (0, "cancel", 0, NULL));
  text = make_text (record, events);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *at = text; *at != '\0'; at++)
    g_assert_true (*at == '\n' || !g_ascii_iscntrl (*at));
  g_assert_cmpuint (strlen (text), <, 10000);
  assert_has (text, "(96000 more characters)");
  assert_has (text, "  upscaled\n");
  assert_has (text, "Error · HTTP 500\n   [2J \n  second line\n");
}

/* What is known about money, for each state of the submission. */
static void
test_money (void)
{
  static const struct
  {
    ReelSubmission submission;
    guint http_status;
    const char *credits;
    gint64 declared_lost_at;
    const char *expected;
  } cases[] = {
      {REEL_SUBMISSION_RECORDED, 0, NULL, 0, "Nothing was sent, and nothing was charged."},
      {REEL_SUBMISSION_SENDING, 0, NULL, 0,
       "The request is being sent. Whether it is charged is known when the service answers."},
      {REEL_SUBMISSION_REJECTED, 0, NULL, 0, "Nothing was sent, and nothing was charged."},
      {REEL_SUBMISSION_REJECTED, 402, NULL, 0, "The request was not accepted, and nothing was charged."},
      {REEL_SUBMISSION_UNKNOWN, 0, NULL, 0,
       "The service may have accepted it and charged you. Seedreel will not send it again by itself."},
      {REEL_SUBMISSION_UNKNOWN, 0, NULL, NOON,
       "You declared it lost on 1 January 2026, 12:00:00. The service may have accepted it and charged you."},
      {REEL_SUBMISSION_ACCEPTED, 200, NULL, 0,
       "The service accepted the request, and charges when it does. It did not say how much it charged."},
      {REEL_SUBMISSION_ACCEPTED, 200, "40", 0,
       "The service accepted the request, and charges when it does. The service said that it charged 40 credits."},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (ReelJobRecord) record = reel_job_record_new ();
    g_autofree char *text = NULL;

    record->submission = cases[i].submission;
    record->http_status = cases[i].http_status;
    record->credits_charged = g_strdup (cases[i].credits);
    record->declared_lost_at = cases[i].declared_lost_at;
    text = reel_money_text_make (record);
    g_assert_cmpstr (text, ==, cases[i].expected);
  }
}

/* A job of which next to nothing is known has a receipt too. */
static void
test_least (void)
{
  g_autoptr (ReelJobRecord) record = reel_job_record_new ();
  g_autoptr (ReelAccount) sandbox = reel_account_new (REEL_ACCOUNT_SANDBOX_ID, "Sandbox", NULL);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autofree char *text = NULL, *simulated = NULL;

  record->id = g_strdup ("x");
  text = reel_receipt_text_make (record, NULL, NULL, NOON);
  assert_has (text, "Account  An account that was removed\n");
  assert_has (text, "Estimate  Price not listed\n");
  assert_has (text, "Known     Nothing was sent, and nothing was charged.\n");
  assert_has (text, "This part of the history could not be read.");
  assert_lacks (text, "nothing is charged");
  simulated = reel_receipt_text_make (record, none, sandbox, NOON);
  assert_lacks (simulated, "Sent and received");
  assert_has (simulated, "Sandbox: this video is simulated, and nothing is charged.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/receipt-text/whole", test_whole);
  g_test_add_func ("/ui/receipt-text/secrets", test_secrets);
  g_test_add_func ("/ui/receipt-text/hostile", test_hostile);
  g_test_add_func ("/ui/receipt-text/money", test_money);
  g_test_add_func ("/ui/receipt-text/least", test_least);

  return g_test_run ();
}
