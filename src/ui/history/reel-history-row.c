#include "config.h"

#include "reel-history-row.h"

#include <glib/gi18n-lib.h>

#include "reel-job-problem.h"
#include "reel-file-drag.h"
#include "reel-job-text.h"
#include "reel-poster.h"
#include "reel-time-text.h"
#include "reel-ui.h"

/**
 * ReelHistoryRow:
 *
 * A job in the history: its picture, its prompt, its settings and price, and how it stands with it.
 */
struct _ReelHistoryRow
{
  AdwBin parent_instance;

  ReelPosterCache *posters;
  ReelTicker *ticker;
  ReelUsualTimes *usual_times;
  ReelJob *job;
  GSignalGroup *job_signals;
  char *accessible_title;
  char *accessible_description;
  gulong tick;
  gboolean tick_seconds;

  ReelPoster *poster;
  GtkWidget *placeholder;
  GtkLabel *length;
  GtkLabel *title;
  GtkLabel *settings;
  GtkLabel *price;
  GtkWidget *spinner;
  GtkImage *icon;
  GtkLabel *status;
  GtkProgressBar *bar;
};

G_DEFINE_FINAL_TYPE (ReelHistoryRow, reel_history_row, ADW_TYPE_BIN)

enum
{
  PROP_JOB = 1,
  PROP_ACCESSIBLE_TITLE,
  PROP_ACCESSIBLE_DESCRIPTION,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* How a state looks: the class of its words, and an icon or the spinner. */
static const char *
get_style (const ReelJobRecord *record, const char **icon_name)
{
  *icon_name = NULL;

  switch (reel_job_record_get_state (record)) {
  case REEL_JOB_FAILED:
    if (reel_job_problem_is_withdrawn (record)) {
      *icon_name = "action-unavailable-symbolic";
      return "dim-label";
    }
    *icon_name = "dialog-error-symbolic";
    return "error";
  case REEL_JOB_NOT_SAVED:
    *icon_name = "dialog-warning-symbolic";
    return "warning";
  case REEL_JOB_UNKNOWN:
  case REEL_JOB_LOST:
    *icon_name = "dialog-question-symbolic";
    return "warning";
  case REEL_JOB_HELD:
    *icon_name = "media-playback-pause-symbolic";
    return "dim-label";
  case REEL_JOB_CANCELLED:
    *icon_name = "action-unavailable-symbolic";
    return "dim-label";
  case REEL_JOB_READY:
    return "dim-label";
  case REEL_JOB_SENDING:
  case REEL_JOB_WAITING:
  case REEL_JOB_GENERATING:
  case REEL_JOB_DOWNLOADING:
  default:
    return NULL;
  }
}

static void
set_description (ReelHistoryRow *self, char *description)
{
  g_autofree char *taken = description;

  if (g_set_str (&self->accessible_description, taken))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCESSIBLE_DESCRIPTION]);
}

static void
update_status (ReelHistoryRow *self)
{
  const ReelJobRecord *record;
  g_autofree char *status = NULL;
  gint64 usual = 0;

  if (self->job == NULL)
    return;

  record = reel_job_get_record (self->job);
  if (self->usual_times != NULL && reel_job_record_is_running (record))
    usual = reel_usual_times_get (self->usual_times, record);
  status = reel_job_text_make_status (record, reel_job_get_progress (self->job), usual, g_get_real_time ());
  gtk_label_set_label (self->status, status);
}

static void
on_tick (ReelHistoryRow *self)
{
  update_status (self);
}

/* Ticks only while it is on the screen, and each second only while the job runs. */
static void
update_ticking (ReelHistoryRow *self)
{
  gboolean wanted = gtk_widget_get_mapped (GTK_WIDGET (self)) && self->job != NULL;
  gboolean seconds = wanted && reel_job_record_is_running (reel_job_get_record (self->job));

  if (self->tick != 0 && (!wanted || seconds != self->tick_seconds)) {
    g_clear_signal_handler (&self->tick, self->ticker);
    reel_ticker_release (self->ticker, self->tick_seconds);
  }
  if (self->tick == 0 && wanted) {
    self->tick_seconds = seconds;
    reel_ticker_hold (self->ticker, seconds);
    self->tick = g_signal_connect_swapped (self->ticker, "tick", G_CALLBACK (on_tick), self);
  }
}

static void
on_filled (ReelHistoryRow *self)
{
  gboolean filled = reel_poster_is_filled (self->poster);

  gtk_widget_set_visible (self->placeholder, !filled);
  gtk_widget_set_visible (GTK_WIDGET (self->length), filled && *gtk_label_get_label (self->length) != '\0');
}

static void
load_poster (ReelHistoryRow *self)
{
  const ReelJobRecord *record = self->job != NULL ? reel_job_get_record (self->job) : NULL;
  g_autoptr (GFile) file = self->job != NULL ? reel_job_dup_file (self->job) : NULL;
  const char *key = NULL;

  if (file != NULL)
    key = record->file_sha256 != NULL ? record->file_sha256 : record->id;
  reel_poster_set_video (self->poster, self->posters, file, key);
  on_filled (self);
}

static void
update_state (ReelHistoryRow *self)
{
  const char *styles[] = {"caption", "numeric", NULL, NULL};
  const ReelJobRecord *record = reel_job_get_record (self->job);
  ReelJobState state = reel_job_get_state (self->job);
  gboolean downloading = state == REEL_JOB_DOWNLOADING && reel_job_get_progress (self->job) >= 0;
  const char *icon_name;

  styles[2] = get_style (record, &icon_name);
  gtk_widget_set_css_classes (GTK_WIDGET (self->status), styles);
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), styles + 2);
  gtk_image_set_from_icon_name (self->icon, icon_name);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), icon_name != NULL);
  gtk_widget_set_visible (self->spinner, reel_job_record_is_running (record) && !downloading);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), downloading);

  update_status (self);
  update_ticking (self);
}

static void
on_changed (ReelHistoryRow *self)
{
  update_state (self);
  set_description (self, reel_job_text_make_description (reel_job_get_record (self->job), -1));
}

static void
on_progress (ReelHistoryRow *self)
{
  gtk_progress_bar_set_fraction (self->bar, CLAMP (reel_job_get_progress (self->job), 0, 1));
  update_state (self);
}

static void
show_job (ReelHistoryRow *self)
{
  const ReelJobRecord *record = reel_job_get_record (self->job);
  g_autofree char *settings = reel_job_text_make_settings (record);
  g_autofree char *price = reel_job_text_make_price (record);
  g_autofree char *exact = reel_time_text_make_exact (record->created_at);
  g_autofree char *length = NULL;

  if (record->duration > 0)
    length = reel_time_text_make_elapsed (record->duration * G_TIME_SPAN_SECOND);
  gtk_label_set_label (self->length, length != NULL ? length : "");
  gtk_label_set_label (self->title, reel_job_get_title (self->job));
  gtk_label_set_label (self->settings, settings);
  gtk_label_set_label (self->price, price);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->status), exact);
  reel_poster_set_aspect (self->poster, reel_job_text_get_aspect (record));
  on_progress (self);
  on_changed (self);
  load_poster (self);
}

static void
reel_history_row_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (reel_history_row_parent_class)->map (widget);

  update_status (REEL_HISTORY_ROW (widget));
  update_ticking (REEL_HISTORY_ROW (widget));
}

static void
reel_history_row_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (reel_history_row_parent_class)->unmap (widget);

  update_ticking (REEL_HISTORY_ROW (widget));
}

static void
reel_history_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelHistoryRow *self = REEL_HISTORY_ROW (object);

  switch (id) {
  case PROP_JOB:
    g_value_set_object (value, self->job);
    break;
  case PROP_ACCESSIBLE_TITLE:
    g_value_set_string (value, self->accessible_title);
    break;
  case PROP_ACCESSIBLE_DESCRIPTION:
    g_value_set_string (value, self->accessible_description);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_history_row_dispose (GObject *object)
{
  ReelHistoryRow *self = REEL_HISTORY_ROW (object);

  if (self->tick != 0) {
    g_clear_signal_handler (&self->tick, self->ticker);
    reel_ticker_release (self->ticker, self->tick_seconds);
  }
  g_clear_object (&self->job_signals);
  g_clear_object (&self->job);
  g_clear_object (&self->usual_times);
  g_clear_object (&self->ticker);
  g_clear_object (&self->posters);
  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_HISTORY_ROW);

  G_OBJECT_CLASS (reel_history_row_parent_class)->dispose (object);
}

static void
reel_history_row_finalize (GObject *object)
{
  ReelHistoryRow *self = REEL_HISTORY_ROW (object);

  g_free (self->accessible_title);
  g_free (self->accessible_description);

  G_OBJECT_CLASS (reel_history_row_parent_class)->finalize (object);
}

static void
reel_history_row_class_init (ReelHistoryRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = reel_history_row_get_property;
  object_class->dispose = reel_history_row_dispose;
  object_class->finalize = reel_history_row_finalize;
  widget_class->map = reel_history_row_map;
  widget_class->unmap = reel_history_row_unmap;

  /**
   * ReelHistoryRow:job:
   *
   * The job.
   */
  properties[PROP_JOB] = g_param_spec_object ("job", NULL, NULL, REEL_TYPE_JOB, flags);
  /**
   * ReelHistoryRow:accessible-title:
   *
   * What a screen reader calls the row: the prompt.
   */
  properties[PROP_ACCESSIBLE_TITLE] = g_param_spec_string ("accessible-title", NULL, NULL, NULL, flags);
  /**
   * ReelHistoryRow:accessible-description:
   *
   * What a screen reader adds: the state, the price and the settings.
   */
  properties[PROP_ACCESSIBLE_DESCRIPTION] = g_param_spec_string ("accessible-description", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (REEL_TYPE_POSTER);
  gtk_widget_class_set_css_name (widget_class, "historyrow");
  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-history-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryRow, poster);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryRow, placeholder);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryRow, length);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryRow, title);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryRow, settings);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryRow, price);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryRow, icon);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryRow, status);
  gtk_widget_class_bind_template_child (widget_class, ReelHistoryRow, bar);
}

static GFile *
dup_file (gpointer data)
{
  ReelHistoryRow *self = data;

  return self->job != NULL ? reel_job_dup_file (self->job) : NULL;
}

static void
reel_history_row_init (ReelHistoryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  reel_file_drag_add (GTK_WIDGET (self), GTK_WIDGET (self->poster), dup_file, self);
  g_signal_connect_swapped (self->poster, "notify::filled", G_CALLBACK (on_filled), self);

  self->job_signals = g_signal_group_new (REEL_TYPE_JOB);
  g_signal_group_connect_swapped (self->job_signals, "changed", G_CALLBACK (on_changed), self);
  g_signal_group_connect_swapped (self->job_signals, "notify::progress", G_CALLBACK (on_progress), self);
  g_signal_group_connect_swapped (self->job_signals, "notify::file", G_CALLBACK (load_poster), self);
}

/**
 * reel_history_row_new:
 * @posters: (nullable) (transfer none): where pictures come from
 * @ticker: (transfer none): what makes running times run
 * @usual_times: (nullable) (transfer none): how long jobs usually take
 *
 * Makes an empty row.
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
reel_history_row_new (ReelPosterCache *posters, ReelTicker *ticker, ReelUsualTimes *usual_times)
{
  ReelHistoryRow *self = g_object_new (REEL_TYPE_HISTORY_ROW, NULL);

  self->posters = posters != NULL ? g_object_ref (posters) : NULL;
  self->ticker = g_object_ref (ticker);
  self->usual_times = usual_times != NULL ? g_object_ref (usual_times) : NULL;

  return GTK_WIDGET (self);
}

/**
 * reel_history_row_get_job:
 *
 * Returns: (transfer none) (nullable): the job
 */
ReelJob *
reel_history_row_get_job (ReelHistoryRow *self)
{
  g_return_val_if_fail (REEL_IS_HISTORY_ROW (self), NULL);

  return self->job;
}

/**
 * reel_history_row_set_job:
 * @job: (nullable) (transfer none): a job
 *
 * Shows a job.
 */
void
reel_history_row_set_job (ReelHistoryRow *self, ReelJob *job)
{
  g_return_if_fail (REEL_IS_HISTORY_ROW (self));

  if (!g_set_object (&self->job, job))
    return;

  g_signal_group_set_target (self->job_signals, job);
  if (g_set_str (&self->accessible_title, job != NULL ? reel_job_get_title (job) : NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCESSIBLE_TITLE]);
  if (job != NULL) {
    show_job (self);
  } else {
    load_poster (self);
    update_ticking (self);
  }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_JOB]);
}
