#include "config.h"

#include "reel-decimal.h"

static void
assert_sum (const char *terms, const char *expected)
{
  g_auto (GStrv) parts = g_strsplit (terms, " ", -1);
  g_autofree char *sum = NULL;

  for (guint i = 0; parts[i] != NULL; i++)
    g_assert_true (reel_decimal_add (&sum, parts[i]));
  g_assert_cmpstr (sum, ==, expected);
}

static void
test_sums (void)
{
  assert_sum ("40", "40");
  assert_sum ("0", "0");
  assert_sum ("-0", "0");
  assert_sum ("0.0", "0");
  assert_sum ("40 0.5", "40.5");
  assert_sum ("0.1 0.2", "0.3");
  assert_sum ("0.05 0.05", "0.1");
  assert_sum ("9 1", "10");
  assert_sum ("99.99 0.01", "100");
  assert_sum ("1e2 1E-2", "100.01");
  assert_sum ("1.5e1 5", "20");
  assert_sum ("0e5 7", "7");
  assert_sum ("10 -2.5", "7.5");
  assert_sum ("2.5 -10", "-7.5");
  assert_sum ("-1 -1", "-2");
  assert_sum ("5 -5", "0");
  assert_sum ("100 -99.5 0.25", "0.75");
  assert_sum ("007 1", "8");
  assert_sum ("9007199254740993 0.1", "9007199254740993.1");
  assert_sum ("123456789012345678901234567890 1", "123456789012345678901234567891");
  assert_sum ("0.00000000000000000001 1", "1.00000000000000000001");
}

/* Ten thousand tenths are a thousand. */
static void
test_many (void)
{
  g_autofree char *sum = NULL;

  for (guint i = 0; i < 10000; i++)
    g_assert_true (reel_decimal_add (&sum, "0.1"));
  g_assert_cmpstr (sum, ==, "1000");
}

static void
test_refused (void)
{
  static const char *const texts[] = {"",       "-",  ".",  "x",   "1x",   "1.2.3", "1e",       "1e+",
                                      "+1",     " 1", "1 ", "1,5", "0x10", "NaN",   "Infinity", "1e999999999999",
                                      "1e-500", "--1"};
  g_autofree char *sum = g_strdup ("7"), *endless = g_strnfill (100000, '9');

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_test_message ("%s", texts[i]);
    g_assert_false (reel_decimal_is_valid (texts[i]));
    g_assert_false (reel_decimal_add (&sum, texts[i]));
  }
  g_assert_false (reel_decimal_add (&sum, endless));
  g_assert_false (reel_decimal_is_valid (NULL));
  g_assert_cmpstr (sum, ==, "7");
  g_assert_true (reel_decimal_is_valid ("40"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/decimal/sums", test_sums);
  g_test_add_func ("/decimal/many", test_many);
  g_test_add_func ("/decimal/refused", test_refused);

  return g_test_run ();
}
