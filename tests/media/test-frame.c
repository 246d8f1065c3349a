#include "config.h"

#include "reel-clip.h"
#include "reel-error.h"
#include "reel-frame.h"
#include "reel-player-fixture.h"
#include "reel-test.h"

#include <gst/gst.h>
#include <gtk/gtk.h>

static char *folder;
static GFile *clip;

static GdkTexture *
load (GFile *file, gint64 time, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reel_frame_load_async (file, time, NULL, reel_test_store_result, &result);
  g_assert_null (result);
  reel_test_wait (result != NULL);

  return reel_frame_load_finish (result, error);
}

/* What is on the screen comes out, in full size, whatever the size on the screen is. */
static void
assert_frame (ReelPlayer *player, int wanted)
{
  g_autoptr (GdkTexture) frame = NULL;
  g_autoptr (GError) error = NULL;
  gint64 number = -1, time = -1;

  reel_test_wait (reel_fixture_read_frame (player) == wanted);
  /* Also while it is decoded once more, as for a loop. */
  g_assert_true (reel_player_find_frame (player, &number, &time));
  g_assert_cmpint (number, ==, wanted);
  frame = load (reel_player_get_file (player), time, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (frame), ==, 320);
  g_assert_cmpint (gdk_texture_get_height (frame), ==, 180);
  g_assert_cmpint (reel_clip_read_texture (frame), ==, wanted);
}

static void
test_shown (gconstpointer data)
{
  g_autoptr (ReelPlayer) player = reel_fixture_open (clip);
  static const int frames[] = {1, 2, 23, 24, 25, 46, 47, 0, 13};

  if (data != NULL)
    g_object_set (player, "scale-width", 128, NULL);
  assert_frame (player, 0);
  for (guint i = 0; i < G_N_ELEMENTS (frames); i++) {
    /* Early in the frame, in its middle, and where it is nearly over. */
    for (guint part = 0; part < 3; part++) {
      reel_player_seek (player, (frames[i] * 100 + (gint64[]){1, 50, 95}[part]) * G_USEC_PER_SEC / 2400);
      assert_frame (player, frames[i]);
    }
  }
  reel_player_step (player, 1);
  assert_frame (player, 14);
  reel_player_step (player, 2);
  assert_frame (player, 16);
  reel_player_step (player, -1);
  assert_frame (player, 15);
}

static void
test_nothing (void)
{
  g_autoptr (ReelPlayer) player = reel_player_new ();
  gint64 number, time;

  g_assert_false (reel_player_find_frame (player, &number, &time));
  reel_player_set_file (player, clip);
  g_assert_false (reel_player_find_frame (player, &number, &time));
}

static void
test_saved (void)
{
  g_autoptr (GFile) file = g_file_new_build_filename (folder, "frame 0002.png", NULL);
  g_autoptr (GFile) nowhere = g_file_new_build_filename (folder, "missing", "frame.png", NULL);
  g_autoptr (GdkTexture) frame = load (clip, reel_fixture_time_of (1), NULL), again = NULL;
  g_autoptr (GAsyncResult) result = NULL, failed = NULL;
  g_autoptr (GError) error = NULL;

  reel_frame_save_async (frame, file, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  g_assert_true (reel_frame_save_finish (result, &error));
  g_assert_no_error (error);
  again = gdk_texture_new_from_file (file, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (again), ==, 320);
  g_assert_cmpint (reel_clip_read_texture (again), ==, 1);

  reel_frame_save_async (frame, nowhere, NULL, reel_test_store_result, &failed);
  reel_test_wait (failed != NULL);
  g_assert_false (reel_frame_save_finish (failed, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_FILE);
}

static void
test_no_video (void)
{
  g_autoptr (GFile) text = reel_clip_write (folder, "text.mp4", "text", 4);
  g_autoptr (GFile) missing = g_file_new_build_filename (folder, "missing.mp4", NULL);
  g_autoptr (GError) error = NULL, other = NULL;

  g_assert_null (load (text, 0, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_NOT_A_VIDEO);
  g_assert_null (load (missing, 0, &other));
  g_assert_error (other, REEL_ERROR, REEL_ERROR_FILE);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  reel_frame_load_async (clip, 0, cancellable, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  g_assert_null (reel_frame_load_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  reel_fixture_own_main_context ();
  gtk_init_check ();

  folder = reel_test_make_folder ();
  clip = reel_clip_make (&(ReelClip){.frames = 48, .audio = 2.0}, folder, "clip.mp4");

  g_test_add_data_func ("/frame/shown", NULL, test_shown);
  g_test_add_data_func ("/frame/shown-small", "small", test_shown);
  g_test_add_func ("/frame/nothing", test_nothing);
  g_test_add_func ("/frame/saved", test_saved);
  g_test_add_func ("/frame/no-video", test_no_video);
  g_test_add_func ("/frame/cancelled", test_cancelled);

  int status = g_test_run ();

  g_clear_object (&clip);
  g_clear_pointer (&folder, g_free);

  return status;
}
