#include "config.h"

#include "reel-stage.h"

#include <math.h>

/**
 * ReelStage:
 *
 * Gives its child the shape of a video: as wide as there is room, but no higher than a limit, in the middle.
 */
struct _ReelStage
{
  GtkWidget parent_instance;

  GtkWidget *child;
  double aspect;
  int max_height;
};

/* What a person can still make out, and the limit until the page knows its own height. */
#define MIN_HEIGHT         120
#define DEFAULT_MAX_HEIGHT 480

G_DEFINE_FINAL_TYPE (ReelStage, reel_stage, GTK_TYPE_WIDGET)

enum
{
  PROP_CHILD = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static int
get_height_for_width (ReelStage *self, int width)
{
  return (int)round (MIN (self->max_height, width / self->aspect));
}

static GtkSizeRequestMode
reel_stage_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
reel_stage_measure (GtkWidget *widget,
                    GtkOrientation orientation,
                    int for_size,
                    int *minimum,
                    int *natural,
                    int *minimum_baseline,
                    int *natural_baseline)
{
  ReelStage *self = REEL_STAGE (widget);
  int child_minimum = 0;

  if (self->child != NULL && gtk_widget_should_layout (self->child))
    gtk_widget_measure (self->child, orientation, for_size, &child_minimum, NULL, NULL, NULL);

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = child_minimum;
    *natural = MAX (child_minimum, (int)round (self->max_height * self->aspect));
  } else if (for_size < 0) {
    *minimum = *natural = MAX (child_minimum, MIN_HEIGHT);
  } else {
    *minimum = *natural = MAX (child_minimum, get_height_for_width (self, for_size));
  }
}

static void
reel_stage_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ReelStage *self = REEL_STAGE (widget);
  GtkAllocation allocation = {.height = height};
  int minimum;

  if (self->child == NULL || !gtk_widget_should_layout (self->child))
    return;

  gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  allocation.width = CLAMP ((int)round (height * self->aspect), minimum, MAX (minimum, width));
  allocation.x = (width - allocation.width) / 2;
  gtk_widget_size_allocate (self->child, &allocation, -1);
}

static void
set_child (ReelStage *self, GtkWidget *child)
{
  if (self->child == child)
    return;

  g_clear_pointer (&self->child, gtk_widget_unparent);
  if (child != NULL) {
    gtk_widget_set_parent (child, GTK_WIDGET (self));
    self->child = child;
  }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHILD]);
}

static void
reel_stage_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_CHILD:
    g_value_set_object (value, REEL_STAGE (object)->child);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_stage_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_CHILD:
    set_child (REEL_STAGE (object), g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_stage_dispose (GObject *object)
{
  g_clear_pointer (&REEL_STAGE (object)->child, gtk_widget_unparent);

  G_OBJECT_CLASS (reel_stage_parent_class)->dispose (object);
}

static void
reel_stage_class_init (ReelStageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = reel_stage_get_property;
  object_class->set_property = reel_stage_set_property;
  object_class->dispose = reel_stage_dispose;
  widget_class->get_request_mode = reel_stage_get_request_mode;
  widget_class->measure = reel_stage_measure;
  widget_class->size_allocate = reel_stage_size_allocate;

  /**
   * ReelStage:child:
   *
   * What has the shape.
   */
  properties[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET,
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
reel_stage_init (ReelStage *self)
{
  self->aspect = 16.0 / 9.0;
  self->max_height = DEFAULT_MAX_HEIGHT;
}

/**
 * reel_stage_get_child:
 *
 * Returns: (transfer none) (nullable): what has the shape
 */
GtkWidget *
reel_stage_get_child (ReelStage *self)
{
  g_return_val_if_fail (REEL_IS_STAGE (self), NULL);

  return self->child;
}

/**
 * reel_stage_set_aspect:
 * @aspect: the width divided by the height
 *
 * Sets the shape.
 */
void
reel_stage_set_aspect (ReelStage *self, double aspect)
{
  g_return_if_fail (REEL_IS_STAGE (self) && aspect > 0);

  if (self->aspect == aspect)
    return;

  self->aspect = aspect;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * reel_stage_set_max_height:
 * @max_height: pixels
 *
 * Sets how high it may become.
 */
void
reel_stage_set_max_height (ReelStage *self, int max_height)
{
  g_return_if_fail (REEL_IS_STAGE (self));

  max_height = MAX (max_height, MIN_HEIGHT);
  if (self->max_height == max_height)
    return;

  self->max_height = max_height;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
