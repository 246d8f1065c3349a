#include "config.h"

#include "reel-background.h"
#include "reel-test.h"

#include <sys/resource.h>

/* What the kernel calls the niceness of the calling thread. */
static int
get_niceness (void)
{
  return getpriority (PRIO_PROCESS, 0);
}

static gpointer
store_niceness (gpointer niceness)
{
  *(int *)niceness = get_niceness ();

  return NULL;
}

/* Ends with what a thread that it starts has: threads of a decoder, say. */
static void
tell_niceness (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  int inherited = -1;

  g_assert_true (G_IS_FILE (source));
  g_assert_cmpstr (data, ==, "data");
  g_assert_true (cancellable == g_task_get_cancellable (task));
  g_thread_join (g_thread_new ("inherits", store_niceness, &inherited));
  g_assert_cmpint (inherited, ==, get_niceness ());
  g_task_return_int (task, inherited);
}

static void
test_run (void)
{
  g_autoptr (GFile) source = g_file_new_for_path ("/");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  int before = get_niceness ();
  int pooled = -1;

  {
    g_autoptr (GTask) task = g_task_new (source, cancellable, reel_test_store_result, &result);

    g_task_set_task_data (task, g_strdup ("data"), g_free);
    reel_background_run (task, tell_niceness);
  }
  reel_test_wait (result != NULL);
  g_assert_cmpint (g_task_propagate_int (G_TASK (result), &error), >=, 10);
  g_assert_no_error (error);

  /* Nobody else yields with it. */
  g_assert_cmpint (get_niceness (), ==, before);
  g_thread_join (g_thread_new ("other", store_niceness, &pooled));
  g_assert_cmpint (pooled, ==, before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/background/run", test_run);

  return g_test_run ();
}
