#include "config.h"

#include "reel-error-text.h"

#include <glib/gi18n-lib.h>

#include "reel-error-facts.h"
#include "reel-sentences.h"

static ReelErrorText *
make_text (const ReelErrorFacts *facts)
{
  g_autofree char *quote = reel_sentences_make_quote (facts->service_code, facts->service_message);
  g_autofree char *technical = facts->technical != NULL ? reel_sentences_make_quotable (facts->technical) : NULL;
  g_autofree char *certificate = reel_error_facts_make_certificate (facts);
  g_autofree char *advice = reel_error_facts_make_advice (facts);
  GString *body = g_string_new (NULL);

  reel_sentences_add (body, reel_error_facts_get_event (facts));
  reel_sentences_add (body, certificate);
  reel_sentences_add (body, quote);
  if (technical != NULL && *technical != '\0') {
    /* Translators: what the operating system says about a failure. */
    g_autofree char *sentence = g_strdup_printf (_ ("The system said: “%s”."), technical);

    reel_sentences_add (body, sentence);
  }
  reel_sentences_add (body, reel_error_facts_get_money (facts));
  reel_sentences_add (body, advice);

  return reel_error_text_new_take (reel_error_facts_get_title (facts), g_string_free (body, FALSE));
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
    facts.issuer = reel_error_get_issuer (error);
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
 * reel_error_text_new_take:
 * @title: what happened, in a few words
 * @body: (transfer full): whole sentences
 *
 * Makes a text of what is written already.
 *
 * Returns: (transfer full): the text
 */
ReelErrorText *
reel_error_text_new_take (const char *title, char *body)
{
  ReelErrorText *self = g_new0 (ReelErrorText, 1);

  self->title = g_strdup (title);
  self->body = body;

  return self;
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
