#include "config.h"

#include "reel-compose-view.h"
#include "reel-delete-dialog.h"
#include "reel-detail-page.h"
#include "reel-history-row.h"
#include "reel-job-fixture.h"
#include "reel-job-problem.h"
#include "reel-job-text.h"
#include "reel-money-text.h"
#include "reel-outcome-dialogs.h"
#include "reel-problem-ways.h"
#include "reel-receipt-text.h"
#include "reel-spending-text.h"
#include "reel-test.h"
#include "reel-ui-test.h"

#include <gst/gst.h>

/* Failures that users of similar tools paid for, as far as words are concerned. The numbers are those of the list in the
 * design; the other files of this name have the rest. */

#define HOUR G_TIME_SPAN_HOUR

static void
assert_lacks (const char *text, const char *part)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;
  g_autofree char *needle = g_utf8_casefold (part, -1);

  if (folded != NULL && strstr (folded, needle) != NULL)
    g_error ("“%s” is in “%s”", part, text);
}

static void
add_text (GPtrArray *texts, char *text)
{
  if (text != NULL)
    g_ptr_array_add (texts, text);
}

static void
add_error_text (GPtrArray *texts, ReelErrorText *error_text)
{
  g_autoptr (ReelErrorText) taken = error_text;

  if (taken != NULL) {
    add_text (texts, g_strdup (taken->title));
    add_text (texts, g_strdup (taken->body));
  }
}

/* All that the window says of a job, at a time, with or without a website and a history. */
static GPtrArray *
collect_texts (const ReelJobRecord *record, gint64 usual, gint64 now)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  ReelProblemWay ways[REEL_PROBLEM_MAX_WAYS];

  add_error_text (texts, reel_job_problem_make_text (record));
  add_error_text (texts, reel_job_problem_make_long_text (record, usual, now));
  add_text (texts, reel_job_problem_make_cancel_sentence (record));
  add_text (texts, reel_job_text_make_state (record, -1));
  add_text (texts, reel_job_text_make_status (record, -1, usual, now));
  add_text (texts, reel_job_text_make_description (record, -1));
  add_text (texts, reel_job_text_make_progress (record));
  add_text (texts, reel_job_text_make_cost (record));
  add_text (texts, reel_money_text_make (record));
  for (int is_long = 0; is_long <= 1; is_long++) {
    guint n = reel_problem_ways_list (record, TRUE, is_long, ways);

    for (guint i = 0; i < n; i++) {
      /* The one way that says itself what it may cost. */
      if (ways[i].style == REEL_WAY_DANGEROUS)
        continue;
      add_text (texts, g_strdup (ways[i].title));
      add_text (texts, g_strdup (ways[i].subtitle));
    }
  }

  return texts;
}

static ReelJobRecord *
make_record (ReelSubmission submission, const char *code, guint http_status)
{
  ReelJobRecord *record = reel_job_record_new ();

  record->id = g_strdup ("0d8f7c1a-0000-4000-8000-000000000001");
  record->account_id = g_strdup ("one");
  record->model = g_strdup ("seedance-2.0");
  record->prompt = g_strdup ("A boat");
  record->duration = 5;
  record->submission = submission;
  record->error_code = g_strdup (code);
  record->http_status = http_status;
  record->created_at = record->sent_at = HOUR;
  if (submission == REEL_SUBMISSION_ACCEPTED) {
    record->request_id = g_strdup ("req_1");
    record->accepted_at = HOUR;
    record->status = REEL_SERVICE_PROCESSING;
    record->status_text = g_strdup ("processing");
  }

  return record;
}

/* The tool promised a refund that the service did not give: about money after a cancel stands what the service sent, and
 * nothing else. */
static void
test_cancel_money (void)
{
  static const char *const promises[] = {
      "refund",    "give back",   "given back",          "gave back", "return",     "free",
      "no charge", "not charged", "nothing was charged", "$0.00",     " 0 credits", "will not be charged"};
  static const char *const charges[] = {NULL, "40", "12.5"};

  for (guint i = 0; i < G_N_ELEMENTS (charges); i++) {
    for (int cancelled = 0; cancelled <= 1; cancelled++) {
      g_autoptr (ReelJobRecord) record = make_record (REEL_SUBMISSION_ACCEPTED, NULL, 200);
      g_autoptr (GPtrArray) texts = NULL;
      g_autofree char *receipt = NULL;
      gboolean says_charge = FALSE;

      record->cancel_asked = TRUE;
      record->credits_charged = g_strdup (charges[i]);
      record->estimate = REEL_MONEY_DOLLAR / 2;
      if (cancelled) {
        record->status = REEL_SERVICE_CANCELLED;
        record->finished_at = 2 * HOUR;
      }
      texts = collect_texts (record, 0, HOUR);
      receipt = reel_receipt_text_make (record, NULL, NULL, HOUR);
      add_text (texts, g_strdup (receipt));
      for (guint j = 0; j < texts->len; j++) {
        for (guint k = 0; k < G_N_ELEMENTS (promises); k++)
          assert_lacks (texts->pdata[j], promises[k]);
        says_charge = says_charge || (charges[i] != NULL && strstr (texts->pdata[j], charges[i]) != NULL);
      }
      g_assert_cmpint (says_charge, ==, charges[i] != NULL);
    }
  }
}

/* A page that shows a job as the window does. */
typedef struct
{
  GListStore *accounts;
  ReelTicker *ticker;
  ReelDetailPage *page;
  GtkWindow *window;
  ReelJob *job;
} Page;

static void
page_set_up (Page *self, gconstpointer data)
{
  g_autoptr (GSettings) settings = g_settings_new (REEL_APPLICATION_ID);

  self->accounts = g_list_store_new (REEL_TYPE_ACCOUNT);
  self->ticker = reel_ticker_new ();
  self->job = reel_job_fixture_new ("A paper boat", 42);
  self->page = g_object_ref_sink (g_object_new (REEL_TYPE_DETAIL_PAGE, NULL));
  reel_detail_page_set_up (self->page, G_LIST_MODEL (self->accounts), self->ticker, NULL, settings);
  self->window = reel_ui_test_present (GTK_WIDGET (self->page), 400, 800);
}

static void
page_tear_down (Page *self, gconstpointer data)
{
  gtk_window_destroy (self->window);
  g_assert_finalize_object (self->page);
  g_assert_finalize_object (self->ticker);
  g_assert_finalize_object (self->job);
  g_assert_finalize_object (self->accounts);
}

/* Stuck at 95 % for ever: two hours in processing have no percentage and no bar. It is said that this is longer than
 * usual, with the receipt and a way to hide it, and it goes on. */
static void
test_long (Page *self, gconstpointer data)
{
  g_autofree char *status = NULL;
  ReelJobRecord *record;

  reel_job_fixture_accept (self->job, REEL_SERVICE_PROCESSING, "processing");
  reel_detail_page_set_job (self->page, self->job);
  g_assert_false (reel_ui_test_reads (self->page, "Longer than usual"));

  /* Time passes, and nothing else happens. */
  record = (ReelJobRecord *)reel_job_get_record (self->job);
  record->accepted_at -= 2 * HOUR + G_TIME_SPAN_MINUTE;
  reel_test_wait (reel_ui_test_reads (self->page, "Longer than usual"));
  g_assert_nonnull (reel_ui_test_find (self->page, GTK_TYPE_BUTTON, "Copy _Receipt"));
  g_assert_nonnull (reel_ui_test_find (self->page, GTK_TYPE_BUTTON, "_Hide"));
  g_assert_null (reel_ui_test_find (self->page, GTK_TYPE_PROGRESS_BAR, NULL));
  g_assert_true (reel_job_record_is_running (record));

  status = reel_job_text_make_status (record, -1, 0, g_get_real_time ());
  g_assert_true (g_str_has_prefix (status, "Generating · "));
  g_assert_true (g_str_has_suffix (status, " · longer than usual"));
  for (gint64 hours = 0; hours < 100; hours++) {
    g_autoptr (GPtrArray) texts = collect_texts (record, G_TIME_SPAN_MINUTE, record->accepted_at + hours * HOUR);

    for (guint i = 0; i < texts->len; i++)
      assert_lacks (texts->pdata[i], "%");
  }
}

/* A model without a price for any of its resolutions, and one with an empty list. */
static const char unlisted_models[] =
    "{\"success\":true,\"data\":[{\"id\":\"dear\",\"durations\":[5],\"aspectRatios\":[\"16:9\"],"
    "\"resolutions\":[\"720p\"],\"usdPerSecond\":{\"720p\":%s}}]}";

static AdwAlertDialog *
find_alert (GtkWindow *window)
{
  return reel_ui_test_find (window, ADW_TYPE_ALERT_DIALOG, NULL);
}

static void
answer (GtkWindow *window, const char *button)
{
  reel_ui_test_press (reel_ui_test_find (find_alert (window), GTK_TYPE_BUTTON, button));
  reel_test_wait (find_alert (window) == NULL);
}

/* Real paid runs were shown as $0.00: a price that is missing or makes no sense is not listed, and nothing is sent before
 * that is confirmed by a word of its own. */
static void
test_unlisted_price (void)
{
  static const char *const prices[] = {"null", "0", "-1", "\"free\"", "0.0000000001", "[]"};

  for (guint i = 0; i < G_N_ELEMENTS (prices); i++) {
    G_GNUC_BEGIN_IGNORE_DEPRECATIONS
    g_auto (GStrv) parts = g_strsplit (unlisted_models, "%s", 2);
    g_autofree char *json = g_strjoinv (prices[i], parts);
    G_GNUC_END_IGNORE_DEPRECATIONS
    g_autoptr (ReelCatalogue) catalogue = reel_ui_test_make_catalogue (json);
    g_autoptr (ReelRequest) request = reel_request_new ();
    ReelComposeView *view = REEL_COMPOSE_VIEW (reel_compose_view_new ());
    GtkWindow *window;
    guint n_submits = 0;

    reel_request_set_prompt (request, "A boat");
    g_signal_connect_swapped (view, "submit", G_CALLBACK (reel_ui_test_count), &n_submits);
    reel_compose_view_set_request (view, request);
    reel_compose_view_set_catalogue (view, catalogue);
    window = reel_ui_test_present (GTK_WIDGET (view), 360, 800);
    g_assert_true (reel_ui_test_reads (view, "Price not listed"));
    g_assert_false (reel_ui_test_reads (view, "$0.00"));

    /* The button and the shortcut ask alike; Enter and Escape do not send. */
    reel_ui_test_press (reel_ui_test_find (view, GTK_TYPE_BUTTON, "Generate"));
    reel_test_wait (find_alert (window) != NULL);
    g_assert_cmpstr (adw_alert_dialog_get_default_response (find_alert (window)), ==, "cancel");
    adw_dialog_close (ADW_DIALOG (find_alert (window)));
    reel_test_wait (find_alert (window) == NULL);
    g_signal_emit_by_name (view, "generate-pressed");
    reel_test_wait (find_alert (window) != NULL);
    g_assert_cmpuint (n_submits, ==, 0);
    answer (window, "_Generate Anyway");
    g_assert_cmpuint (n_submits, ==, 1);

    /* What became impossible while the question was asked is not sent. */
    g_signal_emit_by_name (view, "generate-pressed");
    reel_test_wait (find_alert (window) != NULL);
    reel_compose_view_set_blocked_reason (view, "No");
    answer (window, "_Generate Anyway");
    g_assert_cmpuint (n_submits, ==, 1);
    gtk_window_destroy (window);
  }
}

/* Nor does a job, a receipt or a sum of such prices read as nothing. */
static void
test_unlisted_sums (void)
{
  static const ReelSubmission submissions[] = {REEL_SUBMISSION_ACCEPTED, REEL_SUBMISSION_UNKNOWN,
                                               REEL_SUBMISSION_SENDING, REEL_SUBMISSION_RECORDED};
  const ReelLedgerSum sum = {.n_accepted = 2, .n_not_listed = 2, .n_not_said = 2};
  g_autofree char *amount = reel_spending_text_make_amount (&sum);

  g_assert_cmpstr (amount, ==, "Price not listed");
  for (guint i = 0; i < G_N_ELEMENTS (submissions); i++) {
    g_autoptr (ReelJobRecord) record = make_record (submissions[i], NULL, 0);
    g_autoptr (GPtrArray) texts = collect_texts (record, 0, HOUR);
    g_autofree char *price = reel_job_text_make_price (record);

    add_text (texts, reel_receipt_text_make (record, NULL, NULL, HOUR));
    g_assert_cmpstr (price, ==, "Price not listed");
    for (guint j = 0; j < texts->len; j++)
      assert_lacks (texts->pdata[j], "$0");
  }
}

/* "Timed out, please try again", while the billed job ran: while a request may be charged, or is, and its video is still
 * to come, no text speaks of asking for another one. */
static void
test_no_second_request (void)
{
  static const char *const invitations[] = {"try again",  "generate again", "send again",    "submit again",
                                            "once more:", "new request",    "another video", "new video",
                                            "resend",     "retry",          "reuse",         "generate anyway"};
  static const struct
  {
    ReelSubmission submission;
    const char *code;
    guint http_status;
  } cases[] = {
      {REEL_SUBMISSION_SENDING, NULL, 0},
      {REEL_SUBMISSION_SENDING, "timeout", 0},
      {REEL_SUBMISSION_UNKNOWN, NULL, 0},
      {REEL_SUBMISSION_UNKNOWN, "timeout", 0},
      {REEL_SUBMISSION_UNKNOWN, "broken", 0},
      {REEL_SUBMISSION_UNKNOWN, "internal_error", 500},
      {REEL_SUBMISSION_UNKNOWN, "internal_error", 503},
      {REEL_SUBMISSION_UNKNOWN, "not_json", 200},
      {REEL_SUBMISSION_UNKNOWN, "bad_shape", 200},
      {REEL_SUBMISSION_UNKNOWN, "too_large", 200},
      {REEL_SUBMISSION_UNKNOWN, "rate_limited", 408},
      {REEL_SUBMISSION_UNKNOWN, "quota_of_the_moon", 502},
      {REEL_SUBMISSION_ACCEPTED, NULL, 200},
      {REEL_SUBMISSION_ACCEPTED, "unreachable", 0},
      {REEL_SUBMISSION_ACCEPTED, "timeout", 0},
      {REEL_SUBMISSION_ACCEPTED, "rate_limited", 429},
      {REEL_SUBMISSION_ACCEPTED, "unauthorized", 401},
      {REEL_SUBMISSION_ACCEPTED, "internal_error", 500},
      {REEL_SUBMISSION_ACCEPTED, "not_found", 404},
  };
  static const ReelServiceStatus statuses[] = {REEL_SERVICE_NONE, REEL_SERVICE_QUEUED, REEL_SERVICE_PROCESSING,
                                               REEL_SERVICE_OTHER, REEL_SERVICE_SUCCEEDED};

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    gboolean accepted = cases[i].submission == REEL_SUBMISSION_ACCEPTED;

    for (guint j = 0; j < (accepted ? G_N_ELEMENTS (statuses) : 1); j++) {
      for (int cancel = 0; cancel <= 2; cancel++) {
        g_autoptr (ReelJobRecord) record = make_record (cases[i].submission, cases[i].code, cases[i].http_status);
        g_autoptr (GPtrArray) texts = NULL;

        record->status = accepted ? statuses[j] : REEL_SERVICE_NONE;
        record->file_state = record->status == REEL_SERVICE_SUCCEEDED ? REEL_FILE_DOWNLOADING : REEL_FILE_NONE;
        record->cancel_asked = accepted && cancel > 0;
        record->cancel_error = accepted && cancel > 1 ? g_strdup ("too late") : NULL;
        g_assert_false (reel_job_record_is_closed (record));
        texts = collect_texts (record, G_TIME_SPAN_MINUTE, 9 * HOUR);
        add_text (texts, reel_receipt_text_make (record, NULL, NULL, HOUR));
        for (guint k = 0; k < texts->len; k++)
          for (guint l = 0; l < G_N_ELEMENTS (invitations); l++)
            assert_lacks (texts->pdata[k], invitations[l]);
      }
    }
  }
}

/* The one way to a second request says what it may cost, in its row and before it is taken; and beside a request whose
 * outcome is not known no button fills the form with it. */
static void
test_second_request_is_guarded (Page *self, gconstpointer data)
{
  g_autoptr (ReelJobRecord) record = make_record (REEL_SUBMISSION_UNKNOWN, "timeout", 0);
  g_autoptr (AdwDialog) question = g_object_ref_sink (reel_outcome_dialogs_new_send_again (record->estimate, NULL));
  ReelProblemWay ways[REEL_PROBLEM_MAX_WAYS];
  guint n = reel_problem_ways_list (record, TRUE, FALSE, ways), n_dangerous = 0;

  for (guint i = 0; i < n; i++) {
    if (g_strcmp0 (ways[i].action, "job.send-again") == 0) {
      g_assert_cmpint (ways[i].style, ==, REEL_WAY_DANGEROUS);
      g_assert_nonnull (strstr (ways[i].subtitle, "charge you a second time"));
      n_dangerous++;
    }
  }
  g_assert_cmpuint (n_dangerous, ==, 1);
  g_assert_nonnull (strstr (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (question)), "charges you twice"));
  g_assert_cmpstr (adw_alert_dialog_get_default_response (ADW_ALERT_DIALOG (question)), ==, "cancel");

  reel_job_fixture_lose (self->job);
  reel_detail_page_set_job (self->page, self->job);
  g_assert_null (reel_ui_test_find (self->page, GTK_TYPE_BUTTON, "Reuse settings"));
  reel_job_fixture_fail (self->job, "x", "y");
  g_assert_nonnull (reel_ui_test_find (self->page, GTK_TYPE_BUTTON, "Reuse settings"));
}

int
main (int argc, char **argv)
{
  gst_init (NULL, NULL);
  reel_ui_test_init (&argc, &argv);

#define ADD(path, function) g_test_add ("/never-again/" path, Page, NULL, page_set_up, function, page_tear_down)
  g_test_add_func ("/never-again/14-no-promise-after-a-cancel", test_cancel_money);
  ADD ("15-longer-than-usual", test_long);
  g_test_add_func ("/never-again/20-unlisted-price-is-confirmed", test_unlisted_price);
  g_test_add_func ("/never-again/20-unlisted-price-is-not-nothing", test_unlisted_sums);
  g_test_add_func ("/never-again/21-no-second-request", test_no_second_request);
  ADD ("21-second-request-is-guarded", test_second_request_is_guarded);

  return g_test_run ();
}
