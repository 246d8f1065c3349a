#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ReelDownload:
 * @stream: (transfer full): the body from @offset on
 * @http_status: 200 or 206
 * @offset: the first byte of the stream in the file: 0 for a 200
 * @total: the length of the whole file in bytes, -1 where the server does not say
 * @etag: (nullable): the version of the file, for If-Range
 * @content_type: (nullable): what the server says it is
 *
 * A file that is on its way, and what the headers said of it.
 */
typedef struct
{
  GInputStream *stream;
  guint http_status;
  goffset offset;
  goffset total;
  char *etag;
  char *content_type;
} ReelDownload;

void reel_download_free (ReelDownload *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelDownload, reel_download_free)

G_END_DECLS
