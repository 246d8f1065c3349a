#include "config.h"

#include "reel-player-fixture.h"

#include "reel-clip.h"

static void
on_invalidated (GdkPaintable *paintable, gpointer data)
{
  ReelFrames *frames = data;
  int number = reel_clip_read_paintable (paintable);

  if (number < 0 || frames->count == 1000)
    return;

  frames->numbers[frames->count] = number;
  frames->times[frames->count++] = g_get_monotonic_time ();
}

/**
 * reel_fixture_own_main_context:
 *
 * Makes this thread the owner of the main context for good, as a running application is. Between iterations nobody would
 * own it, and gtk4paintablesink, which must free its picture on the main thread, would take another one for that and
 * abort.
 */
void
reel_fixture_own_main_context (void)
{
  g_assert_true (g_main_context_acquire (NULL));
}

/**
 * reel_fixture_open:
 *
 * Returns: (transfer full): a player without a sound device that opens a file
 */
ReelPlayer *
reel_fixture_open (GFile *file)
{
  ReelPlayer *player = g_object_new (REEL_TYPE_PLAYER, "audio-sink", "fakesink", NULL);

  reel_player_set_file (player, file);

  return player;
}

/**
 * reel_fixture_read_frame:
 *
 * Returns: the number of the frame that is on the screen, -1 where there is none
 */
int
reel_fixture_read_frame (ReelPlayer *player)
{
  GdkPaintable *paintable = reel_player_get_paintable (player);

  return paintable != NULL ? reel_clip_read_paintable (paintable) : -1;
}

/**
 * reel_fixture_watch_frames:
 *
 * Writes down each frame from now on.
 */
void
reel_fixture_watch_frames (ReelFrames *frames, ReelPlayer *player)
{
  g_signal_connect (reel_player_get_paintable (player), "invalidate-contents", G_CALLBACK (on_invalidated), frames);
}

/**
 * reel_fixture_time_of:
 *
 * Returns: a time within a frame, in microseconds
 */
gint64
reel_fixture_time_of (int frame)
{
  return (gint64)frame * G_USEC_PER_SEC / 24 + G_USEC_PER_SEC / 100;
}

/**
 * reel_fixture_frame_at:
 *
 * Returns: the number of the frame at a time in microseconds
 */
int
reel_fixture_frame_at (gint64 time)
{
  return (int)((time + 1) * 24 / G_USEC_PER_SEC);
}

/**
 * reel_fixture_count:
 * @data: an int
 *
 * Counts notifications.
 */
void
reel_fixture_count (gpointer object, GParamSpec *pspec, gpointer data)
{
  (*(int *)data)++;
}
