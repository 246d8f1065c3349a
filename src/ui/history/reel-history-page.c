#include "config.h"

#include "reel-history-page.h"

#include <glib/gi18n-lib.h>

#include "reel-filter-menu.h"
#include "reel-history-chips.h"
#include "reel-history-filter.h"
#include "reel-history-list.h"
#include "reel-lazy-menu.h"
#include "reel-range-dialog.h"
#include "reel-selection-bar.h"
#include "reel-time-text.h"
#include "reel-ui.h"

/**
 * ReelHistoryPage:
 *
 * The history: its jobs as a list or as a grid, with a search, groups, filters and an order; and what can be done with
 * those that are selected. In its place it can show the hidden jobs.
 */
struct _ReelHistoryPage
{
  AdwNavigationPage parent_instance;

  ReelEngine *engine;
  GSettings *settings;
  ReelHistoryFilter *filter;
  ReelHistoryModel *model;
  ReelFilterMenu *filter_menu;
  GSimpleActionGroup *actions;
  GCancellable *cancellable;
  int today;
  gboolean loaded;
  gboolean is_sandbox;
  gboolean form_shown;
  gboolean show_title;
  gboolean roomy;
  char *notice_action;

  GtkMenuButton *menu_button;
  GMenuModel *main_menu;
  GtkButton *view_button;
  GtkMenuButton *filter_button;
  GtkSearchBar *search_bar;
  GtkEditable *search_entry;
  AdwBanner *notice;
  AdwBanner *hidden_banner;
  GtkWidget *groups;
  AdwToggleGroup *group;
  ReelHistoryChips *chips;
  GtkStack *stack;
  ReelHistoryList *list;
  AdwStatusPage *empty;
  GtkButton *empty_button;
  ReelSelectionBar *bar;
  GtkWidget *sandbox;
};

G_DEFINE_FINAL_TYPE (ReelHistoryPage, reel_history_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  PROP_SELECTED = 1,
  PROP_SHOW_TITLE,
  PROP_ROOMY,
  N_PROPS,
};

enum
{
  ACTIVATED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* Out of sight alone, a banner would still be read out (libadwaita 1.7). */
static void
reveal (AdwBanner *banner, gboolean revealed)
{
  gtk_widget_set_visible (GTK_WIDGET (banner), revealed);
  adw_banner_set_revealed (banner, revealed);
}

/* The button leads to the form, or shows every job again. */
static void
show_empty (ReelHistoryPage *self,
            const char *icon_name,
            const char *title,
            const char *description,
            const char *action)
{
  adw_status_page_set_icon_name (self->empty, icon_name);
  adw_status_page_set_title (self->empty, title);
  adw_status_page_set_description (self->empty, description);
  gtk_button_set_label (self->empty_button,
                        g_strcmp0 (action, "win.new-video") == 0 ? _ ("New Video") : _ ("Show All Videos"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->empty_button), action);
  gtk_widget_set_visible (GTK_WIDGET (self->empty_button), action != NULL);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

static void
show_none_at_all (ReelHistoryPage *self)
{
  if (reel_history_filter_get_hidden (self->filter))
    show_empty (self, "view-conceal-symbolic", _ ("Nothing Is Hidden"),
                _ ("Hide a video by its menu. What is running goes on."), NULL);
  else
    show_empty (self, "video-x-generic-symbolic", _ ("No Videos Yet"),
                self->is_sandbox ? _ ("Write a prompt and press Generate. In the sandbox it costs nothing.")
                                 : _ ("Write a prompt and press Generate."),
                self->form_shown ? NULL : "win.new-video");
}

static void
show_none_of_group (ReelHistoryPage *self)
{
  switch (reel_history_filter_get_group (self->filter)) {
  case REEL_HISTORY_RUNNING:
    show_empty (self, "content-loading-symbolic", _ ("Nothing Is Running"), NULL, NULL);
    break;
  case REEL_HISTORY_FAILED:
    show_empty (self, "object-select-symbolic", _ ("Nothing Has Failed"), NULL, NULL);
    break;
  case REEL_HISTORY_UNKNOWN:
    show_empty (self, "object-select-symbolic", _ ("No Outcome Is Unknown"), NULL, NULL);
    break;
  case REEL_HISTORY_READY:
  case REEL_HISTORY_ALL:
  default:
    show_empty (self, "video-x-generic-symbolic", _ ("No Video Is Ready Yet"), NULL, NULL);
    break;
  }
}

/* Shows the list, or says why there is none. */
static void
update_stack (ReelHistoryPage *self)
{
  ReelHistory *history = reel_history_model_get_history (self->model);
  const ReelHistoryQuery *query = reel_history_get_query (history);
  gboolean is_narrow = reel_history_query_is_narrow (query);
  gboolean has_items = g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0;
  g_autoptr (GPtrArray) chips = reel_history_filter_list (self->filter);

  /* An answer is a moment away. */
  if (!has_items && reel_history_get_loading (history) && self->loaded)
    return;

  gtk_widget_set_visible (self->groups, has_items || is_narrow);
  if (has_items)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else if (!self->loaded && !query->hidden)
    gtk_stack_set_visible_child_name (self->stack, "loading");
  else if (!is_narrow)
    show_none_at_all (self);
  else if (query->search != NULL || chips->len > 0)
    show_empty (self, "system-search-symbolic", _ ("No Results Found"), _ ("Try other words, or show all videos."),
                "history.show-all");
  else
    show_none_of_group (self);
}

/* A banner stands close above the groups. */
static void
update_margin (ReelHistoryPage *self)
{
  gboolean has_banner = adw_banner_get_revealed (self->notice) || adw_banner_get_revealed (self->hidden_banner);

  gtk_widget_set_margin_top (self->groups, has_banner ? 6 : 0);
}

static void
set_action_enabled (ReelHistoryPage *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
set_action_state (ReelHistoryPage *self, const char *name, gboolean state)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (state));
}

static void
ask (ReelHistoryPage *self)
{
  g_autoptr (ReelHistoryQuery) query = reel_history_filter_make_query (self->filter, g_get_real_time ());

  reel_history_model_set_query (self->model, query);
  update_stack (self);
}

/* Shows in the controls what the filter says, and asks the history for it. */
static void
on_filter_changed (ReelHistoryPage *self)
{
  gboolean hidden = reel_history_filter_get_hidden (self->filter);
  g_autoptr (GPtrArray) chips = reel_history_filter_list (self->filter);
  g_autofree char *search = NULL, *group = NULL;

  g_object_get (self->filter, "search", &search, "group", &group, NULL);
  if (!g_str_equal (gtk_editable_get_text (self->search_entry), search))
    gtk_editable_set_text (self->search_entry, search);
  adw_toggle_group_set_active_name (self->group, group);
  set_action_enabled (self, "clear-filters", chips->len > 0);
  if (chips->len > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->filter_button), "filtered");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->filter_button), "filtered");
  reveal (self->hidden_banner, hidden);
  update_margin (self);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), hidden ? _ ("Hidden Videos") : _ ("Videos"));
  ask (self);
}

static void
on_selection (ReelHistoryPage *self)
{
  guint n;
  gboolean selecting;

  if (self->model == NULL)
    return;

  n = reel_history_model_get_n_selected (self->model);
  selecting = reel_history_list_get_selecting (self->list);
  reel_selection_bar_set_count (self->bar, n);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), selecting || n > 1);
  set_action_enabled (self, "stop-selecting", selecting || n > 1);
  set_action_state (self, "selecting", selecting);
}

static void
on_items_changed (ReelHistoryPage *self)
{
  update_stack (self);
  on_selection (self);
}

static void
on_selected (ReelHistoryPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static void
on_search_changed (ReelHistoryPage *self)
{
  g_object_set (self->filter, "search", gtk_editable_get_text (self->search_entry), NULL);
}

static void
on_stop_search (ReelHistoryPage *self)
{
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
}

static void
on_group_changed (ReelHistoryPage *self)
{
  g_object_set (self->filter, "group", adw_toggle_group_get_active_name (self->group), NULL);
}

static void
on_leave_hidden (ReelHistoryPage *self)
{
  g_object_set (self->filter, "hidden", FALSE, NULL);
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
on_star_clicked (ReelHistoryPage *self, ReelJob *job)
{
  reel_engine_set_favourite (self->engine, job, !reel_job_get_record (job)->favourite);
}

static void
on_filter_opened (ReelHistoryPage *self)
{
  if (gtk_menu_button_get_active (self->filter_button))
    reel_filter_menu_refresh (self->filter_menu);
}

static void
on_grid (ReelHistoryPage *self)
{
  gboolean grid = g_settings_get_boolean (self->settings, "history-grid");

  reel_history_list_set_grid (self->list, grid);
  set_action_state (self, "grid", grid);
  gtk_button_set_icon_name (self->view_button, grid ? "view-list-symbolic" : "view-grid-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->view_button), grid ? _ ("Show as List") : _ ("Show as Grid"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  grid ? _ ("Show as list") : _ ("Show as grid"), -1);
}

/* What is asked for of today is another day's after midnight. */
static void
on_tick (ReelHistoryPage *self)
{
  int today = reel_time_text_get_day (g_get_real_time ());

  if (today == self->today)
    return;

  self->today = today;
  ask (self);
}

static void
toggle_grid (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelHistoryPage *self = data;

  g_settings_set_boolean (self->settings, "history-grid", !g_settings_get_boolean (self->settings, "history-grid"));
}

static void
toggle_selecting (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelHistoryPage *self = data;

  reel_history_list_set_selecting (self->list, !reel_history_list_get_selecting (self->list));
}

static void
stop_selecting (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  reel_history_list_set_selecting (REEL_HISTORY_PAGE (data)->list, FALSE);
}

static void
clear_filters (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  reel_history_filter_clear (REEL_HISTORY_PAGE (data)->filter);
}

static void
show_all (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  reel_history_page_show_all (data);
}

static void
on_range_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelHistoryPage) self = data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);
  g_autoptr (GDateTime) first = reel_range_dialog_dup_first (REEL_RANGE_DIALOG (source));
  g_autoptr (GDateTime) last = reel_range_dialog_dup_last (REEL_RANGE_DIALOG (source));

  if (g_str_equal (response, "show"))
    reel_history_filter_set_range (self->filter, first, last);
}

static void
choose_range (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelHistoryPage *self = data;

  adw_alert_dialog_choose (ADW_ALERT_DIALOG (reel_range_dialog_new ()), GTK_WIDGET (self), self->cancellable,
                           on_range_chosen, g_object_ref (self));
}

/* What a key does with what is selected: with the chosen job alone, or with all. */
static void
act_on_selection (ReelHistoryPage *self, const char *of_one, const char *of_all)
{
  gboolean one = reel_history_model_get_n_selected (self->model) <= 1 && !reel_history_list_get_selecting (self->list);

  gtk_widget_activate_action (GTK_WIDGET (self), one ? of_one : of_all, NULL);
}

static void
favourite (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  act_on_selection (data, "job.favourite", "selection.favourite");
}

static void delete (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  act_on_selection (data, "job.delete", "selection.delete");
}

static void
add_filter_action (ReelHistoryPage *self, const char *property)
{
  g_autoptr (GPropertyAction) action = g_property_action_new (property, self->filter, property);

  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
}

static void
add_actions (ReelHistoryPage *self)
{
  static const GActionEntry entries[] = {
      {"grid", toggle_grid, NULL, "false"},
      {"selecting", toggle_selecting, NULL, "false"},
      {"stop-selecting", stop_selecting},
      {"clear-filters", clear_filters},
      {"show-all", show_all},
      {"choose-range", choose_range},
      {"favourite", favourite},
      {"delete", delete},
  };
  static const char *const filters[] = {"favourites", "period", "model", "aspect-ratio", "sort", "hidden"};

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    add_filter_action (self, filters[i]);
  set_action_enabled (self, "stop-selecting", FALSE);
  set_action_enabled (self, "clear-filters", FALSE);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "history", G_ACTION_GROUP (self->actions));
}

static void
reel_history_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_SELECTED:
    g_value_set_object (value, reel_history_page_get_selected (REEL_HISTORY_PAGE (object)));
    break;
  case PROP_SHOW_TITLE:
    g_value_set_boolean (value, REEL_HISTORY_PAGE (object)->show_title);
    break;
  case PROP_ROOMY:
    g_value_set_boolean (value, REEL_HISTORY_PAGE (object)->roomy);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_history_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_SHOW_TITLE:
    REEL_HISTORY_PAGE (object)->show_title = g_value_get_boolean (value);
    break;
  case PROP_ROOMY:
    REEL_HISTORY_PAGE (object)->roomy = g_value_get_boolean (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_history_page_dispose (GObject *object)
{
  ReelHistoryPage *self = REEL_HISTORY_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_HISTORY_PAGE);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->actions);
  g_clear_object (&self->filter_menu);
  g_clear_object (&self->model);
  g_clear_object (&self->filter);
  g_clear_object (&self->settings);
  g_clear_object (&self->engine);
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
   * ReelHistoryPage:show-title:
   *
   * Whether the title stands between the buttons of the header bar; a narrow window has no room for it.
   */
  properties[PROP_SHOW_TITLE] =
      g_param_spec_boolean ("show-title", NULL, NULL, TRUE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  /**
   * ReelHistoryPage:roomy:
   *
   * Whether words get more lines and the groups a list to open, as large text in a narrow window needs.
   */
  properties[PROP_ROOMY] =
      g_param_spec_boolean ("roomy", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * ReelHistoryPage::activated:
   *
   * Emitted when a person opens the chosen job, by a click or by Enter.
   */
  signals[ACTIVATED] =
      g_signal_new ("activated", REEL_TYPE_HISTORY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (REEL_TYPE_HISTORY_CHIPS);
  g_type_ensure (REEL_TYPE_HISTORY_LIST);
  g_type_ensure (REEL_TYPE_SELECTION_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-history-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, main_menu);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, view_button);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, filter_button);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, notice);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, hidden_banner);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, groups);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, group);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, chips);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, list);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, empty);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, empty_button);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, bar);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryPage, sandbox);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_group_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_notice_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_leave_hidden);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_selection);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_star_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_opened);
}

static void
reel_history_page_init (ReelHistoryPage *self)
{
  self->show_title = TRUE;
  self->filter = reel_history_filter_new ();
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  reel_lazy_menu_set (self->menu_button, self->main_menu);

  add_actions (self);
  gtk_search_bar_connect_entry (self->search_bar, self->search_entry);
  /* To write anywhere in the list begins a search. */
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self->list));
  reel_history_chips_set_filter (self->chips, self->filter, GTK_WIDGET (self->filter_button));
}

/**
 * reel_history_page_set_up:
 * @engine: (transfer none): what has the history
 * @settings: (transfer none): what is remembered of the view
 * @posters: (nullable) (transfer none): where pictures come from
 * @ticker: (transfer none): what makes running times run
 * @usual_times: (nullable) (transfer none): how long jobs usually take
 *
 * Gives the page what it shows. Call it once.
 */
void
reel_history_page_set_up (ReelHistoryPage *self,
                          ReelEngine *engine,
                          GSettings *settings,
                          ReelPosterCache *posters,
                          ReelTicker *ticker,
                          ReelUsualTimes *usual_times)
{
  ReelHistory *history;

  g_return_if_fail (REEL_IS_HISTORY_PAGE (self) && self->engine == NULL);

  history = reel_engine_get_history (engine);
  self->engine = g_object_ref (engine);
  self->settings = g_object_ref (settings);
  self->today = reel_time_text_get_day (g_get_real_time ());
  self->model = reel_history_model_new (history);
  self->filter_menu = reel_filter_menu_new (history);
  reel_lazy_menu_set (self->filter_button, reel_filter_menu_get_model (self->filter_menu));
  reel_history_list_set_up (self->list, self->model, posters, ticker, usual_times);

  g_settings_bind (settings, "history-sort", self->filter, "sort", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (settings, "changed::history-grid", G_CALLBACK (on_grid), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->filter, "changed", G_CALLBACK (on_filter_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->model, "selection-changed", G_CALLBACK (on_selection), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (history, "notify::loading", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (ticker, "tick", G_CALLBACK (on_tick), self, G_CONNECT_SWAPPED);
  on_grid (self);
  on_filter_changed (self);
}

/**
 * reel_history_page_get_model:
 *
 * Returns: (transfer none): what is shown and what of it is selected
 */
ReelHistoryModel *
reel_history_page_get_model (ReelHistoryPage *self)
{
  g_return_val_if_fail (REEL_IS_HISTORY_PAGE (self), NULL);

  return self->model;
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
  reveal (self->notice, title != NULL);
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

  reel_history_list_select (self->list, job, TRUE);
}

/**
 * reel_history_page_restore:
 * @job: (transfer none): the job that was the chosen one when the program ended
 *
 * Chooses a job where none is chosen yet, and leaves the focus where it is.
 */
void
reel_history_page_restore (ReelHistoryPage *self, ReelJob *job)
{
  g_return_if_fail (REEL_IS_HISTORY_PAGE (self) && self->model != NULL && REEL_IS_JOB (job));

  if (reel_history_list_get_selected (self->list) == NULL && !reel_job_get_record (job)->hidden)
    reel_history_list_select (self->list, job, FALSE);
}

/**
 * reel_history_page_select_next:
 *
 * Chooses the job after the chosen one, in the order that is shown.
 *
 * Returns: whether there is one
 */
gboolean
reel_history_page_select_next (ReelHistoryPage *self)
{
  g_return_val_if_fail (REEL_IS_HISTORY_PAGE (self) && self->model != NULL, FALSE);

  return reel_history_list_step (self->list, 1);
}

/**
 * reel_history_page_select_previous:
 *
 * Chooses the job before the chosen one, in the order that is shown.
 *
 * Returns: whether there is one
 */
gboolean
reel_history_page_select_previous (ReelHistoryPage *self)
{
  g_return_val_if_fail (REEL_IS_HISTORY_PAGE (self) && self->model != NULL, FALSE);

  return reel_history_list_step (self->list, -1);
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
 * Ends a search and every filter, and shows all that is not hidden.
 */
void
reel_history_page_show_all (ReelHistoryPage *self)
{
  g_return_if_fail (REEL_IS_HISTORY_PAGE (self));

  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  reel_history_filter_clear_all (self->filter);
}
