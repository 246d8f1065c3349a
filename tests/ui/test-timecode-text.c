#include "config.h"

#include "reel-timecode-text.h"

static void
assert_code (gint64 time, double rate, const char *expected)
{
  g_autofree char *text = reel_timecode_text_make (time, rate);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_spoken (gint64 time, double rate, const char *expected)
{
  g_autofree char *text = reel_timecode_text_make_spoken (time, rate);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_code (void)
{
  assert_code (0, 24, "0:00:00:00");
  assert_code (-1, 24, "0:00:00:00");
  assert_code (2 * G_USEC_PER_SEC + 13 * G_USEC_PER_SEC / 24, 24, "0:00:02:13");
  assert_code (999999, 24, "0:00:01:00");
  assert_code (5 * G_USEC_PER_SEC, 24, "0:00:05:00");
  assert_code (61 * G_USEC_PER_SEC, 30, "0:01:01:00");
  assert_code ((gint64)(36000 + 59 * 60 + 59) * G_USEC_PER_SEC + 980000, 60, "10:59:59:58");
  assert_code (500000, 120, "0:00:00:60");
  assert_code (900000, 120, "0:00:00:108");
}

/* Each frame has a code of its own, one after the other, wherever its time is rounded to. */
static void
test_each_frame (void)
{
  const double rates[] = {24, 24000 / 1001.0, 25, 30000 / 1001.0, 30, 50, 60000 / 1001.0, 60};

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++) {
    int seconds = 0, frames = -1;

    for (int frame = 0; frame < 4000; frame++) {
      gint64 exact = (gint64)(frame * (double)G_USEC_PER_SEC / rates[i]);
      g_autofree char *code = NULL;

      frames++;
      if (frame >= (seconds + 1) * rates[i] - 1e-3) {
        seconds++;
        frames = 0;
      }
      code = g_strdup_printf ("0:%02d:%02d:%02d", seconds / 60, seconds % 60, frames);
      assert_code (exact, rates[i], code);
      assert_code (exact + 1, rates[i], code);
      assert_code (exact + (gint64)(G_USEC_PER_SEC / rates[i] * 0.9), rates[i], code);
    }
  }
}

static void
test_spoken (void)
{
  assert_spoken (0, 24, "0 seconds");
  assert_spoken (G_USEC_PER_SEC / 24, 24, "1 frame");
  assert_spoken (G_USEC_PER_SEC, 24, "1 second");
  assert_spoken (2 * G_USEC_PER_SEC + 13 * G_USEC_PER_SEC / 24, 24, "2 seconds, 13 frames");
  assert_spoken (60 * G_USEC_PER_SEC, 24, "1 minute");
  assert_spoken ((gint64)3661 * G_USEC_PER_SEC + 500000, 24, "1 hour, 1 minute, 1 second, 12 frames");
  assert_spoken ((gint64)7320 * G_USEC_PER_SEC, 24, "2 hours, 2 minutes");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/timecode-text/code", test_code);
  g_test_add_func ("/ui/timecode-text/each-frame", test_each_frame);
  g_test_add_func ("/ui/timecode-text/spoken", test_spoken);

  return g_test_run ();
}
