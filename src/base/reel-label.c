#include "config.h"

#include "reel-label.h"

#include <string.h>

/* A label says in an MP4 file what the video was made with. It is a box of its own at the very end of the file, of the
 * type that is meant for private ones (ISO/IEC 14496-12, `uuid`): players skip it, and nothing in the file moves. */

/* 5eed7ee1-0b1e-4c0d-9a11-6c6162656c31, and never another one: files of many years carry it. */
static const guint8 type_and_id[] = {'u',  'u',  'i',  'd',  0x5e, 0xed, 0x7e, 0xe1, 0x0b, 0x1e,
                                     0x4c, 0x0d, 0x9a, 0x11, 0x6c, 0x61, 0x62, 0x65, 0x6c, 0x31};

/* Where the type stands in a box, behind its size. */
#define TYPE_AT 4

G_STATIC_ASSERT (TYPE_AT + sizeof type_and_id == REEL_LABEL_HEADER);

/**
 * reel_label_wrap:
 * @text: what the label says
 *
 * Makes the box of a label.
 *
 * Returns: (transfer full) (nullable): the bytes to put at the end of a file, %NULL where the text is empty or longer
 *   than %REEL_LABEL_MOST
 */
GBytes *
reel_label_wrap (const char *text)
{
  gsize length = strlen (text);
  guint32 size = GUINT32_TO_BE ((guint32)(REEL_LABEL_HEADER + length));
  GByteArray *box;

  if (length == 0 || length > REEL_LABEL_MOST)
    return NULL;

  box = g_byte_array_sized_new (REEL_LABEL_HEADER + (guint)length);
  g_byte_array_append (box, (const guint8 *)&size, sizeof size);
  g_byte_array_append (box, type_and_id, sizeof type_and_id);
  g_byte_array_append (box, (const guint8 *)text, (guint)length);

  return g_byte_array_free_to_bytes (box);
}

/**
 * reel_label_is_begun:
 * @data: bytes of a file, from the beginning of a box on
 * @length: how many
 *
 * Tells whether a label begins there. It may be cut off, where the machine lost power while it was written: its type is
 * enough, as far as there is more of it, that must fit too.
 */
gboolean
reel_label_is_begun (const guint8 *data, gsize length)
{
  return length >= 2 * TYPE_AT && memcmp (data + TYPE_AT, type_and_id, MIN (length - TYPE_AT, sizeof type_and_id)) == 0;
}
