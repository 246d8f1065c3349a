#include "config.h"

#include "reel-compare-table.h"

#include <glib/gi18n-lib.h>

#include "reel-compare-text.h"

#define TITLE_WIDTH 104

/**
 * ReelCompareTable:
 *
 * The settings in which videos differ, a row for each, and in one line those that are the same. Where it is narrow, the
 * values stand beneath each other.
 */
struct _ReelCompareTable
{
  GtkWidget parent_instance;

  GtkWidget *list;
  GtkWidget *same;
  GPtrArray *boxes; /* of the rows, and of the values in them */
  gboolean narrow;
};

G_DEFINE_FINAL_TYPE (ReelCompareTable, reel_compare_table, GTK_TYPE_WIDGET)

enum
{
  PROP_NARROW = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static GtkWidget *
make_label (const char *text, gboolean is_markup)
{
  GtkWidget *label = gtk_label_new (NULL);

  if (is_markup)
    gtk_label_set_markup (GTK_LABEL (label), text);
  else
    gtk_label_set_text (GTK_LABEL (label), text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_widget_set_valign (label, GTK_ALIGN_START);

  return label;
}

static GtkWidget *
make_value (const ReelCompareRow *row, guint index)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *number = g_strdup_printf ("%u", index + 1);
  GtkWidget *badge = gtk_label_new (number), *label = make_label (row->values[index], row->has_markup);

  gtk_widget_add_css_class (badge, "compare-badge");
  gtk_widget_add_css_class (badge, "numeric");
  gtk_widget_set_valign (badge, GTK_ALIGN_START);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_focusable (label, FALSE);
  gtk_box_append (GTK_BOX (box), badge);
  gtk_box_append (GTK_BOX (box), label);

  return box;
}

static void
append_row (ReelCompareTable *self, const ReelCompareRow *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *values = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = make_label (row->title, FALSE), *list_row = gtk_list_box_row_new ();
  g_autofree char *description = reel_compare_text_make_description (row);

  gtk_widget_add_css_class (box, "compare-row");
  gtk_widget_add_css_class (title, "dim-label");
  gtk_widget_set_size_request (title, TITLE_WIDTH, -1);
  gtk_box_set_homogeneous (GTK_BOX (values), TRUE);
  gtk_widget_set_hexpand (values, TRUE);
  for (guint i = 0; i < row->n; i++)
    gtk_box_append (GTK_BOX (values), make_value (row, i));
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), values);
  g_ptr_array_add (self->boxes, box);
  g_ptr_array_add (self->boxes, values);

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (list_row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (list_row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list_row), GTK_ACCESSIBLE_PROPERTY_LABEL, description, -1);
  gtk_list_box_append (GTK_LIST_BOX (self->list), list_row);
}

static void
turn_boxes (ReelCompareTable *self)
{
  for (guint i = 0; i < self->boxes->len; i++) {
    GtkWidget *box = self->boxes->pdata[i];

    gtk_orientable_set_orientation (GTK_ORIENTABLE (box),
                                    self->narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
    if (gtk_widget_has_css_class (box, "compare-row"))
      continue;
    /* Beneath each other, a short value needs no more height than it has. */
    gtk_box_set_homogeneous (GTK_BOX (box), !self->narrow);
  }
}

static void
reel_compare_table_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_NARROW:
    g_value_set_boolean (value, REEL_COMPARE_TABLE (object)->narrow);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_compare_table_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ReelCompareTable *self = REEL_COMPARE_TABLE (object);

  switch (id) {
  case PROP_NARROW:
    if (self->narrow != g_value_get_boolean (value)) {
      self->narrow = g_value_get_boolean (value);
      turn_boxes (self);
      g_object_notify_by_pspec (object, pspec);
    }
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_compare_table_dispose (GObject *object)
{
  ReelCompareTable *self = REEL_COMPARE_TABLE (object);

  g_clear_pointer (&self->list, gtk_widget_unparent);
  g_clear_pointer (&self->same, gtk_widget_unparent);
  g_clear_pointer (&self->boxes, g_ptr_array_unref);

  G_OBJECT_CLASS (reel_compare_table_parent_class)->dispose (object);
}

static void
reel_compare_table_class_init (ReelCompareTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = reel_compare_table_get_property;
  object_class->set_property = reel_compare_table_set_property;
  object_class->dispose = reel_compare_table_dispose;

  /**
   * ReelCompareTable:narrow:
   *
   * Whether the values stand beneath each other.
   */
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "comparetable");
}

static void
reel_compare_table_init (ReelCompareTable *self)
{
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (layout, 9);
  self->boxes = g_ptr_array_new ();
  self->list = gtk_list_box_new ();
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Differences"), -1);
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
  self->same = make_label ("", FALSE);
  gtk_widget_add_css_class (self->same, "caption");
  gtk_widget_add_css_class (self->same, "dim-label");
  gtk_widget_set_parent (self->same, GTK_WIDGET (self));
}

/**
 * reel_compare_table_show:
 * @rows: (element-type ReelCompareRow): the settings in which the videos differ
 * @common: (nullable): those that are the same, in one line
 *
 * Shows other settings.
 */
void
reel_compare_table_show (ReelCompareTable *self, GPtrArray *rows, const char *common)
{
  g_return_if_fail (REEL_IS_COMPARE_TABLE (self));

  gtk_list_box_remove_all (GTK_LIST_BOX (self->list));
  g_ptr_array_set_size (self->boxes, 0);
  for (guint i = 0; i < rows->len; i++)
    append_row (self, rows->pdata[i]);
  turn_boxes (self);
  gtk_widget_set_visible (self->list, rows->len > 0);
  gtk_label_set_text (GTK_LABEL (self->same), common != NULL ? common : "");
  gtk_widget_set_visible (self->same, common != NULL);
}
