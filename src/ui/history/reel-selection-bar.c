#include "config.h"

#include "reel-selection-bar.h"

#include <glib/gi18n-lib.h>

#include "reel-ui.h"

/**
 * ReelSelectionBar:
 *
 * How many jobs are selected, and what can be done with all of them.
 */
struct _ReelSelectionBar
{
  AdwBin parent_instance;

  GtkLabel *count;
};

G_DEFINE_FINAL_TYPE (ReelSelectionBar, reel_selection_bar, ADW_TYPE_BIN)

static void
reel_selection_bar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), REEL_TYPE_SELECTION_BAR);

  G_OBJECT_CLASS (reel_selection_bar_parent_class)->dispose (object);
}

static void
reel_selection_bar_class_init (ReelSelectionBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reel_selection_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-selection-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelSelectionBar, count);
}

static void
reel_selection_bar_init (ReelSelectionBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * reel_selection_bar_set_count:
 * @count: how many jobs are selected
 *
 * Says how many they are.
 */
void
reel_selection_bar_set_count (ReelSelectionBar *self, guint count)
{
  g_autofree char *text = NULL;

  g_return_if_fail (REEL_IS_SELECTION_BAR (self));

  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u selected", "%u selected", count), count);
  gtk_label_set_label (self->count, text);
}
