#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkFileDialog *reel_save_dialog_new (const char *title, const char *name);

G_END_DECLS
