#include "config.h"

#include "reel-scroll-guard.h"

/**
 * reel_scroll_guard_apply:
 * @widget: a control that changes its value when the wheel is turned over it
 *
 * Makes a control leave the wheel alone: rolling over the form must not change what the next video costs.
 */
void
reel_scroll_guard_apply (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  guint n = g_list_model_get_n_items (controllers);

  for (guint i = 0; i < n; i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
      gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
  }
}
