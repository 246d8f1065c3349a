#include "config.h"

#include "reel-store.h"
#include "reel-test.h"

#define CENT (REEL_MONEY_DOLLAR / 100)

typedef struct
{
  ReelStore *store;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = reel_test_make_folder (), *path = g_build_filename (folder, "history.db", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture->store = reel_store_new (path);
  reel_store_open_async (fixture->store, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  reel_store_open_finish (fixture->store, result, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  reel_store_close_async (fixture->store, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  g_clear_object (&result);
  g_assert_finalize_object (fixture->store);
}

static void
save (Fixture *fixture, const char *id, ReelSubmission submission, const char *request_id, ReelMoney estimate)
{
  g_autoptr (ReelJobRecord) record = reel_job_record_new ();

  record->id = g_strdup (id);
  record->account_id = g_strdup ("one");
  record->model = g_strdup ("seedance-2.0");
  record->prompt = g_strdup ("A secret prompt");
  record->duration = 5;
  record->resolution = g_strdup ("720p");
  record->created_at = G_TIME_SPAN_DAY;
  record->submission = submission;
  record->request_id = g_strdup (request_id);
  record->status = request_id != NULL ? REEL_SERVICE_SUCCEEDED : REEL_SERVICE_NONE;
  record->credits_charged = request_id != NULL ? g_strdup ("40") : NULL;
  record->estimate = estimate;
  reel_store_save_job_async (fixture->store, record, NULL, NULL, NULL);
}

static void
forget (Fixture *fixture, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  reel_store_delete_job_async (fixture->store, id, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  reel_store_delete_job_finish (fixture->store, result, &error);
  g_assert_no_error (error);
}

static ReelLedger *
load (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReelLedger *ledger;

  reel_store_load_ledger_async (fixture->store, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  ledger = reel_store_load_ledger_finish (fixture->store, result, &error);
  g_assert_no_error (error);

  return ledger;
}

static const ReelLedgerSum *
get_sum (ReelLedger *ledger)
{
  GPtrArray *accounts = reel_ledger_get_accounts (ledger);

  g_assert_cmpuint (accounts->len, ==, 1);

  return &((ReelLedgerAccount *)accounts->pdata[0])->sum;
}

/* Deleting a job changes no sum, and leaves no word of it behind. */
static void
test_deleted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReelLedger) before = NULL, after = NULL;
  GPtrArray *entries;

  save (fixture, "made", REEL_SUBMISSION_ACCEPTED, "req_1", 50 * CENT);
  save (fixture, "unlisted", REEL_SUBMISSION_ACCEPTED, "req_2", REEL_MONEY_NOT_LISTED);
  save (fixture, "unknown", REEL_SUBMISSION_UNKNOWN, NULL, 30 * CENT);
  save (fixture, "refused", REEL_SUBMISSION_REJECTED, NULL, 20 * CENT);
  before = load (fixture);
  g_assert_cmpuint (reel_ledger_get_entries (before)->len, ==, 4);
  forget (fixture, "made");
  forget (fixture, "unlisted");
  forget (fixture, "unknown");
  forget (fixture, "refused");
  forget (fixture, "nobody");
  after = load (fixture);

  entries = reel_ledger_get_entries (after);
  g_assert_cmpuint (entries->len, ==, 3);
  for (guint i = 0; i < entries->len; i++)
    g_assert_null (((ReelLedgerEntry *)entries->pdata[i])->prompt);
  for (guint i = 0; i < 2; i++) {
    const ReelLedgerSum *sum = get_sum (i == 0 ? before : after);

    g_assert_cmpuint (sum->n_accepted, ==, 2);
    g_assert_cmpuint (sum->n_made, ==, 2);
    g_assert_cmpint (sum->estimated, ==, 50 * CENT);
    g_assert_cmpuint (sum->n_not_listed, ==, 1);
    g_assert_cmpstr (sum->charged, ==, "80");
    g_assert_cmpuint (sum->n_unresolved, ==, 1);
    g_assert_cmpint (sum->unresolved, ==, 30 * CENT);
  }
}

static void
test_entry (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReelLedger) ledger = NULL;
  const ReelLedgerEntry *entry;

  save (fixture, "made", REEL_SUBMISSION_ACCEPTED, "req_1", 50 * CENT);
  for (guint i = 0; i < 2; i++) {
    g_clear_pointer (&ledger, reel_ledger_unref);
    ledger = load (fixture);
    entry = reel_ledger_get_entries (ledger)->pdata[0];
    g_assert_cmpstr (entry->id, ==, "made");
    g_assert_cmpstr (entry->account_id, ==, "one");
    g_assert_cmpstr (entry->model, ==, "seedance-2.0");
    g_assert_cmpuint (entry->duration, ==, 5);
    g_assert_cmpstr (entry->resolution, ==, "720p");
    g_assert_cmpint (entry->created_at, ==, G_TIME_SPAN_DAY);
    g_assert_cmpint (entry->estimate, ==, 50 * CENT);
    g_assert_cmpstr (entry->credits_charged, ==, "40");
    g_assert_cmpint (entry->submission, ==, REEL_SUBMISSION_ACCEPTED);
    g_assert_cmpstr (entry->request_id, ==, "req_1");
    g_assert_cmpint (entry->status, ==, REEL_SERVICE_SUCCEEDED);
    g_assert_cmpstr (entry->prompt, ==, i == 0 ? "A secret prompt" : NULL);
    forget (fixture, "made");
  }
}

/* A video that was deleted and is found again by its request id was paid for once. */
static void
test_found_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ReelLedger) ledger = NULL;

  save (fixture, "made", REEL_SUBMISSION_ACCEPTED, "req_1", 50 * CENT);
  forget (fixture, "made");
  save (fixture, "adopted", REEL_SUBMISSION_ACCEPTED, "req_1", REEL_MONEY_NOT_LISTED);
  save (fixture, "again", REEL_SUBMISSION_UNKNOWN, NULL, CENT);
  forget (fixture, "again");
  ledger = load (fixture);
  g_assert_cmpuint (get_sum (ledger)->n_accepted, ==, 1);
  g_assert_cmpstr (get_sum (ledger)->charged, ==, "40");
  g_assert_cmpuint (get_sum (ledger)->n_unresolved, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/store/ledger/deleted", test_deleted);
  ADD ("/store/ledger/entry", test_entry);
  ADD ("/store/ledger/found-again", test_found_again);

  return g_test_run ();
}
