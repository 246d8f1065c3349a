#include "config.h"

#include "reel-adopt-dialog.h"
#include "reel-compose-view.h"
#include "reel-detail-page.h"
#include "reel-engine-fixture.h"
#include "reel-history-page.h"
#include "reel-job-fixture.h"
#include "reel-shortcuts-dialog.h"
#include "reel-spending-dialog.h"
#include "reel-test-network.h"
#include "reel-test.h"
#include "reel-ui-test.h"
#include "reel-window.h"

#include <gst/gst.h>

typedef struct
{
  ReelEngineFixture engine;
  ReelPosterCache *posters;
  GSettings *settings;
  ReelWindow *window;
  AdwOverlaySplitView *form_split;
  AdwNavigationSplitView *page_split;
  ReelHistoryPage *history;
} Fixture;

static void
present (Fixture *fixture, int width)
{
  g_settings_set_int (fixture->settings, "window-width", width);
  g_settings_set_int (fixture->settings, "window-height", 700);
  fixture->window = g_object_ref_sink (
      reel_window_new (NULL, fixture->settings, fixture->engine.engine, fixture->posters, fixture->engine.library));
  reel_window_set_loaded (fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
  reel_test_wait (gtk_widget_get_mapped (GTK_WIDGET (fixture->window)) &&
                  gtk_widget_get_width (GTK_WIDGET (fixture->window)) > 0);
  fixture->form_split = reel_ui_test_find (fixture->window, ADW_TYPE_OVERLAY_SPLIT_VIEW, NULL);
  fixture->page_split = reel_ui_test_find (fixture->window, ADW_TYPE_NAVIGATION_SPLIT_VIEW, NULL);
  fixture->history = reel_ui_test_find (fixture->window, REEL_TYPE_HISTORY_PAGE, NULL);
}

/* Closes the window as a person does and proves that nothing keeps it. */
static void
dismiss (Fixture *fixture)
{
  gpointer left = fixture->window;

  g_object_add_weak_pointer (left, &left);
  gtk_window_close (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->window);
  reel_test_wait (left == NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) folder = NULL;

  reel_engine_fixture_init (&fixture->engine);
  reel_engine_fixture_start (&fixture->engine);
  folder = g_file_new_build_filename (fixture->engine.folder, "posters", NULL);
  fixture->posters = reel_poster_cache_new (folder);
  fixture->settings = g_settings_new (REEL_APPLICATION_ID);
  g_settings_reset (fixture->settings, "show-compose");
  g_settings_reset (fixture->settings, "chosen-job");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->window != NULL)
    dismiss (fixture);
  g_object_unref (fixture->posters);
  g_object_unref (fixture->settings);
  reel_engine_fixture_clear (&fixture->engine);
}

static ReelJob *
add (Fixture *fixture, const char *prompt, gint64 seconds_ago)
{
  g_autoptr (ReelJob) job = reel_job_fixture_new (prompt, seconds_ago);

  reel_job_list_add (reel_engine_get_jobs (fixture->engine.engine), job);

  return job;
}

/* A finished job of an earlier run. Before the window is there. */
static ReelJob *
write_job (Fixture *fixture)
{
  ReelJobRecord *record = reel_engine_fixture_make_record (&fixture->engine, "job", "req_1");

  record->status = REEL_SERVICE_FAILED;
  reel_engine_fixture_stop (&fixture->engine);
  reel_engine_fixture_write (&fixture->engine, record);
  reel_engine_fixture_start (&fixture->engine);

  return reel_engine_fixture_find_job (&fixture->engine, "job");
}

static void
act (Fixture *fixture, const char *name)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), name, NULL));
}

static void
test_wide (Fixture *fixture, gconstpointer data)
{
  present (fixture, 1200);
  g_assert_false (adw_overlay_split_view_get_collapsed (fixture->form_split));
  g_assert_true (adw_overlay_split_view_get_show_sidebar (fixture->form_split));
  g_assert_false (adw_navigation_split_view_get_collapsed (fixture->page_split));
}

/* F9 is remembered, by the next window too; what the width does is not. */
static void
test_form (Fixture *fixture, gconstpointer data)
{
  present (fixture, 1200);
  act (fixture, "win.toggle-compose");
  g_assert_false (adw_overlay_split_view_get_show_sidebar (fixture->form_split));
  g_assert_false (g_settings_get_boolean (fixture->settings, "show-compose"));
  dismiss (fixture);
  present (fixture, 1200);
  g_assert_false (adw_overlay_split_view_get_show_sidebar (fixture->form_split));
  act (fixture, "win.new-video");
  g_assert_true (adw_overlay_split_view_get_show_sidebar (fixture->form_split));
  g_assert_true (g_settings_get_boolean (fixture->settings, "show-compose"));
  dismiss (fixture);

  present (fixture, 900);
  reel_test_wait (adw_overlay_split_view_get_collapsed (fixture->form_split));
  g_assert_false (adw_overlay_split_view_get_show_sidebar (fixture->form_split));
  g_assert_false (adw_navigation_split_view_get_collapsed (fixture->page_split));
  g_assert_true (g_settings_get_boolean (fixture->settings, "show-compose"));
}

/* In a narrow window a chosen job is a page, and a job that is gone leads back. */
static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  ReelJob *job = write_job (fixture);

  present (fixture, 360);
  reel_test_wait (!reel_history_get_loading (reel_engine_get_history (fixture->engine.engine)));
  reel_test_wait (adw_navigation_split_view_get_collapsed (fixture->page_split));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->window)), <=, 360);
  g_assert_false (adw_navigation_split_view_get_show_content (fixture->page_split));
  reel_history_page_select (fixture->history, job);
  g_assert_false (adw_navigation_split_view_get_show_content (fixture->page_split));
  g_signal_emit_by_name (fixture->history, "activated");
  g_assert_true (adw_navigation_split_view_get_show_content (fixture->page_split));
  reel_engine_hide_job (fixture->engine.engine, job);
  reel_test_wait (!adw_navigation_split_view_get_show_content (fixture->page_split));
}

static void
show_history (AdwNavigationSplitView *page_split)
{
  adw_navigation_split_view_set_show_content (page_split, FALSE);
}

/* What was shown is shown again by the next window. */
static void
test_chosen (Fixture *fixture, gconstpointer data)
{
  ReelJob *job = write_job (fixture);

  present (fixture, 1200);
  reel_history_page_select (fixture->history, job);
  dismiss (fixture);
  present (fixture, 1200);
  reel_test_wait (reel_history_page_get_selected (fixture->history) == job);
  reel_history_page_select (fixture->history, NULL);
  dismiss (fixture);
  present (fixture, 1200);
  g_assert_null (reel_history_page_get_selected (fixture->history));
}

/* What was drawn of the history while the job slid away is freed. */
static void
test_way_back (Fixture *fixture, gconstpointer data)
{
  present (fixture, 360);
  reel_history_page_select (fixture->history, add (fixture, "A paper boat", 1));
  reel_test_wait (adw_navigation_split_view_get_collapsed (fixture->page_split));
  adw_navigation_split_view_set_show_content (fixture->page_split, TRUE);
  reel_ui_test_go_back (ADW_NAVIGATION_PAGE (fixture->history), G_CALLBACK (show_history), fixture->page_split);
}

static void
test_size (Fixture *fixture, gconstpointer data)
{
  int width, height;

  present (fixture, 1100);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1200, 640);
  reel_test_wait (gtk_widget_get_width (GTK_WIDGET (fixture->window)) > 1150);
  gtk_window_get_default_size (GTK_WINDOW (fixture->window), &width, &height);
  dismiss (fixture);
  g_assert_cmpint (g_settings_get_int (fixture->settings, "window-width"), ==, width);
  g_assert_cmpint (g_settings_get_int (fixture->settings, "window-height"), ==, height);
}

/* The end of a job that is not looked at is told in passing. */
static void
tell_in_passing (Fixture *fixture, gconstpointer data)
{
  ReelJob *watched, *other;

  present (fixture, 1200);
  watched = add (fixture, "The watched one", 1);
  other = add (fixture, "The <other> one", 2);
  reel_history_page_select (fixture->history, watched);
  reel_job_fixture_accept (other, REEL_SERVICE_PROCESSING, "processing");
  g_assert_false (reel_ui_test_reads (fixture->window, "Failed: The <other> one"));
  reel_job_fixture_fail (other, "x", "y");
  reel_test_wait (reel_ui_test_reads (fixture->window, "Failed: The <other> one"));
  reel_job_fixture_fail (watched, "x", "y");
  g_assert_false (reel_ui_test_reads (fixture->window, "Failed: The watched one"));
}

/* GTK's accessible tree for tests cannot announce anything, and without a tree GTK leaks the names of labels. */
static void
test_toast (void)
{
  g_setenv ("ASAN_OPTIONS", "detect_leaks=0", TRUE);
  g_test_trap_subprocess ("/ui/window/toast/subprocess", 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

/* What is sent is chosen at once, whatever the history showed. */
static void
test_submit (Fixture *fixture, gconstpointer data)
{
  ReelRequest *draft;
  AdwToggleGroup *group;

  write_job (fixture);
  draft = reel_engine_get_draft (fixture->engine.engine);
  present (fixture, 1200);
  reel_test_wait (!reel_history_get_loading (reel_engine_get_history (fixture->engine.engine)));
  group = reel_ui_test_find (fixture->history, ADW_TYPE_TOGGLE_GROUP, NULL);
  adw_toggle_group_set_active_name (group, "ready");
  reel_request_set_prompt (draft, "A paper boat");
  g_signal_emit_by_name (reel_ui_test_find (fixture->window, REEL_TYPE_COMPOSE_VIEW, NULL), "submit");
  g_assert_nonnull (reel_history_page_get_selected (fixture->history));
  g_assert_cmpstr (reel_job_get_title (reel_history_page_get_selected (fixture->history)), ==, "A paper boat");
  g_assert_cmpstr (adw_toggle_group_get_active_name (group), ==, "all");
  g_assert_cmpstr (reel_request_get_prompt (draft), ==, "A paper boat");
  g_assert_cmpuint (reel_engine_fixture_count_jobs (&fixture->engine), ==, 2);

  /* One press, and as many jobs as were asked for. */
  reel_request_set_count (draft, 3);
  g_signal_emit_by_name (reel_ui_test_find (fixture->window, REEL_TYPE_COMPOSE_VIEW, NULL), "submit");
  g_assert_cmpuint (reel_engine_fixture_count_jobs (&fixture->engine), ==, 5);
}

static void
test_sandbox_note (Fixture *fixture, gconstpointer data)
{
  present (fixture, 1200);
  g_assert_true (reel_ui_test_reads (fixture->window, "Sandbox: videos are simulated, nothing is charged"));
}

/* A history that cannot be written turns Generate off, says so beside it and above the history. */
static void
test_store_error (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReelEngine) broken =
      g_object_new (REEL_TYPE_ENGINE, "store-path", "/dev/null/history.db", "probe", fixture->engine.probe, NULL);
  ReelEngine *sound = fixture->engine.engine;
  g_autoptr (GAsyncResult) started = NULL, stopped = NULL;
  g_autoptr (GError) error = NULL;
  AdwBanner *banner;

  reel_engine_start_async (broken, NULL, reel_test_store_result, &started);
  reel_test_wait (started != NULL);
  g_assert_false (reel_engine_start_finish (broken, started, &error));
  g_assert_nonnull (reel_engine_get_store_error (broken));

  fixture->engine.engine = broken;
  present (fixture, 1200);
  banner = reel_ui_test_find (fixture->history, ADW_TYPE_BANNER, NULL);
  g_assert_true (adw_banner_get_revealed (banner));
  g_assert_true (g_str_has_prefix (adw_banner_get_title (banner), "The history cannot be saved. Generate is off"));
  g_assert_true (reel_ui_test_reads (fixture->window, "The history cannot be saved, so nothing is sent."));
  dismiss (fixture);
  fixture->engine.engine = sound;

  reel_engine_stop_async (broken, reel_test_store_result, &stopped);
  reel_test_wait (stopped != NULL);
}

/* What is wrong with the network stands above the history, and in what waits for it. */
static void
test_network (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReelTestNetwork) network = reel_test_network_new (FALSE);
  AdwBanner *banner;

  /* On a machine of its own, and not reachable: the name is not found anywhere. */
  reel_engine_fixture_stop (&fixture->engine);
  fixture->engine.base_url = "https://seedance.invalid";
  fixture->engine.monitor = g_object_ref (G_NETWORK_MONITOR (network));
  reel_engine_fixture_start (&fixture->engine);
  present (fixture, 1200);

  banner = reel_ui_test_find (fixture->history, ADW_TYPE_BANNER, NULL);
  g_assert_true (adw_banner_get_revealed (banner));
  g_assert_cmpstr (adw_banner_get_title (banner), ==,
                   "You are offline. Running videos go on when the network is back.");
  g_assert_null (adw_banner_get_button_label (banner));

  reel_test_network_set_available (network, TRUE);
  reel_test_network_set_portal (network, TRUE);
  g_assert_cmpstr (adw_banner_get_title (banner), ==, "This network wants you to sign in first");
  g_assert_cmpstr (adw_banner_get_button_label (banner), ==, "Sign In");

  /* What is sent meanwhile waits, and says for what. */
  reel_request_set_prompt (reel_engine_get_draft (fixture->engine.engine), "A paper boat");
  g_signal_emit_by_name (reel_ui_test_find (fixture->window, REEL_TYPE_COMPOSE_VIEW, NULL), "submit");
  reel_test_wait (reel_ui_test_reads (fixture->window, "The network lets nothing through until you have signed in. "
                                                       "Nothing has been sent yet. Seedreel goes on trying, unless you "
                                                       "do not want it to be sent any more."));
  g_assert_nonnull (reel_ui_test_find (fixture->window, GTK_TYPE_BUTTON, "_Do Not Send"));

  /* In the sandbox no network is in the way. */
  reel_engine_set_account (fixture->engine.engine,
                           reel_engine_lookup_account (fixture->engine.engine, REEL_ACCOUNT_SANDBOX_ID));
  reel_test_wait (!adw_banner_get_revealed (banner));
}

static void
test_dialogs (Fixture *fixture, gconstpointer data)
{
  AdwDialog *dialog;

  present (fixture, 1200);
  act (fixture, "win.show-help-overlay");
  reel_test_wait ((dialog = reel_ui_test_find (fixture->window, REEL_TYPE_SHORTCUTS_DIALOG, NULL)) != NULL);
  g_assert_true (reel_ui_test_reads (dialog, "Ctrl+Return"));
  adw_dialog_force_close (dialog);
  act (fixture, "win.search");
  reel_test_wait (gtk_widget_get_mapped (reel_ui_test_find (fixture->history, GTK_TYPE_SEARCH_ENTRY, NULL)));
  act (fixture, "win.spending");
  reel_test_wait ((dialog = reel_ui_test_find (fixture->window, REEL_TYPE_SPENDING_DIALOG, NULL)) != NULL);
  adw_dialog_force_close (dialog);
  act (fixture, "win.adopt");
  reel_test_wait ((dialog = reel_ui_test_find (fixture->window, REEL_TYPE_ADOPT_DIALOG, NULL)) != NULL);
  adw_dialog_force_close (dialog);
  /* There is no video to fill the screen with. */
  act (fixture, "win.fullscreen-player");
  g_assert_false (gtk_window_is_fullscreen (GTK_WINDOW (fixture->window)));
}

int
main (int argc, char **argv)
{
  gst_init (NULL, NULL);
  reel_ui_test_init (&argc, &argv);
  if (g_test_subprocess ())
    g_setenv ("GTK_A11Y", "none", TRUE);

#define ADD(path, function) g_test_add ("/ui/window/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("wide", test_wide);
  ADD ("form", test_form);
  ADD ("narrow", test_narrow);
  ADD ("chosen", test_chosen);
  ADD ("way-back", test_way_back);
  ADD ("size", test_size);
  ADD ("toast/subprocess", tell_in_passing);
  g_test_add_func ("/ui/window/toast", test_toast);
  ADD ("submit", test_submit);
  ADD ("sandbox-note", test_sandbox_note);
  ADD ("store-error", test_store_error);
  ADD ("network", test_network);
  ADD ("dialogs", test_dialogs);

  return g_test_run ();
}
