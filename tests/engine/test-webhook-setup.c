#include "config.h"

#include "reel-service-script.h"
#include "reel-test.h"
#include "reel-webhook-client.h"
#include "reel-webhook-world.h"
#include "reel-webhook.h"

#include <sqlite3.h>
#include <string.h>

/* How a receiver is set up, and what a request then asks for. */

/* Reads the token while the engine has the database open, as nobody but a test may. */
static char *
peek_token (ReelWebhookWorld *world)
{
  sqlite3 *connection = NULL;
  sqlite3_stmt *statement = NULL;
  char *token = NULL;

  g_assert_cmpint (sqlite3_open_v2 (world->fixture.store_path, &connection, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (connection, "SELECT webhook_token FROM jobs WHERE submission = 'sending'", -1,
                                       &statement, NULL),
                   ==, SQLITE_OK);
  if (sqlite3_step (statement) == SQLITE_ROW)
    token = g_strdup ((const char *)sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  sqlite3_close (connection);

  return token;
}

/* The token is on the disk before the request leaves, and a later run knows it. */
static void
test_token_first (ReelWebhookWorld *world, gconstpointer data)
{
  ReelFaultAnswer *answer = reel_script_add_accept (world->server, "req_1");
  g_autofree char *token = NULL, *body = NULL, *wanted = NULL;
  g_autoptr (ReelRequest) again = NULL;
  ReelJob *job;

  reel_fault_answer_fail_before (answer, REEL_FAULT_STALL);
  reel_webhook_world_start (world);
  job = reel_webhook_world_submit (world);
  reel_test_wait (reel_script_count_posts (world->server) == 1);
  token = peek_token (world);
  g_assert_nonnull (token);
  g_assert_cmpuint (strlen (token), ==, REEL_WEBHOOK_TOKEN_LENGTH);
  body = reel_webhook_world_get_sent_body (world);
  wanted = g_strdup_printf ("\"webhookUrl\":\"" REEL_WEBHOOK_WORLD_PUBLIC "/webhooks/%s\"", token);
  g_assert_nonnull (strstr (body, wanted));
  /* It is not as if somebody had typed that address. */
  g_assert_null (reel_job_get_record (job)->webhook_url);
  again = reel_job_record_to_request (reel_job_get_record (job));
  g_assert_null (reel_request_get_webhook_url (again));
  reel_engine_fixture_stop (&world->fixture);

  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  reel_webhook_world_start (world);
  job = reel_engine_fixture_get_job (&world->fixture, 0);
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_UNKNOWN);
  g_assert_cmpstr (reel_job_get_record (job)->webhook_token, ==, token);
  reel_webhook_world_tell (world, job, "req_1", "succeeded");
  reel_webhook_world_assert_saved (world, job);
}

/* An address that a person typed is sent as typed. */
static void
test_typed (ReelWebhookWorld *world, gconstpointer data)
{
  g_autoptr (ReelRequest) request = g_object_new (REEL_TYPE_REQUEST, "model", "seedance-2.0", "prompt", "A paper boat",
                                                  "webhook-url", "https://typed.example/Hook?a=1&b=%20", NULL);
  g_autofree char *body = NULL;
  ReelJob *job;

  reel_script_add_accept (world->server, "req_1");
  reel_webhook_world_start (world);
  job = reel_engine_submit (world->fixture.engine, request);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_WAITING);
  body = reel_webhook_world_get_sent_body (world);
  g_assert_nonnull (strstr (body, "\"webhookUrl\":\"https://typed.example/Hook?a=1&b=%20\""));
  g_assert_null (reel_job_get_record (job)->webhook_token);
  g_assert_cmpstr (reel_job_get_record (job)->webhook_url, ==, "https://typed.example/Hook?a=1&b=%20");
}

static void
assert_asks_for_none (ReelWebhookWorld *world)
{
  g_autofree char *body = NULL;
  ReelJob *job;

  reel_script_add_accept (world->server, "req_1");
  job = reel_webhook_world_submit (world);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_WAITING);
  body = reel_webhook_world_get_sent_body (world);
  g_assert_null (strstr (body, "webhookUrl"));
  g_assert_null (reel_job_get_record (job)->webhook_token);
}

static void
test_off (ReelWebhookWorld *world, gconstpointer data)
{
  reel_webhook_world_start (world);
  g_assert_true (
      reel_webhook_world_save_webhooks (world, reel_webhook_world_get_account (world), NULL, world->port, NULL, NULL));
  g_assert_cmpint (reel_account_get_webhook_state (reel_webhook_world_get_account (world)), ==,
                   REEL_ACCOUNT_WEBHOOKS_OFF);
  g_assert_cmpuint (reel_webhook_world_tell_token (world, REEL_WEBHOOK_WORLD_TOKEN, "req_1", "succeeded"), ==, 0);
  assert_asks_for_none (world);
}

/* Another program has the port: it is said, jobs ask for no webhook, and everything else goes on. */
static void
test_port_in_use (ReelWebhookWorld *world, gconstpointer data)
{
  g_autoptr (GSocket) taken = NULL;
  guint16 port;

  taken = reel_webhook_client_reserve_port (&port);
  g_assert_true (g_socket_listen (taken, NULL));
  reel_webhook_world_start (world);
  g_assert_true (reel_webhook_world_save_webhooks (world, reel_webhook_world_get_account (world),
                                                   REEL_WEBHOOK_WORLD_PUBLIC, port, NULL, NULL));
  g_assert_cmpint (reel_account_get_webhook_state (reel_webhook_world_get_account (world)), ==,
                   REEL_ACCOUNT_WEBHOOKS_PORT_IN_USE);
  assert_asks_for_none (world);

  /* Another one is free. */
  g_assert_true (reel_webhook_world_save_webhooks (world, reel_webhook_world_get_account (world),
                                                   REEL_WEBHOOK_WORLD_PUBLIC, world->port, NULL, NULL));
  g_assert_cmpint (reel_account_get_webhook_state (reel_webhook_world_get_account (world)), ==,
                   REEL_ACCOUNT_WEBHOOKS_LISTENING);
  g_assert_cmpuint (reel_webhook_world_tell_token (world, REEL_WEBHOOK_WORLD_TOKEN, "req_1", "succeeded"), ==, 200);
}

/* The secret is gone with the run: nothing is taken unchecked meanwhile. */
static void
test_secret_missing (ReelWebhookWorld *world, gconstpointer data)
{
  ReelAccount *account;

  reel_webhook_world_start (world);
  reel_engine_fixture_stop (&world->fixture);
  reel_engine_fixture_start (&world->fixture);
  account = reel_webhook_world_get_account (world);
  g_assert_cmpint (reel_account_get_webhook_state (account), ==, REEL_ACCOUNT_WEBHOOKS_NO_SECRET);
  reel_test_wait (reel_account_get_webhook_secret_state (account) == REEL_ACCOUNT_KEY_MISSING);
  g_assert_cmpstr (reel_account_get_webhook_url (account), ==, REEL_WEBHOOK_WORLD_PUBLIC);
  g_assert_cmpuint (reel_account_get_webhook_port (account), ==, world->port);
  g_assert_cmpuint (reel_webhook_world_tell_token (world, REEL_WEBHOOK_WORLD_TOKEN, "req_1", "succeeded"), ==, 0);
  g_assert_true (reel_webhook_world_save_webhooks (world, account, REEL_WEBHOOK_WORLD_PUBLIC, world->port,
                                                   REEL_WEBHOOK_WORLD_SECRET, NULL));
  g_assert_cmpint (reel_account_get_webhook_state (account), ==, REEL_ACCOUNT_WEBHOOKS_LISTENING);
  g_assert_cmpint (reel_account_get_webhook_secret_state (account), ==, REEL_ACCOUNT_KEY_THIS_RUN);
}

static void
test_removed (ReelWebhookWorld *world, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  reel_webhook_world_start (world);
  reel_engine_remove_account_async (world->fixture.engine, reel_webhook_world_get_account (world),
                                    reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  g_assert_cmpuint (reel_webhook_world_tell_token (world, REEL_WEBHOOK_WORLD_TOKEN, "req_1", "succeeded"), ==, 0);
}

static void
test_invalid (ReelWebhookWorld *world, gconstpointer data)
{
  static const struct
  {
    const char *url;
    guint port;
  } cases[] = {
      {"http://hooks.example.com", 8765},
      {"https://localhost", 8765},
      {"https://192.168.0.7", 8765},
      {"https://printer.local", 8765},
      {"hooks.example.com", 8765},
      {"https://me:pass@hooks.example.com", 8765},
      {"", 8765},
      {REEL_WEBHOOK_WORLD_PUBLIC "/?a=1", 8765},
      {REEL_WEBHOOK_WORLD_PUBLIC "#a", 8765},
      {REEL_WEBHOOK_WORLD_PUBLIC, 80},
      {REEL_WEBHOOK_WORLD_PUBLIC, 0},
      {REEL_WEBHOOK_WORLD_PUBLIC, 1023},
      {REEL_WEBHOOK_WORLD_PUBLIC, 65536},
  };
  g_autoptr (ReelAccount) sandbox = NULL;
  g_autoptr (GError) refused = NULL;

  reel_webhook_world_start (world);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (reel_webhook_world_save_webhooks (world, reel_webhook_world_get_account (world), cases[i].url,
                                                      cases[i].port, NULL, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  }
  sandbox = g_list_model_get_item (reel_engine_get_accounts (world->fixture.engine), 0);
  g_assert_false (reel_webhook_world_save_webhooks (world, sandbox, REEL_WEBHOOK_WORLD_PUBLIC, 8765, NULL, &refused));
  g_assert_error (refused, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_cmpint (reel_account_get_webhook_state (reel_webhook_world_get_account (world)), ==,
                   REEL_ACCOUNT_WEBHOOKS_LISTENING);
  g_assert_cmpstr (reel_account_get_webhook_url (reel_webhook_world_get_account (world)), ==,
                   REEL_WEBHOOK_WORLD_PUBLIC);
}

/* A new name, base URL or key of the account leaves its receiver as it is. */
static void
test_account_saved (ReelWebhookWorld *world, gconstpointer data)
{
  reel_webhook_world_start (world);
  reel_webhook_world_save_account (world, reel_webhook_world_get_account (world), "Renamed");
  g_assert_cmpint (reel_account_get_webhook_state (reel_webhook_world_get_account (world)), ==,
                   REEL_ACCOUNT_WEBHOOKS_LISTENING);
  reel_engine_fixture_stop (&world->fixture);
  reel_engine_fixture_start (&world->fixture);
  g_assert_cmpstr (reel_account_get_webhook_url (reel_webhook_world_get_account (world)), ==,
                   REEL_WEBHOOK_WORLD_PUBLIC);
  g_assert_true (reel_account_get_webhook_signed (reel_webhook_world_get_account (world)));
}

static void
assert_file_without (const char *path, const char *text)
{
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_null (g_strstr_len (contents, length, text));
}

/* Neither the key nor the secret is in a file, whatever was sent and received. */
static void
test_no_file_has_it (ReelWebhookWorld *world, gconstpointer data)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;
  guint n = 0;
  ReelJob *job;

  reel_webhook_world_start (world);
  job = reel_webhook_world_submit_and_lose (world);
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  reel_webhook_world_tell (world, job, "req_1", "succeeded");
  reel_webhook_world_assert_saved (world, job);

  folder = g_dir_open (world->fixture.folder, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename (world->fixture.folder, name, NULL);

    if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
      continue;
    assert_file_without (path, REEL_WEBHOOK_WORLD_SECRET);
    assert_file_without (path, REEL_WEBHOOK_WORLD_KEY);
    n++;
  }
  g_assert_cmpuint (n, >=, 1);
  reel_engine_fixture_stop (&world->fixture);
  assert_file_without (world->fixture.store_path, REEL_WEBHOOK_WORLD_SECRET);
  assert_file_without (world->fixture.store_path, REEL_WEBHOOK_WORLD_KEY);
}

int
main (int argc, char **argv)
{
  /* No Secret Service, and no bus that one could be looked for on. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, function)                                                                                            \
  g_test_add ("/engine/webhook-setup/" path, ReelWebhookWorld, NULL, reel_webhook_world_set_up, function,              \
              reel_webhook_world_tear_down)
  ADD ("token-first", test_token_first);
  ADD ("typed", test_typed);
  ADD ("off", test_off);
  ADD ("port-in-use", test_port_in_use);
  ADD ("secret-missing", test_secret_missing);
  ADD ("removed", test_removed);
  ADD ("invalid", test_invalid);
  ADD ("account-saved", test_account_saved);
  ADD ("no-file-has-it", test_no_file_has_it);
#undef ADD

  return g_test_run ();
}
