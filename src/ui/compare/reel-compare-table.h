#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define REEL_TYPE_COMPARE_TABLE (reel_compare_table_get_type ())
G_DECLARE_FINAL_TYPE (ReelCompareTable, reel_compare_table, REEL, COMPARE_TABLE, GtkWidget)

void reel_compare_table_show (ReelCompareTable *self, GPtrArray *rows, const char *common);

G_END_DECLS
