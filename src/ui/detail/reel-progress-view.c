#include "config.h"

#include "reel-progress-view.h"

#include "reel-job-text.h"
#include "reel-time-text.h"
#include "reel-ui.h"

/**
 * ReelProgressView:
 *
 * How it stands with a job that runs: in the place, and the shape, where its video will be. There is a bar only for a
 * download whose length is known.
 */
struct _ReelProgressView
{
  AdwBin parent_instance;

  ReelJob *job;
  GSignalGroup *job_signals;
  ReelTicker *ticker;
  gulong tick;

  GtkWidget *spinner;
  GtkLabel *state;
  GtkProgressBar *bar;
  GtkLabel *elapsed;
};

G_DEFINE_FINAL_TYPE (ReelProgressView, reel_progress_view, ADW_TYPE_BIN)

static void
update_elapsed (ReelProgressView *self)
{
  g_autofree char *elapsed = NULL;

  if (self->job == NULL)
    return;

  elapsed = reel_time_text_make_elapsed (g_get_real_time () - reel_job_get_record (self->job)->created_at);
  gtk_label_set_label (self->elapsed, elapsed);
}

static void
update (ReelProgressView *self)
{
  double progress = reel_job_get_progress (self->job);
  g_autofree char *state = reel_job_text_make_state (reel_job_get_record (self->job), progress);
  gboolean measured = reel_job_get_state (self->job) == REEL_JOB_DOWNLOADING && progress >= 0;

  gtk_label_set_label (self->state, state);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), measured);
  gtk_progress_bar_set_fraction (self->bar, CLAMP (progress, 0, 1));
  update_elapsed (self);
}

/* Ticks only while it is on the screen and shows a job that runs. */
static void
update_ticking (ReelProgressView *self)
{
  gboolean wanted = gtk_widget_get_mapped (GTK_WIDGET (self)) && self->job != NULL && self->ticker != NULL;

  if (wanted && self->tick == 0) {
    reel_ticker_hold (self->ticker, TRUE);
    self->tick = g_signal_connect_swapped (self->ticker, "tick", G_CALLBACK (update_elapsed), self);
  } else if (!wanted && self->tick != 0) {
    g_clear_signal_handler (&self->tick, self->ticker);
    reel_ticker_release (self->ticker, TRUE);
  }
}

static void
reel_progress_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (reel_progress_view_parent_class)->map (widget);

  update_elapsed (REEL_PROGRESS_VIEW (widget));
  update_ticking (REEL_PROGRESS_VIEW (widget));
}

static void
reel_progress_view_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (reel_progress_view_parent_class)->unmap (widget);

  update_ticking (REEL_PROGRESS_VIEW (widget));
}

static void
reel_progress_view_dispose (GObject *object)
{
  ReelProgressView *self = REEL_PROGRESS_VIEW (object);

  if (self->tick != 0) {
    g_clear_signal_handler (&self->tick, self->ticker);
    reel_ticker_release (self->ticker, TRUE);
  }
  g_clear_object (&self->job_signals);
  g_clear_object (&self->job);
  g_clear_object (&self->ticker);
  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_PROGRESS_VIEW);

  G_OBJECT_CLASS (reel_progress_view_parent_class)->dispose (object);
}

static void
reel_progress_view_class_init (ReelProgressViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reel_progress_view_dispose;
  widget_class->map = reel_progress_view_map;
  widget_class->unmap = reel_progress_view_unmap;

  gtk_widget_class_set_css_name (widget_class, "progressview");
  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-progress-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelProgressView, spinner);
  gtk_widget_class_bind_template_child (widget_class, ReelProgressView, state);
  gtk_widget_class_bind_template_child (widget_class, ReelProgressView, bar);
  gtk_widget_class_bind_template_child (widget_class, ReelProgressView, elapsed);
}

static void
reel_progress_view_init (ReelProgressView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->job_signals = g_signal_group_new (REEL_TYPE_JOB);
  g_signal_group_connect_swapped (self->job_signals, "changed", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->job_signals, "notify::progress", G_CALLBACK (update), self);
}

/**
 * reel_progress_view_set_job:
 * @job: (nullable) (transfer none): a job that runs
 *
 * Shows a job.
 */
void
reel_progress_view_set_job (ReelProgressView *self, ReelJob *job)
{
  g_return_if_fail (REEL_IS_PROGRESS_VIEW (self));

  if (!g_set_object (&self->job, job))
    return;

  g_signal_group_set_target (self->job_signals, job);
  if (job != NULL)
    update (self);
  update_ticking (self);
}

/**
 * reel_progress_view_set_ticker:
 * @ticker: (transfer none): what makes the time run
 *
 * Sets the ticker. Call it once.
 */
void
reel_progress_view_set_ticker (ReelProgressView *self, ReelTicker *ticker)
{
  g_return_if_fail (REEL_IS_PROGRESS_VIEW (self) && self->ticker == NULL);

  self->ticker = g_object_ref (ticker);
  update_ticking (self);
}
