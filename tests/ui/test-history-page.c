#include "config.h"

#include "reel-dnd-test.h"
#include "reel-history-page.h"
#include "reel-history-row.h"
#include "reel-job-fixture.h"
#include "reel-test.h"
#include "reel-ui-test.h"

typedef struct
{
  ReelJobList *jobs;
  ReelJobList *hidden;
  ReelTicker *ticker;
  ReelHistoryPage *page;
  GtkWindow *window;
} Fixture;

static ReelJob *
add (Fixture *fixture, const char *prompt, gint64 seconds_ago)
{
  g_autoptr (ReelJob) job = reel_job_fixture_new (prompt, seconds_ago);

  reel_job_list_add (fixture->jobs, job);

  return job;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->jobs = reel_job_list_new ();
  fixture->hidden = reel_job_list_new ();
  fixture->ticker = reel_ticker_new ();
  fixture->page = g_object_ref_sink (g_object_new (REEL_TYPE_HISTORY_PAGE, NULL));
  reel_history_page_set_up (fixture->page, G_LIST_MODEL (fixture->jobs), G_LIST_MODEL (fixture->hidden), NULL,
                            fixture->ticker, NULL);
  reel_history_page_set_loaded (fixture->page);
  fixture->window = reel_ui_test_present (GTK_WIDGET (fixture->page), 360, 700);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gpointer left = fixture->page;

  g_object_add_weak_pointer (left, &left);
  gtk_window_destroy (fixture->window);
  g_clear_object (&fixture->page);
  reel_test_wait (left == NULL);
  g_assert_false (reel_ticker_is_running (fixture->ticker));
  g_assert_finalize_object (fixture->ticker);
  g_assert_finalize_object (fixture->jobs);
  g_assert_finalize_object (fixture->hidden);
}

/* The row that shows a job, once it is made. */
static ReelHistoryRow *
find_row (GtkWidget *root, ReelJob *job)
{
  if (REEL_IS_HISTORY_ROW (root) && reel_history_row_get_job (REEL_HISTORY_ROW (root)) == job)
    return REEL_HISTORY_ROW (root);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    ReelHistoryRow *row = find_row (child, job);

    if (row != NULL)
      return row;
  }

  return NULL;
}

static ReelHistoryRow *
wait_for_row (Fixture *fixture, ReelJob *job)
{
  reel_test_wait (find_row (GTK_WIDGET (fixture->page), job) != NULL);

  return find_row (GTK_WIDGET (fixture->page), job);
}

static void
assert_description (ReelHistoryRow *row, const char *expected)
{
  g_autofree char *description = NULL;

  g_object_get (row, "accessible-description", &description, NULL);
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
choose_group (Fixture *fixture, guint index)
{
  AdwToggleGroup *group = reel_ui_test_find (fixture->page, ADW_TYPE_TOGGLE_GROUP, "Show");

  adw_toggle_group_set_active (group, index);
}

/* A saved video can be dragged out of its row, and nothing of a job that runs. */
static void
test_drag (Fixture *fixture, gconstpointer data)
{
  ReelJob *job = add (fixture, "A paper boat", 5);
  ReelHistoryRow *row = wait_for_row (fixture, job);
  g_autofree char *path = NULL;

  g_assert_null (reel_dnd_test_drag (GTK_WIDGET (row)));
  reel_job_fixture_save (job, "/tmp/A paper boat.mp4");
  path = reel_dnd_test_drag (GTK_WIDGET (row));
  g_assert_cmpstr (path, ==, "/tmp/A paper boat.mp4");
}

/* A row follows its job by notification alone. */
static void
test_row (Fixture *fixture, gconstpointer data)
{
  ReelJob *job = add (fixture, "A paper boat", 42);
  ReelHistoryRow *row = wait_for_row (fixture, job);
  g_autofree char *title = NULL;

  g_object_get (row, "accessible-title", &title, NULL);
  g_assert_cmpstr (title, ==, "A paper boat");
  assert_description (row, "Sending · $0.50 · 2.0 · 5 s · 720p · 16:9");
  g_assert_true (reel_ui_test_reads (row, "$0.50"));
  g_assert_nonnull (reel_ui_test_find (row, ADW_TYPE_SPINNER, NULL));
  g_assert_null (reel_ui_test_find (row, GTK_TYPE_PROGRESS_BAR, NULL));

  reel_job_fixture_accept (job, REEL_SERVICE_PROCESSING, "processing");
  assert_description (row, "Generating · $0.50 · 2.0 · 5 s · 720p · 16:9");

  reel_job_fixture_accept (job, REEL_SERVICE_SUCCEEDED, "succeeded");
  g_assert_nonnull (reel_ui_test_find (row, ADW_TYPE_SPINNER, NULL));
  reel_job_set_progress (job, 0.64);
  g_assert_true (reel_ui_test_reads (row, "Downloading 64 %"));
  g_assert_null (reel_ui_test_find (row, ADW_TYPE_SPINNER, NULL));
  g_assert_cmpfloat (gtk_progress_bar_get_fraction (reel_ui_test_find (row, GTK_TYPE_PROGRESS_BAR, NULL)), ==, 0.64);

  reel_job_fixture_fail (job, "content_policy", "Not allowed");
  g_assert_true (reel_ui_test_reads (row, "Failed · Not allowed"));
  assert_description (row, "Failed · Not allowed · $0.50 · 2.0 · 5 s · 720p · 16:9");
  g_assert_null (reel_ui_test_find (row, GTK_TYPE_PROGRESS_BAR, NULL));
}

/* The process is woken each second only while a job that runs is on the screen: hiding it ends that. */
static void
test_ticking (Fixture *fixture, gconstpointer data)
{
  ReelJob *job;
  gint64 asked;

  g_assert_false (reel_ticker_is_running (fixture->ticker));
  job = add (fixture, "A paper boat", 42);
  wait_for_row (fixture, job);
  reel_test_wait (reel_ticker_is_running (fixture->ticker));

  asked = reel_job_get_record (job)->created_at;
  reel_test_wait (g_get_real_time () - asked > 44 * G_TIME_SPAN_SECOND);
  reel_test_wait (!reel_ui_test_reads (fixture->page, "Sending · 0:42"));

  gtk_widget_set_visible (GTK_WIDGET (fixture->page), FALSE);
  reel_test_wait (!reel_ticker_is_running (fixture->ticker));
}

/* The last job that goes ends it too. */
static void
test_ticking_ends (Fixture *fixture, gconstpointer data)
{
  ReelJob *job = add (fixture, "A paper boat", 42);

  wait_for_row (fixture, job);
  reel_test_wait (reel_ticker_is_running (fixture->ticker));
  reel_job_list_remove (fixture->jobs, job);
  reel_test_wait (!reel_ticker_is_running (fixture->ticker));
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  ReelJob *job;

  g_assert_true (reel_ui_test_reads (fixture->page, "No Videos Yet"));
  g_assert_nonnull (reel_ui_test_find (fixture->page, GTK_TYPE_BUTTON, "New Video"));
  reel_history_page_set_form_shown (fixture->page, TRUE);
  g_assert_null (reel_ui_test_find (fixture->page, GTK_TYPE_BUTTON, "New Video"));
  g_assert_false (reel_ui_test_reads (fixture->page, "Sandbox: videos are simulated, nothing is charged"));
  reel_history_page_set_sandbox (fixture->page, TRUE);
  g_assert_true (reel_ui_test_reads (fixture->page, "Sandbox: videos are simulated, nothing is charged"));

  job = add (fixture, "A paper boat", 1);
  wait_for_row (fixture, job);
  g_assert_false (reel_ui_test_reads (fixture->page, "No Videos Yet"));
  choose_group (fixture, 2);
  g_assert_true (reel_ui_test_reads (fixture->page, "No Video Is Ready Yet"));
  choose_group (fixture, 3);
  g_assert_true (reel_ui_test_reads (fixture->page, "No Problems"));
  choose_group (fixture, 1);
  g_assert_false (reel_ui_test_reads (fixture->page, "No Problems"));
  reel_job_list_remove (fixture->jobs, job);
  g_assert_true (reel_ui_test_reads (fixture->page, "No Videos Yet"));
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  ReelJob *boat = add (fixture, "Con thuyền giấy", 1);
  ReelJob *cat = add (fixture, "A cat", 2);

  wait_for_row (fixture, cat);
  reel_history_page_start_search (fixture->page);
  type (fixture, "thuyen");
  reel_test_wait (find_row (GTK_WIDGET (fixture->page), cat) == NULL);
  wait_for_row (fixture, boat);
  type (fixture, "nothing like it");
  reel_test_wait (reel_ui_test_reads (fixture->page, "No Results Found"));

  /* A new job is never hidden by what was searched before. */
  reel_history_page_show_all (fixture->page);
  wait_for_row (fixture, boat);
  wait_for_row (fixture, cat);
}

/* The chosen job stays chosen while a group hides it, and is the chosen row again afterwards. */
static void
test_selection (Fixture *fixture, gconstpointer data)
{
  ReelJob *first = add (fixture, "first", 1);
  ReelJob *second = add (fixture, "second", 2);
  ReelJob *third = add (fixture, "third", 3);
  guint notified = 0;

  wait_for_row (fixture, third);
  g_assert_null (reel_history_page_get_selected (fixture->page));
  g_signal_connect_swapped (fixture->page, "notify::selected", G_CALLBACK (reel_ui_test_count), &notified);

  reel_history_page_select (fixture->page, second);
  g_assert_true (reel_history_page_get_selected (fixture->page) == second);
  g_assert_cmpuint (notified, ==, 1);
  choose_group (fixture, 2);
  g_assert_true (reel_history_page_get_selected (fixture->page) == second);
  choose_group (fixture, 0);
  g_assert_true (reel_history_page_get_selected (fixture->page) == second);
  g_assert_cmpuint (notified, ==, 1);

  /* A newer one pushes it down, and it is still the same. */
  add (fixture, "newest", 0);
  g_assert_true (reel_history_page_get_selected (fixture->page) == second);

  /* Deleting goes on to the one that takes its place, in the end to none. */
  reel_job_list_remove (fixture->jobs, second);
  g_assert_true (reel_history_page_get_selected (fixture->page) == third);
  reel_job_list_remove (fixture->jobs, third);
  g_assert_true (reel_history_page_get_selected (fixture->page) == first);
  reel_history_page_select (fixture->page, NULL);
  g_assert_null (reel_history_page_get_selected (fixture->page));
}

/* The hidden jobs stand in the place of the others, and a search looks among them alone. */
static void
test_hidden (Fixture *fixture, gconstpointer data)
{
  ReelJob *shown = add (fixture, "shown", 1);
  g_autoptr (ReelJob) hidden = reel_job_fixture_new ("out of sight", 2);

  wait_for_row (fixture, shown);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "history.show-hidden", NULL);
  reel_test_wait (reel_ui_test_reads (fixture->page, "Nothing Is Hidden"));
  reel_job_list_add (fixture->hidden, hidden);
  wait_for_row (fixture, hidden);
  g_assert_null (find_row (GTK_WIDGET (fixture->page), shown));
  reel_history_page_select (fixture->page, hidden);
  type (fixture, "shown");
  reel_test_wait (reel_ui_test_reads (fixture->page, "No Results Found"));
  type (fixture, "");

  /* The chosen one that is not hidden any more gives way to none. */
  reel_job_list_remove (fixture->hidden, hidden);
  reel_test_wait (reel_ui_test_reads (fixture->page, "Nothing Is Hidden"));
  g_assert_null (reel_history_page_get_selected (fixture->page));
  reel_job_list_add (fixture->jobs, hidden);
  reel_ui_test_press (reel_ui_test_find (fixture->page, GTK_TYPE_BUTTON, "Back to Videos"));
  wait_for_row (fixture, shown);
  wait_for_row (fixture, hidden);

  /* A new job is in sight. */
  reel_history_page_set_show_hidden (fixture->page, TRUE);
  reel_history_page_show_all (fixture->page);
  wait_for_row (fixture, shown);
}

static void
test_notice (Fixture *fixture, gconstpointer data)
{
  AdwBanner *banner = reel_ui_test_find (fixture->page, ADW_TYPE_BANNER, NULL);

  g_assert_false (adw_banner_get_revealed (banner));
  reel_history_page_set_notice (fixture->page, "You are offline", "Try Again", "win.none");
  g_assert_true (adw_banner_get_revealed (banner));
  g_assert_cmpstr (adw_banner_get_title (banner), ==, "You are offline");
  reel_history_page_set_notice (fixture->page, NULL, NULL, NULL);
  g_assert_false (adw_banner_get_revealed (banner));
}

/* Ten thousand jobs make no more rows than a screen has. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);
  ReelJob *last;

  for (guint i = 0; i < 10000; i++)
    g_ptr_array_add (jobs, reel_job_fixture_new ("A paper boat", 60 * i));
  reel_job_list_add_all (fixture->jobs, jobs);
  wait_for_row (fixture, jobs->pdata[0]);
  last = jobs->pdata[9999];
  g_assert_null (find_row (GTK_WIDGET (fixture->page), last));
  reel_history_page_select (fixture->page, last);
  wait_for_row (fixture, last);
}

int
main (int argc, char **argv)
{
  reel_ui_test_init (&argc, &argv);

#define ADD(path, function) g_test_add ("/ui/history-page/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("drag", test_drag);
  ADD ("row", test_row);
  ADD ("ticking", test_ticking);
  ADD ("ticking-ends", test_ticking_ends);
  ADD ("empty", test_empty);
  ADD ("search", test_search);
  ADD ("selection", test_selection);
  ADD ("hidden", test_hidden);
  ADD ("notice", test_notice);
  ADD ("many", test_many);

  return g_test_run ();
}
