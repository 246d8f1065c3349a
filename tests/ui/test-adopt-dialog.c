#include "config.h"

#include "reel-adopt-dialog.h"
#include "reel-adopt-text.h"
#include "reel-engine-fixture.h"
#include "reel-outcome-dialogs.h"
#include "reel-service-script.h"
#include "reel-test.h"
#include "reel-ui-test.h"

#define GENERATION REEL_SCRIPT_GENERATIONS "/req_1"

/* The dialog over a real engine, whose history holds one job of unknown outcome. */
typedef struct
{
  ReelEngineFixture engine;
  ReelFaultServer *server;
  GtkWindow *window;
  AdwDialog *dialog;
  ReelJob *adopted;
} Fixture;

static void
on_adopted (AdwDialog *dialog, ReelJob *job, Fixture *fixture)
{
  fixture->adopted = job;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  ReelJobRecord *record;

  reel_engine_fixture_init (&fixture->engine);
  fixture->server = reel_fault_server_new (NULL);
  fixture->engine.base_url = reel_fault_server_get_base_url (fixture->server);
  reel_script_add_models (fixture->server);
  record = reel_engine_fixture_make_record (&fixture->engine, "job", NULL);
  record->submission = REEL_SUBMISSION_UNKNOWN;
  record->status = REEL_SERVICE_NONE;
  record->accepted_at = 0;
  reel_engine_fixture_write (&fixture->engine, record);
  reel_engine_fixture_start (&fixture->engine);
  fixture->window = reel_ui_test_present (adw_bin_new (), 500, 600);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (fixture->window);
  reel_engine_fixture_clear (&fixture->engine);
  g_object_unref (fixture->server);
}

static void
open_dialog (Fixture *fixture, ReelJob *job)
{
  fixture->dialog = reel_adopt_dialog_new (fixture->engine.engine, job);
  g_signal_connect (fixture->dialog, "adopted", G_CALLBACK (on_adopted), fixture);
  adw_dialog_present (fixture->dialog, GTK_WIDGET (fixture->window));
  reel_test_wait (reel_ui_test_find (fixture->window, GTK_TYPE_BUTTON, "_Adopt") != NULL);
}

static void
type (Fixture *fixture, const char *text)
{
  gtk_editable_set_text (reel_ui_test_find (fixture->dialog, ADW_TYPE_ENTRY_ROW, "Request ID"), text);
}

static void
press (Fixture *fixture, const char *button)
{
  reel_ui_test_press (reel_ui_test_find (fixture->dialog, GTK_TYPE_BUTTON, button));
}

static gboolean
is_on (Fixture *fixture, const char *button)
{
  GtkWidget *found = reel_ui_test_find (fixture->dialog, GTK_TYPE_BUTTON, button);

  return found != NULL && gtk_widget_get_sensitive (found);
}

static ReelFaultAnswer *
add_status (Fixture *fixture, const char *prompt)
{
  g_autofree char *body =
      g_strdup_printf ("{\"success\":true,\"requestId\":\"req_1\",\"status\":\"failed\",\"prompt\":\"%s\"}", prompt);

  return reel_fault_server_add (fixture->server, "GET", GENERATION, 200, body);
}

/* The id is asked for before it is believed, and nothing is posted. */
static void
test_adopt (Fixture *fixture, gconstpointer data)
{
  ReelJob *job = reel_engine_fixture_get_job (&fixture->engine, 0);
  gpointer left;

  open_dialog (fixture, job);
  left = fixture->dialog;
  g_object_add_weak_pointer (left, &left);
  g_assert_false (is_on (fixture, "_Adopt"));
  type (fixture, "  ");
  g_assert_false (is_on (fixture, "_Adopt"));

  reel_script_add_error (fixture->server, "GET", GENERATION, 404, "not_found", "No such job");
  type (fixture, "req_1");
  press (fixture, "_Adopt");
  g_assert_false (is_on (fixture, "_Adopt"));
  reel_test_wait (is_on (fixture, "_Adopt"));
  g_assert_true (reel_ui_test_reads (
      fixture->dialog, "The service does not know this request ID with this account. Check that all of it "
                       "is there, and that it belongs to the account."));
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_UNKNOWN);

  reel_fault_server_clear (fixture->server);
  add_status (fixture, "A paper boat");
  type (fixture, " req_1\n");
  press (fixture, "_Adopt");
  reel_test_wait (left == NULL);
  g_assert_true (fixture->adopted == job);
  g_assert_cmpstr (reel_job_get_record (job)->request_id, ==, "req_1");
  g_assert_cmpuint (reel_fault_server_count (fixture->server, "POST", NULL), ==, 0);
}

/* Another prompt is shown, and taken only by a second word; typing takes that word back. */
static void
test_mismatch (Fixture *fixture, gconstpointer data)
{
  ReelJob *job = reel_engine_fixture_get_job (&fixture->engine, 0);

  add_status (fixture, "A glass dragonfly");
  add_status (fixture, "A glass dragonfly");
  open_dialog (fixture, job);
  type (fixture, "req_1");
  press (fixture, "_Adopt");
  reel_test_wait (is_on (fixture, "_Adopt Anyway"));
  g_assert_true (reel_ui_test_reads (fixture->dialog,
                                     "The service made the video of this request ID from “A glass dragonfly”, not from "
                                     "“A paper boat”. Adopt it only if you are sure that it is the same request."));
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_UNKNOWN);
  type (fixture, "req_2");
  g_assert_true (is_on (fixture, "_Adopt"));
  type (fixture, "req_1");
  press (fixture, "_Adopt");
  reel_test_wait (is_on (fixture, "_Adopt Anyway"));
  add_status (fixture, "A glass dragonfly");
  press (fixture, "_Adopt Anyway");
  reel_test_wait (fixture->adopted == job);
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_FAILED);
}

/* From the main menu: a new job, with what the service tells. */
static void
test_new (Fixture *fixture, gconstpointer data)
{
  add_status (fixture, "Found again");
  open_dialog (fixture, NULL);
  type (fixture, "req_1");
  press (fixture, "_Adopt");
  reel_test_wait (fixture->adopted != NULL);
  g_assert_cmpstr (reel_job_get_title (fixture->adopted), ==, "Found again");
  g_assert_cmpuint (reel_engine_fixture_count_jobs (&fixture->engine), ==, 2);
}

/* Closing gives it up; nothing is adopted behind the person's back. */
static void
test_given_up (Fixture *fixture, gconstpointer data)
{
  ReelJob *job = reel_engine_fixture_get_job (&fixture->engine, 0);
  gpointer left;

  reel_fault_answer_set_hold (add_status (fixture, "A paper boat"));
  open_dialog (fixture, job);
  left = fixture->dialog;
  g_object_add_weak_pointer (left, &left);
  type (fixture, "req_1");
  press (fixture, "_Adopt");
  reel_test_wait (reel_fault_server_count (fixture->server, "GET", GENERATION) == 1);
  adw_dialog_close (fixture->dialog);
  reel_fault_server_release (fixture->server);
  reel_test_wait (left == NULL);
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_UNKNOWN);
  g_assert_null (fixture->adopted);
}

/* What a person reads before paying twice, or giving up; Enter and Escape do neither. */
static void
test_questions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AdwDialog) unlisted =
      g_object_ref_sink (reel_outcome_dialogs_new_send_again (REEL_MONEY_NOT_LISTED, NULL));
  g_autoptr (AdwDialog) again =
      g_object_ref_sink (reel_outcome_dialogs_new_send_again (REEL_MONEY_DOLLAR / 2, "Studio"));
  g_autoptr (AdwDialog) lost = g_object_ref_sink (reel_outcome_dialogs_new_declare_lost ());
  AdwAlertDialog *dialogs[3];

  dialogs[0] = ADW_ALERT_DIALOG (unlisted);
  dialogs[1] = ADW_ALERT_DIALOG (again);
  dialogs[2] = ADW_ALERT_DIALOG (lost);
  g_assert_nonnull (strstr (adw_alert_dialog_get_body (dialogs[0]), "charges you twice. The service does not list"));
  g_assert_nonnull (
      strstr (adw_alert_dialog_get_body (dialogs[1]), "estimated at $0.50. Its account was removed: “Studio”"));
  g_assert_nonnull (strstr (adw_alert_dialog_get_body (dialogs[2]), "it may still charge you"));
  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++) {
    g_assert_cmpstr (adw_alert_dialog_get_default_response (dialogs[i]), ==, "cancel");
    g_assert_cmpstr (adw_alert_dialog_get_close_response (dialogs[i]), ==, "cancel");
    g_assert_cmpint (adw_alert_dialog_get_response_appearance (dialogs[i], "do"), ==, ADW_RESPONSE_DESTRUCTIVE);
  }
}

static void
assert_taken_text (char *text, const char *expected)
{
  g_autofree char *taken = text;

  g_assert_cmpstr (taken, ==, expected);
}

static void
test_texts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) taken = reel_error_new_network (REEL_ERROR_TAKEN, FALSE, "x");
  g_autoptr (GError) settings = reel_error_new_service (REEL_ERROR_MISMATCH, 200, NULL, "A boat", -1);
  g_autoptr (GError) unreachable = reel_error_new_network (REEL_ERROR_UNREACHABLE, FALSE, "x");
  g_autoptr (GError) invalid = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "x");

  assert_taken_text (reel_adopt_text_make_error (taken, "A boat"),
                     "Another video in the history, perhaps a hidden one, has this request ID already.");
  assert_taken_text (reel_adopt_text_make_error (settings, "A boat"),
                     "The service made the video of this request ID from other settings. Adopt it only if you are sure "
                     "that it is the same request.");
  assert_taken_text (reel_adopt_text_make_error (invalid, NULL), "This is no request ID.");
  assert_taken_text (reel_adopt_text_make_error (unreachable, NULL),
                     "No connection to the service could be made. Check the network and the base URL of the account, "
                     "then try again.");
  assert_taken_text (reel_adopt_text_make_introduction ("A boat", NULL),
                     "The service's website, or its support, can tell the request ID of “A boat”. The account of this "
                     "job was removed: add it again first.");
  assert_taken_text (reel_adopt_text_make_introduction (NULL, "Studio"),
                     "The service's website, or its support, can tell the request ID of a video that is missing here. "
                     "The service is asked for it with the account “Studio”. This costs nothing.");
}

int
main (int argc, char **argv)
{
  reel_ui_test_init (&argc, &argv);

#define ADD(path, function) g_test_add ("/ui/adopt-dialog/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("adopt", test_adopt);
  ADD ("mismatch", test_mismatch);
  ADD ("new", test_new);
  ADD ("given-up", test_given_up);
  ADD ("questions", test_questions);
  ADD ("texts", test_texts);

  return g_test_run ();
}
