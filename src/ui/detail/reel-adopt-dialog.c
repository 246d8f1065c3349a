#include "config.h"

#include "reel-adopt-dialog.h"

#include <glib/gi18n-lib.h>

#include "reel-adopt-text.h"
#include "reel-announce.h"
#include "reel-row-problem.h"
#include "reel-ui.h"
#include "reel-wrap-labels.h"

/**
 * ReelAdoptDialog:
 *
 * Asks for a request id that a person found on the service's website, and has the engine adopt it: by a job whose outcome
 * is not known, or by a new one. The service is asked for it first; where it tells of another prompt, the person decides.
 */
struct _ReelAdoptDialog
{
  AdwDialog parent_instance;

  ReelEngine *engine;
  ReelJob *job; /* NULL for a new one */
  GCancellable *asking;
  gboolean anyway; /* the person has read that it is another video */

  GtkWidget *adopt_button;
  GtkLabel *introduction;
  AdwEntryRow *entry;
  GtkWidget *spinner;
  GtkWidget *message;
  GtkLabel *message_label;
};

G_DEFINE_FINAL_TYPE (ReelAdoptDialog, reel_adopt_dialog, ADW_TYPE_DIALOG)

enum
{
  ADOPTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
update (ReelAdoptDialog *self)
{
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "adopt.adopt", *typed != '\0' && self->asking == NULL);
  gtk_widget_set_visible (self->spinner, self->asking != NULL);
  gtk_button_set_label (GTK_BUTTON (self->adopt_button), self->anyway ? _ ("_Adopt Anyway") : _ ("_Adopt"));
  gtk_widget_remove_css_class (self->adopt_button, self->anyway ? "suggested-action" : "destructive-action");
  gtk_widget_add_css_class (self->adopt_button, self->anyway ? "destructive-action" : "suggested-action");
}

static void
show_message (ReelAdoptDialog *self, const char *message)
{
  gtk_label_set_label (self->message_label, message != NULL ? message : "");
  gtk_widget_set_visible (self->message, message != NULL);
  reel_row_problem_clear (GTK_WIDGET (self->entry));
  if (message != NULL)
    reel_announce (GTK_WIDGET (self), message);
}

/* Whether it is the request id that is wrong, and not the network or the account. */
static gboolean
blames_id (const GError *error)
{
  return g_error_matches (error, REEL_ERROR, REEL_ERROR_NOT_FOUND) ||
         g_error_matches (error, REEL_ERROR, REEL_ERROR_TAKEN) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

static void
on_typed (ReelAdoptDialog *self)
{
  /* What is asked is not what stands there any more. */
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->anyway = FALSE;
  show_message (self, NULL);
  update (self);
}

static void
on_adopted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelAdoptDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;
  g_autoptr (ReelJob) job = reel_engine_adopt_finish (REEL_ENGINE (source), result, &error);

  if (job != NULL) {
    g_signal_emit (self, signals[ADOPTED], 0, job);
    adw_dialog_force_close (ADW_DIALOG (self));
    return;
  }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->asking);
  self->anyway = g_error_matches (error, REEL_ERROR, REEL_ERROR_MISMATCH);
  message = reel_adopt_text_make_error (error, self->job != NULL ? reel_job_get_title (self->job) : NULL);
  show_message (self, message);
  if (blames_id (error))
    reel_row_problem_show (GTK_WIDGET (self->entry), GTK_WIDGET (self->message_label));
  update (self);
}

static void
adopt (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ReelAdoptDialog *self = REEL_ADOPT_DIALOG (widget);

  if (self->asking != NULL)
    return;

  self->asking = g_cancellable_new ();
  reel_engine_adopt_async (self->engine, self->job, gtk_editable_get_text (GTK_EDITABLE (self->entry)), self->anyway,
                           self->asking, on_adopted, g_object_ref (self));
  show_message (self, NULL);
  update (self);
}

static void
reel_adopt_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (REEL_ADOPT_DIALOG (dialog)->asking);
}

static void
reel_adopt_dialog_dispose (GObject *object)
{
  ReelAdoptDialog *self = REEL_ADOPT_DIALOG (object);

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_ADOPT_DIALOG);
  g_clear_object (&self->job);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (reel_adopt_dialog_parent_class)->dispose (object);
}

static void
reel_adopt_dialog_class_init (ReelAdoptDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reel_adopt_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = reel_adopt_dialog_closed;

  /**
   * ReelAdoptDialog::adopted:
   * @job: the job
   *
   * Emitted when the service knows the request id and the job has it.
   */
  signals[ADOPTED] = g_signal_new ("adopted", REEL_TYPE_ADOPT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, REEL_TYPE_JOB);

  gtk_widget_class_install_action (widget_class, "adopt.adopt", NULL, adopt);
  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-adopt-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelAdoptDialog, adopt_button);
  gtk_widget_class_bind_template_child (widget_class, ReelAdoptDialog, introduction);
  gtk_widget_class_bind_template_child (widget_class, ReelAdoptDialog, entry);
  gtk_widget_class_bind_template_child (widget_class, ReelAdoptDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, ReelAdoptDialog, message);
  gtk_widget_class_bind_template_child (widget_class, ReelAdoptDialog, message_label);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
}

static void
reel_adopt_dialog_init (ReelAdoptDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  reel_wrap_labels (GTK_WIDGET (self));
}

/**
 * reel_adopt_dialog_new:
 * @engine: (transfer none): what adopts
 * @job: (nullable) (transfer none): a job whose outcome is not known, %NULL to make a new one of the account in use
 *
 * Makes the dialog.
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
reel_adopt_dialog_new (ReelEngine *engine, ReelJob *job)
{
  ReelAdoptDialog *self = g_object_new (REEL_TYPE_ADOPT_DIALOG, NULL);
  g_autofree char *introduction = NULL;
  ReelAccount *account;

  self->engine = g_object_ref (engine);
  self->job = job != NULL ? g_object_ref (job) : NULL;
  account = job != NULL ? reel_engine_lookup_account (engine, reel_job_get_record (job)->account_id)
                        : reel_engine_get_account (engine);
  introduction = reel_adopt_text_make_introduction (job != NULL ? reel_job_get_title (job) : NULL,
                                                    account != NULL ? reel_account_get_name (account) : NULL);
  gtk_label_set_label (self->introduction, introduction);
  update (self);

  return ADW_DIALOG (self);
}
