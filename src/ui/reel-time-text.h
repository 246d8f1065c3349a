#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *reel_time_text_make_elapsed (gint64 duration);
char *reel_time_text_make_relative (gint64 time, gint64 now);
char *reel_time_text_make_exact (gint64 time);
char *reel_time_text_make_clock (gint64 time);
char *reel_time_text_make_day (gint64 time, gint64 now);
int reel_time_text_get_day (gint64 time);

G_END_DECLS
