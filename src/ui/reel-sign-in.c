#include "config.h"

#include "reel-sign-in.h"

#include <glib/gi18n-lib.h>

/* What GNOME itself opens to sign in to a network: a page over http that says nothing, and that such a network replaces by
 * its own. */
#define SIGN_IN_URI "http://nmcheck.gnome.org/"

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelWindow) window = data;
  g_autoptr (GError) error = NULL;

  if (!gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (source), result, &error) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) &&
      gtk_widget_get_mapped (GTK_WIDGET (window)))
    reel_window_add_toast (window, _ ("No browser could be opened"));
}

/**
 * reel_sign_in_open:
 * @window: (transfer none): a window
 *
 * Opens the browser where a network that wants the person to sign in shows its own page.
 */
void
reel_sign_in_open (ReelWindow *window)
{
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (SIGN_IN_URI);

  gtk_uri_launcher_launch (launcher, GTK_WINDOW (window), NULL, on_opened, g_object_ref (window));
}
