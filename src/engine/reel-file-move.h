#pragma once

#include <gio/gio.h>
#include <sys/stat.h>

G_BEGIN_DECLS

/**
 * ReelFileMove:
 * @from: where the video is
 * @to: where it should be
 * @size: bytes, as it was saved
 * @sha256: (nullable): its digest, as it was saved
 * @id: our own name for the job
 * @found: where it is in the new folder: @to, with a number where that name is taken
 * @made: whether @found was not there before
 * @source: what was known of @from when it was brought, all zero where that was an earlier run
 *
 * One video on its way to another folder. It is there twice from reel_file_move_bring() to reel_file_move_conclude();
 * between them the job is written. Every call blocks: they are for worker threads, one at a time.
 */
typedef struct
{
  char *from;
  char *to;
  gint64 size;
  char *sha256;
  char *id;

  char *found;
  gboolean made;
  struct stat source;
} ReelFileMove;

ReelFileMove *reel_file_move_new (const char *from, const char *to, gint64 size, const char *sha256, const char *id);
void reel_file_move_free (ReelFileMove *self);

gboolean reel_file_move_bring (ReelFileMove *self, GCancellable *cancellable, GError **error);
void reel_file_move_take_back (ReelFileMove *self);
gboolean reel_file_move_conclude (ReelFileMove *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelFileMove, reel_file_move_free)

G_END_DECLS
