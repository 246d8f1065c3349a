#include "config.h"

#include "reel-poster-folder.h"

#include <glib/gstdio.h>
#include <fcntl.h>
#include <sys/stat.h>

/* A picture that was used within so many seconds is not marked as used again. */
#define MARK_AGE (24 * 60 * 60)

/**
 * ReelPosterFolder:
 *
 * Pictures as PNG files in a folder of no more than so many bytes: those that were not used for the longest time go
 * first. Every function blocks, and may be called in any thread but the main one.
 */
struct _ReelPosterFolder
{
  GObject parent_instance;

  GFile *folder;
  guint64 limit;

  GMutex mutex; /* for what follows, and for removing files */
  gboolean counted;
  guint64 used;
};

/* A file of the folder. */
typedef struct
{
  char *path;
  guint64 size;
  struct timespec used_at;
} ReelPosterFile;

G_DEFINE_FINAL_TYPE (ReelPosterFolder, reel_poster_folder, G_TYPE_OBJECT)

static void
reel_poster_file_free (gpointer data)
{
  ReelPosterFile *self = data;

  g_free (self->path);
  g_free (self);
}

static int
compare_used_at (gconstpointer a, gconstpointer b)
{
  const struct timespec *first = &(*(ReelPosterFile *const *)a)->used_at;
  const struct timespec *second = &(*(ReelPosterFile *const *)b)->used_at;

  if (first->tv_sec != second->tv_sec)
    return first->tv_sec < second->tv_sec ? -1 : 1;

  return (first->tv_nsec > second->tv_nsec) - (first->tv_nsec < second->tv_nsec);
}

/* The name comes from elsewhere: what it holds must not become a path. */
static char *
make_path (ReelPosterFolder *self, const char *id)
{
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);
  g_autofree char *name = g_strconcat (escaped, ".png", NULL);

  return g_build_filename (g_file_peek_path (self->folder), name, NULL);
}

/* All files count: also what a crash has left half-written. */
static GPtrArray *
list_files (ReelPosterFolder *self)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (reel_poster_file_free);
  g_autoptr (GDir) dir = g_dir_open (g_file_peek_path (self->folder), 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (g_file_peek_path (self->folder), name, NULL);
    struct stat info;

    if (lstat (path, &info) != 0 || !S_ISREG (info.st_mode))
      continue;

    ReelPosterFile *file = g_new0 (ReelPosterFile, 1);

    file->path = g_steal_pointer (&path);
    file->size = (guint64)info.st_size;
    file->used_at = info.st_mtim;
    g_ptr_array_add (files, file);
  }

  return files;
}

/* Some room is made at once, so that not every picture has to look through the folder. */
static void
make_room (ReelPosterFolder *self)
{
  g_autoptr (GPtrArray) files = list_files (self);

  self->used = 0;
  self->counted = TRUE;
  for (guint i = 0; i < files->len; i++)
    self->used += ((ReelPosterFile *)files->pdata[i])->size;
  if (self->used <= self->limit)
    return;

  g_ptr_array_sort (files, compare_used_at);
  for (guint i = 0; i < files->len && self->used > self->limit - self->limit / 8; i++) {
    const ReelPosterFile *file = files->pdata[i];

    if (g_remove (file->path) == 0)
      self->used -= file->size;
  }
}

static void
reel_poster_folder_finalize (GObject *object)
{
  ReelPosterFolder *self = REEL_POSTER_FOLDER (object);

  g_object_unref (self->folder);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (reel_poster_folder_parent_class)->finalize (object);
}

static void
reel_poster_folder_class_init (ReelPosterFolderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reel_poster_folder_finalize;
}

static void
reel_poster_folder_init (ReelPosterFolder *self)
{
  g_mutex_init (&self->mutex);
}

/**
 * reel_poster_folder_new:
 * @folder: where the files are; it is made when the first of them is
 * @limit: bytes
 *
 * Makes the keeper of a folder that holds nothing else.
 *
 * Returns: (transfer full): the keeper
 */
ReelPosterFolder *
reel_poster_folder_new (GFile *folder, guint64 limit)
{
  g_return_val_if_fail (G_IS_FILE (folder), NULL);

  ReelPosterFolder *self = g_object_new (REEL_TYPE_POSTER_FOLDER, NULL);

  self->folder = g_object_ref (folder);
  self->limit = limit;

  return self;
}

/**
 * reel_poster_folder_load:
 * @id: names the picture
 *
 * Reads a picture, and marks it as used. Blocks.
 *
 * Returns: (transfer full) (nullable): the picture, where there is one that is whole
 */
GdkTexture *
reel_poster_folder_load (ReelPosterFolder *self, const char *id)
{
  g_return_val_if_fail (REEL_IS_POSTER_FOLDER (self) && id != NULL, NULL);

  g_autofree char *path = make_path (self, id);
  struct stat info;
  GdkTexture *texture;

  if (stat (path, &info) != 0)
    return NULL;

  texture = gdk_texture_new_from_filename (path, NULL);
  if (texture != NULL && g_get_real_time () / G_USEC_PER_SEC - info.st_mtim.tv_sec > MARK_AGE)
    utimensat (AT_FDCWD, path, NULL, 0);

  return texture;
}

/**
 * reel_poster_folder_save:
 * @id: names the picture
 * @texture: (transfer none): the picture
 *
 * Keeps a picture, and lets others go where there is no room for it. A folder that cannot be written costs nothing but
 * the file. Blocks.
 */
void
reel_poster_folder_save (ReelPosterFolder *self, const char *id, GdkTexture *texture)
{
  g_return_if_fail (REEL_IS_POSTER_FOLDER (self) && id != NULL && GDK_IS_TEXTURE (texture));

  g_autofree char *path = make_path (self, id);
  g_autoptr (GBytes) bytes = gdk_texture_save_to_png_bytes (texture);
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  g_mkdir_with_parents (g_file_peek_path (self->folder), 0700);
  /* A temporary file and a rename: whoever reads sees a whole picture or none. */
  if (!g_file_set_contents_full (path, data, (gssize)length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error)) {
    g_debug ("posters: %s", error->message);
    return;
  }

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->used += length;
  if (!self->counted || self->used > self->limit)
    make_room (self);
}

/**
 * reel_poster_folder_get_file:
 * @id: names a picture
 *
 * Returns: (transfer full): its PNG file, which is there where the picture was saved
 */
GFile *
reel_poster_folder_get_file (ReelPosterFolder *self, const char *id)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (REEL_IS_POSTER_FOLDER (self) && id != NULL, NULL);

  path = make_path (self, id);

  return g_file_new_for_path (path);
}
