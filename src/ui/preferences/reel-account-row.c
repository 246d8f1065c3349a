#include "config.h"

#include "reel-account-row.h"

#include "reel-account-text.h"
#include "reel-ui.h"

/**
 * ReelAccountRow:
 *
 * One account in the preferences: its button says whether it is in use. Emits "edit" when it is to be changed.
 */
struct _ReelAccountRow
{
  AdwActionRow parent_instance;

  GtkCheckButton *radio;
  GtkWidget *edit_button;

  ReelEngine *engine;
  ReelAccount *account;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (ReelAccountRow, reel_account_row, ADW_TYPE_ACTION_ROW)

enum
{
  EDIT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
show_account (ReelAccountRow *self)
{
  const char *name = reel_account_get_name (self->account);
  g_autofree char *description = reel_account_text_describe (self->account);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name != NULL ? name : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), description);
  gtk_widget_set_visible (self->edit_button, reel_account_is_editable (self->account));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->radio), GTK_ACCESSIBLE_PROPERTY_LABEL, name != NULL ? name : "",
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->edit_button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  name != NULL ? name : "", -1);
}

static void
show_use (ReelAccountRow *self)
{
  self->updating = TRUE;
  gtk_check_button_set_active (self->radio, reel_engine_get_account (self->engine) == self->account);
  self->updating = FALSE;
}

static void
on_toggled (ReelAccountRow *self)
{
  if (!self->updating && gtk_check_button_get_active (self->radio))
    reel_engine_set_account (self->engine, self->account);
}

static void
on_edit_clicked (ReelAccountRow *self)
{
  g_signal_emit (self, signals[EDIT], 0);
}

static void
reel_account_row_dispose (GObject *object)
{
  ReelAccountRow *self = REEL_ACCOUNT_ROW (object);

  g_clear_object (&self->engine);
  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_ACCOUNT_ROW);

  G_OBJECT_CLASS (reel_account_row_parent_class)->dispose (object);
}

static void
reel_account_row_finalize (GObject *object)
{
  g_clear_object (&REEL_ACCOUNT_ROW (object)->account);

  G_OBJECT_CLASS (reel_account_row_parent_class)->finalize (object);
}

static void
reel_account_row_class_init (ReelAccountRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = reel_account_row_dispose;
  object_class->finalize = reel_account_row_finalize;

  /**
   * ReelAccountRow::edit:
   *
   * The account is to be changed.
   */
  signals[EDIT] = g_signal_new ("edit", REEL_TYPE_ACCOUNT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-account-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelAccountRow, radio);
  gtk_widget_class_bind_template_child (widget_class, ReelAccountRow, edit_button);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_edit_clicked);
}

static void
reel_account_row_init (ReelAccountRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * reel_account_row_new:
 * @engine: (transfer none): what knows the account in use
 * @account: (transfer none): what to show
 * @group: (transfer none): the button whose group the row's button joins
 *
 * Makes the row of an account.
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
reel_account_row_new (ReelEngine *engine, ReelAccount *account, GtkCheckButton *group)
{
  ReelAccountRow *self;

  g_return_val_if_fail (REEL_IS_ENGINE (engine) && REEL_IS_ACCOUNT (account), NULL);

  self = g_object_new (REEL_TYPE_ACCOUNT_ROW, NULL);
  self->engine = g_object_ref (engine);
  self->account = g_object_ref (account);
  gtk_check_button_set_group (self->radio, group);
  g_signal_connect_object (account, "notify", G_CALLBACK (show_account), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::account", G_CALLBACK (show_use), self, G_CONNECT_SWAPPED);
  show_account (self);
  show_use (self);

  return GTK_WIDGET (self);
}

/**
 * reel_account_row_get_account:
 *
 * Returns: (transfer none): what is shown
 */
ReelAccount *
reel_account_row_get_account (ReelAccountRow *self)
{
  g_return_val_if_fail (REEL_IS_ACCOUNT_ROW (self), NULL);

  return self->account;
}
