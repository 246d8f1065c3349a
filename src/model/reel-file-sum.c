#include "config.h"

#include "reel-file-sum.h"

/**
 * reel_file_sum_new:
 * @model: (nullable): the model that made them
 * @n_files: how many videos
 * @n_bytes: their bytes
 *
 * Makes a sum.
 *
 * Returns: (transfer full): the sum; free with reel_file_sum_free()
 */
ReelFileSum *
reel_file_sum_new (const char *model, guint n_files, gint64 n_bytes)
{
  ReelFileSum *self = g_new0 (ReelFileSum, 1);

  self->model = g_strdup (model);
  self->n_files = n_files;
  self->n_bytes = n_bytes;

  return self;
}

/**
 * reel_file_sum_free:
 * @self: (nullable) (transfer full): a sum
 *
 * Frees a sum.
 */
void
reel_file_sum_free (ReelFileSum *self)
{
  if (self == NULL)
    return;

  g_free (self->model);
  g_free (self);
}

/**
 * reel_file_sum_add_up:
 * @sums: (element-type ReelFileSum): the sums of all models
 * @n_files: (out): how many videos in all
 * @n_bytes: (out): their bytes
 *
 * Adds up what all models take.
 */
void
reel_file_sum_add_up (GPtrArray *sums, guint *n_files, gint64 *n_bytes)
{
  g_return_if_fail (sums != NULL && n_files != NULL && n_bytes != NULL);

  *n_files = 0;
  *n_bytes = 0;
  for (guint i = 0; i < sums->len; i++) {
    const ReelFileSum *sum = sums->pdata[i];

    *n_files += sum->n_files;
    *n_bytes += sum->n_bytes;
  }
}
