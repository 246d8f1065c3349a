#include "config.h"

#include "reel-line.h"

/**
 * reel_line_make:
 * @text: any bytes, perhaps from the network
 * @max_characters: where a longer text is cut
 *
 * Makes a text fit for one line that a person reads: valid, without control characters, without spaces around it, and
 * not endless.
 *
 * Returns: (transfer full): the line
 */
char *
reel_line_make (const char *text, guint max_characters)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *line = g_string_new (NULL);
  guint n = 0;

  g_strstrip (valid);
  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);

    if (++n > max_characters) {
      g_string_append (line, "…");
      break;
    }
    g_string_append_unichar (line, g_unichar_iscntrl (character) ? ' ' : character);
  }

  return g_string_free (line, FALSE);
}
