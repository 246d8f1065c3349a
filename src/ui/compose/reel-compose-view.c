#include "config.h"

#include "reel-compose-view.h"

#include <glib/gi18n-lib.h>

#include "reel-compose-text.h"
#include "reel-generate-bar.h"
#include "reel-prompt-box.h"
#include "reel-references-group.h"
#include "reel-settings-group.h"
#include "reel-ui.h"
#include "reel-wrap-labels.h"

/**
 * ReelComposeView:
 *
 * The form of a new video: it edits a request in place, by the catalogue of an account, with the price in sight.
 *
 * It has the actions "compose.generate" and "compose.retry" and does not send anything itself: see its signals.
 */
struct _ReelComposeView
{
  AdwBin parent_instance;

  ReelPromptBox *prompt_box;
  ReelReferencesGroup *references_group;
  ReelSettingsGroup *settings_group;
  ReelGenerateBar *generate_bar;

  ReelRequest *request;
  GSignalGroup *request_signals;
  GSignalGroup *references_signals;
  ReelCatalogue *catalogue;
  char *catalogue_error;
  char *blocked_reason;
  ReelEngine *engine;
};

G_DEFINE_FINAL_TYPE (ReelComposeView, reel_compose_view, ADW_TYPE_BIN)

enum
{
  PROP_REQUEST = 1,
  PROP_CATALOGUE,
  PROP_CATALOGUE_ERROR,
  PROP_BLOCKED_REASON,
  PROP_ENGINE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

enum
{
  SUBMIT,
  RETRY,
  NOTICE,
  GENERATE_PRESSED,
  FILE_DROPPED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *
get_reason (ReelComposeView *self)
{
  if (self->blocked_reason != NULL)
    return self->blocked_reason;
  if (self->request == NULL)
    return "";
  if (self->catalogue == NULL)
    return self->catalogue_error != NULL ? _ ("The models of this account are not known.") : _ ("Loading models…");

  return reel_compose_describe_problem (
      reel_request_check (self->request, reel_settings_group_get_model (self->settings_group)));
}

/* Makes the price, the reason and the action follow the request, in the same frame. */
static void
update (ReelComposeView *self)
{
  const char *reason = get_reason (self);

  if (self->request != NULL)
    reel_generate_bar_show_price (self->generate_bar, self->request,
                                  reel_settings_group_get_model (self->settings_group));
  reel_generate_bar_show_reason (self->generate_bar, reason);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "compose.generate", reason == NULL);
}

static void
on_notice (ReelComposeView *self, const char *sentence)
{
  g_signal_emit (self, signals[NOTICE], 0, sentence);
}

static void
submit (ReelComposeView *self)
{
  if (get_reason (self) == NULL)
    g_signal_emit (self, signals[SUBMIT], 0);
}

static void
on_confirmed (AdwAlertDialog *dialog, const char *response, ReelComposeView *self)
{
  if (g_strcmp0 (response, "generate") == 0)
    submit (self);
}

/* A price that is not listed needs a word of its own: nobody pays by surprise. */
static void
confirm (ReelComposeView *self)
{
  g_autofree char *body = reel_compose_make_unlisted_question (reel_request_get_count (self->request));
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Price Not Listed"), body);

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "generate",
                                  _ ("_Generate Anyway"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "generate", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_confirmed), self, G_CONNECT_DEFAULT);
  reel_wrap_labels (GTK_WIDGET (dialog));
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
generate (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ReelComposeView *self = REEL_COMPOSE_VIEW (widget);

  if (!reel_references_group_commit (self->references_group) || get_reason (self) != NULL)
    return;

  if (reel_request_estimate_all (self->request, reel_settings_group_get_model (self->settings_group)) < 0)
    confirm (self);
  else
    submit (self);
}

static void
retry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[RETRY], 0);
}

static void
on_generate_pressed (ReelComposeView *self)
{
  if (!gtk_widget_activate_action (GTK_WIDGET (self), "compose.generate", NULL) || get_reason (self) != NULL)
    reel_generate_bar_announce_reason (self->generate_bar);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, ReelComposeView *self)
{
  g_autoptr (GString) links = g_string_new (NULL);

  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST)) {
    g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

    /* A file of this computer cannot be a reference, but it may say what it was made with. */
    if (files != NULL && g_file_peek_path (files->data) != NULL) {
      g_signal_emit (self, signals[FILE_DROPPED], 0, files->data);
      return TRUE;
    }
    for (GSList *file = files; file != NULL; file = file->next) {
      g_autofree char *uri = g_file_get_uri (file->data);

      g_string_append_printf (links, "%s\n", uri);
    }
  } else if (g_value_get_string (value) != NULL) {
    g_string_append (links, g_value_get_string (value));
  }

  if (links->len == 0)
    return FALSE;

  reel_references_group_add_links (self->references_group, links->str);

  return TRUE;
}

static gboolean
reel_compose_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (REEL_COMPOSE_VIEW (widget)->prompt_box));
}

static void
reel_compose_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelComposeView *self = REEL_COMPOSE_VIEW (object);

  switch (id) {
  case PROP_REQUEST:
    g_value_set_object (value, self->request);
    break;
  case PROP_CATALOGUE:
    g_value_set_object (value, self->catalogue);
    break;
  case PROP_CATALOGUE_ERROR:
    g_value_set_string (value, self->catalogue_error);
    break;
  case PROP_BLOCKED_REASON:
    g_value_set_string (value, self->blocked_reason);
    break;
  case PROP_ENGINE:
    g_value_set_object (value, self->engine);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_compose_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ReelComposeView *self = REEL_COMPOSE_VIEW (object);

  switch (id) {
  case PROP_REQUEST:
    reel_compose_view_set_request (self, g_value_get_object (value));
    break;
  case PROP_CATALOGUE:
    reel_compose_view_set_catalogue (self, g_value_get_object (value));
    break;
  case PROP_CATALOGUE_ERROR:
    reel_compose_view_set_catalogue_error (self, g_value_get_string (value));
    break;
  case PROP_BLOCKED_REASON:
    reel_compose_view_set_blocked_reason (self, g_value_get_string (value));
    break;
  case PROP_ENGINE:
    reel_compose_view_set_engine (self, g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_compose_view_dispose (GObject *object)
{
  ReelComposeView *self = REEL_COMPOSE_VIEW (object);

  g_clear_object (&self->request_signals);
  g_clear_object (&self->references_signals);
  g_clear_object (&self->request);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->engine);
  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_COMPOSE_VIEW);

  G_OBJECT_CLASS (reel_compose_view_parent_class)->dispose (object);
}

static void
reel_compose_view_finalize (GObject *object)
{
  ReelComposeView *self = REEL_COMPOSE_VIEW (object);

  g_free (self->catalogue_error);
  g_free (self->blocked_reason);

  G_OBJECT_CLASS (reel_compose_view_parent_class)->finalize (object);
}

static void
install_signals (void)
{
  /**
   * ReelComposeView::submit:
   *
   * The request is to be sent as it is now: it is valid, and an unlisted price was confirmed.
   */
  signals[SUBMIT] =
      g_signal_new ("submit", REEL_TYPE_COMPOSE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * ReelComposeView::retry:
   *
   * The catalogue is to be loaded again.
   */
  signals[RETRY] =
      g_signal_new ("retry", REEL_TYPE_COMPOSE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * ReelComposeView::notice:
   * @sentence: text for a toast
   *
   * The form changed a choice by itself.
   */
  signals[NOTICE] = g_signal_new ("notice", REEL_TYPE_COMPOSE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, G_TYPE_STRING);

  /**
   * ReelComposeView::generate-pressed:
   *
   * The shortcut of the button, which also tells why nothing can be sent.
   */
  signals[GENERATE_PRESSED] =
      g_signal_new_class_handler ("generate-pressed", REEL_TYPE_COMPOSE_VIEW, G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION,
                                  G_CALLBACK (on_generate_pressed), NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * ReelComposeView::file-dropped:
   * @file: a file of this computer
   *
   * A file was dropped on the form that is no link.
   */
  signals[FILE_DROPPED] = g_signal_new ("file-dropped", REEL_TYPE_COMPOSE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_FILE);
}

static void
reel_compose_view_class_init (ReelComposeViewClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = reel_compose_view_get_property;
  object_class->set_property = reel_compose_view_set_property;
  object_class->dispose = reel_compose_view_dispose;
  object_class->finalize = reel_compose_view_finalize;
  widget_class->grab_focus = reel_compose_view_grab_focus;

  properties[PROP_REQUEST] = g_param_spec_object ("request", NULL, NULL, REEL_TYPE_REQUEST, flags);
  properties[PROP_CATALOGUE] = g_param_spec_object ("catalogue", NULL, NULL, REEL_TYPE_CATALOGUE, flags);
  properties[PROP_CATALOGUE_ERROR] = g_param_spec_string ("catalogue-error", NULL, NULL, NULL, flags);
  properties[PROP_BLOCKED_REASON] = g_param_spec_string ("blocked-reason", NULL, NULL, NULL, flags);
  properties[PROP_ENGINE] = g_param_spec_object ("engine", NULL, NULL, REEL_TYPE_ENGINE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  install_signals ();

  gtk_widget_class_install_action (widget_class, "compose.generate", NULL, generate);
  gtk_widget_class_install_action (widget_class, "compose.retry", NULL, retry);

  g_type_ensure (REEL_TYPE_PROMPT_BOX);
  g_type_ensure (REEL_TYPE_REFERENCES_GROUP);
  g_type_ensure (REEL_TYPE_SETTINGS_GROUP);
  g_type_ensure (REEL_TYPE_GENERATE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-compose-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelComposeView, prompt_box);
  gtk_widget_class_bind_template_child (widget_class, ReelComposeView, references_group);
  gtk_widget_class_bind_template_child (widget_class, ReelComposeView, settings_group);
  gtk_widget_class_bind_template_child (widget_class, ReelComposeView, generate_bar);
  gtk_widget_class_bind_template_callback (widget_class, on_notice);
}

static void
reel_compose_view_init (ReelComposeView *self)
{
  GType types[] = {GDK_TYPE_FILE_LIST, G_TYPE_STRING};
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY | GDK_ACTION_LINK);

  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));

  self->request_signals = g_signal_group_new (REEL_TYPE_REQUEST);
  g_signal_group_connect_swapped (self->request_signals, "notify", G_CALLBACK (update), self);
  self->references_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->references_signals, "items-changed", G_CALLBACK (update), self);

  update (self);
}

/**
 * reel_compose_view_new:
 *
 * Makes a form without a request yet.
 *
 * Returns: (transfer floating): the form
 */
GtkWidget *
reel_compose_view_new (void)
{
  return g_object_new (REEL_TYPE_COMPOSE_VIEW, NULL);
}

/**
 * reel_compose_view_set_request:
 * @request: (nullable) (transfer none): the request to edit in place
 *
 * Sets what is edited.
 */
void
reel_compose_view_set_request (ReelComposeView *self, ReelRequest *request)
{
  g_return_if_fail (REEL_IS_COMPOSE_VIEW (self));

  if (!g_set_object (&self->request, request))
    return;

  reel_prompt_box_set_request (self->prompt_box, request);
  reel_references_group_set_request (self->references_group, request);
  reel_settings_group_set_request (self->settings_group, request);
  g_signal_group_set_target (self->request_signals, request);
  g_signal_group_set_target (self->references_signals,
                             request != NULL ? G_OBJECT (reel_request_get_references (request)) : NULL);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REQUEST]);
}

/**
 * reel_compose_view_set_catalogue:
 * @catalogue: (nullable) (transfer none): what the account offers, %NULL while that is not known
 *
 * Sets what the controls are made from.
 */
void
reel_compose_view_set_catalogue (ReelComposeView *self, ReelCatalogue *catalogue)
{
  g_return_if_fail (REEL_IS_COMPOSE_VIEW (self));

  if (!g_set_object (&self->catalogue, catalogue))
    return;

  reel_settings_group_set_catalogue (self->settings_group, catalogue);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CATALOGUE]);
}

/**
 * reel_compose_view_set_catalogue_error:
 * @sentence: (nullable): why the catalogue could not be loaded or refreshed
 *
 * Shows why there is no catalogue, or an old one, with a way to try again.
 */
void
reel_compose_view_set_catalogue_error (ReelComposeView *self, const char *sentence)
{
  g_return_if_fail (REEL_IS_COMPOSE_VIEW (self));

  if (!g_set_str (&self->catalogue_error, sentence))
    return;

  reel_settings_group_set_catalogue_error (self->settings_group, sentence);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CATALOGUE_ERROR]);
}

/**
 * reel_compose_view_set_blocked_reason:
 * @sentence: (nullable): why nothing at all can be sent now, %NULL where something can
 *
 * Turns Generate off whatever the request says, for example while the database cannot be written.
 */
void
reel_compose_view_set_blocked_reason (ReelComposeView *self, const char *sentence)
{
  g_return_if_fail (REEL_IS_COMPOSE_VIEW (self));

  if (!g_set_str (&self->blocked_reason, sentence))
    return;

  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BLOCKED_REASON]);
}

/**
 * reel_compose_view_set_engine:
 * @engine: (nullable) (transfer none): what has the history, and fetches the pictures of references
 *
 * Sets what fetches the thumbnails of references.
 */
void
reel_compose_view_set_engine (ReelComposeView *self, ReelEngine *engine)
{
  g_return_if_fail (REEL_IS_COMPOSE_VIEW (self));

  if (!g_set_object (&self->engine, engine))
    return;

  reel_prompt_box_set_engine (self->prompt_box, engine);
  reel_references_group_set_engine (self->references_group, engine);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENGINE]);
}

/**
 * reel_compose_view_focus_generate:
 *
 * Turns to the button that sends the form, or to the prompt while nothing can be sent.
 */
void
reel_compose_view_focus_generate (ReelComposeView *self)
{
  g_return_if_fail (REEL_IS_COMPOSE_VIEW (self));

  if (!reel_generate_bar_focus (self->generate_bar))
    gtk_widget_grab_focus (GTK_WIDGET (self->prompt_box));
}

/**
 * reel_compose_view_fill:
 * @source: (transfer none): a request, for example of an earlier job
 *
 * Fills the form with the settings of another request, all at once. What the account does not offer is moved.
 */
void
reel_compose_view_fill (ReelComposeView *self, ReelRequest *source)
{
  g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *list;
  guint n;

  g_return_if_fail (REEL_IS_COMPOSE_VIEW (self) && REEL_IS_REQUEST (source));

  if (self->request == NULL || self->request == source)
    return;

  list = G_LIST_MODEL (reel_request_get_references (source));
  n = g_list_model_get_n_items (list);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (references, g_list_model_get_item (list, i));
  list = G_LIST_MODEL (reel_request_get_references (self->request));

  g_object_freeze_notify (G_OBJECT (self->request));
  reel_request_set_model (self->request, reel_request_get_model (source));
  reel_request_set_prompt (self->request, reel_request_get_prompt (source));
  reel_request_set_duration (self->request, reel_request_get_duration (source));
  reel_request_set_aspect_ratio (self->request, reel_request_get_aspect_ratio (source));
  reel_request_set_resolution (self->request, reel_request_get_resolution (source));
  reel_request_set_webhook_url (self->request, reel_request_get_webhook_url (source));
  reel_request_set_count (self->request, reel_request_get_count (source));
  g_list_store_splice (G_LIST_STORE (list), 0, g_list_model_get_n_items (list), references->pdata, references->len);
  g_object_thaw_notify (G_OBJECT (self->request));
}
