#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define REEL_TYPE_COMPARE_CELL (reel_compare_cell_get_type ())
G_DECLARE_FINAL_TYPE (ReelCompareCell, reel_compare_cell, REEL, COMPARE_CELL, AdwBin)

GtkWidget *reel_compare_cell_new (guint number, const char *title);
void reel_compare_cell_show (ReelCompareCell *self, GdkPaintable *paintable, const GError *error);

G_END_DECLS
