#include "config.h"

#include "reel-downloader.h"

#include "reel-alarm.h"
#include "reel-download-news.h"
#include "reel-error.h"
#include "reel-file-name.h"
#include "reel-label-codec.h"
#include "reel-label.h"
#include "reel-part-file.h"
#include "reel-poll-schedule.h"
#include "reel-remedy.h"
#include "reel-uri.h"

/* How many videos come at the same time, in all and from one host: one that is slow must not hold the others. */
#define MOST_AT_ONCE 4
#define MOST_A_HOST  2

/* From this many failures of the network in a row on, the job shows why its video is not here yet. */
#define SHOWN_AFTER 3

/* Every so many failures of the network the service is asked whether the video is elsewhere by now. */
#define ASK_EVERY 3

/* How long to wait before looking again whether there is space, times the shortest interval: ten seconds where that is
 * two. It costs no request. */
#define LOOK_FOR_SPACE 5

/* The prompt's part of a file name, in bytes: other file systems and tools take less than 255. */
#define MOST_NAME_BYTES 100

/* How much of the id stands in a file name. */
#define ID_CHARACTERS 8

/**
 * ReelDownloader:
 *
 * Brings finished videos to the library folder by itself. What the network breaks is tried again for as long as it
 * takes; what the server refuses is asked for once more with a fresh address. Nothing here can cause a POST.
 */
struct _ReelDownloader
{
  GObject parent_instance;

  ReelJobBook *book;
  ReelAccounts *accounts;
  ReelPoller *poller;
  ReelFileProbe *probe;
  GNetworkMonitor *monitor;
  char *folder;
  gint64 interval; /* microseconds */

  GQueue queue;        /* Entry, in the order of their jobs */
  GHashTable *entries; /* ReelJob -> Entry */
  GPtrArray *attempts; /* Entry that are running */
  ReelAlarm *alarm;
  GCancellable *running;
};

G_DEFINE_FINAL_TYPE (ReelDownloader, reel_downloader, G_TYPE_OBJECT)

enum
{
  SAVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef enum
{
  WAITING, /* goes when its time has come, with room and a network */
  RUNNING, /* an attempt goes on */
  ASKING,  /* for a fresh address */
  ENDING,  /* what is there of it is taken away */
} State;

/* A video on its way. */
typedef struct
{
  ReelDownloader *downloader;
  ReelJob *job;           /* owned */
  ReelTransfer *transfer; /* owned */
  State state;
  gint64 due;      /* monotonic microseconds */
  gint64 earliest; /* monotonic microseconds: the server asked to wait */
  char *url;       /* of the last attempt */
  guint n_failures;
  guint n_truncated;
  gboolean asked;      /* the service was asked for a fresh address since bytes came last */
  gboolean refreshing; /* it is being asked beside the attempts */
  GError *reason;      /* why it was asked, or given up */
} Entry;

/* A call that comes back for a job. */
typedef struct
{
  ReelDownloader *downloader; /* owned */
  ReelJob *job;               /* owned */
} Call;

/* What is looked for in the library folder at the start. */
typedef struct
{
  char *folder;
  GHashTable *wanted; /* ids of jobs */
  gint64 before;      /* microseconds since 1970 in UTC */
} Sweep;

static void
sweep_free (gpointer data)
{
  Sweep *sweep = data;

  g_free (sweep->folder);
  g_hash_table_unref (sweep->wanted);
  g_free (sweep);
}

static Call *
call_new (ReelDownloader *self, ReelJob *job)
{
  Call *call = g_new0 (Call, 1);

  call->downloader = g_object_ref (self);
  call->job = g_object_ref (job);

  return call;
}

static Entry *
get_entry (ReelDownloader *self, ReelJob *job)
{
  return g_hash_table_lookup (self->entries, job);
}

static void
on_begun (ReelTransfer *transfer, Entry *entry)
{
  reel_download_news_take_begin (entry->downloader->book, entry->job, transfer);
}

static void
on_progress (ReelTransfer *transfer, GParamSpec *pspec, Entry *entry)
{
  reel_job_set_progress (entry->job, reel_transfer_get_progress (transfer));
}

/* The name that a person finds in the library folder: the prompt, and enough of the id to tell two apart. */
static char *
make_name (ReelJob *job)
{
  g_autofree char *title = reel_file_name_make_safe (reel_job_get_title (job), MOST_NAME_BYTES);
  g_autofree char *id = g_strndup (reel_job_get_id (job), ID_CHARACTERS);
  g_autofree char *safe_id = reel_file_name_make_safe (id, ID_CHARACTERS);

  return g_strdup_printf ("%s %s", title, safe_id);
}

static void
make_transfer (ReelDownloader *self, Entry *entry)
{
  g_autofree char *name = make_name (entry->job);
  g_autofree char *settings = reel_label_codec_encode (reel_job_book_peek (self->book, entry->job));
  g_autoptr (GBytes) label = settings != NULL ? reel_label_wrap (settings) : NULL;

  entry->transfer = reel_transfer_new (self->probe, self->folder, reel_job_get_id (entry->job), name);
  reel_transfer_set_label (entry->transfer, label);
  g_signal_connect (entry->transfer, "begun", G_CALLBACK (on_begun), entry);
  g_signal_connect (entry->transfer, "notify::progress", G_CALLBACK (on_progress), entry);
}

/* What of it is under way ends by itself; nobody listens any more. */
static void
drop_transfer (Entry *entry)
{
  g_signal_handlers_disconnect_by_data (entry->transfer, entry);
  g_clear_object (&entry->transfer);
}

static void
remove_entry (ReelDownloader *self, Entry *entry)
{
  drop_transfer (entry);
  reel_job_set_progress (entry->job, -1);
  g_hash_table_remove (self->entries, entry->job);
  g_queue_remove (&self->queue, entry);
  g_object_unref (entry->job);
  g_free (entry->url);
  g_clear_error (&entry->reason);
  g_free (entry);
}

static gboolean
can_reach (ReelDownloader *self, const char *url)
{
  return g_network_monitor_get_network_available (self->monitor) || reel_uri_is_loopback (url);
}

/* The part of an address that names its host, and its length. */
static const char *
find_host (const char *url, gsize *length)
{
  const char *scheme_end = strstr (url, "://");
  const char *host = scheme_end != NULL ? scheme_end + strlen ("://") : url;

  *length = strcspn (host, "/?#");

  return host;
}

/* Whether as many videos come from the host of an address as may come from one. */
static gboolean
is_busy (ReelDownloader *self, const char *url)
{
  gsize length, other_length;
  const char *host = find_host (url, &length);
  guint n = 0;

  for (guint i = 0; i < self->attempts->len; i++) {
    const char *other = find_host (((Entry *)self->attempts->pdata[i])->url, &other_length);

    n += other_length == length && g_ascii_strncasecmp (host, other, length) == 0;
  }

  return n >= MOST_A_HOST;
}

static gboolean
can_start (ReelDownloader *self, Entry *entry)
{
  const char *url = reel_job_book_peek (self->book, entry->job)->output_url;

  /* Without an address it costs no connection: it only finds out that it has to ask. */
  return entry->state == WAITING && (url == NULL || (can_reach (self, url) && !is_busy (self, url)));
}

/* Sets the alarm to when the next attempt may begin. */
static void
arm (ReelDownloader *self)
{
  gint64 next = REEL_ALARM_NEVER;

  if (self->attempts->len < MOST_AT_ONCE && !g_cancellable_is_cancelled (self->running)) {
    for (GList *link = self->queue.head; link != NULL; link = link->next) {
      Entry *entry = link->data;

      if (entry->due < next && can_start (self, entry))
        next = entry->due;
    }
  }
  reel_alarm_set (self->alarm, next);
}

static void
wait_for (ReelDownloader *self, Entry *entry, gint64 pause)
{
  entry->state = WAITING;
  entry->due = g_get_monotonic_time () + pause;
}

static void
wait_after_failure (ReelDownloader *self, Entry *entry, const GError *error)
{
  gint64 retry_after = reel_error_get_retry_after (error);

  wait_for (self, entry,
            reel_poll_schedule_pause (self->interval, ++entry->n_failures, retry_after, g_random_double ()));
  if (retry_after >= 0)
    entry->earliest = entry->due;
  if (entry->n_failures >= SHOWN_AFTER)
    reel_download_news_take_wait (self->book, entry->job, error->message);
}

static void
set_reason (Entry *entry, const GError *error)
{
  g_autoptr (GError) old = g_steal_pointer (&entry->reason);

  entry->reason = g_error_copy (error);
}

/* Nothing is left of a download that was given up. */
static void
on_cleaned_up (GObject *source, GAsyncResult *result, gpointer data)
{
  Call *call = data;
  g_autoptr (ReelDownloader) self = call->downloader;
  g_autoptr (ReelJob) job = call->job;
  g_autofree char *aside = reel_transfer_clean_up_finish (REEL_TRANSFER (source), result);
  Entry *entry = get_entry (self, job);

  g_free (call);
  if (entry == NULL)
    return;

  reel_download_news_take_failure (self->book, job, entry->reason, aside);
  remove_entry (self, entry);
}

static void
give_up (ReelDownloader *self, Entry *entry, const GError *error, gboolean aside)
{
  entry->state = ENDING;
  set_reason (entry, error);
  reel_transfer_clean_up_async (entry->transfer, aside, on_cleaned_up, call_new (self, entry->job));
}

/* The service was asked whether the video is elsewhere, beside the attempts. */
static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer data)
{
  Call *call = data;
  g_autoptr (ReelDownloader) self = call->downloader;
  g_autoptr (ReelJob) job = call->job;
  Entry *entry = get_entry (self, job);

  g_free (call);
  reel_poller_ask_finish (REEL_POLLER (source), result, NULL);
  if (entry == NULL)
    return;

  entry->refreshing = FALSE;
  if (entry->state == WAITING && g_strcmp0 (entry->url, reel_job_book_peek (self->book, job)->output_url) != 0)
    entry->due = g_get_monotonic_time ();
  arm (self);
}

/* The service was asked for a fresh address, because the one there is was refused. */
static void
on_asked (GObject *source, GAsyncResult *result, gpointer data)
{
  Call *call = data;
  g_autoptr (ReelDownloader) self = call->downloader;
  g_autoptr (ReelJob) job = call->job;
  g_autoptr (GError) error = NULL;
  Entry *entry = get_entry (self, job);

  g_free (call);
  reel_poller_ask_finish (REEL_POLLER (source), result, &error);
  if (entry == NULL || g_cancellable_is_cancelled (self->running))
    return;

  if (reel_job_book_peek (self->book, job)->output_url == NULL) {
    give_up (self, entry, error != NULL ? error : entry->reason, FALSE);
  } else if (error != NULL && reel_remedy_choose (error, FALSE, 0) == REEL_REMEDY_TRY_AGAIN) {
    /* The answer is still owed: the next attempt may fail once more before it asks again. */
    entry->asked = FALSE;
    wait_after_failure (self, entry, error);
  } else {
    wait_for (self, entry, 0);
  }
  arm (self);
}

static void
ask (ReelDownloader *self, Entry *entry, const GError *error)
{
  entry->state = ASKING;
  entry->asked = TRUE;
  set_reason (entry, error);
  reel_poller_ask_async (self->poller, entry->job, on_asked, call_new (self, entry->job));
}

static void
take_error (ReelDownloader *self, Entry *entry, const GError *error)
{
  ReelRemedy remedy = reel_remedy_choose (error, reel_transfer_is_pieced (entry->transfer), entry->n_truncated);

  if (reel_transfer_get_received (entry->transfer) > 0) {
    entry->asked = FALSE;
    entry->n_failures = 0;
  }
  entry->n_truncated += g_error_matches (error, REEL_ERROR, REEL_ERROR_TRUNCATED);

  if (remedy == REEL_REMEDY_ASK_FIRST && entry->asked)
    remedy = REEL_REMEDY_GIVE_UP;
  switch (remedy) {
  case REEL_REMEDY_START_OVER:
    reel_transfer_forget (entry->transfer);
    wait_after_failure (self, entry, error);
    break;
  case REEL_REMEDY_TRY_AGAIN:
    wait_after_failure (self, entry, error);
    if (entry->n_failures % ASK_EVERY == 1 && !entry->refreshing) {
      entry->refreshing = TRUE;
      reel_poller_ask_async (self->poller, entry->job, on_refreshed, call_new (self, entry->job));
    }
    break;
  case REEL_REMEDY_WAIT_FOR_SPACE:
    wait_for (self, entry, LOOK_FOR_SPACE * self->interval);
    reel_download_news_take_wait (self->book, entry->job, error->message);
    break;
  case REEL_REMEDY_ASK_FIRST:
    ask (self, entry, error);
    break;
  case REEL_REMEDY_SET_ASIDE:
  case REEL_REMEDY_GIVE_UP:
  default:
    give_up (self, entry, error, remedy == REEL_REMEDY_SET_ASIDE);
  }
}

static void
on_run (GObject *source, GAsyncResult *result, gpointer data)
{
  Call *call = data;
  g_autoptr (ReelDownloader) self = call->downloader;
  g_autoptr (ReelJob) job = call->job;
  g_autoptr (GError) error = NULL;
  gboolean saved = reel_transfer_run_finish (REEL_TRANSFER (source), result, &error);
  Entry *entry = get_entry (self, job);

  g_free (call);
  if (entry == NULL)
    return;

  g_ptr_array_remove (self->attempts, entry);
  if (saved) {
    reel_download_news_take_video (self->book, job, entry->transfer, entry->url);
    remove_entry (self, entry);
    g_signal_emit (self, signals[SAVED], 0, job);
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    take_error (self, entry, error);
  }
  arm (self);
}

static void
start (ReelDownloader *self, Entry *entry)
{
  const char *url = reel_job_book_peek (self->book, entry->job)->output_url;
  g_autoptr (GError) problem = NULL;

  if (url == NULL) {
    problem = reel_error_new_network (REEL_ERROR_BAD_SHAPE, TRUE, "The service gave no address of the video");
    take_error (self, entry, problem);
    return;
  }

  g_set_str (&entry->url, url);
  entry->state = RUNNING;
  g_ptr_array_add (self->attempts, entry);
  reel_transfer_run_async (
      entry->transfer,
      reel_accounts_get_download_client (self->accounts, reel_job_book_peek (self->book, entry->job)->account_id), url,
      self->running, on_run, call_new (self, entry->job));
}

static void
on_alarm (gpointer data)
{
  ReelDownloader *self = data;
  gint64 now = g_get_monotonic_time ();
  g_autoptr (GList) entries = g_list_copy (self->queue.head);

  for (GList *link = entries; link != NULL && self->attempts->len < MOST_AT_ONCE; link = link->next) {
    Entry *entry = link->data;

    if (entry->due <= now && can_start (self, entry))
      start (self, entry);
  }
  arm (self);
}

static void
on_network_changed (ReelDownloader *self)
{
  for (GList *link = self->queue.head; link != NULL; link = link->next) {
    Entry *entry = link->data;

    entry->due = MIN (entry->due, MAX (entry->earliest, g_get_monotonic_time ()));
  }
  arm (self);
}

static void
sweep_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Sweep *sweep = data;

  reel_part_file_sweep (sweep->folder, sweep->wanted, sweep->before);
  g_task_return_boolean (task, TRUE);
}

static void
reel_downloader_dispose (GObject *object)
{
  reel_downloader_stop (REEL_DOWNLOADER (object));

  G_OBJECT_CLASS (reel_downloader_parent_class)->dispose (object);
}

static void
reel_downloader_finalize (GObject *object)
{
  ReelDownloader *self = REEL_DOWNLOADER (object);

  reel_alarm_free (self->alarm);
  g_hash_table_unref (self->entries);
  g_ptr_array_unref (self->attempts);
  g_object_unref (self->running);
  g_object_unref (self->monitor);
  g_clear_object (&self->probe);
  g_object_unref (self->poller);
  g_object_unref (self->accounts);
  g_object_unref (self->book);
  g_free (self->folder);

  G_OBJECT_CLASS (reel_downloader_parent_class)->finalize (object);
}

static void
reel_downloader_class_init (ReelDownloaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = reel_downloader_dispose;
  object_class->finalize = reel_downloader_finalize;

  /**
   * ReelDownloader::saved:
   * @job: a job
   *
   * Emitted when the video of a job was saved.
   */
  signals[SAVED] = g_signal_new ("saved", REEL_TYPE_DOWNLOADER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 REEL_TYPE_JOB);
}

static void
reel_downloader_init (ReelDownloader *self)
{
  g_queue_init (&self->queue);
  self->entries = g_hash_table_new (NULL, NULL);
  self->attempts = g_ptr_array_new ();
  self->running = g_cancellable_new ();
  self->alarm = reel_alarm_new ("reel-downloader", on_alarm, self);
}

/**
 * reel_downloader_new:
 * @book: where jobs are written
 * @accounts: through whose proxies files come
 * @poller: asks for fresh addresses
 * @probe: (nullable): what looks into a file before it is called a video
 * @monitor: tells whether there is a network
 * @retry_interval: the shortest time between two attempts, milliseconds
 *
 * Makes a downloader.
 *
 * Returns: (transfer full): the downloader; end it with reel_downloader_stop()
 */
ReelDownloader *
reel_downloader_new (ReelJobBook *book,
                     ReelAccounts *accounts,
                     ReelPoller *poller,
                     ReelFileProbe *probe,
                     GNetworkMonitor *monitor,
                     guint retry_interval)
{
  ReelDownloader *self = g_object_new (REEL_TYPE_DOWNLOADER, NULL);

  self->book = g_object_ref (book);
  self->accounts = g_object_ref (accounts);
  self->poller = g_object_ref (poller);
  g_set_object (&self->probe, probe);
  self->monitor = g_object_ref (monitor);
  self->interval = (gint64)retry_interval * 1000;
  g_signal_connect_object (monitor, "network-changed", G_CALLBACK (on_network_changed), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * reel_downloader_set_folder:
 * @folder: the library folder, for downloads that begin from now on
 *
 * Sets where videos go. One that is coming at the moment still goes to the folder before.
 */
void
reel_downloader_set_folder (ReelDownloader *self, const char *folder)
{
  if (!g_set_str (&self->folder, folder) || folder == NULL)
    return;

  for (GList *link = self->queue.head; link != NULL; link = link->next) {
    Entry *entry = link->data;

    if (entry->state == RUNNING || entry->state == ENDING)
      continue;
    reel_transfer_clean_up_async (entry->transfer, FALSE, NULL, NULL);
    drop_transfer (entry);
    make_transfer (self, entry);
  }
}

/**
 * reel_downloader_sweep:
 * @jobs: (element-type ReelJob): all jobs of the last run
 *
 * Deletes what earlier runs left of downloads that are not wanted any more, in the background.
 */
void
reel_downloader_sweep (ReelDownloader *self, GPtrArray *jobs)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, NULL, NULL);
  Sweep *sweep;

  if (self->folder == NULL)
    return;

  sweep = g_new0 (Sweep, 1);
  sweep->folder = g_strdup (self->folder);
  sweep->wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sweep->before = g_get_real_time ();
  for (guint i = 0; i < jobs->len; i++) {
    const ReelJobRecord *record = reel_job_book_peek (self->book, jobs->pdata[i]);

    if (record->file_state == REEL_FILE_DOWNLOADING)
      g_hash_table_add (sweep->wanted, g_strdup (record->id));
  }

  g_task_set_source_tag (task, reel_downloader_sweep);
  g_task_set_task_data (task, sweep, sweep_free);
  g_task_run_in_thread (task, sweep_thread);
}

/**
 * reel_downloader_add:
 * @job: a job that succeeded and whose file state is %REEL_FILE_DOWNLOADING
 *
 * Downloads a video, now if there is room for it beside those that are on their way. It goes on with what an earlier run
 * has of it.
 */
void
reel_downloader_add (ReelDownloader *self, ReelJob *job)
{
  const ReelJobRecord *record = reel_job_book_peek (self->book, job);
  Entry *entry;

  if (g_cancellable_is_cancelled (self->running) || self->folder == NULL || get_entry (self, job) != NULL ||
      record->status != REEL_SERVICE_SUCCEEDED || record->file_state != REEL_FILE_DOWNLOADING)
    return;

  entry = g_new0 (Entry, 1);
  entry->downloader = self;
  entry->job = g_object_ref (job);
  entry->due = g_get_monotonic_time ();
  make_transfer (self, entry);
  reel_transfer_resume (entry->transfer, record->part_size, record->part_etag);
  g_queue_push_tail (&self->queue, entry);
  g_hash_table_insert (self->entries, job, entry);
  arm (self);
}

/**
 * reel_downloader_retry:
 * @job: a job whose video could not be saved, or is gone
 *
 * Downloads a video again, because a person wants to.
 */
void
reel_downloader_retry (ReelDownloader *self, ReelJob *job)
{
  const ReelJobRecord *record = reel_job_book_peek (self->book, job);

  if (!reel_job_book_contains (self->book, job) || record->status != REEL_SERVICE_SUCCEEDED ||
      (record->file_state != REEL_FILE_FAILED && record->file_state != REEL_FILE_MISSING))
    return;

  reel_download_news_take_wait (self->book, job, NULL);
  reel_downloader_add (self, job);
}

/**
 * reel_downloader_stop:
 *
 * Ends every download. What is there of them stays hidden, and the next run goes on with it.
 */
void
reel_downloader_stop (ReelDownloader *self)
{
  Entry *entry;

  if (g_cancellable_is_cancelled (self->running))
    return;

  g_cancellable_cancel (self->running);
  reel_alarm_set (self->alarm, REEL_ALARM_NEVER);
  g_ptr_array_set_size (self->attempts, 0);
  while ((entry = g_queue_peek_head (&self->queue)) != NULL) {
    /* The next run will not look there. */
    if (g_strcmp0 (reel_transfer_get_folder (entry->transfer), self->folder) != 0)
      reel_transfer_clean_up_async (entry->transfer, FALSE, NULL, NULL);
    remove_entry (self, entry);
  }
}
