#include "config.h"

#include "reel-announce.h"

/**
 * reel_announce:
 * @widget: what the sentence is about
 * @sentence: what to say
 *
 * Lets a screen reader say something when it comes to it. The window says it for all that is in it: GTK drops without a word
 * what a widget announces of which no screen reader has asked yet, and most are never asked.
 */
void
reel_announce (GtkWidget *widget, const char *sentence)
{
  GtkRoot *root;

  g_return_if_fail (GTK_IS_WIDGET (widget) && sentence != NULL);

  root = gtk_widget_get_root (widget);
  if (root != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (root), sentence, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}
