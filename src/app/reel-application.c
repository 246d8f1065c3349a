#include "config.h"

#include "reel-application.h"

#include "reel-ui.h"
#include "reel-window.h"

/**
 * ReelApplication:
 *
 * The composition root: makes the services and hands them down.
 */
struct _ReelApplication
{
  AdwApplication parent_instance;

  GSettings *settings;
};

G_DEFINE_FINAL_TYPE (ReelApplication, reel_application, ADW_TYPE_APPLICATION)

static void
reel_application_startup (GApplication *application)
{
  ReelApplication *self = REEL_APPLICATION (application);

  G_APPLICATION_CLASS (reel_application_parent_class)->startup (application);

  reel_ui_init ();
  self->settings = g_settings_new (REEL_APPLICATION_ID);
}

static void
reel_application_activate (GApplication *application)
{
  ReelApplication *self = REEL_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL)
    window = GTK_WINDOW (reel_window_new (GTK_APPLICATION (self), self->settings));

  gtk_window_present (window);
}

static void
reel_application_shutdown (GApplication *application)
{
  ReelApplication *self = REEL_APPLICATION (application);

  g_clear_object (&self->settings);

  G_APPLICATION_CLASS (reel_application_parent_class)->shutdown (application);
}

static void
reel_application_class_init (ReelApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = reel_application_startup;
  application_class->activate = reel_application_activate;
  application_class->shutdown = reel_application_shutdown;
}

static void
reel_application_init (ReelApplication *self)
{
}

/**
 * reel_application_new:
 *
 * Makes the application.
 *
 * Returns: (transfer full): the application
 */
ReelApplication *
reel_application_new (void)
{
  return g_object_new (REEL_TYPE_APPLICATION, "application-id", REEL_APPLICATION_ID, "resource-base-path",
                       "/io/github/seedreel/Seedreel", NULL);
}
