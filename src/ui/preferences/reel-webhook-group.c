#include "config.h"

#include "reel-webhook-group.h"

#include <glib/gi18n-lib.h>

#include "reel-account-text.h"
#include "reel-row-problem.h"
#include "reel-ui.h"
#include "reel-webhook-text.h"

/**
 * ReelWebhookGroup:
 *
 * Where the receiver of webhooks of an account is set up, and what it does. It saves nothing: the page of the account does.
 *
 * Emits "changed" when something else is set up, and "activated" when Enter is pressed in one of its fields.
 */
struct _ReelWebhookGroup
{
  AdwPreferencesGroup parent_instance;

  AdwExpanderRow *expander;
  AdwEntryRow *url_row;
  AdwSpinRow *port_row;
  AdwEntryRow *secret_row;
  GtkWidget *forget_button;
  AdwActionRow *state_row;

  ReelAccount *account; /* nullable: a new one */
  GListModel *accounts;
  gboolean forgets; /* the secret that is there is to go */
};

G_DEFINE_FINAL_TYPE (ReelWebhookGroup, reel_webhook_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  CHANGED,
  ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
has_secret (ReelWebhookGroup *self)
{
  return self->account != NULL && reel_account_get_webhook_signed (self->account) && !self->forgets;
}

static void
show_account (ReelWebhookGroup *self)
{
  g_autofree char *state = reel_webhook_text_describe_state (self->account);
  gboolean there = has_secret (self);

  adw_action_row_set_subtitle (self->state_row, state);
  gtk_widget_set_visible (self->forget_button, there);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->secret_row),
                                 there ? _ ("New Signature Secret") : _ ("Signature Secret"));
}

static void
on_changed (ReelWebhookGroup *self)
{
  reel_row_problem_clear (GTK_WIDGET (self->url_row));
  reel_row_problem_clear (GTK_WIDGET (self->port_row));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_activated (ReelWebhookGroup *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
on_forget_clicked (ReelWebhookGroup *self)
{
  self->forgets = TRUE;
  gtk_widget_grab_focus (GTK_WIDGET (self->secret_row));
  show_account (self);
  on_changed (self);
}

static void
reel_webhook_group_dispose (GObject *object)
{
  ReelWebhookGroup *self = REEL_WEBHOOK_GROUP (object);

  g_clear_object (&self->account);
  g_clear_object (&self->accounts);
  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_WEBHOOK_GROUP);

  G_OBJECT_CLASS (reel_webhook_group_parent_class)->dispose (object);
}

static void
reel_webhook_group_class_init (ReelWebhookGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reel_webhook_group_dispose;

  /**
   * ReelWebhookGroup::changed:
   *
   * Something else is set up.
   */
  signals[CHANGED] =
      g_signal_new ("changed", REEL_TYPE_WEBHOOK_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * ReelWebhookGroup::activated:
   *
   * Enter was pressed.
   */
  signals[ACTIVATED] =
      g_signal_new ("activated", REEL_TYPE_WEBHOOK_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-webhook-group.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelWebhookGroup, expander);
  gtk_widget_class_bind_template_child (widget_class, ReelWebhookGroup, url_row);
  gtk_widget_class_bind_template_child (widget_class, ReelWebhookGroup, port_row);
  gtk_widget_class_bind_template_child (widget_class, ReelWebhookGroup, secret_row);
  gtk_widget_class_bind_template_child (widget_class, ReelWebhookGroup, forget_button);
  gtk_widget_class_bind_template_child (widget_class, ReelWebhookGroup, state_row);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_forget_clicked);
}

static void
reel_webhook_group_init (ReelWebhookGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * reel_webhook_group_set_account:
 * @account: (nullable) (transfer none): the account to change, %NULL for a new one
 * @accounts: (transfer none): all accounts
 *
 * Shows what is set up for an account. A secret is never shown, and one that was typed is taken out.
 */
void
reel_webhook_group_set_account (ReelWebhookGroup *self, ReelAccount *account, GListModel *accounts)
{
  const char *url = account != NULL ? reel_account_get_webhook_url (account) : NULL;
  guint port = account != NULL ? reel_account_get_webhook_port (account) : 0;

  g_return_if_fail (REEL_IS_WEBHOOK_GROUP (self) && G_IS_LIST_MODEL (accounts));

  g_set_object (&self->accounts, accounts);
  if (g_set_object (&self->account, account) && account != NULL)
    g_signal_connect_object (account, "notify", G_CALLBACK (show_account), self, G_CONNECT_SWAPPED);
  self->forgets = FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->url_row), url != NULL ? url : "");
  gtk_editable_set_text (GTK_EDITABLE (self->secret_row), "");
  adw_spin_row_set_value (self->port_row, port != 0 ? port : reel_webhook_text_offer_port (accounts));
  adw_expander_row_set_enable_expansion (self->expander, url != NULL);
  show_account (self);
}

/**
 * reel_webhook_group_set_editable:
 * @editable: whether it can be changed
 *
 * Lets it be changed or not; the fields keep the focus meanwhile.
 */
void
reel_webhook_group_set_editable (ReelWebhookGroup *self, gboolean editable)
{
  g_return_if_fail (REEL_IS_WEBHOOK_GROUP (self));

  gtk_editable_set_editable (GTK_EDITABLE (self->url_row), editable);
  gtk_editable_set_editable (GTK_EDITABLE (self->port_row), editable);
  gtk_editable_set_editable (GTK_EDITABLE (self->secret_row), editable);
  gtk_widget_set_sensitive (self->forget_button, editable);
}

/**
 * reel_webhook_group_find_problem:
 * @sentence: (out) (transfer full): what is wrong
 *
 * Tells why what is set up cannot be saved.
 *
 * Returns: (transfer none) (nullable): the row to change, %NULL where nothing is wrong
 */
GtkWidget *
reel_webhook_group_find_problem (ReelWebhookGroup *self, char **sentence)
{
  g_autofree char *url = NULL;

  g_return_val_if_fail (REEL_IS_WEBHOOK_GROUP (self) && sentence != NULL, NULL);

  *sentence = NULL;
  url = reel_webhook_group_dup_url (self);
  if (url == NULL)
    return NULL;

  *sentence = g_strdup (reel_webhook_text_refuse_url (url));
  if (*sentence != NULL)
    return GTK_WIDGET (self->url_row);

  *sentence = reel_webhook_text_refuse_port (reel_webhook_group_get_port (self), self->account, self->accounts);

  return *sentence != NULL ? GTK_WIDGET (self->port_row) : NULL;
}

/**
 * reel_webhook_group_is_changed:
 *
 * Tells whether there is something to save. To save what does not listen is to try again.
 */
gboolean
reel_webhook_group_is_changed (ReelWebhookGroup *self)
{
  g_autofree char *url = NULL, *secret = NULL;

  g_return_val_if_fail (REEL_IS_WEBHOOK_GROUP (self), FALSE);

  url = reel_webhook_group_dup_url (self);
  secret = reel_webhook_group_dup_secret (self);
  if (self->account == NULL)
    return url != NULL;

  return secret != NULL || g_strcmp0 (url, reel_account_get_webhook_url (self->account)) != 0 ||
         (url != NULL && (reel_webhook_group_get_port (self) != reel_account_get_webhook_port (self->account) ||
                          reel_account_get_webhook_state (self->account) != REEL_ACCOUNT_WEBHOOKS_LISTENING));
}

/**
 * reel_webhook_group_dup_url:
 *
 * Returns: (transfer full) (nullable): where the receiver is to be reached, %NULL where there is to be none
 */
char *
reel_webhook_group_dup_url (ReelWebhookGroup *self)
{
  g_return_val_if_fail (REEL_IS_WEBHOOK_GROUP (self), NULL);

  return adw_expander_row_get_enable_expansion (self->expander)
             ? reel_account_text_clean_base_url (gtk_editable_get_text (GTK_EDITABLE (self->url_row)))
             : NULL;
}

/**
 * reel_webhook_group_get_port:
 *
 * Returns: the port that the receiver is to listen on
 */
guint
reel_webhook_group_get_port (ReelWebhookGroup *self)
{
  g_return_val_if_fail (REEL_IS_WEBHOOK_GROUP (self), 0);

  return (guint)adw_spin_row_get_value (self->port_row);
}

/**
 * reel_webhook_group_dup_secret:
 *
 * Returns: (transfer full) (nullable): what webhooks are to be signed with, "" where they are not any more, %NULL where that
 *   stays as it is
 */
char *
reel_webhook_group_dup_secret (ReelWebhookGroup *self)
{
  g_autofree char *secret = NULL;

  g_return_val_if_fail (REEL_IS_WEBHOOK_GROUP (self), NULL);

  secret = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->secret_row))));

  return *secret != '\0' || self->forgets ? g_steal_pointer (&secret) : NULL;
}
