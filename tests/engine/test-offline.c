#include "config.h"

#include "reel-box-probe.h"
#include "reel-downloader.h"
#include "reel-poller.h"
#include "reel-engine-fixture.h"
#include "reel-service-script.h"
#include "reel-test-network.h"
#include "reel-test.h"

/* The parts that ask the network, over a service on another machine. No name is ever found: what counts is who asks. */
typedef struct
{
  ReelStore *store;
  ReelSecrets *secrets;
  ReelAccounts *accounts;
  ReelJobBook *book;
  ReelTestNetwork *network;
  ReelPoller *poller;
  ReelDownloader *downloader;
} World;

static ReelTestResolver *resolver;

static void
set_up (World *world, gconstpointer data)
{
  g_autofree char *folder = reel_test_make_folder (), *path = g_build_filename (folder, "history.db", NULL);
  g_autofree char *library = g_build_filename (folder, "library", NULL);
  g_autoptr (ReelFileProbe) probe = reel_box_probe_new ();
  g_autoptr (GAsyncResult) result = NULL;

  world->store = reel_store_new (path);
  reel_store_open_async (world->store, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  world->secrets = reel_secrets_new (REEL_SECRET_KEY);
  world->network = reel_test_network_new (FALSE);
  world->accounts = reel_accounts_new (world->store, world->secrets, G_NETWORK_MONITOR (world->network));
  reel_accounts_add_environment (world->accounts, "https://seedance.example", "sd2_test_0123456789abcdef");
  world->book = reel_job_book_new (world->store);
  world->poller = reel_poller_new (world->book, world->accounts, G_NETWORK_MONITOR (world->network), 5, 60000);
  world->downloader =
      reel_downloader_new (world->book, world->accounts, world->poller, probe, G_NETWORK_MONITOR (world->network), 5);
  reel_downloader_set_folder (world->downloader, library);
}

static void
tear_down (World *world, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  reel_poller_stop (world->poller);
  reel_downloader_stop (world->downloader);
  reel_store_close_async (world->store, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  g_object_unref (world->downloader);
  g_object_unref (world->poller);
  g_object_unref (world->network);
  g_object_unref (world->book);
  g_object_unref (world->accounts);
  g_object_unref (world->secrets);
  g_object_unref (world->store);
}

static ReelJob *
add_job (World *world, const char *id, const char *output_url)
{
  ReelJobRecord *record = reel_engine_fixture_make_record (NULL, id, "req_1");

  record->accepted_at -= 3600 * (gint64)G_USEC_PER_SEC;
  if (output_url != NULL) {
    record->status = REEL_SERVICE_SUCCEEDED;
    record->file_state = REEL_FILE_DOWNLOADING;
    g_set_str (&record->output_url, output_url);
  }

  return reel_job_book_add (world->book, record);
}

/* Runs all that can run without waiting for anything. */
static void
run_what_is_ready (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_poller (World *world, gconstpointer data)
{
  ReelJob *job = add_job (world, "job", NULL);
  guint before = reel_test_resolver_count (resolver), then;

  /* The job is due; without a network nobody is asked. */
  reel_poller_add (world->poller, job);
  run_what_is_ready ();
  g_assert_cmpuint (reel_test_resolver_count (resolver), ==, before);

  reel_test_network_set_available (world->network, TRUE);
  reel_test_wait (reel_test_resolver_count (resolver) > before);

  /* It never gives up, however long the network says it is there. */
  reel_test_wait (reel_test_resolver_count (resolver) > before + 5);
  reel_test_wait (reel_job_get_record (job)->error_code != NULL);
  g_assert_cmpstr (reel_job_get_record (job)->error_code, ==, "unreachable");

  reel_test_network_set_available (world->network, FALSE);
  run_what_is_ready ();
  then = reel_test_resolver_count (resolver);
  reel_poller_poll_now (world->poller, job);
  run_what_is_ready ();
  g_assert_cmpuint (reel_test_resolver_count (resolver), ==, then);
}

static void
test_downloader (World *world, gconstpointer data)
{
  ReelJob *job = add_job (world, "job", "https://files.example/v.mp4");
  guint before = reel_test_resolver_count (resolver);

  reel_downloader_add (world->downloader, job);
  run_what_is_ready ();
  g_assert_cmpuint (reel_test_resolver_count (resolver), ==, before);
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_DOWNLOADING);

  reel_test_network_set_available (world->network, TRUE);
  reel_test_wait (reel_test_resolver_count (resolver) > before + 5);
  reel_test_wait (reel_job_get_record (job)->file_error != NULL);
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_DOWNLOADING);
}

/* This machine is always there. */
static void
test_loopback (World *world, gconstpointer data)
{
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autofree char *url = g_strconcat (reel_fault_server_get_base_url (server), "/v.mp4", NULL);
  g_autoptr (GBytes) video = reel_box_probe_make_video (1000);
  ReelJob *job = add_job (world, "job", url);

  reel_script_add_file (server, "/v.mp4", video);
  reel_downloader_add (world->downloader, job);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);

  reel_accounts_set_sandbox (world->accounts, reel_fault_server_get_base_url (server), "sd2_test_0123456789abcdef");
  reel_script_add_status (server, "req_2", "failed", NULL);
  {
    ReelJobRecord *record = reel_engine_fixture_make_record (NULL, "local", "req_2");

    g_set_str (&record->account_id, REEL_ACCOUNT_SANDBOX_ID);
    job = reel_job_book_add (world->book, record);
  }
  reel_poller_add (world->poller, job);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_FAILED);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  resolver = reel_test_resolver_install ();

#define ADD(path, function) g_test_add (path, World, NULL, set_up, function, tear_down)
  ADD ("/engine/offline/poller", test_poller);
  ADD ("/engine/offline/downloader", test_downloader);
  ADD ("/engine/offline/loopback", test_loopback);
#undef ADD

  status = g_test_run ();
  g_object_unref (resolver);

  return status;
}
