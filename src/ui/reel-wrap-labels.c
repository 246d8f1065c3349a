#include "config.h"

#include "reel-wrap-labels.h"

#include <adwaita.h>

static void
wrap (GtkLabel *label)
{
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (label, GTK_NATURAL_WRAP_NONE);
  gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_NONE);
  gtk_label_set_single_line_mode (label, FALSE);
  if (gtk_widget_has_css_class (GTK_WIDGET (label), "title"))
    gtk_label_set_justify (label, GTK_JUSTIFY_CENTER);
}

static gboolean
would_be_cut (GtkLabel *label)
{
  return gtk_label_get_ellipsize (label) != PANGO_ELLIPSIZE_NONE ||
         gtk_widget_get_ancestor (GTK_WIDGET (label), GTK_TYPE_CHECK_BUTTON) != NULL;
}

/* What a person wrote into a field is scrolled there; the words of a button and the value of a row keep to one line. */
static gboolean
keeps_line (GtkWidget *widget)
{
  return GTK_IS_EDITABLE (widget) || GTK_IS_BUTTON (widget) || GTK_IS_LIST_VIEW (widget) || GTK_IS_POPOVER (widget);
}

/**
 * reel_wrap_labels:
 * @root: what holds the labels
 *
 * Lets the labels below @root that would be cut go on in another line.
 *
 * The titles of header bars, groups and rows that are buttons would be cut by an ellipsis, and a check button would make
 * its dialog wider than the window: with large text, or in a language of long words. libadwaita and GTK have no property for
 * it.
 */
void
reel_wrap_labels (GtkWidget *root)
{
  g_return_if_fail (GTK_IS_WIDGET (root));

  if (keeps_line (root))
    return;

  if (GTK_IS_LABEL (root) && would_be_cut (GTK_LABEL (root)))
    wrap (GTK_LABEL (root));
  /* A dialog takes its child in when it is shown. */
  if (ADW_IS_DIALOG (root) && adw_dialog_get_child (ADW_DIALOG (root)) != NULL)
    reel_wrap_labels (adw_dialog_get_child (ADW_DIALOG (root)));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    reel_wrap_labels (child);
}
