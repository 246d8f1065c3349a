#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ReelFileQuery:
 * @folder: (nullable): only files somewhere below this folder, an absolute path without a slash at its end
 * @until: only videos that were asked for before this time; microseconds since 1970 in UTC, 0 for any
 * @keep_favourites: whether favourites are left out
 * @missing: whether files that are known to be missing are there too
 *
 * Which saved videos. What is not saved, is still coming or has an unknown outcome never is among them.
 */
typedef struct
{
  char *folder;
  gint64 until;
  gboolean keep_favourites;
  gboolean missing;
} ReelFileQuery;

ReelFileQuery *reel_file_query_new (void);
ReelFileQuery *reel_file_query_copy (const ReelFileQuery *self);
void reel_file_query_free (ReelFileQuery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelFileQuery, reel_file_query_free)

G_END_DECLS
