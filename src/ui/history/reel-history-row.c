#include "config.h"

#include "reel-history-row.h"

#include "reel-job-text.h"
#include "reel-ui.h"

/**
 * ReelHistoryRow:
 *
 * A job in the list of the history, with its settings and its price.
 */
struct _ReelHistoryRow
{
  ReelHistoryCell parent_instance;

  GtkInscription *settings;
  GtkLabel *price;
};

G_DEFINE_FINAL_TYPE (ReelHistoryRow, reel_history_row, REEL_TYPE_HISTORY_CELL)

static void
reel_history_row_show (ReelHistoryCell *cell, const ReelJobRecord *record)
{
  ReelHistoryRow *self = REEL_HISTORY_ROW (cell);
  g_autofree char *settings = record != NULL ? reel_job_text_make_settings (record) : NULL;
  g_autofree char *price = record != NULL ? reel_job_text_make_price (record) : NULL;

  gtk_inscription_set_text (self->settings, settings);
  gtk_label_set_label (self->price, price != NULL ? price : "");
}

/* The words go below the picture, so that they have the whole width. The length, which is among them, is too wide for a
 * small picture then. */
static void
on_roomy (ReelHistoryRow *self)
{
  GObject *length = gtk_widget_get_template_child (GTK_WIDGET (self), REEL_TYPE_HISTORY_ROW, "length");
  gboolean roomy;

  g_object_get (self, "roomy", &roomy, NULL);
  gtk_widget_set_visible (GTK_WIDGET (length), !roomy);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_parent (GTK_WIDGET (self->settings))),
                                  roomy ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (adw_bin_get_child (ADW_BIN (self))),
                                  roomy ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

static void
reel_history_row_class_init (ReelHistoryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  REEL_HISTORY_CELL_CLASS (klass)->show = reel_history_row_show;

  reel_history_cell_class_set_template (widget_class, "historyrow", REEL_UI_RESOURCES "reel-history-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryRow, settings);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryRow, price);
}

static void
reel_history_row_init (ReelHistoryRow *self)
{
  reel_history_cell_init_template (REEL_HISTORY_CELL (self));
  g_signal_connect (self, "notify::roomy", G_CALLBACK (on_roomy), NULL);
}
