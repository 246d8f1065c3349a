#include "config.h"

#include "reel-clip.h"
#include "reel-error.h"
#include "reel-gst-file-probe.h"
#include "reel-player-fixture.h"
#include "reel-poster-cache.h"
#include "reel-test.h"

#include <gst/gst.h>
#include <gtk/gtk.h>
#include <unistd.h>

static char *folder;
static GFile *clip;

static GFile *
write_text (const char *name, const char *text)
{
  return reel_clip_write (folder, name, text, strlen (text));
}

static GFile *
write_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  guint8 data[50000];

  for (guint i = 0; i < sizeof data; i++)
    data[i] = (guint8)g_rand_int (random);

  return reel_clip_write (folder, "random.mp4", data, sizeof data);
}

/* Changes bytes of the clip: from @share of its length on, @length of them become @value. */
static GFile *
write_damaged (const char *name, double share, double length, guint8 value)
{
  g_autofree char *data = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (g_file_peek_path (clip), &data, &size, NULL));
  memset (data + (gsize)(size * share), value, (gsize)(size * length));

  return reel_clip_write (folder, name, data, size);
}

static void
on_error (ReelPlayer *player, GParamSpec *pspec, gpointer data)
{
  (*(int *)data)++;
  g_assert_null (reel_player_get_paintable (player));
  g_assert_false (reel_player_get_playing (player));
}

static void
check_player (GFile *file, ReelError code)
{
  ReelPlayer *player = reel_fixture_open (file);
  int notified = 0;

  g_signal_connect (player, "notify::error", G_CALLBACK (on_error), &notified);
  reel_player_play (player);
  reel_test_wait (reel_player_get_error (player) != NULL);
  g_test_message ("player: %s", reel_player_get_error (player)->message);
  g_assert_error (reel_player_get_error (player), REEL_ERROR, (int)code);
  g_assert_cmpint (notified, ==, 1);

  /* Nothing that is done to it now changes that. */
  reel_player_play (player);
  reel_player_seek (player, 5);
  reel_player_step (player, 1);
  g_object_set (player, "rate", 2.0, "loop", FALSE, "scale-width", 100, "muted", TRUE, NULL);
  g_assert_false (reel_player_get_playing (player));
  g_assert_cmpint (notified, ==, 1);

  /* And the next file plays. */
  g_signal_handlers_disconnect_by_data (player, &notified);
  reel_player_set_file (player, clip);
  g_assert_no_error (reel_player_get_error (player));
  reel_test_wait (reel_fixture_read_frame (player) == 0);

  g_assert_finalize_object (player);
}

/* Asks the probe: the code of its error, or -1 where the file is a video. */
static int
ask_probe (GFile *file)
{
  g_autoptr (ReelFileProbe) probe = reel_gst_file_probe_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  reel_file_probe_check_async (probe, file, NULL, reel_test_store_result, &result);
  g_assert_null (result);
  reel_test_wait (result != NULL);
  if (reel_file_probe_check_finish (probe, result, &error)) {
    g_assert_no_error (error);
    return -1;
  }

  g_test_message ("probe: %s", error->message);
  g_assert_true (error->domain == REEL_ERROR);

  return error->code;
}

static void
check_poster (GFile *file, ReelError code)
{
  g_autoptr (GFile) posters = g_file_new_for_path (folder);
  ReelPosterCache *cache = reel_poster_cache_new (posters);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *key = g_uuid_string_random ();

  reel_poster_cache_load_async (cache, file, key, 64, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  g_assert_null (reel_poster_cache_load_finish (cache, result, &error));
  g_assert_error (error, REEL_ERROR, (int)code);
  g_assert_null (reel_poster_cache_peek (cache, key, 64));
  g_clear_object (&result);

  g_assert_finalize_object (cache);
}

static void
check (GFile *file, ReelError code)
{
  check_player (file, code);
  g_assert_cmpint (ask_probe (file), ==, (int)code);
  check_poster (file, code);
}

static void
test_whole (void)
{
  g_autoptr (GFile) slow = reel_clip_make (&(ReelClip){.slow = TRUE, .audio = 1.0}, folder, "slow.mp4");
  g_autoptr (GFile) silent = reel_clip_make (&(ReelClip){.frames = 4}, folder, "silent.mp4");
  g_autoptr (GFile) long_sound = reel_clip_make (&(ReelClip){.frames = 24, .audio = 3.0}, folder, "sound.mp4");
  g_autoptr (GFile) webm = reel_clip_make (&(ReelClip){.webm = TRUE, .audio = 2.0}, folder, "whole.webm");

  g_assert_cmpint (ask_probe (clip), ==, -1);
  g_assert_cmpint (ask_probe (slow), ==, -1);
  g_assert_cmpint (ask_probe (silent), ==, -1);
  g_assert_cmpint (ask_probe (long_sound), ==, -1);
  g_assert_cmpint (ask_probe (webm), ==, -1);
}

static void
test_random (void)
{
  g_autoptr (GFile) file = write_random ();

  check (file, REEL_ERROR_NOT_A_VIDEO);
}

static void
test_text (void)
{
  g_autoptr (GFile) file = write_text ("text.mp4", "Once upon a time there was no video at all.\n");

  check (file, REEL_ERROR_NOT_A_VIDEO);
}

static void
test_html (void)
{
  g_autoptr (GFile) file = write_text (
      "html.mp4", "<!DOCTYPE html>\n<html><head><title>502</title></head><body>Bad gateway</body></html>\n");

  check (file, REEL_ERROR_NOT_A_VIDEO);
}

static void
test_json (void)
{
  g_autoptr (GFile) file = write_text ("json.mp4", "{\"error\": {\"code\": \"not_found\"}}");

  check (file, REEL_ERROR_NOT_A_VIDEO);
}

static void
test_empty (void)
{
  g_autoptr (GFile) file = reel_clip_write (folder, "empty.mp4", "", 0);
  g_autoptr (GFile) short_file = reel_clip_write (folder, "short.mp4", "\0\0\0", 3);

  check (file, REEL_ERROR_NOT_A_VIDEO);
  check (short_file, REEL_ERROR_NOT_A_VIDEO);
}

static void
test_picture (void)
{
  g_autoptr (GBytes) pixels = g_bytes_new_take (g_malloc0 (64 * 64 * 4), 64 * 64 * 4);
  g_autoptr (GdkTexture) texture = gdk_memory_texture_new (64, 64, GDK_MEMORY_R8G8B8A8, pixels, 64 * 4);
  g_autoptr (GBytes) png = gdk_texture_save_to_png_bytes (texture);
  g_autoptr (GFile) file =
      reel_clip_write (folder, "picture.mp4", g_bytes_get_data (png, NULL), g_bytes_get_size (png));

  check (file, REEL_ERROR_NOT_A_VIDEO);
}

static void
test_missing (void)
{
  g_autoptr (GFile) file = g_file_new_build_filename (folder, "nowhere", "missing.mp4", NULL);

  check (file, REEL_ERROR_FILE);
}

static void
test_folder (void)
{
  g_autoptr (GFile) file = g_file_new_for_path (folder);

  check (file, REEL_ERROR_FILE);
}

static void
test_audio_only (void)
{
  g_autoptr (GFile) mp4 = reel_clip_make (&(ReelClip){.no_video = TRUE, .audio = 1.0}, folder, "audio.mp4");
  g_autoptr (GFile) webm =
      reel_clip_make (&(ReelClip){.no_video = TRUE, .audio = 1.0, .webm = TRUE}, folder, "audio.webm");

  check (mp4, REEL_ERROR_NOT_A_VIDEO);
  check (webm, REEL_ERROR_NOT_A_VIDEO);
}

/* A camera's file, of which the end with its table of contents was not written any more. */
static void
test_no_moov (void)
{
  g_autoptr (GFile) slow = reel_clip_make (&(ReelClip){.slow = TRUE, .audio = 1.0}, folder, "slow.mp4");
  g_autoptr (GFile) file = reel_clip_cut (slow, 0.8, "no-moov.mp4");

  check (file, REEL_ERROR_TRUNCATED);
}

static void
test_cut (void)
{
  const double shares[] = {0.999, 0.9, 0.5, 0.1, 0.02};

  for (guint i = 0; i < G_N_ELEMENTS (shares); i++) {
    g_autoptr (GFile) file = reel_clip_cut (clip, shares[i], "cut.mp4");

    check (file, REEL_ERROR_TRUNCATED);
  }
}

/* Wherever an MP4 file is cut, the probe knows. */
static void
test_cut_anywhere (void)
{
  g_autofree char *data = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (g_file_peek_path (clip), &data, &length, NULL));
  for (gsize end = 8; end < length; end = end * 5 / 4 + 1) {
    g_autoptr (GFile) file = reel_clip_write (folder, "cut.mp4", data, end);
    int code = ask_probe (file);

    if (code != REEL_ERROR_TRUNCATED)
      g_error ("cut at %" G_GSIZE_FORMAT ": %d", end, code);
  }
}

static void
test_cut_webm (void)
{
  g_autoptr (GFile) webm = reel_clip_make (&(ReelClip){.webm = TRUE, .frames = 96, .audio = 4.0}, folder, "whole.webm");
  g_autoptr (GFile) file = reel_clip_cut (webm, 0.5, "cut.webm");

  check (file, REEL_ERROR_TRUNCATED);
}

/* All boxes are right, but in place of the pictures there is nothing that could be decoded. */
static void
test_damaged (void)
{
  g_autoptr (GFile) file = write_damaged ("damaged.mp4", 0.1, 0.9, 0);

  check_player (file, REEL_ERROR_TRUNCATED);
}

static void
ask_hostile (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  g_autofree char *data = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (g_file_peek_path (clip), &data, &length, NULL));
  for (int turn = 0; turn < 12; turn++) {
    g_autofree char *copy = g_memdup2 (data, length);

    for (int i = 0; i < 20; i++)
      copy[g_rand_int_range (random, 0, 3000)] = (char)g_rand_int (random);

    g_autoptr (GFile) file = reel_clip_write (folder, "hostile.mp4", copy, length);

    ask_probe (file);
  }
}

/* Malformed boxes: nothing but an error may come of them. In a process of its own that looks for no leaks: the demuxer
 * leaves some of its pads behind then. */
static void
test_hostile_boxes (void)
{
  if (g_test_subprocess ()) {
    ask_hostile ();
    _exit (0);
  }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

static void
test_probe_cancelled (void)
{
  g_autoptr (GFile) webm = reel_clip_make (&(ReelClip){.webm = TRUE, .audio = 2.0}, folder, "whole.webm");

  for (int turns = 0; turns < 20; turns++) {
    g_autoptr (ReelFileProbe) probe = reel_gst_file_probe_new ();
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;

    reel_file_probe_check_async (probe, webm, cancellable, reel_test_store_result, &result);
    g_usleep ((gulong)turns * 500);
    g_cancellable_cancel (cancellable);
    reel_test_wait (result != NULL);
    g_assert_false (reel_file_probe_check_finish (probe, result, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
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
  clip = reel_clip_make (&(ReelClip){.frames = 48, .audio = 2.0}, folder, "clip.mp4");

  g_test_add_func ("/player-errors/whole", test_whole);
  g_test_add_func ("/player-errors/random", test_random);
  g_test_add_func ("/player-errors/text", test_text);
  g_test_add_func ("/player-errors/html", test_html);
  g_test_add_func ("/player-errors/json", test_json);
  g_test_add_func ("/player-errors/empty", test_empty);
  g_test_add_func ("/player-errors/picture", test_picture);
  g_test_add_func ("/player-errors/missing", test_missing);
  g_test_add_func ("/player-errors/folder", test_folder);
  g_test_add_func ("/player-errors/audio-only", test_audio_only);
  g_test_add_func ("/player-errors/no-moov", test_no_moov);
  g_test_add_func ("/player-errors/cut", test_cut);
  g_test_add_func ("/player-errors/cut-anywhere", test_cut_anywhere);
  g_test_add_func ("/player-errors/cut-webm", test_cut_webm);
  g_test_add_func ("/player-errors/damaged", test_damaged);
  g_test_add_func ("/player-errors/hostile-boxes", test_hostile_boxes);
  g_test_add_func ("/player-errors/probe-cancelled", test_probe_cancelled);

  int status = g_test_run ();

  g_clear_object (&clip);
  g_clear_pointer (&folder, g_free);

  return status;
}
