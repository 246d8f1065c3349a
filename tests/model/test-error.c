#include "config.h"

#include "reel-error.h"
#include "reel-test.h"

static void
test_service (void)
{
  g_autoptr (GError) error = reel_error_new_service (REEL_ERROR_RATE_LIMITED, 429, "rate_limited", "Too many", 30);
  g_autoptr (GError) copy = g_error_copy (error);

  g_clear_error (&error);

  g_assert_error (copy, REEL_ERROR, REEL_ERROR_RATE_LIMITED);
  g_assert_true (reel_error_was_sent (copy));
  g_assert_cmpuint (reel_error_get_http_status (copy), ==, 429);
  g_assert_cmpstr (reel_error_get_service_code (copy), ==, "rate_limited");
  g_assert_cmpstr (reel_error_get_service_message (copy), ==, "Too many");
  g_assert_cmpint (reel_error_get_retry_after (copy), ==, 30);
}

static void
test_network (void)
{
  g_autoptr (GError) before = reel_error_new_network (REEL_ERROR_UNREACHABLE, FALSE, "refused");
  g_autoptr (GError) after = reel_error_new_network (REEL_ERROR_BROKEN, TRUE, "reset");
  g_autoptr (GError) foreign = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "foreign");

  g_assert_false (reel_error_was_sent (before));
  g_assert_true (reel_error_was_sent (after));
  g_assert_cmpint (reel_error_get_retry_after (after), ==, -1);
  g_assert_null (reel_error_get_service_code (after));

  g_assert_false (reel_error_was_sent (foreign));
  g_assert_false (reel_error_was_sent (NULL));
  g_assert_cmpuint (reel_error_get_http_status (foreign), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/error/service", test_service);
  g_test_add_func ("/error/network", test_network);

  return g_test_run ();
}
