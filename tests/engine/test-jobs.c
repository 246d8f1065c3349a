#include "config.h"

#include "reel-box-probe.h"
#include "reel-engine-fixture.h"
#include "reel-error.h"
#include "reel-service-script.h"
#include "reel-test.h"

#include <glib/gstdio.h>

#define CANCEL REEL_SCRIPT_GENERATIONS "/req_1/cancel"

typedef struct
{
  ReelEngineFixture fixture;
  ReelFaultServer *server;
  ReelJob *job; /* accepted and queued, in the list */
} World;

static void
set_up (World *world, gconstpointer data)
{
  reel_engine_fixture_init (&world->fixture);
  world->server = reel_fault_server_new (NULL);
  world->fixture.base_url = reel_fault_server_get_base_url (world->server);
  reel_script_add_models (world->server);
  reel_script_add_status (world->server, "req_1", "processing", NULL);
  reel_engine_fixture_write (&world->fixture, reel_engine_fixture_make_record (&world->fixture, "job", "req_1"));
  reel_engine_fixture_start (&world->fixture);
  world->job = reel_engine_fixture_get_job (&world->fixture, 0);
  reel_test_wait (reel_job_get_state (world->job) == REEL_JOB_GENERATING);
}

static void
tear_down (World *world, gconstpointer data)
{
  reel_engine_fixture_clear (&world->fixture);
  g_object_unref (world->server);
}

static void
restart (World *world)
{
  reel_engine_fixture_stop (&world->fixture);
  reel_engine_fixture_start (&world->fixture);
}

static void
add_success (World *world)
{
  g_autoptr (GBytes) video = reel_box_probe_make_video (1000);

  reel_fault_server_clear (world->server);
  reel_script_add_models (world->server);
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  reel_script_add_file (world->server, "/v.mp4", video);
}

static gboolean
cancel (World *world, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reel_engine_cancel_job_async (world->fixture.engine, world->job, reel_test_store_result, &result);
  reel_test_wait (result != NULL);

  return reel_engine_cancel_job_finish (world->fixture.engine, result, error);
}

static void
test_cancel (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (reel_job_can_cancel (world->job));
  reel_fault_server_clear (world->server);
  /* The body of an accepted cancel is not documented. */
  reel_fault_server_add (world->server, "POST", CANCEL, 202, "OK");
  reel_script_add_status (world->server, "req_1", "cancelled", NULL);
  g_assert_true (cancel (world, &error));
  g_assert_no_error (error);
  g_assert_true (reel_job_get_record (world->job)->cancel_asked);
  g_assert_false (reel_job_can_cancel (world->job));
  reel_test_wait (reel_job_get_state (world->job) == REEL_JOB_CANCELLED);
  g_assert_null (reel_job_get_record (world->job)->cancel_error);
  g_assert_cmpuint (reel_fault_server_count (world->server, "POST", NULL), ==, 1);
}

/* A cancel that was accepted, of a job that succeeds all the same. */
static void
test_cancel_and_success (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  add_success (world);
  reel_fault_server_add (world->server, "POST", CANCEL, 200, "{\"success\":true}");
  if (cancel (world, &error))
    g_assert_no_error (error);
  reel_test_wait (reel_job_get_state (world->job) == REEL_JOB_READY);
}

/* Nothing is known of a cancel whose answer is lost: it can be asked for again. */
static void
test_cancel_lost (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  reel_fault_answer_fail_before (reel_fault_server_add (world->server, "POST", CANCEL, 200, NULL), REEL_FAULT_CLOSE);
  reel_script_add_error (world->server, "POST", CANCEL, 503, "internal_error", "Later");
  reel_script_add_error (world->server, "POST", CANCEL, 429, "rate_limited", "Slowly");
  reel_fault_server_add (world->server, "POST", CANCEL, 200, "{}");
  for (guint i = 0; i < 3; i++) {
    g_assert_false (cancel (world, &error));
    g_assert_nonnull (error);
    g_clear_error (&error);
    reel_test_wait (reel_job_can_cancel (world->job));
    g_assert_null (reel_job_get_record (world->job)->cancel_error);
  }
  g_assert_true (cancel (world, &error));
  g_assert_no_error (error);
}

static void
count_result (GObject *source, GAsyncResult *result, gpointer data)
{
  ++*(guint *)data;
}

/* So it is of one that the end of the program cut short: the next run does not say that the service was asked. */
static void
test_cancel_cut (World *world, gconstpointer data)
{
  g_autofree char *journal = g_strconcat (world->fixture.store_path, "-accepted", NULL);
  guint n_results = 0;

  reel_fault_answer_fail_before (reel_fault_server_add (world->server, "POST", CANCEL, 200, NULL), REEL_FAULT_STALL);
  reel_engine_cancel_job_async (world->fixture.engine, world->job, count_result, &n_results);
  reel_test_wait (reel_fault_server_count (world->server, "POST", CANCEL) == 1);
  g_assert_false (reel_job_can_cancel (world->job));
  reel_engine_fixture_stop (&world->fixture);
  g_assert_cmpuint (n_results, ==, 1);
  g_assert_false (g_file_test (journal, G_FILE_TEST_EXISTS));

  reel_engine_fixture_start (&world->fixture);
  world->job = reel_engine_fixture_get_job (&world->fixture, 0);
  reel_test_wait (reel_job_can_cancel (world->job));
}

static void
test_cancel_twice (World *world, gconstpointer data)
{
  g_autoptr (GAsyncResult) one = NULL, other = NULL;
  g_autoptr (GError) error = NULL;

  reel_fault_server_add (world->server, "POST", CANCEL, 200, "{}");
  reel_engine_cancel_job_async (world->fixture.engine, world->job, reel_test_store_result, &one);
  reel_engine_cancel_job_async (world->fixture.engine, world->job, reel_test_store_result, &other);
  reel_test_wait (one != NULL && other != NULL);
  g_assert_true (reel_engine_cancel_job_finish (world->fixture.engine, one, &error));
  g_assert_false (reel_engine_cancel_job_finish (world->fixture.engine, other, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_cmpuint (reel_fault_server_count (world->server, "POST", CANCEL), ==, 1);
}

static void
wait_for_history (World *world, gboolean hidden, guint n)
{
  ReelHistory *history = reel_engine_get_history (world->fixture.engine);
  g_autoptr (ReelHistoryQuery) query = reel_history_query_new ();

  query->hidden = hidden;
  reel_history_set_query (history, query);
  reel_test_wait (!reel_history_get_loading (history) && g_list_model_get_n_items (G_LIST_MODEL (history)) == n);
}

static void
assert_lists (World *world, guint n_shown, guint n_hidden)
{
  wait_for_history (world, TRUE, n_hidden);
  wait_for_history (world, FALSE, n_shown);
}

/* One that is out of sight is watched all the same, and only one that is forgotten is not. */
static void
test_watched (World *world, gconstpointer data)
{
  ReelEngine *engine = world->fixture.engine;
  ReelJobList *shown = reel_engine_get_jobs (engine), *watched = reel_engine_get_watched_jobs (engine);
  g_autoptr (ReelJob) job = g_object_ref (world->job);
  g_autoptr (ReelRemoval) removal = NULL;
  g_autofree char *id = g_strdup (reel_job_get_id (job));

  g_assert_true (reel_job_list_lookup (shown, id) == job && reel_job_list_lookup (watched, id) == job);
  reel_engine_hide_job (engine, job);
  g_assert_true (reel_job_list_lookup (shown, id) == NULL && reel_job_list_lookup (watched, id) == job);
  reel_engine_show_job (engine, job);
  removal = reel_engine_fixture_remove (&world->fixture, job, REEL_REMOVE_JOBS);
  g_assert_true (reel_job_list_lookup (shown, id) == NULL && reel_job_list_lookup (watched, id) == job);
  reel_removal_undo (removal);
  g_assert_true (reel_job_list_lookup (shown, id) == job && reel_job_list_lookup (watched, id) == job);

  add_success (world);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);
  g_set_object (&removal, reel_engine_fixture_remove (&world->fixture, job, REEL_REMOVE_JOBS));
  g_object_unref (removal);
  reel_removal_carry_out (removal);
  reel_test_wait (reel_removal_is_ended (removal));
  g_assert_true (reel_job_list_lookup (shown, id) == NULL && reel_job_list_lookup (watched, id) == NULL);
}

static void
test_hide_and_show (World *world, gconstpointer data)
{
  g_autoptr (ReelJob) job = g_object_ref (world->job);

  assert_lists (world, 1, 0);
  reel_engine_hide_job (world->fixture.engine, job);
  reel_engine_hide_job (world->fixture.engine, job);
  assert_lists (world, 0, 1);
  reel_engine_show_job (world->fixture.engine, job);
  reel_engine_show_job (world->fixture.engine, job);
  assert_lists (world, 1, 0);
  g_assert_true (reel_engine_fixture_get_job (&world->fixture, 0) == job);
}

static gboolean
library_has_video (World *world)
{
  g_autofree char *names = reel_engine_fixture_list_library (&world->fixture);

  return g_str_has_suffix (names, ".mp4");
}

/* A job that is hidden while it runs comes home, also over a restart, and stays hidden. */
static void
test_hidden_goes_on (World *world, gconstpointer data)
{
  g_autoptr (GPtrArray) records = NULL;

  reel_engine_hide_job (world->fixture.engine, world->job);
  add_success (world);
  restart (world);
  assert_lists (world, 0, 1);
  reel_test_wait (library_has_video (world));
  reel_engine_fixture_stop (&world->fixture);
  records = reel_engine_fixture_read (&world->fixture);
  g_assert_true (((ReelJobRecord *)records->pdata[0])->hidden);
}

/* What was sent and received for a job comes in its order, and the key is in none of it. */
static void
test_events (World *world, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = NULL;
  const ReelJobEvent *event;
  ReelJob *job;

  reel_script_add_accept (world->server, "req_2");
  reel_script_add_status (world->server, "req_2", "failed", NULL);
  job = reel_engine_fixture_submit (&world->fixture, "A boat");
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_FAILED);

  reel_engine_load_events_async (world->fixture.engine, job, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  events = reel_engine_load_events_finish (world->fixture.engine, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, >=, 3);
  event = events->pdata[0];
  g_assert_cmpstr (event->kind, ==, "request");
  g_assert_nonnull (strstr (event->text, "A boat"));
  event = events->pdata[1];
  g_assert_cmpstr (event->kind, ==, "response");
  g_assert_cmpuint (event->http_status, ==, 200);
  event = events->pdata[events->len - 1];
  g_assert_cmpstr (event->kind, ==, "status");
  for (guint i = 0; i < events->len; i++) {
    event = events->pdata[i];
    g_assert_cmpint (event->at, >=, reel_job_get_record (job)->created_at);
    g_assert_null (strstr (event->text, world->fixture.key));
  }
}

static void
on_items_changed (GListModel *list, guint position, guint removed, guint added, gpointer data)
{
  ++*(guint *)data;
}

/* A row changes by what it notifies, not by being replaced. */
static void
test_one_change_a_job (World *world, gconstpointer data)
{
  guint n_changes = 0;
  ReelJob *job;

  g_signal_connect (reel_engine_get_jobs (world->fixture.engine), "items-changed", G_CALLBACK (on_items_changed),
                    &n_changes);
  add_success (world);
  reel_script_add_accept (world->server, "req_1");
  job = reel_engine_fixture_submit (&world->fixture, "Another one");
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);
  g_assert_cmpuint (n_changes, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, function) g_test_add (path, World, NULL, set_up, function, tear_down)
  ADD ("/engine/jobs/cancel", test_cancel);
  ADD ("/engine/jobs/cancel-and-success", test_cancel_and_success);
  ADD ("/engine/jobs/cancel-lost", test_cancel_lost);
  ADD ("/engine/jobs/cancel-cut", test_cancel_cut);
  ADD ("/engine/jobs/cancel-twice", test_cancel_twice);
  ADD ("/engine/jobs/hide-and-show", test_hide_and_show);
  ADD ("/engine/jobs/watched", test_watched);
  ADD ("/engine/jobs/hidden-goes-on", test_hidden_goes_on);
  ADD ("/engine/jobs/events", test_events);
  ADD ("/engine/jobs/one-change-a-job", test_one_change_a_job);
#undef ADD

  return g_test_run ();
}
