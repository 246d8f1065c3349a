#include "config.h"

#include "reel-text-fold.h"

/* Letters that a person types without their stroke, and that Unicode does not take apart. */
static gunichar
strip_stroke (gunichar character)
{
  switch (character) {
  case 0x0111: /* đ */
    return 'd';
  case 0x00f8: /* ø */
    return 'o';
  case 0x0142: /* ł */
    return 'l';
  case 0x0127: /* ħ */
    return 'h';
  case 0x0131: /* ı */
    return 'i';
  default:
    return character;
  }
}

/**
 * reel_text_fold:
 * @text: (nullable): any text
 *
 * Folds a text for a search: no case and no marks, so that "thuyen giay" finds "thuyền giấy"; white space is one space.
 *
 * Returns: (transfer full): the folded text
 */
char *
reel_text_fold (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char *folded = g_utf8_casefold (valid, -1);
  g_autofree char *apart = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
  GString *result = g_string_sized_new (strlen (apart));
  gboolean space = FALSE;

  for (const char *at = apart; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);

    if (g_unichar_ismark (character))
      continue;
    if (g_unichar_isspace (character)) {
      space = result->len > 0;
      continue;
    }
    if (space)
      g_string_append_c (result, ' ');
    space = FALSE;
    g_string_append_unichar (result, strip_stroke (character));
  }

  return g_string_free (result, FALSE);
}
