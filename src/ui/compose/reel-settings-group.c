#include "config.h"

#include "reel-settings-group.h"

#include <glib/gi18n-lib.h>

#include "reel-choice.h"
#include "reel-compose-text.h"
#include "reel-more-row.h"
#include "reel-scroll-guard.h"
#include "reel-ui.h"

/* Models beyond this many are easier to find by typing. */
#define SEARCH_MODELS_OVER 8

/**
 * ReelSettingsGroup:
 *
 * The choices of a new video: model, duration, aspect ratio, resolution and what stands under More. Every control is
 * made from the account's catalogue; the request is edited in place and always within what its model lists.
 *
 * Emits "notice" with a sentence where it moved a choice by itself.
 */
struct _ReelSettingsGroup
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *loading_row;
  GtkWidget *error_row;
  GtkLabel *error_label;
  AdwComboRow *model_row; /* NULL until it is known what the account offers */
  GtkWidget *duration_row;
  GtkScale *duration_scale;
  GtkAdjustment *duration;
  GtkLabel *duration_label;
  GtkWidget *duration_toggle_row;
  AdwToggleGroup *duration_toggles;
  GtkWidget *ratio_toggle_row;
  AdwToggleGroup *ratio_toggles;
  GtkWidget *resolution_toggle_row;
  AdwToggleGroup *resolution_toggles;
  ReelMoreRow *more_row; /* as model_row */

  ReelChoice *durations;
  ReelChoice *ratios;
  ReelChoice *resolutions;

  ReelRequest *request;
  GSignalGroup *request_signals;
  ReelCatalogue *catalogue;
  GSignalGroup *catalogue_signals;
  char *error;

  guint fit_id;
  gboolean updating; /* the controls follow the request, not the other way round */
};

G_DEFINE_FINAL_TYPE (ReelSettingsGroup, reel_settings_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  NOTICE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
notify_person (ReelSettingsGroup *self, const char *sentence)
{
  if (sentence != NULL)
    g_signal_emit (self, signals[NOTICE], 0, sentence);
}

static GStrv
make_labels (const char *const *names)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (; *names != NULL; names++)
    g_strv_builder_take (builder, reel_compose_make_label (*names));

  return g_strv_builder_end (builder);
}

static guint
index_of (const char *const *names, const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (g_strcmp0 (names[i], name) == 0)
      return i;

  return GTK_INVALID_LIST_POSITION;
}

static void
show_names (ReelChoice *choice, const char *const *names, const char *name)
{
  g_auto (GStrv) labels = make_labels (names);

  reel_choice_set_labels (choice, (const char *const *)labels);
  reel_choice_set_selected (choice, index_of (names, name));
}

static void
show_duration (ReelSettingsGroup *self, ReelVideoModel *model)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) labels = NULL;
  g_autofree char *text = NULL;
  g_autofree char *spoken = NULL;
  g_autofree char *longest = NULL;
  const guint *durations;
  guint n, seconds = reel_request_get_duration (self->request), selected = GTK_INVALID_LIST_POSITION;
  gboolean slides = reel_video_model_durations_are_consecutive (model);

  durations = reel_video_model_get_durations (model, &n);
  gtk_widget_set_visible (self->duration_row, slides);

  for (guint i = 0; i < n && !slides; i++) {
    g_strv_builder_take (builder, reel_compose_make_seconds (durations[i]));
    if (durations[i] == seconds)
      selected = i;
  }
  labels = g_strv_builder_end (builder);
  reel_choice_set_labels (self->durations, (const char *const *)labels);
  reel_choice_set_selected (self->durations, selected);
  if (!slides)
    return;

  gtk_adjustment_configure (self->duration, seconds, durations[0], durations[n - 1], 1, 1, 0);
  text = reel_compose_make_seconds (seconds);
  spoken = reel_compose_make_spoken_seconds (seconds);
  longest = reel_compose_make_seconds (durations[n - 1]);
  gtk_label_set_label (self->duration_label, text);
  gtk_label_set_width_chars (self->duration_label, (int)g_utf8_strlen (longest, -1));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->duration_scale), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, spoken,
                                  -1);
}

static void on_model_selected (ReelSettingsGroup *self);

/* The first answer pays for the rows that it fills: a start needs none of them. */
static void
ensure_rows (ReelSettingsGroup *self)
{
  g_autoptr (GtkExpression) id = NULL;

  if (self->model_row != NULL || (self->catalogue == NULL && self->error == NULL))
    return;

  id = gtk_property_expression_new (REEL_TYPE_VIDEO_MODEL, NULL, "id");
  self->model_row = g_object_new (ADW_TYPE_COMBO_ROW, "title", _ ("Model"), "use-markup", FALSE, "use-subtitle", TRUE,
                                  "expression", id, "model", self->catalogue, NULL);
  g_signal_connect_object (self->model_row, "notify::selected", G_CALLBACK (on_model_selected), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_insert (GTK_LIST_BOX (gtk_widget_get_ancestor (self->duration_row, GTK_TYPE_LIST_BOX)),
                       GTK_WIDGET (self->model_row),
                       gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (self->duration_row)));

  self->more_row = g_object_new (REEL_TYPE_MORE_ROW, NULL);
  if (self->request != NULL)
    reel_more_row_set_request (self->more_row, self->request);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->more_row));
}

/* Makes the controls say what the request says. */
static void
show_request (ReelSettingsGroup *self)
{
  ReelVideoModel *model = reel_settings_group_get_model (self);
  guint n = self->catalogue != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->catalogue)) : 0;

  self->updating = TRUE;

  ensure_rows (self);
  gtk_widget_set_visible (self->loading_row, self->catalogue == NULL && self->error == NULL);
  gtk_widget_set_visible (self->error_row, self->error != NULL || (self->catalogue != NULL && n == 0));
  gtk_label_set_label (self->error_label, self->error != NULL ? self->error : _ ("This account lists no models."));
  if (self->model_row != NULL) {
    gtk_widget_set_visible (GTK_WIDGET (self->model_row), n > 0);
    gtk_widget_set_visible (GTK_WIDGET (self->more_row), self->request != NULL);
    adw_combo_row_set_enable_search (self->model_row, n > SEARCH_MODELS_OVER);
  }

  if (model != NULL) {
    adw_combo_row_set_selected (self->model_row,
                                reel_catalogue_index_of (self->catalogue, reel_video_model_get_id (model)));
    show_duration (self, model);
    show_names (self->ratios, reel_video_model_get_aspect_ratios (model),
                reel_request_get_aspect_ratio (self->request));
    show_names (self->resolutions, reel_video_model_get_resolutions (model),
                reel_request_get_resolution (self->request));
  } else {
    static const char *const nothing[] = {NULL};

    if (n > 0)
      adw_combo_row_set_selected (self->model_row, GTK_INVALID_LIST_POSITION);
    gtk_widget_set_visible (self->duration_row, FALSE);
    reel_choice_set_labels (self->durations, nothing);
    reel_choice_set_labels (self->ratios, nothing);
    reel_choice_set_labels (self->resolutions, nothing);
  }

  self->updating = FALSE;
}

/* Brings the request within what the account offers. */
static void
fit (ReelSettingsGroup *self)
{
  g_autoptr (ReelVideoModel) model = NULL;
  g_autofree char *old = NULL;
  g_autofree char *notice = NULL;

  g_clear_handle_id (&self->fit_id, g_source_remove);
  if (self->request == NULL || self->catalogue == NULL ||
      g_list_model_get_n_items (G_LIST_MODEL (self->catalogue)) == 0)
    return;

  g_set_object (&model, reel_settings_group_get_model (self));
  if (model == NULL) {
    model = g_list_model_get_item (G_LIST_MODEL (self->catalogue), 0);
    old = g_strdup (reel_request_get_model (self->request));
  }

  self->updating = TRUE;
  notice = reel_compose_fit (self->request, model);
  self->updating = FALSE;
  if (notice == NULL && old != NULL)
    notice = reel_compose_make_replaced_notice (old, reel_video_model_get_id (model));

  show_request (self);
  notify_person (self, notice);
}

static gboolean
on_fit_due (gpointer data)
{
  ReelSettingsGroup *self = data;

  self->fit_id = 0;
  fit (self);

  return G_SOURCE_REMOVE;
}

/* Someone else changes the request, one property after the other: it is brought within the limits when that is over. */
static void
on_request_changed (ReelSettingsGroup *self)
{
  if (self->updating)
    return;

  show_request (self);
  if (self->fit_id == 0)
    self->fit_id = g_idle_add_full (G_PRIORITY_HIGH, on_fit_due, self, NULL);
}

static void
on_catalogue_changed (ReelSettingsGroup *self)
{
  show_request (self);
  fit (self);
}

static void
on_model_selected (ReelSettingsGroup *self)
{
  ReelVideoModel *model = adw_combo_row_get_selected_item (self->model_row);

  if (self->updating || model == NULL || self->request == NULL)
    return;

  self->updating = TRUE;
  reel_request_set_model (self->request, reel_video_model_get_id (model));
  self->updating = FALSE;
  fit (self);
}

static void
on_duration_slid (ReelSettingsGroup *self)
{
  if (self->updating || self->request == NULL)
    return;

  /* The scale slides by pixels; whole seconds are what can be chosen. */
  reel_request_set_duration (self->request, (guint)(gtk_adjustment_get_value (self->duration) + 0.5));
  show_request (self);
}

static void
on_duration_chosen (ReelSettingsGroup *self)
{
  ReelVideoModel *model = reel_settings_group_get_model (self);
  guint n, selected = reel_choice_get_selected (self->durations);

  if (self->updating || model == NULL)
    return;

  const guint *durations = reel_video_model_get_durations (model, &n);
  if (selected < n)
    reel_request_set_duration (self->request, durations[selected]);
}

static void
on_ratio_chosen (ReelSettingsGroup *self)
{
  ReelVideoModel *model = reel_settings_group_get_model (self);
  guint selected = reel_choice_get_selected (self->ratios);

  if (!self->updating && model != NULL && selected != GTK_INVALID_LIST_POSITION)
    reel_request_set_aspect_ratio (self->request, reel_video_model_get_aspect_ratios (model)[selected]);
}

static void
on_resolution_chosen (ReelSettingsGroup *self)
{
  ReelVideoModel *model = reel_settings_group_get_model (self);
  guint selected = reel_choice_get_selected (self->resolutions);

  if (!self->updating && model != NULL && selected != GTK_INVALID_LIST_POSITION)
    reel_request_set_resolution (self->request, reel_video_model_get_resolutions (model)[selected]);
}

static void
reel_settings_group_dispose (GObject *object)
{
  ReelSettingsGroup *self = REEL_SETTINGS_GROUP (object);

  g_clear_handle_id (&self->fit_id, g_source_remove);
  g_clear_object (&self->request_signals);
  g_clear_object (&self->catalogue_signals);
  g_clear_object (&self->durations);
  g_clear_object (&self->ratios);
  g_clear_object (&self->resolutions);
  g_clear_object (&self->request);
  g_clear_object (&self->catalogue);
  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_SETTINGS_GROUP);

  G_OBJECT_CLASS (reel_settings_group_parent_class)->dispose (object);
}

static void
reel_settings_group_finalize (GObject *object)
{
  g_free (REEL_SETTINGS_GROUP (object)->error);

  G_OBJECT_CLASS (reel_settings_group_parent_class)->finalize (object);
}

static void
reel_settings_group_class_init (ReelSettingsGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = reel_settings_group_dispose;
  object_class->finalize = reel_settings_group_finalize;

  /**
   * ReelSettingsGroup::notice:
   * @sentence: what was moved
   *
   * A choice was moved because the model or the account does not offer it.
   */
  signals[NOTICE] = g_signal_new ("notice", REEL_TYPE_SETTINGS_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-settings-group.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelSettingsGroup, loading_row);
  gtk_widget_class_bind_template_child (widget_class, ReelSettingsGroup, error_row);
  gtk_widget_class_bind_template_child (widget_class, ReelSettingsGroup, error_label);
  gtk_widget_class_bind_template_child (widget_class, ReelSettingsGroup, duration_row);
  gtk_widget_class_bind_template_child (widget_class, ReelSettingsGroup, duration_scale);
  gtk_widget_class_bind_template_child (widget_class, ReelSettingsGroup, duration);
  gtk_widget_class_bind_template_child (widget_class, ReelSettingsGroup, duration_label);
  gtk_widget_class_bind_template_child (widget_class, ReelSettingsGroup, duration_toggle_row);
  gtk_widget_class_bind_template_child (widget_class, ReelSettingsGroup, duration_toggles);
  gtk_widget_class_bind_template_child (widget_class, ReelSettingsGroup, ratio_toggle_row);
  gtk_widget_class_bind_template_child (widget_class, ReelSettingsGroup, ratio_toggles);
  gtk_widget_class_bind_template_child (widget_class, ReelSettingsGroup, resolution_toggle_row);
  gtk_widget_class_bind_template_child (widget_class, ReelSettingsGroup, resolution_toggles);
  gtk_widget_class_bind_template_callback (widget_class, on_duration_slid);
}

static void
reel_settings_group_init (ReelSettingsGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  reel_scroll_guard_apply (GTK_WIDGET (self->duration_scale));

  self->durations = reel_choice_new (self->duration_toggle_row, self->duration_toggles);
  self->ratios = reel_choice_new (self->ratio_toggle_row, self->ratio_toggles);
  self->resolutions = reel_choice_new (self->resolution_toggle_row, self->resolution_toggles);
  g_signal_connect_object (self->durations, "notify::selected", G_CALLBACK (on_duration_chosen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->ratios, "notify::selected", G_CALLBACK (on_ratio_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->resolutions, "notify::selected", G_CALLBACK (on_resolution_chosen), self,
                           G_CONNECT_SWAPPED);

  self->request_signals = g_signal_group_new (REEL_TYPE_REQUEST);
  g_signal_group_connect_swapped (self->request_signals, "notify", G_CALLBACK (on_request_changed), self);
  self->catalogue_signals = g_signal_group_new (REEL_TYPE_CATALOGUE);
  g_signal_group_connect_swapped (self->catalogue_signals, "items-changed", G_CALLBACK (on_catalogue_changed), self);

  show_request (self);
}

/**
 * reel_settings_group_set_request:
 * @request: (nullable) (transfer none): the request to edit in place
 *
 * Sets what is edited.
 */
void
reel_settings_group_set_request (ReelSettingsGroup *self, ReelRequest *request)
{
  g_return_if_fail (REEL_IS_SETTINGS_GROUP (self));

  if (!g_set_object (&self->request, request))
    return;

  if (self->more_row != NULL)
    reel_more_row_set_request (self->more_row, request);
  g_signal_group_set_target (self->request_signals, request);
  show_request (self);
  fit (self);
}

/**
 * reel_settings_group_set_catalogue:
 * @catalogue: (nullable) (transfer none): what the account offers, %NULL while that is not known
 *
 * Sets what the controls are made from.
 */
void
reel_settings_group_set_catalogue (ReelSettingsGroup *self, ReelCatalogue *catalogue)
{
  g_return_if_fail (REEL_IS_SETTINGS_GROUP (self));

  if (!g_set_object (&self->catalogue, catalogue))
    return;

  self->updating = TRUE;
  if (self->model_row != NULL)
    adw_combo_row_set_model (self->model_row, G_LIST_MODEL (catalogue));
  self->updating = FALSE;
  g_signal_group_set_target (self->catalogue_signals, catalogue);
  show_request (self);
  fit (self);
}

/**
 * reel_settings_group_set_catalogue_error:
 * @sentence: (nullable): why the catalogue could not be loaded or refreshed
 *
 * Shows that the catalogue could not be loaded, with a way to try again.
 */
void
reel_settings_group_set_catalogue_error (ReelSettingsGroup *self, const char *sentence)
{
  g_return_if_fail (REEL_IS_SETTINGS_GROUP (self));

  if (g_set_str (&self->error, sentence))
    show_request (self);
}

/**
 * reel_settings_group_get_model:
 *
 * Returns: (transfer none) (nullable): the model of the request, %NULL where the account does not list it
 */
ReelVideoModel *
reel_settings_group_get_model (ReelSettingsGroup *self)
{
  g_return_val_if_fail (REEL_IS_SETTINGS_GROUP (self), NULL);

  if (self->request == NULL || self->catalogue == NULL || reel_request_get_model (self->request) == NULL)
    return NULL;

  return reel_catalogue_lookup (self->catalogue, reel_request_get_model (self->request));
}
