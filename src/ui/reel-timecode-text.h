#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *reel_timecode_text_make (gint64 time, double frame_rate);
char *reel_timecode_text_make_spoken (gint64 time, double frame_rate);

G_END_DECLS
