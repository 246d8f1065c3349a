#include "config.h"

#include "reel-job-actions-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "reel-receipt-text.h"
#include "reel-save-dialog.h"

/* A receipt on its way to a file. */
typedef struct
{
  ReelJobDeed *deed; /* owned */
  GFile *file;       /* owned */
} Saving;

static void
saving_free (Saving *self)
{
  reel_job_deed_free (self->deed);
  g_clear_object (&self->file);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

/* What was sent and received is a part of the receipt, but no reason to give none: the rest stands in the job. */
static char *
make_receipt (ReelJobDeed *deed, ReelEngine *engine, GAsyncResult *result)
{
  const ReelJobRecord *record = reel_job_get_record (deed->job);
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GError) problem = NULL;

  events = reel_engine_load_events_finish (engine, result, &problem);
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return NULL;

  return reel_receipt_text_make (record, events, reel_engine_lookup_account (engine, record->account_id),
                                 g_get_real_time ());
}

static void
on_copy_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelJobDeed) deed = data;
  ReelJobActions *self = deed->actions;
  g_autofree char *text = make_receipt (deed, REEL_ENGINE (source), result);

  if (text == NULL || self->widget == NULL)
    return;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (self->widget), text);
  reel_job_actions_add_toast (self, _ ("Receipt copied"));
}

static void
copy_receipt (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelJobActions *self = data;

  reel_engine_load_events_async (self->engine, self->job, self->cancellable, on_copy_loaded,
                                 reel_job_deed_new (self, self->job));
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Saving) saving = data;
  ReelJobActions *self = saving->deed->actions;
  g_autofree char *name = NULL, *title = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error)) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      reel_job_actions_add_error_toast (self, error, REEL_ERROR_DOING_LOCAL);
    return;
  }

  name = g_file_get_basename (saving->file);
  /* Translators: %s is the name of a file. */
  title = g_strdup_printf (_ ("Saved as “%s”"), name);
  reel_job_actions_add_toast (self, title);
}

static void
on_save_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Saving) saving = data;
  GCancellable *cancellable = saving->deed->actions->cancellable;
  GFile *file = saving->file;
  g_autofree char *text = make_receipt (saving->deed, REEL_ENGINE (source), result);
  g_autoptr (GBytes) bytes = NULL;

  if (text == NULL)
    return;

  bytes = g_bytes_new_take (text, strlen (text));
  text = NULL;
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, cancellable,
                                       on_written, g_steal_pointer (&saving));
}

static void
on_save_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Saving) saving = data;
  ReelJobActions *self = saving->deed->actions;
  ReelJob *job = saving->deed->job;

  saving->file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  if (saving->file != NULL)
    reel_engine_load_events_async (self->engine, job, self->cancellable, on_save_loaded, g_steal_pointer (&saving));
}

static void
save_receipt (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelJobActions *self = data;
  g_autofree char *name = reel_receipt_text_make_file_name (reel_job_get_record (self->job));
  g_autoptr (GtkFileDialog) dialog = reel_save_dialog_new (_ ("Save Receipt"), name);
  Saving *saving = g_new0 (Saving, 1);

  saving->deed = reel_job_deed_new (self, self->job);
  gtk_file_dialog_save (dialog, reel_job_actions_get_window (self), self->cancellable, on_save_chosen, saving);
}

/**
 * reel_job_actions_add_receipt_entries:
 *
 * Adds what is done with the receipt of a job.
 */
void
reel_job_actions_add_receipt_entries (ReelJobActions *self)
{
  static const GActionEntry entries[] = {
      {"copy-receipt", copy_receipt},
      {"save-receipt", save_receipt},
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self->group), entries, G_N_ELEMENTS (entries), self);
}
