/* The Retry-After header: how long a paid request waits. */

#include "config.h"

#include "fuzz-support.h"

#include "reel-codec.h"

#include <string.h>

#define DAY (24 * 60 * 60)

/* What a number of seconds means, by another way of reading it. */
static gint64
read_number (const char *text)
{
  gint64 seconds = 0;

  for (; g_ascii_isdigit (*text); text++)
    seconds = MIN (seconds * 10 + (*text - '0'), DAY);

  return seconds;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  /* 1970, November 2026 and a second later, the year 9999. */
  static const gint64 times[] = {0, G_GINT64_CONSTANT (1795000000000000), G_GINT64_CONSTANT (1795000001000000),
                                 G_GINT64_CONSTANT (253402300799000000)};
  g_autofree char *value = fuzz_dup_text (data, size);
  g_autofree char *text = g_strstrip (g_strdup (value));
  gint64 before = DAY;

  for (guint i = 0; i < G_N_ELEMENTS (times); i++) {
    gint64 seconds = reel_codec_parse_retry_after (value, times[i]);

    g_assert_cmpint (seconds, >=, -1);
    g_assert_cmpint (seconds, <=, DAY);
    if (*text == '\0')
      g_assert_cmpint (seconds, ==, -1);
    else if (strspn (text, "0123456789") == strlen (text))
      g_assert_cmpint (seconds, ==, read_number (text));
    else
      g_assert_cmpint (seconds, <=, before); /* a date comes nearer */
    before = seconds;
  }

  return 0;
}
