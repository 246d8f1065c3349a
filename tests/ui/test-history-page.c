#include "config.h"

#include "reel-dnd-test.h"
#include "reel-history-fixture.h"
#include "reel-history-page.h"
#include "reel-history-row.h"
#include "reel-history-tile.h"
#include "reel-job-fixture.h"
#include "reel-test.h"
#include "reel-ui-test.h"

typedef struct
{
  ReelHistoryFixture world;
  GSettings *settings;
  ReelTicker *ticker;
  ReelHistoryPage *page;
  ReelHistoryModel *model;
  GtkWindow *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer n_jobs)
{
  reel_history_fixture_init (&fixture->world, GPOINTER_TO_UINT (n_jobs));
  fixture->settings = g_settings_new (REEL_APPLICATION_ID);
  g_settings_reset (fixture->settings, "history-sort");
  g_settings_reset (fixture->settings, "history-grid");
  fixture->ticker = reel_ticker_new ();
  fixture->page = g_object_ref_sink (g_object_new (REEL_TYPE_HISTORY_PAGE, NULL));
  reel_history_page_set_up (fixture->page, fixture->world.engine.engine, fixture->settings, NULL, fixture->ticker,
                            NULL);
  reel_history_page_set_loaded (fixture->page);
  fixture->model = reel_history_page_get_model (fixture->page);
  fixture->window = reel_ui_test_present (GTK_WIDGET (fixture->page), 360, 700);
}

static void
tear_down (Fixture *fixture, gconstpointer n_jobs)
{
  gpointer left = fixture->page;

  g_object_add_weak_pointer (left, &left);
  gtk_window_destroy (fixture->window);
  g_clear_object (&fixture->page);
  reel_test_wait (left == NULL);
  g_assert_false (reel_ticker_is_running (fixture->ticker));
  g_assert_finalize_object (fixture->ticker);
  g_clear_object (&fixture->settings);
  reel_history_fixture_clear (&fixture->world);
}

/* The row or tile that shows a job, once it is made. */
static ReelHistoryCell *
find_cell (GtkWidget *root, ReelJob *job)
{
  if (REEL_IS_HISTORY_CELL (root) && gtk_widget_get_mapped (root) &&
      reel_history_cell_get_job (REEL_HISTORY_CELL (root)) == job)
    return REEL_HISTORY_CELL (root);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    ReelHistoryCell *cell = find_cell (child, job);

    if (cell != NULL)
      return cell;
  }

  return NULL;
}

static ReelHistoryCell *
wait_for_cell (Fixture *fixture, ReelJob *job)
{
  reel_test_wait (find_cell (GTK_WIDGET (fixture->page), job) != NULL);

  return find_cell (GTK_WIDGET (fixture->page), job);
}

static ReelJob *
load (Fixture *fixture, guint number)
{
  return reel_history_fixture_load (&fixture->world, number);
}

static guint
count (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->model));
}

static void
act (Fixture *fixture, const char *name, const char *target)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->page), name, target != NULL ? "s" : NULL, target));
}

static void
assert_description (ReelHistoryCell *cell, const char *expected)
{
  g_autofree char *description = NULL;

  g_object_get (cell, "accessible-description", &description, NULL);
  g_assert_cmpstr (description, ==, expected);
}

static void
type (Fixture *fixture, const char *text)
{
  GtkEditable *entry = reel_ui_test_find (fixture->page, GTK_TYPE_SEARCH_ENTRY, "Search videos");

  g_assert_nonnull (entry);
  gtk_editable_set_text (entry, text);
}

static void
choose_group (Fixture *fixture, const char *name)
{
  AdwToggleGroup *group = reel_ui_test_find (fixture->page, ADW_TYPE_TOGGLE_GROUP, "Show");

  adw_toggle_group_set_active_name (group, name);
  reel_test_wait (!reel_history_get_loading (fixture->world.history));
}

static void
select_positions (Fixture *fixture, guint first, guint n)
{
  gtk_selection_model_select_range (GTK_SELECTION_MODEL (fixture->model), first, n, TRUE);
}

/* A saved video can be dragged out of its row. */
static void
test_drag (Fixture *fixture, gconstpointer n_jobs)
{
  g_autofree char *path = reel_dnd_test_drag (GTK_WIDGET (wait_for_cell (fixture, load (fixture, 0))));
  g_autofree char *expected = g_build_filename (fixture->world.engine.folder, "video.mp4", NULL);

  g_assert_cmpstr (path, ==, expected);
  g_assert_null (reel_dnd_test_drag (GTK_WIDGET (wait_for_cell (fixture, load (fixture, 2)))));
}

/* A row follows its job by notification alone. */
static void
test_row (Fixture *fixture, gconstpointer n_jobs)
{
  ReelJob *job = load (fixture, 2);
  ReelHistoryCell *row = wait_for_cell (fixture, job);
  g_autofree char *title = NULL;

  g_object_get (row, "accessible-title", &title, NULL);
  g_assert_cmpstr (title, ==, "A cat on a roof");
  g_assert_nonnull (strstr (reel_job_get_title (job), "A cat on a roof"));
  g_assert_null (reel_ui_test_find (row, ADW_TYPE_SPINNER, NULL));

  reel_job_fixture_accept (job, REEL_SERVICE_PROCESSING, "processing");
  assert_description (row, "Generating · $0.003 · 2.0 · 5 s · 16:9");
  g_assert_nonnull (reel_ui_test_find (row, ADW_TYPE_SPINNER, NULL));
  g_assert_null (reel_ui_test_find (row, GTK_TYPE_PROGRESS_BAR, NULL));

  reel_job_fixture_accept (job, REEL_SERVICE_SUCCEEDED, "succeeded");
  reel_job_set_progress (job, 0.64);
  g_assert_true (reel_ui_test_reads (row, "Downloading 64 %"));
  g_assert_null (reel_ui_test_find (row, ADW_TYPE_SPINNER, NULL));
  g_assert_cmpfloat (gtk_progress_bar_get_fraction (reel_ui_test_find (row, GTK_TYPE_PROGRESS_BAR, NULL)), ==, 0.64);

  reel_job_fixture_fail (job, "content_policy", "Not allowed");
  g_assert_true (reel_ui_test_reads (row, "Failed · Not allowed"));
  assert_description (row, "Failed · Not allowed · $0.003 · 2.0 · 5 s · 16:9");
  g_assert_null (reel_ui_test_find (row, GTK_TYPE_PROGRESS_BAR, NULL));
}

static int
measure (ReelHistoryCell *cell)
{
  int height;

  gtk_widget_measure (GTK_WIDGET (cell), GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);

  return height;
}

/* A row is as high with few words as with many, and before its job is read. */
static void
test_size (Fixture *fixture, gconstpointer n_jobs)
{
  ReelJob *job = load (fixture, 2);
  ReelHistoryCell *row = wait_for_cell (fixture, job);
  int height = measure (row);

  reel_job_fixture_fail (job, "content_policy", "A long story of what is not allowed, and of why that is so");
  g_assert_cmpint (measure (row), ==, height);
  reel_history_cell_set_item (row, NULL);
  g_assert_cmpint (measure (row), ==, height);
}

/* The process is woken each second only while a job that runs is on the screen: hiding it ends that. */
static void
test_ticking (Fixture *fixture, gconstpointer n_jobs)
{
  ReelJob *job = load (fixture, 2);
  ReelHistoryCell *row = wait_for_cell (fixture, job);
  g_autofree char *before = NULL;
  GtkInscription *status = NULL;

  reel_job_fixture_accept (job, REEL_SERVICE_PROCESSING, "processing");
  reel_test_wait (reel_ticker_is_running (fixture->ticker));
  for (GtkWidget *w = gtk_widget_get_last_child (adw_bin_get_child (ADW_BIN (row))); w != NULL && status == NULL;
       w = gtk_widget_get_last_child (w))
    for (GtkWidget *child = gtk_widget_get_first_child (w); child != NULL; child = gtk_widget_get_next_sibling (child))
      if (GTK_IS_INSCRIPTION (child) &&
          g_str_has_prefix (gtk_inscription_get_text (GTK_INSCRIPTION (child)), "Generating · "))
        status = GTK_INSCRIPTION (child);
  g_assert_nonnull (status);
  before = g_strdup (gtk_inscription_get_text (status));
  reel_test_wait (g_strcmp0 (gtk_inscription_get_text (status), before) != 0);

  gtk_widget_set_visible (GTK_WIDGET (fixture->page), FALSE);
  reel_test_wait (!reel_ticker_is_running (fixture->ticker));
}

static void
test_empty (Fixture *fixture, gconstpointer n_jobs)
{
  ReelJob *job;

  reel_test_wait (reel_ui_test_reads (fixture->page, "No Videos Yet"));
  g_assert_nonnull (reel_ui_test_find (fixture->page, GTK_TYPE_BUTTON, "New Video"));
  reel_history_page_set_form_shown (fixture->page, TRUE);
  g_assert_null (reel_ui_test_find (fixture->page, GTK_TYPE_BUTTON, "New Video"));
  g_assert_false (reel_ui_test_reads (fixture->page, "Sandbox: videos are simulated, nothing is charged"));
  reel_history_page_set_sandbox (fixture->page, TRUE);
  g_assert_true (reel_ui_test_reads (fixture->page, "Sandbox: videos are simulated, nothing is charged"));

  job = reel_engine_fixture_submit (&fixture->world.engine, "A paper boat");
  wait_for_cell (fixture, job);
  g_assert_false (reel_ui_test_reads (fixture->page, "No Videos Yet"));
}

static void
test_groups (Fixture *fixture, gconstpointer n_jobs)
{
  choose_group (fixture, "failed");
  g_assert_cmpuint (count (fixture), ==, 1);
  wait_for_cell (fixture, load (fixture, 2));
  choose_group (fixture, "unknown");
  g_assert_cmpuint (count (fixture), ==, 1);
  wait_for_cell (fixture, load (fixture, 3));
  choose_group (fixture, "running");
  reel_test_wait (reel_ui_test_reads (fixture->page, "Nothing Is Running"));
  choose_group (fixture, "all");
  wait_for_cell (fixture, load (fixture, 0));
}

static void
test_search (Fixture *fixture, gconstpointer n_jobs)
{
  ReelJob *boat = load (fixture, 0), *cat = load (fixture, 2);

  wait_for_cell (fixture, cat);
  reel_history_page_start_search (fixture->page);
  type (fixture, "THUYEN giay");
  reel_test_wait (find_cell (GTK_WIDGET (fixture->page), cat) == NULL);
  wait_for_cell (fixture, boat);
  type (fixture, "nothing like it");
  reel_test_wait (reel_ui_test_reads (fixture->page, "No Results Found"));

  /* A new job is never hidden by what was searched before. */
  reel_ui_test_press (reel_ui_test_find (fixture->page, GTK_TYPE_BUTTON, "Show All Videos"));
  wait_for_cell (fixture, boat);
  wait_for_cell (fixture, cat);
}

/* What is filtered by is said, and taken back one by one or together. */
static void
test_filters (Fixture *fixture, gconstpointer n_jobs)
{
  wait_for_cell (fixture, load (fixture, 0));
  g_assert_null (reel_ui_test_find (fixture->page, GTK_TYPE_BUTTON, "Clear Filters"));
  act (fixture, "history.model", "seedance-2.0-fast");
  reel_test_wait (count (fixture) == 1);
  wait_for_cell (fixture, load (fixture, 1));
  act (fixture, "history.favourites", NULL);
  reel_test_wait (reel_ui_test_reads (fixture->page, "No Results Found"));
  reel_ui_test_press (reel_ui_test_find (fixture->page, GTK_TYPE_BUTTON, "Remove filter: seedance-2.0-fast"));
  reel_test_wait (count (fixture) == 1);
  wait_for_cell (fixture, load (fixture, 4));
  g_assert_null (reel_ui_test_find (fixture->page, GTK_TYPE_BUTTON, "Remove filter: seedance-2.0-fast"));
  act (fixture, "history.aspect-ratio", "16:9");
  act (fixture, "history.period", "week");
  reel_ui_test_press (reel_ui_test_find (fixture->page, GTK_TYPE_BUTTON, "Clear Filters"));
  reel_test_wait (count (fixture) == 8);
  g_assert_null (reel_ui_test_find (fixture->page, GTK_TYPE_BUTTON, "Clear Filters"));
}

/* The order and the view are remembered. */
static void
test_view (Fixture *fixture, gconstpointer n_jobs)
{
  ReelJob *job = load (fixture, 0);

  g_assert_true (REEL_IS_HISTORY_ROW (wait_for_cell (fixture, job)));
  act (fixture, "history.sort", "dearest");
  reel_test_wait (reel_history_find (fixture->world.history, load (fixture, 8)) == 0);
  g_assert_false (reel_ui_test_reads (fixture->page, "Today"));
  act (fixture, "history.grid", NULL);
  reel_test_wait (find_cell (GTK_WIDGET (fixture->page), job) != NULL &&
                  REEL_IS_HISTORY_TILE (find_cell (GTK_WIDGET (fixture->page), job)));
  g_assert_true (g_settings_get_boolean (fixture->settings, "history-grid"));
  g_assert_nonnull (reel_ui_test_find (fixture->page, GTK_TYPE_BUTTON, "Show as list"));
  {
    g_autofree char *sort = g_settings_get_string (fixture->settings, "history-sort");

    g_assert_cmpstr (sort, ==, "dearest");
  }
  act (fixture, "history.sort", "newest");
  act (fixture, "history.grid", NULL);
  reel_test_wait (find_cell (GTK_WIDGET (fixture->page), job) != NULL &&
                  REEL_IS_HISTORY_ROW (find_cell (GTK_WIDGET (fixture->page), job)));
  reel_test_wait (reel_ui_test_reads (fixture->page, "Today"));
}

/* The chosen job stays chosen while a group hides it, and is the chosen row again afterwards. */
static void
test_selection (Fixture *fixture, gconstpointer n_jobs)
{
  ReelJob *second = load (fixture, 1);
  guint notified = 0;

  wait_for_cell (fixture, second);
  g_assert_null (reel_history_page_get_selected (fixture->page));
  g_signal_connect_swapped (fixture->page, "notify::selected", G_CALLBACK (reel_ui_test_count), &notified);

  reel_history_page_select (fixture->page, second);
  g_assert_true (reel_history_page_get_selected (fixture->page) == second);
  g_assert_cmpuint (notified, ==, 1);
  choose_group (fixture, "failed");
  g_assert_true (reel_history_page_get_selected (fixture->page) == second);
  g_assert_cmpuint (reel_history_model_get_n_selected (fixture->model), ==, 0);
  choose_group (fixture, "all");
  g_assert_true (reel_history_page_get_selected (fixture->page) == second);
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (fixture->model), 1));
  g_assert_cmpuint (notified, ==, 1);

  /* A newer one pushes it down, and it is still the same. */
  reel_engine_fixture_submit (&fixture->world.engine, "newest");
  reel_test_wait (reel_history_find (fixture->world.history, second) == 2);
  g_assert_true (reel_history_page_get_selected (fixture->page) == second);
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (fixture->model), 2));

  /* To hide it goes on to the one that takes its place. */
  reel_engine_hide_job (fixture->world.engine.engine, second);
  reel_test_wait (reel_history_page_get_selected (fixture->page) == load (fixture, 2));
  reel_history_page_select (fixture->page, NULL);
  g_assert_null (reel_history_page_get_selected (fixture->page));
}

/* Also where all that is asked for is what was there before. */
static void
test_go_on (Fixture *fixture, gconstpointer n_jobs)
{
  ReelJob *first = load (fixture, 0);

  wait_for_cell (fixture, first);
  reel_history_page_select (fixture->page, first);
  act (fixture, "history.period", "month");
  reel_test_wait (!reel_history_get_loading (fixture->world.history));
  reel_engine_hide_job (fixture->world.engine.engine, first);
  reel_test_wait (reel_history_page_get_selected (fixture->page) == load (fixture, 1));
}

static void
test_steps (Fixture *fixture, gconstpointer n_jobs)
{
  wait_for_cell (fixture, load (fixture, 0));
  reel_history_page_select (fixture->page, load (fixture, 0));
  g_assert_false (reel_history_page_select_previous (fixture->page));
  g_assert_true (reel_history_page_select_next (fixture->page));
  reel_test_wait (reel_history_page_get_selected (fixture->page) == load (fixture, 1));
  g_assert_true (reel_history_page_select_previous (fixture->page));
  reel_test_wait (reel_history_page_get_selected (fixture->page) == load (fixture, 0));
  reel_history_page_select (fixture->page, load (fixture, 8));
  g_assert_false (reel_history_page_select_next (fixture->page));
}

/* With more than one selected there is a bar; what is shown stays. */
static void
test_many_selected (Fixture *fixture, gconstpointer n_jobs)
{
  ReelJob *first = load (fixture, 0);

  wait_for_cell (fixture, first);
  reel_history_page_select (fixture->page, first);
  g_assert_false (reel_ui_test_reads (fixture->page, "1 selected"));
  select_positions (fixture, 0, 3);
  g_assert_true (reel_ui_test_reads (fixture->page, "3 selected"));
  g_assert_true (reel_history_page_get_selected (fixture->page) == first);
  reel_ui_test_press (reel_ui_test_find (fixture->page, GTK_TYPE_BUTTON, "Stop selecting"));
  g_assert_false (reel_ui_test_reads (fixture->page, "3 selected"));
  g_assert_cmpuint (reel_history_model_get_n_selected (fixture->model), ==, 1);
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (fixture->model), 0));
}

/* Check boxes pick; to go somewhere takes nothing back, and what is shown stays. */
static void
test_selecting (Fixture *fixture, gconstpointer n_jobs)
{
  ReelHistoryCell *cell = wait_for_cell (fixture, load (fixture, 0));
  GtkListView *list;

  g_assert_null (reel_ui_test_find (cell, GTK_TYPE_CHECK_BUTTON, NULL));
  act (fixture, "history.selecting", NULL);
  g_assert_nonnull (reel_ui_test_find (cell, GTK_TYPE_CHECK_BUTTON, NULL));
  g_assert_null (reel_ui_test_find (cell, GTK_TYPE_BUTTON, "Favourite"));
  g_assert_true (reel_ui_test_reads (fixture->page, "0 selected"));
  list = reel_ui_test_find (fixture->page, GTK_TYPE_LIST_VIEW, "History");
  g_signal_emit_by_name (list, "activate", 0);
  g_signal_emit_by_name (list, "activate", 2);
  g_assert_true (gtk_check_button_get_active (reel_ui_test_find (cell, GTK_TYPE_CHECK_BUTTON, NULL)));
  g_assert_true (reel_ui_test_reads (fixture->page, "2 selected"));
  g_signal_emit_by_name (list, "activate", 2);
  g_assert_true (reel_ui_test_reads (fixture->page, "1 selected"));
  act (fixture, "history.stop-selecting", NULL);
  g_assert_null (reel_ui_test_find (cell, GTK_TYPE_CHECK_BUTTON, NULL));
  g_assert_false (reel_ui_test_reads (fixture->page, "1 selected"));
}

static void
test_favourite (Fixture *fixture, gconstpointer n_jobs)
{
  ReelJob *job = load (fixture, 0);
  ReelHistoryCell *cell = wait_for_cell (fixture, job);
  GtkButton *star = reel_ui_test_find (cell, GTK_TYPE_BUTTON, "Favourite");

  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (star), GTK_ACCESSIBLE_STATE_PRESSED, GTK_ACCESSIBLE_TRISTATE_FALSE);
  reel_ui_test_press (star);
  reel_test_wait (reel_job_get_record (job)->favourite);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (star), GTK_ACCESSIBLE_STATE_PRESSED, GTK_ACCESSIBLE_TRISTATE_TRUE);
  assert_description (cell, "Ready · $0.001 · 2.0 · 5 s · 16:9 · Favourite");
  act (fixture, "history.favourites", NULL);
  reel_test_wait (count (fixture) == 2);
  reel_ui_test_press (reel_ui_test_find (wait_for_cell (fixture, job), GTK_TYPE_BUTTON, "Favourite"));
  reel_test_wait (count (fixture) == 1);
}

/* The hidden jobs stand in the place of the others, and a search looks among them alone. */
static void
test_hidden (Fixture *fixture, gconstpointer n_jobs)
{
  ReelJob *shown = load (fixture, 0), *hidden = load (fixture, 6);

  wait_for_cell (fixture, shown);
  act (fixture, "history.hidden", NULL);
  wait_for_cell (fixture, hidden);
  g_assert_null (find_cell (GTK_WIDGET (fixture->page), shown));
  reel_history_page_select (fixture->page, hidden);
  type (fixture, "thuyen");
  reel_test_wait (reel_ui_test_reads (fixture->page, "No Results Found"));
  type (fixture, "");
  wait_for_cell (fixture, hidden);

  /* The chosen one that is not hidden any more gives way to none. */
  reel_engine_show_job (fixture->world.engine.engine, hidden);
  reel_test_wait (reel_ui_test_reads (fixture->page, "Nothing Is Hidden"));
  g_assert_null (reel_history_page_get_selected (fixture->page));
  reel_ui_test_press (reel_ui_test_find (fixture->page, GTK_TYPE_BUTTON, "Back to Videos"));
  wait_for_cell (fixture, shown);

  /* A new job is in sight. */
  act (fixture, "history.hidden", NULL);
  reel_history_page_show_all (fixture->page);
  wait_for_cell (fixture, shown);
}

static void
test_notice (Fixture *fixture, gconstpointer n_jobs)
{
  AdwBanner *banner;

  g_assert_null (reel_ui_test_find (fixture->page, ADW_TYPE_BANNER, NULL));
  reel_history_page_set_notice (fixture->page, "You are offline", "Try Again", "win.none");
  banner = reel_ui_test_find (fixture->page, ADW_TYPE_BANNER, NULL);
  g_assert_true (adw_banner_get_revealed (banner));
  g_assert_cmpstr (adw_banner_get_title (banner), ==, "You are offline");
  reel_history_page_set_notice (fixture->page, NULL, NULL, NULL);
  g_assert_false (adw_banner_get_revealed (banner));
}

/* Many jobs make no more rows than a screen has. */
static void
test_many (Fixture *fixture, gconstpointer n_jobs)
{
  ReelJob *first = load (fixture, 0), *last = load (fixture, 199);

  wait_for_cell (fixture, first);
  g_assert_null (find_cell (GTK_WIDGET (fixture->page), last));
  reel_history_page_select (fixture->page, last);
  wait_for_cell (fixture, last);
}

int
main (int argc, char **argv)
{
  reel_ui_test_init (&argc, &argv);

#define ADD(path, n_jobs, function)                                                                                    \
  g_test_add ("/ui/history-page/" path, Fixture, GUINT_TO_POINTER (n_jobs), set_up, function, tear_down)
  ADD ("drag", 9, test_drag);
  ADD ("row", 9, test_row);
  ADD ("size", 9, test_size);
  ADD ("ticking", 9, test_ticking);
  ADD ("empty", 0, test_empty);
  ADD ("groups", 9, test_groups);
  ADD ("search", 9, test_search);
  ADD ("filters", 9, test_filters);
  ADD ("view", 9, test_view);
  ADD ("selection", 9, test_selection);
  ADD ("go-on", 9, test_go_on);
  ADD ("steps", 9, test_steps);
  ADD ("many-selected", 9, test_many_selected);
  ADD ("selecting", 9, test_selecting);
  ADD ("favourite", 9, test_favourite);
  ADD ("hidden", 9, test_hidden);
  ADD ("notice", 9, test_notice);
  ADD ("many", 200, test_many);

  return g_test_run ();
}
