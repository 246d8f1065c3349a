#include "config.h"

#include "reel-player-view.h"

#include "reel-error-text.h"
#include "reel-file-drag.h"
#include "reel-player-actions.h"
#include "reel-player-controls.h"
#include "reel-ui.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* The controls go after so long without a movement. */
#define CONCEAL_DELAY_SECONDS 2

/* A portrait video is no higher than this in a column, so that what stands beneath it stays in sight. */
#define MAX_HEIGHT    540
#define NATURAL_WIDTH 480
#define MIN_HEIGHT    120

/* A new width for the frames is asked for when a resize has come to rest. */
#define SCALE_DELAY_MS 150

/**
 * ReelPlayerView:
 *
 * The video in its own shape, with the controls over it; or, where it cannot be played, why, and the way to another
 * application.
 */
struct _ReelPlayerView
{
  GtkWidget parent_instance;

  GtkWidget *stage;
  GtkStack *pages;
  GtkPicture *picture;
  GtkLabel *error_title;
  GtkLabel *error_body;
  ReelPlayerControls *controls;

  ReelPlayer *player;
  GSignalGroup *signals;
  GdkPaintable *poster;
  GSignalGroup *paintable_signals;
  double aspect_ratio;
  double shape;
  gboolean fullscreened;
  GtkApplication *awake; /* what keeps the computer awake, with its cookie */
  guint awake_cookie;
  guint conceal_id;
  guint scale_id;
  double pointer_x;
  double pointer_y;
};

G_DEFINE_FINAL_TYPE (ReelPlayerView, reel_player_view, GTK_TYPE_WIDGET)

enum
{
  PROP_PLAYER = 1,
  PROP_POSTER,
  PROP_ASPECT_RATIO,
  PROP_FULLSCREENED,
  PROP_SPEED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* The controls. */

static gboolean
has_focus_inside (ReelPlayerView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  /* Focus that a click has left on a button is nobody's place to be. */
  return focus != NULL && GTK_IS_WINDOW (root) && gtk_window_get_focus_visible (GTK_WINDOW (root)) &&
         gtk_widget_is_ancestor (focus, GTK_WIDGET (self->controls));
}

static void
set_concealed (ReelPlayerView *self, gboolean concealed)
{
  /* They keep their place: by keyboard, and to a screen reader, they are always there. */
  if (concealed)
    gtk_widget_add_css_class (GTK_WIDGET (self->controls), "concealed");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->controls), "concealed");
  gtk_widget_set_can_target (GTK_WIDGET (self->controls), !concealed);
  reel_player_controls_set_concealed (self->controls, concealed);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), concealed ? "none" : NULL);
}

static gboolean
on_conceal_due (gpointer data)
{
  ReelPlayerView *self = data;

  if (reel_player_controls_is_held (self->controls) || has_focus_inside (self))
    return G_SOURCE_CONTINUE;

  self->conceal_id = 0;
  set_concealed (self, TRUE);

  return G_SOURCE_REMOVE;
}

/* Shows the controls, and lets them go again where the video plays. */
static void
reveal (ReelPlayerView *self)
{
  g_clear_handle_id (&self->conceal_id, g_source_remove);
  set_concealed (self, FALSE);
  if (self->player != NULL && reel_player_get_playing (self->player) && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->conceal_id = g_timeout_add_seconds (CONCEAL_DELAY_SECONDS, on_conceal_due, self);
}

/* While a video is watched in full screen, nobody touches the computer, and still it must not go to sleep. */
static void
update_awake (ReelPlayerView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkApplication *application = NULL;

  if (self->fullscreened && self->player != NULL && reel_player_get_playing (self->player) &&
      gtk_widget_get_mapped (GTK_WIDGET (self)) && GTK_IS_WINDOW (root))
    application = gtk_window_get_application (GTK_WINDOW (root));
  if (application == self->awake)
    return;

  if (self->awake != NULL && self->awake_cookie != 0)
    gtk_application_uninhibit (self->awake, self->awake_cookie);
  g_set_object (&self->awake, application);
  self->awake_cookie =
      application != NULL
          ? gtk_application_inhibit (application, GTK_WINDOW (root),
                                     GTK_APPLICATION_INHIBIT_SUSPEND | GTK_APPLICATION_INHIBIT_IDLE,
                                     /* Translators: the reason why the computer does not go to sleep. */
                                     _ ("A video is playing"))
          : 0;
}

static void
on_playing (ReelPlayerView *self)
{
  reveal (self);
  update_awake (self);
}

static void
on_motion (GtkEventControllerMotion *controller, double x, double y, ReelPlayerView *self)
{
  /* GTK also tells of movements of the widget under a pointer that rests. */
  if (x == self->pointer_x && y == self->pointer_y)
    return;

  self->pointer_x = x;
  self->pointer_y = y;
  reveal (self);
}

static void
on_leave (GtkEventControllerMotion *controller, ReelPlayerView *self)
{
  self->pointer_x = self->pointer_y = -1;
  if (self->conceal_id != 0 && !reel_player_controls_is_held (self->controls) && !has_focus_inside (self)) {
    g_clear_handle_id (&self->conceal_id, g_source_remove);
    set_concealed (self, TRUE);
  }
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, ReelPlayerView *self)
{
  reveal (self);

  return GDK_EVENT_PROPAGATE;
}

static void
on_focus_enter (GtkEventControllerFocus *controller, ReelPlayerView *self)
{
  reveal (self);
}

static void
on_clicked (GtkGestureClick *gesture, int n_press, double x, double y, ReelPlayerView *self)
{
  /* The second click takes back what the first one did. */
  gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_widget_activate_action (GTK_WIDGET (self), "player.toggle", NULL);
  if (n_press == 2)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.fullscreen-player", NULL);
}

/* The picture. */

static gboolean
has_error (ReelPlayerView *self)
{
  return self->player != NULL && reel_player_get_error (self->player) != NULL;
}

/* Takes over the shape of what is shown; a difference of less than a pixel's rounding is none. */
static void
update_shape (ReelPlayerView *self)
{
  GdkPaintable *paintable = gtk_picture_get_paintable (self->picture);
  double shape = paintable != NULL ? gdk_paintable_get_intrinsic_aspect_ratio (paintable) : 0;

  if (shape <= 0)
    shape = self->aspect_ratio;
  if (fabs (shape / self->shape - 1) < 0.015)
    return;

  self->shape = shape;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
show_picture (ReelPlayerView *self)
{
  GdkPaintable *paintable = self->player != NULL ? reel_player_get_paintable (self->player) : NULL;
  const GError *error = self->player != NULL ? reel_player_get_error (self->player) : NULL;
  gboolean has_file = self->player != NULL && reel_player_get_file (self->player) != NULL;

  if (paintable == NULL && self->player != NULL)
    paintable = reel_player_get_still (self->player);
  if (paintable == NULL)
    paintable = self->poster;
  if (error != NULL)
    paintable = NULL;

  gtk_picture_set_paintable (self->picture, paintable);
  g_signal_group_set_target (self->paintable_signals, paintable);
  update_shape (self);

  if (error != NULL) {
    g_autoptr (ReelErrorText) text = reel_error_text_new (error, REEL_ERROR_DOING_LOCAL);

    gtk_label_set_label (self->error_title, text->title);
    gtk_label_set_label (self->error_body, text->body);
  }
  gtk_stack_set_visible_child_name (self->pages, error != NULL ? "error" : paintable != NULL ? "picture" : "empty");
  if (paintable == NULL)
    gtk_widget_add_css_class (self->stage, "blank");
  else
    gtk_widget_remove_css_class (self->stage, "blank");
  gtk_widget_set_visible (GTK_WIDGET (self->controls), has_file && error == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "player.open-with", has_file);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* Without a GPU, frames are best made no larger than they are seen. */
static guint
compute_scale_width (ReelPlayerView *self)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  GskRenderer *renderer = native != NULL ? gtk_native_get_renderer (native) : NULL;
  int width = gtk_widget_get_width (self->stage);

  if (renderer == NULL || !GSK_IS_CAIRO_RENDERER (renderer) || width <= 0)
    return 0;

  return (guint)ceil (width * gdk_surface_get_scale (gtk_native_get_surface (native)));
}

static void
on_scale_due (gpointer data)
{
  ReelPlayerView *self = data;

  self->scale_id = 0;
  if (self->player != NULL)
    g_object_set (self->player, "scale-width", compute_scale_width (self), NULL);
}

static void
queue_scale (ReelPlayerView *self)
{
  guint scale_width = 0;

  if (self->player == NULL)
    return;

  g_clear_handle_id (&self->scale_id, g_source_remove);
  g_object_get (self->player, "scale-width", &scale_width, NULL);
  if (scale_width != compute_scale_width (self))
    self->scale_id = g_timeout_add_once (scale_width == 0 ? 0 : SCALE_DELAY_MS, on_scale_due, self);
}

static GFile *
dup_file (gpointer data)
{
  ReelPlayerView *self = data;
  GFile *file = self->player != NULL ? reel_player_get_file (self->player) : NULL;

  return file != NULL ? g_object_ref (file) : NULL;
}

static void
on_rate_changed (ReelPlayerView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPEED]);
}

/* The place of the stage: in its own shape, in the middle, or the whole screen. */

static GtkSizeRequestMode
reel_player_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
reel_player_view_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  ReelPlayerView *self = REEL_PLAYER_VIEW (widget);
  int child;

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    gtk_widget_measure (self->stage, orientation, -1, minimum, NULL, NULL, NULL);
    *natural = MAX (*minimum, NATURAL_WIDTH);
    return;
  }

  int width = for_size >= 0 ? for_size : NATURAL_WIDTH;
  int height = MIN (MAX_HEIGHT, (int)(width / self->shape + 0.5));

  gtk_widget_measure (self->stage, orientation, has_error (self) ? for_size : -1, &child, NULL, NULL, NULL);
  *natural = MAX (height, child);
  *minimum = MAX (MIN (height, MIN_HEIGHT), child);
}

static void
reel_player_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ReelPlayerView *self = REEL_PLAYER_VIEW (widget);
  GtkAllocation place = {0, 0, width, height};

  if (!self->fullscreened && !has_error (self)) {
    int minimum;

    gtk_widget_measure (self->stage, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
    /* What rounding has added or taken is no black edge. */
    if (width - height * self->shape > self->shape)
      place.width = MIN (width, MAX (minimum, (int)(height * self->shape + 0.5)));
    else if (height - width / self->shape > 1)
      place.height = (int)(width / self->shape + 0.5);
    place.x = (width - place.width) / 2;
    place.y = (height - place.height) / 2;
  }
  gtk_widget_size_allocate (self->stage, &place, -1);
  queue_scale (self);
}

static void
reel_player_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (reel_player_view_parent_class)->map (widget);
  reveal (REEL_PLAYER_VIEW (widget));
  update_awake (REEL_PLAYER_VIEW (widget));
}

static void
reel_player_view_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&REEL_PLAYER_VIEW (widget)->conceal_id, g_source_remove);
  GTK_WIDGET_CLASS (reel_player_view_parent_class)->unmap (widget);
  update_awake (REEL_PLAYER_VIEW (widget));
}

static void
reel_player_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelPlayerView *self = REEL_PLAYER_VIEW (object);
  char number[G_ASCII_DTOSTR_BUF_SIZE] = "1";
  double rate;

  switch (id) {
  case PROP_PLAYER:
    g_value_set_object (value, self->player);
    break;
  case PROP_POSTER:
    g_value_set_object (value, self->poster);
    break;
  case PROP_ASPECT_RATIO:
    g_value_set_double (value, self->aspect_ratio);
    break;
  case PROP_FULLSCREENED:
    g_value_set_boolean (value, self->fullscreened);
    break;
  case PROP_SPEED:
    if (self->player != NULL) {
      g_object_get (self->player, "rate", &rate, NULL);
      g_ascii_formatd (number, sizeof number, "%g", rate);
    }
    g_value_set_string (value, number);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_player_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ReelPlayerView *self = REEL_PLAYER_VIEW (object);

  switch (id) {
  case PROP_PLAYER:
    reel_player_view_set_player (self, g_value_get_object (value));
    break;
  case PROP_POSTER:
    reel_player_view_set_poster (self, g_value_get_object (value));
    break;
  case PROP_ASPECT_RATIO:
    reel_player_view_set_aspect_ratio (self, g_value_get_double (value));
    break;
  case PROP_FULLSCREENED:
    reel_player_view_set_fullscreened (self, g_value_get_boolean (value));
    break;
  case PROP_SPEED:
    if (self->player != NULL && g_value_get_string (value) != NULL)
      g_object_set (self->player, "rate", CLAMP (g_ascii_strtod (g_value_get_string (value), NULL), 0.25, 2.0), NULL);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_player_view_dispose (GObject *object)
{
  ReelPlayerView *self = REEL_PLAYER_VIEW (object);

  g_clear_handle_id (&self->conceal_id, g_source_remove);
  g_clear_handle_id (&self->scale_id, g_source_remove);
  g_clear_object (&self->signals);
  g_clear_object (&self->paintable_signals);
  /* The picture lets go of what the player's sink paints on. */
  if (self->picture != NULL)
    gtk_picture_set_paintable (self->picture, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_PLAYER_VIEW);
  g_clear_object (&self->player);
  g_clear_object (&self->poster);

  G_OBJECT_CLASS (reel_player_view_parent_class)->dispose (object);
}

static void
reel_player_view_class_init (ReelPlayerViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = reel_player_view_get_property;
  object_class->set_property = reel_player_view_set_property;
  object_class->dispose = reel_player_view_dispose;
  widget_class->get_request_mode = reel_player_view_get_request_mode;
  widget_class->measure = reel_player_view_measure;
  widget_class->size_allocate = reel_player_view_size_allocate;
  widget_class->map = reel_player_view_map;
  widget_class->unmap = reel_player_view_unmap;

  properties[PROP_PLAYER] = g_param_spec_object ("player", NULL, NULL, REEL_TYPE_PLAYER, flags);
  properties[PROP_POSTER] = g_param_spec_object ("poster", NULL, NULL, GDK_TYPE_PAINTABLE, flags);
  properties[PROP_ASPECT_RATIO] = g_param_spec_double ("aspect-ratio", NULL, NULL, 0.01, 100.0, 16.0 / 9.0, flags);
  properties[PROP_FULLSCREENED] = g_param_spec_boolean ("fullscreened", NULL, NULL, FALSE, flags);
  properties[PROP_SPEED] = g_param_spec_string ("speed", NULL, NULL, "1", flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  reel_player_actions_install (widget_class);
  gtk_widget_class_install_property_action (widget_class, "player.speed", "speed");

  gtk_widget_class_set_css_name (widget_class, "player");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  g_type_ensure (REEL_TYPE_PLAYER_CONTROLS);
  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-player-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelPlayerView, stage);
  gtk_widget_class_bind_template_child (widget_class, ReelPlayerView, pages);
  gtk_widget_class_bind_template_child (widget_class, ReelPlayerView, picture);
  gtk_widget_class_bind_template_child (widget_class, ReelPlayerView, error_title);
  gtk_widget_class_bind_template_child (widget_class, ReelPlayerView, error_body);
  gtk_widget_class_bind_template_child (widget_class, ReelPlayerView, controls);
  gtk_widget_class_bind_template_callback (widget_class, on_motion);
  gtk_widget_class_bind_template_callback (widget_class, on_leave);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
  gtk_widget_class_bind_template_callback (widget_class, on_focus_enter);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
}

static void
reel_player_view_init (ReelPlayerView *self)
{
  self->aspect_ratio = self->shape = 16.0 / 9.0;
  self->pointer_x = self->pointer_y = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  reel_file_drag_add (GTK_WIDGET (self->picture), GTK_WIDGET (self->picture), dup_file, self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->controls), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Player"), -1);

  self->signals = g_signal_group_new (REEL_TYPE_PLAYER);
  g_signal_group_connect_swapped (self->signals, "notify::paintable", G_CALLBACK (show_picture), self);
  g_signal_group_connect_swapped (self->signals, "notify::still", G_CALLBACK (show_picture), self);
  g_signal_group_connect_swapped (self->signals, "notify::error", G_CALLBACK (show_picture), self);
  g_signal_group_connect_swapped (self->signals, "notify::file", G_CALLBACK (show_picture), self);
  g_signal_group_connect_swapped (self->signals, "notify::playing", G_CALLBACK (on_playing), self);
  g_signal_group_connect_swapped (self->signals, "notify::rate", G_CALLBACK (on_rate_changed), self);
  self->paintable_signals = g_signal_group_new (GDK_TYPE_PAINTABLE);
  g_signal_group_connect_swapped (self->paintable_signals, "invalidate-size", G_CALLBACK (update_shape), self);
}

/**
 * reel_player_view_new:
 *
 * Makes a view with nothing to show.
 *
 * Returns: (transfer floating): the view
 */
ReelPlayerView *
reel_player_view_new (void)
{
  return g_object_new (REEL_TYPE_PLAYER_VIEW, NULL);
}

/**
 * reel_player_view_get_player:
 *
 * Returns: (transfer none) (nullable): what plays
 */
ReelPlayer *
reel_player_view_get_player (ReelPlayerView *self)
{
  g_return_val_if_fail (REEL_IS_PLAYER_VIEW (self), NULL);

  return self->player;
}

/**
 * reel_player_view_set_player:
 * @player: (nullable) (transfer none): what plays
 *
 * Sets the player.
 */
void
reel_player_view_set_player (ReelPlayerView *self, ReelPlayer *player)
{
  g_return_if_fail (REEL_IS_PLAYER_VIEW (self));

  if (!g_set_object (&self->player, player))
    return;

  g_signal_group_set_target (self->signals, player);
  reel_player_controls_set_player (self->controls, player);
  show_picture (self);
  reveal (self);
  update_awake (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLAYER]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPEED]);
}

/**
 * reel_player_view_get_poster:
 *
 * Returns: (transfer none) (nullable): what is shown before the video
 */
GdkPaintable *
reel_player_view_get_poster (ReelPlayerView *self)
{
  g_return_val_if_fail (REEL_IS_PLAYER_VIEW (self), NULL);

  return self->poster;
}

/**
 * reel_player_view_set_poster:
 * @poster: (nullable) (transfer none): a still picture
 *
 * Sets what is shown while there is no video.
 */
void
reel_player_view_set_poster (ReelPlayerView *self, GdkPaintable *poster)
{
  g_return_if_fail (REEL_IS_PLAYER_VIEW (self));

  if (!g_set_object (&self->poster, poster))
    return;

  show_picture (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POSTER]);
}

/**
 * reel_player_view_get_aspect_ratio:
 *
 * Returns: the shape of the stage while it is empty
 */
double
reel_player_view_get_aspect_ratio (ReelPlayerView *self)
{
  g_return_val_if_fail (REEL_IS_PLAYER_VIEW (self), 1.0);

  return self->aspect_ratio;
}

/**
 * reel_player_view_set_aspect_ratio:
 * @aspect_ratio: width to height, as it was asked for
 *
 * Sets the shape of the stage while it is empty, so that nothing moves when the video comes.
 */
void
reel_player_view_set_aspect_ratio (ReelPlayerView *self, double aspect_ratio)
{
  g_return_if_fail (REEL_IS_PLAYER_VIEW (self) && aspect_ratio > 0);

  if (self->aspect_ratio == aspect_ratio)
    return;

  self->aspect_ratio = aspect_ratio;
  update_shape (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ASPECT_RATIO]);
}

/**
 * reel_player_view_get_fullscreened:
 *
 * Returns: whether the video fills the screen
 */
gboolean
reel_player_view_get_fullscreened (ReelPlayerView *self)
{
  g_return_val_if_fail (REEL_IS_PLAYER_VIEW (self), FALSE);

  return self->fullscreened;
}

/**
 * reel_player_view_set_fullscreened:
 * @fullscreened: whether the view has the whole screen
 *
 * Fills all of its place, black around the video, or is as large as the video's shape again.
 */
void
reel_player_view_set_fullscreened (ReelPlayerView *self, gboolean fullscreened)
{
  g_return_if_fail (REEL_IS_PLAYER_VIEW (self));

  if (self->fullscreened == fullscreened)
    return;

  self->fullscreened = fullscreened;
  if (fullscreened)
    gtk_widget_add_css_class (GTK_WIDGET (self), "fullscreened");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "fullscreened");
  reel_player_controls_set_fullscreened (self->controls, fullscreened);
  reveal (self);
  update_awake (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FULLSCREENED]);
}
