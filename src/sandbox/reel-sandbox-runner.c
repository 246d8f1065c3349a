#include "config.h"

#include "reel-sandbox-runner.h"

#include "reel-sandbox-rendering.h"

#include <errno.h>
#include <glib/gstdio.h>

#define QUEUED_MS     1000
#define PROCESSING_MS 3000
#define SLOW_FACTOR   10

/* So many that the machine stays usable, and that one long job does not hold up all others. */
#define MAX_RENDERINGS 2

struct _ReelSandboxRunner
{
  char *jobs_dir;
  char *videos_dir;
  double speed;
  ReelSandboxFinalFunc final;
  gpointer user_data;

  GHashTable *jobs;     /* id -> ReelSandboxJob */
  GHashTable *steps;    /* id -> Step, of the jobs that are not final */
  GQueue waiting;       /* Step, borrowed, whose time has come to be rendered */
  guint n_renderings;   /* never above MAX_RENDERINGS */
  GSource *next_source; /* ready when a waiting one may have room */
};

/* What an unfinished job is waiting for: its time, or its video. */
typedef struct
{
  ReelSandboxRunner *runner; /* borrowed */
  ReelSandboxJob *job;
  GSource *source;                 /* ready when its state's time is over */
  ReelSandboxRendering *rendering; /* nullable */
} Step;

static gboolean
dispatch_source (GSource *source, GSourceFunc callback, gpointer user_data)
{
  g_source_set_ready_time (source, -1);

  return callback (user_data);
}

static GSourceFuncs source_funcs = {.dispatch = dispatch_source};

/* A source that calls back each time its ready time has come. */
static GSource *
make_source (GSourceFunc callback, gpointer user_data)
{
  GSource *source = g_source_new (&source_funcs, sizeof (GSource));

  g_source_set_callback (source, callback, user_data, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());

  return source;
}

static void
free_source (GSource *source)
{
  g_source_destroy (source);
  g_source_unref (source);
}

static void
step_free (gpointer data)
{
  Step *self = data;

  free_source (self->source);
  g_clear_pointer (&self->rendering, reel_sandbox_rendering_free);
  reel_sandbox_job_unref (self->job);
  g_free (self);
}

/* Waits for @milliseconds as they are at speed 1. */
static void
step_wait (Step *self, int milliseconds)
{
  double speed = self->runner->speed;
  double microseconds = speed > 0 ? 1000.0 * milliseconds / speed : 0;

  if ((self->job->words & REEL_SANDBOX_WORD_SLOW) != 0)
    microseconds *= SLOW_FACTOR;
  g_source_set_ready_time (self->source, g_get_monotonic_time () + (gint64)MIN (microseconds, 1e15));
}

static void
remove_step (ReelSandboxRunner *self, Step *step)
{
  g_queue_remove (&self->waiting, step);
  if (step->rendering != NULL)
    self->n_renderings--;
  g_hash_table_remove (self->steps, step->job->id);
  g_source_set_ready_time (self->next_source, 0);
}

static void
set_status (ReelSandboxRunner *self, ReelSandboxJob *job, ReelSandboxStatus status)
{
  g_autofree char *path = g_strconcat (self->jobs_dir, G_DIR_SEPARATOR_S, job->id, ".json", NULL);
  g_autoptr (GError) error = NULL;

  job->status = status;
  if (!reel_sandbox_job_save (job, path, &error))
    g_message ("sandbox: %s", error->message);
  if (reel_sandbox_job_is_final (job))
    self->final (job, self->user_data);
}

static void
end_step (Step *step, ReelSandboxStatus status, const char *code, const char *message)
{
  ReelSandboxRunner *self = step->runner;
  g_autoptr (ReelSandboxJob) job = reel_sandbox_job_ref (step->job);

  remove_step (self, step);
  g_set_str (&job->error_code, code);
  g_set_str (&job->error_message, message);
  set_status (self, job, status);
}

static void
on_rendered (const GError *error, gpointer user_data)
{
  Step *step = user_data;

  if (error == NULL) {
    end_step (step, REEL_SANDBOX_SUCCEEDED, NULL, NULL);
    return;
  }
  g_message ("sandbox: %s: %s", step->job->id, error->message);
  end_step (step, REEL_SANDBOX_FAILED, "generation_failed", "The video could not be rendered");
}

static gboolean
on_next (gpointer user_data)
{
  ReelSandboxRunner *self = user_data;

  while (self->n_renderings < MAX_RENDERINGS && !g_queue_is_empty (&self->waiting)) {
    Step *step = g_queue_pop_head (&self->waiting);
    g_autofree char *path = reel_sandbox_runner_dup_video_path (self, step->job);

    self->n_renderings++;
    step->rendering = reel_sandbox_rendering_start (step->job->request, step->job->id, path, on_rendered, step);
  }

  return G_SOURCE_CONTINUE;
}

static gboolean
on_time_over (gpointer user_data)
{
  Step *step = user_data;
  ReelSandboxRunner *self = step->runner;
  guint words = step->job->words;

  if (step->job->status == REEL_SANDBOX_QUEUED) {
    set_status (self, step->job, REEL_SANDBOX_PROCESSING);
    if ((words & REEL_SANDBOX_WORD_STALL) == 0)
      step_wait (step, PROCESSING_MS);
  } else if ((words & REEL_SANDBOX_WORD_FAIL) != 0) {
    end_step (step, REEL_SANDBOX_FAILED, "generation_failed", "The model could not make this video");
  } else if ((words & REEL_SANDBOX_WORD_UNSAFE) != 0) {
    end_step (step, REEL_SANDBOX_FAILED, "content_policy", "The video was held back by the content policy");
  } else {
    g_queue_push_tail (&self->waiting, step);
    g_source_set_ready_time (self->next_source, 0);
  }

  return G_SOURCE_CONTINUE;
}

/* Takes up a job from the state that it is in; the time of that state starts again. */
static void
take_up (ReelSandboxRunner *self, ReelSandboxJob *job)
{
  Step *step = g_new0 (Step, 1);
  gboolean queued = job->status == REEL_SANDBOX_QUEUED;

  step->runner = self;
  step->job = reel_sandbox_job_ref (job);
  step->source = make_source (on_time_over, step);
  g_hash_table_insert (self->steps, job->id, step);
  if ((job->words & (queued ? REEL_SANDBOX_WORD_WAIT : REEL_SANDBOX_WORD_STALL)) == 0)
    step_wait (step, queued ? QUEUED_MS : PROCESSING_MS);
}

static gboolean
load_jobs (ReelSandboxRunner *self, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (self->jobs_dir, 0, error);
  const char *name;

  if (dir == NULL)
    return FALSE;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (self->jobs_dir, name, NULL);
    g_autoptr (ReelSandboxJob) job = NULL;
    g_autoptr (GError) job_error = NULL;

    if (!g_str_has_suffix (name, ".json"))
      continue;
    job = reel_sandbox_job_load (path, &job_error);
    if (job == NULL) {
      g_message ("sandbox: %s", job_error->message);
      continue;
    }
    if (!reel_sandbox_job_is_final (job))
      take_up (self, job);
    g_hash_table_insert (self->jobs, job->id, reel_sandbox_job_ref (job));
  }

  return TRUE;
}

/* A video of which the last run left a part is rendered again from its beginning. */
static void
remove_unfinished (ReelSandboxRunner *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->videos_dir, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (self->videos_dir, name, NULL);

    if (!g_str_has_suffix (name, ".mp4"))
      g_unlink (path);
  }
}

static gboolean
make_folder (const char *path, GError **error)
{
  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", path, g_strerror (errno));

  return FALSE;
}

/**
 * reel_sandbox_runner_new:
 * @state_dir: the folder of the jobs and videos, made where it is missing
 * @speed: what the times of the states are divided by; 0: no time at all
 * @final: called at each final state that is reached from now on
 * @user_data: for @final
 * @error: return location
 *
 * Loads the jobs of earlier runs and takes up those that are not final. Uses the thread-default main context. Blocks.
 *
 * Returns: (transfer full): the runner, %NULL where the folder cannot be used
 */
ReelSandboxRunner *
reel_sandbox_runner_new (const char *state_dir,
                         double speed,
                         ReelSandboxFinalFunc final,
                         gpointer user_data,
                         GError **error)
{
  g_autoptr (ReelSandboxRunner) self = g_new0 (ReelSandboxRunner, 1);

  self->jobs_dir = g_build_filename (state_dir, "jobs", NULL);
  self->videos_dir = g_build_filename (state_dir, "videos", NULL);
  self->speed = speed;
  self->final = final;
  self->user_data = user_data;
  self->jobs = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)reel_sandbox_job_unref);
  self->steps = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, step_free);
  self->next_source = make_source (on_next, self);

  if (!make_folder (self->jobs_dir, error) || !make_folder (self->videos_dir, error))
    return NULL;
  remove_unfinished (self);
  if (!load_jobs (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * reel_sandbox_runner_free:
 * @self: (transfer full): the runner
 *
 * Stops every rendering. The jobs stay on disk as they are and go on with the next runner.
 */
void
reel_sandbox_runner_free (ReelSandboxRunner *self)
{
  g_queue_clear (&self->waiting);
  g_hash_table_unref (self->steps);
  g_hash_table_unref (self->jobs);
  free_source (self->next_source);
  g_free (self->jobs_dir);
  g_free (self->videos_dir);
  g_free (self);
}

/**
 * reel_sandbox_runner_add:
 * @self: the runner
 * @job: a queued job
 * @error: return location
 *
 * Takes a new job in once it is on disk. Blocks.
 *
 * Returns: whether it is in
 */
gboolean
reel_sandbox_runner_add (ReelSandboxRunner *self, ReelSandboxJob *job, GError **error)
{
  g_autofree char *path = g_strconcat (self->jobs_dir, G_DIR_SEPARATOR_S, job->id, ".json", NULL);

  if (!reel_sandbox_job_save (job, path, error))
    return FALSE;
  g_hash_table_insert (self->jobs, job->id, reel_sandbox_job_ref (job));
  take_up (self, job);

  return TRUE;
}

/**
 * reel_sandbox_runner_lookup:
 * @self: the runner
 * @id: a requestId, as it came from outside
 *
 * Finds a job.
 *
 * Returns: (nullable) (transfer none): the job
 */
ReelSandboxJob *
reel_sandbox_runner_lookup (ReelSandboxRunner *self, const char *id)
{
  return g_hash_table_lookup (self->jobs, id);
}

/**
 * reel_sandbox_runner_cancel:
 * @self: the runner
 * @job: a job that is queued or processing
 *
 * Ends a job as cancelled, its rendering with it.
 */
void
reel_sandbox_runner_cancel (ReelSandboxRunner *self, ReelSandboxJob *job)
{
  Step *step = g_hash_table_lookup (self->steps, job->id);

  g_return_if_fail (step != NULL);

  end_step (step, REEL_SANDBOX_CANCELLED, NULL, NULL);
}

/**
 * reel_sandbox_runner_dup_video_path:
 * @self: the runner
 * @job: a job
 *
 * Tells where the video of a job is, or is going to be.
 *
 * Returns: (transfer full): a path
 */
char *
reel_sandbox_runner_dup_video_path (ReelSandboxRunner *self, ReelSandboxJob *job)
{
  return g_strconcat (self->videos_dir, G_DIR_SEPARATOR_S, job->id, ".mp4", NULL);
}

/**
 * reel_sandbox_runner_sum_credits:
 * @self: the runner
 * @owner: whose jobs
 *
 * Adds up what the jobs of an owner were charged. Nothing is ever given back.
 *
 * Returns: credits
 */
gint64
reel_sandbox_runner_sum_credits (ReelSandboxRunner *self, const char *owner)
{
  GHashTableIter iter;
  gpointer value;
  gint64 sum = 0;

  g_hash_table_iter_init (&iter, self->jobs);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    ReelSandboxJob *job = value;

    if (g_str_equal (job->owner, owner))
      sum += job->credits;
  }

  return sum;
}
