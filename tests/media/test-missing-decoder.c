#include "config.h"

#include "reel-clip.h"
#include "reel-error.h"
#include "reel-gst-file-probe.h"
#include "reel-player-fixture.h"
#include "reel-poster-cache.h"
#include "reel-test.h"

#include <gst/gst.h>

static char *folder;
static GFile *clip, *silent;

/* Takes all that decodes H.264 out of this process, for good: that is why these tests have a program of their own. */
static void
remove_decoders (void)
{
  GstRegistry *registry = gst_registry_get ();
  g_autoptr (GstCaps) caps = gst_caps_new_empty_simple ("video/x-h264");
  GList *decoders = gst_element_factory_list_get_elements (GST_ELEMENT_FACTORY_TYPE_DECODER, GST_RANK_NONE);
  GList *removed = gst_element_factory_list_filter (decoders, caps, GST_PAD_SINK, FALSE);

  g_assert_nonnull (removed);
  for (GList *l = removed; l != NULL; l = l->next)
    gst_registry_remove_feature (registry, l->data);
  gst_plugin_feature_list_free (removed);
  gst_plugin_feature_list_free (decoders);
}

static void
check_player (GFile *file)
{
  ReelPlayer *player = reel_fixture_open (file);

  reel_player_play (player);
  reel_test_wait (reel_player_get_error (player) != NULL);
  g_test_message ("player: %s", reel_player_get_error (player)->message);
  g_assert_error (reel_player_get_error (player), REEL_ERROR, REEL_ERROR_MISSING_DECODER);
  g_assert_null (reel_player_get_paintable (player));
  g_assert_false (reel_player_get_playing (player));

  reel_player_set_file (player, NULL);
  g_assert_no_error (reel_player_get_error (player));

  g_assert_finalize_object (player);
}

static void
test_player (void)
{
  check_player (clip);
}

static void
test_player_silent (void)
{
  check_player (silent);
}

static void
test_poster (void)
{
  g_autoptr (GFile) posters = g_file_new_for_path (folder);
  ReelPosterCache *cache = reel_poster_cache_new (posters);

  for (int i = 0; i < 4; i++) {
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;

    reel_poster_cache_load_async (cache, i % 2 == 0 ? clip : silent, "key", 64, NULL, reel_test_store_result, &result);
    reel_test_wait (result != NULL);
    g_assert_null (reel_poster_cache_load_finish (cache, result, &error));
    g_assert_error (error, REEL_ERROR, REEL_ERROR_MISSING_DECODER);
  }

  g_assert_finalize_object (cache);
}

/* The file is whole all the same. */
static void
test_probe (void)
{
  g_autoptr (ReelFileProbe) probe = reel_gst_file_probe_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  reel_file_probe_check_async (probe, clip, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  g_assert_true (reel_file_probe_check_finish (probe, result, &error));
  g_assert_no_error (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  reel_fixture_own_main_context ();

  folder = reel_test_make_folder ();
  clip = reel_clip_make (&(ReelClip){.frames = 48, .audio = 2.0}, folder, "clip.mp4");
  silent = reel_clip_make (&(ReelClip){.frames = 24}, folder, "silent.mp4");
  remove_decoders ();

  g_test_add_func ("/missing-decoder/player", test_player);
  g_test_add_func ("/missing-decoder/player-silent", test_player_silent);
  g_test_add_func ("/missing-decoder/poster", test_poster);
  g_test_add_func ("/missing-decoder/probe", test_probe);

  int status = g_test_run ();

  g_clear_object (&clip);
  g_clear_object (&silent);
  g_clear_pointer (&folder, g_free);

  return status;
}
