#include "config.h"

#include "reel-application-private.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>

#include "reel-ui.h"

/* For so long the process stays after a question of the desktop, with no window; in seconds. */
#define IDLE_TIME 10

G_DEFINE_FINAL_TYPE (ReelApplication, reel_application, ADW_TYPE_APPLICATION)

static gboolean
is_loaded (ReelApplication *self)
{
  return self->services != NULL && !self->is_stopping && reel_services_is_loaded (self->services);
}

/* Whether jobs are to be watched without a window. Until the history is read nobody knows whether there are any. */
static gboolean
is_working (ReelApplication *self)
{
  return self->keep_working && self->services != NULL &&
         (!is_loaded (self) || reel_running_jobs_get_n_running (self->running) > 0);
}

static gboolean
is_needed (ReelApplication *self)
{
  return reel_application_get_window (self) != NULL || self->wants_window || self->idle_source != 0 ||
         self->n_errands > 0 || !g_queue_is_empty (&self->errands) || is_working (self);
}

static void
on_loaded (ReelApplication *self)
{
  ReelWindow *window = reel_application_get_window (self);

  if (window != NULL)
    reel_window_set_loaded (window);
  reel_search_provider_set_engine (self->search, reel_services_get_engine (self->services));
  reel_application_update (self);
}

static void
on_sandbox_failed (ReelApplication *self)
{
  if (reel_application_get_window (self) != NULL)
    reel_window_add_toast (reel_application_get_window (self), _ ("The sandbox could not start"));
}

static void
make_services (ReelApplication *self)
{
  ReelEngine *engine;

  self->services = reel_services_new (self->settings, self->environment_base_url, self->environment_key);
  engine = reel_services_get_engine (self->services);
  self->running = reel_running_jobs_new (G_LIST_MODEL (reel_engine_get_watched_jobs (engine)));
  self->notifier = reel_notifier_new (G_APPLICATION (self), reel_engine_get_jobs (engine));
  g_signal_connect_object (self->services, "loaded", G_CALLBACK (on_loaded), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->services, "sandbox-failed", G_CALLBACK (on_sandbox_failed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->running, "notify::n-running", G_CALLBACK (reel_application_update_later), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->running, "notify::n-sending", G_CALLBACK (reel_application_update_inhibition), self,
                           G_CONNECT_SWAPPED);
  if (!self->is_held)
    g_application_hold (G_APPLICATION (self));
  self->is_held = TRUE;
}

static void
on_services_stopped (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelApplication) self = data;

  reel_services_stop_finish (REEL_SERVICES (source), result);
  /* The end of a submission may have brought news. */
  reel_notifier_flush (self->notifier);
  g_clear_object (&self->notifier);
  g_clear_object (&self->running);
  g_clear_object (&self->services);
  self->is_stopping = FALSE;
  reel_application_update_inhibition (self);

  reel_application_update (self);
  if (self->services == NULL) {
    self->is_held = FALSE;
    g_application_release (G_APPLICATION (self));
  }
}

static void
stop_services (ReelApplication *self)
{
  self->is_stopping = TRUE;
  self->keep_working = FALSE;
  g_clear_handle_id (&self->start_source, g_source_remove);
  reel_search_provider_set_engine (self->search, NULL);
  reel_services_stop_async (self->services, on_services_stopped, g_object_ref (self));
}

static gboolean
on_start (gpointer data)
{
  ReelApplication *self = data;

  self->start_source = 0;
  reel_services_start (self->services);

  return G_SOURCE_REMOVE;
}

/* What takes a second, and all that needs it, waits behind the first frame. */
static void
on_first_frame (GdkFrameClock *clock, ReelApplication *self)
{
  g_signal_handlers_disconnect_by_func (clock, on_first_frame, self);
  if (self->start_source == 0 && self->services != NULL && !self->is_stopping)
    self->start_source = g_idle_add_full (G_PRIORITY_LOW, on_start, self, NULL);
}

static void
on_map (ReelApplication *self, GtkWidget *window)
{
  g_signal_connect_object (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_first_frame), self, 0);
}

static void
make_window (ReelApplication *self)
{
  ReelWindow *window =
      reel_window_new (GTK_APPLICATION (self), self->settings, reel_services_get_engine (self->services),
                       reel_services_get_posters (self->services), reel_services_get_default_library (self->services));

  g_signal_connect_object (window, "map", G_CALLBACK (on_map), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "close-request", G_CALLBACK (reel_application_close), self, G_CONNECT_SWAPPED);
  reel_notifier_set_window (self->notifier, window);
  self->mpris = reel_mpris_new (G_APPLICATION (self), window, reel_services_get_posters (self->services));
  if (is_loaded (self))
    reel_window_set_loaded (window);
  gtk_window_present (GTK_WINDOW (window));
}

static gboolean
on_update (gpointer data)
{
  ReelApplication *self = data;

  self->update_source = 0;
  reel_application_update (self);

  return G_SOURCE_REMOVE;
}

static gboolean
on_idle (gpointer data)
{
  ReelApplication *self = data;

  self->idle_source = 0;
  reel_application_update (self);

  return G_SOURCE_REMOVE;
}

static void
on_search_asked (ReelApplication *self)
{
  g_clear_handle_id (&self->idle_source, g_source_remove);
  self->idle_source = g_timeout_add_seconds (IDLE_TIME, on_idle, self);
  reel_application_update (self);
}

static gboolean
on_signal (gpointer data)
{
  reel_application_end (REEL_APPLICATION (data));

  return G_SOURCE_CONTINUE;
}

static void
reel_application_startup (GApplication *application)
{
  ReelApplication *self = REEL_APPLICATION (application);

  G_APPLICATION_CLASS (reel_application_parent_class)->startup (application);

  reel_application_add_actions (self);
  self->signal_sources[0] = g_unix_signal_add (SIGTERM, on_signal, self);
  self->signal_sources[1] = g_unix_signal_add (SIGINT, on_signal, self);
  self->settings = g_settings_new (REEL_APPLICATION_ID);
  self->cancellable = g_cancellable_new ();
}

static void
reel_application_activate (GApplication *application)
{
  reel_application_open_window (REEL_APPLICATION (application));
}

static void
reel_application_window_removed (GtkApplication *application, GtkWindow *window)
{
  ReelApplication *self = REEL_APPLICATION (application);

  GTK_APPLICATION_CLASS (reel_application_parent_class)->window_removed (application, window);

  if (!REEL_IS_WINDOW (window))
    return;

  self->is_closing = FALSE;
  g_clear_object (&self->mpris);
  if (self->notifier != NULL)
    reel_notifier_set_window (self->notifier, NULL);
  reel_application_update (self);
}

static void
reel_application_shutdown (GApplication *application)
{
  ReelApplication *self = REEL_APPLICATION (application);

  for (guint i = 0; i < G_N_ELEMENTS (self->signal_sources); i++)
    g_clear_handle_id (&self->signal_sources[i], g_source_remove);
  g_clear_handle_id (&self->start_source, g_source_remove);
  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_handle_id (&self->idle_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  reel_application_clear_errands (self);
  g_clear_object (&self->search);
  g_clear_object (&self->notifier);
  g_clear_object (&self->running);
  g_clear_object (&self->services);
  g_clear_object (&self->settings);
  g_clear_object (&self->cancellable);

  G_APPLICATION_CLASS (reel_application_parent_class)->shutdown (application);
}

static gboolean
reel_application_dbus_register (GApplication *application,
                                GDBusConnection *connection,
                                const char *object_path,
                                GError **error)
{
  ReelApplication *self = REEL_APPLICATION (application);
  g_autofree char *path = g_strconcat (object_path, "/SearchProvider", NULL);

  return G_APPLICATION_CLASS (reel_application_parent_class)
             ->dbus_register (application, connection, object_path, error) &&
         reel_search_provider_export (self->search, connection, path, error);
}

/* Also called at the very end, when the provider is gone. */
static void
reel_application_dbus_unregister (GApplication *application, GDBusConnection *connection, const char *object_path)
{
  ReelApplication *self = REEL_APPLICATION (application);

  if (self->search != NULL)
    reel_search_provider_unexport (self->search);

  G_APPLICATION_CLASS (reel_application_parent_class)->dbus_unregister (application, connection, object_path);
}

static void
reel_application_finalize (GObject *object)
{
  ReelApplication *self = REEL_APPLICATION (object);

  g_clear_object (&self->search);
  g_free (self->environment_base_url);
  g_free (self->environment_key);

  G_OBJECT_CLASS (reel_application_parent_class)->finalize (object);
}

static void
reel_application_class_init (ReelApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  /* Once for all applications; libadwaita looks for style.css in what is registered when one starts. */
  reel_ui_init ();

  G_OBJECT_CLASS (klass)->finalize = reel_application_finalize;
  application_class->startup = reel_application_startup;
  application_class->activate = reel_application_activate;
  application_class->shutdown = reel_application_shutdown;
  application_class->dbus_register = reel_application_dbus_register;
  application_class->dbus_unregister = reel_application_dbus_unregister;
  GTK_APPLICATION_CLASS (klass)->window_removed = reel_application_window_removed;
}

static void
reel_application_init (ReelApplication *self)
{
  g_queue_init (&self->errands);
  self->search = reel_search_provider_new ();
  g_signal_connect_object (self->search, "asked", G_CALLBACK (on_search_asked), self, G_CONNECT_SWAPPED);
}

/**
 * reel_application_new:
 * @base_url: (nullable): the base URL of an account for this run
 * @api_key: (nullable): its key
 *
 * Makes the application.
 *
 * Returns: (transfer full): the application
 */
ReelApplication *
reel_application_new (const char *base_url, const char *api_key)
{
  ReelApplication *self = g_object_new (REEL_TYPE_APPLICATION, "application-id", REEL_APPLICATION_ID,
                                        "resource-base-path", "/io/github/seedreel/Seedreel", NULL);

  self->environment_base_url = g_strdup (base_url);
  self->environment_key = g_strdup (api_key);

  return self;
}

/**
 * reel_application_get_window:
 *
 * Returns: (transfer none) (nullable): the window
 */
ReelWindow *
reel_application_get_window (ReelApplication *self)
{
  for (GList *at = gtk_application_get_windows (GTK_APPLICATION (self)); at != NULL; at = at->next)
    if (REEL_IS_WINDOW (at->data))
      return at->data;

  return NULL;
}

/**
 * reel_application_update:
 *
 * Makes and starts the services where something needs them, and stops them where nothing does any more.
 */
void
reel_application_update (ReelApplication *self)
{
  if (self->is_stopping)
    return;

  if (!is_needed (self)) {
    if (self->services != NULL)
      stop_services (self);
    return;
  }

  if (self->services == NULL)
    make_services (self);
  if (self->wants_window && reel_application_get_window (self) == NULL)
    make_window (self);
  self->wants_window = FALSE;
  /* There is no first frame to wait for. */
  if (reel_application_get_window (self) == NULL)
    reel_services_start (self->services);
  reel_application_update_status (self);
  if (is_loaded (self))
    reel_application_run_errands (self);
}

/**
 * reel_application_update_later:
 *
 * Updates when the main loop is back: whoever tells of a change is not stopped in the middle of it.
 */
void
reel_application_update_later (ReelApplication *self)
{
  if (self->update_source == 0)
    self->update_source = g_idle_add (on_update, self);
}

/**
 * reel_application_open_window:
 *
 * Opens the window, or brings it to the front. Where the services are about to stop, it comes with the next ones.
 */
void
reel_application_open_window (ReelApplication *self)
{
  ReelWindow *window = reel_application_get_window (self);

  if (window != NULL) {
    gtk_window_present (GTK_WINDOW (window));
    return;
  }

  self->wants_window = TRUE;
  reel_application_update (self);
}

/**
 * reel_application_end:
 *
 * Ends, whatever is going on. Nothing is cancelled at the service, and nothing is asked.
 */
void
reel_application_end (ReelApplication *self)
{
  ReelWindow *window = reel_application_get_window (self);
  AdwDialog *dialog;

  self->wants_window = FALSE;
  self->keep_working = FALSE;
  g_clear_handle_id (&self->idle_source, g_source_remove);
  reel_application_clear_errands (self);
  if (window != NULL) {
    /* An open dialog would take the close for its own. */
    while ((dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window))) != NULL)
      adw_dialog_force_close (dialog);
    self->is_closing = TRUE;
    gtk_window_close (GTK_WINDOW (window));
  } else {
    reel_application_update (self);
  }
}
