#include "config.h"

#include "reel-webhook-world.h"

#include "reel-box-probe.h"
#include "reel-service-script.h"
#include "reel-test.h"
#include "reel-webhook-client.h"

#define SLOW 600000 /* milliseconds */

void
reel_webhook_world_set_up (ReelWebhookWorld *world, gconstpointer data)
{
  reel_engine_fixture_init (&world->fixture);
  world->fixture.poll_interval = SLOW;
  world->server = reel_fault_server_new (NULL);
  world->video = reel_box_probe_make_video (1000);
  world->reserved = reel_webhook_client_reserve_port (&world->port);
  reel_script_add_models (world->server);
  reel_script_add_file (world->server, "/v.mp4", world->video);
}

void
reel_webhook_world_tear_down (ReelWebhookWorld *world, gconstpointer data)
{
  reel_engine_fixture_clear (&world->fixture);
  g_assert_cmpuint (reel_script_count_posts (world->server), <=, 1);
  g_object_unref (world->server);
  g_object_unref (world->reserved);
  g_bytes_unref (world->video);
  g_free (world->account_id);
}

ReelAccount *
reel_webhook_world_save_account (ReelWebhookWorld *world, ReelAccount *account, const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ReelAccount) saved = NULL;
  g_autoptr (GError) error = NULL;

  reel_engine_save_account_async (world->fixture.engine, account, name, reel_fault_server_get_base_url (world->server),
                                  NULL, REEL_WEBHOOK_WORLD_KEY, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  saved = reel_engine_save_account_finish (world->fixture.engine, result, &error);
  g_assert_no_error (error);

  return saved; /* the engine keeps it */
}

gboolean
reel_webhook_world_save_webhooks (ReelWebhookWorld *world,
                                  ReelAccount *account,
                                  const char *url,
                                  guint port,
                                  const char *secret,
                                  GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reel_engine_save_webhooks_async (world->fixture.engine, account, url, port, secret, reel_test_store_result, &result);
  reel_test_wait (result != NULL);

  return reel_engine_save_webhooks_finish (world->fixture.engine, result, error);
}

ReelAccount *
reel_webhook_world_find_account (ReelWebhookWorld *world, const char *id)
{
  GListModel *accounts = reel_engine_get_accounts (world->fixture.engine);

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++) {
    g_autoptr (ReelAccount) account = g_list_model_get_item (accounts, i);

    if (g_strcmp0 (reel_account_get_id (account), id) == 0)
      return account; /* the engine keeps it */
  }

  g_assert_not_reached ();
}

ReelAccount *
reel_webhook_world_get_account (ReelWebhookWorld *world)
{
  return reel_webhook_world_find_account (world, world->account_id);
}

void
reel_webhook_world_start (ReelWebhookWorld *world)
{
  g_autoptr (GError) error = NULL;
  ReelAccount *account;

  reel_engine_fixture_start (&world->fixture);
  account = reel_webhook_world_save_account (
      world, world->account_id != NULL ? reel_webhook_world_get_account (world) : NULL, "Mine");
  g_set_str (&world->account_id, reel_account_get_id (account));
  reel_engine_set_account (world->fixture.engine, account);
  reel_test_wait (reel_engine_get_catalogue (world->fixture.engine) != NULL);
  g_assert_true (reel_webhook_world_save_webhooks (world, account, REEL_WEBHOOK_WORLD_PUBLIC, world->port,
                                                   REEL_WEBHOOK_WORLD_SECRET, &error));
  g_assert_no_error (error);
  g_assert_cmpint (reel_account_get_webhook_state (account), ==, REEL_ACCOUNT_WEBHOOKS_LISTENING);
}

ReelJob *
reel_webhook_world_submit (ReelWebhookWorld *world)
{
  return reel_engine_fixture_submit (&world->fixture, "A paper boat");
}

ReelJob *
reel_webhook_world_submit_and_lose (ReelWebhookWorld *world)
{
  ReelFaultAnswer *answer = reel_script_add_accept (world->server, "req_1");
  ReelJob *job;

  reel_fault_answer_fail_before (answer, REEL_FAULT_CLOSE);
  job = reel_webhook_world_submit (world);
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_UNKNOWN);

  return job;
}

guint
reel_webhook_world_tell_token (ReelWebhookWorld *world, const char *token, const char *request_id, const char *status)
{
  g_autofree char *body = reel_webhook_client_make_body (request_id, status);

  return reel_webhook_client_send (world->port, token, REEL_WEBHOOK_WORLD_SECRET, body);
}

void
reel_webhook_world_tell (ReelWebhookWorld *world, ReelJob *job, const char *request_id, const char *status)
{
  g_assert_nonnull (reel_job_get_record (job)->webhook_token);
  g_assert_cmpuint (reel_webhook_world_tell_token (world, reel_job_get_record (job)->webhook_token, request_id, status),
                    ==, 200);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
reel_webhook_world_assert_saved (ReelWebhookWorld *world, ReelJob *job)
{
  reel_test_wait (reel_job_get_state (job) == REEL_JOB_READY);
  g_assert_cmpstr (reel_job_get_record (job)->request_id, ==, "req_1");
  g_assert_cmpuint (reel_script_count_posts (world->server), ==, 1);
  /* The address of the video is the service's own, not that of the webhook. */
  g_assert_true (
      g_str_has_prefix (reel_job_get_record (job)->output_url, reel_fault_server_get_base_url (world->server)));
}

char *
reel_webhook_world_get_sent_body (ReelWebhookWorld *world)
{
  const ReelFaultRequest *request = reel_fault_server_get_request (world->server, "POST", REEL_SCRIPT_GENERATIONS, 0);

  return g_strndup (g_bytes_get_data (request->body, NULL), g_bytes_get_size (request->body));
}
