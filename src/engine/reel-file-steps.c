#include "config.h"

#include "reel-file-steps.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK_SIZE (256 << 10)

/**
 * reel_file_steps_hash:
 * @fd: an open file
 *
 * Computes the digest of a whole file from its first byte.
 *
 * Returns: (transfer full) (nullable): its SHA-256 in lower-case hex, %NULL with errno set where it cannot be read
 */
char *
reel_file_steps_hash (int fd)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *block = g_malloc (BLOCK_SIZE);
  off_t at = 0;

  while (TRUE) {
    ssize_t n = pread (fd, block, BLOCK_SIZE, at);

    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return NULL;
    if (n == 0)
      return g_strdup (g_checksum_get_string (checksum));
    g_checksum_update (checksum, block, n);
    at += n;
  }
}

/**
 * reel_file_steps_is_same:
 * @path: a file, perhaps none
 * @size: bytes
 * @sha256: a digest
 *
 * Tells whether a file has this very content: a run that ended between the last step and the database may have left it.
 */
gboolean
reel_file_steps_is_same (const char *path, gint64 size, const char *sha256)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  struct stat info;
  gboolean same = FALSE;

  if (fd < 0)
    return FALSE;

  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && info.st_size == size) {
    g_autofree char *other = reel_file_steps_hash (fd);

    same = g_strcmp0 (other, sha256) == 0;
  }
  close (fd);

  return same;
}

/**
 * reel_file_steps_rename:
 * @from: a file
 * @to: another path of the same file system
 *
 * Gives a file another name without replacing a file, also on file systems that have no call for that.
 *
 * Returns: whether it has the name; errno is EEXIST where it is taken
 */
gboolean
reel_file_steps_rename (const char *from, const char *to)
{
  int fd;

  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
    return TRUE;
  if (errno != EINVAL && errno != ENOSYS)
    return FALSE;

  if (link (from, to) == 0) {
    g_unlink (from);
    return TRUE;
  }
  if (errno == EEXIST)
    return FALSE;

  fd = g_open (to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (fd < 0)
    return FALSE;
  close (fd);

  return g_rename (from, to) == 0;
}
