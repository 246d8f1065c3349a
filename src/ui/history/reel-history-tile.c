#include "config.h"

#include "reel-history-tile.h"

#include "reel-ui.h"

/**
 * ReelHistoryTile:
 *
 * A job in the grid of the history: a larger picture and few words.
 */
struct _ReelHistoryTile
{
  ReelHistoryCell parent_instance;
};

G_DEFINE_FINAL_TYPE (ReelHistoryTile, reel_history_tile, REEL_TYPE_HISTORY_CELL)

static void
reel_history_tile_show (ReelHistoryCell *cell, const ReelJobRecord *record)
{
  /* Settings and price are a list's. */
}

static void
reel_history_tile_class_init (ReelHistoryTileClass *klass)
{
  REEL_HISTORY_CELL_CLASS (klass)->show = reel_history_tile_show;

  reel_history_cell_class_set_template (GTK_WIDGET_CLASS (klass), "historytile",
                                        REEL_UI_RESOURCES "reel-history-tile.ui");
}

static void
reel_history_tile_init (ReelHistoryTile *self)
{
  reel_history_cell_init_template (REEL_HISTORY_CELL (self));
}
