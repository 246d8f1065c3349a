#include "config.h"

#include "reel-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

/**
 * reel_folder_sync:
 * @path: a folder
 *
 * Brings the names in a folder to the disk: a file that was made, renamed or removed is safe only then. It blocks. Where the
 * file system has no way to do it, they are as safe as they get.
 *
 * Returns: whether they are; errno is set where they are not
 */
gboolean
reel_folder_sync (const char *path)
{
  int file = g_open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  int saved_errno;
  gboolean good;

  if (file < 0)
    return FALSE;

  good = fsync (file) == 0 || errno == EINVAL;
  saved_errno = errno;
  close (file);
  errno = saved_errno;

  return good;
}
