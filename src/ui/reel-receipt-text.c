#include "config.h"

#include "reel-receipt-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "reel-job-problem.h"
#include "reel-job-text.h"
#include "reel-money-text.h"
#include "reel-redact.h"
#include "reel-uri.h"

/* A body is quoted up to here: it may be a page of HTML. */
#define MAX_BODY_CHARACTERS 4000

/* Rows of a section: what stands at the left, and what it is. */
typedef struct
{
  GPtrArray *names;  /* borrowed */
  GPtrArray *values; /* owned */
} Table;

static void
table_init (Table *self)
{
  self->names = g_ptr_array_new ();
  self->values = g_ptr_array_new_with_free_func (g_free);
}

static void
table_clear (Table *self)
{
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->values);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Table, table_clear)

/* How many columns a text takes where every letter is as wide. */
static guint
get_width (const char *text)
{
  guint width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text)) {
    gunichar character = g_utf8_get_char (text);

    width += g_unichar_iszerowidth (character) ? 0 : g_unichar_iswide (character) ? 2 : 1;
  }

  return width;
}

static void
add_spaces (GString *text, guint n)
{
  while (n-- > 0)
    g_string_append_c (text, ' ');
}

/* Text with line breaks as it is, and nothing else that would move the cursor. */
static void
add_block (GString *text, const char *block, guint indent)
{
  for (; *block != '\0'; block = g_utf8_next_char (block)) {
    gunichar character = g_utf8_get_char (block);

    if (character == '\n') {
      g_string_append_c (text, '\n');
      add_spaces (text, indent);
    } else {
      g_string_append_unichar (text, g_unichar_iscntrl (character) ? ' ' : character);
    }
  }
  g_string_append_c (text, '\n');
}

static void
add_heading (GString *text, const char *heading, char line)
{
  guint width = get_width (heading);

  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append_printf (text, "%s\n", heading);
  while (width-- > 0)
    g_string_append_c (text, line);
  g_string_append_c (text, '\n');
}

/* A row; what is not there has none. Takes @value. */
static void
take_row (Table *table, const char *name, char *value)
{
  g_autofree char *taken = value;

  if (taken == NULL || *taken == '\0')
    return;

  g_ptr_array_add (table->names, (gpointer)name);
  g_ptr_array_add (table->values, g_utf8_make_valid (taken, -1));
}

/* What came from outside, or went there. */
static void
add_outside (Table *table, const char *name, const char *value)
{
  take_row (table, name, reel_redact (value));
}

static void
add_table (GString *text, const char *heading, const Table *table)
{
  guint widest = 0;

  if (table->names->len == 0)
    return;

  add_heading (text, heading, '-');
  for (guint i = 0; i < table->names->len; i++)
    widest = MAX (widest, get_width (table->names->pdata[i]));
  for (guint i = 0; i < table->names->len; i++) {
    g_string_append (text, table->names->pdata[i]);
    add_spaces (text, widest - get_width (table->names->pdata[i]) + 2);
    add_block (text, table->values->pdata[i], widest + 2);
  }
}

/* A time that means the same everywhere: the person's own clock with its distance from UTC. */
static char *
make_time (gint64 time)
{
  g_autoptr (GDateTime) local = time > 0 ? g_date_time_new_from_unix_local_usec (time) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M:%S %:z") : NULL;
}

static char *
make_http_status (guint http_status)
{
  return http_status != 0 ? g_strdup_printf ("HTTP %u", http_status) : NULL;
}

/* An address as it was written, without what is secret in it. */
static char *
redact_address (const char *address)
{
  return reel_uri_check_service (address) == REEL_URI_MALFORMED ? reel_uri_redact (address) : reel_redact (address);
}

static char *
make_references (const ReelJobRecord *record)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  for (guint i = 0; record->media_urls != NULL && record->media_urls[i] != NULL; i++)
    g_strv_builder_take (lines, redact_address (record->media_urls[i]));
  all = g_strv_builder_end (lines);

  return g_strjoinv ("\n", all);
}

/* The address without the part of it that nobody can guess: who knows it could claim to be the service. */
static char *
hide_token (const char *text, const char *token)
{
  g_auto (GStrv) parts = NULL;

  if (text == NULL || token == NULL || *token == '\0')
    return g_strdup (text);

  parts = g_strsplit (text, token, -1);

  return g_strjoinv ("(redacted)", parts);
}

static void
add_summary (GString *text, const ReelJobRecord *record, ReelAccount *account, gint64 now)
{
  g_auto (Table) table;

  table_init (&table);
  take_row (&table, _ ("State"), reel_job_text_make_state (record, -1));
  take_row (&table, _ ("Request ID"), g_strdup (record->request_id));
  /* Translators: our own name for a job, a long number. */
  take_row (&table, _ ("Job ID"), g_strdup (record->id));
  /* Translators: the job of unknown outcome that this one asks for again. */
  take_row (&table, _ ("Sent again after"), g_strdup (record->resend_of));
  if (account != NULL) {
    add_outside (&table, _ ("Account"), reel_account_get_name (account));
    if (reel_account_get_base_url (account) != NULL)
      take_row (&table, _ ("Base URL"), redact_address (reel_account_get_base_url (account)));
  } else {
    take_row (&table, _ ("Account"), g_strdup (_ ("An account that was removed")));
  }
  /* Translators: when the receipt was written. */
  take_row (&table, _ ("Written"), make_time (now));
  add_table (text, _ ("Job"), &table);
}

static void
add_money (GString *text, const ReelJobRecord *record)
{
  g_auto (Table) table;

  table_init (&table);
  take_row (&table, _ ("Estimate"), reel_job_text_make_price (record));
  /* Translators: the credits that the service says it took. */
  if (record->credits_charged != NULL)
    take_row (&table, _ ("Charged"),
              /* Translators: %s is a number as the service wrote it. */
              g_strdup_printf (_ ("%s credits, as the service wrote it"), record->credits_charged));
  else if (record->submission == REEL_SUBMISSION_ACCEPTED)
    take_row (&table, _ ("Charged"), g_strdup (_ ("not said by the service")));
  /* Translators: what is known about money. */
  take_row (&table, _ ("Known"), reel_money_text_make (record));
  add_table (text, _ ("Money"), &table);
}

static void
add_request (GString *text, const ReelJobRecord *record)
{
  g_autofree char *webhook = hide_token (record->webhook_url, record->webhook_token);
  g_auto (Table) table;

  table_init (&table);
  add_outside (&table, _ ("Model"), record->model);
  if (record->duration > 0)
    take_row (
        &table, _ ("Duration"),
        g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u second", "%u seconds", record->duration), record->duration));
  add_outside (&table, _ ("Aspect ratio"), record->aspect_ratio);
  add_outside (&table, _ ("Resolution"), record->resolution);
  take_row (&table, _ ("References"), make_references (record));
  if (webhook != NULL)
    take_row (&table, _ ("Webhook URL"), redact_address (webhook));
  take_row (&table, _ ("Metadata"), g_strdup_printf ("jobId = %s", record->id));
  add_outside (&table, _ ("Prompt"), record->prompt);
  add_table (text, _ ("Request"), &table);
}

static void
add_times (GString *text, const ReelJobRecord *record)
{
  g_auto (Table) table;

  table_init (&table);
  take_row (&table, C_ ("timeline", "Asked"), make_time (record->created_at));
  take_row (&table, C_ ("timeline", "Sent"), make_time (record->sent_at));
  take_row (&table, C_ ("timeline", "Accepted"), make_time (record->accepted_at));
  take_row (&table, C_ ("timeline", "Started"), make_time (record->started_at));
  take_row (&table, C_ ("timeline", "Not known to the service since"), make_time (record->not_found_at));
  take_row (&table, C_ ("timeline", "Finished"), make_time (record->finished_at));
  take_row (&table, C_ ("timeline", "Saved"), make_time (record->saved_at));
  take_row (&table, C_ ("timeline", "Declared lost"), make_time (record->declared_lost_at));
  add_table (text, _ ("Times"), &table);
}

static void
add_result (GString *text, const ReelJobRecord *record)
{
  g_autoptr (ReelErrorText) problem = reel_job_problem_make_text (record);
  g_auto (Table) table;

  table_init (&table);
  add_outside (&table, _ ("Status of the service"), record->status_text);
  take_row (&table, _ ("Last answer"), make_http_status (record->http_status));
  add_outside (&table, _ ("Error code"), record->error_code);
  add_outside (&table, _ ("Error message"), record->error_message);
  if (problem != NULL)
    add_outside (&table, _ ("Problem"), problem->title);
  if (record->cancel_asked)
    add_outside (&table, _ ("Cancel"),
                 record->cancel_error != NULL ? record->cancel_error : _ ("asked, and not refused"));
  if (record->output_url != NULL)
    take_row (&table, _ ("Address of the video"), redact_address (record->output_url));
  /* Where a person keeps their videos is nobody else's business. */
  take_row (&table, _ ("File"), record->file != NULL ? g_path_get_basename (record->file) : NULL);
  if (record->file_size > 0)
    /* Translators: the size of a file. */
    take_row (&table, _ ("Size"), g_format_size_full ((guint64)record->file_size, G_FORMAT_SIZE_LONG_FORMAT));
  take_row (&table, "SHA-256", g_strdup (record->file_sha256));
  add_outside (&table, _ ("Download error"), record->file_error);
  add_table (text, _ ("Result"), &table);
}

static const char *
get_kind (const ReelJobEvent *event)
{
  static const struct
  {
    const char *kind;
    const char *name;
  } kinds[] = {
      {"request", NC_ ("event", "Request")},      {"response", NC_ ("event", "Answer")},
      {"status", NC_ ("event", "Status")},        {"cancel", NC_ ("event", "Cancel asked")},
      {"download", NC_ ("event", "Video saved")}, {"error", NC_ ("event", "Error")},
      {"webhook", NC_ ("event", "Webhook")},
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, event->kind) == 0)
      return g_dpgettext2 (GETTEXT_PACKAGE, "event", kinds[i].name);

  return event->kind != NULL ? event->kind : "?";
}

static void
add_body (GString *text, const char *body, const char *token)
{
  g_autofree char *without_token = hide_token (body, token), *redacted = reel_redact (without_token);
  g_autofree char *begin = NULL;
  glong n;

  if (redacted == NULL || *g_strstrip (redacted) == '\0')
    return;

  n = g_utf8_strlen (redacted, -1);
  begin = g_utf8_substring (redacted, 0, MIN (n, MAX_BODY_CHARACTERS));
  add_spaces (text, 2);
  add_block (text, begin, 2);
  if (n > MAX_BODY_CHARACTERS) {
    guint left = (guint)(n - MAX_BODY_CHARACTERS);

    add_spaces (text, 2);
    g_string_append_printf (
        text, g_dngettext (GETTEXT_PACKAGE, "(%u more character)\n", "(%u more characters)\n", left), left);
  }
}

static void
add_events (GString *text, const ReelJobRecord *record, GPtrArray *events)
{
  if (events != NULL && events->len == 0)
    return;

  add_heading (text, _ ("Sent and received"), '-');
  if (events == NULL) {
    g_string_append_printf (text, "%s\n", _ ("This part of the history could not be read."));
    return;
  }

  for (guint i = 0; i < events->len; i++) {
    const ReelJobEvent *event = events->pdata[i];
    g_autofree char *time = make_time (event->at), *status = make_http_status (event->http_status);

    g_string_append_printf (text, "%s  %s%s%s\n", time != NULL ? time : "", get_kind (event),
                            status != NULL ? " · " : "", status != NULL ? status : "");
    add_body (text, event->text, record->webhook_token);
  }
}

/**
 * reel_receipt_text_make:
 * @record: the record of a job
 * @events: (nullable) (element-type ReelJobEvent): what was sent and received for it, %NULL where it cannot be read
 * @account: (nullable): the account that it was sent with, %NULL where that is removed
 * @now: the time now, microseconds since 1970 in UTC
 *
 * Writes all that is known about a job as plain text, for the service's support or for a person's own papers. Keys,
 * the signed parts of addresses and the unguessable part of a webhook are left out.
 *
 * Returns: (transfer full): UTF-8 with a line feed at its end
 */
char *
reel_receipt_text_make (const ReelJobRecord *record, GPtrArray *events, ReelAccount *account, gint64 now)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (record != NULL, g_string_free (text, FALSE));

  add_heading (text, _ ("Seedreel receipt"), '=');
  if (account != NULL && reel_account_is_sandbox (account))
    g_string_append_printf (text, "%s\n", _ ("Sandbox: this video is simulated, and nothing is charged."));
  add_summary (text, record, account, now);
  add_money (text, record);
  add_request (text, record);
  add_times (text, record);
  add_result (text, record);
  add_events (text, record, events);
  g_string_append_printf (text, "\n%s\n", _ ("API keys and the signed parts of addresses are left out."));

  return g_string_free (text, FALSE);
}

/**
 * reel_receipt_text_make_file_name:
 * @record: the record of a job
 *
 * Names the file of a receipt, by our own id of the job.
 *
 * Returns: (transfer full): a file name
 */
char *
reel_receipt_text_make_file_name (const ReelJobRecord *record)
{
  g_return_val_if_fail (record != NULL && record->id != NULL, NULL);

  return g_strdup_printf ("seedreel-receipt-%.8s.txt", record->id);
}
