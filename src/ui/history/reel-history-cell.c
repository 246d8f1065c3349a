#include "config.h"

#include "reel-history-cell.h"

#include <glib/gi18n-lib.h>

#include "reel-file-drag.h"
#include "reel-job-problem.h"
#include "reel-job-text.h"
#include "reel-poster.h"
#include "reel-time-text.h"

/**
 * ReelHistoryCell:
 *
 * A job in the history, as a row or as a tile: its picture, its prompt and how it stands with it.
 *
 * Its size hangs on no text: cells are bound by the dozen while the history is scrolled, and one whose clock runs is
 * only drawn again. Until its job is read it is blank and of the same size.
 */
typedef struct
{
  ReelPosterCache *posters;
  ReelTicker *ticker;
  ReelUsualTimes *usual_times;
  ReelHistoryItem *item;
  GSignalGroup *item_signals;
  ReelJob *job;
  GSignalGroup *job_signals;
  char *accessible_title;
  char *accessible_description;
  gboolean checked;
  gboolean selecting;
  gboolean dated;
  gboolean roomy;
  gulong tick;
  gboolean tick_seconds;
  const char *style;
  const char *icon_name;

  ReelPoster *poster;
  GtkWidget *placeholder;
  GtkInscription *length;
  GtkInscription *title;
  GtkWidget *spinner;
  GtkImage *icon;
  GtkInscription *status;
  GtkProgressBar *bar;
  GtkButton *star;
  GtkCheckButton *check;
} ReelHistoryCellPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (ReelHistoryCell, reel_history_cell, ADW_TYPE_BIN)

enum
{
  PROP_JOB = 1,
  PROP_CHECKED,
  PROP_SELECTING,
  PROP_ROOMY,
  PROP_ACCESSIBLE_TITLE,
  PROP_ACCESSIBLE_DESCRIPTION,
  N_PROPS,
};

enum
{
  STAR_CLICKED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static ReelHistoryCellPrivate *
get_private (ReelHistoryCell *self)
{
  return reel_history_cell_get_instance_private (self);
}

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

/* A change of classes costs a new style even where it changes nothing. */
static void
set_style (ReelHistoryCell *self, const char *style, const char *icon_name)
{
  ReelHistoryCellPrivate *priv = get_private (self);
  const char *classes[] = {"caption", "numeric", style, NULL};

  if (style != priv->style) {
    priv->style = style;
    gtk_widget_set_css_classes (GTK_WIDGET (priv->status), classes);
    gtk_widget_set_css_classes (GTK_WIDGET (priv->icon), classes + 2);
  }
  if (icon_name != priv->icon_name) {
    priv->icon_name = icon_name;
    gtk_image_set_from_icon_name (priv->icon, icon_name);
    gtk_widget_set_visible (GTK_WIDGET (priv->icon), icon_name != NULL);
  }
}

static void
set_description (ReelHistoryCell *self, const char *description)
{
  if (g_set_str (&get_private (self)->accessible_description, description))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCESSIBLE_DESCRIPTION]);
}

/* Where no heading tells the day, the time of another day says nothing. */
static char *
make_status (ReelHistoryCellPrivate *priv, const ReelJobRecord *record, gint64 usual, gint64 now)
{
  if (priv->dated && reel_job_record_get_state (record) == REEL_JOB_READY &&
      reel_time_text_get_day (record->created_at) != reel_time_text_get_day (now))
    return reel_time_text_make_day (record->created_at, now);

  return reel_job_text_make_status (record, reel_job_get_progress (priv->job), usual, now);
}

static void
update_status (ReelHistoryCell *self)
{
  ReelHistoryCellPrivate *priv = get_private (self);
  const ReelJobRecord *record;
  g_autofree char *status = NULL;
  gint64 usual = 0;

  if (priv->job == NULL)
    return;

  record = reel_job_get_record (priv->job);
  if (priv->usual_times != NULL && reel_job_record_is_running (record))
    usual = reel_usual_times_get (priv->usual_times, record);
  status = make_status (priv, record, usual, g_get_real_time ());
  if (g_strcmp0 (gtk_inscription_get_text (priv->status), status) != 0)
    gtk_inscription_set_text (priv->status, status);
}

static void
on_tick (ReelHistoryCell *self)
{
  update_status (self);
}

/* Ticks only while it is on the screen, and each second only while the job runs. */
static void
update_ticking (ReelHistoryCell *self)
{
  ReelHistoryCellPrivate *priv = get_private (self);
  gboolean wanted = gtk_widget_get_mapped (GTK_WIDGET (self)) && priv->job != NULL;
  gboolean seconds = wanted && reel_job_record_is_running (reel_job_get_record (priv->job));

  if (priv->tick != 0 && (!wanted || seconds != priv->tick_seconds)) {
    g_clear_signal_handler (&priv->tick, priv->ticker);
    reel_ticker_release (priv->ticker, priv->tick_seconds);
  }
  if (priv->tick == 0 && wanted) {
    priv->tick_seconds = seconds;
    reel_ticker_hold (priv->ticker, seconds);
    priv->tick = g_signal_connect_swapped (priv->ticker, "tick", G_CALLBACK (on_tick), self);
  }
}

/* What hides something keeps its place, so that nothing is laid out again. */
static void
on_filled (ReelHistoryCell *self)
{
  ReelHistoryCellPrivate *priv = get_private (self);
  gboolean filled = reel_poster_is_filled (priv->poster);

  gtk_widget_set_opacity (priv->placeholder, !filled && priv->job != NULL ? 1 : 0);
  gtk_widget_set_opacity (GTK_WIDGET (priv->length), filled && gtk_inscription_get_text (priv->length) != NULL ? 1 : 0);
}

static void
load_poster (ReelHistoryCell *self)
{
  ReelHistoryCellPrivate *priv = get_private (self);
  const ReelJobRecord *record = priv->job != NULL ? reel_job_get_record (priv->job) : NULL;
  g_autoptr (GFile) file = priv->job != NULL ? reel_job_dup_file (priv->job) : NULL;
  const char *key = NULL;

  if (file != NULL)
    key = record->file_sha256 != NULL ? record->file_sha256 : record->id;
  reel_poster_set_video (priv->poster, priv->posters, file, key);
  on_filled (self);
}

static void
update_star (ReelHistoryCell *self)
{
  ReelHistoryCellPrivate *priv = get_private (self);
  gboolean favourite = priv->job != NULL && reel_job_get_record (priv->job)->favourite;

  if (gtk_widget_has_css_class (GTK_WIDGET (priv->star), "set") == favourite)
    return;

  if (favourite)
    gtk_widget_add_css_class (GTK_WIDGET (priv->star), "set");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (priv->star), "set");
  gtk_button_set_icon_name (priv->star, favourite ? "starred-symbolic" : "star-outline-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (priv->star), GTK_ACCESSIBLE_STATE_PRESSED,
                               favourite ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

static void
update_state (ReelHistoryCell *self)
{
  ReelHistoryCellPrivate *priv = get_private (self);
  const ReelJobRecord *record = reel_job_get_record (priv->job);
  gboolean downloading =
      reel_job_get_state (priv->job) == REEL_JOB_DOWNLOADING && reel_job_get_progress (priv->job) >= 0;
  const char *icon_name, *style = get_style (record, &icon_name);

  set_style (self, style, icon_name);
  gtk_widget_set_visible (priv->spinner, reel_job_record_is_running (record) && !downloading);
  gtk_widget_set_visible (GTK_WIDGET (priv->bar), downloading);

  update_status (self);
  update_ticking (self);
}

static void
on_changed (ReelHistoryCell *self)
{
  const ReelJobRecord *record = reel_job_get_record (get_private (self)->job);
  g_autofree char *description = reel_job_text_make_description (record, -1);

  update_state (self);
  update_star (self);
  if (record->favourite) {
    g_autofree char *more = g_strconcat (description, " · ", _ ("Favourite"), NULL);

    set_description (self, more);
  } else {
    set_description (self, description);
  }
}

static void
on_progress (ReelHistoryCell *self)
{
  ReelHistoryCellPrivate *priv = get_private (self);

  gtk_progress_bar_set_fraction (priv->bar, CLAMP (reel_job_get_progress (priv->job), 0, 1));
  update_state (self);
}

static void
show_job (ReelHistoryCell *self)
{
  ReelHistoryCellPrivate *priv = get_private (self);
  const ReelJobRecord *record = reel_job_get_record (priv->job);
  g_autofree char *length = NULL;

  if (record->duration > 0)
    length = reel_time_text_make_elapsed (record->duration * G_TIME_SPAN_SECOND);
  gtk_inscription_set_text (priv->length, length);
  gtk_inscription_set_text (priv->title, reel_job_get_title (priv->job));
  reel_poster_set_aspect (priv->poster, reel_job_text_get_aspect (record));
  REEL_HISTORY_CELL_GET_CLASS (self)->show (self, record);
  on_progress (self);
  on_changed (self);
  load_poster (self);
}

static void
show_blank (ReelHistoryCell *self)
{
  ReelHistoryCellPrivate *priv = get_private (self);

  gtk_inscription_set_text (priv->length, NULL);
  gtk_inscription_set_text (priv->title, NULL);
  gtk_inscription_set_text (priv->status, NULL);
  REEL_HISTORY_CELL_GET_CLASS (self)->show (self, NULL);
  set_style (self, NULL, NULL);
  gtk_widget_set_visible (priv->spinner, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (priv->bar), FALSE);
  update_star (self);
  set_description (self, NULL);
  load_poster (self);
  update_ticking (self);
}

static void
set_job (ReelHistoryCell *self, ReelJob *job)
{
  ReelHistoryCellPrivate *priv = get_private (self);

  if (!g_set_object (&priv->job, job))
    return;

  g_signal_group_set_target (priv->job_signals, job);
  if (g_set_str (&priv->accessible_title, job != NULL ? reel_job_get_title (job) : NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCESSIBLE_TITLE]);
  if (job != NULL)
    show_job (self);
  else
    show_blank (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_JOB]);
}

static void
on_item_job (ReelHistoryCell *self)
{
  set_job (self, reel_history_item_get_job (get_private (self)->item));
}

static void
on_star_clicked (ReelHistoryCell *self)
{
  g_signal_emit (self, signals[STAR_CLICKED], 0);
}

/* When it was asked for, and what there may be no room for: made when it is looked at, not at each bind. */
static gboolean
on_query_tooltip (GtkWidget *status, int x, int y, gboolean keyboard, GtkTooltip *tooltip, ReelHistoryCell *self)
{
  ReelHistoryCellPrivate *priv = get_private (self);
  g_autofree char *exact = NULL, *both = NULL;

  if (priv->job == NULL)
    return FALSE;

  exact = reel_time_text_make_exact (reel_job_get_record (priv->job)->created_at);
  if (reel_job_get_state (priv->job) != REEL_JOB_READY)
    both = g_strconcat (gtk_inscription_get_text (priv->status), "\n", exact, NULL);
  gtk_tooltip_set_text (tooltip, both != NULL ? both : exact);

  return TRUE;
}

static GFile *
dup_file (gpointer data)
{
  ReelJob *job = get_private (data)->job;

  return job != NULL ? reel_job_dup_file (job) : NULL;
}

static void
reel_history_cell_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (reel_history_cell_parent_class)->map (widget);

  update_status (REEL_HISTORY_CELL (widget));
  update_ticking (REEL_HISTORY_CELL (widget));
}

static void
reel_history_cell_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (reel_history_cell_parent_class)->unmap (widget);

  update_ticking (REEL_HISTORY_CELL (widget));
}

static void
reel_history_cell_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelHistoryCellPrivate *priv = get_private (REEL_HISTORY_CELL (object));

  switch (id) {
  case PROP_JOB:
    g_value_set_object (value, priv->job);
    break;
  case PROP_CHECKED:
    g_value_set_boolean (value, priv->checked);
    break;
  case PROP_SELECTING:
    g_value_set_boolean (value, priv->selecting);
    break;
  case PROP_ROOMY:
    g_value_set_boolean (value, priv->roomy);
    break;
  case PROP_ACCESSIBLE_TITLE:
    g_value_set_string (value, priv->accessible_title);
    break;
  case PROP_ACCESSIBLE_DESCRIPTION:
    g_value_set_string (value, priv->accessible_description);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_history_cell_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ReelHistoryCellPrivate *priv = get_private (REEL_HISTORY_CELL (object));

  switch (id) {
  case PROP_CHECKED:
    priv->checked = g_value_get_boolean (value);
    gtk_check_button_set_active (priv->check, priv->checked);
    break;
  case PROP_SELECTING:
    priv->selecting = g_value_get_boolean (value);
    gtk_widget_set_visible (GTK_WIDGET (priv->check), priv->selecting);
    gtk_widget_set_visible (GTK_WIDGET (priv->star), !priv->selecting);
    break;
  case PROP_ROOMY:
    priv->roomy = g_value_get_boolean (value);
    gtk_inscription_set_min_lines (priv->status, priv->roomy ? 2 : 1);
    if (priv->roomy)
      gtk_widget_add_css_class (GTK_WIDGET (object), "roomy");
    else
      gtk_widget_remove_css_class (GTK_WIDGET (object), "roomy");
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_history_cell_dispose (GObject *object)
{
  ReelHistoryCellPrivate *priv = get_private (REEL_HISTORY_CELL (object));

  if (priv->tick != 0) {
    g_clear_signal_handler (&priv->tick, priv->ticker);
    reel_ticker_release (priv->ticker, priv->tick_seconds);
  }
  g_clear_object (&priv->job_signals);
  g_clear_object (&priv->job);
  g_clear_object (&priv->item_signals);
  g_clear_object (&priv->item);
  g_clear_object (&priv->usual_times);
  g_clear_object (&priv->ticker);
  g_clear_object (&priv->posters);
  gtk_widget_dispose_template (GTK_WIDGET (object), G_OBJECT_TYPE (object));

  G_OBJECT_CLASS (reel_history_cell_parent_class)->dispose (object);
}

static void
reel_history_cell_finalize (GObject *object)
{
  ReelHistoryCellPrivate *priv = get_private (REEL_HISTORY_CELL (object));

  g_free (priv->accessible_title);
  g_free (priv->accessible_description);

  G_OBJECT_CLASS (reel_history_cell_parent_class)->finalize (object);
}

static void
reel_history_cell_class_init (ReelHistoryCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = reel_history_cell_get_property;
  object_class->set_property = reel_history_cell_set_property;
  object_class->dispose = reel_history_cell_dispose;
  object_class->finalize = reel_history_cell_finalize;
  widget_class->map = reel_history_cell_map;
  widget_class->unmap = reel_history_cell_unmap;

  /**
   * ReelHistoryCell:job:
   *
   * The job, %NULL until it is read.
   */
  properties[PROP_JOB] = g_param_spec_object ("job", NULL, NULL, REEL_TYPE_JOB, flags);
  /**
   * ReelHistoryCell:checked:
   *
   * Whether its check box is set; for the selected state of its place.
   */
  properties[PROP_CHECKED] =
      g_param_spec_boolean ("checked", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  /**
   * ReelHistoryCell:selecting:
   *
   * Whether jobs are picked by check boxes: it has one then, and no star.
   */
  properties[PROP_SELECTING] =
      g_param_spec_boolean ("selecting", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  /**
   * ReelHistoryCell:roomy:
   *
   * Whether its words get more lines, as large text in a narrow window needs.
   */
  properties[PROP_ROOMY] =
      g_param_spec_boolean ("roomy", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  /**
   * ReelHistoryCell:accessible-title:
   *
   * What a screen reader calls it: the prompt.
   */
  properties[PROP_ACCESSIBLE_TITLE] = g_param_spec_string ("accessible-title", NULL, NULL, NULL, flags);
  /**
   * ReelHistoryCell:accessible-description:
   *
   * What a screen reader adds: the state, the price, the settings, and whether it is a favourite.
   */
  properties[PROP_ACCESSIBLE_DESCRIPTION] = g_param_spec_string ("accessible-description", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * ReelHistoryCell::star-clicked:
   *
   * Emitted when a person makes the job a favourite, or no longer one.
   */
  signals[STAR_CLICKED] =
      g_signal_new ("star-clicked", REEL_TYPE_HISTORY_CELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (REEL_TYPE_POSTER);
}

static void
reel_history_cell_init (ReelHistoryCell *self)
{
  ReelHistoryCellPrivate *priv = get_private (self);

  priv->item_signals = g_signal_group_new (REEL_TYPE_HISTORY_ITEM);
  g_signal_group_connect_swapped (priv->item_signals, "notify::job", G_CALLBACK (on_item_job), self);
  priv->job_signals = g_signal_group_new (REEL_TYPE_JOB);
  g_signal_group_connect_swapped (priv->job_signals, "changed", G_CALLBACK (on_changed), self);
  g_signal_group_connect_swapped (priv->job_signals, "notify::progress", G_CALLBACK (on_progress), self);
  g_signal_group_connect_swapped (priv->job_signals, "notify::file", G_CALLBACK (load_poster), self);
}

/**
 * reel_history_cell_class_set_template:
 * @widget_class: the class of a kind of cell
 * @css_name: its name for style sheets
 * @resource: the path of its template
 *
 * Sets the template of a kind of cell, with the children that every kind has. Call it when the class is made.
 */
void
reel_history_cell_class_set_template (GtkWidgetClass *widget_class, const char *css_name, const char *resource)
{
#define BIND(name)                                                                                                     \
  gtk_widget_class_bind_template_child_full (widget_class, #name, FALSE, G_PRIVATE_OFFSET (ReelHistoryCell, name))

  gtk_widget_class_set_css_name (widget_class, css_name);
  gtk_widget_class_set_template_from_resource (widget_class, resource);
  BIND (poster);
  BIND (placeholder);
  BIND (length);
  BIND (title);
  BIND (spinner);
  BIND (icon);
  BIND (status);
  BIND (bar);
  BIND (star);
  BIND (check);
  gtk_widget_class_bind_template_callback (widget_class, on_star_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_query_tooltip);

#undef BIND
}

/**
 * reel_history_cell_init_template:
 *
 * Makes the children of a cell. Call it when the cell is made.
 */
void
reel_history_cell_init_template (ReelHistoryCell *self)
{
  ReelHistoryCellPrivate *priv = get_private (self);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_state (GTK_ACCESSIBLE (priv->star), GTK_ACCESSIBLE_STATE_PRESSED, GTK_ACCESSIBLE_TRISTATE_FALSE,
                               -1);
  reel_file_drag_add (GTK_WIDGET (self), GTK_WIDGET (priv->poster), dup_file, self);
  g_signal_connect_object (priv->poster, "notify::filled", G_CALLBACK (on_filled), self, G_CONNECT_SWAPPED);
}

/**
 * reel_history_cell_set_up:
 * @posters: (nullable) (transfer none): where pictures come from
 * @ticker: (transfer none): what makes running times run
 * @usual_times: (nullable) (transfer none): how long jobs usually take
 *
 * Gives a cell what it needs to show jobs. Call it once.
 */
void
reel_history_cell_set_up (ReelHistoryCell *self,
                          ReelPosterCache *posters,
                          ReelTicker *ticker,
                          ReelUsualTimes *usual_times)
{
  ReelHistoryCellPrivate *priv = get_private (self);

  g_return_if_fail (REEL_IS_HISTORY_CELL (self) && priv->ticker == NULL);

  priv->posters = posters != NULL ? g_object_ref (posters) : NULL;
  priv->ticker = g_object_ref (ticker);
  priv->usual_times = usual_times != NULL ? g_object_ref (usual_times) : NULL;
}

/**
 * reel_history_cell_set_dated:
 * @dated: whether it tells the day, which no heading does
 *
 * Sets how the time of a job is told, for the next item.
 */
void
reel_history_cell_set_dated (ReelHistoryCell *self, gboolean dated)
{
  g_return_if_fail (REEL_IS_HISTORY_CELL (self));

  get_private (self)->dated = dated;
}

/**
 * reel_history_cell_get_job:
 *
 * Returns: (transfer none) (nullable): the job, %NULL until it is read
 */
ReelJob *
reel_history_cell_get_job (ReelHistoryCell *self)
{
  g_return_val_if_fail (REEL_IS_HISTORY_CELL (self), NULL);

  return get_private (self)->job;
}

/**
 * reel_history_cell_set_item:
 * @item: (nullable) (transfer none): a place of the history
 *
 * Shows the job of a place, as soon as it is read.
 */
void
reel_history_cell_set_item (ReelHistoryCell *self, ReelHistoryItem *item)
{
  ReelHistoryCellPrivate *priv = get_private (self);

  g_return_if_fail (REEL_IS_HISTORY_CELL (self));

  if (!g_set_object (&priv->item, item))
    return;

  g_signal_group_set_target (priv->item_signals, item);
  set_job (self, item != NULL ? reel_history_item_get_job (item) : NULL);
}
