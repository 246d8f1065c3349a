#include "config.h"

#include "reel-request.h"

/**
 * ReelRequest:
 *
 * What a person asks for: a video, not yet sent, and how many of it. The form edits it, the engine sends a copy of it for
 * each.
 *
 * Its strings are %NULL and its duration is 0 where nothing is chosen; the field is then left out of what is sent.
 */
struct _ReelRequest
{
  GObject parent_instance;

  char *model;
  char *prompt;
  guint duration; /* seconds */
  char *aspect_ratio;
  char *resolution;
  char *webhook_url;
  guint count;
  GListStore *references; /* ReelReference */
};

G_DEFINE_FINAL_TYPE (ReelRequest, reel_request, G_TYPE_OBJECT)

enum
{
  PROP_MODEL = 1,
  PROP_PROMPT,
  PROP_DURATION,
  PROP_ASPECT_RATIO,
  PROP_RESOLUTION,
  PROP_WEBHOOK_URL,
  PROP_COUNT,
  PROP_REFERENCES,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
set_string (ReelRequest *self, char **field, const char *value, guint property)
{
  if (g_set_str (field, value != NULL && *value != '\0' ? value : NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static gboolean
listed (const char *const *choices, const char *choice)
{
  return choice != NULL ? g_strv_contains (choices, choice) : choices[0] == NULL;
}

static void
reel_request_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelRequest *self = REEL_REQUEST (object);

  switch (id) {
  case PROP_MODEL:
    g_value_set_string (value, self->model);
    break;
  case PROP_PROMPT:
    g_value_set_string (value, self->prompt);
    break;
  case PROP_ASPECT_RATIO:
    g_value_set_string (value, self->aspect_ratio);
    break;
  case PROP_RESOLUTION:
    g_value_set_string (value, self->resolution);
    break;
  case PROP_WEBHOOK_URL:
    g_value_set_string (value, self->webhook_url);
    break;
  case PROP_DURATION:
    g_value_set_uint (value, self->duration);
    break;
  case PROP_COUNT:
    g_value_set_uint (value, self->count);
    break;
  case PROP_REFERENCES:
    g_value_set_object (value, self->references);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_request_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ReelRequest *self = REEL_REQUEST (object);

  switch (id) {
  case PROP_MODEL:
    reel_request_set_model (self, g_value_get_string (value));
    break;
  case PROP_PROMPT:
    reel_request_set_prompt (self, g_value_get_string (value));
    break;
  case PROP_ASPECT_RATIO:
    reel_request_set_aspect_ratio (self, g_value_get_string (value));
    break;
  case PROP_RESOLUTION:
    reel_request_set_resolution (self, g_value_get_string (value));
    break;
  case PROP_WEBHOOK_URL:
    reel_request_set_webhook_url (self, g_value_get_string (value));
    break;
  case PROP_DURATION:
    reel_request_set_duration (self, g_value_get_uint (value));
    break;
  case PROP_COUNT:
    reel_request_set_count (self, g_value_get_uint (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_request_finalize (GObject *object)
{
  ReelRequest *self = REEL_REQUEST (object);

  g_free (self->model);
  g_free (self->prompt);
  g_free (self->aspect_ratio);
  g_free (self->resolution);
  g_free (self->webhook_url);
  g_object_unref (self->references);

  G_OBJECT_CLASS (reel_request_parent_class)->finalize (object);
}

static void
reel_request_class_init (ReelRequestClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = reel_request_get_property;
  object_class->set_property = reel_request_set_property;
  object_class->finalize = reel_request_finalize;

  properties[PROP_MODEL] = g_param_spec_string ("model", NULL, NULL, NULL, flags);
  properties[PROP_PROMPT] = g_param_spec_string ("prompt", NULL, NULL, NULL, flags);
  properties[PROP_ASPECT_RATIO] = g_param_spec_string ("aspect-ratio", NULL, NULL, NULL, flags);
  properties[PROP_RESOLUTION] = g_param_spec_string ("resolution", NULL, NULL, NULL, flags);
  properties[PROP_WEBHOOK_URL] = g_param_spec_string ("webhook-url", NULL, NULL, NULL, flags);
  properties[PROP_DURATION] = g_param_spec_uint ("duration", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_COUNT] = g_param_spec_uint ("count", NULL, NULL, 1, REEL_REQUEST_MAX_COUNT, 1, flags);
  properties[PROP_REFERENCES] =
      g_param_spec_object ("references", NULL, NULL, G_TYPE_LIST_STORE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
reel_request_init (ReelRequest *self)
{
  self->count = 1;
  self->references = g_list_store_new (REEL_TYPE_REFERENCE);
}

/**
 * reel_request_new:
 *
 * Makes a request in which nothing is chosen.
 *
 * Returns: (transfer full): the request
 */
ReelRequest *
reel_request_new (void)
{
  return g_object_new (REEL_TYPE_REQUEST, NULL);
}

/**
 * reel_request_copy:
 *
 * Copies a request, so that later edits do not change what was asked.
 *
 * Returns: (transfer full): the copy
 */
ReelRequest *
reel_request_copy (ReelRequest *self)
{
  ReelRequest *copy;
  guint n;

  g_return_val_if_fail (REEL_IS_REQUEST (self), NULL);

  copy = g_object_new (REEL_TYPE_REQUEST, "model", self->model, "prompt", self->prompt, "duration", self->duration,
                       "aspect-ratio", self->aspect_ratio, "resolution", self->resolution, "webhook-url",
                       self->webhook_url, "count", self->count, NULL);
  n = g_list_model_get_n_items (G_LIST_MODEL (self->references));
  for (guint i = 0; i < n; i++) {
    g_autoptr (ReelReference) reference = g_list_model_get_item (G_LIST_MODEL (self->references), i);

    g_list_store_append (copy->references, reference);
  }

  return copy;
}

/**
 * reel_request_get_model:
 *
 * Returns: (transfer none) (nullable): the model to use (the API's model field)
 */
const char *
reel_request_get_model (ReelRequest *self)
{
  g_return_val_if_fail (REEL_IS_REQUEST (self), NULL);

  return self->model;
}

/**
 * reel_request_set_model:
 * @model: (nullable): the model to use (the API's model field)
 *
 * Sets the model to use (the API's model field).
 */
void
reel_request_set_model (ReelRequest *self, const char *model)
{
  g_return_if_fail (REEL_IS_REQUEST (self));

  set_string (self, &self->model, model, PROP_MODEL);
}

/**
 * reel_request_get_prompt:
 *
 * Returns: (transfer none) (nullable): the prompt (prompt)
 */
const char *
reel_request_get_prompt (ReelRequest *self)
{
  g_return_val_if_fail (REEL_IS_REQUEST (self), NULL);

  return self->prompt;
}

/**
 * reel_request_set_prompt:
 * @prompt: (nullable): the prompt (prompt)
 *
 * Sets the prompt (prompt).
 */
void
reel_request_set_prompt (ReelRequest *self, const char *prompt)
{
  g_return_if_fail (REEL_IS_REQUEST (self));

  set_string (self, &self->prompt, prompt, PROP_PROMPT);
}

/**
 * reel_request_get_aspect_ratio:
 *
 * Returns: (transfer none) (nullable): the aspect ratio as the service writes it (aspectRatio)
 */
const char *
reel_request_get_aspect_ratio (ReelRequest *self)
{
  g_return_val_if_fail (REEL_IS_REQUEST (self), NULL);

  return self->aspect_ratio;
}

/**
 * reel_request_set_aspect_ratio:
 * @ratio: (nullable): the aspect ratio as the service writes it (aspectRatio)
 *
 * Sets the aspect ratio as the service writes it (aspectRatio).
 */
void
reel_request_set_aspect_ratio (ReelRequest *self, const char *ratio)
{
  g_return_if_fail (REEL_IS_REQUEST (self));

  set_string (self, &self->aspect_ratio, ratio, PROP_ASPECT_RATIO);
}

/**
 * reel_request_get_resolution:
 *
 * Returns: (transfer none) (nullable): the resolution as the service writes it (resolution)
 */
const char *
reel_request_get_resolution (ReelRequest *self)
{
  g_return_val_if_fail (REEL_IS_REQUEST (self), NULL);

  return self->resolution;
}

/**
 * reel_request_set_resolution:
 * @resolution: (nullable): the resolution as the service writes it (resolution)
 *
 * Sets the resolution as the service writes it (resolution).
 */
void
reel_request_set_resolution (ReelRequest *self, const char *resolution)
{
  g_return_if_fail (REEL_IS_REQUEST (self));

  set_string (self, &self->resolution, resolution, PROP_RESOLUTION);
}

/**
 * reel_request_get_webhook_url:
 *
 * Returns: (transfer none) (nullable): the address that the service is to call at the end (webhookUrl)
 */
const char *
reel_request_get_webhook_url (ReelRequest *self)
{
  g_return_val_if_fail (REEL_IS_REQUEST (self), NULL);

  return self->webhook_url;
}

/**
 * reel_request_set_webhook_url:
 * @url: (nullable): the address that the service is to call at the end (webhookUrl)
 *
 * Sets the address that the service is to call at the end (webhookUrl).
 */
void
reel_request_set_webhook_url (ReelRequest *self, const char *url)
{
  g_return_if_fail (REEL_IS_REQUEST (self));

  set_string (self, &self->webhook_url, url, PROP_WEBHOOK_URL);
}

/**
 * reel_request_get_duration:
 *
 * Returns: the length in seconds (duration), 0 where none is chosen
 */
guint
reel_request_get_duration (ReelRequest *self)
{
  g_return_val_if_fail (REEL_IS_REQUEST (self), 0);

  return self->duration;
}

/**
 * reel_request_set_duration:
 * @seconds: the length in seconds (duration), 0 for none
 *
 * Sets the length.
 */
void
reel_request_set_duration (ReelRequest *self, guint seconds)
{
  g_return_if_fail (REEL_IS_REQUEST (self));

  if (self->duration == seconds)
    return;

  self->duration = seconds;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DURATION]);
}

/**
 * reel_request_get_count:
 *
 * Returns: how many videos are asked for, each by a request of its own; at least one
 */
guint
reel_request_get_count (ReelRequest *self)
{
  g_return_val_if_fail (REEL_IS_REQUEST (self), 1);

  return self->count;
}

/**
 * reel_request_set_count:
 * @count: from 1 to %REEL_REQUEST_MAX_COUNT; what is outside is brought within
 *
 * Sets how many videos are asked for.
 */
void
reel_request_set_count (ReelRequest *self, guint count)
{
  g_return_if_fail (REEL_IS_REQUEST (self));

  count = CLAMP (count, 1, REEL_REQUEST_MAX_COUNT);
  if (self->count == count)
    return;

  self->count = count;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
}

/**
 * reel_request_get_references:
 *
 * Gets the references in their order; the form edits the list in place.
 *
 * Returns: (transfer none): a list of #ReelReference (mediaUrls)
 */
GListStore *
reel_request_get_references (ReelRequest *self)
{
  g_return_val_if_fail (REEL_IS_REQUEST (self), NULL);

  return self->references;
}

/**
 * reel_request_infer_mode:
 *
 * Tells the mode that the service will infer from the number and the kinds of the references.
 */
ReelRequestMode
reel_request_infer_mode (ReelRequest *self)
{
  guint n, n_images = 0;

  g_return_val_if_fail (REEL_IS_REQUEST (self), REEL_REQUEST_MODE_TEXT);

  n = g_list_model_get_n_items (G_LIST_MODEL (self->references));
  for (guint i = 0; i < n; i++) {
    g_autoptr (ReelReference) reference = g_list_model_get_item (G_LIST_MODEL (self->references), i);

    n_images += reel_reference_get_kind (reference) == REEL_REFERENCE_IMAGE;
  }

  if (n == 0)
    return REEL_REQUEST_MODE_TEXT;
  if (n == 1 && n_images == 1)
    return REEL_REQUEST_MODE_FIRST_FRAME;
  if (n == 2 && n_images == 2)
    return REEL_REQUEST_MODE_FIRST_AND_LAST_FRAME;

  return REEL_REQUEST_MODE_REFERENCES;
}

/**
 * reel_request_check:
 * @model: (nullable): the model of the account that the request names
 *
 * Finds the first reason why a request cannot be sent. The choices that @model does not list at all may stay empty.
 *
 * Returns: the problem, or %REEL_REQUEST_OK
 */
ReelRequestProblem
reel_request_check (ReelRequest *self, ReelVideoModel *model)
{
  g_autofree char *stripped = NULL;
  guint n;

  g_return_val_if_fail (REEL_IS_REQUEST (self), REEL_REQUEST_NO_MODEL);

  if (self->prompt != NULL && !g_utf8_validate (self->prompt, -1, NULL))
    return REEL_REQUEST_BAD_PROMPT;
  stripped = g_strstrip (g_strdup (self->prompt != NULL ? self->prompt : ""));
  if (*stripped == '\0')
    return REEL_REQUEST_NO_PROMPT;

  n = g_list_model_get_n_items (G_LIST_MODEL (self->references));
  if (n > REEL_REQUEST_MAX_REFERENCES)
    return REEL_REQUEST_TOO_MANY_REFERENCES;
  for (guint i = 0; i < n; i++) {
    g_autoptr (ReelReference) reference = g_list_model_get_item (G_LIST_MODEL (self->references), i);

    if (reel_uri_check_public (reel_reference_get_url (reference)) != REEL_URI_OK)
      return REEL_REQUEST_BAD_REFERENCE;
    if (reel_reference_get_kind (reference) == REEL_REFERENCE_UNKNOWN)
      return REEL_REQUEST_UNKNOWN_REFERENCE;
  }

  if (model == NULL || g_strcmp0 (reel_video_model_get_id (model), self->model) != 0)
    return REEL_REQUEST_NO_MODEL;
  if (self->duration != reel_video_model_nearest_duration (model, self->duration))
    return REEL_REQUEST_BAD_DURATION;
  if (!listed (reel_video_model_get_aspect_ratios (model), self->aspect_ratio))
    return REEL_REQUEST_BAD_ASPECT_RATIO;
  if (!listed (reel_video_model_get_resolutions (model), self->resolution))
    return REEL_REQUEST_BAD_RESOLUTION;
  if (self->webhook_url != NULL && reel_uri_check_public (self->webhook_url) != REEL_URI_OK)
    return REEL_REQUEST_BAD_WEBHOOK;

  return REEL_REQUEST_OK;
}

/**
 * reel_request_estimate:
 * @model: (nullable): the model of the account that the request names
 *
 * Computes what one video will cost by the prices that the service lists: its seconds times usdPerSecond.
 *
 * Returns: micro-dollars, or %REEL_MONEY_NOT_LISTED
 */
ReelMoney
reel_request_estimate (ReelRequest *self, ReelVideoModel *model)
{
  g_return_val_if_fail (REEL_IS_REQUEST (self), REEL_MONEY_NOT_LISTED);

  if (model == NULL || self->duration == 0)
    return REEL_MONEY_NOT_LISTED;

  return reel_money_multiply (reel_video_model_get_price (model, self->resolution), self->duration);
}

/**
 * reel_request_estimate_all:
 * @model: (nullable): the model of the account that the request names
 *
 * Computes what all the videos that are asked for will cost together.
 *
 * Returns: micro-dollars, or %REEL_MONEY_NOT_LISTED
 */
ReelMoney
reel_request_estimate_all (ReelRequest *self, ReelVideoModel *model)
{
  g_return_val_if_fail (REEL_IS_REQUEST (self), REEL_MONEY_NOT_LISTED);

  return reel_money_multiply (reel_request_estimate (self, model), self->count);
}
