#include "config.h"

#include "reel-iso-file.h"

#include "reel-error.h"
#include "reel-iso-box.h"

/* The table of contents of an hour of video is some megabytes: more than this is an attack on the memory. */
#define MOOV_LIMIT (64 * 1024 * 1024)

enum
{
  BOX_MOOV = REEL_ISO_TYPE ('m', 'o', 'o', 'v'),
  BOX_MOOF = REEL_ISO_TYPE ('m', 'o', 'o', 'f'),
  BOX_MDAT = REEL_ISO_TYPE ('m', 'd', 'a', 't'),
  BOX_META = REEL_ISO_TYPE ('m', 'e', 't', 'a'),
  BOX_TRAK = REEL_ISO_TYPE ('t', 'r', 'a', 'k'),
  BOX_MDIA = REEL_ISO_TYPE ('m', 'd', 'i', 'a'),
  BOX_MINF = REEL_ISO_TYPE ('m', 'i', 'n', 'f'),
  BOX_STBL = REEL_ISO_TYPE ('s', 't', 'b', 'l'),
  BOX_HDLR = REEL_ISO_TYPE ('h', 'd', 'l', 'r'),
  BOX_STCO = REEL_ISO_TYPE ('s', 't', 'c', 'o'),
  BOX_CO64 = REEL_ISO_TYPE ('c', 'o', '6', '4'),
  HANDLER_VIDEO = REEL_ISO_TYPE ('v', 'i', 'd', 'e'),
};

/* What the walk over the boxes has found. */
typedef struct
{
  gboolean has_moov;
  gboolean has_samples;
  gboolean has_meta;
  gboolean has_video;
  guint64 last_chunk;
} ReelIsoFile;

static void
read_chunks (ReelIsoFile *self, const guint8 *data, gsize length, gsize width)
{
  if (length < 8)
    return;

  gsize count = MIN (reel_iso_read_u32 (data + 4), (length - 8) / width);

  for (gsize i = 0; i < count; i++) {
    const guint8 *entry = data + 8 + i * width;
    guint64 offset = width == 8 ? reel_iso_read_u64 (entry) : reel_iso_read_u32 (entry);

    self->last_chunk = MAX (self->last_chunk, offset);
  }
}

/* Looks for the handlers of the tracks and for where their data lie. A malformed box ends its parent. */
static void
read_moov (ReelIsoFile *self, const guint8 *data, gsize length)
{
  while (length >= 8) {
    gsize size = reel_iso_read_u32 (data);
    guint32 type = reel_iso_read_u32 (data + 4);

    if (size < 8 || size > length)
      return;

    switch (type) {
    case BOX_TRAK:
    case BOX_MDIA:
    case BOX_MINF:
    case BOX_STBL:
      read_moov (self, data + 8, size - 8);
      break;
    case BOX_HDLR:
      if (size >= 20 && reel_iso_read_u32 (data + 16) == HANDLER_VIDEO)
        self->has_video = TRUE;
      break;
    case BOX_STCO:
      read_chunks (self, data + 8, size - 8, 4);
      break;
    case BOX_CO64:
      read_chunks (self, data + 8, size - 8, 8);
      break;
    default:
      break;
    }
    data += size;
    length -= size;
  }
}

static gboolean
walk (ReelIsoFile *self,
      GInputStream *stream,
      guint64 length,
      gboolean *is_iso,
      GCancellable *cancellable,
      GError **error)
{
  guint64 offset = 0;

  while (length - offset >= 8) {
    ReelIsoBox box;

    if (!reel_iso_read_box (stream, offset, length, &box, cancellable, error))
      return FALSE;

    if (offset == 0 && !reel_iso_is_first_type (box.type))
      return TRUE;
    *is_iso = TRUE;

    if (!box.is_whole) {
      /* Some writers leave rubbish after the last box. */
      if (self->has_moov && self->has_samples && !reel_iso_is_first_type (box.type))
        return TRUE;
      g_set_error (error, REEL_ERROR, REEL_ERROR_TRUNCATED,
                   "The box at %" G_GUINT64_FORMAT " ends after the file's %" G_GUINT64_FORMAT " bytes", offset,
                   length);
      return FALSE;
    }

    if (box.type == BOX_MDAT || box.type == BOX_MOOF) {
      self->has_samples = TRUE;
    } else if (box.type == BOX_META) {
      self->has_meta = TRUE;
    } else if (box.type == BOX_MOOV && box.size - box.header <= MOOV_LIMIT) {
      g_autofree guint8 *moov = g_malloc (box.size - box.header);

      if (!reel_iso_read_at (stream, offset + box.header, moov, box.size - box.header, cancellable, error))
        return FALSE;
      self->has_moov = TRUE;
      read_moov (self, moov, box.size - box.header);
    }
    offset += box.size;
  }

  return TRUE;
}

static gboolean
judge (ReelIsoFile *self, guint64 length, GError **error)
{
  if (!self->has_moov && self->has_meta) {
    g_set_error_literal (error, REEL_ERROR, REEL_ERROR_NOT_A_VIDEO, "The file is a still picture");
    return FALSE;
  }
  if (!self->has_moov || !self->has_samples || self->last_chunk >= length) {
    g_set_error (error, REEL_ERROR, REEL_ERROR_TRUNCATED, "The file lacks its %s",
                 self->has_moov ? "samples" : "table of contents");
    return FALSE;
  }
  if (!self->has_video) {
    g_set_error_literal (error, REEL_ERROR, REEL_ERROR_NOT_A_VIDEO, "The file has no video track");
    return FALSE;
  }

  return TRUE;
}

/**
 * reel_iso_file_check:
 * @file: a local file
 * @is_iso: (out): whether it is of the MP4 family; where it is not, nothing else is known about it
 * @cancellable: (nullable): to stop it
 * @error: %REEL_ERROR_FILE, %REEL_ERROR_NOT_A_VIDEO or %REEL_ERROR_TRUNCATED
 *
 * Checks that an MP4 file is whole, by its boxes alone: each box ends within the file, the table of contents is there
 * and names a video track, and so are the samples that it points to. Needs no demuxer and no decoder, and reads a few
 * kilobytes. Blocks: never on the main thread.
 *
 * Returns: %FALSE where the file cannot be read, is empty, or is a broken MP4
 */
gboolean
reel_iso_file_check (GFile *file, gboolean *is_iso, GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) stream = NULL;
  ReelIsoFile found = {0};
  guint64 length = 0;

  *is_iso = FALSE;

  stream = reel_iso_open (file, &length, cancellable, error);
  if (stream == NULL)
    return FALSE;
  if (length == 0) {
    g_set_error_literal (error, REEL_ERROR, REEL_ERROR_NOT_A_VIDEO, "The file is empty");
    return FALSE;
  }

  return walk (&found, stream, length, is_iso, cancellable, error) && (!*is_iso || judge (&found, length, error));
}
