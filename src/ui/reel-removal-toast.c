#include "config.h"

#include "reel-removal-toast.h"

#include <glib/gi18n-lib.h>

/* How much of a prompt a toast quotes. */
#define MAX_QUOTED_CHARACTERS 40

/**
 * reel_removal_toast_quote:
 * @job: (transfer none): a job
 *
 * Returns: (transfer full): as much of its prompt as a toast quotes
 */
char *
reel_removal_toast_quote (ReelJob *job)
{
  const char *title = reel_job_get_title (job);

  if (g_utf8_strlen (title, -1) <= MAX_QUOTED_CHARACTERS)
    return g_strdup (title);

  return g_utf8_truncate_middle (title, MAX_QUOTED_CHARACTERS);
}

/**
 * reel_removal_toast_new:
 * @removal: (transfer none): a removal that is open
 * @title: what was done
 *
 * Makes the one toast of a removal: its button undoes all of it, and when it has gone the removal is carried out.
 *
 * Returns: (transfer full): the toast
 */
AdwToast *
reel_removal_toast_new (ReelRemoval *removal, const char *title)
{
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _ ("Undo"));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (reel_removal_undo), removal, G_CONNECT_SWAPPED);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (reel_removal_carry_out), removal, G_CONNECT_SWAPPED);

  return toast;
}

/**
 * reel_removal_toast_make_kept:
 * @removal: (transfer none): a removal that has ended
 *
 * Tells which files could not go to the Trash.
 *
 * Returns: (transfer full) (nullable): the sentence, %NULL where all went
 */
char *
reel_removal_toast_make_kept (ReelRemoval *removal)
{
  GPtrArray *kept = reel_removal_get_kept (removal);
  g_autofree char *name = NULL;

  if (kept->len == 0)
    return NULL;

  name = reel_removal_toast_quote (kept->pdata[0]);
  if (kept->len == 1)
    /* Translators: %s is the beginning of a prompt. */
    return g_strdup_printf (_ ("The file of “%s” could not be moved to the Trash, so it is kept"), name);

  return g_strdup_printf (
      /* Translators: %s is the beginning of a prompt, %u the number of the others. */
      g_dngettext (GETTEXT_PACKAGE, "The files of “%s” and %u other could not be moved to the Trash, so they are kept",
                   "The files of “%s” and %u others could not be moved to the Trash, so they are kept", kept->len - 1),
      name, kept->len - 1);
}
