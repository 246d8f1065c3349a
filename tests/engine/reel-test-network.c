#include "config.h"

#include "reel-test-network.h"

struct _ReelTestNetwork
{
  GObject parent_instance;

  gboolean available;
  gboolean portal;
};

static gboolean
initable_init (GInitable *initable, GCancellable *cancellable, GError **error)
{
  return TRUE;
}

static void
initable_iface_init (GInitableIface *iface)
{
  iface->init = initable_init;
}

static void
monitor_iface_init (GNetworkMonitorInterface *iface)
{
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ReelTestNetwork,
                               reel_test_network,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, initable_iface_init)
                                   G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR, monitor_iface_init))

enum
{
  PROP_AVAILABLE = 1,
  PROP_METERED,
  PROP_CONNECTIVITY,
};

static void
reel_test_network_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelTestNetwork *self = REEL_TEST_NETWORK (object);

  if (id == PROP_AVAILABLE)
    g_value_set_boolean (value, self->available);
  else if (id == PROP_METERED)
    g_value_set_boolean (value, FALSE);
  else
    g_value_set_enum (value, !self->available ? G_NETWORK_CONNECTIVITY_LOCAL
                             : self->portal   ? G_NETWORK_CONNECTIVITY_PORTAL
                                              : G_NETWORK_CONNECTIVITY_FULL);
}

static void
reel_test_network_class_init (ReelTestNetworkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = reel_test_network_get_property;
  g_object_class_override_property (object_class, PROP_AVAILABLE, "network-available");
  g_object_class_override_property (object_class, PROP_METERED, "network-metered");
  g_object_class_override_property (object_class, PROP_CONNECTIVITY, "connectivity");
}

static void
reel_test_network_init (ReelTestNetwork *self)
{
}

ReelTestNetwork *
reel_test_network_new (gboolean available)
{
  ReelTestNetwork *self = g_object_new (REEL_TYPE_TEST_NETWORK, NULL);

  self->available = available;

  return self;
}

void
reel_test_network_set_available (ReelTestNetwork *self, gboolean available)
{
  self->available = available;
  g_object_notify (G_OBJECT (self), "network-available");
  g_signal_emit_by_name (self, "network-changed", available);
}

void
reel_test_network_set_portal (ReelTestNetwork *self, gboolean portal)
{
  self->portal = portal;
  g_object_notify (G_OBJECT (self), "connectivity");
  g_signal_emit_by_name (self, "network-changed", self->available);
}

struct _ReelTestResolver
{
  GResolver parent_instance;

  guint n_lookups;
};

G_DEFINE_FINAL_TYPE (ReelTestResolver, reel_test_resolver, G_TYPE_RESOLVER)

static void
lookup_by_name_with_flags_async (GResolver *resolver,
                                 const char *hostname,
                                 GResolverNameLookupFlags flags,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  REEL_TEST_RESOLVER (resolver)->n_lookups++;
  g_task_return_new_error_literal (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "There are no names here");
}

static GList *
lookup_by_name_with_flags_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
lookup_by_name_async (GResolver *resolver,
                      const char *hostname,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  lookup_by_name_with_flags_async (resolver, hostname, 0, cancellable, callback, user_data);
}

static void
reel_test_resolver_class_init (ReelTestResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_by_name_async = lookup_by_name_async;
  resolver_class->lookup_by_name_finish = lookup_by_name_with_flags_finish;
  resolver_class->lookup_by_name_with_flags_async = lookup_by_name_with_flags_async;
  resolver_class->lookup_by_name_with_flags_finish = lookup_by_name_with_flags_finish;
}

static void
reel_test_resolver_init (ReelTestResolver *self)
{
}

ReelTestResolver *
reel_test_resolver_install (void)
{
  ReelTestResolver *self = g_object_new (REEL_TYPE_TEST_RESOLVER, NULL);

  g_resolver_set_default (G_RESOLVER (self));

  return self;
}

guint
reel_test_resolver_count (ReelTestResolver *self)
{
  return self->n_lookups;
}
