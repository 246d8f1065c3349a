#include "config.h"

#include "reel-clip.h"
#include "reel-player-fixture.h"
#include "reel-poster-cache.h"
#include "reel-test.h"

#include <gst/gst.h>
#include <gtk/gtk.h>

static char *folder;
static GFile *clip;

static int
count_entries (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  int n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static gint64
read_status (const char *name)
{
  g_autofree char *status = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));

  return g_ascii_strtoll (strstr (status, name) + strlen (name), NULL, 10);
}

static void
open_and_close (int turn)
{
  ReelPlayer *player = reel_fixture_open (clip);

  if (turn % 2 == 0)
    g_object_set (player, "scale-width", 160, NULL);
  reel_player_play (player);
  reel_test_wait (reel_fixture_read_frame (player) >= turn % 3);
  if (turn % 4 == 0) {
    reel_player_pause (player);
    reel_player_seek (player, reel_fixture_time_of (20));
  }
  if (turn % 5 == 0) {
    reel_player_set_file (player, clip);
    reel_test_wait (reel_fixture_read_frame (player) == 0);
  }
  g_assert_finalize_object (player);
}

/* What is open, and how many threads there are, after many players is what it was after a few. */
static void
test_flat (void)
{
  int descriptors, threads;

  for (int turn = 0; turn < 10; turn++)
    open_and_close (turn);
  descriptors = count_entries ("/proc/self/fd");
  threads = count_entries ("/proc/self/task");
  for (int turn = 0; turn < 40; turn++)
    open_and_close (turn);
  g_test_message ("descriptors %d -> %d, threads %d -> %d, %d MB", descriptors, count_entries ("/proc/self/fd"),
                  threads, count_entries ("/proc/self/task"), (int)(read_status ("VmRSS:") / 1024));
  g_assert_cmpint (count_entries ("/proc/self/fd"), <=, descriptors + 2);
  g_assert_cmpint (count_entries ("/proc/self/task"), <=, threads + 3);
}

static void
test_posters_flat (void)
{
  g_autoptr (GFile) posters = g_file_new_for_path (folder);
  g_autoptr (ReelPosterCache) cache = reel_poster_cache_new (posters);
  int descriptors = 0, threads = 0;

  for (int turn = 0; turn < 40; turn++) {
    g_autofree char *key = g_strdup_printf ("%d", turn);
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GdkTexture) texture = NULL;
    g_autoptr (GError) error = NULL;

    reel_poster_cache_load_async (cache, clip, key, 64, NULL, reel_test_store_result, &result);
    reel_test_wait (result != NULL);
    texture = reel_poster_cache_load_finish (cache, result, &error);
    g_assert_no_error (error);
    if (turn == 9) {
      descriptors = count_entries ("/proc/self/fd");
      threads = count_entries ("/proc/self/task");
    }
  }
  g_assert_cmpint (count_entries ("/proc/self/fd"), <=, descriptors + 2);
  g_assert_cmpint (count_entries ("/proc/self/task"), <=, threads + 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  reel_fixture_own_main_context ();
  /* There is no display, and none is needed: this makes the types of the render nodes that frames are read from. */
  gtk_init_check ();

  folder = reel_test_make_folder ();
  clip = reel_clip_make (&(ReelClip){.frames = 24, .audio = 1.0}, folder, "clip.mp4");

  g_test_add_func ("/player-resources/flat", test_flat);
  g_test_add_func ("/player-resources/posters-flat", test_posters_flat);

  int status = g_test_run ();

  g_clear_object (&clip);
  g_clear_pointer (&folder, g_free);

  return status;
}
