#include "config.h"

#include "reel-account-text.h"

#include <glib/gi18n-lib.h>

static const char *
describe_key (ReelAccountKey state)
{
  switch (state) {
  case REEL_ACCOUNT_KEY_STORED:
    return _ ("The key is in the keyring.");
  case REEL_ACCOUNT_KEY_THIS_RUN:
    return _ ("The key is kept for this run only, because no keyring is available.");
  case REEL_ACCOUNT_KEY_MISSING:
    return _ ("There is no key. Edit the account to enter it.");
  case REEL_ACCOUNT_KEY_UNKNOWN:
  default:
    return _ ("The keyring has not given the key yet.");
  }
}

/**
 * reel_account_text_describe:
 * @account: an account
 *
 * Tells where an account sends its requests and where its key is.
 *
 * Returns: (transfer full): one or two lines of plain text
 */
char *
reel_account_text_describe (ReelAccount *account)
{
  g_autoptr (GUri) uri = NULL;
  g_autofree char *way = NULL;
  const char *base_url, *host;

  g_return_val_if_fail (REEL_IS_ACCOUNT (account), NULL);

  if (reel_account_is_sandbox (account))
    return g_strdup (_ ("Built in and needs no key. Its videos are simulated, and nothing is charged."));

  base_url = reel_account_get_base_url (account);
  uri = base_url != NULL ? g_uri_parse (base_url, G_URI_FLAGS_NONE, NULL) : NULL;
  host = uri != NULL && g_uri_get_host (uri) != NULL ? g_uri_get_host (uri) : base_url;

  if (host != NULL && reel_account_get_proxy (account) != NULL)
    /* Translators: a host and the address of a proxy. */
    way = g_strdup_printf (_ ("%s, through %s"), host, reel_account_get_proxy (account));
  else
    way = g_strdup (host != NULL ? host : "");

  return g_strdup_printf ("%s\n%s", way,
                          reel_account_is_editable (account) ? describe_key (reel_account_get_key_state (account))
                                                             : _ ("Set by the environment, for this run only."));
}

/**
 * reel_account_text_refuse_base_url:
 * @base_url: a base URL by reel_account_text_clean_base_url()
 *
 * Tells why an address cannot be the base URL of an account: the key goes there.
 *
 * Returns: (transfer none) (nullable): a sentence, %NULL where nothing is wrong
 */
const char *
reel_account_text_refuse_base_url (const char *base_url)
{
  switch (reel_uri_check_service (base_url)) {
  case REEL_URI_MALFORMED:
    return _ ("This is not an address. It starts with “https://”.");
  case REEL_URI_NOT_HTTPS:
    return _ ("The key is sent over https only. Use an address that starts with “https://”.");
  case REEL_URI_CREDENTIALS:
    return _ ("The address contains a user name or a password. Use one without them.");
  case REEL_URI_PRIVATE:
  case REEL_URI_NOT_PROXY:
  case REEL_URI_NO_PORT:
  case REEL_URI_PATH:
  case REEL_URI_OK:
  default:
    return NULL;
  }
}

/**
 * reel_account_text_refuse_proxy:
 * @proxy: the address of a proxy by reel_account_text_clean_base_url()
 *
 * Tells why an address cannot be the proxy of an account. A password in it would lie open in the database, and there is
 * nothing else that could hand it to the proxy.
 *
 * Returns: (transfer none) (nullable): a sentence, %NULL where nothing is wrong
 */
const char *
reel_account_text_refuse_proxy (const char *proxy)
{
  switch (reel_uri_check_proxy (proxy)) {
  case REEL_URI_MALFORMED:
    return _ ("This is not the address of a proxy. It looks like “http://proxy.example.com:8080” or "
              "“socks5://127.0.0.1:1080”.");
  case REEL_URI_NOT_PROXY:
    return _ ("Only http and socks5 proxies can be used. Use an address that starts with “http://” or “socks5://”.");
  case REEL_URI_CREDENTIALS:
    return _ ("The address contains a user name or a password, which Seedreel does not keep. Use a proxy that needs "
              "none.");
  case REEL_URI_NO_PORT:
    return _ ("The address of a proxy ends with its port, such as “:8080”.");
  case REEL_URI_PATH:
    return _ ("The address of a proxy ends with its port: take away what follows.");
  case REEL_URI_NOT_HTTPS:
  case REEL_URI_PRIVATE:
  case REEL_URI_OK:
  default:
    return NULL;
  }
}

/**
 * reel_account_text_clean_base_url:
 * @typed: what a person typed or pasted
 *
 * Takes away spaces around a base URL and slashes at its end.
 *
 * Returns: (transfer full): the base URL
 */
char *
reel_account_text_clean_base_url (const char *typed)
{
  char *base_url = g_strstrip (g_strdup (typed));

  for (gsize n = strlen (base_url); n > 0 && base_url[n - 1] == '/'; n--)
    base_url[n - 1] = '\0';

  return base_url;
}

/**
 * reel_account_text_make_test_sentence:
 * @n_models: how many models the service listed
 *
 * Returns: (transfer full): what to say after a test that went well
 */
char *
reel_account_text_make_test_sentence (guint n_models)
{
  if (n_models == 0)
    return g_strdup (_ ("The key works, but the service lists no models for it."));

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "The key works: the service lists %u model.",
                                       "The key works: the service lists %u models.", n_models),
                          n_models);
}

/**
 * reel_account_text_make_removal_sentence:
 * @n_running: how many jobs of the account are still running
 *
 * Returns: (transfer full): what happens when the account is removed
 */
char *
reel_account_text_make_removal_sentence (guint n_running)
{
  g_autofree char *running = NULL;

  if (n_running == 0)
    return g_strdup (_ ("Its key is deleted. Its videos and their history stay."));

  running = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   "%u video is still being made: without the account it can no longer be followed or downloaded.",
                   "%u videos are still being made: without the account they can no longer be followed or downloaded.",
                   n_running),
      n_running);

  return g_strdup_printf ("%s %s", _ ("Its key is deleted. Its videos and their history stay."), running);
}
