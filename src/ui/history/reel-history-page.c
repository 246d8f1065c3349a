#include "config.h"

#include "reel-history-page.h"

#include <glib/gi18n-lib.h>

#include "reel-history-list.h"
#include "reel-lazy-menu.h"
#include "reel-ui.h"

/**
 * ReelHistoryPage:
 *
 * The history: a list of jobs by day, with a search and groups. In its place it can show the hidden jobs.
 */
struct _ReelHistoryPage
{
  AdwNavigationPage parent_instance;

  GListModel *jobs; /* those that are shown: all but the hidden ones, or the hidden ones */
  GListModel *all;
  GListModel *hidden;
  gboolean show_hidden;
  ReelHistoryModel *model;
  gboolean loaded;
  gboolean is_sandbox;
  gboolean form_shown;
  char *notice_action;

  GtkMenuButton *menu_button;
  GMenuModel *main_menu;
  GtkSearchBar *search_bar;
  GtkEditable *search_entry;
  AdwBanner *notice;
  AdwBanner *hidden_banner;
  AdwToggleGroup *group;
  GtkStack *stack;
  ReelHistoryList *list;
  AdwStatusPage *empty;
  GtkWidget *empty_button;
  GtkWidget *sandbox;
};

G_DEFINE_FINAL_TYPE (ReelHistoryPage, reel_history_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  PROP_SELECTED = 1,
  PROP_SHOW_HIDDEN,
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
    if (self->show_hidden)
      show_empty (self, "view-conceal-symbolic", _ ("Nothing Is Hidden"),
                  _ ("Hide a video by its menu. What is running goes on."), FALSE);
    else if (!self->loaded)
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
  case REEL_HISTORY_FAILED:
    show_empty (self, "object-select-symbolic", _ ("No Problems"), NULL, FALSE);
    break;
  case REEL_HISTORY_READY:
  case REEL_HISTORY_UNKNOWN:
  case REEL_HISTORY_ALL:
  default:
    show_empty (self, "video-x-generic-symbolic", _ ("No Video Is Ready Yet"), NULL, FALSE);
    break;
  }
}

/* A banner stands close above the groups. */
static void
update_margin (ReelHistoryPage *self)
{
  gboolean has_banner = adw_banner_get_revealed (self->notice) || adw_banner_get_revealed (self->hidden_banner);

  gtk_widget_set_margin_top (GTK_WIDGET (self->group), has_banner ? 6 : 0);
}

static void
on_changed (ReelHistoryPage *self)
{
  update_stack (self);
}

static void
on_selected (ReelHistoryPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
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
on_leave_hidden (ReelHistoryPage *self)
{
  reel_history_page_set_show_hidden (self, FALSE);
}

static void
on_notice_clicked (ReelHistoryPage *self)
{
  if (self->notice_action != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), self->notice_action, NULL);
}

static void
on_activated (ReelHistoryPage *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
reel_history_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelHistoryPage *self = REEL_HISTORY_PAGE (object);

  switch (id) {
  case PROP_SELECTED:
    g_value_set_object (value, reel_history_page_get_selected (self));
    break;
  case PROP_SHOW_HIDDEN:
    g_value_set_boolean (value, self->show_hidden);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_history_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_SHOW_HIDDEN:
    reel_history_page_set_show_hidden (REEL_HISTORY_PAGE (object), g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_history_page_dispose (GObject *object)
{
  ReelHistoryPage *self = REEL_HISTORY_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_HISTORY_PAGE);
  g_clear_object (&self->model);
  g_clear_object (&self->hidden);
  g_clear_object (&self->all);
  g_clear_pointer (&self->notice_action, g_free);

  G_OBJECT_CLASS (reel_history_page_parent_class)->dispose (object);
}

static void
reel_history_page_class_init (ReelHistoryPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = reel_history_page_get_property;
  object_class->set_property = reel_history_page_set_property;
  object_class->dispose = reel_history_page_dispose;

  /**
   * ReelHistoryPage:selected:
   *
   * The chosen job, also while its row is hidden.
   */
  properties[PROP_SELECTED] =
      g_param_spec_object ("selected", NULL, NULL, REEL_TYPE_JOB, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * ReelHistoryPage:show-hidden:
   *
   * Whether the hidden jobs are shown in place of the others.
   */
  properties[PROP_SHOW_HIDDEN] = g_param_spec_boolean (
      "show-hidden", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_install_property_action (widget_class, "history.show-hidden", "show-hidden");

  /**
   * ReelHistoryPage::activated:
   *
   * Emitted when a person opens the chosen job, by a click or by Enter.
   */
  signals[ACTIVATED] =
      g_signal_new ("activated", REEL_TYPE_HISTORY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (REEL_TYPE_HISTORY_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-history-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, main_menu);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, notice);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, hidden_banner);
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
  gtk_widget_class_bind_template_callback (widget_class, on_leave_hidden);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
}

static void
reel_history_page_init (ReelHistoryPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  reel_lazy_menu_set (self->menu_button, self->main_menu);

  gtk_search_bar_connect_entry (self->search_bar, self->search_entry);
}

/**
 * reel_history_page_set_up:
 * @jobs: (transfer none): the history, the newest first
 * @hidden: (transfer none): the hidden jobs, the newest first
 * @posters: (nullable) (transfer none): where pictures come from
 * @ticker: (transfer none): what makes running times run
 * @usual_times: (nullable) (transfer none): how long jobs usually take
 *
 * Gives the page what it shows. Call it once.
 */
void
reel_history_page_set_up (ReelHistoryPage *self,
                          GListModel *jobs,
                          GListModel *hidden,
                          ReelPosterCache *posters,
                          ReelTicker *ticker,
                          ReelUsualTimes *usual_times)
{
  g_return_if_fail (REEL_IS_HISTORY_PAGE (self) && self->jobs == NULL);

  self->all = g_object_ref (jobs);
  self->hidden = g_object_ref (hidden);
  self->jobs = jobs;
  self->model = reel_history_model_new (jobs);
  reel_history_list_set_up (self->list, self->model, posters, ticker, usual_times);
  reel_history_list_set_jobs (self->list, jobs);
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (jobs, "items-changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (hidden, "items-changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  update_stack (self);
}

/**
 * reel_history_page_set_show_hidden:
 * @show_hidden: whether the hidden jobs are shown
 *
 * Shows the hidden jobs in place of the others, or the others again.
 */
void
reel_history_page_set_show_hidden (ReelHistoryPage *self, gboolean show_hidden)
{
  g_return_if_fail (REEL_IS_HISTORY_PAGE (self));

  if (self->show_hidden == show_hidden)
    return;

  self->show_hidden = show_hidden;
  if (self->model != NULL) {
    self->jobs = show_hidden ? self->hidden : self->all;
    reel_history_model_set_jobs (self->model, self->jobs);
    reel_history_list_set_jobs (self->list, self->jobs);
    update_stack (self);
  }
  adw_banner_set_revealed (self->hidden_banner, show_hidden);
  update_margin (self);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), show_hidden ? _ ("Hidden Videos") : _ ("Videos"));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_HIDDEN]);
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
  update_margin (self);
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

  return reel_history_list_get_selected (self->list);
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
  g_return_if_fail (REEL_IS_HISTORY_PAGE (self) && self->model != NULL);

  reel_history_list_select (self->list, job);
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
 * reel_history_page_search:
 * @text: what is searched for
 *
 * Opens the search with a text.
 */
void
reel_history_page_search (ReelHistoryPage *self, const char *text)
{
  g_return_if_fail (REEL_IS_HISTORY_PAGE (self) && text != NULL);

  reel_history_page_start_search (self);
  gtk_editable_set_text (self->search_entry, text);
}

/**
 * reel_history_page_show_all:
 *
 * Ends a search, and shows every group of what is not hidden.
 */
void
reel_history_page_show_all (ReelHistoryPage *self)
{
  g_return_if_fail (REEL_IS_HISTORY_PAGE (self));

  reel_history_page_set_show_hidden (self, FALSE);
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  gtk_editable_set_text (self->search_entry, "");
  on_search_changed (self);
  adw_toggle_group_set_active (self->group, REEL_HISTORY_ALL);
}
