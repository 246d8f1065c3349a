#include "config.h"

#include "reel-clip.h"
#include "reel-comparison.h"
#include "reel-error.h"
#include "reel-player-fixture.h"
#include "reel-test.h"

#include <gst/gst.h>
#include <gtk/gtk.h>

#define FRAME_RATE 24

/* GTK paints when nothing of this priority is left to do. */
#define PAINT_PRIORITY GDK_PRIORITY_REDRAW

static char *folder;
static GFile *clips[4], *short_clip, *fine_clip, *long_sound;

typedef struct
{
  ReelComparison *comparison;
  int last[REEL_COMPARISON_MAX];
  int lengths[REEL_COMPARISON_MAX]; /* in frames: a video stays at its last one */
  int n_seen;
  int n_rounds;
  int widest;
  guint source;
} Watch;

static ReelComparison *
open_files (GFile *one, GFile *two, GFile *three, GFile *four)
{
  ReelComparison *comparison = g_object_new (REEL_TYPE_COMPARISON, "audio-sink", "fakesink", NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new ();

  g_ptr_array_add (files, one);
  g_ptr_array_add (files, two);
  if (three != NULL)
    g_ptr_array_add (files, three);
  if (four != NULL)
    g_ptr_array_add (files, four);
  reel_comparison_open (comparison, files);

  return comparison;
}

static int
read_frame (ReelComparison *comparison, guint index)
{
  GdkPaintable *paintable = reel_comparison_get_paintable (comparison, index);

  return paintable != NULL ? reel_clip_read_paintable (paintable) : -1;
}

/* Whether all show a frame, or the last one of a shorter video. */
static gboolean
show (ReelComparison *comparison, int frame, const int *lengths)
{
  if (!reel_comparison_get_settled (comparison))
    return FALSE;
  for (guint i = 0; i < reel_comparison_get_n_videos (comparison); i++) {
    int expected = lengths != NULL ? MIN (frame, lengths[i] - 1) : frame;

    if (reel_comparison_get_error (comparison, i) == NULL && read_frame (comparison, i) != expected)
      return FALSE;
  }

  return TRUE;
}

/* Reads what is on the screen whenever GTK could paint it. */
static gboolean
on_paint (gpointer data)
{
  Watch *watch = data;
  int lowest = G_MAXINT, highest = -1;
  gboolean moved = FALSE;

  for (guint i = 0; i < reel_comparison_get_n_videos (watch->comparison); i++) {
    int number = read_frame (watch->comparison, i);

    if (number != watch->last[i])
      moved = TRUE;
    if (i == 0 && number < watch->last[i])
      watch->n_rounds++;
    watch->last[i] = number;
    highest = MAX (highest, number);
    /* At its end, a shorter one is not behind. */
    if (number >= 0 && (watch->lengths[i] == 0 || number < watch->lengths[i] - 1))
      lowest = MIN (lowest, number);
  }
  watch->n_seen += moved;
  if (lowest != G_MAXINT)
    watch->widest = MAX (watch->widest, highest - lowest);

  return G_SOURCE_CONTINUE;
}

static void
watch_start (Watch *watch, ReelComparison *comparison)
{
  *watch = (Watch){.comparison = comparison};
  watch->source = g_timeout_add_full (PAINT_PRIORITY, 5, on_paint, watch, NULL);
}

static void
watch_stop (Watch *watch)
{
  g_source_remove (watch->source);
}

static void
test_open (void)
{
  ReelComparison *comparison = open_files (clips[0], clips[1], clips[2], clips[3]);

  g_assert_null (reel_comparison_get_paintable (comparison, 0));
  g_assert_null (reel_comparison_get_track (comparison, 0));
  reel_test_wait (show (comparison, 0, NULL));
  g_assert_false (reel_comparison_get_playing (comparison));
  g_assert_cmpint (reel_comparison_get_position (comparison), ==, 0);
  g_assert_cmpint (ABS (reel_comparison_get_duration (comparison) - 4 * G_USEC_PER_SEC), <, 50000);
  for (guint i = 0; i < 4; i++) {
    const ReelComparisonTrack *track = reel_comparison_get_track (comparison, i);

    g_assert_no_error (reel_comparison_get_error (comparison, i));
    g_assert_cmpint (track->width, ==, 320);
    g_assert_cmpint (track->height, ==, 180);
    g_assert_cmpfloat (track->frame_rate, ==, FRAME_RATE);
    g_assert_true (track->has_audio == (i < 2));
  }

  g_assert_finalize_object (comparison);
}

/* While they play, through several rounds: never more than one frame apart, and each round is played. */
static void
test_lock_step (gconstpointer data)
{
  gboolean scaled = data != NULL;
  ReelComparison *comparison = open_files (clips[0], clips[1], clips[2], clips[3]);
  Watch watch;

  if (scaled)
    g_object_set (comparison, "scale-width", 160, NULL);
  reel_test_wait (show (comparison, 0, NULL));
  watch_start (&watch, comparison);
  reel_comparison_play (comparison);
  reel_test_wait_for (40, watch.n_rounds == (scaled ? 1 : 2) && watch.last[0] > 10);
  watch_stop (&watch);
  g_test_message ("%d pictures, at most %d apart", watch.n_seen, watch.widest);
  g_assert_cmpint (watch.widest, <=, 1);
  g_assert_cmpint (watch.n_seen, >, 20);

  /* Paused, they are at the same frame. */
  for (int i = 0; i < 10; i++) {
    int frame = watch.last[0];

    reel_comparison_pause (comparison);
    g_assert_false (reel_comparison_get_playing (comparison));
    reel_test_wait (reel_comparison_get_settled (comparison) && read_frame (comparison, 0) >= 0 &&
                    show (comparison, read_frame (comparison, 0), NULL));
    g_assert_cmpint (reel_fixture_frame_at (reel_comparison_get_position (comparison)), ==, read_frame (comparison, 0));
    frame = read_frame (comparison, 0);
    reel_comparison_play (comparison);
    reel_test_wait (read_frame (comparison, 0) != frame);
  }

  g_assert_finalize_object (comparison);
}

static void
test_seeks (void)
{
  ReelComparison *comparison = open_files (clips[0], clips[1], clips[2], NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  reel_test_wait (show (comparison, 0, NULL));
  for (int i = 0; i < 30; i++) {
    gint64 position = g_rand_int_range (rand, 0, 4 * G_USEC_PER_SEC);

    reel_comparison_seek (comparison, position);
    g_assert_cmpint (reel_comparison_get_position (comparison), ==, position);
    reel_test_wait (show (comparison, reel_fixture_frame_at (position), NULL));
  }

  /* A pointer that drags the slider asks for far more positions than can be decoded. */
  for (int i = 1; i <= 90; i++)
    reel_comparison_seek (comparison, reel_fixture_time_of (i));
  reel_test_wait (show (comparison, 90, NULL));
  reel_comparison_seek (comparison, G_MAXINT64);
  reel_test_wait (show (comparison, 95, NULL));
  reel_comparison_seek (comparison, -5);
  reel_test_wait (show (comparison, 0, NULL));

  /* While they play, too. */
  Watch watch;

  watch_start (&watch, comparison);
  reel_comparison_play (comparison);
  for (int i = 0; i < 6; i++) {
    int frame = 10 + i * 12;

    reel_comparison_seek (comparison, reel_fixture_time_of (frame));
    reel_test_wait (reel_comparison_get_settled (comparison) && read_frame (comparison, 0) >= frame + 3);
  }
  watch_stop (&watch);
  g_assert_cmpint (watch.widest, <=, 1);
  reel_comparison_pause (comparison);
  reel_test_wait (reel_comparison_get_settled (comparison) && read_frame (comparison, 0) >= 73 &&
                  show (comparison, read_frame (comparison, 0), NULL));

  g_assert_finalize_object (comparison);
}

static void
test_steps (void)
{
  ReelComparison *comparison = open_files (clips[0], clips[1], clips[2], NULL);

  reel_test_wait (show (comparison, 0, NULL));
  for (int i = 1; i <= 30; i++) {
    reel_comparison_step (comparison, 1);
    reel_test_wait (show (comparison, i, NULL));
    g_assert_cmpint (reel_fixture_frame_at (reel_comparison_get_position (comparison)), ==, i);
  }
  for (int i = 29; i >= 20; i--) {
    reel_comparison_step (comparison, -1);
    reel_test_wait (show (comparison, i, NULL));
    g_assert_cmpint (reel_fixture_frame_at (reel_comparison_get_position (comparison)), ==, i);
  }

  /* Keys held down. */
  for (int i = 0; i < 5; i++)
    reel_comparison_step (comparison, 1);
  reel_test_wait (show (comparison, 25, NULL));
  for (int i = 0; i < 5; i++)
    reel_comparison_step (comparison, -1);
  reel_test_wait (show (comparison, 20, NULL));

  /* Neither beyond the start nor beyond the end. */
  reel_comparison_seek (comparison, 0);
  reel_comparison_step (comparison, -1);
  reel_test_wait (show (comparison, 0, NULL));
  reel_comparison_seek (comparison, reel_fixture_time_of (93));
  for (int i = 0; i < 5; i++)
    reel_comparison_step (comparison, 1);
  reel_test_wait (show (comparison, 95, NULL));
  reel_comparison_step (comparison, -1);
  reel_test_wait (show (comparison, 94, NULL));

  /* It plays on from there, together. */
  Watch watch;

  watch_start (&watch, comparison);
  reel_comparison_seek (comparison, reel_fixture_time_of (30));
  reel_comparison_step (comparison, 1);
  reel_test_wait (show (comparison, 31, NULL));
  reel_comparison_play (comparison);
  reel_test_wait (read_frame (comparison, 0) > 40);
  watch_stop (&watch);
  g_assert_cmpint (watch.widest, <=, 1);

  /* A step while they play stops them. */
  reel_comparison_step (comparison, 1);
  g_assert_false (reel_comparison_get_playing (comparison));
  reel_test_wait (reel_comparison_get_settled (comparison) && show (comparison, read_frame (comparison, 0), NULL));
  g_assert_cmpint (reel_fixture_frame_at (reel_comparison_get_position (comparison)), ==, read_frame (comparison, 0));

  g_assert_finalize_object (comparison);
}

/* The longest rules; a shorter one waits at its last frame, and begins again with the others. */
static void
test_lengths (void)
{
  const int lengths[] = {96, 24, 96};
  ReelComparison *comparison = open_files (clips[0], short_clip, clips[2], NULL);
  Watch watch;

  reel_test_wait (show (comparison, 0, lengths));
  g_assert_cmpint (ABS (reel_comparison_get_duration (comparison) - 4 * G_USEC_PER_SEC), <, 50000);
  reel_comparison_seek (comparison, reel_fixture_time_of (60));
  reel_test_wait (show (comparison, 60, lengths));
  for (int i = 61; i < 64; i++) {
    reel_comparison_step (comparison, 1);
    reel_test_wait (show (comparison, i, lengths));
  }
  reel_comparison_seek (comparison, reel_fixture_time_of (21));
  for (int i = 22; i < 27; i++) {
    reel_comparison_step (comparison, 1);
    reel_test_wait (show (comparison, i, lengths));
  }
  for (int i = 25; i > 20; i--) {
    reel_comparison_step (comparison, -1);
    reel_test_wait (show (comparison, i, lengths));
  }

  watch_start (&watch, comparison);
  memcpy (watch.lengths, lengths, sizeof lengths);
  reel_comparison_seek (comparison, reel_fixture_time_of (80));
  reel_comparison_play (comparison);
  reel_test_wait (watch.n_rounds == 1 && watch.last[0] >= 40);
  g_assert_cmpint (watch.last[1], ==, 23);
  watch_stop (&watch);
  g_assert_cmpint (watch.widest, <=, 1);

  g_assert_finalize_object (comparison);
}

static void
test_end (void)
{
  ReelComparison *comparison = open_files (clips[0], clips[1], NULL, NULL);

  g_object_set (comparison, "loop", FALSE, NULL);
  reel_test_wait (show (comparison, 0, NULL));
  reel_comparison_seek (comparison, reel_fixture_time_of (80));
  reel_comparison_play (comparison);
  reel_test_wait (!reel_comparison_get_playing (comparison));
  reel_test_wait (show (comparison, 95, NULL));
  g_assert_cmpint (reel_comparison_get_position (comparison), ==, reel_comparison_get_duration (comparison));
  reel_comparison_play (comparison);
  reel_test_wait (reel_comparison_get_settled (comparison) && read_frame (comparison, 0) < 50 &&
                  read_frame (comparison, 0) >= 5);

  g_assert_finalize_object (comparison);
}

/* Where the sound is longer than the picture, the last frame is there all the same. */
static void
test_longer_sound (void)
{
  const int lengths[] = {96, 24};
  ReelComparison *comparison = open_files (clips[0], long_sound, NULL, NULL);

  reel_test_wait (show (comparison, 0, lengths));
  reel_comparison_seek (comparison, reel_fixture_time_of (70));
  reel_test_wait (reel_comparison_get_settled (comparison) && read_frame (comparison, 0) == 70);
  reel_test_wait (read_frame (comparison, 1) >= 12 && read_frame (comparison, 1) <= 23);

  /* Once it was played to its end, that is known. */
  reel_comparison_seek (comparison, reel_fixture_time_of (20));
  reel_comparison_play (comparison);
  reel_test_wait (reel_comparison_get_settled (comparison) && read_frame (comparison, 0) >= 40 &&
                  read_frame (comparison, 0) < 70);
  reel_comparison_pause (comparison);
  reel_comparison_seek (comparison, reel_fixture_time_of (70));
  reel_test_wait (show (comparison, 70, lengths));

  g_assert_finalize_object (comparison);
}

static void
test_frame_rates (void)
{
  ReelComparison *comparison = open_files (clips[0], fine_clip, NULL, NULL);

  reel_test_wait (show (comparison, 0, NULL));
  for (int i = 1; i < 10; i++) {
    reel_comparison_step (comparison, 1);
    reel_test_wait (reel_comparison_get_settled (comparison) && read_frame (comparison, 1) == i);
    reel_test_wait (read_frame (comparison, 0) == (int)((i + 0.25) * FRAME_RATE / 30));
  }

  g_assert_finalize_object (comparison);
}

static void
test_errors (void)
{
  g_autoptr (GFile) cut = reel_clip_cut (clips[0], 0.5, "cut.mp4");
  g_autoptr (GFile) text = reel_clip_write (folder, "text.mp4", "This is no video.", 17);
  g_autoptr (GFile) none = g_file_new_build_filename (folder, "none.mp4", NULL);
  ReelComparison *comparison = open_files (cut, clips[1], none, text);

  reel_test_wait (show (comparison, 0, NULL));
  g_assert_error (reel_comparison_get_error (comparison, 0), REEL_ERROR, REEL_ERROR_TRUNCATED);
  g_assert_no_error (reel_comparison_get_error (comparison, 1));
  g_assert_error (reel_comparison_get_error (comparison, 2), REEL_ERROR, REEL_ERROR_FILE);
  g_assert_error (reel_comparison_get_error (comparison, 3), REEL_ERROR, REEL_ERROR_NOT_A_VIDEO);
  g_assert_null (reel_comparison_get_paintable (comparison, 0));
  reel_comparison_play (comparison);
  reel_test_wait (read_frame (comparison, 1) >= 5);
  g_assert_finalize_object (comparison);

  /* One that is gone altogether, and all of them. */
  g_autoptr (GPtrArray) files = g_ptr_array_new ();

  g_ptr_array_add (files, NULL);
  g_ptr_array_add (files, none);
  comparison = reel_comparison_new ();
  reel_comparison_open (comparison, files);
  reel_comparison_play (comparison);
  reel_test_wait (reel_comparison_get_error (comparison, 1) != NULL && !reel_comparison_get_playing (comparison));
  g_assert_error (reel_comparison_get_error (comparison, 0), REEL_ERROR, REEL_ERROR_FILE);
  reel_comparison_step (comparison, 1);
  reel_comparison_seek (comparison, 5);
  g_assert_finalize_object (comparison);
}

/* Damage that shows only when the pictures are decoded: the others go on. */
static void
test_damage (void)
{
  g_autofree char *data = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (g_file_peek_path (clips[0]), &data, &length, NULL));

  const char *mdat = g_strstr_len (data, -1, "mdat") != NULL ? g_strstr_len (data, -1, "mdat") : NULL;

  for (gsize i = 0; mdat == NULL && i + 4 < length; i++) {
    if (memcmp (data + i, "mdat", 4) == 0)
      mdat = data + i;
  }
  g_assert_nonnull (mdat);
  memset (data + (mdat - data) + 4, 0x55, length - (gsize)(mdat - data) - 4);

  g_autoptr (GFile) damaged = reel_clip_write (folder, "damaged.mp4", data, length);
  ReelComparison *comparison = open_files (damaged, clips[1], NULL, NULL);

  reel_test_wait_for (40, reel_comparison_get_error (comparison, 0) != NULL && show (comparison, 0, NULL));
  reel_comparison_play (comparison);
  reel_test_wait (read_frame (comparison, 1) >= 5);

  g_assert_finalize_object (comparison);
}

/* Another one is heard, at the same place, and no picture goes away for it. */
static void
test_heard (void)
{
  ReelComparison *comparison = open_files (clips[0], clips[1], clips[2], NULL);
  GdkPaintable *before;
  int notified = 0;

  g_signal_connect (comparison, "notify::heard", G_CALLBACK (reel_fixture_count), &notified);
  reel_test_wait (show (comparison, 0, NULL));
  reel_comparison_seek (comparison, reel_fixture_time_of (40));
  reel_test_wait (show (comparison, 40, NULL));
  before = reel_comparison_get_paintable (comparison, 0);
  reel_comparison_set_heard (comparison, 1);
  g_assert_true (reel_comparison_get_paintable (comparison, 0) == before);
  g_assert_cmpint (read_frame (comparison, 0), ==, 40);
  reel_test_wait (show (comparison, 40, NULL));
  g_assert_cmpint (notified, ==, 1);

  /* One without sound, while they play. */
  reel_comparison_play (comparison);
  reel_test_wait (read_frame (comparison, 0) >= 45);
  reel_comparison_set_heard (comparison, 2);
  reel_test_wait (reel_comparison_get_settled (comparison));
  reel_test_wait (read_frame (comparison, 0) >= 50);
  g_object_set (comparison, "muted", TRUE, NULL);
  reel_comparison_set_heard (comparison, 0);
  reel_test_wait (reel_comparison_get_settled (comparison));
  g_object_set (comparison, "muted", FALSE, "rate", 0.5, NULL);
  reel_test_wait (reel_comparison_get_settled (comparison) && read_frame (comparison, 0) >= 55);

  g_assert_finalize_object (comparison);
}

static void
test_no_sound_device (void)
{
  ReelComparison *comparison = g_object_new (REEL_TYPE_COMPARISON, "audio-sink", "osssink", NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new ();

  g_ptr_array_add (files, clips[0]);
  g_ptr_array_add (files, clips[1]);
  reel_comparison_open (comparison, files);
  reel_test_wait (show (comparison, 0, NULL));
  reel_comparison_play (comparison);
  reel_test_wait (read_frame (comparison, 0) >= 5);

  g_assert_finalize_object (comparison);
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
open_and_close (int turn)
{
  ReelComparison *comparison = open_files (clips[0], short_clip, turn % 2 == 0 ? clips[2] : NULL, NULL);

  if (turn % 3 == 0)
    g_object_set (comparison, "scale-width", 160, NULL);
  reel_comparison_play (comparison);
  if (turn % 4 != 3)
    reel_test_wait (read_frame (comparison, 0) >= turn % 3);
  if (turn % 4 == 0)
    reel_comparison_pause (comparison);
  if (turn % 5 == 0)
    reel_comparison_set_heard (comparison, 1);
  g_assert_finalize_object (comparison);
}

static void
test_flat (void)
{
  int threads;

  for (int turn = 0; turn < 10; turn++)
    open_and_close (turn);
  threads = count_threads ();
  for (int turn = 0; turn < 25; turn++)
    open_and_close (turn);
  /* What was closed in the middle of opening comes to rest first. */
  reel_test_wait (count_threads () <= threads + 3);
  g_test_message ("threads %d -> %d", threads, count_threads ());
}

/* Closed at any moment of its opening, and while seeks and steps are on their way. */
static void
test_close_at_moments (void)
{
  for (int turn = 0; turn < 40; turn++) {
    ReelComparison *comparison = open_files (clips[0], short_clip, NULL, NULL);
    gint64 end = g_get_monotonic_time () + turn * 3000;

    reel_comparison_play (comparison);
    while (g_get_monotonic_time () < end)
      g_main_context_iteration (NULL, FALSE);
    if (turn % 3 == 0)
      reel_comparison_seek (comparison, reel_fixture_time_of (20));
    if (turn % 4 == 0)
      reel_comparison_step (comparison, 1);
    if (turn % 5 == 0)
      reel_comparison_set_heard (comparison, 1);
    g_assert_finalize_object (comparison);
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
  for (int i = 0; i < 4; i++) {
    g_autofree char *name = g_strdup_printf ("clip-%d.mp4", i);

    clips[i] = reel_clip_make (&(ReelClip){.frames = 96, .audio = i < 2 ? 4.0 : 0}, folder, name);
  }
  short_clip = reel_clip_make (&(ReelClip){.frames = 24, .audio = 0.9}, folder, "short.mp4");
  fine_clip = reel_clip_make (&(ReelClip){.frames = 60, .frame_rate = 30}, folder, "fine.mp4");
  long_sound = reel_clip_make (&(ReelClip){.frames = 24, .audio = 1.5}, folder, "sound.mp4");

  g_test_add_func ("/comparison/open", test_open);
  g_test_add_data_func ("/comparison-time/lock-step", NULL, test_lock_step);
  g_test_add_data_func ("/comparison-time/lock-step-scaled", clips, test_lock_step);
  g_test_add_func ("/comparison/seeks", test_seeks);
  g_test_add_func ("/comparison/steps", test_steps);
  g_test_add_func ("/comparison-time/lengths", test_lengths);
  g_test_add_func ("/comparison-time/end", test_end);
  g_test_add_func ("/comparison/longer-sound", test_longer_sound);
  g_test_add_func ("/comparison/frame-rates", test_frame_rates);
  g_test_add_func ("/comparison/errors", test_errors);
  g_test_add_func ("/comparison/damage", test_damage);
  g_test_add_func ("/comparison-time/heard", test_heard);
  g_test_add_func ("/comparison/no-sound-device", test_no_sound_device);
  g_test_add_func ("/comparison-time/close-at-moments", test_close_at_moments);
  g_test_add_func ("/comparison-time/flat", test_flat);

  int status = g_test_run ();

  for (int i = 0; i < 4; i++)
    g_clear_object (&clips[i]);
  g_clear_object (&short_clip);
  g_clear_object (&fine_clip);
  g_clear_object (&long_sound);
  g_clear_pointer (&folder, g_free);

  return status;
}
