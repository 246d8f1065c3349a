#include "config.h"

#include "reel-clip.h"
#include "reel-player-fixture.h"
#include "reel-test.h"

#include <gst/gst.h>
#include <gtk/gtk.h>

static char *folder;
static GFile *clip, *short_clip;

static ReelPlayer *
open_clip (void)
{
  ReelPlayer *player = reel_fixture_open (clip);

  reel_test_wait (reel_player_get_paintable (player) != NULL);

  return player;
}

static void
test_open (void)
{
  ReelPlayer *player = reel_fixture_open (clip);
  gboolean has_audio;

  g_assert_null (reel_player_get_paintable (player));
  reel_test_wait (reel_player_get_paintable (player) != NULL);
  g_assert_no_error (reel_player_get_error (player));
  g_assert_false (reel_player_get_playing (player));
  g_assert_cmpint (reel_player_get_position (player), ==, 0);
  g_assert_cmpint (ABS (reel_player_get_duration (player) - 4 * G_USEC_PER_SEC), <, 50000);
  g_object_get (player, "has-audio", &has_audio, NULL);
  g_assert_true (has_audio);
  reel_test_wait (reel_fixture_read_frame (player) == 0);

  g_assert_finalize_object (player);
}

static void
test_seek (void)
{
  ReelPlayer *player = open_clip ();
  const int frames[] = {50, 3, 95, 24, 23, 25, 0, 71, 72, 1};

  for (guint i = 0; i < G_N_ELEMENTS (frames); i++) {
    reel_player_seek (player, reel_fixture_time_of (frames[i]));
    reel_test_wait (reel_fixture_read_frame (player) == frames[i]);
  }

  g_assert_finalize_object (player);
}

static void
test_seek_before_open (void)
{
  ReelPlayer *player = reel_fixture_open (clip);

  reel_player_seek (player, 2 * G_USEC_PER_SEC);
  g_assert_cmpint (reel_player_get_position (player), ==, 2 * G_USEC_PER_SEC);
  reel_test_wait (reel_fixture_read_frame (player) == 48);
  g_assert_cmpint (reel_player_get_position (player), ==, 2 * G_USEC_PER_SEC);

  g_assert_finalize_object (player);
}

/* Where the sound goes on after the picture, the last frame stays, and there is a way back. */
static void
test_longer_sound (void)
{
  g_autoptr (GFile) file = reel_clip_make (&(ReelClip){.frames = 24, .audio = 2.0}, folder, "sound.mp4");
  ReelPlayer *player = reel_fixture_open (file);

  g_object_set (player, "loop", FALSE, NULL);
  reel_test_wait (reel_fixture_read_frame (player) == 0);
  reel_player_seek (player, reel_fixture_time_of (23));
  reel_test_wait (reel_fixture_read_frame (player) == 23);
  reel_player_seek (player, reel_fixture_time_of (36));
  reel_player_play (player);
  reel_test_wait (!reel_player_get_playing (player));
  g_assert_no_error (reel_player_get_error (player));
  g_assert_cmpint (reel_fixture_read_frame (player), ==, 23);
  g_assert_cmpint (reel_player_get_position (player), ==, reel_player_get_duration (player));
  reel_player_step (player, -2);
  reel_test_wait (reel_fixture_read_frame (player) == 21);
  reel_player_play (player);
  reel_test_wait (!reel_player_get_playing (player));
  g_assert_no_error (reel_player_get_error (player));

  g_assert_finalize_object (player);
}

/* The same with loops: behind the last frame there is none to show, and no round begins while it stands still. */
static void
test_longer_sound_in_loop (void)
{
  g_autoptr (GFile) file = reel_clip_make (&(ReelClip){.frames = 24, .audio = 1.5}, folder, "sound.mp4");
  ReelPlayer *player = reel_fixture_open (file);
  ReelFrames frames = {0};

  reel_test_wait (reel_fixture_read_frame (player) == 0);
  reel_player_seek (player, G_MAXINT64);
  reel_test_wait (reel_fixture_read_frame (player) == 23);
  reel_player_step (player, 1);
  reel_player_seek (player, reel_fixture_time_of (22));
  reel_test_wait (reel_fixture_read_frame (player) == 22);
  reel_player_step (player, 1);
  reel_test_wait (reel_fixture_read_frame (player) == 23);
  reel_player_step (player, 5);
  reel_player_seek (player, reel_fixture_time_of (20));
  reel_test_wait (reel_fixture_read_frame (player) == 20);
  reel_player_step (player, 5);
  reel_test_wait (reel_fixture_read_frame (player) == 23);
  reel_player_seek (player, reel_fixture_time_of (30));
  reel_test_wait (reel_fixture_read_frame (player) == 23);
  /* Played, it goes round. */
  reel_fixture_watch_frames (&frames, player);
  reel_player_play (player);
  reel_test_wait (frames.count > 10 && reel_fixture_read_frame (player) == 10);
  g_assert_true (reel_player_get_playing (player));

  g_assert_finalize_object (player);
}

/* A pointer that drags the slider asks for far more positions than can be decoded. */
static void
test_scrub (void)
{
  ReelPlayer *player = open_clip ();
  ReelFrames frames = {0};

  reel_test_wait (reel_fixture_read_frame (player) == 0);
  reel_fixture_watch_frames (&frames, player);
  for (int i = 1; i <= 90; i++)
    reel_player_seek (player, reel_fixture_time_of (i));
  g_assert_cmpint (reel_player_get_position (player), ==, reel_fixture_time_of (90));
  reel_test_wait (reel_fixture_read_frame (player) == 90);
  g_assert_cmpint (frames.count, <, 10);

  g_assert_finalize_object (player);
}

static void
test_seek_beyond (void)
{
  ReelPlayer *player = open_clip ();

  reel_player_seek (player, G_MAXINT64);
  reel_test_wait (reel_fixture_read_frame (player) == 95);
  reel_player_seek (player, -5);
  reel_test_wait (reel_fixture_read_frame (player) == 0);
  g_assert_cmpint (reel_player_get_position (player), ==, 0);

  g_assert_finalize_object (player);
}

static void
test_step (void)
{
  ReelPlayer *player = open_clip ();

  reel_test_wait (reel_fixture_read_frame (player) == 0);
  for (int i = 1; i <= 30; i++) {
    reel_player_step (player, 1);
    reel_test_wait (reel_fixture_read_frame (player) == i &&
                    reel_fixture_frame_at (reel_player_get_position (player)) == i);
  }
  for (int i = 29; i >= 20; i--) {
    reel_player_step (player, -1);
    reel_test_wait (reel_fixture_read_frame (player) == i &&
                    reel_fixture_frame_at (reel_player_get_position (player)) == i);
  }

  /* Keys held down: several steps while the first is on its way. */
  for (int i = 0; i < 5; i++)
    reel_player_step (player, 1);
  reel_test_wait (reel_fixture_read_frame (player) == 25);
  for (int i = 0; i < 5; i++)
    reel_player_step (player, -1);
  reel_test_wait (reel_fixture_read_frame (player) == 20);

  /* A seek while a step is on its way: that is where it is from then on. */
  reel_player_step (player, 1);
  reel_player_seek (player, reel_fixture_time_of (60));
  reel_test_wait (reel_fixture_read_frame (player) == 60);
  g_assert_cmpint (reel_player_get_position (player), ==, reel_fixture_time_of (60));

  /* Neither beyond the start nor beyond the end. */
  reel_player_seek (player, 0);
  reel_player_step (player, -1);
  reel_test_wait (reel_fixture_read_frame (player) == 0);
  reel_player_seek (player, G_MAXINT64);
  reel_test_wait (reel_fixture_read_frame (player) == 95);
  reel_player_step (player, -1);
  reel_test_wait (reel_fixture_read_frame (player) == 94);

  g_assert_finalize_object (player);
}

static void
test_step_while_playing (void)
{
  ReelPlayer *player = open_clip ();

  reel_player_play (player);
  reel_test_wait (reel_fixture_read_frame (player) >= 5);
  reel_player_step (player, 1);
  g_assert_false (reel_player_get_playing (player));
  reel_test_wait (reel_fixture_frame_at (reel_player_get_position (player)) == reel_fixture_read_frame (player));

  /* It goes on from the frame that was stepped to. */
  ReelFrames frames = {0};
  int frame = reel_fixture_read_frame (player);

  reel_fixture_watch_frames (&frames, player);
  reel_player_play (player);
  reel_test_wait (reel_fixture_read_frame (player) >= frame + 5);
  for (int i = 0; i < frames.count; i++)
    g_assert_cmpint (frames.numbers[i], >=, frame);

  g_assert_finalize_object (player);
}

static void
test_scale_width (void)
{
  ReelPlayer *player = open_clip ();

  /* Already open: the pipeline is built anew, at the same place. */
  reel_player_seek (player, reel_fixture_time_of (40));
  reel_test_wait (reel_fixture_read_frame (player) == 40);
  g_object_set (player, "scale-width", 160, NULL);
  reel_test_wait (reel_fixture_read_frame (player) == 40);
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (reel_player_get_paintable (player)), ==, 160);
  g_assert_cmpint (gdk_paintable_get_intrinsic_height (reel_player_get_paintable (player)), ==, 90);

  /* A new size while it stands still. */
  g_object_set (player, "scale-width", 240, NULL);
  reel_test_wait (gdk_paintable_get_intrinsic_width (reel_player_get_paintable (player)) == 240);
  g_assert_cmpint (gdk_paintable_get_intrinsic_height (reel_player_get_paintable (player)), ==, 135);
  g_assert_cmpint (reel_fixture_read_frame (player), ==, 40);

  /* Never larger than the video. */
  g_object_set (player, "scale-width", 4000, NULL);
  reel_test_wait (gdk_paintable_get_intrinsic_width (reel_player_get_paintable (player)) == 320);
  g_assert_cmpint (reel_fixture_read_frame (player), ==, 40);

  reel_player_play (player);
  reel_test_wait (reel_fixture_read_frame (player) >= 45);
  g_object_set (player, "scale-width", 100, NULL);
  reel_test_wait (gdk_paintable_get_intrinsic_width (reel_player_get_paintable (player)) == 100);
  g_object_set (player, "scale-width", 0, NULL);
  reel_test_wait (reel_player_get_paintable (player) != NULL &&
                  gdk_paintable_get_intrinsic_width (reel_player_get_paintable (player)) == 320);
  g_assert_true (reel_player_get_playing (player));
  g_assert_cmpint (reel_fixture_read_frame (player), >=, 40);

  g_assert_finalize_object (player);
}

static void
test_shapes (void)
{
  const struct
  {
    int width, height;
  } shapes[] = {{180, 320}, {240, 240}};

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++) {
    g_autoptr (GFile) file = reel_clip_make (
        &(ReelClip){.width = shapes[i].width, .height = shapes[i].height, .frames = 4}, folder, "shape.mp4");
    ReelPlayer *player = reel_fixture_open (file);
    gboolean has_audio;

    reel_test_wait (reel_player_get_paintable (player) != NULL);
    g_assert_cmpint (gdk_paintable_get_intrinsic_width (reel_player_get_paintable (player)), ==, shapes[i].width);
    g_assert_cmpint (gdk_paintable_get_intrinsic_height (reel_player_get_paintable (player)), ==, shapes[i].height);
    g_object_get (player, "has-audio", &has_audio, NULL);
    g_assert_false (has_audio);

    g_assert_finalize_object (player);
  }
}

static void
test_webm (void)
{
  g_autoptr (GFile) file = reel_clip_make (&(ReelClip){.webm = TRUE, .audio = 2.0}, folder, "clip.webm");
  ReelPlayer *player = reel_fixture_open (file);

  reel_test_wait (reel_player_get_paintable (player) != NULL);
  reel_player_seek (player, reel_fixture_time_of (30));
  reel_test_wait (reel_fixture_read_frame (player) == 30);
  for (int i = 31; i <= 35; i++) {
    reel_player_step (player, 1);
    reel_test_wait (reel_fixture_read_frame (player) == i);
  }
  for (int i = 34; i >= 28; i--) {
    reel_player_step (player, -1);
    reel_test_wait (reel_fixture_read_frame (player) == i);
  }

  g_assert_finalize_object (player);
}

/* A picture never comes without a frame in it. */
static void
check_arrival (ReelPlayer *player)
{
  g_assert_cmpint (reel_fixture_read_frame (player), >=, 0);
}

static void
test_another_file (void)
{
  ReelPlayer *player = open_clip ();

  reel_player_play (player);
  reel_test_wait (reel_fixture_read_frame (player) >= 3);
  reel_player_pause (player);
  reel_player_seek (player, reel_fixture_time_of (60));
  reel_test_wait (reel_fixture_read_frame (player) == 60);
  g_assert_null (reel_player_get_still (player));
  reel_player_play (player);
  reel_player_set_file (player, short_clip);
  g_assert_null (reel_player_get_paintable (player));
  /* The last picture stays until the first one of the next file is there. */
  g_signal_connect (player, "notify::paintable", G_CALLBACK (check_arrival), NULL);
  g_assert_cmpint (reel_clip_read_paintable (reel_player_get_still (player)), >=, 60);
  g_assert_false (reel_player_get_playing (player));
  g_assert_cmpint (reel_player_get_position (player), ==, 0);
  g_assert_cmpint (reel_player_get_duration (player), ==, 0);
  reel_test_wait (reel_player_get_paintable (player) != NULL);
  g_assert_cmpint (ABS (reel_player_get_duration (player) - G_USEC_PER_SEC), <, 50000);
  g_assert_null (reel_player_get_still (player));
  g_signal_handlers_disconnect_by_func (player, check_arrival, NULL);

  reel_player_set_file (player, NULL);
  g_assert_null (reel_player_get_still (player));
  g_assert_null (reel_player_get_paintable (player));
  g_assert_null (reel_player_get_file (player));
  reel_player_play (player);
  reel_player_step (player, 1);
  reel_player_seek (player, 5);
  g_assert_false (reel_player_get_playing (player));

  g_assert_finalize_object (player);
}

static void
test_properties (void)
{
  ReelPlayer *player = reel_player_new ();
  const char *names[] = {"loop", "muted", "volume", "rate", "scale-width"};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_auto (GValue) value = G_VALUE_INIT;
    g_autofree char *signal = g_strconcat ("notify::", names[i], NULL);
    int notified = 0;

    g_signal_connect (player, signal, G_CALLBACK (reel_fixture_count), &notified);
    g_object_get_property (G_OBJECT (player), names[i], &value);
    g_object_set_property (G_OBJECT (player), names[i], &value);
    g_assert_cmpint (notified, ==, 0);
    if (G_VALUE_HOLDS_BOOLEAN (&value))
      g_value_set_boolean (&value, !g_value_get_boolean (&value));
    else if (G_VALUE_HOLDS_DOUBLE (&value))
      g_value_set_double (&value, 0.5);
    else
      g_value_set_uint (&value, 77);
    g_object_set_property (G_OBJECT (player), names[i], &value);
    g_assert_cmpint (notified, ==, 1);
    g_object_set_property (G_OBJECT (player), names[i], &value);
    g_assert_cmpint (notified, ==, 1);
  }

  g_assert_finalize_object (player);
}

/* Closed at any moment of its opening, and while seeks and steps are on their way. */
static void
test_close_at_moments (void)
{
  for (int turn = 0; turn < 40; turn++) {
    ReelPlayer *player = reel_fixture_open (turn % 2 == 0 ? clip : short_clip);
    gint64 end = g_get_monotonic_time () + turn * 3000;

    reel_player_play (player);
    while (g_get_monotonic_time () < end)
      g_main_context_iteration (NULL, FALSE);
    if (turn % 3 == 0)
      reel_player_seek (player, reel_fixture_time_of (20));
    if (turn % 4 == 0)
      reel_player_step (player, 1);
    if (turn % 5 == 0)
      reel_player_set_file (player, short_clip);
    g_assert_finalize_object (player);
  }
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
  clip = reel_clip_make (&(ReelClip){.frames = 96, .audio = 4.0}, folder, "clip.mp4");
  short_clip = reel_clip_make (&(ReelClip){.frames = 24, .audio = 0.9}, folder, "short.mp4");

  g_test_add_func ("/player/open", test_open);
  g_test_add_func ("/player/seek", test_seek);
  g_test_add_func ("/player/seek-before-open", test_seek_before_open);
  g_test_add_func ("/player/longer-sound", test_longer_sound);
  g_test_add_func ("/player/longer-sound-in-loop", test_longer_sound_in_loop);
  g_test_add_func ("/player/scrub", test_scrub);
  g_test_add_func ("/player/seek-beyond", test_seek_beyond);
  g_test_add_func ("/player/step", test_step);
  g_test_add_func ("/player/step-while-playing", test_step_while_playing);
  g_test_add_func ("/player/scale-width", test_scale_width);
  g_test_add_func ("/player/shapes", test_shapes);
  g_test_add_func ("/player/webm", test_webm);
  g_test_add_func ("/player/another-file", test_another_file);
  g_test_add_func ("/player/properties", test_properties);
  g_test_add_func ("/player/close-at-moments", test_close_at_moments);

  int status = g_test_run ();

  g_clear_object (&clip);
  g_clear_object (&short_clip);
  g_clear_pointer (&folder, g_free);

  return status;
}
