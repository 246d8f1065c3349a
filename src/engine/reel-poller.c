#include "config.h"

#include "reel-poller.h"

#include "reel-alarm.h"
#include "reel-error.h"
#include "reel-poll-schedule.h"
#include "reel-uri.h"

/* Requests at a time: one that hangs must not hold the others. */
#define MOST_AT_ONCE 8

/* From this many failures of the network in a row on, the job shows why there is no news. */
#define SHOWN_AFTER 3

/* The longest delay of a Retry-After header that is obeyed, in seconds. */
#define LONGEST_RETRY_AFTER (24 * 60 * 60)

/**
 * ReelPoller:
 *
 * Asks for the states of all running jobs, within one budget of requests, until each is final. It never gives up: it
 * waits longer after failures, as long as the service asks for, and for the network to return.
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
  ReelPollBudget budget;

  GHashTable *entries; /* id -> Entry */
  GHashTable *pauses;  /* account id -> Pause */
  guint n_asking;
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
  ReelJob *job; /* owned */
  gint64 due;   /* monotonic microseconds */
  guint n_failures;
  gboolean asking;  /* its request is on its way */
  GPtrArray *tasks; /* GTask: who waits for the next answer */
  char *error;      /* the last failure that was written as an event */
} Entry;

/* Why the jobs of an account are not polled. */
typedef struct
{
  gint64 until; /* monotonic microseconds: the service asked to wait */
  guint n_limits;
  GError *refused; /* the key is not accepted, until another one comes */
} Pause;

/* A request on its way. */
typedef struct
{
  ReelPoller *poller; /* owned */
  ReelJob *job;       /* owned */
} Asking;

static GPtrArray *
make_tasks (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_object_unref (entry->job);
  g_ptr_array_unref (entry->tasks);
  g_free (entry->error);
  g_free (entry);
}

static void
pause_free (gpointer data)
{
  Pause *pause = data;

  g_clear_error (&pause->refused);
  g_free (pause);
}

static Entry *
get_entry (ReelPoller *self, ReelJob *job)
{
  return g_hash_table_lookup (self->entries, reel_job_get_id (job));
}

static Entry *
ensure_entry (ReelPoller *self, ReelJob *job)
{
  Entry *entry = get_entry (self, job);

  if (entry != NULL)
    return entry;

  entry = g_new0 (Entry, 1);
  entry->job = g_object_ref (job);
  entry->due = g_get_monotonic_time ();
  entry->tasks = make_tasks ();
  g_hash_table_insert (self->entries, g_strdup (reel_job_get_id (job)), entry);

  return entry;
}

static Pause *
get_pause (ReelPoller *self, const char *account_id)
{
  Pause *pause = g_hash_table_lookup (self->pauses, account_id);

  if (pause == NULL) {
    pause = g_new0 (Pause, 1);
    g_hash_table_insert (self->pauses, g_strdup (account_id), pause);
  }

  return pause;
}

static const char *
get_account_id (Entry *entry)
{
  return reel_job_get_record (entry->job)->account_id;
}

static gint64
get_age (ReelPoller *self, Entry *entry)
{
  return MAX (g_get_real_time () - reel_job_get_record (entry->job)->accepted_at, 0);
}

/* When a job may be asked about: its own time and the service's, and only where its account can be reached. */
static gint64
get_time (ReelPoller *self, Entry *entry)
{
  const Pause *pause = get_pause (self, get_account_id (entry));
  ReelClient *client;

  if (entry->asking || pause->refused != NULL)
    return G_MAXINT64;

  client = reel_accounts_get_client (self->accounts, get_account_id (entry));
  if (client == NULL || (!g_network_monitor_get_network_available (self->monitor) &&
                         !reel_uri_is_loopback (reel_client_get_base_url (client))))
    return G_MAXINT64;

  return MAX (entry->due, pause->until);
}

/* Sets the alarm to when the next request may go out. */
static void
arm (ReelPoller *self)
{
  gint64 next = REEL_ALARM_NEVER;
  GHashTableIter iter;
  Entry *entry;

  if (g_cancellable_is_cancelled (self->running))
    return;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&entry))
    next = MIN (next, get_time (self, entry));

  if (self->n_asking >= MOST_AT_ONCE)
    next = REEL_ALARM_NEVER;
  reel_alarm_set (self->alarm, MAX (next, reel_poll_budget_get_next (&self->budget)));
}

static void
move_tasks (Entry *entry, GPtrArray *tasks)
{
  g_ptr_array_extend_and_steal (tasks, g_steal_pointer (&entry->tasks));
  entry->tasks = make_tasks ();
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

static gboolean
is_final (ReelPoller *self, ReelJob *job)
{
  return reel_service_status_is_final (reel_job_book_peek (self->book, job)->status);
}

static gboolean
says_the_same (const ReelJobRecord *one, const ReelJobRecord *other)
{
  return one->status == other->status && one->file_state == other->file_state &&
         g_strcmp0 (one->status_text, other->status_text) == 0 && g_strcmp0 (one->output_url, other->output_url) == 0 &&
         g_strcmp0 (one->credits_charged, other->credits_charged) == 0 &&
         g_strcmp0 (one->error_code, other->error_code) == 0 &&
         g_strcmp0 (one->error_message, other->error_message) == 0;
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  Asking *written = data;
  g_autoptr (ReelPoller) self = written->poller;
  g_autoptr (ReelJob) job = written->job;

  g_free (written);
  reel_job_book_commit_finish (REEL_JOB_BOOK (source), result, NULL);
  g_signal_emit (self, signals[SUCCEEDED], 0, job);
}

static void
take_answer (ReelPoller *self, ReelJob *job, const ReelGeneration *generation)
{
  const ReelJobRecord *before = reel_job_book_peek (self->book, job);
  gboolean was_final = reel_service_status_is_final (before->status);
  g_autoptr (ReelJobRecord) record = reel_job_book_edit (self->book, job);

  if (!was_final) {
    g_clear_pointer (&record->error_code, g_free);
    g_clear_pointer (&record->error_message, g_free);
  }
  reel_job_record_apply (record, generation, g_get_real_time ());
  if (says_the_same (before, record))
    return;

  reel_job_book_add_event (self->book, job, "status", generation->http_status, generation->body);
  if (!was_final && record->status == REEL_SERVICE_SUCCEEDED) {
    Asking *written = g_new0 (Asking, 1);

    written->poller = g_object_ref (self);
    written->job = g_object_ref (job);
    reel_job_book_commit_async (self->book, job, g_steal_pointer (&record), on_written, written);
  } else {
    reel_job_book_commit_async (self->book, job, g_steal_pointer (&record), NULL, NULL);
  }
}

/* Shows why there is no news of a job that is still running. */
static void
show_error (ReelPoller *self, ReelJob *job, const GError *error)
{
  const char *code = reel_error_get_service_code (error), *message = reel_error_get_service_message (error);
  g_autoptr (ReelJobRecord) record = NULL;

  if (is_final (self, job))
    return;

  record = reel_job_book_edit (self->book, job);
  g_set_str (&record->error_code, code != NULL ? code : reel_error_to_name (error->code));
  g_set_str (&record->error_message, message != NULL ? message : error->message);
  record->http_status = reel_error_get_http_status (error);
  if (!says_the_same (reel_job_book_peek (self->book, job), record))
    reel_job_book_commit_async (self->book, job, g_steal_pointer (&record), NULL, NULL);
}

/* The key is not accepted: no job of the account is asked about until another key comes. */
static void
refuse_account (ReelPoller *self, const char *account_id, const GError *error)
{
  g_autoptr (GPtrArray) tasks = make_tasks ();
  GHashTableIter iter;
  Entry *entry;
  Pause *pause = get_pause (self, account_id);

  g_clear_error (&pause->refused);
  pause->refused = g_error_copy (error);

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&entry)) {
    if (g_strcmp0 (get_account_id (entry), account_id) != 0)
      continue;
    show_error (self, entry->job, error);
    move_tasks (entry, tasks);
  }

  return_tasks (tasks, error);
}

static gint64
back_off (ReelPoller *self, guint n_failures)
{
  return reel_poll_schedule_backoff (self->interval, n_failures, g_random_double ());
}

static void
take_error (ReelPoller *self, Entry *entry, const GError *error)
{
  gint64 now = g_get_monotonic_time (), retry_after = reel_error_get_retry_after (error);
  guint http_status = reel_error_get_http_status (error);
  Pause *pause = get_pause (self, get_account_id (entry));

  if (g_set_str (&entry->error, error->message))
    reel_job_book_add_event (self->book, entry->job, "error", http_status, error->message);

  entry->n_failures++;
  entry->due = now + back_off (self, entry->n_failures);
  if (retry_after >= 0)
    pause->until = MAX (pause->until, now + MIN (retry_after, LONGEST_RETRY_AFTER) * G_USEC_PER_SEC);

  if (g_error_matches (error, REEL_ERROR, REEL_ERROR_UNAUTHORIZED)) {
    refuse_account (self, get_account_id (entry), error);
  } else if (g_error_matches (error, REEL_ERROR, REEL_ERROR_RATE_LIMITED)) {
    pause->n_limits++;
    if (retry_after < 0)
      pause->until = now + back_off (self, pause->n_limits);
  } else if (http_status >= 400 && http_status < 500) {
    show_error (self, entry->job, error);
    entry->due = now + reel_poll_schedule_slow_interval (self->interval);
  } else if (entry->n_failures >= SHOWN_AFTER) {
    show_error (self, entry->job, error);
  }
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  Asking *asking = data;
  g_autoptr (ReelPoller) self = asking->poller;
  g_autoptr (ReelJob) job = asking->job;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelGeneration) generation = reel_client_get_generation_finish (REEL_CLIENT (source), result, &error);
  g_autoptr (GPtrArray) tasks = make_tasks ();
  Entry *entry = get_entry (self, job);

  g_free (asking);
  self->n_asking--;
  if (entry == NULL)
    return;

  entry->asking = FALSE;
  if (!reel_job_book_contains (self->book, job)) {
    g_hash_table_remove (self->entries, reel_job_get_id (job));
    arm (self);
    return;
  }

  if (generation != NULL) {
    entry->n_failures = 0;
    g_clear_pointer (&entry->error, g_free);
    get_pause (self, get_account_id (entry))->n_limits = 0;
    entry->due = g_get_monotonic_time () + reel_poll_schedule_interval (self->interval, get_age (self, entry));
    take_answer (self, job, generation);
  } else {
    take_error (self, entry, error);
  }

  move_tasks (entry, tasks);
  if (is_final (self, job))
    g_hash_table_remove (self->entries, reel_job_get_id (job));
  arm (self);
  return_tasks (tasks, error);
}

/* The entry that goes first of those whose time has come. */
static Entry *
choose (ReelPoller *self, gint64 now)
{
  Entry *best = NULL, *entry;
  gint64 best_rank = G_MAXINT64;
  GHashTableIter iter;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&entry)) {
    gint64 rank;

    if (get_time (self, entry) > now)
      continue;
    rank = reel_poll_schedule_rank (entry->due, self->interval, get_age (self, entry),
                                    reel_job_get_record (entry->job)->status == REEL_SERVICE_PROCESSING);
    if (rank < best_rank) {
      best = entry;
      best_rank = rank;
    }
  }

  return best;
}

static void
on_alarm (gpointer data)
{
  ReelPoller *self = data;
  gint64 now = g_get_monotonic_time ();
  Entry *entry;

  while (self->n_asking < MOST_AT_ONCE && reel_poll_budget_get_next (&self->budget) <= now &&
         (entry = choose (self, now)) != NULL) {
    const ReelJobRecord *record = reel_job_book_peek (self->book, entry->job);
    Asking *asking = g_new0 (Asking, 1);

    asking->poller = g_object_ref (self);
    asking->job = g_object_ref (entry->job);
    entry->asking = TRUE;
    self->n_asking++;
    reel_poll_budget_take (&self->budget, now);
    reel_client_get_generation_async (reel_accounts_get_client (self->accounts, record->account_id), record->request_id,
                                      self->running, on_answer, asking);
  }
  arm (self);
}

/* Whatever waits is tried at once: what kept it may be gone. */
static void
hurry (ReelPoller *self, const char *account_id)
{
  gint64 now = g_get_monotonic_time ();
  GHashTableIter iter;
  Entry *entry;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&entry)) {
    if (account_id != NULL && g_strcmp0 (get_account_id (entry), account_id) != 0)
      continue;
    entry->due = MIN (entry->due, now);
    entry->n_failures = 0;
  }
  arm (self);
}

static void
on_network_changed (ReelPoller *self)
{
  if (g_network_monitor_get_network_available (self->monitor))
    hurry (self, NULL);
  else
    arm (self);
}

static void
on_client_changed (ReelPoller *self, const char *account_id)
{
  g_hash_table_remove (self->pauses, account_id);
  hurry (self, account_id);
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
  g_hash_table_unref (self->pauses);
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
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
  self->pauses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, pause_free);
  self->running = g_cancellable_new ();
  self->alarm = reel_alarm_new ("reel-poller", on_alarm, self);
}

/**
 * reel_poller_new:
 * @book: where answers are written
 * @accounts: whose clients ask
 * @monitor: tells whether there is a network
 * @poll_interval: the shortest time between two requests of one job, milliseconds
 * @requests_per_minute: what all jobs share
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
  reel_poll_budget_init (&self->budget, requests_per_minute);
  g_signal_connect_object (monitor, "network-changed", G_CALLBACK (on_network_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (accounts, "client-changed", G_CALLBACK (on_client_changed), self, G_CONNECT_SWAPPED);

  return self;
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
  Entry *entry;

  if (g_cancellable_is_cancelled (self->running) || record->request_id == NULL || is_final (self, job))
    return;

  entry = ensure_entry (self, job);
  entry->due = g_get_monotonic_time () + CLAMP (self->interval - get_age (self, entry), 0, self->interval);
  arm (self);
}

/**
 * reel_poller_poll_now:
 * @job: a job
 *
 * Asks for the state of a job as soon as the budget allows.
 */
void
reel_poller_poll_now (ReelPoller *self, ReelJob *job)
{
  Entry *entry = get_entry (self, job);

  if (entry == NULL)
    return;

  entry->due = MIN (entry->due, g_get_monotonic_time ());
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
  const Pause *pause = get_pause (self, record->account_id);
  Entry *entry;

  g_task_set_source_tag (task, reel_poller_ask_async);
  if (g_cancellable_is_cancelled (self->running)) {
    g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The program ends");
    return;
  }
  if (pause->refused != NULL) {
    g_task_return_error (task, g_error_copy (pause->refused));
    return;
  }
  if (account == NULL || record->request_id == NULL) {
    g_task_return_error (task, reel_error_new_network (REEL_ERROR_UNAUTHORIZED, FALSE, "The account is gone"));
    return;
  }

  entry = ensure_entry (self, job);
  entry->due = MIN (entry->due, g_get_monotonic_time ());
  g_ptr_array_add (entry->tasks, g_steal_pointer (&task));
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
