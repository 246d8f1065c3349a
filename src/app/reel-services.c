#include "config.h"

#include "reel-services.h"

#include <gst/gst.h>
#include <sys/random.h>

#include "reel-gst-file-probe.h"
#include "reel-sandbox.h"

/* The keys of the sandbox of one run all see the jobs of the runs before. */
#define SANDBOX_OWNER "built-in"

/**
 * ReelServices:
 *
 * What works behind the window, and goes on without one: the engine, the sandbox and the posters. They are started once
 * and stopped once; after that new ones are made.
 */
struct _ReelServices
{
  GObject parent_instance;

  GSettings *settings;
  GFile *default_library;
  ReelEngine *engine;
  ReelPosterCache *posters;
  ReelSandbox *sandbox;
  char *sandbox_key;
  GCancellable *cancellable;
  gboolean is_started;  /* was asked to */
  gboolean is_starting; /* waits for a callback */
  gboolean has_engine;  /* it was started, so that it must be stopped */
  gboolean is_loaded;
  gboolean is_stopping; /* and for good */
  GTask *stopping;
};

G_DEFINE_FINAL_TYPE (ReelServices, reel_services, G_TYPE_OBJECT)

enum
{
  LOADED,
  SANDBOX_FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

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
make_default_library (void)
{
  const char *videos = g_get_user_special_dir (G_USER_DIRECTORY_VIDEOS);

  if (g_strcmp0 (g_getenv ("FLATPAK_ID"), REEL_APPLICATION_ID) == 0)
    return g_file_new_build_filename (g_get_user_data_dir (), "videos", NULL);
  if (videos != NULL)
    return g_file_new_build_filename (videos, "Seedreel", NULL);

  return g_file_new_build_filename (g_get_home_dir (), "Videos", "Seedreel", NULL);
}

static GFile *
make_library (ReelServices *self)
{
  g_autofree char *chosen = g_settings_get_string (self->settings, "library-folder");

  return g_path_is_absolute (chosen) ? g_file_new_for_path (chosen) : g_object_ref (self->default_library);
}

static void
on_account (ReelServices *self)
{
  ReelAccount *account = reel_engine_get_account (self->engine);

  /* The account of the environment is for one run. */
  if (account != NULL && g_strcmp0 (reel_account_get_id (account), REEL_ACCOUNT_ENVIRONMENT_ID) != 0)
    g_settings_set_string (self->settings, "account", reel_account_get_id (account));
}

static void
on_library (ReelServices *self)
{
  GFile *library = reel_engine_get_library (self->engine);

  if (library != NULL)
    g_settings_set_string (self->settings, "library-folder",
                           g_file_equal (library, self->default_library) ? "" : g_file_peek_path (library));
}

static void
finish_stop (ReelServices *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->stopping);

  reel_sandbox_stop (self->sandbox);
  g_task_return_boolean (task, TRUE);
}

static void
on_engine_stopped (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelServices) self = data;
  g_autoptr (GError) error = NULL;

  if (!reel_engine_stop_finish (REEL_ENGINE (source), result, &error))
    g_warning ("The history could not be closed: %s", error->message);
  finish_stop (self);
}

/* A start that is under way ends first. */
static void
go_on_stopping (ReelServices *self)
{
  if (self->is_starting)
    return;

  if (self->has_engine)
    reel_engine_stop_async (self->engine, on_engine_stopped, g_object_ref (self));
  else
    finish_stop (self);
}

static void
on_sandbox_started (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelServices) self = data;
  g_autoptr (GError) error = NULL;

  if (reel_sandbox_start_finish (REEL_SANDBOX (source), result, &error)) {
    if (!self->is_stopping)
      reel_engine_set_sandbox (self->engine, reel_sandbox_get_base_url (self->sandbox), self->sandbox_key);
    return;
  }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_warning ("The sandbox could not start: %s", error->message);
  g_signal_emit (self, signals[SANDBOX_FAILED], 0);
}

static void
on_engine_started (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelServices) self = data;
  g_autoptr (GError) error = NULL;

  /* Where it fails, the engine says so by its store-error, and the window shows it. */
  if (!reel_engine_start_finish (REEL_ENGINE (source), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("The history could not be opened: %s", error->message);

  self->is_starting = FALSE;
  self->has_engine = TRUE;
  if (self->is_stopping) {
    go_on_stopping (self);
    return;
  }

  self->is_loaded = TRUE;
  g_signal_emit (self, signals[LOADED], 0);
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
  ReelServices *self = REEL_SERVICES (source);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_warning ("GStreamer could not start: %s", error->message);

  if (self->is_stopping) {
    self->is_starting = FALSE;
    go_on_stopping (self);
    return;
  }

  reel_sandbox_start_async (self->sandbox, self->cancellable, on_sandbox_started, g_object_ref (self));
  reel_engine_start_async (self->engine, self->cancellable, on_engine_started, g_object_ref (self));
}

static void
reel_services_finalize (GObject *object)
{
  ReelServices *self = REEL_SERVICES (object);

  g_object_unref (self->engine);
  g_object_unref (self->sandbox);
  g_object_unref (self->posters);
  g_object_unref (self->default_library);
  g_object_unref (self->settings);
  g_object_unref (self->cancellable);
  g_free (self->sandbox_key);

  G_OBJECT_CLASS (reel_services_parent_class)->finalize (object);
}

static void
reel_services_class_init (ReelServicesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reel_services_finalize;

  /**
   * ReelServices::loaded:
   *
   * Emitted when the history is read, or cannot be: then the engine says why.
   */
  signals[LOADED] = g_signal_new ("loaded", REEL_TYPE_SERVICES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * ReelServices::sandbox-failed:
   *
   * Emitted when the built-in sandbox could not start.
   */
  signals[SANDBOX_FAILED] =
      g_signal_new ("sandbox-failed", REEL_TYPE_SERVICES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
reel_services_init (ReelServices *self)
{
  self->cancellable = g_cancellable_new ();
  self->default_library = make_default_library ();
}

/**
 * reel_services_new:
 * @settings: (transfer none): the settings of the application
 * @base_url: (nullable): the base URL of an account for this run
 * @api_key: (nullable): its key
 *
 * Makes the services. Nothing is read or opened before reel_services_start().
 *
 * Returns: (transfer full): the services; where they were started, stop them with reel_services_stop_async()
 */
ReelServices *
reel_services_new (GSettings *settings, const char *base_url, const char *api_key)
{
  ReelServices *self = g_object_new (REEL_TYPE_SERVICES, NULL);
  g_autofree char *store = g_build_filename (g_get_user_data_dir (), "seedreel", "seedreel.db", NULL);
  g_autofree char *state = g_build_filename (g_get_user_data_dir (), "seedreel", "sandbox", NULL);
  g_autofree char *account = g_settings_get_string (settings, "account");
  g_autoptr (GFile) folder = g_file_new_build_filename (g_get_user_cache_dir (), "seedreel", "posters", NULL);
  g_autoptr (GFile) library = NULL;
  g_autoptr (ReelFileProbe) probe = reel_gst_file_probe_new ();

  self->settings = g_object_ref (settings);
  library = make_library (self);
  self->posters = reel_poster_cache_new (folder);
  self->sandbox = reel_sandbox_new (state);
  self->sandbox_key = make_key ();
  reel_sandbox_add_key (self->sandbox, self->sandbox_key, SANDBOX_OWNER);
  self->engine = g_object_new (REEL_TYPE_ENGINE, "store-path", store, "probe", probe, "library", library, "account-id",
                               account, "environment-base-url", base_url, "environment-key", api_key, NULL);
  g_settings_bind (settings, "requests-per-minute", self->engine, "requests-per-minute", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (self->engine, "notify::account", G_CALLBACK (on_account), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine, "notify::library", G_CALLBACK (on_library), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * reel_services_get_engine:
 *
 * Returns: (transfer none): what happens
 */
ReelEngine *
reel_services_get_engine (ReelServices *self)
{
  g_return_val_if_fail (REEL_IS_SERVICES (self), NULL);

  return self->engine;
}

/**
 * reel_services_get_posters:
 *
 * Returns: (transfer none): where still pictures come from
 */
ReelPosterCache *
reel_services_get_posters (ReelServices *self)
{
  g_return_val_if_fail (REEL_IS_SERVICES (self), NULL);

  return self->posters;
}

/**
 * reel_services_get_default_library:
 *
 * Returns: (transfer none): the folder of finished videos where none is chosen
 */
GFile *
reel_services_get_default_library (ReelServices *self)
{
  g_return_val_if_fail (REEL_IS_SERVICES (self), NULL);

  return self->default_library;
}

/**
 * reel_services_start:
 *
 * Starts the services, unless they were. #ReelServices::loaded follows.
 */
void
reel_services_start (ReelServices *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REEL_IS_SERVICES (self) && !self->is_stopping);

  if (self->is_started)
    return;

  self->is_started = TRUE;
  self->is_starting = TRUE;
  /* The first search for plug-ins takes a second. */
  task = g_task_new (self, NULL, on_media_ready, NULL);
  g_task_set_source_tag (task, reel_services_start);
  g_task_run_in_thread (task, init_media);
}

/**
 * reel_services_is_started:
 *
 * Tells whether the services were started.
 */
gboolean
reel_services_is_started (ReelServices *self)
{
  g_return_val_if_fail (REEL_IS_SERVICES (self), FALSE);

  return self->is_started;
}

/**
 * reel_services_is_loaded:
 *
 * Tells whether the history is read, or cannot be.
 */
gboolean
reel_services_is_loaded (ReelServices *self)
{
  g_return_val_if_fail (REEL_IS_SERVICES (self), FALSE);

  return self->is_loaded;
}

/**
 * reel_services_stop_async:
 * @callback: called when everything has ended
 * @data: for @callback
 *
 * Stops the services, started or not; to be called once. Nothing is cancelled at the service.
 */
void
reel_services_stop_async (ReelServices *self, GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (REEL_IS_SERVICES (self) && !self->is_stopping);

  self->is_stopping = TRUE;
  self->stopping = g_task_new (self, NULL, callback, data);
  g_task_set_source_tag (self->stopping, reel_services_stop_async);
  g_cancellable_cancel (self->cancellable);
  go_on_stopping (self);
}

/**
 * reel_services_stop_finish:
 *
 * Ends reel_services_stop_async().
 */
void
reel_services_stop_finish (ReelServices *self, GAsyncResult *result)
{
  g_return_if_fail (g_async_result_is_tagged (result, reel_services_stop_async));

  g_task_propagate_boolean (G_TASK (result), NULL);
}
