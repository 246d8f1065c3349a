#include "config.h"

#include <glib.h>

#include "reel-time-text.h"

/* The tests run in UTC: 2026-03-04 12:00:00. */
#define NOW    (G_GINT64_CONSTANT (1772625600) * G_TIME_SPAN_SECOND)
#define DAY    (24 * 3600 * G_TIME_SPAN_SECOND)
#define MINUTE (60 * G_TIME_SPAN_SECOND)

static void
assert_text (char *text, const char *expected)
{
  g_autofree char *taken = text;

  g_assert_cmpstr (taken, ==, expected);
}

static void
test_elapsed (void)
{
  assert_text (reel_time_text_make_elapsed (0), "0:00");
  assert_text (reel_time_text_make_elapsed (42 * G_TIME_SPAN_SECOND), "0:42");
  assert_text (reel_time_text_make_elapsed (G_TIME_SPAN_MINUTE - 1), "0:59");
  assert_text (reel_time_text_make_elapsed (10 * G_TIME_SPAN_MINUTE), "10:00");
  assert_text (reel_time_text_make_elapsed (G_TIME_SPAN_HOUR + 2 * G_TIME_SPAN_MINUTE + 3 * G_TIME_SPAN_SECOND),
               "1:02:03");
  assert_text (reel_time_text_make_elapsed (30 * G_TIME_SPAN_HOUR), "30:00:00");
  /* A clock that was set back. */
  assert_text (reel_time_text_make_elapsed (-5 * G_TIME_SPAN_SECOND), "0:00");
}

static void
test_relative (void)
{
  assert_text (reel_time_text_make_relative (NOW, NOW), "Just now");
  assert_text (reel_time_text_make_relative (NOW - MINUTE + 1, NOW), "Just now");
  assert_text (reel_time_text_make_relative (NOW - MINUTE, NOW), "1 minute ago");
  assert_text (reel_time_text_make_relative (NOW - 59 * MINUTE, NOW), "59 minutes ago");
  assert_text (reel_time_text_make_relative (NOW - 60 * MINUTE, NOW), "11:00");
  assert_text (reel_time_text_make_relative (NOW - 3 * DAY, NOW), "12:00");
  assert_text (reel_time_text_make_relative (NOW + MINUTE, NOW), "12:01");
}

static void
test_day (void)
{
  assert_text (reel_time_text_make_day (NOW, NOW), "Today");
  assert_text (reel_time_text_make_day (NOW - 12 * 60 * MINUTE, NOW), "Today");
  assert_text (reel_time_text_make_day (NOW - 12 * 60 * MINUTE - 1, NOW), "Yesterday");
  assert_text (reel_time_text_make_day (NOW - DAY, NOW), "Yesterday");
  assert_text (reel_time_text_make_day (NOW - 2 * DAY, NOW), "Monday, 2 March");
  assert_text (reel_time_text_make_day (NOW - 365 * DAY, NOW), "4 March 2025");
  assert_text (reel_time_text_make_day (NOW + DAY, NOW), "Thursday, 5 March");
  g_assert_cmpint (reel_time_text_get_day (NOW), ==, reel_time_text_get_day (NOW - 12 * 60 * MINUTE));
  g_assert_cmpint (reel_time_text_get_day (NOW) - reel_time_text_get_day (NOW - DAY), ==, 1);
}

static void
test_exact (void)
{
  assert_text (reel_time_text_make_exact (NOW + 5 * G_TIME_SPAN_SECOND), "4 March 2026, 12:00:05");
  assert_text (reel_time_text_make_clock (NOW + 5 * G_TIME_SPAN_SECOND), "12:00:05");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/time-text/elapsed", test_elapsed);
  g_test_add_func ("/ui/time-text/relative", test_relative);
  g_test_add_func ("/ui/time-text/day", test_day);
  g_test_add_func ("/ui/time-text/exact", test_exact);

  return g_test_run ();
}
