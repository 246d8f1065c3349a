#include "config.h"

#include "reel-test.h"
#include "reel-uri.h"

#include <string.h>

static void
test_public (void)
{
  static const struct
  {
    const char *uri;
    ReelUriProblem problem;
  } cases[] = {
      {"https://example.com/a.jpg", REEL_URI_OK},
      {"https://example.com:8443/a.jpg?x=1", REEL_URI_OK},
      {"https://8.8.8.8/a.png", REEL_URI_OK},
      {"https://[2606:4700::1111]/a.png", REEL_URI_OK},
      {"https://ví-dụ.vn/ảnh.jpg", REEL_URI_OK},
      {"http://example.com/a.jpg", REEL_URI_NOT_HTTPS},
      {"file:///etc/passwd", REEL_URI_MALFORMED},
      {"ftp://example.com/a.jpg", REEL_URI_NOT_HTTPS},
      {"data:image/png;base64,AAAA", REEL_URI_MALFORMED},
      {"example.com/a.jpg", REEL_URI_MALFORMED},
      {"https://", REEL_URI_MALFORMED},
      {"https:///a.jpg", REEL_URI_MALFORMED},
      {"", REEL_URI_MALFORMED},
      {NULL, REEL_URI_MALFORMED},
      {"https://exa mple.com/", REEL_URI_MALFORMED},
      {"https://example.com/a\nb", REEL_URI_MALFORMED},
      {"https://user:pass@example.com/a.jpg", REEL_URI_CREDENTIALS},
      {"https://user:p@ss@example.com/a.jpg", REEL_URI_MALFORMED},
      {"https://example.com%40127.0.0.1/a.jpg", REEL_URI_MALFORMED},
      {"https://127.0.0.1%2fexample.com/a.jpg", REEL_URI_MALFORMED},
      {"https://example.com\\@127.0.0.1/a.jpg", REEL_URI_CREDENTIALS},
      {"https://localhost/a.jpg", REEL_URI_PRIVATE},
      {"https://LOCALHOST./a.jpg", REEL_URI_PRIVATE},
      {"https://printer.local/a.jpg", REEL_URI_PRIVATE},
      {"https://intranet/a.jpg", REEL_URI_PRIVATE},
      {"https://127.0.0.1/a.jpg", REEL_URI_PRIVATE},
      {"https://127.1/a.jpg", REEL_URI_PRIVATE},
      {"https://0x7f000001/a.jpg", REEL_URI_PRIVATE},
      {"https://2130706433/a.jpg", REEL_URI_PRIVATE},
      {"https://0177.0.0.1/a.jpg", REEL_URI_PRIVATE},
      {"https://10.1.2.3/a.jpg", REEL_URI_PRIVATE},
      {"https://172.16.0.1/a.jpg", REEL_URI_PRIVATE},
      {"https://172.32.0.1/a.jpg", REEL_URI_OK},
      {"https://192.168.1.1/a.jpg", REEL_URI_PRIVATE},
      {"https://169.254.169.254/latest", REEL_URI_PRIVATE},
      {"https://0.0.0.0/a.jpg", REEL_URI_PRIVATE},
      {"https://[::1]/a.jpg", REEL_URI_PRIVATE},
      {"https://[::]/a.jpg", REEL_URI_PRIVATE},
      {"https://[fe80::1]/a.jpg", REEL_URI_PRIVATE},
      {"https://[fc00::1]/a.jpg", REEL_URI_PRIVATE},
      {"https://[fd12::1]/a.jpg", REEL_URI_PRIVATE},
      {"https://[::ffff:10.0.0.1]/a.jpg", REEL_URI_PRIVATE},
      {"https://[64:ff9b::a00:1]/a.jpg", REEL_URI_PRIVATE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s", cases[i].uri);
    g_assert_cmpint (reel_uri_check_public (cases[i].uri), ==, cases[i].problem);
  }
}

static void
test_service (void)
{
  g_assert_cmpint (reel_uri_check_service ("https://www.seedance2.ink"), ==, REEL_URI_OK);
  g_assert_cmpint (reel_uri_check_service ("https://10.0.0.2:8443/base"), ==, REEL_URI_OK);
  g_assert_cmpint (reel_uri_check_service ("http://127.0.0.1:1234"), ==, REEL_URI_OK);
  g_assert_cmpint (reel_uri_check_service ("http://[::1]:1234"), ==, REEL_URI_OK);
  g_assert_cmpint (reel_uri_check_service ("http://localhost:1234"), ==, REEL_URI_OK);
  g_assert_cmpint (reel_uri_check_service ("http://example.com"), ==, REEL_URI_NOT_HTTPS);
  g_assert_cmpint (reel_uri_check_service ("http://127.0.0.1.example.com"), ==, REEL_URI_NOT_HTTPS);
  g_assert_cmpint (reel_uri_check_service ("http://localhost.example.com"), ==, REEL_URI_NOT_HTTPS);
  g_assert_cmpint (reel_uri_check_service ("https://user@example.com"), ==, REEL_URI_CREDENTIALS);
  g_assert_cmpint (reel_uri_check_service ("nonsense"), ==, REEL_URI_MALFORMED);
  g_assert_cmpint (reel_uri_check_service ("https://\xff\xfe/"), ==, REEL_URI_MALFORMED);
}

static void
test_proxy (void)
{
  static const struct
  {
    const char *uri;
    ReelUriProblem problem;
  } cases[] = {
      {"http://proxy.example.com:8080", REEL_URI_OK},
      {"HTTP://proxy.example.com:8080", REEL_URI_OK},
      {"http://proxy.example.com:80", REEL_URI_OK},
      {"http://10.0.0.1:3128", REEL_URI_OK},
      {"socks5://127.0.0.1:1080", REEL_URI_OK},
      {"socks5://[::1]:1080", REEL_URI_OK},
      {"https://proxy.example.com:8080", REEL_URI_NOT_PROXY},
      {"socks4://127.0.0.1:1080", REEL_URI_NOT_PROXY},
      {"direct://127.0.0.1:1", REEL_URI_NOT_PROXY},
      {"http://me:secret@proxy.example.com:8080", REEL_URI_CREDENTIALS},
      {"socks5://me@127.0.0.1:1080", REEL_URI_CREDENTIALS},
      {"http://proxy.example.com", REEL_URI_NO_PORT},
      {"socks5://proxy.example.com", REEL_URI_NO_PORT},
      {"http://[::1]", REEL_URI_NO_PORT},
      {"http://proxy.example.com:0", REEL_URI_NO_PORT},
      {"http://proxy.example.com:8080/", REEL_URI_OK},
      {"http://proxy.example.com:8080/pac", REEL_URI_PATH},
      {"http://proxy.example.com:8080?x", REEL_URI_PATH},
      {"http://proxy.example.com:99999", REEL_URI_MALFORMED},
      {"proxy.example.com:8080", REEL_URI_MALFORMED},
      {"http://:8080", REEL_URI_MALFORMED},
      {"", REEL_URI_MALFORMED},
      {NULL, REEL_URI_MALFORMED},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s", cases[i].uri);
    g_assert_cmpint (reel_uri_check_proxy (cases[i].uri), ==, cases[i].problem);
  }
}

static void
test_origin (void)
{
  g_assert_true (reel_uri_same_origin ("https://a.example/x", "https://A.example:443/y"));
  g_assert_false (reel_uri_same_origin ("https://a.example/x", "http://a.example/x"));
  g_assert_false (reel_uri_same_origin ("https://a.example/x", "https://b.example/x"));
  g_assert_false (reel_uri_same_origin ("https://a.example/x", "https://a.example:8443/x"));
  g_assert_false (reel_uri_same_origin ("nonsense", "nonsense"));
}

static void
test_redact (void)
{
  g_autofree char *one = reel_uri_redact ("https://user:secret@a.example/v.mp4?signature=secret#secret");
  g_autofree char *other = reel_uri_redact ("nonsense secret");
  g_autofree char *at = reel_uri_redact ("https://user:p@secret@a.example/v.mp4");

  g_assert_null (strstr (one, "secret"));
  g_assert_nonnull (strstr (one, "a.example"));
  g_assert_null (strstr (other, "secret"));
  g_assert_null (strstr (at, "secret"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/uri/public", test_public);
  g_test_add_func ("/uri/service", test_service);
  g_test_add_func ("/uri/proxy", test_proxy);
  g_test_add_func ("/uri/origin", test_origin);
  g_test_add_func ("/uri/redact", test_redact);

  return g_test_run ();
}
