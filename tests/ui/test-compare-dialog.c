#include "config.h"

#include <gst/gst.h>

#include "reel-clip.h"
#include "reel-compare-dialog.h"
#include "reel-compare-grid.h"
#include "reel-compare-picker.h"
#include "reel-history-fixture.h"
#include "reel-job-fixture.h"
#include "reel-test.h"
#include "reel-ui-test.h"
#include "reel-wipe.h"

static char *folder;
static GFile *clip, *long_clip;

typedef struct
{
  GtkWindow *window;
  AdwDialog *dialog;
  GListStore *jobs;
} Fixture;

static void
add_job (Fixture *fixture, const char *prompt, GFile *file)
{
  g_autoptr (ReelJob) job =
      reel_job_fixture_new (prompt, 100 + g_list_model_get_n_items (G_LIST_MODEL (fixture->jobs)));

  reel_job_fixture_save (job, file != NULL ? g_file_peek_path (file) : "/nowhere/video.mp4");
  g_list_store_append (fixture->jobs, job);
}

static void
set_up (Fixture *fixture, int width, int height)
{
  fixture->window = reel_ui_test_present (adw_bin_new (), width, height);
  fixture->jobs = g_list_store_new (REEL_TYPE_JOB);
  fixture->dialog = NULL;
}

static void
open_dialog (Fixture *fixture)
{
  fixture->dialog = reel_compare_dialog_new (G_LIST_MODEL (fixture->jobs));
  adw_dialog_present (fixture->dialog, GTK_WIDGET (fixture->window));
}

static void
close_dialog (Fixture *fixture)
{
  gpointer left = fixture->dialog;

  g_object_add_weak_pointer (left, &left);
  adw_dialog_force_close (fixture->dialog);
  reel_test_wait (left == NULL);
}

static void
tear_down (Fixture *fixture)
{
  gtk_window_destroy (fixture->window);
  g_clear_object (&fixture->jobs);
}

static gpointer
find (Fixture *fixture, GType type, const char *name)
{
  return reel_ui_test_find (fixture->dialog, type, name);
}

static gboolean
is_shown (Fixture *fixture)
{
  return reel_comparison_get_settled (reel_compare_dialog_get_comparison (REEL_COMPARE_DIALOG (fixture->dialog)));
}

static void
activate (Fixture *fixture, const char *action, const char *parameter)
{
  g_autoptr (GVariant) value = parameter != NULL ? g_variant_ref_sink (g_variant_new_parsed (parameter)) : NULL;

  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (fixture->dialog), action, value));
}

static void
test_play (void)
{
  Fixture fixture;
  ReelComparison *comparison;

  set_up (&fixture, 1000, 800);
  add_job (&fixture, "A red boat", clip);
  add_job (&fixture, "A blue boat", long_clip);
  open_dialog (&fixture);
  comparison = reel_compare_dialog_get_comparison (REEL_COMPARE_DIALOG (fixture.dialog));
  reel_test_wait (is_shown (&fixture) && reel_comparison_get_playing (comparison));
  g_assert_nonnull (find (&fixture, GTK_TYPE_BUTTON, "Pause"));
  activate (&fixture, "compare.toggle", NULL);
  g_assert_false (reel_comparison_get_playing (comparison));
  g_assert_nonnull (find (&fixture, GTK_TYPE_BUTTON, "Play"));
  activate (&fixture, "compare.seek", "int64 0");
  activate (&fixture, "compare.step", "1");
  reel_test_wait (is_shown (&fixture));
  g_assert_cmpint (reel_comparison_get_position (comparison) * 24 / G_USEC_PER_SEC, ==, 1);
  activate (&fixture, "compare.hear", "uint32 1");
  g_assert_cmpuint (reel_comparison_get_heard (comparison), ==, 1);
  activate (&fixture, "compare.hear", "uint32 3");
  g_assert_cmpuint (reel_comparison_get_heard (comparison), ==, 1);
  activate (&fixture, "compare.switch", "'loop'");
  g_assert_false (gtk_toggle_button_get_active (find (&fixture, GTK_TYPE_TOGGLE_BUTTON, "Loop")));

  /* The differences of the settings, and of the files once they are open. */
  g_assert_nonnull (find (&fixture, GTK_TYPE_LIST_BOX_ROW, "Prompt. 1: A red boat, 2: A blue boat"));
  reel_test_wait (
      find (&fixture, GTK_TYPE_LIST_BOX_ROW, "Frames. 1: 24 frames, 24 a second, 2: 48 frames, 24 a second") != NULL);
  close_dialog (&fixture);
  tear_down (&fixture);
}

/* The divider by its actions, and the videos at its sides. */
static void
test_wipe (void)
{
  Fixture fixture;
  ReelWipe *wipe;
  guint left, right;

  set_up (&fixture, 1000, 800);
  for (int i = 0; i < 3; i++)
    add_job (&fixture, "A boat", i == 1 ? long_clip : clip);
  open_dialog (&fixture);
  g_assert_null (find (&fixture, REEL_TYPE_WIPE, NULL));
  activate (&fixture, "compare.switch-view", NULL);
  wipe = find (&fixture, REEL_TYPE_WIPE, "Wipe position");
  g_assert_nonnull (wipe);
  reel_test_wait (is_shown (&fixture));
  g_assert_cmpfloat (reel_wipe_get_position (wipe), ==, 0.5);
  gtk_widget_activate_action (GTK_WIDGET (wipe), "wipe.move", "d", 0.02);
  g_assert_cmpfloat_with_epsilon (reel_wipe_get_position (wipe), 0.52, 1e-9);
  gtk_widget_activate_action (GTK_WIDGET (wipe), "wipe.move", "d", -1.0);
  g_assert_cmpfloat (reel_wipe_get_position (wipe), ==, 0);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (wipe), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, 0.0);

  /* A side that takes the video of the other one gives its own for it. */
  activate (&fixture, "compare.right", "uint32 2");
  activate (&fixture, "compare.left", "uint32 2");
  g_object_get (fixture.dialog, "left", &left, "right", &right, NULL);
  g_assert_cmpuint (left, ==, 2);
  g_assert_cmpuint (right, ==, 0);
  activate (&fixture, "compare.switch-view", NULL);
  g_assert_nonnull (find (&fixture, REEL_TYPE_COMPARE_GRID, NULL));
  close_dialog (&fixture);
  tear_down (&fixture);
}

/* What cannot be played says so in its place, and the others go on. */
static void
test_errors (void)
{
  Fixture fixture;
  ReelComparison *comparison;

  set_up (&fixture, 1000, 800);
  add_job (&fixture, "A boat", NULL);
  add_job (&fixture, "A boat", clip);
  open_dialog (&fixture);
  comparison = reel_compare_dialog_get_comparison (REEL_COMPARE_DIALOG (fixture.dialog));
  reel_test_wait (is_shown (&fixture) && reel_comparison_get_error (comparison, 0) != NULL);
  g_assert_true (reel_ui_test_reads (fixture.dialog, "The file cannot be used"));
  g_assert_null (reel_comparison_get_error (comparison, 1));
  close_dialog (&fixture);
  tear_down (&fixture);
}

/* Two beneath each other where it is narrow, and nothing wider than the window. */
static void
test_narrow (void)
{
  Fixture fixture;

  set_up (&fixture, 360, 640);
  for (int i = 0; i < 4; i++)
    add_job (&fixture, i % 2 == 0 ? "A boat" : "A very long prompt about another boat that crosses a puddle", clip);
  open_dialog (&fixture);
  reel_test_wait (is_shown (&fixture) && gtk_widget_get_width (GTK_WIDGET (fixture.dialog)) > 0);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture.dialog)), <=, 360);
  g_assert_cmpint (reel_compare_grid_get_cell_width (find (&fixture, REEL_TYPE_COMPARE_GRID, NULL)), >=, 150);
  close_dialog (&fixture);
  tear_down (&fixture);
}

static void
store_jobs (AdwDialog *dialog, GListModel *jobs, GListModel **stored)
{
  g_assert_null (*stored);
  *stored = g_object_ref (jobs);
}

static void
test_picker (void)
{
  Fixture fixture;
  ReelHistoryFixture world = {0};
  g_autoptr (ReelTicker) ticker = reel_ticker_new ();
  g_autoptr (ReelHistory) history = NULL;
  g_autoptr (GListModel) picked = NULL;
  GtkListView *list;
  ReelJob *job, *other;
  gpointer left;

  set_up (&fixture, 500, 700);
  reel_history_fixture_init (&world, 9);
  job = reel_history_fixture_load (&world, 0);
  other = reel_history_fixture_load (&world, 7);
  for (guint i = 0; i < 9; i++)
    reel_history_fixture_load (&world, i);
  history = reel_engine_make_history (world.engine.engine);
  fixture.dialog = reel_compare_picker_new (job, history, NULL, ticker);
  g_signal_connect (fixture.dialog, "picked", G_CALLBACK (store_jobs), &picked);
  adw_dialog_present (fixture.dialog, GTK_WIDGET (fixture.window));

  /* What has no video is not there, nor what is hidden; itself cannot be picked, and no more than three can. */
  reel_test_wait ((list = find (&fixture, GTK_TYPE_LIST_VIEW, "Videos")) != NULL &&
                  !reel_history_get_loading (history));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (history)), ==, 6);
  g_assert_false (gtk_widget_get_sensitive (find (&fixture, GTK_TYPE_BUTTON, "C_ompare")));
  reel_test_wait (reel_ui_test_reads (fixture.dialog, reel_job_get_title (other)));
  for (guint i = 0; i < 6; i++)
    g_signal_emit_by_name (list, "activate", i);
  g_assert_true (reel_ui_test_reads (fixture.dialog, "3 of up to 3 videos chosen."));
  for (guint i = 0; i < 4; i++)
    g_signal_emit_by_name (list, "activate", i);
  g_assert_true (reel_ui_test_reads (fixture.dialog, "0 of up to 3 videos chosen."));

  gtk_editable_set_text (find (&fixture, GTK_TYPE_SEARCH_ENTRY, NULL), "roof");
  reel_test_wait (g_list_model_get_n_items (G_LIST_MODEL (history)) == 1);
  g_signal_emit_by_name (list, "activate", 0);
  left = fixture.dialog;
  g_object_add_weak_pointer (left, &left);
  reel_ui_test_press (find (&fixture, GTK_TYPE_BUTTON, "C_ompare"));
  reel_test_wait (left == NULL);
  g_assert_cmpuint (g_list_model_get_n_items (picked), ==, 2);

  g_autoptr (ReelJob) first = g_list_model_get_item (picked, 0), second = g_list_model_get_item (picked, 1);

  g_assert_true (first == job);
  g_assert_true (second == other);
  tear_down (&fixture);
  g_clear_object (&history);
  reel_history_fixture_clear (&world);
}

static int
count_threads (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/task", 0, NULL);
  int n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static void
test_flat (void)
{
  Fixture fixture;
  int threads = 0;

  set_up (&fixture, 1000, 800);
  add_job (&fixture, "A boat", clip);
  add_job (&fixture, "A boat", long_clip);
  for (int turn = 0; turn < 50; turn++) {
    open_dialog (&fixture);
    reel_test_wait (is_shown (&fixture));
    close_dialog (&fixture);
    if (turn == 9)
      threads = count_threads ();
  }
  g_test_message ("threads %d -> %d", threads, count_threads ());
  reel_test_wait (count_threads () <= threads + 3);
  tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  int status;

  reel_ui_test_init (&argc, &argv);
  gst_init (&argc, &argv);
  folder = reel_test_make_folder ();
  clip = reel_clip_make (&(ReelClip){.frames = 24, .audio = 0.9}, folder, "clip.mp4");
  long_clip = reel_clip_make (&(ReelClip){.frames = 48, .audio = 1.9}, folder, "long.mp4");

  g_test_add_func ("/ui/compare-dialog/play", test_play);
  g_test_add_func ("/ui/compare-dialog/wipe", test_wipe);
  g_test_add_func ("/ui/compare-dialog/errors", test_errors);
  g_test_add_func ("/ui/compare-dialog/narrow", test_narrow);
  g_test_add_func ("/ui/compare-dialog/picker", test_picker);
  g_test_add_func ("/ui/compare-dialog/flat", test_flat);
  status = g_test_run ();

  g_clear_object (&clip);
  g_clear_object (&long_clip);
  g_clear_pointer (&folder, g_free);

  return status;
}
