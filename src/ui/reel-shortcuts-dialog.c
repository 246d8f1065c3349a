#include "config.h"

#include "reel-shortcuts-dialog.h"

#include <glib/gi18n-lib.h>

#include "reel-ui.h"
#include "reel-wrap-labels.h"

/**
 * ReelShortcutsDialog:
 *
 * The keys of the application, each as it is written on a keyboard.
 */
struct _ReelShortcutsDialog
{
  AdwDialog parent_instance;

  AdwPreferencesPage *page;
};

G_DEFINE_FINAL_TYPE (ReelShortcutsDialog, reel_shortcuts_dialog, ADW_TYPE_DIALOG)

/* A row without a key begins a group. */
typedef struct
{
  const char *key;
  const char *title;
} Entry;

static const Entry entries[] = {
    {NULL, NC_ ("shortcuts", "New Video")},
    {"<Control>n", NC_ ("shortcuts", "Write a prompt")},
    {"<Control>Return", NC_ ("shortcuts", "Generate")},
    {"<Control>o", NC_ ("shortcuts", "Use the settings of a saved video")},
    {"F9", NC_ ("shortcuts", "Show or hide the form")},
    {NULL, NC_ ("shortcuts", "History")},
    {"<Control>f", NC_ ("shortcuts", "Search")},
    {"Return", NC_ ("shortcuts", "Open the chosen video")},
    {"<Control>s", NC_ ("shortcuts", "Save the chosen video elsewhere")},
    {"<Control>d", NC_ ("shortcuts", "Make the chosen video a favourite, or no longer")},
    {"<Control>a", NC_ ("shortcuts", "Select all")},
    {"Escape", NC_ ("shortcuts", "Stop selecting")},
    {"Delete", NC_ ("shortcuts", "Delete the chosen video")},
    {"Menu", NC_ ("shortcuts", "Show what can be done")},
    {"<Alt>Left", NC_ ("shortcuts", "Back to the history in a narrow window")},
    {NULL, NC_ ("shortcuts", "Player")},
    {"space", NC_ ("shortcuts", "Play or pause")},
    {"comma", NC_ ("shortcuts", "One frame back")},
    {"period", NC_ ("shortcuts", "One frame forward")},
    {"Left", NC_ ("shortcuts", "One second back")},
    {"Right", NC_ ("shortcuts", "One second forward")},
    {"Home", NC_ ("shortcuts", "To the first frame")},
    {"End", NC_ ("shortcuts", "To the last frame")},
    {"less", NC_ ("shortcuts", "Slower")},
    {"greater", NC_ ("shortcuts", "Faster")},
    {"Up", NC_ ("shortcuts", "Louder")},
    {"Down", NC_ ("shortcuts", "Softer")},
    {"m", NC_ ("shortcuts", "Mute")},
    {"l", NC_ ("shortcuts", "Loop")},
    {"Page_Down", NC_ ("shortcuts", "Next video in the player")},
    {"Page_Up", NC_ ("shortcuts", "Previous video in the player")},
    {"<Alt>Down", NC_ ("shortcuts", "Next video")},
    {"<Alt>Up", NC_ ("shortcuts", "Previous video")},
    {"<Control><Shift>s", NC_ ("shortcuts", "Save the frame that is shown")},
    {"<Control><Shift>c", NC_ ("shortcuts", "Copy the frame that is shown")},
    {"F11", NC_ ("shortcuts", "Full screen")},
    {NULL, NC_ ("shortcuts", "Compare")},
    {"w", NC_ ("shortcuts", "Side by side or wipe")},
    {"2", NC_ ("shortcuts", "Hear the second video")},
    {NULL, NC_ ("shortcuts", "General")},
    {"<Control>comma", NC_ ("shortcuts", "Preferences")},
    {"<Control>question", NC_ ("shortcuts", "Keyboard shortcuts")},
    {"F1", NC_ ("shortcuts", "Help")},
    {"<Control>q", NC_ ("shortcuts", "Quit")},
};

static GtkWidget *
make_row (const Entry *entry)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());
  GtkWidget *keys = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  g_autofree char *label = NULL;
  GdkModifierType modifiers;
  guint key;
  GtkWidget *cap;

  gtk_accelerator_parse (entry->key, &key, &modifiers);
  label = gtk_accelerator_get_label (key, modifiers);
  cap = gtk_label_new (label);
  gtk_widget_add_css_class (cap, "keycap");
  gtk_widget_set_valign (keys, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (keys), cap);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), g_dpgettext2 (GETTEXT_PACKAGE, "shortcuts", entry->title));
  adw_action_row_add_suffix (row, keys);

  return GTK_WIDGET (row);
}

static void
reel_shortcuts_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), REEL_TYPE_SHORTCUTS_DIALOG);

  G_OBJECT_CLASS (reel_shortcuts_dialog_parent_class)->dispose (object);
}

static void
reel_shortcuts_dialog_class_init (ReelShortcutsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reel_shortcuts_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-shortcuts-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelShortcutsDialog, page);
}

static void
reel_shortcuts_dialog_init (ReelShortcutsDialog *self)
{
  AdwPreferencesGroup *group = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++) {
    if (entries[i].key == NULL) {
      group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
      adw_preferences_group_set_title (group, g_dpgettext2 (GETTEXT_PACKAGE, "shortcuts", entries[i].title));
      adw_preferences_page_add (self->page, group);
    } else {
      adw_preferences_group_add (group, make_row (&entries[i]));
    }
  }
  reel_wrap_labels (GTK_WIDGET (self));
}

/**
 * reel_shortcuts_dialog_new:
 *
 * Makes the dialog.
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
reel_shortcuts_dialog_new (void)
{
  return g_object_new (REEL_TYPE_SHORTCUTS_DIALOG, NULL);
}
