#include "config.h"

#include "reel-account-switch.h"

#include <glib/gi18n-lib.h>

#include "reel-account-text.h"
#include "reel-ui.h"

/**
 * ReelAccountSwitch:
 *
 * The name of the account that new videos are made with, and a menu to choose another. It is there while there is a choice.
 */
struct _ReelAccountSwitch
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  GtkWidget *sandbox_icon;
  GtkLabel *name_label;

  ReelEngine *engine;
};

G_DEFINE_FINAL_TYPE (ReelAccountSwitch, reel_account_switch, ADW_TYPE_BIN)

enum
{
  PROP_ACCOUNT_ID = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
show_account (ReelAccountSwitch *self)
{
  ReelAccount *account = reel_engine_get_account (self->engine);
  const char *name = reel_account_get_name (account) != NULL ? reel_account_get_name (account) : "";
  g_autofree char *description = reel_account_text_describe (account);
  /* Translators: %s is the name of an account. */
  g_autofree char *label = g_strdup_printf (_ ("Account: %s"), name);
  g_autofree char *tooltip = g_strdup_printf ("%s\n%s", label, description);

  gtk_label_set_label (self->name_label, name);
  gtk_widget_set_visible (self->sandbox_icon, reel_account_is_sandbox (account));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

/* A name is text: an underscore in it is no mnemonic. */
static char *
make_item_label (ReelAccount *account)
{
  const char *name = reel_account_get_name (account) != NULL ? reel_account_get_name (account) : "";
  g_auto (GStrv) parts = g_strsplit (name, "_", -1);
  g_autofree char *escaped = g_strjoinv ("__", parts);

  /* Translators: %s is the name of the account of the sandbox. */
  return reel_account_is_sandbox (account) ? g_strdup_printf (_ ("%s (nothing is charged)"), escaped)
                                           : g_steal_pointer (&escaped);
}

static void
show_accounts (ReelAccountSwitch *self)
{
  GListModel *accounts = reel_engine_get_accounts (self->engine);
  guint n = g_list_model_get_n_items (accounts);
  g_autoptr (GMenu) menu = g_menu_new (), choices = g_menu_new (), more = g_menu_new ();

  for (guint i = 0; i < n; i++) {
    g_autoptr (ReelAccount) account = g_list_model_get_item (accounts, i);
    g_autofree char *label = make_item_label (account);
    g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

    g_menu_item_set_action_and_target (item, "account-switch.use", "s", reel_account_get_id (account));
    g_menu_append_item (choices, item);
  }
  g_menu_append (more, _ ("_Manage Accounts…"), "win.preferences");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (choices));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (more));
  gtk_menu_button_set_menu_model (self->button, G_MENU_MODEL (menu));
  gtk_widget_set_visible (GTK_WIDGET (self), n > 1);
  show_account (self);
}

static void
on_account_in_use_changed (ReelAccountSwitch *self)
{
  show_account (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCOUNT_ID]);
}

static void
on_accounts_changed (ReelAccountSwitch *self, guint position, guint n_removed, guint n_added)
{
  for (guint i = 0; i < n_added; i++) {
    g_autoptr (ReelAccount) account = g_list_model_get_item (reel_engine_get_accounts (self->engine), position + i);

    g_signal_connect_object (account, "notify::name", G_CALLBACK (show_accounts), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (account, "notify", G_CALLBACK (show_account), self, G_CONNECT_SWAPPED);
  }
  show_accounts (self);
}

static void
reel_account_switch_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelAccountSwitch *self = REEL_ACCOUNT_SWITCH (object);

  switch (id) {
  case PROP_ACCOUNT_ID:
    if (self->engine != NULL)
      g_value_set_string (value, reel_account_get_id (reel_engine_get_account (self->engine)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_account_switch_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ReelAccountSwitch *self = REEL_ACCOUNT_SWITCH (object);
  ReelAccount *account;

  switch (id) {
  case PROP_ACCOUNT_ID:
    account = self->engine != NULL ? reel_engine_lookup_account (self->engine, g_value_get_string (value)) : NULL;
    if (account != NULL)
      reel_engine_set_account (self->engine, account);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_account_switch_dispose (GObject *object)
{
  ReelAccountSwitch *self = REEL_ACCOUNT_SWITCH (object);

  g_clear_object (&self->engine);
  /* The template takes the button away, which the bin does not notice. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_ACCOUNT_SWITCH);

  G_OBJECT_CLASS (reel_account_switch_parent_class)->dispose (object);
}

static void
reel_account_switch_class_init (ReelAccountSwitchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = reel_account_switch_get_property;
  object_class->set_property = reel_account_switch_set_property;
  object_class->dispose = reel_account_switch_dispose;

  /**
   * ReelAccountSwitch:account-id:
   *
   * The account in use, for the action of the menu.
   */
  properties[PROP_ACCOUNT_ID] = g_param_spec_string (
      "account-id", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_property_action (widget_class, "account-switch.use", "account-id");

  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-account-switch.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelAccountSwitch, button);
  gtk_widget_class_bind_template_child (widget_class, ReelAccountSwitch, sandbox_icon);
  gtk_widget_class_bind_template_child (widget_class, ReelAccountSwitch, name_label);
}

static void
reel_account_switch_init (ReelAccountSwitch *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * reel_account_switch_set_engine:
 * @engine: (transfer none): what knows the accounts; set once
 *
 * Sets whose accounts can be chosen.
 */
void
reel_account_switch_set_engine (ReelAccountSwitch *self, ReelEngine *engine)
{
  GListModel *accounts;

  g_return_if_fail (REEL_IS_ACCOUNT_SWITCH (self) && self->engine == NULL && REEL_IS_ENGINE (engine));

  self->engine = g_object_ref (engine);
  accounts = reel_engine_get_accounts (engine);
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (on_accounts_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "notify::account", G_CALLBACK (on_account_in_use_changed), self, G_CONNECT_SWAPPED);
  on_accounts_changed (self, 0, 0, g_list_model_get_n_items (accounts));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCOUNT_ID]);
}
