#pragma once

#include "reel-history-cell.h"

G_BEGIN_DECLS

#define REEL_TYPE_HISTORY_TILE (reel_history_tile_get_type ())
G_DECLARE_FINAL_TYPE (ReelHistoryTile, reel_history_tile, REEL, HISTORY_TILE, ReelHistoryCell)

G_END_DECLS
