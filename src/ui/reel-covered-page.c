#include "config.h"

#include "reel-covered-page.h"

#include <math.h>

/* Only the lowest page of a view is watched: any other that is to be seen lies over it. */
static gboolean
is_covered (GtkWidget *page)
{
  GtkWidget *view = gtk_widget_get_parent (page);
  graphene_rect_t bounds;

  if (!ADW_IS_NAVIGATION_VIEW (view))
    return FALSE;

  for (GtkWidget *other = gtk_widget_get_first_child (view); other != NULL;
       other = gtk_widget_get_next_sibling (other)) {
    if (other != page && ADW_IS_NAVIGATION_PAGE (other) && gtk_widget_get_mapped (other) &&
        gtk_widget_compute_bounds (other, view, &bounds) && fabsf (bounds.origin.x) < 1)
      return TRUE;
  }

  return FALSE;
}

/* Between the layout of a frame and its drawing. */
static void
on_layout (GtkWidget *page)
{
  gtk_widget_set_opacity (page, is_covered (page) ? 0 : 1);
}

static void
stop (GtkWidget *page)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (page);

  if (clock != NULL)
    g_signal_handlers_disconnect_by_func (clock, on_layout, page);
  gtk_widget_set_opacity (page, 1);
}

static void
start (GtkWidget *page)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (page);

  stop (page);
  if (clock != NULL)
    g_signal_connect_object (clock, "layout", G_CALLBACK (on_layout), page, G_CONNECT_AFTER | G_CONNECT_SWAPPED);
}

/**
 * reel_covered_page_watch:
 * @page: the lowest page of an #AdwNavigationView, for as long as it lives
 *
 * Leaves @page undrawn while another page lies over the whole of it, as in the first step of the way back to it.
 *
 * There the view clips it to a width of zero, and GTK 4.18 never frees what is drawn into such a clip: the whole page with
 * its textures, once for each way back.
 */
void
reel_covered_page_watch (AdwNavigationPage *page)
{
  g_return_if_fail (ADW_IS_NAVIGATION_PAGE (page));

  g_signal_connect (page, "showing", G_CALLBACK (start), NULL);
  g_signal_connect (page, "hiding", G_CALLBACK (start), NULL);
  g_signal_connect (page, "shown", G_CALLBACK (stop), NULL);
  g_signal_connect (page, "hidden", G_CALLBACK (stop), NULL);
}
