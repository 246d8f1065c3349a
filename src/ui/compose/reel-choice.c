#include "config.h"

#include "reel-choice.h"

#include "reel-compose-text.h"

/**
 * ReelChoice:
 *
 * One choice of a few, shown as buttons beside each other where they are few and short, or else as a list to open. The
 * list is made when it is first needed, below the row of the buttons: most accounts never need it. Where there is nothing to
 * choose, neither is shown.
 */
struct _ReelChoice
{
  GObject parent_instance;

  GtkWidget *toggle_row; /* borrowed: the form outlives its choices */
  AdwToggleGroup *toggles;
  AdwComboRow *combo_row; /* borrowed, NULL until it is needed */

  GStrv labels;
  guint selected;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (ReelChoice, reel_choice, G_TYPE_OBJECT)

enum
{
  PROP_SELECTED = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static gboolean
uses_toggles (ReelChoice *self)
{
  return reel_compose_is_short ((const char *const *)self->labels);
}

static void
show_selected (ReelChoice *self)
{
  self->updating = TRUE;
  if (uses_toggles (self))
    adw_toggle_group_set_active (self->toggles, self->selected);
  else if (self->combo_row != NULL)
    adw_combo_row_set_selected (self->combo_row, self->selected);
  self->updating = FALSE;
}

static void
take_selected (ReelChoice *self, guint selected)
{
  if (self->updating || selected >= g_strv_length (self->labels) || selected == self->selected)
    return;

  self->selected = selected;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static void
on_toggled (ReelChoice *self)
{
  if (uses_toggles (self))
    take_selected (self, adw_toggle_group_get_active (self->toggles));
}

static void
on_combo_selected (ReelChoice *self)
{
  if (!uses_toggles (self))
    take_selected (self, adw_combo_row_get_selected (self->combo_row));
}

static void
make_combo_row (ReelChoice *self)
{
  GtkListBox *list = GTK_LIST_BOX (gtk_widget_get_ancestor (self->toggle_row, GTK_TYPE_LIST_BOX));
  int position = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (self->toggle_row)) + 1;

  self->combo_row =
      g_object_new (ADW_TYPE_COMBO_ROW, "title", adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->toggle_row)),
                    "use-markup", FALSE, "use-subtitle", TRUE, NULL);
  g_signal_connect_object (self->combo_row, "notify::selected", G_CALLBACK (on_combo_selected), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_insert (list, GTK_WIDGET (self->combo_row), position);
}

static void
reel_choice_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelChoice *self = REEL_CHOICE (object);

  switch (id) {
  case PROP_SELECTED:
    g_value_set_uint (value, self->selected);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_choice_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ReelChoice *self = REEL_CHOICE (object);

  switch (id) {
  case PROP_SELECTED:
    reel_choice_set_selected (self, g_value_get_uint (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_choice_finalize (GObject *object)
{
  g_strfreev (REEL_CHOICE (object)->labels);

  G_OBJECT_CLASS (reel_choice_parent_class)->finalize (object);
}

static void
reel_choice_class_init (ReelChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = reel_choice_get_property;
  object_class->set_property = reel_choice_set_property;
  object_class->finalize = reel_choice_finalize;

  properties[PROP_SELECTED] = g_param_spec_uint ("selected", NULL, NULL, 0, G_MAXUINT, GTK_INVALID_LIST_POSITION,
                                                 G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
reel_choice_init (ReelChoice *self)
{
  self->labels = g_new0 (char *, 1);
  self->selected = GTK_INVALID_LIST_POSITION;
}

/**
 * reel_choice_new:
 * @toggle_row: (transfer none): the row of a list box that holds @toggles; it must outlive the choice
 * @toggles: (transfer none): an empty toggle group
 *
 * Makes a choice of nothing yet.
 *
 * Returns: (transfer full): the choice
 */
ReelChoice *
reel_choice_new (GtkWidget *toggle_row, AdwToggleGroup *toggles)
{
  ReelChoice *self = g_object_new (REEL_TYPE_CHOICE, NULL);

  self->toggle_row = toggle_row;
  self->toggles = toggles;
  g_signal_connect_object (toggles, "notify::active", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (toggle_row, FALSE);

  return self;
}

/**
 * reel_choice_set_labels:
 * @labels: (array zero-terminated=1): what can be chosen
 *
 * Sets what can be chosen. Where it is something else than before, nothing is selected afterwards.
 */
void
reel_choice_set_labels (ReelChoice *self, const char *const *labels)
{
  g_return_if_fail (REEL_IS_CHOICE (self) && labels != NULL);

  if (g_strv_equal ((const char *const *)self->labels, labels))
    return;

  g_strfreev (self->labels);
  self->labels = g_strdupv ((GStrv)labels);
  self->selected = GTK_INVALID_LIST_POSITION;

  self->updating = TRUE;
  adw_toggle_group_remove_all (self->toggles);
  if (uses_toggles (self)) {
    for (guint i = 0; labels[i] != NULL; i++) {
      AdwToggle *toggle = adw_toggle_new ();

      adw_toggle_set_label (toggle, labels[i]);
      adw_toggle_group_add (self->toggles, toggle);
    }
  } else if (labels[0] != NULL) {
    g_autoptr (GtkStringList) strings = gtk_string_list_new (labels);

    if (self->combo_row == NULL)
      make_combo_row (self);
    adw_combo_row_set_model (self->combo_row, G_LIST_MODEL (strings));
  }
  gtk_widget_set_visible (self->toggle_row, uses_toggles (self));
  if (self->combo_row != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->combo_row), !uses_toggles (self) && labels[0] != NULL);
  self->updating = FALSE;

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

/**
 * reel_choice_get_selected:
 *
 * Returns: the position of what is chosen, %GTK_INVALID_LIST_POSITION for nothing
 */
guint
reel_choice_get_selected (ReelChoice *self)
{
  g_return_val_if_fail (REEL_IS_CHOICE (self), GTK_INVALID_LIST_POSITION);

  return self->selected;
}

/**
 * reel_choice_set_selected:
 * @selected: a position, or %GTK_INVALID_LIST_POSITION
 *
 * Chooses.
 */
void
reel_choice_set_selected (ReelChoice *self, guint selected)
{
  g_return_if_fail (REEL_IS_CHOICE (self));

  if (selected >= g_strv_length (self->labels))
    selected = GTK_INVALID_LIST_POSITION;
  if (self->selected == selected)
    return;

  self->selected = selected;
  show_selected (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}
