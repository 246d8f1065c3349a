#include "config.h"

#include "reel-sandbox-fixture.h"

#include <string.h>

#include "reel-test.h"

static const char *const statuses[] = {"queued", "processing", "succeeded", "failed", "cancelled", "upscaling", NULL};

static void
assert_is_one_of (const char *value, const char *const *choices)
{
  if (!g_strv_contains (choices, value))
    g_error ("unexpected: %s", value);
}

/* A member of the type, or fails. */
static JsonNode *
member (JsonObject *object, const char *name, JsonNodeType type)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || json_node_get_node_type (node) != type)
    g_error ("no %s of the documented type", name);

  return node;
}

static void
assert_error (JsonNode *node)
{
  JsonObject *error = json_node_get_object (node);

  g_assert_cmpuint (json_object_get_size (error), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (error, "code"), !=, "");
  g_assert_cmpstr (json_object_get_string_member (error, "message"), !=, "");
}

static gboolean
on_pause_over (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;

  return G_SOURCE_REMOVE;
}

SandboxFixture *
sandbox_fixture_new (ReelSandbox *sandbox)
{
  SandboxFixture *self = g_new0 (SandboxFixture, 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  self->sandbox = sandbox;
  g_object_get (sandbox, "state-dir", &self->state_dir, NULL);
  self->session = soup_session_new ();
  soup_session_set_timeout (self->session, 60);
  reel_sandbox_add_key (sandbox, SANDBOX_KEY, "one");
  g_assert_null (reel_sandbox_get_base_url (sandbox));
  reel_sandbox_start_async (sandbox, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  g_assert_true (reel_sandbox_start_finish (sandbox, result, &error));
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (reel_sandbox_get_base_url (sandbox), "http://127.0.0.1:"));

  return self;
}

SandboxFixture *
sandbox_fixture_new_fast (void)
{
  g_autofree char *folder = reel_test_make_folder ();

  return sandbox_fixture_new (g_object_new (REEL_TYPE_SANDBOX, "state-dir", folder, "speed", 0.0, NULL));
}

void
sandbox_fixture_free (SandboxFixture *self)
{
  soup_session_abort (self->session);
  g_object_unref (self->session);
  g_assert_finalize_object (self->sandbox);
  g_free (self->state_dir);
  g_free (self);
}

SandboxAnswer *
sandbox_call_full (SandboxFixture *self, const char *method, const char *path, GBytes *body, const char *const *headers)
{
  SandboxAnswer *answer = g_new0 (SandboxAnswer, 1);
  g_autofree char *url = g_str_has_prefix (path, "http://")
                             ? g_strdup (path)
                             : g_strconcat (reel_sandbox_get_base_url (self->sandbox), path, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  answer->message = soup_message_new (method, url);
  for (guint i = 0; headers != NULL && headers[i] != NULL; i += 2)
    soup_message_headers_append (soup_message_get_request_headers (answer->message), headers[i], headers[i + 1]);
  if (body != NULL)
    soup_message_set_request_body_from_bytes (answer->message, "application/json", body);
  /* One connection each: a broken one would otherwise be tried again. */
  soup_message_add_flags (answer->message, SOUP_MESSAGE_NEW_CONNECTION);

  soup_session_send_and_read_async (self->session, answer->message, G_PRIORITY_DEFAULT, NULL, reel_test_store_result,
                                    &result);
  reel_test_wait_for (60, result != NULL);
  answer->body = soup_session_send_and_read_finish (self->session, result, &error);
  answer->status = soup_message_get_status (answer->message);

  return answer;
}

SandboxAnswer *
sandbox_call (SandboxFixture *self, const char *method, const char *path, const char *body)
{
  static const char *const headers[] = {"Authorization", "Bearer " SANDBOX_KEY, NULL};
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;

  return sandbox_call_full (self, method, path, bytes, headers);
}

void
sandbox_answer_free (SandboxAnswer *self)
{
  g_object_unref (self->message);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

const char *
sandbox_answer_header (SandboxAnswer *self, const char *name)
{
  return soup_message_headers_get_one (soup_message_get_response_headers (self->message), name);
}

JsonObject *
sandbox_answer_expect (SandboxAnswer *self, guint status)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *text;
  JsonObject *object;

  g_assert_nonnull (self->body);
  text = g_bytes_get_data (self->body, &length);
  g_assert_cmpuint (self->status, ==, status);
  g_assert_cmpstr (sandbox_answer_header (self, "Content-Type"), ==, "application/json");
  json_parser_load_from_data (parser, text, length, &error);
  g_assert_no_error (error);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)));

  object = json_node_dup_object (json_parser_get_root (parser));
  member (object, "success", JSON_NODE_VALUE);
  g_assert_true (json_object_get_boolean_member (object, "success") == (status == 200));

  return object;
}

void
sandbox_answer_expect_error (SandboxAnswer *self, guint status, const char *code)
{
  g_autoptr (JsonObject) object = sandbox_answer_expect (self, status);

  g_assert_cmpuint (json_object_get_size (object), ==, 2);
  assert_error (member (object, "error", JSON_NODE_OBJECT));
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (object, "error"), "code"), ==, code);
}

char *
sandbox_submit_json (SandboxFixture *self, const char *json)
{
  g_autoptr (SandboxAnswer) answer = sandbox_call (self, "POST", "/api/open/v1/video/generations", json);
  g_autoptr (JsonObject) object = sandbox_answer_expect (answer, 200);
  const char *id = json_object_get_string_member (object, "requestId");

  g_assert_cmpuint (json_object_get_size (object), ==, 4);
  g_assert_true (g_regex_match_simple ("^req_[0-9a-f]{32}$", id, 0, 0));
  g_assert_cmpstr (json_object_get_string_member (object, "status"), ==, "queued");
  g_assert_cmpint (json_object_get_int_member (object, "creditsCharged"), >, 0);

  return g_strdup (id);
}

char *
sandbox_submit (SandboxFixture *self, const char *prompt)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *json = NULL;

  json_object_set_string_member (object, "model", "seedance-2.0");
  json_object_set_string_member (object, "prompt", prompt);
  json_object_set_int_member (object, "duration", 4);
  json_object_set_string_member (object, "resolution", "480p");
  json_object_set_string_member (object, "aspectRatio", "1:1");
  json_node_set_object (root, object);
  json = json_to_string (root, FALSE);

  return sandbox_submit_json (self, json);
}

JsonObject *
sandbox_show (SandboxFixture *self, const char *id)
{
  g_autofree char *path = g_strconcat ("/api/open/v1/video/generations/", id, NULL);
  g_autoptr (SandboxAnswer) answer = sandbox_call (self, "GET", path, NULL);
  g_autoptr (JsonObject) object = sandbox_answer_expect (answer, 200);
  const char *status = json_object_get_string_member (object, "status");
  gboolean succeeded = g_strcmp0 (status, "succeeded") == 0;
  gboolean failed = g_strcmp0 (status, "failed") == 0;

  g_assert_cmpuint (json_object_get_size (object), ==, 10);
  g_assert_cmpstr (json_object_get_string_member (object, "requestId"), ==, id);
  assert_is_one_of (status, statuses);
  for (const char *const *name = (const char *[]){"model", "prompt", "aspectRatio", "resolution", NULL}; *name; name++)
    g_assert_cmpuint (json_node_get_value_type (member (object, *name, JSON_NODE_VALUE)), ==, G_TYPE_STRING);
  g_assert_cmpuint (json_node_get_value_type (member (object, "duration", JSON_NODE_VALUE)), ==, G_TYPE_INT64);

  member (object, "output", succeeded ? JSON_NODE_OBJECT : JSON_NODE_NULL);
  member (object, "error", failed ? JSON_NODE_OBJECT : JSON_NODE_NULL);
  if (failed)
    assert_error (json_object_get_member (object, "error"));
  if (succeeded) {
    JsonObject *output = json_object_get_object_member (object, "output");

    g_assert_cmpstr (json_object_get_string_member (output, "type"), ==, "video");
    g_assert_true (
        g_str_has_prefix (json_object_get_string_member (output, "url"), reel_sandbox_get_base_url (self->sandbox)));
  }

  return g_steal_pointer (&object);
}

JsonObject *
sandbox_wait (SandboxFixture *self, const char *id, const char *status)
{
  static const char *const final[] = {"succeeded", "failed", "cancelled", NULL};
  gint64 deadline = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;

  for (;;) {
    g_autoptr (JsonObject) object = sandbox_show (self, id);
    const char *found = json_object_get_string_member (object, "status");
    gboolean pause_over = FALSE;

    if (g_str_equal (found, status))
      return g_steal_pointer (&object);
    if (g_strv_contains (final, found) || g_get_monotonic_time () > deadline)
      g_error ("%s instead of %s", found, status);

    /* Asking without a pause takes the processor from the rendering. */
    g_timeout_add (10, on_pause_over, &pause_over);
    reel_test_wait (pause_over);
  }
}

char *
sandbox_dup_url (JsonObject *generation)
{
  JsonObject *output = json_object_get_object_member (generation, "output");

  return g_strdup (json_object_get_string_member (output, "url"));
}

char *
sandbox_make_video (SandboxFixture *self, const char *prompt)
{
  g_autofree char *id = sandbox_submit (self, prompt);
  g_autoptr (JsonObject) generation = sandbox_wait (self, id, "succeeded");

  return sandbox_dup_url (generation);
}
