/* Does one forbidden thing, on the main thread or on another, so that a test can see what the guard does:
 * guard-violations WHAT main|thread, with a file to read and write in REEL_GUARD_PATHS. */

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <gst/gst.h>
#include <sqlite3.h>
#include <unistd.h>

static const char *folder;

static void
use_sqlite (void)
{
  sqlite3 *database = NULL;

  if (sqlite3_open (":memory:", &database) != SQLITE_OK || sqlite3_exec (database, "SELECT 1", NULL, NULL, NULL) != 0)
    g_error ("no SQLite");
  sqlite3_close (database);
}

static void
use_open (void)
{
  g_autofree char *path = g_build_filename (folder, "file", NULL);
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
}

static void
use_gio (void)
{
  g_autofree char *path = g_build_filename (folder, "other", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_file_replace_contents (file, "a", 1, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
use_hash (void)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "a", 1);

  g_assert_nonnull (hash);
}

static void
use_pipeline (void)
{
  g_autoptr (GstElement) pipeline = gst_parse_launch ("fakesrc num-buffers=1 ! fakesink", NULL);

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  gst_element_get_state (pipeline, NULL, NULL, GST_SECOND);
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

static void
use_pad (void)
{
  g_autoptr (GstPad) pad = gst_pad_new ("src", GST_PAD_SRC);

  gst_pad_push (pad, gst_buffer_new ());
}

static void
use_other_file (void)
{
  g_autofree char *contents = NULL;

  g_file_get_contents ("/proc/self/status", &contents, NULL, NULL);
}

static const struct
{
  const char *name;
  void (*run) (void);
} uses[] = {
    {"sqlite", use_sqlite}, {"open", use_open},         {"gio", use_gio},          {"hash", use_hash},
    {"pad", use_pad},       {"pipeline", use_pipeline}, {"other", use_other_file},
};

static gpointer
run_in_thread (gpointer data)
{
  void (*run) (void) = *(void (**) (void))data;

  run ();
  return NULL;
}

int
main (int argc, char **argv)
{
  folder = g_getenv ("REEL_GUARD_PATHS");
  if (argc != 3 || folder == NULL)
    return 2;

  gst_init (NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (uses); i++) {
    void (*run) (void) = uses[i].run;

    if (!g_str_equal (argv[1], uses[i].name))
      continue;
    if (g_str_equal (argv[2], "main"))
      run ();
    else
      g_thread_join (g_thread_new ("other", run_in_thread, &run));
    return 0;
  }
  return 2;
}
