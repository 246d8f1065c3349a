#include "config.h"

#include "reel-job-text.h"

#include <glib/gi18n-lib.h>

#include "reel-job-problem.h"
#include "reel-line.h"
#include "reel-time-text.h"

/* What the service wrote goes on one line of a list: no more than this. */
#define MAX_SERVICE_CHARACTERS 160

/* The shape of a video whose ratio cannot be read. */
#define DEFAULT_ASPECT (16.0 / 9.0)

/* The parts that are not empty, with a dot between them. */
static char *
join (const char *one, const char *two, const char *three, const char *four)
{
  const char *parts[] = {one, two, three, four};
  GString *line = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    if (parts[i] == NULL || *parts[i] == '\0')
      continue;
    if (line->len > 0)
      g_string_append (line, " · ");
    g_string_append (line, parts[i]);
  }

  return g_string_free (line, FALSE);
}

/* Why a job failed, in as few words as a list has room for: the service's own where it said something. */
static char *
make_reason (const ReelJobRecord *record)
{
  g_autoptr (ReelErrorText) text = NULL;
  gboolean said = record->submission == REEL_SUBMISSION_ACCEPTED || record->http_status != 0;

  if (reel_job_problem_is_withdrawn (record))
    return g_strdup (_ ("withdrawn"));
  if (said && record->error_message != NULL && *record->error_message != '\0')
    return reel_line_make (record->error_message, MAX_SERVICE_CHARACTERS);

  text = reel_job_problem_make_text (record);

  return text != NULL ? g_strdup (text->title) : NULL;
}

static char *
make_credits (const ReelJobRecord *record)
{
  g_autofree char *credits = NULL;
  guint64 n = 2;

  if (record->credits_charged == NULL)
    return NULL;

  credits = reel_line_make (record->credits_charged, MAX_SERVICE_CHARACTERS);
  g_ascii_string_to_unsigned (credits, 10, 0, G_MAXUINT, &n, NULL);

  return g_strdup_printf (
      /* Translators: %s is a number as the service wrote it. */
      g_dngettext (GETTEXT_PACKAGE, "the service charged %s credit", "the service charged %s credits", (gulong)n),
      credits);
}

/* Why there is no news of a job that is still running. */
static char *
make_no_news (const ReelJobRecord *record)
{
  g_autofree char *reason = NULL;

  if (record->not_found_at != 0)
    return g_strdup (_ ("The service says that it does not know this job. Seedreel keeps asking for a day."));

  reason = reel_line_make (record->error_message != NULL ? record->error_message : record->error_code,
                           MAX_SERVICE_CHARACTERS);

  /* Translators: %s is what the service, the system or the network says about a failure. */
  return g_strdup_printf (_ ("There is no news of this job: “%s”. Seedreel keeps asking."), reason);
}

/* What became of a cancel, NULL where none was asked for. */
static const char *
get_cancelling (const ReelJobRecord *record)
{
  if (!record->cancel_asked)
    return NULL;

  return record->cancel_error == NULL ? _ ("cancel asked") : _ ("cancel refused");
}

/* What may have been paid for a video that there is not. */
static char *
make_loss (const ReelJobRecord *record)
{
  char *credits = make_credits (record);

  return credits != NULL ? credits : g_strdup (_ ("may be charged"));
}

/* How long it will take, by what others took; never by how far it is, which nobody knows. */
static char *
make_usually (const ReelJobRecord *record, gint64 usual, gint64 now)
{
  g_autofree char *time = NULL;

  if (reel_job_problem_is_long (record, usual, now))
    return g_strdup (_ ("longer than usual"));
  if (usual <= 0)
    return NULL;

  time = reel_time_text_make_elapsed (usual);

  /* Translators: %s is a time such as 1:10, minutes and seconds. */
  return g_strdup_printf (_ ("usually about %s"), time);
}

static char *
make_duration (const ReelJobRecord *record)
{
  if (record->duration == 0)
    return NULL;

  /* Translators: a length in seconds, as short as it can be. */
  return g_strdup_printf (_ ("%u s"), record->duration);
}

static void
add_step (GPtrArray *steps, const char *title, gint64 time)
{
  ReelJobStep *step;

  if (time <= 0)
    return;

  step = g_new0 (ReelJobStep, 1);
  step->title = g_strdup (title);
  step->time = reel_time_text_make_clock (time);
  step->exact = reel_time_text_make_exact (time);
  g_ptr_array_add (steps, step);
}

/**
 * reel_job_step_free:
 * @self: (transfer full): a step
 *
 * Frees a step.
 */
void
reel_job_step_free (ReelJobStep *self)
{
  g_free (self->title);
  g_free (self->time);
  g_free (self->exact);
  g_free (self);
}

/**
 * reel_job_text_make_state:
 * @record: the record of a job
 * @progress: how much of the video is downloaded, from 0 to 1, or -1 where that is not known
 *
 * Writes the state of a job. A status of the service that is not documented stands as the service wrote it.
 *
 * Returns: (transfer full): a word or two
 */
char *
reel_job_text_make_state (const ReelJobRecord *record, double progress)
{
  g_return_val_if_fail (record != NULL, NULL);

  switch (reel_job_record_get_state (record)) {
  case REEL_JOB_HELD:
    return g_strdup (C_ ("job state", "Not sent"));
  case REEL_JOB_SENDING:
    return g_strdup (C_ ("job state", "Sending"));
  case REEL_JOB_WAITING:
    return g_strdup (C_ ("job state", "Waiting"));
  case REEL_JOB_GENERATING:
    return record->status == REEL_SERVICE_OTHER && record->status_text != NULL && *record->status_text != '\0'
               ? reel_line_make (record->status_text, MAX_SERVICE_CHARACTERS)
               : g_strdup (C_ ("job state", "Generating"));
  case REEL_JOB_DOWNLOADING:
    return progress >= 0 ? g_strdup_printf (C_ ("job state", "Downloading %d %%"), (int)(CLAMP (progress, 0, 1) * 100))
                         : g_strdup (C_ ("job state", "Downloading"));
  case REEL_JOB_READY:
    return g_strdup (C_ ("job state", "Ready"));
  case REEL_JOB_NOT_SAVED:
    return g_strdup (record->file_state == REEL_FILE_MISSING ? C_ ("job state", "File gone")
                                                             : C_ ("job state", "Not saved"));
  case REEL_JOB_FAILED:
    return g_strdup (reel_job_problem_is_withdrawn (record) ? C_ ("job state", "Not sent")
                                                            : C_ ("job state", "Failed"));
  case REEL_JOB_CANCELLED:
    return g_strdup (C_ ("job state", "Cancelled"));
  case REEL_JOB_LOST:
    return g_strdup (C_ ("job state", "Lost"));
  case REEL_JOB_UNKNOWN:
  default:
    return g_strdup (C_ ("job state", "Outcome unknown"));
  }
}

/**
 * reel_job_text_make_status:
 * @record: the record of a job
 * @progress: how much of the video is downloaded, from 0 to 1, or -1 where that is not known
 * @usual: how long the service usually takes for such a job, microseconds, 0 where that is not known
 * @now: the time now, microseconds since 1970 in UTC
 *
 * Writes the line of the history that tells how it stands with a job.
 *
 * Returns: (transfer full): the text
 */
char *
reel_job_text_make_status (const ReelJobRecord *record, double progress, gint64 usual, gint64 now)
{
  g_autofree char *state = NULL, *detail = NULL, *usually = NULL;
  const char *cancelling;

  g_return_val_if_fail (record != NULL, NULL);

  state = reel_job_text_make_state (record, progress);
  cancelling = get_cancelling (record);

  switch (reel_job_record_get_state (record)) {
  case REEL_JOB_SENDING:
    if (reel_job_problem_waits_for_connection (record))
      return join (state, _ ("no connection"), NULL, NULL);
    detail = reel_time_text_make_elapsed (now - record->created_at);
    return join (state, detail, NULL, NULL);
  case REEL_JOB_WAITING:
  case REEL_JOB_GENERATING:
    detail = reel_time_text_make_elapsed (now - record->created_at);
    usually = make_usually (record, usual, now);
    return join (state, detail, usually, cancelling);
  case REEL_JOB_READY:
    return reel_time_text_make_relative (record->created_at, now);
  case REEL_JOB_HELD:
    return join (state, _ ("waits for you"), NULL, NULL);
  case REEL_JOB_NOT_SAVED:
    return join (state, _ ("can be downloaded again"), NULL, NULL);
  case REEL_JOB_FAILED:
    detail = make_reason (record);
    return join (state, detail, NULL, NULL);
  case REEL_JOB_CANCELLED:
    detail = reel_time_text_make_relative (record->created_at, now);
    return join (state, detail, NULL, NULL);
  case REEL_JOB_UNKNOWN:
  case REEL_JOB_LOST:
    detail = make_loss (record);
    return join (state, detail, NULL, NULL);
  case REEL_JOB_DOWNLOADING:
  default:
    return join (state, cancelling, NULL, NULL);
  }
}

/**
 * reel_job_text_make_description:
 * @record: the record of a job
 * @progress: how much of the video is downloaded, from 0 to 1, or -1 where that is not known
 *
 * Writes what a screen reader says of a row after its prompt. It holds no running time, which would be read out each
 * second.
 *
 * Returns: (transfer full): the state, the price and the settings
 */
char *
reel_job_text_make_description (const ReelJobRecord *record, double progress)
{
  g_autofree char *state = NULL, *price = NULL, *settings = NULL, *detail = NULL;

  g_return_val_if_fail (record != NULL, NULL);

  state = reel_job_text_make_state (record, progress);
  price = reel_job_text_make_price (record);
  settings = reel_job_text_make_settings (record);
  switch (reel_job_record_get_state (record)) {
  case REEL_JOB_FAILED:
    detail = make_reason (record);
    break;
  case REEL_JOB_UNKNOWN:
  case REEL_JOB_LOST:
    detail = make_loss (record);
    break;
  case REEL_JOB_SENDING:
    if (reel_job_problem_waits_for_connection (record))
      detail = g_strdup (_ ("no connection"));
    break;
  case REEL_JOB_WAITING:
  case REEL_JOB_GENERATING:
  case REEL_JOB_DOWNLOADING:
    detail = g_strdup (get_cancelling (record));
    break;
  case REEL_JOB_HELD:
  case REEL_JOB_READY:
  case REEL_JOB_NOT_SAVED:
  case REEL_JOB_CANCELLED:
  default:
    break;
  }

  return join (state, detail, price, settings);
}

/**
 * reel_job_text_make_progress:
 * @record: the record of a job
 *
 * Tells what is happening to a running job.
 *
 * Returns: (transfer full): a sentence
 */
char *
reel_job_text_make_progress (const ReelJobRecord *record)
{
  ReelJobState state;

  g_return_val_if_fail (record != NULL, NULL);

  state = reel_job_record_get_state (record);
  if ((state == REEL_JOB_WAITING || state == REEL_JOB_GENERATING) && record->cancel_asked &&
      record->cancel_error == NULL)
    return g_strdup (_ ("The service was asked to cancel. It may still finish the video."));

  switch (state) {
  case REEL_JOB_SENDING:
    if (reel_job_problem_waits_for_connection (record))
      return g_strdup ("");
    return record->submission == REEL_SUBMISSION_RECORDED
               ? g_strdup (_ ("The request waits for its turn. Nothing has been sent yet."))
               : g_strdup (_ ("The request is on its way to the service."));
  case REEL_JOB_WAITING:
    return record->error_code != NULL ? make_no_news (record)
                                      : g_strdup (_ ("The service accepted the request, and has not started yet."));
  case REEL_JOB_GENERATING:
    if (record->error_code != NULL)
      return make_no_news (record);
    if (record->status == REEL_SERVICE_OTHER && record->status_text != NULL) {
      g_autofree char *word = reel_line_make (record->status_text, MAX_SERVICE_CHARACTERS);

      /* Translators: %s is a status as the service wrote it. */
      return g_strdup_printf (_ ("The service reports “%s”."), word);
    }
    return g_strdup (_ ("The service is making the video."));
  case REEL_JOB_DOWNLOADING:
    if (record->file_error != NULL) {
      g_autofree char *reason = reel_line_make (record->file_error, MAX_SERVICE_CHARACTERS);

      /* Translators: %s is what the system or the network says about a failure. */
      return g_strdup_printf (_ ("The video is finished, but cannot be saved yet: “%s”. Seedreel keeps trying."),
                              reason);
    }
    return g_strdup (_ ("The video is finished and is being saved to this computer."));
  case REEL_JOB_HELD:
  case REEL_JOB_READY:
  case REEL_JOB_NOT_SAVED:
  case REEL_JOB_FAILED:
  case REEL_JOB_CANCELLED:
  case REEL_JOB_UNKNOWN:
  case REEL_JOB_LOST:
  default:
    return g_strdup ("");
  }
}

/**
 * reel_job_text_make_settings:
 * @record: the record of a job
 *
 * Writes the settings as short as a list needs them.
 *
 * Returns: (transfer full): text such as "2.0 · 5 s · 720p · 16:9"
 */
char *
reel_job_text_make_settings (const ReelJobRecord *record)
{
  g_autofree char *duration = NULL;
  const char *model;

  g_return_val_if_fail (record != NULL, NULL);

  duration = make_duration (record);
  model = record->model != NULL ? record->model : "";
  if (g_str_has_prefix (model, "seedance-"))
    model += strlen ("seedance-");

  return join (model, duration, record->resolution, record->aspect_ratio);
}

/**
 * reel_job_text_make_long_settings:
 * @record: the record of a job
 *
 * Writes the settings in full.
 *
 * Returns: (transfer full): text such as "seedance-2.0 · 5 seconds · 720p · 16:9"
 */
char *
reel_job_text_make_long_settings (const ReelJobRecord *record)
{
  g_autofree char *duration = NULL;

  g_return_val_if_fail (record != NULL, NULL);

  if (record->duration > 0)
    duration =
        g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u second", "%u seconds", record->duration), record->duration);

  return join (record->model, duration, record->resolution, record->aspect_ratio);
}

/**
 * reel_job_text_make_price:
 * @record: the record of a job
 *
 * Writes the estimate alone.
 *
 * Returns: (transfer full): an amount, or "Price not listed"
 */
char *
reel_job_text_make_price (const ReelJobRecord *record)
{
  g_return_val_if_fail (record != NULL, NULL);

  return record->estimate == REEL_MONEY_NOT_LISTED ? g_strdup (_ ("Price not listed"))
                                                   : reel_money_format (record->estimate);
}

/**
 * reel_job_text_make_cost:
 * @record: the record of a job
 *
 * Writes what a job costs: the estimate, and what the service said that it charged, never converted into each other.
 *
 * Returns: (transfer full): text such as "Estimated $0.50 · the service charged 40 credits"
 */
char *
reel_job_text_make_cost (const ReelJobRecord *record)
{
  g_autofree char *price = NULL, *estimate = NULL, *charge = NULL;

  g_return_val_if_fail (record != NULL, NULL);

  price = reel_job_text_make_price (record);
  if (record->estimate == REEL_MONEY_NOT_LISTED)
    estimate = g_strdup (price);
  else
    /* Translators: %s is an amount of money. */
    estimate = g_strdup_printf (_ ("Estimated %s"), price);

  charge = make_credits (record);
  if (charge == NULL) {
    switch (record->submission) {
    case REEL_SUBMISSION_REJECTED:
      charge = g_strdup (_ ("nothing was charged"));
      break;
    case REEL_SUBMISSION_UNKNOWN:
      charge = g_strdup (_ ("may be charged"));
      break;
    case REEL_SUBMISSION_ACCEPTED:
      charge = g_strdup (_ ("the service has not said what it charged"));
      break;
    case REEL_SUBMISSION_RECORDED:
    case REEL_SUBMISSION_SENDING:
    default:
      break;
    }
  }

  return join (estimate, charge, NULL, NULL);
}

/**
 * reel_job_text_make_timeline:
 * @record: the record of a job
 *
 * Lists what happened to a job, the oldest first.
 *
 * Returns: (transfer full) (element-type ReelJobStep): the steps
 */
GPtrArray *
reel_job_text_make_timeline (const ReelJobRecord *record)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func ((GDestroyNotify)reel_job_step_free);

  g_return_val_if_fail (record != NULL, steps);

  add_step (steps, C_ ("timeline", "Asked"), record->created_at);
  add_step (steps, C_ ("timeline", "Sent"), record->sent_at);
  add_step (steps, C_ ("timeline", "Accepted"), record->accepted_at);
  add_step (steps, C_ ("timeline", "Started"), record->started_at);
  switch (record->status) {
  case REEL_SERVICE_FAILED:
    add_step (steps, C_ ("timeline", "Failed"), record->finished_at);
    break;
  case REEL_SERVICE_CANCELLED:
    add_step (steps, C_ ("timeline", "Cancelled"), record->finished_at);
    break;
  case REEL_SERVICE_LOST:
    add_step (steps, C_ ("timeline", "Lost"), record->finished_at);
    break;
  case REEL_SERVICE_SUCCEEDED:
  case REEL_SERVICE_NONE:
  case REEL_SERVICE_QUEUED:
  case REEL_SERVICE_PROCESSING:
  case REEL_SERVICE_OTHER:
  default:
    add_step (steps, C_ ("timeline", "Finished"), record->finished_at);
    break;
  }
  add_step (steps, C_ ("timeline", "Saved"), record->saved_at);
  add_step (steps, C_ ("timeline", "Declared lost"), record->declared_lost_at);

  return steps;
}

/**
 * reel_job_text_get_aspect:
 * @record: the record of a job
 *
 * Reads the shape that was asked for.
 *
 * Returns: the width divided by the height; 16:9 where none was asked or it cannot be read
 */
double
reel_job_text_get_aspect (const ReelJobRecord *record)
{
  g_auto (GStrv) sides = NULL;
  guint64 width, height;

  g_return_val_if_fail (record != NULL, DEFAULT_ASPECT);

  if (record->aspect_ratio == NULL)
    return DEFAULT_ASPECT;

  sides = g_strsplit (record->aspect_ratio, ":", 3);
  if (g_strv_length (sides) != 2 || !g_ascii_string_to_unsigned (sides[0], 10, 1, 10000, &width, NULL) ||
      !g_ascii_string_to_unsigned (sides[1], 10, 1, 10000, &height, NULL))
    return DEFAULT_ASPECT;

  return CLAMP ((double)width / (double)height, 0.25, 4);
}
