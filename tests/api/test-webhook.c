#include "config.h"

#include "reel-webhook.h"
#include "reel-test.h"

#include <string.h>

static GBytes *
make_bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

/* RFC 4231, test case 2. */
static void
test_sign (void)
{
  g_autoptr (GBytes) body = make_bytes ("what do ya want for nothing?");
  g_autofree char *signature = reel_webhook_sign ("Jefe", body);

  g_assert_cmpstr (signature, ==, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

static void
test_verify (void)
{
  g_autoptr (GBytes) body = make_bytes ("{\"success\": true}\n");
  g_autoptr (GBytes) other = make_bytes ("{\"success\": true}");
  g_autofree char *signature = reel_webhook_sign ("secret", body);
  g_autofree char *upper = g_ascii_strup (signature, -1);
  g_autofree char *longer = g_strconcat (signature, "00", NULL);

  g_assert_true (reel_webhook_verify ("secret", body, signature));
  g_assert_true (reel_webhook_verify ("secret", body, upper));
  g_assert_false (reel_webhook_verify ("secret", other, signature));
  g_assert_false (reel_webhook_verify ("Secret", body, signature));
  g_assert_false (reel_webhook_verify ("secret", body, longer));
  g_assert_false (reel_webhook_verify ("secret", body, ""));
  g_assert_false (reel_webhook_verify ("secret", body, NULL));
  g_assert_false (reel_webhook_verify (NULL, body, signature));
  g_assert_false (reel_webhook_verify ("", body, signature));

  for (gsize i = 0; signature[i] != '\0'; i++) {
    char was = signature[i];

    signature[i] = was == '0' ? '1' : '0';
    g_assert_false (reel_webhook_verify ("secret", body, signature));
    signature[i] = was;
  }
}

/* The body counts byte by byte, also with a NUL in it. */
static void
test_exact_body (void)
{
  g_autoptr (GBytes) one = g_bytes_new_static ("a\0b", 3);
  g_autoptr (GBytes) other = g_bytes_new_static ("a\0c", 3);
  g_autofree char *signature = reel_webhook_sign ("secret", one);

  g_assert_true (reel_webhook_verify ("secret", one, signature));
  g_assert_false (reel_webhook_verify ("secret", other, signature));
}

static void
test_token (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 1000; i++) {
    char *token = reel_webhook_make_token ();
    g_autofree char *path = g_strconcat (REEL_WEBHOOK_PATH, token, NULL);
    g_autofree char *parsed = reel_webhook_parse_path (path);

    g_assert_cmpstr (parsed, ==, token);
    g_assert_true (g_hash_table_add (seen, token));
  }
}

static void
test_tokens_equal (void)
{
  const char *token = "0123456789abcdef0123456789abcdef";
  g_autofree char *other = g_strdup (token);

  g_assert_true (reel_webhook_tokens_equal (token, other));
  for (guint i = 0; i < REEL_WEBHOOK_TOKEN_LENGTH; i++) {
    other[i] ^= 1;
    g_assert_false (reel_webhook_tokens_equal (token, other));
    other[i] ^= 1;
  }
  g_assert_false (reel_webhook_tokens_equal (token, NULL));
  g_assert_false (reel_webhook_tokens_equal (NULL, NULL));
  g_assert_false (reel_webhook_tokens_equal ("", ""));
  g_assert_false (reel_webhook_tokens_equal ("0123", "0123"));
}

static void
test_url (void)
{
  static const char *const bases[] = {"https://hooks.example.com", "https://hooks.example.com/",
                                      "https://hooks.example.com//"};

  for (guint i = 0; i < G_N_ELEMENTS (bases); i++) {
    g_autofree char *url = reel_webhook_make_url (bases[i], "0123456789abcdef0123456789abcdef");

    g_assert_cmpstr (url, ==, "https://hooks.example.com/webhooks/0123456789abcdef0123456789abcdef");
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/webhook/sign", test_sign);
  g_test_add_func ("/webhook/verify", test_verify);
  g_test_add_func ("/webhook/exact-body", test_exact_body);

  g_test_add_func ("/webhook/token", test_token);
  g_test_add_func ("/webhook/tokens-equal", test_tokens_equal);
  g_test_add_func ("/webhook/url", test_url);

  return g_test_run ();
}
