#include "config.h"

#include "reel-ui.h"

#include "reel-compose-view.h"
#include "reel-player-view.h"
#include "reel-ui-resources.h"
#include "reel-window.h"

/**
 * reel_ui_init:
 *
 * Makes the resources and types of the widgets known. Call it once, before the first of them is made; needs no display.
 */
void
reel_ui_init (void)
{
  reel_ui_register_resource ();
  g_type_ensure (REEL_TYPE_COMPOSE_VIEW);
  g_type_ensure (REEL_TYPE_PLAYER_VIEW);
  g_type_ensure (REEL_TYPE_WINDOW);
}
