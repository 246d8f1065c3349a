#include "config.h"

#include "reel-engine-fixture.h"
#include "reel-error.h"
#include "reel-secrets.h"
#include "reel-service-script.h"
#include "reel-test.h"
#include "reel-webhook-client.h"

/* Its functions for items by their paths. */
#define SECRET_API_SUBJECT_TO_CHANGE
#include <libsecret/secret.h>
#include <signal.h>

/* Secrets in a real Secret Service, which the wrapper of this test starts. */

typedef struct
{
  ReelEngineFixture fixture;
  ReelFaultServer *server;
  ReelSecrets *secrets;
} World;

static void
set_up (World *world, gconstpointer data)
{
  reel_engine_fixture_init (&world->fixture);
  world->server = reel_fault_server_new (NULL);
  world->secrets = reel_secrets_new (REEL_SECRET_KEY);
  reel_script_add_models (world->server);
}

static void
tear_down (World *world, gconstpointer data)
{
  reel_engine_fixture_clear (&world->fixture);
  g_object_unref (world->secrets);
  g_object_unref (world->server);
}

static char *
look_up (World *world, const char *account_id, gboolean *locked)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *key;

  reel_secrets_lookup_async (world->secrets, account_id, FALSE, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  key = reel_secrets_lookup_finish (world->secrets, result, locked, &error);
  g_assert_no_error (error);

  return key;
}

static void
store (World *world, const char *account_id, const char *key)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  reel_secrets_store_async (world->secrets, account_id, "Mine", key, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  reel_secrets_store_finish (world->secrets, result, &error);
  g_assert_no_error (error);
}

static void
clear (World *world, const char *account_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  reel_secrets_clear_async (world->secrets, account_id, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  reel_secrets_clear_finish (world->secrets, result, &error);
  g_assert_no_error (error);
}

/* Locks the keyring for the rest of the program. */
static void
lock_keyring (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretService) service =
      secret_service_get_sync (SECRET_SERVICE_OPEN_SESSION | SECRET_SERVICE_LOAD_COLLECTIONS, NULL, &error);
  g_autoptr (SecretCollection) collection = NULL;
  g_autolist (GDBusProxy)
    locked = NULL;
  GList objects = {0};

  g_assert_no_error (error);
  collection =
      secret_collection_for_alias_sync (service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (collection);
  objects.data = collection;
  secret_service_lock_sync (service, &objects, NULL, &locked, &error);
  g_assert_no_error (error);
}

static void
test_round_trip (World *world, gconstpointer data)
{
  g_autofree char *absent = NULL, *one = NULL, *other = NULL, *gone = NULL;
  gboolean locked = TRUE;

  absent = look_up (world, "one", &locked);
  g_assert_null (absent);
  g_assert_false (locked);

  store (world, "one", "sd2_live_first");
  store (world, "one", "sd2_live_one");
  store (world, "other", "sd2_live_other");
  one = look_up (world, "one", &locked);
  g_assert_cmpstr (one, ==, "sd2_live_one");
  other = look_up (world, "other", &locked);
  g_assert_cmpstr (other, ==, "sd2_live_other");

  clear (world, "one");
  clear (world, "other");
  clear (world, "nobody");
  gone = look_up (world, "one", &locked);
  g_assert_null (gone);
}

/* A key and what webhooks are signed with never stand for each other. */
static void
test_kinds (World *world, gconstpointer data)
{
  g_autoptr (ReelSecrets) keys = g_steal_pointer (&world->secrets);
  g_autoptr (ReelSecrets) signatures = reel_secrets_new (REEL_SECRET_WEBHOOKS);
  g_autofree char *absent = NULL, *key = NULL, *signature = NULL, *gone = NULL, *left = NULL;
  gboolean locked;

  world->secrets = g_object_ref (keys);
  store (world, "one", "sd2_live_one");
  g_set_object (&world->secrets, signatures);
  absent = look_up (world, "one", &locked);
  g_assert_null (absent);

  store (world, "one", "whsec_one");
  signature = look_up (world, "one", &locked);
  g_assert_cmpstr (signature, ==, "whsec_one");
  g_set_object (&world->secrets, keys);
  key = look_up (world, "one", &locked);
  g_assert_cmpstr (key, ==, "sd2_live_one");

  clear (world, "one");
  gone = look_up (world, "one", &locked);
  g_assert_null (gone);
  g_set_object (&world->secrets, signatures);
  left = look_up (world, "one", &locked);
  g_assert_cmpstr (left, ==, "whsec_one");
  clear (world, "one");
}

static ReelAccount *
save_account (World *world)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelAccount) account = NULL;

  reel_engine_save_account_async (world->fixture.engine, NULL, "Mine", reel_fault_server_get_base_url (world->server),
                                  NULL, "sd2_live_mine", reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  account = reel_engine_save_account_finish (world->fixture.engine, result, &error);
  g_assert_no_error (error);

  return account; /* the engine keeps it */
}

static ReelAccount *
get_stored_account (World *world)
{
  g_autoptr (ReelAccount) account = g_list_model_get_item (reel_engine_get_accounts (world->fixture.engine), 1);

  return account; /* the engine keeps it */
}

static void
remove_account (World *world, ReelAccount *account)
{
  g_autoptr (GAsyncResult) result = NULL;

  reel_engine_remove_account_async (world->fixture.engine, account, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
}

/* Looks for the item alone: libsecret stumbles over one that is removed while it is being loaded. */
static gboolean
still_there (const char *attribute, const char *account_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretService) service = secret_service_get_sync (SECRET_SERVICE_NONE, NULL, &error);
  g_autoptr (GHashTable) attributes = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (GStrv) paths = NULL;

  g_assert_no_error (error);
  g_hash_table_insert (attributes, (gpointer)attribute, (gpointer)account_id);
  secret_service_search_for_dbus_paths_sync (service, NULL, attributes, NULL, &paths, NULL, &error);
  g_assert_no_error (error);

  return paths != NULL && paths[0] != NULL;
}

/* A key that is stored is there in the next run, and goes with its account. */
static void
test_engine (World *world, gconstpointer data)
{
  g_autofree char *id = NULL;
  ReelAccount *account;

  reel_engine_fixture_start (&world->fixture);
  account = save_account (world);
  g_assert_cmpint (reel_account_get_key_state (account), ==, REEL_ACCOUNT_KEY_STORED);
  id = g_strdup (reel_account_get_id (account));
  reel_engine_fixture_stop (&world->fixture);

  reel_engine_fixture_start (&world->fixture);
  account = get_stored_account (world);
  reel_test_wait (reel_account_get_key_state (account) == REEL_ACCOUNT_KEY_STORED);
  reel_engine_set_account (world->fixture.engine, account);
  reel_test_wait (reel_engine_get_catalogue (world->fixture.engine) != NULL);
  g_assert_cmpstr (reel_fault_request_get_header (
                       reel_fault_server_get_request (world->server, "GET", REEL_SCRIPT_MODELS, 0), "authorization"),
                   ==, "Bearer sd2_live_mine");

  g_assert_true (still_there ("account", id));
  remove_account (world, account);
  reel_test_wait (!still_there ("account", id));
}

static void
save_webhooks (World *world, ReelAccount *account, guint16 port, const char *secret)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  reel_engine_save_webhooks_async (world->fixture.engine, account, "https://hooks.example.com", port, secret,
                                   reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  reel_engine_save_webhooks_finish (world->fixture.engine, result, &error);
  g_assert_no_error (error);
}

/* What webhooks are signed with is there in the next run, beside the key, and goes when it is taken away or with its account. */
static void
test_webhooks (World *world, gconstpointer data)
{
  const char *token = "0123456789abcdef0123456789abcdef";
  g_autofree char *id = NULL, *key = NULL, *body = reel_webhook_client_make_body ("req_1", "succeeded");
  g_autofree char *database = NULL;
  guint16 port = 0;
  g_autoptr (GSocket) reserved = reel_webhook_client_reserve_port (&port);
  gboolean locked = TRUE;
  gsize length;
  ReelAccount *account;

  g_clear_object (&world->secrets);
  world->secrets = reel_secrets_new (REEL_SECRET_WEBHOOKS);
  reel_engine_fixture_start (&world->fixture);
  account = save_account (world);
  id = g_strdup (reel_account_get_id (account));
  save_webhooks (world, account, port, "whsec_mine");
  reel_test_wait (reel_account_get_webhook_secret_state (account) == REEL_ACCOUNT_KEY_STORED);
  key = look_up (world, id, &locked);
  g_assert_cmpstr (key, ==, "whsec_mine");
  reel_engine_fixture_stop (&world->fixture);
  g_assert_true (g_file_get_contents (world->fixture.store_path, &database, &length, NULL));
  g_assert_null (g_strstr_len (database, length, "whsec_mine"));

  reel_engine_fixture_start (&world->fixture);
  account = get_stored_account (world);
  reel_test_wait (reel_account_get_webhook_state (account) == REEL_ACCOUNT_WEBHOOKS_LISTENING);
  g_assert_cmpint (reel_account_get_webhook_secret_state (account), ==, REEL_ACCOUNT_KEY_STORED);
  g_assert_cmpuint (reel_webhook_client_send (port, token, NULL, body), ==, 401);
  g_assert_cmpuint (reel_webhook_client_send (port, token, "whsec_mine", body), ==, 200);

  save_webhooks (world, account, port, "");
  reel_test_wait (!still_there ("webhooks-of-account", id));
  g_assert_cmpuint (reel_webhook_client_send (port, token, NULL, body), ==, 200);

  save_webhooks (world, account, port, "whsec_other");
  reel_test_wait (reel_account_get_webhook_secret_state (account) == REEL_ACCOUNT_KEY_STORED);
  remove_account (world, account);
  reel_test_wait (!still_there ("webhooks-of-account", id));
}

/* A locked keyring holds neither the start nor the end; what needs the key waits for it, and is not sent after the end. */
static void
test_locked (World *world, gconstpointer data)
{
  g_autofree char *id = NULL, *key = NULL;
  g_autoptr (GPtrArray) records = NULL;
  const ReelJobRecord *record;
  gboolean locked = FALSE;
  ReelAccount *account;

  reel_engine_fixture_start (&world->fixture);
  account = save_account (world);
  id = g_strdup (reel_account_get_id (account));
  reel_engine_fixture_stop (&world->fixture);
  lock_keyring ();
  key = look_up (world, id, &locked);
  g_assert_null (key);
  g_assert_true (locked);

  reel_engine_fixture_start (&world->fixture);
  account = get_stored_account (world);
  g_assert_cmpint (reel_account_get_key_state (account), ==, REEL_ACCOUNT_KEY_UNKNOWN);
  reel_engine_set_account (world->fixture.engine, account);
  reel_engine_fixture_submit (&world->fixture, "A paper boat");
  reel_engine_fixture_stop (&world->fixture);
  records = reel_engine_fixture_read (&world->fixture);
  record = records->pdata[0];
  g_assert_cmpint (record->submission, ==, REEL_SUBMISSION_RECORDED);
  g_assert_cmpint (record->sent_at, ==, 0);
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 0);
  g_assert_cmpuint (reel_fault_server_count (world->server, NULL, NULL), ==, 0);
}

/* Stands in for what shows the question of a locked keyring, and takes it for ever. */
static GDBusMessage *
swallow (GDBusConnection *connection, GDBusMessage *message, gboolean incoming, gpointer asked)
{
  if (!incoming || g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    return message;

  g_atomic_int_set ((int *)asked, TRUE);
  g_main_context_wakeup (NULL);
  g_object_unref (message);

  return NULL;
}

static GDBusConnection *
connect_prompter (int *asked)
{
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  const GDBusConnectionFlags flags =
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION;
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (address, flags, NULL, NULL, &error);
  g_autoptr (GVariant) reply = NULL;

  g_assert_no_error (error);
  reply = g_dbus_connection_call_sync (
      connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
      g_variant_new ("(su)", "org.gnome.keyring.SystemPrompter", 0), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_add_filter (connection, swallow, asked, NULL);

  return connection;
}

static pid_t
find_keyring (GDBusConnection *connection)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = NULL;
  guint32 pid;

  reply = g_dbus_connection_call_sync (
      connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetConnectionUnixProcessID",
      g_variant_new ("(s)", "org.freedesktop.secrets"), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  g_variant_get (reply, "(u)", &pid);

  return pid;
}

/* A keyring that hangs while it asks does not hold the end. */
static void
test_hung (World *world, gconstpointer data)
{
  int asked = FALSE;
  g_autoptr (GDBusConnection) prompter = connect_prompter (&asked);
  pid_t keyring = find_keyring (prompter);
  g_autoptr (GPtrArray) records = NULL;

  reel_engine_fixture_start (&world->fixture);
  save_account (world);
  reel_engine_fixture_stop (&world->fixture);
  lock_keyring ();
  reel_engine_fixture_start (&world->fixture);
  reel_engine_set_account (world->fixture.engine, get_stored_account (world));
  reel_engine_fixture_submit (&world->fixture, "A paper boat");
  reel_test_wait (g_atomic_int_get (&asked));
  g_assert_cmpint (kill (keyring, SIGSTOP), ==, 0);
  reel_engine_fixture_stop (&world->fixture);
  g_assert_cmpint (kill (keyring, SIGCONT), ==, 0);
  g_dbus_connection_close_sync (prompter, NULL, NULL);

  records = reel_engine_fixture_read (&world->fixture);
  g_assert_cmpint (((ReelJobRecord *)records->pdata[0])->submission, ==, REEL_SUBMISSION_RECORDED);
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 0);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, World, NULL, set_up, function, tear_down)
  ADD ("/engine/secrets/round-trip", test_round_trip);
  ADD ("/engine/secrets/kinds", test_kinds);
  ADD ("/engine/secrets/engine", test_engine);
  ADD ("/engine/secrets/webhooks", test_webhooks);
  ADD ("/engine/secrets/locked", test_locked);
  ADD ("/engine/secrets/hung", test_hung);
#undef ADD

  status = g_test_run ();
  secret_service_disconnect ();

  return status;
}
