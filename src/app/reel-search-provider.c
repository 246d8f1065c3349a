#include "config.h"

#include "reel-search-provider.h"

#include "reel-job-text.h"

/**
 * ReelSearchProvider:
 *
 * Finds videos by their prompts for the desktop: the interface org.gnome.Shell.SearchProvider2.
 *
 * The desktop may ask before the history is read, and it starts the application to ask: what was asked until then is
 * answered when reel_search_provider_set_engine() is called.
 */
struct _ReelSearchProvider
{
  GObject parent_instance;

  GDBusConnection *connection;
  guint registration;
  ReelEngine *engine;
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

/* A question that needs the history. */
typedef struct
{
  ReelSearchProvider *provider;      /* owned */
  GDBusMethodInvocation *invocation; /* owned, until it is answered */
  GStrv ids;                         /* of the jobs that are to be described */
  guint next;
  GVariantBuilder metas;
} Question;

static Question *
question_new (ReelSearchProvider *self, GDBusMethodInvocation *invocation)
{
  Question *question = g_new0 (Question, 1);

  question->provider = g_object_ref (self);
  question->invocation = invocation;
  g_variant_builder_init (&question->metas, G_VARIANT_TYPE ("aa{sv}"));

  return question;
}

static void
question_free (Question *question)
{
  g_variant_builder_clear (&question->metas);
  g_strfreev (question->ids);
  g_object_unref (question->provider);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

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

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  g_auto (GStrv) ids = NULL;
  g_autoptr (GError) error = NULL;

  ids = reel_engine_search_finish (REEL_ENGINE (source), result, &error);
  if (ids != NULL)
    g_dbus_method_invocation_return_value (question->invocation, g_variant_new ("(^as)", ids));
  else
    g_dbus_method_invocation_return_gerror (question->invocation, error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelJob) job = reel_engine_find_job_finish (REEL_ENGINE (source), result, &error);
  const char *next;

  if (error != NULL) {
    g_dbus_method_invocation_return_gerror (question->invocation, error);
    return;
  }

  if (job != NULL)
    g_variant_builder_add_value (&question->metas, describe (job));
  next = question->ids[question->next];
  if (next != NULL) {
    question->next++;
    reel_engine_find_job_async (REEL_ENGINE (source), next, NULL, on_read, g_steal_pointer (&question));
  } else {
    g_dbus_method_invocation_return_value (question->invocation,
                                           g_variant_new ("(@aa{sv})", g_variant_builder_end (&question->metas)));
  }
}

static void
on_clicked_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelJob) job = reel_engine_find_job_finish (REEL_ENGINE (source), result, &error);

  /* The window comes up in any case, and says what is wrong. */
  g_signal_emit (question->provider, signals[ACTIVATED], 0, job);
  g_dbus_method_invocation_return_value (question->invocation, NULL);
}

static void
find (ReelSearchProvider *self, GDBusMethodInvocation *invocation, const char **terms)
{
  g_autofree char *text = g_strjoinv (" ", (char **)terms);

  reel_engine_search_async (self->engine, text, MOST_RESULTS, NULL, on_found, question_new (self, invocation));
}

static void
answer (ReelSearchProvider *self, GDBusMethodInvocation *invocation)
{
  const char *method = g_dbus_method_invocation_get_method_name (invocation);
  GVariant *parameters = g_dbus_method_invocation_get_parameters (invocation);
  g_autofree const char **strings = NULL;

  if (g_str_equal (method, "GetInitialResultSet")) {
    g_variant_get (parameters, "(^a&s)", &strings);
    find (self, invocation, strings);
  } else if (g_str_equal (method, "GetSubsearchResultSet")) {
    /* More letters find no more than fewer do, but an earlier answer may have been cut short: all are looked at. */
    g_variant_get (parameters, "(as^a&s)", NULL, &strings);
    find (self, invocation, strings);
  } else if (g_str_equal (method, "GetResultMetas")) {
    Question *question = question_new (self, invocation);

    g_variant_get (parameters, "(^as)", &question->ids);
    if (question->ids[0] != NULL) {
      question->next = 1;
      reel_engine_find_job_async (self->engine, question->ids[0], NULL, on_read, question);
    } else {
      g_dbus_method_invocation_return_value (invocation,
                                             g_variant_new ("(@aa{sv})", g_variant_builder_end (&question->metas)));
      question_free (question);
    }
  } else if (g_str_equal (method, "ActivateResult")) {
    const char *id;

    g_variant_get (parameters, "(&sasu)", &id, NULL, NULL);
    reel_engine_find_job_async (self->engine, id, NULL, on_clicked_read, question_new (self, invocation));
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
  if (self->engine != NULL)
    answer (self, invocation);
  else
    g_queue_push_tail (&self->waiting, invocation);
}

static void
reel_search_provider_dispose (GObject *object)
{
  ReelSearchProvider *self = REEL_SEARCH_PROVIDER (object);

  reel_search_provider_unexport (self);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (reel_search_provider_parent_class)->dispose (object);
}

static void
reel_search_provider_class_init (ReelSearchProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reel_search_provider_dispose;

  /**
   * ReelSearchProvider::asked:
   *
   * The desktop has a question, which is answered as soon as there is an engine.
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
 * reel_search_provider_set_engine:
 * @engine: (nullable): what has the history, and is started; %NULL while there is none
 *
 * Gives the provider what it searches, and answers what was asked before.
 */
void
reel_search_provider_set_engine (ReelSearchProvider *self, ReelEngine *engine)
{
  GDBusMethodInvocation *invocation;

  g_return_if_fail (REEL_IS_SEARCH_PROVIDER (self) && (engine == NULL || REEL_IS_ENGINE (engine)));

  g_set_object (&self->engine, engine);
  while (engine != NULL && (invocation = g_queue_pop_head (&self->waiting)) != NULL)
    answer (self, invocation);
}
