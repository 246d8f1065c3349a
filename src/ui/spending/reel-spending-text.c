#include "config.h"

#include "reel-spending-text.h"

#include <glib/gi18n-lib.h>

static char *
format (gint64 time, const char *pattern)
{
  g_autoptr (GDateTime) local = g_date_time_new_from_unix_local_usec (time);

  return local != NULL ? g_date_time_format (local, pattern) : g_strdup ("");
}

/* Adds a part, if there is one. Takes it. */
static void
take_part (GString *line, const char *separator, char *part)
{
  g_autofree char *taken = part;

  if (taken == NULL)
    return;
  if (line->len > 0)
    g_string_append (line, separator);
  g_string_append (line, taken);
}

static char *
make_requests (guint n)
{
  return n > 0 ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u request", "%u requests", n), n) : NULL;
}

static char *
make_videos (guint n)
{
  return n > 0 ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u video", "%u videos", n), n) : NULL;
}

static char *
make_not_said (guint n)
{
  return n > 0 ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u charge not said", "%u charges not said", n), n)
               : NULL;
}

static char *
make_not_listed (guint n)
{
  return n > 0 ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u price not listed", "%u prices not listed", n), n)
               : NULL;
}

static char *
make_charge (const ReelLedgerSum *sum)
{
  guint64 n = 2;

  if (sum->charged == NULL)
    return NULL;

  g_ascii_string_to_unsigned (sum->charged, 10, 0, G_MAXUINT, &n, NULL);

  /* Translators: %s is a sum of numbers as the service wrote them. */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s credit charged", "%s credits charged", (gulong)n),
                          sum->charged);
}

/**
 * reel_spending_text_make_amount:
 * @sum: what some jobs cost
 *
 * Writes what the accepted requests were estimated at. A price that was not listed is never shown as nothing.
 *
 * Returns: (transfer full): an amount, "Price not listed", or a dash where nothing was accepted
 */
char *
reel_spending_text_make_amount (const ReelLedgerSum *sum)
{
  g_return_val_if_fail (sum != NULL, NULL);

  if (sum->n_accepted == 0)
    return g_strdup ("—");
  if (sum->n_not_listed == sum->n_accepted)
    return g_strdup (_ ("Price not listed"));

  return reel_money_format (sum->estimated);
}

/**
 * reel_spending_text_make_details:
 * @sum: what some jobs cost
 *
 * Writes how many requests were accepted, how many videos came of them, and what the service said that it charged.
 *
 * Returns: (transfer full): text such as "12 requests · 11 videos · 480 credits charged", perhaps empty
 */
char *
reel_spending_text_make_details (const ReelLedgerSum *sum)
{
  GString *line = g_string_new (NULL);

  g_return_val_if_fail (sum != NULL, g_string_free (line, FALSE));

  take_part (line, " · ", make_requests (sum->n_accepted));
  take_part (line, " · ", make_videos (sum->n_made));
  take_part (line, " · ", make_charge (sum));

  return g_string_free (line, FALSE);
}

/**
 * reel_spending_text_make_gaps:
 * @sum: what some jobs cost
 *
 * Writes what the sums lack: charges that the service did not say, and prices that were not listed.
 *
 * Returns: (transfer full): text such as "1 charge not said · 2 prices not listed", perhaps empty
 */
char *
reel_spending_text_make_gaps (const ReelLedgerSum *sum)
{
  GString *line = g_string_new (NULL);

  g_return_val_if_fail (sum != NULL, g_string_free (line, FALSE));

  take_part (line, " · ", make_not_said (sum->n_not_said));
  if (sum->n_not_listed < sum->n_accepted)
    take_part (line, " · ", make_not_listed (sum->n_not_listed));

  return g_string_free (line, FALSE);
}

/**
 * reel_spending_text_make_unresolved:
 * @sum: what some jobs cost
 *
 * Writes of how many requests nobody knows whether they are charged, and what they were estimated at.
 *
 * Returns: (transfer full) (nullable): text such as "2 unresolved, estimated $1.00", %NULL where there is none
 */
char *
reel_spending_text_make_unresolved (const ReelLedgerSum *sum)
{
  GString *line;

  g_return_val_if_fail (sum != NULL, NULL);

  if (sum->n_unresolved == 0)
    return NULL;

  line = g_string_new (NULL);
  g_string_append_printf (line, g_dngettext (GETTEXT_PACKAGE, "%u unresolved", "%u unresolved", sum->n_unresolved),
                          sum->n_unresolved);
  if (sum->n_unresolved_not_listed < sum->n_unresolved) {
    g_autofree char *amount = reel_money_format (sum->unresolved);

    /* Translators: %s is an amount of money. It goes on after a comma. */
    take_part (line, ", ", g_strdup_printf (_ ("estimated %s"), amount));
  }
  take_part (line, ", ", make_not_listed (sum->n_unresolved_not_listed));

  return g_string_free (line, FALSE);
}

/**
 * reel_spending_text_make_month:
 * @begin: a time in the month, microseconds since 1970 in UTC
 *
 * Returns: (transfer full): the month with its year
 */
char *
reel_spending_text_make_month (gint64 begin)
{
  /* Translators: a month with its year, see the manual page of strftime; %OB is the month as it stands alone. */
  return format (begin, C_ ("month", "%OB %Y"));
}

/**
 * reel_spending_text_make_day:
 * @begin: a time on the day, microseconds since 1970 in UTC
 *
 * Returns: (transfer full): the day, below the heading of its month
 */
char *
reel_spending_text_make_day (gint64 begin)
{
  /* Translators: a day of this year, see the manual page of strftime. */
  return format (begin, C_ ("day", "%A, %-d %B"));
}

/**
 * reel_spending_text_make_file_name:
 * @now: the time now, microseconds since 1970 in UTC
 *
 * Returns: (transfer full): the name of an export
 */
char *
reel_spending_text_make_file_name (gint64 now)
{
  return format (now, "seedreel-spending-%Y-%m-%d.csv");
}
