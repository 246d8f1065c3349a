#include "config.h"

#include "reel-compare-cell.h"

#include <glib/gi18n-lib.h>

#include "reel-error-text.h"
#include "reel-ui.h"

/**
 * ReelCompareCell:
 *
 * One of the videos side by side, with its number; or, where it cannot be played, why.
 */
struct _ReelCompareCell
{
  AdwBin parent_instance;

  GtkStack *pages;
  GtkPicture *picture;
  GtkLabel *error_title;
  GtkLabel *error_body;
  GtkLabel *number;
};

G_DEFINE_FINAL_TYPE (ReelCompareCell, reel_compare_cell, ADW_TYPE_BIN)

static void
reel_compare_cell_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), REEL_TYPE_COMPARE_CELL);

  G_OBJECT_CLASS (reel_compare_cell_parent_class)->dispose (object);
}

static void
reel_compare_cell_class_init (ReelCompareCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reel_compare_cell_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-compare-cell.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelCompareCell, pages);
  gtk_widget_class_bind_template_child (widget_class, ReelCompareCell, picture);
  gtk_widget_class_bind_template_child (widget_class, ReelCompareCell, error_title);
  gtk_widget_class_bind_template_child (widget_class, ReelCompareCell, error_body);
  gtk_widget_class_bind_template_child (widget_class, ReelCompareCell, number);
}

static void
reel_compare_cell_init (ReelCompareCell *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_css_class (adw_bin_get_child (ADW_BIN (self)), "blank");
}

/**
 * reel_compare_cell_new:
 * @number: of the video, from 1
 * @title: its prompt on one line
 *
 * Makes a cell that waits for its video.
 *
 * Returns: (transfer floating): the cell
 */
GtkWidget *
reel_compare_cell_new (guint number, const char *title)
{
  ReelCompareCell *self = g_object_new (REEL_TYPE_COMPARE_CELL, NULL);
  g_autofree char *text = g_strdup_printf ("%u", number);
  /* Translators: %u is the number of a video in a comparison, %s its prompt. */
  g_autofree char *name = g_strdup_printf (_ ("Video %u: %s"), number, title);

  gtk_label_set_label (self->number, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->number), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_picture_set_alternative_text (self->picture, name);

  return GTK_WIDGET (self);
}

/**
 * reel_compare_cell_show:
 * @paintable: (nullable) (transfer none): the picture
 * @error: (nullable): why there is none
 *
 * Shows the video.
 */
void
reel_compare_cell_show (ReelCompareCell *self, GdkPaintable *paintable, const GError *error)
{
  g_return_if_fail (REEL_IS_COMPARE_CELL (self));

  gtk_picture_set_paintable (self->picture, error == NULL ? paintable : NULL);
  if (error != NULL) {
    g_autoptr (ReelErrorText) text = reel_error_text_new (error, REEL_ERROR_DOING_LOCAL);

    gtk_label_set_label (self->error_title, text->title);
    gtk_label_set_label (self->error_body, text->body);
  }
  gtk_stack_set_visible_child_name (self->pages, error != NULL ? "error" : paintable != NULL ? "picture" : "empty");
  if (error == NULL && paintable != NULL)
    gtk_widget_remove_css_class (adw_bin_get_child (ADW_BIN (self)), "blank");
  else
    gtk_widget_add_css_class (adw_bin_get_child (ADW_BIN (self)), "blank");
}
