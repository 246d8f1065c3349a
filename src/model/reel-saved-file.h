#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ReelSavedFile:
 * @id: our own name for the job
 * @path: the absolute path of the video
 * @size: bytes
 * @sha256: (nullable): lower-case hex
 * @missing: whether it was not there any more when it was looked for
 *
 * A saved video, as it was written down.
 */
typedef struct
{
  char *id;
  char *path;
  gint64 size;
  char *sha256;
  gboolean missing;
} ReelSavedFile;

ReelSavedFile *
reel_saved_file_new (const char *id, const char *path, gint64 size, const char *sha256, gboolean missing);
void reel_saved_file_free (ReelSavedFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelSavedFile, reel_saved_file_free)

G_END_DECLS
