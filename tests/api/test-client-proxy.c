#include "config.h"

#include "api-test.h"
#include "reel-test-proxy.h"

/* A service over https that is reached through a proxy of the account's own, by a name that is not of this machine. */
typedef struct
{
  ReelTestProxy *proxy;
  ReelFaultServer *server;
  GTlsDatabase *trust;
  char *base_url;
} World;

static void
set_up (World *world, gconstpointer data)
{
  g_autoptr (GTlsCertificate) certificate = api_test_load_certificate ();

  world->proxy = reel_test_proxy_new ();
  world->server = reel_fault_server_new (certificate);
  world->trust = api_test_load_trust ();
  world->base_url = api_test_make_named_url (world->server, "files.seedreel.test", "");
}

static void
tear_down (World *world, gconstpointer data)
{
  g_object_unref (world->proxy);
  g_object_unref (world->server);
  g_object_unref (world->trust);
  g_free (world->base_url);
}

static ReelClient *
make_client (World *world, const char *scheme, const char *base_url)
{
  g_autofree char *proxy = reel_test_proxy_make_url (world->proxy, scheme);

  return g_object_new (REEL_TYPE_CLIENT, "base-url", base_url, "api-key", API_TEST_KEY, "tls-database", world->trust,
                       "proxy", proxy, NULL);
}

/* Whatever is asked goes through it, and it sees nothing but where to. */
static void
test_everything (World *world, gconstpointer scheme)
{
  g_autoptr (ReelClient) client = make_client (world, scheme, world->base_url);
  g_autofree char *url = g_strconcat (world->base_url, "/v.mp4", NULL), *target = NULL;
  const char *host = world->base_url + strlen ("https://");
  g_autoptr (ReelCatalogue) catalogue = NULL;
  g_autoptr (ReelGeneration) accepted = NULL, state = NULL;
  g_autoptr (ReelDownload) download = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  reel_fault_server_add (world->server, "GET", API_TEST_MODELS, 200, API_TEST_ONE_MODEL);
  reel_fault_server_add (world->server, "POST", API_TEST_GENERATIONS, 200, API_TEST_ACCEPTED);
  reel_fault_server_add (world->server, "GET", API_TEST_GENERATIONS "/req_1", 200, API_TEST_PROCESSING);
  reel_fault_server_add (world->server, "POST", API_TEST_GENERATIONS "/req_1/cancel", 200, "");
  reel_fault_server_add (world->server, "GET", "/v.mp4", 200, "a video");

  catalogue = api_test_list_models (client, &error);
  g_assert_no_error (error);
  accepted = api_test_create (client, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (accepted->request_id, ==, "req_1");
  state = api_test_get (client, "req_1", &error);
  g_assert_no_error (error);
  g_assert_true (api_test_cancel (client, "req_1", &error));
  g_assert_no_error (error);
  download = api_test_download (client, url, 0, NULL, &error);
  g_assert_no_error (error);
  bytes = api_test_read_all (download->stream, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "a video", 7);

  /* No connection came to the service but through the proxy: one for each POST, one for what may use a kept one, one for
   * the file. */
  target = reel_test_proxy_dup_target (world->proxy);
  g_assert_cmpstr (target, ==, host);
  g_assert_cmpuint (reel_test_proxy_count (world->proxy), ==, 4);
  g_assert_cmpuint (reel_fault_server_count_connections (world->server), ==, 4);
  g_assert_cmpuint (reel_fault_server_count (world->server, NULL, NULL), ==, 5);
  g_assert_true (reel_test_proxy_has_seen (world->proxy, "files.seedreel.test"));
  g_assert_false (reel_test_proxy_has_seen (world->proxy, API_TEST_KEY));
  g_assert_false (reel_test_proxy_has_seen (world->proxy, "uthorization"));
  g_assert_false (reel_test_proxy_has_seen (world->proxy, "paper boat"));
}

/* What stays on this machine goes through no proxy, be it the service or a file. */
static void
test_loopback (World *world, gconstpointer data)
{
  g_autoptr (ReelFaultServer) plain = reel_fault_server_new (NULL);
  g_autoptr (ReelClient) client = make_client (world, "http", reel_fault_server_get_base_url (plain));
  g_autoptr (ReelClient) secure = make_client (world, "http", reel_fault_server_get_base_url (world->server));
  g_autofree char *url = g_strconcat (reel_fault_server_get_base_url (plain), "/v.mp4", NULL);
  g_autoptr (ReelGeneration) accepted = NULL, other = NULL;
  g_autoptr (ReelDownload) download = NULL;
  g_autoptr (GError) error = NULL;

  reel_fault_server_add (plain, "POST", NULL, 200, API_TEST_ACCEPTED);
  reel_fault_server_add (plain, "GET", NULL, 200, "a video");
  reel_fault_server_add (world->server, "POST", NULL, 200, API_TEST_ACCEPTED);
  accepted = api_test_create (client, NULL, &error);
  g_assert_no_error (error);
  other = api_test_create (secure, NULL, &error);
  g_assert_no_error (error);
  download = api_test_download (secure, url, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reel_test_proxy_count (world->proxy), ==, 0);
}

/* A proxy that refuses looks as if the service had answered. Nothing was sent, and it is not asked again. */
static void
test_refused (World *world, gconstpointer data)
{
  static const struct
  {
    guint status;
    ReelError code;
  } cases[] = {
      {302, REEL_ERROR_PROXY}, {403, REEL_ERROR_PROXY},  {407, REEL_ERROR_PROXY},
      {502, REEL_ERROR_PROXY}, {511, REEL_ERROR_PORTAL},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (ReelClient) client = make_client (world, "http", world->base_url);
    g_autoptr (GError) error = NULL;

    reel_test_proxy_set_refusal (world->proxy, cases[i].status);
    g_assert_null (api_test_create (client, NULL, &error));
    g_assert_error (error, REEL_ERROR, (gint)cases[i].code);
    g_assert_false (reel_error_was_sent (error));
    g_assert_cmpuint (reel_error_get_http_status (error), ==, 0);
    g_assert_cmpuint (reel_test_proxy_count (world->proxy), ==, i + 1);
  }
  g_assert_cmpuint (reel_fault_server_count_connections (world->server), ==, 0);
  g_assert_false (reel_test_proxy_has_seen (world->proxy, API_TEST_KEY));
}

static void
test_gone (World *world, gconstpointer scheme)
{
  g_autoptr (ReelClient) client = make_client (world, scheme, world->base_url);
  g_autoptr (GError) error = NULL;

  reel_test_proxy_set_refusal (world->proxy, 403);
  g_assert_null (api_test_create (client, NULL, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_PROXY);
  g_assert_false (reel_error_was_sent (error));
  g_clear_error (&error);

  reel_test_proxy_stop (world->proxy);
  g_assert_null (api_test_create (client, NULL, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_PROXY);
  g_assert_false (reel_error_was_sent (error));
  g_assert_cmpuint (reel_fault_server_count_connections (world->server), ==, 0);
}

/* The certificate is judged behind the proxy as in front of it. */
static void
test_certificate (World *world, gconstpointer scheme)
{
  g_autofree char *proxy = reel_test_proxy_make_url (world->proxy, scheme);
  g_autoptr (ReelClient) client =
      g_object_new (REEL_TYPE_CLIENT, "base-url", world->base_url, "api-key", API_TEST_KEY, "proxy", proxy, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (api_test_create (client, NULL, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_CERTIFICATE_SELF_SIGNED);
  g_assert_false (reel_error_was_sent (error));
  g_assert_cmpuint (reel_fault_server_count (world->server, NULL, NULL), ==, 0);
}

int
main (int argc, char *argv[])
{
  api_test_use_local_names ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, data, function) g_test_add (path, World, data, set_up, function, tear_down)
  ADD ("/client-proxy/everything/http", "http", test_everything);
  ADD ("/client-proxy/everything/socks5", "socks5", test_everything);
  ADD ("/client-proxy/loopback", NULL, test_loopback);
  ADD ("/client-proxy/refused", NULL, test_refused);
  ADD ("/client-proxy/gone/http", "http", test_gone);
  ADD ("/client-proxy/gone/socks5", "socks5", test_gone);
  ADD ("/client-proxy/certificate/http", "http", test_certificate);
  ADD ("/client-proxy/certificate/socks5", "socks5", test_certificate);
#undef ADD

  return g_test_run ();
}
