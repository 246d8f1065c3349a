#include "config.h"

#include "reel-account-switch.h"
#include "reel-engine-fixture.h"
#include "reel-fault-server.h"
#include "reel-test.h"
#include "reel-ui-test.h"

/* The switch over a real engine. */
typedef struct
{
  ReelEngineFixture engine;
  ReelFaultServer *server;
  GtkWidget *view;
  GtkWindow *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *box;

  fixture->server = reel_fault_server_new (NULL);
  reel_engine_fixture_init (&fixture->engine);
  reel_engine_fixture_start (&fixture->engine);
  fixture->view = g_object_new (REEL_TYPE_ACCOUNT_SWITCH, NULL);
  reel_account_switch_set_engine (REEL_ACCOUNT_SWITCH (fixture->view), fixture->engine.engine);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), fixture->view);
  fixture->window = reel_ui_test_present (box, 300, 300);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gpointer left = fixture->view;

  g_object_add_weak_pointer (left, &left);
  gtk_window_destroy (fixture->window);
  reel_test_wait (left == NULL);
  reel_fault_server_stop (fixture->server);
  reel_engine_fixture_clear (&fixture->engine);
  g_object_unref (fixture->server);
}

static ReelAccount *
save (Fixture *fixture, ReelAccount *account, const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReelAccount *saved;

  reel_engine_save_account_async (fixture->engine.engine, account, name,
                                  reel_fault_server_get_base_url (fixture->server), NULL, "sd2_live_key",
                                  reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  saved = reel_engine_save_account_finish (fixture->engine.engine, result, &error);
  g_assert_no_error (error);

  return saved;
}

static char *
dup_item_label (Fixture *fixture, guint position)
{
  GMenuModel *menu = gtk_menu_button_get_menu_model (reel_ui_test_find (fixture->view, GTK_TYPE_MENU_BUTTON, NULL));
  g_autoptr (GMenuModel) choices = g_menu_model_get_item_link (menu, 0, G_MENU_LINK_SECTION);
  char *label = NULL;

  g_assert_true (g_menu_model_get_item_attribute (choices, position, G_MENU_ATTRIBUTE_LABEL, "s", &label));

  return label;
}

static void
use (Fixture *fixture, const char *id)
{
  g_assert_true (gtk_widget_activate_action (fixture->view, "account-switch.use", "s", id));
}

/* With the sandbox alone there is nothing to choose. */
static void
test_alone (Fixture *fixture, gconstpointer data)
{
  g_assert_false (gtk_widget_get_visible (fixture->view));
}

static void
test_choose (Fixture *fixture, gconstpointer data)
{
  ReelEngine *engine = fixture->engine.engine;
  g_autoptr (ReelAccount) work = save (fixture, NULL, "Work_1 <b>");
  g_autofree char *sandbox_label = NULL, *work_label = NULL, *renamed_label = NULL;
  g_autoptr (GAsyncResult) removed = NULL;

  g_assert_true (gtk_widget_get_visible (fixture->view));
  g_assert_nonnull (reel_ui_test_find (fixture->view, GTK_TYPE_MENU_BUTTON, "Account: Sandbox"));
  g_assert_true (reel_ui_test_reads (fixture->view, "Sandbox"));
  g_assert_true (
      gtk_widget_get_visible (gtk_widget_get_prev_sibling (reel_ui_test_find (fixture->view, GTK_TYPE_LABEL, NULL))));
  sandbox_label = dup_item_label (fixture, 0);
  g_assert_cmpstr (sandbox_label, ==, "Sandbox (nothing is charged)");
  work_label = dup_item_label (fixture, 1);
  g_assert_cmpstr (work_label, ==, "Work__1 <b>");

  use (fixture, reel_account_get_id (work));
  g_assert_true (reel_engine_get_account (engine) == work);
  g_assert_nonnull (reel_ui_test_find (fixture->view, GTK_TYPE_MENU_BUTTON, "Account: Work_1 <b>"));
  g_assert_true (reel_ui_test_reads (fixture->view, "Work_1 <b>"));
  g_assert_false (
      gtk_widget_get_visible (gtk_widget_get_prev_sibling (reel_ui_test_find (fixture->view, GTK_TYPE_LABEL, NULL))));

  /* What is done elsewhere is seen here. */
  g_object_unref (save (fixture, work, "Studio"));
  g_assert_nonnull (reel_ui_test_find (fixture->view, GTK_TYPE_MENU_BUTTON, "Account: Studio"));
  renamed_label = dup_item_label (fixture, 1);
  g_assert_cmpstr (renamed_label, ==, "Studio");
  use (fixture, REEL_ACCOUNT_SANDBOX_ID);
  g_assert_nonnull (reel_ui_test_find (fixture->view, GTK_TYPE_MENU_BUTTON, "Account: Sandbox"));
  reel_engine_set_account (engine, work);
  g_assert_nonnull (reel_ui_test_find (fixture->view, GTK_TYPE_MENU_BUTTON, "Account: Studio"));

  /* One that is not there is not chosen. */
  use (fixture, "nobody");
  g_assert_true (reel_engine_get_account (engine) == work);

  reel_engine_remove_account_async (engine, work, reel_test_store_result, &removed);
  reel_test_wait (removed != NULL);
  g_assert_true (reel_account_is_sandbox (reel_engine_get_account (engine)));
  g_assert_false (gtk_widget_get_visible (fixture->view));
}

int
main (int argc, char **argv)
{
  reel_ui_test_init (&argc, &argv);

#define ADD(path, function) g_test_add ("/ui/account-switch/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("alone", test_alone);
  ADD ("choose", test_choose);
#undef ADD

  return g_test_run ();
}
