#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ReelFileSum:
 * @model: (nullable): the model that made them
 * @n_files: how many videos
 * @n_bytes: their bytes
 *
 * How much the saved videos of a model take.
 */
typedef struct
{
  char *model;
  guint n_files;
  gint64 n_bytes;
} ReelFileSum;

ReelFileSum *reel_file_sum_new (const char *model, guint n_files, gint64 n_bytes);
void reel_file_sum_free (ReelFileSum *self);
void reel_file_sum_add_up (GPtrArray *sums, guint *n_files, gint64 *n_bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelFileSum, reel_file_sum_free)

G_END_DECLS
