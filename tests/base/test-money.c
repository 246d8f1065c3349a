#include "config.h"

#include "reel-money.h"
#include "reel-test.h"

static void
test_from_decimal (void)
{
  static const struct
  {
    const char *text;
    ReelMoney amount;
  } cases[] = {
      {"0.05", 50000},
      {"0.1", 100000},
      {"0.10000000000000001", 100000},
      {"0.2", 200000},
      {"1", 1000000},
      {"12.345678", 12345678},
      {"0.0000005", 1},
      {"0.00000049", REEL_MONEY_NOT_LISTED},
      {"0.29999999999999999", 300000},
      {"5e-2", 50000},
      {"1E3", 1000000000},
      {"999999999999", G_GINT64_CONSTANT (999999999999000000)},
      {"1e13", REEL_MONEY_NOT_LISTED},
      {"1e400", REEL_MONEY_NOT_LISTED},
      {"1e-400", REEL_MONEY_NOT_LISTED},
      {"1e99999999999999999999", REEL_MONEY_NOT_LISTED},
      {"0", REEL_MONEY_NOT_LISTED},
      {"0.0", REEL_MONEY_NOT_LISTED},
      {"-0.1", REEL_MONEY_NOT_LISTED},
      {"", REEL_MONEY_NOT_LISTED},
      {".", REEL_MONEY_NOT_LISTED},
      {"1.2.3", REEL_MONEY_NOT_LISTED},
      {"free", REEL_MONEY_NOT_LISTED},
      {"0.1 USD", REEL_MONEY_NOT_LISTED},
      {"nan", REEL_MONEY_NOT_LISTED},
      {"inf", REEL_MONEY_NOT_LISTED},
      {"1e", REEL_MONEY_NOT_LISTED},
      {NULL, REEL_MONEY_NOT_LISTED},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s", cases[i].text);
    g_assert_cmpint (reel_money_from_decimal (cases[i].text), ==, cases[i].amount);
  }
}

static void
test_multiply (void)
{
  g_assert_cmpint (reel_money_multiply (100000, 5), ==, 500000);
  g_assert_cmpint (reel_money_multiply (REEL_MONEY_NOT_LISTED, 5), ==, REEL_MONEY_NOT_LISTED);
  g_assert_cmpint (reel_money_multiply (G_MAXINT64 / 2, 3), ==, REEL_MONEY_NOT_LISTED);
}

static void
test_format (void)
{
  static const struct
  {
    ReelMoney amount;
    const char *text;
  } cases[] = {
      {500000, "$0.50"},  {1000000, "$1.00"}, {1234567890000, "$1234567.89"},
      {12500, "$0.0125"}, {1, "$0.000001"},   {3100000, "$3.10"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = reel_money_format (cases[i].amount);

    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/money/from-decimal", test_from_decimal);
  g_test_add_func ("/money/multiply", test_multiply);
  g_test_add_func ("/money/format", test_format);

  return g_test_run ();
}
