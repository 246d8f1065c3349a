#pragma once

#include <gio/gio.h>

#include "reel-history.h"

G_BEGIN_DECLS

#define REEL_TYPE_FILTER_MENU (reel_filter_menu_get_type ())
G_DECLARE_FINAL_TYPE (ReelFilterMenu, reel_filter_menu, REEL, FILTER_MENU, GObject)

ReelFilterMenu *reel_filter_menu_new (ReelHistory *history);
GMenuModel *reel_filter_menu_get_model (ReelFilterMenu *self);
void reel_filter_menu_refresh (ReelFilterMenu *self);

G_END_DECLS
