#include "config.h"

#include "reel-box-probe.h"
#include "reel-engine-fixture.h"
#include "reel-service-script.h"
#include "reel-test.h"
#include "reel-webhook-client.h"
#include "reel-webhook.h"

#include <sqlite3.h>
#include <string.h>

#define KEY    "sd2_live_0123456789abcdef"
#define SECRET "whsec_0123456789abcdef"
#define PUBLIC "https://hooks.example.com"
#define TOKEN  "0123456789abcdef0123456789abcdef"

#define OTHER_TOKEN "fedcba9876543210fedcba9876543210"

/* Two intervals are longer than any of these tests: what comes sooner, a webhook brought. */
#define SLOW 600000

/* An account with a receiver, over a service that fails on purpose; the test is the tunnel. */
typedef struct
{
  ReelEngineFixture fixture;
  ReelFaultServer *server;
  GBytes *video;
  GSocket *reserved;
  guint16 port;
  char *account_id;
} World;

static void
set_up (World *world, gconstpointer data)
{
  reel_engine_fixture_init (&world->fixture);
  world->fixture.poll_interval = SLOW;
  world->server = reel_fault_server_new (NULL);
  world->video = reel_box_probe_make_video (1000);
  world->reserved = reel_webhook_client_reserve_port (&world->port);
  reel_script_add_models (world->server);
  reel_script_add_file (world->server, "/v.mp4", world->video);
}

static void
tear_down (World *world, gconstpointer data)
{
  reel_engine_fixture_clear (&world->fixture);
  g_assert_cmpuint (reel_script_count_posts (world->server), <=, 1);
  g_object_unref (world->server);
  g_object_unref (world->reserved);
  g_bytes_unref (world->video);
  g_free (world->account_id);
}

static ReelAccount *
save_account (World *world, ReelAccount *account, const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ReelAccount) saved = NULL;
  g_autoptr (GError) error = NULL;

  reel_engine_save_account_async (world->fixture.engine, account, name, reel_fault_server_get_base_url (world->server),
                                  KEY, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  saved = reel_engine_save_account_finish (world->fixture.engine, result, &error);
  g_assert_no_error (error);

  return saved; /* the engine keeps it */
}

static gboolean
save_webhooks (World *world, ReelAccount *account, const char *url, guint port, const char *secret, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reel_engine_save_webhooks_async (world->fixture.engine, account, url, port, secret, reel_test_store_result, &result);
  reel_test_wait (result != NULL);

  return reel_engine_save_webhooks_finish (world->fixture.engine, result, error);
}

static ReelAccount *
find_account (World *world, const char *id)
{
  GListModel *accounts = reel_engine_get_accounts (world->fixture.engine);

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++) {
    g_autoptr (ReelAccount) account = g_list_model_get_item (accounts, i);

    if (g_strcmp0 (reel_account_get_id (account), id) == 0)
      return account; /* the engine keeps it */
  }

  g_assert_not_reached ();
}

static ReelAccount *
get_account (World *world)
{
  return find_account (world, world->account_id);
}

/* Starts with the account in use and its receiver listening. There is no Secret Service here, so that in a second run both
 * secrets are typed in again. */
static void
start (World *world)
{
  g_autoptr (GError) error = NULL;
  ReelAccount *account;

  reel_engine_fixture_start (&world->fixture);
  account = save_account (world, world->account_id != NULL ? get_account (world) : NULL, "Mine");
  g_set_str (&world->account_id, reel_account_get_id (account));
  reel_engine_set_account (world->fixture.engine, account);
  reel_test_wait (reel_engine_get_catalogue (world->fixture.engine) != NULL);
  g_assert_true (save_webhooks (world, account, PUBLIC, world->port, SECRET, &error));
  g_assert_no_error (error);
  g_assert_cmpint (reel_account_get_webhook_state (account), ==, REEL_ACCOUNT_WEBHOOKS_LISTENING);
}

static ReelJob *
submit (World *world)
{
  return reel_engine_fixture_submit (&world->fixture, "A paper boat");
}

/* A job whose answer is lost. */
static ReelJob *
submit_and_lose (World *world)
{
  ReelFaultAnswer *answer = reel_script_add_accept (world->server, "req_1");
  ReelJob *job;

  reel_fault_answer_fail_before (answer, REEL_FAULT_CLOSE);
  job = submit (world);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_UNKNOWN);

  return job;
}

/* A webhook about a job that was never heard of before, to its address. */
static guint
tell_token (World *world, const char *token, const char *request_id, const char *status)
{
  g_autofree char *body = reel_webhook_client_make_body (request_id, status);

  return reel_webhook_client_send (world->port, token, SECRET, body);
}

/* The hint is on the main loop before the answer leaves, and is taken when this returns. */
static void
tell (World *world, ReelJob *job, const char *request_id, const char *status)
{
  g_assert_nonnull (reel_job_get_record (job)->webhook_token);
  g_assert_cmpuint (tell_token (world, reel_job_get_record (job)->webhook_token, request_id, status), ==, 200);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Asks the service something else, and waits for its answer: what was to be asked before that has been asked. */
static void
ask_something_else (World *world)
{
  reel_engine_refresh_catalogue (world->fixture.engine);
  reel_test_wait (!reel_engine_get_catalogue_loading (world->fixture.engine));
}

static void
assert_saved (World *world, ReelJob *job)
{
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);
  g_assert_cmpstr (reel_job_get_record (job)->request_id, ==, "req_1");
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 1);
  /* The address of the video is the service's own, not that of the webhook. */
  g_assert_true (
      g_str_has_prefix (reel_job_get_record (job)->output_url, reel_fault_server_get_base_url (world->server)));
}

static char *
get_sent_body (World *world)
{
  const ReelFaultRequest *request = reel_fault_server_get_request (world->server, "POST", REEL_SCRIPT_GENERATIONS, 0);

  return g_strndup (g_bytes_get_data (request->body, NULL), g_bytes_get_size (request->body));
}

/* Reads the token while the engine has the database open, as nobody but a test may. */
static char *
peek_token (World *world)
{
  sqlite3 *connection = NULL;
  sqlite3_stmt *statement = NULL;
  char *token = NULL;

  g_assert_cmpint (sqlite3_open_v2 (world->fixture.store_path, &connection, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (connection, "SELECT webhook_token FROM jobs WHERE submission = 'sending'", -1,
                                       &statement, NULL),
                   ==, SQLITE_OK);
  if (sqlite3_step (statement) == SQLITE_ROW)
    token = g_strdup ((const char *)sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  sqlite3_close (connection);

  return token;
}

/* An accepted job is asked about when its webhook comes, and not an interval later. */
static void
test_polled_at_once (World *world, gconstpointer data)
{
  ReelJob *job;

  reel_script_add_accept (world->server, "req_1");
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  start (world);
  job = submit (world);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_WAITING);
  g_assert_cmpuint (reel_script_count_status (world->server, "req_1"), ==, 0);

  /* One that names another job of the service is not about this one. */
  tell (world, job, "req_2", "succeeded");
  ask_something_else (world);
  g_assert_cmpuint (reel_script_count_status (world->server, "req_1"), ==, 0);
  tell (world, job, "req_1", "succeeded");
  assert_saved (world, job);
  g_assert_cmpuint (reel_script_count_status (world->server, "req_1"), ==, 1);
  g_assert_cmpuint (reel_script_count_status (world->server, "req_2"), ==, 0);
}

/* What the webhook says is not believed: the service is asked, and says something else. */
static void
test_not_believed (World *world, gconstpointer data)
{
  ReelJob *job;

  reel_script_add_accept (world->server, "req_1");
  reel_script_add_status (world->server, "req_1", "processing", NULL);
  start (world);
  job = submit (world);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_WAITING);
  tell (world, job, "req_1", "succeeded");
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_GENERATING);
  g_assert_null (reel_job_get_record (job)->output_url);
}

/* The answer is lost, the webhook comes: the job is found again and saved, by one POST. */
static void
test_answer_lost (World *world, gconstpointer data)
{
  ReelJob *job;

  start (world);
  job = submit_and_lose (world);
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  tell (world, job, "req_1", "succeeded");
  assert_saved (world, job);
  g_assert_null (reel_job_get_record (job)->error_code);
}

/* A video that is not ready yet is followed like any other. */
static void
test_followed (World *world, gconstpointer data)
{
  ReelJob *job;

  world->fixture.poll_interval = 20;
  start (world);
  job = submit_and_lose (world);
  reel_script_add_status (world->server, "req_1", "queued", NULL);
  reel_script_add_status (world->server, "req_1", "processing", NULL);
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  tell (world, job, "req_1", "processing");
  assert_saved (world, job);
}

static void
assert_unchanged (ReelJob *job, const ReelJobRecord *before)
{
  const ReelJobRecord *record = reel_job_get_record (job);

  g_assert_cmpint (record->submission, ==, before->submission);
  g_assert_null (record->request_id);
  g_assert_null (record->output_url);
  g_assert_cmpint (record->status, ==, REEL_SERVICE_NONE);
  g_assert_cmpint (record->accepted_at, ==, 0);
  g_assert_cmpstr (record->error_code, ==, before->error_code);
  g_assert_cmpstr (record->error_message, ==, before->error_message);
}

/* A request id that the service does not know, or that another job has, changes nothing; the right one still does
 * afterwards. */
static void
test_forged (World *world, gconstpointer data)
{
  ReelJobRecord *other = reel_engine_fixture_make_record (&world->fixture, "other", "req_other");
  g_autoptr (ReelJobRecord) before = NULL;
  ReelJob *job;

  other->status = REEL_SERVICE_CANCELLED;
  reel_engine_fixture_write (&world->fixture, other);
  start (world);
  job = submit_and_lose (world);
  before = reel_job_record_copy (reel_job_get_record (job));
  reel_script_add_error (world->server, "GET", REEL_SCRIPT_GENERATIONS "/req_forged", 404, "not_found",
                         "Job not found");
  reel_script_add_status (world->server, "req_other", "succeeded", "/v.mp4");

  tell (world, job, "req_forged", "succeeded");
  reel_test_wait (reel_script_count_status (world->server, "req_forged") == 1);
  tell (world, job, "req_other", "succeeded");
  reel_engine_fixture_stop (&world->fixture);
  g_assert_cmpuint (reel_script_count_status (world->server, "req_other"), ==, 0);

  start (world);
  job = reel_engine_fixture_get_job (&world->fixture, 0);
  assert_unchanged (job, before);
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  tell (world, job, "req_1", "succeeded");
  assert_saved (world, job);
}

/* Not signed, signed by somebody else, to no job's address, to the address of another account's job: nothing. */
static void
test_strangers (World *world, gconstpointer data)
{
  ReelJobRecord *foreign = reel_engine_fixture_make_record (&world->fixture, "foreign", NULL);
  g_autofree char *body = reel_webhook_client_make_body ("req_1", "succeeded");
  g_autofree char *token = NULL, *other_id = NULL;
  g_autoptr (ReelJobRecord) before = NULL;
  ReelJob *job;

  start (world);
  g_set_str (&foreign->account_id, reel_account_get_id (save_account (world, NULL, "Other")));
  reel_engine_fixture_stop (&world->fixture);
  foreign->submission = REEL_SUBMISSION_UNKNOWN;
  foreign->status = REEL_SERVICE_NONE;
  foreign->webhook_token = g_strdup (TOKEN);
  other_id = g_strdup (foreign->account_id);
  reel_engine_fixture_write (&world->fixture, foreign);
  start (world);
  save_account (world, find_account (world, other_id), "Other");
  job = submit_and_lose (world);
  before = reel_job_record_copy (reel_job_get_record (job));
  token = g_strdup (before->webhook_token);
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");

  g_assert_cmpuint (reel_webhook_client_send (world->port, token, NULL, body), ==, 401);
  g_assert_cmpuint (reel_webhook_client_send (world->port, token, "whsec_other", body), ==, 401);
  g_assert_cmpuint (tell_token (world, TOKEN, "req_1", "succeeded"), ==, 200);
  token[0] = token[0] == '0' ? '1' : '0';
  g_assert_cmpuint (tell_token (world, token, "req_1", "succeeded"), ==, 200);
  tell (world, job, "req_2", "succeeded");
  reel_test_wait (reel_script_count_status (world->server, "req_2") == 1);
  g_assert_cmpuint (reel_script_count_status (world->server, "req_1"), ==, 0);
  assert_unchanged (job, before);
  g_assert_cmpint (reel_job_get_state (reel_job_list_lookup (reel_engine_get_jobs (world->fixture.engine), "foreign")),
                   ==, REEL_JOB_UNKNOWN);
}

/* The service's answer about a job, with a prompt. */
static void
add_words (World *world, const char *request_id, const char *status, const char *prompt)
{
  g_autofree char *path = g_strconcat (REEL_SCRIPT_GENERATIONS "/", request_id, NULL);
  g_autofree char *body = g_strdup_printf (
      "{\"success\":true,\"requestId\":\"%s\",\"status\":\"%s\",\"prompt\":\"%s\"}", request_id, status, prompt);

  reel_fault_server_add (world->server, "GET", path, 200, body);
}

static void
tell_unsigned (World *world, ReelJob *job, const char *request_id)
{
  g_autofree char *body = reel_webhook_client_make_body (request_id, "succeeded");

  g_assert_cmpuint (reel_webhook_client_send (world->port, reel_job_get_record (job)->webhook_token, NULL, body), ==,
                    200);
}

/* With no secret a webhook is a hint all the same: the service's answer is what counts, and a job of another prompt is not this
 * one. */
static void
test_unsigned (World *world, gconstpointer data)
{
  g_autoptr (ReelJobRecord) before = NULL;
  ReelJob *job;

  start (world);
  g_assert_true (save_webhooks (world, get_account (world), PUBLIC, world->port, "", NULL));
  g_assert_false (reel_account_get_webhook_signed (get_account (world)));
  job = submit_and_lose (world);
  before = reel_job_record_copy (reel_job_get_record (job));
  add_words (world, "req_foreign", "succeeded", "Rain on a street");
  reel_script_add_error (world->server, "GET", REEL_SCRIPT_GENERATIONS "/req_none", 404, "not_found", "Job not found");
  tell_unsigned (world, job, "req_foreign");
  tell_unsigned (world, job, "req_none");
  reel_test_wait (reel_script_count_status (world->server, "req_none") == 1);
  assert_unchanged (job, before);

  add_words (world, "req_1", "processing", "A paper boat");
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  tell_unsigned (world, job, "req_1");
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_GENERATING);
}

/* The service repeats the prompt in its own way. It has signed that this is the job: no video is lost for a space. */
static void
test_other_words (World *world, gconstpointer data)
{
  ReelJob *job;

  start (world);
  job = submit_and_lose (world);
  add_words (world, "req_1", "processing", " A paper boat.");
  tell (world, job, "req_1", "processing");
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_GENERATING);
  g_assert_cmpstr (reel_job_get_record (job)->prompt, ==, "A paper boat");
}

/* What a webhook said is kept with its job; of 60 KB, the beginning. */
static void
test_kept (World *world, gconstpointer data)
{
  g_autofree char *padding = g_strnfill (60000, 'x');
  g_autofree char *body =
      g_strdup_printf ("{\"requestId\":\"req_1\",\"status\":\"succeeded\",\"padding\":\"%s\"}", padding);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) events = NULL;
  guint n = 0;
  ReelJob *job;

  start (world);
  job = submit_and_lose (world);
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  g_assert_cmpuint (reel_webhook_client_send (world->port, reel_job_get_record (job)->webhook_token, SECRET, body), ==,
                    200);
  assert_saved (world, job);

  reel_engine_load_events_async (world->fixture.engine, job, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  events = reel_engine_load_events_finish (world->fixture.engine, result, NULL);
  g_assert_nonnull (events);
  for (guint i = 0; i < events->len; i++) {
    const ReelJobEvent *event = events->pdata[i];

    if (!g_str_equal (event->kind, "webhook"))
      continue;
    n++;
    g_assert_true (g_str_has_prefix (body, event->text));
    g_assert_cmpuint (strlen (event->text), ==, 4096);
  }
  g_assert_cmpuint (n, ==, 1);
}

/* The webhook is faster than the answer. The answer is the better proof, and the hint is followed after it. */
static void
test_before_the_answer (World *world, gconstpointer data)
{
  ReelFaultAnswer *answer = reel_script_add_accept (world->server, "req_1");
  ReelJob *job;

  reel_fault_answer_set_hold (answer);
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  reel_script_add_status (world->server, "req_2", "succeeded", "/v.mp4");
  start (world);
  job = submit (world);
  reel_test_wait (reel_script_count_posts (world->server) == 1);
  tell (world, job, "req_2", "succeeded");
  tell (world, job, "req_1", "succeeded");
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_SENDING);
  reel_fault_server_release (world->server);
  assert_saved (world, job);
  g_assert_cmpuint (reel_script_count_status (world->server, "req_2"), ==, 0);
}

/* The webhook is faster than the failure. */
static void
test_before_the_failure (World *world, gconstpointer data)
{
  ReelFaultAnswer *answer = reel_script_add_accept (world->server, "req_1");
  ReelJob *job;

  reel_fault_answer_set_hold (answer);
  reel_fault_answer_cut (answer, 5, REEL_FAULT_RESET);
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  start (world);
  job = submit (world);
  reel_test_wait (reel_script_count_posts (world->server) == 1);
  tell (world, job, "req_1", "succeeded");
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_SENDING);
  g_assert_cmpuint (reel_script_count_status (world->server, "req_1"), ==, 0);
  reel_fault_server_release (world->server);
  assert_saved (world, job);
}

static void
test_declared_lost (World *world, gconstpointer data)
{
  ReelJob *job;

  start (world);
  job = submit_and_lose (world);
  g_assert_true (reel_engine_declare_lost (world->fixture.engine, job));
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_LOST);
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  tell (world, job, "req_1", "succeeded");
  assert_saved (world, job);
}

/* The service had forgotten the job, and knows it again. */
static void
test_lost (World *world, gconstpointer data)
{
  ReelJobRecord *lost = reel_engine_fixture_make_record (&world->fixture, "lost", "req_1");
  ReelJob *job;

  start (world);
  reel_engine_fixture_stop (&world->fixture);
  g_set_str (&lost->account_id, world->account_id);
  lost->status = REEL_SERVICE_LOST;
  lost->webhook_token = g_strdup (TOKEN);
  reel_engine_fixture_write (&world->fixture, lost);
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  start (world);
  job = reel_engine_fixture_get_job (&world->fixture, 0);
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_LOST);
  tell (world, job, "req_1", "succeeded");
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);
}

/* A proxy said no, and the service had said yes. */
static void
test_refused_by_a_proxy (World *world, gconstpointer data)
{
  ReelJob *job;

  reel_fault_server_add (world->server, "POST", REEL_SCRIPT_GENERATIONS, 403, "<html>Forbidden</html>");
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  start (world);
  job = submit (world);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_FAILED);
  tell (world, job, "req_1", "succeeded");
  assert_saved (world, job);
}

static ReelJobRecord *
make_unsent (World *world, const char *id, ReelSubmission submission, const char *token)
{
  ReelJobRecord *record = reel_engine_fixture_make_record (&world->fixture, id, NULL);

  g_set_str (&record->account_id, world->account_id);
  record->submission = submission;
  record->status = REEL_SERVICE_NONE;
  record->sent_at = record->accepted_at = 0;
  record->webhook_token = g_strdup (token);

  return record;
}

/* What never left has no webhook, whoever may know its token. */
static void
test_never_left (World *world, gconstpointer data)
{
  ReelJobList *jobs;

  start (world);
  reel_engine_fixture_stop (&world->fixture);
  reel_engine_fixture_write (&world->fixture, make_unsent (world, "held", REEL_SUBMISSION_RECORDED, TOKEN));
  reel_engine_fixture_write (&world->fixture, make_unsent (world, "withdrawn", REEL_SUBMISSION_REJECTED, OTHER_TOKEN));
  start (world);
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  jobs = reel_engine_get_jobs (world->fixture.engine);
  tell (world, reel_job_list_lookup (jobs, "held"), "req_1", "succeeded");
  tell (world, reel_job_list_lookup (jobs, "withdrawn"), "req_1", "succeeded");
  ask_something_else (world);
  g_assert_cmpuint (reel_script_count_status (world->server, "req_1"), ==, 0);
  g_assert_cmpint (reel_job_get_state (reel_job_list_lookup (jobs, "held")), ==, REEL_JOB_HELD);
  g_assert_cmpint (reel_job_get_state (reel_job_list_lookup (jobs, "withdrawn")), ==, REEL_JOB_FAILED);
}

/* The service cannot be asked at first: the claim waits. */
static void
test_asked_again (World *world, gconstpointer data)
{
  ReelJob *job;

  world->fixture.poll_interval = 20;
  start (world);
  job = submit_and_lose (world);
  reel_fault_answer_fail_before (reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4"),
                                 REEL_FAULT_RESET);
  reel_script_add_error (world->server, "GET", REEL_SCRIPT_GENERATIONS "/req_1", 500, "internal_error", "Later");
  reel_script_add_error (world->server, "GET", REEL_SCRIPT_GENERATIONS "/req_1", 429, "rate_limited", "Later");
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  tell (world, job, "req_1", "succeeded");
  assert_saved (world, job);
}

/* The key is not accepted: the claim waits for another one. */
static void
test_another_key (World *world, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ReelAccount) account = NULL;
  ReelJob *job;

  world->fixture.poll_interval = 20;
  start (world);
  job = submit_and_lose (world);
  reel_script_add_error (world->server, "GET", REEL_SCRIPT_GENERATIONS "/req_1", 401, "unauthorized", "No");
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  tell (world, job, "req_1", "succeeded");
  reel_test_wait (reel_script_count_status (world->server, "req_1") == 1);
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_UNKNOWN);
  reel_engine_save_account_async (world->fixture.engine, get_account (world), "Mine",
                                  reel_fault_server_get_base_url (world->server), "sd2_live_other",
                                  reel_test_store_result, &result);
  assert_saved (world, job);
  g_assert_cmpuint (reel_script_count_status (world->server, "req_1"), ==, 2);
  account = reel_engine_save_account_finish (world->fixture.engine, result, NULL);
}

/* Whoever learns a token does not use up the requests of all jobs. */
static void
test_bounded (World *world, gconstpointer data)
{
  ReelJob *job;

  reel_script_add_accept (world->server, "req_1");
  reel_script_add_status (world->server, "req_1", "processing", NULL);
  start (world);
  job = submit (world);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_WAITING);
  for (guint i = 0; i < 20; i++) {
    g_autofree char *status = g_strdup_printf ("processing-%u", i);
    guint n = reel_script_count_status (world->server, "req_1");

    tell (world, job, "req_1", status);
    if (i < 3)
      reel_test_wait (reel_script_count_status (world->server, "req_1") > n);
  }
  reel_engine_fixture_stop (&world->fixture);
  g_assert_cmpuint (reel_script_count_status (world->server, "req_1"), <=, 6);
}

/* The token is on the disk before the request leaves, and a later run knows it. */
static void
test_token_first (World *world, gconstpointer data)
{
  ReelFaultAnswer *answer = reel_script_add_accept (world->server, "req_1");
  g_autofree char *token = NULL, *body = NULL, *wanted = NULL;
  g_autoptr (ReelRequest) again = NULL;
  ReelJob *job;

  reel_fault_answer_fail_before (answer, REEL_FAULT_STALL);
  start (world);
  job = submit (world);
  reel_test_wait (reel_script_count_posts (world->server) == 1);
  token = peek_token (world);
  g_assert_nonnull (token);
  g_assert_cmpuint (strlen (token), ==, REEL_WEBHOOK_TOKEN_LENGTH);
  body = get_sent_body (world);
  wanted = g_strdup_printf ("\"webhookUrl\":\"" PUBLIC "/webhooks/%s\"", token);
  g_assert_nonnull (strstr (body, wanted));
  /* It is not as if somebody had typed that address. */
  g_assert_null (reel_job_get_record (job)->webhook_url);
  again = reel_job_record_to_request (reel_job_get_record (job));
  g_assert_null (reel_request_get_webhook_url (again));
  reel_engine_fixture_stop (&world->fixture);

  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  start (world);
  job = reel_engine_fixture_get_job (&world->fixture, 0);
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_UNKNOWN);
  g_assert_cmpstr (reel_job_get_record (job)->webhook_token, ==, token);
  tell (world, job, "req_1", "succeeded");
  assert_saved (world, job);
}

/* An address that a person typed is sent as typed. */
static void
test_typed (World *world, gconstpointer data)
{
  g_autoptr (ReelRequest) request = g_object_new (REEL_TYPE_REQUEST, "model", "seedance-2.0", "prompt", "A paper boat",
                                                  "webhook-url", "https://typed.example/Hook?a=1&b=%20", NULL);
  g_autofree char *body = NULL;
  ReelJob *job;

  reel_script_add_accept (world->server, "req_1");
  start (world);
  job = reel_engine_submit (world->fixture.engine, request);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_WAITING);
  body = get_sent_body (world);
  g_assert_nonnull (strstr (body, "\"webhookUrl\":\"https://typed.example/Hook?a=1&b=%20\""));
  g_assert_null (reel_job_get_record (job)->webhook_token);
  g_assert_cmpstr (reel_job_get_record (job)->webhook_url, ==, "https://typed.example/Hook?a=1&b=%20");
}

static void
assert_asks_for_none (World *world)
{
  g_autofree char *body = NULL;
  ReelJob *job;

  reel_script_add_accept (world->server, "req_1");
  job = submit (world);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_WAITING);
  body = get_sent_body (world);
  g_assert_null (strstr (body, "webhookUrl"));
  g_assert_null (reel_job_get_record (job)->webhook_token);
}

static void
test_off (World *world, gconstpointer data)
{
  start (world);
  g_assert_true (save_webhooks (world, get_account (world), NULL, world->port, NULL, NULL));
  g_assert_cmpint (reel_account_get_webhook_state (get_account (world)), ==, REEL_ACCOUNT_WEBHOOKS_OFF);
  g_assert_cmpuint (tell_token (world, TOKEN, "req_1", "succeeded"), ==, 0);
  assert_asks_for_none (world);
}

/* Another program has the port: it is said, jobs ask for no webhook, and everything else goes on. */
static void
test_port_in_use (World *world, gconstpointer data)
{
  g_autoptr (GSocket) taken = NULL;
  guint16 port;

  taken = reel_webhook_client_reserve_port (&port);
  g_assert_true (g_socket_listen (taken, NULL));
  start (world);
  g_assert_true (save_webhooks (world, get_account (world), PUBLIC, port, NULL, NULL));
  g_assert_cmpint (reel_account_get_webhook_state (get_account (world)), ==, REEL_ACCOUNT_WEBHOOKS_PORT_IN_USE);
  assert_asks_for_none (world);

  /* Another one is free. */
  g_assert_true (save_webhooks (world, get_account (world), PUBLIC, world->port, NULL, NULL));
  g_assert_cmpint (reel_account_get_webhook_state (get_account (world)), ==, REEL_ACCOUNT_WEBHOOKS_LISTENING);
  g_assert_cmpuint (tell_token (world, TOKEN, "req_1", "succeeded"), ==, 200);
}

/* The secret is gone with the run: nothing is taken unchecked meanwhile. */
static void
test_secret_missing (World *world, gconstpointer data)
{
  ReelAccount *account;

  start (world);
  reel_engine_fixture_stop (&world->fixture);
  reel_engine_fixture_start (&world->fixture);
  account = get_account (world);
  g_assert_cmpint (reel_account_get_webhook_state (account), ==, REEL_ACCOUNT_WEBHOOKS_NO_SECRET);
  reel_test_wait (reel_account_get_webhook_secret_state (account) == REEL_ACCOUNT_KEY_MISSING);
  g_assert_cmpstr (reel_account_get_webhook_url (account), ==, PUBLIC);
  g_assert_cmpuint (reel_account_get_webhook_port (account), ==, world->port);
  g_assert_cmpuint (tell_token (world, TOKEN, "req_1", "succeeded"), ==, 0);
  g_assert_true (save_webhooks (world, account, PUBLIC, world->port, SECRET, NULL));
  g_assert_cmpint (reel_account_get_webhook_state (account), ==, REEL_ACCOUNT_WEBHOOKS_LISTENING);
  g_assert_cmpint (reel_account_get_webhook_secret_state (account), ==, REEL_ACCOUNT_KEY_THIS_RUN);
}

static void
test_removed (World *world, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  start (world);
  reel_engine_remove_account_async (world->fixture.engine, get_account (world), reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  g_assert_cmpuint (tell_token (world, TOKEN, "req_1", "succeeded"), ==, 0);
}

static void
test_invalid (World *world, gconstpointer data)
{
  static const struct
  {
    const char *url;
    guint port;
  } cases[] = {
      {"http://hooks.example.com", 8765},
      {"https://localhost", 8765},
      {"https://192.168.0.7", 8765},
      {"https://printer.local", 8765},
      {"hooks.example.com", 8765},
      {"https://me:pass@hooks.example.com", 8765},
      {"", 8765},
      {PUBLIC "/?a=1", 8765},
      {PUBLIC "#a", 8765},
      {PUBLIC, 80},
      {PUBLIC, 0},
      {PUBLIC, 1023},
      {PUBLIC, 65536},
  };
  g_autoptr (ReelAccount) sandbox = NULL;
  g_autoptr (GError) refused = NULL;

  start (world);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (save_webhooks (world, get_account (world), cases[i].url, cases[i].port, NULL, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  }
  sandbox = g_list_model_get_item (reel_engine_get_accounts (world->fixture.engine), 0);
  g_assert_false (save_webhooks (world, sandbox, PUBLIC, 8765, NULL, &refused));
  g_assert_error (refused, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_cmpint (reel_account_get_webhook_state (get_account (world)), ==, REEL_ACCOUNT_WEBHOOKS_LISTENING);
  g_assert_cmpstr (reel_account_get_webhook_url (get_account (world)), ==, PUBLIC);
}

/* A new name, base URL or key of the account leaves its receiver as it is. */
static void
test_account_saved (World *world, gconstpointer data)
{
  start (world);
  save_account (world, get_account (world), "Renamed");
  g_assert_cmpint (reel_account_get_webhook_state (get_account (world)), ==, REEL_ACCOUNT_WEBHOOKS_LISTENING);
  reel_engine_fixture_stop (&world->fixture);
  reel_engine_fixture_start (&world->fixture);
  g_assert_cmpstr (reel_account_get_webhook_url (get_account (world)), ==, PUBLIC);
  g_assert_true (reel_account_get_webhook_signed (get_account (world)));
}

static void
assert_file_without (const char *path, const char *text)
{
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_null (g_strstr_len (contents, length, text));
}

/* Neither the key nor the secret is in a file, whatever was sent and received. */
static void
test_no_file_has_it (World *world, gconstpointer data)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;
  guint n = 0;
  ReelJob *job;

  start (world);
  job = submit_and_lose (world);
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  tell (world, job, "req_1", "succeeded");
  assert_saved (world, job);

  folder = g_dir_open (world->fixture.folder, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename (world->fixture.folder, name, NULL);

    if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
      continue;
    assert_file_without (path, SECRET);
    assert_file_without (path, KEY);
    n++;
  }
  g_assert_cmpuint (n, >=, 1);
  reel_engine_fixture_stop (&world->fixture);
  assert_file_without (world->fixture.store_path, SECRET);
  assert_file_without (world->fixture.store_path, KEY);
}

int
main (int argc, char **argv)
{
  /* No Secret Service, and no bus that one could be looked for on. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, function) g_test_add ("/engine/webhooks/" path, World, NULL, set_up, function, tear_down)
  ADD ("polled-at-once", test_polled_at_once);
  ADD ("not-believed", test_not_believed);
  ADD ("answer-lost", test_answer_lost);
  ADD ("followed", test_followed);
  ADD ("forged", test_forged);
  ADD ("strangers", test_strangers);
  ADD ("unsigned", test_unsigned);
  ADD ("other-words", test_other_words);
  ADD ("kept", test_kept);
  ADD ("before-the-answer", test_before_the_answer);
  ADD ("before-the-failure", test_before_the_failure);
  ADD ("declared-lost", test_declared_lost);
  ADD ("lost", test_lost);
  ADD ("refused-by-a-proxy", test_refused_by_a_proxy);
  ADD ("never-left", test_never_left);
  ADD ("asked-again", test_asked_again);
  ADD ("another-key", test_another_key);
  ADD ("bounded", test_bounded);
  ADD ("token-first", test_token_first);
  ADD ("typed", test_typed);
  ADD ("off", test_off);
  ADD ("port-in-use", test_port_in_use);
  ADD ("secret-missing", test_secret_missing);
  ADD ("removed", test_removed);
  ADD ("invalid", test_invalid);
  ADD ("account-saved", test_account_saved);
  ADD ("no-file-has-it", test_no_file_has_it);
#undef ADD

  return g_test_run ();
}
