#include "config.h"

#include "reel-ledger.h"

#include "reel-account.h"

/**
 * ReelLedger:
 *
 * What was spent: an entry for each job, and the sums by account, month and day. It does not change; threads share it.
 */
struct _ReelLedger
{
  GPtrArray *entries;  /* ReelLedgerEntry, the newest first */
  GPtrArray *accounts; /* ReelLedgerAccount, the sandbox last */
};

static void
period_free (gpointer data)
{
  ReelLedgerPeriod *self = data;

  reel_ledger_sum_clear (&self->sum);
  g_clear_pointer (&self->days, g_ptr_array_unref);
  g_free (self);
}

static void
account_free (gpointer data)
{
  ReelLedgerAccount *self = data;

  g_free (self->id);
  reel_ledger_sum_clear (&self->sum);
  g_ptr_array_unref (self->months);
  g_free (self);
}

static ReelLedgerAccount *
get_account (ReelLedger *self, const char *id)
{
  ReelLedgerAccount *account;

  for (guint i = 0; i < self->accounts->len; i++) {
    account = self->accounts->pdata[i];
    if (g_strcmp0 (account->id, id) == 0)
      return account;
  }

  account = g_new0 (ReelLedgerAccount, 1);
  account->id = g_strdup (id);
  account->months = g_ptr_array_new_with_free_func (period_free);
  /* The sandbox costs nothing: it stands last. */
  if (self->accounts->len > 0 && g_strcmp0 (id, REEL_ACCOUNT_SANDBOX_ID) != 0) {
    ReelLedgerAccount *last = self->accounts->pdata[self->accounts->len - 1];
    gboolean sandbox_is_last = g_strcmp0 (last->id, REEL_ACCOUNT_SANDBOX_ID) == 0;

    g_ptr_array_insert (self->accounts, (int)self->accounts->len - (sandbox_is_last ? 1 : 0), account);
  } else {
    g_ptr_array_add (self->accounts, account);
  }

  return account;
}

/* The entries come newest first: the period of one is the last that was begun, or a new one. */
static ReelLedgerPeriod *
get_period (GPtrArray *periods, gint64 begin, gboolean has_days)
{
  ReelLedgerPeriod *period = periods->len > 0 ? periods->pdata[periods->len - 1] : NULL;

  if (period != NULL && period->begin == begin)
    return period;

  period = g_new0 (ReelLedgerPeriod, 1);
  period->begin = begin;
  period->days = has_days ? g_ptr_array_new_with_free_func (period_free) : NULL;
  g_ptr_array_add (periods, period);

  return period;
}

static gint64
get_begin (GTimeZone *zone, int year, int month, int day)
{
  g_autoptr (GDateTime) begin = g_date_time_new (zone, year, month, day, 0, 0, 0);

  return begin != NULL ? g_date_time_to_unix (begin) * G_TIME_SPAN_SECOND : 0;
}

static void
add (ReelLedger *self, const ReelLedgerEntry *entry, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (entry->created_at);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  ReelLedgerPeriod *month, *day;
  ReelLedgerAccount *account;
  int year_number, month_number, day_number;

  if (local == NULL || reel_ledger_entry_get_kind (entry) == REEL_LEDGER_NOTHING)
    return;

  g_date_time_get_ymd (local, &year_number, &month_number, &day_number);
  account = get_account (self, entry->account_id);
  month = get_period (account->months, get_begin (zone, year_number, month_number, 1), TRUE);
  day = get_period (month->days, get_begin (zone, year_number, month_number, day_number), FALSE);
  reel_ledger_sum_add (&account->sum, entry);
  reel_ledger_sum_add (&month->sum, entry);
  reel_ledger_sum_add (&day->sum, entry);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const ReelLedgerEntry *one = a, *other = b;

  if (one->created_at != other->created_at)
    return one->created_at > other->created_at ? -1 : 1;

  return g_strcmp0 (one->id, other->id);
}

static void
clear (gpointer data)
{
  ReelLedger *self = data;

  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->accounts);
}

/**
 * reel_ledger_new:
 * @entries: (transfer full) (element-type ReelLedgerEntry): what is kept of each job
 *
 * Sums up what was spent, by account, month and day of the local time zone. It takes its time with many jobs: call it in
 * a thread.
 *
 * Returns: (transfer full): the ledger; release it with reel_ledger_unref()
 */
ReelLedger *
reel_ledger_new (GPtrArray *entries)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  ReelLedger *self = g_atomic_rc_box_new0 (ReelLedger);

  self->entries = entries;
  self->accounts = g_ptr_array_new_with_free_func (account_free);
  g_ptr_array_sort_values (entries, compare_newest_first);
  for (guint i = 0; i < entries->len; i++)
    add (self, entries->pdata[i], zone);

  return self;
}

/**
 * reel_ledger_ref:
 *
 * Returns: (transfer full): the same ledger, held once more
 */
ReelLedger *
reel_ledger_ref (ReelLedger *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * reel_ledger_unref:
 * @self: (transfer full): a ledger
 *
 * Lets go of a ledger.
 */
void
reel_ledger_unref (ReelLedger *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/**
 * reel_ledger_get_entries:
 *
 * Returns: (transfer none) (element-type ReelLedgerEntry): what is kept of each job, the newest first
 */
GPtrArray *
reel_ledger_get_entries (ReelLedger *self)
{
  return self->entries;
}

/**
 * reel_ledger_get_accounts:
 *
 * Returns: (transfer none) (element-type ReelLedgerAccount): what was spent with each account that has spent something,
 *   the one that was used last first, the sandbox last
 */
GPtrArray *
reel_ledger_get_accounts (ReelLedger *self)
{
  return self->accounts;
}
