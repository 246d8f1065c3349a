#include "config.h"

#include "reel-service-script.h"
#include "reel-test.h"
#include "reel-webhook-client.h"
#include "reel-webhook-world.h"

#include <string.h>

/* What webhooks lead to. */

/* Asks the service something else, and waits for its answer: what was to be asked before that has been asked. */
static void
ask_something_else (ReelWebhookWorld *world)
{
  reel_engine_refresh_catalogue (world->fixture.engine);
  reel_test_wait (!reel_engine_get_catalogue_loading (world->fixture.engine));
}

/* An accepted job is asked about when its webhook comes, and not an interval later. */
static void
test_polled_at_once (ReelWebhookWorld *world, gconstpointer data)
{
  ReelJob *job;

  reel_script_add_accept (world->server, "req_1");
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  reel_webhook_world_start (world);
  job = reel_webhook_world_submit (world);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_WAITING);
  g_assert_cmpuint (reel_script_count_status (world->server, "req_1"), ==, 0);

  /* One that names another job of the service is not about this one. */
  reel_webhook_world_tell (world, job, "req_2", "succeeded");
  ask_something_else (world);
  g_assert_cmpuint (reel_script_count_status (world->server, "req_1"), ==, 0);
  reel_webhook_world_tell (world, job, "req_1", "succeeded");
  reel_webhook_world_assert_saved (world, job);
  g_assert_cmpuint (reel_script_count_status (world->server, "req_1"), ==, 1);
  g_assert_cmpuint (reel_script_count_status (world->server, "req_2"), ==, 0);
}

/* What the webhook says is not believed: the service is asked, and says something else. */
static void
test_not_believed (ReelWebhookWorld *world, gconstpointer data)
{
  ReelJob *job;

  reel_script_add_accept (world->server, "req_1");
  reel_script_add_status (world->server, "req_1", "processing", NULL);
  reel_webhook_world_start (world);
  job = reel_webhook_world_submit (world);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_WAITING);
  reel_webhook_world_tell (world, job, "req_1", "succeeded");
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_GENERATING);
  g_assert_null (reel_job_get_record (job)->output_url);
}

/* The answer is lost, the webhook comes: the job is found again and saved, by one POST. */
static void
test_answer_lost (ReelWebhookWorld *world, gconstpointer data)
{
  ReelJob *job;

  reel_webhook_world_start (world);
  job = reel_webhook_world_submit_and_lose (world);
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  reel_webhook_world_tell (world, job, "req_1", "succeeded");
  reel_webhook_world_assert_saved (world, job);
  g_assert_null (reel_job_get_record (job)->error_code);
}

/* A video that is not ready yet is followed like any other. */
static void
test_followed (ReelWebhookWorld *world, gconstpointer data)
{
  ReelJob *job;

  world->fixture.poll_interval = 20;
  reel_webhook_world_start (world);
  job = reel_webhook_world_submit_and_lose (world);
  reel_script_add_status (world->server, "req_1", "queued", NULL);
  reel_script_add_status (world->server, "req_1", "processing", NULL);
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  reel_webhook_world_tell (world, job, "req_1", "processing");
  reel_webhook_world_assert_saved (world, job);
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
test_forged (ReelWebhookWorld *world, gconstpointer data)
{
  ReelJobRecord *other = reel_engine_fixture_make_record (&world->fixture, "other", "req_other");
  g_autoptr (ReelJobRecord) before = NULL;
  ReelJob *job;

  other->status = REEL_SERVICE_CANCELLED;
  reel_engine_fixture_write (&world->fixture, other);
  reel_webhook_world_start (world);
  job = reel_webhook_world_submit_and_lose (world);
  before = reel_job_record_copy (reel_job_get_record (job));
  reel_script_add_error (world->server, "GET", REEL_SCRIPT_GENERATIONS "/req_forged", 404, "not_found",
                         "Job not found");
  reel_script_add_status (world->server, "req_other", "succeeded", "/v.mp4");

  reel_webhook_world_tell (world, job, "req_forged", "succeeded");
  reel_test_wait (reel_script_count_status (world->server, "req_forged") == 1);
  reel_webhook_world_tell (world, job, "req_other", "succeeded");
  reel_engine_fixture_stop (&world->fixture);
  g_assert_cmpuint (reel_script_count_status (world->server, "req_other"), ==, 0);

  reel_webhook_world_start (world);
  job = reel_engine_fixture_get_job (&world->fixture, 0);
  assert_unchanged (job, before);
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  reel_webhook_world_tell (world, job, "req_1", "succeeded");
  reel_webhook_world_assert_saved (world, job);
}

/* Not signed, signed by somebody else, to no job's address, to the address of another account's job: nothing. */
static void
test_strangers (ReelWebhookWorld *world, gconstpointer data)
{
  ReelJobRecord *foreign = reel_engine_fixture_make_record (&world->fixture, "foreign", NULL);
  g_autofree char *body = reel_webhook_client_make_body ("req_1", "succeeded");
  g_autofree char *token = NULL, *other_id = NULL;
  g_autoptr (ReelJobRecord) before = NULL;
  ReelJob *job;

  reel_webhook_world_start (world);
  g_set_str (&foreign->account_id, reel_account_get_id (reel_webhook_world_save_account (world, NULL, "Other")));
  reel_engine_fixture_stop (&world->fixture);
  foreign->submission = REEL_SUBMISSION_UNKNOWN;
  foreign->status = REEL_SERVICE_NONE;
  foreign->webhook_token = g_strdup (REEL_WEBHOOK_WORLD_TOKEN);
  other_id = g_strdup (foreign->account_id);
  reel_engine_fixture_write (&world->fixture, foreign);
  reel_webhook_world_start (world);
  reel_webhook_world_save_account (world, reel_webhook_world_find_account (world, other_id), "Other");
  job = reel_webhook_world_submit_and_lose (world);
  before = reel_job_record_copy (reel_job_get_record (job));
  token = g_strdup (before->webhook_token);
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");

  g_assert_cmpuint (reel_webhook_client_send (world->port, token, NULL, body), ==, 401);
  g_assert_cmpuint (reel_webhook_client_send (world->port, token, "whsec_other", body), ==, 401);
  g_assert_cmpuint (reel_webhook_world_tell_token (world, REEL_WEBHOOK_WORLD_TOKEN, "req_1", "succeeded"), ==, 200);
  token[0] = token[0] == '0' ? '1' : '0';
  g_assert_cmpuint (reel_webhook_world_tell_token (world, token, "req_1", "succeeded"), ==, 200);
  reel_webhook_world_tell (world, job, "req_2", "succeeded");
  reel_test_wait (reel_script_count_status (world->server, "req_2") == 1);
  g_assert_cmpuint (reel_script_count_status (world->server, "req_1"), ==, 0);
  assert_unchanged (job, before);
  g_assert_cmpint (reel_job_get_state (reel_engine_fixture_find_job (&world->fixture, "foreign")), ==,
                   REEL_JOB_UNKNOWN);
}

/* The service's answer about a job, with a prompt. */
static void
add_words (ReelWebhookWorld *world, const char *request_id, const char *status, const char *prompt)
{
  g_autofree char *path = g_strconcat (REEL_SCRIPT_GENERATIONS "/", request_id, NULL);
  g_autofree char *body = g_strdup_printf (
      "{\"success\":true,\"requestId\":\"%s\",\"status\":\"%s\",\"prompt\":\"%s\"}", request_id, status, prompt);

  reel_fault_server_add (world->server, "GET", path, 200, body);
}

static void
tell_unsigned (ReelWebhookWorld *world, ReelJob *job, const char *request_id)
{
  g_autofree char *body = reel_webhook_client_make_body (request_id, "succeeded");

  g_assert_cmpuint (reel_webhook_client_send (world->port, reel_job_get_record (job)->webhook_token, NULL, body), ==,
                    200);
}

/* With no secret a webhook is a hint all the same: the service's answer is what counts, and a job of another prompt is not this
 * one. */
static void
test_unsigned (ReelWebhookWorld *world, gconstpointer data)
{
  g_autoptr (ReelJobRecord) before = NULL;
  ReelJob *job;

  reel_webhook_world_start (world);
  g_assert_true (reel_webhook_world_save_webhooks (world, reel_webhook_world_get_account (world),
                                                   REEL_WEBHOOK_WORLD_PUBLIC, world->port, "", NULL));
  g_assert_false (reel_account_get_webhook_signed (reel_webhook_world_get_account (world)));
  job = reel_webhook_world_submit_and_lose (world);
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
test_other_words (ReelWebhookWorld *world, gconstpointer data)
{
  ReelJob *job;

  reel_webhook_world_start (world);
  job = reel_webhook_world_submit_and_lose (world);
  add_words (world, "req_1", "processing", " A paper boat.");
  reel_webhook_world_tell (world, job, "req_1", "processing");
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_GENERATING);
  g_assert_cmpstr (reel_job_get_record (job)->prompt, ==, "A paper boat");
}

/* What a webhook said is kept with its job; of 60 KB, the beginning. */
static void
test_kept (ReelWebhookWorld *world, gconstpointer data)
{
  g_autofree char *padding = g_strnfill (60000, 'x');
  g_autofree char *body =
      g_strdup_printf ("{\"requestId\":\"req_1\",\"status\":\"succeeded\",\"padding\":\"%s\"}", padding);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) events = NULL;
  guint n = 0;
  ReelJob *job;

  reel_webhook_world_start (world);
  job = reel_webhook_world_submit_and_lose (world);
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  g_assert_cmpuint (
      reel_webhook_client_send (world->port, reel_job_get_record (job)->webhook_token, REEL_WEBHOOK_WORLD_SECRET, body),
      ==, 200);
  reel_webhook_world_assert_saved (world, job);

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
test_before_the_answer (ReelWebhookWorld *world, gconstpointer data)
{
  ReelFaultAnswer *answer = reel_script_add_accept (world->server, "req_1");
  ReelJob *job;

  reel_fault_answer_set_hold (answer);
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  reel_script_add_status (world->server, "req_2", "succeeded", "/v.mp4");
  reel_webhook_world_start (world);
  job = reel_webhook_world_submit (world);
  reel_test_wait (reel_script_count_posts (world->server) == 1);
  reel_webhook_world_tell (world, job, "req_2", "succeeded");
  reel_webhook_world_tell (world, job, "req_1", "succeeded");
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_SENDING);
  reel_fault_server_release (world->server);
  reel_webhook_world_assert_saved (world, job);
  g_assert_cmpuint (reel_script_count_status (world->server, "req_2"), ==, 0);
}

/* The webhook is faster than the failure. */
static void
test_before_the_failure (ReelWebhookWorld *world, gconstpointer data)
{
  ReelFaultAnswer *answer = reel_script_add_accept (world->server, "req_1");
  ReelJob *job;

  reel_fault_answer_set_hold (answer);
  reel_fault_answer_cut (answer, 5, REEL_FAULT_RESET);
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  reel_webhook_world_start (world);
  job = reel_webhook_world_submit (world);
  reel_test_wait (reel_script_count_posts (world->server) == 1);
  reel_webhook_world_tell (world, job, "req_1", "succeeded");
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_SENDING);
  g_assert_cmpuint (reel_script_count_status (world->server, "req_1"), ==, 0);
  reel_fault_server_release (world->server);
  reel_webhook_world_assert_saved (world, job);
}

static void
test_declared_lost (ReelWebhookWorld *world, gconstpointer data)
{
  ReelJob *job;

  reel_webhook_world_start (world);
  job = reel_webhook_world_submit_and_lose (world);
  g_assert_true (reel_engine_declare_lost (world->fixture.engine, job));
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_LOST);
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  reel_webhook_world_tell (world, job, "req_1", "succeeded");
  reel_webhook_world_assert_saved (world, job);
}

/* The service had forgotten the job, and knows it again. */
static void
test_lost (ReelWebhookWorld *world, gconstpointer data)
{
  ReelJobRecord *lost = reel_engine_fixture_make_record (&world->fixture, "lost", "req_1");
  ReelJob *job;

  reel_webhook_world_start (world);
  reel_engine_fixture_stop (&world->fixture);
  g_set_str (&lost->account_id, world->account_id);
  lost->status = REEL_SERVICE_LOST;
  lost->webhook_token = g_strdup (REEL_WEBHOOK_WORLD_TOKEN);
  reel_engine_fixture_write (&world->fixture, lost);
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  reel_webhook_world_start (world);
  job = reel_engine_fixture_get_job (&world->fixture, 0);
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_LOST);
  reel_webhook_world_tell (world, job, "req_1", "succeeded");
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);
}

/* A proxy said no, and the service had said yes. */
static void
test_refused_by_a_proxy (ReelWebhookWorld *world, gconstpointer data)
{
  ReelJob *job;

  reel_fault_server_add (world->server, "POST", REEL_SCRIPT_GENERATIONS, 403, "<html>Forbidden</html>");
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  reel_webhook_world_start (world);
  job = reel_webhook_world_submit (world);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_FAILED);
  reel_webhook_world_tell (world, job, "req_1", "succeeded");
  reel_webhook_world_assert_saved (world, job);
}

static ReelJobRecord *
make_unsent (ReelWebhookWorld *world, const char *id, ReelSubmission submission, const char *token)
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
test_never_left (ReelWebhookWorld *world, gconstpointer data)
{
  reel_webhook_world_start (world);
  reel_engine_fixture_stop (&world->fixture);
  reel_engine_fixture_write (&world->fixture,
                             make_unsent (world, "held", REEL_SUBMISSION_RECORDED, REEL_WEBHOOK_WORLD_TOKEN));
  reel_engine_fixture_write (
      &world->fixture, make_unsent (world, "withdrawn", REEL_SUBMISSION_REJECTED, REEL_WEBHOOK_WORLD_OTHER_TOKEN));
  reel_webhook_world_start (world);
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  reel_webhook_world_tell (world, reel_engine_fixture_find_job (&world->fixture, "held"), "req_1", "succeeded");
  reel_webhook_world_tell (world, reel_engine_fixture_find_job (&world->fixture, "withdrawn"), "req_1", "succeeded");
  ask_something_else (world);
  g_assert_cmpuint (reel_script_count_status (world->server, "req_1"), ==, 0);
  g_assert_cmpint (reel_job_get_state (reel_engine_fixture_find_job (&world->fixture, "held")), ==, REEL_JOB_HELD);
  g_assert_cmpint (reel_job_get_state (reel_engine_fixture_find_job (&world->fixture, "withdrawn")), ==,
                   REEL_JOB_FAILED);
}

/* The service cannot be asked at first: the claim waits. */
static void
test_asked_again (ReelWebhookWorld *world, gconstpointer data)
{
  ReelJob *job;

  world->fixture.poll_interval = 20;
  reel_webhook_world_start (world);
  job = reel_webhook_world_submit_and_lose (world);
  reel_fault_answer_fail_before (reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4"),
                                 REEL_FAULT_RESET);
  reel_script_add_error (world->server, "GET", REEL_SCRIPT_GENERATIONS "/req_1", 500, "internal_error", "Later");
  reel_script_add_error (world->server, "GET", REEL_SCRIPT_GENERATIONS "/req_1", 429, "rate_limited", "Later");
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  reel_webhook_world_tell (world, job, "req_1", "succeeded");
  reel_webhook_world_assert_saved (world, job);
}

/* The key is not accepted: the claim waits for another one. */
static void
test_another_key (ReelWebhookWorld *world, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ReelAccount) account = NULL;
  ReelJob *job;

  world->fixture.poll_interval = 20;
  reel_webhook_world_start (world);
  job = reel_webhook_world_submit_and_lose (world);
  reel_script_add_error (world->server, "GET", REEL_SCRIPT_GENERATIONS "/req_1", 401, "unauthorized", "No");
  reel_script_add_status (world->server, "req_1", "succeeded", "/v.mp4");
  reel_webhook_world_tell (world, job, "req_1", "succeeded");
  reel_test_wait (reel_script_count_status (world->server, "req_1") == 1);
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_UNKNOWN);
  reel_engine_save_account_async (world->fixture.engine, reel_webhook_world_get_account (world), "Mine",
                                  reel_fault_server_get_base_url (world->server), NULL, "sd2_live_other",
                                  reel_test_store_result, &result);
  reel_webhook_world_assert_saved (world, job);
  g_assert_cmpuint (reel_script_count_status (world->server, "req_1"), ==, 2);
  account = reel_engine_save_account_finish (world->fixture.engine, result, NULL);
}

/* Whoever learns a token does not use up the requests of all jobs. */
static void
test_bounded (ReelWebhookWorld *world, gconstpointer data)
{
  ReelJob *job;

  reel_script_add_accept (world->server, "req_1");
  reel_script_add_status (world->server, "req_1", "processing", NULL);
  reel_webhook_world_start (world);
  job = reel_webhook_world_submit (world);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_WAITING);
  for (guint i = 0; i < 20; i++) {
    g_autofree char *status = g_strdup_printf ("processing-%u", i);
    guint n = reel_script_count_status (world->server, "req_1");

    reel_webhook_world_tell (world, job, "req_1", status);
    if (i < 3)
      reel_test_wait (reel_script_count_status (world->server, "req_1") > n);
  }
  reel_engine_fixture_stop (&world->fixture);
  g_assert_cmpuint (reel_script_count_status (world->server, "req_1"), <=, 6);
}

int
main (int argc, char **argv)
{
  /* No Secret Service, and no bus that one could be looked for on. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, function)                                                                                            \
  g_test_add ("/engine/webhooks/" path, ReelWebhookWorld, NULL, reel_webhook_world_set_up, function,                   \
              reel_webhook_world_tear_down)
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
#undef ADD

  return g_test_run ();
}
