#include "config.h"

#include "reel-file-move.h"

#include "reel-error.h"
#include "reel-file-steps.h"
#include "reel-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define BLOCK_SIZE (1 << 20)

/* How many files of the same name may be there already. */
#define MOST_NAMES 1000

/* What is wrong with the video itself: the others can still go. */
static gboolean
set_source_error (GError **error, const char *what)
{
  if (errno == ENOENT || errno == ENOTDIR)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "The video is not there");
  else
    g_set_error (error, REEL_ERROR, REEL_ERROR_FILE, "%s: %s", what, g_strerror (errno));

  return FALSE;
}

/* What is wrong with the new folder: it would be wrong for the others too. */
static gboolean
set_target_error (GError **error, const char *what)
{
  int saved_errno = errno;

  g_set_error (error, G_IO_ERROR,
               saved_errno == EDQUOT ? G_IO_ERROR_NO_SPACE : (gint)g_io_error_from_errno (saved_errno), "%s: %s", what,
               g_strerror (saved_errno));

  return FALSE;
}

static char *
make_numbered (const char *path, guint number)
{
  g_autofree char *folder = g_path_get_dirname (path), *name = g_path_get_basename (path), *numbered = NULL;
  const char *ending = strrchr (name, '.');

  if (number == 1)
    return g_strdup (path);

  if (ending == NULL || ending == name)
    ending = name + strlen (name);
  numbered = g_strdup_printf ("%.*s (%u)%s", (int)(ending - name), name, number, ending);

  return g_build_filename (folder, numbered, NULL);
}

/* Hidden, and the same again after a crash: what is left of it is written over then. */
static char *
make_part (ReelFileMove *self)
{
  g_autofree char *folder = g_path_get_dirname (self->to), *name = g_strdup_printf (".%s.moving", self->id);

  return g_build_filename (folder, name, NULL);
}

static gboolean
are_one (const struct stat *one, const struct stat *other)
{
  return one->st_dev == other->st_dev && one->st_ino == other->st_ino;
}

static char *
hash_path (const char *path)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
  char *digest;

  if (fd < 0)
    return NULL;

  digest = reel_file_steps_hash (fd);
  close (fd);

  return digest;
}

/* Whether nobody has touched the old file since it was brought by this run. */
static gboolean
is_as_brought (const ReelFileMove *self, const struct stat *now)
{
  return are_one (&self->source, now) && self->source.st_size == now->st_size &&
         self->source.st_mtim.tv_sec == now->st_mtim.tv_sec && self->source.st_mtim.tv_nsec == now->st_mtim.tv_nsec;
}

/* Whether a file is the video already: a run that ended between two steps left it. */
static gboolean
is_there (const char *path, const char *from, const struct stat *source)
{
  g_autofree char *digest = NULL;
  struct stat info;

  if (lstat (path, &info) != 0 || !S_ISREG (info.st_mode))
    return FALSE;
  if (are_one (&info, source))
    return TRUE;
  if (info.st_size != source->st_size)
    return FALSE;

  digest = hash_path (from);

  return digest != NULL && reel_file_steps_is_same (path, info.st_size, digest);
}

static gboolean
write_all (int fd, const guchar *block, gsize length)
{
  while (length > 0) {
    ssize_t n = write (fd, block, length);

    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return FALSE;
    block += n;
    length -= n;
  }

  return TRUE;
}

/* Copies a whole file and gives the digest of what was read. */
static char *
copy_bytes (int from, int to, GCancellable *cancellable, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *block = g_malloc (BLOCK_SIZE);

  while (TRUE) {
    ssize_t n = read (from, block, BLOCK_SIZE);

    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0) {
      set_source_error (error, "Cannot read the video");
      return NULL;
    }
    if (n == 0)
      return g_strdup (g_checksum_get_string (checksum));
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
    g_checksum_update (checksum, block, n);
    if (!write_all (to, block, n)) {
      set_target_error (error, "Cannot write the video");
      return NULL;
    }
  }
}

/* Brings a copy to the disk and reads it back from there: it must be the video that was saved. */
static gboolean
check_copy (ReelFileMove *self, int fd, const struct stat *source, const char *digest, GError **error)
{
  const struct timespec times[] = {source->st_atim, source->st_mtim};
  g_autofree char *copied = NULL;

  if (self->sha256 != NULL && source->st_size == self->size && g_strcmp0 (self->sha256, digest) != 0) {
    g_set_error (error, REEL_ERROR, REEL_ERROR_FILE, "The video is not as it was saved");
    return FALSE;
  }
  /* Not every file system has modes and times. */
  if (fchmod (fd, source->st_mode & 0777) != 0 || futimens (fd, times) != 0)
    g_debug ("%s keeps neither mode nor time", self->to);
  if (fsync (fd) != 0)
    return set_target_error (error, "Cannot bring the video to the disk");

  posix_fadvise (fd, 0, 0, POSIX_FADV_DONTNEED);
  copied = reel_file_steps_hash (fd);
  if (copied == NULL)
    return set_target_error (error, "Cannot read the copy back");
  if (!g_str_equal (copied, digest)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The copy is not like the video");
    return FALSE;
  }

  return TRUE;
}

static gboolean
copy_to (ReelFileMove *self,
         const char *part,
         int from,
         const struct stat *source,
         GCancellable *cancellable,
         GError **error)
{
  g_autofree char *digest = NULL;
  gboolean good = FALSE;
  int to;

  g_unlink (part);
  to = g_open (part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (to < 0)
    return set_target_error (error, "Cannot write into the folder");

  digest = copy_bytes (from, to, cancellable, error);
  good = digest != NULL && check_copy (self, to, source, digest, error);
  close (to);
  if (!good)
    g_unlink (part);

  return good;
}

/* Gives the copy, or where @part is %NULL the video itself, a name that is free. */
static gboolean
give_name (ReelFileMove *self, const char *part, const struct stat *source, gboolean *is_other_disk, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->to);

  for (guint i = 1; i <= MOST_NAMES; i++) {
    g_autofree char *path = make_numbered (self->to, i);
    gboolean named = part != NULL ? reel_file_steps_rename (part, path) : link (self->from, path) == 0;

    if (named || (errno == EEXIST && is_there (path, self->from, source))) {
      self->made = named;
      self->found = g_steal_pointer (&path);
      if (!named && part != NULL)
        g_unlink (part);
      return reel_folder_sync (folder) || set_target_error (error, "Cannot bring the name of the video to the disk");
    }
    if (errno == EEXIST)
      continue;
    if (part == NULL &&
        (errno == EXDEV || errno == EPERM || errno == EOPNOTSUPP || errno == EMLINK || errno == ENOSYS)) {
      *is_other_disk = TRUE;
      return FALSE;
    }
    return set_target_error (error, "Cannot name the video");
  }

  g_set_error (error, REEL_ERROR, REEL_ERROR_FILE, "There are too many videos of the same name");

  return FALSE;
}

static gboolean
bring (ReelFileMove *self, int from, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->to), *part = make_part (self);
  gboolean is_other_disk = FALSE;

  if (fstat (from, &self->source) != 0)
    return set_source_error (error, "Cannot read the video");
  if (!S_ISREG (self->source.st_mode)) {
    g_set_error (error, REEL_ERROR, REEL_ERROR_FILE, "The video is no file");
    return FALSE;
  }
  if (g_mkdir_with_parents (folder, 0755) != 0)
    return set_target_error (error, "Cannot make the folder");

  if (give_name (self, NULL, &self->source, &is_other_disk, error))
    return TRUE;
  if (!is_other_disk)
    return FALSE;

  for (guint i = 1; i <= MOST_NAMES && self->found == NULL; i++) {
    g_autofree char *path = make_numbered (self->to, i);

    if (!g_file_test (path, G_FILE_TEST_EXISTS))
      break;
    if (is_there (path, self->from, &self->source))
      self->found = g_steal_pointer (&path);
  }
  if (self->found != NULL)
    return TRUE;

  return copy_to (self, part, from, &self->source, cancellable, error) &&
         give_name (self, part, &self->source, NULL, error);
}

/**
 * reel_file_move_new:
 * @from: where a video is
 * @to: where it should be
 * @size: bytes, as it was saved
 * @sha256: (nullable): its digest, as it was saved
 * @id: our own name for the job
 *
 * Makes a move. Nothing happens yet.
 *
 * Returns: (transfer full): the move; free with reel_file_move_free()
 */
ReelFileMove *
reel_file_move_new (const char *from, const char *to, gint64 size, const char *sha256, const char *id)
{
  ReelFileMove *self = g_new0 (ReelFileMove, 1);

  self->from = g_strdup (from);
  self->to = g_strdup (to);
  self->size = size;
  self->sha256 = g_strdup (sha256);
  self->id = g_strdup (id);

  return self;
}

/**
 * reel_file_move_free:
 * @self: (nullable) (transfer full): a move
 *
 * Frees a move.
 */
void
reel_file_move_free (ReelFileMove *self)
{
  if (self == NULL)
    return;

  g_free (self->from);
  g_free (self->to);
  g_free (self->sha256);
  g_free (self->id);
  g_free (self->found);
  g_free (self);
}

/**
 * reel_file_move_bring:
 * @cancellable: (nullable): to give it up: nothing is left of it then
 * @error: %G_IO_ERROR_NOT_FOUND where it is not there, %REEL_ERROR_FILE where it is this video that cannot be moved, others
 *   of %G_IO_ERROR where none can be
 *
 * Brings a video to its new folder, where it is complete when it has its name; the old one stays. On the same volume it
 * gets a second name, elsewhere it is copied, read back and compared. No file is replaced: where the name is taken, it
 * gets a number.
 */
gboolean
reel_file_move_bring (ReelFileMove *self, GCancellable *cancellable, GError **error)
{
  gboolean good;
  int from;

  g_return_val_if_fail (self != NULL && self->found == NULL, FALSE);

  from = g_open (self->from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
  if (from < 0)
    return set_source_error (error, "Cannot open the video");

  good = bring (self, from, cancellable, error);
  close (from);

  return good;
}

/**
 * reel_file_move_take_back:
 *
 * Deletes what reel_file_move_bring() made, because the job is not there any more or has another file. What was there
 * before stays.
 */
void
reel_file_move_take_back (ReelFileMove *self)
{
  g_return_if_fail (self != NULL);

  if (self->made && self->found != NULL)
    g_unlink (self->found);
}

/**
 * reel_file_move_conclude:
 * @error: %REEL_ERROR_FILE
 *
 * Deletes the old file, once the job is written with the new one; only where both are the same still.
 */
gboolean
reel_file_move_conclude (ReelFileMove *self, GError **error)
{
  struct stat old, new;

  g_return_val_if_fail (self != NULL && self->found != NULL, FALSE);

  if (lstat (self->from, &old) != 0)
    return errno == ENOENT || set_source_error (error, "Cannot delete the old file");
  if (!S_ISREG (old.st_mode) || lstat (self->found, &new) != 0 || new.st_size != old.st_size ||
      g_str_equal (self->from, self->found) ||
      (!is_as_brought (self, &old) && !is_there (self->found, self->from, &old))) {
    g_set_error (error, REEL_ERROR, REEL_ERROR_FILE, "The old file has changed");
    return FALSE;
  }

  return g_unlink (self->from) == 0 || set_source_error (error, "Cannot delete the old file");
}
