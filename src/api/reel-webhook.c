#include "config.h"

#include "reel-webhook.h"

#include <string.h>
#include <sys/random.h>

/* Compares texts of one length, in a time that does not depend on where they differ. */
static gboolean
equal_in_constant_time (const char *one, const char *other, gsize length)
{
  guint8 difference = 0;

  for (gsize i = 0; i < length; i++)
    difference |= (guint8)one[i] ^ (guint8)other[i];

  return difference == 0;
}

/**
 * reel_webhook_make_token:
 *
 * Makes the unguessable part of the address that the webhook of a job comes to: 128 bits from the kernel.
 *
 * Returns: (transfer full) (nullable): %REEL_WEBHOOK_TOKEN_LENGTH lower-case hex digits, %NULL where the kernel gives none
 */
char *
reel_webhook_make_token (void)
{
  guint8 bytes[REEL_WEBHOOK_TOKEN_LENGTH / 2];
  char *token;

  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    return NULL;

  token = g_malloc (REEL_WEBHOOK_TOKEN_LENGTH + 1);
  for (guint i = 0; i < sizeof bytes; i++)
    g_snprintf (token + 2 * i, 3, "%02x", bytes[i]);

  return token;
}

/**
 * reel_webhook_tokens_equal:
 * @one: (nullable): a token
 * @other: (nullable): a token
 *
 * Compares two tokens, in a time that does not depend on how much of them is the same. What is no token equals nothing.
 */
gboolean
reel_webhook_tokens_equal (const char *one, const char *other)
{
  return one != NULL && other != NULL && strlen (one) == REEL_WEBHOOK_TOKEN_LENGTH &&
         strlen (other) == REEL_WEBHOOK_TOKEN_LENGTH && equal_in_constant_time (one, other, REEL_WEBHOOK_TOKEN_LENGTH);
}

/**
 * reel_webhook_make_url:
 * @base_url: where a receiver is reached from outside, with or without a slash at its end
 * @token: a token
 *
 * Makes the address that the webhook of a job goes to (the API's webhookUrl field).
 *
 * Returns: (transfer full): the address
 */
char *
reel_webhook_make_url (const char *base_url, const char *token)
{
  g_autofree char *base = g_strdup (base_url);

  g_return_val_if_fail (base_url != NULL && token != NULL, NULL);

  for (gsize n = strlen (base); n > 0 && base[n - 1] == '/'; n--)
    base[n - 1] = '\0';

  return g_strconcat (base, REEL_WEBHOOK_PATH, token, NULL);
}

/**
 * reel_webhook_parse_path:
 * @path: (nullable): the path of a request as it came over the wire, escapes and all
 *
 * Reads the token out of a path: nothing before it but %REEL_WEBHOOK_PATH, nothing behind it.
 *
 * Returns: (transfer full) (nullable): the token, %NULL where the path is any other
 */
char *
reel_webhook_parse_path (const char *path)
{
  const char *token;

  if (path == NULL || !g_str_has_prefix (path, REEL_WEBHOOK_PATH))
    return NULL;

  token = path + strlen (REEL_WEBHOOK_PATH);
  if (strlen (token) != REEL_WEBHOOK_TOKEN_LENGTH || strspn (token, "0123456789abcdef") != REEL_WEBHOOK_TOKEN_LENGTH)
    return NULL;

  return g_strdup (token);
}

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
  g_autofree char *given = NULL;

  g_return_val_if_fail (body != NULL, FALSE);

  if (secret == NULL || *secret == '\0' || signature == NULL)
    return FALSE;

  right = reel_webhook_sign (secret, body);
  given = g_ascii_strdown (signature, -1);

  return strlen (given) == strlen (right) && equal_in_constant_time (given, right, strlen (right));
}
