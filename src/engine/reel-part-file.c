#include "config.h"

#include "reel-part-file.h"

#include "reel-error.h"
#include "reel-file-steps.h"
#include "reel-folder.h"
#include "reel-label.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* What a download leaves free on the disk: the history and the desktop must go on. */
#define RESERVE (G_GINT64_CONSTANT (64) << 20)

/* Where what came and is no video is kept, and under which ending: nothing takes it for a video there. */
#define ASIDE_FOLDER ".seedreel-aside"
#define ASIDE_ENDING ".aside"

/* How much is kept of a text, such as a page that says why there is no video, and of what is larger than any video. */
#define MOST_ASIDE (4 << 20)

/* How many files of the same name may be there already. */
#define MOST_NAMES 1000

/**
 * ReelPartFile:
 *
 * A video on its way to the library folder: hidden, with the ending .part, until it is complete.
 */
struct _ReelPartFile
{
  char *folder;
  char *path;
  int fd;
  gint64 size;
};

/* A full disk is told apart from everything else: it may have room again by itself. */
static gboolean
set_error (GError **error, const char *what)
{
  int saved_errno = errno;

  if (saved_errno == ENOSPC || saved_errno == EDQUOT)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "There is no space left in the library folder");
  else
    g_set_error (error, REEL_ERROR, REEL_ERROR_FILE, "%s: %s", what, g_strerror (saved_errno));

  return FALSE;
}

static char *
make_path (const char *folder, const char *id)
{
  g_autofree char *name = g_strdup_printf (".%s.part", id);

  return g_build_filename (folder, name, NULL);
}

/* The id in the name of a part of ours, %NULL where it is none. */
static char *
read_id (const char *name)
{
  g_autofree char *id = NULL;

  if (name[0] != '.' || !g_str_has_suffix (name, ".part"))
    return NULL;

  id = g_strndup (name + 1, strlen (name) - strlen ("..part"));

  return g_uuid_string_is_valid (id) ? g_steal_pointer (&id) : NULL;
}

static gboolean
is_text (ReelPartFile *self)
{
  char start[512];
  ssize_t n = pread (self->fd, start, sizeof start, 0);

  for (ssize_t i = 0; i < n; i++)
    if (!g_ascii_isspace (start[i]))
      return memchr ("<{[", start[i], 3) != NULL;

  return FALSE;
}

/* How many bytes of what is there are those of a video of @most bytes: none where there are more of them, but that a run
 * that ended before the last step leaves a label behind them. */
static off_t
count_kept (int fd, off_t size, gint64 most)
{
  guint8 start[REEL_LABEL_HEADER];
  ssize_t n;

  if (size <= most)
    return size;

  n = most > 0 ? pread (fd, start, sizeof start, most) : 0;

  return n > 0 && reel_label_is_begun (start, (gsize)n) ? most : 0;
}

/**
 * reel_part_file_open:
 * @folder: the library folder; made if missing
 * @id: our own name for the job
 * @most: how many bytes the video has: what is there is kept unless it is more, but for a label; 0 to keep nothing
 * @error: %REEL_ERROR_FILE, or %G_IO_ERROR_NO_SPACE
 *
 * Opens the file of a download.
 *
 * Returns: (transfer full): the file; end it with reel_part_file_close()
 */
ReelPartFile *
reel_part_file_open (const char *folder, const char *id, gint64 most, GError **error)
{
  g_autofree char *path = make_path (folder, id);
  ReelPartFile *self;
  struct stat info;
  off_t kept = 0;
  int fd;

  if (g_mkdir_with_parents (folder, 0755) != 0) {
    set_error (error, "Cannot make the library folder");
    return NULL;
  }

  fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
  if (fd < 0) {
    set_error (error, "Cannot write into the library folder");
    return NULL;
  }
  if (fstat (fd, &info) == 0)
    kept = count_kept (fd, info.st_size, most);
  else
    info.st_size = -1;
  if (info.st_size < 0 || (info.st_size > kept && ftruncate (fd, kept) != 0)) {
    set_error (error, "Cannot use what is there of the file");
    close (fd);
    return NULL;
  }
  /* Only says that it is in use: see reel_part_file_sweep(). Not every file system can. */
  flock (fd, LOCK_EX | LOCK_NB);

  self = g_new0 (ReelPartFile, 1);
  self->folder = g_strdup (folder);
  self->path = g_steal_pointer (&path);
  self->fd = fd;
  self->size = kept;

  return self;
}

/**
 * reel_part_file_close:
 * @self: (nullable) (transfer full): a file
 *
 * Closes the file. What is there of it stays.
 */
void
reel_part_file_close (ReelPartFile *self)
{
  if (self == NULL)
    return;

  close (self->fd);
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}

/**
 * reel_part_file_get_path:
 *
 * Returns: (transfer none): where it is
 */
const char *
reel_part_file_get_path (ReelPartFile *self)
{
  return self->path;
}

/**
 * reel_part_file_get_size:
 *
 * Returns: how many bytes are there
 */
gint64
reel_part_file_get_size (ReelPartFile *self)
{
  return self->size;
}

/**
 * reel_part_file_check_space:
 * @size: how many bytes are still to be written, 0 where that is not known
 * @error: %G_IO_ERROR_NO_SPACE
 *
 * Tells whether there is room for the rest of the video, and something to spare.
 */
gboolean
reel_part_file_check_space (ReelPartFile *self, gint64 size, GError **error)
{
  g_autofree char *text = NULL;
  struct statvfs info;

  /* Where the file system does not tell, writing will. */
  if (fstatvfs (self->fd, &info) != 0 || info.f_blocks == 0 ||
      (guint64)info.f_bavail * info.f_frsize >= (guint64)(size + RESERVE))
    return TRUE;

  text = g_format_size (size + RESERVE);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
               "There is too little free space in the library folder: %s are needed", text);

  return FALSE;
}

/**
 * reel_part_file_truncate:
 * @size: how many bytes stay
 * @error: %REEL_ERROR_FILE
 *
 * Throws away what is there behind them.
 */
gboolean
reel_part_file_truncate (ReelPartFile *self, gint64 size, GError **error)
{
  if (ftruncate (self->fd, size) != 0)
    return set_error (error, "Cannot shorten the file");

  self->size = size;

  return TRUE;
}

/**
 * reel_part_file_append:
 * @data: bytes
 * @length: how many
 * @error: %REEL_ERROR_FILE, or %G_IO_ERROR_NO_SPACE
 *
 * Writes at the end of the file.
 */
gboolean
reel_part_file_append (ReelPartFile *self, const void *data, gsize length, GError **error)
{
  const char *at = data;

  while (length > 0) {
    ssize_t n = pwrite (self->fd, at, length, self->size);

    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return set_error (error, "Cannot write the video");
    at += n;
    length -= n;
    self->size += n;
  }

  return TRUE;
}

/**
 * reel_part_file_hash:
 * @error: %REEL_ERROR_FILE
 *
 * Brings the file to the disk and computes its digest from what is there.
 *
 * Returns: (transfer full): its SHA-256 in lower-case hex
 */
char *
reel_part_file_hash (ReelPartFile *self, GError **error)
{
  char *digest;

  if (fsync (self->fd) != 0) {
    set_error (error, "Cannot bring the video to the disk");
    return NULL;
  }

  digest = reel_file_steps_hash (self->fd);
  if (digest == NULL)
    set_error (error, "Cannot read the video back");

  return digest;
}

/**
 * reel_part_file_publish:
 * @name: the name to show, without its ending
 * @sha256: its digest
 * @error: %REEL_ERROR_FILE
 *
 * Gives the complete video its name in the library folder, at once and without replacing another file: the name gets a
 * number where it is taken, unless the file there is this very video.
 *
 * Returns: (transfer full): the path
 */
char *
reel_part_file_publish (ReelPartFile *self, const char *name, const char *sha256, GError **error)
{
  for (guint i = 1; i <= MOST_NAMES; i++) {
    g_autofree char *file_name = i == 1 ? g_strdup_printf ("%s.mp4", name) : g_strdup_printf ("%s (%u).mp4", name, i);
    g_autofree char *path = g_build_filename (self->folder, file_name, NULL);

    if (reel_file_steps_rename (self->path, path)) {
      if (!reel_folder_sync (self->folder)) {
        set_error (error, "Cannot bring the name of the video to the disk");
        return NULL;
      }
      return g_steal_pointer (&path);
    }
    if (errno != EEXIST) {
      set_error (error, "Cannot name the video");
      return NULL;
    }
    if (reel_file_steps_is_same (path, self->size, sha256)) {
      g_unlink (self->path);
      return g_steal_pointer (&path);
    }
  }

  g_set_error (error, REEL_ERROR, REEL_ERROR_FILE, "There are too many videos of the same name");

  return NULL;
}

/**
 * reel_part_file_set_aside:
 * @name: the name to give it, without its ending
 * @most: the bytes of the largest video
 * @error: %REEL_ERROR_FILE, or %G_IO_ERROR_NO_SPACE
 *
 * Keeps what came and is no video where nothing takes it for one. Of a text, and of what is larger than any video, only
 * the beginning is kept.
 *
 * Returns: (transfer full): the path
 */
char *
reel_part_file_set_aside (ReelPartFile *self, const char *name, gint64 most, GError **error)
{
  g_autofree char *folder = g_build_filename (self->folder, ASIDE_FOLDER, NULL);
  g_autofree char *file_name = g_strconcat (name, ASIDE_ENDING, NULL);
  g_autofree char *path = g_build_filename (folder, file_name, NULL);

  if (self->size > MOST_ASIDE && (self->size > most || is_text (self)) && ftruncate (self->fd, MOST_ASIDE) != 0) {
    set_error (error, "Cannot shorten the file");
    return NULL;
  }
  if (g_mkdir_with_parents (folder, 0755) != 0 || g_rename (self->path, path) != 0) {
    set_error (error, "Cannot keep the file aside");
    return NULL;
  }

  return g_steal_pointer (&path);
}

/**
 * reel_part_file_remove:
 * @folder: the library folder
 * @id: our own name for the job
 *
 * Deletes what is there of a download.
 */
void
reel_part_file_remove (const char *folder, const char *id)
{
  g_autofree char *path = make_path (folder, id);

  g_unlink (path);
}

/**
 * reel_part_file_sweep:
 * @folder: the library folder
 * @wanted: (element-type utf8): the ids of the jobs whose videos are on their way
 * @before: microseconds since 1970 in UTC
 *
 * Deletes the parts of all other jobs that were written last before that time. One that is open, here or in another
 * Seedreel, stays.
 */
void
reel_part_file_sweep (const char *folder, GHashTable *wanted, gint64 before)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *id = read_id (name), *path = NULL;
    struct stat info;
    int fd;

    if (id == NULL || g_hash_table_contains (wanted, id))
      continue;

    path = g_build_filename (folder, name, NULL);
    fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
      continue;
    if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && info.st_mtime < before / G_USEC_PER_SEC &&
        (flock (fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK))
      g_unlink (path);
    close (fd);
  }
}
