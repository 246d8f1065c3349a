#include "config.h"

#include "reel-background-portal.h"
#include "reel-test.h"

/* A portal on a bus of its own, which answers as a test says. */
typedef struct
{
  GTestDBus *bus;
  GDBusConnection *desktop;
  GDBusConnection *client;
  guint registration;
  guint name;
  gboolean has_name;
  GVariant *answer; /* (ua{sv}), NULL for none */
  GVariant *options;
  guint version;
  guint n_asked; /* for the version */
  char *status;
} Fixture;

static const char interface_xml[] = "<node><interface name='org.freedesktop.portal.Background'>"
                                    "<method name='RequestBackground'>"
                                    "<arg type='s' direction='in'/><arg type='a{sv}' direction='in'/>"
                                    "<arg type='o' direction='out'/>"
                                    "</method>"
                                    "<method name='SetStatus'><arg type='a{sv}' direction='in'/></method>"
                                    "<property name='version' type='u' access='read'/>"
                                    "</interface></node>";

static void
on_status (Fixture *fixture, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  g_autoptr (GVariant) options = g_variant_get_child_value (parameters, 0);

  g_free (fixture->status);
  g_assert_true (g_variant_lookup (options, "message", "s", &fixture->status));
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
on_call (GDBusConnection *desktop,
         const char *sender,
         const char *path,
         const char *interface,
         const char *method,
         GVariant *parameters,
         GDBusMethodInvocation *invocation,
         gpointer data)
{
  Fixture *fixture = data;
  g_autofree char *owner = g_strdelimit (g_strdup (sender + 1), ".", '_'), *request = NULL;
  const char *token;

  if (g_str_equal (method, "SetStatus")) {
    on_status (fixture, parameters, invocation);
    return;
  }

  g_clear_pointer (&fixture->options, g_variant_unref);
  fixture->options = g_variant_get_child_value (parameters, 1);
  g_assert_true (g_variant_lookup (fixture->options, "handle_token", "&s", &token));
  request = g_strconcat ("/org/freedesktop/portal/desktop/request/", owner, "/", token, NULL);

  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", request));
  if (fixture->answer != NULL)
    g_dbus_connection_emit_signal (desktop, sender, request, "org.freedesktop.portal.Request", "Response",
                                   fixture->answer, NULL);
}

static GVariant *
on_get_property (GDBusConnection *desktop,
                 const char *sender,
                 const char *path,
                 const char *interface,
                 const char *name,
                 GError **error,
                 gpointer data)
{
  Fixture *fixture = data;

  fixture->n_asked++;

  return g_variant_new_uint32 (fixture->version);
}

static GDBusConnection *
connect_to (GTestDBus *bus)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (bus),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL,
      &error);

  g_assert_no_error (error);

  return connection;
}

static void
on_name (GDBusConnection *connection, const char *name, gpointer data)
{
  ((Fixture *)data)->has_name = TRUE;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (fixture->bus);
  fixture->desktop = connect_to (fixture->bus);
  fixture->client = connect_to (fixture->bus);
}

static void
offer_portal (Fixture *fixture, GVariant *answer)
{
  static const GDBusInterfaceVTable vtable = {.method_call = on_call, .get_property = on_get_property};
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface_xml, NULL);

  fixture->answer = answer != NULL ? g_variant_ref_sink (answer) : NULL;
  fixture->registration = g_dbus_connection_register_object (fixture->desktop, "/org/freedesktop/portal/desktop",
                                                             node->interfaces[0], &vtable, fixture, NULL, NULL);
  fixture->name = g_bus_own_name_on_connection (fixture->desktop, "org.freedesktop.portal.Desktop",
                                                G_BUS_NAME_OWNER_FLAGS_NONE, on_name, NULL, fixture, NULL);
  reel_test_wait (fixture->has_name);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->registration != 0) {
    g_dbus_connection_unregister_object (fixture->desktop, fixture->registration);
    g_bus_unown_name (fixture->name);
  }
  g_clear_pointer (&fixture->answer, g_variant_unref);
  g_clear_pointer (&fixture->options, g_variant_unref);
  g_free (fixture->status);
  g_clear_object (&fixture->client);
  g_clear_object (&fixture->desktop);
  g_test_dbus_down (fixture->bus);
  g_object_unref (fixture->bus);
}

static gboolean
ask (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reel_background_portal_request_async (fixture->client, "Saves videos", NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);

  return reel_background_portal_request_finish (result, error);
}

static GVariant *
make_answer (guint response, gboolean background)
{
  GVariantBuilder results = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  g_variant_builder_add (&results, "{sv}", "background", g_variant_new_boolean (background));

  return g_variant_new ("(ua{sv})", response, &results);
}

static void
test_allowed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const char *reason;
  gboolean autostart = TRUE;

  offer_portal (fixture, make_answer (0, TRUE));
  g_assert_true (ask (fixture, &error));
  g_assert_no_error (error);
  g_assert_true (g_variant_lookup (fixture->options, "reason", "&s", &reason));
  g_assert_cmpstr (reason, ==, "Saves videos");
  g_assert_true (g_variant_lookup (fixture->options, "autostart", "b", &autostart));
  g_assert_false (autostart);
}

static void
test_denied (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  offer_portal (fixture, make_answer (0, FALSE));
  g_assert_false (ask (fixture, &error));
  g_assert_no_error (error);
}

/* A person who closes the question has not agreed. */
static void
test_dismissed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  offer_portal (fixture, make_answer (1, TRUE));
  g_assert_false (ask (fixture, &error));
  g_assert_no_error (error);
}

static void
test_absent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (ask (fixture, &error));
  g_assert_nonnull (error);
}

/* A question that is never answered can be given up. */
static void
test_given_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  offer_portal (fixture, NULL);
  reel_background_portal_request_async (fixture->client, "Saves videos", cancellable, reel_test_store_result, &result);
  reel_test_wait (fixture->options != NULL);
  g_cancellable_cancel (cancellable);
  reel_test_wait (result != NULL);
  g_assert_false (reel_background_portal_request_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* What is longer than a portal takes is cut, by characters. */
static void
test_status (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL), cut = g_string_new (NULL);

  for (int i = 0; i < 100; i++) {
    g_string_append (text, "ệ");
    if (i < 96)
      g_string_append (cut, "ệ");
  }
  fixture->version = 2;
  offer_portal (fixture, NULL);
  reel_background_portal_set_status (fixture->client, "Making 2 videos");
  reel_test_wait (g_strcmp0 (fixture->status, "Making 2 videos") == 0);
  reel_background_portal_set_status (fixture->client, text->str);
  reel_test_wait (g_strcmp0 (fixture->status, cut->str) == 0);
}

/* An older portal knows nothing of it, and where there is none nothing happens: a question after it is answered as ever. */
static void
test_no_status (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  reel_background_portal_set_status (fixture->client, "Making 2 videos");
  g_assert_false (ask (fixture, &error));

  fixture->version = 1;
  offer_portal (fixture, make_answer (0, TRUE));
  reel_background_portal_set_status (fixture->client, "Making 2 videos");
  reel_test_wait (fixture->n_asked == 1);
  g_assert_true (ask (fixture, NULL));
  g_assert_null (fixture->status);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add ("/app/background-portal/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("allowed", test_allowed);
  ADD ("denied", test_denied);
  ADD ("dismissed", test_dismissed);
  ADD ("absent", test_absent);
  ADD ("given-up", test_given_up);
  ADD ("status", test_status);
  ADD ("no-status", test_no_status);

  return g_test_run ();
}
