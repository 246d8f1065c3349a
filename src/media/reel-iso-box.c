#include "config.h"

#include "reel-iso-box.h"

#include "reel-error.h"

/* What a file of the MP4 family is made of. Every call blocks: never on the main thread. */

/**
 * reel_iso_read_u32:
 * @data: four bytes
 *
 * Returns: the number that they are
 */
guint32
reel_iso_read_u32 (const guint8 *data)
{
  return REEL_ISO_TYPE (data[0], data[1], data[2], data[3]);
}

/**
 * reel_iso_read_u64:
 * @data: eight bytes
 *
 * Returns: the number that they are
 */
guint64
reel_iso_read_u64 (const guint8 *data)
{
  return (guint64)reel_iso_read_u32 (data) << 32 | reel_iso_read_u32 (data + 4);
}

/**
 * reel_iso_is_first_type:
 * @type: the type of a box
 *
 * Tells whether a file of the MP4 family may begin with such a box.
 */
gboolean
reel_iso_is_first_type (guint32 type)
{
  switch (type) {
  case REEL_ISO_TYPE ('f', 't', 'y', 'p'):
  case REEL_ISO_TYPE ('s', 't', 'y', 'p'):
  case REEL_ISO_TYPE ('m', 'o', 'o', 'v'):
  case REEL_ISO_TYPE ('m', 'o', 'o', 'f'):
  case REEL_ISO_TYPE ('m', 'd', 'a', 't'):
  case REEL_ISO_TYPE ('f', 'r', 'e', 'e'):
  case REEL_ISO_TYPE ('s', 'k', 'i', 'p'):
  case REEL_ISO_TYPE ('w', 'i', 'd', 'e'):
    return TRUE;
  default:
    return FALSE;
  }
}

/**
 * reel_iso_open:
 * @file: a file
 * @length: (out): its bytes
 * @cancellable: (nullable): to stop it
 * @error: %REEL_ERROR_FILE, %REEL_ERROR_NOT_A_VIDEO or %G_IO_ERROR_CANCELLED
 *
 * Opens a file. What is no file, such as a pipe that nobody may ever write to, is not opened.
 *
 * Returns: (transfer full): its bytes, to be sought in
 */
GInputStream *
reel_iso_open (GFile *file, guint64 *length, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) io_error = NULL;
  g_autoptr (GFileInfo) info =
      g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                         G_FILE_QUERY_INFO_NONE, cancellable, &io_error);
  GFileInputStream *stream = NULL;

  if (info != NULL && g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR) {
    g_set_error_literal (error, REEL_ERROR, REEL_ERROR_FILE, "It is no file");
    return NULL;
  }
  if (info != NULL)
    stream = g_file_read (file, cancellable, &io_error);
  if (stream != NULL) {
    *length = g_file_info_get_size (info);
    return G_INPUT_STREAM (stream);
  }

  if (g_error_matches (io_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&io_error));
  else
    g_set_error_literal (error, REEL_ERROR, REEL_ERROR_FILE, io_error->message);

  return NULL;
}

/**
 * reel_iso_read_at:
 * @offset: where to begin
 * @buffer: (out): the bytes
 * @length: how many
 * @cancellable: (nullable): to stop it
 * @error: %REEL_ERROR_TRUNCATED, %REEL_ERROR_FILE or %G_IO_ERROR_CANCELLED
 *
 * Reads a piece of a file.
 */
gboolean
reel_iso_read_at (GInputStream *stream,
                  guint64 offset,
                  void *buffer,
                  gsize length,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GError) io_error = NULL;
  gsize got = 0;

  if (!g_seekable_seek (G_SEEKABLE (stream), offset, G_SEEK_SET, cancellable, &io_error) ||
      !g_input_stream_read_all (stream, buffer, length, &got, cancellable, &io_error)) {
    if (g_error_matches (io_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      g_propagate_error (error, g_steal_pointer (&io_error));
    else
      g_set_error_literal (error, REEL_ERROR, REEL_ERROR_FILE, io_error->message);
    return FALSE;
  }
  if (got < length) {
    g_set_error (error, REEL_ERROR, REEL_ERROR_TRUNCATED, "The file ends at %" G_GUINT64_FORMAT, offset + got);
    return FALSE;
  }

  return TRUE;
}

/**
 * reel_iso_read_box:
 * @offset: where a box begins, at least eight bytes before the end
 * @length: the bytes of the file
 * @box: (out): the box
 * @cancellable: (nullable): to stop it
 * @error: as of reel_iso_read_at()
 *
 * Reads the header of a box.
 *
 * Returns: whether it could be read; where it makes no sense, it is not whole
 */
gboolean
reel_iso_read_box (GInputStream *stream,
                   guint64 offset,
                   guint64 length,
                   ReelIsoBox *box,
                   GCancellable *cancellable,
                   GError **error)
{
  guint8 header[16];

  if (!reel_iso_read_at (stream, offset, header, 8, cancellable, error))
    return FALSE;

  box->header = 8;
  box->size = reel_iso_read_u32 (header);
  box->type = reel_iso_read_u32 (header + 4);
  box->is_open = box->size == 0;

  if (box->is_open) {
    box->size = length - offset;
  } else if (box->size == 1 && length - offset >= 16) {
    if (!reel_iso_read_at (stream, offset, header, 16, cancellable, error))
      return FALSE;
    box->header = 16;
    box->size = reel_iso_read_u64 (header + 8);
  }
  box->is_whole = box->size >= box->header && box->size <= length - offset;

  return TRUE;
}
