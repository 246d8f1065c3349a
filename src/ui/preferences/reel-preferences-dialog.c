#include "config.h"

#include "reel-preferences-dialog.h"

#include <glib/gi18n-lib.h>

#include "reel-account-editor.h"
#include "reel-account-row.h"
#include "reel-covered-page.h"
#include "reel-library-change.h"
#include "reel-path-text.h"
#include "reel-save-name.h"
#include "reel-storage-group.h"
#include "reel-ui.h"
#include "reel-wrap-labels.h"

#define MIN_WIDTH 320 /* pixels */

/**
 * ReelPreferencesDialog:
 *
 * The accounts, the folder of finished videos, the name that they are saved as elsewhere, what becomes of running ones when
 * the window is closed, and how often a service is asked about them.
 */
struct _ReelPreferencesDialog
{
  AdwPreferencesDialog parent_instance;

  GtkListBox *account_list;
  AdwActionRow *library_row;
  GtkWidget *default_row;
  ReelStorageGroup *storage;
  AdwEntryRow *name_row;
  AdwActionRow *example_row;
  AdwComboRow *on_close_row;
  AdwSpinRow *requests_row;

  ReelEngine *engine;
  GFile *default_library; /* nullable */
  GtkCheckButton *group;  /* never shown: the buttons of the rows belong to its group */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (ReelPreferencesDialog, reel_preferences_dialog, ADW_TYPE_PREFERENCES_DIALOG)

static void
on_library_known (GObject *source, GAsyncResult *result, gpointer data)
{
  ReelPreferencesDialog *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);
  g_autofree char *path = NULL;
  GFile *library;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  library = reel_engine_get_library (self->engine);
  if (library == NULL || !g_file_equal (G_FILE (source), library))
    return;

  path = reel_path_text_make (G_FILE (source), info);
  adw_action_row_set_subtitle (self->library_row, path);
}

static void
show_library (ReelPreferencesDialog *self)
{
  GFile *library = reel_engine_get_library (self->engine);
  g_autofree char *path = library != NULL ? reel_path_text_make (library, NULL) : NULL;

  adw_action_row_set_subtitle (self->library_row, path != NULL ? path : "");
  gtk_widget_set_visible (self->default_row, self->default_library != NULL &&
                                                 (library == NULL || !g_file_equal (library, self->default_library)));
  if (library != NULL)
    g_file_query_info_async (library, REEL_PATH_TEXT_ATTRIBUTES, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT,
                             self->cancellable, on_library_known, self);
}

static void
on_name (ReelPreferencesDialog *self)
{
  g_autofree char *example = reel_save_name_make_example (gtk_editable_get_text (GTK_EDITABLE (self->name_row)));

  adw_action_row_set_subtitle (self->example_row, example);
}

/* The choices of the row have the order of the setting's values. */
static gboolean
get_choice (GValue *value, GVariant *variant, gpointer data)
{
  g_value_set_uint (value, g_settings_get_enum (data, "on-close"));

  return TRUE;
}

static GVariant *
make_choice (const GValue *value, const GVariantType *type, gpointer data)
{
  static const char *const nicks[] = {"ask", "keep-working", "stop"};

  return g_variant_new_string (nicks[MIN (g_value_get_uint (value), G_N_ELEMENTS (nicks) - 1)]);
}

static void
show_toast (ReelPreferencesDialog *self, const char *sentence)
{
  AdwToast *toast = adw_toast_new (sentence);

  adw_toast_set_use_markup (toast, FALSE);
  adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (self), toast);
}

static void
on_editor_done (ReelAccountEditor *editor, const char *sentence, ReelPreferencesDialog *self)
{
  adw_preferences_dialog_pop_subpage (ADW_PREFERENCES_DIALOG (self));
  if (sentence != NULL)
    show_toast (self, sentence);
}

static void
open_editor (ReelPreferencesDialog *self, ReelAccount *account)
{
  AdwNavigationPage *editor = reel_account_editor_new (self->engine, account);

  g_signal_connect_object (editor, "done", G_CALLBACK (on_editor_done), self, G_CONNECT_DEFAULT);
  adw_preferences_dialog_push_subpage (ADW_PREFERENCES_DIALOG (self), editor);
}

static void
on_edit (ReelAccountRow *row, ReelPreferencesDialog *self)
{
  open_editor (self, reel_account_row_get_account (row));
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  ReelPreferencesDialog *self = data;
  GtkWidget *row = reel_account_row_new (self->engine, item, self->group);

  g_signal_connect (row, "edit", G_CALLBACK (on_edit), self);

  return row;
}

static void
on_add_account (GtkWidget *widget, const char *action, GVariant *parameter)
{
  reel_preferences_dialog_add_account (REEL_PREFERENCES_DIALOG (widget));
}

/* A move may outlive the dialog. */
static void
on_library_changed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree GWeakRef *reference = data;
  g_autoptr (ReelPreferencesDialog) self = g_weak_ref_get (reference);
  g_autofree char *sentence = reel_library_change_finish (REEL_ENGINE (source), result);

  g_weak_ref_clear (reference);
  if (self != NULL && sentence != NULL)
    show_toast (self, sentence);
}

static void
change_library (ReelPreferencesDialog *self, GFile *folder)
{
  GWeakRef *reference = g_new0 (GWeakRef, 1);

  g_weak_ref_init (reference, self);
  reel_library_change_async (self->engine, folder, GTK_WIDGET (self), self->cancellable, on_library_changed, reference);
}

static void
on_folder_known (GObject *source, GAsyncResult *result, gpointer data)
{
  ReelPreferencesDialog *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (info == NULL || !g_file_info_get_attribute_boolean (info, G_FILE_ATTRIBUTE_ACCESS_CAN_WRITE)) {
    show_toast (self, _ ("Seedreel cannot write to this folder"));
    return;
  }

  change_library (self, G_FILE (source));
}

static void
on_folder_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  ReelPreferencesDialog *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, &error);

  if (folder == NULL) {
    if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) &&
        !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED) &&
        !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      show_toast (self, _ ("The folder could not be chosen"));
    return;
  }
  if (g_file_peek_path (folder) == NULL) {
    show_toast (self, _ ("Choose a folder on this computer"));
    return;
  }

  g_file_query_info_async (folder, G_FILE_ATTRIBUTE_ACCESS_CAN_WRITE, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT,
                           self->cancellable, on_folder_known, self);
}

static void
on_choose_library (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ReelPreferencesDialog *self = REEL_PREFERENCES_DIALOG (widget);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  GtkRoot *root = gtk_widget_get_root (widget);

  gtk_file_dialog_set_title (dialog, _ ("Choose a Folder for Videos"));
  gtk_file_dialog_set_initial_folder (dialog, reel_engine_get_library (self->engine));
  gtk_file_dialog_select_folder (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->cancellable,
                                 on_folder_chosen, self);
}

static void
on_use_default_library (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ReelPreferencesDialog *self = REEL_PREFERENCES_DIALOG (widget);

  if (self->default_library != NULL)
    change_library (self, self->default_library);
}

/* A page that is open when the dialog goes would keep it for ever. */
static void
on_closed (ReelPreferencesDialog *self)
{
  adw_preferences_dialog_pop_subpage (ADW_PREFERENCES_DIALOG (self));
  reel_storage_group_close (self->storage);
}

static void
reel_preferences_dialog_dispose (GObject *object)
{
  ReelPreferencesDialog *self = REEL_PREFERENCES_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->account_list != NULL) {
    /* libadwaita 1.7 does not let go of a page that is open when its dialog goes; this one may hold a key. */
    adw_preferences_dialog_pop_subpage (ADW_PREFERENCES_DIALOG (self));
    gtk_list_box_bind_model (self->account_list, NULL, NULL, NULL, NULL);
    reel_storage_group_close (self->storage);
  }
  g_clear_object (&self->engine);
  g_clear_object (&self->default_library);
  g_clear_object (&self->group);
  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_PREFERENCES_DIALOG);

  G_OBJECT_CLASS (reel_preferences_dialog_parent_class)->dispose (object);
}

static void
reel_preferences_dialog_class_init (ReelPreferencesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reel_preferences_dialog_dispose;

  g_type_ensure (REEL_TYPE_STORAGE_GROUP);
  gtk_widget_class_install_action (widget_class, "preferences.add-account", NULL, on_add_account);
  gtk_widget_class_install_action (widget_class, "preferences.choose-library", NULL, on_choose_library);
  gtk_widget_class_install_action (widget_class, "preferences.use-default-library", NULL, on_use_default_library);

  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-preferences-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelPreferencesDialog, account_list);
  gtk_widget_class_bind_template_child (widget_class, ReelPreferencesDialog, library_row);
  gtk_widget_class_bind_template_child (widget_class, ReelPreferencesDialog, default_row);
  gtk_widget_class_bind_template_child (widget_class, ReelPreferencesDialog, storage);
  gtk_widget_class_bind_template_child (widget_class, ReelPreferencesDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, ReelPreferencesDialog, example_row);
  gtk_widget_class_bind_template_child (widget_class, ReelPreferencesDialog, on_close_row);
  gtk_widget_class_bind_template_child (widget_class, ReelPreferencesDialog, requests_row);
  gtk_widget_class_bind_template_callback (widget_class, on_name);
}

/* libadwaita asks for the width of the narrowest window that is, and gets less where the window has a border. */
static void
fit_narrow_windows (ReelPreferencesDialog *self)
{
  for (GtkWidget *each = GTK_WIDGET (self->account_list); each != NULL; each = gtk_widget_get_parent (each)) {
    int width, height;

    gtk_widget_get_size_request (each, &width, &height);
    if (width > MIN_WIDTH)
      gtk_widget_set_size_request (each, MIN_WIDTH, height);
  }
}

static void
reel_preferences_dialog_init (ReelPreferencesDialog *self)
{
  self->cancellable = g_cancellable_new ();
  self->group = g_object_ref_sink (GTK_CHECK_BUTTON (gtk_check_button_new ()));
  gtk_widget_init_template (GTK_WIDGET (self));
  reel_wrap_labels (GTK_WIDGET (self));
  fit_narrow_windows (self);
  g_signal_connect (self, "closed", G_CALLBACK (on_closed), NULL);
  reel_covered_page_watch (
      ADW_NAVIGATION_PAGE (gtk_widget_get_ancestor (GTK_WIDGET (self->account_list), ADW_TYPE_NAVIGATION_PAGE)));
}

/**
 * reel_preferences_dialog_new:
 * @engine: (transfer none): what has the accounts, the library folder and the budget
 * @settings: (transfer none): the settings, for the name that a video is saved as
 * @default_library: (nullable) (transfer none): the folder to offer as the default
 *
 * Makes the dialog; show it with adw_dialog_present().
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
reel_preferences_dialog_new (ReelEngine *engine, GSettings *settings, GFile *default_library)
{
  ReelPreferencesDialog *self;

  g_return_val_if_fail (REEL_IS_ENGINE (engine), NULL);

  self = g_object_new (REEL_TYPE_PREFERENCES_DIALOG, NULL);
  self->engine = g_object_ref (engine);
  g_set_object (&self->default_library, default_library);
  gtk_list_box_bind_model (self->account_list, reel_engine_get_accounts (engine), make_row, self, NULL);
  g_signal_connect_object (engine, "notify::library", G_CALLBACK (show_library), self, G_CONNECT_SWAPPED);
  show_library (self);
  reel_storage_group_set_engine (self->storage, engine);
  g_settings_bind (settings, REEL_SAVE_NAME_KEY, self->name_row, "text", G_SETTINGS_BIND_DEFAULT);
  on_name (self);
  g_settings_bind_with_mapping (settings, "on-close", self->on_close_row, "selected", G_SETTINGS_BIND_DEFAULT,
                                get_choice, make_choice, settings, NULL);
  g_object_bind_property (engine, "requests-per-minute", self->requests_row, "value",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);

  return ADW_DIALOG (self);
}

/**
 * reel_preferences_dialog_add_account:
 *
 * Opens the page where an account is added, for someone who has an API key at hand.
 */
void
reel_preferences_dialog_add_account (ReelPreferencesDialog *self)
{
  g_return_if_fail (REEL_IS_PREFERENCES_DIALOG (self));

  open_editor (self, NULL);
}
