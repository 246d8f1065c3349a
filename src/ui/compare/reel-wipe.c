#include "config.h"

#include "reel-wipe.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define STEP 0.02
#define PAGE 0.1

#define HANDLE_RADIUS 14

/**
 * ReelWipe:
 *
 * Two pictures over each other: the one at the left of a divider, the other at its right. The divider is dragged, or moved
 * by keys; to a screen reader it is a slider. Like the pictures, it is not mirrored in right-to-left languages.
 */
struct _ReelWipe
{
  GtkWidget parent_instance;

  GdkPaintable *paintables[2];
  GSignalGroup *signals[2];
  double position; /* of the divider, as a share of the width */
};

static gboolean
reel_wipe_set_current_value (GtkAccessibleRange *range, double value)
{
  reel_wipe_set_position (REEL_WIPE (range), value / 100);

  return TRUE;
}

static void
range_iface_init (GtkAccessibleRangeInterface *iface)
{
  iface->set_current_value = reel_wipe_set_current_value;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ReelWipe,
                               reel_wipe,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_ACCESSIBLE_RANGE, range_iface_init))

enum
{
  PROP_POSITION = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static double
get_shape (GdkPaintable *paintable)
{
  double shape = paintable != NULL ? gdk_paintable_get_intrinsic_aspect_ratio (paintable) : 0;

  return shape > 0 ? shape : 16.0 / 9.0;
}

/* The place of a picture: as large as it fits, in the middle. */
static graphene_rect_t
get_place (ReelWipe *self, GdkPaintable *paintable)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));
  double shape = get_shape (paintable);
  double w = MIN (width, height * shape), h = w / shape;

  return GRAPHENE_RECT_INIT ((float)floor ((width - w) / 2), (float)floor ((height - h) / 2), (float)w, (float)h);
}

/* The place of both. */
static graphene_rect_t
get_stage (ReelWipe *self)
{
  graphene_rect_t one = get_place (self, self->paintables[0]), two = get_place (self, self->paintables[1]);
  graphene_rect_t stage;

  graphene_rect_union (&one, &two, &stage);

  return stage;
}

static void
draw_picture (ReelWipe *self, GtkSnapshot *snapshot, GdkPaintable *paintable, const graphene_rect_t *clip)
{
  graphene_rect_t place = get_place (self, paintable);

  if (paintable == NULL || clip->size.width <= 0)
    return;

  gtk_snapshot_push_clip (snapshot, clip);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &place.origin);
  gdk_paintable_snapshot (paintable, snapshot, place.size.width, place.size.height);
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
draw_arrow (cairo_t *cr, double x, double y, double direction)
{
  cairo_move_to (cr, x + direction * 4, y - 4);
  cairo_line_to (cr, x + direction * 8, y);
  cairo_line_to (cr, x + direction * 4, y + 4);
}

static void
draw_divider (GtkSnapshot *snapshot, const graphene_rect_t *stage, float x)
{
  const graphene_rect_t area =
      GRAPHENE_RECT_INIT (x - HANDLE_RADIUS - 2, stage->origin.y, 2 * HANDLE_RADIUS + 4, stage->size.height);
  double y = stage->origin.y + stage->size.height / 2;
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &area);

  cairo_set_source_rgba (cr, 0, 0, 0, 0.6);
  cairo_rectangle (cr, x - 2, stage->origin.y, 4, stage->size.height);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, x - 1, stage->origin.y, 2, stage->size.height);
  cairo_fill (cr);
  cairo_set_source_rgba (cr, 0, 0, 0, 0.6);
  cairo_arc (cr, x, y, HANDLE_RADIUS + 1, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_arc (cr, x, y, HANDLE_RADIUS, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0.15, 0.15, 0.15);
  cairo_set_line_width (cr, 2);
  draw_arrow (cr, x, y, -1);
  draw_arrow (cr, x, y, 1);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
reel_wipe_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ReelWipe *self = REEL_WIPE (widget);
  graphene_rect_t stage = get_stage (self);
  float x = roundf (stage.origin.x + stage.size.width * (float)self->position);
  float end = stage.origin.x + stage.size.width;

  draw_picture (self, snapshot, self->paintables[0],
                &GRAPHENE_RECT_INIT (stage.origin.x, stage.origin.y, x - stage.origin.x, stage.size.height));
  draw_picture (self, snapshot, self->paintables[1],
                &GRAPHENE_RECT_INIT (x, stage.origin.y, end - x, stage.size.height));
  draw_divider (snapshot, &stage, x);
}

static void
reel_wipe_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 160 : 120;
  *natural = *minimum;
}

static void
move_to (ReelWipe *self, double x)
{
  graphene_rect_t stage = get_stage (self);

  if (stage.size.width > 0)
    reel_wipe_set_position (self, (x - stage.origin.x) / stage.size.width);
}

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, ReelWipe *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  move_to (self, x);
}

static void
on_drag_update (GtkGestureDrag *gesture, double dx, double dy, ReelWipe *self)
{
  double x, y;

  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  move_to (self, x + dx);
}

static void
on_move (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ReelWipe *self = REEL_WIPE (widget);

  reel_wipe_set_position (self, self->position + g_variant_get_double (parameter));
}

static void
reel_wipe_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_POSITION:
    g_value_set_double (value, REEL_WIPE (object)->position);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_wipe_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_POSITION:
    reel_wipe_set_position (REEL_WIPE (object), g_value_get_double (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_wipe_dispose (GObject *object)
{
  ReelWipe *self = REEL_WIPE (object);

  for (guint i = 0; i < 2; i++) {
    g_clear_object (&self->signals[i]);
    g_clear_object (&self->paintables[i]);
  }

  G_OBJECT_CLASS (reel_wipe_parent_class)->dispose (object);
}

static void
reel_wipe_class_init (ReelWipeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const struct
  {
    guint key;
    double distance;
  } keys[] = {
      {GDK_KEY_Left, -STEP},    {GDK_KEY_KP_Left, -STEP},  {GDK_KEY_Right, STEP}, {GDK_KEY_KP_Right, STEP},
      {GDK_KEY_Page_Up, -PAGE}, {GDK_KEY_Page_Down, PAGE}, {GDK_KEY_Home, -1},    {GDK_KEY_End, 1},
  };

  object_class->get_property = reel_wipe_get_property;
  object_class->set_property = reel_wipe_set_property;
  object_class->dispose = reel_wipe_dispose;
  widget_class->snapshot = reel_wipe_snapshot;
  widget_class->measure = reel_wipe_measure;

  /**
   * ReelWipe:position:
   *
   * Where the divider is, from 0 (all of the right picture) to 1 (all of the left one).
   */
  properties[PROP_POSITION] = g_param_spec_double (
      "position", NULL, NULL, 0.0, 1.0, 0.5, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "wipe.move", "d", on_move);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, 0, "wipe.move", "d", keys[i].distance);
  gtk_widget_class_set_css_name (widget_class, "wipe");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
}

static void
show_position (ReelWipe *self)
{
  int percent = (int)round (self->position * 100);
  /* Translators: how much of the width the left one of two videos takes. */
  g_autofree char *text = g_strdup_printf (_ ("%d %%"), percent);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, (double)percent,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

static void
reel_wipe_init (ReelWipe *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->position = 0.5;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "col-resize");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Wipe position"),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 100.0, -1);
  show_position (self);

  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));

  for (guint i = 0; i < 2; i++) {
    self->signals[i] = g_signal_group_new (GDK_TYPE_PAINTABLE);
    g_signal_group_connect_swapped (self->signals[i], "invalidate-contents", G_CALLBACK (gtk_widget_queue_draw), self);
    g_signal_group_connect_swapped (self->signals[i], "invalidate-size", G_CALLBACK (gtk_widget_queue_draw), self);
  }
}

/**
 * reel_wipe_set_paintables:
 * @left: (nullable) (transfer none): the picture at the left of the divider
 * @right: (nullable) (transfer none): the one at its right
 *
 * Sets the pictures.
 */
void
reel_wipe_set_paintables (ReelWipe *self, GdkPaintable *left, GdkPaintable *right)
{
  GdkPaintable *paintables[] = {left, right};

  g_return_if_fail (REEL_IS_WIPE (self));

  for (guint i = 0; i < 2; i++) {
    if (g_set_object (&self->paintables[i], paintables[i]))
      g_signal_group_set_target (self->signals[i], paintables[i]);
  }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * reel_wipe_get_position:
 *
 * Returns: where the divider is, from 0 to 1
 */
double
reel_wipe_get_position (ReelWipe *self)
{
  g_return_val_if_fail (REEL_IS_WIPE (self), 0);

  return self->position;
}

/**
 * reel_wipe_set_position:
 * @position: from 0 to 1; what lies beyond is the end
 *
 * Moves the divider.
 */
void
reel_wipe_set_position (ReelWipe *self, double position)
{
  g_return_if_fail (REEL_IS_WIPE (self));

  position = CLAMP (position, 0.0, 1.0);
  if (self->position == position)
    return;

  self->position = position;
  show_position (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POSITION]);
}
