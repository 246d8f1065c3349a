#include "config.h"

#include "reel-engine-fixture.h"
#include "reel-test.h"
#include "reel-webhook-client.h"

#include <libsoup/soup.h>
#include <signal.h>
#include <string.h>

#define KEY    "sd2_test_0123456789abcdef"
#define SECRET "whsec_0123456789abcdef"
#define PUBLIC "https://hooks.example.com"

/* Two intervals are longer than these tests: what comes sooner, a webhook brought. */
#define SLOW 600000

/* The real sandbox, the real receiver, and between them what a tunnel does: hooks.example.com is this machine. */
typedef struct
{
  ReelEngineFixture fixture;
  GSubprocess *process;
  GDataInputStream *output;
  char *sandbox_url;

  SoupServer *tunnel;
  SoupSession *session;
  char *base_url;
  guint n_posts;

  GSocket *reserved;
  guint16 port;
} World;

/* A request on its way through the tunnel. */
typedef struct
{
  SoupServerMessage *incoming; /* owned */
  SoupMessage *outgoing;       /* owned */
} Passage;

static void
on_passed (GObject *source, GAsyncResult *result, gpointer data)
{
  Passage *passage = data;
  g_autoptr (GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);

  if (body != NULL) {
    soup_server_message_set_status (passage->incoming, soup_message_get_status (passage->outgoing), NULL);
    soup_server_message_set_response (passage->incoming, "application/json", SOUP_MEMORY_COPY,
                                      g_bytes_get_data (body, NULL), g_bytes_get_size (body));
    soup_server_message_unpause (passage->incoming);
  } else {
    g_autoptr (GIOStream) stream = soup_server_message_steal_connection (passage->incoming);

    g_io_stream_close (stream, NULL, NULL);
  }

  g_object_unref (passage->incoming);
  g_object_unref (passage->outgoing);
  g_free (passage);
}

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  World *world = data;
  const char *method = soup_server_message_get_method (message);
  g_autofree char *url = g_strconcat (world->sandbox_url, path, NULL);
  g_autofree char *here = g_strdup_printf ("http://127.0.0.1:%u", world->port);
  Passage *passage = g_new0 (Passage, 1);

  passage->incoming = g_object_ref (message);
  passage->outgoing = soup_message_new (method, url);
  soup_message_headers_replace (
      soup_message_get_request_headers (passage->outgoing), "Authorization",
      soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization"));
  if (g_str_equal (method, SOUP_METHOD_POST)) {
    g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
    g_autoptr (GString) text = g_string_new_len (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
    g_autoptr (GBytes) mapped = NULL;

    g_assert_cmpuint (g_string_replace (text, PUBLIC, here, 0), ==, 1);
    mapped = g_bytes_new (text->str, text->len);
    soup_message_set_request_body_from_bytes (passage->outgoing, "application/json", mapped);
    world->n_posts++;
  }
  soup_server_message_pause (message);
  soup_session_send_and_read_async (world->session, passage->outgoing, G_PRIORITY_DEFAULT, NULL, on_passed, passage);
}

static void
start_sandbox (World *world)
{
  g_autofree char *folder = reel_test_make_folder ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  world->process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, g_getenv ("SEEDREEL_SANDBOX"), "--port", "0", "--key",
                        KEY, "--speed", "0", "--webhook-secret", SECRET, "--state-dir", folder, NULL);
  g_assert_no_error (error);
  world->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (world->process));
  g_data_input_stream_read_line_async (world->output, G_PRIORITY_DEFAULT, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  line = g_data_input_stream_read_line_finish (world->output, result, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (line, "base-url: "));
  world->sandbox_url = g_strdup (line + strlen ("base-url: "));
}

static void
start_tunnel (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autoslist (GUri) uris = NULL;

  world->session = soup_session_new_with_options ("proxy-resolver", NULL, NULL);
  world->tunnel = soup_server_new (NULL, NULL);
  soup_server_add_handler (world->tunnel, NULL, on_request, world, NULL);
  g_assert_true (soup_server_listen_local (world->tunnel, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error));
  g_assert_no_error (error);
  uris = soup_server_get_uris (world->tunnel);
  world->base_url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
}

static void
start_engine (World *world)
{
  g_autoptr (GAsyncResult) saved = NULL, set_up = NULL;
  g_autoptr (ReelAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  reel_engine_fixture_init (&world->fixture);
  world->fixture.poll_interval = SLOW;
  reel_engine_fixture_start (&world->fixture);
  reel_engine_save_account_async (world->fixture.engine, NULL, "Mine", world->base_url, NULL, KEY,
                                  reel_test_store_result, &saved);
  reel_test_wait (saved != NULL);
  account = reel_engine_save_account_finish (world->fixture.engine, saved, &error);
  g_assert_no_error (error);
  reel_engine_save_webhooks_async (world->fixture.engine, account, PUBLIC, world->port, SECRET, reel_test_store_result,
                                   &set_up);
  reel_test_wait (set_up != NULL);
  g_assert_true (reel_engine_save_webhooks_finish (world->fixture.engine, set_up, &error));
  g_assert_no_error (error);
  g_assert_cmpint (reel_account_get_webhook_state (account), ==, REEL_ACCOUNT_WEBHOOKS_LISTENING);
  reel_engine_set_account (world->fixture.engine, account);
}

static void
set_up (World *world, gconstpointer data)
{
  world->reserved = reel_webhook_client_reserve_port (&world->port);
  start_sandbox (world);
  start_tunnel (world);
  start_engine (world);
}

static void
tear_down (World *world, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  reel_engine_fixture_clear (&world->fixture);
  g_subprocess_send_signal (world->process, SIGTERM);
  g_subprocess_wait_async (world->process, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  soup_server_disconnect (world->tunnel);
  soup_session_abort (world->session);
  g_object_unref (world->tunnel);
  g_object_unref (world->session);
  g_object_unref (world->output);
  g_object_unref (world->process);
  g_object_unref (world->reserved);
  g_free (world->sandbox_url);
  g_free (world->base_url);
}

static ReelJob *
submit (World *world, const char *prompt)
{
  ReelJob *job = reel_engine_fixture_submit (&world->fixture, prompt);

  reel_test_wait_for (60, reel_job_get_state (job) == REEL_JOB_READY);
  g_assert_nonnull (reel_job_get_record (job)->webhook_token);
  g_assert_cmpuint (world->n_posts, ==, 1);

  return job;
}

/* Nobody would ask for minutes: the signed webhook of the service brings the video. */
static void
test_saved (World *world, gconstpointer data)
{
  submit (world, "A paper boat");
}

/* The service takes the job and its answer never comes: its webhook says which one it is. */
static void
test_answer_lost (World *world, gconstpointer data)
{
  ReelJob *job = submit (world, "A paper boat [drop]");

  g_assert_true (g_str_has_prefix (reel_job_get_record (job)->request_id, "req_"));
}

int
main (int argc, char **argv)
{
  /* No Secret Service, and no bus that one could be looked for on. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_assert_nonnull (g_getenv ("SEEDREEL_SANDBOX"));

#define ADD(path, function) g_test_add ("/engine/webhooks-sandbox/" path, World, NULL, set_up, function, tear_down)
  ADD ("saved", test_saved);
  ADD ("answer-lost", test_answer_lost);
#undef ADD

  return g_test_run ();
}
