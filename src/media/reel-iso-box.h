#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define REEL_ISO_TYPE(a, b, c, d) ((guint32)(a) << 24 | (guint32)(b) << 16 | (guint32)(c) << 8 | (guint32)(d))

/**
 * ReelIsoBox:
 * @type: its four characters, see REEL_ISO_TYPE()
 * @header: the bytes before its contents
 * @size: all of its bytes
 * @is_whole: whether it ends within the file
 * @is_open: whether it says no size and ends with the file
 *
 * A box of a file of the MP4 family, as its header describes it.
 */
typedef struct
{
  guint32 type;
  guint header;
  guint64 size;
  gboolean is_whole;
  gboolean is_open;
} ReelIsoBox;

guint32 reel_iso_read_u32 (const guint8 *data);
guint64 reel_iso_read_u64 (const guint8 *data);
gboolean reel_iso_is_first_type (guint32 type);

GInputStream *reel_iso_open (GFile *file, guint64 *length, GCancellable *cancellable, GError **error);
gboolean reel_iso_read_at (GInputStream *stream,
                           guint64 offset,
                           void *buffer,
                           gsize length,
                           GCancellable *cancellable,
                           GError **error);
gboolean reel_iso_read_box (GInputStream *stream,
                            guint64 offset,
                            guint64 length,
                            ReelIsoBox *box,
                            GCancellable *cancellable,
                            GError **error);

G_END_DECLS
