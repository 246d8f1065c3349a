#include "config.h"

#include "reel-clip.h"
#include "reel-error.h"
#include "reel-player.h"
#include "reel-test.h"

#include <gst/gst.h>
#include <gtk/gtk.h>

static char *folder;
static GFile *clip;

static ReelPlayer *
open_player (GFile *file)
{
  ReelPlayer *player = g_object_new (REEL_TYPE_PLAYER, "audio-sink", "fakesink", NULL);

  reel_player_set_file (player, file);

  return player;
}

static ReelPlayer *
open_clip (void)
{
  ReelPlayer *player = open_player (clip);

  reel_test_wait (reel_player_get_paintable (player) != NULL);

  return player;
}

static int
read_frame (ReelPlayer *player)
{
  return reel_clip_read_paintable (reel_player_get_paintable (player));
}

static void
test_open (void)
{
  ReelPlayer *player = open_player (clip);
  gboolean has_audio;

  g_assert_null (reel_player_get_paintable (player));
  reel_test_wait (reel_player_get_paintable (player) != NULL);
  g_assert_no_error (reel_player_get_error (player));
  g_assert_false (reel_player_get_playing (player));
  g_assert_cmpint (reel_player_get_position (player), ==, 0);
  g_assert_cmpint (ABS (reel_player_get_duration (player) - 4 * G_USEC_PER_SEC), <, 50000);
  g_object_get (player, "has-audio", &has_audio, NULL);
  g_assert_true (has_audio);
  reel_test_wait (read_frame (player) == 0);

  g_assert_finalize_object (player);
}

static void
test_seek (void)
{
  ReelPlayer *player = open_clip ();
  const int frames[] = {50, 3, 95, 24, 23, 25, 0, 71, 72, 1};

  for (guint i = 0; i < G_N_ELEMENTS (frames); i++) {
    reel_player_seek (player, (gint64)(frames[i] + 0.5) * G_USEC_PER_SEC / 24 + 10000);
    reel_test_wait (read_frame (player) == frames[i]);
  }

  g_assert_finalize_object (player);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  /* There is no display, and none is needed: this makes the types of the render nodes that frames are read from. */
  gtk_init_check ();

  folder = reel_test_make_folder ();
  clip = reel_clip_make (&(ReelClip){.frames = 96, .audio = 4.0}, folder, "clip.mp4");

  g_test_add_func ("/player/open", test_open);
  g_test_add_func ("/player/seek", test_seek);

  int status = g_test_run ();

  g_clear_object (&clip);
  g_clear_pointer (&folder, g_free);

  return status;
}
