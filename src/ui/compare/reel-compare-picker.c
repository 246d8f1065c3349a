#include "config.h"

#include "reel-compare-picker.h"

#include <glib/gi18n-lib.h>

#include "reel-comparison.h"
#include "reel-history-filter.h"
#include "reel-history-row.h"
#include "reel-ui.h"

/**
 * ReelComparePicker:
 *
 * Asks for one to three saved videos to compare another one with. A click on a row, or Enter, chooses it.
 */
struct _ReelComparePicker
{
  AdwDialog parent_instance;

  GtkEditable *search;
  GtkLabel *hint;
  GtkStack *stack;
  GtkListView *list;

  ReelJob *job;
  ReelPosterCache *posters;
  ReelTicker *ticker;
  ReelHistoryFilter *filter;
  GListModel *model;
  GPtrArray *chosen; /* of ReelJob, in the order of choosing */
  GPtrArray *items;  /* of GtkListItem that have a row, not owned */
};

G_DEFINE_FINAL_TYPE (ReelComparePicker, reel_compare_picker, ADW_TYPE_DIALOG)

enum
{
  PICKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
update_item (ReelComparePicker *self, GtkListItem *item)
{
  GtkWidget *box = gtk_list_item_get_child (item), *check = gtk_widget_get_first_child (box);
  gpointer row = gtk_widget_get_last_child (box);
  ReelJob *job = gtk_list_item_get_item (item);
  gboolean chosen = job != NULL && g_ptr_array_find (self->chosen, job, NULL);
  g_autofree char *row_description = NULL, *description = NULL;

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), chosen);
  g_object_get (row, "accessible-description", &row_description, NULL);
  /* Translators: said of a video in a list before its state, price and settings. */
  description = g_strjoin (" · ", chosen ? _ ("Chosen") : _ ("Not chosen"), row_description, NULL);
  gtk_list_item_set_accessible_description (item, description);
}

static void
update (ReelComparePicker *self)
{
  const guint most = REEL_COMPARISON_MAX - 1;
  g_autofree char *hint = g_strdup_printf (
      /* Translators: %1$u is how many videos are chosen, %2$u how many can be. */
      g_dngettext (GETTEXT_PACKAGE, "%1$u of up to %2$u video chosen.", "%1$u of up to %2$u videos chosen.", most),
      self->chosen->len, most);

  for (guint i = 0; i < self->items->len; i++)
    update_item (self, self->items->pdata[i]);
  gtk_label_set_label (self->hint, hint);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "picker.compare", self->chosen->len > 0);
}

static void
toggle (ReelComparePicker *self, ReelJob *job)
{
  if (!g_ptr_array_remove (self->chosen, job) && self->chosen->len < REEL_COMPARISON_MAX - 1)
    g_ptr_array_add (self->chosen, g_object_ref (job));
  update (self);
}

static void
on_activate (ReelComparePicker *self, guint position)
{
  g_autoptr (ReelJob) job = g_list_model_get_item (self->model, position);

  if (job != NULL)
    toggle (self, job);
}

static void
on_search_changed (ReelComparePicker *self)
{
  reel_history_filter_set_search (self->filter, gtk_editable_get_text (self->search));
}

/* Enter takes the first result, and with a choice made goes on. */
static void
on_search_activated (ReelComparePicker *self)
{
  if (self->chosen->len > 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "picker.compare", NULL);
  else
    on_activate (self, 0);
}

static void
on_stop_search (ReelComparePicker *self)
{
  if (*gtk_editable_get_text (self->search) != '\0')
    gtk_editable_set_text (self->search, "");
  else
    adw_dialog_close (ADW_DIALOG (self));
}

static void
on_items_changed (ReelComparePicker *self)
{
  gtk_stack_set_visible_child_name (self->stack, g_list_model_get_n_items (self->model) > 0 ? "list" : "empty");
}

static void
compare (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (ReelComparePicker) self = g_object_ref (REEL_COMPARE_PICKER (widget));
  g_autoptr (GListStore) jobs = g_list_store_new (REEL_TYPE_JOB);

  g_list_store_append (jobs, self->job);
  for (guint i = 0; i < self->chosen->len; i++)
    g_list_store_append (jobs, self->chosen->pdata[i]);
  adw_dialog_force_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[PICKED], 0, jobs);
}

static void
on_row_setup (GtkSignalListItemFactory *factory, GtkListItem *item, ReelComparePicker *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *check = gtk_check_button_new ();
  GtkWidget *row = reel_history_row_new (self->posters, self->ticker, NULL);

  /* The row is what is clicked, and what a screen reader reads. */
  gtk_widget_set_can_target (check, FALSE);
  gtk_widget_set_can_focus (check, FALSE);
  gtk_widget_set_can_target (row, FALSE);
  gtk_widget_set_hexpand (row, TRUE);
  gtk_box_append (GTK_BOX (box), check);
  gtk_box_append (GTK_BOX (box), row);
  g_object_bind_property (row, "accessible-title", item, "accessible-label", G_BINDING_SYNC_CREATE);
  gtk_list_item_set_child (item, box);
}

static void
on_row_bind (GtkSignalListItemFactory *factory, GtkListItem *item, ReelComparePicker *self)
{
  reel_history_row_set_job (REEL_HISTORY_ROW (gtk_widget_get_last_child (gtk_list_item_get_child (item))),
                            gtk_list_item_get_item (item));
  g_ptr_array_add (self->items, item);
  update_item (self, item);
}

static void
on_row_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, ReelComparePicker *self)
{
  g_ptr_array_remove (self->items, item);
  reel_history_row_set_job (REEL_HISTORY_ROW (gtk_widget_get_last_child (gtk_list_item_get_child (item))), NULL);
}

static gboolean
is_another (gpointer item, gpointer data)
{
  return item != data;
}

static int
compare_times (gconstpointer one, gconstpointer two, gpointer data)
{
  gint64 first = reel_job_get_record ((ReelJob *)one)->created_at;
  gint64 second = reel_job_get_record ((ReelJob *)two)->created_at;

  return first < second ? 1 : first > second ? -1 : 0;
}

static void
reel_compare_picker_dispose (GObject *object)
{
  ReelComparePicker *self = REEL_COMPARE_PICKER (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_COMPARE_PICKER);
  g_clear_object (&self->model);
  g_clear_object (&self->filter);
  g_clear_object (&self->job);
  g_clear_object (&self->posters);
  g_clear_object (&self->ticker);

  G_OBJECT_CLASS (reel_compare_picker_parent_class)->dispose (object);
}

static void
reel_compare_picker_finalize (GObject *object)
{
  ReelComparePicker *self = REEL_COMPARE_PICKER (object);

  g_ptr_array_unref (self->chosen);
  g_ptr_array_unref (self->items);

  G_OBJECT_CLASS (reel_compare_picker_parent_class)->finalize (object);
}

static void
reel_compare_picker_class_init (ReelComparePickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reel_compare_picker_dispose;
  G_OBJECT_CLASS (klass)->finalize = reel_compare_picker_finalize;

  /**
   * ReelComparePicker::picked:
   * @jobs: the jobs to compare
   *
   * Emitted when a person has chosen, after the dialog was closed.
   */
  signals[PICKED] = g_signal_new ("picked", REEL_TYPE_COMPARE_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_LIST_MODEL);

  gtk_widget_class_install_action (widget_class, "picker.compare", NULL, compare);
  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-compare-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelComparePicker, search);
  gtk_widget_class_bind_template_child (widget_class, ReelComparePicker, hint);
  gtk_widget_class_bind_template_child (widget_class, ReelComparePicker, stack);
  gtk_widget_class_bind_template_child (widget_class, ReelComparePicker, list);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
}

static void
reel_compare_picker_init (ReelComparePicker *self)
{
  self->chosen = g_ptr_array_new_with_free_func (g_object_unref);
  self->items = g_ptr_array_new ();
  self->filter = reel_history_filter_new ();
  reel_history_filter_set_group (self->filter, REEL_HISTORY_READY);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * reel_compare_picker_new:
 * @job: (transfer none): the job that others are compared with
 * @jobs: (transfer none): the ReelJob of the history
 * @posters: (nullable) (transfer none): where still pictures come from
 * @ticker: (transfer none): what the rows need for running times
 *
 * Makes the dialog.
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
reel_compare_picker_new (ReelJob *job, GListModel *jobs, ReelPosterCache *posters, ReelTicker *ticker)
{
  ReelComparePicker *self = g_object_new (REEL_TYPE_COMPARE_PICKER, NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkFilterListModel *others, *found;
  GtkSortListModel *sorted;

  self->job = g_object_ref (job);
  self->posters = posters != NULL ? g_object_ref (posters) : NULL;
  self->ticker = g_object_ref (ticker);
  others = gtk_filter_list_model_new (
      g_object_ref (jobs), GTK_FILTER (gtk_custom_filter_new (is_another, g_object_ref (job), g_object_unref)));
  found = gtk_filter_list_model_new (G_LIST_MODEL (others), GTK_FILTER (g_object_ref (self->filter)));
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (found), GTK_SORTER (gtk_custom_sorter_new (compare_times, NULL, NULL)));
  self->model = G_LIST_MODEL (sorted);
  g_signal_connect_swapped (self->model, "items-changed", G_CALLBACK (on_items_changed), self);

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_row_setup), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_row_bind), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_row_unbind), self, G_CONNECT_DEFAULT);
  gtk_list_view_set_factory (self->list, factory);
  g_object_unref (factory);
  gtk_list_view_set_single_click_activate (self->list, TRUE);
  g_signal_connect_object (self->list, "activate", G_CALLBACK (on_activate), self, G_CONNECT_SWAPPED);

  g_autoptr (GtkNoSelection) selection = gtk_no_selection_new (g_object_ref (self->model));

  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  on_items_changed (self);
  update (self);

  return ADW_DIALOG (self);
}
