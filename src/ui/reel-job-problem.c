#include "config.h"

#include "reel-job-problem.h"

#include <glib/gi18n-lib.h>

#include "reel-error-facts.h"
#include "reel-money-text.h"
#include "reel-sentences.h"
#include "reel-time-text.h"

/* What a person reads of a job that did not end with a saved video. While a job may still be charged, or is, nothing here
 * speaks of asking for it once more. */

/* A job that the service has for longer than this is said to take longer than usual. */
#define LONG_TIME (2 * G_TIME_SPAN_HOUR)

/* So is one that takes this many times what others took. */
#define LONG_FACTOR 10

static ReelErrorText *
take_text (const char *title, GString *body)
{
  return reel_error_text_new_take (title, g_string_free (body, FALSE));
}

/* What the service said that it charged, or that it said nothing of it. */
static void
add_charge (GString *body, const ReelJobRecord *record)
{
  g_autofree char *charge = reel_money_text_make_charge (record);

  reel_sentences_add (body, charge != NULL ? charge : _ ("It did not say whether it charged you."));
}

static ReelErrorText *
make_failed_text (const ReelJobRecord *record)
{
  g_autofree char *quote = reel_sentences_make_quote (record->error_code, record->error_message);
  GString *body = g_string_new (NULL);

  reel_sentences_add (body, _ ("The service accepted the request, but could not make the video."));
  reel_sentences_add (body, quote);
  add_charge (body, record);
  reel_sentences_add (body, _ ("Reuse the settings, change the prompt or the references, and generate again."));

  return take_text (_ ("The service could not make the video"), body);
}

static ReelErrorText *
make_cancelled_text (const ReelJobRecord *record)
{
  GString *body = g_string_new (NULL);

  reel_sentences_add (body, _ ("The service cancelled the job; there is no video."));
  add_charge (body, record);

  return take_text (_ ("Cancelled"), body);
}

static ReelErrorText *
make_not_saved_text (const ReelJobRecord *record)
{
  g_autofree char *reason = record->file_error != NULL ? reel_sentences_make_quotable (record->file_error) : NULL;
  GString *body = g_string_new (NULL);

  reel_sentences_add (body, _ ("The service made the video, but it could not be saved on this computer."));
  if (reason != NULL && *reason != '\0') {
    g_autofree char *sentence = g_strdup_printf (_ ("The reason: “%s”."), reason);

    reel_sentences_add (body, sentence);
  }
  if (record->file_aside != NULL) {
    g_autofree char *path = reel_sentences_make_quotable (record->file_aside);
    /* Translators: %s is the path of a file. */
    g_autofree char *sentence = g_strdup_printf (_ ("What came instead is kept as “%s”."), path);

    reel_sentences_add (body, sentence);
  }
  reel_sentences_add (
      body, _ ("Download it again soon: the service keeps videos for a limited time. Downloading is not charged."));

  return take_text (_ ("The video was not saved"), body);
}

static ReelErrorText *
make_missing_text (const ReelJobRecord *record)
{
  g_autofree char *name = g_path_get_basename (record->file), *line = reel_sentences_make_quotable (name);
  GString *body = g_string_new (NULL);

  /* Translators: %s is the name of a file. */
  g_string_append_printf (body, _ ("The video was saved as “%s”, and is not there any more."), line);
  reel_sentences_add (body, _ ("If its disk is not connected, connect it and open this video again."));
  reel_sentences_add (
      body, _ ("Download it again soon: the service keeps videos for a limited time. Downloading is not charged."));

  return take_text (_ ("The file is gone"), body);
}

/* Written down by a run that ended before it could send it. */
static ReelErrorText *
make_held_text (void)
{
  GString *body = g_string_new (NULL);

  reel_sentences_add (body, _ ("Seedreel ended before the request was sent."));
  reel_sentences_add (body, _ ("Nothing was sent, and nothing was charged."));
  reel_sentences_add (body, _ ("It waits for you, and goes only when you say so."));

  return take_text (_ ("Not sent yet"), body);
}

static ReelErrorText *
make_waiting_text (const ReelJobRecord *record)
{
  ReelErrorFacts facts = {.doing = REEL_ERROR_DOING_SUBMIT, .retry_after = -1, .issuer = record->error_message};
  g_autofree char *certificate = NULL;
  GString *body = g_string_new (NULL);
  gboolean has_reason;

  if (!reel_error_from_name (record->error_code, &facts.code))
    facts.code = REEL_ERROR_UNREACHABLE;
  /* A certificate that is refused, a proxy that does not work or a network to sign in to is no want of a connection. */
  has_reason = facts.code != REEL_ERROR_UNREACHABLE && facts.code != REEL_ERROR_TIMEOUT;
  if (has_reason)
    reel_sentences_add (body, reel_error_facts_get_event (&facts));
  certificate = reel_error_facts_make_certificate (&facts);
  reel_sentences_add (body, certificate);
  reel_sentences_add (body, _ ("Nothing has been sent yet."));
  reel_sentences_add (body, _ ("Seedreel goes on trying, unless you do not want it to be sent any more."));

  return take_text (has_reason ? reel_error_facts_get_title (&facts) : _ ("No connection"), body);
}

/* Written down, and never to be sent. */
static ReelErrorText *
make_not_sent_text (const ReelJobRecord *record)
{
  GString *body = g_string_new (NULL);

  if (reel_job_problem_is_withdrawn (record))
    reel_sentences_add (body, _ ("You withdrew it before it was sent."));
  else
    reel_sentences_add (body, _ ("Seedreel ended before the request was sent."));
  reel_sentences_add (body, _ ("Nothing was sent, and nothing was charged."));

  return take_text (_ ("The request was not sent"), body);
}

static ReelErrorText *
make_rejected_text (const ReelJobRecord *record)
{
  g_autofree char *quote = NULL, *technical = NULL, *advice = NULL;
  ReelErrorFacts facts = {.doing = REEL_ERROR_DOING_SUBMIT, .retry_after = -1, .http_status = record->http_status};
  GString *body;

  facts.was_sent = record->http_status != 0;
  facts.money = facts.was_sent ? REEL_ERROR_MONEY_NOT_ACCEPTED : REEL_ERROR_MONEY_NOT_SENT;
  if (!reel_error_from_name (record->error_code, &facts.code) && !facts.was_sent)
    return make_not_sent_text (record);

  body = g_string_new (NULL);
  reel_sentences_add (body, reel_error_facts_get_event (&facts));
  if (facts.was_sent) {
    quote = reel_sentences_make_quote (record->error_code, record->error_message);
    reel_sentences_add (body, quote);
  } else if ((facts.code == REEL_ERROR_STORE || facts.code == REEL_ERROR_INVALID_REQUEST) &&
             record->error_message != NULL) {
    g_autofree char *words = reel_sentences_make_quotable (record->error_message);

    technical = g_strdup_printf (
        facts.code == REEL_ERROR_STORE ? _ ("The system said: “%s”.") : _ ("The reason: “%s”."), words);
    reel_sentences_add (body, technical);
  }
  reel_sentences_add (body, reel_error_facts_get_money (&facts));
  advice = reel_error_facts_make_advice (&facts);
  reel_sentences_add (body, advice);

  return take_text (reel_error_facts_get_title (&facts), body);
}

/* What happened to a request of which nobody knows what became of it. */
static void
add_unknown_event (GString *body, const ReelJobRecord *record)
{
  ReelErrorFacts facts = {.doing = REEL_ERROR_DOING_SUBMIT, .was_sent = TRUE, .http_status = record->http_status};
  g_autofree char *quote = NULL;

  if (record->error_code == NULL && record->http_status == 0) {
    reel_sentences_add (body, _ ("Seedreel ended while the request was being sent."));
    return;
  }

  /* A code of the service's own, whatever it means elsewhere, says nothing of what became of the request. */
  if (!reel_error_from_name (record->error_code, &facts.code) || facts.code > REEL_ERROR_BAD_SHAPE) {
    facts.code = REEL_ERROR_INTERNAL;
    quote = reel_sentences_make_quote (record->error_code, record->error_message);
  }
  reel_sentences_add (body, reel_error_facts_get_event (&facts));
  reel_sentences_add (body, quote);
}

static ReelErrorText *
make_unknown_text (const ReelJobRecord *record)
{
  g_autofree char *money = reel_money_text_make (record);
  GString *body = g_string_new (NULL);

  add_unknown_event (body, record);
  reel_sentences_add (body, money);
  if (record->declared_lost_at != 0)
    reel_sentences_add (body, _ ("It counts as unresolved under Spending."));

  return take_text (record->declared_lost_at != 0 ? _ ("Declared lost") : _ ("Outcome unknown"), body);
}

/* The service does not know any more what it had accepted. */
static ReelErrorText *
make_lost_text (const ReelJobRecord *record)
{
  GString *body = g_string_new (NULL);

  if (record->not_found_at != 0) {
    g_autofree char *since = reel_time_text_make_exact (record->not_found_at);

    g_string_append_printf (
        /* Translators: %s is a date with its time. */
        body, _ ("The service accepted the request, but has answered since %s that it does not know it."), since);
  } else {
    reel_sentences_add (body, _ ("The service accepted the request, but answers that it does not know it."));
  }
  add_charge (body, record);
  reel_sentences_add (body, _ ("Show its support the receipt, which holds the request ID."));

  return take_text (_ ("The service lost this job"), body);
}

/* When the service was given the job. */
static gint64
get_begin (const ReelJobRecord *record)
{
  return record->accepted_at != 0 ? record->accepted_at : record->created_at;
}

/**
 * reel_job_problem_make_text:
 * @record: the record of a job
 *
 * Makes what a person reads of a job that did not end with a saved video, also after a restart.
 *
 * Returns: (transfer full) (nullable): the text, %NULL where nothing is wrong with the job
 */
ReelErrorText *
reel_job_problem_make_text (const ReelJobRecord *record)
{
  g_return_val_if_fail (record != NULL, NULL);

  switch (reel_job_record_get_state (record)) {
  case REEL_JOB_FAILED:
    return record->submission == REEL_SUBMISSION_REJECTED ? make_rejected_text (record) : make_failed_text (record);
  case REEL_JOB_UNKNOWN:
    return make_unknown_text (record);
  case REEL_JOB_LOST:
    return record->submission == REEL_SUBMISSION_UNKNOWN ? make_unknown_text (record) : make_lost_text (record);
  case REEL_JOB_CANCELLED:
    return make_cancelled_text (record);
  case REEL_JOB_NOT_SAVED:
    return record->file_state == REEL_FILE_MISSING && record->file != NULL ? make_missing_text (record)
                                                                           : make_not_saved_text (record);
  case REEL_JOB_HELD:
    return make_held_text ();
  case REEL_JOB_SENDING:
    return reel_job_problem_waits_for_connection (record) ? make_waiting_text (record) : NULL;
  case REEL_JOB_WAITING:
  case REEL_JOB_GENERATING:
  case REEL_JOB_DOWNLOADING:
  case REEL_JOB_READY:
  default:
    return NULL;
  }
}

/**
 * reel_job_problem_waits_for_connection:
 * @record: the record of a job
 *
 * Tells whether a request was tried in vain, and provably nothing of it has left this computer.
 */
gboolean
reel_job_problem_waits_for_connection (const ReelJobRecord *record)
{
  g_return_val_if_fail (record != NULL, FALSE);

  return record->submission == REEL_SUBMISSION_RECORDED && !record->held && record->error_code != NULL;
}

/**
 * reel_job_problem_is_withdrawn:
 * @record: the record of a job
 *
 * Tells whether a person has kept a request from being sent: then nothing went wrong with it.
 */
gboolean
reel_job_problem_is_withdrawn (const ReelJobRecord *record)
{
  g_return_val_if_fail (record != NULL, FALSE);

  return record->submission == REEL_SUBMISSION_REJECTED && g_strcmp0 (record->error_code, REEL_JOB_WITHDRAWN) == 0;
}

/**
 * reel_job_problem_make_cancel_sentence:
 * @record: the record of a job
 *
 * Tells that the service refused to cancel a job, in its words.
 *
 * Returns: (transfer full) (nullable): whole sentences, %NULL where no cancel was refused
 */
char *
reel_job_problem_make_cancel_sentence (const ReelJobRecord *record)
{
  g_autofree char *reason = NULL;

  g_return_val_if_fail (record != NULL, NULL);

  if (record->cancel_error == NULL)
    return NULL;

  reason = reel_sentences_make_quotable (record->cancel_error);
  if (*reason == '\0')
    return g_strdup (
        _ ("The service refused to cancel the job. Seedreel goes on asking, and saves the video when it is ready."));

  return g_strdup_printf (
      _ ("The service refused to cancel the job: “%s”. Seedreel goes on asking, and saves the video when it is ready."),
      reason);
}

/**
 * reel_job_problem_is_long:
 * @record: the record of a job
 * @usual: what such a job usually takes, microseconds, 0 where that is not known
 * @now: the time now, microseconds since 1970 in UTC
 *
 * Tells whether the service takes longer than usual for a job.
 */
gboolean
reel_job_problem_is_long (const ReelJobRecord *record, gint64 usual, gint64 now)
{
  ReelJobState state;
  gint64 elapsed;

  g_return_val_if_fail (record != NULL, FALSE);

  state = reel_job_record_get_state (record);
  elapsed = now - get_begin (record);

  return (state == REEL_JOB_WAITING || state == REEL_JOB_GENERATING) &&
         (elapsed > LONG_TIME || (usual > 0 && elapsed > LONG_FACTOR * usual));
}

/**
 * reel_job_problem_make_long_text:
 * @record: the record of a job
 * @usual: what such a job usually takes, microseconds, 0 where that is not known
 * @now: the time now, microseconds since 1970 in UTC
 *
 * Makes what a person reads of a job that takes longer than usual. It does not change from second to second.
 *
 * Returns: (transfer full) (nullable): the text, %NULL where it does not
 */
ReelErrorText *
reel_job_problem_make_long_text (const ReelJobRecord *record, gint64 usual, gint64 now)
{
  g_autofree char *charge = NULL, *usually = NULL;
  GString *body;
  guint hours;

  if (!reel_job_problem_is_long (record, usual, now))
    return NULL;

  body = g_string_new (NULL);
  hours = (guint)CLAMP ((now - get_begin (record)) / G_TIME_SPAN_HOUR, 0, G_MAXINT);
  if (hours > 0)
    g_string_append_printf (body,
                            g_dngettext (GETTEXT_PACKAGE, "The service has had this job for more than %u hour.",
                                         "The service has had this job for more than %u hours.", hours),
                            hours);
  if (usual > 0) {
    g_autofree char *time = reel_time_text_make_elapsed (usual);

    /* Translators: %s is a time such as 1:10, minutes and seconds. */
    usually = g_strdup_printf (_ ("It usually takes about %s."), time);
    reel_sentences_add (body, usually);
  }
  charge = reel_money_text_make_charge (record);
  reel_sentences_add (body, charge);
  reel_sentences_add (body,
                      _ ("Seedreel goes on asking, and saves the video when it is ready. Meanwhile you can hide it, "
                         "or show the receipt to the service's support."));

  return take_text (_ ("Longer than usual"), body);
}
