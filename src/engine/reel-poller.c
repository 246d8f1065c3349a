#include "config.h"

#include "reel-poller.h"

#include "reel-alarm.h"
#include "reel-error.h"
#include "reel-job-news.h"
#include "reel-poll-lane.h"
#include "reel-poll-schedule.h"
#include "reel-uri.h"

/* From this many failures of the network in a row on, the job shows why there is no news. */
#define SHOWN_AFTER 3

/* What a job pays for its turn where there are more jobs than the budget has room for: one that is being processed is
 * nearer to its end than one that waits, and is asked about twice as often. */
#define SHARE_PROCESSING 1
#define SHARE_WAITING    2

/**
 * ReelPoller:
 *
 * Asks for the states of all running jobs, within one budget of requests for each account, until each is final. It
 * never gives up: it waits longer after failures, as long as the service asks for, and for the network to return.
 *
 * ReelPoller::succeeded (job) says that a video is ready to be downloaded and that this is written.
 */
struct _ReelPoller
{
  GObject parent_instance;

  ReelJobBook *book;
  ReelAccounts *accounts;
  GNetworkMonitor *monitor;
  gint64 interval; /* microseconds */
  guint requests_per_minute;

  GHashTable *entries; /* ReelJob -> Entry */
  GHashTable *lanes;   /* account id -> ReelPollLane */
  ReelAlarm *alarm;
  GCancellable *running;
};

G_DEFINE_FINAL_TYPE (ReelPoller, reel_poller, G_TYPE_OBJECT)

enum
{
  SUCCEEDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* A job that is polled. */
typedef struct
{
  ReelPollItem item; /* first, so that one is the other */
  ReelJob *job;      /* owned */
  ReelPollLane *lane;
  guint n_failures;
  gboolean asking;  /* its request is on its way */
  gboolean again;   /* it is to be asked about at once when the request on its way has ended */
  GPtrArray *tasks; /* GTask: who waits for the next answer; nullable */
  char *error;      /* the last failure that was written as an event */
} Entry;

/* A request on its way, or a change on its way to the disk. */
typedef struct
{
  ReelPoller *poller; /* owned */
  ReelJob *job;       /* owned */
} Asking;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  reel_poll_queue_remove (reel_poll_lane_get_queue (entry->lane), &entry->item);
  g_object_unref (entry->job);
  g_clear_pointer (&entry->tasks, g_ptr_array_unref);
  g_free (entry->error);
  g_free (entry);
}

static Asking *
asking_new (ReelPoller *self, ReelJob *job)
{
  Asking *asking = g_new0 (Asking, 1);

  asking->poller = g_object_ref (self);
  asking->job = g_object_ref (job);

  return asking;
}

static void
asking_free (Asking *asking)
{
  g_object_unref (asking->poller);
  g_object_unref (asking->job);
  g_free (asking);
}

static ReelPollLane *
ensure_lane (ReelPoller *self, const char *account_id)
{
  ReelPollLane *lane = g_hash_table_lookup (self->lanes, account_id);

  if (lane == NULL) {
    lane = reel_poll_lane_new (account_id, self->requests_per_minute);
    g_hash_table_insert (self->lanes, g_strdup (account_id), lane);
  }

  return lane;
}

static Entry *
get_entry (ReelPoller *self, ReelJob *job)
{
  return g_hash_table_lookup (self->entries, job);
}

static Entry *
ensure_entry (ReelPoller *self, ReelJob *job)
{
  const ReelJobRecord *record = reel_job_book_peek (self->book, job);
  Entry *entry = get_entry (self, job);

  if (entry != NULL)
    return entry;

  entry = g_new0 (Entry, 1);
  entry->item.accepted_at = record->accepted_at;
  entry->job = g_object_ref (job);
  entry->lane = ensure_lane (self, record->account_id);
  g_hash_table_insert (self->entries, job, entry);

  return entry;
}

static gint64
get_age (Entry *entry)
{
  return MAX (g_get_real_time () - entry->item.accepted_at, 0);
}

static gboolean
is_final (ReelPoller *self, ReelJob *job)
{
  return reel_service_status_is_final (reel_job_book_peek (self->book, job)->status);
}

/* Puts an entry whose request is not on its way into the line, so that it is asked about at that time. */
static void
queue (ReelPoller *self, Entry *entry, gint64 due, gboolean urgent)
{
  gboolean processing = reel_job_book_peek (self->book, entry->job)->status == REEL_SERVICE_PROCESSING;
  ReelPollRank rank = reel_poll_schedule_is_young (get_age (entry)) ? REEL_POLL_YOUNG : REEL_POLL_OLD;

  reel_poll_queue_put (reel_poll_lane_get_queue (entry->lane), &entry->item, due, urgent ? REEL_POLL_URGENT : rank,
                       processing ? SHARE_PROCESSING : SHARE_WAITING);
}

/* When the next request of an account may go out. */
static gint64
get_time (ReelPoller *self, ReelPollLane *lane)
{
  ReelClient *client = reel_accounts_get_client (self->accounts, reel_poll_lane_get_account_id (lane));

  if (client == NULL || (!g_network_monitor_get_network_available (self->monitor) &&
                         !reel_uri_is_loopback (reel_client_get_base_url (client))))
    return REEL_ALARM_NEVER;

  return reel_poll_lane_get_next (lane);
}

/* Sets the alarm to when the next request may go out. */
static void
arm (ReelPoller *self)
{
  gint64 next = REEL_ALARM_NEVER;
  GHashTableIter iter;
  ReelPollLane *lane;

  if (g_cancellable_is_cancelled (self->running))
    return;

  g_hash_table_iter_init (&iter, self->lanes);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&lane))
    next = MIN (next, get_time (self, lane));
  reel_alarm_set (self->alarm, next);
}

static GPtrArray *
make_tasks (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

static void
move_tasks (Entry *entry, GPtrArray *tasks)
{
  if (entry->tasks != NULL)
    g_ptr_array_extend_and_steal (tasks, g_steal_pointer (&entry->tasks));
}

/* A task may call back from within its return: nothing of this object may be in the middle of a change then. */
static void
return_tasks (GPtrArray *tasks, const GError *error)
{
  for (guint i = 0; i < tasks->len; i++) {
    if (error != NULL)
      g_task_return_error (tasks->pdata[i], g_error_copy (error));
    else
      g_task_return_boolean (tasks->pdata[i], TRUE);
  }
}

static void
on_succeeded (GObject *source, GAsyncResult *result, gpointer data)
{
  Asking *written = data;
  g_autoptr (ReelPoller) self = written->poller;
  g_autoptr (ReelJob) job = written->job;

  g_free (written);
  reel_job_book_commit_finish (REEL_JOB_BOOK (source), result, NULL);
  g_signal_emit (self, signals[SUCCEEDED], 0, job);
}

/* The key is not accepted: until it is, or another one comes, one request now and then is enough for all jobs. */
static void
refuse (ReelPoller *self, ReelPollLane *lane, const GError *error, GPtrArray *tasks)
{
  GHashTableIter iter;
  Entry *entry;

  if (!reel_poll_lane_refuse (lane, error))
    return;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&entry)) {
    if (entry->lane != lane)
      continue;
    reel_job_news_take_error (self->book, entry->job, error);
    move_tasks (entry, tasks);
  }
}

/* What kept the jobs of an account is gone: whatever waits is tried at once. */
static void
hurry (ReelPoller *self, ReelPollLane *lane)
{
  GHashTableIter iter;
  Entry *entry;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&entry))
    if (entry->lane == lane)
      entry->n_failures = 0;
  reel_poll_queue_hurry (reel_poll_lane_get_queue (lane), g_get_monotonic_time ());
}

static gint64
make_pause (ReelPoller *self, guint n_failures, gint64 retry_after)
{
  return reel_poll_schedule_pause (self->interval, n_failures, retry_after, g_random_double ());
}

/* Returns how long to wait before the job is asked about again, microseconds. */
static gint64
take_error (ReelPoller *self, Entry *entry, const GError *error, GPtrArray *tasks)
{
  gint64 now = g_get_monotonic_time (), retry_after = reel_error_get_retry_after (error);
  guint http_status = reel_error_get_http_status (error);
  gint64 pause = make_pause (self, ++entry->n_failures, retry_after);

  if (g_set_str (&entry->error, error->message))
    reel_job_book_add_event (self->book, entry->job, "error", http_status, error->message);
  if (retry_after >= 0)
    reel_poll_lane_pause (entry->lane, now + pause);

  if (g_error_matches (error, REEL_ERROR, REEL_ERROR_UNAUTHORIZED)) {
    refuse (self, entry->lane, error, tasks);
  } else if (g_error_matches (error, REEL_ERROR, REEL_ERROR_RATE_LIMITED)) {
    guint n_limits = reel_poll_lane_limit (entry->lane);

    if (retry_after < 0)
      reel_poll_lane_pause (entry->lane, now + make_pause (self, n_limits, -1));
  } else if (http_status >= 400 && http_status < 500) {
    if (http_status == 404)
      reel_job_news_take_not_found (self->book, entry->job, error);
    else
      reel_job_news_take_error (self->book, entry->job, error);
    pause = MAX (pause, reel_poll_schedule_slow_interval (self->interval));
  } else if (entry->n_failures >= SHOWN_AFTER) {
    reel_job_news_take_error (self->book, entry->job, error);
  }
  if (reel_poll_lane_get_refused (entry->lane) != NULL)
    reel_poll_lane_pause (entry->lane, now + reel_poll_schedule_slowest_interval (self->interval));

  return pause;
}

/* Returns how long to wait before the job is asked about again, microseconds. */
static gint64
take_generation (ReelPoller *self, Entry *entry, const ReelGeneration *generation)
{
  Asking *written = asking_new (self, entry->job);

  entry->n_failures = 0;
  g_clear_pointer (&entry->error, g_free);
  if (reel_poll_lane_accept (entry->lane))
    hurry (self, entry->lane);
  if (!reel_job_news_take_generation (self->book, entry->job, generation, on_succeeded, written))
    asking_free (written);

  return reel_poll_schedule_interval (self->interval, get_age (entry));
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  Asking *asking = data;
  g_autoptr (ReelPoller) self = g_object_ref (asking->poller);
  g_autoptr (ReelJob) job = g_object_ref (asking->job);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelGeneration) generation = reel_client_get_generation_finish (REEL_CLIENT (source), result, &error);
  g_autoptr (GPtrArray) tasks = make_tasks ();
  Entry *entry = get_entry (self, job);

  asking_free (asking);
  if (entry == NULL)
    return;

  entry->asking = FALSE;
  reel_poll_lane_end (entry->lane);
  if (reel_job_book_contains (self->book, job)) {
    gint64 pause =
        generation != NULL ? take_generation (self, entry, generation) : take_error (self, entry, error, tasks);

    queue (self, entry, g_get_monotonic_time () + (entry->again ? 0 : pause), entry->again);
  }
  move_tasks (entry, tasks);
  if (!reel_job_book_contains (self->book, job) || is_final (self, job))
    g_hash_table_remove (self->entries, job);
  arm (self);
  return_tasks (tasks, error);
}

static void
ask (ReelPoller *self, ReelPollLane *lane, Entry *entry)
{
  entry->asking = TRUE;
  entry->again = FALSE;
  reel_client_get_generation_async (reel_accounts_get_client (self->accounts, reel_poll_lane_get_account_id (lane)),
                                    reel_job_book_peek (self->book, entry->job)->request_id, self->running, on_answer,
                                    asking_new (self, entry->job));
}

static void
on_alarm (gpointer data)
{
  ReelPoller *self = data;
  gint64 now = g_get_monotonic_time ();
  GHashTableIter iter;
  ReelPollLane *lane;

  g_hash_table_iter_init (&iter, self->lanes);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&lane))
    while (get_time (self, lane) <= now)
      ask (self, lane, (Entry *)reel_poll_lane_take (lane, now));
  arm (self);
}

static void
on_network_changed (ReelPoller *self)
{
  GHashTableIter iter;
  ReelPollLane *lane;

  if (g_network_monitor_get_network_available (self->monitor)) {
    g_hash_table_iter_init (&iter, self->lanes);
    while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&lane))
      hurry (self, lane);
  }
  arm (self);
}

static void
on_client_changed (ReelPoller *self, const char *account_id)
{
  ReelPollLane *lane = g_hash_table_lookup (self->lanes, account_id);

  if (lane != NULL) {
    reel_poll_lane_reset (lane);
    hurry (self, lane);
  }
  arm (self);
}

static void
reel_poller_dispose (GObject *object)
{
  ReelPoller *self = REEL_POLLER (object);

  reel_poller_stop (self);

  G_OBJECT_CLASS (reel_poller_parent_class)->dispose (object);
}

static void
reel_poller_finalize (GObject *object)
{
  ReelPoller *self = REEL_POLLER (object);

  reel_alarm_free (self->alarm);
  g_hash_table_unref (self->entries);
  g_hash_table_unref (self->lanes);
  g_object_unref (self->running);
  g_object_unref (self->monitor);
  g_object_unref (self->accounts);
  g_object_unref (self->book);

  G_OBJECT_CLASS (reel_poller_parent_class)->finalize (object);
}

static void
reel_poller_class_init (ReelPollerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = reel_poller_dispose;
  object_class->finalize = reel_poller_finalize;

  signals[SUCCEEDED] = g_signal_new ("succeeded", REEL_TYPE_POLLER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                     1, REEL_TYPE_JOB);
}

static void
reel_poller_init (ReelPoller *self)
{
  self->entries = g_hash_table_new_full (NULL, NULL, NULL, entry_free);
  self->lanes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)reel_poll_lane_free);
  self->running = g_cancellable_new ();
  self->alarm = reel_alarm_new ("reel-poller", on_alarm, self);
}

/**
 * reel_poller_new:
 * @book: where answers are written
 * @accounts: whose clients ask
 * @monitor: tells whether there is a network
 * @poll_interval: the shortest time between two requests of one job, milliseconds
 * @requests_per_minute: what all jobs of an account share
 *
 * Makes a poller.
 *
 * Returns: (transfer full): the poller; end it with reel_poller_stop()
 */
ReelPoller *
reel_poller_new (ReelJobBook *book,
                 ReelAccounts *accounts,
                 GNetworkMonitor *monitor,
                 guint poll_interval,
                 guint requests_per_minute)
{
  ReelPoller *self = g_object_new (REEL_TYPE_POLLER, NULL);

  self->book = g_object_ref (book);
  self->accounts = g_object_ref (accounts);
  self->monitor = g_object_ref (monitor);
  self->interval = (gint64)poll_interval * 1000;
  self->requests_per_minute = requests_per_minute;
  g_signal_connect_object (monitor, "network-changed", G_CALLBACK (on_network_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (accounts, "client-changed", G_CALLBACK (on_client_changed), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * reel_poller_set_requests_per_minute:
 * @requests_per_minute: what all jobs of an account share, at least 1
 *
 * Changes the budget from now on.
 */
void
reel_poller_set_requests_per_minute (ReelPoller *self, guint requests_per_minute)
{
  gint64 now = g_get_monotonic_time ();
  GHashTableIter iter;
  ReelPollLane *lane;

  self->requests_per_minute = requests_per_minute;
  g_hash_table_iter_init (&iter, self->lanes);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&lane))
    reel_poll_lane_set_requests_per_minute (lane, requests_per_minute, now);
  arm (self);
}

/**
 * reel_poller_add:
 * @job: an accepted job whose status is not final
 *
 * Asks for the state of a job from now on, one interval after it was accepted at the earliest.
 */
void
reel_poller_add (ReelPoller *self, ReelJob *job)
{
  const ReelJobRecord *record = reel_job_book_peek (self->book, job);
  const GError *refused;
  Entry *entry;

  if (g_cancellable_is_cancelled (self->running) || record->request_id == NULL || is_final (self, job) ||
      get_entry (self, job) != NULL)
    return;

  entry = ensure_entry (self, job);
  queue (self, entry, g_get_monotonic_time () + CLAMP (self->interval - get_age (entry), 0, self->interval), FALSE);
  refused = reel_poll_lane_get_refused (entry->lane);
  if (refused != NULL)
    reel_job_news_take_error (self->book, job, refused);
  arm (self);
}

/**
 * reel_poller_poll_now:
 * @job: a job
 *
 * Asks for the state of a job as soon as the budget allows; one that was lost once more.
 */
void
reel_poller_poll_now (ReelPoller *self, ReelJob *job)
{
  const ReelJobRecord *record = reel_job_book_peek (self->book, job);
  Entry *entry;

  if (g_cancellable_is_cancelled (self->running) || !reel_job_book_contains (self->book, job) ||
      record->request_id == NULL || (is_final (self, job) && record->status != REEL_SERVICE_LOST))
    return;

  entry = ensure_entry (self, job);
  if (entry->asking)
    entry->again = TRUE;
  else
    queue (self, entry, g_get_monotonic_time (), TRUE);
  arm (self);
}

/**
 * reel_poller_ask_async:
 * @job: an accepted job, also one whose status is final
 * @callback: called when the service has answered
 * @data: for @callback
 *
 * Asks once for the state of a job, such as for a fresh address of its video. What the service says is in the book then.
 */
void
reel_poller_ask_async (ReelPoller *self, ReelJob *job, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  const ReelJobRecord *record = reel_job_book_peek (self->book, job);
  const ReelAccount *account = reel_accounts_lookup (self->accounts, record->account_id);
  const GError *refused = reel_poll_lane_get_refused (ensure_lane (self, record->account_id));
  Entry *entry;

  g_task_set_source_tag (task, reel_poller_ask_async);
  if (g_cancellable_is_cancelled (self->running)) {
    g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The program ends");
    return;
  }
  if (refused != NULL) {
    g_task_return_error (task, g_error_copy (refused));
    return;
  }
  if (account == NULL || record->request_id == NULL) {
    g_task_return_error (task, reel_error_new_network (REEL_ERROR_UNAUTHORIZED, FALSE, "The account is gone"));
    return;
  }

  entry = ensure_entry (self, job);
  if (entry->tasks == NULL)
    entry->tasks = make_tasks ();
  g_ptr_array_add (entry->tasks, g_steal_pointer (&task));
  if (!entry->asking)
    queue (self, entry, g_get_monotonic_time (), TRUE);
  arm (self);
}

/**
 * reel_poller_ask_finish:
 * @error: of %REEL_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Ends reel_poller_ask_async().
 */
gboolean
reel_poller_ask_finish (ReelPoller *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_poller_ask_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * reel_poller_stop:
 *
 * Ends every request. Nothing is asked any more.
 */
void
reel_poller_stop (ReelPoller *self)
{
  g_autoptr (GPtrArray) tasks = make_tasks ();
  g_autoptr (GError) error = NULL;
  GHashTableIter iter;
  Entry *entry;

  if (g_cancellable_is_cancelled (self->running))
    return;

  g_cancellable_cancel (self->running);
  reel_alarm_set (self->alarm, REEL_ALARM_NEVER);

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&entry))
    move_tasks (entry, tasks);
  g_hash_table_remove_all (self->entries);

  error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The program ends");
  return_tasks (tasks, error);
}
