#include "config.h"

#include "reel-sandbox-models.h"

#include <glib/gi18n-lib.h>

#include "reel-api-fields.h"
#include "reel-money.h"

static const int any_duration[] = {4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0};
static const int five_or_ten[] = {5, 10, 0};
static const char *const ratios[] = {"16:9", "9:16", "1:1", NULL};

/* The models of the vendor's reference. It gives the price of seedance-2.0 only: the other prices are examples. */
static const ReelSandboxModel models[] = {
    {"seedance-2.0", any_duration, {{"480p", "0.05"}, {"720p", "0.1"}, {"1080p", "0.2"}}, FALSE},
    {"seedance-2.0-fast", any_duration, {{"480p", "0.0375"}, {"720p", "0.075"}, {"1080p", "0.15"}}, TRUE},
    {"seedance-1.5-pro", five_or_ten, {{"480p", "0.025"}, {"720p", "0.05"}, {"1080p", "0.1"}}, TRUE},
};

static void
append_durations (GString *text, const ReelSandboxModel *model)
{
  for (guint i = 0; model->durations[i] != 0; i++)
    g_string_append_printf (text, "%s%d", i > 0 ? ", " : "", model->durations[i]);
}

/**
 * reel_sandbox_models_find:
 * @id: the "model" field of a request
 *
 * Finds a model.
 *
 * Returns: (nullable) (transfer none): the model, %NULL where there is none of that name
 */
const ReelSandboxModel *
reel_sandbox_models_find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    if (g_str_equal (models[i].id, id))
      return &models[i];

  return NULL;
}

/**
 * reel_sandbox_models_to_json:
 *
 * Writes the answer of the models endpoint. It is text from the start, so that a price has the digits of its table.
 *
 * Returns: (transfer full): JSON
 */
char *
reel_sandbox_models_to_json (void)
{
  GString *json = g_string_new ("{\"" REEL_API_SUCCESS "\":true,\"" REEL_API_DATA "\":[");

  for (guint i = 0; i < G_N_ELEMENTS (models); i++) {
    g_string_append_printf (json, "%s{\"" REEL_API_ID "\":\"%s\"", i > 0 ? "," : "", models[i].id);
    g_string_append (json, ",\"" REEL_API_TYPE "\":\"video_generation\",\"" REEL_API_MODE "\":\"image_to_video\"");
    g_string_append (json, ",\"" REEL_API_DURATIONS "\":[");
    append_durations (json, &models[i]);
    g_string_append (json, "],\"" REEL_API_ASPECT_RATIOS "\":[");
    for (guint j = 0; ratios[j] != NULL; j++)
      g_string_append_printf (json, "%s\"%s\"", j > 0 ? "," : "", ratios[j]);
    g_string_append (json, "],\"" REEL_API_RESOLUTIONS "\":[");
    for (guint j = 0; j < G_N_ELEMENTS (models[i].prices); j++)
      g_string_append_printf (json, "%s\"%s\"", j > 0 ? "," : "", models[i].prices[j].resolution);
    g_string_append (json, "],\"" REEL_API_USD_PER_SECOND "\":{");
    for (guint j = 0; j < G_N_ELEMENTS (models[i].prices); j++)
      g_string_append_printf (json, "%s\"%s\":%s", j > 0 ? "," : "", models[i].prices[j].resolution,
                              models[i].prices[j].usd_per_second);
    g_string_append (json, "}}");
  }
  g_string_append (json, "]}");

  return g_string_free_and_steal (json);
}

/**
 * reel_sandbox_models_describe:
 *
 * Writes the models and their prices as text for a terminal, translated; prices that the vendor does not document say
 * that they are examples.
 *
 * Returns: (transfer full): the text
 */
char *
reel_sandbox_models_describe (void)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (models); i++) {
    g_string_append_printf (text, "  %-18s", models[i].id);
    for (guint j = 0; j < G_N_ELEMENTS (models[i].prices); j++)
      g_string_append_printf (text, " %s $%s", models[i].prices[j].resolution, models[i].prices[j].usd_per_second);
    g_string_append_printf (text, " (%s)\n", models[i].example_prices ? _ ("example prices") : _ ("documented prices"));
  }

  return g_string_free_and_steal (text);
}

/**
 * reel_sandbox_model_has_duration:
 * @self: a model
 * @seconds: the "duration" field of a request
 *
 * Tells whether the model lists a duration.
 */
gboolean
reel_sandbox_model_has_duration (const ReelSandboxModel *self, gint64 seconds)
{
  for (guint i = 0; self->durations[i] != 0; i++)
    if (self->durations[i] == seconds)
      return TRUE;

  return FALSE;
}

/**
 * reel_sandbox_model_has_resolution:
 * @self: a model
 * @resolution: the "resolution" field of a request
 *
 * Tells whether the model lists a resolution.
 */
gboolean
reel_sandbox_model_has_resolution (const ReelSandboxModel *self, const char *resolution)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->prices); i++)
    if (g_str_equal (self->prices[i].resolution, resolution))
      return TRUE;

  return FALSE;
}

/**
 * reel_sandbox_model_get_credits:
 * @self: a model
 * @resolution: one that it lists
 * @seconds: the length of the video
 *
 * Computes what a job costs, rounded up to whole credits (the "creditsCharged" field).
 *
 * Returns: credits
 */
gint64
reel_sandbox_model_get_credits (const ReelSandboxModel *self, const char *resolution, int seconds)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->prices); i++) {
    if (g_str_equal (self->prices[i].resolution, resolution)) {
      ReelMoney price = reel_money_from_decimal (self->prices[i].usd_per_second) * seconds;

      return (price * REEL_SANDBOX_CREDITS_PER_DOLLAR + REEL_MONEY_DOLLAR - 1) / REEL_MONEY_DOLLAR;
    }
  }

  g_return_val_if_reached (0);
}

/**
 * reel_sandbox_has_aspect_ratio:
 * @ratio: the "aspectRatio" field of a request
 *
 * Tells whether the models list an aspect ratio; all list the same ones.
 */
gboolean
reel_sandbox_has_aspect_ratio (const char *ratio)
{
  return g_strv_contains (ratios, ratio);
}

/**
 * reel_sandbox_frame_size:
 * @resolution: a listed resolution: its number is the shorter side
 * @ratio: a listed aspect ratio
 * @width: (out): pixels, even
 * @height: (out): pixels, even
 *
 * Computes the size of a video's picture.
 */
void
reel_sandbox_frame_size (const char *resolution, const char *ratio, int *width, int *height)
{
  int shorter = (int)g_ascii_strtoll (resolution, NULL, 10);
  int longer = (shorter * 16 / 9 + 1) & ~1;

  *width = g_str_equal (ratio, "16:9") ? longer : shorter;
  *height = g_str_equal (ratio, "9:16") ? longer : shorter;
}
