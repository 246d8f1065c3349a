#include "config.h"

#include "reel-reference.h"

/**
 * ReelReference:
 *
 * A public https link to an image, a video or a sound that a request refers to (one of the API's mediaUrls).
 */
struct _ReelReference
{
  GObject parent_instance;

  char *url;
};

G_DEFINE_FINAL_TYPE (ReelReference, reel_reference, G_TYPE_OBJECT)

enum
{
  PROP_URL = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static char *
dup_path (ReelReference *self)
{
  g_autoptr (GUri) uri = g_uri_parse (self->url, G_URI_FLAGS_NONE, NULL);

  return uri != NULL ? g_strdup (g_uri_get_path (uri)) : NULL;
}

static void
reel_reference_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelReference *self = REEL_REFERENCE (object);

  switch (id) {
  case PROP_URL:
    g_value_set_string (value, self->url);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_reference_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ReelReference *self = REEL_REFERENCE (object);

  switch (id) {
  case PROP_URL:
    self->url = g_value_dup_string (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_reference_finalize (GObject *object)
{
  ReelReference *self = REEL_REFERENCE (object);

  g_free (self->url);

  G_OBJECT_CLASS (reel_reference_parent_class)->finalize (object);
}

static void
reel_reference_class_init (ReelReferenceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = reel_reference_get_property;
  object_class->set_property = reel_reference_set_property;
  object_class->finalize = reel_reference_finalize;

  properties[PROP_URL] = g_param_spec_string ("url", NULL, NULL, NULL,
                                              G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
reel_reference_init (ReelReference *self)
{
}

/**
 * reel_reference_new:
 * @url: a link, checked or not
 *
 * Makes a reference; reel_uri_check_public() tells whether the service can use its link.
 *
 * Returns: (transfer full): the reference
 */
ReelReference *
reel_reference_new (const char *url)
{
  g_return_val_if_fail (url != NULL, NULL);

  return g_object_new (REEL_TYPE_REFERENCE, "url", url, NULL);
}

/**
 * reel_reference_get_url:
 *
 * Returns: (transfer none): the link
 */
const char *
reel_reference_get_url (ReelReference *self)
{
  g_return_val_if_fail (REEL_IS_REFERENCE (self), NULL);

  return self->url;
}

/**
 * reel_reference_get_kind:
 *
 * Tells what the link leads to by the ending of its path; a query does not count.
 */
ReelReferenceKind
reel_reference_get_kind (ReelReference *self)
{
  static const struct
  {
    const char *suffix;
    ReelReferenceKind kind;
  } kinds[] = {
      {".jpg", REEL_REFERENCE_IMAGE},  {".jpeg", REEL_REFERENCE_IMAGE}, {".png", REEL_REFERENCE_IMAGE},
      {".webp", REEL_REFERENCE_IMAGE}, {".gif", REEL_REFERENCE_IMAGE},  {".bmp", REEL_REFERENCE_IMAGE},
      {".mp4", REEL_REFERENCE_VIDEO},  {".mov", REEL_REFERENCE_VIDEO},  {".m4v", REEL_REFERENCE_VIDEO},
      {".mp3", REEL_REFERENCE_AUDIO},  {".wav", REEL_REFERENCE_AUDIO},
  };
  g_autofree char *path = NULL;
  g_autofree char *lower = NULL;

  g_return_val_if_fail (REEL_IS_REFERENCE (self), REEL_REFERENCE_UNKNOWN);

  path = dup_path (self);
  if (path == NULL)
    return REEL_REFERENCE_UNKNOWN;

  lower = g_ascii_strdown (path, -1);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_suffix (lower, kinds[i].suffix))
      return kinds[i].kind;

  return REEL_REFERENCE_UNKNOWN;
}

/**
 * reel_reference_dup_file_name:
 *
 * Returns: (transfer full): the last part of the link's path, to show; the link where it has none
 */
char *
reel_reference_dup_file_name (ReelReference *self)
{
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (REEL_IS_REFERENCE (self), NULL);

  path = dup_path (self);
  name = path != NULL && *path != '\0' ? g_path_get_basename (path) : NULL;

  return name != NULL && g_strcmp0 (name, "/") != 0 ? g_steal_pointer (&name) : g_strdup (self->url);
}

/**
 * reel_reference_dup_host:
 *
 * Returns: (transfer full) (nullable): the host of the link, to show
 */
char *
reel_reference_dup_host (ReelReference *self)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (REEL_IS_REFERENCE (self), NULL);

  uri = g_uri_parse (self->url, G_URI_FLAGS_NONE, NULL);

  return uri != NULL ? g_strdup (g_uri_get_host (uri)) : NULL;
}
