#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void reel_lazy_menu_set (GtkMenuButton *button, GMenuModel *menu);

G_END_DECLS
