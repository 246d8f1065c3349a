#include "config.h"

#include "reel-clip.h"
#include "reel-dnd-test.h"
#include "reel-player-fixture.h"
#include "reel-player-view.h"
#include "reel-test.h"
#include "reel-ui-test.h"

#include <gst/gst.h>

static char *folder;
static GFile *clip;

/* A view with a player of its own, in a window. */
typedef struct
{
  ReelPlayer *player;
  ReelPlayerView *view;
  GtkWindow *window;
} Fixture;

static void
setup (Fixture *self, GFile *file, int width, int height)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->player = reel_fixture_open (file);
  self->view = g_object_ref_sink (reel_player_view_new ());
  reel_player_view_set_player (self->view, self->player);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->view));
  self->window = reel_ui_test_present (box, width, height);
}

/* Closes all of it, and proves that nothing keeps the view or the player. */
static void
teardown (Fixture *self)
{
  gpointer view = self->view, player = self->player;

  g_object_add_weak_pointer (view, &view);
  g_object_add_weak_pointer (player, &player);
  gtk_window_destroy (self->window);
  g_object_unref (self->view);
  g_object_unref (self->player);
  reel_test_wait (view == NULL && player == NULL);
}

static gpointer
find (Fixture *self, GType type, const char *name)
{
  gpointer found = reel_ui_test_find (self->view, type, name);

  if (found == NULL)
    g_error ("there is no %s named %s", g_type_name (type), name);

  return found;
}

static GtkWidget *
find_controls (Fixture *self)
{
  return gtk_widget_get_ancestor (find (self, GTK_TYPE_SCALE, "Position"), ADW_TYPE_BIN);
}

static GtkWidget *
find_stage (Fixture *self)
{
  return gtk_widget_get_first_child (GTK_WIDGET (self->view));
}

static gboolean
has_shape (Fixture *self, double shape)
{
  GtkWidget *stage = find_stage (self);
  int width = gtk_widget_get_width (stage), height = gtk_widget_get_height (stage);

  return height > 0 && ABS (width - height * shape) < 2;
}

static void
test_shapes (void)
{
  const struct
  {
    int width, height, stage_width; /* 0 for all of the width that there is */
  } shapes[] = {{320, 180, 0}, {180, 320, 304}, {240, 240, 0}};

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++) {
    g_autoptr (GFile) file = reel_clip_make (
        &(ReelClip){.width = shapes[i].width, .height = shapes[i].height, .frames = 4}, folder, "shape.mp4");
    Fixture fixture;
    int width, stage_width;

    setup (&fixture, file, 480, 700);
    reel_test_wait (has_shape (&fixture, (double)shapes[i].width / shapes[i].height));
    width = gtk_widget_get_width (GTK_WIDGET (fixture.view));
    stage_width = shapes[i].stage_width > 0 ? shapes[i].stage_width : width;
    g_assert_cmpint (gtk_widget_get_width (find_stage (&fixture)), ==, stage_width);

    /* It has the whole screen, with black beside it. */
    reel_player_view_set_fullscreened (fixture.view, TRUE);
    reel_test_wait (gtk_widget_get_width (find_stage (&fixture)) == width);
    reel_player_view_set_fullscreened (fixture.view, FALSE);
    reel_test_wait (gtk_widget_get_width (find_stage (&fixture)) == stage_width);
    teardown (&fixture);
  }
}

/* The shape that was asked for keeps the place until the video is there. */
static void
test_place (void)
{
  Fixture fixture;

  setup (&fixture, NULL, 480, 700);
  reel_player_view_set_aspect_ratio (fixture.view, 1.0);
  reel_test_wait (has_shape (&fixture, 1.0));
  g_assert_null (reel_ui_test_find (fixture.view, GTK_TYPE_BUTTON, "Play"));
  reel_player_set_file (fixture.player, clip);
  g_assert_nonnull (reel_ui_test_find (fixture.view, GTK_TYPE_BUTTON, "Play"));
  reel_test_wait (has_shape (&fixture, 16.0 / 9.0));

  teardown (&fixture);
}

static void
test_poster (void)
{
  g_autoptr (GBytes) pixels = g_bytes_new_take (g_malloc0 (40 * 40 * 4), 40 * 40 * 4);
  g_autoptr (GdkTexture) poster = gdk_memory_texture_new (40, 40, GDK_MEMORY_R8G8B8A8, pixels, 40 * 4);
  Fixture fixture;
  GtkPicture *picture;

  setup (&fixture, NULL, 480, 700);
  reel_player_view_set_poster (fixture.view, GDK_PAINTABLE (poster));
  picture = find (&fixture, GTK_TYPE_PICTURE, NULL);
  g_assert_true (gtk_picture_get_paintable (picture) == GDK_PAINTABLE (poster));
  reel_test_wait (has_shape (&fixture, 1.0));
  reel_player_set_file (fixture.player, clip);
  g_assert_true (gtk_picture_get_paintable (picture) == GDK_PAINTABLE (poster));
  reel_test_wait (reel_player_get_paintable (fixture.player) != NULL);
  g_assert_true (gtk_picture_get_paintable (picture) == reel_player_get_paintable (fixture.player));

  teardown (&fixture);
}

/* The video can be dragged out, and nothing where there is none. */
static void
test_drag (void)
{
  g_autofree char *path = NULL;
  Fixture fixture;
  GtkWidget *picture;

  setup (&fixture, clip, 480, 700);
  reel_test_wait (reel_player_get_paintable (fixture.player) != NULL);
  picture = find (&fixture, GTK_TYPE_PICTURE, NULL);
  path = reel_dnd_test_drag (picture);
  g_assert_cmpstr (path, ==, g_file_peek_path (clip));
  reel_player_set_file (fixture.player, NULL);
  g_assert_null (reel_dnd_test_drag (picture));

  teardown (&fixture);
}

static void
assert_spoken (Fixture *self, const char *text)
{
  g_autofree char *difference = gtk_test_accessible_check_property (find (self, GTK_TYPE_SCALE, "Position"),
                                                                    GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text);

  g_assert_cmpstr (difference, ==, NULL);
}

static void
test_controls (void)
{
  Fixture fixture;
  GtkWidget *play, *loop, *mute;
  double volume;
  gboolean on;

  setup (&fixture, clip, 480, 700);
  reel_test_wait (reel_fixture_read_frame (fixture.player) == 0);
  g_assert_cmpstr (
      gtk_test_accessible_check_property (GTK_ACCESSIBLE (fixture.view), GTK_ACCESSIBLE_PROPERTY_LABEL, "Player"), ==,
      NULL);
  find (&fixture, GTK_TYPE_BUTTON, "Full screen");
  find (&fixture, GTK_TYPE_MENU_BUTTON, "Speed");
  play = find (&fixture, GTK_TYPE_BUTTON, "Play");
  g_assert_true (reel_ui_test_reads (fixture.view, "0:00:00:00"));
  g_assert_true (reel_ui_test_reads (fixture.view, "0:00:02:00"));
  assert_spoken (&fixture, "0 seconds of 2 seconds");

  reel_ui_test_press (play);
  g_assert_true (reel_player_get_playing (fixture.player));
  g_assert_true (find (&fixture, GTK_TYPE_BUTTON, "Pause") == play);
  reel_test_wait (reel_player_get_position (fixture.player) > G_USEC_PER_SEC);
  reel_ui_test_press (play);
  g_assert_false (reel_player_get_playing (fixture.player));
  g_assert_true (find (&fixture, GTK_TYPE_BUTTON, "Play") == play);

  gtk_range_set_value (find (&fixture, GTK_TYPE_SCALE, "Position"), 1.51);
  g_assert_cmpint (reel_player_get_position (fixture.player), ==, 1510000);
  reel_test_wait (reel_fixture_read_frame (fixture.player) == 36);
  g_assert_true (reel_ui_test_reads (fixture.view, "0:00:01:12"));
  assert_spoken (&fixture, "1 second, 12 frames of 2 seconds");

  gtk_range_set_value (find (&fixture, GTK_TYPE_SCALE, "Volume"), 0.5);
  g_object_get (fixture.player, "volume", &volume, NULL);
  g_assert_cmpfloat (volume, ==, 0.5);
  g_object_set (fixture.player, "volume", 0.25, NULL);
  g_assert_cmpfloat (gtk_range_get_value (find (&fixture, GTK_TYPE_SCALE, "Volume")), ==, 0.25);

  loop = find (&fixture, GTK_TYPE_TOGGLE_BUTTON, "Loop");
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (loop)));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (loop), FALSE);
  g_object_get (fixture.player, "loop", &on, NULL);
  g_assert_false (on);
  mute = find (&fixture, GTK_TYPE_TOGGLE_BUTTON, "Mute");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (mute), TRUE);
  g_object_get (fixture.player, "muted", &on, NULL);
  g_assert_true (on);
  g_object_set (fixture.player, "muted", FALSE, NULL);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (mute)));

  teardown (&fixture);
}

static GtkShortcut *
find_shortcut (GtkWidget *widget, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    for (guint j = 0;
         GTK_IS_SHORTCUT_CONTROLLER (controller) && j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++) {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
      GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

      if (GTK_IS_KEYVAL_TRIGGER (trigger) && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key)
        return shortcut;
    }
  }

  return NULL;
}

static void
press_key (Fixture *self, guint key)
{
  GtkShortcut *shortcut = find_shortcut (GTK_WIDGET (self->view), key);

  g_assert_nonnull (shortcut);
  g_assert_true (gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, GTK_WIDGET (self->view),
                                               gtk_shortcut_get_arguments (shortcut)));
}

static void
test_speed (void)
{
  Fixture fixture;
  double rate;

  setup (&fixture, clip, 480, 700);
  g_assert_true (reel_ui_test_reads (fixture.view, "1×"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture.view), "player.speed", "s", "0.5"));
  g_object_get (fixture.player, "rate", &rate, NULL);
  g_assert_cmpfloat (rate, ==, 0.5);
  g_assert_true (reel_ui_test_reads (fixture.view, "0.5×"));

  /* The keys go from one to the next, as far as they go. */
  for (int i = 0; i < 9; i++)
    press_key (&fixture, GDK_KEY_greater);
  g_assert_true (reel_ui_test_reads (fixture.view, "2×"));
  press_key (&fixture, GDK_KEY_less);
  g_assert_true (reel_ui_test_reads (fixture.view, "1.5×"));
  for (int i = 0; i < 9; i++)
    press_key (&fixture, GDK_KEY_less);
  g_assert_true (reel_ui_test_reads (fixture.view, "0.25×"));

  teardown (&fixture);
}

static void
test_keys (void)
{
  Fixture fixture;
  gboolean on;
  double volume;

  setup (&fixture, clip, 480, 700);
  reel_test_wait (reel_fixture_read_frame (fixture.player) == 0);

  press_key (&fixture, GDK_KEY_space);
  g_assert_true (reel_player_get_playing (fixture.player));
  press_key (&fixture, GDK_KEY_k);
  g_assert_false (reel_player_get_playing (fixture.player));
  /* Whatever was shown while it played, from here on each frame is the one that a key has asked for. */
  press_key (&fixture, GDK_KEY_End);
  reel_test_wait (reel_fixture_read_frame (fixture.player) == 47);
  press_key (&fixture, GDK_KEY_Home);
  reel_test_wait (reel_fixture_read_frame (fixture.player) == 0);
  press_key (&fixture, GDK_KEY_period);
  reel_test_wait (reel_fixture_read_frame (fixture.player) == 1);
  press_key (&fixture, GDK_KEY_Right);
  reel_test_wait (reel_fixture_read_frame (fixture.player) == 25);
  press_key (&fixture, GDK_KEY_comma);
  reel_test_wait (reel_fixture_read_frame (fixture.player) == 24);
  press_key (&fixture, GDK_KEY_Left);
  reel_test_wait (reel_fixture_read_frame (fixture.player) == 0);

  press_key (&fixture, GDK_KEY_m);
  g_object_get (fixture.player, "muted", &on, NULL);
  g_assert_true (on);
  press_key (&fixture, GDK_KEY_l);
  g_object_get (fixture.player, "loop", &on, NULL);
  g_assert_false (on);
  press_key (&fixture, GDK_KEY_Down);
  g_object_get (fixture.player, "volume", &volume, "muted", &on, NULL);
  g_assert_cmpfloat_with_epsilon (volume, 0.95, 0.001);
  g_assert_false (on);
  press_key (&fixture, GDK_KEY_Up);
  press_key (&fixture, GDK_KEY_Up);
  g_object_get (fixture.player, "volume", &volume, NULL);
  g_assert_cmpfloat (volume, ==, 1.0);

  teardown (&fixture);
}

/* Whatever is shown, there is a frame in it. */
static void
check_picture (GtkPicture *picture)
{
  g_assert_cmpint (reel_clip_read_paintable (gtk_picture_get_paintable (picture)), >=, 0);
}

/* Between two videos the last picture of the first one stays until the second one has a frame. */
static void
test_next_video (void)
{
  g_autoptr (GFile) next = reel_clip_make (&(ReelClip){.frames = 4, .audio = 0.2}, folder, "next.mp4");
  Fixture fixture;
  GtkPicture *picture;

  setup (&fixture, clip, 480, 700);
  reel_test_wait (reel_fixture_read_frame (fixture.player) == 0);
  reel_player_seek (fixture.player, reel_fixture_time_of (40));
  reel_test_wait (reel_fixture_read_frame (fixture.player) == 40);
  picture = find (&fixture, GTK_TYPE_PICTURE, NULL);
  reel_player_set_file (fixture.player, next);
  g_assert_cmpint (reel_clip_read_paintable (gtk_picture_get_paintable (picture)), ==, 40);
  g_signal_connect_swapped (picture, "notify::paintable", G_CALLBACK (check_picture), picture);
  reel_test_wait (reel_fixture_read_frame (fixture.player) == 0);
  g_assert_true (gtk_picture_get_paintable (picture) == reel_player_get_paintable (fixture.player));
  g_signal_handlers_disconnect_by_func (picture, check_picture, picture);

  teardown (&fixture);
}

/* A picture of the video, and the way out, never a black rectangle. */
static void
test_error (void)
{
  g_autoptr (GFile) cut = reel_clip_cut (clip, 0.5, "cut.mp4");
  Fixture fixture;

  setup (&fixture, cut, 360, 700);
  reel_test_wait (reel_player_get_error (fixture.player) != NULL);
  g_assert_true (reel_ui_test_reads (fixture.view, "The video is not complete"));
  g_assert_true (gtk_widget_get_sensitive (find (&fixture, GTK_TYPE_BUTTON, "Open With…")));
  g_assert_null (reel_ui_test_find (fixture.view, GTK_TYPE_BUTTON, "Play"));
  reel_test_wait (gtk_widget_get_height (find_stage (&fixture)) > 100);

  /* The next video takes its place. */
  reel_player_set_file (fixture.player, clip);
  reel_test_wait (reel_fixture_read_frame (fixture.player) == 0);
  g_assert_nonnull (reel_ui_test_find (fixture.view, GTK_TYPE_BUTTON, "Play"));

  teardown (&fixture);
}

static int
get_frame_width (Fixture *self)
{
  GdkPaintable *paintable = reel_player_get_paintable (self->player);

  return paintable != NULL ? gdk_paintable_get_intrinsic_width (paintable) : 0;
}

/* Without a GPU the frames are made as large as they are seen, and follow a resize. */
static void
test_scale_width (void)
{
  g_autoptr (GFile) large =
      reel_clip_make (&(ReelClip){.width = 1280, .height = 720, .frames = 4}, folder, "large.mp4");
  Fixture fixture;
  guint scale_width;

  setup (&fixture, large, 480, 700);
  reel_test_wait (get_frame_width (&fixture) > 0 &&
                  get_frame_width (&fixture) == gtk_widget_get_width (find_stage (&fixture)));
  g_object_get (fixture.player, "scale-width", &scale_width, NULL);
  g_assert_cmpint (scale_width, ==, get_frame_width (&fixture));
  gtk_window_set_default_size (fixture.window, 600, 700);
  reel_test_wait (gtk_widget_get_width (find_stage (&fixture)) > 550 &&
                  get_frame_width (&fixture) == gtk_widget_get_width (find_stage (&fixture)));

  teardown (&fixture);
}

/* The controls go while it plays, but keep their place for the keyboard; they come back with a pause. */
static void
test_conceal (void)
{
  Fixture fixture;
  GtkWidget *controls;

  setup (&fixture, clip, 480, 700);
  reel_test_wait (reel_fixture_read_frame (fixture.player) == 0);
  controls = find_controls (&fixture);
  g_assert_false (gtk_widget_has_css_class (controls, "concealed"));
  reel_player_play (fixture.player);
  reel_test_wait (gtk_widget_has_css_class (controls, "concealed"));
  g_assert_true (gtk_widget_get_mapped (find (&fixture, GTK_TYPE_BUTTON, "Pause")));
  reel_player_pause (fixture.player);
  g_assert_false (gtk_widget_has_css_class (controls, "concealed"));

  teardown (&fixture);
}

/* Like the keys of a tape deck, the controls are never mirrored. */
static void
test_right_to_left (void)
{
  Fixture fixture;
  graphene_rect_t play, loop;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  setup (&fixture, clip, 480, 700);
  reel_test_wait (reel_fixture_read_frame (fixture.player) == 0);
  g_assert_true (
      gtk_widget_compute_bounds (find (&fixture, GTK_TYPE_BUTTON, "Play"), GTK_WIDGET (fixture.view), &play));
  g_assert_true (
      gtk_widget_compute_bounds (find (&fixture, GTK_TYPE_TOGGLE_BUTTON, "Loop"), GTK_WIDGET (fixture.view), &loop));
  g_assert_cmpfloat (play.origin.x, <, loop.origin.x);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);

  teardown (&fixture);
}

int
main (int argc, char *argv[])
{
  gst_init (&argc, &argv);
  reel_ui_test_init (&argc, &argv);
  reel_fixture_own_main_context ();

  folder = reel_test_make_folder ();
  clip = reel_clip_make (&(ReelClip){.frames = 48, .audio = 2.0}, folder, "clip.mp4");

  g_test_add_func ("/player-view/shapes", test_shapes);
  g_test_add_func ("/player-view/place", test_place);
  g_test_add_func ("/player-view/poster", test_poster);
  g_test_add_func ("/player-view/drag", test_drag);
  g_test_add_func ("/player-view/controls", test_controls);
  g_test_add_func ("/player-view/speed", test_speed);
  g_test_add_func ("/player-view/keys", test_keys);
  g_test_add_func ("/player-view/next-video", test_next_video);
  g_test_add_func ("/player-view/error", test_error);
  g_test_add_func ("/player-view/scale-width", test_scale_width);
  g_test_add_func ("/player-view/conceal", test_conceal);
  g_test_add_func ("/player-view/right-to-left", test_right_to_left);

  int status = g_test_run ();

  g_clear_object (&clip);
  g_clear_pointer (&folder, g_free);

  return status;
}
