#include "config.h"

#include "reel-account-editor.h"
#include "reel-account-row.h"
#include "reel-engine-fixture.h"
#include "reel-fault-server.h"
#include "reel-preferences-dialog.h"
#include "reel-test.h"
#include "reel-ui-test.h"

#define MODELS   "/api/open/v1/models"
#define GOOD_KEY "sd2_live_good"

static const char one_model[] =
    "{\"success\":true,\"data\":[{\"id\":\"m\",\"durations\":[5],\"aspectRatios\":[],\"resolutions\":[]}]}";
static const char wrong_key[] =
    "{\"success\":false,\"error\":{\"code\":\"unauthorized\",\"message\":\"Invalid API key\"}}";

/* The dialog over a real engine with a real database, and a service that answers as it is told. */
typedef struct
{
  ReelEngineFixture engine;
  ReelFaultServer *server;
  const char *base_url;
  GFile *default_library;
  GSettings *settings;
  GtkWindow *window;
  AdwDialog *dialog;
} Preferences;

static void
present (Preferences *self)
{
  self->dialog =
      g_object_ref_sink (reel_preferences_dialog_new (self->engine.engine, self->settings, self->default_library));
  adw_dialog_present (self->dialog, GTK_WIDGET (self->window));
  reel_test_wait (gtk_widget_get_mapped (GTK_WIDGET (self->dialog)));
}

/* Closes the dialog and proves that nothing keeps it. */
static void
dismiss (Preferences *self)
{
  gpointer left = self->dialog;

  g_object_add_weak_pointer (left, &left);
  adw_dialog_force_close (self->dialog);
  g_clear_object (&self->dialog);
  reel_test_wait (left == NULL);
}

static Preferences *
preferences_new (void)
{
  Preferences *self = g_new0 (Preferences, 1);
  g_autofree char *folder = reel_test_make_folder ();

  self->server = reel_fault_server_new (NULL);
  self->base_url = reel_fault_server_get_base_url (self->server);
  self->default_library = g_file_new_for_path (folder);
  self->settings = g_settings_new (REEL_APPLICATION_ID);
  reel_engine_fixture_init (&self->engine);
  reel_engine_fixture_start (&self->engine);
  self->window = reel_ui_test_present (adw_bin_new (), 360, 700);
  present (self);

  return self;
}

static void
preferences_free (Preferences *self)
{
  dismiss (self);
  gtk_window_destroy (self->window);
  reel_fault_server_stop (self->server);
  reel_engine_fixture_clear (&self->engine);
  g_object_unref (self->server);
  g_object_unref (self->default_library);
  g_object_unref (self->settings);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Preferences, preferences_free)

static ReelAccountEditor *
get_editor (Preferences *self)
{
  ReelAccountEditor *editor = reel_ui_test_find (self->dialog, REEL_TYPE_ACCOUNT_EDITOR, NULL);

  return editor != NULL && gtk_widget_get_mapped (GTK_WIDGET (editor)) ? editor : NULL;
}

static void
open_new (Preferences *self)
{
  reel_preferences_dialog_add_account (REEL_PREFERENCES_DIALOG (self->dialog));
  reel_test_wait (get_editor (self) != NULL);
}

static void
write_field (Preferences *self, const char *title, const char *text)
{
  AdwEntryRow *row = reel_ui_test_find (get_editor (self), ADW_TYPE_ENTRY_ROW, title);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static const char *
read_field (Preferences *self, const char *title)
{
  return gtk_editable_get_text (reel_ui_test_find (get_editor (self), ADW_TYPE_ENTRY_ROW, title));
}

static void
act (Preferences *self, const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (get_editor (self)), action, NULL);
}

static guint
count_accounts (Preferences *self)
{
  return g_list_model_get_n_items (reel_engine_get_accounts (self->engine.engine));
}

static ReelAccount *
get_account (Preferences *self, guint position)
{
  g_autoptr (ReelAccount) account = g_list_model_get_item (reel_engine_get_accounts (self->engine.engine), position);

  g_assert_nonnull (account);

  return account; /* the list keeps it */
}

static guint
count_asked (Preferences *self)
{
  return reel_fault_server_count (self->server, "GET", MODELS);
}

/* Adds an account by the dialog, with a service that accepts its key. */
static ReelAccount *
add_account (Preferences *self, const char *name)
{
  guint n = count_accounts (self);

  reel_fault_server_clear (self->server);
  reel_fault_server_add (self->server, "GET", MODELS, 200, one_model);
  open_new (self);
  write_field (self, "Name", name);
  write_field (self, "Base URL", self->base_url);
  write_field (self, "API Key", GOOD_KEY);
  act (self, "account.save");
  reel_test_wait (count_accounts (self) == n + 1 && get_editor (self) == NULL);

  return get_account (self, n);
}

static void
edit_first (Preferences *self)
{
  reel_ui_test_press (reel_ui_test_find (self->dialog, GTK_TYPE_BUTTON, "Edit Account"));
  reel_test_wait (get_editor (self) != NULL);
}

static void
test_sandbox (void)
{
  g_autoptr (Preferences) preferences = preferences_new ();

  g_assert_nonnull (reel_ui_test_find (preferences->dialog, GTK_TYPE_LIST_BOX, "Accounts"));
  g_assert_nonnull (reel_ui_test_find (preferences->dialog, ADW_TYPE_ACTION_ROW, "Sandbox"));
  g_assert_true (reel_ui_test_reads (preferences->dialog,
                                     "Built in and needs no key. Its videos are simulated, and nothing is charged."));
  g_assert_null (reel_ui_test_find (preferences->dialog, GTK_TYPE_BUTTON, "Edit Account"));
  g_assert_true (
      gtk_check_button_get_active (reel_ui_test_find (preferences->dialog, GTK_TYPE_CHECK_BUTTON, "Sandbox")));
}

static void
test_new_is_filled (void)
{
  g_autoptr (Preferences) preferences = preferences_new ();

  open_new (preferences);
  g_assert_cmpstr (read_field (preferences, "Base URL"), ==, REEL_ACCOUNT_DEFAULT_BASE_URL);
  g_assert_cmpstr (read_field (preferences, "API Key"), ==, "");
  g_assert_null (reel_ui_test_find (get_editor (preferences), ADW_TYPE_BUTTON_ROW, "_Remove Account…"));
}

/* A key is tested before it is kept; a wrong one is refused in words, and nothing that was typed is lost. */
static void
test_wrong_key (void)
{
  g_autoptr (Preferences) preferences = preferences_new ();
  const ReelFaultRequest *request;

  reel_fault_server_add (preferences->server, "GET", MODELS, 401, wrong_key);
  open_new (preferences);
  write_field (preferences, "Name", "Work");
  write_field (preferences, "Base URL", preferences->base_url);
  write_field (preferences, "API Key", " sd2_live_wrong\n");
  act (preferences, "account.save");
  g_assert_false (gtk_widget_get_sensitive (reel_ui_test_find (get_editor (preferences), GTK_TYPE_BUTTON, "_Save")));
  reel_test_wait (
      reel_ui_test_reads (get_editor (preferences),
                          "The service did not accept the API key of this account. The service said: “Invalid API "
                          "key” (unauthorized). Check the key and the base URL."));
  g_assert_true (gtk_widget_get_sensitive (reel_ui_test_find (get_editor (preferences), GTK_TYPE_BUTTON, "_Save")));
  g_assert_cmpuint (count_asked (preferences), ==, 1);
  request = reel_fault_server_get_request (preferences->server, "GET", MODELS, 0);
  g_assert_cmpstr (reel_fault_request_get_header (request, "authorization"), ==, "Bearer sd2_live_wrong");
  g_assert_cmpuint (count_accounts (preferences), ==, 1);
  g_assert_cmpstr (read_field (preferences, "Name"), ==, "Work");
  g_assert_cmpstr (read_field (preferences, "Base URL"), ==, preferences->base_url);
}

static void
test_unreachable (void)
{
  g_autoptr (Preferences) preferences = preferences_new ();

  reel_fault_server_stop (preferences->server);
  open_new (preferences);
  write_field (preferences, "Base URL", preferences->base_url);
  write_field (preferences, "API Key", GOOD_KEY);
  act (preferences, "account.save");
  reel_test_wait (reel_ui_test_reads (get_editor (preferences),
                                      "No connection to the service could be made. Check the network and the base URL "
                                      "of the account, then try again."));
  g_assert_cmpuint (count_accounts (preferences), ==, 1);
}

static void
test_test (void)
{
  g_autoptr (Preferences) preferences = preferences_new ();

  reel_fault_server_add (preferences->server, "GET", MODELS, 200, one_model);
  open_new (preferences);
  write_field (preferences, "Base URL", preferences->base_url);
  act (preferences, "account.test");
  g_assert_true (reel_ui_test_reads (get_editor (preferences), "Enter the API key."));
  g_assert_cmpuint (count_asked (preferences), ==, 0);
  write_field (preferences, "API Key", GOOD_KEY);
  g_assert_false (reel_ui_test_reads (get_editor (preferences), "Enter the API key."));
  act (preferences, "account.test");
  reel_test_wait (reel_ui_test_reads (get_editor (preferences), "The key works: the service lists 1 model."));
  g_assert_cmpuint (count_asked (preferences), ==, 1);
  g_assert_cmpuint (count_accounts (preferences), ==, 1);
}

/* The key does not leave for an address that it must not go to. */
static void
test_bad_base_url (void)
{
  g_autoptr (Preferences) preferences = preferences_new ();

  open_new (preferences);
  write_field (preferences, "API Key", GOOD_KEY);
  write_field (preferences, "Base URL", "http://www.seedance2.example");
  g_assert_true (reel_ui_test_reads (get_editor (preferences), "The key is sent over https only. Use an address that "
                                                               "starts with “https://”."));
  write_field (preferences, "Base URL", "www.seedance2.ink");
  g_assert_false (reel_ui_test_reads (get_editor (preferences), "This is not an address. It starts with “https://”."));
  act (preferences, "account.save");
  g_assert_true (reel_ui_test_reads (get_editor (preferences), "This is not an address. It starts with “https://”."));
  g_assert_cmpuint (count_accounts (preferences), ==, 1);
}

/* A proxy is the system's until another is chosen; a password is refused in words, and what is good is kept and shown. */
static void
test_proxy (void)
{
  g_autoptr (Preferences) preferences = preferences_new ();
  AdwComboRow *choice;
  ReelAccount *account = add_account (preferences, "Work");

  g_assert_null (reel_account_get_proxy (account));
  edit_first (preferences);
  choice = reel_ui_test_find (get_editor (preferences), ADW_TYPE_COMBO_ROW, "Proxy");
  g_assert_cmpuint (adw_combo_row_get_selected (choice), ==, 0);
  g_assert_null (reel_ui_test_find (get_editor (preferences), ADW_TYPE_ENTRY_ROW, "Proxy URL"));

  adw_combo_row_set_selected (choice, 1);
  write_field (preferences, "Proxy URL", "http://me:secret@proxy.example.com:8080");
  act (preferences, "account.save");
  g_assert_true (reel_ui_test_reads (get_editor (preferences),
                                     "The address contains a user name or a password, which Seedreel does not keep. "
                                     "Use a proxy that needs none."));
  g_assert_null (reel_account_get_proxy (account));

  write_field (preferences, "Proxy URL", " http://proxy.example.com:8080/ ");
  act (preferences, "account.save");
  reel_test_wait (get_editor (preferences) == NULL);
  g_assert_cmpstr (reel_account_get_proxy (account), ==, "http://proxy.example.com:8080");

  edit_first (preferences);
  g_assert_cmpstr (read_field (preferences, "Proxy URL"), ==, "http://proxy.example.com:8080");
  choice = reel_ui_test_find (get_editor (preferences), ADW_TYPE_COMBO_ROW, "Proxy");
  adw_combo_row_set_selected (choice, 0);
  act (preferences, "account.save");
  reel_test_wait (get_editor (preferences) == NULL);
  g_assert_null (reel_account_get_proxy (account));
}

static void
test_good_key (void)
{
  g_autoptr (Preferences) preferences = preferences_new ();
  ReelAccount *account = add_account (preferences, "Work");

  g_assert_cmpstr (reel_account_get_name (account), ==, "Work");
  g_assert_cmpstr (reel_account_get_base_url (account), ==, preferences->base_url);
  /* There is no Secret Service on the bus of this test. */
  g_assert_cmpint (reel_account_get_key_state (account), ==, REEL_ACCOUNT_KEY_THIS_RUN);
  g_assert_true (reel_engine_get_account (preferences->engine.engine) == account);
  g_assert_true (gtk_check_button_get_active (reel_ui_test_find (preferences->dialog, GTK_TYPE_CHECK_BUTTON, "Work")));
  reel_test_wait (
      reel_ui_test_reads (preferences->dialog, "The key is kept for this run only, because no keyring is available."));
}

static void
test_use (void)
{
  g_autoptr (Preferences) preferences = preferences_new ();
  ReelAccount *account = add_account (preferences, "Work <b>&amp;");
  GtkCheckButton *sandbox = reel_ui_test_find (preferences->dialog, GTK_TYPE_CHECK_BUTTON, "Sandbox");
  GtkCheckButton *work = reel_ui_test_find (preferences->dialog, GTK_TYPE_CHECK_BUTTON, "Work <b>&amp;");

  gtk_check_button_set_active (sandbox, TRUE);
  g_assert_true (reel_engine_get_account (preferences->engine.engine) == get_account (preferences, 0));
  g_assert_false (gtk_check_button_get_active (work));
  reel_engine_set_account (preferences->engine.engine, account);
  g_assert_true (gtk_check_button_get_active (work));
  g_assert_false (gtk_check_button_get_active (sandbox));
}

/* A new name needs neither the key nor a test; a new address needs both. */
static void
test_edit (void)
{
  g_autoptr (Preferences) preferences = preferences_new ();
  ReelAccount *account = add_account (preferences, "Work");
  g_autoptr (ReelFaultServer) other = reel_fault_server_new (NULL);
  guint n_asked;

  reel_test_wait (count_asked (preferences) == 2); /* the test, and the models for the form */
  n_asked = count_asked (preferences);
  edit_first (preferences);
  g_assert_cmpstr (read_field (preferences, "New API Key"), ==, "");
  write_field (preferences, "Name", "Play");
  act (preferences, "account.save");
  reel_test_wait (get_editor (preferences) == NULL);
  g_assert_cmpstr (reel_account_get_name (account), ==, "Play");
  g_assert_nonnull (reel_ui_test_find (preferences->dialog, ADW_TYPE_ACTION_ROW, "Play"));
  g_assert_cmpuint (count_asked (preferences), ==, n_asked);

  edit_first (preferences);
  write_field (preferences, "Base URL", reel_fault_server_get_base_url (other));
  act (preferences, "account.save");
  g_assert_true (reel_ui_test_reads (get_editor (preferences),
                                     "The key belongs to the old base URL. Enter it again for this one."));
  g_assert_cmpuint (reel_fault_server_count_connections (other), ==, 0);
  reel_fault_server_add (other, "GET", MODELS, 200, one_model);
  write_field (preferences, "New API Key", GOOD_KEY);
  act (preferences, "account.save");
  reel_test_wait (get_editor (preferences) == NULL);
  g_assert_cmpstr (reel_account_get_base_url (account), ==, reel_fault_server_get_base_url (other));
  g_assert_cmpuint (count_accounts (preferences), ==, 2);
  reel_fault_server_stop (other);
}

static void
test_remove (void)
{
  g_autoptr (Preferences) preferences = preferences_new ();
  AdwDialog *alert;

  add_account (preferences, "Work");
  edit_first (preferences);
  act (preferences, "account.remove");
  reel_test_wait (ADW_IS_ALERT_DIALOG (adw_window_get_visible_dialog (ADW_WINDOW (preferences->window))));
  alert = adw_window_get_visible_dialog (ADW_WINDOW (preferences->window));
  g_assert_true (reel_ui_test_reads (alert, "Remove “Work”?"));
  reel_ui_test_press (reel_ui_test_find (alert, GTK_TYPE_BUTTON, "_Cancel"));
  reel_test_wait (adw_window_get_visible_dialog (ADW_WINDOW (preferences->window)) == preferences->dialog);
  g_assert_cmpuint (count_accounts (preferences), ==, 2);

  act (preferences, "account.remove");
  reel_test_wait (ADW_IS_ALERT_DIALOG (adw_window_get_visible_dialog (ADW_WINDOW (preferences->window))));
  alert = adw_window_get_visible_dialog (ADW_WINDOW (preferences->window));
  reel_ui_test_press (reel_ui_test_find (alert, GTK_TYPE_BUTTON, "_Remove"));
  reel_test_wait (count_accounts (preferences) == 1 && get_editor (preferences) == NULL);
  g_assert_true (reel_engine_get_account (preferences->engine.engine) == get_account (preferences, 0));
}

/* The dialog goes away while a test waits for its answer. */
static void
test_close_while_testing (void)
{
  g_autoptr (Preferences) preferences = preferences_new ();
  ReelFaultAnswer *answer = reel_fault_server_add (preferences->server, "GET", MODELS, 200, one_model);

  reel_fault_answer_fail_before (answer, REEL_FAULT_STALL);
  open_new (preferences);
  write_field (preferences, "Base URL", preferences->base_url);
  write_field (preferences, "API Key", GOOD_KEY);
  act (preferences, "account.save");
  reel_test_wait (count_asked (preferences) == 1);
  dismiss (preferences);
  g_assert_cmpuint (count_accounts (preferences), ==, 1);
  present (preferences);
}

/* What was drawn of the dialog while the page of an account slid away is freed. */
static void
test_way_back (void)
{
  g_autoptr (Preferences) preferences = preferences_new ();
  GtkWidget *accounts = reel_ui_test_find (preferences->dialog, GTK_TYPE_LIST_BOX, "Accounts");

  open_new (preferences);
  reel_ui_test_go_back (ADW_NAVIGATION_PAGE (gtk_widget_get_ancestor (accounts, ADW_TYPE_NAVIGATION_PAGE)),
                        G_CALLBACK (adw_preferences_dialog_pop_subpage), preferences->dialog);
}

static void
test_library (void)
{
  g_autoptr (Preferences) preferences = preferences_new ();

  g_assert_true (reel_ui_test_reads (preferences->dialog, g_file_peek_path (preferences->engine.library)));
  g_assert_nonnull (reel_ui_test_find (preferences->dialog, ADW_TYPE_BUTTON_ROW, "_Choose Folder…"));
  g_assert_nonnull (reel_ui_test_find (preferences->dialog, ADW_TYPE_BUTTON_ROW, "Use _Default"));
  gtk_widget_activate_action (GTK_WIDGET (preferences->dialog), "preferences.use-default-library", NULL);
  reel_test_wait (g_file_equal (reel_engine_get_library (preferences->engine.engine), preferences->default_library));
  g_assert_true (reel_ui_test_reads (preferences->dialog, g_file_peek_path (preferences->default_library)));
  g_assert_null (reel_ui_test_find (preferences->dialog, ADW_TYPE_BUTTON_ROW, "Use _Default"));
}

static void
test_requests (void)
{
  g_autoptr (Preferences) preferences = preferences_new ();
  ReelEngine *engine = preferences->engine.engine;
  AdwSpinRow *row = reel_ui_test_find (preferences->dialog, ADW_TYPE_SPIN_ROW, "Status requests per minute");

  g_assert_nonnull (row);
  /* Showing a limit does not change it, also where it is one that cannot be chosen here. */
  g_assert_cmpuint (reel_engine_get_requests_per_minute (engine), ==, preferences->engine.requests_per_minute);
  g_assert_cmpfloat (adw_spin_row_get_value (row), ==, 600);

  reel_engine_set_requests_per_minute (engine, 120);
  g_assert_cmpfloat (adw_spin_row_get_value (row), ==, 120);
  adw_spin_row_set_value (row, 1);
  g_assert_cmpuint (reel_engine_get_requests_per_minute (engine), ==, 6);
}

/* The example follows what is typed, and what is typed is kept. */
static void
test_save_name (void)
{
  g_autoptr (Preferences) preferences = preferences_new ();
  g_autofree char *kept = NULL;
  AdwEntryRow *row = reel_ui_test_find (preferences->dialog, ADW_TYPE_ENTRY_ROW, "Name");

  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "{date} {prompt}");
  gtk_editable_set_text (GTK_EDITABLE (row), "{model}: {prompt} {n}");
  g_assert_true (reel_ui_test_reads (preferences->dialog, "seedance-2.0 A paper boat crosses a puddle 3.mp4"));
  kept = g_settings_get_string (preferences->settings, "save-name");
  g_assert_cmpstr (kept, ==, "{model}: {prompt} {n}");
  g_settings_reset (preferences->settings, "save-name");
}

int
main (int argc, char **argv)
{
  reel_ui_test_init (&argc, &argv);

  g_test_add_func ("/preferences/dialog/sandbox", test_sandbox);
  g_test_add_func ("/preferences/dialog/new-is-filled", test_new_is_filled);
  g_test_add_func ("/preferences/dialog/wrong-key", test_wrong_key);
  g_test_add_func ("/preferences/dialog/unreachable", test_unreachable);
  g_test_add_func ("/preferences/dialog/test", test_test);
  g_test_add_func ("/preferences/dialog/bad-base-url", test_bad_base_url);
  g_test_add_func ("/preferences/dialog/proxy", test_proxy);
  g_test_add_func ("/preferences/dialog/good-key", test_good_key);
  g_test_add_func ("/preferences/dialog/use", test_use);
  g_test_add_func ("/preferences/dialog/edit", test_edit);
  g_test_add_func ("/preferences/dialog/remove", test_remove);
  g_test_add_func ("/preferences/dialog/close-while-testing", test_close_while_testing);
  g_test_add_func ("/preferences/dialog/way-back", test_way_back);
  g_test_add_func ("/preferences/dialog/library", test_library);
  g_test_add_func ("/preferences/dialog/save-name", test_save_name);
  g_test_add_func ("/preferences/dialog/requests", test_requests);

  return g_test_run ();
}
