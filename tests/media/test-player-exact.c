#include "config.h"

#include "reel-clip.h"
#include "reel-player-fixture.h"
#include "reel-test.h"

#include <gst/gst.h>
#include <gtk/gtk.h>

#define SEEKS  100
#define STEPS  50
#define ROUNDS 4

static char *folder;

/* A clip, opened and paused at its first frame, of which every frame that is shown from then on is written down. */
typedef struct
{
  ReelPlayer *player;
  ReelFrames frames;
  int shown;
  int n_frames;
  int frame_rate;
} Fixture;

static void
set_up (Fixture *self, const ReelClip *clip, const char *name)
{
  g_autoptr (GFile) file = reel_clip_make (clip, folder, name);
  double frame_rate;

  *self = (Fixture){.n_frames = clip->frames, .frame_rate = clip->frame_rate};
  self->player = reel_fixture_open (file);
  reel_test_wait (reel_fixture_read_frame (self->player) == 0);
  g_object_get (self->player, "frame-rate", &frame_rate, NULL);
  /* WebM has none: there it is that of a frame's length, in milliseconds. */
  g_assert_cmpfloat_with_epsilon (frame_rate, clip->frame_rate, 1.0);
  /* The opening has shown its frames. */
  reel_player_seek (self->player, G_MAXINT64);
  reel_test_wait (reel_fixture_read_frame (self->player) == clip->frames - 1);
  self->shown = clip->frames - 1;
  reel_fixture_watch_frames (&self->frames, self->player);
}

static void
tear_down (Fixture *self)
{
  g_assert_finalize_object (self->player);
}

/* Waits for a frame. The one before may be drawn once more until it comes, but no other one. */
static void
expect (Fixture *self, int frame)
{
  const int *numbers = self->frames.numbers;
  gint64 found, time;
  int i = 0;

  reel_test_wait (self->frames.count > 0 &&
                  (numbers[self->frames.count - 1] == frame || numbers[self->frames.count - 1] != self->shown));
  while (i < self->frames.count && numbers[i] == self->shown)
    i++;
  for (; i < self->frames.count; i++)
    g_assert_cmpint (numbers[i], ==, frame);
  self->shown = frame;
  g_assert_cmpint (reel_fixture_read_frame (self->player), ==, frame);
  reel_test_wait (reel_player_find_frame (self->player, &found, &time) && found == frame);
}

static void
seek (Fixture *self, int frame, double within)
{
  self->frames.count = 0;
  reel_player_seek (self->player, (gint64)((frame + within) * G_USEC_PER_SEC / self->frame_rate));
  expect (self, frame);
}

static void
step (Fixture *self, int by, int frame)
{
  self->frames.count = 0;
  reel_player_step (self->player, by);
  expect (self, frame);
}

/* Anywhere within a frame, also close to its edges, leads to that frame and no other. */
static void
check_seeks (Fixture *self, guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  for (int i = 0; i < SEEKS; i++)
    seek (self, g_rand_int_range (random, 0, self->n_frames), g_rand_double_range (random, 0.05, 0.95));
}

static void
check_steps (Fixture *self)
{
  seek (self, 0, 0.5);
  for (int i = 1; i <= STEPS; i++)
    step (self, 1, i);
  for (int i = STEPS - 1; i >= 0; i--)
    step (self, -1, i);
}

static void
test_mp4 (void)
{
  Fixture fixture;

  set_up (&fixture, &(ReelClip){.frames = 120, .frame_rate = 24, .audio = 5.0}, "exact.mp4");
  check_seeks (&fixture, 1);
  check_steps (&fixture);
  tear_down (&fixture);
}

/* At rates at which no time is a whole number of microseconds. */
static void
test_rates (void)
{
  const int rates[] = {30, 60};

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++) {
    Fixture fixture;

    set_up (&fixture, &(ReelClip){.frames = 90, .frame_rate = rates[i], .slow = TRUE}, "rate.mp4");
    check_seeks (&fixture, 2 + i);
    check_steps (&fixture);
    tear_down (&fixture);
  }
}

/* Every round is the same: its frames follow each other, and where it is stopped, the picture, the position and the seek
 * that leads back agree. */
static void
test_after_each_round (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  Fixture fixture;

  set_up (&fixture, &(ReelClip){.frames = 24, .frame_rate = 24, .audio = 1.0}, "round.mp4");
  for (int round = 0; round < ROUNDS; round++) {
    ReelFrames *frames = &fixture.frames;
    gint64 found, time;
    int shown, last;

    seek (&fixture, 12, 0.5);
    frames->count = 0;
    reel_player_play (fixture.player);
    /* Over the end, and a random way into the next round. */
    last = g_rand_int_range (random, 2, 9);
    reel_test_wait (frames->count > 0 && frames->numbers[frames->count - 1] < 12 &&
                    frames->numbers[frames->count - 1] >= last);
    reel_player_pause (fixture.player);
    for (int i = 1; i < frames->count; i++) {
      int before = frames->numbers[i - 1], now = frames->numbers[i];

      g_assert_true (now > before || (before >= 20 && now <= 3));
    }

    /* The frame that was on its way to the screen still comes. */
    reel_test_wait (reel_player_find_frame (fixture.player, &found, &time) &&
                    found == reel_fixture_read_frame (fixture.player));
    shown = (int)found;
    reel_player_seek (fixture.player, G_MAXINT64);
    reel_test_wait (reel_fixture_read_frame (fixture.player) == 23);
    fixture.shown = 23;
    frames->count = 0;
    reel_player_seek (fixture.player, time);
    expect (&fixture, shown);
    step (&fixture, 1, shown + 1);
    step (&fixture, -1, shown);
    for (int i = 0; i < 5; i++)
      seek (&fixture, g_rand_int_range (random, 0, 24), 0.5);
  }
  tear_down (&fixture);
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

  g_test_add_func ("/player-exact/mp4", test_mp4);
  g_test_add_func ("/player-exact/rates", test_rates);
  g_test_add_func ("/player-exact/after-each-round", test_after_each_round);

  int status = g_test_run ();

  g_clear_pointer (&folder, g_free);

  return status;
}
