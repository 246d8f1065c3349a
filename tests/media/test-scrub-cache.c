#include "config.h"

#include "reel-clip.h"
#include "reel-pipeline-count.h"
#include "reel-poster-cache.h"
#include "reel-test.h"

#include <gst/gst.h>

static char *videos;
static GFile *clip;

static ReelPosterCache *
make_cache (void)
{
  g_autofree char *made = reel_test_make_folder ();
  g_autoptr (GFile) folder = g_file_new_for_path (made);

  return reel_poster_cache_new (folder);
}

static ReelScrubStrip *
open_strip (ReelPosterCache *cache, GFile *video, const char *key)
{
  return reel_scrub_cache_open (reel_poster_cache_get_scrubs (cache), video, key, 160);
}

/* A key frame of the part, which has one each second; else the frame in its middle. */
static int
get_number (int index, int n_frames, int frame_rate)
{
  int first = (index * n_frames + REEL_SCRUB_STRIP_FRAMES - 1) / REEL_SCRUB_STRIP_FRAMES;
  int key = (first + frame_rate - 1) / frame_rate * frame_rate;

  if (key * REEL_SCRUB_STRIP_FRAMES < (index + 1) * n_frames)
    return key;

  return (2 * index + 1) * n_frames / (2 * REEL_SCRUB_STRIP_FRAMES);
}

static void
check_strip (ReelScrubStrip *strip, int n_frames)
{
  for (int i = 0; i < REEL_SCRUB_STRIP_FRAMES; i++) {
    GdkTexture *texture = reel_scrub_strip_peek (strip, (i + 0.5) / REEL_SCRUB_STRIP_FRAMES);

    g_assert_cmpint (reel_clip_read_texture (texture), ==, get_number (i, n_frames, 24));
    g_assert_cmpint (gdk_texture_get_format (texture), ==, GDK_MEMORY_DEFAULT);
  }
}

static void
test_frames (void)
{
  const struct
  {
    ReelClip clip;
    const char *name;
    int width, height;
  } clips[] = {
      {{.frames = 120, .audio = 4.5}, "long.mp4", 160, 90},
      {{.frames = 50, .width = 180, .height = 320}, "portrait.mp4", 90, 160},
      {{.frames = 90, .slow = TRUE}, "slow.mp4", 160, 90},
      {{.frames = 60, .webm = TRUE}, "clip.webm", 160, 90},
  };

  for (guint i = 0; i < G_N_ELEMENTS (clips); i++) {
    ReelPosterCache *cache = make_cache ();
    g_autoptr (GFile) video = reel_clip_make (&clips[i].clip, videos, clips[i].name);
    g_autoptr (ReelScrubStrip) strip = open_strip (cache, video, "key");
    GdkTexture *texture;

    g_assert_null (reel_scrub_strip_peek (strip, 0));
    reel_test_wait (reel_scrub_strip_count_frames (strip) == REEL_SCRUB_STRIP_FRAMES);
    check_strip (strip, clips[i].clip.frames);
    texture = reel_scrub_strip_peek (strip, 0);
    g_assert_cmpint (gdk_texture_get_width (texture), ==, clips[i].width);
    g_assert_cmpint (gdk_texture_get_height (texture), ==, clips[i].height);
    g_assert_true (reel_scrub_strip_peek (strip, -0.1) == texture);
    g_assert_true (reel_scrub_strip_peek (strip, 1) == reel_scrub_strip_peek (strip, 0.999));

    g_object_unref (cache);
  }
}

/* A long video is known by its key frames; where a part has none, the nearest stands in. */
static void
test_long (void)
{
  ReelPosterCache *cache = make_cache ();
  g_autoptr (GFile) video = reel_clip_make (&(ReelClip){.frames = 360}, videos, "fifteen.mp4");
  g_autoptr (ReelScrubStrip) strip = open_strip (cache, video, "key");

  reel_pipeline_count_start ();
  reel_test_wait (G_OBJECT (reel_poster_cache_get_scrubs (cache))->ref_count == 1);
  g_assert_cmpint (reel_pipeline_count_stop (), ==, 1);
  g_assert_cmpuint (reel_scrub_strip_count_frames (strip), >=, 12);
  for (int i = 0; i < REEL_SCRUB_STRIP_FRAMES; i++) {
    int number = reel_clip_read_texture (reel_scrub_strip_peek (strip, (i + 0.5) / REEL_SCRUB_STRIP_FRAMES));

    /* In its part or the next to it. */
    g_assert_cmpint (number * REEL_SCRUB_STRIP_FRAMES, >=, (i - 1) * 360);
    g_assert_cmpint (number * REEL_SCRUB_STRIP_FRAMES, <, (i + 2) * 360);
  }

  g_object_unref (cache);
}

/* A video of fewer frames than a strip shows some of them twice. */
static void
test_short (void)
{
  ReelPosterCache *cache = make_cache ();
  g_autoptr (GFile) video = reel_clip_make (&(ReelClip){.frames = 6}, videos, "short.mp4");
  g_autoptr (ReelScrubStrip) strip = open_strip (cache, video, "key");

  reel_test_wait (reel_scrub_strip_count_frames (strip) == REEL_SCRUB_STRIP_FRAMES);
  check_strip (strip, 6);

  g_object_unref (cache);
}

/* While the rest come, the nearest that is there. */
static void
test_nearest (void)
{
  ReelScrubStrip *strip = reel_scrub_strip_new ();
  g_autoptr (GBytes) pixels = g_bytes_new_take (g_malloc0 (4), 4);
  g_autoptr (GdkTexture) first = gdk_memory_texture_new (1, 1, GDK_MEMORY_DEFAULT, pixels, 4);
  g_autoptr (GdkTexture) second = gdk_memory_texture_new (1, 1, GDK_MEMORY_DEFAULT, pixels, 4);

  g_assert_null (reel_scrub_strip_peek (strip, 0.5));
  reel_scrub_strip_set_frame (strip, 2, first);
  g_assert_true (reel_scrub_strip_peek (strip, 0) == first);
  g_assert_true (reel_scrub_strip_peek (strip, 1) == first);
  reel_scrub_strip_set_frame (strip, 8, second);
  g_assert_true (reel_scrub_strip_peek (strip, 5.5 / REEL_SCRUB_STRIP_FRAMES) == first);
  g_assert_true (reel_scrub_strip_peek (strip, 6.5 / REEL_SCRUB_STRIP_FRAMES) == second);
  g_assert_true (reel_scrub_strip_peek (strip, 1) == second);
  g_assert_cmpuint (reel_scrub_strip_get_bytes (strip), ==, 8);

  g_assert_finalize_object (strip);
}

/* Two who look see the same strip; what is complete is there at once the next time. */
static void
test_kept (void)
{
  ReelPosterCache *cache = make_cache ();
  ReelScrubStrip *strip = open_strip (cache, clip, "key"), *same = open_strip (cache, clip, "key");
  gpointer left = strip;

  g_assert_true (same == strip);
  g_object_unref (same);
  reel_test_wait (reel_scrub_strip_count_frames (strip) == REEL_SCRUB_STRIP_FRAMES);
  /* Until the cache has it too: the work, which holds the cache, is done. */
  reel_test_wait (G_OBJECT (cache)->ref_count == 1 && G_OBJECT (reel_poster_cache_get_scrubs (cache))->ref_count == 1);
  g_object_add_weak_pointer (G_OBJECT (strip), &left);
  g_object_unref (strip);
  g_assert_nonnull (left);
  strip = open_strip (cache, clip, "key");
  g_assert_true (strip == left);
  check_strip (strip, 48);

  g_object_unref (cache);
  g_assert_nonnull (left);
  g_assert_finalize_object (strip);
  g_assert_null (left);
}

/* Whoever leaves at any moment leaves nothing behind. */
static void
test_left (void)
{
  for (int moment = 0; moment < 24; moment++) {
    ReelPosterCache *cache = make_cache ();
    ReelScrubCache *scrubs = g_object_ref (reel_poster_cache_get_scrubs (cache));
    ReelScrubStrip *strip = open_strip (cache, clip, "key");

    if (moment < REEL_SCRUB_STRIP_FRAMES)
      reel_test_wait (reel_scrub_strip_count_frames (strip) >= moment);
    else
      g_usleep ((gulong)(moment - REEL_SCRUB_STRIP_FRAMES) * 4000);
    if (reel_scrub_strip_count_frames (strip) < REEL_SCRUB_STRIP_FRAMES)
      g_assert_finalize_object (strip);
    else
      g_object_unref (strip);
    g_object_unref (cache);

    /* The work holds the scrubs until its thread has ended. */
    reel_test_wait (G_OBJECT (scrubs)->ref_count == 1);
    g_assert_finalize_object (scrubs);
  }
}

/* A pointer that passes over many opens few of them, and the last is shown. */
static void
test_passed (void)
{
  ReelPosterCache *cache = make_cache ();
  g_autoptr (ReelScrubStrip) last = NULL;

  reel_pipeline_count_start ();
  for (int i = 0; i < 200; i++) {
    g_autofree char *key = g_strdup_printf ("%d", i);

    g_clear_object (&last);
    last = open_strip (cache, clip, key);
  }
  reel_test_wait (reel_scrub_strip_count_frames (last) == REEL_SCRUB_STRIP_FRAMES);
  check_strip (last, 48);
  /* Two each: of the first two, where they got that far, and of the last. */
  g_assert_cmpint (reel_pipeline_count_stop (), <=, 6);

  g_object_unref (cache);
}

static void
count_posters (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = reel_poster_cache_load_finish (REEL_POSTER_CACHE (source), result, &error);
  guint *counts = data;

  counts[texture != NULL ? 0 : 1]++;
}

/* What the pointer is on comes before the posters that wait. */
static void
test_before_posters (void)
{
  ReelPosterCache *cache = make_cache ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (ReelScrubStrip) strip = NULL;
  guint counts[2] = {0};

  for (int i = 0; i < 100; i++) {
    g_autofree char *key = g_strdup_printf ("%d", i);

    reel_poster_cache_load_async (cache, clip, key, 160, cancellable, count_posters, counts);
    /* Two run by now, and all that wait are newer. */
    if (i == 1)
      strip = open_strip (cache, clip, "key");
  }
  reel_test_wait (reel_scrub_strip_count_frames (strip) > 0);
  g_cancellable_cancel (cancellable);
  reel_test_wait (counts[0] + counts[1] == 100);
  g_assert_cmpuint (counts[1], >, 0);

  g_object_unref (cache);
}

static void
test_memory (void)
{
  ReelPosterCache *cache = make_cache ();
  ReelScrubCache *scrubs = reel_poster_cache_get_scrubs (cache);
  gpointer strips[3] = {NULL};
  const guint64 size = REEL_SCRUB_STRIP_FRAMES * 160 * 90 * 4;

  /* Two strips. */
  reel_scrub_cache_set_memory_limit (scrubs, 2 * size);
  for (guint i = 0; i < 3; i++) {
    g_autofree char *key = g_strdup_printf ("%u", i);
    ReelScrubStrip *strip = open_strip (cache, clip, key);

    strips[i] = strip;
    g_object_add_weak_pointer (G_OBJECT (strip), &strips[i]);
    reel_test_wait (reel_scrub_strip_count_frames (strip) == REEL_SCRUB_STRIP_FRAMES);
    g_assert_cmpuint (reel_scrub_strip_get_bytes (strip), ==, size);
    reel_test_wait (G_OBJECT (scrubs)->ref_count == 1);
    g_object_unref (strip);
    /* The first was used after the second. */
    if (i == 1)
      g_object_unref (open_strip (cache, clip, "0"));
  }
  g_assert_nonnull (strips[0]);
  g_assert_null (strips[1]);
  g_assert_nonnull (strips[2]);

  /* What someone looks at stays, and is not counted. */
  g_autoptr (ReelScrubStrip) held = open_strip (cache, clip, "0");

  reel_scrub_cache_set_memory_limit (scrubs, 0);
  g_assert_true (strips[0] == held);
  g_assert_null (strips[2]);
  g_clear_object (&held);
  g_assert_null (strips[0]);

  g_object_unref (cache);
}

/* What is no video has no frames, and is opened once. */
static void
test_broken (void)
{
  ReelPosterCache *cache = make_cache ();
  ReelScrubCache *scrubs = reel_poster_cache_get_scrubs (cache);
  g_autoptr (GFile) nothing = g_file_new_build_filename (videos, "nothing.mp4", NULL);
  g_autoptr (GFile) cut = reel_clip_cut (clip, 0.2, "cut.mp4");

  for (int turn = 0; turn < 3; turn++) {
    ReelScrubStrip *strips[] = {open_strip (cache, nothing, "nothing"), open_strip (cache, cut, "cut")};

    reel_test_wait (G_OBJECT (scrubs)->ref_count == 1);
    for (guint i = 0; i < G_N_ELEMENTS (strips); i++) {
      g_assert_null (reel_scrub_strip_peek (strips[i], 0.5));
      g_assert_finalize_object (strips[i]);
    }
  }

  g_object_unref (cache);
}

/* A video that is damaged inside gives what there is of it. */
static void
test_damaged (void)
{
  ReelPosterCache *cache = make_cache ();
  g_autofree char *data = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (g_file_peek_path (clip), &data, &length, NULL));
  memset (data + length / 2, 0, length / 2);

  g_autoptr (GFile) damaged = reel_clip_write (videos, "damaged.mp4", data, length);
  g_autoptr (ReelScrubStrip) strip = open_strip (cache, damaged, "key");

  reel_test_wait (G_OBJECT (reel_poster_cache_get_scrubs (cache))->ref_count == 1);
  g_test_message ("%u frames", reel_scrub_strip_count_frames (strip));
  g_assert_cmpuint (reel_scrub_strip_count_frames (strip), >, 0);
  g_assert_cmpint (reel_clip_read_texture (reel_scrub_strip_peek (strip, 0)), ==, get_number (0, 48, 24));
  g_assert_nonnull (reel_scrub_strip_peek (strip, 1));

  g_object_unref (cache);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);

  videos = reel_test_make_folder ();
  clip = reel_clip_make (&(ReelClip){.frames = 48, .audio = 1.5}, videos, "clip.mp4");

  g_test_add_func ("/scrubbing/frames", test_frames);
  g_test_add_func ("/scrubbing/long", test_long);
  g_test_add_func ("/scrubbing/short", test_short);
  g_test_add_func ("/scrubbing/nearest", test_nearest);
  g_test_add_func ("/scrubbing/kept", test_kept);
  g_test_add_func ("/scrubbing/left", test_left);
  g_test_add_func ("/scrubbing/passed", test_passed);
  g_test_add_func ("/scrubbing/before-posters", test_before_posters);
  g_test_add_func ("/scrubbing/memory", test_memory);
  g_test_add_func ("/scrubbing/broken", test_broken);
  g_test_add_func ("/scrubbing/damaged", test_damaged);

  int status = g_test_run ();

  g_clear_object (&clip);
  g_clear_pointer (&videos, g_free);

  return status;
}
