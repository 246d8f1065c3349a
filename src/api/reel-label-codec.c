#include "config.h"

#include "reel-label-codec.h"

#include "reel-api-fields.h"
#include "reel-error.h"
#include "reel-json.h"
#include "reel-uri.h"

#include <string.h>

/* What a label says: the settings of a video in JSON, with the words of the API. A file goes anywhere, so nothing is in
 * it that belongs to the account: no webhook, no request id, no cost. */

/* The member that tells a label of ours, and the version of what is written here. */
#define VERSION_MEMBER "seedreel"
#define VERSION        1

/* What a label may hold that somebody else wrote. */
#define MAX_NAME    256
#define MAX_PROMPT  65536
#define MAX_URL     8192
#define MAX_SECONDS 86400

static void
add_string (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL && *value != '\0')
    json_object_set_string_member (object, name, value);
}

/**
 * reel_label_codec_encode:
 * @record: a job
 *
 * Writes down what a video was asked for with. It is the same for a job at any time.
 *
 * Returns: (transfer full) (nullable): JSON, %NULL where nothing is known
 */
char *
reel_label_codec_encode (const ReelJobRecord *record)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);

  if (record->model == NULL && record->prompt == NULL)
    return NULL;

  json_object_set_int_member (object, VERSION_MEMBER, VERSION);
  add_string (object, REEL_API_JOB_ID, record->id);
  add_string (object, REEL_API_MODEL, record->model);
  add_string (object, REEL_API_PROMPT, record->prompt);
  if (record->duration > 0)
    json_object_set_int_member (object, REEL_API_DURATION, record->duration);
  add_string (object, REEL_API_ASPECT_RATIO, record->aspect_ratio);
  add_string (object, REEL_API_RESOLUTION, record->resolution);
  if (record->media_urls[0] != NULL) {
    JsonArray *urls = json_array_new ();

    for (char **url = record->media_urls; *url != NULL; url++)
      json_array_add_string_element (urls, *url);
    json_object_set_array_member (object, REEL_API_MEDIA_URLS, urls);
  }
  json_node_set_object (root, object);

  return json_to_string (root, FALSE);
}

static gboolean
set_shape_error (GError **error, const char *name)
{
  g_set_error (error, REEL_ERROR, REEL_ERROR_BAD_SHAPE, "The label has no usable “%s”", name);

  return FALSE;
}

/* A text that may be absent, but not of another type, longer than any, or with control characters; line breaks of
 * any kind are allowed where a person could type them. */
static gboolean
read_text (JsonObject *object, const char *name, gsize max_bytes, gboolean lines, const char **text, GError **error)
{
  JsonNode *node = reel_json_get (object, name);

  *text = reel_json_node_string (node);
  if (node == NULL)
    return TRUE;
  if (*text == NULL || strlen (*text) > max_bytes)
    return set_shape_error (error, name);

  for (const char *at = *text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (g_unichar_iscntrl (c) && !(lines && g_unichar_isspace (c)))
      return set_shape_error (error, name);
  }

  return TRUE;
}

static gboolean
read_number (JsonObject *object, const char *name, gint64 max, gint64 *number, GError **error)
{
  JsonNode *node = reel_json_get (object, name);

  *number = 0;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return set_shape_error (error, name);

  *number = json_node_get_int (node);

  return (*number >= 0 && *number <= max) || set_shape_error (error, name);
}

static gboolean
read_references (JsonObject *object, ReelRequest *request, GError **error)
{
  JsonNode *node = reel_json_get (object, REEL_API_MEDIA_URLS);
  JsonArray *urls = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = urls != NULL ? json_array_get_length (urls) : 0;

  if (node == NULL)
    return TRUE;
  if (urls == NULL || n > REEL_REQUEST_MAX_REFERENCES)
    return set_shape_error (error, REEL_API_MEDIA_URLS);

  for (guint i = 0; i < n; i++) {
    const char *url = reel_json_node_string (json_array_get_element (urls, i));
    g_autoptr (ReelReference) reference = NULL;

    if (url == NULL || strlen (url) > MAX_URL || reel_uri_check_public (url) != REEL_URI_OK)
      return set_shape_error (error, REEL_API_MEDIA_URLS);
    reference = reel_reference_new (url);
    g_list_store_append (reel_request_get_references (request), reference);
  }

  return TRUE;
}

/**
 * reel_label_codec_decode:
 * @text: the text of a label, perhaps by somebody else
 * @error: %REEL_ERROR_NOT_JSON or %REEL_ERROR_BAD_SHAPE
 *
 * Reads the settings of a video. What a later version adds is passed over; what is there must be of the right type.
 *
 * Returns: (transfer full): a request with them
 */
ReelRequest *
reel_label_codec_decode (GBytes *text, GError **error)
{
  g_autoptr (ReelRequest) request = reel_request_new ();
  g_autoptr (JsonNode) root = reel_json_parse (text, NULL, error);
  const char *model, *prompt, *aspect_ratio, *resolution;
  JsonObject *object;
  gint64 version, duration;

  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root)) {
    set_shape_error (error, VERSION_MEMBER);
    return NULL;
  }

  object = json_node_get_object (root);
  if (!read_number (object, VERSION_MEMBER, G_MAXINT64, &version, error) ||
      !read_text (object, REEL_API_MODEL, MAX_NAME, FALSE, &model, error) ||
      !read_text (object, REEL_API_PROMPT, MAX_PROMPT, TRUE, &prompt, error) ||
      !read_number (object, REEL_API_DURATION, MAX_SECONDS, &duration, error) ||
      !read_text (object, REEL_API_ASPECT_RATIO, MAX_NAME, FALSE, &aspect_ratio, error) ||
      !read_text (object, REEL_API_RESOLUTION, MAX_NAME, FALSE, &resolution, error) ||
      !read_references (object, request, error))
    return NULL;
  if (version == 0 || (model == NULL && prompt == NULL)) {
    set_shape_error (error, version == 0 ? VERSION_MEMBER : REEL_API_PROMPT);
    return NULL;
  }

  reel_request_set_model (request, model);
  reel_request_set_prompt (request, prompt);
  reel_request_set_duration (request, (guint)duration);
  reel_request_set_aspect_ratio (request, aspect_ratio);
  reel_request_set_resolution (request, resolution);

  return g_steal_pointer (&request);
}
