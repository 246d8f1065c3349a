#include "config.h"

#include "reel-history-list.h"

#include "reel-history-row.h"
#include "reel-job-menu.h"
#include "reel-time-text.h"
#include "reel-ui.h"

/**
 * ReelHistoryList:
 *
 * The rows of the history, one a job, below a heading for each day.
 *
 * The chosen job stays chosen while a search or a group hides its row.
 */
struct _ReelHistoryList
{
  AdwBin parent_instance;

  ReelPosterCache *posters;
  ReelTicker *ticker;
  ReelUsualTimes *usual_times;
  ReelHistoryModel *model;
  GSignalGroup *jobs_signals;
  GtkSingleSelection *selection;
  ReelJob *selected;
  guint position; /* of the chosen job when it was last seen */
  int today;
  GtkWidget *popover;

  GtkListView *view;
};

G_DEFINE_FINAL_TYPE (ReelHistoryList, reel_history_list, ADW_TYPE_BIN)

enum
{
  PROP_SELECTED = 1,
  N_PROPS,
};

enum
{
  ACTIVATED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
set_selected (ReelHistoryList *self, ReelJob *job)
{
  if (g_set_object (&self->selected, job))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static void
on_selected_item (ReelHistoryList *self)
{
  ReelJob *job = gtk_single_selection_get_selected_item (self->selection);

  /* A row that a search hides leaves its job chosen. */
  if (job == NULL)
    return;

  self->position = gtk_single_selection_get_selected (self->selection);
  set_selected (self, job);
}

static gboolean
list_holds (GListModel *list, ReelJob *job)
{
  guint n = g_list_model_get_n_items (list);

  for (guint i = 0; i < n; i++) {
    g_autoptr (ReelJob) other = g_list_model_get_item (list, i);

    if (other == job)
      return TRUE;
  }

  return FALSE;
}

static void
on_model_changed (ReelHistoryList *self)
{
  guint position;

  if (self->selected == NULL)
    return;

  position = reel_history_model_find (self->model, self->selected);
  if (position != GTK_INVALID_LIST_POSITION) {
    self->position = position;
    gtk_single_selection_set_selected (self->selection, position);
  }
}

/* A job that was deleted gives way to the one that takes its place. */
static void
on_jobs_changed (ReelHistoryList *self, guint position, guint removed, guint added, GListModel *jobs)
{
  guint n;

  if (self->selected == NULL || removed == 0 || list_holds (jobs, self->selected))
    return;

  n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  if (n == 0) {
    set_selected (self, NULL);
  } else {
    g_autoptr (ReelJob) next = g_list_model_get_item (G_LIST_MODEL (self->model), MIN (self->position, n - 1));

    reel_history_list_select (self, next);
  }
}

static void
on_activate (ReelHistoryList *self, guint position)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
show_menu (ReelHistoryList *self, GtkWidget *widget, double x, double y)
{
  graphene_point_t point;

  if (!gtk_widget_compute_point (widget, GTK_WIDGET (self), &GRAPHENE_POINT_INIT ((float)x, (float)y), &point))
    return;

  if (self->popover == NULL) {
    g_autoptr (GMenuModel) menu = reel_job_menu_new ();

    self->popover = gtk_popover_menu_new_from_model (menu);
    gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
    gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
    gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &(GdkRectangle){(int)point.x, (int)point.y, 1, 1});
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
on_secondary_click (GtkGestureClick *gesture, int n_press, double x, double y, ReelHistoryList *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  reel_history_list_select (self, reel_history_row_get_job (REEL_HISTORY_ROW (row)));
  show_menu (self, row, x, y);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_primary_click (GtkGestureClick *gesture, int n_press, double x, double y, ReelHistoryList *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  if (gtk_widget_contains (row, x, y) &&
      (gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture)) &
       (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == 0) {
    reel_history_list_select (self, reel_history_row_get_job (REEL_HISTORY_ROW (row)));
    g_signal_emit (self, signals[ACTIVATED], 0);
  }
}

static void
open_menu (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  ReelHistoryList *self = REEL_HISTORY_LIST (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (self->selected != NULL && focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->view)))
    show_menu (self, focus, gtk_widget_get_width (focus) / 2.0, gtk_widget_get_height (focus) / 2.0);
}

static void
on_row_setup (GtkSignalListItemFactory *factory, GtkListItem *item, ReelHistoryList *self)
{
  GtkWidget *row = reel_history_row_new (self->posters, self->ticker, self->usual_times);
  GtkGesture *secondary = gtk_gesture_click_new ();
  GtkGesture *primary = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (secondary), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (secondary, "pressed", G_CALLBACK (on_secondary_click), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (secondary));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (primary), GDK_BUTTON_PRIMARY);
  g_signal_connect_object (primary, "released", G_CALLBACK (on_primary_click), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (primary));

  g_object_bind_property (row, "accessible-title", item, "accessible-label", G_BINDING_SYNC_CREATE);
  g_object_bind_property (row, "accessible-description", item, "accessible-description", G_BINDING_SYNC_CREATE);
  gtk_list_item_set_child (item, row);
}

static void
on_row_bind (GtkSignalListItemFactory *factory, GtkListItem *item, ReelHistoryList *self)
{
  reel_history_row_set_job (REEL_HISTORY_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
on_row_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, ReelHistoryList *self)
{
  reel_history_row_set_job (REEL_HISTORY_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
on_header_setup (GtkSignalListItemFactory *factory, GtkListHeader *header, ReelHistoryList *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_list_header_set_child (header, label);
}

static void
on_header_bind (GtkSignalListItemFactory *factory, GtkListHeader *header, ReelHistoryList *self)
{
  ReelJob *job = REEL_JOB (gtk_list_header_get_item (header));
  g_autofree char *day = reel_time_text_make_day (reel_job_get_record (job)->created_at, g_get_real_time ());

  gtk_label_set_label (GTK_LABEL (gtk_list_header_get_child (header)), day);
}

static void
on_tick (ReelHistoryList *self)
{
  int today = reel_time_text_get_day (g_get_real_time ());

  if (today == self->today)
    return;

  self->today = today;
  reel_history_model_refresh_days (self->model);
}

static void
reel_history_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelHistoryList *self = REEL_HISTORY_LIST (object);

  switch (id) {
  case PROP_SELECTED:
    g_value_set_object (value, self->selected);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_history_list_dispose (GObject *object)
{
  ReelHistoryList *self = REEL_HISTORY_LIST (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_HISTORY_LIST);
  g_clear_object (&self->selected);
  g_clear_object (&self->selection);
  g_clear_object (&self->jobs_signals);
  g_clear_object (&self->model);
  g_clear_object (&self->usual_times);
  g_clear_object (&self->ticker);
  g_clear_object (&self->posters);

  G_OBJECT_CLASS (reel_history_list_parent_class)->dispose (object);
}

static void
reel_history_list_class_init (ReelHistoryListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = reel_history_list_get_property;
  object_class->dispose = reel_history_list_dispose;

  /**
   * ReelHistoryList:selected:
   *
   * The chosen job, also while its row is hidden.
   */
  properties[PROP_SELECTED] =
      g_param_spec_object ("selected", NULL, NULL, REEL_TYPE_JOB, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * ReelHistoryList::activated:
   *
   * Emitted when a person opens the chosen job, by a click or by Enter.
   */
  signals[ACTIVATED] =
      g_signal_new ("activated", REEL_TYPE_HISTORY_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "history.menu", NULL, open_menu);

  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-history-list.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryList, view);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
reel_history_list_init (ReelHistoryList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->jobs_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->jobs_signals, "items-changed", G_CALLBACK (on_jobs_changed), self);
}

/**
 * reel_history_list_set_up:
 * @model: (transfer none): what is shown
 * @posters: (nullable) (transfer none): where pictures come from
 * @ticker: (transfer none): what makes running times run
 * @usual_times: (nullable) (transfer none): how long jobs usually take
 *
 * Gives the list what it shows. Call it once.
 */
void
reel_history_list_set_up (ReelHistoryList *self,
                          ReelHistoryModel *model,
                          ReelPosterCache *posters,
                          ReelTicker *ticker,
                          ReelUsualTimes *usual_times)
{
  g_autoptr (GtkListItemFactory) rows = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkListItemFactory) headers = gtk_signal_list_item_factory_new ();

  g_return_if_fail (REEL_IS_HISTORY_LIST (self) && self->model == NULL);

  self->model = g_object_ref (model);
  self->posters = posters != NULL ? g_object_ref (posters) : NULL;
  self->ticker = g_object_ref (ticker);
  self->usual_times = usual_times != NULL ? g_object_ref (usual_times) : NULL;
  self->today = reel_time_text_get_day (g_get_real_time ());
  g_signal_connect_object (ticker, "tick", G_CALLBACK (on_tick), self, G_CONNECT_SWAPPED);

  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->model));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (on_selected_item), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (on_model_changed), self, G_CONNECT_SWAPPED);

  g_signal_connect_object (rows, "setup", G_CALLBACK (on_row_setup), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (rows, "bind", G_CALLBACK (on_row_bind), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (rows, "unbind", G_CALLBACK (on_row_unbind), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (headers, "setup", G_CALLBACK (on_header_setup), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (headers, "bind", G_CALLBACK (on_header_bind), self, G_CONNECT_DEFAULT);
  gtk_list_view_set_factory (self->view, rows);
  gtk_list_view_set_header_factory (self->view, headers);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
}

/**
 * reel_history_list_set_jobs:
 * @jobs: (transfer none): all jobs that the model picks from
 *
 * Tells which jobs there are: one that leaves them gives way to another one. Call it after the model has them.
 */
void
reel_history_list_set_jobs (ReelHistoryList *self, GListModel *jobs)
{
  g_return_if_fail (REEL_IS_HISTORY_LIST (self) && G_IS_LIST_MODEL (jobs));

  g_signal_group_set_target (self->jobs_signals, jobs);
}

/**
 * reel_history_list_get_selected:
 *
 * Returns: (transfer none) (nullable): the chosen job
 */
ReelJob *
reel_history_list_get_selected (ReelHistoryList *self)
{
  g_return_val_if_fail (REEL_IS_HISTORY_LIST (self), NULL);

  return self->selected;
}

/**
 * reel_history_list_select:
 * @job: (nullable): a job of the history
 *
 * Chooses a job and brings its row into view, if it has one.
 */
void
reel_history_list_select (ReelHistoryList *self, ReelJob *job)
{
  g_autoptr (ReelJob) held = job != NULL ? g_object_ref (job) : NULL;
  guint position;

  g_return_if_fail (REEL_IS_HISTORY_LIST (self) && self->model != NULL);

  position = reel_history_model_find (self->model, job);
  if (position != GTK_INVALID_LIST_POSITION) {
    self->position = position;
    if (gtk_single_selection_get_selected (self->selection) != position) {
      gtk_single_selection_set_selected (self->selection, position);
      gtk_list_view_scroll_to (self->view, position, GTK_LIST_SCROLL_FOCUS, NULL);
    }
  } else {
    gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  }
  set_selected (self, job);
}
