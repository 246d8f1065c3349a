#include "config.h"

#include "reel-history-chips.h"

#include <glib/gi18n-lib.h>

/**
 * ReelHistoryChips:
 *
 * Says what the history is filtered by, each with a way to take it back, and one for all. Without filters it is not there.
 */
struct _ReelHistoryChips
{
  AdwBin parent_instance;

  ReelHistoryFilter *filter;
  GtkWidget *next; /* not owned: stands beside it */
  AdwWrapBox *box;
};

G_DEFINE_FINAL_TYPE (ReelHistoryChips, reel_history_chips, ADW_TYPE_BIN)

static void
on_chip_clicked (GtkWidget *button, ReelHistoryChips *self)
{
  reel_history_filter_reset (self->filter, gtk_widget_get_name (button));
}

static GtkWidget *
make_chip (ReelHistoryChips *self, const ReelHistoryChip *chip)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *label = gtk_label_new (chip->text);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", "window-close-symbolic", "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  /* Translators: %s is what the history is filtered by, such as "Favourites". */
  g_autofree char *name = g_strdup_printf (_ ("Remove filter: %s"), chip->text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_name (button, chip->property);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (button, "chip");
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_chip_clicked), self, G_CONNECT_DEFAULT);

  return button;
}

/* A button that takes a filter back goes with it, and the focus must not. */
static void
give_focus_away (ReelHistoryChips *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    gtk_widget_grab_focus (self->next);
}

static void
on_changed (ReelHistoryChips *self)
{
  g_autoptr (GPtrArray) chips = reel_history_filter_list (self->filter);
  GtkWidget *clear, *child;

  give_focus_away (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    adw_wrap_box_remove (self->box, child);
  for (guint i = 0; i < chips->len; i++)
    adw_wrap_box_append (self->box, make_chip (self, chips->pdata[i]));

  clear = gtk_button_new_with_label (_ ("Clear Filters"));
  gtk_widget_add_css_class (clear, "flat");
  gtk_widget_add_css_class (clear, "chip");
  g_signal_connect_object (clear, "clicked", G_CALLBACK (reel_history_filter_clear), self->filter, G_CONNECT_SWAPPED);
  adw_wrap_box_append (self->box, clear);
  gtk_widget_set_visible (GTK_WIDGET (self), chips->len > 0);
}

static void
reel_history_chips_dispose (GObject *object)
{
  g_clear_object (&REEL_HISTORY_CHIPS (object)->filter);

  G_OBJECT_CLASS (reel_history_chips_parent_class)->dispose (object);
}

static void
reel_history_chips_class_init (ReelHistoryChipsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reel_history_chips_dispose;
}

static void
reel_history_chips_init (ReelHistoryChips *self)
{
  self->box = ADW_WRAP_BOX (adw_wrap_box_new ());
  adw_wrap_box_set_child_spacing (self->box, 6);
  adw_wrap_box_set_line_spacing (self->box, 6);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * reel_history_chips_set_filter:
 * @filter: (transfer none): what the history is filtered by
 * @next: (transfer none): what gets the focus when a filter is taken back; it lives as long
 *
 * Follows a filter. Call it once.
 */
void
reel_history_chips_set_filter (ReelHistoryChips *self, ReelHistoryFilter *filter, GtkWidget *next)
{
  g_return_if_fail (REEL_IS_HISTORY_CHIPS (self) && self->filter == NULL);

  self->filter = g_object_ref (filter);
  self->next = next;
  g_signal_connect_object (filter, "notify::favourites", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (filter, "notify::period", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (filter, "notify::model", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (filter, "notify::aspect-ratio", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
}
