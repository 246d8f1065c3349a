#include "config.h"

#include "reel-redact.h"

#include <string.h>

#define REDACTED "(redacted)"

/* What every key of the service begins with. */
#define KEY_PREFIX "sd2_"

/* A word behind "Bearer" is a token from this length on: prose has bearers too. */
#define SHORTEST_TOKEN 16

static gboolean
is_word (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '-' || c == '+' || c == '.';
}

static gboolean
is_token (char c)
{
  return is_word (c) || c == '~' || c == '/' || c == '=';
}

/* How many bytes of a JSON escape at @at belong to an address: a slash, a backslash or a \uXXXX does, a quotation mark or
 * a line break ends it. */
static gsize
measure_escape (const char *at)
{
  if (at[1] == '/' || at[1] == '\\')
    return 2;
  if (at[1] != 'u')
    return 0;
  for (guint i = 2; i < 6; i++)
    if (!g_ascii_isxdigit (at[i]))
      return 0;

  return 6;
}

/* The character at @at and its length, with the escapes that JSON may write it in. */
static char
read_character (const char *at, gsize *length)
{
  *length = *at == '\\' ? measure_escape (at) : 1;
  if (*length == 6)
    return (char)MIN (g_ascii_strtoull ((char[5]){at[2], at[3], at[4], at[5]}, NULL, 16), 0x7f);

  return *length == 2 ? at[1] : *at;
}

/* The end of an address that begins at @at: it goes on for as long as it can, for what is cut too early is not redacted. */
static const char *
find_end (const char *at)
{
  while (*at != '\0' && !g_ascii_isspace (*at) && !g_ascii_iscntrl (*at) && strchr ("\"<>", *at) == NULL) {
    gsize length = *at == '\\' ? measure_escape (at) : 1;

    if (length == 0)
      break;
    at += length;
  }

  return at;
}

/* How many bytes "://" takes at @at, also as JSON may write it; 0 where it is not there. */
static gsize
measure_separator (const char *at)
{
  const char *begin = at;

  for (const char *expected = "://"; *expected != '\0'; expected++) {
    gsize length;

    if (*at == '\0' || read_character (at, &length) != *expected || length == 0)
      return 0;
    at += length;
  }

  return at - begin;
}

/* Writes an address, from behind its "://" on, without its user, its query and its fragment; gives its end. */
static const char *
add_address (GString *result, const char *at)
{
  const char *end = find_end (at), *begin = at;
  gboolean in_authority = TRUE;

  while (at < end) {
    gsize length;
    char c = read_character (at, &length);

    if (c == '?' || c == '#')
      break;
    if (c == '/')
      in_authority = FALSE;
    at += length;
    /* What stood before is a user name and a password. */
    if (c == '@' && in_authority)
      begin = at;
  }

  g_string_append_len (result, begin, at - begin);
  if (at < end)
    g_string_append (result, "?" REDACTED);

  return end;
}

/* Where the value of a header begins whose name ends at @at, as a header or in JSON; %NULL where there is none. */
static const char *
find_value (const char *at, char *quote)
{
  at += strspn (at, "\\\"' \t");
  if (*at != ':' && *at != '=')
    return NULL;
  at++;
  at += strspn (at, " \t\\");
  *quote = *at == '"' || *at == '\'' ? *at : '\0';

  return *quote != '\0' ? at + 1 : at;
}

static const char *
skip_value (const char *at, char quote)
{
  while (*at != '\0' && *at != '\n' && *at != '\r' && (quote == '\0' || *at != quote))
    at++;

  return at;
}

static gboolean
ends_with (const char *word, gsize length, const char *suffix)
{
  gsize n = strlen (suffix);

  return length >= n && g_ascii_strncasecmp (word + length - n, suffix, n) == 0;
}

/* Writes a word, and what follows it where that is a secret; gives the place behind what was read. */
static const char *
add_word (GString *result, const char *word, const char *end)
{
  gsize length = end - word, separator = measure_separator (end);
  const char *value;
  char quote;

  if (separator > 0) {
    g_string_append_len (result, word, length + separator);
    return add_address (result, end + separator);
  }

  for (const char *at = word; at + strlen (KEY_PREFIX) <= end; at++) {
    if (g_ascii_strncasecmp (at, KEY_PREFIX, strlen (KEY_PREFIX)) == 0) {
      g_string_append_len (result, word, at - word);
      g_string_append (result, KEY_PREFIX REDACTED);
      return end;
    }
  }

  g_string_append_len (result, word, length);
  if (ends_with (word, length, "authorization") && (value = find_value (end, &quote)) != NULL) {
    g_string_append_len (result, end, value - end);
    g_string_append (result, REDACTED);
    return skip_value (value, quote);
  }
  if (ends_with (word, length, "bearer") && *end == ' ') {
    value = end + 1;
    while (is_token (*value))
      value++;
    if (value - end > SHORTEST_TOKEN) {
      g_string_append (result, " " REDACTED);
      return value;
    }
  }

  return end;
}

/**
 * reel_redact:
 * @text: (nullable): any text: a body, a message
 *
 * Copies a text without what is nobody else's business: the query, the fragment and the user of every address in it,
 * which may be a signature, also where JSON has escaped it; every key of the service; the value of an Authorization
 * header.
 *
 * Returns: (transfer full) (nullable): valid text
 */
char *
reel_redact (const char *text)
{
  g_autofree char *valid = NULL;
  GString *result;
  const char *at;

  if (text == NULL)
    return NULL;

  valid = g_utf8_make_valid (text, -1);
  result = g_string_sized_new (strlen (valid));
  for (at = valid; *at != '\0';) {
    const char *end = at;

    while (is_word (*end))
      end++;
    if (end > at)
      at = add_word (result, at, end);
    else
      g_string_append_c (result, *at++);
  }

  return g_string_free (result, FALSE);
}
