#include "config.h"

#include "reel-file-query.h"

/**
 * reel_file_query_new:
 *
 * Makes a query for every saved video.
 *
 * Returns: (transfer full): the query; free with reel_file_query_free()
 */
ReelFileQuery *
reel_file_query_new (void)
{
  return g_new0 (ReelFileQuery, 1);
}

/**
 * reel_file_query_copy:
 * @self: a query
 *
 * Returns: (transfer full): a copy
 */
ReelFileQuery *
reel_file_query_copy (const ReelFileQuery *self)
{
  ReelFileQuery *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->folder = g_strdup (self->folder);

  return copy;
}

/**
 * reel_file_query_free:
 * @self: (nullable) (transfer full): a query
 *
 * Frees a query.
 */
void
reel_file_query_free (ReelFileQuery *self)
{
  if (self == NULL)
    return;

  g_free (self->folder);
  g_free (self);
}
