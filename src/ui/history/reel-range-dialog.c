#include "config.h"

#include "reel-range-dialog.h"

#include "reel-calendar.h"
#include "reel-ui.h"
#include "reel-wrap-labels.h"

/**
 * ReelRangeDialog:
 *
 * Asks for two days; the response "show" takes them. The first is a month ago, the last is today.
 */
struct _ReelRangeDialog
{
  AdwAlertDialog parent_instance;

  AdwExpanderRow *first_row;
  AdwExpanderRow *last_row;
  GtkCalendar *first;
  GtkCalendar *last;
};

G_DEFINE_FINAL_TYPE (ReelRangeDialog, reel_range_dialog, ADW_TYPE_ALERT_DIALOG)

static void
show_date (AdwExpanderRow *row, GtkCalendar *calendar)
{
  g_autofree char *day = reel_calendar_make_day (calendar);

  adw_expander_row_set_subtitle (row, day);
}

static void
on_date (ReelRangeDialog *self)
{
  show_date (self->first_row, self->first);
  show_date (self->last_row, self->last);
}

static void
reel_range_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), REEL_TYPE_RANGE_DIALOG);

  G_OBJECT_CLASS (reel_range_dialog_parent_class)->dispose (object);
}

static void
reel_range_dialog_class_init (ReelRangeDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reel_range_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-range-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelRangeDialog, first_row);
  gtk_widget_class_bind_template_child (widget_class, ReelRangeDialog, last_row);
  gtk_widget_class_bind_template_child (widget_class, ReelRangeDialog, first);
  gtk_widget_class_bind_template_child (widget_class, ReelRangeDialog, last);
  gtk_widget_class_bind_template_callback (widget_class, on_date);
}

static void
reel_range_dialog_init (ReelRangeDialog *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) before = g_date_time_add_months (now, -1);

  gtk_widget_init_template (GTK_WIDGET (self));
  reel_wrap_labels (GTK_WIDGET (self));

  gtk_calendar_select_day (self->first, before);
  gtk_calendar_select_day (self->last, now);
  reel_calendar_speak (self->first);
  reel_calendar_speak (self->last);
  on_date (self);
}

/**
 * reel_range_dialog_new:
 *
 * Makes the dialog.
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
reel_range_dialog_new (void)
{
  return g_object_new (REEL_TYPE_RANGE_DIALOG, NULL);
}

/**
 * reel_range_dialog_dup_first:
 *
 * Returns: (transfer full): the first day
 */
GDateTime *
reel_range_dialog_dup_first (ReelRangeDialog *self)
{
  g_return_val_if_fail (REEL_IS_RANGE_DIALOG (self), NULL);

  return gtk_calendar_get_date (self->first);
}

/**
 * reel_range_dialog_dup_last:
 *
 * Returns: (transfer full): the last day
 */
GDateTime *
reel_range_dialog_dup_last (ReelRangeDialog *self)
{
  g_return_val_if_fail (REEL_IS_RANGE_DIALOG (self), NULL);

  return gtk_calendar_get_date (self->last);
}
