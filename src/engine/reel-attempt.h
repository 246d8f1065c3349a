#pragma once

#include "reel-download.h"
#include "reel-part-file.h"

G_BEGIN_DECLS

/**
 * ReelAttempt:
 * @url: where the video is
 * @folder: the library folder
 * @id: our own name for the job
 * @name: the name of the file, without its ending
 * @keep: whether what is there is kept
 * @total: the length of the whole video in bytes, -1 where that is not known
 * @aside: whether what came is kept aside, not deleted, where it is no video
 * @part: the file
 * @download: what comes
 * @block: what came last
 * @n_block: its length
 * @read_error: why nothing more came
 * @label: (nullable): what is put at the end of the complete file
 * @path: (out): where the video is, or what is kept aside
 * @sha256: (out): the digest of the video
 *
 * One attempt to bring a video home. Its blocking steps run in a thread while nothing else touches it.
 */
typedef struct
{
  /* Input */
  char *url;
  char *folder;
  char *id;
  char *name;
  gboolean keep;
  gint64 total;
  gboolean aside;

  /* In progress */
  ReelPartFile *part;
  ReelDownload *download;
  guint8 *block;
  gsize n_block;
  GError *read_error;
  GBytes *label;

  /* Output */
  char *path;
  char *sha256;
} ReelAttempt;

typedef gboolean (*ReelAttemptStep) (ReelAttempt *self, GError **error);

void reel_attempt_free (gpointer self);
gboolean reel_attempt_is_too_large (ReelAttempt *self);

gboolean reel_attempt_open (ReelAttempt *self, GError **error);
gboolean reel_attempt_make_room (ReelAttempt *self, GError **error);
gboolean reel_attempt_write (ReelAttempt *self, GError **error);
gboolean reel_attempt_hash (ReelAttempt *self, GError **error);
gboolean reel_attempt_hash_without_label (ReelAttempt *self, GError **error);
gboolean reel_attempt_publish (ReelAttempt *self, GError **error);
gboolean reel_attempt_clean_up (ReelAttempt *self, GError **error);

void reel_attempt_run (GTask *owned_task, ReelAttemptStep step, GAsyncReadyCallback next);
gboolean reel_attempt_run_finish (GTask *task, GAsyncResult *result);

G_END_DECLS
