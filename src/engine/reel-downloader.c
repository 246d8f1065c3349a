#include "config.h"

#include "reel-downloader.h"

#include "reel-alarm.h"
#include "reel-error.h"
#include "reel-file-name.h"
#include "reel-poll-schedule.h"
#include "reel-transfer.h"
#include "reel-uri.h"

/* The longest delay of a Retry-After header that is obeyed, in seconds. */
#define LONGEST_RETRY_AFTER (24 * 60 * 60)

/* How many videos come at the same time. */
#define MOST_AT_ONCE 3

/* From this many failures of the network in a row on, the job shows why its video is not here yet. */
#define SHOWN_AFTER 3

/* Every so many failures of the network the service is asked whether the video is elsewhere by now. */
#define ASK_EVERY 3

/* How often a video that ends before its end is fetched again. */
#define MOST_TRUNCATED 3

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
  ReelPoller *poller;
  ReelFileProbe *probe;
  GNetworkMonitor *monitor;
  ReelClient *client; /* knows no key */
  char *folder;
  gint64 interval; /* microseconds */

  GQueue queue; /* Entry, in the order of their jobs */
  guint n_running;
  ReelAlarm *alarm;
  GCancellable *running;
};

G_DEFINE_FINAL_TYPE (ReelDownloader, reel_downloader, G_TYPE_OBJECT)

typedef enum
{
  WAITING, /* goes when its time has come, with room and a network */
  RUNNING, /* an attempt goes on */
  ASKING,  /* for a fresh address */
} State;

/* A video on its way. */
typedef struct
{
  ReelJob *job;           /* owned */
  ReelTransfer *transfer; /* owned */
  State state;
  gint64 due; /* monotonic microseconds */
  char *url;  /* of the last attempt */
  guint n_failures;
  guint n_truncated;
  gboolean asked;      /* the service was asked for a fresh address since bytes came last */
  gboolean refreshing; /* it is being asked beside the attempts */
  GError *refusal;     /* why it was asked */
} Entry;

/* A call that comes back for a job. */
typedef struct
{
  ReelDownloader *downloader; /* owned */
  ReelJob *job;               /* owned */
} Call;

/* What to do about an error. */
typedef enum
{
  TRY_AGAIN,  /* the network */
  START_OVER, /* what is there does not fit */
  ASK_FIRST,  /* the address is refused */
  GIVE_UP,    /* nothing that happens by itself can change it */
} Remedy;

static void
entry_free (Entry *entry)
{
  g_signal_handlers_disconnect_by_data (entry->transfer, entry->job);
  g_object_unref (entry->transfer);
  g_object_unref (entry->job);
  g_free (entry->url);
  g_clear_error (&entry->refusal);
  g_free (entry);
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
  for (GList *link = self->queue.head; link != NULL; link = link->next) {
    Entry *entry = link->data;

    if (entry->job == job)
      return entry;
  }

  return NULL;
}

static void
remove_entry (ReelDownloader *self, Entry *entry)
{
  reel_job_set_progress (entry->job, -1);
  g_queue_remove (&self->queue, entry);
  entry_free (entry);
}

static Remedy
choose_remedy (Entry *entry, const GError *error)
{
  guint http_status = reel_error_get_http_status (error);

  if (error->domain != REEL_ERROR || http_status == 429 || http_status >= 500)
    return TRY_AGAIN;
  if (http_status == 416)
    return START_OVER;
  if (http_status >= 400)
    return ASK_FIRST;

  switch ((ReelError)error->code) {
  case REEL_ERROR_UNREACHABLE:
  case REEL_ERROR_TLS:
  case REEL_ERROR_BROKEN:
  case REEL_ERROR_TIMEOUT:
    return TRY_AGAIN;
  case REEL_ERROR_BAD_SHAPE:
    /* A part that is not the one that was asked for; or an address that may not be used. */
    return http_status == 206 ? START_OVER : ASK_FIRST;
  case REEL_ERROR_NOT_A_VIDEO:
    return reel_transfer_is_pieced (entry->transfer) ? START_OVER : GIVE_UP;
  case REEL_ERROR_TRUNCATED:
    return ++entry->n_truncated < MOST_TRUNCATED ? START_OVER : GIVE_UP;
  case REEL_ERROR_FILE:
  case REEL_ERROR_TOO_LARGE:
  case REEL_ERROR_NOT_JSON:
  case REEL_ERROR_INVALID_REQUEST:
  case REEL_ERROR_UNAUTHORIZED:
  case REEL_ERROR_INSUFFICIENT_CREDITS:
  case REEL_ERROR_NOT_FOUND:
  case REEL_ERROR_RATE_LIMITED:
  case REEL_ERROR_INTERNAL:
  case REEL_ERROR_UNKNOWN_CODE:
  case REEL_ERROR_STORE:
  case REEL_ERROR_MISSING_DECODER:
  case REEL_ERROR_SECRET:
  case REEL_ERROR_TAKEN:
  case REEL_ERROR_MISMATCH:
  default:
    return GIVE_UP;
  }
}

static void
show_error (ReelDownloader *self, ReelJob *job, ReelFileState state, const char *message)
{
  const ReelJobRecord *before = reel_job_book_peek (self->book, job);
  ReelJobRecord *record;

  if (before->file_state == state && g_strcmp0 (before->file_error, message) == 0)
    return;

  record = reel_job_book_edit (self->book, job);
  record->file_state = state;
  g_set_str (&record->file_error, message);
  reel_job_book_commit_async (self->book, job, record, NULL, NULL);
}

static void
give_up (ReelDownloader *self, Entry *entry, const GError *error)
{
  show_error (self, entry->job, REEL_FILE_FAILED, error->message);
  reel_job_book_add_event (self->book, entry->job, "error", reel_error_get_http_status (error), error->message);
  reel_transfer_discard (entry->transfer);
  remove_entry (self, entry);
}

static void
take_video (ReelDownloader *self, Entry *entry)
{
  g_autofree char *address = reel_uri_redact (entry->url);
  ReelJobRecord *record = reel_job_book_edit (self->book, entry->job);

  record->file_state = REEL_FILE_SAVED;
  g_set_str (&record->file, reel_transfer_get_path (entry->transfer));
  record->file_size = reel_transfer_get_size (entry->transfer);
  g_set_str (&record->file_sha256, reel_transfer_get_sha256 (entry->transfer));
  g_clear_pointer (&record->file_error, g_free);
  record->saved_at = g_get_real_time ();
  reel_job_book_commit_async (self->book, entry->job, record, NULL, NULL);
  reel_job_book_add_event (self->book, entry->job, "download", 200, address);
  remove_entry (self, entry);
}

static gboolean
can_reach (ReelDownloader *self, const char *url)
{
  return g_network_monitor_get_network_available (self->monitor) || reel_uri_is_loopback (url);
}

/* Sets the alarm to when the next attempt may begin. */
static void
arm (ReelDownloader *self)
{
  gint64 next = REEL_ALARM_NEVER;

  if (self->n_running < MOST_AT_ONCE && !g_cancellable_is_cancelled (self->running)) {
    for (GList *link = self->queue.head; link != NULL; link = link->next) {
      Entry *entry = link->data;

      if (entry->state == WAITING && can_reach (self, reel_job_book_peek (self->book, entry->job)->output_url))
        next = MIN (next, entry->due);
    }
  }
  reel_alarm_set (self->alarm, next);
}

static void
wait_after_failure (ReelDownloader *self, Entry *entry, const GError *error)
{
  gint64 retry_after = reel_error_get_retry_after (error);
  gint64 pause = reel_poll_schedule_backoff (self->interval, ++entry->n_failures, g_random_double ());

  if (retry_after >= 0)
    pause = MAX (pause, MIN (retry_after, LONGEST_RETRY_AFTER) * G_USEC_PER_SEC);
  entry->state = WAITING;
  entry->due = g_get_monotonic_time () + pause;
  if (entry->n_failures >= SHOWN_AFTER)
    show_error (self, entry->job, REEL_FILE_DOWNLOADING, error->message);
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
    give_up (self, entry, error != NULL ? error : entry->refusal);
  } else if (error != NULL && choose_remedy (entry, error) == TRY_AGAIN) {
    /* The answer is still owed: the next attempt may fail once more before it asks again. */
    entry->asked = FALSE;
    wait_after_failure (self, entry, error);
  } else {
    entry->state = WAITING;
    entry->due = g_get_monotonic_time ();
  }
  arm (self);
}

static void
ask (ReelDownloader *self, Entry *entry, const GError *refusal)
{
  entry->state = ASKING;
  entry->asked = TRUE;
  g_clear_error (&entry->refusal);
  entry->refusal = g_error_copy (refusal);
  reel_poller_ask_async (self->poller, entry->job, on_asked, call_new (self, entry->job));
}

static void
take_error (ReelDownloader *self, Entry *entry, const GError *error)
{
  Remedy remedy = choose_remedy (entry, error);

  if (reel_transfer_get_received (entry->transfer) > 0) {
    entry->asked = FALSE;
    entry->n_failures = 0;
  }

  if (remedy == ASK_FIRST && entry->asked)
    remedy = GIVE_UP;
  switch (remedy) {
  case START_OVER:
    reel_transfer_forget (entry->transfer);
    wait_after_failure (self, entry, error);
    break;
  case TRY_AGAIN:
    wait_after_failure (self, entry, error);
    if (entry->n_failures % ASK_EVERY == 1 && !entry->refreshing) {
      entry->refreshing = TRUE;
      reel_poller_ask_async (self->poller, entry->job, on_refreshed, call_new (self, entry->job));
    }
    break;
  case ASK_FIRST:
    ask (self, entry, error);
    break;
  case GIVE_UP:
  default:
    give_up (self, entry, error);
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
  self->n_running--;
  if (entry == NULL)
    return;

  if (saved)
    take_video (self, entry);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    take_error (self, entry, error);
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
  self->n_running++;
  reel_transfer_run_async (entry->transfer, url, self->running, on_run, call_new (self, entry->job));
}

static void
on_alarm (gpointer data)
{
  ReelDownloader *self = data;
  gint64 now = g_get_monotonic_time ();
  g_autoptr (GList) entries = g_list_copy (self->queue.head);

  for (GList *link = entries; link != NULL && self->n_running < MOST_AT_ONCE; link = link->next) {
    Entry *entry = link->data;

    if (entry->state == WAITING && entry->due <= now &&
        can_reach (self, reel_job_book_peek (self->book, entry->job)->output_url))
      start (self, entry);
  }
  arm (self);
}

static void
on_network_changed (ReelDownloader *self)
{
  for (GList *link = self->queue.head; link != NULL; link = link->next) {
    Entry *entry = link->data;

    entry->due = MIN (entry->due, g_get_monotonic_time ());
  }
  arm (self);
}

static void
on_progress (ReelTransfer *transfer, GParamSpec *pspec, gpointer job)
{
  reel_job_set_progress (job, reel_transfer_get_progress (transfer));
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
  g_object_unref (self->running);
  g_object_unref (self->client);
  g_object_unref (self->monitor);
  g_clear_object (&self->probe);
  g_object_unref (self->poller);
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
}

static void
reel_downloader_init (ReelDownloader *self)
{
  g_queue_init (&self->queue);
  self->running = g_cancellable_new ();
  self->alarm = reel_alarm_new ("reel-downloader", on_alarm, self);
  /* The base URL is never asked for anything: files come from wherever they are. */
  self->client = reel_client_new (REEL_ACCOUNT_DEFAULT_BASE_URL, NULL);
}

/**
 * reel_downloader_new:
 * @book: where jobs are written
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
                     ReelPoller *poller,
                     ReelFileProbe *probe,
                     GNetworkMonitor *monitor,
                     guint retry_interval)
{
  ReelDownloader *self = g_object_new (REEL_TYPE_DOWNLOADER, NULL);

  self->book = g_object_ref (book);
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
 * Sets where videos go.
 */
void
reel_downloader_set_folder (ReelDownloader *self, const char *folder)
{
  g_set_str (&self->folder, folder);
}

/**
 * reel_downloader_add:
 * @job: a job that succeeded and whose file state is %REEL_FILE_DOWNLOADING
 *
 * Downloads a video, now if fewer than three are on their way.
 */
void
reel_downloader_add (ReelDownloader *self, ReelJob *job)
{
  const ReelJobRecord *record = reel_job_book_peek (self->book, job);
  g_autofree char *name = NULL;
  Entry *entry;

  if (g_cancellable_is_cancelled (self->running) || self->folder == NULL || get_entry (self, job) != NULL ||
      record->status != REEL_SERVICE_SUCCEEDED || record->file_state != REEL_FILE_DOWNLOADING)
    return;

  name = make_name (job);
  entry = g_new0 (Entry, 1);
  entry->job = g_object_ref (job);
  entry->due = g_get_monotonic_time ();
  entry->transfer = reel_transfer_new (self->client, self->probe, self->folder, record->id, name);
  g_signal_connect (entry->transfer, "notify::progress", G_CALLBACK (on_progress), job);
  g_queue_push_tail (&self->queue, entry);
  arm (self);
}

/**
 * reel_downloader_retry:
 * @job: a job whose video could not be saved
 *
 * Downloads a video again, because a person wants to.
 */
void
reel_downloader_retry (ReelDownloader *self, ReelJob *job)
{
  const ReelJobRecord *record = reel_job_book_peek (self->book, job);

  if (!reel_job_book_contains (self->book, job) || record->status != REEL_SERVICE_SUCCEEDED ||
      record->file_state != REEL_FILE_FAILED)
    return;

  show_error (self, job, REEL_FILE_DOWNLOADING, NULL);
  reel_downloader_add (self, job);
}

/**
 * reel_downloader_stop:
 *
 * Ends every download. What is there of them stays hidden; the next run begins them anew.
 */
void
reel_downloader_stop (ReelDownloader *self)
{
  Entry *entry;

  if (g_cancellable_is_cancelled (self->running))
    return;

  g_cancellable_cancel (self->running);
  reel_alarm_set (self->alarm, REEL_ALARM_NEVER);
  while ((entry = g_queue_peek_head (&self->queue)) != NULL)
    remove_entry (self, entry);
}

/**
 * reel_downloader_get_client:
 *
 * Returns: (transfer none): what fetches files; it knows no key
 */
ReelClient *
reel_downloader_get_client (ReelDownloader *self)
{
  return self->client;
}
