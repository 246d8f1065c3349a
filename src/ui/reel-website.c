#include "config.h"

#include "reel-website.h"

#include "reel-uri.h"

/**
 * reel_website_make:
 * @account: (nullable): an account
 *
 * Finds the website of the service of an account: the root of its base URL. What listens on this machine has none.
 *
 * Returns: (transfer full) (nullable): an address to open in a browser
 */
char *
reel_website_make (ReelAccount *account)
{
  const char *base_url = account != NULL ? reel_account_get_base_url (account) : NULL;
  g_autoptr (GUri) uri = NULL;

  if (base_url == NULL || reel_uri_check_service (base_url) != REEL_URI_OK || reel_uri_is_loopback (base_url))
    return NULL;

  uri = g_uri_parse (base_url, G_URI_FLAGS_SCHEME_NORMALIZE | G_URI_FLAGS_ENCODED, NULL);
  if (uri == NULL)
    return NULL;

  /* The port that goes without saying is not said. */
  return g_uri_join (G_URI_FLAGS_ENCODED, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                     g_uri_get_port (uri) == 443 ? -1 : g_uri_get_port (uri), "/", NULL, NULL);
}
