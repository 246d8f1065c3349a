#include "config.h"

#include "reel-job-actions-private.h"

#include <glib/gi18n-lib.h>

#include "reel-adopt-dialog.h"
#include "reel-outcome-dialogs.h"
#include "reel-website.h"

static void
send_now (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelJobActions *self = data;

  reel_engine_send_held (self->engine, self->job);
}

static void
withdraw (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelJobActions *self = data;

  if (reel_engine_withdraw_job (self->engine, self->job))
    reel_job_actions_add_toast (self, _ ("It will not be sent"));
  else
    reel_job_actions_add_toast (self, _ ("It is being sent at this moment"));
}

static void
check_again (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelJobActions *self = data;

  reel_engine_check_again (self->engine, self->job);
  reel_job_actions_add_toast (self, _ ("The service is asked again"));
}

static void
on_website_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelJobActions) self = data;
  g_autoptr (GError) error = NULL;

  if (!gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (source), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    reel_job_actions_add_toast (self, _ ("No browser could be opened"));
}

static void
check_balance (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelJobActions *self = data;
  ReelAccount *account = reel_engine_lookup_account (self->engine, reel_job_get_record (self->job)->account_id);
  g_autofree char *website = reel_website_make (account);
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (website);

  if (website != NULL)
    gtk_uri_launcher_launch (launcher, reel_job_actions_get_window (self), self->cancellable, on_website_opened,
                             g_object_ref (self));
}

static void
on_adopted (AdwDialog *dialog, ReelJob *job, ReelJobActions *self)
{
  reel_job_actions_add_toast (self, _ ("The service knows the job. Seedreel follows it from now on."));
}

static void
adopt (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelJobActions *self = data;
  AdwDialog *dialog = reel_adopt_dialog_new (self->engine, self->job);

  g_signal_connect_object (dialog, "adopted", G_CALLBACK (on_adopted), self, G_CONNECT_DEFAULT);
  adw_dialog_present (dialog, self->widget);
}

static gboolean
is_agreed (GObject *source, GAsyncResult *result)
{
  return g_str_equal (adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result), "do");
}

static void
on_declare_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelJobDeed) deed = data;
  ReelJobActions *self = deed->actions;

  if (is_agreed (source, result) && self->engine != NULL)
    reel_engine_declare_lost (self->engine, deed->job);
}

static void
declare_lost (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelJobActions *self = data;

  adw_alert_dialog_choose (ADW_ALERT_DIALOG (reel_outcome_dialogs_new_declare_lost ()), self->widget, self->cancellable,
                           on_declare_answered, reel_job_deed_new (self, self->job));
}

static void
on_send_again_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelJobDeed) deed = data;
  ReelJobActions *self = deed->actions;
  ReelJob *job;

  /* While the question was read, a webhook may have answered it. */
  if (!is_agreed (source, result) || self->engine == NULL || reel_job_get_state (deed->job) != REEL_JOB_UNKNOWN)
    return;

  job = reel_engine_send_again (self->engine, deed->job);
  if (job != NULL)
    reel_job_actions_emit_sent (self, job);
}

static void
send_again (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelJobActions *self = data;
  ReelMoney estimate = reel_engine_estimate_again (self->engine, self->job);
  const char *account_name = NULL;

  if (reel_engine_lookup_account (self->engine, reel_job_get_record (self->job)->account_id) == NULL)
    account_name = reel_account_get_name (reel_engine_get_account (self->engine));
  adw_alert_dialog_choose (ADW_ALERT_DIALOG (reel_outcome_dialogs_new_send_again (estimate, account_name)),
                           self->widget, self->cancellable, on_send_again_answered,
                           reel_job_deed_new (self, self->job));
}

/**
 * reel_job_actions_add_outcome_entries:
 *
 * Adds the ways out of what was not sent, and of an outcome that is not known.
 */
void
reel_job_actions_add_outcome_entries (ReelJobActions *self)
{
  static const GActionEntry entries[] = {
      {"send-now", send_now},       {"withdraw", withdraw}, {"check-balance", check_balance},
      {"check-again", check_again}, {"adopt", adopt},       {"declare-lost", declare_lost},
      {"send-again", send_again},
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self->group), entries, G_N_ELEMENTS (entries), self);
}

/**
 * reel_job_actions_update_outcome:
 * @record: (nullable): the record of the chosen job
 *
 * Turns these ways on and off.
 */
void
reel_job_actions_update_outcome (ReelJobActions *self, const ReelJobRecord *record)
{
  ReelJobState state = record != NULL ? reel_job_record_get_state (record) : REEL_JOB_READY;
  gboolean unknown = record != NULL && record->submission == REEL_SUBMISSION_UNKNOWN;
  gboolean unsure = state == REEL_JOB_UNKNOWN || state == REEL_JOB_LOST;
  g_autofree char *website = NULL;

  if (unsure)
    website = reel_website_make (reel_engine_lookup_account (self->engine, record->account_id));
  reel_job_actions_set_enabled (self, "send-now", state == REEL_JOB_HELD);
  reel_job_actions_set_enabled (self, "withdraw", record != NULL && record->submission == REEL_SUBMISSION_RECORDED);
  reel_job_actions_set_enabled (self, "check-balance", website != NULL);
  reel_job_actions_set_enabled (self, "check-again", state == REEL_JOB_LOST && !unknown);
  reel_job_actions_set_enabled (self, "adopt", unknown);
  reel_job_actions_set_enabled (self, "declare-lost", state == REEL_JOB_UNKNOWN);
  reel_job_actions_set_enabled (self, "send-again", state == REEL_JOB_UNKNOWN);
}
