#include "config.h"

#include "reel-lazy-menu.h"

static void
create_popup (GtkMenuButton *button, gpointer menu)
{
  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, menu);
}

/**
 * reel_lazy_menu_set:
 * @button: a button
 * @menu: (transfer none): what it opens
 *
 * Gives a button a menu whose widgets are made when it is first opened, not when the window starts.
 */
void
reel_lazy_menu_set (GtkMenuButton *button, GMenuModel *menu)
{
  g_return_if_fail (GTK_IS_MENU_BUTTON (button) && G_IS_MENU_MODEL (menu));

  gtk_menu_button_set_create_popup_func (button, create_popup, g_object_ref (menu), g_object_unref);
}
