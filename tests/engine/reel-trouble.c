#include "config.h"

#include "reel-trouble.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

/* Keeps what is mounted below a folder from others: says so of the mount that holds it. */
static gboolean
make_private (const char *folder)
{
  g_autofree char *path = g_strdup (folder);

  while (mount (NULL, path, NULL, MS_PRIVATE, NULL) != 0) {
    char *parent = g_path_get_dirname (path);

    if (errno != EINVAL || g_str_equal (parent, path)) {
      g_free (parent);
      return FALSE;
    }
    g_free (path);
    path = parent;
  }

  return TRUE;
}

/* Mounts a small disk that this process alone sees; FALSE where the system does not let it. Only for a process without
 * other threads. */
gboolean
reel_trouble_mount_small_disk (const char *folder, gsize size)
{
  g_autofree char *options = g_strdup_printf ("size=%" G_GSIZE_FORMAT ",mode=0700", size);

  return unshare (geteuid () == 0 ? CLONE_NEWNS : CLONE_NEWUSER | CLONE_NEWNS) == 0 && make_private (folder) &&
         mount ("small", folder, "tmpfs", 0, options) == 0;
}

/* Tells whether a process of this one could mount a small disk. */
gboolean
reel_trouble_can_mount (const char *folder)
{
  pid_t child = fork ();
  int status = 1;

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    _exit (reel_trouble_mount_small_disk (folder, 1 << 16) ? 0 : 1);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);

  return status == 0;
}

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
