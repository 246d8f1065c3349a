#include "config.h"

#include "reel-ledger-csv.h"

#include "reel-decimal.h"

/* Words for machines: they are the same in every language. */
static const char header[] =
    "created_at,account,model,duration_seconds,resolution,estimate_usd,credits_charged,outcome,"
    "service_status,request_id,job_id,prompt\r\n";

static const char *const outcomes[] = {
    [REEL_LEDGER_NOTHING] = "not_charged",
    [REEL_LEDGER_ACCEPTED] = "accepted",
    [REEL_LEDGER_UNRESOLVED] = "unresolved",
};

static const char *const statuses[] = {
    [REEL_SERVICE_NONE] = "",
    [REEL_SERVICE_QUEUED] = "queued",
    [REEL_SERVICE_PROCESSING] = "processing",
    [REEL_SERVICE_SUCCEEDED] = "succeeded",
    [REEL_SERVICE_FAILED] = "failed",
    [REEL_SERVICE_CANCELLED] = "cancelled",
    [REEL_SERVICE_LOST] = "lost",
    [REEL_SERVICE_OTHER] = "other",
};

/* A spreadsheet takes a text for a formula that begins with one of these, also in their full-width forms. */
static gboolean
is_formula (const char *text)
{
  static const gunichar starts[] = {'=', '+', '-', '@', '\t', '\r', '\n', 0xff1d, 0xff0b, 0xff0d, 0xff20};

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    if (g_utf8_get_char (text) == starts[i])
      return TRUE;

  return FALSE;
}

/* A field that is as it is. */
static void
add_plain (GString *csv, const char *text)
{
  if (csv->len > 0 && csv->str[csv->len - 1] != '\n')
    g_string_append_c (csv, ',');
  g_string_append (csv, text);
}

/* A field with a text of somebody else's, by RFC 4180 in quotation marks, and as a text for spreadsheets. */
static void
add_text (GString *csv, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  g_string_append (csv, ",\"");
  if (is_formula (valid))
    g_string_append_c (csv, '\'');
  for (const char *at = valid; *at != '\0'; at++) {
    if (*at == '"')
      g_string_append_c (csv, '"');
    g_string_append_c (csv, *at);
  }
  g_string_append_c (csv, '"');
}

static void
add_time (GString *csv, gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (time);
  g_autofree char *text = utc != NULL ? g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("");

  g_string_append (csv, text);
}

static void
add_amount (GString *csv, ReelMoney amount)
{
  g_string_append_c (csv, ',');
  if (amount >= 0)
    g_string_append_printf (csv, "%" G_GINT64_FORMAT ".%06d", amount / REEL_MONEY_DOLLAR,
                            (int)(amount % REEL_MONEY_DOLLAR));
}

static void
add_entry (GString *csv, const ReelLedgerEntry *entry, GHashTable *account_names)
{
  const char *name = g_hash_table_lookup (account_names, entry->account_id);

  add_time (csv, entry->created_at);
  add_text (csv, name != NULL ? name : entry->account_id);
  add_text (csv, entry->model);
  g_string_append_c (csv, ',');
  if (entry->duration > 0)
    g_string_append_printf (csv, "%u", entry->duration);
  add_text (csv, entry->resolution);
  add_amount (csv, entry->estimate);
  /* A number stays one, also a negative one. */
  if (reel_decimal_is_valid (entry->credits_charged))
    add_plain (csv, entry->credits_charged);
  else
    add_text (csv, entry->credits_charged);
  add_plain (csv, outcomes[reel_ledger_entry_get_kind (entry)]);
  add_plain (csv, statuses[entry->status]);
  add_text (csv, entry->request_id);
  add_text (csv, entry->id);
  add_text (csv, entry->prompt);
  g_string_append (csv, "\r\n");
}

/**
 * reel_ledger_csv_make:
 * @ledger: what was spent
 * @account_names: (element-type utf8 utf8): the names of the accounts by their ids
 *
 * Writes a ledger as comma-separated values (RFC 4180, UTF-8), a line for each job, the newest first. No text of somebody
 * else's becomes a formula in a spreadsheet.
 *
 * Returns: (transfer full): the text
 */
char *
reel_ledger_csv_make (ReelLedger *ledger, GHashTable *account_names)
{
  GPtrArray *entries = reel_ledger_get_entries (ledger);
  GString *csv = g_string_new (header);

  for (guint i = 0; i < entries->len; i++)
    add_entry (csv, entries->pdata[i], account_names);

  return g_string_free (csv, FALSE);
}
