#include "config.h"

#include "api-test.h"

#include <string.h>

typedef struct
{
  ReelFaultServer *server;
  ReelClient *client;
  GCancellable *cancellable;
  GAsyncResult *result;
  GError *error;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = reel_fault_server_new (NULL);
  fixture->client = api_test_client_new (reel_fault_server_get_base_url (fixture->server), NULL);
  fixture->cancellable = g_cancellable_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->result);
  g_clear_error (&fixture->error);
  g_object_unref (fixture->cancellable);
  g_assert_finalize_object (fixture->client);
  g_object_unref (fixture->server);
}

static ReelGeneration *
finish_create (Fixture *fixture)
{
  ReelGeneration *generation;

  reel_test_wait (fixture->result != NULL);
  generation = reel_client_create_generation_finish (fixture->client, fixture->result, &fixture->error);
  /* The result holds the client. */
  g_clear_object (&fixture->result);

  return generation;
}

static void
assert_cancelled_unsent (Fixture *fixture)
{
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (reel_error_was_sent (fixture->error));
}

static void
assert_cancelled_sent (Fixture *fixture)
{
  g_assert_error (fixture->error, REEL_ERROR, REEL_ERROR_BROKEN);
  g_assert_true (reel_error_was_sent (fixture->error));
  g_assert_cmpuint (reel_fault_server_count (fixture->server, "POST", NULL), ==, 1);
}

static void
test_before (Fixture *fixture, gconstpointer data)
{
  g_cancellable_cancel (fixture->cancellable);
  api_test_start_create (fixture->client, fixture->cancellable, &fixture->result);
  g_assert_null (finish_create (fixture));
  assert_cancelled_unsent (fixture);
  g_assert_cmpuint (reel_fault_server_count_connections (fixture->server), ==, 0);
}

/* In the same turn of the main loop. */
static void
test_at_once (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 100; i++) {
    api_test_start_create (fixture->client, fixture->cancellable, &fixture->result);
    g_cancellable_cancel (fixture->cancellable);
    g_assert_null (finish_create (fixture));
    assert_cancelled_unsent (fixture);
    g_assert_cmpuint (reel_fault_server_count (fixture->server, NULL, NULL), ==, 0);

    g_clear_error (&fixture->error);
    g_set_object (&fixture->cancellable, NULL);
    fixture->cancellable = g_cancellable_new ();
  }
}

/* The server took the connection and leaves TLS hanging: no request was written yet. */
static void
test_while_connecting (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GTlsCertificate) certificate = api_test_load_certificate ();
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (certificate);
  g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (server), NULL);

  reel_fault_server_set_accept_fault (server, REEL_FAULT_STALL);
  api_test_start_create (client, fixture->cancellable, &fixture->result);
  reel_test_wait (reel_fault_server_count_stalled (server) == 1);
  g_cancellable_cancel (fixture->cancellable);

  reel_test_wait (fixture->result != NULL);
  g_assert_null (reel_client_create_generation_finish (client, fixture->result, &fixture->error));
  assert_cancelled_unsent (fixture);
}

/* The same, when nobody cancels: the time to connect ends it. */
static void
test_connect_timeout (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GTlsCertificate) certificate = api_test_load_certificate ();
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (certificate);
  g_autoptr (ReelClient) client = api_test_client_new_hasty (reel_fault_server_get_base_url (server));

  reel_fault_server_set_accept_fault (server, REEL_FAULT_STALL);
  g_assert_null (api_test_create (client, NULL, &fixture->error));
  g_assert_error (fixture->error, REEL_ERROR, REEL_ERROR_TIMEOUT);
  g_assert_false (reel_error_was_sent (fixture->error));
}

static void
test_after_sending (Fixture *fixture, gconstpointer data)
{
  reel_fault_answer_fail_before (reel_fault_server_add (fixture->server, "POST", NULL, 200, NULL), REEL_FAULT_STALL);
  api_test_start_create (fixture->client, fixture->cancellable, &fixture->result);
  reel_test_wait (reel_fault_server_count_stalled (fixture->server) == 1);
  g_cancellable_cancel (fixture->cancellable);
  g_assert_null (finish_create (fixture));
  assert_cancelled_sent (fixture);
}

static void
test_while_reading (Fixture *fixture, gconstpointer data)
{
  reel_fault_answer_cut (reel_fault_server_add (fixture->server, "POST", NULL, 200, API_TEST_ACCEPTED), 20,
                         REEL_FAULT_STALL);
  api_test_start_create (fixture->client, fixture->cancellable, &fixture->result);
  reel_test_wait (reel_fault_server_count_stalled (fixture->server) == 1);
  g_cancellable_cancel (fixture->cancellable);
  g_assert_null (finish_create (fixture));
  assert_cancelled_sent (fixture);
}

/* The cancel comes when the answer is there and the callback is not: the id is not thrown away. */
static void
test_after_the_answer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReelGeneration) generation = NULL;

  reel_fault_server_add (fixture->server, "POST", NULL, 200, API_TEST_ACCEPTED);
  api_test_start_create (fixture->client, fixture->cancellable, &fixture->result);
  reel_test_wait (fixture->result != NULL);
  g_cancellable_cancel (fixture->cancellable);
  generation = finish_create (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (generation->request_id, ==, "req_1");
}

/* What asks for nothing paid is simply cancelled. */
static void
test_get (Fixture *fixture, gconstpointer data)
{
  reel_fault_answer_fail_before (reel_fault_server_add (fixture->server, "GET", NULL, 200, NULL), REEL_FAULT_STALL);
  reel_client_get_generation_async (fixture->client, "req_1", fixture->cancellable, reel_test_store_result,
                                    &fixture->result);
  reel_test_wait (reel_fault_server_count_stalled (fixture->server) == 1);
  g_cancellable_cancel (fixture->cancellable);
  reel_test_wait (fixture->result != NULL);
  g_assert_null (reel_client_get_generation_finish (fixture->client, fixture->result, &fixture->error));
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&fixture->result);
}

static void
test_download (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url = g_strconcat (reel_fault_server_get_base_url (fixture->server), "/v.mp4", NULL);

  reel_fault_answer_fail_before (reel_fault_server_add (fixture->server, "GET", NULL, 200, NULL), REEL_FAULT_STALL);
  reel_client_open_download_async (fixture->client, url, 0, NULL, fixture->cancellable, reel_test_store_result,
                                   &fixture->result);
  reel_test_wait (reel_fault_server_count_stalled (fixture->server) == 1);
  g_cancellable_cancel (fixture->cancellable);
  reel_test_wait (fixture->result != NULL);
  g_assert_null (reel_client_open_download_finish (fixture->client, fixture->result, &fixture->error));
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&fixture->result);
}

/* A cancel in any turn of the main loop leaves the session whole, which the end of the client shows. */
static void
test_any_turn (Fixture *fixture, gconstpointer data)
{
  reel_fault_server_add (fixture->server, "GET", NULL, 200, "{\"success\":true,\"data\":[]}");
  for (guint i = 0; i < 200; i++) {
    g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (fixture->server), NULL);
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GAsyncResult) result = NULL;

    reel_client_list_models_async (client, cancellable, reel_test_store_result, &result);
    for (guint turn = 0; turn < i % 10 && result == NULL; turn++)
      g_main_context_iteration (NULL, TRUE);
    g_cancellable_cancel (cancellable);
    reel_test_wait (result != NULL);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, function) g_test_add ("/client-cancel/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("before", test_before);
  ADD ("at-once", test_at_once);
  ADD ("while-connecting", test_while_connecting);
  ADD ("connect-timeout", test_connect_timeout);
  ADD ("after-sending", test_after_sending);
  ADD ("while-reading", test_while_reading);
  ADD ("after-the-answer", test_after_the_answer);
  ADD ("any-turn", test_any_turn);
  ADD ("get", test_get);
  ADD ("download", test_download);

  return g_test_run ();
}
