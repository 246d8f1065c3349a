#include "config.h"

#include "api-test.h"

#include <string.h>

static void
test_list_models (void)
{
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (server), NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelCatalogue) catalogue = NULL;
  g_autoptr (GBytes) body = NULL;
  const ReelFaultRequest *request;

  reel_fault_server_add (server, "GET", API_TEST_MODELS, 200, API_TEST_ONE_MODEL);
  reel_client_list_models_async (client, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  catalogue = reel_client_list_models_finish (client, result, &body, &error);

  g_assert_no_error (error);
  g_assert_nonnull (reel_catalogue_lookup (catalogue, "m"));
  g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), API_TEST_ONE_MODEL,
                   strlen (API_TEST_ONE_MODEL));

  request = reel_fault_server_get_request (server, "GET", API_TEST_MODELS, 0);
  g_assert_cmpstr (reel_fault_request_get_header (request, "authorization"), ==, "Bearer " API_TEST_KEY);
  g_assert_cmpstr (reel_fault_request_get_header (request, "user-agent"), ==, "Seedreel/" REEL_VERSION);
  g_assert_cmpstr (reel_fault_request_get_header (request, "accept"), ==, "application/json");
  g_assert_nonnull (strstr (reel_fault_request_get_header (request, "accept-encoding"), "gzip"));
  g_assert_null (reel_fault_request_get_header (request, "cookie"));
}

static void
test_create (void)
{
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (server), NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelGeneration) generation = NULL;
  const ReelFaultRequest *request;
  const char *content = "{\"model\":\"seedance-2.0\",\"prompt\":\"A paper boat\",\"metadata\":{\"jobId\":\"job\"}}";

  reel_fault_server_add (server, "POST", API_TEST_GENERATIONS, 200, API_TEST_ACCEPTED);
  generation = api_test_create (client, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (generation->request_id, ==, "req_1");
  g_assert_cmpint (generation->status, ==, REEL_SERVICE_QUEUED);
  g_assert_cmpstr (generation->credits_charged, ==, "40");
  g_assert_cmpuint (generation->http_status, ==, 200);

  request = reel_fault_server_get_request (server, "POST", API_TEST_GENERATIONS, 0);
  g_assert_cmpmem (g_bytes_get_data (request->body, NULL), g_bytes_get_size (request->body), content, strlen (content));
  g_assert_cmpstr (reel_fault_request_get_header (request, "content-type"), ==, "application/json");
  g_assert_cmpstr (reel_fault_request_get_header (request, "authorization"), ==, "Bearer " API_TEST_KEY);
}

static void
test_get_and_cancel (void)
{
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (server), NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelGeneration) generation = NULL;

  reel_fault_server_add (server, "GET", API_TEST_GENERATIONS "/req_1", 200, API_TEST_PROCESSING);
  reel_fault_server_add (server, "POST", API_TEST_GENERATIONS "/req_1/cancel", 200, API_TEST_PROCESSING);
  generation = api_test_get (client, "req_1", &error);
  g_assert_no_error (error);
  g_assert_cmpint (generation->status, ==, REEL_SERVICE_PROCESSING);

  g_assert_true (api_test_cancel (client, "req_1", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (reel_fault_server_count (server, NULL, NULL), ==, 2);
}

/* The body of an accepted cancel is not documented. */
static void
test_cancel_bodies (void)
{
  static const struct
  {
    guint status;
    const char *body;
    gboolean accepted;
  } cases[] = {
      {200, "", TRUE},
      {204, "", TRUE},
      {202, "OK", TRUE},
      {200, "{\"success\": true}", TRUE},
      {200, "{\"success\": false, \"error\": {\"code\": \"invalid_request\", \"message\": \"Too late\"}}", FALSE},
      {400, "{\"success\": false, \"error\": {\"code\": \"invalid_request\", \"message\": \"Too late\"}}", FALSE},
      {404, "", FALSE},
      {500, "", FALSE},
  };
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (server), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    reel_fault_server_add (server, "POST", NULL, cases[i].status, cases[i].body);
    g_assert_cmpint (api_test_cancel (client, "req_1", &error), ==, cases[i].accepted);
    g_assert_true (cases[i].accepted == (error == NULL));
    if (error != NULL)
      g_assert_cmpuint (reel_error_get_http_status (error), ==, cases[i].status);
  }
}

static void
test_packed_and_chunked (void)
{
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (server), NULL);

  for (guint i = 0; i < 4; i++) {
    ReelFaultAnswer *answer = reel_fault_server_add (server, "GET", NULL, 200, API_TEST_ONE_MODEL);
    g_autoptr (ReelCatalogue) catalogue = NULL;
    g_autoptr (GError) error = NULL;

    if (i & 1)
      reel_fault_answer_set_gzip (answer);
    if (i & 2) {
      reel_fault_answer_set_chunked (answer);
      reel_fault_answer_set_trickle (answer, 7, 1);
    }
    catalogue = api_test_list_models (client, &error);
    g_assert_no_error (error);
    g_assert_nonnull (reel_catalogue_lookup (catalogue, "m"));
  }
}

/* A large list is decoded in a thread; nothing else changes. */
static void
test_large_body (void)
{
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (server), NULL);
  g_autofree char *filling = g_strnfill (1000000, ' ');
  g_autofree char *body = g_strconcat (filling, API_TEST_ONE_MODEL, NULL);
  g_autoptr (ReelCatalogue) catalogue = NULL;
  g_autoptr (GError) error = NULL;

  reel_fault_server_add (server, "GET", NULL, 200, body);
  catalogue = api_test_list_models (client, &error);
  g_assert_no_error (error);
  g_assert_nonnull (reel_catalogue_lookup (catalogue, "m"));
}

static void
test_keep_alive (void)
{
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (server), NULL);

  reel_fault_server_add (server, "GET", NULL, 200, API_TEST_PROCESSING);
  reel_fault_server_add (server, "POST", NULL, 200, API_TEST_ACCEPTED);
  for (guint i = 0; i < 5; i++) {
    g_autoptr (ReelGeneration) generation = api_test_get (client, "req_1", NULL);

    g_assert_nonnull (generation);
  }
  g_assert_cmpuint (reel_fault_server_count_connections (server), ==, 1);

  /* A submission never takes a kept connection, which may have just closed. */
  for (guint i = 1; i <= 3; i++) {
    g_autoptr (ReelGeneration) generation = api_test_create (client, NULL, NULL);

    g_assert_nonnull (generation);
    g_assert_cmpuint (reel_fault_server_get_request (server, "POST", NULL, i - 1)->connection, ==, i + 1);
  }
}

static void
test_base_url (void)
{
  static const struct
  {
    const char *suffix;
    const char *path;
  } cases[] = {
      {"", API_TEST_MODELS},
      {"/", API_TEST_MODELS},
      {"//", API_TEST_MODELS},
      {"/some/proxy", "/some/proxy" API_TEST_MODELS},
      {"/some/pro%20xy/?query#fragment", "/some/pro%20xy" API_TEST_MODELS},
  };
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);

  reel_fault_server_add (server, "GET", NULL, 200, API_TEST_ONE_MODEL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *base_url = g_strconcat (reel_fault_server_get_base_url (server), cases[i].suffix, NULL);
    g_autoptr (ReelClient) client = api_test_client_new (base_url, NULL);
    g_autoptr (ReelCatalogue) catalogue = api_test_list_models (client, NULL);

    g_assert_nonnull (catalogue);
    g_assert_cmpstr (reel_fault_server_get_request (server, NULL, NULL, i)->path, ==, cases[i].path);
    g_assert_cmpstr (reel_client_get_base_url (client), ==, base_url);
  }
}

/* Whatever the service calls a job stays in one segment of the path. */
static void
test_request_ids (void)
{
  static const struct
  {
    const char *id;
    const char *segment;
  } cases[] = {
      {"req_1-~.x", "req_1-~.x"},
      {"../../x", "..%2F..%2Fx"},
      {"%2f..%2F", "%252f..%252F"},
      {".", "%2E"},
      {"..", "%2E%2E"},
      {"...", "..."},
      {"a b?c#d&e=f", "a%20b%3Fc%23d%26e%3Df"},
      {"\\..\\x", "%5C..%5Cx"},
      {"⛵", "%E2%9B%B5"},
      {"http://evil.example/", "http%3A%2F%2Fevil.example%2F"},
      {"x\r\nHost: evil", "x%0D%0AHost%3A%20evil"},
  };
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (server), NULL);
  g_autofree char *endless = g_strnfill (4096, '/');

  reel_fault_server_add (server, NULL, NULL, 200, "{\"success\": true, \"status\": \"processing\"}");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *get = g_strconcat (API_TEST_GENERATIONS "/", cases[i].segment, NULL);
    g_autofree char *cancel = g_strconcat (get, "/cancel", NULL);
    g_autoptr (ReelGeneration) generation = api_test_get (client, cases[i].id, NULL);

    g_assert_nonnull (generation);
    g_assert_cmpstr (reel_fault_server_get_request (server, "GET", NULL, i)->path, ==, get);
    g_assert_true (api_test_cancel (client, cases[i].id, NULL));
    g_assert_cmpstr (reel_fault_server_get_request (server, "POST", NULL, i)->path, ==, cancel);
  }

  g_assert_true (api_test_cancel (client, endless, NULL));
}

/* The state of another job is no answer. */
static void
test_another_job (void)
{
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (server), NULL);
  g_autoptr (ReelGeneration) right = NULL;
  g_autoptr (GError) error = NULL;

  reel_fault_server_add (server, NULL, NULL, 200, API_TEST_PROCESSING);
  right = api_test_get (client, "req_1", NULL);
  g_assert_nonnull (right);
  g_assert_null (api_test_get (client, "req_2", &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_BAD_SHAPE);
}

/* The key goes nowhere but to the base URL. */
static void
test_no_redirect (void)
{
  static const guint statuses[] = {301, 302, 303, 307, 308};
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autoptr (ReelFaultServer) elsewhere = reel_fault_server_new (NULL);
  g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (server), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++) {
    ReelFaultAnswer *answer = reel_fault_server_add (server, NULL, NULL, statuses[i], NULL);
    g_autoptr (GError) error = NULL;

    reel_fault_answer_set_header (answer, "Location", reel_fault_server_get_base_url (elsewhere));
    g_assert_null (api_test_create (client, NULL, &error));
    g_assert_error (error, REEL_ERROR, REEL_ERROR_UNKNOWN_CODE);
    g_assert_cmpuint (reel_error_get_http_status (error), ==, statuses[i]);
    g_assert_true (reel_error_was_sent (error));
  }
  g_assert_cmpuint (reel_fault_server_count (server, "POST", NULL), ==, G_N_ELEMENTS (statuses));
  g_assert_cmpuint (reel_fault_server_count_connections (elsewhere), ==, 0);
}

static void
test_unauthorized_once (void)
{
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (server), NULL);
  ReelFaultAnswer *answer = reel_fault_server_add (
      server, NULL, NULL, 401,
      "{\"success\": false, \"error\": {\"code\": \"unauthorized\", \"message\": \"Bad key " API_TEST_KEY ".\"}}");
  g_autoptr (GError) error = NULL;

  reel_fault_answer_set_header (answer, "WWW-Authenticate", "Basic realm=\"x\"");
  reel_fault_answer_set_header (answer, "Set-Cookie", "a=b");
  g_assert_null (api_test_create (client, NULL, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (reel_fault_server_count (server, NULL, NULL), ==, 1);

  /* What the service echoes of the key is not passed on. */
  g_assert_cmpstr (reel_error_get_service_message (error), ==, "Bad key (key).");
  g_assert_null (strstr (error->message, API_TEST_KEY));

  g_assert_null (api_test_list_models (client, NULL));
  g_assert_null (reel_fault_request_get_header (reel_fault_server_get_request (server, "GET", NULL, 0), "cookie"));
}

static void
test_echo_in_body (void)
{
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (server), NULL);
  g_autoptr (ReelGeneration) generation = NULL;

  reel_fault_server_add (server, NULL, NULL, 200,
                         "{\"status\": \"queued\", \"key\": \"" API_TEST_KEY API_TEST_KEY "\"}");
  generation = api_test_get (client, "req_1", NULL);
  g_assert_cmpstr (generation->body, ==, "{\"status\": \"queued\", \"key\": \"(key)(key)\"}");
}

/* JSON has other ways to write the same text. */
static void
test_echo_with_escapes (void)
{
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autoptr (ReelClient) client = g_object_new (REEL_TYPE_CLIENT, "base-url", reel_fault_server_get_base_url (server),
                                                "api-key", "sd2/k\"N0", NULL);
  g_autoptr (ReelGeneration) generation = NULL;

  reel_fault_server_add (
      server, NULL, NULL, 200,
      "{\"status\": \"queued\", \"key\": \"sd2\\/k\\\"N0 \\u0073d\\u0032/k\\u0022\\u004e0 sd2\\u0020\"}");
  generation = api_test_get (client, "req_1", NULL);
  g_assert_cmpstr (generation->body, ==, "{\"status\": \"queued\", \"key\": \"(key) (key) sd2\\u0020\"}");
}

static void
test_no_key (void)
{
  static const char *const keys[] = {NULL, "", "two words", "line\r\nHost: evil", "ключ"};
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autoptr (ReelClient) client = reel_client_new (reel_fault_server_get_base_url (server), keys[i]);
    g_autoptr (GError) error = NULL;

    g_assert_null (api_test_create (client, NULL, &error));
    g_assert_error (error, REEL_ERROR, REEL_ERROR_UNAUTHORIZED);
    g_assert_false (reel_error_was_sent (error));
  }
  g_assert_cmpuint (reel_fault_server_count_connections (server), ==, 0);
}

static void
test_bad_base_url (void)
{
  static const char *const urls[] = {"", "nonsense", "http://example.com", "ftp://127.0.0.1",
                                     "https://u:p@example.com"};

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++) {
    g_autoptr (ReelClient) client = reel_client_new (urls[i], API_TEST_KEY);
    g_autoptr (GError) error = NULL;

    g_assert_null (api_test_create (client, NULL, &error));
    g_assert_error (error, REEL_ERROR, REEL_ERROR_UNREACHABLE);
    g_assert_false (reel_error_was_sent (error));
  }
}

static void
test_retry_after (void)
{
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (server), NULL);
  ReelFaultAnswer *answer = reel_fault_server_add (server, NULL, NULL, 429, NULL);
  g_autoptr (GError) error = NULL;

  reel_fault_answer_set_header (answer, "Retry-After", "17");
  g_assert_null (api_test_get (client, "req_1", &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_RATE_LIMITED);
  g_assert_cmpint (reel_error_get_retry_after (error), ==, 17);
  g_clear_error (&error);

  reel_fault_server_add (server, NULL, NULL, 429, NULL);
  g_assert_null (api_test_get (client, "req_1", &error));
  g_assert_cmpint (reel_error_get_retry_after (error), ==, -1);
}

/* The key can be set, and read back by nobody. */
static void
test_properties (void)
{
  ReelClient *client = reel_client_new ("https://a.example", API_TEST_KEY);
  guint connect_timeout, timeout, deadline;
  guint64 max_body;

  g_object_get (client, "connect-timeout", &connect_timeout, "timeout", &timeout, "deadline", &deadline, "max-body",
                &max_body, NULL);
  g_assert_cmpuint (connect_timeout, >, 0);
  g_assert_cmpuint (timeout, >, 0);
  g_assert_cmpuint (deadline, >=, timeout);
  g_assert_cmpuint (max_body, ==, 4 * 1024 * 1024);
  g_assert_false (g_object_class_find_property (G_OBJECT_GET_CLASS (client), "api-key")->flags & G_PARAM_READABLE);
  g_assert_finalize_object (client);
}

/* A client that nobody holds any more finishes what it began. */
static void
test_outlived (void)
{
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autoptr (GAsyncResult) result = NULL;
  ReelClient *client = api_test_client_new (reel_fault_server_get_base_url (server), NULL);
  g_autoptr (ReelGeneration) generation = NULL;

  reel_fault_server_add (server, NULL, NULL, 200, API_TEST_ACCEPTED);
  api_test_start_create (client, NULL, &result);
  g_object_unref (client);
  reel_test_wait (result != NULL);
  generation =
      reel_client_create_generation_finish (REEL_CLIENT (g_async_result_get_source_object (result)), result, NULL);
  g_object_unref (client);

  g_assert_cmpstr (generation->request_id, ==, "req_1");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/client/list-models", test_list_models);
  g_test_add_func ("/client/create", test_create);
  g_test_add_func ("/client/get-and-cancel", test_get_and_cancel);
  g_test_add_func ("/client/cancel-bodies", test_cancel_bodies);
  g_test_add_func ("/client/packed-and-chunked", test_packed_and_chunked);
  g_test_add_func ("/client/large-body", test_large_body);
  g_test_add_func ("/client/keep-alive", test_keep_alive);
  g_test_add_func ("/client/base-url", test_base_url);
  g_test_add_func ("/client/request-ids", test_request_ids);
  g_test_add_func ("/client/another-job", test_another_job);
  g_test_add_func ("/client/no-redirect", test_no_redirect);
  g_test_add_func ("/client/unauthorized-once", test_unauthorized_once);
  g_test_add_func ("/client/echo-in-body", test_echo_in_body);
  g_test_add_func ("/client/echo-with-escapes", test_echo_with_escapes);
  g_test_add_func ("/client/no-key", test_no_key);
  g_test_add_func ("/client/bad-base-url", test_bad_base_url);
  g_test_add_func ("/client/retry-after", test_retry_after);
  g_test_add_func ("/client/properties", test_properties);
  g_test_add_func ("/client/outlived", test_outlived);

  return g_test_run ();
}
