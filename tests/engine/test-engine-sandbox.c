#include "config.h"

#include "reel-engine-fixture.h"
#include "reel-gst-file-probe.h"
#include "reel-sandbox.h"
#include "reel-test.h"

#include <gst/gst.h>

/* The whole way with nothing replaced: the built-in service, real HTTP, real rendering, the real file probe. */

typedef struct
{
  ReelEngineFixture fixture;
  ReelSandbox *sandbox;
} World;

static void
set_up (World *world, gconstpointer data)
{
  g_autofree char *state = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  reel_engine_fixture_init (&world->fixture);
  state = g_build_filename (world->fixture.folder, "sandbox", NULL);
  world->sandbox = g_object_new (REEL_TYPE_SANDBOX, "state-dir", state, "speed", 0.0, NULL);
  reel_sandbox_add_key (world->sandbox, world->fixture.key, "test");
  reel_sandbox_start_async (world->sandbox, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  reel_sandbox_start_finish (world->sandbox, result, &error);
  g_assert_no_error (error);

  world->fixture.base_url = reel_sandbox_get_base_url (world->sandbox);
  world->fixture.probe = reel_gst_file_probe_new ();
}

static void
tear_down (World *world, gconstpointer data)
{
  reel_engine_fixture_clear (&world->fixture);
  reel_sandbox_stop (world->sandbox);
  g_clear_object (&world->sandbox);
}

/* The file says what it was made with. */
static void
check_settings (World *world, GFile *file)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ReelRequest) request = NULL;
  g_autoptr (GError) error = NULL;

  reel_engine_read_settings_async (world->fixture.engine, file, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  request = reel_engine_read_settings_finish (world->fixture.engine, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (reel_request_get_prompt (request), ==, "A paper boat/crosses a puddle");
  g_assert_cmpuint (reel_request_get_duration (request), ==, 4);
}

/* Another program, which knows nothing of us, reads it to its last frame without a word. */
static void
check_plays (GFile *file)
{
  const char *argv[] = {"ffprobe",
                        "-v",
                        "warning",
                        "-count_frames",
                        "-select_streams",
                        "v",
                        "-show_entries",
                        "stream=nb_read_frames",
                        "-of",
                        "csv=p=0",
                        g_file_peek_path (file),
                        NULL};
  g_autofree char *output = NULL, *errors = NULL;
  g_autoptr (GError) error = NULL;

  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, &errors, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (errors, ==, "");
  g_assert_cmpstr (output, ==, "96\n");
}

static void
test_prompt_to_file (World *world, gconstpointer data)
{
  ReelEngineFixture *fixture = &world->fixture;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autofree char *contents = NULL, *digest = NULL, *name = NULL;
  const ReelJobRecord *record;
  gsize length;
  ReelJob *job;

  reel_engine_fixture_start (fixture);
  reel_test_wait (reel_engine_get_catalogue (fixture->engine) != NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (reel_engine_get_catalogue (fixture->engine))), >, 0);

  job = reel_engine_fixture_submit (fixture, "A paper boat/crosses a puddle");
  g_assert_cmpint (reel_job_get_state (job), ==, REEL_JOB_SENDING);
  g_assert_true (job == reel_engine_fixture_get_job (fixture, 0));
  reel_test_wait_for (60, reel_job_get_state (job) == REEL_JOB_READY);

  record = reel_job_get_record (job);
  g_assert_cmpint (record->estimate, ==, 4 * 50000);
  g_assert_nonnull (record->credits_charged);
  g_assert_cmpint (record->created_at, <=, record->sent_at);
  g_assert_cmpint (record->sent_at, <=, record->accepted_at);
  g_assert_cmpint (record->accepted_at, <=, record->finished_at);
  g_assert_cmpint (record->finished_at, <=, record->saved_at);

  file = reel_job_dup_file (job);
  g_assert_true (g_file_has_parent (file, fixture->library));
  name = g_file_get_basename (file);
  g_assert_true (g_str_has_prefix (name, "A paper boat crosses a puddle "));
  g_assert_true (g_str_has_suffix (name, ".mp4"));
  g_assert_true (g_file_load_contents (file, NULL, &contents, &length, NULL, NULL));
  g_assert_cmpint (length, ==, record->file_size);
  digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *)contents, length);
  g_assert_cmpstr (digest, ==, record->file_sha256);
  check_settings (world, file);
  check_plays (file);

  reel_engine_fixture_stop (fixture);
  records = reel_engine_fixture_read (fixture);
  g_assert_cmpuint (records->len, ==, 1);
  g_assert_cmpint (reel_job_record_get_state (records->pdata[0]), ==, REEL_JOB_READY);
}

static void
test_sandbox_account (World *world, gconstpointer data)
{
  ReelEngineFixture *fixture = &world->fixture;
  ReelJob *job;

  fixture->base_url = NULL;
  reel_engine_fixture_start (fixture);
  g_assert_true (reel_account_is_sandbox (reel_engine_get_account (fixture->engine)));
  g_assert_null (reel_engine_get_catalogue (fixture->engine));

  reel_engine_set_sandbox (fixture->engine, reel_sandbox_get_base_url (world->sandbox), fixture->key);
  reel_test_wait (reel_engine_get_catalogue (fixture->engine) != NULL);
  job = reel_engine_fixture_submit (fixture, "A paper boat");
  reel_test_wait_for (60, reel_job_get_state (job) == REEL_JOB_READY);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/engine/sandbox/prompt-to-file", World, NULL, set_up, test_prompt_to_file, tear_down);
  g_test_add ("/engine/sandbox/account", World, NULL, set_up, test_sandbox_account, tear_down);

  return g_test_run ();
}
