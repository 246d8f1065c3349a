#include "config.h"

#include "reel-account-editor.h"
#include "reel-engine-fixture.h"
#include "reel-fault-server.h"
#include "reel-test.h"
#include "reel-ui-test.h"
#include "reel-webhook-client.h"

#define MODELS "/api/open/v1/models"
#define PUBLIC "https://hooks.example.com"
#define TOKEN  "0123456789abcdef0123456789abcdef"
#define SECRET "whsec_0123456789"

static const char one_model[] =
    "{\"success\":true,\"data\":[{\"id\":\"m\",\"durations\":[5],\"aspectRatios\":[],\"resolutions\":[]}]}";

/* The page of an account over a real engine, whose receiver really listens. */
typedef struct
{
  ReelEngineFixture engine;
  ReelFaultServer *server;
  GSocket *reserved;
  guint16 port;
  GtkWindow *window;
  AdwBin *bin;
  AdwNavigationPage *editor; /* NULL where it is done */
  char *toast;
} Page;

static void
on_done (Page *self, const char *sentence)
{
  g_set_str (&self->toast, sentence);
  self->editor = NULL;
}

static void
open_editor (Page *self, ReelAccount *account)
{
  GtkWidget *view = adw_navigation_view_new ();

  self->editor = reel_account_editor_new (self->engine.engine, account);
  g_signal_connect_swapped (self->editor, "done", G_CALLBACK (on_done), self);
  adw_navigation_view_add (ADW_NAVIGATION_VIEW (view), self->editor);
  adw_bin_set_child (self->bin, view);
  reel_test_wait (gtk_widget_get_mapped (GTK_WIDGET (self->editor)));
}

static Page *
page_new (void)
{
  Page *self = g_new0 (Page, 1);

  self->server = reel_fault_server_new (NULL);
  reel_fault_server_add (self->server, "GET", MODELS, 200, one_model);
  self->reserved = reel_webhook_client_reserve_port (&self->port);
  reel_engine_fixture_init (&self->engine);
  reel_engine_fixture_start (&self->engine);
  self->bin = ADW_BIN (adw_bin_new ());
  self->window = reel_ui_test_present (GTK_WIDGET (self->bin), 360, 700);

  return self;
}

static void
page_free (Page *self)
{
  gtk_window_destroy (self->window);
  reel_engine_fixture_clear (&self->engine);
  g_object_unref (self->server);
  g_object_unref (self->reserved);
  g_free (self->toast);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Page, page_free)

static gpointer
find (Page *self, GType type, const char *name)
{
  gpointer widget = reel_ui_test_find (self->editor, type, name);

  g_assert_nonnull (widget);

  return widget;
}

static void
write_field (Page *self, const char *title, const char *text)
{
  gtk_editable_set_text (find (self, ADW_TYPE_ENTRY_ROW, title), text);
}

static void
turn (Page *self, gboolean on)
{
  adw_expander_row_set_enable_expansion (find (self, ADW_TYPE_EXPANDER_ROW, "Webhooks"), on);
  if (on)
    reel_test_wait (gtk_widget_get_mapped (find (self, ADW_TYPE_ENTRY_ROW, "Public URL")));
}

static void
set_up (Page *self, const char *url, guint port, const char *secret)
{
  turn (self, TRUE);
  write_field (self, "Public URL", url);
  adw_spin_row_set_value (find (self, ADW_TYPE_SPIN_ROW, "Port"), port);
  if (secret != NULL)
    write_field (self, "Signature Secret", secret);
}

static void
save (Page *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->editor), "account.save", NULL);
}

static gboolean
is_idle (Page *self)
{
  return self->editor == NULL || gtk_widget_get_sensitive (reel_ui_test_find (self->editor, GTK_TYPE_BUTTON, "_Save"));
}

static ReelAccount *
get_account (Page *self, guint position)
{
  g_autoptr (ReelAccount) account = g_list_model_get_item (reel_engine_get_accounts (self->engine.engine), position);

  g_assert_nonnull (account);

  return account; /* the list keeps it */
}

/* Fills the page of a new account in, but for its receiver. */
static void
fill_in (Page *self, const char *name)
{
  open_editor (self, NULL);
  write_field (self, "Name", name);
  write_field (self, "Base URL", reel_fault_server_get_base_url (self->server));
  write_field (self, "API Key", "sd2_live_good");
}

static ReelAccount *
add_account (Page *self)
{
  fill_in (self, "Work");
  save (self);
  reel_test_wait (self->editor == NULL);

  return get_account (self, 1);
}

static guint
send (Page *self, const char *secret)
{
  g_autofree char *body = reel_webhook_client_make_body ("req_1", "succeeded");

  return reel_webhook_client_send (self->port, TOKEN, secret, body);
}

/* It is optional, and off: an account is saved without a word of it. */
static void
test_off (void)
{
  g_autoptr (Page) page = page_new ();
  ReelAccount *account = add_account (page);

  g_assert_null (reel_account_get_webhook_url (account));
  open_editor (page, account);
  g_assert_true (reel_ui_test_reads (page->editor,
                                     "Optional: the service tells this computer at once when a video is ready. For "
                                     "that, a tunnel or a reverse proxy must bring a public address to a port of this "
                                     "computer. Without it, Seedreel asks the service from time to time."));
  g_assert_false (adw_expander_row_get_enable_expansion (find (page, ADW_TYPE_EXPANDER_ROW, "Webhooks")));
}

/* With a new account in one go; afterwards the page says what it does, and shows no secret. */
static void
test_new (void)
{
  g_autoptr (Page) page = page_new ();
  g_autofree char *state =
      g_strdup_printf ("Listening on 127.0.0.1:%u. The signature secret is kept for this run only, "
                       "because no keyring is available.",
                       page->port);
  ReelAccount *account;

  fill_in (page, "Work");
  set_up (page, " " PUBLIC "/ ", page->port, SECRET);
  save (page);
  reel_test_wait (page->editor == NULL);
  account = get_account (page, 1);
  g_assert_cmpstr (reel_account_get_webhook_url (account), ==, PUBLIC);
  g_assert_cmpuint (reel_account_get_webhook_port (account), ==, page->port);
  g_assert_cmpint (reel_account_get_webhook_state (account), ==, REEL_ACCOUNT_WEBHOOKS_LISTENING);
  g_assert_cmpuint (send (page, NULL), ==, 401);
  g_assert_cmpuint (send (page, SECRET), ==, 200);

  open_editor (page, account);
  turn (page, TRUE);
  g_assert_cmpstr (gtk_editable_get_text (find (page, ADW_TYPE_ENTRY_ROW, "Public URL")), ==, PUBLIC);
  g_assert_cmpstr (gtk_editable_get_text (find (page, ADW_TYPE_ENTRY_ROW, "New Signature Secret")), ==, "");
  g_assert_true (reel_ui_test_reads (page->editor, state));
}

/* What cannot work is said in words, at its row, and nothing is saved. */
static void
test_refused (void)
{
  static const struct
  {
    const char *url;
    const char *sentence;
  } cases[] = {
      {"", "This is not an address. It starts with “https://”."},
      {"hooks.example.com", "This is not an address. It starts with “https://”."},
      {"http://hooks.example.com", "The service calls https addresses only. Use one that starts with “https://”."},
      {"https://localhost",
       "The service cannot reach this address: it is that of this computer or of a private network. "
       "Enter the public address of the tunnel or proxy."},
      {"https://192.168.0.7", "The service cannot reach this address: it is that of this computer or of a private "
                              "network. Enter the public address of the tunnel or proxy."},
      {"https://me:pass@hooks.example.com", "The address contains a user name or a password. Use one without them."},
      {"https://hooks.example.com/?a=1", "The address must end with its path: take away what follows “?” or “#”."},
  };
  g_autoptr (Page) page = page_new ();
  ReelAccount *account = add_account (page);

  open_editor (page, account);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    set_up (page, cases[i].url, page->port, NULL);
    save (page);
    g_assert_true (reel_ui_test_reads (page->editor, cases[i].sentence));
    g_assert_true (gtk_widget_has_css_class (find (page, ADW_TYPE_ENTRY_ROW, "Public URL"), "error"));
    g_assert_null (reel_account_get_webhook_url (account));
    write_field (page, "Public URL", PUBLIC);
    g_assert_false (reel_ui_test_reads (page->editor, cases[i].sentence));
    g_assert_false (gtk_widget_has_css_class (find (page, ADW_TYPE_ENTRY_ROW, "Public URL"), "error"));
  }
}

/* Another program has the port: the page stays and says so, the account is saved, and another port will do. */
static void
test_port_in_use (void)
{
  g_autoptr (Page) page = page_new ();
  g_autoptr (GSocket) taken = NULL;
  g_autofree char *sentence = NULL;
  guint16 port;

  taken = reel_webhook_client_reserve_port (&port);
  g_assert_true (g_socket_listen (taken, NULL));
  sentence = g_strdup_printf (
      "Not listening: another program uses port %u. Choose another port, or end that program and save again.", port);
  fill_in (page, "Work");
  set_up (page, PUBLIC, port, SECRET);
  save (page);
  reel_test_wait (is_idle (page));
  g_assert_true (reel_ui_test_reads (page->editor, sentence));
  g_assert_cmpuint (g_list_model_get_n_items (reel_engine_get_accounts (page->engine.engine)), ==, 2);
  g_assert_cmpstr (gtk_editable_get_text (find (page, ADW_TYPE_ENTRY_ROW, "New Signature Secret")), ==, "");

  /* The same page goes on with the account that it has added. */
  adw_spin_row_set_value (find (page, ADW_TYPE_SPIN_ROW, "Port"), page->port);
  save (page);
  reel_test_wait (page->editor == NULL);
  g_assert_cmpuint (g_list_model_get_n_items (reel_engine_get_accounts (page->engine.engine)), ==, 2);
  g_assert_cmpuint (send (page, SECRET), ==, 200);
}

/* The other program has ended: to save again is to try again. */
static void
test_try_again (void)
{
  g_autoptr (Page) page = page_new ();
  g_autoptr (GSocket) taken = NULL;
  ReelAccount *account;

  taken = reel_webhook_client_reserve_port (&page->port);
  g_assert_true (g_socket_listen (taken, NULL));
  account = add_account (page);
  open_editor (page, account);
  set_up (page, PUBLIC, page->port, SECRET);
  save (page);
  reel_test_wait (is_idle (page) && page->editor != NULL);
  g_assert_cmpint (reel_account_get_webhook_state (account), ==, REEL_ACCOUNT_WEBHOOKS_PORT_IN_USE);
  g_assert_true (g_socket_close (taken, NULL));
  save (page);
  reel_test_wait (page->editor == NULL);
  g_assert_cmpuint (send (page, SECRET), ==, 200);
}

/* Two accounts have two ports. */
static void
test_two_accounts (void)
{
  g_autoptr (Page) page = page_new ();
  ReelAccount *account = add_account (page);

  open_editor (page, account);
  set_up (page, PUBLIC, page->port, NULL);
  save (page);
  reel_test_wait (page->editor == NULL);

  fill_in (page, "Play");
  set_up (page, PUBLIC, page->port, NULL);
  save (page);
  g_assert_true (reel_ui_test_reads (page->editor, "“Work” has this port already. Choose another one."));
  g_assert_true (gtk_widget_has_css_class (find (page, ADW_TYPE_SPIN_ROW, "Port"), "error"));
  g_assert_cmpuint (g_list_model_get_n_items (reel_engine_get_accounts (page->engine.engine)), ==, 2);
}

/* An empty field keeps the secret; a new one replaces it; it can be taken away; and all of it can be turned off. */
static void
test_change (void)
{
  g_autoptr (Page) page = page_new ();
  g_autofree char *state = g_strdup_printf (
      "Listening on 127.0.0.1:%u. Webhooks are not signed: each is only a reason to ask the service.", page->port);
  ReelAccount *account = add_account (page);

  open_editor (page, account);
  set_up (page, PUBLIC, page->port, SECRET);
  save (page);
  reel_test_wait (page->editor == NULL);

  open_editor (page, account);
  write_field (page, "Public URL", "https://other.example.com");
  save (page);
  reel_test_wait (page->editor == NULL);
  g_assert_cmpstr (reel_account_get_webhook_url (account), ==, "https://other.example.com");
  g_assert_cmpuint (send (page, NULL), ==, 401);
  g_assert_cmpuint (send (page, SECRET), ==, 200);

  open_editor (page, account);
  write_field (page, "New Signature Secret", "whsec_new");
  save (page);
  reel_test_wait (page->editor == NULL);
  g_assert_cmpuint (send (page, SECRET), ==, 401);
  g_assert_cmpuint (send (page, "whsec_new"), ==, 200);

  open_editor (page, account);
  turn (page, TRUE);
  reel_ui_test_press (find (page, GTK_TYPE_BUTTON, "Forget Signature Secret"));
  g_assert_cmpuint (send (page, NULL), ==, 401);
  save (page);
  reel_test_wait (page->editor == NULL);
  g_assert_cmpuint (send (page, NULL), ==, 200);
  open_editor (page, account);
  g_assert_true (reel_ui_test_reads (page->editor, state));

  turn (page, FALSE);
  save (page);
  reel_test_wait (page->editor == NULL);
  g_assert_cmpstr (page->toast, ==, "The key is kept for this run only, because no keyring is available.");
  g_assert_cmpint (reel_account_get_webhook_state (account), ==, REEL_ACCOUNT_WEBHOOKS_OFF);
  g_assert_cmpuint (send (page, NULL), ==, 0);
}

/* Every control of it has a name, and none is out of the keyboard's reach. */
static void
test_names (void)
{
  g_autoptr (Page) page = page_new ();
  static const char *const names[] = {"Public URL", "Port", "Signature Secret"};

  open_editor (page, NULL);
  turn (page, TRUE);
  g_assert_nonnull (find (page, GTK_TYPE_SWITCH, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    GtkWidget *row = find (page, ADW_TYPE_PREFERENCES_ROW, names[i]);

    g_assert_true (gtk_widget_grab_focus (row));
  }
  g_assert_true (reel_ui_test_reads (page->editor, "Off"));
}

int
main (int argc, char **argv)
{
  reel_ui_test_init (&argc, &argv);

#define ADD(path, function) g_test_add_func ("/account-webhooks/" path, function)
  ADD ("off", test_off);
  ADD ("new", test_new);
  ADD ("refused", test_refused);
  ADD ("port-in-use", test_port_in_use);
  ADD ("try-again", test_try_again);
  ADD ("two-accounts", test_two_accounts);
  ADD ("change", test_change);
  ADD ("names", test_names);
#undef ADD

  return g_test_run ();
}
