#include "config.h"

#include "reel-history-model.h"

#include "reel-job-watch.h"
#include "reel-time-text.h"

/**
 * ReelHistoryModel:
 *
 * The jobs that the history shows: a #GListModel of #ReelJob, the newest first, with a section for each day.
 *
 * A job whose state changes enters or leaves the group that is shown. The days are found by bisection, so that ten
 * thousand jobs cost no more than ten.
 */
struct _ReelHistoryModel
{
  GObject parent_instance;

  ReelJobWatch *watch;
  ReelHistoryFilter *filter;
  GtkFilterListModel *filtered;
};

static GType
get_item_type (GListModel *list)
{
  return REEL_TYPE_JOB;
}

static guint
get_n_items (GListModel *list)
{
  ReelHistoryModel *self = REEL_HISTORY_MODEL (list);

  return self->filtered != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->filtered)) : 0;
}

static gpointer
get_item (GListModel *list, guint position)
{
  ReelHistoryModel *self = REEL_HISTORY_MODEL (list);

  return self->filtered != NULL ? g_list_model_get_item (G_LIST_MODEL (self->filtered), position) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static int
get_day_at (ReelHistoryModel *self, guint position)
{
  g_autoptr (ReelJob) job = g_list_model_get_item (G_LIST_MODEL (self->filtered), position);

  return reel_time_text_get_day (reel_job_get_record (job)->created_at);
}

/* The first position from @low on, before @high, whose day is earlier than @day; @high where there is none. */
static guint
find_earlier (ReelHistoryModel *self, guint low, guint high, int day)
{
  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (get_day_at (self, middle) < day)
      high = middle;
    else
      low = middle + 1;
  }

  return low;
}

static void
get_section (GtkSectionModel *model, guint position, guint *start, guint *end)
{
  ReelHistoryModel *self = REEL_HISTORY_MODEL (model);
  guint n = get_n_items (G_LIST_MODEL (self));
  int day;

  if (position >= n) {
    *start = n;
    *end = G_MAXUINT;
    return;
  }

  day = get_day_at (self, position);
  *start = find_earlier (self, 0, position, day + 1);
  *end = find_earlier (self, position + 1, n, day);
}

static void
section_model_init (GtkSectionModelInterface *iface)
{
  iface->get_section = get_section;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ReelHistoryModel,
                               reel_history_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SECTION_MODEL, section_model_init))

static void
on_state_changed (ReelHistoryModel *self)
{
  if (reel_history_filter_get_group (self->filter) != REEL_HISTORY_ALL)
    gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
on_filtered_changed (ReelHistoryModel *self, guint position, guint removed, guint added, GListModel *filtered)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
reel_history_model_dispose (GObject *object)
{
  ReelHistoryModel *self = REEL_HISTORY_MODEL (object);

  g_clear_object (&self->filtered);
  g_clear_object (&self->filter);
  g_clear_object (&self->watch);

  G_OBJECT_CLASS (reel_history_model_parent_class)->dispose (object);
}

static void
reel_history_model_class_init (ReelHistoryModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reel_history_model_dispose;
}

static void
reel_history_model_init (ReelHistoryModel *self)
{
  self->filter = reel_history_filter_new ();
}

/**
 * reel_history_model_new:
 * @jobs: (transfer none): the history, the newest first
 *
 * Makes a model that shows every job.
 *
 * Returns: (transfer full): the model
 */
ReelHistoryModel *
reel_history_model_new (GListModel *jobs)
{
  ReelHistoryModel *self = g_object_new (REEL_TYPE_HISTORY_MODEL, NULL);

  g_return_val_if_fail (G_IS_LIST_MODEL (jobs), self);

  self->filtered = gtk_filter_list_model_new (NULL, GTK_FILTER (g_object_ref (self->filter)));
  g_signal_connect_object (self->filtered, "items-changed", G_CALLBACK (on_filtered_changed), self, G_CONNECT_SWAPPED);
  reel_history_model_set_jobs (self, jobs);

  return self;
}

/**
 * reel_history_model_set_jobs:
 * @jobs: (transfer none): other jobs, the newest first
 *
 * Shows the jobs of another list.
 */
void
reel_history_model_set_jobs (ReelHistoryModel *self, GListModel *jobs)
{
  g_return_if_fail (REEL_IS_HISTORY_MODEL (self) && G_IS_LIST_MODEL (jobs));

  g_clear_object (&self->watch);
  self->watch = reel_job_watch_new (jobs);
  g_signal_connect_object (self->watch, "state-changed", G_CALLBACK (on_state_changed), self, G_CONNECT_SWAPPED);
  gtk_filter_list_model_set_model (self->filtered, jobs);
}

/**
 * reel_history_model_get_filter:
 *
 * Returns: (transfer none): what picks the jobs
 */
ReelHistoryFilter *
reel_history_model_get_filter (ReelHistoryModel *self)
{
  g_return_val_if_fail (REEL_IS_HISTORY_MODEL (self), NULL);

  return self->filter;
}

/**
 * reel_history_model_find:
 * @job: (nullable): a job
 *
 * Finds where a job stands.
 *
 * Returns: its position, or %GTK_INVALID_LIST_POSITION where it is not shown
 */
guint
reel_history_model_find (ReelHistoryModel *self, ReelJob *job)
{
  guint n;

  g_return_val_if_fail (REEL_IS_HISTORY_MODEL (self), GTK_INVALID_LIST_POSITION);

  n = job != NULL ? get_n_items (G_LIST_MODEL (self)) : 0;
  for (guint i = 0; i < n; i++) {
    g_autoptr (ReelJob) other = get_item (G_LIST_MODEL (self), i);

    if (other == job)
      return i;
  }

  return GTK_INVALID_LIST_POSITION;
}

/**
 * reel_history_model_refresh_days:
 *
 * Tells that the names of the days are others: a midnight has passed.
 */
void
reel_history_model_refresh_days (ReelHistoryModel *self)
{
  guint n;

  g_return_if_fail (REEL_IS_HISTORY_MODEL (self));

  n = get_n_items (G_LIST_MODEL (self));
  if (n > 0)
    gtk_section_model_sections_changed (GTK_SECTION_MODEL (self), 0, n);
}
