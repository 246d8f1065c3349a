#include "config.h"

#include "reel-webhook.h"

#include <string.h>

/**
 * reel_webhook_sign:
 * @secret: the webhook secret of the key
 * @body: the body exactly as it is sent
 *
 * Makes the signature of a webhook (the x-seedance-signature header): the HMAC-SHA256 of the exact body.
 *
 * Returns: (transfer full): 64 lower-case hex digits
 */
char *
reel_webhook_sign (const char *secret, GBytes *body)
{
  g_return_val_if_fail (secret != NULL && body != NULL, NULL);

  return g_compute_hmac_for_data (G_CHECKSUM_SHA256, (const guchar *)secret, strlen (secret),
                                  g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

/**
 * reel_webhook_verify:
 * @secret: (nullable): the webhook secret of the key; without one nothing verifies
 * @body: the body exactly as it came in
 * @signature: (nullable): the value of the x-seedance-signature header, hex digits of either case
 *
 * Tells whether a webhook comes from someone who knows the secret, in a time that does not depend on how much of the
 * signature is right.
 */
gboolean
reel_webhook_verify (const char *secret, GBytes *body, const char *signature)
{
  g_autofree char *right = NULL;
  guint8 difference = 0;

  g_return_val_if_fail (body != NULL, FALSE);

  if (secret == NULL || *secret == '\0' || signature == NULL)
    return FALSE;

  right = reel_webhook_sign (secret, body);
  if (strlen (signature) != strlen (right))
    return FALSE;

  for (gsize i = 0; right[i] != '\0'; i++)
    difference |= (guint8)right[i] ^ (guint8)g_ascii_tolower (signature[i]);

  return difference == 0;
}
