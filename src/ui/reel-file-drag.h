#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Gives the file that is to be dragged, a new reference, or %NULL where there is none. */
typedef GFile *(*ReelFileDragDup) (gpointer data);

void reel_file_drag_add (GtkWidget *widget, GtkWidget *picture, ReelFileDragDup dup_file, gpointer data);

G_END_DECLS
