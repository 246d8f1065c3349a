#include "config.h"

#include "reel-history-list.h"

#include <glib/gi18n-lib.h>

#include "reel-history-row.h"
#include "reel-history-tile.h"
#include "reel-job-menu.h"
#include "reel-time-text.h"
#include "reel-ui.h"

/**
 * ReelHistoryList:
 *
 * The jobs of the history, as a list below a heading for each day, or as a grid.
 *
 * One job is the chosen one, which is shown in full; it stays the chosen one while more are selected, and while a search
 * or a group hides it.
 */
struct _ReelHistoryList
{
  AdwBin parent_instance;

  ReelPosterCache *posters;
  ReelTicker *ticker;
  ReelUsualTimes *usual_times;
  ReelHistoryModel *model;
  GtkListItemFactory *headers;
  ReelJob *selected;
  GSignalGroup *awaited; /* the chosen place, until its job is read */
  guint position;        /* of the chosen job when it was last seen */
  gboolean is_there;
  ReelHistoryQuery *query; /* of what was shown last */
  gboolean selecting;
  gboolean is_grid;
  gboolean roomy;
  guint frame_id;
  guint n_frames;
  int today;
  GtkWidget *popover;

  GtkListView *list;
  GtkGridView *grid;
  GMenuModel *selection_menu;
};

G_DEFINE_FINAL_TYPE (ReelHistoryList, reel_history_list, ADW_TYPE_BIN)

enum
{
  PROP_SELECTED = 1,
  PROP_SELECTING,
  PROP_ROOMY,
  N_PROPS,
};

enum
{
  ACTIVATED,
  STAR_CLICKED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
scroll_to (ReelHistoryList *self, guint position, GtkListScrollFlags flags)
{
  if (self->frame_id != 0) {
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->list), self->frame_id);
    self->frame_id = 0;
  }
  if (self->is_grid)
    gtk_grid_view_scroll_to (self->grid, position, flags, NULL);
  else
    gtk_list_view_scroll_to (self->list, position, flags, NULL);
}

static guint
find (ReelHistoryList *self, ReelJob *job)
{
  return job != NULL ? reel_history_find (reel_history_model_get_history (self->model), job)
                     : GTK_INVALID_LIST_POSITION;
}

static void
set_selected (ReelHistoryList *self, ReelJob *job)
{
  g_signal_group_set_target (self->awaited, NULL);
  if (!g_set_object (&self->selected, job))
    return;

  self->is_there = find (self, job) != GTK_INVALID_LIST_POSITION;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

/* Makes the job of a place the chosen one, now or when it is read. */
static void
choose (ReelHistoryList *self, guint position)
{
  g_autoptr (ReelHistoryItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  ReelJob *job = reel_history_item_get_job (item);

  self->position = position;
  if (job != NULL)
    set_selected (self, job);
  else
    g_signal_group_set_target (self->awaited, item);
}

static void
on_awaited (ReelHistoryList *self)
{
  g_autoptr (ReelHistoryItem) item = g_signal_group_dup_target (self->awaited);

  if (item != NULL && reel_history_item_get_job (item) != NULL)
    set_selected (self, reel_history_item_get_job (item));
}

static void
on_selection_changed (ReelHistoryList *self)
{
  g_autoptr (GArray) positions = NULL;

  /* A row that a search hides leaves its job chosen, and so do more that are selected. */
  if (reel_history_model_get_n_selected (self->model) != 1)
    return;

  positions = reel_history_model_dup_selected (self->model);
  if (g_array_index (positions, guint, 0) != find (self, self->selected))
    choose (self, g_array_index (positions, guint, 0));
}

/* The one that takes the place of the chosen job is the next. */
static void
go_on (ReelHistoryList *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  if (n == 0) {
    set_selected (self, NULL);
    return;
  }

  choose (self, MIN (self->position, n - 1));
  reel_history_model_select_only (self->model, self->position);
}

/* Whether a job is not shown although it is what is asked for: it was deleted, or hidden. */
static gboolean
has_left (ReelJob *job, const ReelHistoryQuery *query)
{
  const ReelJobRecord *record = reel_job_get_record (job);

  return record->hidden != query->hidden || (reel_history_group_has_state (query->group, reel_job_get_state (job)) &&
                                             (record->favourite || !query->favourites));
}

static gboolean
on_frame (GtkWidget *list, GdkFrameClock *clock, gpointer data)
{
  ReelHistoryList *self = data;

  if (++self->n_frames < 2)
    return G_SOURCE_CONTINUE;

  self->frame_id = 0;
  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list)), 0);

  return G_SOURCE_REMOVE;
}

/* A list that was filled begins with its first row, and not with the heading above it: once it is laid out, that is put
 * right. */
static void
show_first_heading (ReelHistoryList *self)
{
  self->n_frames = 0;
  if (self->frame_id == 0)
    self->frame_id = gtk_widget_add_tick_callback (GTK_WIDGET (self->list), on_frame, self, NULL);
}

static void
on_items_changed (ReelHistoryList *self, guint position, guint removed, guint added)
{
  const ReelHistoryQuery *query = reel_history_get_query (reel_history_model_get_history (self->model));
  gboolean is_same = reel_history_query_equal (query, self->query);
  gboolean was_there = self->is_there;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  guint chosen = find (self, self->selected);

  self->is_there = chosen != GTK_INVALID_LIST_POSITION;
  if (!is_same) {
    reel_history_query_free (self->query);
    self->query = reel_history_query_copy (query);
  }
  if (added == n && n > 0)
    show_first_heading (self);
  if (!self->is_there) {
    if (was_there && is_same && has_left (self->selected, query))
      go_on (self);
    return;
  }

  self->position = chosen;
  if (reel_history_model_get_n_selected (self->model) == 0) {
    reel_history_model_select_only (self->model, chosen);
    /* Found again among all, it is where a person left it; what a search finds begins at the top. */
    if (added == n && !reel_history_query_is_narrow (query))
      scroll_to (self, chosen, GTK_LIST_SCROLL_NONE);
  }
}

/* Another query can mean the same jobs. */
static void
on_loading (ReelHistoryList *self)
{
  ReelHistory *history = reel_history_model_get_history (self->model);

  if (reel_history_get_loading (history))
    return;

  reel_history_query_free (self->query);
  self->query = reel_history_query_copy (reel_history_get_query (history));
}

static void
on_activate (ReelHistoryList *self, guint position)
{
  if (self->selecting) {
    reel_history_model_toggle (self->model, position);
    return;
  }

  choose (self, position);
  reel_history_model_select_only (self->model, position);
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
show_menu (ReelHistoryList *self, GtkWidget *widget, double x, double y)
{
  graphene_point_t point;

  if (!gtk_widget_compute_point (widget, GTK_WIDGET (self), &GRAPHENE_POINT_INIT ((float)x, (float)y), &point))
    return;

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  if (reel_history_model_get_n_selected (self->model) > 1) {
    self->popover = gtk_popover_menu_new_from_model (self->selection_menu);
  } else {
    g_autoptr (GMenuModel) menu = reel_job_menu_new ();

    self->popover = gtk_popover_menu_new_from_model (menu);
  }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->popover), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("What you can do"),
                                  -1);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &(GdkRectangle){(int)point.x, (int)point.y, 1, 1});
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static guint
get_position (GtkEventController *controller)
{
  GtkListItem *item = g_object_get_data (G_OBJECT (gtk_event_controller_get_widget (controller)), "list-item");

  return gtk_list_item_get_position (item);
}

static void
on_secondary_click (GtkGestureClick *gesture, int n_press, double x, double y, ReelHistoryList *self)
{
  GtkWidget *cell = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  guint position = get_position (GTK_EVENT_CONTROLLER (gesture));

  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->model), position)) {
    choose (self, position);
    reel_history_model_select_only (self->model, position);
  }
  show_menu (self, cell, x, y);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_primary_click (GtkGestureClick *gesture, int n_press, double x, double y, ReelHistoryList *self)
{
  GtkWidget *cell = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  if (!gtk_widget_contains (cell, x, y) || (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) != 0)
    return;

  on_activate (self, get_position (GTK_EVENT_CONTROLLER (gesture)));
}

static void
on_long_press (GtkGestureLongPress *gesture, double x, double y, ReelHistoryList *self)
{
  reel_history_list_set_selecting (self, TRUE);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->model), get_position (GTK_EVENT_CONTROLLER (gesture)),
                                   FALSE);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static GtkWidget *
get_focused (ReelHistoryList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) ? focus : NULL;
}

static void
open_menu (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  ReelHistoryList *self = REEL_HISTORY_LIST (widget);
  GtkWidget *focus = get_focused (self);

  if (self->selected != NULL && focus != NULL)
    show_menu (self, focus, gtk_widget_get_width (focus) / 2.0, gtk_widget_get_height (focus) / 2.0);
}

/* Space picks, where places are picked. */
static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                ReelHistoryList *self)
{
  GtkWidget *focus = get_focused (self);
  GtkWidget *cell = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;

  if (!self->selecting || (keyval != GDK_KEY_space && keyval != GDK_KEY_KP_Space) ||
      (state & gtk_accelerator_get_default_mod_mask ()) != 0 || !REEL_IS_HISTORY_CELL (cell))
    return GDK_EVENT_PROPAGATE;

  reel_history_model_toggle (self->model,
                             gtk_list_item_get_position (g_object_get_data (G_OBJECT (cell), "list-item")));

  return GDK_EVENT_STOP;
}

static void
on_star_clicked (ReelHistoryList *self, ReelHistoryCell *cell)
{
  ReelJob *job = reel_history_cell_get_job (cell);

  if (job != NULL)
    g_signal_emit (self, signals[STAR_CLICKED], 0, job);
}

static void
add_cell (ReelHistoryList *self, GtkListItem *item, ReelHistoryCell *cell)
{
  GtkGesture *secondary = gtk_gesture_click_new ();
  GtkGesture *primary = gtk_gesture_click_new ();
  GtkGesture *hold = gtk_gesture_long_press_new ();

  reel_history_cell_set_up (cell, self->posters, self->ticker, self->usual_times);
  /* The item lives as long as its cell. */
  g_object_set_data (G_OBJECT (cell), "list-item", item);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (secondary), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (secondary, "pressed", G_CALLBACK (on_secondary_click), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (cell), GTK_EVENT_CONTROLLER (secondary));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (primary), GDK_BUTTON_PRIMARY);
  g_signal_connect_object (primary, "released", G_CALLBACK (on_primary_click), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (cell), GTK_EVENT_CONTROLLER (primary));
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (hold), TRUE);
  g_signal_connect_object (hold, "pressed", G_CALLBACK (on_long_press), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (cell), GTK_EVENT_CONTROLLER (hold));
  g_signal_connect_object (cell, "star-clicked", G_CALLBACK (on_star_clicked), self, G_CONNECT_SWAPPED);

  g_object_bind_property (cell, "accessible-title", item, "accessible-label", G_BINDING_SYNC_CREATE);
  g_object_bind_property (cell, "accessible-description", item, "accessible-description", G_BINDING_SYNC_CREATE);
  g_object_bind_property (item, "selected", cell, "checked", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self, "selecting", cell, "selecting", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self, "roomy", cell, "roomy", G_BINDING_SYNC_CREATE);
  gtk_list_item_set_child (item, GTK_WIDGET (cell));
}

static void
on_row_setup (GtkSignalListItemFactory *factory, GtkListItem *item, ReelHistoryList *self)
{
  add_cell (self, item, g_object_new (REEL_TYPE_HISTORY_ROW, NULL));
}

static void
on_tile_setup (GtkSignalListItemFactory *factory, GtkListItem *item, ReelHistoryList *self)
{
  add_cell (self, item, g_object_new (REEL_TYPE_HISTORY_TILE, NULL));
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, ReelHistoryList *self)
{
  ReelHistoryCell *cell = REEL_HISTORY_CELL (gtk_list_item_get_child (item));

  reel_history_cell_set_dated (cell, self->is_grid || !reel_history_model_get_has_days (self->model));
  reel_history_cell_set_item (cell, gtk_list_item_get_item (item));
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, ReelHistoryList *self)
{
  reel_history_cell_set_item (REEL_HISTORY_CELL (gtk_list_item_get_child (item)), NULL);
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
  gint64 created_at =
      reel_history_get_created_at (reel_history_model_get_history (self->model), gtk_list_header_get_start (header));
  g_autofree char *day = reel_time_text_make_day (created_at, g_get_real_time ());

  gtk_label_set_label (GTK_LABEL (gtk_list_header_get_child (header)), day);
}

static void
on_has_days (ReelHistoryList *self)
{
  gtk_list_view_set_header_factory (self->list, reel_history_model_get_has_days (self->model) ? self->headers : NULL);
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
  case PROP_SELECTING:
    g_value_set_boolean (value, self->selecting);
    break;
  case PROP_ROOMY:
    g_value_set_boolean (value, self->roomy);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_history_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_SELECTING:
    reel_history_list_set_selecting (REEL_HISTORY_LIST (object), g_value_get_boolean (value));
    break;
  case PROP_ROOMY:
    REEL_HISTORY_LIST (object)->roomy = g_value_get_boolean (value);
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
  g_clear_object (&self->awaited);
  g_clear_pointer (&self->query, reel_history_query_free);
  g_clear_object (&self->selected);
  g_clear_object (&self->headers);
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
  object_class->set_property = reel_history_list_set_property;
  object_class->dispose = reel_history_list_dispose;

  /**
   * ReelHistoryList:selected:
   *
   * The chosen job, also while its row is hidden.
   */
  properties[PROP_SELECTED] =
      g_param_spec_object ("selected", NULL, NULL, REEL_TYPE_JOB, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * ReelHistoryList:selecting:
   *
   * Whether jobs are picked by check boxes.
   */
  properties[PROP_SELECTING] = g_param_spec_boolean (
      "selecting", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /**
   * ReelHistoryList:roomy:
   *
   * Whether the words of a job get more lines, as large text in a narrow window needs.
   */
  properties[PROP_ROOMY] =
      g_param_spec_boolean ("roomy", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * ReelHistoryList::activated:
   *
   * Emitted when a person opens the chosen job, by a click or by Enter.
   */
  signals[ACTIVATED] =
      g_signal_new ("activated", REEL_TYPE_HISTORY_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * ReelHistoryList::star-clicked:
   * @job: a job
   *
   * Emitted when a person makes a job a favourite, or no longer one.
   */
  signals[STAR_CLICKED] = g_signal_new ("star-clicked", REEL_TYPE_HISTORY_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, REEL_TYPE_JOB);

  gtk_widget_class_install_action (widget_class, "history.menu", NULL, open_menu);

  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-history-list.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryList, list);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryList, grid);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryList, selection_menu);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
reel_history_list_init (ReelHistoryList *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  self->awaited = g_signal_group_new (REEL_TYPE_HISTORY_ITEM);
  g_signal_group_connect_swapped (self->awaited, "notify::job", G_CALLBACK (on_awaited), self);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static GtkListItemFactory *
make_factory (ReelHistoryList *self, GCallback on_setup)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", on_setup, self, G_CONNECT_DEFAULT);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, G_CONNECT_DEFAULT);

  return factory;
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
  g_autoptr (GtkListItemFactory) rows = make_factory (self, G_CALLBACK (on_row_setup));
  g_autoptr (GtkListItemFactory) tiles = make_factory (self, G_CALLBACK (on_tile_setup));

  g_return_if_fail (REEL_IS_HISTORY_LIST (self) && self->model == NULL);

  self->model = g_object_ref (model);
  self->query = reel_history_query_copy (reel_history_get_query (reel_history_model_get_history (model)));
  self->posters = posters != NULL ? g_object_ref (posters) : NULL;
  self->ticker = g_object_ref (ticker);
  self->usual_times = usual_times != NULL ? g_object_ref (usual_times) : NULL;
  self->today = reel_time_text_get_day (g_get_real_time ());
  g_signal_connect_object (ticker, "tick", G_CALLBACK (on_tick), self, G_CONNECT_SWAPPED);

  self->headers = gtk_signal_list_item_factory_new ();
  g_signal_connect_object (self->headers, "setup", G_CALLBACK (on_header_setup), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->headers, "bind", G_CALLBACK (on_header_bind), self, G_CONNECT_DEFAULT);
  gtk_list_view_set_factory (self->list, rows);
  gtk_grid_view_set_factory (self->grid, tiles);
  on_has_days (self);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (model));

  /* After the view has taken a change in. */
  g_signal_connect_object (model, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (model, "selection-changed", G_CALLBACK (on_selection_changed), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (reel_history_model_get_history (model), "notify::loading", G_CALLBACK (on_loading), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::has-days", G_CALLBACK (on_has_days), self, G_CONNECT_SWAPPED);
}

/**
 * reel_history_list_set_grid:
 * @grid: whether to show a grid, or a list
 *
 * Shows the jobs as tiles or as rows. The same are selected and, as near as may be, the same are to be seen.
 */
void
reel_history_list_set_grid (ReelHistoryList *self, gboolean grid)
{
  GtkScrollable *from;
  GtkAdjustment *position;
  guint n, shown;

  g_return_if_fail (REEL_IS_HISTORY_LIST (self) && self->model != NULL);

  if (grid == self->is_grid)
    return;

  from = grid ? GTK_SCROLLABLE (self->list) : GTK_SCROLLABLE (self->grid);
  position = gtk_scrollable_get_vadjustment (from);
  n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  shown = find (self, self->selected);
  if (shown == GTK_INVALID_LIST_POSITION)
    shown = (guint)(n * gtk_adjustment_get_value (position) / MAX (1, gtk_adjustment_get_upper (position)));

  self->is_grid = grid;
  gtk_list_view_set_model (self->list, grid ? NULL : GTK_SELECTION_MODEL (self->model));
  gtk_grid_view_set_model (self->grid, grid ? GTK_SELECTION_MODEL (self->model) : NULL);
  gtk_stack_set_visible_child_name (GTK_STACK (adw_bin_get_child (ADW_BIN (self))), grid ? "grid" : "list");
  if (shown == 0)
    show_first_heading (self);
  else if (shown < n)
    scroll_to (self, shown, GTK_LIST_SCROLL_NONE);
}

/**
 * reel_history_list_get_selecting:
 *
 * Returns: whether jobs are picked by check boxes
 */
gboolean
reel_history_list_get_selecting (ReelHistoryList *self)
{
  g_return_val_if_fail (REEL_IS_HISTORY_LIST (self), FALSE);

  return self->selecting;
}

/**
 * reel_history_list_set_selecting:
 * @selecting: whether jobs are picked by check boxes
 *
 * Begins to pick jobs: a click or Space picks one, the arrow keys only move. At the end the chosen job alone is selected.
 */
void
reel_history_list_set_selecting (ReelHistoryList *self, gboolean selecting)
{
  g_return_if_fail (REEL_IS_HISTORY_LIST (self) && self->model != NULL);

  if (!selecting && reel_history_model_get_n_selected (self->model) != 1)
    reel_history_model_select_only (self->model, find (self, self->selected));
  if (self->selecting == selecting)
    return;

  self->selecting = selecting;
  reel_history_model_set_additive (self->model, selecting);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTING]);
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
 * @job: (nullable) (transfer none): a job of the history
 * @focus: whether its row gets the focus
 *
 * Chooses a job and brings its row into view, if it has one.
 */
void
reel_history_list_select (ReelHistoryList *self, ReelJob *job, gboolean focus)
{
  g_autoptr (ReelJob) held = job != NULL ? g_object_ref (job) : NULL;
  guint position;

  g_return_if_fail (REEL_IS_HISTORY_LIST (self) && self->model != NULL);

  set_selected (self, job);
  position = find (self, job);
  reel_history_model_select_only (self->model, position);
  if (position != GTK_INVALID_LIST_POSITION) {
    self->position = position;
    /* From there on a range is selected. */
    scroll_to (self, position, GTK_LIST_SCROLL_SELECT | (focus ? GTK_LIST_SCROLL_FOCUS : 0));
  }
}

/**
 * reel_history_list_step:
 * @step: 1 for the next job in the order that is shown, -1 for the one before
 *
 * Chooses a neighbour of the chosen job, and leaves the focus where it is.
 *
 * Returns: whether there is one
 */
gboolean
reel_history_list_step (ReelHistoryList *self, int step)
{
  guint n, position;

  g_return_val_if_fail (REEL_IS_HISTORY_LIST (self) && self->model != NULL, FALSE);

  n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  position = find (self, self->selected);
  /* A job that is hidden by a search has no neighbours: the first that is found is the next. */
  position = position == GTK_INVALID_LIST_POSITION ? 0 : position + (guint)step;
  if (position >= n)
    return FALSE;

  choose (self, position);
  reel_history_model_select_only (self->model, position);
  scroll_to (self, position, GTK_LIST_SCROLL_SELECT);

  return TRUE;
}
