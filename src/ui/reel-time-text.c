#include "config.h"

#include "reel-time-text.h"

#include <glib/gi18n-lib.h>

#define MINUTE (60 * G_TIME_SPAN_SECOND)
#define HOUR   (60 * MINUTE)

/**
 * reel_time_text_get_day:
 * @time: microseconds since 1970 in UTC
 *
 * Counts the days up to @time, so that two times of one day on the person's own clock give one number.
 *
 * Returns: the number of days since the first of January of the year 1
 */
int
reel_time_text_get_day (gint64 time)
{
  g_autoptr (GDateTime) local = g_date_time_new_from_unix_local_usec (time);
  GDate date;

  if (local == NULL)
    return 0;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay)g_date_time_get_day_of_month (local), (GDateMonth)g_date_time_get_month (local),
                  (GDateYear)g_date_time_get_year (local));

  return (int)g_date_get_julian (&date);
}

static char *
format (gint64 time, const char *pattern)
{
  g_autoptr (GDateTime) local = g_date_time_new_from_unix_local_usec (time);

  return local != NULL ? g_date_time_format (local, pattern) : g_strdup ("");
}

/**
 * reel_time_text_make_elapsed:
 * @duration: microseconds
 *
 * Writes how long something takes, as a clock that runs: 0:42, 1:02:03.
 *
 * Returns: (transfer full): the text
 */
char *
reel_time_text_make_elapsed (gint64 duration)
{
  gint64 seconds = MAX (duration, 0) / G_TIME_SPAN_SECOND;

  if (seconds >= 3600)
    return g_strdup_printf ("%" G_GINT64_FORMAT ":%02d:%02d", seconds / 3600, (int)(seconds / 60 % 60),
                            (int)(seconds % 60));

  return g_strdup_printf ("%d:%02d", (int)(seconds / 60), (int)(seconds % 60));
}

/**
 * reel_time_text_make_relative:
 * @time: microseconds since 1970 in UTC
 * @now: the time now
 *
 * Writes when something was, below a heading that tells the day.
 *
 * Returns: (transfer full): the text
 */
char *
reel_time_text_make_relative (gint64 time, gint64 now)
{
  gint64 past = now - time;

  if (past >= 0 && past < MINUTE)
    return g_strdup (_ ("Just now"));
  if (past >= 0 && past < HOUR) {
    guint minutes = (guint)(past / MINUTE);

    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u minute ago", "%u minutes ago", minutes), minutes);
  }

  /* Translators: a time of day, see the manual page of strftime. */
  return format (time, C_ ("time of day", "%H:%M"));
}

/**
 * reel_time_text_make_exact:
 * @time: microseconds since 1970 in UTC
 *
 * Writes the full date and time, for a tooltip.
 *
 * Returns: (transfer full): the text
 */
char *
reel_time_text_make_exact (gint64 time)
{
  /* Translators: a full date with its time, see the manual page of strftime. */
  return format (time, C_ ("date and time", "%-d %B %Y, %H:%M:%S"));
}

/**
 * reel_time_text_make_clock:
 * @time: microseconds since 1970 in UTC
 *
 * Writes the time of day with seconds.
 *
 * Returns: (transfer full): the text
 */
char *
reel_time_text_make_clock (gint64 time)
{
  /* Translators: a time of day with seconds, see the manual page of strftime. */
  return format (time, C_ ("time of day", "%H:%M:%S"));
}

/**
 * reel_time_text_make_day:
 * @time: microseconds since 1970 in UTC
 * @now: the time now
 *
 * Writes the day of @time, for a heading.
 *
 * Returns: (transfer full): "Today", "Yesterday" or a date
 */
char *
reel_time_text_make_day (gint64 time, gint64 now)
{
  int past = reel_time_text_get_day (now) - reel_time_text_get_day (time);
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_local_usec (time);
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_local_usec (now);

  if (past == 0)
    return g_strdup (_ ("Today"));
  if (past == 1)
    return g_strdup (_ ("Yesterday"));
  if (day != NULL && today != NULL && g_date_time_get_year (day) == g_date_time_get_year (today))
    /* Translators: a day of this year, see the manual page of strftime. */
    return format (time, C_ ("day", "%A, %-d %B"));

  /* Translators: a day of another year, see the manual page of strftime. */
  return format (time, C_ ("day", "%-d %B %Y"));
}
