#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

char *reel_calendar_make_day (GtkCalendar *calendar);
void reel_calendar_speak (GtkCalendar *calendar);

G_END_DECLS
