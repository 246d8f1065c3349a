#include "config.h"

#include "reel-catalogue.h"

/**
 * ReelCatalogue:
 *
 * The models that an account may use, in the service's order: the answer of /models as a #GListModel.
 */
struct _ReelCatalogue
{
  GObject parent_instance;

  GPtrArray *models; /* ReelVideoModel */
};

static GType
get_item_type (GListModel *list)
{
  return REEL_TYPE_VIDEO_MODEL;
}

static guint
get_n_items (GListModel *list)
{
  return REEL_CATALOGUE (list)->models->len;
}

static gpointer
get_item (GListModel *list, guint position)
{
  ReelCatalogue *self = REEL_CATALOGUE (list);

  return position < self->models->len ? g_object_ref (self->models->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ReelCatalogue,
                               reel_catalogue,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
reel_catalogue_finalize (GObject *object)
{
  g_ptr_array_unref (REEL_CATALOGUE (object)->models);

  G_OBJECT_CLASS (reel_catalogue_parent_class)->finalize (object);
}

static void
reel_catalogue_class_init (ReelCatalogueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reel_catalogue_finalize;
}

static void
reel_catalogue_init (ReelCatalogue *self)
{
  self->models = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * reel_catalogue_new:
 *
 * Makes an empty catalogue.
 *
 * Returns: (transfer full): the catalogue
 */
ReelCatalogue *
reel_catalogue_new (void)
{
  return g_object_new (REEL_TYPE_CATALOGUE, NULL);
}

/**
 * reel_catalogue_add:
 * @model: (transfer none): a model
 *
 * Appends a model; of two with the same id the first stays.
 */
void
reel_catalogue_add (ReelCatalogue *self, ReelVideoModel *model)
{
  g_return_if_fail (REEL_IS_CATALOGUE (self) && REEL_IS_VIDEO_MODEL (model));

  if (reel_catalogue_lookup (self, reel_video_model_get_id (model)) != NULL)
    return;

  g_ptr_array_add (self->models, g_object_ref (model));
  g_list_model_items_changed (G_LIST_MODEL (self), self->models->len - 1, 0, 1);
}

/**
 * reel_catalogue_index_of:
 * @id: (nullable): a model's id
 *
 * Returns: the position of a model, %G_MAXUINT where it is not listed
 */
guint
reel_catalogue_index_of (ReelCatalogue *self, const char *id)
{
  g_return_val_if_fail (REEL_IS_CATALOGUE (self), G_MAXUINT);

  for (guint i = 0; i < self->models->len; i++)
    if (g_strcmp0 (reel_video_model_get_id (self->models->pdata[i]), id) == 0)
      return i;

  return G_MAXUINT;
}

/**
 * reel_catalogue_lookup:
 * @id: (nullable): a model's id
 *
 * Returns: (transfer none) (nullable): the model, %NULL where it is not listed
 */
ReelVideoModel *
reel_catalogue_lookup (ReelCatalogue *self, const char *id)
{
  guint index = reel_catalogue_index_of (self, id);

  return index != G_MAXUINT ? self->models->pdata[index] : NULL;
}
