#include "config.h"

#include "api-test.h"

#include <libsoup/soup.h>

static void
test_untrusted (void)
{
  g_autoptr (GTlsCertificate) certificate = api_test_load_certificate ();
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (certificate);
  g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (server), NULL);
  g_autoptr (GError) error = NULL;

  reel_fault_server_add (server, NULL, NULL, 200, API_TEST_ACCEPTED);
  g_assert_null (api_test_create (client, NULL, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_CERTIFICATE_SELF_SIGNED);
  g_assert_cmpstr (reel_error_get_issuer (error), ==, "Seedreel tests, worth nothing");
  g_assert_false (reel_error_was_sent (error));
  g_assert_cmpuint (reel_fault_server_count (server, NULL, NULL), ==, 0);
}

/* What is wrong with a certificate is told apart, and who issued it is named. Not a byte of the request was sent. */
static void
test_certificates (void)
{
  static const struct
  {
    const char *file;
    const char *trust;
    ReelError code;
    const char *issuer;
  } cases[] = {
      {"expired.pem", "authority.pem", REEL_ERROR_CERTIFICATE_EXPIRED, "Seedreel test authority, worth nothing"},
      {"early.pem", "authority.pem", REEL_ERROR_CERTIFICATE_EARLY, "Seedreel test authority, worth nothing"},
      {"intercepted.pem", "authority.pem", REEL_ERROR_CERTIFICATE_AUTHORITY, "Company Proxy CA, worth nothing"},
      {"server.pem", "authority.pem", REEL_ERROR_CERTIFICATE_SELF_SIGNED, "Seedreel tests, worth nothing"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GTlsCertificate) certificate = api_test_load_certificate_file (cases[i].file);
    g_autoptr (GTlsDatabase) trust = api_test_load_trust_file (cases[i].trust);
    g_autoptr (ReelFaultServer) server = reel_fault_server_new (certificate);
    g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (server), trust);
    g_autoptr (GError) error = NULL;

    reel_fault_server_add (server, NULL, NULL, 200, API_TEST_ACCEPTED);
    g_assert_null (api_test_create (client, NULL, &error));
    g_assert_error (error, REEL_ERROR, (gint)cases[i].code);
    g_assert_cmpstr (reel_error_get_issuer (error), ==, cases[i].issuer);
    g_assert_false (reel_error_was_sent (error));
    g_assert_cmpuint (reel_error_get_http_status (error), ==, 0);
    g_assert_cmpuint (reel_fault_server_count (server, NULL, NULL), ==, 0);
  }
}

static void
test_trusted (void)
{
  g_autoptr (GTlsCertificate) certificate = api_test_load_certificate ();
  g_autoptr (GTlsDatabase) trust = api_test_load_trust ();
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (certificate);
  g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (server), trust);
  g_autoptr (ReelGeneration) generation = NULL;
  g_autoptr (GError) error = NULL;

  reel_fault_server_add (server, NULL, NULL, 200, API_TEST_ACCEPTED);
  generation = api_test_create (client, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (generation->request_id, ==, "req_1");
}

/* A trusted certificate for another name is refused. */
static void
test_wrong_name (void)
{
  g_autoptr (GTlsCertificate) certificate = api_test_load_certificate ();
  g_autoptr (GTlsDatabase) trust = api_test_load_trust ();
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (certificate);
  g_autofree char *base_url = api_test_make_named_url (server, "other.seedreel.test", "");
  g_autoptr (ReelClient) client = api_test_client_new (base_url, trust);
  g_autoptr (GError) error = NULL;

  reel_fault_server_add (server, NULL, NULL, 200, API_TEST_ACCEPTED);
  g_assert_null (api_test_create (client, NULL, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_CERTIFICATE_NAME);
  g_assert_cmpstr (reel_error_get_issuer (error), ==, "Seedreel tests, worth nothing");
  g_assert_false (reel_error_was_sent (error));
  g_assert_cmpuint (reel_fault_server_count (server, NULL, NULL), ==, 0);
}

/* The name does not exist. */
static void
test_unknown_name (void)
{
  g_autoptr (ReelClient) client = api_test_client_new ("https://nowhere.example", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (api_test_create (client, NULL, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_UNREACHABLE);
  g_assert_false (reel_error_was_sent (error));
}

/* The port talks no TLS at all. */
static void
test_not_tls (void)
{
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autofree char *base_url = g_strconcat ("https", reel_fault_server_get_base_url (server) + strlen ("http"), NULL);
  g_autoptr (ReelClient) client = api_test_client_new (base_url, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (api_test_create (client, NULL, &error));
  g_assert_cmpint (error->domain, ==, REEL_ERROR);
  g_assert_false (reel_error_was_sent (error));
  g_assert_cmpuint (reel_fault_server_count (server, NULL, NULL), ==, 0);
}

/* The connection breaks inside the handshake. */
static void
test_broken_handshake (void)
{
  static const ReelFault ends[] = {REEL_FAULT_CLOSE, REEL_FAULT_RESET};
  g_autoptr (GTlsCertificate) certificate = api_test_load_certificate ();

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    g_autoptr (ReelFaultServer) server = reel_fault_server_new (certificate);
    g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (server), NULL);
    g_autoptr (GError) error = NULL;

    reel_fault_server_set_accept_fault (server, ends[i]);
    g_assert_null (api_test_create (client, NULL, &error));
    g_assert_error (error, REEL_ERROR, REEL_ERROR_UNREACHABLE);
    g_assert_false (reel_error_was_sent (error));
  }
}

typedef struct
{
  guint n_requests;
  SoupHTTPVersion version;
} Seen;

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  Seen *seen = user_data;
  const char *text =
      soup_server_message_get_method (message) == SOUP_METHOD_POST ? API_TEST_ACCEPTED : API_TEST_PROCESSING;

  seen->n_requests++;
  seen->version = soup_server_message_get_http_version (message);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, text, strlen (text));
}

/* The server offers HTTP/2: what may be asked again uses it. A submission stays on HTTP/1.1, where a stream cannot be
 * refused and sent again. */
static void
test_http2 (void)
{
  g_autoptr (GTlsCertificate) certificate = api_test_load_certificate ();
  g_autoptr (GTlsDatabase) trust = api_test_load_trust ();
  g_autoptr (SoupServer) server = NULL;
  g_autoptr (ReelClient) client = NULL;
  g_autoptr (ReelGeneration) state = NULL;
  g_autoptr (ReelGeneration) accepted = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *base_url = NULL;
  Seen seen = {0};
  GSList *uris;

  g_setenv ("SOUP_SERVER_HTTP2", "1", TRUE);
  server = g_object_new (SOUP_TYPE_SERVER, "tls-certificate", certificate, NULL);
  soup_server_add_handler (server, NULL, on_request, &seen, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  base_url = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);

  client = api_test_client_new (base_url, trust);
  for (guint i = 1; i <= 3; i++) {
    g_clear_pointer (&state, reel_generation_free);
    state = api_test_get (client, "req_1", &error);
    g_assert_no_error (error);
    g_assert_cmpint (state->status, ==, REEL_SERVICE_PROCESSING);
    g_assert_cmpint (seen.version, ==, SOUP_HTTP_2_0);
    g_assert_cmpuint (seen.n_requests, ==, i);
  }

  accepted = api_test_create (client, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (accepted->request_id, ==, "req_1");
  g_assert_cmpint (seen.version, ==, SOUP_HTTP_1_1);
  g_assert_cmpuint (seen.n_requests, ==, 4);
}

int
main (int argc, char *argv[])
{
  api_test_use_local_names ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/client-tls/untrusted", test_untrusted);
  g_test_add_func ("/client-tls/certificates", test_certificates);
  g_test_add_func ("/client-tls/trusted", test_trusted);
  g_test_add_func ("/client-tls/wrong-name", test_wrong_name);
  g_test_add_func ("/client-tls/unknown-name", test_unknown_name);
  g_test_add_func ("/client-tls/not-tls", test_not_tls);
  g_test_add_func ("/client-tls/broken-handshake", test_broken_handshake);
  g_test_add_func ("/client-tls/http2", test_http2);

  return g_test_run ();
}
