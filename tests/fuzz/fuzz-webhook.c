/* A webhook as it comes in: the secret, the signature, and the body from the third line on. */

#include "config.h"

#include "fuzz-support.h"

#include "reel-codec.h"
#include "reel-webhook.h"

#include <string.h>

static char *
take_line (const uint8_t **data, size_t *size)
{
  const uint8_t *end = *size > 0 ? memchr (*data, '\n', *size) : NULL;
  size_t length = end != NULL ? (size_t)(end - *data) : *size;
  char *line = fuzz_dup_text (*data, length);

  if (end != NULL)
    length++;
  *data += length;
  *size -= length;

  return line;
}

/* Whether the signature is the right one, by another way of saying so. */
static gboolean
is_right (const char *secret, GBytes *body, const char *signature)
{
  g_autoptr (GHmac) hmac = NULL;

  if (*secret == '\0')
    return FALSE;

  hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *)secret, strlen (secret));
  g_hmac_update (hmac, g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  return g_ascii_strcasecmp (g_hmac_get_string (hmac), signature) == 0;
}

static void
check_signature (const char *secret, GBytes *body)
{
  g_autofree char *signature = reel_webhook_sign (secret, body);
  g_autofree char *cut = g_strndup (signature, 63);
  g_autoptr (GByteArray) longer = g_byte_array_new ();
  g_autoptr (GBytes) other = NULL;

  g_assert_cmpuint (strlen (signature), ==, 64);
  g_assert_cmpuint (strspn (signature, "0123456789abcdef"), ==, 64);
  g_assert_true (reel_webhook_verify (secret, body, signature));
  g_assert_false (reel_webhook_verify (secret, body, cut));
  g_assert_false (reel_webhook_verify (NULL, body, signature));
  g_assert_false (reel_webhook_verify ("", body, signature));

  g_byte_array_append (longer, g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_byte_array_append (longer, (const guint8 *)" ", 1);
  other = g_byte_array_free_to_bytes (g_steal_pointer (&longer));
  g_assert_false (reel_webhook_verify (secret, other, signature));

  signature[g_bytes_get_size (body) % 64] ^= 1;
  g_assert_false (reel_webhook_verify (secret, body, signature));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *secret = take_line (&data, &size);
  g_autofree char *signature = take_line (&data, &size);
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelGeneration) generation = reel_codec_decode_generation (body, &error);

  g_assert_true (reel_webhook_verify (secret, body, signature) == is_right (secret, body, signature));
  if (*secret != '\0')
    check_signature (secret, body);

  fuzz_check_answer (generation, error);
  if (generation != NULL)
    fuzz_check_generation (generation, body);

  return 0;
}
