#include "config.h"

#include "reel-codec.h"
#include "reel-test.h"

#include <string.h>

static GBytes *
make_bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static ReelGeneration *
decode (const char *text, GError **error)
{
  g_autoptr (GBytes) body = make_bytes (text);

  return reel_codec_decode_generation (body, error);
}

static ReelCatalogue *
decode_models (const char *text, GError **error)
{
  g_autoptr (GBytes) body = make_bytes (text);

  return reel_codec_decode_models (body, error);
}

static void
test_encode (void)
{
  g_autoptr (ReelJobRecord) record = reel_job_record_new ();
  g_autofree char *least = NULL;
  g_autofree char *most = NULL;
  g_autofree char *odd = NULL;

  record->id = g_strdup ("one");
  record->model = g_strdup ("seedance-2.0");
  record->prompt = g_strdup ("A paper boat");
  least = reel_codec_encode_request (record);
  g_assert_cmpstr (least, ==,
                   "{\"model\":\"seedance-2.0\",\"prompt\":\"A paper boat\",\"metadata\":{\"jobId\":\"one\"}}");

  g_strfreev (record->media_urls);
  record->media_urls = g_strsplit ("https://a.example/1.jpg https://a.example/2.jpg", " ", -1);
  record->duration = 5;
  record->aspect_ratio = g_strdup ("16:9");
  record->resolution = g_strdup ("720p");
  record->webhook_url = g_strdup ("https://a.example/hook");
  most = reel_codec_encode_request (record);
  g_assert_cmpstr (most, ==,
                   "{\"model\":\"seedance-2.0\",\"prompt\":\"A paper boat\","
                   "\"mediaUrls\":[\"https://a.example/1.jpg\",\"https://a.example/2.jpg\"],"
                   "\"aspectRatio\":\"16:9\",\"duration\":5,\"resolution\":\"720p\","
                   "\"webhookUrl\":\"https://a.example/hook\",\"metadata\":{\"jobId\":\"one\"}}");

  /* Whatever was typed goes through JSON and back. */
  g_set_str (&record->prompt, "\"\\\n\t\x01⛵ قارب \xff");
  odd = reel_codec_encode_request (record);
  g_assert_true (g_utf8_validate (odd, -1, NULL));
  g_assert_nonnull (strstr (odd, "\"prompt\":\"\\\"\\\\\\n\\t\\u0001⛵ قارب \xef\xbf\xbd\""));
}

static void
test_models (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelCatalogue) catalogue = decode_models (
      "{\"success\": true, \"later\": {}, \"data\": ["
      "  {\"id\": \"seedance-2.0\", \"type\": \"video_generation\", \"mode\": \"image_to_video\","
      "   \"durations\": [4, 5, 6], \"aspectRatios\": [\"16:9\", \"9:16\", \"1:1\"],"
      "   \"resolutions\": [\"480p\", \"720p\", \"1080p\"],"
      "   \"usdPerSecond\": {\"480p\": 0.05, \"720p\": 0.1, \"1080p\": 0.2}},"
      "  {\"id\": \"tomorrow\", \"durations\": [60.0, 3], \"aspectRatios\": [\"32:9\"], \"resolutions\": [\"8K HDR\"],"
      "   \"usdPerSecond\": {\"8K HDR\": 12}}]}",
      &error);
  ReelVideoModel *model;
  const guint *durations;
  guint n;

  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (catalogue)), ==, 2);

  model = reel_catalogue_lookup (catalogue, "seedance-2.0");
  durations = reel_video_model_get_durations (model, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (durations[2], ==, 6);
  g_assert_cmpstr (reel_video_model_get_aspect_ratios (model)[1], ==, "9:16");
  g_assert_cmpint (reel_video_model_get_price (model, "480p"), ==, 50000);
  g_assert_cmpint (reel_video_model_get_price (model, "720p"), ==, 100000);
  g_assert_cmpint (reel_video_model_get_price (model, "1080p"), ==, 200000);

  model = reel_catalogue_lookup (catalogue, "tomorrow");
  durations = reel_video_model_get_durations (model, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (durations[1], ==, 60);
  g_assert_cmpstr (reel_video_model_get_resolutions (model)[0], ==, "8K HDR");
  g_assert_cmpint (reel_video_model_get_price (model, "8K HDR"), ==, 12 * REEL_MONEY_DOLLAR);
}

/* Every price of one to six decimals comes out exactly. */
static void
test_exact_prices (void)
{
  for (guint i = 1; i < 2000000; i += i < 1000 ? 1 : 997) {
    g_autofree char *text =
        g_strdup_printf ("{\"data\":[{\"id\":\"m\",\"usdPerSecond\":{\"r\":%u.%06u}}]}", i / 1000000, i % 1000000);
    g_autoptr (ReelCatalogue) catalogue = decode_models (text, NULL);

    g_assert_cmpint (reel_video_model_get_price (reel_catalogue_lookup (catalogue, "m"), "r"), ==, i);
  }
}

static void
test_odd_models (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelCatalogue) catalogue = decode_models (
      "{\"data\": [null, 1, \"x\", [], {}, {\"id\": 5}, {\"id\": \"\"}, {\"id\": \"a\\u0000b\"},"
      " {\"id\": \"bare\"},"
      " {\"id\": \"wrong\", \"durations\": {}, \"aspectRatios\": \"16:9\", \"resolutions\": 3, \"usdPerSecond\": []},"
      " {\"id\": \"mixed\", \"durations\": [0, -5, 5, 5.5, \"7\", null, [8], true, 1e300, 99999999999999999999, 5],"
      "  \"aspectRatios\": [1, null, \"\", \"1:1\", \"1:1\", \"a\\nb\"], \"resolutions\": [[], {}, \"720p\"],"
      "  \"usdPerSecond\": {\"a\": -0.1, \"b\": \"0.1\", \"c\": null, \"d\": 0, \"e\": 1e999, \"f\": {},"
      "    \"g\": 99999999999999999999, \"h\": -99999999999999999999, \"i\": true, \"ok\": 0.1}},"
      " {\"id\": \"mixed\", \"durations\": [9]}]}",
      &error);
  ReelVideoModel *model;
  const guint *durations;
  guint n;

  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (catalogue)), ==, 3);

  model = reel_catalogue_lookup (catalogue, "wrong");
  reel_video_model_get_durations (model, &n);
  g_assert_cmpuint (n, ==, 0);
  g_assert_null (reel_video_model_get_aspect_ratios (model)[0]);
  g_assert_null (reel_video_model_get_resolutions (model)[0]);

  model = reel_catalogue_lookup (catalogue, "mixed");
  durations = reel_video_model_get_durations (model, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (durations[0], ==, 5);
  g_assert_cmpuint (g_strv_length ((char **)reel_video_model_get_aspect_ratios (model)), ==, 1);
  g_assert_cmpuint (g_strv_length ((char **)reel_video_model_get_resolutions (model)), ==, 1);
  g_assert_cmpint (reel_video_model_get_price (model, "ok"), ==, 100000);
  for (char letter = 'a'; letter <= 'i'; letter++) {
    const char resolution[] = {letter, '\0'};

    g_test_message ("price %s", resolution);
    g_assert_cmpint (reel_video_model_get_price (model, resolution), ==, REEL_MONEY_NOT_LISTED);
  }
}

static void
test_bad_models (void)
{
  static const struct
  {
    const char *text;
    ReelError code;
  } cases[] = {
      {"", REEL_ERROR_NOT_JSON},
      {"<!DOCTYPE html><html>", REEL_ERROR_NOT_JSON},
      {"{\"data\": [", REEL_ERROR_NOT_JSON},
      {"{'data': []}", REEL_ERROR_NOT_JSON},
      {"{\"data\": []} trailing", REEL_ERROR_NOT_JSON},
      {"{}", REEL_ERROR_BAD_SHAPE},
      {"[]", REEL_ERROR_BAD_SHAPE},
      {"null", REEL_ERROR_BAD_SHAPE},
      {"\"text\"", REEL_ERROR_BAD_SHAPE},
      {"{\"data\": null}", REEL_ERROR_BAD_SHAPE},
      {"{\"data\": {}}", REEL_ERROR_BAD_SHAPE},
      {"{\"data\": \"[]\"}", REEL_ERROR_BAD_SHAPE},
      {"{\"success\": false, \"data\": []}", REEL_ERROR_UNKNOWN_CODE},
      {"{\"success\": false, \"error\": {\"code\": \"unauthorized\", \"message\": \"No\"}}", REEL_ERROR_UNAUTHORIZED},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", cases[i].text);
    g_assert_null (decode_models (cases[i].text, &error));
    g_assert_error (error, REEL_ERROR, (int)cases[i].code);
    g_assert_true (reel_error_was_sent (error));
  }
}

/* A list that is far too long is cut before it takes time. */
static void
test_endless_models (void)
{
  g_autoptr (GString) text = g_string_new ("{\"data\":[{\"id\":\"m\",\"durations\":[1");
  g_autoptr (ReelCatalogue) catalogue = NULL;
  guint n;

  for (guint i = 2; i < 300000; i++)
    g_string_append_printf (text, ",%u", i);
  g_string_append (text, "]}");
  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (text, ",{\"id\":\"m%u\"}", i);
  g_string_append (text, "]}");
  catalogue = decode_models (text->str, NULL);

  reel_video_model_get_durations (reel_catalogue_lookup (catalogue, "m"), &n);
  g_assert_cmpuint (n, ==, 256);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (catalogue)), ==, 512);
}

static void
test_generation (void)
{
  const char *text =
      "{\"success\": true, \"requestId\": \"req_1\", \"status\": \"succeeded\", \"model\": \"m\","
      " \"prompt\": \"Rain\\non a street\", \"duration\": 5, \"aspectRatio\": \"16:9\","
      " \"resolution\": 720, \"output\": {\"type\": \"video\", \"url\": \"https://a.example/v.mp4?s=1\"},"
      " \"error\": null, \"creditsCharged\": 40}";
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelGeneration) generation = decode (text, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (generation->request_id, ==, "req_1");
  g_assert_cmpint (generation->status, ==, REEL_SERVICE_SUCCEEDED);
  g_assert_cmpstr (generation->status_text, ==, "succeeded");
  g_assert_cmpstr (generation->model, ==, "m");
  g_assert_cmpstr (generation->prompt, ==, "Rain\non a street");
  g_assert_cmpuint (generation->duration, ==, 5);
  g_assert_cmpstr (generation->aspect_ratio, ==, "16:9");
  g_assert_null (generation->resolution);
  g_assert_cmpstr (generation->output_url, ==, "https://a.example/v.mp4?s=1");
  g_assert_cmpstr (generation->credits_charged, ==, "40");
  g_assert_null (generation->error_code);
  g_assert_null (generation->error_message);
  g_assert_cmpstr (generation->body, ==, text);
}

static void
test_status (void)
{
  static const struct
  {
    const char *text;
    ReelServiceStatus status;
  } cases[] = {
      {"queued", REEL_SERVICE_QUEUED},   {"processing", REEL_SERVICE_PROCESSING}, {"succeeded", REEL_SERVICE_SUCCEEDED},
      {"failed", REEL_SERVICE_FAILED},   {"cancelled", REEL_SERVICE_CANCELLED},   {"Upscaling…", REEL_SERVICE_OTHER},
      {"SUCCEEDED", REEL_SERVICE_OTHER},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strdup_printf ("{\"status\": \"%s\"}", cases[i].text);
    g_autoptr (ReelGeneration) generation = decode (text, NULL);

    g_assert_cmpint (generation->status, ==, cases[i].status);
    g_assert_cmpstr (generation->status_text, ==, cases[i].text);
  }
}

static void
test_error_member (void)
{
  static const struct
  {
    const char *error;
    const char *code;
    const char *message;
  } cases[] = {
      {"null", NULL, NULL},
      {"\"It broke\"", NULL, "It broke"},
      {"{\"code\": \"nsfw\", \"message\": \"Not allowed\"}", "nsfw", "Not allowed"},
      {"{\"code\": \"nsfw\"}", "nsfw", NULL},
      {"{\"message\": \"Not\\u0000 allowed\\n\\u001b[31m\"}", NULL, "Not\xef\xbf\xbd allowed\n\xef\xbf\xbd[31m"},
      {"{\"code\": 5, \"message\": [\"x\"]}", NULL, NULL},
      {"{}", NULL, NULL},
      {"[]", NULL, NULL},
      {"42", NULL, NULL},
      {"{\"message\": \"\\ud83d\\ude00 \\ud83d \\ude00 \\ud83d\\u0041\"}", NULL,
       "😀 \xef\xbf\xbd \xef\xbf\xbd \xef\xbf\xbd"
       "A"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strdup_printf ("{\"status\": \"failed\", \"error\": %s}", cases[i].error);
    g_autoptr (ReelGeneration) generation = decode (text, NULL);

    g_test_message ("%s", text);
    g_assert_nonnull (generation);
    g_assert_cmpstr (generation->error_code, ==, cases[i].code);
    g_assert_cmpstr (generation->error_message, ==, cases[i].message);
  }
}

static void
test_credits (void)
{
  static const struct
  {
    const char *json;
    const char *text;
  } cases[] = {
      {"40", "40"},     {"40.0", "40"},
      {"40.5", "40.5"}, {"0.1", "0.1"},
      {"0", "0"},       {"-3", "-3"},
      {"\"40\"", "40"}, {"\"12.50\"", "12.50"},
      {"null", NULL},   {"true", NULL},
      {"[]", NULL},     {"\"\"", NULL},
      {"1e999", NULL},  {"9007199254740993", "9007199254740993"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strdup_printf ("{\"status\": \"queued\", \"creditsCharged\": %s}", cases[i].json);
    g_autoptr (ReelGeneration) generation = decode (text, NULL);

    g_test_message ("%s", text);
    g_assert_cmpstr (generation->credits_charged, ==, cases[i].text);
  }
}

static void
test_bad_generation (void)
{
  static const struct
  {
    const char *text;
    ReelError code;
  } cases[] = {
      {"{\"success\": true, \"requestId\": \"req_1\", \"stat", REEL_ERROR_NOT_JSON},
      {"<html>502</html>", REEL_ERROR_NOT_JSON},
      {"[{\"status\": \"queued\"}]", REEL_ERROR_BAD_SHAPE},
      {"{\"requestId\": \"req_1\"}", REEL_ERROR_BAD_SHAPE},
      {"{\"status\": 5}", REEL_ERROR_BAD_SHAPE},
      {"{\"status\": null}", REEL_ERROR_BAD_SHAPE},
      {"{\"status\": \"\"}", REEL_ERROR_BAD_SHAPE},
      {"{\"success\": false, \"status\": \"queued\"}", REEL_ERROR_UNKNOWN_CODE},
      {"{\"success\": false, \"error\": \"x\", \"requestId\": \"req_1\"}", REEL_ERROR_UNKNOWN_CODE},
      {"{\"success\": false, \"error\": {\"code\": \"rate_limited\"}}", REEL_ERROR_RATE_LIMITED},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", cases[i].text);
    g_assert_null (decode (cases[i].text, &error));
    g_assert_error (error, REEL_ERROR, (int)cases[i].code);
    g_assert_true (reel_error_was_sent (error));
  }
}

/* success false with a job in it is the state of a failed job, not a refusal. */
static void
test_failed_job (void)
{
  g_autoptr (ReelGeneration) generation = decode (
      "{\"success\": false, \"requestId\": \"r\", \"status\": \"failed\", \"error\": {\"code\": \"nsfw\"}}", NULL);

  g_assert_cmpint (generation->status, ==, REEL_SERVICE_FAILED);
  g_assert_cmpstr (generation->error_code, ==, "nsfw");
}

static void
test_encodings (void)
{
  static const char json[] = "{\"status\": \"queued\"}";
  g_autofree char *with_bom = g_strconcat ("\xef\xbb\xbf", json, NULL);
  g_autoptr (ReelGeneration) generation = decode (with_bom, NULL);
  const char *const encodings[] = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE"};
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) with_nul = g_bytes_new_static ("{\"status\": \"que\0ued\"}", 21);

  g_assert_cmpstr (generation->body, ==, json);

  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++) {
    gsize length;
    char *data = g_convert (json, -1, encodings[i], "UTF-8", NULL, &length, NULL);
    g_autoptr (GBytes) body = g_bytes_new_take (data, length);

    g_assert_null (reel_codec_decode_generation (body, &error));
    g_assert_error (error, REEL_ERROR, REEL_ERROR_NOT_JSON);
    g_clear_error (&error);
  }

  g_assert_null (decode ("{\"status\": \"qu\xe9\"}", &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_NOT_JSON);
  g_clear_error (&error);
  g_assert_null (reel_codec_decode_generation (with_nul, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_NOT_JSON);
}

static void
test_depth (void)
{
  g_autoptr (GString) text = g_string_new ("{\"status\": \"queued\", \"x\": ");
  g_autoptr (GString) brackets = g_string_new ("{\"status\": \"queued\", \"x\": \"\\\"");
  g_autoptr (ReelGeneration) generation = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 1000000; i++) {
    g_string_append_c (text, '[');
    if (i < 5000)
      g_string_append (brackets, "[{");
  }
  g_assert_null (decode (text->str, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_BAD_SHAPE);

  /* Brackets in a string are text. */
  g_string_append (brackets, "\"}");
  generation = decode (brackets->str, NULL);
  g_assert_nonnull (generation);
}

static void
test_accepted (void)
{
  g_autofree char *sane = g_strnfill (512, 'x');
  g_autofree char *insane = g_strnfill (513, 'x');
  const struct
  {
    const char *id; /* as JSON */
    const char *expected;
  } cases[] = {
      {"\"req_1\"", "req_1"},
      {"\"../../x\"", "../../x"},
      {"\"%2f..\"", "%2f.."},
      {"\"⛵ / ?#\"", "⛵ / ?#"},
      {"\".\"", "."},
      {"\"\"", NULL},
      {"null", NULL},
      {"5", NULL},
      {"{}", NULL},
      {"\"a\\u0000b\"", NULL},
      {"\"a\\nb\"", NULL},
      {"\"a\\u007fb\"", NULL},
      {"\"a\\u0085b\"", NULL},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases) + 2; i++) {
    const char *extra[] = {sane, insane};
    g_autofree char *id =
        i < G_N_ELEMENTS (cases) ? g_strdup (cases[i].id) : g_strdup_printf ("\"%s\"", extra[i - G_N_ELEMENTS (cases)]);
    const char *expected = i < G_N_ELEMENTS (cases) ? cases[i].expected : i == G_N_ELEMENTS (cases) ? sane : NULL;
    g_autofree char *text = g_strdup_printf ("{\"success\": true, \"status\": \"queued\", \"requestId\": %s}", id);
    g_autoptr (GBytes) body = make_bytes (text);
    g_autoptr (GError) error = NULL;
    g_autoptr (ReelGeneration) generation = reel_codec_decode_accepted (body, &error);

    g_test_message ("%.60s", id);
    if (expected != NULL)
      g_assert_cmpstr (generation->request_id, ==, expected);
    else
      g_assert_error (error, REEL_ERROR, REEL_ERROR_BAD_SHAPE);
  }
}

/* The id is what counts: without it a paid video is lost. */
static void
test_accepted_with_little (void)
{
  static const char *const texts[] = {
      "{\"requestId\": \"req_1\"}",
      "{\"requestId\": \"req_1\", \"status\": 7, \"creditsCharged\": [], \"output\": 5, \"error\": false}",
      "{\"requestId\": \"req_1\", \"status\": \"failed\", \"success\": false}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GBytes) body = make_bytes (texts[i]);
    g_autoptr (ReelGeneration) generation = reel_codec_decode_accepted (body, NULL);

    g_assert_cmpstr (generation->request_id, ==, "req_1");
  }
}

static void
test_errors (void)
{
  static const struct
  {
    guint status;
    const char *body;
    ReelError code;
    const char *service_code;
    const char *message;
  } cases[] = {
      {400, "{\"success\":false,\"error\":{\"code\":\"invalid_request\",\"message\":\"No\"}}",
       REEL_ERROR_INVALID_REQUEST, "invalid_request", "No"},
      {401, "{\"error\":{\"code\":\"unauthorized\",\"message\":\"No\"}}", REEL_ERROR_UNAUTHORIZED, "unauthorized",
       "No"},
      {402, "{\"error\":{\"code\":\"insufficient_credits\"}}", REEL_ERROR_INSUFFICIENT_CREDITS, "insufficient_credits",
       NULL},
      {404, "{\"error\":{\"code\":\"not_found\"}}", REEL_ERROR_NOT_FOUND, "not_found", NULL},
      {429, "{\"error\":{\"code\":\"rate_limited\"}}", REEL_ERROR_RATE_LIMITED, "rate_limited", NULL},
      {500, "{\"error\":{\"code\":\"internal_error\"}}", REEL_ERROR_INTERNAL, "internal_error", NULL},
      {403, "{\"error\":{\"code\":\"insufficient_credits\"}}", REEL_ERROR_INSUFFICIENT_CREDITS, "insufficient_credits",
       NULL},
      {400, "{\"error\":{\"code\":\"content_policy\",\"message\":\"No\"}}", REEL_ERROR_UNKNOWN_CODE, "content_policy",
       "No"},
      {404, "{\"error\":{\"code\":\"model_gone\"}}", REEL_ERROR_UNKNOWN_CODE, "model_gone", NULL},
      {401, "{\"error\":{\"code\":\"key_expired\"}}", REEL_ERROR_UNAUTHORIZED, "key_expired", NULL},
      {429, "{\"error\":{\"code\":\"quota\"}}", REEL_ERROR_RATE_LIMITED, "quota", NULL},
      {503, "{\"error\":{\"code\":\"overloaded\"}}", REEL_ERROR_INTERNAL, "overloaded", NULL},
      {402, "{\"error\":\"Pay\"}", REEL_ERROR_INSUFFICIENT_CREDITS, NULL, "Pay"},
      {418, "{\"error\":null}", REEL_ERROR_UNKNOWN_CODE, NULL, NULL},
      {403, "<html>", REEL_ERROR_UNKNOWN_CODE, NULL, NULL},
      {502, "<html>", REEL_ERROR_INTERNAL, NULL, NULL},
      {400, "", REEL_ERROR_INVALID_REQUEST, NULL, NULL},
      {404, "[]", REEL_ERROR_NOT_FOUND, NULL, NULL},
      {302, "", REEL_ERROR_UNKNOWN_CODE, NULL, NULL},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) body = make_bytes (cases[i].body);
    g_autoptr (GError) error = reel_codec_decode_error (cases[i].status, body, 7);

    g_test_message ("%u %s", cases[i].status, cases[i].body);
    g_assert_error (error, REEL_ERROR, (int)cases[i].code);
    g_assert_cmpuint (reel_error_get_http_status (error), ==, cases[i].status);
    g_assert_cmpstr (reel_error_get_service_code (error), ==, cases[i].service_code);
    g_assert_cmpstr (reel_error_get_service_message (error), ==, cases[i].message);
    g_assert_cmpint (reel_error_get_retry_after (error), ==, 7);
    g_assert_true (reel_error_was_sent (error));
  }
}

static void
test_retry_after (void)
{
  /* Sun, 06 Nov 1994 08:49:37 GMT */
  const gint64 now = G_GINT64_CONSTANT (784111777) * G_USEC_PER_SEC;
  static const struct
  {
    const char *value;
    gint64 seconds;
  } cases[] = {
      {"0", 0},
      {"30", 30},
      {" 30 ", 30},
      {"86400", 86400},
      {"86401", 86400},
      {"99999999999999999999999", 86400},
      {"Sun, 06 Nov 1994 08:49:37 GMT", 0},
      {"Sun, 06 Nov 1994 08:50:07 GMT", 30},
      {"Sunday, 06-Nov-94 08:50:07 GMT", 30},
      {"Sun Nov  6 08:50:07 1994", 30},
      {"Sun, 06 Nov 1994 08:00:00 GMT", 0},
      {"Fri, 31 Dec 2999 23:59:59 GMT", 86400},
      {NULL, -1},
      {"", -1},
      {"   ", -1},
      {"-5", -1},
      {"+5", -1},
      {"1.5", -1},
      {"soon", -1},
      {"30 seconds", -1},
      {"Sun, 99 Foo 1994", -1},
      {"\xff\xfe", -1},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("case %u", i);
    g_assert_cmpint (reel_codec_parse_retry_after (cases[i].value, now), ==, cases[i].seconds);
  }
  g_assert_cmpint (reel_codec_parse_retry_after ("Sun, 06 Nov 1994 08:49:38 GMT", now + 1), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/codec/encode", test_encode);
  g_test_add_func ("/codec/models", test_models);
  g_test_add_func ("/codec/exact-prices", test_exact_prices);
  g_test_add_func ("/codec/odd-models", test_odd_models);
  g_test_add_func ("/codec/bad-models", test_bad_models);
  g_test_add_func ("/codec/endless-models", test_endless_models);
  g_test_add_func ("/codec/generation", test_generation);
  g_test_add_func ("/codec/status", test_status);
  g_test_add_func ("/codec/error-member", test_error_member);
  g_test_add_func ("/codec/credits", test_credits);
  g_test_add_func ("/codec/bad-generation", test_bad_generation);
  g_test_add_func ("/codec/failed-job", test_failed_job);
  g_test_add_func ("/codec/encodings", test_encodings);
  g_test_add_func ("/codec/depth", test_depth);
  g_test_add_func ("/codec/accepted", test_accepted);
  g_test_add_func ("/codec/accepted-with-little", test_accepted_with_little);
  g_test_add_func ("/codec/errors", test_errors);
  g_test_add_func ("/codec/retry-after", test_retry_after);

  return g_test_run ();
}
