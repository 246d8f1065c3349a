#include "config.h"

#include "reel-engine-fixture.h"
#include "reel-service-script.h"
#include "reel-test.h"

#include <sqlite3.h>
#include <string.h>

typedef struct
{
  ReelEngineFixture fixture;
  ReelFaultServer *server;
} World;

/* What goes wrong with a submission, and what must be known of it afterwards. */
typedef struct
{
  const char *name;
  guint status;
  const char *body;
  ReelSubmission submission;
  const char *code;
} Case;

#define ENVELOPE(code) "{\"success\":false,\"error\":{\"code\":\"" code "\",\"message\":\"Because of " code "\"}}"

static const Case cases[] = {
    {"403-html", 403, "<html>Forbidden</html>", REEL_SUBMISSION_REJECTED, "unknown_code"},
    {"408", 408, ENVELOPE ("timeout"), REEL_SUBMISSION_UNKNOWN, "timeout"},
    {"500", 500, ENVELOPE ("internal_error"), REEL_SUBMISSION_UNKNOWN, "internal_error"},
    {"502-html", 502, "<html>Bad gateway</html>", REEL_SUBMISSION_UNKNOWN, "internal_error"},
    {"302", 302, "", REEL_SUBMISSION_UNKNOWN, NULL},
    {"html", 200, "<html>Welcome</html>", REEL_SUBMISSION_UNKNOWN, "not_json"},
    {"empty", 200, "", REEL_SUBMISSION_UNKNOWN, "not_json"},
    {"truncated", 200, "{\"success\":true,\"requ", REEL_SUBMISSION_UNKNOWN, "not_json"},
    {"no-id", 200, "{\"success\":true,\"status\":\"queued\"}", REEL_SUBMISSION_UNKNOWN, "bad_shape"},
    {"id-of-wrong-type", 200, "{\"success\":true,\"requestId\":7,\"status\":\"queued\"}", REEL_SUBMISSION_UNKNOWN,
     "bad_shape"},
    {"200-with-error", 200, ENVELOPE ("invalid_request"), REEL_SUBMISSION_UNKNOWN, "invalid_request"},
};

static void
set_up (World *world, gconstpointer data)
{
  reel_engine_fixture_init (&world->fixture);
  world->server = reel_fault_server_new (NULL);
  world->fixture.base_url = reel_fault_server_get_base_url (world->server);
  reel_script_add_models (world->server);
}

static void
tear_down (World *world, gconstpointer data)
{
  reel_engine_fixture_clear (&world->fixture);
  g_object_unref (world->server);
}

static gboolean
has_ended (ReelJob *job)
{
  return reel_job_get_state (job) != REEL_JOB_SENDING;
}

/* The job that is the only one in the database, whatever the engine says of it. */
static ReelJobRecord *
read_job (ReelEngineFixture *fixture)
{
  g_autoptr (GPtrArray) records = reel_engine_fixture_read (fixture);

  g_assert_cmpuint (records->len, ==, 1);

  return reel_job_record_copy (records->pdata[0]);
}

static void
test_fault (World *world, gconstpointer data)
{
  const Case *fault = data;
  ReelEngineFixture *fixture = &world->fixture;
  ReelFaultAnswer *answer =
      reel_fault_server_add (world->server, "POST", REEL_SCRIPT_GENERATIONS, fault->status, fault->body);
  g_autoptr (ReelJobRecord) record = NULL;
  ReelJob *job;

  if (fault->status == 302)
    reel_fault_answer_set_header (answer, "Location", "/elsewhere");
  reel_engine_fixture_start (fixture);
  job = reel_engine_fixture_submit (fixture, "A paper boat");
  reel_test_wait (has_ended (job));

  g_assert_cmpint (reel_job_get_record (job)->submission, ==, fault->submission);
  if (fault->code != NULL)
    g_assert_cmpstr (reel_job_get_record (job)->error_code, ==, fault->code);
  g_assert_nonnull (reel_job_get_record (job)->error_message);
  g_assert_null (strstr (reel_job_get_record (job)->error_message, fixture->key));
  g_assert_cmpuint (reel_job_get_record (job)->http_status, ==, fault->status);
  g_assert_null (reel_job_get_record (job)->request_id);
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 1);

  /* It is the same after a restart, and nothing was sent again. */
  reel_engine_fixture_stop (fixture);
  record = read_job (fixture);
  g_assert_cmpint (record->submission, ==, fault->submission);
  reel_engine_fixture_start (fixture);
  reel_test_wait (reel_engine_get_catalogue (fixture->engine) != NULL);
  g_assert_cmpint (reel_job_get_record (reel_engine_fixture_get_job (fixture, 0))->submission, ==, fault->submission);
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 1);
  g_assert_cmpuint (reel_fault_server_count (world->server, NULL, "/elsewhere"), ==, 0);
}

static void
test_no_key (World *world, gconstpointer data)
{
  ReelEngineFixture *fixture = &world->fixture;
  ReelJob *job;

  fixture->base_url = NULL; /* the sandbox, which has not started */
  reel_engine_fixture_start (fixture);
  job = reel_engine_fixture_submit (fixture, "A paper boat");
  reel_test_wait (has_ended (job));
  g_assert_cmpint (reel_job_get_record (job)->submission, ==, REEL_SUBMISSION_REJECTED);
  g_assert_cmpstr (reel_job_get_record (job)->error_code, ==, "unauthorized");
  g_assert_cmpuint (reel_job_get_record (job)->http_status, ==, 0);
}

/* Reads the row while the engine has the database open, as nobody but a test may. */
static char *
peek_submission (ReelEngineFixture *fixture)
{
  sqlite3 *connection = NULL;
  sqlite3_stmt *statement = NULL;
  char *submission = NULL;

  g_assert_cmpint (sqlite3_open_v2 (fixture->store_path, &connection, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (connection, "SELECT submission FROM jobs", -1, &statement, NULL), ==, SQLITE_OK);
  if (sqlite3_step (statement) == SQLITE_ROW)
    submission = g_strdup ((const char *)sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  sqlite3_close (connection);

  return submission;
}

static void
test_row_before_post (World *world, gconstpointer data)
{
  ReelEngineFixture *fixture = &world->fixture;
  ReelFaultAnswer *answer = reel_script_add_accept (world->server, "req_1");
  g_autofree char *submission = NULL;
  const ReelFaultRequest *request;
  g_autofree char *body = NULL;
  ReelJob *job;

  reel_fault_answer_set_hold (answer);
  reel_script_add_status (world->server, "req_1", "queued", NULL);
  reel_engine_fixture_start (fixture);
  job = reel_engine_fixture_submit (fixture, "A \"paper\" boat");
  reel_test_wait (reel_script_count_posts (world->server) == 1);
  submission = peek_submission (fixture);
  g_assert_cmpstr (submission, ==, "sending");
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_SENDING);

  reel_fault_server_release (world->server);
  reel_test_wait (has_ended (job));
  g_assert_cmpstr (reel_job_get_record (job)->request_id, ==, "req_1");
  g_assert_cmpstr (reel_job_get_record (job)->credits_charged, ==, "40");
  g_assert_cmpint (reel_job_get_record (job)->accepted_at, >=, reel_job_get_record (job)->sent_at);

  request = reel_fault_server_get_request (world->server, "POST", REEL_SCRIPT_GENERATIONS, 0);
  g_assert_cmpstr (reel_fault_request_get_header (request, "authorization"), ==, "Bearer sd2_test_0123456789abcdef");
  body = g_strndup (g_bytes_get_data (request->body, NULL), g_bytes_get_size (request->body));
  g_assert_nonnull (strstr (body, "A \\\"paper\\\" boat"));
}

/* What the end of the program leaves in the database is judged at the next start; nothing is sent. */
static void
test_recovery (World *world, gconstpointer data)
{
  ReelEngineFixture *fixture = &world->fixture;
  ReelJobRecord *recorded = reel_engine_fixture_make_record (fixture, "recorded", NULL);
  ReelJobRecord *sending = reel_engine_fixture_make_record (fixture, "sending", NULL);
  ReelJob *job;

  recorded->submission = REEL_SUBMISSION_RECORDED;
  recorded->status = REEL_SERVICE_NONE;
  sending->submission = REEL_SUBMISSION_SENDING;
  sending->status = REEL_SERVICE_NONE;
  reel_engine_fixture_write (fixture, recorded);
  reel_engine_fixture_write (fixture, sending);
  reel_engine_fixture_start (fixture);
  g_assert_cmpuint (reel_engine_fixture_count_jobs (fixture), ==, 2);

  job = reel_engine_fixture_find_job (fixture, "recorded");
  reel_test_wait (has_ended (job));
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_HELD);
  g_assert_cmpint (reel_job_get_record (job)->submission, ==, REEL_SUBMISSION_RECORDED);

  job = reel_engine_fixture_find_job (fixture, "sending");
  reel_test_wait (has_ended (job));
  g_assert_cmpint (reel_job_get_record (job)->submission, ==, REEL_SUBMISSION_UNKNOWN);
  g_assert_null (reel_job_get_record (job)->error_code);
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 0);
}

/* The answer that comes while the program ends is written. */
static void
test_answer_at_the_end (World *world, gconstpointer data)
{
  ReelEngineFixture *fixture = &world->fixture;
  ReelFaultAnswer *answer = reel_script_add_accept (world->server, "req_1");
  g_autoptr (GAsyncResult) stopped = NULL;
  g_autoptr (ReelJobRecord) record = NULL;

  reel_fault_answer_set_hold (answer);
  reel_engine_fixture_start (fixture);
  reel_engine_fixture_submit (fixture, "A paper boat");
  reel_test_wait (reel_script_count_posts (world->server) == 1);
  reel_engine_stop_async (fixture->engine, reel_test_store_result, &stopped);
  reel_fault_server_release (world->server);
  reel_test_wait (stopped != NULL);
  g_clear_object (&stopped);
  g_clear_object (&fixture->engine);

  record = read_job (fixture);
  g_assert_cmpint (record->submission, ==, REEL_SUBMISSION_ACCEPTED);
  g_assert_cmpstr (record->request_id, ==, "req_1");
}

/* Nobody waits for the end: the engine goes at once, in the middle of everything. */
static void
test_dropped_while_sending (World *world, gconstpointer data)
{
  ReelEngineFixture *fixture = &world->fixture;
  ReelFaultAnswer *answer = reel_script_add_accept (world->server, "req_1");
  g_autoptr (GObject) left = NULL;
  GWeakRef gone;

  reel_fault_answer_fail_before (answer, REEL_FAULT_STALL);
  reel_engine_fixture_start (fixture);
  reel_engine_fixture_submit (fixture, "A paper boat");
  reel_test_wait (reel_script_count_posts (world->server) == 1);

  g_weak_ref_init (&gone, fixture->engine);
  g_clear_object (&fixture->engine);
  left = g_weak_ref_get (&gone);
  g_assert_null (left);
  g_weak_ref_clear (&gone);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/engine/submit/fault/", cases[i].name, NULL);

    g_test_add (path, World, &cases[i], set_up, test_fault, tear_down);
  }
#define ADD(path, function) g_test_add (path, World, NULL, set_up, function, tear_down)
  ADD ("/engine/submit/no-key", test_no_key);
  ADD ("/engine/submit/row-before-post", test_row_before_post);
  ADD ("/engine/submit/recovery", test_recovery);
  ADD ("/engine/submit/answer-at-the-end", test_answer_at_the_end);
  ADD ("/engine/submit/dropped-while-sending", test_dropped_while_sending);
#undef ADD

  return g_test_run ();
}
