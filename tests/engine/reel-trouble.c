#include "config.h"

#include "reel-trouble.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

static char *
make_filler_path (const char *folder)
{
  return g_build_filename (folder, "filler", NULL);
}

/* Takes the last byte. */
void
reel_trouble_fill_disk (const char *folder)
{
  g_autofree char *path = make_filler_path (folder);
  char block[4096] = {0};
  int file = g_open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

  g_assert_cmpint (file, >=, 0);
  while (write (file, block, sizeof block) > 0)
    ;
  g_assert_cmpint (errno, ==, ENOSPC);
  close (file);
}

void
reel_trouble_clear_disk (const char *folder)
{
  g_autofree char *path = make_filler_path (folder);

  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* Holds the lock for writing until reel_trouble_let_go(), or until this process is gone. */
GSubprocess *
reel_trouble_hold_database (const char *path)
{
  static const char script[] = "import sqlite3, sys\n"
                               "connection = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
                               "connection.execute('BEGIN IMMEDIATE')\n"
                               "print('held', flush=True)\n"
                               "sys.stdin.read()\n";
  g_autoptr (GError) error = NULL;
  GSubprocess *holder = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                          "python3", "-c", script, path, NULL);
  char word[5] = "";
  gsize n;

  g_assert_no_error (error);
  g_input_stream_read_all (g_subprocess_get_stdout_pipe (holder), word, 4, &n, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (word, ==, "held");

  return holder;
}

void
reel_trouble_let_go (GSubprocess *holder)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_close (g_subprocess_get_stdin_pipe (holder), NULL, &error);
  g_assert_no_error (error);
  g_subprocess_wait (holder, NULL, &error);
  g_assert_no_error (error);
  g_object_unref (holder);
}
