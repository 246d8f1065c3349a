#include "config.h"

#include "reel-history-model.h"
#include "reel-job-fixture.h"
#include "reel-text-fold.h"

#define DAY (24 * 3600)

static void
assert_fold (const char *text, const char *expected)
{
  g_autofree char *folded = reel_text_fold (text);

  g_assert_cmpstr (folded, ==, expected);
}

static void
test_fold (void)
{
  assert_fold ("Con thuyền giấy trôi dọc ĐƯỜNG", "con thuyen giay troi doc duong");
  assert_fold ("  Crème   brûlée\n\tÅngström ", "creme brulee angstrom");
  assert_fold ("Straße Łódź Øre", "strasse lodz ore");
  assert_fold ("قارب", "قارب");
  assert_fold ("🐙 Octopus", "🐙 octopus");
  assert_fold ("", "");
  assert_fold (NULL, "");
  assert_fold ("a\xff", "a\xef\xbf\xbd");
}

typedef struct
{
  ReelJobList *jobs;
  ReelHistoryModel *model;
  ReelHistoryFilter *filter;
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
  fixture->model = reel_history_model_new (G_LIST_MODEL (fixture->jobs));
  fixture->filter = reel_history_model_get_filter (fixture->model);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->model);
  g_assert_finalize_object (fixture->jobs);
}

static guint
count (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->model));
}

static void
assert_section (Fixture *fixture, guint position, guint start, guint end)
{
  guint found_start, found_end;

  gtk_section_model_get_section (GTK_SECTION_MODEL (fixture->model), position, &found_start, &found_end);
  g_assert_cmpuint (found_start, ==, start);
  g_assert_cmpuint (found_end, ==, end);
}

/* Days begin at midnight, so the jobs stand some days before and after the one that is now. */
static void
test_days (Fixture *fixture, gconstpointer data)
{
  gint64 today = g_get_real_time () / G_TIME_SPAN_SECOND % DAY;

  assert_section (fixture, 0, 0, G_MAXUINT);
  add (fixture, "a", 0);
  assert_section (fixture, 0, 0, 1);
  add (fixture, "b", today + 60);
  add (fixture, "c", today + 120);
  add (fixture, "d", today + 3 * DAY);
  add (fixture, "e", today + 3 * DAY + 1);
  assert_section (fixture, 0, 0, 1);
  assert_section (fixture, 1, 1, 3);
  assert_section (fixture, 2, 1, 3);
  assert_section (fixture, 3, 3, 4);
  assert_section (fixture, 4, 4, 5);
  assert_section (fixture, 5, 5, G_MAXUINT);
}

static void
test_groups (Fixture *fixture, gconstpointer data)
{
  ReelJob *running = add (fixture, "running", 1);
  ReelJob *ready = add (fixture, "ready", 2);
  ReelJob *failed = add (fixture, "failed", 3);
  ReelJob *unknown = add (fixture, "unknown", 4);
  ReelJob *unsaved = add (fixture, "unsaved", 5);
  ReelJob *cancelled = add (fixture, "cancelled", 6);

  reel_job_fixture_save (ready, "/tmp/a.mp4");
  reel_job_fixture_fail (failed, "x", "y");
  reel_job_fixture_lose (unknown);
  reel_job_fixture_fail_download (unsaved, "full");
  reel_job_fixture_accept (cancelled, REEL_SERVICE_CANCELLED, "cancelled");

  g_assert_cmpuint (count (fixture), ==, 6);
  reel_history_filter_set_group (fixture->filter, REEL_HISTORY_RUNNING);
  g_assert_cmpuint (count (fixture), ==, 1);
  g_assert_cmpuint (reel_history_model_find (fixture->model, running), ==, 0);
  g_assert_cmpuint (reel_history_model_find (fixture->model, ready), ==, GTK_INVALID_LIST_POSITION);
  reel_history_filter_set_group (fixture->filter, REEL_HISTORY_READY);
  g_assert_cmpuint (count (fixture), ==, 1);
  g_assert_cmpuint (reel_history_model_find (fixture->model, ready), ==, 0);
  reel_history_filter_set_group (fixture->filter, REEL_HISTORY_FAILED);
  g_assert_cmpuint (count (fixture), ==, 3);
  g_assert_cmpuint (reel_history_model_find (fixture->model, cancelled), ==, GTK_INVALID_LIST_POSITION);
  reel_history_filter_set_group (fixture->filter, REEL_HISTORY_ALL);
  g_assert_cmpuint (count (fixture), ==, 6);
}

/* A job enters and leaves the group that is shown by its state alone. */
static void
test_state_moves (Fixture *fixture, gconstpointer data)
{
  ReelJob *job = add (fixture, "a", 1);

  reel_history_filter_set_group (fixture->filter, REEL_HISTORY_READY);
  g_assert_cmpuint (count (fixture), ==, 0);
  reel_job_fixture_accept (job, REEL_SERVICE_SUCCEEDED, "succeeded");
  g_assert_cmpuint (count (fixture), ==, 0);
  reel_job_fixture_save (job, "/tmp/a.mp4");
  g_assert_cmpuint (count (fixture), ==, 1);

  reel_history_filter_set_group (fixture->filter, REEL_HISTORY_RUNNING);
  g_assert_cmpuint (count (fixture), ==, 0);
  reel_job_list_remove (fixture->jobs, job);
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  add (fixture, "A paper boat crosses a puddle", 1);
  add (fixture, "Con thuyền giấy trôi trên vũng nước", 2);
  add (fixture, "Đèn đường và mưa", 3);

  reel_history_filter_set_search (fixture->filter, "thuyen");
  g_assert_cmpuint (count (fixture), ==, 1);
  reel_history_filter_set_search (fixture->filter, "THUYỀN gi");
  g_assert_cmpuint (count (fixture), ==, 1);
  reel_history_filter_set_search (fixture->filter, "den duong");
  g_assert_cmpuint (count (fixture), ==, 1);
  reel_history_filter_set_search (fixture->filter, "puddle boat");
  g_assert_cmpuint (count (fixture), ==, 1);
  reel_history_filter_set_search (fixture->filter, "seedance");
  g_assert_cmpuint (count (fixture), ==, 3);
  reel_history_filter_set_search (fixture->filter, "seedance boat nothing");
  g_assert_cmpuint (count (fixture), ==, 0);
  g_assert_true (reel_history_filter_is_searching (fixture->filter));
  reel_history_filter_set_search (fixture->filter, "   ");
  g_assert_cmpuint (count (fixture), ==, 3);
  g_assert_false (reel_history_filter_is_searching (fixture->filter));

  /* What comes later is searched too. */
  reel_history_filter_set_search (fixture->filter, "lighthouse");
  add (fixture, "A lighthouse", 0);
  g_assert_cmpuint (count (fixture), ==, 1);
}

/* Each letter that is typed makes the list shorter and never asks again what has been asked. */
static void
test_typing (Fixture *fixture, gconstpointer data)
{
  static const char *const typed[] = {"b", "bo", "boa", "boat", "boa", "", "p", "pa"};
  static const guint expected[] = {2, 2, 1, 1, 1, 2, 1, 1};

  add (fixture, "A paper boat", 1);
  add (fixture, "Nobody", 2);
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++) {
    reel_history_filter_set_search (fixture->filter, typed[i]);
    g_assert_cmpuint (count (fixture), ==, expected[i]);
  }
}

static void
on_changed (GListModel *model, guint position, guint removed, guint added, guint *n)
{
  (*n)++;
}

static void
test_change_is_one (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = 0;

  for (guint i = 0; i < 100; i++)
    g_ptr_array_add (jobs, reel_job_fixture_new ("a", i));
  g_signal_connect (fixture->model, "items-changed", G_CALLBACK (on_changed), &n);
  reel_job_list_add_all (fixture->jobs, jobs);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (count (fixture), ==, 100);
  reel_job_list_remove (fixture->jobs, jobs->pdata[50]);
  g_assert_cmpuint (n, ==, 2);
  g_signal_handlers_disconnect_by_func (fixture->model, on_changed, &n);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add ("/ui/history-model/" path, Fixture, NULL, set_up, function, tear_down)
  g_test_add_func ("/ui/history-model/fold", test_fold);
  ADD ("days", test_days);
  ADD ("groups", test_groups);
  ADD ("state-moves", test_state_moves);
  ADD ("search", test_search);
  ADD ("typing", test_typing);
  ADD ("change-is-one", test_change_is_one);

  return g_test_run ();
}
