#include "config.h"

#include "reel-calendar.h"

#include <glib/gi18n-lib.h>

#include "reel-announce.h"

#define SAID_KEY "reel-said"

static void
on_date (GtkCalendar *calendar)
{
  g_autofree char *day = reel_calendar_make_day (calendar);

  /* A day of another month changes more than one property. */
  if (g_strcmp0 (g_object_get_data (G_OBJECT (calendar), SAID_KEY), day) == 0)
    return;

  reel_announce (GTK_WIDGET (calendar), day);
  g_object_set_data_full (G_OBJECT (calendar), SAID_KEY, g_steal_pointer (&day), g_free);
}

/**
 * reel_calendar_make_day:
 * @calendar: a calendar
 *
 * Writes the day that is chosen.
 *
 * Returns: (transfer full): a date
 */
char *
reel_calendar_make_day (GtkCalendar *calendar)
{
  g_autoptr (GDateTime) date = NULL;

  g_return_val_if_fail (GTK_IS_CALENDAR (calendar), NULL);

  date = gtk_calendar_get_date (calendar);

  /* Translators: a date, see the manual page of strftime. */
  return g_date_time_format (date, C_ ("day", "%-d %B %Y"));
}

/**
 * reel_calendar_speak:
 * @calendar: a calendar
 *
 * Gives a calendar the words that GTK 4.18 leaves out: the names of its four arrows, and the day that is chosen.
 */
void
reel_calendar_speak (GtkCalendar *calendar)
{
  const char *names[] = {_ ("Previous Month"), _ ("Next Month"), _ ("Previous Year"), _ ("Next Year")};
  GtkWidget *header, *child;
  guint n = 0;

  g_return_if_fail (GTK_IS_CALENDAR (calendar));

  header = gtk_widget_get_first_child (GTK_WIDGET (calendar));
  for (child = gtk_widget_get_first_child (header); child != NULL && n < G_N_ELEMENTS (names);
       child = gtk_widget_get_next_sibling (child)) {
    if (GTK_IS_BUTTON (child))
      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, names[n++], -1);
  }
  g_signal_connect (calendar, "notify::day", G_CALLBACK (on_date), NULL);
  g_signal_connect (calendar, "notify::month", G_CALLBACK (on_date), NULL);
  g_signal_connect (calendar, "notify::year", G_CALLBACK (on_date), NULL);
}
