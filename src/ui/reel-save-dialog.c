#include "config.h"

#include "reel-save-dialog.h"

/**
 * reel_save_dialog_new:
 * @title: the title
 * @name: the name that is offered
 *
 * Makes a dialog that asks where to save a paper: in the folder of documents, unless the person chooses another.
 *
 * Returns: (transfer full): the dialog
 */
GtkFileDialog *
reel_save_dialog_new (const char *title, const char *name)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  g_autoptr (GFile) folder = g_file_new_for_path (documents != NULL ? documents : g_get_home_dir ());
  GtkFileDialog *self = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (self, title);
  gtk_file_dialog_set_initial_name (self, name);
  gtk_file_dialog_set_initial_folder (self, folder);

  return self;
}
