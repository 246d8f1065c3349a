#include "config.h"

#include "reel-account-text.h"

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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/preferences/text/describe", test_describe);
  g_test_add_func ("/preferences/text/base-url", test_base_url);
  g_test_add_func ("/preferences/text/results", test_results);
  g_test_add_func ("/preferences/text/removal", test_removal);

  return g_test_run ();
}
