#include "config.h"

#include "reel-generate-bar.h"

#include <glib/gi18n-lib.h>

#include "reel-announce.h"
#include "reel-compose-text.h"
#include "reel-ui.h"

/* A price is read out when it has rested this long (milliseconds), not at each step of a slider. */
#define ANNOUNCE_AFTER 600

/**
 * ReelGenerateBar:
 *
 * What the video will cost with its arithmetic, the button that sends it, and why it cannot be sent.
 */
struct _ReelGenerateBar
{
  AdwBin parent_instance;

  GtkLabel *reason_label;
  GtkLabel *price_label;
  GtkLabel *arithmetic_label;
  GtkWidget *button;

  guint announce_id;
};

G_DEFINE_FINAL_TYPE (ReelGenerateBar, reel_generate_bar, ADW_TYPE_BIN)

static void
on_announce_due (gpointer data)
{
  ReelGenerateBar *self = data;

  self->announce_id = 0;
  reel_announce (GTK_WIDGET (self), gtk_label_get_label (self->price_label));
}

static void
reel_generate_bar_dispose (GObject *object)
{
  ReelGenerateBar *self = REEL_GENERATE_BAR (object);

  g_clear_handle_id (&self->announce_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_GENERATE_BAR);

  G_OBJECT_CLASS (reel_generate_bar_parent_class)->dispose (object);
}

static void
reel_generate_bar_class_init (ReelGenerateBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reel_generate_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-generate-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelGenerateBar, reason_label);
  gtk_widget_class_bind_template_child (widget_class, ReelGenerateBar, price_label);
  gtk_widget_class_bind_template_child (widget_class, ReelGenerateBar, arithmetic_label);
  gtk_widget_class_bind_template_child (widget_class, ReelGenerateBar, button);
}

static void
reel_generate_bar_init (ReelGenerateBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * reel_generate_bar_show_price:
 * @request: what is asked
 * @model: (nullable): its model, %NULL while it is not known
 *
 * Shows what a request will cost. A new amount is read out politely once it rests.
 */
void
reel_generate_bar_show_price (ReelGenerateBar *self, ReelRequest *request, ReelVideoModel *model)
{
  g_autofree char *price = NULL;
  g_autofree char *arithmetic = NULL;
  const char *shown;

  g_return_if_fail (REEL_IS_GENERATE_BAR (self) && REEL_IS_REQUEST (request));

  price = reel_compose_make_price (request, model);
  arithmetic = reel_compose_make_arithmetic (request, model);

  gtk_label_set_label (self->arithmetic_label, arithmetic);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->price_label), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, arithmetic,
                                  -1);
  if (model != NULL && reel_request_estimate_all (request, model) < 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->price_label), "not-listed");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->price_label), "not-listed");

  shown = gtk_label_get_label (self->price_label);
  if (g_strcmp0 (shown, price) == 0)
    return;

  g_clear_handle_id (&self->announce_id, g_source_remove);
  if (*shown != '\0')
    self->announce_id = g_timeout_add_once (ANNOUNCE_AFTER, on_announce_due, self);
  gtk_label_set_label (self->price_label, price);
  /* A label takes each new text for its name too; this one has a name of its own, and the amount for its text. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->price_label), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Price"), -1);
}

/**
 * reel_generate_bar_show_reason:
 * @reason: (nullable): why nothing can be sent, %NULL where it can
 *
 * Shows why the button is off. It is off by its action, which belongs to the form.
 */
void
reel_generate_bar_show_reason (ReelGenerateBar *self, const char *reason)
{
  g_return_if_fail (REEL_IS_GENERATE_BAR (self));

  gtk_label_set_label (self->reason_label, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason_label), reason != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  reason != NULL ? reason : "", -1);
}

/**
 * reel_generate_bar_announce_reason:
 *
 * Reads out why nothing can be sent, for someone who tried it with the keyboard.
 */
void
reel_generate_bar_announce_reason (ReelGenerateBar *self)
{
  const char *reason;

  g_return_if_fail (REEL_IS_GENERATE_BAR (self));

  reason = gtk_label_get_label (self->reason_label);
  if (*reason != '\0')
    reel_announce (GTK_WIDGET (self), reason);
}

/**
 * reel_generate_bar_focus:
 *
 * Turns to the button.
 *
 * Returns: whether it took the focus: it does not while it is off
 */
gboolean
reel_generate_bar_focus (ReelGenerateBar *self)
{
  g_return_val_if_fail (REEL_IS_GENERATE_BAR (self), FALSE);

  return gtk_widget_grab_focus (self->button);
}
