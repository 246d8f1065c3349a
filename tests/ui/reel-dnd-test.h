#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The path of the file that a drag from a widget carries, NULL where it carries none. Other programs get it too. */
char *reel_dnd_test_drag (GtkWidget *widget);

/* Lets a file go over a widget; whether it was taken. */
gboolean reel_dnd_test_drop (GtkWidget *widget, GFile *file);

G_END_DECLS
