#include "config.h"

#include "reel-filter-menu.h"

#include <glib/gi18n-lib.h>

/**
 * ReelFilterMenu:
 *
 * The menu of what the history can be filtered by: favourites, dates, and the models and aspect ratios that occur in it;
 * and of its order. Its actions are the properties of a #ReelHistoryFilter.
 */
struct _ReelFilterMenu
{
  GObject parent_instance;

  ReelHistory *history;
  GMenu *menu;
  GMenu *models;
  GMenu *aspect_ratios;
  GCancellable *loading;
};

G_DEFINE_FINAL_TYPE (ReelFilterMenu, reel_filter_menu, G_TYPE_OBJECT)

/* A choice of any, then the choices; names of the service hold no mnemonic. */
static void
fill (GMenu *menu, const char *any, const char *action, char **choices)
{
  g_autoptr (GMenuItem) none = g_menu_item_new (any, NULL);

  g_menu_remove_all (menu);
  g_menu_item_set_action_and_target (none, action, "s", "");
  g_menu_append_item (menu, none);
  for (char **choice = choices; choice != NULL && *choice != NULL; choice++) {
    g_auto (GStrv) parts = g_strsplit (*choice, "_", -1);
    g_autofree char *label = g_strjoinv ("__", parts);
    g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

    g_menu_item_set_action_and_target (item, action, "s", *choice);
    g_menu_append_item (menu, item);
  }
}

static void
fill_choices (ReelFilterMenu *self, char **models, char **aspect_ratios)
{
  fill (self->models, _ ("_Any Model"), "history.model", models);
  fill (self->aspect_ratios, _ ("_Any Aspect Ratio"), "history.aspect-ratio", aspect_ratios);
}

static void
on_choices (GObject *source, GAsyncResult *result, gpointer data)
{
  g_auto (GStrv) models = NULL, aspect_ratios = NULL;
  g_autoptr (GError) error = NULL;

  /* Without them the menu stays as it is. */
  if (!reel_history_load_choices_finish (REEL_HISTORY (source), result, &models, &aspect_ratios, &error))
    return;

  fill_choices (data, models, aspect_ratios);
}

static void
add_choice (GMenu *menu, const char *label, const char *action, const char *choice)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", choice);
  g_menu_append_item (menu, item);
}

static GMenu *
make_periods (void)
{
  GMenu *menu = g_menu_new ();

  add_choice (menu, _ ("_Any Date"), "history.period", "");
  add_choice (menu, _ ("_Today"), "history.period", "today");
  add_choice (menu, _ ("Last _7 Days"), "history.period", "week");
  add_choice (menu, _ ("Last _30 Days"), "history.period", "month");
  g_menu_append (menu, _ ("Date _Range…"), "history.choose-range");

  return menu;
}

static GMenu *
make_sorts (void)
{
  GMenu *menu = g_menu_new ();

  add_choice (menu, _ ("_Newest First"), "history.sort", "newest");
  add_choice (menu, _ ("_Oldest First"), "history.sort", "oldest");
  add_choice (menu, _ ("_Highest Cost First"), "history.sort", "dearest");
  add_choice (menu, _ ("_Lowest Cost First"), "history.sort", "cheapest");

  return menu;
}

static void
reel_filter_menu_dispose (GObject *object)
{
  ReelFilterMenu *self = REEL_FILTER_MENU (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_object (&self->aspect_ratios);
  g_clear_object (&self->models);
  g_clear_object (&self->menu);
  g_clear_object (&self->history);

  G_OBJECT_CLASS (reel_filter_menu_parent_class)->dispose (object);
}

static void
reel_filter_menu_class_init (ReelFilterMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reel_filter_menu_dispose;
}

static void
reel_filter_menu_init (ReelFilterMenu *self)
{
  g_autoptr (GMenu) first = g_menu_new (), second = g_menu_new (), third = g_menu_new ();
  g_autoptr (GMenu) periods = make_periods (), sorts = make_sorts ();

  self->menu = g_menu_new ();
  self->models = g_menu_new ();
  self->aspect_ratios = g_menu_new ();
  g_menu_append (first, _ ("_Favourites Only"), "history.favourites");
  g_menu_append_submenu (second, _ ("_Date"), G_MENU_MODEL (periods));
  g_menu_append_submenu (second, _ ("_Model"), G_MENU_MODEL (self->models));
  g_menu_append_submenu (second, _ ("_Aspect Ratio"), G_MENU_MODEL (self->aspect_ratios));
  g_menu_append (second, _ ("_Clear Filters"), "history.clear-filters");
  g_menu_append_submenu (third, _ ("_Sort"), G_MENU_MODEL (sorts));
  g_menu_append (third, _ ("S_elect Videos"), "history.selecting");
  g_menu_append_section (self->menu, NULL, G_MENU_MODEL (first));
  g_menu_append_section (self->menu, NULL, G_MENU_MODEL (second));
  g_menu_append_section (self->menu, NULL, G_MENU_MODEL (third));
  fill_choices (self, NULL, NULL);
}

/**
 * reel_filter_menu_new:
 * @history: (transfer none): where the choices come from
 *
 * Makes the menu, without models and aspect ratios.
 *
 * Returns: (transfer full): the menu
 */
ReelFilterMenu *
reel_filter_menu_new (ReelHistory *history)
{
  ReelFilterMenu *self = g_object_new (REEL_TYPE_FILTER_MENU, NULL);

  self->history = g_object_ref (history);

  return self;
}

/**
 * reel_filter_menu_get_model:
 *
 * Returns: (transfer none): what to show
 */
GMenuModel *
reel_filter_menu_get_model (ReelFilterMenu *self)
{
  g_return_val_if_fail (REEL_IS_FILTER_MENU (self), NULL);

  return G_MENU_MODEL (self->menu);
}

/**
 * reel_filter_menu_refresh:
 *
 * Looks which models and aspect ratios there are now.
 */
void
reel_filter_menu_refresh (ReelFilterMenu *self)
{
  g_return_if_fail (REEL_IS_FILTER_MENU (self));

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  reel_history_load_choices_async (self->history, self->loading, on_choices, self);
}
