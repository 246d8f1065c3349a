#include "config.h"

#include "reel-background.h"

#include <sys/resource.h>

/* Of 19: against a thread of the usual priority, a ninth of a processor that both want. */
#define NICENESS 10

typedef struct
{
  GTask *task;
  GTaskThreadFunc function;
} Run;

static gpointer
run_thread (gpointer data)
{
  g_autofree Run *run = data;
  g_autoptr (GTask) task = run->task;

  reel_background_enter ();
  run->function (task, g_task_get_source_object (task), g_task_get_task_data (task), g_task_get_cancellable (task));

  return NULL;
}

/**
 * reel_background_enter:
 *
 * Makes the calling thread, and those that it starts, yield to all that a person sees and hears. There is no way back:
 * never call it on the main thread, nor on one of a pool that others use too.
 */
void
reel_background_enter (void)
{
  /* Linux takes it for the thread, not for its process. Where it is refused, the work is done all the same. */
  if (!reel_background_is_entered ())
    setpriority (PRIO_PROCESS, 0, NICENESS);
}

/**
 * reel_background_is_entered:
 *
 * Returns: whether the calling thread yields to the others already
 */
gboolean
reel_background_is_entered (void)
{
  return getpriority (PRIO_PROCESS, 0) >= NICENESS;
}

/**
 * reel_background_run:
 * @task: (transfer none): what @function ends
 * @function: what takes the processor for a while
 *
 * Calls @function as g_task_run_in_thread() does, in a thread of its own that has called reel_background_enter(). For the
 * thread of a pool, the caller now and then has to wait until GLib has made it (2.84).
 */
void
reel_background_run (GTask *task, GTaskThreadFunc function)
{
  Run *run;

  g_return_if_fail (G_IS_TASK (task) && function != NULL);

  run = g_new0 (Run, 1);
  run->task = g_object_ref (task);
  run->function = function;
  g_thread_unref (g_thread_new ("reel-background", run_thread, run));
}
