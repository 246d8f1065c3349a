#include "config.h"

#include "reel-engine-fixture.h"
#include "reel-preferences-dialog.h"
#include "reel-test.h"
#include "reel-ui-test.h"

#include <glib/gstdio.h>

#define DAY  (G_GINT64_CONSTANT (24) * 60 * 60 * G_USEC_PER_SEC)
#define SIZE 1000

/* The preferences over a real engine with an old video, a favourite that is old too, and a new one. */
typedef struct
{
  ReelEngineFixture engine;
  GFile *default_library;
  GSettings *settings;
  GtkWindow *window;
  AdwDialog *dialog;
} World;

static char *
get_path (World *world, const char *id)
{
  g_autofree char *name = g_strconcat (id, ".mp4", NULL);

  return g_build_filename (g_file_peek_path (world->engine.library), name, NULL);
}

static gboolean
has_file (World *world, const char *id)
{
  g_autofree char *path = get_path (world, id);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
add_saved (World *world, const char *id, gint64 age, gboolean favourite)
{
  g_autofree char *path = get_path (world, id), *content = g_strnfill (SIZE, 'x');
  ReelJobRecord *record = reel_engine_fixture_make_record (&world->engine, id, id);

  record->status = REEL_SERVICE_SUCCEEDED;
  record->file_state = REEL_FILE_SAVED;
  record->file = g_strdup (path);
  record->file_size = SIZE;
  record->created_at -= age;
  record->favourite = favourite;
  g_assert_true (g_file_set_contents (path, content, SIZE, NULL));
  reel_engine_fixture_write (&world->engine, record);
}

static void
present (World *world)
{
  world->dialog =
      g_object_ref_sink (reel_preferences_dialog_new (world->engine.engine, world->settings, world->default_library));
  adw_dialog_present (world->dialog, GTK_WIDGET (world->window));
  reel_test_wait (gtk_widget_get_mapped (GTK_WIDGET (world->dialog)));
}

/* Closes the dialog and proves that nothing keeps it. */
static void
dismiss (World *world)
{
  gpointer left = world->dialog;

  g_object_add_weak_pointer (left, &left);
  adw_dialog_force_close (world->dialog);
  g_clear_object (&world->dialog);
  reel_test_wait (left == NULL);
}

static void
set_up (World *world, gconstpointer data)
{
  g_autofree char *folder = NULL;

  /* The Trash is where the home folder is. */
  g_assert_cmpint (g_mkdir_with_parents (g_get_home_dir (), 0700), ==, 0);
  reel_engine_fixture_init (&world->engine);
  folder = g_build_filename (world->engine.folder, "default", NULL);
  world->default_library = g_file_new_for_path (folder);
  world->settings = g_settings_new (REEL_APPLICATION_ID);
  g_assert_cmpint (g_mkdir_with_parents (g_file_peek_path (world->engine.library), 0755), ==, 0);
  add_saved (world, "old", 100 * DAY, FALSE);
  add_saved (world, "dear", 100 * DAY, TRUE);
  add_saved (world, "new", 0, FALSE);
  reel_engine_fixture_start (&world->engine);
  world->window = reel_ui_test_present (adw_bin_new (), 480, 900);
  present (world);
}

static void
tear_down (World *world, gconstpointer data)
{
  dismiss (world);
  gtk_window_destroy (world->window);
  reel_engine_fixture_clear (&world->engine);
  g_object_unref (world->default_library);
  g_object_unref (world->settings);
}

static gboolean
reads (World *world, const char *text)
{
  return reel_ui_test_reads (world->window, text);
}

static void
act (World *world, const char *action)
{
  GtkWidget *row =
      reel_ui_test_find (world->dialog, ADW_TYPE_BUTTON_ROW,
                         g_str_equal (action, "storage.remove") ? "_Move to the Trash" : "Remove _Older Videos…");

  g_assert_nonnull (row);
  g_assert_true (gtk_widget_activate_action (row, action, NULL));
}

static void
open_page (World *world)
{
  act (world, "storage.remove-older");
  reel_test_wait (reel_ui_test_find (world->dialog, ADW_TYPE_COMBO_ROW, "Older Than") != NULL);
}

static void
set_switch (World *world, const char *name, gboolean active)
{
  AdwSwitchRow *row = reel_ui_test_find (world->dialog, ADW_TYPE_SWITCH_ROW, name);

  g_assert_nonnull (row);
  adw_switch_row_set_active (row, active);
}

static void
choose_age (World *world, guint position)
{
  adw_combo_row_set_selected (reel_ui_test_find (world->dialog, ADW_TYPE_COMBO_ROW, "Older Than"), position);
}

static ReelFileState
get_state (World *world, const char *id)
{
  return reel_job_get_record (reel_engine_fixture_find_job (&world->engine, id))->file_state;
}

static void
test_used (World *world, gconstpointer data)
{
  reel_test_wait (reads (world, "3 videos, 3.0\302\240kB"));
  reel_test_wait (reads (world, "Free Space"));
}

/* What would happen is said before anything does; favourites are kept unless they are not. */
static void
test_preview (World *world, gconstpointer data)
{
  open_page (world);
  reel_test_wait (reads (world, "1 video goes to the Trash and stays in the history: 1.0\302\240kB are free when the "
                                "Trash is emptied."));
  set_switch (world, "Keep Favourites", FALSE);
  reel_test_wait (reads (world, "2 videos go to the Trash and stay in the history: 2.0\302\240kB are free when the "
                                "Trash is emptied."));
  set_switch (world, "Remove From the History Too", TRUE);
  reel_test_wait (reads (world, "2 videos go to the Trash and out of the history: 2.0\302\240kB are free when the "
                                "Trash is emptied."));
  choose_age (world, 3);
  reel_test_wait (reads (world, "There is no such video."));
  g_assert_null (reel_ui_test_find (world->dialog, GTK_TYPE_CALENDAR, NULL));
  choose_age (world, 4);
  reel_test_wait (reel_ui_test_find (world->dialog, GTK_TYPE_CALENDAR, NULL) != NULL);
  reel_test_wait (reads (world, "2 videos go to the Trash and out of the history: 2.0\302\240kB are free when the "
                                "Trash is emptied."));
  g_assert_true (has_file (world, "old") && has_file (world, "dear") && has_file (world, "new"));
}

static void
remove_old (World *world)
{
  open_page (world);
  reel_test_wait (reads (world, "1 video goes to the Trash and stays in the history: 1.0\302\240kB are free when the "
                                "Trash is emptied."));
  act (world, "storage.remove");
  reel_test_wait (reads (world, "1 video goes to the Trash"));
}

static void
test_undo (World *world, gconstpointer data)
{
  remove_old (world);
  reel_ui_test_press (reel_ui_test_find (world->dialog, GTK_TYPE_BUTTON, "Undo"));
  reel_test_wait (reel_ui_test_find (world->dialog, GTK_TYPE_BUTTON, "Undo") == NULL);
  g_assert_true (has_file (world, "old"));
  g_assert_cmpint (get_state (world, "old"), ==, REEL_FILE_SAVED);
}

/* Nobody can undo it once the dialog is closed. */
static void
test_close (World *world, gconstpointer data)
{
  remove_old (world);
  g_assert_true (has_file (world, "old"));
  dismiss (world);
  reel_test_wait (!has_file (world, "old") && get_state (world, "old") == REEL_FILE_MISSING);
  g_assert_true (has_file (world, "dear") && has_file (world, "new"));
  present (world);
  reel_test_wait (reads (world, "2 videos, 2.0\302\240kB"));
}

/* Which files could not go is said by name, and their jobs are as they were. */
static void
test_kept (World *world, gconstpointer data)
{
  g_autofree char *trash = g_build_filename (g_get_user_data_dir (), "Trash", NULL);
  gboolean made = g_file_test (trash, G_FILE_TEST_EXISTS);
  AdwDialog *alert;
  GtkWidget *undo;

  if (made) {
    g_autofree char *away = g_strconcat (trash, "-away", NULL);

    g_assert_cmpint (g_rename (trash, away), ==, 0);
  }
  /* No folder can be made there. */
  g_assert_cmpint (g_mkdir_with_parents (g_get_user_data_dir (), 0700), ==, 0);
  g_assert_true (g_file_set_contents (trash, "", -1, NULL));
  remove_old (world);
  undo = reel_ui_test_find (world->dialog, GTK_TYPE_BUTTON, "Undo");
  /* What takes the toast away. */
  reel_ui_test_press (gtk_widget_get_next_sibling (undo));
  reel_test_wait (ADW_IS_ALERT_DIALOG (adw_window_get_visible_dialog (ADW_WINDOW (world->window))));
  alert = adw_window_get_visible_dialog (ADW_WINDOW (world->window));
  g_assert_true (reel_ui_test_reads (alert, "Not Moved to the Trash"));
  adw_dialog_force_close (alert);
  g_assert_true (has_file (world, "old"));
  g_assert_cmpint (get_state (world, "old"), ==, REEL_FILE_SAVED);
  g_assert_cmpint (g_unlink (trash), ==, 0);
}

/* A video that is not where it was saved is counted. */
static void
test_missing (World *world, gconstpointer data)
{
  g_autofree char *path = get_path (world, "new");

  g_assert_false (reads (world, "1 video is not where it was saved"));
  dismiss (world);
  g_assert_cmpint (g_unlink (path), ==, 0);
  present (world);
  reel_test_wait (reads (world, "1 video is not where it was saved"));
  g_assert_nonnull (reel_ui_test_find (world->dialog, GTK_TYPE_BUTTON, "_Locate…"));
}

static AdwDialog *
change_library (World *world)
{
  AdwDialog *alert;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (world->dialog), "preferences.use-default-library", NULL));
  reel_test_wait (ADW_IS_ALERT_DIALOG (adw_window_get_visible_dialog (ADW_WINDOW (world->window))));
  alert = adw_window_get_visible_dialog (ADW_WINDOW (world->window));
  g_assert_true (
      reel_ui_test_reads (alert, "In the old folder: 3 videos, 3.0\302\240kB. Seedreel finds them either way."));

  return alert;
}

static gboolean
is_default (World *world)
{
  return g_file_equal (reel_engine_get_library (world->engine.engine), world->default_library);
}

static void
test_library_cancel (World *world, gconstpointer data)
{
  reel_ui_test_press (reel_ui_test_find (change_library (world), GTK_TYPE_BUTTON, "_Cancel"));
  reel_test_wait (adw_window_get_visible_dialog (ADW_WINDOW (world->window)) == world->dialog);
  g_assert_false (is_default (world));
  g_assert_true (has_file (world, "old"));
}

static void
test_library_leave (World *world, gconstpointer data)
{
  reel_ui_test_press (reel_ui_test_find (change_library (world), GTK_TYPE_BUTTON, "_Leave Them Where They Are"));
  reel_test_wait (is_default (world));
  g_assert_true (has_file (world, "old") && has_file (world, "dear") && has_file (world, "new"));
}

static void
test_library_move (World *world, gconstpointer data)
{
  g_autofree char *moved = g_build_filename (g_file_peek_path (world->default_library), "old.mp4", NULL);

  reel_ui_test_press (reel_ui_test_find (change_library (world), GTK_TYPE_BUTTON, "_Move"));
  reel_test_wait (reads (world, "3 videos moved"));
  g_assert_true (is_default (world));
  g_assert_false (has_file (world, "old") || has_file (world, "dear") || has_file (world, "new"));
  g_assert_cmpstr (reel_job_get_record (reel_engine_fixture_find_job (&world->engine, "old"))->file, ==, moved);
  g_assert_true (g_file_test (moved, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  reel_ui_test_init (&argc, &argv);

#define ADD(path, function) g_test_add ("/ui/storage-group/" path, World, NULL, set_up, function, tear_down)
  ADD ("used", test_used);
  ADD ("preview", test_preview);
  ADD ("undo", test_undo);
  ADD ("close", test_close);
  ADD ("kept", test_kept);
  ADD ("missing", test_missing);
  ADD ("library-cancel", test_library_cancel);
  ADD ("library-leave", test_library_leave);
  ADD ("library-move", test_library_move);
#undef ADD

  return g_test_run ();
}
