#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define REEL_TYPE_COMPARE_GRID (reel_compare_grid_get_type ())
G_DECLARE_FINAL_TYPE (ReelCompareGrid, reel_compare_grid, REEL, COMPARE_GRID, GtkWidget)

void reel_compare_grid_append (ReelCompareGrid *self, GtkWidget *child);
void reel_compare_grid_set_aspect (ReelCompareGrid *self, double aspect);
int reel_compare_grid_get_cell_width (ReelCompareGrid *self);

G_END_DECLS
