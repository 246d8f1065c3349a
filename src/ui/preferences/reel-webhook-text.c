#include "config.h"

#include "reel-webhook-text.h"

#include <glib/gi18n-lib.h>

#include "reel-uri.h"

/* The first port that is offered. */
#define FIRST_PORT 8765

/**
 * reel_webhook_text_refuse_url:
 * @url: an address, by reel_account_text_clean_base_url()
 *
 * Tells why the service cannot call an address.
 *
 * Returns: (transfer none) (nullable): a sentence, %NULL where nothing is wrong
 */
const char *
reel_webhook_text_refuse_url (const char *url)
{
  switch (reel_uri_check_public (url)) {
  case REEL_URI_MALFORMED:
    return _ ("This is not an address. It starts with “https://”.");
  case REEL_URI_NOT_HTTPS:
    return _ ("The service calls https addresses only. Use one that starts with “https://”.");
  case REEL_URI_PRIVATE:
    return _ ("The service cannot reach this address: it is that of this computer or of a private network. Enter the "
              "public address of the tunnel or proxy.");
  case REEL_URI_CREDENTIALS:
    return _ ("The address contains a user name or a password. Use one without them.");
  case REEL_URI_NOT_PROXY:
  case REEL_URI_NO_PORT:
  case REEL_URI_PATH:
  case REEL_URI_OK:
  default:
    return strpbrk (url, "?#") != NULL ? _ ("The address must end with its path: take away what follows “?” or “#”.")
                                       : NULL;
  }
}

static ReelAccount *
find_port (guint port, ReelAccount *besides, GListModel *accounts)
{
  guint n = g_list_model_get_n_items (accounts);

  for (guint i = 0; i < n; i++) {
    g_autoptr (ReelAccount) account = g_list_model_get_item (accounts, i);

    if (account != besides && reel_account_get_webhook_url (account) != NULL &&
        reel_account_get_webhook_port (account) == port)
      return account; /* the list keeps it */
  }

  return NULL;
}

/**
 * reel_webhook_text_refuse_port:
 * @port: a port
 * @account: (nullable): the account it is for
 * @accounts: all accounts
 *
 * Tells why an account cannot listen on a port: another one does.
 *
 * Returns: (transfer full) (nullable): a sentence, %NULL where nothing is wrong
 */
char *
reel_webhook_text_refuse_port (guint port, ReelAccount *account, GListModel *accounts)
{
  ReelAccount *other = find_port (port, account, accounts);

  return other != NULL
             ? g_strdup_printf (_ ("“%s” has this port already. Choose another one."), reel_account_get_name (other))
             : NULL;
}

/**
 * reel_webhook_text_offer_port:
 * @accounts: all accounts
 *
 * Returns: a port that no account has
 */
guint
reel_webhook_text_offer_port (GListModel *accounts)
{
  guint port = FIRST_PORT;

  while (find_port (port, NULL, accounts) != NULL)
    port++;

  return port;
}

static const char *
describe_signature (ReelAccount *account)
{
  if (!reel_account_get_webhook_signed (account))
    return _ ("Webhooks are not signed: each is only a reason to ask the service.");
  if (reel_account_get_webhook_secret_state (account) == REEL_ACCOUNT_KEY_THIS_RUN)
    return _ ("The signature secret is kept for this run only, because no keyring is available.");

  return _ ("Webhooks without the right signature are refused.");
}

/**
 * reel_webhook_text_describe_state:
 * @account: (nullable): an account, %NULL for one that is not saved yet
 *
 * Tells what the receiver of webhooks of an account does.
 *
 * Returns: (transfer full): one or two sentences
 */
char *
reel_webhook_text_describe_state (ReelAccount *account)
{
  guint port = account != NULL ? reel_account_get_webhook_port (account) : 0;
  g_autofree char *listening = NULL;

  switch (account != NULL ? reel_account_get_webhook_state (account) : REEL_ACCOUNT_WEBHOOKS_OFF) {
  case REEL_ACCOUNT_WEBHOOKS_LISTENING:
    listening = g_strdup_printf (_ ("Listening on 127.0.0.1:%u."), port);
    return g_strdup_printf ("%s %s", listening, describe_signature (account));
  case REEL_ACCOUNT_WEBHOOKS_NO_SECRET:
    return g_strdup (reel_account_get_webhook_secret_state (account) == REEL_ACCOUNT_KEY_MISSING
                         ? _ ("Not listening: the signature secret is missing. Enter it again.")
                         : _ ("Not listening: the keyring has not given the signature secret yet."));
  case REEL_ACCOUNT_WEBHOOKS_PORT_IN_USE:
    return g_strdup_printf (
        _ ("Not listening: another program uses port %u. Choose another port, or end that program and save again."),
        port);
  case REEL_ACCOUNT_WEBHOOKS_FAILED:
    return g_strdup_printf (_ ("Not listening: port %u cannot be used. Choose another one."), port);
  case REEL_ACCOUNT_WEBHOOKS_OFF:
  default:
    return g_strdup (_ ("Off"));
  }
}
