#include "config.h"

#include "reel-poster.h"

#include <math.h>

/**
 * ReelPoster:
 *
 * A still picture in the shape of its video, as large as a box allows; an empty card of that shape until there is one.
 *
 * The box is given in pixels by its width and height: portrait and square videos keep their shape in it.
 */
struct _ReelPoster
{
  GtkWidget parent_instance;

  GdkPaintable *paintable;
  double aspect;
  int box_width;
  int box_height;
};

G_DEFINE_FINAL_TYPE (ReelPoster, reel_poster, GTK_TYPE_WIDGET)

enum
{
  PROP_BOX_WIDTH = 1,
  PROP_BOX_HEIGHT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static double
get_aspect (ReelPoster *self)
{
  double aspect = self->paintable != NULL ? gdk_paintable_get_intrinsic_aspect_ratio (self->paintable) : 0;

  return aspect > 0 ? aspect : self->aspect;
}

static void
get_size (ReelPoster *self, int *width, int *height)
{
  double aspect = get_aspect (self);
  double exact_width = MIN (self->box_width, self->box_height * aspect);

  *width = (int)round (exact_width);
  *height = (int)round (exact_width / aspect);
}

static void
reel_poster_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  ReelPoster *self = REEL_POSTER (widget);
  int width, height;

  get_size (self, &width, &height);
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? width : height;
}

static void
reel_poster_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ReelPoster *self = REEL_POSTER (widget);

  if (self->paintable != NULL)
    gdk_paintable_snapshot (self->paintable, snapshot, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
}

static void
reel_poster_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelPoster *self = REEL_POSTER (object);

  switch (id) {
  case PROP_BOX_WIDTH:
    g_value_set_int (value, self->box_width);
    break;
  case PROP_BOX_HEIGHT:
    g_value_set_int (value, self->box_height);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_poster_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ReelPoster *self = REEL_POSTER (object);

  switch (id) {
  case PROP_BOX_WIDTH:
    self->box_width = g_value_get_int (value);
    gtk_widget_queue_resize (GTK_WIDGET (self));
    break;
  case PROP_BOX_HEIGHT:
    self->box_height = g_value_get_int (value);
    gtk_widget_queue_resize (GTK_WIDGET (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_poster_dispose (GObject *object)
{
  g_clear_object (&REEL_POSTER (object)->paintable);

  G_OBJECT_CLASS (reel_poster_parent_class)->dispose (object);
}

static void
reel_poster_class_init (ReelPosterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = reel_poster_get_property;
  object_class->set_property = reel_poster_set_property;
  object_class->dispose = reel_poster_dispose;
  widget_class->measure = reel_poster_measure;
  widget_class->snapshot = reel_poster_snapshot;

  /**
   * ReelPoster:box-width:
   *
   * The greatest width, pixels.
   */
  properties[PROP_BOX_WIDTH] = g_param_spec_int ("box-width", NULL, NULL, 1, 4096, 104, flags);
  /**
   * ReelPoster:box-height:
   *
   * The greatest height, pixels.
   */
  properties[PROP_BOX_HEIGHT] = g_param_spec_int ("box-height", NULL, NULL, 1, 4096, 64, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "poster");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
reel_poster_init (ReelPoster *self)
{
  self->aspect = 16.0 / 9.0;
  self->box_width = 104;
  self->box_height = 64;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * reel_poster_set_aspect:
 * @aspect: the width divided by the height
 *
 * Sets the shape of the empty card.
 */
void
reel_poster_set_aspect (ReelPoster *self, double aspect)
{
  g_return_if_fail (REEL_IS_POSTER (self) && aspect > 0);

  if (self->aspect == aspect)
    return;

  self->aspect = aspect;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * reel_poster_set_paintable:
 * @paintable: (nullable) (transfer none): the picture
 *
 * Sets the picture; its own shape is taken over.
 */
void
reel_poster_set_paintable (ReelPoster *self, GdkPaintable *paintable)
{
  int width, height, new_width, new_height;

  g_return_if_fail (REEL_IS_POSTER (self));

  get_size (self, &width, &height);
  if (!g_set_object (&self->paintable, paintable))
    return;

  if (paintable != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "filled");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "filled");
  /* Pictures come and go by the dozen while a list is scrolled, most of them of the shape that was asked for. */
  get_size (self, &new_width, &new_height);
  if (new_width == width && new_height == height)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  else
    gtk_widget_queue_resize (GTK_WIDGET (self));
}
