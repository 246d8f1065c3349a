#include "config.h"

#include "reel-proxy-group.h"

#include "reel-account-text.h"
#include "reel-row-problem.h"
#include "reel-ui.h"

/* The places of the choices in the blueprint. */
enum
{
  CHOICE_SYSTEM,
  CHOICE_CUSTOM,
};

/**
 * ReelProxyGroup:
 *
 * Where the proxy of an account is chosen. It saves nothing: the page of the account does.
 *
 * Emits "changed" when something else is chosen, and "activated" when Enter is pressed in its field.
 */
struct _ReelProxyGroup
{
  AdwPreferencesGroup parent_instance;

  AdwComboRow *choice_row;
  GtkWidget *url_row;
};

G_DEFINE_FINAL_TYPE (ReelProxyGroup, reel_proxy_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  CHANGED,
  ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_changed (ReelProxyGroup *self)
{
  gtk_widget_set_visible (self->url_row, adw_combo_row_get_selected (self->choice_row) == CHOICE_CUSTOM);
  reel_row_problem_clear (self->url_row);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_activated (ReelProxyGroup *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
reel_proxy_group_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), REEL_TYPE_PROXY_GROUP);

  G_OBJECT_CLASS (reel_proxy_group_parent_class)->dispose (object);
}

static void
reel_proxy_group_class_init (ReelProxyGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reel_proxy_group_dispose;

  /**
   * ReelProxyGroup::changed:
   *
   * Something else is chosen.
   */
  signals[CHANGED] =
      g_signal_new ("changed", REEL_TYPE_PROXY_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * ReelProxyGroup::activated:
   *
   * Enter was pressed.
   */
  signals[ACTIVATED] =
      g_signal_new ("activated", REEL_TYPE_PROXY_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-proxy-group.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelProxyGroup, choice_row);
  gtk_widget_class_bind_template_child (widget_class, ReelProxyGroup, url_row);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
}

static void
reel_proxy_group_init (ReelProxyGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * reel_proxy_group_set_proxy:
 * @proxy: (nullable): the address of a proxy, %NULL for that of the system
 *
 * Shows a proxy.
 */
void
reel_proxy_group_set_proxy (ReelProxyGroup *self, const char *proxy)
{
  g_return_if_fail (REEL_IS_PROXY_GROUP (self));

  gtk_editable_set_text (GTK_EDITABLE (self->url_row), proxy != NULL ? proxy : "");
  adw_combo_row_set_selected (self->choice_row, proxy != NULL ? CHOICE_CUSTOM : CHOICE_SYSTEM);
}

/**
 * reel_proxy_group_dup_proxy:
 *
 * Returns: (transfer full) (nullable): the address that is entered, %NULL where the proxy of the system is chosen
 */
char *
reel_proxy_group_dup_proxy (ReelProxyGroup *self)
{
  g_return_val_if_fail (REEL_IS_PROXY_GROUP (self), NULL);

  return adw_combo_row_get_selected (self->choice_row) == CHOICE_CUSTOM
             ? reel_account_text_clean_base_url (gtk_editable_get_text (GTK_EDITABLE (self->url_row)))
             : NULL;
}

/**
 * reel_proxy_group_set_editable:
 * @editable: whether it can be changed
 *
 * Lets it be changed or not; the field keeps the focus meanwhile.
 */
void
reel_proxy_group_set_editable (ReelProxyGroup *self, gboolean editable)
{
  g_return_if_fail (REEL_IS_PROXY_GROUP (self));

  gtk_widget_set_sensitive (GTK_WIDGET (self->choice_row), editable);
  gtk_editable_set_editable (GTK_EDITABLE (self->url_row), editable);
}

/**
 * reel_proxy_group_find_problem:
 * @sentence: (out) (transfer none): what is wrong
 *
 * Tells why what is entered cannot be used.
 *
 * Returns: (transfer none) (nullable): the row to change, %NULL where nothing is wrong
 */
GtkWidget *
reel_proxy_group_find_problem (ReelProxyGroup *self, const char **sentence)
{
  g_autofree char *proxy = NULL;

  g_return_val_if_fail (REEL_IS_PROXY_GROUP (self) && sentence != NULL, NULL);

  proxy = reel_proxy_group_dup_proxy (self);
  *sentence = proxy != NULL ? reel_account_text_refuse_proxy (proxy) : NULL;

  return *sentence != NULL ? self->url_row : NULL;
}
