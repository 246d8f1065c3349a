/* The answer of /models, which the form and every price are made of. */

#include "config.h"

#include "fuzz-support.h"

#include "reel-codec.h"
#include "reel-request.h"

static void
check_price (ReelVideoModel *model, const char *resolution, guint seconds)
{
  ReelMoney price = reel_video_model_get_price (model, resolution);
  g_autoptr (ReelRequest) request = g_object_new (REEL_TYPE_REQUEST, "model", reel_video_model_get_id (model), "prompt",
                                                  "A paper boat", "duration", seconds, "resolution", resolution, NULL);
  ReelMoney estimate = reel_request_estimate (request, model);

  /* Never free, never negative: a positive number of micro-dollars, or not listed. */
  g_assert_true (price == REEL_MONEY_NOT_LISTED || price > 0);
  g_assert_true (estimate == REEL_MONEY_NOT_LISTED || estimate >= price);
  g_assert_true (price != REEL_MONEY_NOT_LISTED || estimate == REEL_MONEY_NOT_LISTED);
  if (estimate != REEL_MONEY_NOT_LISTED) {
    g_autofree char *text = reel_money_format (estimate);

    g_assert_true (g_utf8_validate (text, -1, NULL));
    g_assert_cmpint (estimate / seconds, ==, price);
  }
}

static void
check_model (ReelVideoModel *model)
{
  const char *const *ratios = reel_video_model_get_aspect_ratios (model);
  const char *const *resolutions = reel_video_model_get_resolutions (model);
  guint n;
  const guint *durations = reel_video_model_get_durations (model, &n);

  fuzz_check_name (reel_video_model_get_id (model), 256);

  g_assert_cmpuint (n, <=, 256);
  for (guint i = 0; i < n; i++) {
    g_assert_cmpuint (durations[i], >, i > 0 ? durations[i - 1] : 0);
    g_assert_cmpuint (durations[i], <=, 86400);
    g_assert_cmpuint (reel_video_model_nearest_duration (model, durations[i]), ==, durations[i]);
  }
  g_assert_true ((reel_video_model_nearest_duration (model, 5) == 0) == (n == 0));
  reel_video_model_durations_are_consecutive (model);

  for (guint i = 0; ratios[i] != NULL; i++) {
    fuzz_check_name (ratios[i], 256);
    g_assert_cmpstr (reel_video_model_nearest_aspect_ratio (model, ratios[i]), ==, ratios[i]);
  }
  g_assert_true ((reel_video_model_nearest_aspect_ratio (model, "16:9") == NULL) == (ratios[0] == NULL));

  for (guint i = 0; resolutions[i] != NULL; i++) {
    fuzz_check_name (resolutions[i], 256);
    g_assert_cmpstr (reel_video_model_nearest_resolution (model, resolutions[i]), ==, resolutions[i]);
    check_price (model, resolutions[i], 1);
    check_price (model, resolutions[i], n > 0 ? durations[n - 1] : 86400);
  }
  g_assert_true ((reel_video_model_nearest_resolution (model, "720p") == NULL) == (resolutions[0] == NULL));
  check_price (model, "720p", 5);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelCatalogue) catalogue = reel_codec_decode_models (body, &error);
  guint n;

  fuzz_check_answer (catalogue, error);
  if (catalogue == NULL)
    return 0;

  n = g_list_model_get_n_items (G_LIST_MODEL (catalogue));
  g_assert_cmpuint (n, <=, 512);
  for (guint i = 0; i < n; i++) {
    g_autoptr (ReelVideoModel) model = g_list_model_get_item (G_LIST_MODEL (catalogue), i);

    g_assert_true (reel_catalogue_lookup (catalogue, reel_video_model_get_id (model)) == model);
    check_model (model);
    /* A choice of another model is what the form asks for when the model changes. */
    for (guint j = 0; j < MIN (n, 4); j++) {
      g_autoptr (ReelVideoModel) other = g_list_model_get_item (G_LIST_MODEL (catalogue), j);
      const char *const *wanted = reel_video_model_get_resolutions (other);

      for (guint k = 0; wanted[k] != NULL && k < 8; k++)
        reel_video_model_nearest_resolution (model, wanted[k]);
      wanted = reel_video_model_get_aspect_ratios (other);
      for (guint k = 0; wanted[k] != NULL && k < 8; k++)
        reel_video_model_nearest_aspect_ratio (model, wanted[k]);
    }
  }

  return 0;
}
