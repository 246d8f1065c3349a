#include "config.h"

#include "api-test.h"

#include <string.h>

typedef struct
{
  const char *name;
  guint status;
  const char *body;
  void (*change) (ReelFaultAnswer *answer);
  ReelError code;
} Fault;

static void
close_before (ReelFaultAnswer *answer)
{
  reel_fault_answer_fail_before (answer, REEL_FAULT_CLOSE);
}

static void
reset_before (ReelFaultAnswer *answer)
{
  reel_fault_answer_fail_before (answer, REEL_FAULT_RESET);
}

static void
stall_before (ReelFaultAnswer *answer)
{
  reel_fault_answer_fail_before (answer, REEL_FAULT_STALL);
}

static void
close_in_body (ReelFaultAnswer *answer)
{
  reel_fault_answer_cut (answer, 20, REEL_FAULT_CLOSE);
}

static void
reset_in_body (ReelFaultAnswer *answer)
{
  reel_fault_answer_cut (answer, 20, REEL_FAULT_RESET);
}

static void
stall_in_body (ReelFaultAnswer *answer)
{
  reel_fault_answer_cut (answer, 20, REEL_FAULT_STALL);
}

static void
close_in_chunk (ReelFaultAnswer *answer)
{
  reel_fault_answer_set_chunked (answer);
  close_in_body (answer);
}

static void
close_in_packed (ReelFaultAnswer *answer)
{
  reel_fault_answer_set_gzip (answer);
  close_in_body (answer);
}

static void
end_early (ReelFaultAnswer *answer)
{
  reel_fault_answer_set_no_length (answer);
  close_in_body (answer);
}

static void
end_early_packed (ReelFaultAnswer *answer)
{
  reel_fault_answer_set_no_length (answer);
  close_in_packed (answer);
}

static void
send_huge (ReelFaultAnswer *answer)
{
  g_autoptr (GBytes) body = g_bytes_new_take (g_strnfill (10 * 1000 * 1000, ' '), 10 * 1000 * 1000);

  reel_fault_answer_set_body (answer, body);
}

static void
send_bomb (ReelFaultAnswer *answer)
{
  send_huge (answer);
  reel_fault_answer_set_gzip (answer);
}

static void
send_utf16 (ReelFaultAnswer *answer)
{
  gsize length;
  char *text = g_convert (API_TEST_ACCEPTED, -1, "UTF-16", "UTF-8", NULL, &length, NULL);
  g_autoptr (GBytes) body = g_bytes_new_take (text, length);

  reel_fault_answer_set_body (answer, body);
}

static void
say_latin1 (ReelFaultAnswer *answer)
{
  reel_fault_answer_set_header (answer, "Content-Type", "application/json; charset=iso-8859-1");
}

static void
ask_password (ReelFaultAnswer *answer)
{
  reel_fault_answer_set_header (answer, "WWW-Authenticate", "Basic realm=\"x\"");
  reel_fault_answer_set_header (answer, "Proxy-Authenticate", "Basic realm=\"x\"");
}

static const Fault faults[] = {
    {"closed before the answer", 200, API_TEST_ACCEPTED, close_before, REEL_ERROR_BROKEN},
    {"reset before the answer", 200, API_TEST_ACCEPTED, reset_before, REEL_ERROR_BROKEN},
    {"silent before the answer", 200, API_TEST_ACCEPTED, stall_before, REEL_ERROR_TIMEOUT},
    {"closed in the body", 200, API_TEST_ACCEPTED, close_in_body, REEL_ERROR_BROKEN},
    {"reset in the body", 200, API_TEST_ACCEPTED, reset_in_body, REEL_ERROR_BROKEN},
    {"silent in the body", 200, API_TEST_ACCEPTED, stall_in_body, REEL_ERROR_TIMEOUT},
    {"closed in a chunk", 200, API_TEST_ACCEPTED, close_in_chunk, REEL_ERROR_BROKEN},
    {"closed in a packed body", 200, API_TEST_ACCEPTED, close_in_packed, REEL_ERROR_BROKEN},
    {"a body without a length that ends early", 200, API_TEST_ACCEPTED, end_early, REEL_ERROR_NOT_JSON},
    {"a packed body without a length that ends early", 200, API_TEST_ACCEPTED, end_early_packed, REEL_ERROR_NOT_JSON},
    {"10 MB", 200, "", send_huge, REEL_ERROR_TOO_LARGE},
    {"10 MB packed in 10 kB", 200, "", send_bomb, REEL_ERROR_TOO_LARGE},
    {"UTF-16", 200, "", send_utf16, REEL_ERROR_NOT_JSON},
    {"another encoding", 200, "{\"requestId\": \"r\xe9q\"}", say_latin1, REEL_ERROR_NOT_JSON},
    {"truncated JSON", 200, "{\"success\": true, \"requestId\": \"req", NULL, REEL_ERROR_NOT_JSON},
    {"an empty body", 200, "", NULL, REEL_ERROR_NOT_JSON},
    {"no content", 204, NULL, NULL, REEL_ERROR_NOT_JSON},
    {"HTML", 200, "<!DOCTYPE html><html><body>Sign in</body></html>", NULL, REEL_ERROR_NOT_JSON},
    {"a list", 200, "[" API_TEST_ACCEPTED "]", NULL, REEL_ERROR_BAD_SHAPE},
    {"a wrong type", 200, "{\"success\": true, \"requestId\": 5, \"status\": []}", NULL, REEL_ERROR_BAD_SHAPE},
    {"no requestId", 200, "{\"success\": true, \"status\": \"queued\"}", NULL, REEL_ERROR_BAD_SHAPE},
    {"a refusal in a 200", 200, "{\"success\": false, \"error\": {\"code\": \"insufficient_credits\"}}", NULL,
     REEL_ERROR_INSUFFICIENT_CREDITS},
    {"a gateway's HTML", 502, "<html>Bad gateway</html>", NULL, REEL_ERROR_INTERNAL},
    {"a refusal that breaks", 402, "{\"success\": false, \"error\": {\"code\": \"insu", close_in_body,
     REEL_ERROR_INSUFFICIENT_CREDITS},
    {"a misdirected request", 421, "{}", NULL, REEL_ERROR_UNKNOWN_CODE},
    {"a question for a password", 401, "", ask_password, REEL_ERROR_UNAUTHORIZED},
    {"a proxy's question for a password", 407, "", ask_password, REEL_ERROR_UNKNOWN_CODE},
    {"a huge refusal", 400, "", send_huge, REEL_ERROR_INVALID_REQUEST},
};

/* Whatever goes wrong after a submission was sent: one POST was seen, and nothing says that it was not sent. */
static void
test_create (gconstpointer data)
{
  const Fault *fault = data;
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  const char *base_url = reel_fault_server_get_base_url (server);
  g_autoptr (ReelClient) client =
      fault->code == REEL_ERROR_TIMEOUT ? api_test_client_new_hasty (base_url) : api_test_client_new (base_url, NULL);
  ReelFaultAnswer *answer = reel_fault_server_add (server, NULL, NULL, fault->status, fault->body);
  g_autoptr (GError) error = NULL;

  if (fault->change != NULL)
    fault->change (answer);

  g_assert_null (api_test_create (client, NULL, &error));
  g_assert_error (error, REEL_ERROR, (int)fault->code);
  g_assert_true (reel_error_was_sent (error));
  g_assert_cmpuint (reel_fault_server_count (server, "POST", API_TEST_GENERATIONS), ==, 1);
  g_assert_cmpuint (reel_fault_server_count_connections (server), ==, 1);
}

/* No status makes the client keep a body that never ends. */
static void
test_endless (void)
{
  static const guint statuses[] = {200, 302, 401, 407, 421, 500};

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++) {
    g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
    g_autoptr (ReelClient) client = g_object_new (REEL_TYPE_CLIENT, "base-url", reel_fault_server_get_base_url (server),
                                                  "api-key", API_TEST_KEY, "timeout", 15, NULL);
    ReelFaultAnswer *answer = reel_fault_server_add (server, NULL, NULL, statuses[i], NULL);
    g_autoptr (GError) error = NULL;
    gint64 start = g_get_monotonic_time ();

    send_huge (answer);
    reel_fault_answer_cut (answer, 6 * 1000 * 1000, REEL_FAULT_STALL);
    g_assert_null (api_test_create (client, NULL, &error));
    g_assert_cmpint (error->domain, ==, REEL_ERROR);
    g_assert_true (reel_error_was_sent (error));
    g_assert_cmpuint (reel_error_get_http_status (error), ==, statuses[i]);
    g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
    g_assert_cmpuint (reel_fault_server_count (server, NULL, NULL), ==, 1);
  }
}

/* A JSON object that is whole is an answer, however the connection ends after it: its id must not be lost. */
static void
test_whole_but_broken (void)
{
  static const ReelFault ends[] = {REEL_FAULT_CLOSE, REEL_FAULT_RESET, REEL_FAULT_STALL};

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
    g_autoptr (ReelClient) client = api_test_client_new_hasty (reel_fault_server_get_base_url (server));
    ReelFaultAnswer *answer = reel_fault_server_add (server, NULL, NULL, 200, API_TEST_ACCEPTED "          ");
    g_autoptr (ReelGeneration) generation = NULL;
    g_autoptr (GError) error = NULL;

    reel_fault_answer_cut (answer, strlen (API_TEST_ACCEPTED), ends[i]);
    generation = api_test_create (client, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (generation->request_id, ==, "req_1");
  }
}

static void
test_refused (void)
{
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (server), NULL);
  g_autoptr (GError) error = NULL;

  reel_fault_server_stop (server);
  g_assert_null (api_test_create (client, NULL, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_UNREACHABLE);
  g_assert_false (reel_error_was_sent (error));
}

/* The connection stood: nothing proves that no byte left. */
static void
test_dropped_connection (void)
{
  static const ReelFault ends[] = {REEL_FAULT_CLOSE, REEL_FAULT_RESET};

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
    g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (server), NULL);
    g_autoptr (GError) error = NULL;

    reel_fault_server_set_accept_fault (server, ends[i]);
    g_assert_null (api_test_create (client, NULL, &error));
    g_assert_error (error, REEL_ERROR, REEL_ERROR_BROKEN);
    g_assert_true (reel_error_was_sent (error));
    g_assert_cmpuint (reel_fault_server_count_connections (server), ==, 1);
  }
}

/* Bytes keep coming, but not in this life. */
static void
test_deadline (void)
{
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autoptr (ReelClient) client = g_object_new (REEL_TYPE_CLIENT, "base-url", reel_fault_server_get_base_url (server),
                                                "api-key", API_TEST_KEY, "timeout", 5, "deadline", 1, NULL);
  ReelFaultAnswer *answer = reel_fault_server_add (server, NULL, NULL, 200, API_TEST_ACCEPTED);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;

  reel_fault_answer_set_trickle (answer, 1, 100);
  g_assert_null (api_test_create (client, NULL, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_TIMEOUT);
  g_assert_true (reel_error_was_sent (error));
  g_assert_cmpint (g_get_monotonic_time () - start, <, 4 * G_USEC_PER_SEC);
}

/* A slow answer is no silent one: the clock starts again with each byte. */
static void
test_slow (void)
{
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autoptr (ReelClient) client = g_object_new (REEL_TYPE_CLIENT, "base-url", reel_fault_server_get_base_url (server),
                                                "api-key", API_TEST_KEY, "timeout", 2, NULL);
  ReelFaultAnswer *answer = reel_fault_server_add (server, NULL, NULL, 200, API_TEST_ACCEPTED);
  g_autoptr (ReelGeneration) generation = NULL;
  gint64 start = g_get_monotonic_time ();

  reel_fault_answer_set_trickle (answer, 25, 800);
  generation = api_test_create (client, NULL, NULL);
  g_assert_nonnull (generation);
  g_assert_cmpint (g_get_monotonic_time () - start, >, 2 * G_USEC_PER_SEC);
}

/* A kept connection that has closed meanwhile: a GET goes again by itself, a POST never has to. */
static void
test_stale_connection (void)
{
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (server), NULL);
  g_autoptr (ReelGeneration) first = NULL;
  g_autoptr (ReelGeneration) second = NULL;
  g_autoptr (GError) error = NULL;

  reel_fault_server_add (server, "GET", NULL, 200, API_TEST_PROCESSING);
  reel_fault_answer_fail_before (reel_fault_server_add (server, "GET", NULL, 200, NULL), REEL_FAULT_CLOSE);
  reel_fault_server_add (server, "GET", NULL, 200, API_TEST_PROCESSING);
  reel_fault_answer_fail_before (reel_fault_server_add (server, "POST", NULL, 200, NULL), REEL_FAULT_CLOSE);

  first = api_test_get (client, "req_1", NULL);
  g_assert_nonnull (first);
  second = api_test_get (client, "req_1", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reel_fault_server_count (server, "GET", NULL), ==, 3);

  g_assert_null (api_test_create (client, NULL, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_BROKEN);
  g_assert_cmpuint (reel_fault_server_count (server, "POST", NULL), ==, 1);
}

/* One request that hangs holds no other. */
static void
test_hung_neighbours (void)
{
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (server), NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *results[20] = {NULL};
  g_autoptr (ReelGeneration) generation = NULL;

  reel_fault_answer_fail_before (reel_fault_server_add (server, "GET", NULL, 200, NULL), REEL_FAULT_STALL);
  reel_fault_server_add (server, "POST", NULL, 200, API_TEST_ACCEPTED);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    reel_client_get_generation_async (client, "hung", cancellable, reel_test_store_result, &results[i]);
  reel_test_wait (reel_fault_server_count_stalled (server) == G_N_ELEMENTS (results));

  generation = api_test_create (client, NULL, NULL);
  g_assert_nonnull (generation);

  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++) {
    g_autoptr (GError) error = NULL;

    reel_test_wait (results[i] != NULL);
    g_assert_null (reel_client_get_generation_finish (client, results[i], &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_object_unref (results[i]);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autofree char *path = g_strdup_printf ("/client-faults/create/%s", faults[i].name);

    g_test_add_data_func (path, &faults[i], test_create);
  }
  g_test_add_func ("/client-faults/endless", test_endless);
  g_test_add_func ("/client-faults/whole-but-broken", test_whole_but_broken);
  g_test_add_func ("/client-faults/refused", test_refused);
  g_test_add_func ("/client-faults/dropped-connection", test_dropped_connection);
  g_test_add_func ("/client-faults/deadline", test_deadline);
  g_test_add_func ("/client-faults/slow", test_slow);
  g_test_add_func ("/client-faults/stale-connection", test_stale_connection);
  g_test_add_func ("/client-faults/hung-neighbours", test_hung_neighbours);

  return g_test_run ();
}
