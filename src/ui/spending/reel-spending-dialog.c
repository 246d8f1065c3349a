#include "config.h"

#include "reel-spending-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "reel-error-text.h"
#include "reel-ledger-csv.h"
#include "reel-save-dialog.h"
#include "reel-spending-group.h"
#include "reel-spending-text.h"
#include "reel-ui.h"
#include "reel-wrap-labels.h"

/**
 * ReelSpendingDialog:
 *
 * What was spent, by account, month and day, as it was when the dialog was opened. The sandbox stands apart: it costs
 * nothing. All of it can be exported.
 */
struct _ReelSpendingDialog
{
  AdwDialog parent_instance;

  ReelEngine *engine;
  ReelLedger *ledger; /* NULL until it is loaded */
  GCancellable *cancellable;

  AdwToastOverlay *toasts;
  GtkStack *stack;
  AdwStatusPage *error;
  AdwPreferencesPage *page;
};

G_DEFINE_FINAL_TYPE (ReelSpendingDialog, reel_spending_dialog, ADW_TYPE_DIALOG)

/* What the thread makes a file of. */
typedef struct
{
  ReelLedger *ledger;
  GHashTable *account_names;
  GFile *file;
} Export;

static void
export_free (gpointer data)
{
  Export *self = data;

  reel_ledger_unref (self->ledger);
  g_hash_table_unref (self->account_names);
  g_object_unref (self->file);
  g_free (self);
}

static GHashTable *
make_account_names (ReelSpendingDialog *self)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GListModel *accounts = reel_engine_get_accounts (self->engine);
  guint n = g_list_model_get_n_items (accounts);

  for (guint i = 0; i < n; i++) {
    g_autoptr (ReelAccount) account = g_list_model_get_item (accounts, i);

    g_hash_table_insert (names, g_strdup (reel_account_get_id (account)), g_strdup (reel_account_get_name (account)));
  }

  return names;
}

static void
add_toast (ReelSpendingDialog *self, const char *title)
{
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
add_error_toast (ReelSpendingDialog *self, const GError *error)
{
  g_autoptr (ReelErrorText) text = reel_error_text_new (error, REEL_ERROR_DOING_LOCAL);

  add_toast (self, text->title);
}

static void
show_ledger (ReelSpendingDialog *self)
{
  GPtrArray *accounts = reel_ledger_get_accounts (self->ledger);

  for (guint i = 0; i < accounts->len; i++) {
    const ReelLedgerAccount *account = accounts->pdata[i];
    ReelAccount *known = reel_engine_lookup_account (self->engine, account->id);

    adw_preferences_page_add (
        self->page,
        reel_spending_group_new (self->ledger, account, known != NULL ? reel_account_get_name (known) : NULL));
  }
  gtk_stack_set_visible_child_name (self->stack, accounts->len > 0 ? "list" : "empty");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "spending.export", reel_ledger_get_entries (self->ledger)->len > 0);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  ReelLedger *ledger = reel_engine_load_ledger_finish (REEL_ENGINE (source), result, &error);
  ReelSpendingDialog *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = REEL_SPENDING_DIALOG (data);
  if (ledger == NULL) {
    g_autoptr (ReelErrorText) text = reel_error_text_new (error, REEL_ERROR_DOING_LOCAL);

    adw_status_page_set_title (self->error, text->title);
    adw_status_page_set_description (self->error, text->body);
    gtk_stack_set_visible_child_name (self->stack, "error");
    return;
  }

  self->ledger = ledger;
  show_ledger (self);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree char *name = NULL, *title = NULL;
  g_autoptr (GError) error = NULL;
  ReelSpendingDialog *self;

  g_file_replace_contents_finish (G_FILE (source), result, NULL, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = REEL_SPENDING_DIALOG (data);
  if (error != NULL) {
    add_error_toast (self, error);
    return;
  }

  name = g_file_get_basename (G_FILE (source));
  /* Translators: %s is the name of a file. */
  title = g_strdup_printf (_ ("Saved as “%s”"), name);
  add_toast (self, title);
}

static void
make_csv (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Export *export = data;
  char *csv = reel_ledger_csv_make (export->ledger, export->account_names);

  g_task_return_pointer (task, g_bytes_new_take (csv, strlen (csv)), (GDestroyNotify)g_bytes_unref);
}

static void
on_csv_made (GObject *source, GAsyncResult *result, gpointer data)
{
  Export *export = g_task_get_task_data (G_TASK (result));
  g_autoptr (GBytes) csv = g_task_propagate_pointer (G_TASK (result), NULL);
  ReelSpendingDialog *self;

  /* The dialog was closed. */
  if (csv == NULL)
    return;

  self = REEL_SPENDING_DIALOG (data);
  g_file_replace_contents_bytes_async (export->file, csv, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION,
                                       self->cancellable, on_written, self);
}

static void
on_file_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);
  g_autoptr (GTask) task = NULL;
  ReelSpendingDialog *self;
  Export *export;

  if (file == NULL)
    return;

  self = REEL_SPENDING_DIALOG (data);
  export = g_new0 (Export, 1);
  export->ledger = reel_ledger_ref (self->ledger);
  export->account_names = make_account_names (self);
  export->file = g_steal_pointer (&file);
  task = g_task_new (NULL, self->cancellable, on_csv_made, self);
  g_task_set_source_tag (task, on_file_chosen);
  g_task_set_task_data (task, export, export_free);
  g_task_run_in_thread (task, make_csv);
}

static void
export_csv (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ReelSpendingDialog *self = REEL_SPENDING_DIALOG (widget);
  g_autofree char *file_name = reel_spending_text_make_file_name (g_get_real_time ());
  g_autoptr (GtkFileDialog) dialog = reel_save_dialog_new (_ ("Export Spending"), file_name);

  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), self->cancellable, on_file_chosen, self);
}

static void
reel_spending_dialog_dispose (GObject *object)
{
  ReelSpendingDialog *self = REEL_SPENDING_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_SPENDING_DIALOG);
  g_clear_pointer (&self->ledger, reel_ledger_unref);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (reel_spending_dialog_parent_class)->dispose (object);
}

static void
reel_spending_dialog_class_init (ReelSpendingDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reel_spending_dialog_dispose;

  gtk_widget_class_install_action (widget_class, "spending.export", NULL, export_csv);
  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-spending-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelSpendingDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, ReelSpendingDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, ReelSpendingDialog, error);
  gtk_widget_class_bind_template_child (widget_class, ReelSpendingDialog, page);
}

static void
reel_spending_dialog_init (ReelSpendingDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  reel_wrap_labels (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "spending.export", FALSE);
}

/**
 * reel_spending_dialog_new:
 * @engine: (transfer none): whose jobs are summed up
 *
 * Makes the dialog, and begins to sum up.
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
reel_spending_dialog_new (ReelEngine *engine)
{
  ReelSpendingDialog *self = g_object_new (REEL_TYPE_SPENDING_DIALOG, NULL);

  self->engine = g_object_ref (engine);
  reel_engine_load_ledger_async (engine, self->cancellable, on_loaded, self);

  return ADW_DIALOG (self);
}
