#include "config.h"

#include "reel-money.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

/**
 * reel_money_from_decimal:
 * @text: (nullable): a decimal number of US dollars as JSON writes it ("0.05", "1e-1")
 *
 * Reads an amount, rounded half up to a whole micro-dollar.
 *
 * A price is listed only where it is a positive number: absent, malformed, negative and zero amounts, and ones that
 * round to nothing or do not fit, are %REEL_MONEY_NOT_LISTED, so that a paid run is never shown as free.
 *
 * Returns: micro-dollars, or %REEL_MONEY_NOT_LISTED
 */
ReelMoney
reel_money_from_decimal (const char *text)
{
  const char *at = text;
  char digits[40];
  guint n_digits = 0;
  gint64 point = 0; /* digits before the decimal point */
  gboolean seen_point = FALSE, seen_digit = FALSE;
  gint64 exponent = 0;
  ReelMoney amount = 0;

  if (text == NULL)
    return REEL_MONEY_NOT_LISTED;

  for (; g_ascii_isdigit (*at) || *at == '.'; at++) {
    if (*at == '.') {
      if (seen_point)
        return REEL_MONEY_NOT_LISTED;
      seen_point = TRUE;
      continue;
    }
    seen_digit = TRUE;
    if (n_digits == 0 && *at == '0') {
      if (seen_point)
        point--;
      continue;
    }
    if (n_digits < sizeof digits)
      digits[n_digits++] = *at;
    if (!seen_point)
      point++;
  }

  if (!seen_digit)
    return REEL_MONEY_NOT_LISTED;

  if (*at == 'e' || *at == 'E') {
    char *end = NULL;

    exponent = g_ascii_strtoll (at + 1, &end, 10);
    if (end == at + 1)
      return REEL_MONEY_NOT_LISTED;
    at = end;
  }

  if (*at != '\0' || n_digits == 0 || exponent > 1000 || exponent < -1000)
    return REEL_MONEY_NOT_LISTED;

  /* The amount is 0.d1d2d3… × 10^(point + exponent) dollars: six digits more are micro-dollars. */
  point += exponent + 6;
  if (point > 18)
    return REEL_MONEY_NOT_LISTED;

  for (gint64 i = 0; i < point; i++)
    amount = amount * 10 + (i < n_digits ? digits[i] - '0' : 0);
  if (point >= 0 && point < n_digits && digits[point] >= '5')
    amount++;

  return amount > 0 ? amount : REEL_MONEY_NOT_LISTED;
}

/**
 * reel_money_multiply:
 * @amount: micro-dollars, or %REEL_MONEY_NOT_LISTED
 * @factor: how often
 *
 * Multiplies an amount; a product that does not fit is not listed either.
 *
 * Returns: micro-dollars, or %REEL_MONEY_NOT_LISTED
 */
ReelMoney
reel_money_multiply (ReelMoney amount, guint factor)
{
  ReelMoney product;

  if (amount < 0 || __builtin_mul_overflow (amount, (ReelMoney)factor, &product))
    return REEL_MONEY_NOT_LISTED;

  return product;
}

/**
 * reel_money_format:
 * @amount: micro-dollars, not %REEL_MONEY_NOT_LISTED
 *
 * Writes an amount as a person reads it, with two decimals, or up to six where the amount has them.
 *
 * Returns: (transfer full): text such as "$0.50", in the style of the user's locale
 */
char *
reel_money_format (ReelMoney amount)
{
  const struct lconv *conventions = localeconv ();
  g_autofree char *number = NULL;
  char fraction[7];
  int length = 6;

  g_return_val_if_fail (amount >= 0, NULL);

  g_snprintf (fraction, sizeof fraction, "%06d", (int)(amount % REEL_MONEY_DOLLAR));
  while (length > 2 && fraction[length - 1] == '0')
    fraction[--length] = '\0';

  number =
      g_strdup_printf ("%" G_GINT64_FORMAT "%s%s", amount / REEL_MONEY_DOLLAR, conventions->decimal_point, fraction);

  /* Translators: an amount of US dollars; put the sign where your readers expect it. */
  return g_strdup_printf (_ ("$%s"), number);
}
