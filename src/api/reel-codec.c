#include "config.h"

#include "reel-codec.h"

#include "reel-api-fields.h"
#include "reel-json.h"

#include <libsoup/soup.h>
#include <string.h>

/* What an answer may hold before it is cut: lists far longer than any form could show, texts longer than any row. */
#define MAX_MODELS  512
#define MAX_CHOICES 256
#define MAX_NAME    256
#define MAX_URL     8192
#define MAX_PROMPT  65536
#define MAX_MESSAGE 4000
#define MAX_SECONDS 86400

#define MAX_RETRY_AFTER (24 * 60 * 60)

static gboolean
has_control (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return TRUE;

  return FALSE;
}

/* A name is a short text without control characters, else %NULL. */
static const char *
check_name (const char *text, gsize max_bytes)
{
  if (text == NULL || *text == '\0' || strlen (text) > max_bytes || has_control (text))
    return NULL;

  return text;
}

/* A copy for people to read: control characters but line breaks become U+FFFD, the end of an endless one is cut. */
static char *
clean_text (const char *text)
{
  g_autoptr (GString) copy = g_string_new (NULL);
  guint n = 0;

  if (text == NULL)
    return NULL;

  for (const char *at = text; *at != '\0' && n < MAX_MESSAGE; at = g_utf8_next_char (at), n++) {
    gunichar c = g_utf8_get_char (at);

    g_string_append_unichar (copy, g_unichar_iscntrl (c) && c != '\n' && c != '\t' ? 0xfffd : c);
  }

  return g_string_free (g_steal_pointer (&copy), FALSE);
}

static GError *
new_shape_error (const char *message)
{
  return reel_error_new_network (REEL_ERROR_BAD_SHAPE, TRUE, message);
}

/* Reads the error of an envelope: an object of code and message, or a plain string. */
static void
read_error (JsonObject *object, char **code, char **message)
{
  JsonObject *error = reel_json_get_object (object, REEL_API_ERROR);

  if (error != NULL) {
    *code = g_strdup (check_name (reel_json_get_string (error, REEL_API_CODE), MAX_NAME));
    *message = clean_text (reel_json_get_string (error, REEL_API_MESSAGE));
  } else {
    *code = NULL;
    *message = clean_text (reel_json_get_string (object, REEL_API_ERROR));
  }
}

static ReelError
code_from_status (guint http_status)
{
  switch (http_status) {
  case SOUP_STATUS_BAD_REQUEST:
    return REEL_ERROR_INVALID_REQUEST;
  case SOUP_STATUS_UNAUTHORIZED:
    return REEL_ERROR_UNAUTHORIZED;
  case SOUP_STATUS_PAYMENT_REQUIRED:
    return REEL_ERROR_INSUFFICIENT_CREDITS;
  case SOUP_STATUS_NOT_FOUND:
    return REEL_ERROR_NOT_FOUND;
  case 429:
    return REEL_ERROR_RATE_LIMITED;
  default:
    return http_status >= 500 && http_status < 600 ? REEL_ERROR_INTERNAL : REEL_ERROR_UNKNOWN_CODE;
  }
}

/* The service's code says what it is. Where it is not a documented one, the statuses that can mean one thing only still
 * count; a 400 or 404 with a code of its own is something that is not documented. */
static ReelError
code_from_answer (guint http_status, const char *code)
{
  static const struct
  {
    const char *text;
    ReelError code;
  } codes[] = {
      {REEL_API_INVALID_REQUEST, REEL_ERROR_INVALID_REQUEST},
      {REEL_API_UNAUTHORIZED, REEL_ERROR_UNAUTHORIZED},
      {REEL_API_INSUFFICIENT_CREDITS, REEL_ERROR_INSUFFICIENT_CREDITS},
      {REEL_API_NOT_FOUND, REEL_ERROR_NOT_FOUND},
      {REEL_API_RATE_LIMITED, REEL_ERROR_RATE_LIMITED},
      {REEL_API_INTERNAL_ERROR, REEL_ERROR_INTERNAL},
  };

  for (guint i = 0; code != NULL && i < G_N_ELEMENTS (codes); i++)
    if (strcmp (codes[i].text, code) == 0)
      return codes[i].code;

  if (code != NULL && (http_status == SOUP_STATUS_BAD_REQUEST || http_status == SOUP_STATUS_NOT_FOUND))
    return REEL_ERROR_UNKNOWN_CODE;

  return code_from_status (http_status);
}

static GError *
error_from_object (guint http_status, JsonObject *object, gint64 retry_after)
{
  g_autofree char *code = NULL;
  g_autofree char *message = NULL;

  if (object != NULL)
    read_error (object, &code, &message);

  return reel_error_new_service (code_from_answer (http_status, code), http_status, code, message, retry_after);
}

/* Parses a body whose root must be an object. The node owns the object. */
static JsonNode *
parse_object (GBytes *body, char **text, GError **error)
{
  g_autoptr (JsonNode) root = reel_json_parse (body, text, error);

  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root)) {
    g_propagate_error (error, new_shape_error ("The answer is not an object"));
    return NULL;
  }

  return g_steal_pointer (&root);
}

/* A positive whole number of seconds, else 0. */
static guint
read_seconds (JsonNode *node)
{
  g_autofree char *text = reel_json_node_dup_number (node);
  guint64 seconds;

  return text != NULL && g_ascii_string_to_unsigned (text, 10, 1, MAX_SECONDS, &seconds, NULL) ? seconds : 0;
}

static void
read_durations (ReelVideoModel *model, JsonArray *array)
{
  guint n = array != NULL ? MIN (json_array_get_length (array), MAX_CHOICES) : 0;

  for (guint i = 0; i < n; i++) {
    guint seconds = read_seconds (json_array_get_element (array, i));

    if (seconds > 0)
      reel_video_model_add_duration (model, seconds);
  }
}

static void
read_names (ReelVideoModel *model, JsonArray *array, void (*add) (ReelVideoModel *model, const char *name))
{
  guint n = array != NULL ? MIN (json_array_get_length (array), MAX_CHOICES) : 0;

  for (guint i = 0; i < n; i++) {
    const char *name = check_name (reel_json_node_string (json_array_get_element (array, i)), MAX_NAME);

    if (name != NULL)
      add (model, name);
  }
}

static void
read_prices (ReelVideoModel *model, JsonObject *prices)
{
  JsonObjectIter iter;
  const char *resolution;
  JsonNode *node;
  guint n = 0;

  if (prices == NULL)
    return;

  json_object_iter_init (&iter, prices);
  while (json_object_iter_next (&iter, &resolution, &node) && n++ < MAX_CHOICES) {
    g_autofree char *text = reel_json_node_dup_number (node);

    reel_video_model_set_price (model, resolution, reel_money_from_decimal (text));
  }
}

static ReelVideoModel *
read_model (JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *id = object != NULL ? check_name (reel_json_get_string (object, REEL_API_ID), MAX_NAME) : NULL;
  ReelVideoModel *model;

  if (id == NULL)
    return NULL;

  model = reel_video_model_new (id);
  read_durations (model, reel_json_get_array (object, REEL_API_DURATIONS));
  read_names (model, reel_json_get_array (object, REEL_API_ASPECT_RATIOS), reel_video_model_add_aspect_ratio);
  read_names (model, reel_json_get_array (object, REEL_API_RESOLUTIONS), reel_video_model_add_resolution);
  read_prices (model, reel_json_get_object (object, REEL_API_USD_PER_SECOND));

  return model;
}

static char *
read_credits (JsonObject *object)
{
  JsonNode *node = reel_json_get (object, REEL_API_CREDITS_CHARGED);
  char *number = reel_json_node_dup_number (node);

  return number != NULL ? number : g_strdup (check_name (reel_json_node_string (node), MAX_NAME));
}

/* What was asked, as far as the answer repeats it. */
static void
read_settings (ReelGeneration *generation, JsonObject *object)
{
  const char *prompt = reel_json_get_string (object, REEL_API_PROMPT);

  generation->model = g_strdup (check_name (reel_json_get_string (object, REEL_API_MODEL), MAX_NAME));
  if (prompt != NULL && *prompt != '\0' && strlen (prompt) <= MAX_PROMPT)
    generation->prompt = g_strdup (prompt);
  generation->duration = read_seconds (reel_json_get (object, REEL_API_DURATION));
  generation->aspect_ratio = g_strdup (check_name (reel_json_get_string (object, REEL_API_ASPECT_RATIO), MAX_NAME));
  generation->resolution = g_strdup (check_name (reel_json_get_string (object, REEL_API_RESOLUTION), MAX_NAME));
}

/* Reads everything that says something about a job; what is absent or of a wrong type stays empty. */
static ReelGeneration *
read_generation (GBytes *body, GError **error)
{
  g_autoptr (ReelGeneration) generation = reel_generation_new ();
  g_autoptr (JsonNode) root = parse_object (body, &generation->body, error);
  JsonObject *object, *output;
  const char *request_id, *status, *url;

  if (root == NULL)
    return NULL;

  object = json_node_get_object (root);
  request_id = reel_json_get_string (object, REEL_API_REQUEST_ID);
  generation->request_id = g_strdup (reel_generation_is_request_id (request_id) ? request_id : NULL);
  status = reel_json_get_string (object, REEL_API_STATUS);

  /* A failed job may be told with success false: it is a refusal only where there is no job in it. */
  if (reel_json_is_false (object, REEL_API_SUCCESS) && (generation->request_id == NULL || status == NULL)) {
    g_propagate_error (error, error_from_object (SOUP_STATUS_OK, object, -1));
    return NULL;
  }

  if (status != NULL && *status != '\0') {
    generation->status = reel_service_status_from_text (status);
    generation->status_text = clean_text (status);
  }

  read_settings (generation, object);
  output = reel_json_get_object (object, REEL_API_OUTPUT);
  url = output != NULL ? reel_json_get_string (output, REEL_API_URL) : NULL;
  generation->output_url = g_strdup (check_name (url, MAX_URL));

  read_error (object, &generation->error_code, &generation->error_message);
  generation->credits_charged = read_credits (object);

  return g_steal_pointer (&generation);
}

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  g_autofree char *text = NULL;

  if (value == NULL || *value == '\0')
    return;

  text = g_utf8_make_valid (value, -1);
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

/**
 * reel_codec_encode_request:
 * @record: a job
 *
 * Writes the body of a submission (the API's GenerationRequest). What was not chosen is left out; metadata.jobId is our
 * own id of the job.
 *
 * Returns: (transfer full): JSON on one line
 */
char *
reel_codec_encode_request (const ReelJobRecord *record)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;

  g_return_val_if_fail (record != NULL, NULL);

  json_builder_begin_object (builder);
  add_string (builder, REEL_API_MODEL, record->model);
  add_string (builder, REEL_API_PROMPT, record->prompt);
  if (record->media_urls != NULL && record->media_urls[0] != NULL) {
    json_builder_set_member_name (builder, REEL_API_MEDIA_URLS);
    json_builder_begin_array (builder);
    for (guint i = 0; record->media_urls[i] != NULL; i++) {
      g_autofree char *url = g_utf8_make_valid (record->media_urls[i], -1);

      json_builder_add_string_value (builder, url);
    }
    json_builder_end_array (builder);
  }
  add_string (builder, REEL_API_ASPECT_RATIO, record->aspect_ratio);
  if (record->duration > 0) {
    json_builder_set_member_name (builder, REEL_API_DURATION);
    json_builder_add_int_value (builder, record->duration);
  }
  add_string (builder, REEL_API_RESOLUTION, record->resolution);
  add_string (builder, REEL_API_WEBHOOK_URL, record->webhook_url);
  if (record->id != NULL) {
    json_builder_set_member_name (builder, REEL_API_METADATA);
    json_builder_begin_object (builder);
    add_string (builder, REEL_API_JOB_ID, record->id);
    json_builder_end_object (builder);
  }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

/**
 * reel_codec_decode_models:
 * @body: the body of a 200 of GET /models
 * @error: an error of %REEL_ERROR_NOT_JSON or %REEL_ERROR_BAD_SHAPE, or the service's own
 *
 * Reads the models. An item that cannot be used is left out: a model without an id, a duration that is no positive
 * whole number of seconds. A price that is missing, negative or no number is not listed (the API's Model.usdPerSecond).
 *
 * Returns: (transfer full): the models
 */
ReelCatalogue *
reel_codec_decode_models (GBytes *body, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  ReelCatalogue *catalogue;
  JsonObject *object;
  JsonArray *data;
  guint n;

  g_return_val_if_fail (body != NULL, NULL);

  root = parse_object (body, NULL, error);
  if (root == NULL)
    return NULL;

  object = json_node_get_object (root);
  if (reel_json_is_false (object, REEL_API_SUCCESS)) {
    g_propagate_error (error, error_from_object (SOUP_STATUS_OK, object, -1));
    return NULL;
  }
  data = reel_json_get_array (object, REEL_API_DATA);
  if (data == NULL) {
    g_propagate_error (error, new_shape_error ("The list of models has no data"));
    return NULL;
  }

  catalogue = reel_catalogue_new ();
  n = MIN (json_array_get_length (data), MAX_MODELS);
  for (guint i = 0; i < n; i++) {
    g_autoptr (ReelVideoModel) model = read_model (json_array_get_element (data, i));

    if (model != NULL)
      reel_catalogue_add (catalogue, model);
  }

  return catalogue;
}

/**
 * reel_codec_decode_generation:
 * @body: the body of a 200 of GET /video/generations/{requestId}, or of a webhook
 * @error: an error of %REEL_ERROR_NOT_JSON or %REEL_ERROR_BAD_SHAPE, or the service's own
 *
 * Reads the state of a job. Only the status is required; one that is not documented is %REEL_SERVICE_OTHER.
 *
 * Returns: (transfer full): the state
 */
ReelGeneration *
reel_codec_decode_generation (GBytes *body, GError **error)
{
  g_autoptr (ReelGeneration) generation = NULL;

  g_return_val_if_fail (body != NULL, NULL);

  generation = read_generation (body, error);
  if (generation == NULL)
    return NULL;
  if (generation->status == REEL_SERVICE_NONE) {
    g_propagate_error (error, new_shape_error ("The state of the job has no status"));
    return NULL;
  }

  return g_steal_pointer (&generation);
}

/**
 * reel_codec_decode_accepted:
 * @body: the body of a 200 of POST /video/generations
 * @error: an error of %REEL_ERROR_NOT_JSON or %REEL_ERROR_BAD_SHAPE, or the service's own
 *
 * Reads the answer to a submission. Only the request id is required, whatever else is wrong: with it a paid job can be
 * found again. It is one by reel_generation_is_request_id(), and otherwise untrusted.
 *
 * Returns: (transfer full): the accepted job
 */
ReelGeneration *
reel_codec_decode_accepted (GBytes *body, GError **error)
{
  g_autoptr (ReelGeneration) generation = NULL;

  g_return_val_if_fail (body != NULL, NULL);

  generation = read_generation (body, error);
  if (generation == NULL)
    return NULL;
  if (generation->request_id == NULL) {
    g_propagate_error (error, new_shape_error ("The accepted job has no usable requestId"));
    return NULL;
  }

  return g_steal_pointer (&generation);
}

/**
 * reel_codec_decode_error:
 * @http_status: the HTTP status of the answer
 * @body: (nullable): its body, whatever it is
 * @retry_after: the delay that its Retry-After header asks for, in seconds, or -1
 *
 * Reads an answer that is no success (the API's ErrorEnvelope): by the service's own code, or by the HTTP status where
 * it gives none that is documented.
 *
 * Returns: (transfer full): the error
 */
GError *
reel_codec_decode_error (guint http_status, GBytes *body, gint64 retry_after)
{
  g_autoptr (JsonNode) root = body != NULL ? parse_object (body, NULL, NULL) : NULL;

  return error_from_object (http_status, root != NULL ? json_node_get_object (root) : NULL, retry_after);
}

/**
 * reel_codec_parse_retry_after:
 * @value: (nullable): a Retry-After header: seconds, or an HTTP date
 * @now: the time of the answer, microseconds since 1970 in UTC
 *
 * Reads how long to wait, at most a day.
 *
 * Returns: seconds, -1 where the header is absent or nonsense
 */
gint64
reel_codec_parse_retry_after (const char *value, gint64 now)
{
  g_autofree char *text = NULL;
  g_autoptr (GDateTime) date = NULL;
  gint64 microseconds;

  if (value == NULL)
    return -1;

  text = g_strstrip (g_strdup (value));
  if (*text == '\0')
    return -1;
  if (strspn (text, "0123456789") == strlen (text))
    return MIN (g_ascii_strtoull (text, NULL, 10), MAX_RETRY_AFTER);

  date = g_ascii_isalpha (*text) ? soup_date_time_new_from_http_string (text) : NULL;
  if (date == NULL)
    return -1;

  microseconds = g_date_time_to_unix (date) * G_USEC_PER_SEC - now;

  return CLAMP ((microseconds + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC, 0, MAX_RETRY_AFTER);
}
