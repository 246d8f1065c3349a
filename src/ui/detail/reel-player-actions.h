#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void reel_player_actions_install (GtkWidgetClass *klass);

G_END_DECLS
