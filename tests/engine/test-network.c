#include "config.h"

#include "api-test.h"
#include "reel-box-probe.h"
#include "reel-engine-fixture.h"
#include "reel-service-script.h"
#include "reel-test-network.h"
#include "reel-test-proxy.h"

/* What stands between this machine and a service over https that is not on it: the proxy of an account, and a network that
 * wants the person to sign in. */

typedef struct
{
  ReelEngineFixture fixture;
  ReelTestNetwork *network;
  ReelFaultServer *server;
  ReelTestProxy *proxy;
  char *base_url;
} World;

static void
set_up (World *world, gconstpointer data)
{
  g_autoptr (GTlsCertificate) certificate = api_test_load_certificate ();

  world->server = reel_fault_server_new (certificate);
  world->proxy = reel_test_proxy_new ();
  world->base_url = api_test_make_named_url (world->server, "files.seedreel.test", "");
  world->network = reel_test_network_new (TRUE);
  reel_engine_fixture_init (&world->fixture);
  world->fixture.monitor = g_object_ref (G_NETWORK_MONITOR (world->network));
}

static void
tear_down (World *world, gconstpointer data)
{
  reel_engine_fixture_clear (&world->fixture);
  g_object_unref (world->network);
  g_object_unref (world->proxy);
  g_object_unref (world->server);
  g_free (world->base_url);
}

static ReelAccount *
save (World *world, ReelAccount *account, const char *base_url, const char *proxy, const char *key, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reel_engine_save_account_async (world->fixture.engine, account, "Mine", base_url, proxy, key, reel_test_store_result,
                                  &result);
  reel_test_wait (result != NULL);

  return reel_engine_save_account_finish (world->fixture.engine, result, error);
}

static void
add_service (World *world)
{
  g_autoptr (GBytes) video = reel_box_probe_make_video (1000);
  g_autofree char *url = g_strconcat (world->base_url, "/v.mp4", NULL);

  reel_script_add_models (world->server);
  for (guint i = 1; i <= 2; i++) {
    g_autofree char *request_id = g_strdup_printf ("req_%u", i);

    reel_script_add_accept (world->server, request_id);
    reel_script_add_status_url (world->server, request_id, "succeeded", url);
  }
  reel_script_add_file (world->server, "/v.mp4", video);
}

/* From the models to the saved video, all of an account goes through its proxy, also after a restart; and nothing once it
 * has none. */
static void
test_proxy (World *world, gconstpointer data)
{
  g_autofree char *proxy = reel_test_proxy_make_url (world->proxy, "http");
  g_autoptr (ReelAccount) mine = NULL;
  g_autoptr (GAsyncResult) tested = NULL;
  g_autoptr (GError) error = NULL;
  ReelJob *job;
  guint n;

  add_service (world);
  reel_engine_fixture_start (&world->fixture);
  reel_engine_test_account_async (world->fixture.engine, world->base_url, proxy, API_TEST_KEY, NULL,
                                  reel_test_store_result, &tested);
  reel_test_wait (tested != NULL);
  g_assert_true (reel_engine_test_account_finish (world->fixture.engine, tested, NULL, &error));
  g_clear_object (&tested);
  g_assert_cmpuint (reel_test_proxy_count (world->proxy), ==, 1);

  mine = save (world, NULL, world->base_url, proxy, API_TEST_KEY, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (reel_account_get_proxy (mine), ==, proxy);
  reel_engine_set_account (world->fixture.engine, mine);
  reel_test_wait (reel_engine_get_catalogue (world->fixture.engine) != NULL);
  job = reel_engine_fixture_submit (&world->fixture, "A paper boat");
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);

  g_assert_cmpuint (reel_test_proxy_count (world->proxy), ==, reel_fault_server_count_connections (world->server));
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 1);
  g_assert_cmpuint (reel_fault_server_count (world->server, "GET", "/v.mp4"), ==, 1);
  g_assert_false (reel_test_proxy_has_seen (world->proxy, API_TEST_KEY));

  reel_engine_fixture_stop (&world->fixture);
  g_clear_object (&mine);
  reel_engine_fixture_start (&world->fixture);
  mine = g_list_model_get_item (reel_engine_get_accounts (world->fixture.engine), 1);
  g_assert_cmpstr (reel_account_get_proxy (mine), ==, proxy);

  /* Without one, as the system says: straight. */
  g_object_unref (save (world, mine, world->base_url, NULL, API_TEST_KEY, &error));
  g_assert_no_error (error);
  g_assert_null (reel_account_get_proxy (mine));
  n = reel_test_proxy_count (world->proxy);
  reel_engine_set_account (world->fixture.engine, mine);
  job = reel_engine_fixture_submit (&world->fixture, "Another paper boat");
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);
  g_assert_cmpuint (reel_test_proxy_count (world->proxy), ==, n);
}

/* Each account has its own: the other goes straight. */
static void
test_two_accounts (World *world, gconstpointer data)
{
  g_autofree char *proxy = reel_test_proxy_make_url (world->proxy, "socks5");
  g_autoptr (ReelAccount) hidden = NULL, open = NULL;
  g_autoptr (GError) error = NULL;
  ReelJob *job;

  add_service (world);
  reel_engine_fixture_start (&world->fixture);
  hidden = save (world, NULL, world->base_url, proxy, API_TEST_KEY, &error);
  g_assert_no_error (error);
  open = save (world, NULL, world->base_url, NULL, API_TEST_KEY, &error);
  g_assert_no_error (error);

  reel_engine_set_account (world->fixture.engine, open);
  job = reel_engine_fixture_submit (&world->fixture, "A paper boat");
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);
  g_assert_cmpuint (reel_test_proxy_count (world->proxy), ==, 0);

  reel_engine_set_account (world->fixture.engine, hidden);
  reel_test_wait (reel_engine_get_catalogue (world->fixture.engine) != NULL);
  reel_test_wait (reel_test_proxy_count (world->proxy) > 0);
}

static void
test_refused_address (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  reel_engine_fixture_start (&world->fixture);
  g_assert_null (save (world, NULL, world->base_url, "http://me:secret@proxy.example:8080", API_TEST_KEY, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_cmpuint (g_list_model_get_n_items (reel_engine_get_accounts (world->fixture.engine)), ==, 1);
}

/* A proxy that makes no connection keeps a job waiting, unsent; with one that does it goes, once. */
static void
test_proxy_comes_back (World *world, gconstpointer data)
{
  g_autofree char *proxy = reel_test_proxy_make_url (world->proxy, "http");
  g_autoptr (ReelAccount) mine = NULL;
  g_autoptr (GError) error = NULL;
  ReelJob *job;

  add_service (world);
  reel_test_proxy_set_refusal (world->proxy, 407);
  reel_engine_fixture_start (&world->fixture);
  mine = save (world, NULL, world->base_url, proxy, API_TEST_KEY, &error);
  g_assert_no_error (error);
  reel_engine_set_account (world->fixture.engine, mine);
  job = reel_engine_fixture_submit (&world->fixture, "A paper boat");
  reel_test_wait (reel_job_get_record (job)->error_code != NULL);
  g_assert_cmpstr (reel_job_get_record (job)->error_code, ==, "proxy");
  g_assert_cmpint (reel_job_get_record (job)->submission, ==, REEL_SUBMISSION_RECORDED);
  g_assert_cmpuint (reel_fault_server_count_connections (world->server), ==, 0);

  reel_test_proxy_set_refusal (world->proxy, 0);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 1);
}

/* The environment's account over a network that wants a sign-in. */
static ReelJob *
submit_behind_portal (World *world)
{
  world->fixture.base_url = world->base_url;
  world->fixture.key = API_TEST_KEY;
  reel_test_network_set_portal (world->network, TRUE);
  reel_engine_fixture_start (&world->fixture);
  g_assert_true (reel_engine_get_behind_portal (world->fixture.engine));
  g_assert_true (reel_engine_get_online (world->fixture.engine));

  return reel_engine_fixture_submit (&world->fixture, "A paper boat");
}

/* It lets no TLS through: nothing was sent, and after the sign-in the job goes, once, by itself. */
static void
test_portal_before (World *world, gconstpointer data)
{
  ReelJob *job;

  add_service (world);
  reel_fault_server_set_accept_fault (world->server, REEL_FAULT_CLOSE);
  job = submit_behind_portal (world);
  reel_test_wait (reel_job_get_record (job)->error_code != NULL);
  g_assert_cmpstr (reel_job_get_record (job)->error_code, ==, "portal");
  g_assert_cmpint (reel_job_get_record (job)->submission, ==, REEL_SUBMISSION_RECORDED);
  reel_test_wait (reel_engine_get_catalogue_error (world->fixture.engine) != NULL);
  g_assert_error (reel_engine_get_catalogue_error (world->fixture.engine), REEL_ERROR, REEL_ERROR_PORTAL);
  g_assert_cmpuint (reel_fault_server_count (world->server, NULL, NULL), ==, 0);

  reel_fault_server_set_accept_fault (world->server, REEL_FAULT_NONE);
  reel_test_network_set_portal (world->network, FALSE);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 1);
  reel_test_wait (reel_engine_get_catalogue_error (world->fixture.engine) == NULL);
  g_assert_nonnull (reel_engine_get_catalogue (world->fixture.engine));
}

/* What answers in place of the service. */
typedef struct
{
  const char *name;
  guint status;
  const char *body;
  const char *code;
  gboolean behind_portal;
} Answer;

static const Answer answers[] = {
    {"511", 511, "<html>Sign in</html>", "portal", TRUE},
    {"511-unannounced", 511, "<html>Sign in</html>", "portal", FALSE},
    {"302", 302, "", "portal", TRUE},
    {"html", 200, "<html>Sign in</html>", "portal", TRUE},
    {"html-elsewhere", 200, "<html>Hello</html>", "not_json", FALSE},
    {"500", 500, "<html>Oops</html>", "internal_error", TRUE},
};

/* It answers where TLS stood, as one that this computer trusts may: the request was sent. What became of it is not known,
 * and it is never sent again. */
static void
test_portal_after (World *world, gconstpointer data)
{
  const Answer *answer = data;
  ReelFaultAnswer *given;
  ReelJob *job;

  given = reel_fault_server_add (world->server, "POST", NULL, answer->status, answer->body);
  reel_fault_answer_set_header (given, "Location", "http://portal.example/");
  job = submit_behind_portal (world);
  if (!answer->behind_portal)
    reel_test_network_set_portal (world->network, FALSE);
  reel_test_wait (reel_job_get_state (job) != REEL_JOB_SENDING);
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_UNKNOWN);
  g_assert_cmpstr (reel_job_get_record (job)->error_code, ==, answer->code);
  g_assert_cmpuint (reel_job_get_record (job)->http_status, ==, answer->status);

  reel_test_network_set_portal (world->network, FALSE);
  reel_engine_fixture_stop (&world->fixture);
  reel_engine_fixture_start (&world->fixture);
  g_assert_cmpint (reel_job_get_state (reel_engine_fixture_get_job (&world->fixture, 0)), ==, REEL_JOB_UNKNOWN);
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 1);
}

/* A certificate that is refused keeps the job waiting too, and the record says whose it is. */
static void
test_certificate (World *world, gconstpointer data)
{
  g_autoptr (GTlsCertificate) certificate = api_test_load_certificate_file ("intercepted.pem");
  g_autoptr (ReelFaultServer) other = reel_fault_server_new (certificate);
  g_autofree char *base_url = api_test_make_named_url (other, "files.seedreel.test", "");
  ReelJob *job;

  world->fixture.base_url = base_url;
  reel_engine_fixture_start (&world->fixture);
  job = reel_engine_fixture_submit (&world->fixture, "A paper boat");
  reel_test_wait (reel_job_get_record (job)->error_code != NULL);
  g_assert_cmpstr (reel_job_get_record (job)->error_code, ==, "certificate_authority");
  g_assert_cmpstr (reel_job_get_record (job)->error_message, ==, "Company Proxy CA, worth nothing");
  g_assert_cmpint (reel_job_get_record (job)->submission, ==, REEL_SUBMISSION_RECORDED);
  g_assert_cmpuint (reel_fault_server_count (other, NULL, NULL), ==, 0);
  reel_engine_fixture_stop (&world->fixture);
}

int
main (int argc, char **argv)
{
  g_autoptr (GTlsDatabase) trust = NULL;

  api_test_use_local_names ();
  g_test_init (&argc, &argv, NULL);
  trust = api_test_load_trust ();
  g_tls_backend_set_default_database (g_tls_backend_get_default (), trust);

#define ADD(path, data, function) g_test_add (path, World, data, set_up, function, tear_down)
  ADD ("/engine/network/proxy", NULL, test_proxy);
  ADD ("/engine/network/two-accounts", NULL, test_two_accounts);
  ADD ("/engine/network/refused-address", NULL, test_refused_address);
  ADD ("/engine/network/proxy-comes-back", NULL, test_proxy_comes_back);
  ADD ("/engine/network/portal-before", NULL, test_portal_before);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    g_autofree char *path = g_strconcat ("/engine/network/portal-after/", answers[i].name, NULL);

    ADD (path, &answers[i], test_portal_after);
  }
  ADD ("/engine/network/certificate", NULL, test_certificate);
#undef ADD

  return g_test_run ();
}
