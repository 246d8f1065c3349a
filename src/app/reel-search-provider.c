#include "config.h"

#include "reel-search-provider.h"

#include "reel-job-text.h"

/**
 * ReelSearchProvider:
 *
 * Finds videos by their prompts for the desktop: the interface org.gnome.Shell.SearchProvider2.
 *
 * The desktop may ask before the history is read, and it starts the application to ask: what was asked until then is
 * answered when reel_search_provider_set_jobs() is called.
 */
struct _ReelSearchProvider
{
  GObject parent_instance;

  GDBusConnection *connection;
  guint registration;
  ReelJobList *jobs;
  GQueue waiting; /* GDBusMethodInvocation, owned, the oldest first */
};

G_DEFINE_FINAL_TYPE (ReelSearchProvider, reel_search_provider, G_TYPE_OBJECT)

/* The desktop shows five of an application. */
#define MOST_RESULTS 20

enum
{
  ASKED,
  ACTIVATED,
  LAUNCHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char interface_xml[] = "<node><interface name='org.gnome.Shell.SearchProvider2'>"
                                    "<method name='GetInitialResultSet'>"
                                    "<arg type='as' name='terms' direction='in'/>"
                                    "<arg type='as' name='results' direction='out'/>"
                                    "</method>"
                                    "<method name='GetSubsearchResultSet'>"
                                    "<arg type='as' name='previous_results' direction='in'/>"
                                    "<arg type='as' name='terms' direction='in'/>"
                                    "<arg type='as' name='results' direction='out'/>"
                                    "</method>"
                                    "<method name='GetResultMetas'>"
                                    "<arg type='as' name='identifiers' direction='in'/>"
                                    "<arg type='aa{sv}' name='metas' direction='out'/>"
                                    "</method>"
                                    "<method name='ActivateResult'>"
                                    "<arg type='s' name='identifier' direction='in'/>"
                                    "<arg type='as' name='terms' direction='in'/>"
                                    "<arg type='u' name='timestamp' direction='in'/>"
                                    "</method>"
                                    "<method name='LaunchSearch'>"
                                    "<arg type='as' name='terms' direction='in'/>"
                                    "<arg type='u' name='timestamp' direction='in'/>"
                                    "</method>"
                                    "</interface></node>";

/* Whether a text has each of the terms somewhere, in whatever case. */
static gboolean
matches (const char *text, const char *const *folded_terms)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  g_autofree char *folded = normal != NULL ? g_utf8_casefold (normal, -1) : NULL;

  for (guint i = 0; folded != NULL && folded_terms[i] != NULL; i++)
    if (strstr (folded, folded_terms[i]) == NULL)
      return FALSE;

  return folded != NULL;
}

static GStrv
fold_terms (const char *const *terms)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; terms[i] != NULL; i++) {
    g_autofree char *normal = g_utf8_normalize (terms[i], -1, G_NORMALIZE_ALL);

    if (normal != NULL)
      g_strv_builder_take (builder, g_utf8_casefold (normal, -1));
  }

  return g_strv_builder_end (builder);
}

/* The ids of the jobs whose prompts have all terms, in the order of the history. */
static GStrv
find_jobs (ReelSearchProvider *self, const char *const *terms)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) folded_terms = fold_terms (terms);
  guint n_jobs = g_list_model_get_n_items (G_LIST_MODEL (self->jobs));

  for (guint i = 0, found = 0; i < n_jobs && found < MOST_RESULTS; i++) {
    g_autoptr (ReelJob) job = g_list_model_get_item (G_LIST_MODEL (self->jobs), i);

    if (matches (reel_job_get_title (job), (const char *const *)folded_terms)) {
      g_strv_builder_add (builder, reel_job_get_id (job));
      found++;
    }
  }

  return g_strv_builder_end (builder);
}

static GVariant *
describe (ReelJob *job)
{
  g_autoptr (GIcon) icon = g_themed_icon_new (REEL_APPLICATION_ID);
  g_autoptr (GVariant) serialized_icon = g_icon_serialize (icon);
  g_autofree char *description =
      reel_job_text_make_description (reel_job_get_record (job), reel_job_get_progress (job));
  GVariantDict meta;

  g_variant_dict_init (&meta, NULL);
  g_variant_dict_insert (&meta, "id", "s", reel_job_get_id (job));
  g_variant_dict_insert (&meta, "name", "s", reel_job_get_title (job));
  g_variant_dict_insert (&meta, "description", "s", description);
  g_variant_dict_insert_value (&meta, "icon", serialized_icon);
  g_variant_dict_insert (&meta, "clipboardText", "s", reel_job_get_title (job));

  return g_variant_dict_end (&meta);
}

static GVariant *
describe_all (ReelSearchProvider *self, const char *const *ids)
{
  g_auto (GVariantBuilder) metas = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));

  for (guint i = 0; ids[i] != NULL; i++) {
    ReelJob *job = reel_job_list_lookup (self->jobs, ids[i]);

    if (job != NULL)
      g_variant_builder_add_value (&metas, describe (job));
  }

  return g_variant_builder_end (&metas);
}

static void
answer (ReelSearchProvider *self, GDBusMethodInvocation *invocation)
{
  const char *method = g_dbus_method_invocation_get_method_name (invocation);
  GVariant *parameters = g_dbus_method_invocation_get_parameters (invocation);
  g_autofree const char **strings = NULL;
  g_auto (GStrv) found = NULL;

  if (g_str_equal (method, "GetInitialResultSet")) {
    g_variant_get (parameters, "(^a&s)", &strings);
    found = find_jobs (self, strings);
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(^as)", found));
  } else if (g_str_equal (method, "GetSubsearchResultSet")) {
    /* More letters find no more than fewer do, but an earlier answer may have been cut short: all are looked at. */
    g_variant_get (parameters, "(as^a&s)", NULL, &strings);
    found = find_jobs (self, strings);
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(^as)", found));
  } else if (g_str_equal (method, "GetResultMetas")) {
    g_variant_get (parameters, "(^a&s)", &strings);
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(@aa{sv})", describe_all (self, strings)));
  } else if (g_str_equal (method, "ActivateResult")) {
    const char *id;

    g_variant_get (parameters, "(&sasu)", &id, NULL, NULL);
    g_signal_emit (self, signals[ACTIVATED], 0, reel_job_list_lookup (self->jobs, id));
    g_dbus_method_invocation_return_value (invocation, NULL);
  } else {
    g_autofree char *text = NULL;

    g_variant_get (parameters, "(^a&su)", &strings, NULL);
    text = g_strjoinv (" ", (char **)strings);
    g_signal_emit (self, signals[LAUNCHED], 0, text);
    g_dbus_method_invocation_return_value (invocation, NULL);
  }
}

static void
on_method_call (GDBusConnection *connection,
                const char *sender,
                const char *object_path,
                const char *interface,
                const char *method,
                GVariant *parameters,
                GDBusMethodInvocation *invocation,
                gpointer data)
{
  ReelSearchProvider *self = data;

  g_signal_emit (self, signals[ASKED], 0);
  if (self->jobs != NULL)
    answer (self, invocation);
  else
    g_queue_push_tail (&self->waiting, invocation);
}

static void
reel_search_provider_dispose (GObject *object)
{
  ReelSearchProvider *self = REEL_SEARCH_PROVIDER (object);

  reel_search_provider_unexport (self);
  g_clear_object (&self->jobs);

  G_OBJECT_CLASS (reel_search_provider_parent_class)->dispose (object);
}

static void
reel_search_provider_class_init (ReelSearchProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reel_search_provider_dispose;

  /**
   * ReelSearchProvider::asked:
   *
   * The desktop has a question, which is answered as soon as there are jobs.
   */
  signals[ASKED] =
      g_signal_new ("asked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * ReelSearchProvider::activated:
   * @job: (nullable): the job; none where it was deleted meanwhile
   *
   * A result was clicked.
   */
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, REEL_TYPE_JOB);
  /**
   * ReelSearchProvider::launched:
   * @text: what is searched for
   *
   * All results are to be seen, in the window.
   */
  signals[LAUNCHED] = g_signal_new ("launched", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
reel_search_provider_init (ReelSearchProvider *self)
{
  g_queue_init (&self->waiting);
}

/**
 * reel_search_provider_new:
 *
 * Makes a provider that is not on a bus yet.
 *
 * Returns: (transfer full): the provider
 */
ReelSearchProvider *
reel_search_provider_new (void)
{
  return g_object_new (REEL_TYPE_SEARCH_PROVIDER, NULL);
}

/**
 * reel_search_provider_export:
 * @connection: a bus
 * @object_path: where to be found on it
 *
 * Puts the provider on a bus.
 *
 * Returns: whether it is there
 */
gboolean
reel_search_provider_export (ReelSearchProvider *self,
                             GDBusConnection *connection,
                             const char *object_path,
                             GError **error)
{
  static const GDBusInterfaceVTable vtable = {.method_call = on_method_call};
  g_autoptr (GDBusNodeInfo) node = NULL;

  g_return_val_if_fail (REEL_IS_SEARCH_PROVIDER (self) && self->registration == 0, FALSE);

  node = g_dbus_node_info_new_for_xml (interface_xml, error);
  if (node == NULL)
    return FALSE;

  self->registration =
      g_dbus_connection_register_object (connection, object_path, node->interfaces[0], &vtable, self, NULL, error);
  if (self->registration != 0)
    self->connection = g_object_ref (connection);

  return self->registration != 0;
}

/**
 * reel_search_provider_unexport:
 *
 * Takes the provider off its bus, where it is on one. What was not answered yet is refused.
 */
void
reel_search_provider_unexport (ReelSearchProvider *self)
{
  GDBusMethodInvocation *invocation;

  g_return_if_fail (REEL_IS_SEARCH_PROVIDER (self));

  while ((invocation = g_queue_pop_head (&self->waiting)) != NULL)
    g_dbus_method_invocation_return_error_literal (invocation, G_IO_ERROR, G_IO_ERROR_CLOSED, "Seedreel ends");
  if (self->registration != 0)
    g_dbus_connection_unregister_object (self->connection, self->registration);
  self->registration = 0;
  g_clear_object (&self->connection);
}

/**
 * reel_search_provider_set_jobs:
 * @jobs: the history, which is read
 *
 * Gives the provider what it searches, and answers what was asked before.
 */
void
reel_search_provider_set_jobs (ReelSearchProvider *self, ReelJobList *jobs)
{
  GDBusMethodInvocation *invocation;

  g_return_if_fail (REEL_IS_SEARCH_PROVIDER (self) && REEL_IS_JOB_LIST (jobs));

  g_set_object (&self->jobs, jobs);
  while ((invocation = g_queue_pop_head (&self->waiting)) != NULL)
    answer (self, invocation);
}
