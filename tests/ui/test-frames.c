#include "config.h"

#include "reel-clip.h"
#include "reel-engine-fixture.h"
#include "reel-job-actions.h"
#include "reel-job-fixture.h"
#include "reel-test.h"
#include "reel-ui-test.h"

#include <gst/gst.h>

/* The frame that is shown, on its way out of the window. */
typedef struct
{
  ReelEngineFixture engine;
  GListStore *accounts;
  ReelTicker *ticker;
  ReelDetailPage *page;
  AdwToastOverlay *toasts;
  GtkWindow *window;
  ReelJobActions *actions;
  ReelJob *job;
} Fixture;

static const char *folder;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSettings) settings = g_settings_new (REEL_APPLICATION_ID);

  reel_engine_fixture_init (&fixture->engine);
  reel_engine_fixture_start (&fixture->engine);
  fixture->accounts = g_list_store_new (REEL_TYPE_ACCOUNT);
  fixture->ticker = reel_ticker_new ();
  fixture->page = g_object_new (REEL_TYPE_DETAIL_PAGE, NULL);
  reel_detail_page_set_up (fixture->page, G_LIST_MODEL (fixture->accounts), fixture->ticker, NULL, settings);
  fixture->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (fixture->toasts, GTK_WIDGET (fixture->page));
  fixture->window = reel_ui_test_present (GTK_WIDGET (fixture->toasts), 400, 800);
  fixture->actions = reel_job_actions_new (fixture->engine.engine, GTK_WIDGET (fixture->window), fixture->toasts);
  reel_job_actions_set_page (fixture->actions, fixture->page);
  fixture->job = reel_job_fixture_new ("A paper boat", 42);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gpointer left = fixture->actions;

  g_object_add_weak_pointer (left, &left);
  g_clear_object (&fixture->actions);
  gtk_window_destroy (fixture->window);
  reel_test_wait (left == NULL);
  g_object_unref (fixture->job);
  g_object_unref (fixture->ticker);
  g_object_unref (fixture->accounts);
  reel_engine_fixture_clear (&fixture->engine);
}

static void
show (Fixture *fixture, const char *path)
{
  reel_job_fixture_save (fixture->job, path);
  reel_job_actions_set_job (fixture->actions, fixture->job);
  reel_detail_page_set_job (fixture->page, fixture->job);
}

static void
act (Fixture *fixture, const char *name)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->page), name, NULL));
}

static GdkTexture *
read_clipboard (Fixture *fixture)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->window));
  g_autoptr (GAsyncResult) result = NULL;

  gdk_clipboard_read_texture_async (clipboard, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);

  return gdk_clipboard_read_texture_finish (clipboard, result, NULL);
}

/* Another program gets it in full size, and the very one, though the video goes on. */
static void
test_copy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) clip = reel_clip_make (&(ReelClip){.frames = 48}, folder, "clip.mp4");
  g_autoptr (GFile) video = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  gint64 before = -1, after = -1, time;
  int number;

  show (fixture, g_file_peek_path (clip));
  reel_test_wait (reel_detail_page_find_frame (fixture->page, &video, &before, &time));
  g_clear_object (&video);
  act (fixture, "job.copy-frame");
  g_assert_true (reel_detail_page_find_frame (fixture->page, &video, &after, &time));
  reel_test_wait (reel_ui_test_reads (fixture->window, "Frame copied"));
  texture = read_clipboard (fixture);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, 320);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, 180);
  number = reel_clip_read_texture (texture);
  g_assert_true (number == before || number == after);
}

/* No picture, no frame: it is said, and nothing else happens. */
static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (folder, "text.mp4", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, "text", -1, &error);
  g_assert_no_error (error);
  show (fixture, path);
  act (fixture, "job.copy-frame");
  reel_test_wait (reel_ui_test_reads (fixture->window, "No picture is shown yet"));
}

int
main (int argc, char **argv)
{
  g_autofree char *made = NULL;

  reel_ui_test_init (&argc, &argv);
  gst_init (&argc, &argv);
  folder = made = reel_test_make_folder ();

#define ADD(path, function) g_test_add ("/ui/frames/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("copy", test_copy);
  ADD ("nothing", test_nothing);

  return g_test_run ();
}
