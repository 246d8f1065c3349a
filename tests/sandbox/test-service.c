#include "config.h"

#include "reel-sandbox-fixture.h"
#include "reel-test.h"

#include <string.h>

#define GENERATIONS "/api/open/v1/video/generations"
#define MODELS      "/api/open/v1/models"

static void
expect_error (SandboxFixture *fixture,
              const char *method,
              const char *path,
              const char *body,
              guint status,
              const char *code)
{
  g_autoptr (SandboxAnswer) answer = sandbox_call (fixture, method, path, body);

  sandbox_answer_expect_error (answer, status, code);
}

static void
expect_unauthorized (SandboxFixture *fixture, const char *method, const char *path, const char *authorization)
{
  const char *const headers[] = {"Authorization", authorization, NULL};
  g_autoptr (SandboxAnswer) answer =
      sandbox_call_full (fixture, method, path, NULL, authorization != NULL ? headers : NULL);
  g_autoptr (JsonObject) object = sandbox_answer_expect (answer, 401);
  JsonObject *error = json_object_get_object_member (object, "error");

  /* Word by word the vendor's example. */
  g_assert_cmpstr (json_object_get_string_member (error, "code"), ==, "unauthorized");
  g_assert_cmpstr (json_object_get_string_member (error, "message"), ==, "Invalid API key");
}

static void
test_new_destroy (void)
{
  g_autofree char *folder = reel_test_make_folder ();
  ReelSandbox *sandbox = reel_sandbox_new (folder);

  g_assert_null (reel_sandbox_get_base_url (sandbox));
  reel_sandbox_stop (sandbox);
  g_assert_finalize_object (sandbox);

  /* Stopped while it is still starting, and let go of by the stop alone. */
  sandbox = reel_sandbox_new (folder);
  {
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;

    reel_sandbox_start_async (sandbox, NULL, reel_test_store_result, &result);
    reel_sandbox_stop (sandbox);
    reel_sandbox_stop (sandbox);
    reel_test_wait (result != NULL);
    g_assert_true (reel_sandbox_start_finish (sandbox, result, &error));
    g_assert_no_error (error);
  }
  g_assert_finalize_object (sandbox);
}

static void
test_bad_start (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_fast ();
  g_autofree char *folder = reel_test_make_folder ();
  g_autofree char *file = g_build_filename (folder, "file", NULL);
  g_autoptr (GUri) uri = g_uri_parse (reel_sandbox_get_base_url (fixture->sandbox), G_URI_FLAGS_NONE, NULL);
  ReelSandbox *sandboxes[2];

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  sandboxes[0] = g_object_new (REEL_TYPE_SANDBOX, "state-dir", folder, "port", (guint)g_uri_get_port (uri), NULL);
  sandboxes[1] = reel_sandbox_new (file);
  for (guint i = 0; i < G_N_ELEMENTS (sandboxes); i++) {
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;

    reel_sandbox_start_async (sandboxes[i], NULL, reel_test_store_result, &result);
    reel_test_wait (result != NULL);
    g_assert_false (reel_sandbox_start_finish (sandboxes[i], result, &error));
    g_assert_nonnull (error);
    g_assert_null (reel_sandbox_get_base_url (sandboxes[i]));
    g_clear_object (&result);
    g_assert_finalize_object (sandboxes[i]);
  }
}

static void
test_unauthorized (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_fast ();
  static const char *const keys[] = {NULL,
                                     "",
                                     "Bearer",
                                     "Bearer ",
                                     "Bearer sd2_test_two",
                                     "Basic " SANDBOX_KEY,
                                     SANDBOX_KEY,
                                     "Bearer " SANDBOX_KEY "x"};

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    expect_unauthorized (fixture, "GET", MODELS, keys[i]);
    expect_unauthorized (fixture, "POST", GENERATIONS, keys[i]);
    expect_unauthorized (fixture, "GET", GENERATIONS "/req_1", keys[i]);
    expect_unauthorized (fixture, "POST", GENERATIONS "/req_1/cancel", keys[i]);
  }
}

static void
test_models (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_fast ();
  g_autoptr (SandboxAnswer) answer = sandbox_call (fixture, "GET", MODELS, NULL);
  g_autoptr (JsonObject) object = sandbox_answer_expect (answer, 200);
  JsonArray *models = json_object_get_array_member (object, "data");
  g_autofree char *text = g_strndup (g_bytes_get_data (answer->body, NULL), g_bytes_get_size (answer->body));
  static const char *const ids[] = {"seedance-2.0", "seedance-2.0-fast", "seedance-1.5-pro"};

  g_assert_cmpuint (json_array_get_length (models), ==, G_N_ELEMENTS (ids));
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    JsonObject *model = json_array_get_object_element (models, i);

    g_assert_cmpstr (json_object_get_string_member (model, "id"), ==, ids[i]);
    g_assert_cmpstr (json_object_get_string_member (model, "type"), ==, "video_generation");
    g_assert_cmpstr (json_object_get_string_member (model, "mode"), ==, "image_to_video");
    g_assert_cmpuint (json_array_get_length (json_object_get_array_member (model, "durations")), ==, i < 2 ? 12 : 2);
    g_assert_cmpuint (json_array_get_length (json_object_get_array_member (model, "aspectRatios")), ==, 3);
    g_assert_cmpuint (json_array_get_length (json_object_get_array_member (model, "resolutions")), ==, 3);
    g_assert_cmpuint (json_object_get_size (json_object_get_object_member (model, "usdPerSecond")), ==, 3);
  }
  /* The documented price, digit by digit. */
  g_assert_nonnull (strstr (text, "{\"480p\":0.05,\"720p\":0.1,\"1080p\":0.2}"));
}

static void
test_defaults (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_fast ();
  g_autofree char *id = sandbox_submit_json (fixture, "{\"model\":\"seedance-2.0\",\"prompt\":\"[wait]\"}");
  g_autoptr (JsonObject) generation = sandbox_show (fixture, id);

  g_assert_cmpstr (json_object_get_string_member (generation, "model"), ==, "seedance-2.0");
  g_assert_cmpstr (json_object_get_string_member (generation, "prompt"), ==, "[wait]");
  g_assert_cmpint (json_object_get_int_member (generation, "duration"), ==, 5);
  g_assert_cmpstr (json_object_get_string_member (generation, "aspectRatio"), ==, "16:9");
  g_assert_cmpstr (json_object_get_string_member (generation, "resolution"), ==, "720p");
}

static void
test_credits (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_fast ();
  static const struct
  {
    const char *fields;
    int credits;
  } cases[] = {
      /* The vendor's own example: five seconds for $0.50 are 40 credits. */
      {"\"model\":\"seedance-2.0\"", 40},
      {"\"model\":\"seedance-2.0\",\"duration\":15,\"resolution\":\"1080p\"", 240},
      {"\"model\":\"seedance-2.0\",\"duration\":4,\"resolution\":\"480p\"", 16},
      {"\"model\":\"seedance-2.0-fast\"", 30},
      {"\"model\":\"seedance-1.5-pro\",\"duration\":10,\"resolution\":\"480p\"", 20},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *json = g_strdup_printf ("{\"prompt\":\"[wait]\",%s}", cases[i].fields);
    g_autoptr (SandboxAnswer) answer = sandbox_call (fixture, "POST", GENERATIONS, json);
    g_autoptr (JsonObject) object = sandbox_answer_expect (answer, 200);

    g_assert_cmpint (json_object_get_int_member (object, "creditsCharged"), ==, cases[i].credits);
  }
}

static void
test_valid (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_fast ();
  static const char *const bodies[] = {
      "{\"model\":\"seedance-2.0\",\"prompt\":\"[wait] <b>&\\\"\\\\u0000 \xf0\x9f\x9a\xa3 \xd8\xb3\"}",
      "{\"model\":\"seedance-2.0\",\"prompt\":\"[wait]\",\"mediaUrls\":[\"https://example.com/a.JPG?x=1\"]}",
      "{\"model\":\"seedance-2.0\",\"prompt\":\"[wait]\",\"mediaUrls\":[\"https://a.org/1.png\",\"https://a.org/"
      "2.webp\","
      "\"https://a.org/3.mov\",\"https://a.org/4.m4v\",\"https://a.org/5.wav\"]}",
      "{\"model\":\"seedance-2.0\",\"prompt\":\"[wait]\",\"webhookUrl\":\"https://example.com/hook\"}",
      "{\"model\":\"seedance-2.0\",\"prompt\":\"[wait]\",\"webhookUrl\":\"http://127.0.0.1:9/hook\"}",
      "{\"model\":\"seedance-2.0\",\"prompt\":\"[wait]\",\"metadata\":{\"a\":[1,{\"b\":null}]}}",
      "{\"model\":\"seedance-1.5-pro\",\"prompt\":\"[wait]\",\"duration\":10,\"resolution\":\"1080p\",\"aspectRatio\":"
      "\"9:16\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    g_free (sandbox_submit_json (fixture, bodies[i]));
}

static void
test_invalid (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_fast ();
  static const char *const bodies[] = {
      "",
      "{",
      "null",
      "[]",
      "\"text\"",
      "{}",
      "{'model':'seedance-2.0','prompt':'x'}",
      "{\"prompt\":\"x\"}",
      "{\"model\":\"seedance-2.0\"}",
      "{\"model\":\"seedance-3.0\",\"prompt\":\"x\"}",
      "{\"model\":7,\"prompt\":\"x\"}",
      "{\"model\":\"seedance-2.0\",\"prompt\":\"\"}",
      "{\"model\":\"seedance-2.0\",\"prompt\":null}",
      "{\"model\":\"seedance-2.0\",\"prompt\":[\"x\"]}",
      "{\"model\":\"seedance-2.0\",\"prompt\":\"a\\u0000b\"}",
      "{\"model\":\"seedance-2.0\",\"prompt\":\"\\ud83d\"}",
      "{\"model\":\"seedance-2.0\",\"prompt\":\"\xff\xfe\"}",
  };
  static const char *const fields[] = {
      "\"duration\":3",
      "\"duration\":16",
      "\"duration\":-5",
      "\"duration\":5.5",
      "\"duration\":\"5\"",
      "\"duration\":null",
      "\"duration\":9223372036854775807",
      "\"aspectRatio\":\"4:3\"",
      "\"aspectRatio\":1",
      "\"aspectRatio\":\"\"",
      "\"resolution\":\"4k\"",
      "\"resolution\":720",
      "\"resolution\":null",
      "\"mediaUrls\":[]",
      "\"mediaUrls\":null",
      "\"mediaUrls\":\"https://a.org/1.png\"",
      "\"mediaUrls\":[1]",
      "\"mediaUrls\":[\"https://a.org/1.png\",\"https://a.org/2.png\",\"https://a.org/3.png\",\"https://a.org/4.png\","
      "\"https://a.org/5.png\",\"https://a.org/6.png\"]",
      "\"mediaUrls\":[\"http://a.org/1.png\"]",
      "\"mediaUrls\":[\"https://localhost/1.png\"]",
      "\"mediaUrls\":[\"https://10.0.0.1/1.png\"]",
      "\"mediaUrls\":[\"https://a.org/1.tiff\"]",
      "\"mediaUrls\":[\"https://a.org/\"]",
      "\"mediaUrls\":[\"https://a.org/?f=1.png\"]",
      "\"mediaUrls\":[\"file:///1.png\"]",
      "\"webhookUrl\":\"http://example.com/\"",
      "\"webhookUrl\":\"nonsense\"",
      "\"webhookUrl\":7",
      "\"metadata\":\"x\"",
      "\"metadata\":[]",
      "\"metadata\":null",
      "\"seed\":1",
      "\"Prompt\":\"x\"",
  };
  g_autofree char *deep = g_strnfill (500000, '[');

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    expect_error (fixture, "POST", GENERATIONS, bodies[i], 400, "invalid_request");
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    g_autofree char *body = g_strdup_printf ("{\"model\":\"seedance-2.0\",\"prompt\":\"x\",%s}", fields[i]);

    expect_error (fixture, "POST", GENERATIONS, body, 400, "invalid_request");
  }
  expect_error (fixture, "POST", GENERATIONS, "{\"model\":\"seedance-1.5-pro\",\"prompt\":\"x\",\"duration\":6}", 400,
                "invalid_request");
  expect_error (fixture, "POST", GENERATIONS, deep, 400, "invalid_request");
}

static void
test_body_size (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_fast ();
  g_autofree char *long_prompt = g_strnfill (20000, 'a');
  g_autofree char *spaces = g_strnfill (3 * 1024 * 1024, ' ');
  g_autofree char *fits = g_strdup_printf ("{\"model\":\"seedance-2.0\",\"prompt\":\"[wait] %s\"}", long_prompt);
  g_autofree char *too_long = g_strdup_printf ("{\"model\":\"seedance-2.0\",\"prompt\":\"[wait]\"}%s", spaces);
  g_autofree char *id = sandbox_submit_json (fixture, fits);
  g_autoptr (JsonObject) generation = sandbox_show (fixture, id);

  g_assert_cmpuint (strlen (json_object_get_string_member (generation, "prompt")), ==, 20007);
  /* Its beginning alone would be a valid request. */
  expect_error (fixture, "POST", GENERATIONS, too_long, 400, "invalid_request");
}

static void
test_not_found (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_fast ();
  static const struct
  {
    const char *method;
    const char *path;
  } cases[] = {
      {"GET", GENERATIONS "/req_00000000000000000000000000000000"},
      {"GET", GENERATIONS "/..%2f..%2fetc%2fpasswd"},
      {"GET", GENERATIONS "/"},
      {"GET", GENERATIONS},
      {"POST", GENERATIONS "/req_1/cancel"},
      {"POST", GENERATIONS "//cancel"},
      {"POST", GENERATIONS "/cancel"},
      {"GET", GENERATIONS "/req_1/cancel"},
      {"DELETE", GENERATIONS "/req_1"},
      {"POST", MODELS},
      {"GET", MODELS "/seedance-2.0"},
      {"GET", "/api/open/v2/models"},
      {"GET", "/"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    expect_error (fixture, cases[i].method, cases[i].path, NULL, 404, "not_found");
}

static void
test_owners (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_fast ();
  g_autofree char *id = sandbox_submit (fixture, "[wait]");
  g_autofree char *path = g_strconcat (GENERATIONS "/", id, NULL);
  g_autofree char *cancel = g_strconcat (path, "/cancel", NULL);
  static const char *const same[] = {"Authorization", "Bearer sd2_test_same", NULL};
  static const char *const other[] = {"Authorization", "bearer sd2_test_other", NULL};
  g_autoptr (SandboxAnswer) seen = NULL;
  g_autoptr (SandboxAnswer) hidden = NULL;
  g_autoptr (SandboxAnswer) refused = NULL;
  g_autoptr (JsonObject) generation = NULL;

  /* While it runs. */
  reel_sandbox_add_key (fixture->sandbox, "sd2_test_same", "one");
  reel_sandbox_add_key (fixture->sandbox, "sd2_test_other", "two");

  seen = sandbox_call_full (fixture, "GET", path, NULL, same);
  json_object_unref (sandbox_answer_expect (seen, 200));
  hidden = sandbox_call_full (fixture, "GET", path, NULL, other);
  sandbox_answer_expect_error (hidden, 404, "not_found");
  refused = sandbox_call_full (fixture, "POST", cancel, NULL, other);
  sandbox_answer_expect_error (refused, 404, "not_found");
  generation = sandbox_show (fixture, id);
  g_assert_cmpstr (json_object_get_string_member (generation, "status"), ==, "queued");
}

static void
test_balance (void)
{
  g_autofree char *folder = reel_test_make_folder ();

  /* 40 credits: two jobs of 16, not three; also after a restart. A refused job costs nothing. */
  for (int run = 0; run < 2; run++) {
    g_autoptr (SandboxFixture) fixture = sandbox_fixture_new (
        g_object_new (REEL_TYPE_SANDBOX, "state-dir", folder, "speed", 0.0, "credits", G_GINT64_CONSTANT (40), NULL));

    for (int i = 0; i < 2 && run == 0; i++)
      g_free (sandbox_submit (fixture, "[wait]"));
    expect_error (fixture, "POST", GENERATIONS,
                  "{\"model\":\"seedance-2.0\",\"prompt\":\"[wait]\",\"duration\":4,\"resolution\":\"480p\"}", 402,
                  "insufficient_credits");
    expect_error (fixture, "POST", GENERATIONS, "{}", 400, "invalid_request");
  }
}

static void
test_rate (void)
{
  g_autofree char *folder = reel_test_make_folder ();
  g_autoptr (SandboxFixture) fixture =
      sandbox_fixture_new (g_object_new (REEL_TYPE_SANDBOX, "state-dir", folder, "rate", 3u, NULL));
  g_autoptr (SandboxAnswer) refused = NULL;
  g_autoptr (SandboxAnswer) other = NULL;
  static const char *const headers[] = {"Authorization", "Bearer sd2_test_same", NULL};
  gint64 seconds;

  for (int i = 0; i < 3; i++) {
    g_autoptr (SandboxAnswer) answer = sandbox_call (fixture, "GET", MODELS, NULL);

    json_object_unref (sandbox_answer_expect (answer, 200));
  }
  refused = sandbox_call (fixture, "GET", MODELS, NULL);
  sandbox_answer_expect_error (refused, 429, "rate_limited");
  seconds = g_ascii_strtoll (sandbox_answer_header (refused, "Retry-After"), NULL, 10);
  g_assert_cmpint (seconds, >, 0);
  g_assert_cmpint (seconds, <=, 60);

  /* Each key has its own minute. */
  reel_sandbox_add_key (fixture->sandbox, "sd2_test_same", "one");
  other = sandbox_call_full (fixture, "GET", MODELS, NULL, headers);
  json_object_unref (sandbox_answer_expect (other, 200));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/service/new-destroy", test_new_destroy);
  g_test_add_func ("/sandbox/service/bad-start", test_bad_start);
  g_test_add_func ("/sandbox/service/unauthorized", test_unauthorized);
  g_test_add_func ("/sandbox/service/models", test_models);
  g_test_add_func ("/sandbox/service/defaults", test_defaults);
  g_test_add_func ("/sandbox/service/credits", test_credits);
  g_test_add_func ("/sandbox/service/valid", test_valid);
  g_test_add_func ("/sandbox/service/invalid", test_invalid);
  g_test_add_func ("/sandbox/service/body-size", test_body_size);
  g_test_add_func ("/sandbox/service/not-found", test_not_found);
  g_test_add_func ("/sandbox/service/owners", test_owners);
  g_test_add_func ("/sandbox/service/balance", test_balance);
  g_test_add_func ("/sandbox/service/rate", test_rate);

  return g_test_run ();
}
