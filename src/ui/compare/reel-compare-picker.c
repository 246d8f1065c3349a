#include "config.h"

#include "reel-compare-picker.h"

#include <glib/gi18n-lib.h>

#include "reel-comparison.h"
#include "reel-history-row.h"
#include "reel-ui.h"
#include "reel-wrap-labels.h"

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
  ReelHistory *history;
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

static ReelHistoryCell *
get_cell (GtkListItem *item)
{
  return REEL_HISTORY_CELL (gtk_list_item_get_child (item));
}

static void
update_item (ReelComparePicker *self, GtkListItem *item)
{
  ReelHistoryCell *cell = get_cell (item);
  ReelJob *job = reel_history_cell_get_job (cell);
  gboolean chosen = job != NULL && (job == self->job || g_ptr_array_find (self->chosen, job, NULL));
  g_autofree char *cell_description = NULL, *description = NULL;

  g_object_set (cell, "checked", chosen, NULL);
  /* It is compared whatever else is. */
  gtk_widget_set_sensitive (GTK_WIDGET (cell), job != self->job);
  g_object_get (cell, "accessible-description", &cell_description, NULL);
  /* Translators: said of a video in a list before its state, price and settings. */
  description = g_strjoin (" · ", chosen ? _ ("Chosen") : _ ("Not chosen"), cell_description, NULL);
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
  if (job == self->job)
    return;

  if (!g_ptr_array_remove (self->chosen, job) && self->chosen->len < REEL_COMPARISON_MAX - 1)
    g_ptr_array_add (self->chosen, g_object_ref (job));
  update (self);
}

static void
on_activate (ReelComparePicker *self, guint position)
{
  g_autoptr (ReelHistoryItem) item = g_list_model_get_item (G_LIST_MODEL (self->history), position);
  ReelJob *job = item != NULL ? reel_history_item_get_job (item) : NULL;

  if (job != NULL)
    toggle (self, job);
}

static void
on_search_changed (ReelComparePicker *self)
{
  g_autoptr (ReelHistoryQuery) query = reel_history_query_new ();

  query->group = REEL_HISTORY_READY;
  query->search = g_strdup (gtk_editable_get_text (self->search));
  reel_history_set_query (self->history, query);
}

/* Enter takes the first result, and with a choice made goes on. */
static void
on_search_activated (ReelComparePicker *self)
{
  if (self->chosen->len > 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "picker.compare", NULL);
  else
    on_activate (self, reel_history_find (self->history, self->job) == 0 ? 1 : 0);
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
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->history));

  if (n > 0 || !reel_history_get_loading (self->history))
    gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
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
on_job (ReelHistoryCell *cell, GParamSpec *pspec, GtkListItem *item)
{
  ReelComparePicker *self = REEL_COMPARE_PICKER (gtk_widget_get_ancestor (GTK_WIDGET (cell), REEL_TYPE_COMPARE_PICKER));

  if (self != NULL)
    update_item (self, item);
}

/* The only breakpoint is that of large text in a narrow window. */
static gboolean
is_narrow (GBinding *binding, const GValue *breakpoint, GValue *roomy, gpointer data)
{
  g_value_set_boolean (roomy, g_value_get_object (breakpoint) != NULL);

  return TRUE;
}

static void
on_row_setup (GtkSignalListItemFactory *factory, GtkListItem *item, ReelComparePicker *self)
{
  ReelHistoryCell *cell = g_object_new (REEL_TYPE_HISTORY_ROW, "selecting", TRUE, NULL);

  reel_history_cell_set_up (cell, self->posters, self->ticker, NULL);
  reel_history_cell_set_dated (cell, TRUE);
  /* The row is what is clicked, and what a screen reader reads. */
  gtk_widget_set_can_target (GTK_WIDGET (cell), FALSE);
  g_object_bind_property_full (self, "current-breakpoint", cell, "roomy", G_BINDING_SYNC_CREATE, is_narrow, NULL, NULL,
                               NULL);
  g_object_bind_property (cell, "accessible-title", item, "accessible-label", G_BINDING_SYNC_CREATE);
  gtk_list_item_set_child (item, GTK_WIDGET (cell));
  g_signal_connect_object (cell, "notify::job", G_CALLBACK (on_job), item, G_CONNECT_DEFAULT);
}

static void
on_row_bind (GtkSignalListItemFactory *factory, GtkListItem *item, ReelComparePicker *self)
{
  reel_history_cell_set_item (get_cell (item), gtk_list_item_get_item (item));
  g_ptr_array_add (self->items, item);
  update_item (self, item);
}

static void
on_row_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, ReelComparePicker *self)
{
  g_ptr_array_remove (self->items, item);
  reel_history_cell_set_item (get_cell (item), NULL);
}

static void
reel_compare_picker_dispose (GObject *object)
{
  ReelComparePicker *self = REEL_COMPARE_PICKER (object);

  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_COMPARE_PICKER);
  g_clear_object (&self->history);
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
  gtk_widget_init_template (GTK_WIDGET (self));
  reel_wrap_labels (GTK_WIDGET (self));
}

/**
 * reel_compare_picker_new:
 * @job: (transfer none): the job that others are compared with
 * @history: (transfer none): a view of the history for the dialog alone
 * @posters: (nullable) (transfer none): where still pictures come from
 * @ticker: (transfer none): what the rows need for running times
 *
 * Makes the dialog.
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
reel_compare_picker_new (ReelJob *job, ReelHistory *history, ReelPosterCache *posters, ReelTicker *ticker)
{
  ReelComparePicker *self = g_object_new (REEL_TYPE_COMPARE_PICKER, NULL);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkNoSelection) selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (history)));

  self->job = g_object_ref (job);
  self->history = g_object_ref (history);
  self->posters = posters != NULL ? g_object_ref (posters) : NULL;
  self->ticker = g_object_ref (ticker);
  g_signal_connect_object (history, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (history, "notify::loading", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_row_setup), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_row_bind), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_row_unbind), self, G_CONNECT_DEFAULT);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_single_click_activate (self->list, TRUE);
  g_signal_connect_object (self->list, "activate", G_CALLBACK (on_activate), self, G_CONNECT_SWAPPED);

  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  on_search_changed (self);
  on_items_changed (self);
  update (self);

  return ADW_DIALOG (self);
}
