#include "config.h"

#include "reel-error.h"
#include "reel-label-codec.h"

#include <string.h>

static ReelJobRecord *
make_record (void)
{
  ReelJobRecord *record = reel_job_record_new ();

  g_set_str (&record->id, "0b5be4a5-3a3c-4a44-9d43-2b1c1b0f7a10");
  g_set_str (&record->model, "seedance-2.0");
  g_set_str (&record->prompt, "A \"paper\" boat\r\n\tcrosses a puddle ⛵");
  record->duration = 5;
  g_set_str (&record->aspect_ratio, "16:9");
  g_set_str (&record->resolution, "720p");
  g_set_str (&record->webhook_url, "https://hooks.example.com/secret");
  g_set_str (&record->webhook_token, "secret");
  g_set_str (&record->request_id, "req_secret");
  g_set_str (&record->output_url, "https://files.example.com/secret");
  g_set_str (&record->account_id, "secret");
  g_strfreev (record->media_urls);
  record->media_urls = g_strsplit ("https://example.com/a.png https://example.com/b.mp4", " ", -1);

  return record;
}

static ReelRequest *
decode (const char *text, gsize length, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);

  return reel_label_codec_decode (bytes, error);
}

static void
test_round_trip (void)
{
  g_autoptr (ReelJobRecord) record = make_record ();
  g_autofree char *text = reel_label_codec_encode (record);
  g_autofree char *again = reel_label_codec_encode (record);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelRequest) request = decode (text, strlen (text), &error);
  g_autoptr (ReelReference) reference = NULL;
  GListModel *references;

  g_assert_no_error (error);
  g_assert_cmpstr (reel_request_get_model (request), ==, record->model);
  g_assert_cmpstr (reel_request_get_prompt (request), ==, record->prompt);
  g_assert_cmpuint (reel_request_get_duration (request), ==, 5);
  g_assert_cmpstr (reel_request_get_aspect_ratio (request), ==, "16:9");
  g_assert_cmpstr (reel_request_get_resolution (request), ==, "720p");
  g_assert_null (reel_request_get_webhook_url (request));
  references = G_LIST_MODEL (reel_request_get_references (request));
  g_assert_cmpuint (g_list_model_get_n_items (references), ==, 2);
  reference = g_list_model_get_item (references, 1);
  g_assert_cmpstr (reel_reference_get_url (reference), ==, "https://example.com/b.mp4");

  /* The same at any time, so that the file of two runs is the same; and nothing of the account is in it. */
  g_assert_cmpstr (again, ==, text);
  g_assert_null (strstr (text, "secret"));
  g_assert_nonnull (strstr (text, "\"seedreel\":1"));
  g_assert_nonnull (strstr (text, record->id));
}

/* A job that was adopted by its request id may know next to nothing. */
static void
test_little (void)
{
  g_autoptr (ReelJobRecord) record = reel_job_record_new ();
  g_autoptr (ReelRequest) request = NULL;
  g_autofree char *text = reel_label_codec_encode (record);

  g_assert_null (text);
  g_set_str (&record->prompt, "A boat");
  text = reel_label_codec_encode (record);
  request = decode (text, strlen (text), NULL);
  g_assert_cmpstr (reel_request_get_prompt (request), ==, "A boat");
  g_assert_null (reel_request_get_model (request));
  g_assert_cmpuint (reel_request_get_duration (request), ==, 0);
}

static void
test_later_version (void)
{
  static const char text[] = "{\"seedreel\": 7, \"prompt\": \"A boat\", \"model\": null, \"mood\": {\"calm\": [1]}}";
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelRequest) request = decode (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (reel_request_get_prompt (request), ==, "A boat");
}

#define HEAD "{\"seedreel\":1,\"prompt\":\"A boat\","

static void
test_hostile (void)
{
  static const struct
  {
    const char *text;
    gsize length;
    ReelError code;
  } cases[] = {
      {"", 0, REEL_ERROR_NOT_JSON},
      {"\0", 1, REEL_ERROR_NOT_JSON},
      {"\xff\xfe{}", 4, REEL_ERROR_NOT_JSON},
      {"{\"seedreel\":1,\"prompt\":\"A\0boat\"}", 32, REEL_ERROR_NOT_JSON},
      {"{\"seedreel\":1,\"prompt\":\"A\\u0000boat\"}", 0, REEL_ERROR_BAD_SHAPE},
      {"{\"seedreel\":1,\"prompt\":\"A boat\"", 0, REEL_ERROR_NOT_JSON},
      {"<xmp>A boat</xmp>", 0, REEL_ERROR_NOT_JSON},
      {"[]", 0, REEL_ERROR_BAD_SHAPE},
      {"null", 0, REEL_ERROR_BAD_SHAPE},
      {"\"text\"", 0, REEL_ERROR_BAD_SHAPE},
      {"{}", 0, REEL_ERROR_BAD_SHAPE},
      {"{\"seedreel\":1}", 0, REEL_ERROR_BAD_SHAPE},
      {"{\"prompt\":\"A boat\"}", 0, REEL_ERROR_BAD_SHAPE},
      {"{\"seedreel\":\"1\",\"prompt\":\"A boat\"}", 0, REEL_ERROR_BAD_SHAPE},
      {"{\"seedreel\":-1,\"prompt\":\"A boat\"}", 0, REEL_ERROR_BAD_SHAPE},
      {"{\"seedreel\":1,\"prompt\":5}", 0, REEL_ERROR_BAD_SHAPE},
      {"{\"seedreel\":1,\"prompt\":[\"A boat\"]}", 0, REEL_ERROR_BAD_SHAPE},
      {"{\"seedreel\":1,\"prompt\":\"\\u001b[2J\"}", 0, REEL_ERROR_BAD_SHAPE},
      {HEAD "\"model\":{}}", 0, REEL_ERROR_BAD_SHAPE},
      {HEAD "\"model\":\"two\\nlines\"}", 0, REEL_ERROR_BAD_SHAPE},
      {HEAD "\"duration\":\"5\"}", 0, REEL_ERROR_BAD_SHAPE},
      {HEAD "\"duration\":5.5}", 0, REEL_ERROR_BAD_SHAPE},
      {HEAD "\"duration\":-5}", 0, REEL_ERROR_BAD_SHAPE},
      {HEAD "\"duration\":9223372036854775807}", 0, REEL_ERROR_BAD_SHAPE},
      {HEAD "\"duration\":true}", 0, REEL_ERROR_BAD_SHAPE},
      {HEAD "\"resolution\":720}", 0, REEL_ERROR_BAD_SHAPE},
      {HEAD "\"mediaUrls\":\"https://example.com/a.png\"}", 0, REEL_ERROR_BAD_SHAPE},
      {HEAD "\"mediaUrls\":[5]}", 0, REEL_ERROR_BAD_SHAPE},
      {HEAD "\"mediaUrls\":[\"http://example.com/a.png\"]}", 0, REEL_ERROR_BAD_SHAPE},
      {HEAD "\"mediaUrls\":[\"https://127.0.0.1/a.png\"]}", 0, REEL_ERROR_BAD_SHAPE},
      {HEAD "\"mediaUrls\":[\"file:///etc/passwd\"]}", 0, REEL_ERROR_BAD_SHAPE},
      {HEAD "\"mediaUrls\":[\"https://e.com/1\",\"https://e.com/2\",\"https://e.com/3\",\"https://e.com/4\","
            "\"https://e.com/5\",\"https://e.com/6\"]}",
       0, REEL_ERROR_BAD_SHAPE},
  };
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autofree char *filler = g_strnfill (70000, 'x');
  g_autofree char *endless = g_strdup_printf ("{\"seedreel\":1,\"prompt\":\"%s\"}", filler);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    gsize length = cases[i].length > 0 ? cases[i].length : strlen (cases[i].text);
    g_autoptr (GError) error = NULL;

    g_test_message ("case %u", i);
    g_assert_null (decode (cases[i].text, length, &error));
    g_assert_error (error, REEL_ERROR, (int)cases[i].code);
  }
  g_assert_null (decode (deep, strlen (deep), NULL));
  g_assert_null (decode (endless, strlen (endless), NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/label-codec/round-trip", test_round_trip);
  g_test_add_func ("/label-codec/little", test_little);
  g_test_add_func ("/label-codec/later-version", test_later_version);
  g_test_add_func ("/label-codec/hostile", test_hostile);

  return g_test_run ();
}
