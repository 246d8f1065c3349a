#include "config.h"

#include "reel-error-text.h"

#include <glib/gi18n-lib.h>

#include "reel-error-facts.h"
#include "reel-line.h"
#include "reel-money-text.h"

/* The service's own words are quoted up to here: enough for a sentence, not for a page of HTML. */
#define MAX_QUOTED_CHARACTERS 400

static void
add_sentence (GString *text, const char *sentence)
{
  if (sentence == NULL || *sentence == '\0')
    return;
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
}

static char *
make_quotable (const char *words)
{
  char *line = reel_line_make (words, MAX_QUOTED_CHARACTERS);

  /* The sentence around it ends with a full stop of its own. */
  if (g_str_has_suffix (line, ".") && !g_str_has_suffix (line, ".."))
    line[strlen (line) - 1] = '\0';

  return line;
}

/* What the service said, or NULL where it said nothing. */
static char *
make_quote (const char *service_code, const char *service_message)
{
  g_autofree char *code = service_code != NULL ? make_quotable (service_code) : NULL;
  g_autofree char *message = service_message != NULL ? make_quotable (service_message) : NULL;
  gboolean has_code = code != NULL && *code != '\0';
  gboolean has_message = message != NULL && *message != '\0';

  if (has_message && has_code)
    /* Translators: the first is the service's own message, the second its code for it, such as invalid_request. */
    return g_strdup_printf (_ ("The service said: “%s” (%s)."), message, code);
  if (has_message)
    return g_strdup_printf (_ ("The service said: “%s”."), message);
  if (has_code)
    return g_strdup_printf (_ ("The service gave the code “%s”."), code);

  return NULL;
}

static ReelErrorText *
make_text (const ReelErrorFacts *facts)
{
  g_autofree char *quote = make_quote (facts->service_code, facts->service_message);
  g_autofree char *technical = facts->technical != NULL ? make_quotable (facts->technical) : NULL;
  g_autofree char *advice = reel_error_facts_make_advice (facts);
  ReelErrorText *self = g_new0 (ReelErrorText, 1);
  GString *body = g_string_new (NULL);

  add_sentence (body, reel_error_facts_get_event (facts));
  add_sentence (body, quote);
  if (technical != NULL && *technical != '\0') {
    /* Translators: what the operating system says about a failure. */
    g_autofree char *sentence = g_strdup_printf (_ ("The system said: “%s”."), technical);

    add_sentence (body, sentence);
  }
  add_sentence (body, reel_error_facts_get_money (facts));
  add_sentence (body, advice);

  self->title = g_strdup (reel_error_facts_get_title (facts));
  self->body = g_string_free (body, FALSE);

  return self;
}

static ReelErrorText *
make_failed_text (const ReelJobRecord *record)
{
  g_autofree char *quote = make_quote (record->error_code, record->error_message);
  g_autofree char *charge = reel_money_text_make_charge (record);
  ReelErrorText *self = g_new0 (ReelErrorText, 1);
  GString *body = g_string_new (NULL);

  add_sentence (body, _ ("The service accepted the request, but could not make the video."));
  add_sentence (body, quote);
  add_sentence (body, charge != NULL ? charge : _ ("It did not say whether it charged you."));
  add_sentence (body, _ ("Reuse the settings, change the prompt or the references, and generate again."));

  self->title = g_strdup (_ ("The service could not make the video"));
  self->body = g_string_free (body, FALSE);

  return self;
}

static ReelErrorText *
make_cancelled_text (const ReelJobRecord *record)
{
  g_autofree char *charge = reel_money_text_make_charge (record);
  ReelErrorText *self = g_new0 (ReelErrorText, 1);
  GString *body = g_string_new (NULL);

  add_sentence (body, _ ("The service cancelled the job; there is no video."));
  add_sentence (body, charge != NULL ? charge : _ ("It did not say whether it charged you."));

  self->title = g_strdup (_ ("Cancelled"));
  self->body = g_string_free (body, FALSE);

  return self;
}

static ReelErrorText *
make_not_saved_text (const ReelJobRecord *record)
{
  g_autofree char *reason = record->file_error != NULL ? make_quotable (record->file_error) : NULL;
  ReelErrorText *self = g_new0 (ReelErrorText, 1);
  GString *body = g_string_new (NULL);

  add_sentence (body, _ ("The service made the video, but it could not be saved on this computer."));
  if (reason != NULL && *reason != '\0') {
    g_autofree char *sentence = g_strdup_printf (_ ("The reason: “%s”."), reason);

    add_sentence (body, sentence);
  }
  add_sentence (body, _ ("Download it again soon: the service keeps videos for a limited time. Downloading is not "
                         "charged."));

  self->title = g_strdup (_ ("The video was not saved"));
  self->body = g_string_free (body, FALSE);

  return self;
}

/* An outcome that is not known without an error: the application ended while the request was on its way. */
static ReelErrorText *
make_interrupted_text (void)
{
  ReelErrorText *self = g_new0 (ReelErrorText, 1);
  GString *body = g_string_new (NULL);

  add_sentence (body, _ ("Seedreel ended while the request was being sent."));
  add_sentence (body,
                _ ("The service may have accepted it and charged you. Seedreel will not send it again by itself."));
  add_sentence (body, _ ("Look at the credits of your account on the service's website to find out."));

  self->title = g_strdup (_ ("Outcome unknown"));
  self->body = g_string_free (body, FALSE);

  return self;
}

/* Written down, but not sent: the application ended before the request left. */
static ReelErrorText *
make_not_sent_text (void)
{
  ReelErrorText *self = g_new0 (ReelErrorText, 1);
  GString *body = g_string_new (NULL);

  add_sentence (body, _ ("Seedreel ended before the request was sent."));
  add_sentence (body, _ ("Nothing was sent, and nothing was charged."));

  self->title = g_strdup (_ ("The request was not sent"));
  self->body = g_string_free (body, FALSE);

  return self;
}

static ReelErrorText *
make_submission_text (const ReelJobRecord *record)
{
  ReelErrorFacts facts = {.doing = REEL_ERROR_DOING_SUBMIT, .retry_after = -1, .http_status = record->http_status};
  ReelErrorText *self;

  if (record->submission == REEL_SUBMISSION_UNKNOWN && record->error_code == NULL && record->http_status == 0)
    return make_interrupted_text ();

  facts.was_sent = record->submission == REEL_SUBMISSION_UNKNOWN || record->http_status != 0;
  if (!reel_error_from_name (record->error_code, &facts.code) && !facts.was_sent)
    return make_not_sent_text ();
  if (record->http_status != 0) {
    facts.service_code = record->error_code;
    facts.service_message = record->error_message;
  } else if (facts.code == REEL_ERROR_STORE) {
    facts.technical = record->error_message;
  }
  if (record->submission == REEL_SUBMISSION_UNKNOWN)
    facts.money = REEL_ERROR_MONEY_UNKNOWN;
  else
    facts.money = facts.was_sent ? REEL_ERROR_MONEY_NOT_ACCEPTED : REEL_ERROR_MONEY_NOT_SENT;

  self = make_text (&facts);
  if (record->submission == REEL_SUBMISSION_UNKNOWN)
    g_set_str (&self->title, _ ("Outcome unknown"));

  return self;
}

/**
 * reel_error_text_new:
 * @error: an error of %REEL_ERROR, or of any other domain
 * @doing: what was being done
 *
 * Makes what a person reads of an error.
 *
 * Returns: (transfer full): the text
 */
ReelErrorText *
reel_error_text_new (const GError *error, ReelErrorDoing doing)
{
  ReelErrorFacts facts = {.code = REEL_ERROR_UNKNOWN_CODE, .doing = doing, .retry_after = -1};

  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == REEL_ERROR) {
    facts.code = error->code;
    facts.was_sent = reel_error_was_sent (error);
    facts.http_status = reel_error_get_http_status (error);
    facts.retry_after = reel_error_get_retry_after (error);
    facts.service_code = reel_error_get_service_code (error);
    facts.service_message = reel_error_get_service_message (error);
    if (facts.code == REEL_ERROR_STORE || facts.code == REEL_ERROR_FILE)
      facts.technical = error->message;
  } else {
    facts.technical = error->message;
    if (doing == REEL_ERROR_DOING_LOCAL || doing == REEL_ERROR_DOING_DOWNLOAD)
      facts.code = REEL_ERROR_FILE;
  }
  facts.money = reel_error_facts_judge_money (&facts);

  return make_text (&facts);
}

/**
 * reel_error_text_new_for_job:
 * @record: the record of a job
 *
 * Makes what a person reads of a job that did not end with a saved video, also after a restart.
 *
 * Returns: (transfer full) (nullable): the text, %NULL where nothing is wrong with the job
 */
ReelErrorText *
reel_error_text_new_for_job (const ReelJobRecord *record)
{
  g_return_val_if_fail (record != NULL, NULL);

  switch (reel_job_record_get_state (record)) {
  case REEL_JOB_FAILED:
    return record->submission == REEL_SUBMISSION_REJECTED ? make_submission_text (record) : make_failed_text (record);
  case REEL_JOB_UNKNOWN:
    return make_submission_text (record);
  case REEL_JOB_LOST:
    return record->submission == REEL_SUBMISSION_UNKNOWN ? make_submission_text (record) : make_failed_text (record);
  case REEL_JOB_CANCELLED:
    return make_cancelled_text (record);
  case REEL_JOB_NOT_SAVED:
    return make_not_saved_text (record);
  case REEL_JOB_HELD:
  case REEL_JOB_SENDING:
  case REEL_JOB_WAITING:
  case REEL_JOB_GENERATING:
  case REEL_JOB_DOWNLOADING:
  case REEL_JOB_READY:
  default:
    return NULL;
  }
}

/**
 * reel_error_text_make_cancel_sentence:
 * @record: the record of a job
 *
 * Tells that the service refused to cancel a job, in its words.
 *
 * Returns: (transfer full) (nullable): whole sentences, %NULL where no cancel was refused
 */
char *
reel_error_text_make_cancel_sentence (const ReelJobRecord *record)
{
  g_autofree char *reason = NULL;

  g_return_val_if_fail (record != NULL, NULL);

  if (record->cancel_error == NULL)
    return NULL;

  reason = make_quotable (record->cancel_error);
  if (*reason == '\0')
    return g_strdup (_ ("The service refused to cancel the job. It goes on, and its video will be saved."));

  return g_strdup_printf (_ ("The service refused to cancel the job: “%s”. It goes on, and its video will be saved."),
                          reason);
}

/**
 * reel_error_text_free:
 * @self: (nullable) (transfer full): a text
 *
 * Frees a text.
 */
void
reel_error_text_free (ReelErrorText *self)
{
  if (self == NULL)
    return;

  g_free (self->title);
  g_free (self->body);
  g_free (self);
}
