#include "config.h"

#include "reel-json.h"

#include "reel-error.h"

#include <math.h>
#include <string.h>

/* The documented answers nest five deep. The parser recurses, so that the bound stands before it. */
#define MAX_DEPTH 64

static gunichar
read_escape (const char *at)
{
  gunichar value = 0;

  if (at[0] != '\\' || at[1] != 'u')
    return (gunichar)-1;

  for (guint i = 2; i < 6; i++) {
    int digit = g_ascii_xdigit_value (at[i]);

    if (digit < 0)
      return (gunichar)-1;
    value = value * 16 + digit;
  }

  return value;
}

/* Copies one escape from @at and returns what follows it. A NUL would cut the C string: it becomes another control
 * character, which no checked field accepts. Half of a surrogate pair is no character: it becomes U+FFFD. */
static const char *
copy_escape (const char *at, GString *copy)
{
  gunichar value = read_escape (at);

  if (value == (gunichar)-1) {
    g_string_append_len (copy, at, at[1] != '\0' ? 2 : 1);
    return at + (at[1] != '\0' ? 2 : 1);
  }

  if (value >= 0xd800 && value <= 0xdbff) {
    gunichar low = read_escape (at + 6);

    if (low != (gunichar)-1 && low >= 0xdc00 && low <= 0xdfff) {
      g_string_append_len (copy, at, 12);
      return at + 12;
    }
  }

  if (value == 0)
    g_string_append (copy, "\\u0001");
  else if (value >= 0xd800 && value <= 0xdfff)
    g_string_append (copy, "\\ufffd");
  else
    g_string_append_len (copy, at, 6);

  return at + 6;
}

/* Makes JSON that the parser can be trusted with; %NULL where it nests too deep. */
static char *
prepare (const char *text)
{
  g_autoptr (GString) copy = g_string_sized_new (strlen (text));
  gboolean in_string = FALSE;
  guint depth = 0;

  for (const char *at = text; *at != '\0';) {
    if (in_string && *at == '\\') {
      at = copy_escape (at, copy);
      continue;
    }
    if (*at == '"')
      in_string = !in_string;
    else if (!in_string && (*at == '[' || *at == '{')) {
      if (++depth > MAX_DEPTH)
        return NULL;
    } else if (!in_string && (*at == ']' || *at == '}') && depth > 0)
      depth--;
    g_string_append_c (copy, *at++);
  }

  return g_string_free (g_steal_pointer (&copy), FALSE);
}

/**
 * reel_json_parse:
 * @body: bytes from the network
 * @text: (out) (optional): the same as text, without a byte order mark
 * @error: an error of %REEL_ERROR_NOT_JSON, or %REEL_ERROR_BAD_SHAPE where it nests deeper than any documented answer
 *
 * Parses strict JSON in UTF-8. An escaped NUL inside a string comes out as U+0001, half of a surrogate pair as U+FFFD.
 *
 * Returns: (transfer full): the root
 */
JsonNode *
reel_json_parse (GBytes *body, char **text, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autofree char *plain = NULL;
  g_autofree char *prepared = NULL;
  JsonNode *root;
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  if (length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0) {
    data += 3;
    length -= 3;
  }
  if (!g_utf8_validate (data, length, NULL)) {
    g_propagate_error (error, reel_error_new_network (REEL_ERROR_NOT_JSON, TRUE, "The answer is not UTF-8 text"));
    return NULL;
  }

  plain = g_strndup (length > 0 ? data : "", length);
  prepared = prepare (plain);
  if (prepared == NULL) {
    g_propagate_error (error, reel_error_new_network (REEL_ERROR_BAD_SHAPE, TRUE, "The answer nests too deep"));
    return NULL;
  }

  /* The parser's own words quote the text, which may be anything: they go nowhere. */
  json_parser_set_strict (parser, TRUE);
  if (!json_parser_load_from_data (parser, prepared, -1, NULL) || (root = json_parser_get_root (parser)) == NULL) {
    g_propagate_error (error, reel_error_new_network (REEL_ERROR_NOT_JSON, TRUE, "The answer is not JSON"));
    return NULL;
  }

  if (text != NULL)
    *text = g_steal_pointer (&plain);

  return json_node_ref (root);
}

/**
 * reel_json_get:
 * @name: the name of a member
 *
 * Returns: (transfer none) (nullable): the member, %NULL where it is absent or null
 */
JsonNode *
reel_json_get (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

/**
 * reel_json_get_string:
 * @name: the name of a member
 *
 * Returns: (transfer none) (nullable): the member, %NULL where it is absent or no string
 */
const char *
reel_json_get_string (JsonObject *object, const char *name)
{
  return reel_json_node_string (json_object_get_member (object, name));
}

/**
 * reel_json_get_object:
 * @name: the name of a member
 *
 * Returns: (transfer none) (nullable): the member, %NULL where it is absent or no object
 */
JsonObject *
reel_json_get_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * reel_json_get_array:
 * @name: the name of a member
 *
 * Returns: (transfer none) (nullable): the member, %NULL where it is absent or no array
 */
JsonArray *
reel_json_get_array (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/**
 * reel_json_is_false:
 * @name: the name of a member
 *
 * Tells whether a member is there and is the literal false.
 */
gboolean
reel_json_is_false (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN &&
         !json_node_get_boolean (node);
}

/**
 * reel_json_node_string:
 * @node: (nullable): a node
 *
 * Returns: (transfer none) (nullable): its string, %NULL where it is none
 */
const char *
reel_json_node_string (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

/**
 * reel_json_node_dup_number:
 * @node: (nullable): a node
 *
 * Writes a number with the fewest digits that mean it, which are the service's own.
 *
 * Returns: (transfer full) (nullable): decimal text such as "40" or "0.05", %NULL where it is no finite number
 */
char *
reel_json_node_dup_number (JsonNode *node)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  double value;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  if (json_node_get_value_type (node) != G_TYPE_DOUBLE)
    return NULL;

  value = json_node_get_double (node);
  if (!isfinite (value))
    return NULL;

  g_ascii_formatd (text, sizeof text, "%.15g", value);
  if (g_ascii_strtod (text, NULL) != value)
    g_ascii_dtostr (text, sizeof text, value);

  return g_strdup (text);
}
