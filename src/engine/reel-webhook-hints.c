#include "config.h"

#include "reel-webhook-hints.h"

#include "reel-alarm.h"
#include "reel-error.h"
#include "reel-poll-schedule.h"

#include <string.h>

/* What one job may be hinted at: so often at once, and then once in so many microseconds. The service sends one webhook a job;
 * whoever has learnt a token must not use up the requests of all jobs with it. */
#define MOST_HINTS 3
#define HINT_EVERY (10 * G_USEC_PER_SEC)

/* Request ids that wait to be proved for one job. */
#define MOST_CLAIMS 3

/* What is kept of the words of a webhook, bytes. */
#define MOST_WORDS 4096

/* How often a claim is tried before it is dropped. The last pauses are minutes. */
#define MOST_FAILURES 30

/**
 * ReelWebhookHints:
 *
 * What webhooks lead to. None is believed: an accepted job is asked about at once, and for a job whose outcome is unknown the
 * service is asked for the request id that the webhook names. Where it knows it, the job is adopted; where it does not,
 * nothing changes. A failure to ask is tried again.
 *
 * A signature proves that the service itself names this job by that request id; only then is it no matter whether the service
 * repeats the prompt exactly as it was sent.
 */
struct _ReelWebhookHints
{
  GObject parent_instance;

  ReelJobBook *book;
  ReelAccounts *accounts;
  ReelPoller *poller;
  ReelAdopter *adopter;
  gint64 interval; /* microseconds */

  GHashTable *cases; /* ReelJob -> Case */
  ReelAlarm *alarm;
  GCancellable *running;
};

G_DEFINE_FINAL_TYPE (ReelWebhookHints, reel_webhook_hints, G_TYPE_OBJECT)

/* A job that was hinted at. */
typedef struct
{
  ReelWebhookHints *hints; /* borrowed */
  ReelJob *job;            /* owned */
  gint64 paid_until;       /* monotonic microseconds: MOST_HINTS of HINT_EVERY after it, no more hints are taken */
  GPtrArray *claims;       /* Claim: what is not proved yet */
  gboolean asking;         /* about the first of them */
  gboolean again;          /* the account changed meanwhile: whatever comes of it, ask again */
  guint n_failures;
  gint64 due; /* monotonic microseconds */
} Case;

/* A request id that a webhook names for a job. */
typedef struct
{
  char *request_id;
  gboolean verified; /* its signature is right */
} Claim;

/* A question on its way. */
typedef struct
{
  ReelWebhookHints *hints; /* owned */
  ReelJob *job;            /* owned */
} Asking;

static void try_claim (Case *self);

static void
claim_free (gpointer data)
{
  Claim *claim = data;

  g_free (claim->request_id);
  g_free (claim);
}

static void
case_free (gpointer data)
{
  Case *self = data;

  g_signal_handlers_disconnect_by_data (self->job, self);
  g_object_unref (self->job);
  g_ptr_array_unref (self->claims);
  g_free (self);
}

static Case *
ensure_case (ReelWebhookHints *hints, ReelJob *job)
{
  Case *self = g_hash_table_lookup (hints->cases, job);

  if (self != NULL)
    return self;

  self = g_new0 (Case, 1);
  self->hints = hints;
  self->job = g_object_ref (job);
  self->claims = g_ptr_array_new_with_free_func (claim_free);
  g_signal_connect_swapped (job, "changed", G_CALLBACK (try_claim), self);
  g_hash_table_insert (hints->cases, job, self);

  return self;
}

static gboolean
may_hint (Case *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->paid_until > now + (MOST_HINTS - 1) * HINT_EVERY)
    return FALSE;

  self->paid_until = MAX (self->paid_until, now) + HINT_EVERY;

  return TRUE;
}

static void
arm (ReelWebhookHints *hints)
{
  gint64 next = REEL_ALARM_NEVER, now = g_get_monotonic_time ();
  GHashTableIter iter;
  Case *self;

  g_hash_table_iter_init (&iter, hints->cases);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&self))
    if (self->claims->len > 0 && !self->asking && self->due > now)
      next = MIN (next, self->due);
  reel_alarm_set (hints->alarm, next);
}

/* Whether a claim was answered for good, whatever the answer. */
static gboolean
is_settled (const GError *error)
{
  guint status = reel_error_get_http_status (error);

  if (error == NULL || error->domain != REEL_ERROR)
    return TRUE;
  if (g_error_matches (error, REEL_ERROR, REEL_ERROR_TAKEN) || g_error_matches (error, REEL_ERROR, REEL_ERROR_MISMATCH))
    return TRUE;

  return status >= 400 && status < 500 && status != 401 && status != 408 && status != 429;
}

static void
on_adopted (GObject *source, GAsyncResult *result, gpointer data)
{
  Asking *asking = data;
  g_autoptr (ReelWebhookHints) hints = asking->hints;
  g_autoptr (ReelJob) job = asking->job;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelJob) adopted = reel_adopter_adopt_finish (REEL_ADOPTER (source), result, &error);
  Case *self = g_hash_table_lookup (hints->cases, job);

  g_free (asking);
  if (self == NULL)
    return;

  self->asking = FALSE;
  if (adopted != NULL) {
    g_ptr_array_set_size (self->claims, 0);
  } else if (is_settled (error) || ++self->n_failures == MOST_FAILURES) {
    self->n_failures = 0;
    g_ptr_array_remove_index (self->claims, 0);
    try_claim (self);
  } else if (self->again) {
    self->due = 0;
    try_claim (self);
  } else if (g_error_matches (error, REEL_ERROR, REEL_ERROR_UNAUTHORIZED)) {
    self->due = REEL_ALARM_NEVER; /* until there is another key */
  } else {
    gint64 pause = reel_poll_schedule_backoff (hints->interval, self->n_failures, g_random_double ());

    self->due = g_get_monotonic_time () + MAX (pause, reel_error_get_retry_after (error) * G_USEC_PER_SEC);
    arm (hints);
  }
}

/* Goes on with what is claimed for a job, as far as that is possible now. While its request is on its way its answer may
 * still come, and is the better proof. */
static void
try_claim (Case *self)
{
  ReelWebhookHints *hints = self->hints;
  const ReelJobRecord *record = reel_job_book_peek (hints->book, self->job);
  const Claim *first;
  Asking *asking;

  if (self->claims->len == 0 || self->asking || record->submission == REEL_SUBMISSION_SENDING)
    return;

  /* What never left has no webhook. */
  if (!reel_job_book_contains (hints->book, self->job) || record->sent_at == 0) {
    g_ptr_array_set_size (self->claims, 0);
    return;
  }
  if (record->submission == REEL_SUBMISSION_ACCEPTED) {
    g_ptr_array_set_size (self->claims, 0);
    reel_poller_poll_now (hints->poller, self->job);
    return;
  }
  if (self->due > g_get_monotonic_time () || reel_accounts_get_client (hints->accounts, record->account_id) == NULL) {
    arm (hints);
    return;
  }

  asking = g_new0 (Asking, 1);
  asking->hints = g_object_ref (hints);
  asking->job = g_object_ref (self->job);
  self->asking = TRUE;
  self->again = FALSE;
  first = self->claims->pdata[0];
  reel_adopter_adopt_async (hints->adopter, self->job, NULL, first->request_id, first->verified, hints->running,
                            on_adopted, asking);
}

static void
on_alarm (gpointer data)
{
  ReelWebhookHints *self = data;
  g_autoptr (GPtrArray) cases = g_hash_table_get_values_as_ptr_array (self->cases);

  for (guint i = 0; i < cases->len; i++)
    try_claim (cases->pdata[i]);
}

/* Another key, or the first one: what could not be asked can be asked now. */
static void
on_client_changed (ReelWebhookHints *self, const char *account_id)
{
  g_autoptr (GPtrArray) cases = g_hash_table_get_values_as_ptr_array (self->cases);

  for (guint i = 0; i < cases->len; i++) {
    Case *each = cases->pdata[i];

    if (g_strcmp0 (reel_job_get_record (each->job)->account_id, account_id) != 0)
      continue;
    each->due = 0;
    each->again = TRUE;
    try_claim (each);
  }
}

static gboolean
is_about (gconstpointer claim, gconstpointer request_id)
{
  return g_str_equal (((const Claim *)claim)->request_id, request_id);
}

static void
add_claim (Case *self, const char *request_id, gboolean verified)
{
  Claim *claim;

  if (self->claims->len >= MOST_CLAIMS || g_ptr_array_find_with_equal_func (self->claims, request_id, is_about, NULL))
    return;

  claim = g_new0 (Claim, 1);
  claim->request_id = g_strdup (request_id);
  claim->verified = verified;
  g_ptr_array_add (self->claims, claim);
  try_claim (self);
}

static void
reel_webhook_hints_finalize (GObject *object)
{
  ReelWebhookHints *self = REEL_WEBHOOK_HINTS (object);

  reel_alarm_free (self->alarm);
  g_hash_table_unref (self->cases);
  g_object_unref (self->running);
  g_object_unref (self->adopter);
  g_object_unref (self->poller);
  g_object_unref (self->accounts);
  g_object_unref (self->book);

  G_OBJECT_CLASS (reel_webhook_hints_parent_class)->finalize (object);
}

static void
reel_webhook_hints_class_init (ReelWebhookHintsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reel_webhook_hints_finalize;
}

static void
reel_webhook_hints_init (ReelWebhookHints *self)
{
  self->cases = g_hash_table_new_full (NULL, NULL, NULL, case_free);
  self->alarm = reel_alarm_new ("reel-webhook-hints", on_alarm, self);
  self->running = g_cancellable_new ();
}

/**
 * reel_webhook_hints_new:
 * @book: where the jobs are
 * @accounts: whose clients ask
 * @poller: asks for the state of accepted jobs
 * @adopter: proves request ids
 * @poll_interval: the shortest pause between two attempts to prove one, milliseconds
 *
 * Makes what takes hints.
 *
 * Returns: (transfer full): the taker; end it with reel_webhook_hints_stop()
 */
ReelWebhookHints *
reel_webhook_hints_new (ReelJobBook *book,
                        ReelAccounts *accounts,
                        ReelPoller *poller,
                        ReelAdopter *adopter,
                        guint poll_interval)
{
  ReelWebhookHints *self = g_object_new (REEL_TYPE_WEBHOOK_HINTS, NULL);

  self->book = g_object_ref (book);
  self->accounts = g_object_ref (accounts);
  self->poller = g_object_ref (poller);
  self->adopter = g_object_ref (adopter);
  self->interval = (gint64)poll_interval * 1000;
  g_signal_connect_object (accounts, "client-changed", G_CALLBACK (on_client_changed), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * reel_webhook_hints_take:
 * @job: the job whose address a webhook came to
 * @generation: what the webhook tells
 * @verified: whether its signature proves that the service sent it
 *
 * Follows a hint: at once, or when that is possible. One that names another job of the service than the accepted one is not
 * about it.
 */
void
reel_webhook_hints_take (ReelWebhookHints *self, ReelJob *job, const ReelGeneration *generation, gboolean verified)
{
  const ReelJobRecord *record = reel_job_book_peek (self->book, job);
  const char *request_id = generation->request_id;
  g_autofree char *words = NULL;
  Case *found;

  if (g_cancellable_is_cancelled (self->running))
    return;

  found = ensure_case (self, job);
  if (!may_hint (found))
    return;

  words = g_utf8_make_valid (generation->body, MIN (strlen (generation->body), MOST_WORDS));
  reel_job_book_add_event (self->book, job, "webhook", 0, words);
  if (record->submission != REEL_SUBMISSION_ACCEPTED) {
    if (request_id != NULL)
      add_claim (found, request_id, verified);
  } else if (request_id == NULL || g_str_equal (request_id, record->request_id)) {
    reel_poller_poll_now (self->poller, job);
  }
}

/**
 * reel_webhook_hints_stop:
 *
 * Takes no more hints and ends every question.
 */
void
reel_webhook_hints_stop (ReelWebhookHints *self)
{
  g_cancellable_cancel (self->running);
  g_hash_table_remove_all (self->cases);
  reel_alarm_set (self->alarm, REEL_ALARM_NEVER);
}
