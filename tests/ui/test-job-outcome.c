#include "config.h"

#include "reel-engine-fixture.h"
#include "reel-job-actions.h"
#include "reel-service-script.h"
#include "reel-test.h"
#include "reel-ui-test.h"

/* The actions over a real engine whose history holds a job of unknown outcome, one that was never sent, and a lost one. */
typedef struct
{
  ReelEngineFixture engine;
  ReelFaultServer *server;
  AdwToastOverlay *toasts;
  GtkWindow *window;
  ReelJobActions *actions;
  ReelJob *unknown; /* owned */
  ReelJob *held;    /* owned */
  ReelJob *lost;    /* owned */
  ReelJob *sent;
} Fixture;

static void
on_sent (ReelJobActions *actions, ReelJob *job, Fixture *fixture)
{
  fixture->sent = job;
}

/* One that the service has not known for a day. */
static void
write_lost (Fixture *fixture)
{
  ReelJobRecord *record = reel_engine_fixture_make_record (&fixture->engine, "lost", "req_5");

  record->status = REEL_SERVICE_LOST;
  record->not_found_at = record->created_at;
  reel_engine_fixture_write (&fixture->engine, record);
}

static void
write_job (Fixture *fixture, const char *id, ReelSubmission submission)
{
  ReelJobRecord *record = reel_engine_fixture_make_record (&fixture->engine, id, NULL);

  record->submission = submission;
  record->status = REEL_SERVICE_NONE;
  record->accepted_at = 0;
  record->duration = 4;
  g_set_str (&record->resolution, "480p");
  reel_engine_fixture_write (&fixture->engine, record);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{

  reel_engine_fixture_init (&fixture->engine);
  fixture->server = reel_fault_server_new (NULL);
  fixture->engine.base_url = reel_fault_server_get_base_url (fixture->server);
  reel_script_add_models (fixture->server);
  write_job (fixture, "unknown", REEL_SUBMISSION_UNKNOWN);
  write_job (fixture, "held", REEL_SUBMISSION_RECORDED);
  write_lost (fixture);
  reel_engine_fixture_start (&fixture->engine);

  fixture->unknown = g_object_ref (reel_engine_fixture_find_job (&fixture->engine, "unknown"));
  fixture->held = g_object_ref (reel_engine_fixture_find_job (&fixture->engine, "held"));
  fixture->lost = g_object_ref (reel_engine_fixture_find_job (&fixture->engine, "lost"));
  reel_test_wait (reel_job_get_state (fixture->held) == REEL_JOB_HELD);
  fixture->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  fixture->window = reel_ui_test_present (GTK_WIDGET (fixture->toasts), 500, 500);
  fixture->actions = reel_job_actions_new (fixture->engine.engine, GTK_WIDGET (fixture->window), fixture->toasts);
  g_signal_connect (fixture->actions, "sent", G_CALLBACK (on_sent), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gpointer left = fixture->actions;

  g_object_add_weak_pointer (left, &left);
  g_clear_object (&fixture->actions);
  gtk_window_destroy (fixture->window);
  reel_test_wait (left == NULL);
  g_object_unref (fixture->unknown);
  g_object_unref (fixture->held);
  g_object_unref (fixture->lost);
  reel_engine_fixture_clear (&fixture->engine);
  g_object_unref (fixture->server);
}

static void
act (Fixture *fixture, ReelJob *job, const char *name)
{
  reel_job_actions_set_job (fixture->actions, job);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->toasts), name, NULL));
}

static gpointer
find_dialog (Fixture *fixture)
{
  return reel_ui_test_find (fixture->window, ADW_TYPE_DIALOG, NULL);
}

/* Opens a question, and answers it after another job was chosen. */
static void
answer (Fixture *fixture, const char *name, const char *button)
{
  act (fixture, fixture->unknown, name);
  reel_test_wait (find_dialog (fixture) != NULL);
  reel_job_actions_set_job (fixture->actions, fixture->held);
  reel_ui_test_press (reel_ui_test_find (find_dialog (fixture), GTK_TYPE_BUTTON, button));
  reel_test_wait (find_dialog (fixture) == NULL);
}

static void
test_send_now (Fixture *fixture, gconstpointer data)
{
  reel_script_add_accept (fixture->server, "req_1");
  reel_script_add_status (fixture->server, "req_1", "processing", NULL);
  g_assert_cmpuint (reel_script_count_posts (fixture->server), ==, 0);
  act (fixture, fixture->held, "job.send-now");
  reel_test_wait (reel_job_get_state (fixture->held) == REEL_JOB_GENERATING);
  g_assert_cmpuint (reel_script_count_posts (fixture->server), ==, 1);
}

static void
test_withdraw (Fixture *fixture, gconstpointer data)
{
  act (fixture, fixture->held, "job.withdraw");
  reel_test_wait (reel_job_get_state (fixture->held) == REEL_JOB_FAILED);
  g_assert_true (reel_ui_test_reads (fixture->window, "It will not be sent"));
  g_assert_cmpuint (reel_script_count_posts (fixture->server), ==, 0);
}

static void
test_declare_lost (Fixture *fixture, gconstpointer data)
{
  answer (fixture, "job.declare-lost", "_Cancel");
  g_assert_cmpint (reel_job_get_state (fixture->unknown), ==, REEL_JOB_UNKNOWN);
  answer (fixture, "job.declare-lost", "_Declare Lost");
  reel_test_wait (reel_job_get_state (fixture->unknown) == REEL_JOB_LOST);
  g_assert_cmpuint (reel_script_count_posts (fixture->server), ==, 0);
}

/* One request more, after a word of its own, and the old job stays as it is. */
static void
test_send_again (Fixture *fixture, gconstpointer data)
{
  reel_script_add_accept (fixture->server, "req_1");
  reel_script_add_status (fixture->server, "req_1", "processing", NULL);
  reel_test_wait (reel_engine_get_catalogue (fixture->engine.engine) != NULL);
  act (fixture, fixture->unknown, "job.send-again");
  reel_test_wait (find_dialog (fixture) != NULL);
  /* By the prices of now: of the job itself none is known. */
  g_assert_nonnull (strstr (adw_alert_dialog_get_body (find_dialog (fixture)), "is estimated at $0.20."));
  reel_ui_test_press (reel_ui_test_find (find_dialog (fixture), GTK_TYPE_BUTTON, "_Cancel"));
  reel_test_wait (find_dialog (fixture) == NULL);
  g_assert_null (fixture->sent);
  g_assert_cmpuint (reel_script_count_posts (fixture->server), ==, 0);

  answer (fixture, "job.send-again", "_Send Again");
  reel_test_wait (fixture->sent != NULL);
  g_assert_cmpstr (reel_job_get_record (fixture->sent)->resend_of, ==, "unknown");
  g_assert_cmpint (reel_job_get_record (fixture->sent)->estimate, ==, REEL_MONEY_DOLLAR / 5);
  reel_test_wait (reel_job_get_state (fixture->sent) == REEL_JOB_GENERATING);
  g_assert_cmpuint (reel_script_count_posts (fixture->server), ==, 1);
  g_assert_cmpint (reel_job_get_state (fixture->unknown), ==, REEL_JOB_UNKNOWN);
}

static void
test_adopt (Fixture *fixture, gconstpointer data)
{
  reel_script_add_status (fixture->server, "req_9", "processing", NULL);
  act (fixture, fixture->unknown, "job.adopt");
  reel_test_wait (find_dialog (fixture) != NULL);
  gtk_editable_set_text (reel_ui_test_find (fixture->window, ADW_TYPE_ENTRY_ROW, "Request ID"), "req_9");
  reel_ui_test_press (reel_ui_test_find (find_dialog (fixture), GTK_TYPE_BUTTON, "_Adopt"));
  reel_test_wait (reel_job_get_state (fixture->unknown) == REEL_JOB_GENERATING);
  reel_test_wait (reel_ui_test_reads (fixture->window, "The service knows the job. Seedreel follows it from now on."));
}

static void
test_check_again (Fixture *fixture, gconstpointer data)
{
  reel_script_add_status (fixture->server, "req_5", "processing", NULL);
  g_assert_cmpint (reel_job_get_state (fixture->lost), ==, REEL_JOB_LOST);
  act (fixture, fixture->lost, "job.check-again");
  reel_test_wait (reel_job_get_state (fixture->lost) == REEL_JOB_GENERATING);
}

/* What became of a cancel is said as far as it is known. */
static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  const char *path = REEL_SCRIPT_GENERATIONS "/req_5/cancel";

  reel_script_add_status (fixture->server, "req_5", "processing", NULL);
  reel_fault_answer_fail_before (reel_fault_server_add (fixture->server, "POST", path, 200, NULL), REEL_FAULT_CLOSE);
  reel_script_add_error (fixture->server, "POST", path, 400, "invalid_request", "Too late");
  act (fixture, fixture->lost, "job.check-again");
  reel_test_wait (reel_job_can_cancel (fixture->lost));
  act (fixture, fixture->lost, "job.cancel");
  reel_test_wait (
      reel_ui_test_reads (fixture->window, "It is not known whether the job was cancelled. Seedreel goes on asking."));

  adw_toast_overlay_dismiss_all (fixture->toasts);
  reel_test_wait (reel_job_can_cancel (fixture->lost));
  act (fixture, fixture->lost, "job.cancel");
  reel_test_wait (reel_job_get_record (fixture->lost)->cancel_error != NULL);
  reel_test_wait (reel_ui_test_reads (fixture->window, "The job could not be cancelled. It goes on."));
}

int
main (int argc, char **argv)
{
  reel_ui_test_init (&argc, &argv);

#define ADD(path, function) g_test_add ("/ui/job-outcome/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("send-now", test_send_now);
  ADD ("withdraw", test_withdraw);
  ADD ("declare-lost", test_declare_lost);
  ADD ("send-again", test_send_again);
  ADD ("adopt", test_adopt);
  ADD ("check-again", test_check_again);
  ADD ("cancel", test_cancel);

  return g_test_run ();
}
