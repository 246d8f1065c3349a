#include "config.h"

#include "reel-compare-dialog.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "reel-compare-cell.h"
#include "reel-compare-controls.h"
#include "reel-compare-grid.h"
#include "reel-compare-table.h"
#include "reel-compare-text.h"
#include "reel-job-text.h"
#include "reel-ui.h"
#include "reel-wipe.h"

/* A new width for the frames is asked for when a resize has come to rest. */
#define SCALE_DELAY_MS 150

/**
 * ReelCompareDialog:
 *
 * Two to four videos side by side, or two of them under a wipe, in lock-step, and the settings in which they differ.
 */
struct _ReelCompareDialog
{
  AdwDialog parent_instance;

  AdwToggleGroup *views;
  GtkWidget *stage;
  GtkStack *pages;
  ReelCompareGrid *grid;
  ReelWipe *wipe;
  GtkMenuButton *left_button;
  GtkMenuButton *right_button;
  ReelCompareTable *table;
  ReelCompareControls *controls;

  ReelJob *jobs[REEL_COMPARISON_MAX];
  ReelCompareCell *cells[REEL_COMPARISON_MAX];
  guint n_jobs;
  ReelComparison *comparison;
  guint left;
  guint right;
  guint scale_id;
  gboolean fullscreened;
};

G_DEFINE_FINAL_TYPE (ReelCompareDialog, reel_compare_dialog, ADW_TYPE_DIALOG)

enum
{
  PROP_HEARD = 1,
  PROP_LEFT,
  PROP_RIGHT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static gboolean
is_wiping (ReelCompareDialog *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "wipe") == 0;
}

static void
show_table (ReelCompareDialog *self)
{
  const ReelJobRecord *records[REEL_COMPARISON_MAX];
  const ReelComparisonTrack *tracks[REEL_COMPARISON_MAX];
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *common = NULL;

  for (guint i = 0; i < self->n_jobs; i++) {
    records[i] = reel_job_get_record (self->jobs[i]);
    tracks[i] = reel_comparison_get_track (self->comparison, i);
  }
  rows = reel_compare_text_make_differences (records, tracks, self->n_jobs);
  common = reel_compare_text_make_common (records, tracks, self->n_jobs);
  reel_compare_table_show (self->table, rows, common);
}

/* The shape that wastes least on all of them. */
static void
update_aspect (ReelCompareDialog *self)
{
  double product = 1;

  for (guint i = 0; i < self->n_jobs; i++) {
    const ReelComparisonTrack *track = reel_comparison_get_track (self->comparison, i);

    product *= track != NULL && track->height > 0 ? (double)track->width / track->height
                                                  : reel_job_text_get_aspect (reel_job_get_record (self->jobs[i]));
  }
  reel_compare_grid_set_aspect (self->grid, pow (product, 1.0 / self->n_jobs));
}

static void
show_wipe (ReelCompareDialog *self)
{
  g_autofree char *left = g_strdup_printf ("%u", self->left + 1), *right = g_strdup_printf ("%u", self->right + 1);

  reel_wipe_set_paintables (self->wipe, reel_comparison_get_paintable (self->comparison, self->left),
                            reel_comparison_get_paintable (self->comparison, self->right));
  gtk_menu_button_set_label (self->left_button, left);
  gtk_menu_button_set_label (self->right_button, right);
}

static void
on_changed (ReelComparison *comparison, guint index, ReelCompareDialog *self)
{
  reel_compare_cell_show (self->cells[index], reel_comparison_get_paintable (comparison, index),
                          reel_comparison_get_error (comparison, index));
  show_wipe (self);
  update_aspect (self);
  show_table (self);
}

static void
on_heard (ReelCompareDialog *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HEARD]);
}

static void
on_view_chosen (ReelCompareDialog *self)
{
  const char *name = adw_toggle_group_get_active_name (self->views);

  if (name == NULL)
    return;

  gtk_stack_set_visible_child_name (self->pages, name);
  gtk_widget_grab_focus (is_wiping (self) ? GTK_WIDGET (self->wipe) : self->stage);
}

/* Without a GPU, frames are best made no larger than they are seen. */
static guint
compute_scale_width (ReelCompareDialog *self)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  GskRenderer *renderer = native != NULL ? gtk_native_get_renderer (native) : NULL;
  int width =
      is_wiping (self) ? gtk_widget_get_width (GTK_WIDGET (self->wipe)) : reel_compare_grid_get_cell_width (self->grid);

  if (renderer == NULL || !GSK_IS_CAIRO_RENDERER (renderer) || width <= 0)
    return 0;

  return (guint)ceil (width * gdk_surface_get_scale (gtk_native_get_surface (native)));
}

static void
on_scale_due (gpointer data)
{
  ReelCompareDialog *self = data;

  self->scale_id = 0;
  g_object_set (self->comparison, "scale-width", compute_scale_width (self), NULL);
}

static void
queue_scale (ReelCompareDialog *self)
{
  guint scale_width;

  g_clear_handle_id (&self->scale_id, g_source_remove);
  g_object_get (self->comparison, "scale-width", &scale_width, NULL);
  if (scale_width != compute_scale_width (self))
    self->scale_id = g_timeout_add_once (scale_width == 0 ? 0 : SCALE_DELAY_MS, on_scale_due, self);
}

/* The actions. */

static void
on_toggle (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ReelCompareDialog *self = REEL_COMPARE_DIALOG (widget);

  if (reel_comparison_get_playing (self->comparison))
    reel_comparison_pause (self->comparison);
  else
    reel_comparison_play (self->comparison);
}

static void
on_clicked (GtkGestureClick *gesture, int n_press, double x, double y, ReelCompareDialog *self)
{
  if (is_wiping (self))
    return;

  gtk_widget_grab_focus (self->stage);
  on_toggle (GTK_WIDGET (self), NULL, NULL);
}

static void
on_step (GtkWidget *widget, const char *name, GVariant *parameter)
{
  reel_comparison_step (REEL_COMPARE_DIALOG (widget)->comparison, g_variant_get_int32 (parameter));
}

static void
on_skip (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ReelComparison *comparison = REEL_COMPARE_DIALOG (widget)->comparison;

  reel_comparison_seek (comparison, reel_comparison_get_position (comparison) +
                                        (gint64)g_variant_get_int32 (parameter) * G_USEC_PER_SEC);
}

static void
on_seek (GtkWidget *widget, const char *name, GVariant *parameter)
{
  reel_comparison_seek (REEL_COMPARE_DIALOG (widget)->comparison, g_variant_get_int64 (parameter));
}

static void
on_switch (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ReelCompareDialog *self = REEL_COMPARE_DIALOG (widget);
  const char *property = g_variant_get_string (parameter, NULL);
  gboolean active;

  g_object_get (self->comparison, property, &active, NULL);
  g_object_set (self->comparison, property, !active, NULL);
}

static void
on_hear (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ReelCompareDialog *self = REEL_COMPARE_DIALOG (widget);
  guint index = g_variant_get_uint32 (parameter);

  if (index < self->n_jobs)
    reel_comparison_set_heard (self->comparison, index);
}

static void
on_switch_view (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ReelCompareDialog *self = REEL_COMPARE_DIALOG (widget);

  adw_toggle_group_set_active_name (self->views, is_wiping (self) ? "grid" : "wipe");
}

static void
set_fullscreened (ReelCompareDialog *self, gboolean fullscreened)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->fullscreened == fullscreened || !GTK_IS_WINDOW (root))
    return;

  self->fullscreened = fullscreened;
  reel_compare_controls_set_fullscreened (self->controls, fullscreened);
  gtk_widget_set_visible (GTK_WIDGET (self->table), !fullscreened);
  if (fullscreened)
    gtk_window_fullscreen (GTK_WINDOW (root));
  else
    gtk_window_unfullscreen (GTK_WINDOW (root));
}

static void
on_fullscreen (GtkWidget *widget, const char *name, GVariant *parameter)
{
  set_fullscreened (REEL_COMPARE_DIALOG (widget), !REEL_COMPARE_DIALOG (widget)->fullscreened);
}

static void
reel_compare_dialog_closed (AdwDialog *dialog)
{
  ReelCompareDialog *self = REEL_COMPARE_DIALOG (dialog);

  set_fullscreened (self, FALSE);
  reel_comparison_close (self->comparison);
}

static void
reel_compare_dialog_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GTK_WIDGET_CLASS (reel_compare_dialog_parent_class)->size_allocate (widget, width, height, baseline);
  queue_scale (REEL_COMPARE_DIALOG (widget));
}

static void
reel_compare_dialog_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelCompareDialog *self = REEL_COMPARE_DIALOG (object);

  switch (id) {
  case PROP_HEARD:
    g_value_set_uint (value, self->comparison != NULL ? reel_comparison_get_heard (self->comparison) : 0);
    break;
  case PROP_LEFT:
    g_value_set_uint (value, self->left);
    break;
  case PROP_RIGHT:
    g_value_set_uint (value, self->right);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

/* A side that gets the video of the other one gives its own for it. */
static void
set_side (ReelCompareDialog *self, guint *side, guint *other, guint index)
{
  if (index >= self->n_jobs || *side == index)
    return;

  if (*other == index)
    *other = *side;
  *side = index;
  show_wipe (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LEFT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RIGHT]);
}

static void
reel_compare_dialog_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ReelCompareDialog *self = REEL_COMPARE_DIALOG (object);

  switch (id) {
  case PROP_HEARD:
    if (self->comparison != NULL && g_value_get_uint (value) < self->n_jobs)
      reel_comparison_set_heard (self->comparison, g_value_get_uint (value));
    break;
  case PROP_LEFT:
    set_side (self, &self->left, &self->right, g_value_get_uint (value));
    break;
  case PROP_RIGHT:
    set_side (self, &self->right, &self->left, g_value_get_uint (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_compare_dialog_dispose (GObject *object)
{
  ReelCompareDialog *self = REEL_COMPARE_DIALOG (object);

  g_clear_handle_id (&self->scale_id, g_source_remove);
  if (self->comparison != NULL) {
    g_signal_handlers_disconnect_by_data (self->comparison, self);
    reel_comparison_close (self->comparison);
  }
  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_COMPARE_DIALOG);
  g_clear_object (&self->comparison);
  for (guint i = 0; i < self->n_jobs; i++)
    g_clear_object (&self->jobs[i]);

  G_OBJECT_CLASS (reel_compare_dialog_parent_class)->dispose (object);
}

static void
add_keys (GtkWidgetClass *klass)
{
  const struct
  {
    guint key;
    const char *action;
    const char *parameter;
  } keys[] = {
      {GDK_KEY_space, "compare.toggle", NULL},   {GDK_KEY_k, "compare.toggle", NULL},
      {GDK_KEY_Left, "compare.skip", "-1"},      {GDK_KEY_Right, "compare.skip", "1"},
      {GDK_KEY_comma, "compare.step", "-1"},     {GDK_KEY_period, "compare.step", "1"},
      {GDK_KEY_Home, "compare.seek", "int64 0"}, {GDK_KEY_End, "compare.seek", "int64 0x7fffffffffffffff"},
      {GDK_KEY_m, "compare.switch", "'muted'"},  {GDK_KEY_l, "compare.switch", "'loop'"},
      {GDK_KEY_f, "compare.fullscreen", NULL},   {GDK_KEY_F11, "compare.fullscreen", NULL},
      {GDK_KEY_w, "compare.switch-view", NULL},  {GDK_KEY_1, "compare.hear", "uint32 0"},
      {GDK_KEY_2, "compare.hear", "uint32 1"},   {GDK_KEY_3, "compare.hear", "uint32 2"},
      {GDK_KEY_4, "compare.hear", "uint32 3"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autoptr (GtkShortcut) shortcut =
        gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, 0), gtk_named_action_new (keys[i].action));

    if (keys[i].parameter != NULL)
      gtk_shortcut_set_arguments (shortcut, g_variant_new_parsed (keys[i].parameter));
    gtk_widget_class_add_shortcut (klass, shortcut);
  }
}

static void
reel_compare_dialog_class_init (ReelCompareDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const guint last = REEL_COMPARISON_MAX - 1;

  object_class->get_property = reel_compare_dialog_get_property;
  object_class->set_property = reel_compare_dialog_set_property;
  object_class->dispose = reel_compare_dialog_dispose;
  widget_class->size_allocate = reel_compare_dialog_size_allocate;
  ADW_DIALOG_CLASS (klass)->closed = reel_compare_dialog_closed;

  properties[PROP_HEARD] = g_param_spec_uint ("heard", NULL, NULL, 0, last, 0, flags);
  properties[PROP_LEFT] = g_param_spec_uint ("left", NULL, NULL, 0, last, 0, flags);
  properties[PROP_RIGHT] = g_param_spec_uint ("right", NULL, NULL, 0, last, 1, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "compare.toggle", NULL, on_toggle);
  gtk_widget_class_install_action (widget_class, "compare.step", "i", on_step);
  gtk_widget_class_install_action (widget_class, "compare.skip", "i", on_skip);
  gtk_widget_class_install_action (widget_class, "compare.seek", "x", on_seek);
  gtk_widget_class_install_action (widget_class, "compare.switch", "s", on_switch);
  gtk_widget_class_install_action (widget_class, "compare.hear", "u", on_hear);
  gtk_widget_class_install_action (widget_class, "compare.switch-view", NULL, on_switch_view);
  gtk_widget_class_install_action (widget_class, "compare.fullscreen", NULL, on_fullscreen);
  gtk_widget_class_install_property_action (widget_class, "compare.heard", "heard");
  gtk_widget_class_install_property_action (widget_class, "compare.left", "left");
  gtk_widget_class_install_property_action (widget_class, "compare.right", "right");
  add_keys (widget_class);

  g_type_ensure (REEL_TYPE_COMPARE_GRID);
  g_type_ensure (REEL_TYPE_COMPARE_TABLE);
  g_type_ensure (REEL_TYPE_COMPARE_CONTROLS);
  g_type_ensure (REEL_TYPE_WIPE);
  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-compare-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelCompareDialog, views);
  gtk_widget_class_bind_template_child (widget_class, ReelCompareDialog, stage);
  gtk_widget_class_bind_template_child (widget_class, ReelCompareDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, ReelCompareDialog, grid);
  gtk_widget_class_bind_template_child (widget_class, ReelCompareDialog, wipe);
  gtk_widget_class_bind_template_child (widget_class, ReelCompareDialog, left_button);
  gtk_widget_class_bind_template_child (widget_class, ReelCompareDialog, right_button);
  gtk_widget_class_bind_template_child (widget_class, ReelCompareDialog, table);
  gtk_widget_class_bind_template_child (widget_class, ReelCompareDialog, controls);
  gtk_widget_class_bind_template_callback (widget_class, on_view_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
}

static void
reel_compare_dialog_init (ReelCompareDialog *self)
{
  self->right = 1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

static GMenuModel *
make_side_menu (ReelCompareDialog *self, const char *action)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < self->n_jobs; i++) {
    /* Translators: %u is the number of a video in a comparison. */
    g_autofree char *label = g_strdup_printf (_ ("Video %u"), i + 1);
    g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

    g_menu_item_set_action_and_target (item, action, "u", i);
    g_menu_append_item (menu, item);
  }

  return G_MENU_MODEL (menu);
}

/**
 * reel_compare_dialog_new:
 * @jobs: (transfer none): two to four ReelJob with saved videos; what else there is, is left out
 *
 * Makes the dialog. It plays as soon as it can.
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
reel_compare_dialog_new (GListModel *jobs)
{
  ReelCompareDialog *self = g_object_new (REEL_TYPE_COMPARE_DIALOG, NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  g_autoptr (GMenuModel) left_menu = NULL, right_menu = NULL;

  self->comparison = reel_comparison_new ();
  g_signal_connect (self->comparison, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->comparison, "notify::heard", G_CALLBACK (on_heard), self);
  self->n_jobs = MIN (g_list_model_get_n_items (jobs), REEL_COMPARISON_MAX);
  for (guint i = 0; i < self->n_jobs; i++) {
    self->jobs[i] = g_list_model_get_item (jobs, i);
    g_ptr_array_add (files, reel_job_dup_file (self->jobs[i]));
    self->cells[i] = REEL_COMPARE_CELL (reel_compare_cell_new (i + 1, reel_job_get_title (self->jobs[i])));
    reel_compare_grid_append (self->grid, GTK_WIDGET (self->cells[i]));
  }

  reel_comparison_open (self->comparison, files);
  for (guint i = 0; i < files->len; i++)
    g_clear_object ((GObject **)&files->pdata[i]);
  for (guint i = 0; i < self->n_jobs; i++)
    reel_compare_cell_show (self->cells[i], NULL, reel_comparison_get_error (self->comparison, i));
  left_menu = make_side_menu (self, "compare.left");
  right_menu = make_side_menu (self, "compare.right");
  gtk_menu_button_set_menu_model (self->left_button, left_menu);
  gtk_menu_button_set_menu_model (self->right_button, right_menu);
  reel_compare_controls_set_comparison (self->controls, self->comparison);
  update_aspect (self);
  show_wipe (self);
  show_table (self);
  reel_comparison_play (self->comparison);

  return ADW_DIALOG (self);
}

/**
 * reel_compare_dialog_get_comparison:
 *
 * Returns: (transfer none): what plays
 */
ReelComparison *
reel_compare_dialog_get_comparison (ReelCompareDialog *self)
{
  g_return_val_if_fail (REEL_IS_COMPARE_DIALOG (self), NULL);

  return self->comparison;
}
