#include "config.h"

#include "reel-saved-file.h"

/**
 * reel_saved_file_new:
 * @id: our own name for the job
 * @path: the absolute path of the video
 * @size: bytes
 * @sha256: (nullable): lower-case hex
 * @missing: whether it was not there any more when it was looked for
 *
 * Makes a saved video.
 *
 * Returns: (transfer full): the video; free with reel_saved_file_free()
 */
ReelSavedFile *
reel_saved_file_new (const char *id, const char *path, gint64 size, const char *sha256, gboolean missing)
{
  ReelSavedFile *self = g_new0 (ReelSavedFile, 1);

  self->id = g_strdup (id);
  self->path = g_strdup (path);
  self->size = size;
  self->sha256 = g_strdup (sha256);
  self->missing = missing;

  return self;
}

/**
 * reel_saved_file_free:
 * @self: (nullable) (transfer full): a saved video
 *
 * Frees it.
 */
void
reel_saved_file_free (ReelSavedFile *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->path);
  g_free (self->sha256);
  g_free (self);
}
