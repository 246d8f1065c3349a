#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void reel_announce (GtkWidget *widget, const char *sentence);

G_END_DECLS
