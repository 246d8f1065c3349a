#include "config.h"

#include "reel-delete-dialog.h"

#include "reel-wrap-labels.h"

#include <glib/gi18n-lib.h>

#define TRASH_KEY "reel-trash-files"
#define JOBS_KEY  "reel-jobs"

static gboolean
has_file (ReelJob *job)
{
  return reel_job_get_state (job) == REEL_JOB_READY;
}

static gboolean
may_have_cost (ReelJob *job)
{
  ReelSubmission submission = reel_job_get_record (job)->submission;

  return submission == REEL_SUBMISSION_ACCEPTED || submission == REEL_SUBMISSION_UNKNOWN;
}

static guint
count (GPtrArray *jobs, gboolean (*matches) (ReelJob *job))
{
  guint n = 0;

  for (guint i = 0; i < jobs->len; i++)
    n += matches (jobs->pdata[i]);

  return n;
}

static const char *
make_fate (GPtrArray *jobs)
{
  ReelJobState state = reel_job_get_state (jobs->pdata[0]);

  if (jobs->len > 1)
    return _ ("They are taken out of the history. A video that is not saved on this computer cannot be downloaded "
              "afterwards.");
  if (state == REEL_JOB_READY)
    return _ ("It is taken out of the history.");
  if (state == REEL_JOB_LOST)
    return _ ("It is taken out of the history. If the service accepted the request, the video can then only be found "
              "on its website.");
  if (state == REEL_JOB_NOT_SAVED)
    return _ ("It is taken out of the history. The video is not saved on this computer and cannot be downloaded "
              "afterwards.");

  return _ ("It is taken out of the history. There is no file.");
}

static char *
make_body (GPtrArray *jobs)
{
  return g_strjoin (" ", make_fate (jobs),
                    count (jobs, may_have_cost) > 0 ? _ ("What it cost stays under Spending.") : NULL, NULL);
}

static char *
make_heading (GPtrArray *jobs)
{
  if (jobs->len == 1)
    return g_strdup (_ ("Delete Video?"));

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Delete %u Video?", "Delete %u Videos?", jobs->len), jobs->len);
}

/**
 * reel_delete_dialog_choose:
 * @jobs: (transfer none) (element-type ReelJob): jobs that are closed, at least one
 * @parent: the widget to ask over
 * @cancellable: (nullable): to take the question back
 * @callback: called with the answer; its source is the dialog
 * @user_data: for @callback
 *
 * Asks whether jobs are to be deleted, and whether their files go too.
 */
void
reel_delete_dialog_choose (GPtrArray *jobs,
                           GtkWidget *parent,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autofree char *heading = NULL, *body = NULL;
  AdwAlertDialog *dialog;
  guint n_files;

  g_return_if_fail (jobs != NULL && jobs->len > 0);

  n_files = count (jobs, has_file);
  heading = make_heading (jobs);
  body = make_body (jobs);
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, body));
  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "delete", _ ("_Delete"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "delete");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), JOBS_KEY, g_ptr_array_ref (jobs), (GDestroyNotify)g_ptr_array_unref);

  if (n_files > 0) {
    GtkWidget *check = gtk_check_button_new_with_mnemonic (
        g_dngettext (GETTEXT_PACKAGE, "_Move the file to the Trash", "_Move the files to the Trash", n_files));

    gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
    gtk_widget_set_halign (check, GTK_ALIGN_CENTER);
    adw_alert_dialog_set_extra_child (dialog, check);
    g_object_set_data (G_OBJECT (dialog), TRASH_KEY, check);
  }

  reel_wrap_labels (GTK_WIDGET (dialog));
  adw_alert_dialog_choose (dialog, parent, cancellable, callback, user_data);
}

/**
 * reel_delete_dialog_choose_finish:
 * @dialog: the source of the callback
 * @result: its result
 * @trash_files: (out): whether the files go to the Trash
 *
 * Gets the answer.
 *
 * Returns: (transfer full) (nullable) (element-type ReelJob): the jobs, %NULL where none is to be deleted
 */
GPtrArray *
reel_delete_dialog_choose_finish (AdwAlertDialog *dialog, GAsyncResult *result, gboolean *trash_files)
{
  const char *response = adw_alert_dialog_choose_finish (dialog, result);
  GtkCheckButton *check = g_object_get_data (G_OBJECT (dialog), TRASH_KEY);

  *trash_files = check != NULL && gtk_check_button_get_active (check);

  return g_strcmp0 (response, "delete") == 0 ? g_ptr_array_ref (g_object_get_data (G_OBJECT (dialog), JOBS_KEY)) : NULL;
}
