#include "config.h"

#include "reel-history-page.h"

#include <glib/gi18n-lib.h>

#include "reel-history-model.h"
#include "reel-history-row.h"
#include "reel-job-menu.h"
#include "reel-time-text.h"
#include "reel-ui.h"

/**
 * ReelHistoryPage:
 *
 * The history: a list of jobs by day, with a search and groups.
 *
 * The chosen job stays chosen while a search or a group hides its row.
 */
struct _ReelHistoryPage
{
  AdwNavigationPage parent_instance;

  GListModel *jobs;
  ReelPosterCache *posters;
  ReelTicker *ticker;
  ReelHistoryModel *model;
  GtkSingleSelection *selection;
  ReelJob *selected;
  guint position; /* of the chosen job when it was last seen */
  gboolean loaded;
  gboolean is_sandbox;
  gboolean form_shown;
  int today;
  char *notice_action;
  GtkWidget *popover;

  GtkSearchBar *search_bar;
  GtkEditable *search_entry;
  AdwBanner *notice;
  AdwToggleGroup *group;
  GtkStack *stack;
  GtkListView *list;
  AdwStatusPage *empty;
  GtkWidget *empty_button;
  GtkWidget *sandbox;
};

G_DEFINE_FINAL_TYPE (ReelHistoryPage, reel_history_page, ADW_TYPE_NAVIGATION_PAGE)

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
show_empty (ReelHistoryPage *self, const char *icon_name, const char *title, const char *description, gboolean button)
{
  adw_status_page_set_icon_name (self->empty, icon_name);
  adw_status_page_set_title (self->empty, title);
  adw_status_page_set_description (self->empty, description);
  gtk_widget_set_visible (self->empty_button, button && !self->form_shown);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

/* Shows the list, or says why there is none. */
static void
update_stack (ReelHistoryPage *self)
{
  ReelHistoryFilter *filter = reel_history_model_get_filter (self->model);

  gtk_widget_set_visible (GTK_WIDGET (self->group), g_list_model_get_n_items (self->jobs) > 0);

  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0) {
    gtk_stack_set_visible_child_name (self->stack, "list");
    return;
  }
  if (g_list_model_get_n_items (self->jobs) == 0) {
    if (!self->loaded)
      gtk_stack_set_visible_child_name (self->stack, "loading");
    else
      show_empty (self, "video-x-generic-symbolic", _ ("No Videos Yet"),
                  self->is_sandbox ? _ ("Write a prompt and press Generate. In the sandbox it costs nothing.")
                                   : _ ("Write a prompt and press Generate."),
                  TRUE);
    return;
  }
  if (reel_history_filter_is_searching (filter)) {
    show_empty (self, "system-search-symbolic", _ ("No Results Found"), _ ("Try other words, or show all videos."),
                FALSE);
    return;
  }

  switch (reel_history_filter_get_group (filter)) {
  case REEL_HISTORY_RUNNING:
    show_empty (self, "content-loading-symbolic", _ ("Nothing Is Running"), NULL, FALSE);
    break;
  case REEL_HISTORY_PROBLEMS:
    show_empty (self, "object-select-symbolic", _ ("No Problems"), NULL, FALSE);
    break;
  case REEL_HISTORY_READY:
  case REEL_HISTORY_ALL:
  default:
    show_empty (self, "video-x-generic-symbolic", _ ("No Video Is Ready Yet"), NULL, FALSE);
    break;
  }
}

static void
set_selected (ReelHistoryPage *self, ReelJob *job)
{
  if (g_set_object (&self->selected, job))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static void
on_selected_item (ReelHistoryPage *self)
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
on_model_changed (ReelHistoryPage *self)
{
  guint position;

  update_stack (self);

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
on_jobs_changed (ReelHistoryPage *self, guint position, guint removed, guint added, GListModel *jobs)
{
  guint n;

  update_stack (self);
  if (self->selected == NULL || removed == 0 || list_holds (jobs, self->selected))
    return;

  n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  if (n == 0) {
    set_selected (self, NULL);
  } else {
    g_autoptr (ReelJob) next = g_list_model_get_item (G_LIST_MODEL (self->model), MIN (self->position, n - 1));

    reel_history_page_select (self, next);
  }
}

static void
on_search_changed (ReelHistoryPage *self)
{
  if (self->model == NULL)
    return;

  reel_history_filter_set_search (reel_history_model_get_filter (self->model),
                                  gtk_editable_get_text (self->search_entry));
  update_stack (self);
}

static void
on_stop_search (ReelHistoryPage *self)
{
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
}

static void
on_group_changed (ReelHistoryPage *self)
{
  if (self->model == NULL)
    return;

  reel_history_filter_set_group (reel_history_model_get_filter (self->model),
                                 adw_toggle_group_get_active (self->group));
  update_stack (self);
}

static void
on_notice_clicked (ReelHistoryPage *self)
{
  if (self->notice_action != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), self->notice_action, NULL);
}

static void
on_activate (ReelHistoryPage *self, guint position)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
show_menu (ReelHistoryPage *self, GtkWidget *widget, double x, double y)
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
on_secondary_click (GtkGestureClick *gesture, int n_press, double x, double y, ReelHistoryPage *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  reel_history_page_select (self, reel_history_row_get_job (REEL_HISTORY_ROW (row)));
  show_menu (self, row, x, y);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_primary_click (GtkGestureClick *gesture, int n_press, double x, double y, ReelHistoryPage *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  if (gtk_widget_contains (row, x, y) &&
      (gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture)) &
       (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == 0) {
    reel_history_page_select (self, reel_history_row_get_job (REEL_HISTORY_ROW (row)));
    g_signal_emit (self, signals[ACTIVATED], 0);
  }
}

static void
open_menu (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  ReelHistoryPage *self = REEL_HISTORY_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (self->selected != NULL && focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list)))
    show_menu (self, focus, gtk_widget_get_width (focus) / 2.0, gtk_widget_get_height (focus) / 2.0);
}

static void
on_row_setup (GtkSignalListItemFactory *factory, GtkListItem *item, ReelHistoryPage *self)
{
  GtkWidget *row = reel_history_row_new (self->posters, self->ticker);
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
on_row_bind (GtkSignalListItemFactory *factory, GtkListItem *item, ReelHistoryPage *self)
{
  reel_history_row_set_job (REEL_HISTORY_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
on_row_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, ReelHistoryPage *self)
{
  reel_history_row_set_job (REEL_HISTORY_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
on_header_setup (GtkSignalListItemFactory *factory, GtkListHeader *header, ReelHistoryPage *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_list_header_set_child (header, label);
}

static void
on_header_bind (GtkSignalListItemFactory *factory, GtkListHeader *header, ReelHistoryPage *self)
{
  ReelJob *job = REEL_JOB (gtk_list_header_get_item (header));
  g_autofree char *day = reel_time_text_make_day (reel_job_get_record (job)->created_at, g_get_real_time ());

  gtk_label_set_label (GTK_LABEL (gtk_list_header_get_child (header)), day);
}

static void
on_tick (ReelHistoryPage *self)
{
  int today = reel_time_text_get_day (g_get_real_time ());

  if (today == self->today)
    return;

  self->today = today;
  reel_history_model_refresh_days (self->model);
}

static void
reel_history_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelHistoryPage *self = REEL_HISTORY_PAGE (object);

  switch (id) {
  case PROP_SELECTED:
    g_value_set_object (value, self->selected);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_history_page_dispose (GObject *object)
{
  ReelHistoryPage *self = REEL_HISTORY_PAGE (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_HISTORY_PAGE);
  g_clear_object (&self->selected);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->ticker);
  g_clear_object (&self->posters);
  g_clear_object (&self->jobs);
  g_clear_pointer (&self->notice_action, g_free);

  G_OBJECT_CLASS (reel_history_page_parent_class)->dispose (object);
}

static void
reel_history_page_class_init (ReelHistoryPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = reel_history_page_get_property;
  object_class->dispose = reel_history_page_dispose;

  /**
   * ReelHistoryPage:selected:
   *
   * The chosen job, also while its row is hidden.
   */
  properties[PROP_SELECTED] =
      g_param_spec_object ("selected", NULL, NULL, REEL_TYPE_JOB, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * ReelHistoryPage::activated:
   *
   * Emitted when a person opens the chosen job, by a click or by Enter.
   */
  signals[ACTIVATED] =
      g_signal_new ("activated", REEL_TYPE_HISTORY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "history.menu", NULL, open_menu);

  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-history-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, notice);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, group);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, list);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, empty);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, empty_button);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, sandbox);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_group_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_notice_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
reel_history_page_init (ReelHistoryPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_search_bar_connect_entry (self->search_bar, self->search_entry);
}

/**
 * reel_history_page_set_up:
 * @jobs: (transfer none): the history, the newest first
 * @posters: (nullable) (transfer none): where pictures come from
 * @ticker: (transfer none): what makes running times run
 *
 * Gives the page what it shows. Call it once.
 */
void
reel_history_page_set_up (ReelHistoryPage *self, GListModel *jobs, ReelPosterCache *posters, ReelTicker *ticker)
{
  g_autoptr (GtkListItemFactory) rows = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkListItemFactory) headers = gtk_signal_list_item_factory_new ();

  g_return_if_fail (REEL_IS_HISTORY_PAGE (self) && self->jobs == NULL);

  self->jobs = g_object_ref (jobs);
  self->posters = posters != NULL ? g_object_ref (posters) : NULL;
  self->ticker = g_object_ref (ticker);
  self->today = reel_time_text_get_day (g_get_real_time ());
  g_signal_connect_object (ticker, "tick", G_CALLBACK (on_tick), self, G_CONNECT_SWAPPED);

  self->model = reel_history_model_new (jobs);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->model));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (on_selected_item), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (on_model_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (jobs, "items-changed", G_CALLBACK (on_jobs_changed), self, G_CONNECT_SWAPPED);

  g_signal_connect_object (rows, "setup", G_CALLBACK (on_row_setup), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (rows, "bind", G_CALLBACK (on_row_bind), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (rows, "unbind", G_CALLBACK (on_row_unbind), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (headers, "setup", G_CALLBACK (on_header_setup), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (headers, "bind", G_CALLBACK (on_header_bind), self, G_CONNECT_DEFAULT);
  gtk_list_view_set_factory (self->list, rows);
  gtk_list_view_set_header_factory (self->list, headers);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  update_stack (self);
}

/**
 * reel_history_page_set_loaded:
 *
 * Tells that the history is read: from now on an empty one is said to be empty.
 */
void
reel_history_page_set_loaded (ReelHistoryPage *self)
{
  g_return_if_fail (REEL_IS_HISTORY_PAGE (self));

  self->loaded = TRUE;
  update_stack (self);
}

/**
 * reel_history_page_set_sandbox:
 * @sandbox: whether the account in use is the sandbox
 *
 * Says, or no longer says, that nothing is charged.
 */
void
reel_history_page_set_sandbox (ReelHistoryPage *self, gboolean sandbox)
{
  g_return_if_fail (REEL_IS_HISTORY_PAGE (self));

  self->is_sandbox = sandbox;
  gtk_widget_set_visible (self->sandbox, sandbox);
  update_stack (self);
}

/**
 * reel_history_page_set_form_shown:
 * @shown: whether the form of a new video is in sight
 *
 * Offers the way to the form in an empty history, unless it is there anyway.
 */
void
reel_history_page_set_form_shown (ReelHistoryPage *self, gboolean shown)
{
  g_return_if_fail (REEL_IS_HISTORY_PAGE (self));

  self->form_shown = shown;
  if (self->model != NULL)
    update_stack (self);
}

/**
 * reel_history_page_set_notice:
 * @title: (nullable): a sentence, %NULL to show none
 * @button: (nullable): the label of its button
 * @action: (nullable): the action of its button
 *
 * Shows what stands in the way of all jobs.
 */
void
reel_history_page_set_notice (ReelHistoryPage *self, const char *title, const char *button, const char *action)
{
  g_return_if_fail (REEL_IS_HISTORY_PAGE (self));

  g_set_str (&self->notice_action, action);
  if (title != NULL) {
    adw_banner_set_title (self->notice, title);
    adw_banner_set_button_label (self->notice, button);
  }
  adw_banner_set_revealed (self->notice, title != NULL);
  gtk_widget_set_margin_top (GTK_WIDGET (self->group), title != NULL ? 6 : 0);
}

/**
 * reel_history_page_get_selected:
 *
 * Returns: (transfer none) (nullable): the chosen job
 */
ReelJob *
reel_history_page_get_selected (ReelHistoryPage *self)
{
  g_return_val_if_fail (REEL_IS_HISTORY_PAGE (self), NULL);

  return self->selected;
}

/**
 * reel_history_page_select:
 * @job: (nullable): a job of the history
 *
 * Chooses a job and brings its row into view, if it has one.
 */
void
reel_history_page_select (ReelHistoryPage *self, ReelJob *job)
{
  g_autoptr (ReelJob) held = job != NULL ? g_object_ref (job) : NULL;
  guint position;

  g_return_if_fail (REEL_IS_HISTORY_PAGE (self) && self->model != NULL);

  position = reel_history_model_find (self->model, job);
  if (position != GTK_INVALID_LIST_POSITION) {
    self->position = position;
    if (gtk_single_selection_get_selected (self->selection) != position) {
      gtk_single_selection_set_selected (self->selection, position);
      gtk_list_view_scroll_to (self->list, position, GTK_LIST_SCROLL_FOCUS, NULL);
    }
  } else {
    gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  }
  set_selected (self, job);
}

/**
 * reel_history_page_start_search:
 *
 * Opens the search and puts the cursor in it.
 */
void
reel_history_page_start_search (ReelHistoryPage *self)
{
  g_return_if_fail (REEL_IS_HISTORY_PAGE (self));

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

/**
 * reel_history_page_show_all:
 *
 * Ends a search and shows every group.
 */
void
reel_history_page_show_all (ReelHistoryPage *self)
{
  g_return_if_fail (REEL_IS_HISTORY_PAGE (self));

  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  gtk_editable_set_text (self->search_entry, "");
  on_search_changed (self);
  adw_toggle_group_set_active (self->group, REEL_HISTORY_ALL);
}
