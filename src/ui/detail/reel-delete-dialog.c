#include "config.h"

#include "reel-delete-dialog.h"

#include <glib/gi18n-lib.h>

#define TRASH_KEY "reel-trash-file"

static char *
make_body (ReelJob *job, gboolean has_file)
{
  const ReelJobRecord *record = reel_job_get_record (job);
  const char *body, *cost = NULL;

  if (has_file)
    body = _ ("It is taken out of the history.");
  else if (reel_job_get_state (job) == REEL_JOB_LOST)
    body = _ ("It is taken out of the history. If the service accepted the request, the video can then only be found "
              "on its website.");
  else if (reel_job_get_state (job) == REEL_JOB_NOT_SAVED)
    body = _ ("It is taken out of the history. The video is not saved on this computer and cannot be downloaded "
              "afterwards.");
  else
    body = _ ("It is taken out of the history. There is no file.");

  if (record->submission == REEL_SUBMISSION_ACCEPTED || record->submission == REEL_SUBMISSION_UNKNOWN)
    cost = _ ("What it cost stays under Spending.");

  return g_strjoin (" ", body, cost, NULL);
}

/**
 * reel_delete_dialog_choose:
 * @job: (transfer none): a job that does not run
 * @parent: the widget to ask over
 * @cancellable: (nullable): to take the question back
 * @callback: called with the answer; its source is the dialog
 * @user_data: for @callback
 *
 * Asks whether a job is to be deleted, and whether its file goes too.
 */
void
reel_delete_dialog_choose (ReelJob *job,
                           GtkWidget *parent,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *body = NULL;
  AdwAlertDialog *dialog;

  g_return_if_fail (REEL_IS_JOB (job));

  file = reel_job_dup_file (job);
  body = make_body (job, file != NULL);
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_ ("Delete Video?"), body));
  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "delete", _ ("_Delete"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "delete");
  adw_alert_dialog_set_close_response (dialog, "cancel");

  if (file != NULL) {
    GtkWidget *check = gtk_check_button_new_with_mnemonic (_ ("_Move the file to the Trash"));

    gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
    gtk_widget_set_halign (check, GTK_ALIGN_CENTER);
    adw_alert_dialog_set_extra_child (dialog, check);
    g_object_set_data (G_OBJECT (dialog), TRASH_KEY, check);
  }

  adw_alert_dialog_choose (dialog, parent, cancellable, callback, user_data);
}

/**
 * reel_delete_dialog_choose_finish:
 * @dialog: the source of the callback
 * @result: its result
 * @trash_file: (out): whether the file goes to the Trash
 *
 * Gets the answer.
 *
 * Returns: whether the job is to be deleted
 */
gboolean
reel_delete_dialog_choose_finish (AdwAlertDialog *dialog, GAsyncResult *result, gboolean *trash_file)
{
  const char *response = adw_alert_dialog_choose_finish (dialog, result);
  GtkCheckButton *check = g_object_get_data (G_OBJECT (dialog), TRASH_KEY);

  *trash_file = check != NULL && gtk_check_button_get_active (check);

  return g_str_equal (response, "delete");
}
