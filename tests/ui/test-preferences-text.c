#include "config.h"

#include "reel-account-text.h"
#include "reel-storage-text.h"
#include "reel-webhook-text.h"

static void
assert_description (const char *id, const char *base_url, ReelAccountKey key_state, const char *expected)
{
  g_autoptr (ReelAccount) account = reel_account_new (id, "Name", base_url);
  g_autofree char *description = NULL;

  reel_account_set_key_state (account, key_state);
  description = reel_account_text_describe (account);
  g_assert_cmpstr (description, ==, expected);
}

static void
test_describe (void)
{
  assert_description (REEL_ACCOUNT_SANDBOX_ID, "http://127.0.0.1:4711", REEL_ACCOUNT_KEY_THIS_RUN,
                      "Built in and needs no key. Its videos are simulated, and nothing is charged.");
  assert_description (REEL_ACCOUNT_SANDBOX_ID, NULL, REEL_ACCOUNT_KEY_UNKNOWN,
                      "Built in and needs no key. Its videos are simulated, and nothing is charged.");
  assert_description (REEL_ACCOUNT_ENVIRONMENT_ID, "https://api.example.com/v2", REEL_ACCOUNT_KEY_THIS_RUN,
                      "api.example.com\nSet by the environment, for this run only.");
  assert_description ("one", "https://api.example.com/v2", REEL_ACCOUNT_KEY_STORED,
                      "api.example.com\nThe key is in the keyring.");
  assert_description ("one", "https://api.example.com", REEL_ACCOUNT_KEY_THIS_RUN,
                      "api.example.com\nThe key is kept for this run only, because no keyring is available.");
  assert_description ("one", "https://api.example.com", REEL_ACCOUNT_KEY_MISSING,
                      "api.example.com\nThere is no key. Edit the account to enter it.");
  assert_description ("one", "not an address", REEL_ACCOUNT_KEY_UNKNOWN,
                      "not an address\nThe keyring has not given the key yet.");
}

static void
test_base_url (void)
{
  static const struct
  {
    const char *typed;
    const char *clean;
    const char *part; /* of the refusal, NULL where it is good */
  } cases[] = {
      {" https://www.seedance2.ink/ \n", "https://www.seedance2.ink", NULL},
      {"https://example.com/v2//", "https://example.com/v2", NULL},
      {"http://127.0.0.1:8080", "http://127.0.0.1:8080", NULL},
      {"http://localhost:8080/", "http://localhost:8080", NULL},
      {"http://example.com", "http://example.com", "https only"},
      {"http://192.168.0.2", "http://192.168.0.2", "https only"},
      {"ftp://example.com", "ftp://example.com", "https only"},
      {"https://me:secret@example.com", "https://me:secret@example.com", "password"},
      {"example.com", "example.com", "not an address"},
      {"https://", "https:", "not an address"},
      {"", "", "not an address"},
      {"/////", "", "not an address"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *clean = reel_account_text_clean_base_url (cases[i].typed);
    const char *problem = reel_account_text_refuse_base_url (clean);

    g_assert_cmpstr (clean, ==, cases[i].clean);
    if (cases[i].part == NULL)
      g_assert_null (problem);
    else
      g_assert_nonnull (strstr (problem, cases[i].part));
  }
}

static void
test_proxy (void)
{
  static const struct
  {
    const char *proxy;
    const char *part; /* of the refusal, NULL where it is good */
  } cases[] = {
      {"http://proxy.example.com:8080", NULL},
      {"socks5://127.0.0.1:1080", NULL},
      {"", "not the address of a proxy"},
      {"proxy.example.com:8080", "not the address of a proxy"},
      {"https://proxy.example.com:8080", "http and socks5"},
      {"http://me:secret@proxy.example.com:8080", "does not keep"},
      {"http://proxy.example.com", "its port"},
      {"http://proxy.example.com:8080/pac", "take away what follows"},
  };
  g_autoptr (ReelAccount) account = reel_account_new ("one", "Work", "https://api.example.com");
  g_autofree char *description = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char *problem = reel_account_text_refuse_proxy (cases[i].proxy);

    if (cases[i].part == NULL)
      g_assert_null (problem);
    else
      g_assert_nonnull (strstr (problem, cases[i].part));
  }

  reel_account_set_proxy (account, "http://proxy.example.com:8080");
  description = reel_account_text_describe (account);
  g_assert_true (g_str_has_prefix (description, "api.example.com, through http://proxy.example.com:8080\n"));
}

static void
test_results (void)
{
  g_autofree char *none = reel_account_text_make_test_sentence (0);
  g_autofree char *one = reel_account_text_make_test_sentence (1);
  g_autofree char *many = reel_account_text_make_test_sentence (3);

  g_assert_cmpstr (none, ==, "The key works, but the service lists no models for it.");
  g_assert_cmpstr (one, ==, "The key works: the service lists 1 model.");
  g_assert_cmpstr (many, ==, "The key works: the service lists 3 models.");
}

static void
test_removal (void)
{
  g_autofree char *quiet = reel_account_text_make_removal_sentence (0);
  g_autofree char *running = reel_account_text_make_removal_sentence (2);

  g_assert_cmpstr (quiet, ==, "Its key is deleted. Its videos and their history stay.");
  g_assert_true (g_str_has_prefix (running, quiet));
  g_assert_nonnull (strstr (running, "2 videos are still being made"));
}

static void
assert_webhooks (ReelAccountWebhooks state, gboolean with_signature, ReelAccountKey secret, const char *expected)
{
  g_autoptr (ReelAccount) account = reel_account_new ("one", "Work", "https://api.example.com");
  g_autofree char *description = NULL;

  reel_account_set_webhooks (account, "https://hooks.example.com", 8765, with_signature);
  reel_account_set_webhook_secret_state (account, secret);
  reel_account_set_webhook_state (account, state);
  description = reel_webhook_text_describe_state (account);
  g_assert_cmpstr (description, ==, expected);
}

static void
test_webhooks (void)
{
  g_autofree char *none = reel_webhook_text_describe_state (NULL);

  g_assert_cmpstr (none, ==, "Off");
  assert_webhooks (REEL_ACCOUNT_WEBHOOKS_OFF, TRUE, REEL_ACCOUNT_KEY_STORED, "Off");
  assert_webhooks (REEL_ACCOUNT_WEBHOOKS_LISTENING, TRUE, REEL_ACCOUNT_KEY_STORED,
                   "Listening on 127.0.0.1:8765. Webhooks without the right signature are refused.");
  assert_webhooks (REEL_ACCOUNT_WEBHOOKS_LISTENING, TRUE, REEL_ACCOUNT_KEY_THIS_RUN,
                   "Listening on 127.0.0.1:8765. The signature secret is kept for this run only, because no keyring is "
                   "available.");
  assert_webhooks (REEL_ACCOUNT_WEBHOOKS_LISTENING, FALSE, REEL_ACCOUNT_KEY_UNKNOWN,
                   "Listening on 127.0.0.1:8765. Webhooks are not signed: each is only a reason to ask the service.");
  assert_webhooks (REEL_ACCOUNT_WEBHOOKS_NO_SECRET, TRUE, REEL_ACCOUNT_KEY_UNKNOWN,
                   "Not listening: the keyring has not given the signature secret yet.");
  assert_webhooks (REEL_ACCOUNT_WEBHOOKS_NO_SECRET, TRUE, REEL_ACCOUNT_KEY_MISSING,
                   "Not listening: the signature secret is missing. Enter it again.");
  assert_webhooks (REEL_ACCOUNT_WEBHOOKS_PORT_IN_USE, TRUE, REEL_ACCOUNT_KEY_STORED,
                   "Not listening: another program uses port 8765. Choose another port, or end that program and save "
                   "again.");
  assert_webhooks (REEL_ACCOUNT_WEBHOOKS_FAILED, TRUE, REEL_ACCOUNT_KEY_STORED,
                   "Not listening: port 8765 cannot be used. Choose another one.");
}

static void
test_webhook_port (void)
{
  g_autoptr (GListStore) accounts = g_list_store_new (REEL_TYPE_ACCOUNT);
  g_autoptr (ReelAccount) one = reel_account_new ("one", "Work", "https://api.example.com");
  g_autoptr (ReelAccount) two = reel_account_new ("two", "Play", "https://api.example.com");
  g_autofree char *own = NULL, *other = NULL, *off = NULL;

  g_list_store_append (accounts, one);
  g_list_store_append (accounts, two);
  g_assert_cmpuint (reel_webhook_text_offer_port (G_LIST_MODEL (accounts)), ==, 8765);
  reel_account_set_webhooks (one, "https://hooks.example.com", 8765, FALSE);
  reel_account_set_webhooks (two, NULL, 8766, FALSE);
  g_assert_cmpuint (reel_webhook_text_offer_port (G_LIST_MODEL (accounts)), ==, 8766);

  own = reel_webhook_text_refuse_port (8765, one, G_LIST_MODEL (accounts));
  g_assert_null (own);
  other = reel_webhook_text_refuse_port (8765, two, G_LIST_MODEL (accounts));
  g_assert_cmpstr (other, ==, "“Work” has this port already. Choose another one.");
  off = reel_webhook_text_refuse_port (8766, NULL, G_LIST_MODEL (accounts));
  g_assert_null (off);
}

static void
assert_text (char *owned_text, const char *expected)
{
  g_autofree char *text = owned_text;

  g_assert_cmpstr (text, ==, expected);
}

static void
test_storage (void)
{
  g_autoptr (GPtrArray) sums = g_ptr_array_new_with_free_func ((GDestroyNotify)reel_file_sum_free);

  assert_text (reel_storage_text_make_total (sums), "No video is saved");
  g_ptr_array_add (sums, reel_file_sum_new ("seedance-2.0", 1, 2000));
  assert_text (reel_storage_text_make_total (sums), "1 video, 2.0\302\240kB");
  g_ptr_array_add (sums, reel_file_sum_new (NULL, 2, 1000));
  assert_text (reel_storage_text_make_total (sums), "3 videos, 3.0\302\240kB\n"
                                                    "seedance-2.0: 1 video, 2.0\302\240kB\n"
                                                    "Other: 2 videos, 1.0\302\240kB");
  assert_text (reel_storage_text_make_missing (2), "2 videos are not where they were saved");
  assert_text (reel_storage_text_make_located (0, 3), "None of the missing videos is in this folder");
  assert_text (reel_storage_text_make_located (1, 0), "1 video found");
  assert_text (reel_storage_text_make_located (3, 1), "3 videos found, 1 still missing");
  assert_text (reel_storage_text_make_count (3, 10), "3 of 10");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/preferences/text/describe", test_describe);
  g_test_add_func ("/preferences/text/base-url", test_base_url);
  g_test_add_func ("/preferences/text/proxy", test_proxy);
  g_test_add_func ("/preferences/text/results", test_results);
  g_test_add_func ("/preferences/text/removal", test_removal);

  g_test_add_func ("/preferences/text/webhooks", test_webhooks);
  g_test_add_func ("/preferences/text/webhook-port", test_webhook_port);
  g_test_add_func ("/preferences/text/storage", test_storage);

  return g_test_run ();
}
