#include "config.h"

#include "reel-sandbox-fixture.h"
#include "reel-sandbox-words.h"
#include "reel-test.h"

#include <string.h>

#define GENERATIONS "/api/open/v1/video/generations"
#define SECRET      "whsec_test"

/* What a receiver of webhooks got. */
typedef struct
{
  SoupServer *server;
  char *url;
  guint n;
  char *body;
  char *signature; /* nullable */
} Receiver;

static void
on_webhook (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  Receiver *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  g_assert_cmpstr (soup_server_message_get_method (message), ==, "POST");
  g_assert_cmpstr (soup_message_headers_get_content_type (headers, NULL), ==, "application/json");
  g_assert_null (soup_message_headers_get_one (headers, "Authorization"));
  self->n++;
  g_free (self->body);
  self->body = g_strndup (body->data, body->length);
  g_set_str (&self->signature, soup_message_headers_get_one (headers, "x-seedance-signature"));
  soup_server_message_set_status (message, 204, NULL);
}

static Receiver *
receiver_new (void)
{
  Receiver *self = g_new0 (Receiver, 1);
  g_autoptr (GError) error = NULL;
  g_autoslist (GUri) uris = NULL;

  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, "/hook", on_webhook, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->url = g_strdup_printf ("http://127.0.0.1:%d/hook", g_uri_get_port (uris->data));

  return self;
}

static void
receiver_free (Receiver *self)
{
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_free (self->url);
  g_free (self->body);
  g_free (self->signature);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Receiver, receiver_free)

static SandboxAnswer *
cancel (SandboxFixture *fixture, const char *id)
{
  g_autofree char *path = g_strconcat (GENERATIONS "/", id, "/cancel", NULL);

  return sandbox_call (fixture, "POST", path, NULL);
}

static void
assert_status (SandboxFixture *fixture, const char *id, const char *status)
{
  g_autoptr (JsonObject) generation = sandbox_show (fixture, id);

  g_assert_cmpstr (json_object_get_string_member (generation, "status"), ==, status);
}

static void
assert_failed (SandboxFixture *fixture, const char *prompt, const char *code)
{
  g_autofree char *id = sandbox_submit (fixture, prompt);
  g_autoptr (JsonObject) generation = sandbox_wait (fixture, id, "failed");
  JsonObject *error = json_object_get_object_member (generation, "error");

  g_assert_cmpstr (json_object_get_string_member (error, "code"), ==, code);
}

static void
assert_refused (SandboxFixture *fixture, const char *prompt, guint status, const char *code)
{
  g_autofree char *json = g_strdup_printf ("{\"model\":\"seedance-2.0\",\"prompt\":\"%s\"}", prompt);
  g_autoptr (SandboxAnswer) answer = sandbox_call (fixture, "POST", GENERATIONS, json);

  sandbox_answer_expect_error (answer, status, code);
  g_assert_cmpstr (sandbox_answer_header (answer, "Retry-After"), ==, status == 429 ? "1" : NULL);
}

static guint
count_jobs (SandboxFixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->state_dir, "jobs", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static void
test_states (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_fast ();
  g_autofree char *waiting = sandbox_submit (fixture, "[wait]");
  g_autofree char *stalling = sandbox_submit (fixture, "[STALL]");
  g_autofree char *odd = sandbox_submit (fixture, "[stall] [odd-state]");
  g_autofree char *made = sandbox_submit (fixture, "A boat");

  json_object_unref (sandbox_wait (fixture, stalling, "processing"));
  json_object_unref (sandbox_wait (fixture, odd, "upscaling"));
  json_object_unref (sandbox_wait (fixture, made, "succeeded"));
  assert_failed (fixture, "[fail]", "generation_failed");
  assert_failed (fixture, "[unsafe]", "content_policy");
  assert_status (fixture, waiting, "queued");
  assert_status (fixture, stalling, "processing");
}

static void
test_times (void)
{
  static const struct
  {
    double speed;
    const char *prompt;
    gint64 milliseconds;
  } cases[] = {{4, "[fail]", 1000}, {40, "[fail] [slow]", 1000}};

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *folder = reel_test_make_folder ();
    g_autoptr (SandboxFixture) fixture =
        sandbox_fixture_new (g_object_new (REEL_TYPE_SANDBOX, "state-dir", folder, "speed", cases[i].speed, NULL));
    gint64 start = g_get_monotonic_time ();
    g_autofree char *id = sandbox_submit (fixture, cases[i].prompt);

    assert_status (fixture, id, "queued");
    json_object_unref (sandbox_wait (fixture, id, "failed"));
    g_assert_cmpint (g_get_monotonic_time () - start, >=, cases[i].milliseconds * 1000);
  }
}

static void
test_cancel (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_fast ();
  static const char *const running[] = {"[wait]", "[stall]"};
  static const char *const final[] = {"A boat", "[fail]"};
  static const char *const final_status[] = {"succeeded", "failed"};

  for (guint i = 0; i < G_N_ELEMENTS (running); i++) {
    g_autofree char *id = sandbox_submit (fixture, running[i]);
    g_autoptr (SandboxAnswer) accepted = NULL;
    g_autoptr (SandboxAnswer) refused = NULL;
    g_autoptr (JsonObject) generation = NULL;

    json_object_unref (sandbox_wait (fixture, id, i == 0 ? "queued" : "processing"));
    accepted = cancel (fixture, id);
    generation = sandbox_answer_expect (accepted, 200);
    g_assert_cmpstr (json_object_get_string_member (generation, "status"), ==, "cancelled");
    assert_status (fixture, id, "cancelled");
    refused = cancel (fixture, id);
    sandbox_answer_expect_error (refused, 400, "invalid_request");
  }

  for (guint i = 0; i < G_N_ELEMENTS (final); i++) {
    g_autofree char *id = sandbox_submit (fixture, final[i]);
    g_autoptr (SandboxAnswer) refused = NULL;

    json_object_unref (sandbox_wait (fixture, id, final_status[i]));
    refused = cancel (fixture, id);
    sandbox_answer_expect_error (refused, 400, "invalid_request");
    assert_status (fixture, id, final_status[i]);
  }

  {
    g_autofree char *id = sandbox_submit (fixture, "[stall] [no-cancel]");
    g_autoptr (SandboxAnswer) refused = cancel (fixture, id);

    sandbox_answer_expect_error (refused, 400, "invalid_request");
    json_object_unref (sandbox_wait (fixture, id, "processing"));
  }
}

/* A video that is being rendered, and those that wait behind it. */
static void
test_cancel_rendering (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_fast ();
  g_autofree char *videos = g_build_filename (fixture->state_dir, "videos", NULL);
  char *ids[4];

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    ids[i] = sandbox_submit_json (
        fixture, "{\"model\":\"seedance-2.0\",\"prompt\":\"x\",\"resolution\":\"1080p\",\"duration\":15}");
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autoptr (SandboxAnswer) answer = NULL;
    g_autoptr (JsonObject) generation = NULL;

    json_object_unref (sandbox_wait (fixture, ids[i], "processing"));
    answer = cancel (fixture, ids[i]);
    generation = sandbox_answer_expect (answer, 200);
    g_free (ids[i]);
  }

  {
    /* Nothing is left behind, and there is room for the next. */
    g_autofree char *url = sandbox_make_video (fixture, "x");
    g_autoptr (GDir) dir = g_dir_open (videos, 0, NULL);
    guint n = 0;

    while (g_dir_read_name (dir) != NULL)
      n++;
    g_assert_cmpuint (n, ==, 1);
  }
}

static void
test_refusing_words (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_fast ();
  g_autofree char *id = NULL;

  assert_refused (fixture, "A [reject] boat", 400, "invalid_request");
  assert_refused (fixture, "[401]", 401, "unauthorized");
  assert_refused (fixture, "[402]", 402, "insufficient_credits");
  assert_refused (fixture, "[429]", 429, "rate_limited");
  assert_refused (fixture, "[429]", 429, "rate_limited");
  assert_refused (fixture, "[500]", 500, "internal_error");
  assert_refused (fixture, "[busy] [wait]", 429, "rate_limited");
  assert_refused (fixture, "[busy] [wait]", 429, "rate_limited");
  g_assert_cmpuint (count_jobs (fixture), ==, 0);
  id = sandbox_submit (fixture, "[busy] [wait]");
  g_assert_cmpuint (count_jobs (fixture), ==, 1);
}

/* In each case the job is there, and charged. */
static void
test_spoiling_words (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_fast ();
  static const char *const drop = "{\"model\":\"seedance-2.0\",\"prompt\":\"[drop] [wait]\"}";
  g_autoptr (SandboxAnswer) dropped = sandbox_call (fixture, "POST", GENERATIONS, drop);
  g_autoptr (SandboxAnswer) half = NULL;
  g_autoptr (SandboxAnswer) html = NULL;
  g_autoptr (SandboxAnswer) hung = NULL;

  g_assert_null (dropped->body);
  g_assert_cmpuint (dropped->status, ==, 0);
  g_assert_cmpuint (count_jobs (fixture), ==, 1);

  half =
      sandbox_call (fixture, "POST", GENERATIONS, "{\"model\":\"seedance-2.0\",\"prompt\":\"[half-answer] [wait]\"}");
  g_assert_null (half->body);
  g_assert_cmpuint (half->status, ==, 200);
  g_assert_cmpuint (count_jobs (fixture), ==, 2);

  html = sandbox_call (fixture, "POST", GENERATIONS, "{\"model\":\"seedance-2.0\",\"prompt\":\"[html] [wait]\"}");
  g_assert_cmpuint (html->status, ==, 200);
  g_assert_cmpstr (sandbox_answer_header (html, "Content-Type"), ==, "text/html");
  g_assert_cmpuint (count_jobs (fixture), ==, 3);

  soup_session_set_timeout (fixture->session, 1);
  hung = sandbox_call (fixture, "POST", GENERATIONS, "{\"model\":\"seedance-2.0\",\"prompt\":\"[hang] [wait]\"}");
  g_assert_null (hung->body);
  g_assert_cmpuint (hung->status, ==, 0);
  g_assert_cmpuint (count_jobs (fixture), ==, 4);
}

static void
test_status_words (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_fast ();
  static const struct
  {
    const char *prompt;
    int refusals;
    guint status;
    const char *code;
  } cases[] = {
      {"[wait] [status-429]", 2, 429, "rate_limited"},
      {"[wait] [status-500]", 3, 500, "internal_error"},
      {"[wait] [lost]", 5, 404, "not_found"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *id = sandbox_submit (fixture, cases[i].prompt);
    g_autofree char *path = g_strconcat (GENERATIONS "/", id, NULL);

    for (int n = 0; n < cases[i].refusals; n++) {
      g_autoptr (SandboxAnswer) answer = sandbox_call (fixture, "GET", path, NULL);

      sandbox_answer_expect_error (answer, cases[i].status, cases[i].code);
    }
    if (cases[i].status != 404)
      assert_status (fixture, id, "queued");
  }
}

static void
test_words_are_described (void)
{
  g_autofree char *text = reel_sandbox_describe_test_words ();
  guint n, all = 0;
  const ReelSandboxWordInfo *words = reel_sandbox_words_list (&n);

  g_assert_cmpuint (reel_sandbox_words_find ("nothing [here]"), ==, 0);
  for (guint i = 0; i < n; i++) {
    g_autofree char *upper = g_ascii_strup (words[i].text, -1);

    g_assert_cmpuint (reel_sandbox_words_find (words[i].text), ==, words[i].word);
    g_assert_cmpuint (reel_sandbox_words_find (upper), ==, words[i].word);
    g_assert_cmpuint (all & words[i].word, ==, 0);
    all |= words[i].word;
    g_assert_nonnull (strstr (text, words[i].text));
  }
}

static void
assert_webhook (Receiver *receiver, SandboxFixture *fixture, const char *id, const char *status, const char *secret)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) generation = sandbox_show (fixture, id);
  JsonObject *object;

  g_assert_cmpuint (receiver->n, ==, 1);
  if (secret != NULL) {
    g_autofree char *expected = g_compute_hmac_for_data (G_CHECKSUM_SHA256, (const guchar *)secret, strlen (secret),
                                                         (const guchar *)receiver->body, strlen (receiver->body));

    g_assert_cmpstr (receiver->signature, ==, expected);
  } else {
    g_assert_null (receiver->signature);
  }

  json_parser_load_from_data (parser, receiver->body, -1, &error);
  g_assert_no_error (error);
  object = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpuint (json_object_get_size (object), ==, 5);
  g_assert_true (json_object_get_boolean_member (object, "success"));
  g_assert_cmpstr (json_object_get_string_member (object, "requestId"), ==, id);
  g_assert_cmpstr (json_object_get_string_member (object, "status"), ==, status);
  g_assert_true (
      json_node_equal (json_object_get_member (object, "output"), json_object_get_member (generation, "output")));
  g_assert_true (
      json_node_equal (json_object_get_member (object, "error"), json_object_get_member (generation, "error")));
}

static void
test_webhooks (void)
{
  static const struct
  {
    const char *prompt;
    const char *status;
    const char *secret;
    gboolean own_url;
  } cases[] = {
      {"A boat", "succeeded", SECRET, FALSE},  {"[fail]", "failed", SECRET, FALSE},
      {"[stall]", "cancelled", SECRET, FALSE}, {"[wait]", "cancelled", NULL, FALSE},
      {"[fail]", "failed", NULL, TRUE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *folder = reel_test_make_folder ();
    g_autoptr (Receiver) by_default = receiver_new ();
    g_autoptr (Receiver) own = receiver_new ();
    Receiver *used = cases[i].own_url ? own : by_default;
    g_autoptr (SandboxFixture) fixture =
        sandbox_fixture_new (g_object_new (REEL_TYPE_SANDBOX, "state-dir", folder, "speed", 0.0, "webhook-url",
                                           by_default->url, "webhook-secret", cases[i].secret, NULL));
    g_autofree char *field = g_strdup_printf (",\"webhookUrl\":\"%s\"", own->url);
    g_autofree char *json =
        g_strdup_printf ("{\"model\":\"seedance-2.0\",\"duration\":4,\"resolution\":\"480p\",\"prompt\":\"%s\"%s}",
                         cases[i].prompt, cases[i].own_url ? field : "");
    g_autofree char *id = sandbox_submit_json (fixture, json);

    if (g_str_equal (cases[i].status, "cancelled")) {
      g_autoptr (SandboxAnswer) answer = NULL;

      json_object_unref (sandbox_wait (fixture, id, g_str_equal (cases[i].prompt, "[wait]") ? "queued" : "processing"));
      g_assert_cmpuint (by_default->n, ==, 0);
      answer = cancel (fixture, id);
    }
    reel_test_wait_for (60, used->n > 0);
    assert_webhook (used, fixture, id, cases[i].status, cases[i].secret);
    g_assert_cmpuint (own->n + by_default->n, ==, 1);
  }
}

/* Nobody listens, and the sandbox is stopped while it still tries. */
static void
test_webhook_to_nobody (void)
{
  g_autofree char *folder = reel_test_make_folder ();
  g_autoptr (Receiver) gone = receiver_new ();
  g_autoptr (SandboxFixture) fixture = NULL;
  g_autofree char *id = NULL;

  soup_server_disconnect (gone->server);
  fixture = sandbox_fixture_new (
      g_object_new (REEL_TYPE_SANDBOX, "state-dir", folder, "speed", 0.0, "webhook-url", gone->url, NULL));
  id = sandbox_submit (fixture, "[fail]");
  json_object_unref (sandbox_wait (fixture, id, "failed"));
}

static void
test_restart (void)
{
  g_autofree char *folder = reel_test_make_folder ();
  static const char *const prompts[] = {"[wait] é\xf0\x9f\x9a\xa3", "[stall]", "[fail]", "A boat", "[wait] cancelled"};
  static const char *const states[] = {"queued", "processing", "failed", "succeeded", "cancelled"};
  char *ids[G_N_ELEMENTS (prompts)];
  g_autofree char *garbage = NULL;
  g_autofree char *leftover = NULL;
  g_autofree char *first_url = NULL;
  g_autofree char *rendering = NULL;

  {
    g_autoptr (SandboxFixture) fixture =
        sandbox_fixture_new (g_object_new (REEL_TYPE_SANDBOX, "state-dir", folder, "speed", 0.0, NULL));
    g_autoptr (SandboxAnswer) cancelled = NULL;

    for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
      ids[i] = sandbox_submit (fixture, prompts[i]);
    cancelled = cancel (fixture, ids[4]);
    for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
      json_object_unref (sandbox_wait (fixture, ids[i], states[i]));
    first_url = g_strdup (reel_sandbox_get_base_url (fixture->sandbox));

    /* Stopped in the middle of its rendering. */
    rendering = sandbox_submit_json (
        fixture, "{\"model\":\"seedance-2.0\",\"prompt\":\"x\",\"resolution\":\"480p\",\"duration\":6}");
    json_object_unref (sandbox_wait (fixture, rendering, "processing"));
  }

  garbage = g_build_filename (folder, "jobs", "req_0.json", NULL);
  g_assert_true (g_file_set_contents (garbage, "{\"requestId\":\"../../x\"}", -1, NULL));
  leftover = g_build_filename (folder, "videos", "req_0.mp4.part", NULL);
  g_assert_true (g_file_set_contents (leftover, "", 0, NULL));
  g_test_expect_message (NULL, G_LOG_LEVEL_MESSAGE, "sandbox: *req_0.json holds no job");
  {
    g_autoptr (SandboxFixture) fixture =
        sandbox_fixture_new (g_object_new (REEL_TYPE_SANDBOX, "state-dir", folder, "speed", 0.0, NULL));
    g_autoptr (JsonObject) finished = NULL;

    g_test_assert_expected_messages ();
    g_assert_false (g_file_test (leftover, G_FILE_TEST_EXISTS));
    for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
      g_autoptr (JsonObject) generation = sandbox_show (fixture, ids[i]);

      g_assert_cmpstr (json_object_get_string_member (generation, "status"), ==, states[i]);
      g_assert_cmpstr (json_object_get_string_member (generation, "prompt"), ==, prompts[i]);
      if (i == 3) {
        g_autofree char *url = sandbox_dup_url (generation);
        g_autoptr (SandboxAnswer) video = sandbox_call (fixture, "GET", url, NULL);

        /* The address is of now, not of then. */
        g_assert_false (g_str_has_prefix (url, first_url));
        g_assert_cmpuint (video->status, ==, 200);
      }
      g_free (ids[i]);
    }
    finished = sandbox_wait (fixture, rendering, "succeeded");
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/jobs/states", test_states);
  g_test_add_func ("/sandbox/jobs/times", test_times);
  g_test_add_func ("/sandbox/jobs/cancel", test_cancel);
  g_test_add_func ("/sandbox/jobs/cancel-rendering", test_cancel_rendering);
  g_test_add_func ("/sandbox/jobs/refusing-words", test_refusing_words);
  g_test_add_func ("/sandbox/jobs/spoiling-words", test_spoiling_words);
  g_test_add_func ("/sandbox/jobs/status-words", test_status_words);
  g_test_add_func ("/sandbox/jobs/words-are-described", test_words_are_described);
  g_test_add_func ("/sandbox/jobs/webhooks", test_webhooks);
  g_test_add_func ("/sandbox/jobs/webhook-to-nobody", test_webhook_to_nobody);
  g_test_add_func ("/sandbox/jobs/restart", test_restart);

  return g_test_run ();
}
