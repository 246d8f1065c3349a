#include "config.h"

#include "reel-job-menu.h"

#include <gtk/gtk.h>

#include "reel-ui.h"

/**
 * reel_job_menu_new:
 *
 * Makes the menu of what can be done with the chosen job; what cannot be done is left out.
 *
 * Returns: (transfer full): the menu
 */
GMenuModel *
reel_job_menu_new (void)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (REEL_UI_RESOURCES "reel-job-menu.ui");

  return g_object_ref (G_MENU_MODEL (gtk_builder_get_object (builder, "menu")));
}
