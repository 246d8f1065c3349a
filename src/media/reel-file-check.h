#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ReelFileCheck:
 * @REEL_FILE_CHECK_BOXES: an MP4 file by its boxes, in no time; any other one to its end
 * @REEL_FILE_CHECK_WHOLE: to its end
 * @REEL_FILE_CHECK_PLAYABLE: to its end, and whether there is a decoder for it here
 *
 * How closely a file is looked at.
 */
typedef enum
{
  REEL_FILE_CHECK_BOXES,
  REEL_FILE_CHECK_WHOLE,
  REEL_FILE_CHECK_PLAYABLE,
} ReelFileCheck;

gboolean reel_file_check (GFile *file, ReelFileCheck depth, GCancellable *cancellable, GError **error);

G_END_DECLS
