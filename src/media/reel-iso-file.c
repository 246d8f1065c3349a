#include "config.h"

#include "reel-iso-file.h"

#include "reel-error.h"

/* The table of contents of an hour of video is some megabytes: more than this is an attack on the memory. */
#define MOOV_LIMIT (64 * 1024 * 1024)

#define BOX(a, b, c, d) ((guint32)(a) << 24 | (guint32)(b) << 16 | (guint32)(c) << 8 | (guint32)(d))

enum
{
  BOX_FTYP = BOX ('f', 't', 'y', 'p'),
  BOX_STYP = BOX ('s', 't', 'y', 'p'),
  BOX_MOOV = BOX ('m', 'o', 'o', 'v'),
  BOX_MOOF = BOX ('m', 'o', 'o', 'f'),
  BOX_MDAT = BOX ('m', 'd', 'a', 't'),
  BOX_META = BOX ('m', 'e', 't', 'a'),
  BOX_FREE = BOX ('f', 'r', 'e', 'e'),
  BOX_SKIP = BOX ('s', 'k', 'i', 'p'),
  BOX_WIDE = BOX ('w', 'i', 'd', 'e'),
  BOX_TRAK = BOX ('t', 'r', 'a', 'k'),
  BOX_MDIA = BOX ('m', 'd', 'i', 'a'),
  BOX_MINF = BOX ('m', 'i', 'n', 'f'),
  BOX_STBL = BOX ('s', 't', 'b', 'l'),
  BOX_HDLR = BOX ('h', 'd', 'l', 'r'),
  BOX_STCO = BOX ('s', 't', 'c', 'o'),
  BOX_CO64 = BOX ('c', 'o', '6', '4'),
  HANDLER_VIDEO = BOX ('v', 'i', 'd', 'e'),
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

static guint32
read_u32 (const guint8 *data)
{
  return BOX (data[0], data[1], data[2], data[3]);
}

static guint64
read_u64 (const guint8 *data)
{
  return (guint64)read_u32 (data) << 32 | read_u32 (data + 4);
}

static void
read_chunks (ReelIsoFile *self, const guint8 *data, gsize length, gsize width)
{
  if (length < 8)
    return;

  gsize count = MIN (read_u32 (data + 4), (length - 8) / width);

  for (gsize i = 0; i < count; i++) {
    const guint8 *entry = data + 8 + i * width;
    guint64 offset = width == 8 ? read_u64 (entry) : read_u32 (entry);

    self->last_chunk = MAX (self->last_chunk, offset);
  }
}

/* Looks for the handlers of the tracks and for where their data lie. A malformed box ends its parent. */
static void
read_moov (ReelIsoFile *self, const guint8 *data, gsize length)
{
  while (length >= 8) {
    gsize size = read_u32 (data);
    guint32 type = read_u32 (data + 4);

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
      if (size >= 20 && read_u32 (data + 16) == HANDLER_VIDEO)
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
is_first_box (guint32 type)
{
  switch (type) {
  case BOX_FTYP:
  case BOX_STYP:
  case BOX_MOOV:
  case BOX_MOOF:
  case BOX_MDAT:
  case BOX_FREE:
  case BOX_SKIP:
  case BOX_WIDE:
    return TRUE;
  default:
    return FALSE;
  }
}

static gboolean
read_at (GInputStream *stream, guint64 offset, void *buffer, gsize length, GCancellable *cancellable, GError **error)
{
  gsize got = 0;

  if (!g_seekable_seek (G_SEEKABLE (stream), offset, G_SEEK_SET, cancellable, error) ||
      !g_input_stream_read_all (stream, buffer, length, &got, cancellable, error))
    return FALSE;
  if (got < length) {
    g_set_error (error, REEL_ERROR, REEL_ERROR_TRUNCATED, "The file ends at %" G_GUINT64_FORMAT, offset + got);
    return FALSE;
  }

  return TRUE;
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
    guint8 header[16];
    gsize header_size = 8;

    if (!read_at (stream, offset, header, 8, cancellable, error))
      return FALSE;

    guint64 size = read_u32 (header);
    guint32 type = read_u32 (header + 4);

    if (offset == 0 && !is_first_box (type))
      return TRUE;
    *is_iso = TRUE;

    if (size == 1 && length - offset >= 16) {
      if (!read_at (stream, offset, header, 16, cancellable, error))
        return FALSE;
      size = read_u64 (header + 8);
      header_size = 16;
    } else if (size == 0) {
      size = length - offset;
    }

    if (size < header_size || size > length - offset) {
      /* Some writers leave rubbish after the last box. */
      if (self->has_moov && self->has_samples && !is_first_box (type))
        return TRUE;
      g_set_error (error, REEL_ERROR, REEL_ERROR_TRUNCATED,
                   "The box at %" G_GUINT64_FORMAT " ends after the file's %" G_GUINT64_FORMAT " bytes", offset,
                   length);
      return FALSE;
    }

    if (type == BOX_MDAT || type == BOX_MOOF) {
      self->has_samples = TRUE;
    } else if (type == BOX_META) {
      self->has_meta = TRUE;
    } else if (type == BOX_MOOV && size - header_size <= MOOV_LIMIT) {
      g_autofree guint8 *moov = g_malloc (size - header_size);

      if (!read_at (stream, offset + header_size, moov, size - header_size, cancellable, error))
        return FALSE;
      self->has_moov = TRUE;
      read_moov (self, moov, size - header_size);
    }
    offset += size;
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
  g_autoptr (GError) io_error = NULL;
  ReelIsoFile found = {0};

  *is_iso = FALSE;

  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, &io_error);
  g_autoptr (GFileInfo) info =
      stream != NULL ? g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, cancellable, &io_error)
                     : NULL;

  if (info != NULL) {
    guint64 length = g_file_info_get_size (info);

    if (length == 0) {
      g_set_error_literal (error, REEL_ERROR, REEL_ERROR_NOT_A_VIDEO, "The file is empty");
      return FALSE;
    }
    if (walk (&found, G_INPUT_STREAM (stream), length, is_iso, cancellable, &io_error))
      return !*is_iso || judge (&found, length, error);
  }

  if (io_error->domain == REEL_ERROR || g_error_matches (io_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&io_error));
  else
    g_set_error_literal (error, REEL_ERROR, REEL_ERROR_FILE, io_error->message);

  return FALSE;
}
