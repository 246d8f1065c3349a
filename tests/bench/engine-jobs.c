/* The engine alone, with as many running jobs as it is told, for bench_jobs.py.
 *
 * engine-jobs FOLDER BASE-URL KEY JOBS SECONDS
 *
 * It prints "begin" when the history is there, "end" after that many seconds, and then: seconds on a processor between
 * the two, microseconds that a submission took of the main thread, milliseconds until the service had accepted it, and
 * the resident memory in KiB. */

#include "config.h"

#include "reel-engine.h"
#include "reel-store.h"

#include <malloc.h>
#include <stdlib.h>
#include <sys/resource.h>

#define HOURS 2

static void
store_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (result);
}

/* Jobs that the service accepted during the last hours, and that are still being made. */
static void
write_jobs (const char *path, guint n)
{
  g_autoptr (ReelStore) store = reel_store_new (path);
  GAsyncResult *result = NULL;

  reel_store_open_async (store, NULL, store_result, &result);
  wait_for (&result);
  for (guint i = 0; i < n; i++) {
    g_autoptr (ReelJobRecord) record = reel_job_record_new ();
    gint64 age = (gint64)i * HOURS * 3600 * G_USEC_PER_SEC / MAX (n, 1);

    record->id = g_uuid_string_random ();
    record->account_id = g_strdup (REEL_ACCOUNT_ENVIRONMENT_ID);
    record->model = g_strdup ("seedance-2.0");
    record->prompt = g_strdup_printf ("A paper boat crosses a puddle at dawn, take %u", i);
    record->duration = 5;
    record->submission = REEL_SUBMISSION_ACCEPTED;
    record->request_id = g_strdup_printf ("req_%u", i);
    record->status = REEL_SERVICE_PROCESSING;
    record->status_text = g_strdup ("processing");
    record->created_at = record->sent_at = record->accepted_at = record->started_at = g_get_real_time () - age;
    reel_store_save_job_async (store, record, NULL, NULL, NULL);
  }
  reel_store_close_async (store, store_result, &result);
  wait_for (&result);
}

static double
get_processor_time (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);

  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static long
get_resident_memory (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;

  g_file_get_contents ("/proc/self/statm", &text, NULL, NULL);
  parts = g_strsplit (text, " ", -1);

  return strtol (parts[1], NULL, 10) * 4;
}

static gboolean
on_over (gpointer over)
{
  *(gboolean *)over = TRUE;

  return G_SOURCE_REMOVE;
}

static void
run_for (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add (milliseconds, on_over, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char **argv)
{
  guint n_jobs = strtoul (argv[4], NULL, 10), milliseconds = strtoul (argv[5], NULL, 10) * 1000;
  g_autofree char *path = g_build_filename (argv[1], "history.db", NULL);
  g_autoptr (GFile) library = g_file_new_build_filename (argv[1], "library", NULL);
  g_autoptr (ReelRequest) request = NULL;
  g_autoptr (ReelEngine) engine = NULL;
  GAsyncResult *result = NULL;
  double processor;
  gint64 start, submitted, accepted;
  ReelJob *job;

  write_jobs (path, n_jobs);
  malloc_trim (0);
  engine = g_object_new (REEL_TYPE_ENGINE, "store-path", path, "environment-base-url", argv[2], "environment-key",
                         argv[3], NULL);
  reel_engine_set_library (engine, library);
  reel_engine_start_async (engine, NULL, store_result, &result);
  wait_for (&result);

  g_print ("begin\n");
  processor = get_processor_time ();
  run_for (milliseconds / 2);
  request = g_object_new (REEL_TYPE_REQUEST, "model", "seedance-2.0", "prompt", "One more", "duration", 5,
                          "aspect-ratio", "16:9", "resolution", "720p", NULL);
  start = g_get_monotonic_time ();
  job = reel_engine_submit (engine, request);
  submitted = g_get_monotonic_time ();
  while (reel_job_get_state (job) == REEL_JOB_SENDING)
    g_main_context_iteration (NULL, TRUE);
  accepted = g_get_monotonic_time ();
  run_for (milliseconds - milliseconds / 2);
  processor = get_processor_time () - processor;
  g_print ("end\n%.3f %d %.1f %ld\n", processor, (int)(submitted - start), (accepted - start) / 1000.0,
           get_resident_memory ());

  reel_engine_stop_async (engine, store_result, &result);
  wait_for (&result);

  return 0;
}
