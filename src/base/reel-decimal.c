#include "config.h"

#include "reel-decimal.h"

#include <string.h>

/* What a number may have of digits on either side of its point: no credits need more, and a sum stays short. */
#define MAX_DIGITS 60

/* A decimal number: its digits without the point, the most significant first, of which the last @scale stand behind the
 * point. Zero has no digits before its scale. */
typedef struct
{
  gboolean negative;
  GString *digits;
  guint scale;
} Decimal;

static void
decimal_clear (Decimal *self)
{
  if (self->digits != NULL)
    g_string_free (g_steal_pointer (&self->digits), TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Decimal, decimal_clear)

static void
add_zeros (GString *digits, guint n)
{
  while (n-- > 0)
    g_string_append_c (digits, '0');
}

/* Moves the point to the right by @exponent digits, to the left where that is negative. */
static gboolean
shift (Decimal *self, gint64 exponent)
{
  gint64 scale = (gint64)self->scale - exponent;

  if (scale > MAX_DIGITS || scale < -MAX_DIGITS)
    return FALSE;

  if (scale < 0)
    add_zeros (self->digits, (guint)-scale);
  self->scale = (guint)MAX (scale, 0);

  return TRUE;
}

static gboolean
parse (const char *text, Decimal *self)
{
  const char *at = text;
  gboolean seen_digit = FALSE, seen_point = FALSE;
  gint64 exponent = 0;

  self->digits = g_string_new (NULL);
  self->scale = 0;
  self->negative = *at == '-';
  if (self->negative)
    at++;

  for (; g_ascii_isdigit (*at) || (*at == '.' && !seen_point); at++) {
    if (*at == '.') {
      seen_point = TRUE;
      continue;
    }
    seen_digit = TRUE;
    if (seen_point)
      self->scale++;
    if (self->digits->len > 0 || *at != '0' || seen_point)
      g_string_append_c (self->digits, *at);
    if (self->digits->len > 2 * MAX_DIGITS)
      return FALSE;
  }
  if (!seen_digit)
    return FALSE;

  if (*at == 'e' || *at == 'E') {
    char *end = NULL;

    if (!g_ascii_isdigit (at[1]) && !((at[1] == '-' || at[1] == '+') && g_ascii_isdigit (at[2])))
      return FALSE;
    exponent = g_ascii_strtoll (at + 1, &end, 10);
    at = end;
  }

  return *at == '\0' && exponent > -1000 && exponent < 1000 && shift (self, exponent) &&
         self->digits->len <= 2 * MAX_DIGITS;
}

/* Gives both the same scale and the same number of digits. */
static void
align (Decimal *one, Decimal *other)
{
  Decimal *shorter = one->scale < other->scale ? one : other;

  add_zeros (shorter->digits, one->scale > other->scale ? one->scale - other->scale : other->scale - one->scale);
  one->scale = other->scale = MAX (one->scale, other->scale);

  shorter = one->digits->len < other->digits->len ? one : other;
  while (one->digits->len != other->digits->len)
    g_string_prepend_c (shorter->digits, '0');
}

/* @larger plus or minus @smaller, digit by digit, in place. */
static void
combine (GString *larger, const GString *smaller, int sign)
{
  int carry = 0;

  for (gsize i = larger->len; i-- > 0;) {
    int digit = larger->str[i] - '0' + sign * (smaller->str[i] - '0') + carry;

    carry = digit > 9 ? 1 : digit < 0 ? -1 : 0;
    larger->str[i] = (char)('0' + digit - 10 * carry);
  }
  if (carry > 0)
    g_string_prepend_c (larger, '1');
}

static char *
to_text (const Decimal *self)
{
  GString *text = g_string_new (self->digits->str);
  gsize zeros;

  while (text->len <= self->scale)
    g_string_prepend_c (text, '0');
  if (self->scale > 0) {
    g_string_insert_c (text, (gssize)(text->len - self->scale), '.');
    while (g_str_has_suffix (text->str, "0"))
      g_string_truncate (text, text->len - 1);
    if (g_str_has_suffix (text->str, "."))
      g_string_truncate (text, text->len - 1);
  }

  zeros = strspn (text->str, "0");
  if (zeros == text->len || text->str[zeros] == '.')
    zeros--;
  g_string_erase (text, 0, (gssize)zeros);
  if (self->negative && !g_str_equal (text->str, "0"))
    g_string_prepend_c (text, '-');

  return g_string_free (text, FALSE);
}

/**
 * reel_decimal_is_valid:
 * @text: (nullable): a number as JSON writes it ("40", "12.5", "1e2")
 *
 * Tells whether a text is a decimal number that can be added.
 */
gboolean
reel_decimal_is_valid (const char *text)
{
  g_auto (Decimal) number = {0};

  return text != NULL && parse (text, &number);
}

/**
 * reel_decimal_add:
 * @sum: (inout) (nullable): a sum, %NULL for nothing yet
 * @term: a number as JSON writes it
 *
 * Adds a number exactly: no binary fraction comes between.
 *
 * Returns: whether @term is a number of a sensible length; @sum stays as it is where it is not
 */
gboolean
reel_decimal_add (char **sum, const char *term)
{
  g_auto (Decimal) one = {0};
  g_auto (Decimal) other = {0};

  g_return_val_if_fail (sum != NULL && term != NULL, FALSE);

  if (!parse (*sum != NULL ? *sum : "0", &one) || !parse (term, &other))
    return FALSE;

  align (&one, &other);
  if (one.negative == other.negative) {
    combine (one.digits, other.digits, 1);
  } else if (strcmp (one.digits->str, other.digits->str) >= 0) {
    combine (one.digits, other.digits, -1);
  } else {
    combine (other.digits, one.digits, -1);
    one.negative = other.negative;
    g_string_assign (one.digits, other.digits->str);
  }

  g_free (*sum);
  *sum = to_text (&one);

  return TRUE;
}
