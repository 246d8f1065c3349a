#include "config.h"

#include "reel-application.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <gst/gst.h>
#include <signal.h>
#include <sys/random.h>

#include "reel-engine.h"
#include "reel-gst-file-probe.h"
#include "reel-help.h"
#include "reel-poster-cache.h"
#include "reel-sandbox.h"
#include "reel-search-provider.h"
#include "reel-ui.h"
#include "reel-window.h"

/* The keys of the sandbox of one run all see the jobs of the runs before. */
#define SANDBOX_OWNER "built-in"

/* For so long the process stays after a question of the desktop, with no window; in seconds. */
#define IDLE_TIME 10

/**
 * ReelApplication:
 *
 * The composition root: makes the services and hands them down.
 *
 * The window comes first; the sandbox, the history and the keyring are waited for behind it. When the last window is
 * closed, the services end before the process does.
 *
 * The desktop may start it to search the history. Then there is no window, and it ends by itself when nothing more is
 * asked.
 */
struct _ReelApplication
{
  AdwApplication parent_instance;

  char *environment_base_url;
  char *environment_key;

  GSettings *settings;
  ReelEngine *engine;
  ReelPosterCache *posters;
  ReelSandbox *sandbox;
  char *sandbox_key;
  ReelSearchProvider *search;
  GCancellable *cancellable;
  gboolean is_starting;
  gboolean is_started; /* the engine, so that it must be stopped */
  gboolean is_stopping;
  guint start_source;
  guint idle_source;
  guint signal_sources[2];
};

G_DEFINE_FINAL_TYPE (ReelApplication, reel_application, ADW_TYPE_APPLICATION)

static ReelWindow *
get_window (ReelApplication *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  return windows != NULL && REEL_IS_WINDOW (windows->data) ? windows->data : NULL;
}

static char *
make_key (void)
{
  guint8 bytes[16];
  GString *key = g_string_new ("sandbox_");

  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    g_error ("The system has no random numbers");
  for (guint i = 0; i < G_N_ELEMENTS (bytes); i++)
    g_string_append_printf (key, "%02x", bytes[i]);

  return g_string_free (key, FALSE);
}

/* Inside a Flatpak a folder that is not the application's own is gone with the process. */
static GFile *
get_default_library (void)
{
  const char *videos = g_get_user_special_dir (G_USER_DIRECTORY_VIDEOS);

  if (g_strcmp0 (g_getenv ("FLATPAK_ID"), REEL_APPLICATION_ID) == 0)
    return g_file_new_build_filename (g_get_user_data_dir (), "videos", NULL);
  if (videos != NULL)
    return g_file_new_build_filename (videos, "Seedreel", NULL);

  return g_file_new_build_filename (g_get_home_dir (), "Videos", "Seedreel", NULL);
}

static GFile *
get_library (GSettings *settings)
{
  g_autofree char *chosen = g_settings_get_string (settings, "library-folder");

  return g_path_is_absolute (chosen) ? g_file_new_for_path (chosen) : get_default_library ();
}

static void
on_account (ReelApplication *self)
{
  ReelAccount *account = reel_engine_get_account (self->engine);

  /* The account of the environment is for one run. */
  if (account != NULL && g_strcmp0 (reel_account_get_id (account), REEL_ACCOUNT_ENVIRONMENT_ID) != 0)
    g_settings_set_string (self->settings, "account", reel_account_get_id (account));
}

static void
on_library (ReelApplication *self)
{
  g_autoptr (GFile) standard = get_default_library ();
  GFile *library = reel_engine_get_library (self->engine);

  if (library != NULL)
    g_settings_set_string (self->settings, "library-folder",
                           g_file_equal (library, standard) ? "" : g_file_peek_path (library));
}

static void
make_services (ReelApplication *self)
{
  g_autofree char *store = g_build_filename (g_get_user_data_dir (), "seedreel", "seedreel.db", NULL);
  g_autofree char *state = g_build_filename (g_get_user_data_dir (), "seedreel", "sandbox", NULL);
  g_autofree char *account = g_settings_get_string (self->settings, "account");
  g_autoptr (GFile) folder = g_file_new_build_filename (g_get_user_cache_dir (), "seedreel", "posters", NULL);
  g_autoptr (GFile) library = get_library (self->settings);
  g_autoptr (ReelFileProbe) probe = reel_gst_file_probe_new ();

  self->posters = reel_poster_cache_new (folder);
  self->sandbox = reel_sandbox_new (state);
  self->sandbox_key = make_key ();
  reel_sandbox_add_key (self->sandbox, self->sandbox_key, SANDBOX_OWNER);
  self->engine =
      g_object_new (REEL_TYPE_ENGINE, "store-path", store, "probe", probe, "library", library, "account-id", account,
                    "environment-base-url", self->environment_base_url, "environment-key", self->environment_key, NULL);
  g_settings_bind (self->settings, "requests-per-minute", self->engine, "requests-per-minute", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (self->engine, "notify::account", G_CALLBACK (on_account), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine, "notify::library", G_CALLBACK (on_library), self, G_CONNECT_SWAPPED);
}

static void
on_sandbox_started (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelApplication) self = data;
  g_autoptr (GError) error = NULL;

  if (reel_sandbox_start_finish (REEL_SANDBOX (source), result, &error)) {
    if (!self->is_stopping)
      reel_engine_set_sandbox (self->engine, reel_sandbox_get_base_url (self->sandbox), self->sandbox_key);
    return;
  }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_warning ("The sandbox could not start: %s", error->message);
  if (get_window (self) != NULL)
    reel_window_add_toast (get_window (self), _ ("The sandbox could not start"));
}

static void
finish (ReelApplication *self)
{
  reel_sandbox_stop (self->sandbox);
  g_application_release (G_APPLICATION (self));
}

static void
on_engine_stopped (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelApplication) self = data;
  g_autoptr (GError) error = NULL;

  if (!reel_engine_stop_finish (REEL_ENGINE (source), result, &error))
    g_warning ("The history could not be closed: %s", error->message);
  finish (self);
}

/* The last window is gone. A start that is under way ends first. */
static void
stop_services (ReelApplication *self)
{
  if (self->is_stopping)
    return;

  self->is_stopping = TRUE;
  g_clear_handle_id (&self->start_source, g_source_remove);
  g_clear_handle_id (&self->idle_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  if (self->is_starting)
    return;

  if (self->is_started)
    reel_engine_stop_async (self->engine, on_engine_stopped, g_object_ref (self));
  else
    finish (self);
}

static void
on_engine_started (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelApplication) self = data;
  g_autoptr (GError) error = NULL;

  /* Where it fails, the engine says so by its store-error, and the window shows it. */
  if (!reel_engine_start_finish (REEL_ENGINE (source), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("The history could not be opened: %s", error->message);

  self->is_starting = FALSE;
  self->is_started = TRUE;
  if (self->is_stopping) {
    reel_engine_stop_async (self->engine, on_engine_stopped, g_object_ref (self));
    return;
  }
  if (get_window (self) != NULL)
    reel_window_set_loaded (get_window (self));
  reel_search_provider_set_engine (self->search, self->engine);
}

static void
init_media (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (gst_init_check (NULL, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_media_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  ReelApplication *self = REEL_APPLICATION (source);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_warning ("GStreamer could not start: %s", error->message);

  self->is_starting = FALSE;
  if (self->is_stopping) {
    finish (self);
    return;
  }

  self->is_starting = TRUE;
  reel_sandbox_start_async (self->sandbox, self->cancellable, on_sandbox_started, g_object_ref (self));
  reel_engine_start_async (self->engine, self->cancellable, on_engine_started, g_object_ref (self));
}

/* The first search for plug-ins takes a second: it, and all that needs it, waits behind the first frame. */
static gboolean
start_services (gpointer data)
{
  ReelApplication *self = data;
  g_autoptr (GTask) task = g_task_new (self, NULL, on_media_ready, NULL);

  self->start_source = 0;
  self->is_starting = TRUE;
  g_task_set_source_tag (task, start_services);
  g_task_run_in_thread (task, init_media);

  return G_SOURCE_REMOVE;
}

static void
want_services (ReelApplication *self)
{
  if (self->start_source == 0 && !self->is_starting && !self->is_started && !self->is_stopping)
    self->start_source = g_idle_add_full (G_PRIORITY_LOW, start_services, self, NULL);
}

static void
on_first_frame (GdkFrameClock *clock, ReelApplication *self)
{
  g_signal_handlers_disconnect_by_func (clock, on_first_frame, self);
  want_services (self);
}

static void
on_map (ReelApplication *self, GtkWidget *window)
{
  g_signal_connect_object (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_first_frame), self, 0);
}

static gboolean
on_idle (gpointer data)
{
  ReelApplication *self = data;

  self->idle_source = 0;
  stop_services (self);

  return G_SOURCE_REMOVE;
}

/* Without a window nobody would end the process. */
static void
wait_for_work (ReelApplication *self)
{
  g_clear_handle_id (&self->idle_source, g_source_remove);
  if (get_window (self) == NULL && !self->is_stopping)
    self->idle_source = g_timeout_add_seconds (IDLE_TIME, on_idle, self);
}

static void
on_search_asked (ReelApplication *self)
{
  if (get_window (self) == NULL)
    want_services (self);
  wait_for_work (self);
}

static void
on_search_activated (ReelApplication *self, ReelJob *job)
{
  g_application_activate (G_APPLICATION (self));
  if (job != NULL && get_window (self) != NULL)
    reel_window_show_job (get_window (self), job);
}

static void
on_search_launched (ReelApplication *self, const char *text)
{
  g_application_activate (G_APPLICATION (self));
  if (get_window (self) != NULL)
    reel_window_search (get_window (self), text);
}

static gboolean
on_signal (gpointer data)
{
  g_action_group_activate_action (G_ACTION_GROUP (data), "quit", NULL);

  return G_SOURCE_CONTINUE;
}

static void
quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelApplication *self = data;
  ReelWindow *window = get_window (self);

  if (window != NULL)
    gtk_window_close (GTK_WINDOW (window));
  else
    stop_services (self);
}

static void
new_video (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelApplication *self = data;

  g_application_activate (G_APPLICATION (self));
  if (get_window (self) != NULL)
    gtk_widget_activate_action (GTK_WIDGET (get_window (self)), "win.new-video", NULL);
}

static void
help (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelWindow *window = get_window (data);

  if (window != NULL)
    reel_help_show (GTK_WINDOW (window));
}

static void
about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelApplication *self = data;
  AdwAboutDialog *dialog = ADW_ABOUT_DIALOG (adw_about_dialog_new ());

  adw_about_dialog_set_application_name (dialog, "Seedreel");
  adw_about_dialog_set_application_icon (dialog, REEL_APPLICATION_ID);
  adw_about_dialog_set_version (dialog, REEL_VERSION);
  adw_about_dialog_set_developer_name (dialog, _ ("The Seedreel contributors"));
  adw_about_dialog_set_comments (dialog, _ ("Make videos from words with the Seedance 2.0 Open API."));
  adw_about_dialog_set_website (dialog, "https://github.com/seedreel/seedreel");
  adw_about_dialog_set_issue_url (dialog, "https://github.com/seedreel/seedreel/issues");
  adw_about_dialog_set_license_type (dialog, GTK_LICENSE_GPL_3_0);
  /* Translators: your own names, one a line. */
  adw_about_dialog_set_translator_credits (
      dialog, g_strcmp0 (_ ("translator-credits"), "translator-credits") != 0 ? _ ("translator-credits") : NULL);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (get_window (self)));
}

static void
reel_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = {{"about", about}, {"help", help}, {"new-video", new_video}, {"quit", quit}};
  ReelApplication *self = REEL_APPLICATION (application);

  /* libadwaita looks for style.css in what is registered by now. */
  reel_ui_init ();
  G_APPLICATION_CLASS (reel_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.quit", (const char *[]){"<Control>q", NULL});
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "window.close", (const char *[]){"<Control>w", NULL});
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.help", (const char *[]){"F1", NULL});
  self->signal_sources[0] = g_unix_signal_add (SIGTERM, on_signal, self);
  self->signal_sources[1] = g_unix_signal_add (SIGINT, on_signal, self);

  self->settings = g_settings_new (REEL_APPLICATION_ID);
  self->cancellable = g_cancellable_new ();
  make_services (self);
  /* Until finish (). */
  g_application_hold (application);
  if ((g_application_get_flags (application) & G_APPLICATION_IS_SERVICE) != 0)
    wait_for_work (self);
}

static void
reel_application_activate (GApplication *application)
{
  ReelApplication *self = REEL_APPLICATION (application);
  ReelWindow *window = get_window (self);

  if (self->is_stopping)
    return;

  if (window == NULL) {
    g_autoptr (GFile) library = get_default_library ();

    window = reel_window_new (GTK_APPLICATION (self), self->settings, self->engine, self->posters, library);
    g_signal_connect_object (window, "map", G_CALLBACK (on_map), self, G_CONNECT_SWAPPED);
    if (self->is_started)
      reel_window_set_loaded (window);
    g_clear_handle_id (&self->idle_source, g_source_remove);
  }
  gtk_window_present (GTK_WINDOW (window));
}

static void
reel_application_window_removed (GtkApplication *application, GtkWindow *window)
{
  GTK_APPLICATION_CLASS (reel_application_parent_class)->window_removed (application, window);

  if (get_window (REEL_APPLICATION (application)) == NULL)
    stop_services (REEL_APPLICATION (application));
}

static void
reel_application_shutdown (GApplication *application)
{
  ReelApplication *self = REEL_APPLICATION (application);

  for (guint i = 0; i < G_N_ELEMENTS (self->signal_sources); i++)
    g_clear_handle_id (&self->signal_sources[i], g_source_remove);
  g_clear_object (&self->search);
  g_clear_object (&self->engine);
  g_clear_object (&self->sandbox);
  g_clear_object (&self->posters);
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
  g_free (self->sandbox_key);

  G_OBJECT_CLASS (reel_application_parent_class)->finalize (object);
}

static void
reel_application_class_init (ReelApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

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
  self->search = reel_search_provider_new ();
  g_signal_connect_object (self->search, "asked", G_CALLBACK (on_search_asked), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activated", G_CALLBACK (on_search_activated), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "launched", G_CALLBACK (on_search_launched), self, G_CONNECT_SWAPPED);
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
