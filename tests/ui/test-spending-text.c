#include "config.h"

#include "reel-ledger-csv.h"
#include "reel-spending-text.h"

#define CENT (REEL_MONEY_DOLLAR / 100)
#define NOON (G_GINT64_CONSTANT (1767268800) * G_TIME_SPAN_SECOND) /* 2026-01-01 12:00 in UTC */

static void
assert_text (char *text, const char *expected)
{
  g_autofree char *taken = text;

  g_assert_cmpstr (taken, ==, expected);
}

static void
assert_texts (const ReelLedgerSum *sum,
              const char *amount,
              const char *details,
              const char *gaps,
              const char *unresolved)
{
  assert_text (reel_spending_text_make_gaps (sum), gaps);
  assert_text (reel_spending_text_make_amount (sum), amount);
  assert_text (reel_spending_text_make_details (sum), details);
  assert_text (reel_spending_text_make_unresolved (sum), unresolved);
}

static void
test_sums (void)
{
  const ReelLedgerSum nothing = {0};
  const ReelLedgerSum one = {
      .n_accepted = 1, .n_made = 1, .estimated = 50 * CENT, .n_charged = 1, .charged = (char *)"1"};
  const ReelLedgerSum many = {.n_accepted = 12,
                              .n_made = 11,
                              .n_not_listed = 2,
                              .estimated = 600 * CENT,
                              .n_charged = 11,
                              .n_not_said = 1,
                              .charged = (char *)"480.5",
                              .n_unresolved = 2,
                              .unresolved = 100 * CENT};
  const ReelLedgerSum unlisted = {.n_accepted = 2, .n_not_listed = 2, .n_not_said = 2};
  const ReelLedgerSum unsure = {.n_unresolved = 2, .n_unresolved_not_listed = 1, .unresolved = 50 * CENT};
  const ReelLedgerSum unknown = {.n_unresolved = 1, .n_unresolved_not_listed = 1};

  assert_texts (&nothing, "—", "", "", NULL);
  assert_texts (&one, "$0.50", "1 request · 1 video · 1 credit charged", "", NULL);
  assert_texts (&many, "$6.00", "12 requests · 11 videos · 480.5 credits charged",
                "1 charge not said · 2 prices not listed", "2 unresolved, estimated $1.00");
  /* What is not listed is never nothing. */
  assert_texts (&unlisted, "Price not listed", "2 requests", "2 charges not said", NULL);
  assert_texts (&unsure, "—", "", "", "2 unresolved, estimated $0.50, 1 price not listed");
  assert_texts (&unknown, "—", "", "", "1 unresolved, 1 price not listed");
}

static void
test_periods (void)
{
  assert_text (reel_spending_text_make_month (NOON), "January 2026");
  assert_text (reel_spending_text_make_day (NOON), "Thursday, 1 January");
  assert_text (reel_spending_text_make_file_name (NOON), "seedreel-spending-2026-01-01.csv");
}

static ReelLedgerEntry *
add (GPtrArray *entries, const char *prompt)
{
  ReelLedgerEntry *entry = reel_ledger_entry_new ();

  entry->id = g_strdup_printf ("job-%u", entries->len);
  entry->account_id = g_strdup ("one");
  entry->created_at = NOON - entries->len;
  entry->prompt = g_strdup (prompt);
  entry->submission = REEL_SUBMISSION_ACCEPTED;
  g_ptr_array_add (entries, entry);

  return entry;
}

static char *
make_csv (GPtrArray *entries)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (ReelLedger) ledger = reel_ledger_new (entries);

  g_hash_table_insert (names, (gpointer) "one", (gpointer) "Stu,dio");

  return reel_ledger_csv_make (ledger, names);
}

static void
test_csv (void)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify)reel_ledger_entry_free);
  ReelLedgerEntry *entry = add (entries, "A \"boat\",\nat dawn");

  entry->model = g_strdup ("seedance-2.0");
  entry->duration = 5;
  entry->resolution = g_strdup ("720p");
  entry->estimate = 50 * CENT + 1;
  entry->credits_charged = g_strdup ("40.5");
  entry->status = REEL_SERVICE_SUCCEEDED;
  entry->request_id = g_strdup ("req_1");
  entry = add (entries, NULL);
  g_set_str (&entry->account_id, "gone");
  entry->submission = REEL_SUBMISSION_UNKNOWN;
  assert_text (
      make_csv (entries),
      "created_at,account,model,duration_seconds,resolution,estimate_usd,credits_charged,outcome,service_status,"
      "request_id,job_id,prompt\r\n"
      "2026-01-01T12:00:00Z,\"Stu,dio\",\"seedance-2.0\",5,\"720p\",0.500001,40.5,accepted,succeeded,\"req_1\","
      "\"job-0\",\"A \"\"boat\"\",\nat dawn\"\r\n"
      "2026-01-01T11:59:59Z,\"gone\",\"\",,\"\",,\"\",unresolved,,\"\",\"job-1\",\"\"\r\n");
}

/* What a spreadsheet would run stays a text; a number stays a number. */
static void
test_formulas (void)
{
  static const char *const prompts[] = {"=1+1", "+1",  "-1",  "@SUM(A1)", "\t=1", "\r=1",
                                        "\n=1", "＝1", "＋1", "－1",      "＠1"};
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify)reel_ledger_entry_free);
  g_autofree char *csv = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (prompts); i++) {
    ReelLedgerEntry *entry = add (entries, prompts[i]);

    entry->model = g_strdup (prompts[i]);
    entry->request_id = g_strdup (prompts[i]);
    entry->credits_charged = g_strdup (i == 0 ? "-2.5" : prompts[i]);
  }
  csv = make_csv (entries);
  for (guint i = 0; i < G_N_ELEMENTS (prompts); i++) {
    g_autofree char *bare = g_strdup_printf (",\"%s", prompts[i]), *guarded = g_strdup_printf (",\"'%s", prompts[i]);

    g_assert_null (strstr (csv, bare));
    g_assert_nonnull (strstr (csv, guarded));
  }
  g_assert_nonnull (strstr (csv, ",-2.5,"));
  g_assert_nonnull (strstr (csv, ",-1,"));
}

static void
test_bad_text (void)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify)reel_ledger_entry_free);
  g_autofree char *csv = NULL;

  add (entries, "bad \xff");
  csv = make_csv (entries);
  g_assert_true (g_utf8_validate (csv, -1, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/spending-text/sums", test_sums);
  g_test_add_func ("/ui/spending-text/periods", test_periods);
  g_test_add_func ("/ui/spending-text/csv", test_csv);
  g_test_add_func ("/ui/spending-text/formulas", test_formulas);
  g_test_add_func ("/ui/spending-text/bad-text", test_bad_text);

  return g_test_run ();
}
