#include "config.h"

#include "reel-more-row.h"

#include <glib/gi18n-lib.h>

#include "reel-compose-text.h"
#include "reel-row-problem.h"
#include "reel-scroll-guard.h"
#include "reel-ui.h"

/**
 * ReelMoreRow:
 *
 * What few people need of a new video, folded away: how many of it, and where the service is to call when it is ready.
 */
struct _ReelMoreRow
{
  AdwExpanderRow parent_instance;

  GtkWidget *count_spin;
  GtkAdjustment *count;
  AdwEntryRow *webhook_row;
  GtkWidget *problem_row;
  GtkLabel *problem_label;

  ReelRequest *request;
  GSignalGroup *request_signals;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (ReelMoreRow, reel_more_row, ADW_TYPE_EXPANDER_ROW)

static void
show_summary (ReelMoreRow *self)
{
  g_autofree char *summary = reel_compose_make_more (self->request);

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), summary);
}

static void
show_problem (ReelMoreRow *self)
{
  const char *url = reel_request_get_webhook_url (self->request);
  const char *problem = reel_compose_refuse_webhook (url);

  gtk_label_set_label (self->problem_label, problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem_row, problem != NULL);
  if (problem != NULL) {
    reel_row_problem_show (GTK_WIDGET (self->webhook_row), GTK_WIDGET (self->problem_label));
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
  } else {
    reel_row_problem_clear (GTK_WIDGET (self->webhook_row));
  }
  show_summary (self);
}

static void
on_request_changed (ReelMoreRow *self)
{
  const char *url = reel_request_get_webhook_url (self->request);

  if (self->updating)
    return;

  self->updating = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->webhook_row), url != NULL ? url : "");
  gtk_adjustment_set_value (self->count, reel_request_get_count (self->request));
  self->updating = FALSE;
  show_problem (self);
}

static void
on_webhook_changed (ReelMoreRow *self)
{
  g_autofree char *url = NULL;

  if (self->updating || self->request == NULL)
    return;

  url = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->webhook_row))));
  self->updating = TRUE;
  reel_request_set_webhook_url (self->request, url);
  self->updating = FALSE;
  show_problem (self);
}

static void
on_count_changed (ReelMoreRow *self)
{
  if (self->updating || self->request == NULL)
    return;

  self->updating = TRUE;
  reel_request_set_count (self->request, (guint)gtk_adjustment_get_value (self->count));
  self->updating = FALSE;
  show_summary (self);
}

/* What is typed counts at once: nobody sends ten because the cursor was still in the field. */
static void
on_count_typed (ReelMoreRow *self)
{
  guint64 count;

  if (!self->updating && g_ascii_string_to_unsigned (gtk_editable_get_text (GTK_EDITABLE (self->count_spin)), 10, 1,
                                                     REEL_REQUEST_MAX_COUNT, &count, NULL))
    gtk_adjustment_set_value (self->count, (double)count);
}

static void
reel_more_row_dispose (GObject *object)
{
  ReelMoreRow *self = REEL_MORE_ROW (object);

  g_clear_object (&self->request_signals);
  g_clear_object (&self->request);
  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_MORE_ROW);

  G_OBJECT_CLASS (reel_more_row_parent_class)->dispose (object);
}

static void
reel_more_row_class_init (ReelMoreRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reel_more_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-more-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelMoreRow, count_spin);
  gtk_widget_class_bind_template_child (widget_class, ReelMoreRow, count);
  gtk_widget_class_bind_template_child (widget_class, ReelMoreRow, webhook_row);
  gtk_widget_class_bind_template_child (widget_class, ReelMoreRow, problem_row);
  gtk_widget_class_bind_template_child (widget_class, ReelMoreRow, problem_label);
  gtk_widget_class_bind_template_callback (widget_class, on_count_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_count_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_webhook_changed);
}

static void
reel_more_row_init (ReelMoreRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  reel_scroll_guard_apply (self->count_spin);

  self->request_signals = g_signal_group_new (REEL_TYPE_REQUEST);
  g_signal_group_connect_swapped (self->request_signals, "notify::webhook-url", G_CALLBACK (on_request_changed), self);
  g_signal_group_connect_swapped (self->request_signals, "notify::count", G_CALLBACK (on_request_changed), self);
}

/**
 * reel_more_row_set_request:
 * @request: (nullable) (transfer none): the request to edit in place
 *
 * Sets what is edited.
 */
void
reel_more_row_set_request (ReelMoreRow *self, ReelRequest *request)
{
  g_return_if_fail (REEL_IS_MORE_ROW (self));

  if (!g_set_object (&self->request, request))
    return;

  g_signal_group_set_target (self->request_signals, request);
  if (request != NULL)
    on_request_changed (self);
}
