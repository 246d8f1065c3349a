#include "config.h"

#include "reel-account-removal.h"

#include <glib/gi18n-lib.h>

#include "reel-account-text.h"
#include "reel-wrap-labels.h"

static guint
count_running (ReelEngine *engine, ReelAccount *account)
{
  GListModel *jobs = G_LIST_MODEL (reel_engine_get_watched_jobs (engine));
  guint n = g_list_model_get_n_items (jobs), n_running = 0;

  for (guint i = 0; i < n; i++) {
    g_autoptr (ReelJob) job = g_list_model_get_item (jobs, i);
    const ReelJobRecord *record = reel_job_get_record (job);

    n_running +=
        reel_job_record_is_running (record) && g_strcmp0 (record->account_id, reel_account_get_id (account)) == 0;
  }

  return n_running;
}

/**
 * reel_account_removal_new:
 * @engine: (transfer none): what has the jobs
 * @account: (transfer none): an account
 *
 * Makes the question whether an account is to be removed, with what becomes of its jobs; its "response" is
 * %REEL_ACCOUNT_REMOVAL_CONFIRMED where it is.
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
reel_account_removal_new (ReelEngine *engine, ReelAccount *account)
{
  g_autofree char *heading = g_strdup_printf (_ ("Remove “%s”?"), reel_account_get_name (account));
  g_autofree char *body = reel_account_text_make_removal_sentence (count_running (engine, account));
  AdwDialog *dialog = adw_alert_dialog_new (heading, body);

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), REEL_ACCOUNT_REMOVAL_CONFIRMED,
                                  _ ("_Remove"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), REEL_ACCOUNT_REMOVAL_CONFIRMED,
                                            ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  reel_wrap_labels (GTK_WIDGET (dialog));

  return dialog;
}
