#include "config.h"

#include "reel-adopt-text.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "reel-error-text.h"
#include "reel-line.h"

/* A prompt is quoted up to here. */
#define MAX_PROMPT_CHARACTERS 120

/**
 * reel_adopt_text_make_introduction:
 * @title: (nullable): the prompt of the job that is to have the request id, %NULL for a new one
 * @account_name: (nullable): the account that is asked with, %NULL where it was removed
 *
 * Tells what a request id is needed for.
 *
 * Returns: (transfer full): whole sentences
 */
char *
reel_adopt_text_make_introduction (const char *title, const char *account_name)
{
  g_autofree char *asked = NULL, *prompt = NULL, *about = NULL;

  if (account_name != NULL)
    /* Translators: %s is the name of an account. */
    asked =
        g_strdup_printf (_ ("The service is asked for it with the account “%s”. This costs nothing."), account_name);
  else
    asked = g_strdup (_ ("The account of this job was removed: add it again first."));

  if (title == NULL)
    return g_strconcat (_ ("The service's website, or its support, can tell the request ID of a video that is missing "
                           "here."),
                        " ", asked, NULL);

  prompt = reel_line_make (title, MAX_PROMPT_CHARACTERS);
  /* Translators: %s is a prompt. */
  about = g_strdup_printf (_ ("The service's website, or its support, can tell the request ID of “%s”."), prompt);

  return g_strconcat (about, " ", asked, NULL);
}

/**
 * reel_adopt_text_make_error:
 * @error: why a request id was not adopted
 * @title: (nullable): the prompt of the job that is to have it
 *
 * Tells why, and what to do about it.
 *
 * Returns: (transfer full): whole sentences
 */
char *
reel_adopt_text_make_error (const GError *error, const char *title)
{
  g_autoptr (ReelErrorText) text = NULL;

  g_return_val_if_fail (error != NULL, NULL);

  if (g_error_matches (error, REEL_ERROR, REEL_ERROR_MISMATCH)) {
    const char *theirs = reel_error_get_service_message (error);
    g_autofree char *ours = reel_line_make (title != NULL ? title : "", MAX_PROMPT_CHARACTERS);
    g_autofree char *other = reel_line_make (theirs != NULL ? theirs : "", MAX_PROMPT_CHARACTERS);

    if (*other == '\0' || g_str_equal (ours, other))
      return g_strdup (_ ("The service made the video of this request ID from other settings. Adopt it only if you are "
                          "sure that it is the same request."));

    /* Translators: both are prompts; the first is the service's, the second that of the job here. */
    return g_strdup_printf (
        _ ("The service made the video of this request ID from “%s”, not from “%s”. Adopt it only if "
           "you are sure that it is the same request."),
        other, ours);
  }
  if (g_error_matches (error, REEL_ERROR, REEL_ERROR_NOT_FOUND))
    return g_strdup (
        _ ("The service does not know this request ID with this account. Check that all of it is there, and "
           "that it belongs to the account."));
  if (g_error_matches (error, REEL_ERROR, REEL_ERROR_TAKEN))
    return g_strdup (_ ("Another video in the history, perhaps a hidden one, has this request ID already."));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT))
    return g_strdup (_ ("This is no request ID."));

  text = reel_error_text_new (error, REEL_ERROR_DOING_ASK);

  return g_strdup (text->body);
}
