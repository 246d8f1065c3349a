#include "config.h"

#include "reel-notifier.h"

#include <glib/gi18n-lib.h>

#include "reel-job-watch.h"
#include "reel-notification-text.h"

/* From so many jobs on that there is the same news of, one notification tells of all. */
#define SUM_FROM 4

/* How long news is gathered before it is told, in milliseconds: jobs of one batch end close together. */
#define GATHER_TIME 500

/**
 * ReelNotifier:
 *
 * Tells the desktop what became of jobs while nobody looks at the window, and takes it back when somebody does.
 *
 * The notification of a job has the same id in every run, so that a later run can take back what an earlier one told.
 */
struct _ReelNotifier
{
  GObject parent_instance;

  GApplication *application; /* not owned: it owns us */
  ReelJobList *jobs;
  ReelJobWatch *watch;
  GSignalGroup *window_signals;
  GHashTable *unseen;      /* id -> Item */
  guint sums[REEL_N_NEWS]; /* what a sum that is shown tells of, 0 where none is shown */
  gboolean has_looked;     /* a person, in this run */
  gint64 since;            /* microseconds since 1970 in UTC */
  guint gather_id;
};

G_DEFINE_FINAL_TYPE (ReelNotifier, reel_notifier, G_TYPE_OBJECT)

/* News of a job that nobody has seen. */
typedef struct
{
  ReelJob *job; /* owned */
  ReelNews news;
  gboolean is_told; /* by a notification of its own */
} Item;

static void
item_free (gpointer data)
{
  Item *item = data;

  g_object_unref (item->job);
  g_free (item);
}

static char *
make_id (const char *job_id)
{
  return g_strconcat ("job-", job_id, NULL);
}

static const char *
get_sum_id (ReelNews news)
{
  static const char *const ids[REEL_N_NEWS] = {
      [REEL_NEWS_READY] = "jobs-ready",
      [REEL_NEWS_FAILED] = "jobs-failed",
      [REEL_NEWS_UNKNOWN] = "jobs-unknown",
  };

  return ids[news];
}

static GNotification *
make_notification (ReelErrorText *text, ReelNews news)
{
  GNotification *notification = g_notification_new (text->title);

  g_notification_set_body (notification, text->body);
  g_notification_set_category (notification, news == REEL_NEWS_READY ? "transfer.complete" : "transfer.error");
  if (news == REEL_NEWS_UNKNOWN)
    g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_URGENT);

  return notification;
}

static void
tell (ReelNotifier *self, Item *item)
{
  const char *job_id = reel_job_get_id (item->job);
  g_autoptr (ReelErrorText) text =
      reel_notification_text_make (reel_job_get_record (item->job), reel_job_get_title (item->job));
  g_autoptr (GNotification) notification = make_notification (text, item->news);
  g_autofree char *id = make_id (job_id);

  g_notification_set_default_action_and_target (notification, "app.open-job", "s", job_id);
  if (item->news == REEL_NEWS_READY) {
    g_notification_add_button_with_target (notification, _ ("Play"), "app.open-job", "s", job_id);
    g_notification_add_button_with_target (notification, _ ("Show in Files"), "app.show-in-files", "s", job_id);
  }
  g_application_send_notification (self->application, id, notification);
  item->is_told = TRUE;
}

static void
tell_sum (ReelNotifier *self, ReelNews news, guint n)
{
  g_autoptr (ReelErrorText) text = reel_notification_text_make_sum (news, n);
  g_autoptr (GNotification) notification = make_notification (text, news);

  g_application_send_notification (self->application, get_sum_id (news), notification);
  self->sums[news] = n;
}

static void
take_back (ReelNotifier *self, const char *job_id)
{
  g_autofree char *id = make_id (job_id);

  g_application_withdraw_notification (self->application, id);
}

static void
take_sum_back (ReelNotifier *self, ReelNews news)
{
  g_application_withdraw_notification (self->application, get_sum_id (news));
  self->sums[news] = 0;
}

/* Tells of all jobs of one kind: of each by itself, or of all at once. */
static void
tell_news (ReelNotifier *self, ReelNews news)
{
  GHashTableIter iter;
  Item *item;
  gboolean is_sum;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->unseen);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&item))
    n += item->news == news;
  is_sum = n >= SUM_FROM || (n > 0 && self->sums[news] > 0);

  g_hash_table_iter_init (&iter, self->unseen);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&item)) {
    if (item->news != news || item->is_told != is_sum)
      continue;
    if (is_sum)
      take_back (self, reel_job_get_id (item->job));
    else
      tell (self, item);
    item->is_told = !is_sum;
  }

  if (is_sum && self->sums[news] != n)
    tell_sum (self, news, n);
  else if (!is_sum && self->sums[news] > 0)
    take_sum_back (self, news);
}

static gboolean
on_gathered (gpointer data)
{
  ReelNotifier *self = data;

  self->gather_id = 0;
  for (ReelNews news = REEL_NEWS_READY; news < REEL_N_NEWS; news++)
    tell_news (self, news);

  return G_SOURCE_REMOVE;
}

static void
gather (ReelNotifier *self)
{
  if (self->gather_id == 0)
    self->gather_id = g_timeout_add (GATHER_TIME, on_gathered, self);
}

static void
forget (ReelNotifier *self, const char *job_id)
{
  Item *item = g_hash_table_lookup (self->unseen, job_id);

  if (item == NULL)
    return;

  if (item->is_told)
    take_back (self, job_id);
  else
    gather (self);
  g_hash_table_remove (self->unseen, job_id);
}

static ReelWindow *
dup_active_window (ReelNotifier *self)
{
  g_autoptr (ReelWindow) window = g_signal_group_dup_target (self->window_signals);

  return window != NULL && gtk_window_is_active (GTK_WINDOW (window)) ? g_steal_pointer (&window) : NULL;
}

static ReelNews
get_news (ReelNotifier *self, ReelJob *job)
{
  const ReelJobRecord *record = reel_job_get_record (job);
  ReelNews news = reel_notification_text_get_news (record);
  g_autoptr (ReelWindow) window = dup_active_window (self);

  /* The window tells it itself, and what was hidden or deleted is of no interest. */
  if (window != NULL || reel_job_list_lookup (self->jobs, record->id) == NULL)
    return REEL_NEWS_NONE;
  /* The start finds out what an earlier run left behind. */
  if (news == REEL_NEWS_UNKNOWN && record->sent_at < self->since)
    return REEL_NEWS_NONE;

  return news;
}

static void
on_state_changed (ReelNotifier *self, ReelJob *job)
{
  const char *id = reel_job_get_id (job);
  ReelNews news = get_news (self, job);
  Item *item;

  forget (self, id);
  if (news == REEL_NEWS_NONE)
    return;

  item = g_new0 (Item, 1);
  item->job = g_object_ref (job);
  item->news = news;
  g_hash_table_insert (self->unseen, g_strdup (id), item);
  gather (self);
}

/* What is out of sight is not told of any more. */
static void
on_items_changed (ReelNotifier *self, guint position, guint removed, guint added)
{
  g_autoptr (GPtrArray) gone = NULL;
  GHashTableIter iter;
  gpointer id;

  if (removed == 0)
    return;

  gone = g_ptr_array_new_with_free_func (g_free);
  g_hash_table_iter_init (&iter, self->unseen);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (reel_job_list_lookup (self->jobs, id) == NULL)
      g_ptr_array_add (gone, g_strdup (id));
  for (guint i = 0; i < gone->len; i++)
    forget (self, gone->pdata[i]);
}

static gboolean
is_summed (gpointer key, gpointer value, gpointer data)
{
  ReelNotifier *self = data;
  const Item *item = value;

  return self->sums[item->news] > 0;
}

/* A person looks at the window: at all that a sum tells of, and at one job. */
static void
look (ReelNotifier *self)
{
  g_autoptr (ReelWindow) window = dup_active_window (self);
  ReelJob *job;

  if (window == NULL)
    return;

  g_hash_table_foreach_remove (self->unseen, is_summed, self);
  for (ReelNews news = REEL_NEWS_READY; news < REEL_N_NEWS; news++)
    if (self->sums[news] > 0 || !self->has_looked)
      take_sum_back (self, news);
  self->has_looked = TRUE;

  job = reel_window_get_shown_job (window);
  if (job != NULL) {
    take_back (self, reel_job_get_id (job));
    g_hash_table_remove (self->unseen, reel_job_get_id (job));
  }
}

static void
reel_notifier_dispose (GObject *object)
{
  ReelNotifier *self = REEL_NOTIFIER (object);

  g_clear_handle_id (&self->gather_id, g_source_remove);
  g_signal_group_set_target (self->window_signals, NULL);
  g_clear_object (&self->watch);

  G_OBJECT_CLASS (reel_notifier_parent_class)->dispose (object);
}

static void
reel_notifier_finalize (GObject *object)
{
  ReelNotifier *self = REEL_NOTIFIER (object);

  g_object_unref (self->window_signals);
  g_hash_table_unref (self->unseen);
  g_object_unref (self->jobs);

  G_OBJECT_CLASS (reel_notifier_parent_class)->finalize (object);
}

static void
reel_notifier_class_init (ReelNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reel_notifier_dispose;
  G_OBJECT_CLASS (klass)->finalize = reel_notifier_finalize;
}

static void
reel_notifier_init (ReelNotifier *self)
{
  self->since = g_get_real_time ();
  self->unseen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, item_free);
  self->window_signals = g_signal_group_new (REEL_TYPE_WINDOW);
  g_signal_group_connect_swapped (self->window_signals, "notify::is-active", G_CALLBACK (look), self);
  g_signal_group_connect_swapped (self->window_signals, "notify::shown-job", G_CALLBACK (look), self);
}

/**
 * reel_notifier_new:
 * @application: (transfer none): the application, which owns the result
 * @jobs: (transfer none): the jobs to which something may happen
 *
 * Starts to tell what becomes of jobs.
 *
 * Returns: (transfer full): the notifier
 */
ReelNotifier *
reel_notifier_new (GApplication *application, ReelJobList *jobs)
{
  ReelNotifier *self = g_object_new (REEL_TYPE_NOTIFIER, NULL);

  self->application = application;
  self->jobs = g_object_ref (jobs);
  self->watch = reel_job_watch_new (G_LIST_MODEL (jobs));
  g_signal_connect_object (self->watch, "state-changed", G_CALLBACK (on_state_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (jobs, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * reel_notifier_set_window:
 * @window: (nullable) (transfer none): the window
 *
 * Sets the window: while it is active, nothing is told.
 */
void
reel_notifier_set_window (ReelNotifier *self, ReelWindow *window)
{
  g_return_if_fail (REEL_IS_NOTIFIER (self));

  g_signal_group_set_target (self->window_signals, window);
}

/**
 * reel_notifier_flush:
 *
 * Tells now what was gathered.
 */
void
reel_notifier_flush (ReelNotifier *self)
{
  g_return_if_fail (REEL_IS_NOTIFIER (self));

  if (self->gather_id == 0)
    return;

  g_clear_handle_id (&self->gather_id, g_source_remove);
  on_gathered (self);
}
