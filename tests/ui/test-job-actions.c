#include "config.h"

#include "reel-engine-fixture.h"
#include "reel-job-actions.h"
#include "reel-job-fixture.h"
#include "reel-test.h"
#include "reel-ui-test.h"

#include <glib/gstdio.h>

/* The actions over a real engine whose history holds one saved video. */
typedef struct
{
  ReelEngineFixture engine;
  char *video;
  AdwToastOverlay *toasts;
  GtkWindow *window;
  ReelJobActions *actions;
  ReelJob *job;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  ReelJobRecord *record;

  reel_engine_fixture_init (&fixture->engine);
  fixture->video = g_build_filename (fixture->engine.folder, "video.mp4", NULL);
  g_file_set_contents (fixture->video, "video", -1, &error);
  g_assert_no_error (error);
  record = reel_engine_fixture_make_record (&fixture->engine, "job", "req_1");
  record->status = REEL_SERVICE_SUCCEEDED;
  record->file_state = REEL_FILE_SAVED;
  record->file = g_strdup (fixture->video);
  reel_engine_fixture_write (&fixture->engine, record);
  reel_engine_fixture_start (&fixture->engine);

  fixture->job = g_object_ref (reel_engine_fixture_get_job (&fixture->engine, 0));
  fixture->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  fixture->window = reel_ui_test_present (GTK_WIDGET (fixture->toasts), 360, 500);
  fixture->actions = reel_job_actions_new (fixture->engine.engine, GTK_WIDGET (fixture->window), fixture->toasts);
}

/* Closes the window as the program does, and proves that nothing keeps the actions. */
static void
dismiss (Fixture *fixture)
{
  gpointer left = fixture->actions;

  g_object_add_weak_pointer (left, &left);
  g_clear_object (&fixture->actions);
  g_clear_pointer (&fixture->window, gtk_window_destroy);
  reel_test_wait (left == NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->actions != NULL)
    dismiss (fixture);
  g_object_unref (fixture->job);
  reel_engine_fixture_clear (&fixture->engine);
  g_free (fixture->video);
}

static void
act (Fixture *fixture, const char *name)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->toasts), name, NULL));
}

static guint
count (Fixture *fixture)
{
  return reel_engine_fixture_count_jobs (&fixture->engine);
}

/* Opens the dialog, and answers it. */
static void
answer (Fixture *fixture, const char *button, gboolean keep_file)
{
  AdwDialog *dialog = NULL;
  GtkCheckButton *check;

  act (fixture, "job.delete");
  reel_test_wait ((dialog = reel_ui_test_find (fixture->window, ADW_TYPE_ALERT_DIALOG, NULL)) != NULL);
  check = reel_ui_test_find (dialog, GTK_TYPE_CHECK_BUTTON, NULL);
  g_assert_nonnull (check);
  g_assert_true (gtk_check_button_get_active (check));
  gtk_check_button_set_active (check, !keep_file);
  reel_ui_test_press (reel_ui_test_find (dialog, GTK_TYPE_BUTTON, button));
  reel_test_wait (reel_ui_test_find (fixture->window, ADW_TYPE_ALERT_DIALOG, NULL) == NULL);
}

static gboolean
is_on (Fixture *fixture, const char *name)
{
  return g_action_group_get_action_enabled (reel_job_actions_get_group (fixture->actions), name);
}

/* What makes no sense for the state of the job is off. */
static void
test_enabled (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *states; /* one letter for each of: nothing, sending, generating, failed, unknown, not saved, ready */
  } cases[] = {
      {"cancel", "--+----"},        {"retry-download", "-----+-"},  {"reuse", "-++++++"},
      {"save-as", "------+"},       {"open-with", "------+"},       {"show-in-files", "------+"},
      {"copy-prompt", "-++++++"},   {"copy-request-id", "--++-++"}, {"delete", "---+-++"},
      {"copy-receipt", "-++++++"},  {"save-receipt", "-++++++"},    {"hide", "-++++++"},
      {"show", "-------"},          {"send-now", "-------"},        {"withdraw", "-------"},
      {"check-balance", "-------"}, {"adopt", "----+--"},           {"declare-lost", "----+--"},
      {"send-again", "----+--"},    {"check-again", "-------"},     {"save-frame", "------+"},
      {"copy-frame", "------+"},
  };
  ReelJob *jobs[7] = {NULL};

  for (guint i = 1; i < G_N_ELEMENTS (jobs); i++)
    jobs[i] = reel_job_fixture_new ("A boat", 1);
  reel_job_fixture_accept (jobs[2], REEL_SERVICE_PROCESSING, "processing");
  reel_job_fixture_fail (jobs[3], "x", "y");
  reel_job_fixture_lose (jobs[4]);
  reel_job_fixture_fail_download (jobs[5], "full");
  reel_job_fixture_save (jobs[6], fixture->video);

  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++) {
    reel_job_actions_set_job (fixture->actions, jobs[i]);
    for (guint j = 0; j < G_N_ELEMENTS (cases); j++) {
      g_test_message ("%s, state %u", cases[j].name, i);
      g_assert_cmpint (is_on (fixture, cases[j].name), ==, cases[j].states[i] == '+');
    }
  }

  /* They follow the job. */
  reel_job_actions_set_job (fixture->actions, jobs[1]);
  g_assert_false (is_on (fixture, "save-as"));
  reel_job_fixture_save (jobs[1], fixture->video);
  g_assert_true (is_on (fixture, "save-as"));
  reel_job_actions_set_job (fixture->actions, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    g_clear_object (&jobs[i]);
}

static void
on_reuse (ReelJobActions *actions, ReelRequest *request, char **prompt)
{
  *prompt = g_strdup (reel_request_get_prompt (request));
}

static void
test_reuse (Fixture *fixture, gconstpointer data)
{
  g_autofree char *prompt = NULL;

  g_signal_connect (fixture->actions, "reuse", G_CALLBACK (on_reuse), &prompt);
  reel_job_actions_set_job (fixture->actions, fixture->job);
  act (fixture, "job.reuse");
  g_assert_cmpstr (prompt, ==, "A paper boat");
}

static char *
read_clipboard (Fixture *fixture)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->window));
  g_autoptr (GAsyncResult) result = NULL;

  gdk_clipboard_read_text_async (clipboard, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);

  return gdk_clipboard_read_text_finish (clipboard, result, NULL);
}

static void
test_copy (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  reel_job_actions_set_job (fixture->actions, fixture->job);
  act (fixture, "job.copy-request-id");
  reel_test_wait (reel_ui_test_reads (fixture->window, "Request ID copied"));
  text = read_clipboard (fixture);
  g_assert_cmpstr (text, ==, "req_1");
}

/* The receipt is about the job that was chosen when it was asked for. */
static void
test_receipt (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  reel_job_actions_set_job (fixture->actions, fixture->job);
  act (fixture, "job.copy-receipt");
  reel_job_actions_set_job (fixture->actions, NULL);
  reel_test_wait (reel_ui_test_reads (fixture->window, "Receipt copied"));
  text = read_clipboard (fixture);
  g_assert_nonnull (strstr (text, "Request ID  req_1\n"));
  g_assert_nonnull (strstr (text, "A paper boat\n"));
}

static void
test_receipt_dropped (Fixture *fixture, gconstpointer data)
{
  reel_job_actions_set_job (fixture->actions, fixture->job);
  act (fixture, "job.copy-receipt");
  dismiss (fixture);
}

static void
test_hide (Fixture *fixture, gconstpointer data)
{
  reel_job_actions_set_job (fixture->actions, fixture->job);
  act (fixture, "job.hide");
  g_assert_cmpuint (count (fixture), ==, 0);
  reel_test_wait (reel_ui_test_reads (fixture->window, "“A paper boat” hidden"));
  reel_ui_test_press (reel_ui_test_find (fixture->window, GTK_TYPE_BUTTON, "Undo"));
  reel_test_wait (count (fixture) == 1 && is_on (fixture, "hide"));
  g_assert_false (is_on (fixture, "show"));

  act (fixture, "job.hide");
  reel_test_wait (is_on (fixture, "show"));
  g_assert_false (is_on (fixture, "hide"));
  act (fixture, "job.show");
  reel_test_wait (count (fixture) == 1);
}

static void
test_delete_and_undo (Fixture *fixture, gconstpointer data)
{
  reel_job_actions_set_job (fixture->actions, fixture->job);

  answer (fixture, "_Cancel", TRUE);
  g_assert_cmpuint (count (fixture), ==, 1);

  answer (fixture, "_Delete", TRUE);
  reel_test_wait (count (fixture) == 0);
  reel_test_wait (reel_ui_test_find (fixture->window, GTK_TYPE_BUTTON, "Undo") != NULL);
  reel_ui_test_press (reel_ui_test_find (fixture->window, GTK_TYPE_BUTTON, "Undo"));
  reel_test_wait (count (fixture) == 1);

  /* What was undone stays, also when the window closes. */
  dismiss (fixture);
  reel_engine_fixture_stop (&fixture->engine);
  reel_engine_fixture_start (&fixture->engine);
  g_assert_cmpuint (count (fixture), ==, 1);
}

/* What is not undone is final when the window closes; the file stays where a person wants it to. */
static void
test_delete_for_good (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) records = NULL;

  reel_job_actions_set_job (fixture->actions, fixture->job);
  answer (fixture, "_Delete", TRUE);
  reel_test_wait (count (fixture) == 0);
  dismiss (fixture);
  reel_engine_fixture_stop (&fixture->engine);
  records = reel_engine_fixture_read (&fixture->engine);
  g_assert_cmpuint (records->len, ==, 0);
  g_assert_true (g_file_test (fixture->video, G_FILE_TEST_EXISTS));
}

/* Where the file cannot go to the Trash it is said, and the job is there again. */
static void
test_delete_without_trash (Fixture *fixture, gconstpointer data)
{
  g_autofree char *trash = g_build_filename (g_get_user_data_dir (), "Trash", NULL);

  /* No folder can be made there. */
  g_assert_cmpint (g_mkdir_with_parents (g_get_user_data_dir (), 0700), ==, 0);
  g_assert_true (g_file_set_contents (trash, "", -1, NULL));
  reel_job_actions_set_job (fixture->actions, fixture->job);
  answer (fixture, "_Delete", FALSE);
  reel_test_wait (count (fixture) == 0);
  reel_test_wait (reel_ui_test_reads (fixture->window, "“A paper boat” deleted"));
  adw_toast_overlay_dismiss_all (fixture->toasts);
  reel_test_wait (reel_ui_test_reads (fixture->window,
                                      "The file of “A paper boat” could not be moved to the Trash, so it is kept"));
  g_assert_cmpuint (count (fixture), ==, 1);
  g_assert_true (g_file_test (fixture->video, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_unlink (trash), ==, 0);
}

int
main (int argc, char **argv)
{
  reel_ui_test_init (&argc, &argv);

#define ADD(path, function) g_test_add ("/ui/job-actions/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("enabled", test_enabled);
  ADD ("reuse", test_reuse);
  ADD ("copy", test_copy);
  ADD ("receipt", test_receipt);
  ADD ("receipt-dropped", test_receipt_dropped);
  ADD ("hide", test_hide);
  ADD ("delete-and-undo", test_delete_and_undo);
  ADD ("delete-for-good", test_delete_for_good);
  ADD ("delete-without-trash", test_delete_without_trash);

  return g_test_run ();
}
