#include "config.h"

#include "reel-clip.h"
#include "reel-player-fixture.h"
#include "reel-test.h"

#include <gst/gst.h>
#include <gtk/gtk.h>

#define FRAMES 48

static char *folder;
static GFile *source;

/* A video that other programs make of the numbered clip. */
typedef struct
{
  const char *name; /* of the file, which says what container it is */
  const char *how;  /* what of a command line stands between its input and its output */
} Foreign;

static const Foreign whole[] = {
    {"x264-baseline.mp4", "-c:v libx264 -profile:v baseline -pix_fmt yuv420p -c:a aac"},
    {"x264-b-frames.mp4", "-c:v libx264 -bf 8 -g 250 -pix_fmt yuv420p -c:a aac"},
    {"x264-444.mp4", "-c:v libx264 -pix_fmt yuv444p -c:a aac"},
    {"moov-at-end.mp4", "-c:v libx264 -pix_fmt yuv420p -c:a aac -movflags -faststart"},
    {"fragmented.mp4", "-c:v libx264 -bf 0 -pix_fmt yuv420p -an -movflags frag_keyframe+empty_moov"},
    {"hevc.mp4", "-c:v libx265 -x265-params log-level=none -pix_fmt yuv420p -tag:v hvc1 -c:a aac"},
    {"hevc-10-bit.mp4", "-c:v libx265 -x265-params log-level=none -pix_fmt yuv420p10le -tag:v hvc1 -c:a aac"},
    {"mpeg-4.mp4", "-c:v mpeg4 -q:v 2 -c:a aac"},
    {"av1.mp4", "-c:v libsvtav1 -preset 10 -crf 20 -svtav1-params lookahead=0 -c:a aac"},
    {"vp9.webm", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -b:v 4M -c:a libopus"},
    {"matroska.mkv", "-c:v libx264 -pix_fmt yuv420p -c:a flac"},
    {"quicktime.mov", "-c:v prores_ks -c:a pcm_s16le"},
    {"no-sound.mp4", "-c:v libx264 -pix_fmt yuv420p -an"},
    {"odd-sound.mp4", "-c:v libx264 -pix_fmt yuv420p -c:a ac3 -ar 44100 -ac 6"},
};

static void
run (const char *line)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  int status;

  g_assert_true (g_spawn_command_line_sync (line, NULL, &output, &status, &error));
  if (!g_spawn_check_wait_status (status, &error))
    g_error ("%s: %s: %s", line, error->message, output);
}

/* Gives the numbered clip to ffmpeg, which nothing of ours is part of. */
static GFile *
make (const char *name, const char *before, const char *how)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *line =
      g_strdup_printf ("ffmpeg -v error -y %s -i %s %s %s", before, g_file_peek_path (source), how, path);

  run (line);

  return g_file_new_for_path (path);
}

static void
seek (ReelPlayer *player, int frame)
{
  reel_player_seek (player, reel_fixture_time_of (frame));
  reel_test_wait (reel_fixture_read_frame (player) == frame);
}

/* It opens, goes to any frame, one forward and one back, and plays to its end. */
static void
check_plays (GFile *file)
{
  ReelPlayer *player = reel_fixture_open (file);

  g_object_set (player, "loop", FALSE, NULL);
  reel_test_wait (reel_player_get_error (player) != NULL || reel_fixture_read_frame (player) == 0);
  g_assert_no_error (reel_player_get_error (player));
  g_assert_cmpint (ABS (reel_player_get_duration (player) - 2 * G_USEC_PER_SEC), <, 150000);
  seek (player, 30);
  seek (player, 5);
  reel_player_step (player, 1);
  reel_test_wait (reel_fixture_read_frame (player) == 6);
  reel_player_step (player, -1);
  reel_test_wait (reel_fixture_read_frame (player) == 5);
  seek (player, FRAMES - 12);
  reel_player_play (player);
  reel_test_wait (!reel_player_get_playing (player));
  g_assert_no_error (reel_player_get_error (player));
  g_assert_cmpint (reel_fixture_read_frame (player), ==, FRAMES - 1);

  g_assert_finalize_object (player);
}

/* A reason, and no picture. */
static void
check_refused (GFile *file, ReelError code)
{
  ReelPlayer *player = reel_fixture_open (file);

  reel_player_play (player);
  reel_test_wait (reel_player_get_error (player) != NULL);
  g_assert_error (reel_player_get_error (player), REEL_ERROR, (int)code);
  g_assert_null (reel_player_get_paintable (player));
  g_assert_false (reel_player_get_playing (player));

  g_assert_finalize_object (player);
}

static void
test_whole (gconstpointer data)
{
  const Foreign *foreign = data;
  g_autoptr (GFile) file = make (foreign->name, "", foreign->how);

  check_plays (file);
}

static void
test_openh264 (void)
{
  g_autofree char *path = g_build_filename (folder, "openh264.mp4", NULL);
  g_autofree char *line = g_strdup_printf ("gst-launch-1.0 -q filesrc location=%s ! qtdemux ! avdec_h264 ! openh264enc "
                                           "bitrate=4000000 ! h264parse ! mp4mux ! filesink location=%s",
                                           g_file_peek_path (source), path);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  run (line);
  check_plays (file);
}

/* A telephone that was held in another way: the picture is upright, in its own shape. The numbers are lying in the file,
 * and are read where they stand. */
static void
test_rotated (void)
{
  const struct
  {
    const char *tag, *filter;
  } turns[] = {{"90", "transpose=clock"}, {"-90", "transpose=cclock"}, {"180", "hflip,vflip"}};

  for (guint i = 0; i < G_N_ELEMENTS (turns); i++) {
    g_autofree char *how = g_strdup_printf ("-vf %s -c:v libx264 -qp 10 -pix_fmt yuv420p -c:a aac", turns[i].filter);
    g_autofree char *before = g_strdup_printf ("-display_rotation %s", turns[i].tag);
    g_autofree char *path = g_build_filename (folder, "rotated.mp4", NULL);
    g_autofree char *line = NULL;
    g_autoptr (GFile) turned = make ("turned.mp4", "", how);
    g_autoptr (GFile) file = g_file_new_for_path (path);
    ReelPlayer *player;

    line = g_strdup_printf ("ffmpeg -v error -y %s -i %s -c copy %s", before, g_file_peek_path (turned), path);
    run (line);
    check_plays (file);
    player = reel_fixture_open (file);
    reel_test_wait (reel_fixture_read_frame (player) == 0);
    g_assert_cmpint (gdk_paintable_get_intrinsic_width (reel_player_get_paintable (player)), ==, 320);
    g_assert_cmpint (gdk_paintable_get_intrinsic_height (reel_player_get_paintable (player)), ==, 180);
    /* Also where the frames are scaled before, and as what stays of it when the next one opens. */
    seek (player, 30);
    g_object_set (player, "scale-width", 160, NULL);
    reel_test_wait (reel_fixture_read_frame (player) == 30);
    g_assert_cmpint (gdk_paintable_get_intrinsic_width (reel_player_get_paintable (player)), ==, 160);
    reel_player_set_file (player, source);
    g_assert_cmpint (reel_clip_read_paintable (reel_player_get_still (player)), ==, 30);
    g_assert_finalize_object (player);
  }
}

/* Twelve frames at 24 a second, then each stays three times as long. */
static void
test_variable_rate (void)
{
  g_autoptr (GFile) file = make ("variable.mp4", "",
                                 "-vf \"trim=end_frame=24,setpts='if(lt(N,12),N,12+(N-12)*3)/24/TB'\" -fps_mode vfr "
                                 "-c:v libx264 -pix_fmt yuv420p -an");
  ReelPlayer *player = reel_fixture_open (file);
  double frame_rate;

  reel_test_wait (reel_player_get_error (player) != NULL || reel_fixture_read_frame (player) == 0);
  g_assert_no_error (reel_player_get_error (player));
  g_object_get (player, "frame-rate", &frame_rate, NULL);
  g_assert_cmpfloat_with_epsilon (frame_rate, 24, 0.5);
  for (int i = 0; i < 24; i++) {
    int ticks = i < 12 ? i : 12 + (i - 12) * 3;

    /* Also well into one that stays for long. */
    reel_player_seek (player, reel_fixture_time_of (i < 12 ? ticks : ticks + 2));
    reel_test_wait (reel_fixture_read_frame (player) == i);
  }
  reel_player_seek (player, reel_fixture_time_of (10));
  reel_test_wait (reel_fixture_read_frame (player) == 10);
  for (int i = 11; i < 16; i++) {
    reel_player_step (player, 1);
    reel_test_wait (reel_fixture_read_frame (player) == i);
  }
  for (int i = 14; i > 8; i--) {
    reel_player_step (player, -1);
    reel_test_wait (reel_fixture_read_frame (player) == i);
  }
  g_object_set (player, "loop", FALSE, NULL);
  reel_player_play (player);
  reel_test_wait (!reel_player_get_playing (player));
  /* The last one is so short in this file that it may come too late to be shown. */
  reel_test_wait (reel_fixture_read_frame (player) >= 22);
  g_assert_no_error (reel_player_get_error (player));

  g_assert_finalize_object (player);
}

static void
test_refused (void)
{
  g_autoptr (GFile) sound = make ("sound.mp4", "", "-vn -c:a aac");
  g_autoptr (GFile) no_track = make ("no-track.mp4", "", "-c copy -an -frames:v 0");
  g_autoptr (GFile) no_frames =
      make ("no-frames.mp4", "", "-c copy -an -frames:v 0 -movflags frag_keyframe+empty_moov");
  g_autoptr (GFile) no_frames_webm = make ("no-frames.webm", "", "-c:v libvpx-vp9 -an -frames:v 0");
  g_autoptr (GFile) hevc =
      make ("cut-me.mp4", "", "-c:v libx265 -x265-params log-level=none -tag:v hvc1 -c:a aac -movflags +faststart");
  g_autoptr (GFile) half = reel_clip_cut (hevc, 0.5, "half.mp4");

  check_refused (sound, REEL_ERROR_NOT_A_VIDEO);
  check_refused (no_track, REEL_ERROR_NOT_A_VIDEO);
  check_refused (no_frames, REEL_ERROR_TRUNCATED);
  check_refused (no_frames_webm, REEL_ERROR_TRUNCATED);
  check_refused (half, REEL_ERROR_TRUNCATED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  reel_fixture_own_main_context ();
  /* There is no display, and none is needed: this makes the types of the render nodes that frames are read from. */
  gtk_init_check ();
  folder = reel_test_make_folder ();
  source = reel_clip_make (&(ReelClip){.frames = FRAMES, .audio = 2.0}, folder, "source.mp4");

  for (guint i = 0; i < G_N_ELEMENTS (whole); i++) {
    g_autofree char *path = g_strconcat ("/player-foreign/", whole[i].name, NULL);

    g_test_add_data_func (path, &whole[i], test_whole);
  }
  g_test_add_func ("/player-foreign/openh264", test_openh264);
  g_test_add_func ("/player-foreign/rotated", test_rotated);
  g_test_add_func ("/player-foreign/variable-rate", test_variable_rate);
  g_test_add_func ("/player-foreign/refused", test_refused);

  int status = g_test_run ();

  g_clear_object (&source);
  g_clear_pointer (&folder, g_free);

  return status;
}
