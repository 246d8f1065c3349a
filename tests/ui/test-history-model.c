#include "config.h"

#include "reel-history-fixture.h"
#include "reel-history-model.h"
#include "reel-test.h"
#include "reel-time-text.h"
#include "reel-ui-test.h"

#define N_JOBS 60

typedef struct
{
  ReelHistoryFixture world;
  ReelHistoryModel *model;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  reel_history_fixture_init (&fixture->world, N_JOBS);
  fixture->model = reel_history_model_new (fixture->world.history);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->model);
  reel_history_fixture_clear (&fixture->world);
}

static guint
count (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->model));
}

static void
ask (Fixture *fixture, ReelHistorySort sort, ReelHistoryGroup group)
{
  g_autoptr (ReelHistoryQuery) query = reel_history_query_new ();

  query->sort = sort;
  query->group = group;
  reel_history_model_set_query (fixture->model, query);
  reel_test_wait (!reel_history_get_loading (fixture->world.history));
}

static int
get_day (Fixture *fixture, guint position)
{
  return reel_time_text_get_day (reel_history_get_created_at (fixture->world.history, position));
}

/* Every section is one whole day, and the sections cover the list. */
static void
assert_days (Fixture *fixture)
{
  guint n = count (fixture), n_sections = 0, start, end;

  for (guint position = 0; position < n; position = end, n_sections++) {
    gtk_section_model_get_section (GTK_SECTION_MODEL (fixture->model), position, &start, &end);
    g_assert_cmpuint (start, ==, position);
    g_assert_cmpuint (end, >, start);
    for (guint i = start; i < end; i++) {
      guint start_here, end_here;

      g_assert_cmpint (get_day (fixture, i), ==, get_day (fixture, start));
      gtk_section_model_get_section (GTK_SECTION_MODEL (fixture->model), i, &start_here, &end_here);
      g_assert_cmpuint (start_here, ==, start);
      g_assert_cmpuint (end_here, ==, end);
    }
    if (end < n)
      g_assert_cmpint (get_day (fixture, end), !=, get_day (fixture, start));
  }
  g_assert_cmpuint (n_sections, >=, 3);
}

static void
test_days (Fixture *fixture, gconstpointer data)
{
  guint start, end, n_notified = 0;

  g_signal_connect_swapped (fixture->model, "notify::has-days", G_CALLBACK (reel_ui_test_count), &n_notified);
  g_assert_cmpuint (count (fixture), ==, N_JOBS - 1);
  g_assert_true (reel_history_model_get_has_days (fixture->model));
  assert_days (fixture);
  ask (fixture, REEL_HISTORY_OLDEST, REEL_HISTORY_ALL);
  assert_days (fixture);
  g_assert_cmpuint (n_notified, ==, 0);

  /* By cost there are none. */
  ask (fixture, REEL_HISTORY_DEAREST, REEL_HISTORY_ALL);
  g_assert_false (reel_history_model_get_has_days (fixture->model));
  g_assert_cmpuint (n_notified, ==, 1);
  gtk_section_model_get_section (GTK_SECTION_MODEL (fixture->model), 30, &start, &end);
  g_assert_cmpuint (start, ==, 0);
  g_assert_cmpuint (end, ==, N_JOBS - 1);
  gtk_section_model_get_section (GTK_SECTION_MODEL (fixture->model), N_JOBS, &start, &end);
  g_assert_cmpuint (start, ==, N_JOBS - 1);
  g_assert_cmpuint (end, ==, G_MAXUINT);
}

/* An order that changes nothing of what is shown still makes days, or none. */
static void
test_same_order (Fixture *fixture, gconstpointer data)
{
  guint n_changed = 0;

  ask (fixture, REEL_HISTORY_NEWEST, REEL_HISTORY_UNKNOWN);
  g_assert_cmpuint (count (fixture), ==, 1);
  g_signal_connect_swapped (fixture->model, "items-changed", G_CALLBACK (reel_ui_test_count), &n_changed);
  ask (fixture, REEL_HISTORY_CHEAPEST, REEL_HISTORY_UNKNOWN);
  g_assert_cmpuint (n_changed, ==, 0);
  g_assert_false (reel_history_model_get_has_days (fixture->model));
  ask (fixture, REEL_HISTORY_OLDEST, REEL_HISTORY_UNKNOWN);
  g_assert_true (reel_history_model_get_has_days (fixture->model));
}

static void
test_midnight (Fixture *fixture, gconstpointer data)
{
  guint n_changed = 0;

  g_signal_connect_swapped (fixture->model, "sections-changed", G_CALLBACK (reel_ui_test_count), &n_changed);
  reel_history_model_refresh_days (fixture->model);
  g_assert_cmpuint (n_changed, ==, 1);
  ask (fixture, REEL_HISTORY_DEAREST, REEL_HISTORY_ALL);
  reel_history_model_refresh_days (fixture->model);
  g_assert_cmpuint (n_changed, ==, 1);
}

static void
assert_selected (Fixture *fixture, const char *expected)
{
  g_autoptr (GArray) positions = reel_history_model_dup_selected (fixture->model);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_cmpuint (positions->len, ==, reel_history_model_get_n_selected (fixture->model));
  for (guint i = 0; i < positions->len; i++) {
    g_assert_true (
        gtk_selection_model_is_selected (GTK_SELECTION_MODEL (fixture->model), g_array_index (positions, guint, i)));
    g_string_append_printf (text, "%u ", g_array_index (positions, guint, i));
  }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_selection (Fixture *fixture, gconstpointer data)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (fixture->model);
  guint n_changed = 0;

  g_signal_connect_swapped (model, "selection-changed", G_CALLBACK (reel_ui_test_count), &n_changed);
  gtk_selection_model_select_item (model, 3, TRUE);
  assert_selected (fixture, "3 ");
  g_assert_cmpuint (n_changed, ==, 1);
  gtk_selection_model_select_item (model, 3, TRUE);
  g_assert_cmpuint (n_changed, ==, 1);
  gtk_selection_model_select_range (model, 5, 3, FALSE);
  assert_selected (fixture, "3 5 6 7 ");
  gtk_selection_model_unselect_item (model, 6);
  reel_history_model_toggle (fixture->model, 7);
  reel_history_model_toggle (fixture->model, 9);
  assert_selected (fixture, "3 5 9 ");
  reel_history_model_select_only (fixture->model, 4);
  assert_selected (fixture, "4 ");
  reel_history_model_select_only (fixture->model, GTK_INVALID_LIST_POSITION);
  assert_selected (fixture, "");
  gtk_selection_model_select_all (model);
  g_assert_cmpuint (reel_history_model_get_n_selected (fixture->model), ==, N_JOBS - 1);
  gtk_selection_model_select_range (model, N_JOBS - 2, 10, TRUE);
  assert_selected (fixture, "58 ");
}

/* Where jobs are picked, to go somewhere takes nothing back. */
static void
test_additive (Fixture *fixture, gconstpointer data)
{
  reel_history_model_select_only (fixture->model, 1);
  reel_history_model_set_additive (fixture->model, TRUE);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (fixture->model), 5, TRUE);
  assert_selected (fixture, "1 ");
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (fixture->model), 5, FALSE);
  assert_selected (fixture, "1 5 ");
}

/* What is selected moves with its jobs, and goes with them; another query begins with nothing. */
static void
test_changes (Fixture *fixture, gconstpointer data)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (fixture->model), 2, TRUE);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (fixture->model), 4, FALSE);
  reel_engine_hide_job (fixture->world.engine.engine, reel_history_fixture_load (&fixture->world, 0));
  reel_test_wait (count (fixture) == N_JOBS - 2);
  assert_selected (fixture, "1 3 ");
  reel_engine_hide_job (fixture->world.engine.engine, reel_history_fixture_load (&fixture->world, 2));
  reel_test_wait (count (fixture) == N_JOBS - 3);
  assert_selected (fixture, "2 ");
  ask (fixture, REEL_HISTORY_OLDEST, REEL_HISTORY_ALL);
  assert_selected (fixture, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add ("/ui/history-model/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("days", test_days);
  ADD ("same-order", test_same_order);
  ADD ("midnight", test_midnight);
  ADD ("selection", test_selection);
  ADD ("additive", test_additive);
  ADD ("changes", test_changes);

  return g_test_run ();
}
