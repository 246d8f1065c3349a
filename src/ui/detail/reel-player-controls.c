#include "config.h"

#include "reel-player-controls.h"

#include "reel-timecode-text.h"
#include "reel-ui.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define VOLUME_WIDTH 96

/**
 * ReelPlayerControls:
 *
 * The bar over the picture: position and time, the videos before and after, play, volume, speed, loop and full screen. Its buttons activate the `player.`
 * actions of the view around it. Like the keys of a tape deck, it is not mirrored in right-to-left languages.
 */
struct _ReelPlayerControls
{
  AdwBin parent_instance;

  GtkWidget *position;
  GtkAdjustment *position_adjustment;
  GtkWidget *play_button;
  GtkLabel *position_label;
  GtkLabel *duration_label;
  GtkMenuButton *speed_button;
  GtkWidget *loop_button;
  GtkWidget *mute_button;
  GtkWidget *volume_place;
  GtkWidget *volume;
  GtkAdjustment *volume_adjustment;
  GtkWidget *fullscreen_button;

  ReelPlayer *player;
  GSignalGroup *signals;
  GBindingGroup *bindings;
  gint64 shown_second;
  gint64 spoken_position;
  gint64 spoken_duration;
  gboolean concealed;
  gboolean updating;
  gboolean held;
  gboolean resumes;
};

G_DEFINE_FINAL_TYPE (ReelPlayerControls, reel_player_controls, ADW_TYPE_BIN)

/* A widget that is made later, as a button makes its icon, takes the direction of the language again. */
static void
keep_left_to_right (GtkWidget *widget)
{
  gtk_widget_set_direction (widget, GTK_TEXT_DIR_LTR);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (!GTK_IS_POPOVER (child))
      keep_left_to_right (child);
  }
}

/* Tells a screen reader: each frame of a video that stands still, but no more than the seconds of one that plays. */
static void
speak_position (ReelPlayerControls *self, gint64 position, gint64 duration, double frame_rate)
{
  gboolean playing = self->player != NULL && reel_player_get_playing (self->player);
  gint64 shown = playing ? position / G_USEC_PER_SEC * G_USEC_PER_SEC : position;

  if (self->spoken_position == shown && self->spoken_duration == duration)
    return;

  g_autofree char *position_text = reel_timecode_text_make_spoken (shown, frame_rate);
  g_autofree char *duration_text = reel_timecode_text_make_spoken (duration, frame_rate);
  /* Translators: the position in a video and its length, read aloud: "2 seconds, 13 frames of 5 seconds". */
  g_autofree char *text = g_strdup_printf (_ ("%s of %s"), position_text, duration_text);

  self->spoken_position = shown;
  self->spoken_duration = duration;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->position), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

static void
set_text (GtkLabel *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_label (label), text) == 0)
    return;

  gtk_label_set_label (label, text);
  /* Its place stays as wide as it is: digits all have the same width. */
  gtk_label_set_width_chars (label, (int)g_utf8_strlen (text, -1));
}

static void
show_position (ReelPlayerControls *self)
{
  gint64 position = self->player != NULL ? reel_player_get_position (self->player) : 0;
  gint64 duration = self->player != NULL ? reel_player_get_duration (self->player) : 0;
  double frame_rate = 24.0;

  /* What nobody sees is kept up to date for a screen reader alone, which costs a frame of the window each time. */
  if (self->concealed && position / G_USEC_PER_SEC == self->shown_second && duration == self->spoken_duration)
    return;

  if (self->player != NULL)
    g_object_get (self->player, "frame-rate", &frame_rate, NULL);

  g_autofree char *position_text = reel_timecode_text_make (position, frame_rate);
  g_autofree char *duration_text = reel_timecode_text_make (duration, frame_rate);

  self->shown_second = position / G_USEC_PER_SEC;
  self->updating = TRUE;
  gtk_adjustment_set_upper (self->position_adjustment, (double)duration / G_USEC_PER_SEC);
  gtk_adjustment_set_value (self->position_adjustment, (double)position / G_USEC_PER_SEC);
  self->updating = FALSE;
  set_text (self->position_label, position_text);
  set_text (self->duration_label, duration_text);
  speak_position (self, position, duration, frame_rate);
}

static void
show_playing (ReelPlayerControls *self)
{
  gboolean playing = self->player != NULL && reel_player_get_playing (self->player);
  const char *label = playing ? _ ("Pause") : _ ("Play");

  gtk_button_set_icon_name (GTK_BUTTON (self->play_button),
                            playing ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (self->play_button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  show_position (self);
}

static void
show_volume (ReelPlayerControls *self)
{
  gboolean has_audio = FALSE, muted = FALSE;
  double volume = 1.0, rate = 1.0;
  const char *icon_name = "audio-volume-high-symbolic";
  const char *tooltip = _ ("Mute");
  g_autofree char *spoken = NULL;

  if (self->player != NULL)
    g_object_get (self->player, "has-audio", &has_audio, "muted", &muted, "volume", &volume, "rate", &rate, NULL);

  if (muted || !has_audio || rate != 1.0 || volume == 0)
    icon_name = "audio-volume-muted-symbolic";
  else if (volume < 0.34)
    icon_name = "audio-volume-low-symbolic";
  else if (volume < 0.67)
    icon_name = "audio-volume-medium-symbolic";
  if (!has_audio)
    tooltip = _ ("No Sound");
  else if (rate != 1.0)
    tooltip = _ ("Sound Is Off at Other Speeds Than 1×");
  gtk_button_set_icon_name (GTK_BUTTON (self->mute_button), icon_name);
  gtk_widget_set_sensitive (self->mute_button, has_audio);
  gtk_widget_set_sensitive (self->volume, has_audio);
  gtk_widget_set_tooltip_text (self->mute_button, tooltip);
  spoken = g_strdup_printf (_ ("%d %%"), (int)round (volume * 100));
  self->updating = TRUE;
  gtk_adjustment_set_value (self->volume_adjustment, volume);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->volume), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, spoken, -1);
  self->updating = FALSE;
}

static void
show_rate (ReelPlayerControls *self)
{
  double rate = 1.0;
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (self->player != NULL)
    g_object_get (self->player, "rate", &rate, NULL);

  g_ascii_formatd (number, sizeof number, "%g", rate);
  /* Translators: %s is the speed of a video, such as 0.5; × stands for "times". */
  g_autofree char *label = g_strdup_printf (C_ ("speed of a video", "%s×"), number);

  gtk_menu_button_set_label (self->speed_button, label);
  show_volume (self);
  keep_left_to_right (GTK_WIDGET (self->speed_button));
}

static void
on_position_chosen (ReelPlayerControls *self)
{
  if (self->updating || self->player == NULL)
    return;

  reel_player_seek (self->player, (gint64)(gtk_adjustment_get_value (self->position_adjustment) * G_USEC_PER_SEC));
}

/* As wide as a slider is good for, but in the bar of a narrow video it gives way. */
static void
measure_volume (GtkWidget *place,
                GtkOrientation orientation,
                int for_size,
                int *minimum,
                int *natural,
                int *minimum_baseline,
                int *natural_baseline)
{
  gtk_widget_measure (gtk_widget_get_first_child (place), orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*natural, VOLUME_WIDTH);
}

static void
allocate_volume (GtkWidget *place, int width, int height, int baseline)
{
  gtk_widget_allocate (gtk_widget_get_first_child (place), width, height, baseline, NULL);
}

static void
on_volume_chosen (ReelPlayerControls *self)
{
  if (self->updating || self->player == NULL)
    return;

  g_object_set (self->player, "volume", gtk_adjustment_get_value (self->volume_adjustment), "muted", FALSE, NULL);
}

/* While the slider is held the video stands still: it would run away from under the pointer. */
static gboolean
on_slider_event (GtkEventControllerLegacy *controller, GdkEvent *event, ReelPlayerControls *self)
{
  switch ((int)gdk_event_get_event_type (event)) {
  case GDK_BUTTON_PRESS:
  case GDK_TOUCH_BEGIN:
    self->held = TRUE;
    self->resumes = self->player != NULL && reel_player_get_playing (self->player);
    if (self->resumes)
      reel_player_pause (self->player);
    break;
  case GDK_BUTTON_RELEASE:
  case GDK_TOUCH_END:
  case GDK_TOUCH_CANCEL:
  case GDK_GRAB_BROKEN:
    self->held = FALSE;
    if (self->resumes && self->player != NULL)
      reel_player_play (self->player);
    self->resumes = FALSE;
    break;
  default:
    break;
  }

  return GDK_EVENT_PROPAGATE;
}

static gboolean
on_volume_scrolled (GtkEventControllerScroll *controller, double dx, double dy, ReelPlayerControls *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "player.volume", "d", dy < 0 ? 0.05 : -0.05);

  return GDK_EVENT_STOP;
}

static void
reel_player_controls_dispose (GObject *object)
{
  ReelPlayerControls *self = REEL_PLAYER_CONTROLS (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->bindings);
  g_clear_object (&self->player);
  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_PLAYER_CONTROLS);

  G_OBJECT_CLASS (reel_player_controls_parent_class)->dispose (object);
}

static void
reel_player_controls_class_init (ReelPlayerControlsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reel_player_controls_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-player-controls.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelPlayerControls, position);
  gtk_widget_class_bind_template_child (widget_class, ReelPlayerControls, position_adjustment);
  gtk_widget_class_bind_template_child (widget_class, ReelPlayerControls, play_button);
  gtk_widget_class_bind_template_child (widget_class, ReelPlayerControls, position_label);
  gtk_widget_class_bind_template_child (widget_class, ReelPlayerControls, duration_label);
  gtk_widget_class_bind_template_child (widget_class, ReelPlayerControls, speed_button);
  gtk_widget_class_bind_template_child (widget_class, ReelPlayerControls, loop_button);
  gtk_widget_class_bind_template_child (widget_class, ReelPlayerControls, mute_button);
  gtk_widget_class_bind_template_child (widget_class, ReelPlayerControls, volume);
  gtk_widget_class_bind_template_child (widget_class, ReelPlayerControls, volume_place);
  gtk_widget_class_bind_template_child (widget_class, ReelPlayerControls, volume_adjustment);
  gtk_widget_class_bind_template_child (widget_class, ReelPlayerControls, fullscreen_button);
  gtk_widget_class_bind_template_callback (widget_class, on_position_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_slider_event);
  gtk_widget_class_bind_template_callback (widget_class, on_volume_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_volume_scrolled);
}

static void
reel_player_controls_init (ReelPlayerControls *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_widget_set_layout_manager (self->volume_place, gtk_custom_layout_new (NULL, measure_volume, allocate_volume));
  self->spoken_position = self->spoken_duration = -1;
  self->signals = g_signal_group_new (REEL_TYPE_PLAYER);
  g_signal_group_connect_swapped (self->signals, "notify::position", G_CALLBACK (show_position), self);
  g_signal_group_connect_swapped (self->signals, "notify::duration", G_CALLBACK (show_position), self);
  g_signal_group_connect_swapped (self->signals, "notify::frame-rate", G_CALLBACK (show_position), self);
  g_signal_group_connect_swapped (self->signals, "notify::playing", G_CALLBACK (show_playing), self);
  g_signal_group_connect_swapped (self->signals, "notify::has-audio", G_CALLBACK (show_volume), self);
  g_signal_group_connect_swapped (self->signals, "notify::muted", G_CALLBACK (show_volume), self);
  g_signal_group_connect_swapped (self->signals, "notify::volume", G_CALLBACK (show_volume), self);
  g_signal_group_connect_swapped (self->signals, "notify::rate", G_CALLBACK (show_rate), self);

  self->bindings = g_binding_group_new ();
  g_binding_group_bind (self->bindings, "loop", self->loop_button, "active",
                        G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_binding_group_bind (self->bindings, "muted", self->mute_button, "active",
                        G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);

  reel_player_controls_set_fullscreened (self, FALSE);
  show_position (self);
  show_playing (self);
  show_volume (self);
  show_rate (self);
  keep_left_to_right (GTK_WIDGET (self));
}

/**
 * reel_player_controls_set_player:
 * @player: (nullable) (transfer none): what is controlled
 *
 * Sets the player.
 */
void
reel_player_controls_set_player (ReelPlayerControls *self, ReelPlayer *player)
{
  g_return_if_fail (REEL_IS_PLAYER_CONTROLS (self));

  if (!g_set_object (&self->player, player))
    return;

  g_signal_group_set_target (self->signals, player);
  g_binding_group_set_source (self->bindings, player);
  gtk_widget_set_sensitive (GTK_WIDGET (self), player != NULL);
  show_position (self);
  show_playing (self);
  show_volume (self);
  show_rate (self);
}

/**
 * reel_player_controls_set_fullscreened:
 * @fullscreened: whether the video fills the screen
 *
 * Shows the way in, or the way back.
 */
void
reel_player_controls_set_fullscreened (ReelPlayerControls *self, gboolean fullscreened)
{
  g_return_if_fail (REEL_IS_PLAYER_CONTROLS (self));

  gtk_button_set_icon_name (GTK_BUTTON (self->fullscreen_button),
                            fullscreened ? "view-restore-symbolic" : "view-fullscreen-symbolic");
  gtk_widget_set_tooltip_text (self->fullscreen_button, fullscreened ? _ ("Leave Full Screen") : _ ("Full Screen"));
}

/**
 * reel_player_controls_set_concealed:
 * @concealed: whether nobody sees the bar
 *
 * Spares the work that nobody sees, or catches up with it.
 */
void
reel_player_controls_set_concealed (ReelPlayerControls *self, gboolean concealed)
{
  g_return_if_fail (REEL_IS_PLAYER_CONTROLS (self));

  self->concealed = concealed;
  if (!concealed)
    show_position (self);
}

/**
 * reel_player_controls_is_held:
 *
 * Returns: whether the person is in the middle of something, and the bar must stay
 */
gboolean
reel_player_controls_is_held (ReelPlayerControls *self)
{
  g_return_val_if_fail (REEL_IS_PLAYER_CONTROLS (self), FALSE);

  return self->held || gtk_menu_button_get_active (self->speed_button);
}
