#include "config.h"

#include "reel-path-text.h"

#include <string.h>

/* GIO writes each byte of an extended attribute that is not printable as \xNN. */
static char *
unescape (const char *text)
{
  GString *bytes = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at++) {
    if (at[0] == '\\' && at[1] == 'x' && g_ascii_isxdigit (at[2]) && g_ascii_isxdigit (at[3])) {
      g_string_append_c (bytes, (char)(g_ascii_xdigit_value (at[2]) << 4 | g_ascii_xdigit_value (at[3])));
      at += 3;
    } else {
      g_string_append_c (bytes, *at);
    }
  }

  return g_string_free_and_steal (bytes);
}

/**
 * reel_path_text_make:
 * @file: a file or folder
 * @info: (nullable): its %REEL_PATH_TEXT_ATTRIBUTES, %NULL where they are not known
 *
 * Says where a file is, as a person knows it: what lies in the home folder from there, and what a portal hands over by its
 * place outside the sandbox.
 *
 * Returns: (transfer full): the path, valid UTF-8
 */
char *
reel_path_text_make (GFile *file, GFileInfo *info)
{
  const char *outside = info != NULL ? g_file_info_get_attribute_string (info, REEL_PATH_TEXT_ATTRIBUTES) : NULL;
  g_autofree char *raw = outside != NULL ? unescape (outside) : NULL;
  g_autofree char *path = raw != NULL ? g_filename_display_name (raw) : g_file_get_parse_name (file);
  const char *home = g_get_home_dir ();
  gsize length = strlen (home);

  if (length > 1 && strncmp (path, home, length) == 0 && (path[length] == G_DIR_SEPARATOR || path[length] == '\0'))
    return g_strconcat ("~", path + length, NULL);

  return g_steal_pointer (&path);
}
