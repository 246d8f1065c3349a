#include "config.h"

#include "reel-help.h"

#define WEBSITE "https://github.com/seedreel/seedreel#readme"

static void
on_website_shown (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (source), result, &error))
    g_message ("The website could not be opened: %s", error->message);
}

static void
show_website (GtkWindow *parent)
{
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (WEBSITE);

  gtk_uri_launcher_launch (launcher, parent, NULL, on_website_shown, NULL);
}

static void
on_guide_shown (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWindow) parent = data;
  g_autoptr (GError) error = NULL;

  if (!gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (source), result, &error)) {
    g_message ("The guide could not be opened: %s", error->message);
    show_website (parent);
  }
}

/**
 * reel_help_show:
 * @parent: the window that asks
 *
 * Opens the guide in the desktop's viewer, and where there is none, the website. Out of a Flatpak no viewer can read the
 * guide.
 */
void
reel_help_show (GtkWindow *parent)
{
  g_autoptr (GtkUriLauncher) launcher = NULL;

  g_return_if_fail (GTK_IS_WINDOW (parent));

  if (g_strcmp0 (g_getenv ("FLATPAK_ID"), REEL_APPLICATION_ID) == 0) {
    show_website (parent);
    return;
  }

  launcher = gtk_uri_launcher_new ("help:seedreel");
  gtk_uri_launcher_launch (launcher, parent, NULL, on_guide_shown, g_object_ref (parent));
}
