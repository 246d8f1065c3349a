#include "config.h"

#include "reel-engine-fixture.h"
#include "reel-spending-dialog.h"
#include "reel-test.h"
#include "reel-ui-test.h"

#define CENT (REEL_MONEY_DOLLAR / 100)
#define NOON (G_GINT64_CONSTANT (1767268800) * G_TIME_SPAN_SECOND) /* 2026-01-01 12:00 in UTC */

typedef struct
{
  ReelEngineFixture engine;
  GtkWindow *window;
  AdwDialog *dialog;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  reel_engine_fixture_init (&fixture->engine);
  fixture->window = reel_ui_test_present (adw_bin_new (), 500, 700);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gpointer left = fixture->dialog;

  if (left != NULL) {
    g_object_add_weak_pointer (left, &left);
    adw_dialog_force_close (fixture->dialog);
    reel_test_wait (left == NULL);
  }
  gtk_window_destroy (fixture->window);
  reel_engine_fixture_clear (&fixture->engine);
}

static void
write_job (Fixture *fixture,
           const char *id,
           const char *account,
           gint64 at,
           ReelSubmission submission,
           ReelMoney estimate)
{
  gboolean accepted = submission == REEL_SUBMISSION_ACCEPTED;
  ReelJobRecord *record = reel_engine_fixture_make_record (&fixture->engine, id, accepted ? id : NULL);

  g_set_str (&record->account_id, account);
  record->submission = submission;
  record->status = accepted ? REEL_SERVICE_FAILED : REEL_SERVICE_NONE;
  record->credits_charged = accepted ? g_strdup ("40") : NULL;
  record->created_at = at;
  record->estimate = estimate;
  reel_engine_fixture_write (&fixture->engine, record);
}

static void
open_dialog (Fixture *fixture)
{
  reel_engine_fixture_start (&fixture->engine);
  fixture->dialog = reel_spending_dialog_new (fixture->engine.engine);
  adw_dialog_present (fixture->dialog, GTK_WIDGET (fixture->window));
}

static gboolean
reads (Fixture *fixture, const char *text)
{
  return reel_ui_test_reads (fixture->dialog, text);
}

static gboolean
can_export (Fixture *fixture)
{
  return gtk_widget_get_sensitive (reel_ui_test_find (fixture->dialog, GTK_TYPE_BUTTON, "Export as CSV"));
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  open_dialog (fixture);
  g_assert_false (can_export (fixture));
  reel_test_wait (reads (fixture, "Nothing Spent Yet"));
  g_assert_false (can_export (fixture));
}

/* Each account by itself, and the sandbox apart from what costs money; days are made when their month is opened. */
static void
test_sums (Fixture *fixture, gconstpointer data)
{
  AdwExpanderRow *month;

  write_job (fixture, "1", "gone", NOON, REEL_SUBMISSION_ACCEPTED, 50 * CENT);
  write_job (fixture, "2", "gone", NOON + G_TIME_SPAN_DAY, REEL_SUBMISSION_ACCEPTED, 25 * CENT);
  write_job (fixture, "3", "gone", NOON, REEL_SUBMISSION_UNKNOWN, 10 * CENT);
  write_job (fixture, "4", "gone", NOON, REEL_SUBMISSION_REJECTED, 999 * CENT);
  write_job (fixture, "5", "sandbox", NOON, REEL_SUBMISSION_ACCEPTED, 7 * CENT);
  open_dialog (fixture);
  reel_test_wait (reads (fixture, "An account that was removed"));
  g_assert_true (reads (fixture, "$0.75"));
  g_assert_true (reads (fixture, "2 requests · 80 credits charged\n1 unresolved, estimated $0.10"));
  g_assert_true (reads (fixture, "Sandbox"));
  g_assert_true (reads (fixture, "Simulated: none of this is charged."));
  g_assert_true (reads (fixture, "Total, simulated"));
  g_assert_true (reads (fixture, "$0.07"));
  g_assert_true (can_export (fixture));

  month = reel_ui_test_find (fixture->dialog, ADW_TYPE_EXPANDER_ROW, "January 2026");
  g_assert_null (reel_ui_test_find (month, ADW_TYPE_ACTION_ROW, "Friday, 2 January"));
  adw_expander_row_set_expanded (month, TRUE);
  g_assert_nonnull (reel_ui_test_find (month, ADW_TYPE_ACTION_ROW, "Friday, 2 January"));
  g_assert_true (reel_ui_test_reads (month, "$0.25"));
  adw_expander_row_set_expanded (month, FALSE);
  adw_expander_row_set_expanded (month, TRUE);
}

static void
test_closed_early (Fixture *fixture, gconstpointer data)
{
  write_job (fixture, "1", "gone", NOON, REEL_SUBMISSION_ACCEPTED, 50 * CENT);
  open_dialog (fixture);
}

int
main (int argc, char **argv)
{
  reel_ui_test_init (&argc, &argv);

#define ADD(path, function) g_test_add ("/ui/spending-dialog/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("empty", test_empty);
  ADD ("sums", test_sums);
  ADD ("closed-early", test_closed_early);

  return g_test_run ();
}
