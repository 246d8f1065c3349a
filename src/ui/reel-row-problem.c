#include "config.h"

#include "reel-row-problem.h"

/* What takes the focus for a row: its field. */
static GtkAccessible *
get_field (GtkWidget *row)
{
  return GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row)));
}

/**
 * reel_row_problem_show:
 * @row: a row to type in
 * @message: (transfer none): the label that says what is wrong with it
 *
 * Marks a row as wrong, for the eye and for a screen reader, which also finds the label from the field.
 */
void
reel_row_problem_show (GtkWidget *row, GtkWidget *message)
{
  g_return_if_fail (GTK_IS_EDITABLE (row) && GTK_IS_WIDGET (message));

  gtk_widget_add_css_class (row, "error");
  gtk_accessible_update_state (get_field (row), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
  gtk_accessible_update_relation (get_field (row), GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE, message, NULL, -1);
}

/**
 * reel_row_problem_clear:
 * @row: a row to type in
 *
 * Takes the mark off, where there is one.
 */
void
reel_row_problem_clear (GtkWidget *row)
{
  g_return_if_fail (GTK_IS_EDITABLE (row));

  gtk_widget_remove_css_class (row, "error");
  gtk_accessible_reset_state (get_field (row), GTK_ACCESSIBLE_STATE_INVALID);
  gtk_accessible_reset_relation (get_field (row), GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE);
}
