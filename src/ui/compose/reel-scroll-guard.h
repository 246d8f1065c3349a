#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void reel_scroll_guard_apply (GtkWidget *widget);

G_END_DECLS
