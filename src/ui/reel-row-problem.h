#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void reel_row_problem_show (GtkWidget *row, GtkWidget *message);
void reel_row_problem_clear (GtkWidget *row);

G_END_DECLS
