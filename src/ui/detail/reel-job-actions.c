#include "config.h"

#include "reel-job-actions.h"

#include <glib/gi18n-lib.h>

#include "reel-delete-dialog.h"
#include "reel-error-text.h"

/* How much of a prompt a toast quotes. */
#define MAX_QUOTED_CHARACTERS 40

/**
 * ReelJobActions:
 *
 * What a person can do with the chosen job: the actions `job.*` of the window. Those that make no sense for the state of
 * the job are off.
 */
struct _ReelJobActions
{
  GObject parent_instance;

  ReelEngine *engine;
  GtkWidget *widget;       /* weak */
  AdwToastOverlay *toasts; /* weak */
  ReelJob *job;
  GSignalGroup *job_signals;
  GSimpleActionGroup *group;
  GCancellable *cancellable;
  GHashTable *deleted; /* ReelJob -> whether its file goes too: hidden, but still to be restored */
};

G_DEFINE_FINAL_TYPE (ReelJobActions, reel_job_actions, G_TYPE_OBJECT)

enum
{
  REUSE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* A deletion that can still be undone, as long as its toast is there. */
typedef struct
{
  ReelJobActions *actions; /* owned */
  ReelJob *job;            /* owned */
} Deletion;

static Deletion *
deletion_new (ReelJobActions *actions, ReelJob *job)
{
  Deletion *self = g_new0 (Deletion, 1);

  self->actions = g_object_ref (actions);
  self->job = g_object_ref (job);

  return self;
}

static void
deletion_free (Deletion *self)
{
  g_object_unref (self->actions);
  g_object_unref (self->job);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Deletion, deletion_free)

static void
deletion_notify (gpointer data, GClosure *closure)
{
  deletion_free (data);
}

static void
add_toast (ReelJobActions *self, const char *title)
{
  AdwToast *toast;

  if (self->toasts == NULL)
    return;

  toast = adw_toast_new (title);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
add_error_toast (ReelJobActions *self, const GError *error, ReelErrorDoing doing)
{
  g_autoptr (ReelErrorText) text = reel_error_text_new (error, doing);

  add_toast (self, text->title);
}

static char *
quote (ReelJob *job)
{
  const char *title = reel_job_get_title (job);

  if (g_utf8_strlen (title, -1) <= MAX_QUOTED_CHARACTERS)
    return g_strdup (title);

  return g_utf8_truncate_middle (title, MAX_QUOTED_CHARACTERS);
}

static GtkWindow *
get_window (ReelJobActions *self)
{
  return self->widget != NULL ? GTK_WINDOW (gtk_widget_get_root (self->widget)) : NULL;
}

static void
set_enabled (ReelJobActions *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->group), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update (ReelJobActions *self)
{
  const ReelJobRecord *record = self->job != NULL ? reel_job_get_record (self->job) : NULL;
  ReelJobState state = self->job != NULL ? reel_job_get_state (self->job) : REEL_JOB_UNKNOWN;
  gboolean saved = record != NULL && state == REEL_JOB_READY;

  set_enabled (self, "cancel", self->job != NULL && reel_job_can_cancel (self->job));
  set_enabled (self, "retry-download", record != NULL && state == REEL_JOB_NOT_SAVED);
  set_enabled (self, "reuse", record != NULL);
  set_enabled (self, "save-as", saved);
  set_enabled (self, "open-with", saved);
  set_enabled (self, "show-in-files", saved);
  set_enabled (self, "copy-prompt", record != NULL);
  set_enabled (self, "copy-request-id", record != NULL && record->request_id != NULL);
  set_enabled (self, "delete", record != NULL && !reel_job_record_is_running (record));
}

static void
on_cancelled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelJobActions) self = data;
  g_autoptr (GError) error = NULL;

  if (reel_engine_cancel_job_finish (REEL_ENGINE (source), result, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  add_toast (self, _ ("The job could not be cancelled. It goes on."));
}

static void
cancel (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelJobActions *self = data;

  reel_engine_cancel_job_async (self->engine, self->job, on_cancelled, g_object_ref (self));
}

static void
retry_download (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelJobActions *self = data;

  reel_engine_retry_download (self->engine, self->job);
}

static void
reuse (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelJobActions *self = data;
  g_autoptr (ReelRequest) request = reel_job_record_to_request (reel_job_get_record (self->job));

  g_signal_emit (self, signals[REUSE], 0, request);
}

static void
on_copied (GObject *source, GAsyncResult *result, gpointer data)
{
  GFile *copy = G_FILE (g_task_get_task_data (G_TASK (data)));
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL, *title = NULL;
  ReelJobActions *self = g_task_get_source_object (task);

  if (!g_file_copy_finish (G_FILE (source), result, &error)) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      add_error_toast (self, error, REEL_ERROR_DOING_LOCAL);
    g_task_return_boolean (task, FALSE);
    return;
  }

  name = g_file_get_basename (copy);
  /* Translators: %s is the name of a file. */
  title = g_strdup_printf (_ ("Saved as “%s”"), name);
  add_toast (self, title);
  g_task_return_boolean (task, TRUE);
}

static void
on_save_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GFile) copy = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  ReelJobActions *self = g_task_get_source_object (task);
  g_autoptr (GFile) video = g_object_steal_data (G_OBJECT (task), "video");

  if (copy == NULL) {
    g_task_return_boolean (task, FALSE);
    return;
  }
  if (g_file_equal (copy, video)) {
    add_toast (self, _ ("The video is there already"));
    g_task_return_boolean (task, TRUE);
    return;
  }

  g_task_set_task_data (task, g_object_ref (copy), g_object_unref);
  g_file_copy_async (video, copy, G_FILE_COPY_OVERWRITE, G_PRIORITY_DEFAULT, self->cancellable, NULL, NULL, on_copied,
                     g_steal_pointer (&task));
}

static void
save_as (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelJobActions *self = data;
  g_autoptr (GFile) video = reel_job_dup_file (self->job);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *name = NULL;
  GTask *task;

  if (video == NULL)
    return;

  name = g_file_get_basename (video);
  gtk_file_dialog_set_title (dialog, _ ("Save Video"));
  gtk_file_dialog_set_initial_name (dialog, name);
  task = g_task_new (self, self->cancellable, NULL, NULL);
  g_task_set_source_tag (task, save_as);
  g_object_set_data_full (G_OBJECT (task), "video", g_steal_pointer (&video), g_object_unref);
  gtk_file_dialog_save (dialog, get_window (self), self->cancellable, on_save_chosen, task);
}

static void
on_launched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelJobActions) self = data;
  g_autoptr (GError) error = NULL;

  if (gtk_file_launcher_launch_finish (GTK_FILE_LAUNCHER (source), result, &error) ||
      g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  add_toast (self, _ ("No application could open the video"));
}

static void
open_with (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelJobActions *self = data;
  g_autoptr (GFile) video = reel_job_dup_file (self->job);
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (video);

  gtk_file_launcher_set_always_ask (launcher, TRUE);
  gtk_file_launcher_launch (launcher, get_window (self), self->cancellable, on_launched, g_object_ref (self));
}

static void
on_folder_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelJobActions) self = data;
  g_autoptr (GError) error = NULL;

  if (gtk_file_launcher_open_containing_folder_finish (GTK_FILE_LAUNCHER (source), result, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  add_toast (self, _ ("The folder could not be opened"));
}

static void
show_in_files (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelJobActions *self = data;
  g_autoptr (GFile) video = reel_job_dup_file (self->job);
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (video);

  gtk_file_launcher_open_containing_folder (launcher, get_window (self), self->cancellable, on_folder_opened,
                                            g_object_ref (self));
}

static void
copy_prompt (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelJobActions *self = data;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (self->widget), reel_job_get_record (self->job)->prompt);
  add_toast (self, _ ("Prompt copied"));
}

static void
copy_request_id (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelJobActions *self = data;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (self->widget), reel_job_get_record (self->job)->request_id);
  add_toast (self, _ ("Request ID copied"));
}

static void
on_undo (AdwToast *toast, Deletion *deletion)
{
  ReelJobActions *self = deletion->actions;

  if (g_hash_table_remove (self->deleted, deletion->job))
    reel_engine_restore_job (self->engine, deletion->job);
}

static void
on_undo_over (AdwToast *toast, Deletion *deletion)
{
  ReelJobActions *self = deletion->actions;
  gpointer trash_file = NULL;

  if (g_hash_table_steal_extended (self->deleted, deletion->job, NULL, &trash_file))
    reel_engine_purge_job (self->engine, deletion->job, GPOINTER_TO_INT (trash_file));
}

static void
on_delete_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Deletion) asked = data;
  ReelJobActions *self = asked->actions;
  gboolean trash_file;
  g_autofree char *name = NULL, *title = NULL;
  AdwToast *toast;

  if (!reel_delete_dialog_choose_finish (ADW_ALERT_DIALOG (source), result, &trash_file) || self->toasts == NULL ||
      reel_job_record_is_running (reel_job_get_record (asked->job)))
    return;

  name = quote (asked->job);
  /* Translators: %s is the beginning of a prompt. */
  title = g_strdup_printf (_ ("“%s” deleted"), name);
  toast = adw_toast_new (title);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _ ("Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_undo), deletion_new (self, asked->job),
                         deletion_notify, G_CONNECT_DEFAULT);
  g_signal_connect_data (toast, "dismissed", G_CALLBACK (on_undo_over), deletion_new (self, asked->job),
                         deletion_notify, G_CONNECT_DEFAULT);

  g_hash_table_insert (self->deleted, g_object_ref (asked->job), GINT_TO_POINTER (trash_file));
  reel_engine_hide_job (self->engine, asked->job);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void delete (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelJobActions *self = data;

  reel_delete_dialog_choose (self->job, self->widget, self->cancellable, on_delete_answered,
                             deletion_new (self, self->job));
}

static void
reel_job_actions_dispose (GObject *object)
{
  ReelJobActions *self = REEL_JOB_ACTIONS (object);

  g_clear_weak_pointer (&self->widget);
  g_clear_weak_pointer (&self->toasts);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->job_signals);
  g_clear_object (&self->job);
  g_clear_object (&self->group);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->deleted, g_hash_table_unref);

  G_OBJECT_CLASS (reel_job_actions_parent_class)->dispose (object);
}

static void
reel_job_actions_class_init (ReelJobActionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reel_job_actions_dispose;

  /**
   * ReelJobActions::reuse:
   * @request: a request with the settings of the chosen job
   *
   * Emitted when a person wants to fill the form with these settings.
   */
  signals[REUSE] = g_signal_new ("reuse", REEL_TYPE_JOB_ACTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 REEL_TYPE_REQUEST);
}

static void
reel_job_actions_init (ReelJobActions *self)
{
  static const GActionEntry entries[] = {
      {"cancel", cancel},
      {"retry-download", retry_download},
      {"reuse", reuse},
      {"save-as", save_as},
      {"open-with", open_with},
      {"show-in-files", show_in_files},
      {"copy-prompt", copy_prompt},
      {"copy-request-id", copy_request_id},
      {"delete", delete},
  };

  self->cancellable = g_cancellable_new ();
  self->deleted = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->group = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->group), entries, G_N_ELEMENTS (entries), self);

  self->job_signals = g_signal_group_new (REEL_TYPE_JOB);
  g_signal_group_connect_swapped (self->job_signals, "changed", G_CALLBACK (update), self);
  update (self);
}

/**
 * reel_job_actions_new:
 * @engine: (transfer none): what acts
 * @widget: (transfer none): the window; it gets the actions, and owns the result
 * @toasts: (transfer none): where results are told
 *
 * Makes the actions, all off.
 *
 * Returns: (transfer full): the actions
 */
ReelJobActions *
reel_job_actions_new (ReelEngine *engine, GtkWidget *widget, AdwToastOverlay *toasts)
{
  ReelJobActions *self = g_object_new (REEL_TYPE_JOB_ACTIONS, NULL);

  g_return_val_if_fail (GTK_IS_WIDGET (widget), self);

  self->engine = g_object_ref (engine);
  g_set_weak_pointer (&self->widget, widget);
  g_set_weak_pointer (&self->toasts, toasts);
  gtk_widget_insert_action_group (widget, "job", G_ACTION_GROUP (self->group));

  return self;
}

/**
 * reel_job_actions_get_group:
 *
 * Returns: (transfer none): the actions, by their names without "job."
 */
GActionGroup *
reel_job_actions_get_group (ReelJobActions *self)
{
  g_return_val_if_fail (REEL_IS_JOB_ACTIONS (self), NULL);

  return G_ACTION_GROUP (self->group);
}

/**
 * reel_job_actions_set_job:
 * @job: (nullable) (transfer none): the chosen job
 *
 * Sets the job that the actions are about.
 */
void
reel_job_actions_set_job (ReelJobActions *self, ReelJob *job)
{
  g_return_if_fail (REEL_IS_JOB_ACTIONS (self));

  if (!g_set_object (&self->job, job))
    return;

  g_signal_group_set_target (self->job_signals, job);
  update (self);
}

/**
 * reel_job_actions_flush:
 *
 * Makes every deletion final that could still be undone. Call it when the window closes.
 */
void
reel_job_actions_flush (ReelJobActions *self)
{
  GHashTableIter iter;
  gpointer job, trash_file;

  g_return_if_fail (REEL_IS_JOB_ACTIONS (self));

  g_hash_table_iter_init (&iter, self->deleted);
  while (g_hash_table_iter_next (&iter, &job, &trash_file)) {
    reel_engine_purge_job (self->engine, job, GPOINTER_TO_INT (trash_file));
    g_hash_table_iter_remove (&iter);
  }
}
