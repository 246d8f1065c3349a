#include "config.h"

#include "reel-job-actions-private.h"

#include <glib/gi18n-lib.h>

#include "reel-save-name.h"

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
      reel_job_actions_add_error_toast (self, error, REEL_ERROR_DOING_LOCAL);
    g_task_return_boolean (task, FALSE);
    return;
  }

  name = g_file_get_basename (copy);
  /* Translators: %s is the name of a file. */
  title = g_strdup_printf (_ ("Saved as “%s”"), name);
  reel_job_actions_add_toast (self, title);
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
    reel_job_actions_add_toast (self, _ ("The video is there already"));
    g_task_return_boolean (task, TRUE);
    return;
  }

  g_task_set_task_data (task, g_object_ref (copy), g_object_unref);
  g_file_copy_async (video, copy, G_FILE_COPY_OVERWRITE, G_PRIORITY_DEFAULT, self->cancellable, NULL, NULL, on_copied,
                     g_steal_pointer (&task));
}

static void
show_save_dialog (GTask *task, char *name)
{
  ReelJobActions *self = g_task_get_source_object (task);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Save Video"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, reel_job_actions_get_window (self), self->cancellable, on_save_chosen, task);
}

/* The name to offer is as the person wants it. */
static void
on_counted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelJobActions *self = g_task_get_source_object (task);
  g_autoptr (ReelJob) job = g_object_steal_data (G_OBJECT (task), "job");
  g_autofree char *pattern = g_settings_get_string (self->settings, REEL_SAVE_NAME_KEY);
  g_autofree char *name = NULL;
  guint n_before = 0;

  if (g_task_return_error_if_cancelled (task))
    return;

  /* Where the history cannot be read, the number is the least of it. */
  reel_engine_count_jobs_finish (REEL_ENGINE (source), result, &n_before, NULL);
  name = reel_save_name_make (pattern, reel_job_get_record (job), n_before + 1);
  show_save_dialog (g_steal_pointer (&task), name);
}

static void
save_as (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelJobActions *self = data;
  g_autoptr (GFile) video = reel_job_dup_file (self->job);
  const ReelJobRecord *record = reel_job_get_record (self->job);
  GTask *task;

  if (video == NULL)
    return;

  task = g_task_new (self, self->cancellable, NULL, NULL);
  g_task_set_source_tag (task, save_as);
  g_object_set_data_full (G_OBJECT (task), "video", g_object_ref (video), g_object_unref);
  if (self->settings != NULL) {
    g_object_set_data_full (G_OBJECT (task), "job", g_object_ref (self->job), g_object_unref);
    reel_engine_count_jobs_async (self->engine, reel_save_name_get_day (record), record->created_at, self->cancellable,
                                  on_counted, task);
  } else {
    g_autofree char *name = g_file_get_basename (video);

    show_save_dialog (task, name);
  }
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

  reel_job_actions_add_toast (self, _ ("No application could open the video"));
}

static void
open_with (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelJobActions *self = data;
  g_autoptr (GFile) video = reel_job_dup_file (self->job);
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (video);

  gtk_file_launcher_set_always_ask (launcher, TRUE);
  gtk_file_launcher_launch (launcher, reel_job_actions_get_window (self), self->cancellable, on_launched,
                            g_object_ref (self));
}

static void
on_folder_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelJobActions) self = data;
  g_autoptr (GError) error = NULL;

  if (gtk_file_launcher_open_containing_folder_finish (GTK_FILE_LAUNCHER (source), result, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  reel_job_actions_add_toast (self, _ ("The folder could not be opened"));
}

static void
show_in_files (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelJobActions *self = data;
  g_autoptr (GFile) video = reel_job_dup_file (self->job);
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (video);

  gtk_file_launcher_open_containing_folder (launcher, reel_job_actions_get_window (self), self->cancellable,
                                            on_folder_opened, g_object_ref (self));
}

/**
 * reel_job_actions_add_file_entries:
 *
 * Adds what is done with the file of a video.
 */
void
reel_job_actions_add_file_entries (ReelJobActions *self)
{
  static const GActionEntry entries[] = {
      {"save-as", save_as},
      {"open-with", open_with},
      {"show-in-files", show_in_files},
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self->group), entries, G_N_ELEMENTS (entries), self);
}
