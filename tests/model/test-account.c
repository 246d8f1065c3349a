#include "config.h"

#include "reel-account.h"
#include "reel-test.h"

static void
count (GObject *object, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

static void
test_notify (void)
{
  g_autoptr (ReelAccount) account = reel_account_new ("one", "Work", "https://example.com");
  guint n = 0;

  g_signal_connect (account, "notify", G_CALLBACK (count), &n);

  reel_account_set_name (account, "Work");
  reel_account_set_base_url (account, "https://example.com");
  reel_account_set_proxy (account, NULL);
  reel_account_set_key_state (account, REEL_ACCOUNT_KEY_UNKNOWN);
  g_assert_cmpuint (n, ==, 0);

  reel_account_set_name (account, "Home");
  reel_account_set_base_url (account, "https://example.org");
  reel_account_set_proxy (account, "http://127.0.0.1:8080");
  reel_account_set_key_state (account, REEL_ACCOUNT_KEY_STORED);
  g_assert_cmpuint (n, ==, 4);
}

/* A copy is what is written: nothing of it may be missing. */
static void
test_copy (void)
{
  g_autoptr (ReelAccount) account = reel_account_new ("one", "Work", "https://example.com");
  g_autoptr (ReelAccount) copy = NULL;

  reel_account_set_proxy (account, "http://127.0.0.1:8080");
  reel_account_set_webhooks (account, "https://hooks.example.com", 8765, TRUE);
  copy = reel_account_copy (account);
  g_assert_cmpstr (reel_account_get_id (copy), ==, "one");
  g_assert_cmpstr (reel_account_get_name (copy), ==, "Work");
  g_assert_cmpstr (reel_account_get_base_url (copy), ==, "https://example.com");
  g_assert_cmpstr (reel_account_get_proxy (copy), ==, "http://127.0.0.1:8080");
  g_assert_cmpstr (reel_account_get_webhook_url (copy), ==, "https://hooks.example.com");
  g_assert_cmpuint (reel_account_get_webhook_port (copy), ==, 8765);
  g_assert_true (reel_account_get_webhook_signed (copy));
}

static void
test_webhooks (void)
{
  g_autoptr (ReelAccount) account = reel_account_new ("one", "Work", "https://example.com");
  guint n = 0;

  g_signal_connect (account, "notify", G_CALLBACK (count), &n);

  reel_account_set_webhooks (account, NULL, 0, FALSE);
  reel_account_set_webhook_secret_state (account, REEL_ACCOUNT_KEY_UNKNOWN);
  reel_account_set_webhook_state (account, REEL_ACCOUNT_WEBHOOKS_OFF);
  g_assert_cmpuint (n, ==, 0);

  reel_account_set_webhooks (account, "https://hooks.example.com", 8765, TRUE);
  g_assert_cmpuint (n, ==, 3);
  reel_account_set_webhooks (account, "https://hooks.example.com", 8766, TRUE);
  g_assert_cmpuint (n, ==, 4);
  reel_account_set_webhook_secret_state (account, REEL_ACCOUNT_KEY_STORED);
  reel_account_set_webhook_state (account, REEL_ACCOUNT_WEBHOOKS_LISTENING);
  g_assert_cmpuint (n, ==, 6);
  g_assert_cmpstr (reel_account_get_webhook_url (account), ==, "https://hooks.example.com");
  g_assert_cmpuint (reel_account_get_webhook_port (account), ==, 8766);
  g_assert_true (reel_account_get_webhook_signed (account));
}

static void
test_kinds (void)
{
  g_autoptr (ReelAccount) sandbox = reel_account_new (REEL_ACCOUNT_SANDBOX_ID, "Sandbox", NULL);
  g_autoptr (ReelAccount) environment = reel_account_new (REEL_ACCOUNT_ENVIRONMENT_ID, "Environment", NULL);
  g_autoptr (ReelAccount) account = reel_account_new ("one", "Work", NULL);

  g_assert_true (reel_account_is_sandbox (sandbox));
  g_assert_false (reel_account_is_editable (sandbox));
  g_assert_false (reel_account_is_sandbox (environment));
  g_assert_false (reel_account_is_editable (environment));
  g_assert_false (reel_account_is_sandbox (account));
  g_assert_true (reel_account_is_editable (account));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/account/notify", test_notify);
  g_test_add_func ("/account/copy", test_copy);
  g_test_add_func ("/account/webhooks", test_webhooks);
  g_test_add_func ("/account/kinds", test_kinds);

  return g_test_run ();
}
