#include "config.h"

#include "reel-sandbox-request.h"

#include <string.h>

#include "reel-api-fields.h"
#include "reel-uri.h"

#include <gio/gio.h>

#define MAX_MEDIA_URLS 5

static const char *const fields[] = {REEL_API_MODEL,       REEL_API_PROMPT,     REEL_API_MEDIA_URLS,
                                     REEL_API_DURATION,    REEL_API_RESOLUTION, REEL_API_ASPECT_RATIO,
                                     REEL_API_WEBHOOK_URL, REEL_API_METADATA,   NULL};

static const char *const endings[] = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp",
                                      ".mp4", ".mov",  ".m4v", ".mp3",  ".wav"};

G_GNUC_PRINTF (2, 3)
static gboolean
refuse (GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  if (error != NULL)
    *error = g_error_new_valist (G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, format, arguments);
  va_end (arguments);

  return FALSE;
}

/* JSON may carry U+0000 as an escape, where C strings end: a prompt would be cut without a word. */
static gboolean
has_escaped_nul (const char *text, gsize length)
{
  for (const char *at = text; (at = memchr (at, '\\', text + length - at)) != NULL; at += 2) {
    if (text + length - at < 2)
      return FALSE;
    if (text + length - at >= 6 && memcmp (at, "\\u0000", 6) == 0)
      return TRUE;
  }

  return FALSE;
}

/* Reads a string field; one that is left out stays %NULL. */
static gboolean
read_string (JsonObject *object, const char *field, char **value, GError **error)
{
  JsonNode *node = json_object_get_member (object, field);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return refuse (error, "%s must be a string", field);
  *value = json_node_dup_string (node);

  return TRUE;
}

static gboolean
has_documented_ending (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  g_autofree char *path = uri != NULL ? g_ascii_strdown (g_uri_get_path (uri), -1) : NULL;

  for (guint i = 0; path != NULL && i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (path, endings[i]))
      return TRUE;

  return FALSE;
}

static gboolean
read_media_urls (ReelSandboxRequest *self, JsonObject *object, GError **error)
{
  JsonNode *node = json_object_get_member (object, REEL_API_MEDIA_URLS);
  g_autoptr (GStrvBuilder) urls = NULL;
  JsonArray *array;
  guint length;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return refuse (error, REEL_API_MEDIA_URLS " must be an array");

  array = json_node_get_array (node);
  length = json_array_get_length (array);
  if (length < 1 || length > MAX_MEDIA_URLS)
    return refuse (error, REEL_API_MEDIA_URLS " must hold 1 to %d URLs", MAX_MEDIA_URLS);

  urls = g_strv_builder_new ();
  for (guint i = 0; i < length; i++) {
    JsonNode *element = json_array_get_element (array, i);
    const char *url;

    if (!JSON_NODE_HOLDS_VALUE (element) || json_node_get_value_type (element) != G_TYPE_STRING)
      return refuse (error, REEL_API_MEDIA_URLS "[%u] must be a string", i);
    url = json_node_get_string (element);
    if (reel_uri_check_public (url) != REEL_URI_OK)
      return refuse (error, REEL_API_MEDIA_URLS "[%u] must be a public https URL", i);
    if (!has_documented_ending (url))
      return refuse (error, REEL_API_MEDIA_URLS "[%u] is not a supported image, video or audio file", i);
    g_strv_builder_add (urls, url);
  }
  self->media_urls = g_strv_builder_end (urls);

  return TRUE;
}

static gboolean
read_duration (ReelSandboxRequest *self, JsonObject *object, GError **error)
{
  JsonNode *node = json_object_get_member (object, REEL_API_DURATION);
  gint64 seconds = REEL_SANDBOX_DEFAULT_DURATION;

  if (node != NULL) {
    if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
      return refuse (error, REEL_API_DURATION " must be an integer");
    seconds = json_node_get_int (node);
  }
  if (!reel_sandbox_model_has_duration (self->model, seconds))
    return refuse (error, REEL_API_DURATION " is not supported by %s", self->model->id);
  self->duration = (int)seconds;

  return TRUE;
}

static gboolean
read_metadata (ReelSandboxRequest *self, JsonObject *object, GError **error)
{
  JsonNode *node = json_object_get_member (object, REEL_API_METADATA);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (error, REEL_API_METADATA " must be an object");
  self->metadata = json_node_dup_object (node);

  return TRUE;
}

static gboolean
check_fields (JsonObject *object, GError **error)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    if (!g_strv_contains (fields, name))
      return refuse (error, "unknown field: %.64s", name);

  return TRUE;
}

static gboolean
read_model (ReelSandboxRequest *self, JsonObject *object, GError **error)
{
  g_autofree char *id = NULL;

  if (!read_string (object, REEL_API_MODEL, &id, error))
    return FALSE;
  if (id == NULL)
    return refuse (error, REEL_API_MODEL " is required");
  self->model = reel_sandbox_models_find (id);
  if (self->model == NULL)
    return refuse (error, "unknown " REEL_API_MODEL);

  return TRUE;
}

static gboolean
read_fields (ReelSandboxRequest *self, JsonObject *object, GError **error)
{
  if (!check_fields (object, error) || !read_model (self, object, error) ||
      !read_string (object, REEL_API_PROMPT, &self->prompt, error) ||
      !read_string (object, REEL_API_ASPECT_RATIO, &self->aspect_ratio, error) ||
      !read_string (object, REEL_API_RESOLUTION, &self->resolution, error) ||
      !read_string (object, REEL_API_WEBHOOK_URL, &self->webhook_url, error) ||
      !read_media_urls (self, object, error) || !read_duration (self, object, error) ||
      !read_metadata (self, object, error))
    return FALSE;

  if (self->prompt == NULL || *self->prompt == '\0')
    return refuse (error, REEL_API_PROMPT " must not be empty");
  if (self->aspect_ratio == NULL)
    self->aspect_ratio = g_strdup (REEL_SANDBOX_DEFAULT_ASPECT_RATIO);
  if (!reel_sandbox_has_aspect_ratio (self->aspect_ratio))
    return refuse (error, REEL_API_ASPECT_RATIO " is not supported by %s", self->model->id);
  if (self->resolution == NULL)
    self->resolution = g_strdup (REEL_SANDBOX_DEFAULT_RESOLUTION);
  if (!reel_sandbox_model_has_resolution (self->model, self->resolution))
    return refuse (error, REEL_API_RESOLUTION " is not supported by %s", self->model->id);
  if (self->webhook_url != NULL && reel_uri_check_service (self->webhook_url) != REEL_URI_OK)
    return refuse (error, REEL_API_WEBHOOK_URL " must be an https URL (http on this machine only)");

  return TRUE;
}

/**
 * reel_sandbox_request_parse:
 * @body: the body of a request
 * @error: return location: %G_IO_ERROR_INVALID_ARGUMENT with the words for the "message" field
 *
 * Reads a request and checks every field of GenerationRequest.
 *
 * Left-out fields become 5 seconds, 16:9 and 720p. A webhookUrl is https, or http on this machine, so that tests can
 * receive; the reference says only that it is a URI.
 *
 * Returns: (transfer full): the request, %NULL where a rule is broken
 */
ReelSandboxRequest *
reel_sandbox_request_parse (GBytes *body, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize length;
  const char *text = g_bytes_get_data (body, &length);

  json_parser_set_strict (parser, TRUE);
  if (length == 0 || !g_utf8_validate_len (text, length, NULL) || has_escaped_nul (text, length) ||
      !json_parser_load_from_data (parser, text, length, NULL) || json_parser_get_root (parser) == NULL) {
    refuse (error, "the body is not valid JSON");
    return NULL;
  }
  if (!JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser))) {
    refuse (error, "the body must be a JSON object");
    return NULL;
  }

  return reel_sandbox_request_from_object (json_node_get_object (json_parser_get_root (parser)), error);
}

/**
 * reel_sandbox_request_from_object:
 * @object: the fields of a request
 * @error: return location: %G_IO_ERROR_INVALID_ARGUMENT with the words for the "message" field
 *
 * Checks every field, as reel_sandbox_request_parse() does.
 *
 * Returns: (transfer full): the request, %NULL where a rule is broken
 */
ReelSandboxRequest *
reel_sandbox_request_from_object (JsonObject *object, GError **error)
{
  g_autoptr (ReelSandboxRequest) self = g_new0 (ReelSandboxRequest, 1);

  if (!read_fields (self, object, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * reel_sandbox_request_to_object:
 * @self: a request
 *
 * Writes the fields so that reel_sandbox_request_from_object() reads them back.
 *
 * Returns: (transfer full): the fields
 */
JsonObject *
reel_sandbox_request_to_object (const ReelSandboxRequest *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, REEL_API_MODEL, self->model->id);
  json_object_set_string_member (object, REEL_API_PROMPT, self->prompt);
  if (self->media_urls != NULL) {
    JsonArray *urls = json_array_new ();

    for (guint i = 0; self->media_urls[i] != NULL; i++)
      json_array_add_string_element (urls, self->media_urls[i]);
    json_object_set_array_member (object, REEL_API_MEDIA_URLS, urls);
  }
  json_object_set_string_member (object, REEL_API_ASPECT_RATIO, self->aspect_ratio);
  json_object_set_int_member (object, REEL_API_DURATION, self->duration);
  json_object_set_string_member (object, REEL_API_RESOLUTION, self->resolution);
  if (self->webhook_url != NULL)
    json_object_set_string_member (object, REEL_API_WEBHOOK_URL, self->webhook_url);
  if (self->metadata != NULL)
    json_object_set_object_member (object, REEL_API_METADATA, json_object_ref (self->metadata));

  return object;
}

void
reel_sandbox_request_free (ReelSandboxRequest *self)
{
  g_free (self->prompt);
  g_strfreev (self->media_urls);
  g_free (self->aspect_ratio);
  g_free (self->resolution);
  g_free (self->webhook_url);
  g_clear_pointer (&self->metadata, json_object_unref);
  g_free (self);
}
