#include "config.h"

#include "reel-video-model.h"

/**
 * ReelVideoModel:
 *
 * A model of the service with its limits and prices: one item of the answer of /models.
 *
 * Nothing about a model is known beforehand: its durations (seconds), aspect ratios, resolutions and prices are what
 * the service lists.
 */
struct _ReelVideoModel
{
  GObject parent_instance;

  char *id;
  GArray *durations;        /* guint seconds, ascending */
  GPtrArray *aspect_ratios; /* char *, NULL-terminated, as listed */
  GPtrArray *resolutions;   /* char *, NULL-terminated, as listed */
  GHashTable *prices;       /* char * -> ReelMoney * a second */
};

G_DEFINE_FINAL_TYPE (ReelVideoModel, reel_video_model, G_TYPE_OBJECT)

enum
{
  PROP_ID = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
add_once (GPtrArray *strings, const char *string)
{
  if (!g_strv_contains ((const char *const *)strings->pdata, string))
    g_ptr_array_add (strings, g_strdup (string));
}

/* The width of an aspect ratio over its height, or 0 where it is not of the form W:H. */
static double
ratio_value (const char *ratio)
{
  char *end = NULL;
  double width = g_ascii_strtod (ratio, &end), height;

  if (end == ratio || *end != ':')
    return 0;

  height = g_ascii_strtod (end + 1, NULL);

  return width > 0 && height > 0 ? width / height : 0;
}

/* How far two positive shapes are apart: the same for twice as wide and half as wide. */
static double
factor_between (double one, double other)
{
  return MAX (one, other) / MIN (one, other);
}

/* The lines of a resolution such as 720p or 4K, or 0 where it has another form; far more than any are as many. */
static gint64
resolution_value (const char *resolution)
{
  char *end = NULL;
  gint64 value = MIN (g_ascii_strtoull (resolution, &end, 10), G_MAXINT);

  if (end != resolution && (*end == 'k' || *end == 'K'))
    return value * 540;

  return value;
}

static void
reel_video_model_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelVideoModel *self = REEL_VIDEO_MODEL (object);

  switch (id) {
  case PROP_ID:
    g_value_set_string (value, self->id);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_video_model_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ReelVideoModel *self = REEL_VIDEO_MODEL (object);

  switch (id) {
  case PROP_ID:
    self->id = g_value_dup_string (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_video_model_finalize (GObject *object)
{
  ReelVideoModel *self = REEL_VIDEO_MODEL (object);

  g_free (self->id);
  g_array_unref (self->durations);
  g_ptr_array_unref (self->aspect_ratios);
  g_ptr_array_unref (self->resolutions);
  g_hash_table_unref (self->prices);

  G_OBJECT_CLASS (reel_video_model_parent_class)->finalize (object);
}

static void
reel_video_model_class_init (ReelVideoModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = reel_video_model_get_property;
  object_class->set_property = reel_video_model_set_property;
  object_class->finalize = reel_video_model_finalize;

  properties[PROP_ID] =
      g_param_spec_string ("id", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
reel_video_model_init (ReelVideoModel *self)
{
  self->durations = g_array_new (FALSE, FALSE, sizeof (guint));
  self->aspect_ratios = g_ptr_array_new_null_terminated (4, g_free, TRUE);
  self->resolutions = g_ptr_array_new_null_terminated (4, g_free, TRUE);
  self->prices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * reel_video_model_new:
 * @id: the model's name for the service (the API's Model.id)
 *
 * Makes a model without any choice yet.
 *
 * Returns: (transfer full): the model
 */
ReelVideoModel *
reel_video_model_new (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  return g_object_new (REEL_TYPE_VIDEO_MODEL, "id", id, NULL);
}

/**
 * reel_video_model_add_duration:
 * @seconds: a length that the model can make, in seconds, more than 0
 *
 * Adds a length; one that is there already is not added again.
 */
void
reel_video_model_add_duration (ReelVideoModel *self, guint seconds)
{
  guint at = 0;

  g_return_if_fail (REEL_IS_VIDEO_MODEL (self) && seconds > 0);

  while (at < self->durations->len && g_array_index (self->durations, guint, at) < seconds)
    at++;
  if (at < self->durations->len && g_array_index (self->durations, guint, at) == seconds)
    return;

  g_array_insert_val (self->durations, at, seconds);
}

/**
 * reel_video_model_add_aspect_ratio:
 * @ratio: an aspect ratio as the service writes it ("16:9")
 *
 * Adds an aspect ratio; one that is there already is not added again.
 */
void
reel_video_model_add_aspect_ratio (ReelVideoModel *self, const char *ratio)
{
  g_return_if_fail (REEL_IS_VIDEO_MODEL (self) && ratio != NULL);

  add_once (self->aspect_ratios, ratio);
}

/**
 * reel_video_model_add_resolution:
 * @resolution: a resolution as the service writes it ("720p")
 *
 * Adds a resolution; one that is there already is not added again.
 */
void
reel_video_model_add_resolution (ReelVideoModel *self, const char *resolution)
{
  g_return_if_fail (REEL_IS_VIDEO_MODEL (self) && resolution != NULL);

  add_once (self->resolutions, resolution);
}

/**
 * reel_video_model_set_price:
 * @resolution: a resolution
 * @usd_per_second: micro-dollars for one second of video, or %REEL_MONEY_NOT_LISTED
 *
 * Sets the price at a resolution (the API's Model.usdPerSecond).
 */
void
reel_video_model_set_price (ReelVideoModel *self, const char *resolution, ReelMoney usd_per_second)
{
  g_return_if_fail (REEL_IS_VIDEO_MODEL (self) && resolution != NULL);

  g_hash_table_insert (self->prices, g_strdup (resolution), g_memdup2 (&usd_per_second, sizeof usd_per_second));
}

/**
 * reel_video_model_get_id:
 *
 * Returns: (transfer none): the model's name for the service
 */
const char *
reel_video_model_get_id (ReelVideoModel *self)
{
  g_return_val_if_fail (REEL_IS_VIDEO_MODEL (self), NULL);

  return self->id;
}

/**
 * reel_video_model_get_durations:
 * @n_durations: (out): how many
 *
 * Returns: (transfer none) (array length=n_durations): the lengths in seconds, ascending
 */
const guint *
reel_video_model_get_durations (ReelVideoModel *self, guint *n_durations)
{
  g_return_val_if_fail (REEL_IS_VIDEO_MODEL (self) && n_durations != NULL, NULL);

  *n_durations = self->durations->len;

  return (const guint *)(gpointer)self->durations->data;
}

/**
 * reel_video_model_get_aspect_ratios:
 *
 * Returns: (transfer none) (array zero-terminated=1): the aspect ratios in the service's order
 */
const char *const *
reel_video_model_get_aspect_ratios (ReelVideoModel *self)
{
  g_return_val_if_fail (REEL_IS_VIDEO_MODEL (self), NULL);

  return (const char *const *)self->aspect_ratios->pdata;
}

/**
 * reel_video_model_get_resolutions:
 *
 * Returns: (transfer none) (array zero-terminated=1): the resolutions in the service's order
 */
const char *const *
reel_video_model_get_resolutions (ReelVideoModel *self)
{
  g_return_val_if_fail (REEL_IS_VIDEO_MODEL (self), NULL);

  return (const char *const *)self->resolutions->pdata;
}

/**
 * reel_video_model_get_price:
 * @resolution: (nullable): a resolution
 *
 * Gets the price of one second of video.
 *
 * Returns: micro-dollars a second, or %REEL_MONEY_NOT_LISTED
 */
ReelMoney
reel_video_model_get_price (ReelVideoModel *self, const char *resolution)
{
  const ReelMoney *price;

  g_return_val_if_fail (REEL_IS_VIDEO_MODEL (self), REEL_MONEY_NOT_LISTED);

  price = resolution != NULL ? g_hash_table_lookup (self->prices, resolution) : NULL;

  return price != NULL ? *price : REEL_MONEY_NOT_LISTED;
}

/**
 * reel_video_model_durations_are_consecutive:
 *
 * Tells whether the lengths are three or more seconds in a row, so that a slider fits them.
 */
gboolean
reel_video_model_durations_are_consecutive (ReelVideoModel *self)
{
  const guint *durations;
  guint n;

  g_return_val_if_fail (REEL_IS_VIDEO_MODEL (self), FALSE);

  durations = reel_video_model_get_durations (self, &n);

  return n >= 3 && durations[n - 1] - durations[0] == n - 1;
}

/**
 * reel_video_model_nearest_duration:
 * @seconds: the length that is wanted
 *
 * Gets the allowed length that is nearest, the shorter (and cheaper) of two.
 *
 * Returns: seconds, 0 where the model lists no length
 */
guint
reel_video_model_nearest_duration (ReelVideoModel *self, guint seconds)
{
  const guint *durations;
  guint n, nearest = 0;

  g_return_val_if_fail (REEL_IS_VIDEO_MODEL (self), 0);

  durations = reel_video_model_get_durations (self, &n);
  for (guint i = 0; i < n; i++)
    if (i == 0 || ABS ((gint64)durations[i] - seconds) < ABS ((gint64)nearest - seconds))
      nearest = durations[i];

  return nearest;
}

/**
 * reel_video_model_nearest_aspect_ratio:
 * @ratio: (nullable): the aspect ratio that is wanted
 *
 * Gets the allowed aspect ratio that is nearest in shape.
 *
 * Returns: (transfer none) (nullable): the aspect ratio, %NULL where the model lists none
 */
const char *
reel_video_model_nearest_aspect_ratio (ReelVideoModel *self, const char *ratio)
{
  const char *const *ratios = reel_video_model_get_aspect_ratios (self);
  const char *nearest = ratios[0];
  double wanted = ratio != NULL ? ratio_value (ratio) : 0;

  for (guint i = 0; ratios[i] != NULL; i++) {
    double value = ratio_value (ratios[i]), best = ratio_value (nearest);

    if (g_strcmp0 (ratios[i], ratio) == 0)
      return ratios[i];
    if (wanted > 0 && value > 0 && (best <= 0 || factor_between (value, wanted) < factor_between (best, wanted)))
      nearest = ratios[i];
  }

  return nearest;
}

/**
 * reel_video_model_nearest_resolution:
 * @resolution: (nullable): the resolution that is wanted
 *
 * Gets the allowed resolution that is nearest, the lower (and cheaper) of two.
 *
 * Returns: (transfer none) (nullable): the resolution, %NULL where the model lists none
 */
const char *
reel_video_model_nearest_resolution (ReelVideoModel *self, const char *resolution)
{
  const char *const *resolutions = reel_video_model_get_resolutions (self);
  const char *nearest = resolutions[0];
  gint64 wanted;

  if (resolution == NULL)
    return nearest;

  wanted = resolution_value (resolution);
  for (guint i = 0; resolutions[i] != NULL; i++) {
    gint64 distance = ABS (resolution_value (resolutions[i]) - wanted);
    gint64 best = ABS (resolution_value (nearest) - wanted);

    if (g_strcmp0 (resolutions[i], resolution) == 0)
      return resolutions[i];
    if (distance < best || (distance == best && resolution_value (resolutions[i]) < resolution_value (nearest)))
      nearest = resolutions[i];
  }

  return nearest;
}
