#include "config.h"

#include "reel-box-probe.h"
#include "reel-engine-fixture.h"
#include "reel-service-script.h"
#include "reel-test.h"

#include <string.h>

/* A job whose outcome nobody knows, and the ways out of that. */
typedef struct
{
  ReelEngineFixture fixture;
  ReelFaultServer *server;
  ReelJob *job;
} World;

static void
set_up (World *world, gconstpointer data)
{
  ReelJobRecord *record;

  reel_engine_fixture_init (&world->fixture);
  world->server = reel_fault_server_new (NULL);
  world->fixture.base_url = reel_fault_server_get_base_url (world->server);
  reel_script_add_models (world->server);

  record = reel_engine_fixture_make_record (&world->fixture, "job", NULL);
  record->submission = REEL_SUBMISSION_UNKNOWN;
  record->status = REEL_SERVICE_NONE;
  record->accepted_at = 0;
  record->duration = 5;
  record->estimate = 250000;
  g_set_str (&record->status_text, NULL);
  g_set_str (&record->error_code, "broken");
  reel_engine_fixture_write (&world->fixture, record);
  reel_engine_fixture_start (&world->fixture);
  world->job = g_object_ref (reel_engine_fixture_get_job (&world->fixture, 0));
  g_assert_cmpint (reel_job_get_state (world->job), ==, REEL_JOB_UNKNOWN);
}

static void
tear_down (World *world, gconstpointer data)
{
  g_object_unref (world->job);
  reel_engine_fixture_clear (&world->fixture);
  g_object_unref (world->server);
}

static void
restart (World *world)
{
  g_clear_object (&world->job);
  reel_engine_fixture_stop (&world->fixture);
  reel_engine_fixture_start (&world->fixture);
  world->job = g_object_ref (reel_engine_fixture_find_job (&world->fixture, "job"));
}

static ReelFaultAnswer *
add_answer (World *world, const char *request_id, const char *status, const char *model, const char *prompt)
{
  g_autofree char *path = g_strconcat (REEL_SCRIPT_GENERATIONS "/", request_id, NULL);
  g_autofree char *body = g_strdup_printf ("{\"success\":true,\"requestId\":\"%s\",\"status\":\"%s\",\"model\":\"%s\","
                                           "\"prompt\":\"%s\",\"duration\":6,\"aspectRatio\":\"9:16\"}",
                                           request_id, status, model, prompt);

  return reel_fault_server_add (world->server, "GET", path, 200, body);
}

static ReelJob *
adopt (World *world, ReelJob *job, const char *request_id, gboolean anyway, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reel_engine_adopt_async (world->fixture.engine, job, request_id, anyway, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);

  return reel_engine_adopt_finish (world->fixture.engine, result, error);
}

static void
test_adopt (World *world, gconstpointer data)
{
  g_autoptr (GBytes) video = reel_box_probe_make_video (1000);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelJob) adopted = NULL;

  add_answer (world, "req_1", "processing", "seedance-2.0", "A paper boat");
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  reel_script_add_file (world->server, "/v.mp4", video);
  adopted = adopt (world, world->job, " req_1\n", FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (adopted == world->job);
  g_assert_cmpint (reel_job_get_state (world->job), ==, REEL_JOB_GENERATING);
  g_assert_cmpstr (reel_job_get_record (world->job)->request_id, ==, "req_1");
  g_assert_cmpint (reel_job_get_record (world->job)->accepted_at, >, 0);
  g_assert_null (reel_job_get_record (world->job)->error_code);
  g_assert_cmpuint (reel_job_get_record (world->job)->duration, ==, 5);

  /* It is followed to its end, and nothing was ever sent. */
  reel_test_wait (reel_job_get_state (world->job) == REEL_JOB_READY);
  restart (world);
  g_assert_cmpint (reel_job_get_state (world->job), ==, REEL_JOB_READY);
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 0);
}

static void
test_adopt_new (World *world, gconstpointer data)
{
  const ReelJobRecord *record;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelJob) adopted = NULL;

  add_answer (world, "req_1", "queued", "seedance-2.0-fast", "Rain on a street");
  adopted = adopt (world, NULL, "req_1", FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (adopted != world->job);
  g_assert_cmpuint (reel_engine_fixture_count_jobs (&world->fixture), ==, 2);
  record = reel_job_get_record (adopted);
  g_assert_cmpint (record->submission, ==, REEL_SUBMISSION_ACCEPTED);
  g_assert_cmpstr (record->request_id, ==, "req_1");
  g_assert_cmpstr (record->account_id, ==, REEL_ACCOUNT_ENVIRONMENT_ID);
  g_assert_cmpstr (record->prompt, ==, "Rain on a street");
  g_assert_cmpstr (record->model, ==, "seedance-2.0-fast");
  g_assert_cmpuint (record->duration, ==, 6);
  g_assert_cmpstr (record->aspect_ratio, ==, "9:16");
  g_assert_null (record->resolution);
  g_assert_cmpint (record->estimate, ==, REEL_MONEY_NOT_LISTED);
  g_assert_cmpint (record->sent_at, ==, 0);
  g_assert_cmpint (record->created_at, >, 0);
  reel_test_wait (reel_script_count_status (world->server, "req_1") > 1);
  g_assert_cmpint (reel_job_get_state (world->job), ==, REEL_JOB_UNKNOWN);
}

/* An acceptance is for ever: a request id of another video takes a second word. */
static void
test_adopt_other_video (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelJob) adopted = NULL;

  add_answer (world, "req_1", "queued", "seedance-2.0", "Rain on a street");
  add_answer (world, "req_2", "queued", "seedance-2.0-fast", "A paper boat");
  g_assert_null (adopt (world, world->job, "req_2", FALSE, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_MISMATCH);
  g_clear_error (&error);
  g_assert_null (adopt (world, world->job, "req_1", FALSE, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_MISMATCH);
  g_assert_cmpstr (reel_error_get_service_message (error), ==, "Rain on a street");
  g_clear_error (&error);
  g_assert_cmpint (reel_job_get_state (world->job), ==, REEL_JOB_UNKNOWN);
  g_assert_null (reel_job_get_record (world->job)->request_id);

  adopted = adopt (world, world->job, "req_1", TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (reel_job_get_state (world->job), ==, REEL_JOB_WAITING);
  g_assert_cmpstr (reel_job_get_record (world->job)->prompt, ==, "A paper boat");
}

static void
test_adopt_refused (World *world, gconstpointer data)
{
  g_autofree char *endless = g_strnfill (513, 'x');
  const char *const unusable[] = {"", "  ", "a\nb", "\xff", endless};
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelJob) adopted = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (unusable); i++) {
    g_assert_null (adopt (world, world->job, unusable[i], TRUE, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    g_clear_error (&error);
  }

  /* The service does not know it, or talks of something else. */
  reel_script_add_error (world->server, "GET", REEL_SCRIPT_GENERATIONS "/req_none", 404, "not_found", "No such job");
  g_assert_null (adopt (world, world->job, "req_none", TRUE, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_NOT_FOUND);
  g_clear_error (&error);
  reel_fault_server_add (world->server, "GET", REEL_SCRIPT_GENERATIONS "/req_x", 200,
                         "{\"success\":true,\"requestId\":\"req_y\",\"status\":\"queued\"}");
  g_assert_null (adopt (world, world->job, "req_x", TRUE, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_BAD_SHAPE);
  g_clear_error (&error);
  g_assert_cmpint (reel_job_get_state (world->job), ==, REEL_JOB_UNKNOWN);

  /* A name that climbs stays one segment of the path. */
  reel_script_add_error (world->server, "GET", NULL, 404, "not_found", "No such job");
  g_assert_null (adopt (world, world->job, "../../x", TRUE, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_cmpuint (reel_fault_server_count (world->server, "GET", REEL_SCRIPT_GENERATIONS "/..%2F..%2Fx"), ==, 1);

  /* A job has one request id, and a request id one job, also a hidden one. */
  reel_fault_server_clear (world->server);
  reel_script_add_status (world->server, "req_1", "queued", NULL);
  adopted = adopt (world, NULL, "req_1", FALSE, &error);
  g_assert_no_error (error);
  g_assert_null (adopt (world, adopted, "req_2", TRUE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  reel_engine_hide_job (world->fixture.engine, adopted);
  g_assert_null (adopt (world, world->job, "req_1", TRUE, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_TAKEN);
}

/* What is adopted twice at the same time is adopted once. */
static void
test_adopt_twice (World *world, gconstpointer data)
{
  ReelEngine *engine = world->fixture.engine;
  g_autoptr (GAsyncResult) first = NULL, second = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelJob) adopted = NULL;

  reel_script_add_status (world->server, "req_1", "queued", NULL);
  reel_engine_adopt_async (engine, world->job, "req_1", FALSE, NULL, reel_test_store_result, &first);
  reel_engine_adopt_async (engine, NULL, "req_1", FALSE, NULL, reel_test_store_result, &second);
  reel_test_wait (first != NULL && second != NULL);
  adopted = reel_engine_adopt_finish (engine, first, NULL);
  if (adopted == NULL)
    adopted = reel_engine_adopt_finish (engine, second, NULL);
  else
    g_assert_null (reel_engine_adopt_finish (engine, second, &error));
  g_assert_nonnull (adopted);
  g_assert_cmpuint (reel_engine_fixture_count_jobs (&world->fixture), ==, adopted == world->job ? 1 : 2);
}

static void
count_result (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_null (reel_engine_adopt_finish (REEL_ENGINE (source), result, NULL));
  ++*(guint *)data;
}

/* A person who gives it up changes nothing; so does the end of the program. */
static void
test_adopt_given_up (World *world, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReelFaultAnswer *answer = reel_script_add_status (world->server, "req_1", "queued", NULL);
  guint n_results = 0;

  reel_fault_answer_set_hold (answer);
  reel_engine_adopt_async (world->fixture.engine, world->job, "req_1", FALSE, cancellable, reel_test_store_result,
                           &result);
  reel_test_wait (reel_script_count_status (world->server, "req_1") == 1);
  g_cancellable_cancel (cancellable);
  reel_fault_server_release (world->server);
  reel_test_wait (result != NULL);
  g_assert_null (reel_engine_adopt_finish (world->fixture.engine, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (reel_job_get_state (world->job), ==, REEL_JOB_UNKNOWN);
  g_clear_object (&result);

  reel_fault_server_clear (world->server);
  reel_fault_answer_fail_before (reel_script_add_status (world->server, "req_1", "queued", NULL), REEL_FAULT_STALL);
  reel_engine_adopt_async (world->fixture.engine, world->job, "req_1", FALSE, NULL, count_result, &n_results);
  reel_test_wait (reel_script_count_status (world->server, "req_1") == 2);
  g_clear_object (&world->job);
  reel_engine_fixture_stop (&world->fixture);
  g_assert_cmpuint (n_results, ==, 1);
  reel_engine_fixture_start (&world->fixture);
  world->job = g_object_ref (reel_engine_fixture_get_job (&world->fixture, 0));
  g_assert_cmpint (reel_job_get_state (world->job), ==, REEL_JOB_UNKNOWN);
}

static void
test_declare_lost (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelJob) adopted = NULL;

  g_assert_true (reel_engine_declare_lost (world->fixture.engine, world->job));
  reel_test_wait (reel_job_get_state (world->job) == REEL_JOB_LOST);
  g_assert_false (reel_engine_declare_lost (world->fixture.engine, world->job));
  restart (world);
  g_assert_cmpint (reel_job_get_state (world->job), ==, REEL_JOB_LOST);
  g_assert_cmpint (reel_job_get_record (world->job)->declared_lost_at, >, 0);

  /* It may turn up yet. */
  reel_script_add_status (world->server, "req_1", "processing", NULL);
  adopted = adopt (world, world->job, "req_1", FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (reel_job_get_state (world->job), ==, REEL_JOB_GENERATING);
  g_assert_cmpint (reel_job_get_record (world->job)->declared_lost_at, ==, 0);
  g_assert_false (reel_engine_declare_lost (world->fixture.engine, world->job));
  g_assert_null (reel_engine_send_again (world->fixture.engine, world->job));
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 0);
}

static void
test_send_again (World *world, gconstpointer data)
{
  ReelJob *again;

  reel_script_add_accept (world->server, "req_2");
  reel_script_add_status (world->server, "req_2", "queued", NULL);
  again = reel_engine_send_again (world->fixture.engine, world->job);
  g_assert_nonnull (again);
  g_assert_true (again != world->job);
  g_assert_cmpstr (reel_job_get_record (again)->resend_of, ==, "job");
  g_assert_cmpstr (reel_job_get_record (again)->prompt, ==, "A paper boat");
  g_assert_cmpuint (reel_job_get_record (again)->duration, ==, 5);
  reel_test_wait (reel_job_get_state (again) == REEL_JOB_WAITING);
  g_assert_cmpstr (reel_job_get_record (again)->request_id, ==, "req_2");

  /* The old one stays what it is. */
  g_assert_cmpint (reel_job_get_state (world->job), ==, REEL_JOB_UNKNOWN);
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 1);
  restart (world);
  g_assert_cmpuint (reel_engine_fixture_count_jobs (&world->fixture), ==, 2);
  again = reel_engine_fixture_get_job (&world->fixture, 0);
  g_assert_cmpstr (reel_job_get_record (again)->resend_of, ==, "job");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, World, NULL, set_up, function, tear_down)
  ADD ("/engine/ways-out/adopt", test_adopt);
  ADD ("/engine/ways-out/adopt-new", test_adopt_new);
  ADD ("/engine/ways-out/adopt-other-video", test_adopt_other_video);
  ADD ("/engine/ways-out/adopt-refused", test_adopt_refused);
  ADD ("/engine/ways-out/adopt-twice", test_adopt_twice);
  ADD ("/engine/ways-out/adopt-given-up", test_adopt_given_up);
  ADD ("/engine/ways-out/declare-lost", test_declare_lost);
  ADD ("/engine/ways-out/send-again", test_send_again);
#undef ADD

  return g_test_run ();
}
