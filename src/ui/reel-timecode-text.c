#include "config.h"

#include "reel-timecode-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* A time is rounded, in a file to a millisecond at worst: so much of a frame's length before its start is still it. */
#define TOLERANCE 0.03

/* A time of a video, in the units of an editing table. */
typedef struct
{
  gint64 seconds;
  int frames; /* since that second began */
} Timecode;

static Timecode
split (gint64 time, double frame_rate)
{
  double frame = floor ((double)MAX (0, time) * frame_rate / G_USEC_PER_SEC + TOLERANCE);
  Timecode code = {.seconds = (gint64)floor (frame / frame_rate + 1e-6)};

  /* Where the rate is no whole number, the first frame of a second begins a little after it. */
  code.frames = (int)(frame - ceil ((double)code.seconds * frame_rate - 1e-3));

  return code;
}

/**
 * reel_timecode_text_make:
 * @time: in microseconds
 * @frame_rate: frames a second, greater than 0
 *
 * Writes a time of a video as hours, minutes, seconds and frames: 0:00:02:13.
 *
 * Returns: (transfer full): the text
 */
char *
reel_timecode_text_make (gint64 time, double frame_rate)
{
  Timecode code;

  g_return_val_if_fail (frame_rate > 0, NULL);

  code = split (time, frame_rate);

  return g_strdup_printf ("%d:%02d:%02d:%02d", (int)(code.seconds / 3600), (int)(code.seconds / 60 % 60),
                          (int)(code.seconds % 60), code.frames);
}

/* What comes between a part and the one before. */
static const char *
get_separator (GString *text)
{
  /* Translators: between the parts of a time that is read aloud, as in "1 minute, 2 seconds, 13 frames". */
  return text->len > 0 ? C_ ("time read aloud", ", ") : "";
}

/**
 * reel_timecode_text_make_spoken:
 * @time: in microseconds
 * @frame_rate: frames a second, greater than 0
 *
 * Writes a time of a video in words, to be read aloud: 2 seconds, 13 frames.
 *
 * Returns: (transfer full): the text
 */
char *
reel_timecode_text_make_spoken (gint64 time, double frame_rate)
{
  GString *text;
  Timecode code;
  int hours, minutes, seconds;

  g_return_val_if_fail (frame_rate > 0, NULL);

  text = g_string_new (NULL);
  code = split (time, frame_rate);
  hours = (int)(code.seconds / 3600);
  minutes = (int)(code.seconds / 60 % 60);
  seconds = (int)(code.seconds % 60);
  if (hours > 0) {
    g_string_append (text, get_separator (text));
    g_string_append_printf (text, ngettext ("%d hour", "%d hours", (gulong)hours), hours);
  }
  if (minutes > 0) {
    g_string_append (text, get_separator (text));
    g_string_append_printf (text, ngettext ("%d minute", "%d minutes", (gulong)minutes), minutes);
  }
  if (seconds > 0 || (text->len == 0 && code.frames == 0)) {
    g_string_append (text, get_separator (text));
    g_string_append_printf (text, ngettext ("%d second", "%d seconds", (gulong)seconds), seconds);
  }
  if (code.frames > 0) {
    g_string_append (text, get_separator (text));
    g_string_append_printf (text, ngettext ("%d frame", "%d frames", (gulong)code.frames), code.frames);
  }

  return g_string_free (text, FALSE);
}
