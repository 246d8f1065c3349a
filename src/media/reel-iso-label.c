#include "config.h"

#include "reel-iso-label.h"

#include "reel-error.h"
#include "reel-iso-box.h"
#include "reel-label.h"

/* A film in fragments has thousands of boxes; one of millions is made to keep us busy. */
#define MOST_BOXES 100000

enum
{
  BOX_MOOV = REEL_ISO_TYPE ('m', 'o', 'o', 'v'),
  BOX_MFRA = REEL_ISO_TYPE ('m', 'f', 'r', 'a'),
  BOX_UUID = REEL_ISO_TYPE ('u', 'u', 'i', 'd'),
};

/* What the walk over the boxes has found. */
typedef struct
{
  gboolean has_moov;
  gboolean is_odd;  /* something after the last box, or a box of which the end is not written down */
  ReelIsoBox last;  /* the last box */
  ReelIsoBox label; /* the last label */
  guint64 label_at; /* where it is, 0 for nowhere */
} ReelIsoWalk;

static gboolean
look_at_uuid (ReelIsoWalk *self, GInputStream *stream, guint64 offset, GCancellable *cancellable, GError **error)
{
  guint8 header[REEL_LABEL_HEADER];

  /* We never write a long one. */
  if (self->last.header != 8 || self->last.size < sizeof header)
    return TRUE;
  if (!reel_iso_read_at (stream, offset, header, sizeof header, cancellable, error))
    return FALSE;

  if (reel_label_is_begun (header, sizeof header)) {
    self->label = self->last;
    self->label_at = offset;
  }

  return TRUE;
}

static gboolean
walk (ReelIsoWalk *self, GInputStream *stream, guint64 length, GCancellable *cancellable, GError **error)
{
  guint64 offset = 0;

  for (guint i = 0; length - offset >= 8 && i < MOST_BOXES; i++) {
    if (!reel_iso_read_box (stream, offset, length, &self->last, cancellable, error))
      return FALSE;
    if (offset == 0 && !reel_iso_is_first_type (self->last.type)) {
      g_set_error_literal (error, REEL_ERROR, REEL_ERROR_NOT_A_VIDEO, "The file is not of the MP4 family");
      return FALSE;
    }
    if (!self->last.is_whole)
      break;

    self->is_odd = self->is_odd || self->last.is_open;
    self->has_moov = self->has_moov || self->last.type == BOX_MOOV;
    if (self->last.type == BOX_UUID && !look_at_uuid (self, stream, offset, cancellable, error))
      return FALSE;
    offset += self->last.size;
  }
  self->is_odd = self->is_odd || offset != length;

  return TRUE;
}

/**
 * reel_iso_label_fits:
 * @file: a local file
 * @cancellable: (nullable): to stop it
 *
 * Tells whether a label may be put at the end of a file: it is of the MP4 family, its boxes end exactly where the file
 * ends, it has none yet, and no player looks for anything at its end, as with the index of a film in fragments. Blocks:
 * never on the main thread.
 */
gboolean
reel_iso_label_fits (GFile *file, GCancellable *cancellable)
{
  g_autoptr (GInputStream) stream = NULL;
  ReelIsoWalk found = {0};
  guint64 length = 0;

  stream = reel_iso_open (file, &length, cancellable, NULL);

  return stream != NULL && walk (&found, stream, length, cancellable, NULL) && found.has_moov && !found.is_odd &&
         found.last.type != BOX_MFRA && found.label_at == 0;
}

/**
 * reel_iso_label_read:
 * @file: a file, perhaps from somebody else
 * @cancellable: (nullable): to stop it
 * @error: %REEL_ERROR_FILE, %REEL_ERROR_NOT_A_VIDEO, %REEL_ERROR_TRUNCATED or %REEL_ERROR_TOO_LARGE
 *
 * Reads the label of a file. Blocks: never on the main thread.
 *
 * Returns: (transfer full) (nullable): its text, any bytes; %NULL without an error where the file has no label
 */
GBytes *
reel_iso_label_read (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autofree guint8 *text = NULL;
  ReelIsoWalk found = {0};
  guint64 length = 0, n_text;

  stream = reel_iso_open (file, &length, cancellable, error);
  if (stream == NULL || !walk (&found, stream, length, cancellable, error))
    return NULL;

  if (length < 8 || (found.label_at == 0 && !found.last.is_whole)) {
    g_set_error_literal (error, REEL_ERROR, length < 8 ? REEL_ERROR_NOT_A_VIDEO : REEL_ERROR_TRUNCATED,
                         "The file ends too early");
    return NULL;
  }
  if (found.label_at == 0)
    return NULL;

  n_text = found.label.size - REEL_LABEL_HEADER;
  if (n_text > REEL_LABEL_MOST) {
    g_set_error_literal (error, REEL_ERROR, REEL_ERROR_TOO_LARGE, "The label is larger than any of ours");
    return NULL;
  }
  text = g_malloc (MAX (n_text, 1));
  if (!reel_iso_read_at (stream, found.label_at + REEL_LABEL_HEADER, text, n_text, cancellable, error))
    return NULL;

  return g_bytes_new_take (g_steal_pointer (&text), n_text);
}
