#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ReelSavedFile:
 * @id: our own name for the job
 * @path: the absolute path of the video
 * @size: bytes
 * @sha256: (nullable): lower-case hex
 *
 * A saved video, as it was written down.
 */
typedef struct
{
  char *id;
  char *path;
  gint64 size;
  char *sha256;
} ReelSavedFile;

ReelSavedFile *reel_saved_file_new (const char *id, const char *path, gint64 size, const char *sha256);
void reel_saved_file_free (ReelSavedFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelSavedFile, reel_saved_file_free)

G_END_DECLS
