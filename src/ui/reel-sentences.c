#include "config.h"

#include "reel-sentences.h"

#include <glib/gi18n-lib.h>

#include "reel-line.h"

/* The service's own words are quoted up to here: enough for a sentence, not for a page of HTML. */
#define MAX_QUOTED_CHARACTERS 400

/**
 * reel_sentences_add:
 * @text: whole sentences
 * @sentence: (nullable): one more
 *
 * Adds a sentence, if there is one.
 */
void
reel_sentences_add (GString *text, const char *sentence)
{
  if (sentence == NULL || *sentence == '\0')
    return;
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
}

/**
 * reel_sentences_make_quotable:
 * @words: somebody else's words
 *
 * Makes words fit for quotation marks in a sentence.
 *
 * Returns: (transfer full): one line, perhaps an empty one
 */
char *
reel_sentences_make_quotable (const char *words)
{
  char *line = reel_line_make (words, MAX_QUOTED_CHARACTERS);

  /* The sentence around it ends with a full stop of its own. */
  if (g_str_has_suffix (line, ".") && !g_str_has_suffix (line, ".."))
    line[strlen (line) - 1] = '\0';

  return line;
}

/**
 * reel_sentences_make_quote:
 * @service_code: (nullable): the service's code for an error
 * @service_message: (nullable): its words
 *
 * Tells what the service said.
 *
 * Returns: (transfer full) (nullable): a sentence, %NULL where it said nothing
 */
char *
reel_sentences_make_quote (const char *service_code, const char *service_message)
{
  g_autofree char *code = service_code != NULL ? reel_sentences_make_quotable (service_code) : NULL;
  g_autofree char *message = service_message != NULL ? reel_sentences_make_quotable (service_message) : NULL;
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
