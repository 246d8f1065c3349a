#include "config.h"

#include "reel-poster.h"

#include <adwaita.h>
#include <math.h>

/* How long the pointer is over a picture before its video is opened: not while it only passes. */
#define REST_MS 60

/* The line that says where in the video the pointer is, pixels. */
#define LINE_HEIGHT 3.0f

/**
 * ReelPoster:
 *
 * A still picture in the shape of its video, as large as a box allows; an empty card of that shape until there is one.
 *
 * The box is given in pixels by its width and height: portrait and square videos keep their shape in it. The picture of
 * a video is loaded while it is on the screen, as sharp as the screen is. Where the pointer moves over it, it shows the
 * video at that place, from its beginning on the left to its end on the right in any language, as the player does. What
 * lies over it must not be a target of the pointer ("can-target").
 */
struct _ReelPoster
{
  GtkWidget parent_instance;

  GdkPaintable *paintable;
  double aspect;
  int box_width;
  int box_height;

  ReelPosterCache *posters;
  GFile *video;
  char *key;
  guint size; /* of the picture that is shown or loaded, 0 where there is none */
  GCancellable *loading;

  GtkEventController *motion; /* owned by the overlay that it lies in, or by itself */
  double place;               /* of the pointer, 0 to 1; below 0 where it is elsewhere */
  guint resting;              /* a timeout */
  ReelScrubStrip *strip;      /* while the pointer is over it */
};

G_DEFINE_FINAL_TYPE (ReelPoster, reel_poster, GTK_TYPE_WIDGET)

enum
{
  PROP_BOX_WIDTH = 1,
  PROP_BOX_HEIGHT,
  PROP_FILLED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static double
get_aspect (ReelPoster *self)
{
  double aspect = self->paintable != NULL ? gdk_paintable_get_intrinsic_aspect_ratio (self->paintable) : 0;

  return aspect > 0 ? aspect : self->aspect;
}

/* The size in the box, pixels before scaling. */
static void
get_size (ReelPoster *self, double aspect, int *width, int *height)
{
  double exact_width = MIN (self->box_width, self->box_height * aspect);

  *width = (int)round (exact_width);
  *height = (int)round (exact_width / aspect);
}

/* The frame under the pointer, or the picture. */
static GdkPaintable *
get_shown (ReelPoster *self)
{
  GdkTexture *frame = self->strip != NULL ? reel_scrub_strip_peek (self->strip, self->place) : NULL;

  return frame != NULL ? GDK_PAINTABLE (frame) : self->paintable;
}

static void
show_paintable (ReelPoster *self, GdkPaintable *paintable)
{
  gboolean was_filled = self->paintable != NULL;
  int width, height, new_width, new_height;

  get_size (self, get_aspect (self), &width, &height);
  if (!g_set_object (&self->paintable, paintable))
    return;

  if (paintable != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "filled");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "filled");
  /* Pictures come and go by the dozen while a list is scrolled, most of them of the shape that was announced. */
  get_size (self, get_aspect (self), &new_width, &new_height);
  if (new_width != width || new_height != height)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (was_filled != (paintable != NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILLED]);
}

static void
stop_loading (ReelPoster *self)
{
  if (self->loading == NULL)
    return;

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->size = 0;
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = reel_poster_cache_load_finish (REEL_POSTER_CACHE (source), result, &error);
  ReelPoster *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = REEL_POSTER (data);
  g_clear_object (&self->loading);
  if (texture != NULL)
    show_paintable (self, GDK_PAINTABLE (texture));
}

static double
get_scale (ReelPoster *self)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  GdkSurface *surface = native != NULL ? gtk_native_get_surface (native) : NULL;

  return surface != NULL ? gdk_surface_get_scale (surface) : gtk_widget_get_scale_factor (GTK_WIDGET (self));
}

/* What the box holds in the shape that was announced, so that a video is always asked for in the same size; more where
 * the widget is larger than its box. */
static guint
get_wanted_size (ReelPoster *self)
{
  int given = MAX (gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)));
  int width, height;

  get_size (self, self->aspect, &width, &height);
  if (given <= MAX (self->box_width, self->box_height))
    given = 0;

  return reel_poster_cache_round_size (MAX (given, MAX (width, height)) * get_scale (self));
}

/* Shows the picture where it is in memory, and returns whether it did; else asks for it where it can be seen. */
static gboolean
load (ReelPoster *self)
{
  guint size = get_wanted_size (self);
  GdkTexture *texture;

  if (self->video == NULL || size <= self->size)
    return FALSE;

  stop_loading (self);
  texture = reel_poster_cache_peek (self->posters, self->key, size);
  if (texture != NULL) {
    self->size = size;
    show_paintable (self, GDK_PAINTABLE (texture));
    return TRUE;
  }

  if (gtk_widget_get_mapped (GTK_WIDGET (self))) {
    self->size = size;
    self->loading = g_cancellable_new ();
    reel_poster_cache_load_async (self->posters, self->video, self->key, size, self->loading, on_loaded, self);
  }

  return FALSE;
}

static void
on_strip_changed (ReelPoster *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_rested (gpointer data)
{
  ReelPoster *self = data;

  self->resting = 0;
  self->strip =
      reel_scrub_cache_open (reel_poster_cache_get_scrubs (self->posters), self->video, self->key, self->size);
  g_signal_connect_object (self->strip, "changed", G_CALLBACK (on_strip_changed), self, G_CONNECT_SWAPPED);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
stop_scrubbing (ReelPoster *self)
{
  self->place = -1;
  g_clear_handle_id (&self->resting, g_source_remove);
  if (self->strip == NULL)
    return;

  g_signal_handlers_disconnect_by_func (self->strip, on_strip_changed, self);
  g_clear_object (&self->strip);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_motion (ReelPoster *self, double x, double y, GtkEventController *motion)
{
  GtkWidget *area = gtk_event_controller_get_widget (motion);
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  graphene_point_t point;

  if (self->video == NULL || self->paintable == NULL || self->size == 0 || width <= 0 ||
      !gtk_widget_compute_point (area, GTK_WIDGET (self), &GRAPHENE_POINT_INIT ((float)x, (float)y), &point))
    return;

  self->place = CLAMP (point.x / width, 0, 1);
  if (self->strip != NULL)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  else if (self->resting == 0)
    self->resting = g_timeout_add_once (REST_MS, on_rested, self);
}

/* What lies over the picture in an overlay shall not keep the pointer from it. */
static void
on_parent (ReelPoster *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  GtkWidget *area = GTK_IS_OVERLAY (parent) ? parent : GTK_WIDGET (self);
  GtkWidget *before = self->motion != NULL ? gtk_event_controller_get_widget (self->motion) : NULL;

  if (area == before)
    return;

  if (before != NULL)
    gtk_widget_remove_controller (before, self->motion);
  self->motion = gtk_event_controller_motion_new ();
  g_signal_connect_object (self->motion, "enter", G_CALLBACK (on_motion), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->motion, "motion", G_CALLBACK (on_motion), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->motion, "leave", G_CALLBACK (stop_scrubbing), self, G_CONNECT_SWAPPED);
  g_object_add_weak_pointer (G_OBJECT (self->motion), (gpointer *)&self->motion);
  gtk_widget_add_controller (area, self->motion);
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

  get_size (self, get_aspect (self), &width, &height);
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? width : height;
}

static void
reel_poster_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  load (REEL_POSTER (widget));
}

static void
reel_poster_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (reel_poster_parent_class)->map (widget);

  load (REEL_POSTER (widget));
}

static void
reel_poster_unmap (GtkWidget *widget)
{
  ReelPoster *self = REEL_POSTER (widget);

  stop_loading (self);
  stop_scrubbing (self);
  /* What failed is asked for again when it comes back. */
  if (self->paintable == NULL)
    self->size = 0;

  GTK_WIDGET_CLASS (reel_poster_parent_class)->unmap (widget);
}

static void
on_scale_changed (ReelPoster *self)
{
  load (self);
}

static void
snapshot_line (ReelPoster *self, GtkSnapshot *snapshot, float width, float height)
{
  const GdkRGBA groove = {0, 0, 0, 0.5f};
  g_autoptr (GdkRGBA) line = adw_style_manager_get_accent_color_rgba (adw_style_manager_get_default ());
  float top = height - LINE_HEIGHT;

  gtk_snapshot_append_color (snapshot, &groove, &GRAPHENE_RECT_INIT (0, top, width, LINE_HEIGHT));
  gtk_snapshot_append_color (snapshot, line, &GRAPHENE_RECT_INIT (0, top, (float)(width * self->place), LINE_HEIGHT));
}

static void
reel_poster_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ReelPoster *self = REEL_POSTER (widget);
  GdkPaintable *shown = get_shown (self);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);

  if (shown != NULL)
    gdk_paintable_snapshot (shown, snapshot, width, height);
  if (shown != self->paintable)
    snapshot_line (self, snapshot, (float)width, (float)height);
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
  case PROP_FILLED:
    g_value_set_boolean (value, reel_poster_is_filled (self));
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
    load (self);
    break;
  case PROP_BOX_HEIGHT:
    self->box_height = g_value_get_int (value);
    gtk_widget_queue_resize (GTK_WIDGET (self));
    load (self);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_poster_dispose (GObject *object)
{
  ReelPoster *self = REEL_POSTER (object);

  stop_loading (self);
  stop_scrubbing (self);
  g_clear_weak_pointer (&self->motion);
  g_clear_object (&self->paintable);
  g_clear_object (&self->video);
  g_clear_object (&self->posters);

  G_OBJECT_CLASS (reel_poster_parent_class)->dispose (object);
}

static void
reel_poster_finalize (GObject *object)
{
  g_free (REEL_POSTER (object)->key);

  G_OBJECT_CLASS (reel_poster_parent_class)->finalize (object);
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
  object_class->finalize = reel_poster_finalize;
  widget_class->map = reel_poster_map;
  widget_class->unmap = reel_poster_unmap;
  widget_class->measure = reel_poster_measure;
  widget_class->size_allocate = reel_poster_size_allocate;
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
  /**
   * ReelPoster:filled:
   *
   * Whether there is a picture.
   */
  properties[PROP_FILLED] =
      g_param_spec_boolean ("filled", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
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
  self->place = -1;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);

  on_parent (self);
  g_signal_connect (self, "notify::parent", G_CALLBACK (on_parent), NULL);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (on_scale_changed), NULL);
}

/**
 * reel_poster_set_aspect:
 * @aspect: the width divided by the height
 *
 * Sets the shape of the empty card. Before the video: its picture is loaded as large as that shape needs it.
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

static void
forget_video (ReelPoster *self)
{
  stop_loading (self);
  stop_scrubbing (self);
  self->size = 0;
  g_clear_object (&self->video);
  g_clear_object (&self->posters);
  g_clear_pointer (&self->key, g_free);
}

/**
 * reel_poster_set_paintable:
 * @paintable: (nullable) (transfer none): the picture
 *
 * Sets a picture that belongs to no video on the disk; its own shape is taken over.
 */
void
reel_poster_set_paintable (ReelPoster *self, GdkPaintable *paintable)
{
  g_return_if_fail (REEL_IS_POSTER (self));

  forget_video (self);
  show_paintable (self, paintable);
}

/**
 * reel_poster_set_video:
 * @posters: (nullable) (transfer none): where its picture and its frames come from
 * @video: (nullable) (transfer none): a local video
 * @key: (nullable): names its content (the SHA-256 of the file)
 *
 * Sets the video. Its picture is there at once where it is in memory; else ReelPoster:filled tells of it. Without
 * @posters, @video or @key the card is empty.
 */
void
reel_poster_set_video (ReelPoster *self, ReelPosterCache *posters, GFile *video, const char *key)
{
  g_return_if_fail (REEL_IS_POSTER (self));
  g_return_if_fail (posters == NULL || REEL_IS_POSTER_CACHE (posters));
  g_return_if_fail (video == NULL || G_IS_FILE (video));

  if (posters == NULL || video == NULL || key == NULL) {
    reel_poster_set_paintable (self, NULL);
    return;
  }

  if (self->paintable != NULL && self->posters == posters && g_strcmp0 (self->key, key) == 0 &&
      g_file_equal (self->video, video))
    return;

  forget_video (self);
  self->posters = g_object_ref (posters);
  self->video = g_object_ref (video);
  self->key = g_strdup (key);
  if (!load (self))
    show_paintable (self, NULL);
}

/**
 * reel_poster_is_filled:
 *
 * Returns: whether there is a picture
 */
gboolean
reel_poster_is_filled (ReelPoster *self)
{
  g_return_val_if_fail (REEL_IS_POSTER (self), FALSE);

  return self->paintable != NULL;
}
