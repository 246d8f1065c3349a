#include "config.h"

#include "reel-account.h"
#include "reel-ledger.h"

#define DAY  (24 * G_TIME_SPAN_HOUR)
#define NOON (G_GINT64_CONSTANT (1767268800) * G_TIME_SPAN_SECOND) /* 2026-01-01 12:00 in UTC */
#define CENT (REEL_MONEY_DOLLAR / 100)

static void
add (GPtrArray *entries,
     const char *account,
     gint64 at,
     ReelSubmission submission,
     ReelServiceStatus status,
     ReelMoney estimate,
     const char *credits)
{
  ReelLedgerEntry *entry = reel_ledger_entry_new ();

  entry->id = g_strdup_printf ("job-%u", entries->len);
  entry->account_id = g_strdup (account);
  entry->created_at = at;
  entry->submission = submission;
  entry->status = status;
  entry->estimate = estimate;
  entry->credits_charged = g_strdup (credits);
  g_ptr_array_add (entries, entry);
}

static GPtrArray *
make_entries (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)reel_ledger_entry_free);
}

/* What each kind of job adds, and what it does not. */
static void
test_sum (void)
{
  g_autoptr (GPtrArray) entries = make_entries ();
  ReelLedgerSum sum = {0};

  add (entries, "a", NOON, REEL_SUBMISSION_ACCEPTED, REEL_SERVICE_SUCCEEDED, 50 * CENT, "40");
  add (entries, "a", NOON, REEL_SUBMISSION_ACCEPTED, REEL_SERVICE_FAILED, 10 * CENT, "0.5");
  add (entries, "a", NOON, REEL_SUBMISSION_ACCEPTED, REEL_SERVICE_CANCELLED, REEL_MONEY_NOT_LISTED, NULL);
  add (entries, "a", NOON, REEL_SUBMISSION_ACCEPTED, REEL_SERVICE_PROCESSING, 1, "many");
  add (entries, "a", NOON, REEL_SUBMISSION_ACCEPTED, REEL_SERVICE_LOST, 20 * CENT, "16");
  add (entries, "a", NOON, REEL_SUBMISSION_UNKNOWN, REEL_SERVICE_NONE, 30 * CENT, NULL);
  add (entries, "a", NOON, REEL_SUBMISSION_UNKNOWN, REEL_SERVICE_NONE, REEL_MONEY_NOT_LISTED, NULL);
  add (entries, "a", NOON, REEL_SUBMISSION_SENDING, REEL_SERVICE_NONE, 40 * CENT, NULL);
  add (entries, "a", NOON, REEL_SUBMISSION_RECORDED, REEL_SERVICE_NONE, 999 * CENT, NULL);
  add (entries, "a", NOON, REEL_SUBMISSION_REJECTED, REEL_SERVICE_NONE, 999 * CENT, NULL);
  for (guint i = 0; i < entries->len; i++)
    reel_ledger_sum_add (&sum, entries->pdata[i]);

  g_assert_cmpuint (sum.n_accepted, ==, 4);
  g_assert_cmpuint (sum.n_made, ==, 1);
  g_assert_cmpuint (sum.n_not_listed, ==, 1);
  g_assert_cmpint (sum.estimated, ==, 60 * CENT + 1);
  g_assert_cmpuint (sum.n_charged, ==, 3);
  g_assert_cmpuint (sum.n_not_said, ==, 2);
  g_assert_cmpstr (sum.charged, ==, "56.5");
  g_assert_cmpuint (sum.n_unresolved, ==, 4);
  g_assert_cmpuint (sum.n_unresolved_not_listed, ==, 1);
  g_assert_cmpint (sum.unresolved, ==, 90 * CENT);
  reel_ledger_sum_clear (&sum);
  g_assert_null (sum.charged);
}

/* A sum that does not fit is no wrong sum. */
static void
test_overflow (void)
{
  g_autoptr (GPtrArray) entries = make_entries ();
  ReelLedgerSum sum = {0};

  add (entries, "a", NOON, REEL_SUBMISSION_ACCEPTED, REEL_SERVICE_SUCCEEDED, G_MAXINT64 - 1, NULL);
  add (entries, "a", NOON, REEL_SUBMISSION_ACCEPTED, REEL_SERVICE_SUCCEEDED, 2, NULL);
  reel_ledger_sum_add (&sum, entries->pdata[0]);
  reel_ledger_sum_add (&sum, entries->pdata[1]);
  g_assert_cmpuint (sum.n_accepted, ==, 2);
  g_assert_cmpuint (sum.n_not_listed, ==, 1);
  g_assert_cmpint (sum.estimated, ==, G_MAXINT64 - 1);
  reel_ledger_sum_clear (&sum);
}

static void
test_periods (void)
{
  GPtrArray *entries = make_entries (), *accounts;
  g_autoptr (ReelLedger) ledger = NULL;
  const ReelLedgerAccount *account;
  const ReelLedgerPeriod *month, *day;

  /* In any order. */
  add (entries, "a", NOON - DAY, REEL_SUBMISSION_ACCEPTED, REEL_SERVICE_SUCCEEDED, CENT, "1");
  add (entries, REEL_ACCOUNT_SANDBOX_ID, NOON + 9 * DAY, REEL_SUBMISSION_ACCEPTED, REEL_SERVICE_SUCCEEDED, 7 * CENT,
       "7");
  add (entries, "a", NOON, REEL_SUBMISSION_ACCEPTED, REEL_SERVICE_SUCCEEDED, 2 * CENT, "2");
  add (entries, "b", NOON + DAY, REEL_SUBMISSION_UNKNOWN, REEL_SERVICE_NONE, 5 * CENT, NULL);
  add (entries, "a", NOON + 3 * DAY, REEL_SUBMISSION_ACCEPTED, REEL_SERVICE_SUCCEEDED, 3 * CENT, "3");
  add (entries, "a", NOON + G_TIME_SPAN_HOUR, REEL_SUBMISSION_ACCEPTED, REEL_SERVICE_SUCCEEDED, 4 * CENT, "4");
  add (entries, "c", NOON, REEL_SUBMISSION_REJECTED, REEL_SERVICE_NONE, 5 * CENT, NULL);
  ledger = reel_ledger_new (entries);

  g_assert_cmpuint (reel_ledger_get_entries (ledger)->len, ==, 7);
  accounts = reel_ledger_get_accounts (ledger);
  g_assert_cmpuint (accounts->len, ==, 3);
  account = accounts->pdata[0];
  g_assert_cmpstr (account->id, ==, "a");
  g_assert_cmpstr (((ReelLedgerAccount *)accounts->pdata[1])->id, ==, "b");
  g_assert_cmpstr (((ReelLedgerAccount *)accounts->pdata[2])->id, ==, REEL_ACCOUNT_SANDBOX_ID);
  g_assert_cmpint (account->sum.estimated, ==, 10 * CENT);
  g_assert_cmpstr (account->sum.charged, ==, "10");

  /* January, then December. */
  g_assert_cmpuint (account->months->len, ==, 2);
  month = account->months->pdata[0];
  g_assert_cmpint (month->begin, ==, NOON - 12 * G_TIME_SPAN_HOUR);
  g_assert_cmpint (month->sum.estimated, ==, 9 * CENT);
  g_assert_cmpuint (month->days->len, ==, 2);
  day = month->days->pdata[0];
  g_assert_cmpint (day->begin, ==, NOON + 3 * DAY - 12 * G_TIME_SPAN_HOUR);
  g_assert_cmpint (day->sum.estimated, ==, 3 * CENT);
  day = month->days->pdata[1];
  g_assert_cmpuint (day->sum.n_accepted, ==, 2);
  g_assert_cmpstr (day->sum.charged, ==, "6");
  g_assert_null (day->days);
  month = account->months->pdata[1];
  g_assert_cmpuint (month->sum.n_accepted, ==, 1);
}

static void
test_empty (void)
{
  g_autoptr (ReelLedger) ledger = reel_ledger_new (make_entries ());
  g_autoptr (ReelLedger) other = reel_ledger_ref (ledger);

  g_assert_true (other == ledger);
  g_assert_cmpuint (reel_ledger_get_accounts (ledger)->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/ledger/sum", test_sum);
  g_test_add_func ("/ledger/overflow", test_overflow);
  g_test_add_func ("/ledger/periods", test_periods);
  g_test_add_func ("/ledger/empty", test_empty);

  return g_test_run ();
}
