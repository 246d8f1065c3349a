#include "config.h"

#include "reel-small-disk.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

static gboolean
write_line (const char *path, const char *line)
{
  return g_file_set_contents_full (path, line, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
}

/* Root has a set of mounts of its own for the asking, everybody else inside a set of users of their own. */
static gboolean
separate (void)
{
  g_autofree char *user = g_strdup_printf ("%u %u 1", getuid (), getuid ());
  g_autofree char *group = g_strdup_printf ("%u %u 1", getgid (), getgid ());

  if (unshare (CLONE_NEWNS) != 0 &&
      (unshare (CLONE_NEWUSER | CLONE_NEWNS) != 0 || !write_line ("/proc/self/setgroups", "deny") ||
       !write_line ("/proc/self/uid_map", user) || !write_line ("/proc/self/gid_map", group)))
    return FALSE;

  /* In the development root / is no mount; there the mounts are private already. */
  return mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 || errno == EINVAL;
}

static int
mount_with_size (const char *folder, const char *size, unsigned long flags)
{
  g_autofree char *options = g_strconcat ("size=", size, NULL);

  return mount ("tmpfs", folder, "tmpfs", flags, options);
}

/* Tries it in a process of its own. */
gboolean
reel_small_disk_is_possible (void)
{
  pid_t child = fork ();
  int status;

  if (child == 0)
    _exit (separate () && mount_with_size ("/tmp", "64k", 0) == 0 ? 0 : 1);

  return child > 0 && waitpid (child, &status, 0) == child && WIFEXITED (status) && WEXITSTATUS (status) == 0;
}

void
reel_small_disk_mount (const char *folder, const char *size)
{
  g_assert_true (separate ());
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_cmpint (mount_with_size (folder, size, 0), ==, 0);
}

void
reel_small_disk_resize (const char *folder, const char *size)
{
  g_assert_cmpint (mount_with_size (folder, size, MS_REMOUNT), ==, 0);
}
