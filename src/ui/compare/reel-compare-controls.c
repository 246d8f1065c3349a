#include "config.h"

#include "reel-compare-controls.h"

#include <glib/gi18n-lib.h>

#include "reel-ui.h"

/**
 * ReelCompareControls:
 *
 * The bar beneath a comparison: position, frames, play, time, the video that is heard, loop, mute and full screen. Its
 * buttons activate the `compare.` actions of the dialog around it. Like the keys of a tape deck, it is not mirrored in
 * right-to-left languages.
 */
struct _ReelCompareControls
{
  AdwBin parent_instance;

  GtkWidget *position;
  GtkAdjustment *position_adjustment;
  GtkWidget *play_button;
  GtkLabel *time_label;
  GtkMenuButton *heard_button;
  GtkLabel *heard_label;
  GtkWidget *loop_button;
  GtkWidget *mute_button;
  GtkWidget *fullscreen_button;

  ReelComparison *comparison;
  GSignalGroup *signals;
  GBindingGroup *bindings;
  gboolean updating;
  gboolean resumes;
};

G_DEFINE_FINAL_TYPE (ReelCompareControls, reel_compare_controls, ADW_TYPE_BIN)

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

static char *
make_time (gint64 time)
{
  gint64 seconds = time / G_USEC_PER_SEC;

  return g_strdup_printf ("%d:%02d", (int)(seconds / 60), (int)(seconds % 60));
}

static void
show_position (ReelCompareControls *self)
{
  gint64 position = reel_comparison_get_position (self->comparison);
  gint64 duration = reel_comparison_get_duration (self->comparison);
  g_autofree char *position_time = make_time (position), *duration_time = make_time (duration);
  /* Translators: the position in a video and its length, such as 0:02 / 0:05. */
  g_autofree char *time = g_strdup_printf (_ ("%s / %s"), position_time, duration_time);

  self->updating = TRUE;
  gtk_adjustment_set_upper (self->position_adjustment, (double)duration / G_USEC_PER_SEC);
  gtk_adjustment_set_value (self->position_adjustment, (double)position / G_USEC_PER_SEC);
  self->updating = FALSE;

  if (g_strcmp0 (gtk_label_get_label (self->time_label), time) == 0)
    return;

  gtk_label_set_label (self->time_label, time);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->position), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, time, -1);
}

static void
show_playing (ReelCompareControls *self)
{
  gboolean playing = reel_comparison_get_playing (self->comparison);
  const char *label = playing ? _ ("Pause") : _ ("Play");

  gtk_button_set_icon_name (GTK_BUTTON (self->play_button),
                            playing ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (self->play_button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
show_sound (ReelCompareControls *self)
{
  guint heard = reel_comparison_get_heard (self->comparison);
  const ReelComparisonTrack *track = reel_comparison_get_track (self->comparison, heard);
  gboolean has_audio = track == NULL || track->has_audio, muted;
  /* Translators: %u is the number of the video of a comparison whose sound is played. */
  g_autofree char *label = g_strdup_printf (_ ("Sound of %u"), heard + 1), *number = g_strdup_printf ("%u", heard + 1);

  g_object_get (self->comparison, "muted", &muted, NULL);
  gtk_button_set_icon_name (GTK_BUTTON (self->mute_button),
                            muted || !has_audio ? "audio-volume-muted-symbolic" : "audio-volume-high-symbolic");
  gtk_widget_set_sensitive (self->mute_button, has_audio);
  gtk_widget_set_tooltip_text (self->mute_button, has_audio ? _ ("Mute") : _ ("No Sound"));
  gtk_label_set_label (self->heard_label, number);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->heard_button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->heard_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
on_position_chosen (ReelCompareControls *self)
{
  if (!self->updating && self->comparison != NULL)
    reel_comparison_seek (self->comparison,
                          (gint64)(gtk_adjustment_get_value (self->position_adjustment) * G_USEC_PER_SEC));
}

/* While the slider is held the videos stand still: they would run away from under the pointer. */
static gboolean
on_slider_event (GtkEventControllerLegacy *controller, GdkEvent *event, ReelCompareControls *self)
{
  switch ((int)gdk_event_get_event_type (event)) {
  case GDK_BUTTON_PRESS:
  case GDK_TOUCH_BEGIN:
    self->resumes = reel_comparison_get_playing (self->comparison);
    if (self->resumes)
      reel_comparison_pause (self->comparison);
    break;
  case GDK_BUTTON_RELEASE:
  case GDK_TOUCH_END:
  case GDK_TOUCH_CANCEL:
    if (self->resumes)
      reel_comparison_play (self->comparison);
    self->resumes = FALSE;
    break;
  default:
    break;
  }

  return GDK_EVENT_PROPAGATE;
}

static void
reel_compare_controls_dispose (GObject *object)
{
  ReelCompareControls *self = REEL_COMPARE_CONTROLS (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->bindings);
  g_clear_object (&self->comparison);
  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_COMPARE_CONTROLS);

  G_OBJECT_CLASS (reel_compare_controls_parent_class)->dispose (object);
}

static void
reel_compare_controls_class_init (ReelCompareControlsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reel_compare_controls_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-compare-controls.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelCompareControls, position);
  gtk_widget_class_bind_template_child (widget_class, ReelCompareControls, position_adjustment);
  gtk_widget_class_bind_template_child (widget_class, ReelCompareControls, play_button);
  gtk_widget_class_bind_template_child (widget_class, ReelCompareControls, time_label);
  gtk_widget_class_bind_template_child (widget_class, ReelCompareControls, heard_button);
  gtk_widget_class_bind_template_child (widget_class, ReelCompareControls, heard_label);
  gtk_widget_class_bind_template_child (widget_class, ReelCompareControls, loop_button);
  gtk_widget_class_bind_template_child (widget_class, ReelCompareControls, mute_button);
  gtk_widget_class_bind_template_child (widget_class, ReelCompareControls, fullscreen_button);
  gtk_widget_class_bind_template_callback (widget_class, on_position_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_slider_event);
}

static void
reel_compare_controls_init (ReelCompareControls *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->signals = g_signal_group_new (REEL_TYPE_COMPARISON);
  g_signal_group_connect_swapped (self->signals, "notify::position", G_CALLBACK (show_position), self);
  g_signal_group_connect_swapped (self->signals, "notify::duration", G_CALLBACK (show_position), self);
  g_signal_group_connect_swapped (self->signals, "notify::playing", G_CALLBACK (show_playing), self);
  g_signal_group_connect_swapped (self->signals, "notify::muted", G_CALLBACK (show_sound), self);
  g_signal_group_connect_swapped (self->signals, "notify::heard", G_CALLBACK (show_sound), self);
  g_signal_group_connect_swapped (self->signals, "changed", G_CALLBACK (show_sound), self);

  self->bindings = g_binding_group_new ();
  g_binding_group_bind (self->bindings, "loop", self->loop_button, "active",
                        G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_binding_group_bind (self->bindings, "muted", self->mute_button, "active",
                        G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  reel_compare_controls_set_fullscreened (self, FALSE);
}

/**
 * reel_compare_controls_set_comparison:
 * @comparison: (transfer none): what is controlled, with its videos
 *
 * Sets the comparison, once.
 */
void
reel_compare_controls_set_comparison (ReelCompareControls *self, ReelComparison *comparison)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  g_return_if_fail (REEL_IS_COMPARE_CONTROLS (self) && REEL_IS_COMPARISON (comparison));

  g_set_object (&self->comparison, comparison);
  for (guint i = 0; i < reel_comparison_get_n_videos (comparison); i++) {
    /* Translators: %u is the number of the video of a comparison whose sound is played. */
    g_autofree char *label = g_strdup_printf (_ ("Sound of %u"), i + 1);
    g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

    g_menu_item_set_action_and_target (item, "compare.heard", "u", i);
    g_menu_append_item (menu, item);
  }
  gtk_menu_button_set_menu_model (self->heard_button, G_MENU_MODEL (menu));
  g_signal_group_set_target (self->signals, comparison);
  g_binding_group_set_source (self->bindings, comparison);
  show_position (self);
  show_playing (self);
  show_sound (self);
  keep_left_to_right (GTK_WIDGET (self));
}

/**
 * reel_compare_controls_set_fullscreened:
 * @fullscreened: whether the window fills the screen
 *
 * Shows the way in, or the way back.
 */
void
reel_compare_controls_set_fullscreened (ReelCompareControls *self, gboolean fullscreened)
{
  g_return_if_fail (REEL_IS_COMPARE_CONTROLS (self));

  gtk_button_set_icon_name (GTK_BUTTON (self->fullscreen_button),
                            fullscreened ? "view-restore-symbolic" : "view-fullscreen-symbolic");
  gtk_widget_set_tooltip_text (self->fullscreen_button, fullscreened ? _ ("Leave Full Screen") : _ ("Full Screen"));
}
