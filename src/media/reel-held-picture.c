#include "config.h"

#include "reel-held-picture.h"

/**
 * ReelHeldPicture:
 *
 * Paints what its source paints. While it is held, it stays as it was: so several pictures, whose sources change one
 * after the other, change in one go.
 */
struct _ReelHeldPicture
{
  GObject parent_instance;

  GdkPaintable *source;
  GdkPaintable *held;
  GSignalGroup *signals;
};

static void
reel_held_picture_snapshot (GdkPaintable *paintable, GdkSnapshot *snapshot, double width, double height)
{
  ReelHeldPicture *self = REEL_HELD_PICTURE (paintable);
  GdkPaintable *shown = self->held != NULL ? self->held : self->source;

  if (shown != NULL)
    gdk_paintable_snapshot (shown, snapshot, width, height);
}

static GdkPaintable *
reel_held_picture_get_current_image (GdkPaintable *paintable)
{
  ReelHeldPicture *self = REEL_HELD_PICTURE (paintable);

  if (self->held != NULL)
    return g_object_ref (self->held);

  return self->source != NULL ? gdk_paintable_get_current_image (self->source) : gdk_paintable_new_empty (0, 0);
}

static int
reel_held_picture_get_intrinsic_width (GdkPaintable *paintable)
{
  ReelHeldPicture *self = REEL_HELD_PICTURE (paintable);
  GdkPaintable *shown = self->held != NULL ? self->held : self->source;

  return shown != NULL ? gdk_paintable_get_intrinsic_width (shown) : 0;
}

static int
reel_held_picture_get_intrinsic_height (GdkPaintable *paintable)
{
  ReelHeldPicture *self = REEL_HELD_PICTURE (paintable);
  GdkPaintable *shown = self->held != NULL ? self->held : self->source;

  return shown != NULL ? gdk_paintable_get_intrinsic_height (shown) : 0;
}

static double
reel_held_picture_get_intrinsic_aspect_ratio (GdkPaintable *paintable)
{
  ReelHeldPicture *self = REEL_HELD_PICTURE (paintable);
  GdkPaintable *shown = self->held != NULL ? self->held : self->source;

  return shown != NULL ? gdk_paintable_get_intrinsic_aspect_ratio (shown) : 0;
}

static void
paintable_iface_init (GdkPaintableInterface *iface)
{
  iface->snapshot = reel_held_picture_snapshot;
  iface->get_current_image = reel_held_picture_get_current_image;
  iface->get_intrinsic_width = reel_held_picture_get_intrinsic_width;
  iface->get_intrinsic_height = reel_held_picture_get_intrinsic_height;
  iface->get_intrinsic_aspect_ratio = reel_held_picture_get_intrinsic_aspect_ratio;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ReelHeldPicture,
                               reel_held_picture,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, paintable_iface_init))

static void
on_contents (ReelHeldPicture *self)
{
  if (self->held == NULL)
    gdk_paintable_invalidate_contents (GDK_PAINTABLE (self));
}

static void
on_size (ReelHeldPicture *self)
{
  if (self->held == NULL)
    gdk_paintable_invalidate_size (GDK_PAINTABLE (self));
}

static void
reel_held_picture_dispose (GObject *object)
{
  ReelHeldPicture *self = REEL_HELD_PICTURE (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->source);
  g_clear_object (&self->held);

  G_OBJECT_CLASS (reel_held_picture_parent_class)->dispose (object);
}

static void
reel_held_picture_class_init (ReelHeldPictureClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reel_held_picture_dispose;
}

static void
reel_held_picture_init (ReelHeldPicture *self)
{
  self->signals = g_signal_group_new (GDK_TYPE_PAINTABLE);
  g_signal_group_connect_swapped (self->signals, "invalidate-contents", G_CALLBACK (on_contents), self);
  g_signal_group_connect_swapped (self->signals, "invalidate-size", G_CALLBACK (on_size), self);
}

/**
 * reel_held_picture_new:
 *
 * Makes a picture of nothing.
 *
 * Returns: (transfer full): the picture
 */
ReelHeldPicture *
reel_held_picture_new (void)
{
  return g_object_new (REEL_TYPE_HELD_PICTURE, NULL);
}

/**
 * reel_held_picture_set_source:
 * @source: (nullable) (transfer none): what is painted from now on; at once where it is not held
 *
 * Sets the source. Without one there is nothing to hold either.
 */
void
reel_held_picture_set_source (ReelHeldPicture *self, GdkPaintable *source)
{
  g_return_if_fail (REEL_IS_HELD_PICTURE (self));

  if (source == NULL)
    g_clear_object (&self->held);
  if (!g_set_object (&self->source, source))
    return;

  g_signal_group_set_target (self->signals, source);
  on_size (self);
  on_contents (self);
}

/**
 * reel_held_picture_get_source:
 *
 * Returns: (transfer none) (nullable): what is painted
 */
GdkPaintable *
reel_held_picture_get_source (ReelHeldPicture *self)
{
  g_return_val_if_fail (REEL_IS_HELD_PICTURE (self), NULL);

  return self->source;
}

/**
 * reel_held_picture_hold:
 *
 * Stays as it is from now on.
 */
void
reel_held_picture_hold (ReelHeldPicture *self)
{
  g_return_if_fail (REEL_IS_HELD_PICTURE (self));

  if (self->held == NULL && self->source != NULL)
    self->held = gdk_paintable_get_current_image (self->source);
}

/**
 * reel_held_picture_release:
 *
 * Follows its source again.
 */
void
reel_held_picture_release (ReelHeldPicture *self)
{
  g_autoptr (GdkPaintable) held = NULL;

  g_return_if_fail (REEL_IS_HELD_PICTURE (self));

  held = g_steal_pointer (&self->held);
  if (held == NULL)
    return;

  if (self->source == NULL ||
      gdk_paintable_get_intrinsic_width (held) != gdk_paintable_get_intrinsic_width (self->source) ||
      gdk_paintable_get_intrinsic_height (held) != gdk_paintable_get_intrinsic_height (self->source))
    gdk_paintable_invalidate_size (GDK_PAINTABLE (self));
  gdk_paintable_invalidate_contents (GDK_PAINTABLE (self));
}
