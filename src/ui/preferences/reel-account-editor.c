#include "config.h"

#include "reel-account-editor.h"

#include <glib/gi18n-lib.h>

#include "reel-account-removal.h"
#include "reel-account-text.h"
#include "reel-announce.h"
#include "reel-error-text.h"
#include "reel-proxy-group.h"
#include "reel-row-problem.h"
#include "reel-ui.h"
#include "reel-webhook-group.h"
#include "reel-webhook-text.h"
#include "reel-wrap-labels.h"

/**
 * ReelAccountEditor:
 *
 * Where an account is added, changed or removed. A key is tested by the free question for the models before it is kept.
 *
 * Emits "done" with a sentence for a toast (or %NULL) when there is nothing left to do here.
 */
struct _ReelAccountEditor
{
  AdwNavigationPage parent_instance;

  GtkWidget *spinner;
  AdwEntryRow *name_row;
  AdwEntryRow *base_url_row;
  AdwEntryRow *key_row;
  ReelProxyGroup *proxy;
  ReelWebhookGroup *webhooks;
  GtkWidget *result;
  GtkImage *result_icon;
  GtkLabel *result_label;
  GtkWidget *remove_group;

  ReelEngine *engine;
  ReelAccount *account; /* nullable: a new one */
  GCancellable *cancellable;
  gboolean busy;
  gboolean saves;     /* the test that runs is the one before saving */
  gboolean has_begun; /* what is to be filled in first has had the focus */
  gboolean was_new;   /* what was saved last was a new account */
};

G_DEFINE_FINAL_TYPE (ReelAccountEditor, reel_account_editor, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static char *
dup_text (AdwEntryRow *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static char *
dup_base_url (ReelAccountEditor *self)
{
  return reel_account_text_clean_base_url (gtk_editable_get_text (GTK_EDITABLE (self->base_url_row)));
}

/* A person who names nothing gets the name of the host. */
static char *
dup_name (ReelAccountEditor *self)
{
  g_autofree char *name = dup_text (self->name_row);
  g_autofree char *base_url = NULL;
  g_autoptr (GUri) uri = NULL;

  if (*name != '\0')
    return g_steal_pointer (&name);

  base_url = dup_base_url (self);
  uri = g_uri_parse (base_url, G_URI_FLAGS_NONE, NULL);

  return g_strdup (uri != NULL && g_uri_get_host (uri) != NULL ? g_uri_get_host (uri) : base_url);
}

static void
show_result (ReelAccountEditor *self, gboolean good, const char *sentence)
{
  gtk_widget_set_visible (self->result, sentence != NULL);
  gtk_label_set_label (self->result_label, sentence != NULL ? sentence : "");
  if (sentence == NULL)
    return;

  gtk_image_set_from_icon_name (self->result_icon, good ? "object-select-symbolic" : "dialog-warning-symbolic");
  gtk_widget_remove_css_class (self->result, good ? "error" : "success");
  gtk_widget_add_css_class (self->result, good ? "success" : "error");
  reel_announce (GTK_WIDGET (self), sentence);
}

static void
set_busy (ReelAccountEditor *self, gboolean busy)
{
  self->busy = busy;
  gtk_widget_set_visible (self->spinner, busy);
  /* What is tested is what is saved. The fields keep the focus meanwhile. */
  gtk_editable_set_editable (GTK_EDITABLE (self->name_row), !busy);
  gtk_editable_set_editable (GTK_EDITABLE (self->base_url_row), !busy);
  gtk_editable_set_editable (GTK_EDITABLE (self->key_row), !busy);
  reel_proxy_group_set_editable (self->proxy, !busy);
  reel_webhook_group_set_editable (self->webhooks, !busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account.save", !busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account.test", !busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account.remove", !busy);
}

static void
refuse (ReelAccountEditor *self, gpointer row, const char *sentence)
{
  reel_row_problem_show (row, GTK_WIDGET (self->result_label));
  gtk_widget_grab_focus (row);
  show_result (self, FALSE, sentence);
}

static void
finish (ReelAccountEditor *self, const char *sentence)
{
  /* No secret stays in a field that nobody sees any more. */
  gtk_editable_set_text (GTK_EDITABLE (self->key_row), "");
  reel_webhook_group_set_account (self->webhooks, self->account, reel_engine_get_accounts (self->engine));
  g_signal_emit (self, signals[DONE], 0, sentence);
}

/* Shows the account that is there, or an empty page for a new one. */
static void
show_account (ReelAccountEditor *self)
{
  ReelAccount *account = self->account;

  gtk_editable_set_text (GTK_EDITABLE (self->key_row), "");
  reel_webhook_group_set_account (self->webhooks, account, reel_engine_get_accounts (self->engine));
  gtk_widget_set_visible (self->remove_group, account != NULL);
  if (account == NULL)
    return;

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), _ ("Edit Account"));
  if (reel_account_get_key_state (account) != REEL_ACCOUNT_KEY_MISSING)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->key_row), _ ("New API Key"));
}

static void
finish_saved (ReelAccountEditor *self)
{
  if (reel_account_get_key_state (self->account) == REEL_ACCOUNT_KEY_THIS_RUN) {
    finish (self, _ ("The key is kept for this run only, because no keyring is available."));
  } else if (self->was_new) {
    g_autofree char *sentence = g_strdup_printf (_ ("“%s” is now in use"), reel_account_get_name (self->account));

    finish (self, sentence);
  } else {
    finish (self, _ ("The account was saved"));
  }
}

static void
on_webhooks_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelAccountEditor) self = data;
  g_autoptr (GError) error = NULL;
  gboolean saved = reel_engine_save_webhooks_finish (REEL_ENGINE (source), result, &error);

  if (self->engine == NULL)
    return;

  set_busy (self, FALSE);
  if (!saved) {
    g_autoptr (ReelErrorText) text = reel_error_text_new (error, REEL_ERROR_DOING_LOCAL);

    show_result (self, FALSE, text->body);
  } else if (reel_account_get_webhook_url (self->account) != NULL &&
             reel_account_get_webhook_state (self->account) != REEL_ACCOUNT_WEBHOOKS_LISTENING) {
    g_autofree char *sentence = reel_webhook_text_describe_state (self->account);

    show_account (self);
    show_result (self, FALSE, sentence);
  } else {
    finish_saved (self);
  }
}

static void
save_webhooks (ReelAccountEditor *self)
{
  g_autofree char *url = reel_webhook_group_dup_url (self->webhooks);
  g_autofree char *secret = reel_webhook_group_dup_secret (self->webhooks);

  reel_engine_save_webhooks_async (self->engine, self->account, url, reel_webhook_group_get_port (self->webhooks),
                                   secret, on_webhooks_saved, g_object_ref (self));
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelAccountEditor) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelAccount) account = reel_engine_save_account_finish (REEL_ENGINE (source), result, &error);
  gboolean changed;

  if (self->engine == NULL)
    return;

  if (account == NULL) {
    g_autoptr (ReelErrorText) text = reel_error_text_new (error, REEL_ERROR_DOING_LOCAL);

    set_busy (self, FALSE);
    show_result (self, FALSE, text->body);
    return;
  }

  changed = reel_webhook_group_is_changed (self->webhooks);
  self->was_new = self->account == NULL;
  g_set_object (&self->account, account);
  if (self->was_new)
    reel_engine_set_account (self->engine, account);

  if (changed) {
    save_webhooks (self);
  } else {
    set_busy (self, FALSE);
    finish_saved (self);
  }
}

static void
save (ReelAccountEditor *self)
{
  g_autofree char *name = dup_name (self);
  g_autofree char *base_url = dup_base_url (self);
  g_autofree char *proxy = reel_proxy_group_dup_proxy (self->proxy);
  g_autofree char *key = dup_text (self->key_row);

  set_busy (self, TRUE);
  reel_engine_save_account_async (self->engine, self->account, name, base_url, proxy, *key != '\0' ? key : NULL,
                                  on_saved, g_object_ref (self));
}

static void
on_tested (GObject *source, GAsyncResult *result, gpointer data)
{
  ReelAccountEditor *self = data;
  g_autoptr (GError) error = NULL;
  guint n_models = 0;

  if (!reel_engine_test_account_finish (REEL_ENGINE (source), result, &n_models, &error)) {
    g_autoptr (ReelErrorText) text = NULL;

    if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      return;

    text = reel_error_text_new (error, REEL_ERROR_DOING_ASK);
    set_busy (self, FALSE);
    if (g_error_matches (error, REEL_ERROR, REEL_ERROR_UNAUTHORIZED))
      refuse (self, self->key_row, text->body);
    else
      show_result (self, FALSE, text->body);
    return;
  }

  set_busy (self, FALSE);
  if (self->saves) {
    save (self);
  } else {
    g_autofree char *sentence = reel_account_text_make_test_sentence (n_models);

    show_result (self, TRUE, sentence);
  }
}

/* A key that is there already goes to the address it was entered for, never to another one. */
static gboolean
needs_key (ReelAccountEditor *self, const char *base_url)
{
  return self->account == NULL || g_strcmp0 (base_url, reel_account_get_base_url (self->account)) != 0 ||
         reel_account_get_key_state (self->account) == REEL_ACCOUNT_KEY_MISSING;
}

static gboolean
check (ReelAccountEditor *self, gboolean tests)
{
  g_autofree char *base_url = dup_base_url (self);
  g_autofree char *key = dup_text (self->key_row);
  g_autofree char *webhook_problem = NULL;
  const char *problem = reel_account_text_refuse_base_url (base_url), *proxy_problem;
  GtkWidget *row;

  show_result (self, FALSE, NULL);
  if (problem != NULL) {
    refuse (self, self->base_url_row, problem);
    return FALSE;
  }
  if (*key == '\0' && (tests || needs_key (self, base_url))) {
    refuse (self, self->key_row,
            self->account != NULL && !tests ? _ ("The key belongs to the old base URL. Enter it again for this one.")
                                            : _ ("Enter the API key."));
    return FALSE;
  }
  row = reel_proxy_group_find_problem (self->proxy, &proxy_problem);
  if (row != NULL) {
    refuse (self, row, proxy_problem);
    return FALSE;
  }
  row = tests ? NULL : reel_webhook_group_find_problem (self->webhooks, &webhook_problem);
  if (row != NULL) {
    refuse (self, row, webhook_problem);
    return FALSE;
  }

  return TRUE;
}

static void
test (ReelAccountEditor *self, gboolean saves)
{
  g_autofree char *base_url = dup_base_url (self);
  g_autofree char *proxy = reel_proxy_group_dup_proxy (self->proxy);
  g_autofree char *key = dup_text (self->key_row);

  self->saves = saves;
  set_busy (self, TRUE);
  reel_engine_test_account_async (self->engine, base_url, proxy, key, self->cancellable, on_tested, self);
}

static void
on_test (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ReelAccountEditor *self = REEL_ACCOUNT_EDITOR (widget);

  if (!self->busy && check (self, TRUE))
    test (self, FALSE);
}

static void
on_save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ReelAccountEditor *self = REEL_ACCOUNT_EDITOR (widget);
  g_autofree char *key = dup_text (self->key_row);

  if (self->busy || !check (self, FALSE))
    return;

  if (*key != '\0')
    test (self, TRUE);
  else
    save (self);
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelAccountEditor) self = data;
  g_autoptr (GError) error = NULL;

  if (!reel_engine_remove_account_finish (REEL_ENGINE (source), result, &error)) {
    g_autoptr (ReelErrorText) text = reel_error_text_new (error, REEL_ERROR_DOING_LOCAL);

    if (self->engine == NULL)
      return;
    set_busy (self, FALSE);
    show_result (self, FALSE, text->body);
    return;
  }

  if (self->engine != NULL)
    finish (self, _ ("The account was removed"));
}

static void
on_removal_confirmed (AdwAlertDialog *dialog, const char *response, ReelAccountEditor *self)
{
  if (g_strcmp0 (response, REEL_ACCOUNT_REMOVAL_CONFIRMED) != 0 || self->engine == NULL || self->busy)
    return;

  set_busy (self, TRUE);
  reel_engine_remove_account_async (self->engine, self->account, on_removed, g_object_ref (self));
}

static void
on_remove (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ReelAccountEditor *self = REEL_ACCOUNT_EDITOR (widget);
  AdwDialog *dialog;

  if (self->account == NULL)
    return;

  dialog = reel_account_removal_new (self->engine, self->account);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_removal_confirmed), self, G_CONNECT_DEFAULT);
  adw_dialog_present (dialog, widget);
}

static void
on_changed (ReelAccountEditor *self)
{
  reel_row_problem_clear (GTK_WIDGET (self->base_url_row));
  reel_row_problem_clear (GTK_WIDGET (self->key_row));
  show_result (self, FALSE, NULL);
}

/* A whole address that cannot be used is refused at once; one that is still being typed is not. */
static void
on_base_url_changed (ReelAccountEditor *self)
{
  g_autofree char *base_url = dup_base_url (self);
  ReelUriProblem problem = reel_uri_check_service (base_url);

  on_changed (self);
  if (problem != REEL_URI_OK && problem != REEL_URI_MALFORMED) {
    reel_row_problem_show (GTK_WIDGET (self->base_url_row), GTK_WIDGET (self->result_label));
    show_result (self, FALSE, reel_account_text_refuse_base_url (base_url));
  }
}

static void
on_activated (ReelAccountEditor *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "account.save", NULL);
}

static gboolean
reel_account_editor_grab_focus (GtkWidget *widget)
{
  ReelAccountEditor *self = REEL_ACCOUNT_EDITOR (widget);

  /* Only at first: Tab goes round through here too. */
  if (self->has_begun)
    return GTK_WIDGET_CLASS (reel_account_editor_parent_class)->grab_focus (widget);
  self->has_begun = TRUE;

  return gtk_widget_grab_focus (GTK_WIDGET (self->account == NULL ? self->key_row : self->name_row));
}

static void
reel_account_editor_dispose (GObject *object)
{
  ReelAccountEditor *self = REEL_ACCOUNT_EDITOR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->engine);
  g_clear_object (&self->account);
  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_ACCOUNT_EDITOR);

  G_OBJECT_CLASS (reel_account_editor_parent_class)->dispose (object);
}

static void
reel_account_editor_class_init (ReelAccountEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (REEL_TYPE_PROXY_GROUP);
  g_type_ensure (REEL_TYPE_WEBHOOK_GROUP);
  G_OBJECT_CLASS (klass)->dispose = reel_account_editor_dispose;
  widget_class->grab_focus = reel_account_editor_grab_focus;

  /**
   * ReelAccountEditor::done:
   * @sentence: (nullable): text for a toast
   *
   * The account was saved or removed.
   */
  signals[DONE] = g_signal_new ("done", REEL_TYPE_ACCOUNT_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_STRING);

  gtk_widget_class_install_action (widget_class, "account.save", NULL, on_save);
  gtk_widget_class_install_action (widget_class, "account.test", NULL, on_test);
  gtk_widget_class_install_action (widget_class, "account.remove", NULL, on_remove);

  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-account-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelAccountEditor, spinner);
  gtk_widget_class_bind_template_child (widget_class, ReelAccountEditor, name_row);
  gtk_widget_class_bind_template_child (widget_class, ReelAccountEditor, base_url_row);
  gtk_widget_class_bind_template_child (widget_class, ReelAccountEditor, key_row);
  gtk_widget_class_bind_template_child (widget_class, ReelAccountEditor, proxy);
  gtk_widget_class_bind_template_child (widget_class, ReelAccountEditor, webhooks);
  gtk_widget_class_bind_template_child (widget_class, ReelAccountEditor, result);
  gtk_widget_class_bind_template_child (widget_class, ReelAccountEditor, result_icon);
  gtk_widget_class_bind_template_child (widget_class, ReelAccountEditor, result_label);
  gtk_widget_class_bind_template_child (widget_class, ReelAccountEditor, remove_group);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_base_url_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
}

static void
reel_account_editor_init (ReelAccountEditor *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  reel_wrap_labels (GTK_WIDGET (self));
}

/**
 * reel_account_editor_new:
 * @engine: (transfer none): what tests and keeps accounts
 * @account: (nullable) (transfer none): the account to change, %NULL for a new one
 *
 * Makes the page of an account.
 *
 * Returns: (transfer floating): the page
 */
AdwNavigationPage *
reel_account_editor_new (ReelEngine *engine, ReelAccount *account)
{
  ReelAccountEditor *self;
  const char *name, *base_url;

  g_return_val_if_fail (REEL_IS_ENGINE (engine), NULL);
  g_return_val_if_fail (account == NULL || reel_account_is_editable (account), NULL);

  self = g_object_new (REEL_TYPE_ACCOUNT_EDITOR, NULL);
  self->engine = g_object_ref (engine);
  g_set_object (&self->account, account);

  name = account != NULL ? reel_account_get_name (account) : "Seedance";
  base_url = account != NULL ? reel_account_get_base_url (account) : REEL_ACCOUNT_DEFAULT_BASE_URL;
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), name != NULL ? name : "");
  gtk_editable_set_text (GTK_EDITABLE (self->base_url_row), base_url != NULL ? base_url : "");
  reel_proxy_group_set_proxy (self->proxy, account != NULL ? reel_account_get_proxy (account) : NULL);
  show_account (self);

  return ADW_NAVIGATION_PAGE (self);
}
