#include "config.h"

#include "reel-application-private.h"

#include <glib/gi18n-lib.h>

#include "reel-background-dialog.h"
#include "reel-background-portal.h"

/* What happens when the window is closed while videos are being made, and what the desktop is asked for meanwhile. */

static gboolean
has_running_jobs (ReelApplication *self)
{
  return self->running != NULL && reel_running_jobs_get_n_running (self->running) > 0;
}

static void
tell_refusal (ReelApplication *self)
{
  g_autoptr (GNotification) notification = g_notification_new (_ ("Seedreel may be stopped"));

  g_notification_set_body (notification,
                           _ ("The desktop does not let it work in the background. Nothing is lost: the service goes "
                              "on, and your videos come when you start Seedreel again."));
  g_application_send_notification (G_APPLICATION (self), "background", notification);
}

static void
on_portal_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelApplication) self = data;
  g_autoptr (GError) error = NULL;

  if (reel_background_portal_request_finish (result, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (error != NULL)
    g_message ("The desktop could not be asked for work in the background: %s", error->message);
  if (reel_application_get_window (self) == NULL)
    tell_refusal (self);
}

/* Outside of a sandbox a process needs no leave to go on. */
static void
ask_portal (ReelApplication *self)
{
  GDBusConnection *bus = g_application_get_dbus_connection (G_APPLICATION (self));

  if (bus != NULL && reel_background_portal_is_needed ())
    reel_background_portal_request_async (bus, _ ("Saves the videos that are being made when they are ready"),
                                          self->cancellable, on_portal_answered, g_object_ref (self));
}

static void
decide (ReelApplication *self, ReelOnClose choice)
{
  gboolean is_loading = self->services != NULL && !reel_services_is_loaded (self->services);

  self->keep_working = choice == REEL_ON_CLOSE_KEEP_WORKING;
  if (self->keep_working && (is_loading || has_running_jobs (self)))
    ask_portal (self);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelApplication) self = data;
  gboolean remember;
  ReelOnClose choice = reel_background_dialog_choose_finish (ADW_ALERT_DIALOG (source), result, &remember);
  ReelWindow *window = reel_application_get_window (self);

  self->is_asking = FALSE;
  if (choice == REEL_ON_CLOSE_ASK || window == NULL)
    return;

  if (remember)
    g_settings_set_enum (self->settings, REEL_ON_CLOSE_KEY, (int)choice);
  decide (self, choice);
  self->is_closing = TRUE;
  gtk_window_close (GTK_WINDOW (window));
}

/**
 * reel_application_close:
 *
 * Decides what a closed window means: where videos are being made, a person is asked, unless the answer is known.
 *
 * Returns: whether the window stays
 */
gboolean
reel_application_close (ReelApplication *self)
{
  ReelOnClose choice;

  if (self->is_closing)
    return FALSE;
  if (self->is_asking)
    return TRUE;

  choice = (ReelOnClose)g_settings_get_enum (self->settings, REEL_ON_CLOSE_KEY);
  if (choice != REEL_ON_CLOSE_ASK || !has_running_jobs (self)) {
    decide (self, choice);
    return FALSE;
  }

  self->is_asking = TRUE;
  reel_background_dialog_choose (reel_running_jobs_get_n_running (self->running),
                                 GTK_WIDGET (reel_application_get_window (self)), self->cancellable, on_answered,
                                 g_object_ref (self));

  return TRUE;
}

/**
 * reel_application_update_inhibition:
 *
 * Keeps the session from ending for the seconds in which a request is on its way: without its answer nobody would know
 * whether it is charged.
 */
void
reel_application_update_inhibition (ReelApplication *self)
{
  GtkApplication *application = GTK_APPLICATION (self);
  gboolean is_sending = self->running != NULL && reel_running_jobs_get_n_sending (self->running) > 0;

  if (is_sending && self->inhibit_cookie == 0) {
    self->inhibit_cookie =
        gtk_application_inhibit (application, GTK_WINDOW (reel_application_get_window (self)),
                                 GTK_APPLICATION_INHIBIT_LOGOUT | GTK_APPLICATION_INHIBIT_SUSPEND,
                                 _ ("A request is on its way. Its answer says whether the service took it."));
  } else if (!is_sending && self->inhibit_cookie != 0) {
    gtk_application_uninhibit (application, self->inhibit_cookie);
    self->inhibit_cookie = 0;
  }
}

/**
 * reel_application_update_status:
 *
 * Tells the desktop what goes on without a window: it shows so beside the name of the application.
 */
void
reel_application_update_status (ReelApplication *self)
{
  GDBusConnection *bus = g_application_get_dbus_connection (G_APPLICATION (self));
  gboolean is_background = self->keep_working && reel_application_get_window (self) == NULL;
  guint n = is_background && self->running != NULL ? reel_running_jobs_get_n_running (self->running) : 0;

  if (n == self->n_told)
    return;

  self->n_told = n;
  if (n > 0 && bus != NULL && reel_background_portal_is_needed ()) {
    g_autofree char *status =
        g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Making %u video", "Making %u videos", n), n);

    reel_background_portal_set_status (bus, status);
  }
}
