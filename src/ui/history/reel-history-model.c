#include "config.h"

#include "reel-history-model.h"

#include "reel-time-text.h"

/**
 * ReelHistoryModel:
 *
 * What the views show of a #ReelHistory: its places, a section for each day where they stand by date, and which of them
 * are selected.
 *
 * Nothing here makes an item: a selection of a hundred thousand jobs is a set of positions, and days are found by
 * bisection over the dates that the history knows.
 */
struct _ReelHistoryModel
{
  GObject parent_instance;

  ReelHistory *history;
  GtkBitset *selected;
  gboolean additive;
  guint n_items;        /* before the change that is being told */
  ReelHistorySort sort; /* of what is shown: the query may be on its way */
};

enum
{
  PROP_HAS_DAYS = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static gboolean
is_by_date (ReelHistorySort sort)
{
  return sort == REEL_HISTORY_NEWEST || sort == REEL_HISTORY_OLDEST;
}

static GType
get_item_type (GListModel *list)
{
  return REEL_TYPE_HISTORY_ITEM;
}

static guint
get_n_items (GListModel *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (REEL_HISTORY_MODEL (list)->history));
}

static gpointer
get_item (GListModel *list, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (REEL_HISTORY_MODEL (list)->history), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* A number that grows, or stays, from each place to the next. */
static int
get_day_at (ReelHistoryModel *self, guint position)
{
  int day = reel_time_text_get_day (reel_history_get_created_at (self->history, position));

  return self->sort == REEL_HISTORY_OLDEST ? day : -day;
}

/* The first position from @low on, before @high, whose day is @day or later in the order; @high where there is none. */
static guint
find_day (ReelHistoryModel *self, guint low, guint high, int day)
{
  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (get_day_at (self, middle) >= day)
      high = middle;
    else
      low = middle + 1;
  }

  return low;
}

static void
get_section (GtkSectionModel *model, guint position, guint *start, guint *end)
{
  ReelHistoryModel *self = REEL_HISTORY_MODEL (model);
  guint n = get_n_items (G_LIST_MODEL (self));
  int day;

  if (position >= n) {
    *start = n;
    *end = G_MAXUINT;
    return;
  }
  if (!is_by_date (self->sort)) {
    *start = 0;
    *end = n;
    return;
  }

  day = get_day_at (self, position);
  *start = find_day (self, 0, position, day);
  *end = find_day (self, position + 1, n, day + 1);
}

static void
section_model_init (GtkSectionModelInterface *iface)
{
  iface->get_section = get_section;
}

static gboolean
is_selected (GtkSelectionModel *model, guint position)
{
  return gtk_bitset_contains (REEL_HISTORY_MODEL (model)->selected, position);
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  return gtk_bitset_ref (REEL_HISTORY_MODEL (model)->selected);
}

static gboolean
set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  ReelHistoryModel *self = REEL_HISTORY_MODEL (model);
  g_autoptr (GtkBitset) changed = gtk_bitset_copy (self->selected);

  gtk_bitset_difference (changed, selected);
  gtk_bitset_intersect (changed, mask);
  /* What is beyond the end cannot be selected. */
  gtk_bitset_remove_range_closed (changed, get_n_items (G_LIST_MODEL (self)), G_MAXUINT);
  if (gtk_bitset_is_empty (changed))
    return TRUE;

  gtk_bitset_difference (self->selected, changed);
  gtk_selection_model_selection_changed (model, gtk_bitset_get_minimum (changed),
                                         gtk_bitset_get_maximum (changed) - gtk_bitset_get_minimum (changed) + 1);

  return TRUE;
}

/* What a view does where a person moves to a place, or clicks it. */
static gboolean
select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  ReelHistoryModel *self = REEL_HISTORY_MODEL (model);
  g_autoptr (GtkBitset) selected = gtk_bitset_new_range (position, 1);
  g_autoptr (GtkBitset) mask = NULL;

  if (unselect_rest && self->additive)
    return TRUE;

  mask = unselect_rest ? gtk_bitset_new_range (0, get_n_items (G_LIST_MODEL (self))) : gtk_bitset_ref (selected);

  return set_selection (model, selected, mask);
}

static void
selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = is_selected;
  iface->get_selection_in_range = get_selection_in_range;
  iface->set_selection = set_selection;
  iface->select_item = select_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ReelHistoryModel,
                               reel_history_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SECTION_MODEL, section_model_init)
                                       G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, selection_model_init))

/* Takes the order of the query over, where what is shown is in this order by now. */
static void
take_sort (ReelHistoryModel *self)
{
  ReelHistorySort sort = reel_history_get_query (self->history)->sort;
  gboolean had_days = is_by_date (self->sort);

  if (sort == self->sort)
    return;

  self->sort = sort;
  if (self->n_items > 0)
    gtk_section_model_sections_changed (GTK_SECTION_MODEL (self), 0, self->n_items);
  if (is_by_date (sort) != had_days)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_DAYS]);
}

static void
on_items_changed (ReelHistoryModel *self, guint position, guint removed, guint added)
{
  if (self->n_items == 0)
    take_sort (self);
  self->n_items = get_n_items (G_LIST_MODEL (self));
  gtk_bitset_splice (self->selected, position, removed, added);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
  if (self->n_items == 0)
    take_sort (self);
}

/* Where the order makes no difference, no item has changed. */
static void
on_loading (ReelHistoryModel *self)
{
  if (!reel_history_get_loading (self->history))
    take_sort (self);
}

static void
reel_history_model_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_HAS_DAYS:
    g_value_set_boolean (value, reel_history_model_get_has_days (REEL_HISTORY_MODEL (object)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_history_model_dispose (GObject *object)
{
  ReelHistoryModel *self = REEL_HISTORY_MODEL (object);

  if (self->history != NULL)
    g_signal_handlers_disconnect_by_data (self->history, self);

  G_OBJECT_CLASS (reel_history_model_parent_class)->dispose (object);
}

static void
reel_history_model_finalize (GObject *object)
{
  ReelHistoryModel *self = REEL_HISTORY_MODEL (object);

  /* The views ask until the end how much there is. */
  g_clear_object (&self->history);
  gtk_bitset_unref (self->selected);

  G_OBJECT_CLASS (reel_history_model_parent_class)->finalize (object);
}

static void
reel_history_model_class_init (ReelHistoryModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = reel_history_model_get_property;
  object_class->dispose = reel_history_model_dispose;
  object_class->finalize = reel_history_model_finalize;

  /**
   * ReelHistoryModel:has-days:
   *
   * Whether sections are days; otherwise there is one that needs no heading.
   */
  properties[PROP_HAS_DAYS] =
      g_param_spec_boolean ("has-days", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
reel_history_model_init (ReelHistoryModel *self)
{
  self->selected = gtk_bitset_new_empty ();
}

/**
 * reel_history_model_new:
 * @history: (transfer none): what is to be shown
 *
 * Makes a model in which nothing is selected.
 *
 * Returns: (transfer full): the model
 */
ReelHistoryModel *
reel_history_model_new (ReelHistory *history)
{
  ReelHistoryModel *self = g_object_new (REEL_TYPE_HISTORY_MODEL, NULL);

  g_return_val_if_fail (REEL_IS_HISTORY (history), self);

  self->history = g_object_ref (history);
  self->n_items = get_n_items (G_LIST_MODEL (self));
  self->sort = reel_history_get_query (history)->sort;
  g_signal_connect_swapped (history, "items-changed", G_CALLBACK (on_items_changed), self);
  g_signal_connect_swapped (history, "notify::loading", G_CALLBACK (on_loading), self);

  return self;
}

/**
 * reel_history_model_get_history:
 *
 * Returns: (transfer none): what is shown
 */
ReelHistory *
reel_history_model_get_history (ReelHistoryModel *self)
{
  g_return_val_if_fail (REEL_IS_HISTORY_MODEL (self), NULL);

  return self->history;
}

/**
 * reel_history_model_set_query:
 * @query: what is asked for
 *
 * Asks the history for something else.
 */
void
reel_history_model_set_query (ReelHistoryModel *self, const ReelHistoryQuery *query)
{
  g_return_if_fail (REEL_IS_HISTORY_MODEL (self) && query != NULL);

  reel_history_set_query (self->history, query);
}

/**
 * reel_history_model_get_has_days:
 *
 * Returns: whether sections are days
 */
gboolean
reel_history_model_get_has_days (ReelHistoryModel *self)
{
  g_return_val_if_fail (REEL_IS_HISTORY_MODEL (self), TRUE);

  return is_by_date (self->sort);
}

/**
 * reel_history_model_refresh_days:
 *
 * Tells that the names of the days are others: a midnight has passed.
 */
void
reel_history_model_refresh_days (ReelHistoryModel *self)
{
  guint n;

  g_return_if_fail (REEL_IS_HISTORY_MODEL (self));

  n = get_n_items (G_LIST_MODEL (self));
  if (n > 0 && is_by_date (self->sort))
    gtk_section_model_sections_changed (GTK_SECTION_MODEL (self), 0, n);
}

/**
 * reel_history_model_set_additive:
 * @additive: whether to keep what is selected
 *
 * Sets whether a person who goes to a place in a view keeps what is selected elsewhere, and only moves.
 */
void
reel_history_model_set_additive (ReelHistoryModel *self, gboolean additive)
{
  g_return_if_fail (REEL_IS_HISTORY_MODEL (self));

  self->additive = additive;
}

/**
 * reel_history_model_select_only:
 * @position: a position, or %GTK_INVALID_LIST_POSITION for none
 *
 * Selects a place, and nothing else.
 */
void
reel_history_model_select_only (ReelHistoryModel *self, guint position)
{
  g_autoptr (GtkBitset) selected = gtk_bitset_new_empty (), mask = NULL;

  g_return_if_fail (REEL_IS_HISTORY_MODEL (self));

  if (position != GTK_INVALID_LIST_POSITION)
    gtk_bitset_add (selected, position);
  mask = gtk_bitset_new_range (0, get_n_items (G_LIST_MODEL (self)));
  set_selection (GTK_SELECTION_MODEL (self), selected, mask);
}

/**
 * reel_history_model_toggle:
 * @position: a position
 *
 * Selects a place too, or no longer.
 */
void
reel_history_model_toggle (ReelHistoryModel *self, guint position)
{
  g_return_if_fail (REEL_IS_HISTORY_MODEL (self));

  if (gtk_bitset_contains (self->selected, position))
    gtk_selection_model_unselect_item (GTK_SELECTION_MODEL (self), position);
  else
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self), position, FALSE);
}

/**
 * reel_history_model_get_n_selected:
 *
 * Returns: how many places are selected
 */
guint
reel_history_model_get_n_selected (ReelHistoryModel *self)
{
  g_return_val_if_fail (REEL_IS_HISTORY_MODEL (self), 0);

  return (guint)gtk_bitset_get_size (self->selected);
}

/**
 * reel_history_model_dup_selected:
 *
 * Lists what is selected.
 *
 * Returns: (transfer full) (element-type guint): the positions in their order
 */
GArray *
reel_history_model_dup_selected (ReelHistoryModel *self)
{
  GArray *positions = g_array_new (FALSE, FALSE, sizeof (guint));
  GtkBitsetIter iter;
  guint position;

  g_return_val_if_fail (REEL_IS_HISTORY_MODEL (self), positions);

  for (gboolean more = gtk_bitset_iter_init_first (&iter, self->selected, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    g_array_append_val (positions, position);

  return positions;
}
