#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void reel_wrap_labels (GtkWidget *root);

G_END_DECLS
