#include "config.h"

#include "reel-engine-fixture.h"
#include "reel-error.h"
#include "reel-service-script.h"
#include "reel-test.h"

#include <sqlite3.h>

/* Accounts, their models and the draft, on a machine without a Secret Service. */

typedef struct
{
  ReelEngineFixture fixture;
  ReelFaultServer *server;
} World;

static void
set_up (World *world, gconstpointer data)
{
  reel_engine_fixture_init (&world->fixture);
  world->server = reel_fault_server_new (NULL);
}

static void
tear_down (World *world, gconstpointer data)
{
  reel_engine_fixture_clear (&world->fixture);
  g_object_unref (world->server);
}

static ReelAccount *
get_account (World *world, guint position)
{
  g_autoptr (ReelAccount) account = g_list_model_get_item (reel_engine_get_accounts (world->fixture.engine), position);

  return account; /* the list keeps it */
}

static ReelAccount *
save (World *world, ReelAccount *account, const char *name, const char *base_url, const char *key, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reel_engine_save_account_async (world->fixture.engine, account, name, base_url, NULL, key, reel_test_store_result,
                                  &result);
  reel_test_wait (result != NULL);

  return reel_engine_save_account_finish (world->fixture.engine, result, error);
}

static void
test_order (World *world, gconstpointer data)
{
  g_autoptr (ReelAccount) mine = NULL;
  g_autoptr (GError) error = NULL;

  reel_engine_fixture_start (&world->fixture);
  g_assert_true (reel_account_is_sandbox (get_account (world, 0)));
  g_assert_true (reel_engine_get_account (world->fixture.engine) == get_account (world, 0));
  mine = save (world, NULL, "Mine", "https://mine.example", "sd2_live_key", &error);
  g_assert_no_error (error);
  reel_engine_fixture_stop (&world->fixture);

  world->fixture.base_url = reel_fault_server_get_base_url (world->server);
  reel_engine_fixture_start (&world->fixture);
  g_assert_cmpuint (g_list_model_get_n_items (reel_engine_get_accounts (world->fixture.engine)), ==, 3);
  g_assert_true (reel_account_is_sandbox (get_account (world, 0)));
  g_assert_cmpstr (reel_account_get_id (get_account (world, 1)), ==, REEL_ACCOUNT_ENVIRONMENT_ID);
  g_assert_cmpint (reel_account_get_key_state (get_account (world, 1)), ==, REEL_ACCOUNT_KEY_THIS_RUN);
  g_assert_cmpstr (reel_account_get_name (get_account (world, 2)), ==, "Mine");
  g_assert_true (reel_engine_get_account (world->fixture.engine) == get_account (world, 1));
}

static void
test_save_change_remove (World *world, gconstpointer data)
{
  const char *base_url = reel_fault_server_get_base_url (world->server);
  g_autoptr (ReelAccount) mine = NULL, same = NULL;
  g_autoptr (GAsyncResult) removed = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL, *contents = NULL;
  gsize length;

  reel_script_add_models (world->server);
  reel_engine_fixture_start (&world->fixture);
  mine = save (world, NULL, "Mine", base_url, "sd2_live_secret_key", &error);
  g_assert_no_error (error);
  g_assert_cmpint (reel_account_get_key_state (mine), ==, REEL_ACCOUNT_KEY_THIS_RUN);
  id = g_strdup (reel_account_get_id (mine));
  reel_engine_set_account (world->fixture.engine, mine);
  reel_test_wait (reel_engine_get_catalogue (world->fixture.engine) != NULL);
  g_assert_cmpstr (reel_fault_request_get_header (
                       reel_fault_server_get_request (world->server, "GET", REEL_SCRIPT_MODELS, 0), "authorization"),
                   ==, "Bearer sd2_live_secret_key");

  same = save (world, mine, "Renamed", base_url, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (same == mine);
  g_assert_cmpstr (reel_account_get_name (mine), ==, "Renamed");
  reel_engine_fixture_stop (&world->fixture);
  g_clear_object (&mine);
  g_clear_object (&same);

  /* The key is not in the database, and without a Secret Service it is gone with the run. */
  g_assert_true (g_file_get_contents (world->fixture.store_path, &contents, &length, NULL));
  g_assert_null (g_strstr_len (contents, length, "secret_key"));
  reel_engine_fixture_start (&world->fixture);
  mine = g_object_ref (get_account (world, 1));
  g_assert_cmpstr (reel_account_get_id (mine), ==, id);
  g_assert_cmpstr (reel_account_get_name (mine), ==, "Renamed");
  reel_test_wait (reel_account_get_key_state (mine) == REEL_ACCOUNT_KEY_MISSING);

  reel_engine_set_account (world->fixture.engine, mine);
  reel_engine_remove_account_async (world->fixture.engine, mine, reel_test_store_result, &removed);
  reel_test_wait (removed != NULL);
  g_assert_true (reel_engine_remove_account_finish (world->fixture.engine, removed, &error));
  g_clear_object (&removed);
  g_assert_true (reel_account_is_sandbox (reel_engine_get_account (world->fixture.engine)));
  reel_engine_fixture_stop (&world->fixture);
  reel_engine_fixture_start (&world->fixture);
  g_assert_cmpuint (g_list_model_get_n_items (reel_engine_get_accounts (world->fixture.engine)), ==, 1);
}

static void
test_not_editable (World *world, gconstpointer data)
{
  g_autoptr (GAsyncResult) removed = NULL;
  g_autoptr (GError) error = NULL;

  reel_engine_fixture_start (&world->fixture);
  g_assert_null (save (world, get_account (world, 0), "Mine", "https://mine.example", "key", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_null (save (world, NULL, "Mine", "http://mine.example", "key", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  reel_engine_remove_account_async (world->fixture.engine, get_account (world, 0), reel_test_store_result, &removed);
  reel_test_wait (removed != NULL);
  g_assert_false (reel_engine_remove_account_finish (world->fixture.engine, removed, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

static void
test_account_of_last_run (World *world, gconstpointer data)
{
  g_autoptr (ReelAccount) mine = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  reel_engine_fixture_start (&world->fixture);
  mine = save (world, NULL, "Mine", "https://mine.example", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (reel_account_get_key_state (mine), ==, REEL_ACCOUNT_KEY_MISSING);
  reel_engine_fixture_stop (&world->fixture);

  world->fixture.engine = g_object_new (REEL_TYPE_ENGINE, "store-path", world->fixture.store_path, "account-id",
                                        reel_account_get_id (mine), NULL);
  reel_engine_start_async (world->fixture.engine, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  g_assert_cmpstr (reel_account_get_id (reel_engine_get_account (world->fixture.engine)), ==,
                   reel_account_get_id (mine));
  /* There is no key to ask with, and the catalogue says so. */
  reel_test_wait (reel_engine_get_catalogue_error (world->fixture.engine) != NULL);
  g_assert_error (reel_engine_get_catalogue_error (world->fixture.engine), REEL_ERROR, REEL_ERROR_UNAUTHORIZED);
}

static void
test_test (World *world, gconstpointer data)
{
  const char *base_url = reel_fault_server_get_base_url (world->server);
  g_autoptr (GAsyncResult) good = NULL, bad = NULL, cancelled = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint n_models = 0;

  reel_engine_fixture_start (&world->fixture);
  reel_script_add_models (world->server);
  reel_engine_test_account_async (world->fixture.engine, base_url, NULL, "sd2_live_key", NULL, reel_test_store_result,
                                  &good);
  reel_test_wait (good != NULL);
  g_assert_true (reel_engine_test_account_finish (world->fixture.engine, good, &n_models, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_models, ==, 1);

  reel_fault_server_clear (world->server);
  reel_script_add_error (world->server, "GET", REEL_SCRIPT_MODELS, 401, "unauthorized", "Invalid API key");
  reel_engine_test_account_async (world->fixture.engine, base_url, NULL, "sd2_live_key", NULL, reel_test_store_result,
                                  &bad);
  reel_test_wait (bad != NULL);
  g_assert_false (reel_engine_test_account_finish (world->fixture.engine, bad, &n_models, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_UNAUTHORIZED);
  g_clear_error (&error);

  reel_engine_test_account_async (world->fixture.engine, base_url, NULL, "sd2_live_key", cancellable,
                                  reel_test_store_result, &cancelled);
  g_cancellable_cancel (cancellable);
  reel_test_wait (cancelled != NULL);
  g_assert_false (reel_engine_test_account_finish (world->fixture.engine, cancelled, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* The models of the last run are there at once; what the service lists now replaces them, and an error does not. */
static void
test_catalogue (World *world, gconstpointer data)
{
  ReelEngine *engine;

  world->fixture.base_url = reel_fault_server_get_base_url (world->server);
  reel_script_add_models (world->server);
  reel_engine_fixture_start (&world->fixture);
  reel_test_wait (reel_engine_get_catalogue (world->fixture.engine) != NULL);
  reel_engine_fixture_stop (&world->fixture);

  reel_fault_server_clear (world->server);
  reel_fault_server_add (world->server, "GET", REEL_SCRIPT_MODELS, 200, "<html>Hello</html>");
  reel_fault_answer_set_hold (reel_fault_server_add (world->server, "GET", REEL_SCRIPT_MODELS, 200,
                                                     "{\"success\":true,\"data\":[{\"id\":\"new\",\"durations\":[4],"
                                                     "\"aspectRatios\":[],\"resolutions\":[]}]}"));
  reel_engine_fixture_start (&world->fixture);
  engine = world->fixture.engine;
  reel_test_wait (reel_engine_get_catalogue (engine) != NULL && reel_engine_get_catalogue_error (engine) != NULL);
  g_assert_nonnull (reel_catalogue_lookup (reel_engine_get_catalogue (engine), "seedance-2.0"));
  g_assert_error (reel_engine_get_catalogue_error (engine), REEL_ERROR, REEL_ERROR_NOT_JSON);
  g_assert_false (reel_engine_get_catalogue_loading (engine));

  reel_engine_refresh_catalogue (engine);
  g_assert_true (reel_engine_get_catalogue_loading (engine));
  reel_fault_server_release (world->server);
  reel_test_wait (!reel_engine_get_catalogue_loading (engine));
  g_assert_null (reel_engine_get_catalogue_error (engine));
  g_assert_nonnull (reel_catalogue_lookup (reel_engine_get_catalogue (engine), "new"));
}

static void
test_draft (World *world, gconstpointer data)
{
  g_autoptr (ReelReference) one = reel_reference_new ("https://a.example/1;2.png");
  g_autoptr (ReelReference) two = reel_reference_new ("https://a.example/2.mp4");
  g_autoptr (ReelReference) first = NULL;
  const char *prompt = "  A \"paper\" boat;\n\tat dawn \xf0\x9f\x9b\xb6 \xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \\n ";
  ReelRequest *draft;

  reel_engine_fixture_start (&world->fixture);
  draft = reel_engine_get_draft (world->fixture.engine);
  g_object_set (draft, "count", 3, "model", "seedance-2.0", "prompt", prompt, "duration", 7, "aspect-ratio", "9:16",
                "resolution", "720p", "webhook-url", "https://a.example/hook", NULL);
  g_list_store_append (reel_request_get_references (draft), one);
  g_list_store_append (reel_request_get_references (draft), two);
  reel_engine_fixture_stop (&world->fixture);

  reel_engine_fixture_start (&world->fixture);
  draft = reel_engine_get_draft (world->fixture.engine);
  g_assert_cmpstr (reel_request_get_model (draft), ==, "seedance-2.0");
  g_assert_cmpstr (reel_request_get_prompt (draft), ==, prompt);
  g_assert_cmpuint (reel_request_get_count (draft), ==, 3);
  g_assert_cmpuint (reel_request_get_duration (draft), ==, 7);
  g_assert_cmpstr (reel_request_get_aspect_ratio (draft), ==, "9:16");
  g_assert_cmpstr (reel_request_get_resolution (draft), ==, "720p");
  g_assert_cmpstr (reel_request_get_webhook_url (draft), ==, "https://a.example/hook");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (reel_request_get_references (draft))), ==, 2);
  first = g_list_model_get_item (G_LIST_MODEL (reel_request_get_references (draft)), 0);
  g_assert_cmpstr (reel_reference_get_url (first), ==, "https://a.example/1;2.png");

  /* What was taken out is gone after the next restart. */
  g_list_store_remove_all (reel_request_get_references (draft));
  reel_request_set_prompt (draft, NULL);
  reel_engine_fixture_stop (&world->fixture);
  reel_engine_fixture_start (&world->fixture);
  draft = reel_engine_get_draft (world->fixture.engine);
  g_assert_null (reel_request_get_prompt (draft));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (reel_request_get_references (draft))), ==, 0);
}

/* Reads the draft while the engine has the database open, as nobody but a test may. */
static gboolean
draft_is_written (World *world)
{
  sqlite3 *connection = NULL;
  sqlite3_stmt *statement = NULL;
  gboolean written;

  g_assert_cmpint (sqlite3_open_v2 (world->fixture.store_path, &connection, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (
      sqlite3_prepare_v2 (connection, "SELECT 1 FROM texts WHERE text LIKE '%A paper boat%'", -1, &statement, NULL), ==,
      SQLITE_OK);
  written = sqlite3_step (statement) == SQLITE_ROW;
  sqlite3_finalize (statement);
  sqlite3_close (connection);

  return written;
}

/* The draft is saved half a second after the last change: the program need not end in peace. */
static void
test_draft_by_itself (World *world, gconstpointer data)
{
  reel_engine_fixture_start (&world->fixture);
  reel_request_set_prompt (reel_engine_get_draft (world->fixture.engine), "A paper boat");
  reel_test_wait (draft_is_written (world));
}

static void
test_fetch_reference (World *world, gconstpointer data)
{
  static const char *const urls[] = {"http://a.example/1.png", "https://localhost/1.png", "https://192.168.0.1/1.png",
                                     "file:///etc/passwd"};

  reel_engine_fixture_start (&world->fixture);
  for (guint i = 0; i < G_N_ELEMENTS (urls); i++) {
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;

    reel_engine_fetch_reference_async (world->fixture.engine, urls[i], NULL, reel_test_store_result, &result);
    reel_test_wait (result != NULL);
    g_assert_null (reel_engine_fetch_reference_finish (world->fixture.engine, result, &error));
    g_assert_error (error, REEL_ERROR, REEL_ERROR_INVALID_REQUEST);
  }
  g_assert_cmpuint (reel_fault_server_count (world->server, NULL, NULL), ==, 0);
}

static void
test_new_destroy (World *world, gconstpointer data)
{
  ReelEngine *engine = g_object_new (REEL_TYPE_ENGINE, "store-path", world->fixture.store_path, NULL);

  g_assert_finalize_object (engine);
}

int
main (int argc, char **argv)
{
  /* No Secret Service, and no bus that one could be looked for on. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, function) g_test_add (path, World, NULL, set_up, function, tear_down)
  ADD ("/engine/accounts/order", test_order);
  ADD ("/engine/accounts/save-change-remove", test_save_change_remove);
  ADD ("/engine/accounts/not-editable", test_not_editable);
  ADD ("/engine/accounts/account-of-last-run", test_account_of_last_run);
  ADD ("/engine/accounts/test", test_test);
  ADD ("/engine/accounts/catalogue", test_catalogue);
  ADD ("/engine/accounts/fetch-reference", test_fetch_reference);
  ADD ("/engine/draft/kept", test_draft);
  ADD ("/engine/draft/by-itself", test_draft_by_itself);
  ADD ("/engine/new-destroy", test_new_destroy);
#undef ADD

  return g_test_run ();
}
