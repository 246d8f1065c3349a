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
set_true (gpointer data)
{
  *(gboolean *)data = TRUE;
}

static void
test_play_and_pause (void)
{
  ReelPlayer *player = open_clip ();
  int notified = 0;

  g_signal_connect (player, "notify::position", G_CALLBACK (reel_fixture_count), &notified);
  reel_player_play (player);
  g_assert_true (reel_player_get_playing (player));
  reel_test_wait (reel_player_get_position (player) > G_USEC_PER_SEC);
  g_assert_cmpint (notified, >=, 5);
  g_assert_cmpint (notified, <=, 15);

  reel_player_pause (player);
  g_assert_false (reel_player_get_playing (player));

  gint64 position = reel_player_get_position (player);
  gboolean over = FALSE;

  notified = 0;
  g_timeout_add_once (400, set_true, &over);
  reel_test_wait (over);
  g_assert_cmpint (notified, ==, 0);
  g_assert_cmpint (reel_player_get_position (player), ==, position);
  g_assert_cmpint (ABS (reel_fixture_read_frame (player) - position * 24 / G_USEC_PER_SEC), <=, 1);

  g_assert_finalize_object (player);
}

static void
test_play_at_once (void)
{
  ReelPlayer *player = reel_fixture_open (clip);

  reel_player_play (player);
  g_assert_true (reel_player_get_playing (player));
  reel_test_wait (reel_fixture_read_frame (player) >= 3);

  g_assert_finalize_object (player);
}

/* The last frame is followed by the first one, as any frame is by the next, again and again. */
static void
test_loop (void)
{
  ReelPlayer *player = reel_fixture_open (short_clip);
  ReelFrames frames = {0};
  int rounds = 0;

  reel_player_play (player);
  reel_test_wait (reel_player_get_paintable (player) != NULL);
  reel_fixture_watch_frames (&frames, player);
  reel_test_wait (frames.count >= 60);

  for (int i = 1; i < frames.count; i++) {
    if (frames.numbers[i] >= frames.numbers[i - 1])
      continue;
    rounds++;
    g_test_message ("%d -> %d in %d ms", frames.numbers[i - 1], frames.numbers[i],
                    (int)(frames.times[i] - frames.times[i - 1]) / 1000);
    g_assert_cmpint (frames.numbers[i - 1], >=, 22);
    g_assert_cmpint (frames.numbers[i], <=, 1);
    g_assert_cmpint (frames.times[i] - frames.times[i - 1], <, 300000);
  }
  g_assert_cmpint (rounds, >=, 2);
  g_assert_true (reel_player_get_playing (player));

  g_assert_finalize_object (player);
}

static void
test_no_loop (void)
{
  ReelPlayer *player = reel_fixture_open (short_clip);

  g_object_set (player, "loop", FALSE, NULL);
  reel_player_play (player);
  reel_test_wait (reel_player_get_paintable (player) != NULL);
  reel_test_wait (!reel_player_get_playing (player));
  g_assert_cmpint (reel_fixture_read_frame (player), ==, 23);
  g_assert_cmpint (reel_player_get_position (player), ==, reel_player_get_duration (player));
  g_assert_no_error (reel_player_get_error (player));

  /* From the start again. */
  reel_player_play (player);
  reel_test_wait (reel_fixture_read_frame (player) < 10);
  reel_test_wait (!reel_player_get_playing (player));
  g_assert_cmpint (reel_fixture_read_frame (player), ==, 23);

  g_assert_finalize_object (player);
}

/* Turned off in the middle of a round, that round is the last one. */
static void
test_stop_looping (void)
{
  ReelPlayer *player = reel_fixture_open (short_clip);
  ReelFrames frames = {0};

  reel_player_play (player);
  reel_test_wait (reel_player_get_paintable (player) != NULL);
  reel_fixture_watch_frames (&frames, player);
  reel_test_wait (reel_fixture_read_frame (player) >= 10);
  g_object_set (player, "loop", FALSE, NULL);
  frames.count = 0;
  reel_test_wait (!reel_player_get_playing (player));
  for (int i = 0; i < frames.count; i++)
    g_assert_cmpint (frames.numbers[i], >=, 9);
  g_assert_cmpint (reel_fixture_read_frame (player), ==, 23);

  /* And on again: it plays on after the end. */
  g_object_set (player, "loop", TRUE, NULL);
  frames.count = 0;
  reel_player_play (player);
  reel_test_wait (frames.count >= 50);

  g_assert_finalize_object (player);
}

/* Measures how many frames of the video go by in a frame's time of the clock. */
static double
measure_speed (ReelPlayer *player, ReelFrames *frames)
{
  int first;

  frames->count = 0;
  reel_test_wait (frames->count > 0);
  first = frames->numbers[0];
  reel_test_wait (frames->numbers[frames->count - 1] >= first + 12);

  return (frames->numbers[frames->count - 1] - first) * (double)G_USEC_PER_SEC /
         (frames->times[frames->count - 1] - frames->times[0]) / 24;
}

static void
test_rate (void)
{
  ReelPlayer *player = open_clip ();
  ReelFrames frames = {0};
  const double rates[] = {2.0, 0.5};

  reel_fixture_watch_frames (&frames, player);
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++) {
    g_object_set (player, "rate", rates[i], NULL);
    reel_player_seek (player, 0);
    reel_test_wait (reel_fixture_read_frame (player) == 0);
    reel_player_play (player);
    g_assert_cmpfloat_with_epsilon (measure_speed (player, &frames), rates[i], rates[i] * 0.25);
    reel_player_pause (player);
  }

  g_assert_finalize_object (player);
}

/* The speed changes without a seek, and holds over the end of a round, and in the rounds after it. */
static void
test_rate_while_playing (void)
{
  ReelPlayer *player = open_clip ();
  ReelFrames frames = {0};

  reel_player_play (player);
  reel_fixture_watch_frames (&frames, player);
  reel_test_wait (reel_fixture_read_frame (player) >= 6);
  g_object_set (player, "rate", 2.0, NULL);
  g_assert_cmpfloat_with_epsilon (measure_speed (player, &frames), 2.0, 0.5);
  g_object_set (player, "rate", 0.5, NULL);
  g_assert_cmpfloat_with_epsilon (measure_speed (player, &frames), 0.5, 0.15);
  g_object_set (player, "rate", 2.0, NULL);
  frames.count = 0;
  reel_test_wait (frames.count >= 110);
  for (int i = 1; i < frames.count; i++) {
    g_assert_cmpint (frames.times[i] - frames.times[i - 1], <, 800000);
    if (frames.numbers[i] >= frames.numbers[i - 1])
      continue;
    g_test_message ("%d -> %d in %d ms", frames.numbers[i - 1], frames.numbers[i],
                    (int)(frames.times[i] - frames.times[i - 1]) / 1000);
    g_assert_cmpint (frames.numbers[i - 1], >=, 92);
    g_assert_cmpint (frames.numbers[i], <=, 2);
  }

  g_assert_finalize_object (player);
}

/* A new speed in the second round, which followed the first one without a gap. */
static void
test_rate_after_a_round (void)
{
  ReelPlayer *player = reel_fixture_open (short_clip);
  ReelFrames frames = {0};

  reel_player_play (player);
  reel_test_wait (reel_player_get_paintable (player) != NULL);
  reel_fixture_watch_frames (&frames, player);
  reel_test_wait (frames.count >= 30);
  g_object_set (player, "rate", 0.5, NULL);
  frames.count = 0;
  reel_test_wait (frames.count >= 30);
  for (int i = 1; i < frames.count; i++)
    g_assert_cmpint (frames.times[i] - frames.times[i - 1], <, 800000);

  /* And one that is paused and plays on before the end. */
  g_object_set (player, "rate", 1.5, NULL);
  reel_test_wait (reel_fixture_read_frame (player) >= 4);
  reel_player_pause (player);
  reel_player_play (player);
  frames.count = 0;
  reel_test_wait (frames.count >= 50);
  for (int i = 1; i < frames.count; i++)
    g_assert_cmpint (frames.times[i] - frames.times[i - 1], <, 800000);

  g_assert_finalize_object (player);
}

static void
test_rate_without_loop (void)
{
  ReelPlayer *player = reel_fixture_open (clip);
  gint64 start;

  g_object_set (player, "loop", FALSE, NULL);
  reel_player_play (player);
  reel_test_wait (reel_fixture_read_frame (player) >= 2);
  g_object_set (player, "rate", 2.0, NULL);
  start = g_get_monotonic_time ();
  reel_test_wait (!reel_player_get_playing (player));
  g_assert_cmpint (g_get_monotonic_time () - start, <, 3200000);
  /* The sink leaves out frames that come late. */
  g_assert_cmpint (reel_fixture_read_frame (player), >=, 92);

  g_assert_finalize_object (player);
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

  g_test_add_func ("/player-time/play-and-pause", test_play_and_pause);
  g_test_add_func ("/player-time/play-at-once", test_play_at_once);
  g_test_add_func ("/player-time/loop", test_loop);
  g_test_add_func ("/player-time/no-loop", test_no_loop);
  g_test_add_func ("/player-time/stop-looping", test_stop_looping);
  g_test_add_func ("/player-time/rate", test_rate);
  g_test_add_func ("/player-time/rate-while-playing", test_rate_while_playing);
  g_test_add_func ("/player-time/rate-after-a-round", test_rate_after_a_round);
  g_test_add_func ("/player-time/rate-without-loop", test_rate_without_loop);

  int status = g_test_run ();

  g_clear_object (&clip);
  g_clear_object (&short_clip);
  g_clear_pointer (&folder, g_free);

  return status;
}
