#pragma once

#include <adwaita.h>

#include "reel-history-item.h"
#include "reel-poster-cache.h"
#include "reel-ticker.h"
#include "reel-usual-times.h"

G_BEGIN_DECLS

#define REEL_TYPE_HISTORY_CELL (reel_history_cell_get_type ())
G_DECLARE_DERIVABLE_TYPE (ReelHistoryCell, reel_history_cell, REEL, HISTORY_CELL, AdwBin)

/**
 * ReelHistoryCellClass:
 * @show: shows what only this kind of cell has of a job; %NULL for the blank cell
 *
 * A kind of cell. Its template has the children that reel_history_cell_class_set_template() names.
 */
struct _ReelHistoryCellClass
{
  AdwBinClass parent_class;

  void (*show) (ReelHistoryCell *self, const ReelJobRecord *record);
};

void reel_history_cell_class_set_template (GtkWidgetClass *widget_class, const char *css_name, const char *resource);
void reel_history_cell_init_template (ReelHistoryCell *self);

void reel_history_cell_set_up (ReelHistoryCell *self,
                               ReelPosterCache *posters,
                               ReelTicker *ticker,
                               ReelUsualTimes *usual_times);
void reel_history_cell_set_dated (ReelHistoryCell *self, gboolean dated);
ReelJob *reel_history_cell_get_job (ReelHistoryCell *self);
void reel_history_cell_set_item (ReelHistoryCell *self, ReelHistoryItem *item);

G_END_DECLS
