#include "config.h"

#include "reel-test.h"
#include "reel-video-model.h"

static ReelVideoModel *
make (void)
{
  ReelVideoModel *model = reel_video_model_new ("seedance-2.0");

  for (guint seconds = 15; seconds >= 4; seconds--)
    reel_video_model_add_duration (model, seconds);
  reel_video_model_add_duration (model, 7);
  for (const char *const *ratio = (const char *const[]){"16:9", "9:16", "1:1", "16:9", NULL}; *ratio != NULL; ratio++)
    reel_video_model_add_aspect_ratio (model, *ratio);
  for (const char *const *lines = (const char *const[]){"480p", "720p", "1080p", NULL}; *lines != NULL; lines++)
    reel_video_model_add_resolution (model, *lines);
  reel_video_model_set_price (model, "720p", 100000);

  return model;
}

static void
test_lists (void)
{
  g_autoptr (ReelVideoModel) model = make ();
  g_autoptr (ReelVideoModel) empty = reel_video_model_new ("empty");
  const guint *durations;
  guint n;

  durations = reel_video_model_get_durations (model, &n);
  g_assert_cmpuint (n, ==, 12);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (durations[i], ==, 4 + i);
  g_assert_cmpuint (g_strv_length ((char **)reel_video_model_get_aspect_ratios (model)), ==, 3);
  g_assert_true (reel_video_model_durations_are_consecutive (model));

  g_assert_cmpuint (g_strv_length ((char **)reel_video_model_get_resolutions (empty)), ==, 0);
  g_assert_false (reel_video_model_durations_are_consecutive (empty));
  g_assert_cmpuint (reel_video_model_nearest_duration (empty, 5), ==, 0);
  g_assert_null (reel_video_model_nearest_resolution (empty, "720p"));
  g_assert_null (reel_video_model_nearest_aspect_ratio (empty, "16:9"));
}

static void
test_price (void)
{
  g_autoptr (ReelVideoModel) model = make ();

  g_assert_cmpint (reel_video_model_get_price (model, "720p"), ==, 100000);
  g_assert_cmpint (reel_video_model_get_price (model, "1080p"), ==, REEL_MONEY_NOT_LISTED);
  g_assert_cmpint (reel_video_model_get_price (model, NULL), ==, REEL_MONEY_NOT_LISTED);
}

static void
test_nearest (void)
{
  g_autoptr (ReelVideoModel) model = make ();
  g_autoptr (ReelVideoModel) two = reel_video_model_new ("two");

  reel_video_model_add_duration (two, 10);
  reel_video_model_add_duration (two, 5);
  reel_video_model_add_resolution (two, "2K");
  reel_video_model_add_resolution (two, "720p");
  reel_video_model_add_resolution (two, "cinema");
  reel_video_model_add_aspect_ratio (two, "adaptive");
  reel_video_model_add_aspect_ratio (two, "21:9");
  reel_video_model_add_aspect_ratio (two, "3:4");

  g_assert_cmpuint (reel_video_model_nearest_duration (model, 1), ==, 4);
  g_assert_cmpuint (reel_video_model_nearest_duration (model, 100), ==, 15);
  g_assert_cmpuint (reel_video_model_nearest_duration (two, 7), ==, 5);
  g_assert_cmpuint (reel_video_model_nearest_duration (two, 8), ==, 10);
  g_assert_cmpstr (reel_video_model_nearest_resolution (model, "4K"), ==, "1080p");
  g_assert_cmpstr (reel_video_model_nearest_resolution (model, "720p"), ==, "720p");
  g_assert_cmpstr (reel_video_model_nearest_resolution (two, "1080p"), ==, "2K");
  g_assert_cmpstr (reel_video_model_nearest_resolution (two, "cinema"), ==, "cinema");
  g_assert_cmpstr (reel_video_model_nearest_aspect_ratio (two, "16:9"), ==, "21:9");
  g_assert_cmpstr (reel_video_model_nearest_aspect_ratio (two, "9:16"), ==, "3:4");
  g_assert_cmpstr (reel_video_model_nearest_aspect_ratio (two, "adaptive"), ==, "adaptive");
  g_assert_cmpstr (reel_video_model_nearest_aspect_ratio (model, "widest"), ==, "16:9");
}

/* What a service lists may be any number. */
static void
test_nearest_of_huge (void)
{
  g_autoptr (ReelVideoModel) model = reel_video_model_new ("huge");

  reel_video_model_add_resolution (model, "9223372036854775808p");
  reel_video_model_add_resolution (model, "18446744073709551615K");
  reel_video_model_add_resolution (model, "720p");

  g_assert_cmpstr (reel_video_model_nearest_resolution (model, "1080p"), ==, "720p");
  g_assert_cmpstr (reel_video_model_nearest_resolution (model, "9223372036854775807p"), ==, "9223372036854775808p");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/video-model/lists", test_lists);
  g_test_add_func ("/video-model/price", test_price);
  g_test_add_func ("/video-model/nearest", test_nearest);
  g_test_add_func ("/video-model/nearest-of-huge", test_nearest_of_huge);

  return g_test_run ();
}
