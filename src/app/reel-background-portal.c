#include "config.h"

#include "reel-background-portal.h"

/* What an application in a sandbox and the desktop have to say about work without a window, by the Background portal. The
 * question whether it may go on is one call, answered by a signal of an object whose path is known before. */

#define PORTAL      "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define INTERFACE   "org.freedesktop.portal.Background"

/* The portal knows a status since this version, and refuses one of more characters. */
#define STATUS_VERSION 2
#define STATUS_LENGTH  96

typedef struct
{
  char *path;
  guint subscription;     /* 0 when the question is over */
  GSource *cancel_source; /* owned, nullable */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_clear_pointer (&question->cancel_source, g_source_unref);
  g_free (question->path);
  g_free (question);
}

/* The one end of a question. */
static void
end (GTask *task, GError *error, gboolean allowed)
{
  Question *question = g_task_get_task_data (task);
  GDBusConnection *bus = g_task_get_source_object (task);
  guint subscription = question->subscription;

  if (subscription == 0) {
    g_clear_error (&error);
    return;
  }

  question->subscription = 0;
  if (question->cancel_source != NULL)
    g_source_destroy (question->cancel_source);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, allowed);
  g_dbus_connection_signal_unsubscribe (bus, subscription);
}

static void
on_response (GDBusConnection *bus,
             const char *sender,
             const char *path,
             const char *interface,
             const char *signal,
             GVariant *parameters,
             gpointer data)
{
  g_autoptr (GVariant) results = NULL;
  guint32 response;
  gboolean allowed = FALSE;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")))
    return;

  g_variant_get (parameters, "(u@a{sv})", &response, &results);
  g_variant_lookup (results, "background", "b", &allowed);
  end (data, NULL, response == 0 && allowed);
}

static void
on_called (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply == NULL)
    end (task, error, FALSE);
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  GError *error = NULL;

  g_cancellable_set_error_if_cancelled (cancellable, &error);
  end (data, error, FALSE);

  return G_SOURCE_REMOVE;
}

static char *
make_path (GDBusConnection *bus, const char *token)
{
  g_autofree char *sender = g_strdup (g_dbus_connection_get_unique_name (bus) + 1);

  return g_strconcat (PORTAL_PATH "/request/", g_strdelimit (sender, ".", '_'), "/", token, NULL);
}

static void
on_version (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree char *status = data;
  GDBusConnection *bus = G_DBUS_CONNECTION (source);
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (bus, result, NULL), version = NULL;
  GVariantBuilder options = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  if (reply != NULL)
    g_variant_get (reply, "(v)", &version);
  if (version == NULL || !g_variant_is_of_type (version, G_VARIANT_TYPE_UINT32) ||
      g_variant_get_uint32 (version) < STATUS_VERSION) {
    g_variant_builder_clear (&options);
    return;
  }

  g_variant_builder_add (&options, "{sv}", "message", g_variant_new_string (status));
  g_dbus_connection_call (bus, PORTAL, PORTAL_PATH, INTERFACE, "SetStatus", g_variant_new ("(a{sv})", &options), NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
}

/**
 * reel_background_portal_is_needed:
 *
 * Tells whether this process is in a sandbox: outside of one, nobody has to be asked.
 */
gboolean
reel_background_portal_is_needed (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) || g_getenv ("SNAP") != NULL;
}

/**
 * reel_background_portal_request_async:
 * @bus: the session bus
 * @reason: a sentence for the person who is asked
 * @cancellable: (nullable): to give it up
 * @callback: called with the answer
 * @data: for @callback
 *
 * Asks the desktop whether the application may work in the background.
 */
void
reel_background_portal_request_async (GDBusConnection *bus,
                                      const char *reason,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *token = NULL;
  GVariantBuilder options = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  Question *question;

  g_return_if_fail (G_IS_DBUS_CONNECTION (bus) && reason != NULL);

  task = g_task_new (bus, cancellable, callback, data);
  g_task_set_source_tag (task, reel_background_portal_request_async);
  token = g_strdup_printf ("seedreel_%u", g_random_int ());
  question = g_new0 (Question, 1);
  question->path = make_path (bus, token);
  g_task_set_task_data (task, question, question_free);

  question->subscription = g_dbus_connection_signal_subscribe (
      bus, PORTAL, "org.freedesktop.portal.Request", "Response", question->path, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
      on_response, g_object_ref (task), g_object_unref);

  if (cancellable != NULL) {
    question->cancel_source = g_cancellable_source_new (cancellable);
    g_source_set_callback (question->cancel_source, G_SOURCE_FUNC (on_cancelled), g_object_ref (task), g_object_unref);
    g_source_attach (question->cancel_source, NULL);
  }

  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_variant_builder_add (&options, "{sv}", "reason", g_variant_new_string (reason));
  g_variant_builder_add (&options, "{sv}", "autostart", g_variant_new_boolean (FALSE));
  g_dbus_connection_call (bus, PORTAL, PORTAL_PATH, INTERFACE, "RequestBackground",
                          g_variant_new ("(sa{sv})", "", &options), G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1,
                          cancellable, on_called, g_steal_pointer (&task));
}

/**
 * reel_background_portal_request_finish:
 * @error: there is no such portal, or it does not work
 *
 * Ends reel_background_portal_request_async().
 *
 * Returns: whether the application may work in the background; %FALSE without an error where it may not
 */
gboolean
reel_background_portal_request_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_background_portal_request_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * reel_background_portal_set_status:
 * @bus: the session bus
 * @status: what the application is doing, in one line; what is longer than the portal takes is cut off
 *
 * Tells the desktop what the application does in the background, where it wants to know.
 */
void
reel_background_portal_set_status (GDBusConnection *bus, const char *status)
{
  g_return_if_fail (G_IS_DBUS_CONNECTION (bus) && status != NULL);

  g_dbus_connection_call (bus, PORTAL, PORTAL_PATH, "org.freedesktop.DBus.Properties", "Get",
                          g_variant_new ("(ss)", INTERFACE, "version"), G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NONE,
                          -1, NULL, on_version,
                          g_utf8_substring (status, 0, MIN (g_utf8_strlen (status, -1), STATUS_LENGTH)));
}
