#include "config.h"

#include "reel-clip.h"
#include "reel-poster.h"
#include "reel-test.h"
#include "reel-ui-test.h"

#include <gst/gst.h>

#define KEY "5eed"

static char *folder;
static GFile *clip;

/* A poster alone in its window, and the real pointer outside it. */
typedef struct
{
  ReelPosterCache *posters;
  ReelPoster *poster;
  GtkWindow *window;
  GdkPaintable *live; /* what it draws */
} Fixture;

/* Where there is no window manager, a window is in the corner of the screen. */
static void
move_pointer (Fixture *fixture, double across)
{
  GtkNative *native = GTK_NATIVE (fixture->window);
  GtkWidget *poster = GTK_WIDGET (fixture->poster);
  int scale = gtk_widget_get_scale_factor (poster);
  graphene_point_t inside =
      GRAPHENE_POINT_INIT ((float)(across * gtk_widget_get_width (poster)), (float)gtk_widget_get_height (poster) / 2);
  graphene_point_t point;
  double x, y;

  gtk_native_get_surface_transform (native, &x, &y);
  g_assert_true (gtk_widget_compute_point (poster, GTK_WIDGET (fixture->window), &inside, &point));

  g_autofree char *to_x = g_strdup_printf ("%d", (int)((point.x + x) * scale));
  g_autofree char *to_y = g_strdup_printf ("%d", (int)((point.y + y) * scale));
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GSubprocess) process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "xdotool", "mousemove", to_x, to_y, NULL);

  g_assert_no_error (error);
  g_subprocess_wait_check_async (process, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  g_assert_true (g_subprocess_wait_check_finish (process, result, &error));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = reel_test_make_folder ();
  g_autoptr (GFile) pictures = g_file_new_for_path (path);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  fixture->posters = reel_poster_cache_new (pictures);
  fixture->poster = g_object_new (REEL_TYPE_POSTER, "box-width", 160, "box-height", 90, "halign", GTK_ALIGN_CENTER,
                                  "valign", GTK_ALIGN_CENTER, "vexpand", TRUE, NULL);
  g_object_ref (fixture->poster);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->poster));
  fixture->window = reel_ui_test_present (box, 300, 200);
  fixture->live = gtk_widget_paintable_new (GTK_WIDGET (fixture->poster));
  move_pointer (fixture, -0.2);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  ReelScrubCache *scrubs = g_object_ref (reel_poster_cache_get_scrubs (fixture->posters));

  gtk_window_destroy (fixture->window);
  g_object_unref (fixture->live);
  g_assert_finalize_object (fixture->poster);
  /* Nothing is at work any more, and nothing is left. */
  reel_test_wait (G_OBJECT (fixture->posters)->ref_count == 1 && G_OBJECT (scrubs)->ref_count == 2);
  g_assert_finalize_object (fixture->posters);
  g_assert_finalize_object (scrubs);
}

static int
read_number (Fixture *fixture)
{
  return reel_clip_read_paintable (fixture->live);
}

/* How far the line at the bottom goes, of the width; below 0 where there is none. */
static double
read_line (Fixture *fixture)
{
  int width = gdk_paintable_get_intrinsic_width (fixture->live);
  int height = gdk_paintable_get_intrinsic_height (fixture->live);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);
  int n_line = 0, n_dark = 0;

  gdk_paintable_snapshot (fixture->live, snapshot, width, height);

  g_autoptr (GskRenderNode) node = gtk_snapshot_free_to_node (snapshot);

  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  const guchar *row =
      cairo_image_surface_get_data (surface) + (gsize)(height - 2) * cairo_image_surface_get_stride (surface);

  for (int x = 10; x < width - 10; x++) {
    n_line += row[4 * x] > 200;
    n_dark += row[4 * x] < 130;
  }
  cairo_surface_destroy (surface);

  return n_line + n_dark >= width - 24 && n_line > 0 ? (n_line + 10.0) / width : -1;
}

/* The frame in the middle of the part that the pointer is on: none of them has a key frame. */
static int
get_number (double across)
{
  int index = (int)(across * REEL_SCRUB_STRIP_FRAMES);

  g_assert_cmpint (index * 3 % 24, !=, 0);

  return (2 * index + 1) * 48 / (2 * REEL_SCRUB_STRIP_FRAMES);
}

static void
show (Fixture *fixture)
{
  reel_poster_set_video (fixture->poster, fixture->posters, clip, KEY);
  reel_test_wait (reel_poster_is_filled (fixture->poster));
  reel_test_wait (read_number (fixture) == 0);
}

static void
check_scrubbing (Fixture *fixture)
{
  const double places[] = {0.6, 0.85, 0.22, 0.97};

  show (fixture);
  g_assert_cmpfloat (read_line (fixture), <, 0);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    move_pointer (fixture, places[i]);
    reel_test_wait (read_number (fixture) == get_number (places[i]));
    if (places[i] < 0.9)
      reel_test_wait (ABS (read_line (fixture) - places[i]) < 0.03);
  }
  move_pointer (fixture, -0.2);
  reel_test_wait (read_number (fixture) == 0);
  g_assert_cmpfloat (read_line (fixture), <, 0);
}

static void
test_scrub (Fixture *fixture, gconstpointer data)
{
  check_scrubbing (fixture);
}

/* Time goes the same way as in the player. */
static void
test_right_to_left (Fixture *fixture, gconstpointer data)
{
  gtk_widget_set_direction (GTK_WIDGET (fixture->window), GTK_TEXT_DIR_RTL);
  gtk_widget_set_direction (GTK_WIDGET (fixture->poster), GTK_TEXT_DIR_RTL);
  check_scrubbing (fixture);
}

/* The pointer is on it when the window closes. */
static void
test_closed (Fixture *fixture, gconstpointer data)
{
  show (fixture);
  move_pointer (fixture, 0.5);
  reel_test_wait (G_OBJECT (reel_poster_cache_get_scrubs (fixture->posters))->ref_count > 1);
}

/* A row that is used for another video while the pointer is on it. */
static void
test_used_again (Fixture *fixture, gconstpointer data)
{
  show (fixture);
  move_pointer (fixture, 0.4);
  reel_test_wait (read_number (fixture) == get_number (0.4));
  reel_poster_set_video (fixture->poster, fixture->posters, clip, "other");
  g_assert_false (reel_poster_is_filled (fixture->poster));
  reel_poster_set_video (fixture->poster, fixture->posters, clip, KEY);
  g_assert_true (reel_poster_is_filled (fixture->poster));
  reel_test_wait (read_number (fixture) == 0);
  reel_poster_set_video (fixture->poster, NULL, NULL, NULL);
  g_assert_false (reel_poster_is_filled (fixture->poster));
}

/* It is as large as the screen shows it, and is asked for while it can be seen only. */
static void
test_loading (Fixture *fixture, gconstpointer data)
{
  GtkWidget *poster = GTK_WIDGET (fixture->poster);
  guint size = reel_poster_cache_round_size (160 * gtk_widget_get_scale_factor (poster));
  guint n_notified = 0;

  g_signal_connect_swapped (poster, "notify::filled", G_CALLBACK (reel_ui_test_count), &n_notified);
  gtk_widget_set_visible (poster, FALSE);
  reel_poster_set_video (fixture->poster, fixture->posters, clip, KEY);
  g_assert_cmpuint (G_OBJECT (fixture->posters)->ref_count, ==, 2);
  gtk_widget_set_visible (poster, TRUE);
  reel_test_wait (n_notified == 1);
  g_assert_true (reel_poster_is_filled (fixture->poster));
  g_assert_nonnull (reel_poster_cache_peek (fixture->posters, KEY, size));
  reel_test_wait (gtk_widget_get_width (poster) == 160 && gtk_widget_get_height (poster) == 90);

  /* A larger box needs more. */
  g_object_set (poster, "box-width", 280, "box-height", 180, NULL);
  size = reel_poster_cache_round_size (280 * gtk_widget_get_scale_factor (poster));
  reel_test_wait (reel_poster_cache_peek (fixture->posters, KEY, size) != NULL);
  g_assert_cmpuint (n_notified, ==, 1);

  /* What is not there leaves the card empty. */
  g_autoptr (GFile) nothing = g_file_new_build_filename (folder, "nothing.mp4", NULL);

  reel_poster_set_video (fixture->poster, fixture->posters, nothing, "nothing");
  g_assert_cmpuint (n_notified, ==, 2);
  reel_test_wait (G_OBJECT (fixture->posters)->ref_count == 2);
  g_assert_false (reel_poster_is_filled (fixture->poster));
}

int
main (int argc, char *argv[])
{
  reel_ui_test_init (&argc, &argv);
  gst_init (&argc, &argv);

  folder = reel_test_make_folder ();
  clip = reel_clip_make (&(ReelClip){.frames = 48, .audio = 1.5}, folder, "clip.mp4");

  g_test_add ("/poster/scrub", Fixture, NULL, set_up, test_scrub, tear_down);
  g_test_add ("/poster/right-to-left", Fixture, NULL, set_up, test_right_to_left, tear_down);
  g_test_add ("/poster/closed", Fixture, NULL, set_up, test_closed, tear_down);
  g_test_add ("/poster/used-again", Fixture, NULL, set_up, test_used_again, tear_down);
  g_test_add ("/poster/loading", Fixture, NULL, set_up, test_loading, tear_down);

  int status = g_test_run ();

  g_clear_object (&clip);
  g_clear_pointer (&folder, g_free);

  return status;
}
