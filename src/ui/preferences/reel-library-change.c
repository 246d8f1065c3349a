#include "config.h"

#include "reel-library-change.h"

#include <glib/gi18n-lib.h>

#include "reel-storage-text.h"
#include "reel-wrap-labels.h"

/* A change of the library folder, while answers are waited for. */
typedef struct
{
  GFile *folder;
  GtkWidget *parent; /* weak */
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_object_unref (change->folder);
  g_clear_weak_pointer (&change->parent);
  g_free (change);
}

static void
on_moved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelEngine *engine = REEL_ENGINE (source);
  g_autoptr (GError) error = NULL;

  reel_engine_move_library_finish (engine, result, &error);
  g_task_return_pointer (task, reel_storage_text_make_moved (reel_engine_get_library_mover (engine), error), g_free);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelEngine *engine = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);
  /* None where the question was taken back. */
  const char *answer = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (g_strcmp0 (answer, "move") == 0) {
    reel_engine_move_library_async (engine, change->folder, on_moved, g_steal_pointer (&task));
    return;
  }
  if (g_strcmp0 (answer, "leave") == 0)
    reel_engine_set_library (engine, change->folder);
  g_task_return_pointer (task, NULL, NULL);
}

static void
ask (GTask *owned_task, guint n_files, gint64 n_bytes)
{
  g_autoptr (GTask) task = owned_task;
  GCancellable *cancellable = g_task_get_cancellable (task);
  Change *change = g_task_get_task_data (task);
  g_autofree char *amount = reel_storage_text_make_amount (n_files, n_bytes);
  /* Translators: %s is such as "3 videos, 1.2 GB". */
  g_autofree char *body = g_strdup_printf (_ ("In the old folder: %s. Seedreel finds them either way."), amount);
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_ ("Move Videos to the New Folder?"), body));

  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "leave", _ ("_Leave Them Where They Are"), "move",
                                  _ ("_Move"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "move", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "move");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  reel_wrap_labels (GTK_WIDGET (dialog));
  adw_alert_dialog_choose (dialog, change->parent, cancellable, on_answered, g_steal_pointer (&task));
}

static void
on_summed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ReelEngine *engine = REEL_ENGINE (source);
  Change *change = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sums = reel_engine_sum_files_finish (engine, result, &error);
  gint64 n_bytes = 0;
  guint n_files = 0;

  if (sums != NULL)
    reel_file_sum_add_up (sums, &n_files, &n_bytes);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || change->parent == NULL) {
    g_task_return_pointer (task, NULL, NULL);
  } else if (n_files > 0) {
    ask (g_steal_pointer (&task), n_files, n_bytes);
  } else {
    reel_engine_set_library (engine, change->folder);
    g_task_return_pointer (task, NULL, NULL);
  }
}

/**
 * reel_library_change_async:
 * @engine: (transfer none): what has the library
 * @folder: (transfer none): the new folder, on this computer
 * @parent: (transfer none): the widget to ask over
 * @cancellable: (nullable): to take the question back; a move that was begun goes on
 * @callback: called when it is done
 * @data: for @callback
 *
 * Makes a folder the library, and asks whether the videos of the old one are to be moved there, where there are any.
 */
void
reel_library_change_async (ReelEngine *engine,
                           GFile *folder,
                           GtkWidget *parent,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  g_autoptr (GTask) task = g_task_new (engine, cancellable, callback, data);
  g_autoptr (ReelFileQuery) query = reel_file_query_new ();
  GFile *library = reel_engine_get_library (engine);
  Change *change = g_new0 (Change, 1);

  g_task_set_source_tag (task, reel_library_change_async);
  g_task_set_check_cancellable (task, FALSE);
  change->folder = g_object_ref (folder);
  g_set_weak_pointer (&change->parent, parent);
  g_task_set_task_data (task, change, change_free);

  if (reel_library_mover_get_running (reel_engine_get_library_mover (engine))) {
    g_task_return_pointer (task, g_strdup (_ ("The videos are still being moved")), g_free);
    return;
  }
  if (library == NULL || g_file_equal (library, folder)) {
    reel_engine_set_library (engine, folder);
    g_task_return_pointer (task, NULL, NULL);
    return;
  }

  query->folder = g_strdup (g_file_peek_path (library));
  reel_engine_sum_files_async (engine, query, cancellable, on_summed, g_steal_pointer (&task));
}

/**
 * reel_library_change_finish:
 * @engine: what has the library
 * @result: its result
 *
 * Ends reel_library_change_async().
 *
 * Returns: (transfer full) (nullable): what became of the videos, %NULL where there is nothing to say
 */
char *
reel_library_change_finish (ReelEngine *engine, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
