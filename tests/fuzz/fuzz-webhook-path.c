/* The path of a request to the receiver of webhooks, and the token in it. */

#include "config.h"

#include "fuzz-support.h"

#include "reel-webhook.h"

#include <string.h>

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *path = fuzz_dup_text (data, size);
  g_autofree char *token = reel_webhook_parse_path (path);
  g_autofree char *other = NULL;
  g_autofree char *url = NULL;

  g_assert_true (reel_webhook_tokens_equal (path, path) == (strlen (path) == REEL_WEBHOOK_TOKEN_LENGTH));
  if (token == NULL)
    return 0;

  /* What is taken is the one spelling of it, from the first byte to the last. */
  g_assert_cmpuint (strlen (token), ==, REEL_WEBHOOK_TOKEN_LENGTH);
  g_assert_cmpuint (strspn (token, "0123456789abcdef"), ==, REEL_WEBHOOK_TOKEN_LENGTH);
  url = reel_webhook_make_url ("https://hooks.example.com/", token);
  g_assert_cmpstr (url + strlen ("https://hooks.example.com"), ==, path);

  other = g_strdup (token);
  other[size % REEL_WEBHOOK_TOKEN_LENGTH] ^= 1;
  g_assert_true (reel_webhook_tokens_equal (token, token));
  g_assert_false (reel_webhook_tokens_equal (token, other));

  return 0;
}
