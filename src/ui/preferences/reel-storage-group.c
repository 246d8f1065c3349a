#include "config.h"

#include "reel-storage-group.h"

#include <glib/gi18n-lib.h>

#include "reel-remove-old-page.h"
#include "reel-removal-toast.h"
#include "reel-storage-text.h"
#include "reel-ui.h"

/* How long a removal of many videos can be undone, in seconds. */
#define UNDO_TIME 10

/**
 * ReelStorageGroup:
 *
 * What the saved videos take, and what can be done about it: older ones go to the Trash, and missing ones are found
 * again.
 */
struct _ReelStorageGroup
{
  AdwPreferencesGroup parent_instance;

  AdwActionRow *used_row;
  AdwActionRow *free_row;
  AdwActionRow *move_row;
  GtkProgressBar *move_bar;
  AdwActionRow *removal_row;
  GtkProgressBar *removal_bar;
  AdwActionRow *missing_row;
  GtkWidget *locate_spinner;
  GtkWidget *locate_button;

  ReelEngine *engine;
  ReelRemoval *removal; /* nullable: not ended */
  GFile *place;         /* nullable: where missing videos were looked for last */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (ReelStorageGroup, reel_storage_group, ADW_TYPE_PREFERENCES_GROUP)

static AdwPreferencesDialog *
get_dialog (ReelStorageGroup *self)
{
  return ADW_PREFERENCES_DIALOG (gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG));
}

static void
add_toast (ReelStorageGroup *self, const char *sentence)
{
  AdwToast *toast = adw_toast_new (sentence);

  adw_toast_set_use_markup (toast, FALSE);
  adw_preferences_dialog_add_toast (get_dialog (self), toast);
}

static void
on_summed (GObject *source, GAsyncResult *result, gpointer data)
{
  ReelStorageGroup *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sums = reel_engine_sum_files_finish (REEL_ENGINE (source), result, &error);
  g_autofree char *total = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  total = sums != NULL ? reel_storage_text_make_total (sums) : g_strdup (_ ("The history could not be read"));
  adw_action_row_set_subtitle (self->used_row, total);
}

static void
on_missing_counted (GObject *source, GAsyncResult *result, gpointer data)
{
  ReelStorageGroup *self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  guint n_missing = 0;

  reel_engine_count_missing_finish (REEL_ENGINE (source), result, &n_missing, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  text = reel_storage_text_make_missing (n_missing);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->missing_row), text);
  gtk_widget_set_visible (GTK_WIDGET (self->missing_row), n_missing > 0);
}

static void look_at_space (ReelStorageGroup *self, GFile *folder);

/* A folder that is not made yet will be on the volume of the one above it. */
static void
on_space_known (GObject *source, GAsyncResult *result, gpointer data)
{
  ReelStorageGroup *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_filesystem_info_finish (G_FILE (source), result, &error);
  g_autoptr (GFile) above = NULL;
  g_autofree char *size = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  above = g_file_get_parent (G_FILE (source));
  if (info == NULL && above != NULL) {
    look_at_space (self, above);
    return;
  }

  gtk_widget_set_visible (GTK_WIDGET (self->free_row),
                          info != NULL && g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE));
  if (info == NULL)
    return;
  size = g_format_size (g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE));
  adw_action_row_set_subtitle (self->free_row, size);
}

static void
look_at_space (ReelStorageGroup *self, GFile *folder)
{
  g_file_query_filesystem_info_async (folder, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, G_PRIORITY_DEFAULT, self->cancellable,
                                      on_space_known, self);
}

static void
refresh (ReelStorageGroup *self)
{
  g_autoptr (ReelFileQuery) query = reel_file_query_new ();
  GFile *library = reel_engine_get_library (self->engine);

  reel_engine_sum_files_async (self->engine, query, self->cancellable, on_summed, self);
  reel_engine_count_missing_async (self->engine, self->cancellable, on_missing_counted, self);
  if (library != NULL)
    look_at_space (self, library);
}

static void
show_move (ReelStorageGroup *self)
{
  ReelLibraryMover *mover = reel_engine_get_library_mover (self->engine);
  g_autofree char *count =
      reel_storage_text_make_count (reel_library_mover_get_n_moved (mover) + reel_library_mover_get_n_left (mover),
                                    reel_library_mover_get_n_files (mover));

  gtk_widget_set_visible (GTK_WIDGET (self->move_row), reel_library_mover_get_running (mover));
  adw_action_row_set_subtitle (self->move_row, count);
  gtk_progress_bar_set_fraction (self->move_bar, reel_library_mover_get_progress (mover));
}

static void
on_move_running_changed (ReelStorageGroup *self)
{
  show_move (self);
  refresh (self);
}

static void
on_stop_move_clicked (ReelStorageGroup *self)
{
  reel_library_mover_cancel (reel_engine_get_library_mover (self->engine));
}

static void
show_removal (ReelStorageGroup *self)
{
  guint n = reel_removal_get_n_jobs (self->removal), n_done = reel_removal_get_n_done (self->removal);
  g_autofree char *count = reel_storage_text_make_count (n_done, n);

  gtk_widget_set_visible (GTK_WIDGET (self->removal_row), TRUE);
  adw_action_row_set_subtitle (self->removal_row, count);
  gtk_progress_bar_set_fraction (self->removal_bar, (double)n_done / n);
}

static void
on_removal_ended (ReelStorageGroup *self, ReelRemoval *removal)
{
  GPtrArray *kept = reel_removal_get_kept (removal);

  gtk_widget_set_visible (GTK_WIDGET (self->removal_row), FALSE);
  refresh (self);
  if (kept->len > 0) {
    g_autofree char *list = reel_storage_text_make_kept_list (removal);
    AdwDialog *dialog = adw_alert_dialog_new (_ ("Not Moved to the Trash"), list);

    adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"));
    adw_dialog_present (dialog, GTK_WIDGET (self));
  }
  g_signal_handlers_disconnect_by_data (removal, self);
  g_clear_object (&self->removal);
}

static void
on_stop_removal_clicked (ReelStorageGroup *self)
{
  if (self->removal != NULL)
    reel_removal_undo (self->removal);
}

static void
on_chosen (ReelStorageGroup *self, ReelRemoval *removal)
{
  g_autofree char *title = reel_storage_text_make_removed (removal);
  AdwPreferencesDialog *dialog = get_dialog (self);
  AdwToast *toast;

  adw_preferences_dialog_pop_subpage (dialog);
  /* One after the other: the one before cannot be undone any more. */
  if (self->removal != NULL) {
    g_signal_handlers_disconnect_by_data (self->removal, self);
    reel_removal_carry_out (self->removal);
  }
  g_set_object (&self->removal, removal);
  g_signal_connect_object (removal, "notify::n-done", G_CALLBACK (show_removal), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (removal, "ended", G_CALLBACK (on_removal_ended), self, G_CONNECT_SWAPPED);
  toast = reel_removal_toast_new (removal, title);
  adw_toast_set_timeout (toast, UNDO_TIME);
  adw_preferences_dialog_add_toast (dialog, toast);
}

static void
on_remove_older (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ReelStorageGroup *self = REEL_STORAGE_GROUP (widget);
  AdwNavigationPage *page = reel_remove_old_page_new (self->engine);

  g_signal_connect_object (page, "chosen", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  adw_preferences_dialog_push_subpage (get_dialog (self), page);
}

/* The library was moved as a whole: new videos go where the others are now. */
static void
on_library_looked_at (GObject *source, GAsyncResult *result, gpointer data)
{
  ReelStorageGroup *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    reel_engine_set_library (self->engine, self->place);
}

static void
on_located (GObject *source, GAsyncResult *result, gpointer data)
{
  ReelStorageGroup *self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  guint n_found, n_missing;

  reel_engine_locate_finish (REEL_ENGINE (source), result, &n_found, &n_missing, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  gtk_widget_set_visible (self->locate_spinner, FALSE);
  gtk_widget_set_sensitive (self->locate_button, TRUE);
  sentence = error != NULL ? g_strdup (_ ("The history could not be written"))
                           : reel_storage_text_make_located (n_found, n_missing);
  add_toast (self, sentence);
  refresh (self);
  if (error == NULL && n_found > 0)
    g_file_query_info_async (reel_engine_get_library (self->engine), G_FILE_ATTRIBUTE_STANDARD_TYPE,
                             G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, self->cancellable, on_library_looked_at, self);
}

static void
on_folder_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  ReelStorageGroup *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, &error);

  if (folder == NULL) {
    if (g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_FAILED))
      add_toast (self, _ ("The folder could not be chosen"));
    return;
  }
  if (g_file_peek_path (folder) == NULL) {
    add_toast (self, _ ("Choose a folder on this computer"));
    return;
  }

  g_set_object (&self->place, folder);
  gtk_widget_set_visible (self->locate_spinner, TRUE);
  gtk_widget_set_sensitive (self->locate_button, FALSE);
  reel_engine_locate_async (self->engine, folder, self->cancellable, on_located, self);
}

static void
on_locate_clicked (ReelStorageGroup *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_file_dialog_set_title (dialog, _ ("Choose the Folder Where the Videos Are"));
  gtk_file_dialog_select_folder (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->cancellable,
                                 on_folder_chosen, self);
}

static void
reel_storage_group_dispose (GObject *object)
{
  reel_storage_group_close (REEL_STORAGE_GROUP (object));
  gtk_widget_dispose_template (GTK_WIDGET (object), REEL_TYPE_STORAGE_GROUP);

  G_OBJECT_CLASS (reel_storage_group_parent_class)->dispose (object);
}

static void
reel_storage_group_class_init (ReelStorageGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reel_storage_group_dispose;

  gtk_widget_class_install_action (widget_class, "storage.remove-older", NULL, on_remove_older);

  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-storage-group.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelStorageGroup, used_row);
  gtk_widget_class_bind_template_child (widget_class, ReelStorageGroup, free_row);
  gtk_widget_class_bind_template_child (widget_class, ReelStorageGroup, move_row);
  gtk_widget_class_bind_template_child (widget_class, ReelStorageGroup, move_bar);
  gtk_widget_class_bind_template_child (widget_class, ReelStorageGroup, removal_row);
  gtk_widget_class_bind_template_child (widget_class, ReelStorageGroup, removal_bar);
  gtk_widget_class_bind_template_child (widget_class, ReelStorageGroup, missing_row);
  gtk_widget_class_bind_template_child (widget_class, ReelStorageGroup, locate_spinner);
  gtk_widget_class_bind_template_child (widget_class, ReelStorageGroup, locate_button);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_move_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_removal_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_locate_clicked);
}

static void
reel_storage_group_init (ReelStorageGroup *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * reel_storage_group_set_engine:
 * @engine: (transfer none): what has the videos
 *
 * Shows what the videos of an engine take. Call it once.
 */
void
reel_storage_group_set_engine (ReelStorageGroup *self, ReelEngine *engine)
{
  ReelLibraryMover *mover;

  g_return_if_fail (REEL_IS_STORAGE_GROUP (self) && REEL_IS_ENGINE (engine) && self->engine == NULL);

  self->engine = g_object_ref (engine);
  mover = reel_engine_get_library_mover (engine);
  g_signal_connect_object (mover, "notify::running", G_CALLBACK (on_move_running_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (mover, "notify::progress", G_CALLBACK (show_move), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::library", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  show_move (self);
  refresh (self);
}

/**
 * reel_storage_group_close:
 *
 * Lets go of the engine, because the dialog goes. What can be undone is carried out: nobody can undo it any more.
 */
void
reel_storage_group_close (ReelStorageGroup *self)
{
  g_return_if_fail (REEL_IS_STORAGE_GROUP (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->removal != NULL) {
    g_signal_handlers_disconnect_by_data (self->removal, self);
    reel_removal_carry_out (self->removal);
    g_clear_object (&self->removal);
  }
  if (self->engine != NULL) {
    g_signal_handlers_disconnect_by_data (reel_engine_get_library_mover (self->engine), self);
    g_signal_handlers_disconnect_by_data (self->engine, self);
  }
  g_clear_object (&self->engine);
  g_clear_object (&self->place);
}
