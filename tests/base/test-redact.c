#include "config.h"

#include "reel-redact.h"

#include <string.h>

static void
assert_becomes (const char *text, const char *expected)
{
  g_autofree char *redacted = reel_redact (text);

  g_assert_cmpstr (redacted, ==, expected);
}

/* What a secret stands in, with the secret. */
static void
test_secrets (void)
{
  static const char *const texts[] = {
      "https://r2.example/v.mp4?X-Amz-Signature=SECRET",
      "https://r2.example/v.mp4#SECRET",
      "https://user:SECRET@r2.example/v.mp4",
      "see https://r2.example/v.mp4?sig=SECRET, then",
      "HTTPS://r2.example?SECRET",
      "{\"output\":{\"type\":\"video\",\"url\":\"https://r2.example/v.mp4?a=1&b=SECRET\"}}",
      "{\"url\":\"https:\\/\\/r2.example\\/v.mp4?a=1\\u0026b=SECRET\"}",
      "{\"url\":\"https:\\/\\/r2.example\\/v.mp4\\u003fb\\u003DSECRET\"}",
      "{\"url\":\"https:\\u002F\\u002Fr2.example/v?SECRET\"}",
      "{\"url\":\"https:\\/\\/user:SECRET\\u0040r2.example\\/v\"}",
      "https://r2.example/v?a=\\\\SECRET",
      "https://r2.example/v?a='SECRET",
      "https://r2.example/v?a=(SECRET)",
      "https://r2.example/\xc3\xa9?SECRET",
      "s3+https://r2.example/v?SECRET",
      "https://a.example/?https://b.example/?SECRET",
      "Invalid API key sd2_live_SECRET",
      "SD2_LIVE_SECRET",
      "key=sd2_SECRET;",
      "xsd2_SECRET",
      "Authorization: Bearer SECRET",
      "authorization:SECRET",
      "{\"Authorization\": \"Basic SECRET\"}",
      "{\\\"Authorization\\\":\\\"Token SECRET\\\"}",
      "AUTHORIZATION = SECRET",
      "Proxy-Authorization: Basic SECRET",
      "sent Bearer SECRETSECRETSECRET1 and",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *redacted = reel_redact (texts[i]);

    g_test_message ("%s: %s", texts[i], redacted);
    g_assert_null (strstr (redacted, "SECRET"));
  }
}

/* What is no secret stays as it is. */
static void
test_kept (void)
{
  static const char *const texts[] = {
      "",
      "A paper boat crosses a puddle. Is it at dawn? #1",
      "https://r2.example/open-api-results/req_1.mp4",
      "{\"url\":\"https:\\/\\/r2.example\\/v.mp4\",\"n\":1}",
      "16:9, http:, ://, a:b@c",
      "The bearer of light bears a torch",
      "authorization is missing",
      "sd2",
      "Th\xe1\xba\xadt\n\ttab",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_becomes (texts[i], texts[i]);
  g_assert_null (reel_redact (NULL));
}

static void
test_exact (void)
{
  assert_becomes ("{\"url\":\"https://a.example/v.mp4?sig=x\",\"n\":1}",
                  "{\"url\":\"https://a.example/v.mp4?(redacted)\",\"n\":1}");
  assert_becomes ("https://u:p@a.example/v", "https://a.example/v");
  assert_becomes ("https://a.example/x@y", "https://a.example/x@y");
  assert_becomes ("Invalid key sd2_live_1, sorry", "Invalid key sd2_(redacted), sorry");
  assert_becomes ("Authorization: Bearer x\nHost: a", "Authorization: (redacted)\nHost: a");
  assert_becomes ("{\"authorization\":\"x y\",\"n\":1}", "{\"authorization\":\"(redacted)\",\"n\":1}");
  assert_becomes ("bad \xff utf", "bad \xef\xbf\xbd utf");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/redact/secrets", test_secrets);
  g_test_add_func ("/redact/kept", test_kept);
  g_test_add_func ("/redact/exact", test_exact);

  return g_test_run ();
}
