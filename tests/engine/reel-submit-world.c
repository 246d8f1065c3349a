#include "config.h"

#include "reel-submit-world.h"

#include "reel-service-script.h"
#include "reel-test.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

void
reel_submit_world_set_up (ReelSubmitWorld *self, gconstpointer data)
{
  reel_engine_fixture_init (&self->fixture);
  if (g_test_subprocess ()) {
    g_set_str (&self->fixture.store_path, g_getenv ("REEL_TEST_STORE_PATH"));
    self->fixture.base_url = g_getenv ("REEL_TEST_BASE_URL");
    return;
  }

  self->server = reel_fault_server_new (NULL);
  self->fixture.base_url = reel_fault_server_get_base_url (self->server);
  reel_script_add_models (self->server);
}

void
reel_submit_world_tear_down (ReelSubmitWorld *self, gconstpointer data)
{
  reel_engine_fixture_clear (&self->fixture);
  g_clear_object (&self->server);
}

/* Runs the test again in a process of its own, over the same database and service. */
static void
run_again (ReelSubmitWorld *self)
{
  g_setenv ("REEL_TEST_STORE_PATH", self->fixture.store_path, TRUE);
  g_setenv ("REEL_TEST_BASE_URL", self->fixture.base_url, TRUE);
  g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_DEFAULT);
}

void
reel_submit_world_run_until_killed (ReelSubmitWorld *self)
{
  run_again (self);
  g_assert_false (g_test_trap_has_passed ());
  g_test_trap_assert_stdout ("*killed here*");
}

void
reel_submit_world_run_apart (ReelSubmitWorld *self)
{
  run_again (self);
  g_test_trap_assert_passed ();
}

void
reel_submit_world_die (void)
{
  g_print ("killed here\n");
  fflush (stdout);
  kill (getpid (), SIGKILL);
}

gboolean
reel_submit_world_has_ended (ReelJob *job)
{
  return reel_job_get_state (job) != REEL_JOB_SENDING;
}

/* Reads the database while the engine has it open, as nobody but a test may. */
int
reel_submit_world_count_rows (ReelSubmitWorld *self, const char *condition)
{
  g_autofree char *sql = g_strconcat ("SELECT count(*) FROM jobs WHERE ", condition, NULL);
  sqlite3 *connection = NULL;
  sqlite3_stmt *statement = NULL;
  int n = 0;

  g_assert_cmpint (sqlite3_open_v2 (self->fixture.store_path, &connection, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (connection, sql, -1, &statement, NULL), ==, SQLITE_OK);
  if (sqlite3_step (statement) == SQLITE_ROW)
    n = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (connection);

  return n;
}
