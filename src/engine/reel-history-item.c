#include "config.h"

#include "reel-history-item.h"

/**
 * ReelHistoryItem:
 *
 * What stands at a place of the history: a job, once it was read from the disk.
 */
struct _ReelHistoryItem
{
  GObject parent_instance;

  ReelJob *job;
};

G_DEFINE_FINAL_TYPE (ReelHistoryItem, reel_history_item, G_TYPE_OBJECT)

enum
{
  PROP_JOB = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
reel_history_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelHistoryItem *self = REEL_HISTORY_ITEM (object);

  switch (id) {
  case PROP_JOB:
    g_value_set_object (value, self->job);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_history_item_finalize (GObject *object)
{
  g_clear_object (&REEL_HISTORY_ITEM (object)->job);

  G_OBJECT_CLASS (reel_history_item_parent_class)->finalize (object);
}

static void
reel_history_item_class_init (ReelHistoryItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = reel_history_item_get_property;
  object_class->finalize = reel_history_item_finalize;

  /**
   * ReelHistoryItem:job:
   *
   * The job, %NULL until it was read.
   */
  properties[PROP_JOB] =
      g_param_spec_object ("job", NULL, NULL, REEL_TYPE_JOB, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
reel_history_item_init (ReelHistoryItem *self)
{
}

/**
 * reel_history_item_new:
 * @job: (nullable) (transfer none): what stands there
 *
 * Makes the item of a place.
 *
 * Returns: (transfer full): the item
 */
ReelHistoryItem *
reel_history_item_new (ReelJob *job)
{
  ReelHistoryItem *self = g_object_new (REEL_TYPE_HISTORY_ITEM, NULL);

  g_set_object (&self->job, job);

  return self;
}

/**
 * reel_history_item_get_job:
 *
 * Returns: (transfer none) (nullable): what stands there, %NULL until it was read
 */
ReelJob *
reel_history_item_get_job (ReelHistoryItem *self)
{
  g_return_val_if_fail (REEL_IS_HISTORY_ITEM (self), NULL);

  return self->job;
}

/**
 * reel_history_item_set_job:
 * @job: (transfer none): what stands there
 *
 * Tells what was read.
 */
void
reel_history_item_set_job (ReelHistoryItem *self, ReelJob *job)
{
  g_return_if_fail (REEL_IS_HISTORY_ITEM (self) && REEL_IS_JOB (job));

  if (g_set_object (&self->job, job))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_JOB]);
}
