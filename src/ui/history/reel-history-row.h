#pragma once

#include "reel-history-cell.h"

G_BEGIN_DECLS

#define REEL_TYPE_HISTORY_ROW (reel_history_row_get_type ())
G_DECLARE_FINAL_TYPE (ReelHistoryRow, reel_history_row, REEL, HISTORY_ROW, ReelHistoryCell)

G_END_DECLS
