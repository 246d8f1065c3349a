#include "config.h"

#include "reel-file-name.h"

#include <string.h>

/* Names that are devices on another system, whatever their ending is. */
static gboolean
is_device (const char *name)
{
  static const char *const devices[] = {"con", "prn", "aux", "nul"};
  gsize length = strcspn (name, ".");

  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    if (length == 3 && g_ascii_strncasecmp (name, devices[i], 3) == 0)
      return TRUE;

  return length == 4 && (g_ascii_strncasecmp (name, "com", 3) == 0 || g_ascii_strncasecmp (name, "lpt", 3) == 0) &&
         g_ascii_isdigit (name[3]);
}

static void
trim_end (GString *name)
{
  while (name->len > 0 && (name->str[name->len - 1] == '.' || name->str[name->len - 1] == ' '))
    g_string_truncate (name, name->len - 1);
}

/**
 * reel_file_name_make_safe:
 * @text: (nullable): any text, such as a prompt
 * @max_bytes: the length to keep at most, in bytes
 *
 * Makes a file name that every file system takes: no separators, no control or reserved characters, no leading or
 * trailing dot or space, no name of a device, cut between characters.
 *
 * Returns: (transfer full): the name, "video" where nothing is left of it
 */
char *
reel_file_name_make_safe (const char *text, gsize max_bytes)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autoptr (GString) name = g_string_new (NULL);
  gboolean gap = FALSE;

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);
    gunichar kept = c;
    char utf8[6];
    int length;

    if (c < 0x80 && strchr ("/\\:*?\"<>|%", c) != NULL)
      kept = ' ';
    if (g_unichar_isspace (kept) || g_unichar_iscntrl (kept) || (kept == '.' && name->len == 0)) {
      gap = name->len > 0;
      continue;
    }
    /* Marks that reorder the text could make a name read as another one. */
    if (g_unichar_type (kept) == G_UNICODE_FORMAT && kept != 0x200d)
      continue;

    length = g_unichar_to_utf8 (kept, utf8);
    if (name->len + (gap ? 1 : 0) + length > max_bytes)
      break;
    if (gap)
      g_string_append_c (name, ' ');
    gap = FALSE;
    g_string_append_len (name, utf8, length);
  }

  trim_end (name);
  if (is_device (name->str)) {
    g_string_prepend_c (name, '_');
    if (name->len > max_bytes)
      g_string_truncate (name, g_utf8_find_prev_char (name->str, name->str + name->len) - name->str);
    trim_end (name);
  }

  return name->len > 0 ? g_string_free_and_steal (g_steal_pointer (&name)) : g_strdup ("video");
}
