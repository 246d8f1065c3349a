#include "config.h"

#include "reel-clip.h"
#include "reel-error.h"
#include "reel-file-check.h"
#include "reel-iso-label.h"
#include "reel-label.h"
#include "reel-player-fixture.h"
#include "reel-test.h"

#include <gst/gst.h>
#include <gtk/gtk.h>
#include <string.h>
#include <sys/stat.h>

static char *folder;
static const char text[] = "{\"seedreel\":1,\"prompt\":\"A boat\"}";

static GByteArray *
load (GFile *file)
{
  g_autoptr (GError) error = NULL;
  char *contents;
  gsize length;

  g_file_load_contents (file, NULL, &contents, &length, NULL, &error);
  g_assert_no_error (error);

  return g_byte_array_new_take ((guint8 *)contents, length);
}

static void
append_u32 (GByteArray *bytes, guint32 value)
{
  guint32 big = GUINT32_TO_BE (value);

  g_byte_array_append (bytes, (guint8 *)&big, sizeof big);
}

static void
append_box (GByteArray *bytes, guint32 size, const char *type, gsize n_contents)
{
  g_autofree guint8 *contents = g_malloc0 (n_contents + 1);

  append_u32 (bytes, size);
  g_byte_array_append (bytes, (const guint8 *)type, 4);
  g_byte_array_append (bytes, contents, (guint)n_contents);
}

static void
append_label (GByteArray *bytes, const char *label)
{
  g_autoptr (GBytes) box = reel_label_wrap (label);

  g_byte_array_append (bytes, g_bytes_get_data (box, NULL), (guint)g_bytes_get_size (box));
}

static GFile *
write_file (GByteArray *bytes)
{
  return reel_clip_write (folder, "file.mp4", bytes->data, bytes->len);
}

/* A label of @file reads as @wanted, or there is none where that is %NULL. */
static void
assert_label (GFile *file, const char *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) label = reel_iso_label_read (file, NULL, &error);

  g_assert_no_error (error);
  if (wanted == NULL)
    g_assert_null (label);
  else
    g_assert_cmpmem (g_bytes_get_data (label, NULL), g_bytes_get_size (label), wanted, strlen (wanted));
}

static void
assert_no_label (GFile *file, ReelError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (reel_iso_label_read (file, NULL, &error));
  g_assert_error (error, REEL_ERROR, (int)code);
}

static void
assert_whole (GFile *file)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (reel_file_check (file, REEL_FILE_CHECK_PLAYABLE, NULL, &error));
  g_assert_no_error (error);
}

/* A real file, its table of contents at either end, takes a label, says it again, and plays on. */
static void
test_round_trip (gconstpointer data)
{
  const ReelClip *clip = data;
  g_autoptr (GFile) plain = reel_clip_make (clip, folder, "plain.mp4");
  g_autoptr (GByteArray) bytes = load (plain);
  g_autoptr (GFile) file = NULL;
  g_autoptr (ReelPlayer) player = NULL;

  g_assert_true (reel_iso_label_fits (plain, NULL));
  assert_label (plain, NULL);

  append_label (bytes, text);
  file = write_file (bytes);
  assert_label (file, text);
  assert_whole (file);
  g_assert_false (reel_iso_label_fits (file, NULL));

  player = reel_player_new ();
  reel_player_set_file (player, file);
  reel_test_wait (reel_fixture_read_frame (player) == 0);
  reel_player_seek (player, reel_fixture_time_of (24));
  reel_test_wait (reel_fixture_read_frame (player) == 24);
  g_assert_no_error (reel_player_get_error (player));
}

/* The samples in a box with a size of eight bytes, as of a file over four gigabytes. */
static void
test_64_bits (void)
{
  g_autoptr (GFile) plain = reel_clip_make (&(ReelClip){.slow = TRUE}, folder, "large.mp4");
  g_autoptr (GByteArray) bytes = load (plain);
  guint8 *mdat = memmem (bytes->data, bytes->len, "mdat", 4);
  g_autoptr (GFile) file = NULL;
  guint32 size;

  /* The muxer writes the short form behind a "free" box that leaves room for the long one. */
  g_assert_nonnull (mdat);
  memcpy (&size, mdat - 4, 4);
  size = GUINT32_FROM_BE (size);
  if (size != 1) {
    guint64 long_size = GUINT64_TO_BE ((guint64)size + 8);
    guint32 one = GUINT32_TO_BE (1);

    g_assert_cmpmem (mdat - 8, 4, "free", 4);
    memcpy (mdat - 12, &one, 4);
    memcpy (mdat - 8, "mdat", 4);
    memcpy (mdat - 4, &long_size, 8);
  }
  g_clear_object (&plain);
  plain = write_file (bytes);
  assert_whole (plain);
  g_assert_true (reel_iso_label_fits (plain, NULL));

  append_label (bytes, text);
  file = write_file (bytes);
  assert_label (file, text);
  assert_whole (file);
}

/* What is odd is left as it is. */
static void
test_odd (void)
{
  g_autoptr (GFile) plain = reel_clip_make (&(ReelClip){.frames = 24}, folder, "plain.mp4");
  g_autoptr (GFile) webm = reel_clip_make (&(ReelClip){.frames = 24, .webm = TRUE}, folder, "plain.webm");
  g_autoptr (GFile) cut = reel_clip_cut (plain, 0.9, "cut.mp4");
  g_autoptr (GFile) missing = g_file_new_build_filename (folder, "missing.mp4", NULL);
  g_autoptr (GFile) here = g_file_new_for_path (folder);
  static const struct
  {
    guint32 size;
    const char *type;
    gsize n_contents;
  } ends[] = {
      {0, "mdat", 20},   /* of no written size: a label would be within it */
      {28, "mfra", 20},  /* the index of a film in fragments, which is looked for at the end */
      {100, "free", 20}, /* ends after the file */
      {4, "free", 0},    /* smaller than its own header */
  };

  g_assert_true (reel_iso_label_fits (plain, NULL));
  g_assert_false (reel_iso_label_fits (webm, NULL));
  g_assert_false (reel_iso_label_fits (cut, NULL));
  g_assert_false (reel_iso_label_fits (missing, NULL));
  g_assert_false (reel_iso_label_fits (here, NULL));
  assert_no_label (webm, REEL_ERROR_NOT_A_VIDEO);
  assert_no_label (cut, REEL_ERROR_TRUNCATED);
  assert_no_label (missing, REEL_ERROR_FILE);
  assert_no_label (here, REEL_ERROR_FILE);

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    g_autoptr (GByteArray) bytes = load (plain);
    g_autoptr (GFile) file = NULL;

    append_box (bytes, ends[i].size, ends[i].type, ends[i].n_contents);
    file = write_file (bytes);
    g_assert_false (reel_iso_label_fits (file, NULL));
  }
  for (guint n = 1; n < 8; n++) {
    g_autoptr (GByteArray) bytes = load (plain);
    g_autoptr (GFile) file = NULL;

    g_byte_array_append (bytes, (const guint8 *)"rubbish", n);
    file = write_file (bytes);
    g_assert_false (reel_iso_label_fits (file, NULL));
  }
}

static void
test_short (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (gsize length = 0; length < 8; length++) {
    g_autoptr (GFile) file = reel_clip_write (folder, "short.mp4", "\0\0\0\10ftyp", length);

    assert_no_label (file, REEL_ERROR_NOT_A_VIDEO);
    g_assert_false (reel_iso_label_fits (file, NULL));
  }
}

static GByteArray *
make_head (void)
{
  GByteArray *bytes = g_byte_array_new ();

  append_box (bytes, 16, "ftyp", 8);
  append_box (bytes, 8, "moov", 0);

  return bytes;
}

/* A label that is cut off anywhere is none, and no byte behind the file is read. */
static void
test_cut (void)
{
  g_autoptr (GByteArray) whole = make_head ();
  guint n_head = whole->len;

  append_label (whole, text);
  for (guint length = n_head; length < whole->len; length++) {
    g_autoptr (GFile) file = reel_clip_write (folder, "cut.mp4", whole->data, length);

    if (length - n_head < 8)
      assert_label (file, NULL);
    else
      assert_no_label (file, REEL_ERROR_TRUNCATED);
  }
}

static void
test_huge (void)
{
  g_autoptr (GByteArray) bytes = make_head ();
  g_autofree char *longest = g_strnfill (REEL_LABEL_MOST, 'x');
  g_autoptr (GFile) good = NULL, bad = NULL;
  guint n_head = bytes->len;
  guint32 size = GUINT32_TO_BE (REEL_LABEL_HEADER + REEL_LABEL_MOST + 1);

  append_label (bytes, longest);
  good = write_file (bytes);
  assert_label (good, longest);

  g_byte_array_append (bytes, (const guint8 *)"x", 1);
  memcpy (bytes->data + n_head, &size, 4);
  bad = write_file (bytes);
  assert_no_label (bad, REEL_ERROR_TOO_LARGE);
}

/* Boxes of others of the same type, and ones that are hardly any, are passed over. */
static void
test_others (void)
{
  g_autoptr (GByteArray) bytes = make_head ();
  g_autoptr (GFile) file = NULL, second = NULL;

  append_box (bytes, 24, "uuid", 16);
  append_box (bytes, 8, "uuid", 0);
  append_box (bytes, 12, "uuid", 4);
  append_u32 (bytes, 1);
  g_byte_array_append (bytes, (const guint8 *)"uuid\0\0\0\0\0\0\0\x18xxxxxxxx", 20);
  file = write_file (bytes);
  assert_label (file, NULL);
  g_assert_true (reel_iso_label_fits (file, NULL));

  /* The last one counts. */
  append_label (bytes, "first");
  append_label (bytes, text);
  append_box (bytes, 8, "free", 0);
  second = write_file (bytes);
  assert_label (second, text);
}

/* Millions of boxes, made to keep us busy, are not gone through. */
static void
test_many (void)
{
  g_autoptr (GByteArray) bytes = make_head ();
  g_autoptr (GFile) file = NULL;

  for (guint i = 0; i < 200000; i++)
    append_box (bytes, 8, "free", 0);
  append_label (bytes, text);
  file = write_file (bytes);
  assert_label (file, NULL);
  g_assert_false (reel_iso_label_fits (file, NULL));
}

static void
test_hostile (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (int turns = 0; turns < 500; turns++) {
    g_autoptr (GByteArray) bytes = make_head ();
    g_autoptr (GFile) file = NULL;
    g_autoptr (GBytes) label = NULL;

    append_label (bytes, text);
    append_box (bytes, 16, "free", 8);
    for (int i = 0; i < 4; i++)
      bytes->data[g_rand_int_range (random, 0, (int)bytes->len)] = (guint8)g_rand_int (random);
    file = write_file (bytes);
    label = reel_iso_label_read (file, NULL, NULL);
    g_assert_true (label == NULL || g_bytes_get_size (label) <= bytes->len);
    reel_iso_label_fits (file, NULL);
  }
}

/* A pipe that nobody writes to would be waited for, for ever. */
static void
test_pipe (void)
{
  g_autofree char *path = g_build_filename (folder, "pipe.mp4", NULL);
  g_autoptr (GFile) pipe = g_file_new_for_path (path);

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  assert_no_label (pipe, REEL_ERROR_FILE);
}

int
main (int argc, char *argv[])
{
  static const ReelClip fast = {.frames = 48, .audio = 2.0}, slow = {.frames = 48, .audio = 2.0, .slow = TRUE};

  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  reel_fixture_own_main_context ();
  gtk_init_check ();

  folder = reel_test_make_folder ();
  g_test_add_data_func ("/labels/round-trip/moov-first", &fast, test_round_trip);
  g_test_add_data_func ("/labels/round-trip/moov-last", &slow, test_round_trip);
  g_test_add_func ("/labels/64-bits", test_64_bits);
  g_test_add_func ("/labels/odd", test_odd);
  g_test_add_func ("/labels/short", test_short);
  g_test_add_func ("/labels/cut", test_cut);
  g_test_add_func ("/labels/huge", test_huge);
  g_test_add_func ("/labels/others", test_others);
  g_test_add_func ("/labels/many", test_many);
  g_test_add_func ("/labels/hostile", test_hostile);
  g_test_add_func ("/labels/pipe", test_pipe);

  int status = g_test_run ();

  g_clear_pointer (&folder, g_free);

  return status;
}
