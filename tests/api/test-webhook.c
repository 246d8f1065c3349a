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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/webhook/sign", test_sign);
  g_test_add_func ("/webhook/verify", test_verify);
  g_test_add_func ("/webhook/exact-body", test_exact_body);

  return g_test_run ();
}
