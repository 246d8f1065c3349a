#include "config.h"

#include "reel-clip.h"
#include "reel-error.h"
#include "reel-pipeline-count.h"
#include "reel-poster-cache.h"
#include "reel-test.h"

#include <glib/gstdio.h>
#include <gst/gst.h>
#include <sys/resource.h>
#include <utime.h>

static char *videos;
static GFile *clip;

/* The folder is not there yet, as on the first start. */
static ReelPosterCache *
make_cache (guint64 memory_limit, char **path)
{
  g_autofree char *made = reel_test_make_folder ();
  g_autoptr (GFile) folder = g_file_new_build_filename (made, "seedreel", "posters", NULL);

  if (path != NULL)
    *path = g_file_get_path (folder);

  return g_object_new (REEL_TYPE_POSTER_CACHE, "folder", folder, "memory-limit", memory_limit, NULL);
}

static GdkTexture *
load (ReelPosterCache *cache, GFile *video, const char *key, guint size)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GdkTexture *texture;

  reel_poster_cache_load_async (cache, video, key, size, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  texture = reel_poster_cache_load_finish (cache, result, &error);
  g_assert_no_error (error);
  /* It is drawn as it is. */
  g_assert_cmpint (gdk_texture_get_format (texture), ==, GDK_MEMORY_DEFAULT);

  return texture;
}

static guint
count_files (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;

  return n;
}

static void
test_shapes (void)
{
  const struct
  {
    int width, height, poster_width, poster_height;
  } shapes[] = {
      {320, 180, 160, 90}, {180, 320, 90, 160}, {240, 240, 160, 160}, {854, 480, 160, 90}, {80, 60, 80, 60},
  };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++) {
    ReelPosterCache *cache = make_cache (1000000, NULL);
    g_autoptr (GFile) video = reel_clip_make (
        &(ReelClip){.width = shapes[i].width, .height = shapes[i].height, .frames = 4}, videos, "shape.mp4");
    g_autoptr (GdkTexture) texture = load (cache, video, "shape", 160);

    g_assert_cmpint (gdk_texture_get_width (texture), ==, shapes[i].poster_width);
    g_assert_cmpint (gdk_texture_get_height (texture), ==, shapes[i].poster_height);
    g_assert_cmpint (reel_clip_read_texture (texture), ==, 0);

    g_assert_finalize_object (cache);
  }
}

/* A video that fades in from black is known by a later frame; one that is black all the time by the first. */
static void
test_black (void)
{
  ReelPosterCache *cache = make_cache (1000000, NULL);
  g_autoptr (GFile) fades = reel_clip_make (&(ReelClip){.frames = 48, .black = 4}, videos, "fades.mp4");
  g_autoptr (GFile) black = reel_clip_make (&(ReelClip){.frames = 24, .black = 24}, videos, "black.mp4");
  g_autoptr (GdkTexture) first = load (cache, fades, "fades", 160);
  g_autoptr (GdkTexture) second = load (cache, black, "black", 160);

  g_assert_cmpint (reel_clip_read_texture (first), ==, 12);
  g_assert_cmpint (reel_clip_read_texture (second), ==, 0);

  g_assert_finalize_object (cache);
}

static void
test_kept (void)
{
  g_autofree char *path = NULL;
  ReelPosterCache *cache = make_cache (1000000, &path);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GFile) nothing = g_file_new_build_filename (path, "nothing.mp4", NULL);
  g_autoptr (GdkTexture) texture = load (cache, clip, "../../key\xf0\x9f\x8e\xac", 160);
  g_autoptr (GdkTexture) again = load (cache, nothing, "../../key\xf0\x9f\x8e\xac", 160);

  g_assert_true (again == texture);
  g_assert_true (reel_poster_cache_peek (cache, "../../key\xf0\x9f\x8e\xac", 160) == texture);
  g_assert_null (reel_poster_cache_peek (cache, "../../key\xf0\x9f\x8e\xac", 80));
  g_assert_null (reel_poster_cache_peek (cache, "other", 160));
  g_assert_cmpint (count_files (path), ==, 1);
  g_assert_finalize_object (cache);

  /* The next run finds the file, and needs no video. */
  cache = reel_poster_cache_new (folder);
  g_assert_null (reel_poster_cache_peek (cache, "../../key\xf0\x9f\x8e\xac", 160));
  g_clear_object (&again);
  again = load (cache, nothing, "../../key\xf0\x9f\x8e\xac", 160);
  g_assert_cmpint (gdk_texture_get_width (again), ==, 160);
  g_assert_cmpint (reel_clip_read_texture (again), ==, 0);
  g_assert_finalize_object (cache);
}

/* A poster file that is broken is made anew. */
static void
test_broken_file (void)
{
  g_autofree char *path = NULL;
  ReelPosterCache *cache = make_cache (1000000, &path);
  g_autoptr (GdkTexture) texture = load (cache, clip, "key", 160);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autofree char *name = g_build_filename (path, g_dir_read_name (dir), NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);

  g_assert_finalize_object (cache);
  g_assert_true (g_file_set_contents (name, "no picture", -1, NULL));
  cache = reel_poster_cache_new (folder);
  g_clear_object (&texture);
  texture = load (cache, clip, "key", 160);
  g_assert_cmpint (reel_clip_read_texture (texture), ==, 0);
  g_clear_object (&texture);
  texture = gdk_texture_new_from_filename (name, NULL);
  g_assert_nonnull (texture);
  g_assert_cmpint (count_files (path), ==, 1);

  g_assert_finalize_object (cache);
}

/* A folder that cannot be written costs the file, not the picture. */
static void
test_no_folder (void)
{
  g_autoptr (GFile) folder = g_file_get_child (clip, "posters");
  ReelPosterCache *cache = reel_poster_cache_new (folder);
  g_autoptr (GdkTexture) texture = load (cache, clip, "key", 160);

  g_assert_cmpint (gdk_texture_get_width (texture), ==, 160);

  g_assert_finalize_object (cache);
}

/* A video without a picture has one when its file is another one. */
static void
test_failed (void)
{
  ReelPosterCache *cache = make_cache (1000000, NULL);
  g_autoptr (GFile) broken = reel_clip_make (&(ReelClip){.frames = 24, .webm = TRUE}, videos, "broken.webm");
  g_autofree char *whole = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (g_file_peek_path (broken), &whole, &length, NULL));
  g_object_unref (reel_clip_cut (broken, 0.1, "broken.webm"));

  for (int turn = 0; turn < 4; turn++) {
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;

    reel_poster_cache_load_async (cache, broken, "key", turn % 2 == 0 ? 160 : 80, NULL, reel_test_store_result,
                                  &result);
    reel_test_wait (result != NULL);
    g_assert_null (reel_poster_cache_load_finish (cache, result, &error));
    g_assert_error (error, REEL_ERROR, REEL_ERROR_TRUNCATED);
  }
  g_assert_true (g_file_set_contents (g_file_peek_path (broken), whole, (gssize)length, NULL));
  g_object_unref (load (cache, broken, "key", 160));

  g_assert_finalize_object (cache);
}

/* The same for a file that is not there. */
static void
test_missing (void)
{
  ReelPosterCache *cache = make_cache (1000000, NULL);
  g_autoptr (GFile) file = g_file_new_build_filename (videos, "later.mp4", NULL);

  for (int turn = 0; turn < 3; turn++) {
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;

    reel_poster_cache_load_async (cache, file, "key", 160, NULL, reel_test_store_result, &result);
    reel_test_wait (result != NULL);
    g_assert_null (reel_poster_cache_load_finish (cache, result, &error));
    g_assert_error (error, REEL_ERROR, REEL_ERROR_FILE);
  }
  g_object_unref (reel_clip_make (&(ReelClip){.frames = 4}, videos, "later.mp4"));
  g_object_unref (load (cache, file, "key", 160));

  g_assert_finalize_object (cache);
}

static guint64
measure_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint64 size = 0;
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *file = g_build_filename (path, name, NULL);
    GStatBuf info;

    g_assert_cmpint (g_stat (file, &info), ==, 0);
    size += (guint64)info.st_size;
  }

  return size;
}

/* Makes all that is there so many days old. */
static void
age_files (const char *path, int days)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *file = g_build_filename (path, name, NULL);
    GStatBuf info;

    g_assert_cmpint (g_stat (file, &info), ==, 0);

    const struct utimbuf times = {info.st_atime - days * 86400, info.st_mtime - days * 86400};

    g_assert_cmpint (utime (file, &times), ==, 0);
  }
}

/* The folder stays within its limit; what was not used for the longest time goes. */
static void
test_disk (void)
{
  g_autofree char *path = reel_test_make_folder ();
  g_autofree char *left_over = g_build_filename (path, "half-written.png.AB12CD", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GFile) nothing = g_file_new_build_filename (videos, "nothing.mp4", NULL);
  ReelPosterCache *cache = reel_poster_cache_new (folder);
  guint64 size;

  g_object_unref (load (cache, clip, "first", 160));
  size = measure_folder (path);
  g_assert_finalize_object (cache);
  g_assert_true (g_file_set_contents (left_over, "half", 4, NULL));

  /* Room for five. */
  cache = g_object_new (REEL_TYPE_POSTER_CACHE, "folder", folder, "disk-limit", 5 * size + 4, NULL);
  for (int i = 0; i < 4; i++) {
    g_autofree char *key = g_strdup_printf ("%d", i);

    g_object_unref (load (cache, clip, key, 160));
    age_files (path, 2);
  }
  g_assert_cmpint (count_files (path), ==, 6);
  g_assert_finalize_object (cache);

  /* The oldest is used once more, in the next run. */
  cache = g_object_new (REEL_TYPE_POSTER_CACHE, "folder", folder, "disk-limit", 5 * size + 4, NULL);
  g_object_unref (load (cache, nothing, "first", 160));
  for (int i = 4; i < 20; i++) {
    g_autofree char *key = g_strdup_printf ("%d", i);

    g_object_unref (load (cache, clip, key, 160));
    g_assert_cmpuint (measure_folder (path), <=, 5 * size + 4);
    g_assert_cmpint (g_file_test (left_over, G_FILE_TEST_EXISTS), ==, FALSE);
    if (i == 4) {
      g_assert_finalize_object (cache);
      cache = g_object_new (REEL_TYPE_POSTER_CACHE, "folder", folder, "disk-limit", 5 * size + 4, NULL);
      g_object_unref (load (cache, nothing, "first", 160));
      g_object_unref (load (cache, nothing, "3", 160));
      g_assert_cmpint (count_files (path), ==, 4);
    }
  }

  g_assert_finalize_object (cache);
}

static void
count_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = reel_poster_cache_load_finish (REEL_POSTER_CACHE (source), result, &error);

  g_assert_true (texture != NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  (*(guint *)data)++;
}

/* Rows that come and go on the way through a long list: what scrolled away is never opened. */
static void
test_scrolled (void)
{
  ReelPosterCache *cache = make_cache (10000000, NULL);
  GCancellable *cancellables[20] = {NULL};
  guint n_done = 0;
  int n_opened;

  reel_pipeline_count_start ();
  for (guint i = 0; i < 20000; i++) {
    const guint row = i % G_N_ELEMENTS (cancellables);
    char key[16];

    if (cancellables[row] != NULL) {
      g_cancellable_cancel (cancellables[row]);
      g_clear_object (&cancellables[row]);
    }
    cancellables[row] = g_cancellable_new ();
    g_snprintf (key, sizeof key, "%u", i);
    reel_poster_cache_load_async (cache, clip, key, 160, cancellables[row], count_loaded, &n_done);
    /* A frame of the window. */
    if (row == 0)
      while (g_main_context_iteration (NULL, FALSE))
        ;
  }
  reel_test_wait (n_done == 20000);
  for (guint i = 19980; i < 20000; i++) {
    g_autofree char *key = g_strdup_printf ("%u", i);

    g_assert_nonnull (reel_poster_cache_peek (cache, key, 160));
  }
  n_opened = reel_pipeline_count_stop ();
  g_test_message ("%d of 20,000 videos were opened", n_opened);
  g_assert_cmpint (n_opened, <, 2000);
  for (guint i = 0; i < G_N_ELEMENTS (cancellables); i++)
    g_object_unref (cancellables[i]);

  g_assert_finalize_object (cache);
}

static void
test_sizes (void)
{
  g_assert_cmpuint (reel_poster_cache_round_size (1), ==, 96);
  g_assert_cmpuint (reel_poster_cache_round_size (104), ==, 128);
  g_assert_cmpuint (reel_poster_cache_round_size (128), ==, 128);
  g_assert_cmpuint (reel_poster_cache_round_size (208), ==, 256);
  g_assert_cmpuint (reel_poster_cache_round_size (1537), ==, 2048);
  g_assert_cmpuint (reel_poster_cache_round_size (10000), ==, 2048);
}

/* Two are made at a time; those that wait come after them, or go at once when nobody wants them any more. */
static void
test_waiting (void)
{
  ReelPosterCache *cache = make_cache (1000000, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *results[4] = {NULL};
  const char *keys[] = {"1", "2", "3", "4"};

  for (guint i = 0; i < 4; i++)
    reel_poster_cache_load_async (cache, clip, keys[i], 160, i == 2 ? cancellable : NULL, reel_test_store_result,
                                  &results[i]);
  g_cancellable_cancel (cancellable);
  reel_test_wait (results[2] != NULL);
  g_assert_null (reel_poster_cache_load_finish (cache, results[2], NULL));
  g_clear_object (&results[2]);
  /* Ours, and for each of the others that of the request, and that of the work while it is not done. */
  g_assert_cmpuint (G_OBJECT (cache)->ref_count, <=, 1 + 3 * 2);

  for (guint i = 0; i < 4; i++) {
    g_autoptr (GdkTexture) texture = NULL;

    if (i == 2)
      continue;
    reel_test_wait (results[i] != NULL);
    texture = reel_poster_cache_load_finish (cache, results[i], NULL);
    g_assert_nonnull (texture);
    g_clear_object (&results[i]);
  }
  g_assert_null (reel_poster_cache_peek (cache, "3", 160));
  g_object_unref (load (cache, clip, "3", 160));

  g_assert_finalize_object (cache);
}

/* How many threads had to do with pipelines, and how many of them do not yield to the window and the player. */
typedef struct
{
  int n_begun;
  int n_urgent;
} Threads;

/* Streaming threads, and those that start or end a pipeline. */
static gboolean
is_told_of (const char *category, const char *function, const char *message, GObject *object)
{
  if (g_str_equal (category, "task"))
    return g_str_equal (function, "gst_task_func") && g_str_has_prefix (message, "Entering task");

  return g_str_equal (function, "gst_element_set_state_func") && GST_IS_PIPELINE (object);
}

/* In the thread that writes into the log. */
static void
on_log (GstDebugCategory *category,
        GstDebugLevel level,
        const char *file,
        const char *function,
        int line,
        GObject *object,
        GstDebugMessage *message,
        gpointer data)
{
  Threads *threads = data;

  if (!is_told_of (gst_debug_category_get_name (category), function, gst_debug_message_get (message), object))
    return;

  g_atomic_int_inc (&threads->n_begun);
  if (getpriority (PRIO_PROCESS, 0) < 10)
    g_atomic_int_inc (&threads->n_urgent);
}

/* A still picture leaves the processors to others. */
static void
test_background (void)
{
  ReelPosterCache *cache = make_cache (1000000, NULL);
  Threads threads = {0};

  gst_debug_remove_log_function (gst_debug_log_default);
  gst_debug_add_log_function (on_log, &threads, NULL);
  gst_debug_set_threshold_for_name ("task", GST_LEVEL_DEBUG);
  gst_debug_set_threshold_for_name ("GST_STATES", GST_LEVEL_DEBUG);

  g_object_unref (load (cache, clip, "background", 160));
  g_assert_cmpint (g_atomic_int_get (&threads.n_begun), >, 0);
  g_assert_cmpint (g_atomic_int_get (&threads.n_urgent), ==, 0);

  gst_debug_unset_threshold_for_name ("GST_STATES");
  gst_debug_unset_threshold_for_name ("task");
  gst_debug_remove_log_function (on_log);
  gst_debug_add_log_function (gst_debug_log_default, NULL, NULL);
  g_assert_finalize_object (cache);
}

static void
test_memory (void)
{
  /* Three pictures of 160 x 90. */
  ReelPosterCache *cache = make_cache (3 * 160 * 90 * 4, NULL);
  const char *keys[] = {"1", "2", "3", "4"};

  for (int i = 0; i < 3; i++)
    g_object_unref (load (cache, clip, keys[i], 160));
  g_assert_nonnull (reel_poster_cache_peek (cache, "1", 160));
  g_object_unref (load (cache, clip, keys[3], 160));
  g_assert_nonnull (reel_poster_cache_peek (cache, "1", 160));
  g_assert_null (reel_poster_cache_peek (cache, "2", 160));
  g_assert_nonnull (reel_poster_cache_peek (cache, "3", 160));
  g_assert_nonnull (reel_poster_cache_peek (cache, "4", 160));
  g_object_unref (load (cache, clip, keys[1], 160));
  g_assert_nonnull (reel_poster_cache_peek (cache, "2", 160));

  g_assert_finalize_object (cache);
}

static void
test_coalesced (void)
{
  g_autofree char *path = NULL;
  ReelPosterCache *cache = make_cache (1000000, &path);
  GAsyncResult *results[10] = {NULL};
  g_autoptr (GdkTexture) first = NULL;

  for (int i = 0; i < 10; i++)
    reel_poster_cache_load_async (cache, clip, "key", 160, NULL, reel_test_store_result, &results[i]);
  reel_test_wait (results[9] != NULL);
  for (int i = 0; i < 10; i++) {
    g_autoptr (GdkTexture) texture = reel_poster_cache_load_finish (cache, results[i], NULL);

    g_assert_true (first == NULL || texture == first);
    g_set_object (&first, texture);
    g_clear_object (&results[i]);
  }
  g_assert_cmpint (count_files (path), ==, 1);

  g_assert_finalize_object (cache);
}

/* Cancelled at any moment; the others still get their picture. */
static void
test_cancelled (void)
{
  for (int turns = 0; turns < 12; turns++) {
    ReelPosterCache *cache = make_cache (1000000, NULL);
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GAsyncResult) cancelled = NULL, kept = NULL, alone = NULL, late = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (GdkTexture) texture = NULL;

    reel_poster_cache_load_async (cache, clip, "both", 160, cancellable, reel_test_store_result, &cancelled);
    reel_poster_cache_load_async (cache, clip, "both", 160, NULL, reel_test_store_result, &kept);
    reel_poster_cache_load_async (cache, clip, "alone", 160, cancellable, reel_test_store_result, &alone);
    for (int i = 0; i < turns; i++)
      g_usleep (1000);
    g_cancellable_cancel (cancellable);
    reel_test_wait (cancelled != NULL && alone != NULL);
    g_assert_null (reel_poster_cache_load_finish (cache, cancelled, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_clear_error (&error);
    g_assert_null (reel_poster_cache_load_finish (cache, alone, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_clear_error (&error);

    reel_test_wait (kept != NULL);
    texture = reel_poster_cache_load_finish (cache, kept, &error);
    g_assert_no_error (error);
    g_assert_nonnull (texture);

    reel_poster_cache_load_async (cache, clip, "late", 160, cancellable, reel_test_store_result, &late);
    reel_test_wait (late != NULL);
    g_assert_null (reel_poster_cache_load_finish (cache, late, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

    /* What was cancelled alone can be asked for again. */
    g_clear_object (&texture);
    texture = load (cache, clip, "alone", 160);
    g_assert_nonnull (texture);

    g_object_unref (cache);
  }
}

static GBytes *
make_png (int width, int height)
{
  g_autoptr (GBytes) pixels = g_bytes_new_take (g_malloc0 ((gsize)width * height * 4), (gsize)width * height * 4);
  g_autoptr (GdkTexture) texture =
      gdk_memory_texture_new (width, height, GDK_MEMORY_R8G8B8A8, pixels, (gsize)width * 4);

  return gdk_texture_save_to_png_bytes (texture);
}

static GdkTexture *
decode (GBytes *image, guint size, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reel_poster_decode_async (image, size, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);

  return reel_poster_decode_finish (result, error);
}

static void
test_decode (void)
{
  const struct
  {
    int width, height, decoded_width, decoded_height;
  } shapes[] = {{400, 200, 100, 50}, {200, 400, 50, 100}, {30, 20, 30, 20}, {2000, 1, 100, 1}};

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++) {
    g_autoptr (GBytes) png = make_png (shapes[i].width, shapes[i].height);
    g_autoptr (GError) error = NULL;
    g_autoptr (GdkTexture) texture = decode (png, 100, &error);

    g_assert_no_error (error);
    g_assert_cmpint (gdk_texture_get_width (texture), ==, shapes[i].decoded_width);
    g_assert_cmpint (gdk_texture_get_height (texture), ==, shapes[i].decoded_height);
    g_assert_cmpint (gdk_texture_get_format (texture), ==, GDK_MEMORY_DEFAULT);
  }
}

static void
test_decode_refused (void)
{
  g_autoptr (GBytes) png = make_png (64, 64);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) text = g_bytes_new_static ("<html></html>", 13);
  g_autoptr (GBytes) drawing = g_bytes_new_static ("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", 41);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (png, 0, 40);
  GBytes *images[] = {empty, text, drawing, cut};

  for (guint i = 0; i < G_N_ELEMENTS (images); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (decode (images[i], 100, &error));
    g_assert_error (error, REEL_ERROR, REEL_ERROR_FILE);
  }
}

/* The most memory that this process has used, in kilobytes. */
static gint64
read_peak (void)
{
  g_autofree char *status = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));

  return g_ascii_strtoll (strstr (status, "VmHWM:") + 6, NULL, 10);
}

/* A few bytes that claim to be 30,000 x 30,000 pixels: 3.6 GB. */
static void
test_decode_hostile (void)
{
  g_autoptr (GBytes) png = make_png (64, 64);
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (png, NULL), g_bytes_get_size (png));
  const guint32 size = GUINT32_TO_BE (30000);
  guint32 crc = 0xffffffff;
  gint64 peak = read_peak ();

  memcpy (data + 16, &size, 4);
  memcpy (data + 20, &size, 4);
  for (int i = 12; i < 29; i++) {
    crc ^= data[i];
    for (int bit = 0; bit < 8; bit++)
      crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
  }
  crc = GUINT32_TO_BE (~crc);
  memcpy (data + 29, &crc, 4);

  g_autoptr (GBytes) hostile = g_bytes_new (data, g_bytes_get_size (png));
  g_autoptr (GError) error = NULL;

  g_assert_null (decode (hostile, 100, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_FILE);
  g_test_message ("%s", error->message);
  g_assert_cmpint (read_peak () - peak, <, 50000);
}

static void
test_decode_cancelled (void)
{
  g_autoptr (GBytes) png = make_png (2000, 2000);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  reel_poster_decode_async (png, 100, cancellable, reel_test_store_result, &result);
  g_cancellable_cancel (cancellable);
  reel_test_wait (result != NULL);
  g_assert_null (reel_poster_decode_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);

  videos = reel_test_make_folder ();
  clip = reel_clip_make (&(ReelClip){.frames = 24, .audio = 1.0}, videos, "clip.mp4");

  g_test_add_func ("/posters/shapes", test_shapes);
  g_test_add_func ("/posters/black", test_black);
  g_test_add_func ("/posters/kept", test_kept);
  g_test_add_func ("/posters/broken-file", test_broken_file);
  g_test_add_func ("/posters/no-folder", test_no_folder);
  g_test_add_func ("/posters/failed", test_failed);
  g_test_add_func ("/posters/missing", test_missing);
  g_test_add_func ("/posters/disk", test_disk);
  g_test_add_func ("/posters/scrolled", test_scrolled);
  g_test_add_func ("/posters/sizes", test_sizes);
  g_test_add_func ("/posters/waiting", test_waiting);
  g_test_add_func ("/posters/background", test_background);
  g_test_add_func ("/posters/memory", test_memory);
  g_test_add_func ("/posters/coalesced", test_coalesced);
  g_test_add_func ("/posters/cancelled", test_cancelled);
  g_test_add_func ("/posters/decode", test_decode);
  g_test_add_func ("/posters/decode-refused", test_decode_refused);
  g_test_add_func ("/posters/decode-hostile", test_decode_hostile);
  g_test_add_func ("/posters/decode-cancelled", test_decode_cancelled);

  int status = g_test_run ();

  g_clear_object (&clip);
  g_clear_pointer (&videos, g_free);

  return status;
}
