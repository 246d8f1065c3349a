#include "config.h"

#include "reel-poster-cache.h"

#include "reel-error.h"
#include "reel-native-texture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

/* An image that claims more pixels than this is refused before any of them is decoded. */
#define PIXEL_LIMIT (40 * 1000 * 1000)

#define CHUNK_SIZE (16 * 1024)

typedef struct
{
  /* input */
  GBytes *image;
  guint size;
} ReelDecoding;

static void
reel_decoding_free (ReelDecoding *self)
{
  g_bytes_unref (self->image);
  g_free (self);
}

static void
on_size_prepared (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  guint size = GPOINTER_TO_UINT (data);
  double scale = MIN (1.0, (double)size / MAX (width, height));

  /* No size at all makes the loader give up. */
  if ((gint64)width * height > PIXEL_LIMIT)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
  else
    gdk_pixbuf_loader_set_size (loader, MAX (1, (int)(width * scale + 0.5)), MAX (1, (int)(height * scale + 0.5)));
}

/* Only pictures made of pixels: no drawings, which are programs of a kind. */
static char *
guess_type (GBytes *image)
{
  gsize length;
  const guchar *data = g_bytes_get_data (image, &length);
  g_autofree char *content_type = g_content_type_guess (NULL, data, length, NULL);
  g_autofree char *mime_type = g_content_type_get_mime_type (content_type);

  if (mime_type == NULL || !g_str_has_prefix (mime_type, "image/") || g_str_has_prefix (mime_type, "image/svg"))
    return NULL;

  return g_steal_pointer (&mime_type);
}

static gboolean
load (GdkPixbufLoader *loader, GBytes *image, GCancellable *cancellable, GError **error)
{
  gsize length;
  const guchar *data = g_bytes_get_data (image, &length);

  for (gsize offset = 0; offset < length; offset += CHUNK_SIZE) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !gdk_pixbuf_loader_write (loader, data + offset, MIN (CHUNK_SIZE, length - offset), error)) {
      gdk_pixbuf_loader_close (loader, NULL);
      return FALSE;
    }
  }

  return gdk_pixbuf_loader_close (loader, error);
}

static GdkTexture *
decode (ReelDecoding *self, GCancellable *cancellable, GError **error)
{
  g_autofree char *mime_type = guess_type (self->image);
  g_autoptr (GdkPixbufLoader) loader =
      mime_type != NULL ? gdk_pixbuf_loader_new_with_mime_type (mime_type, error) : NULL;

  if (loader == NULL) {
    if (mime_type == NULL)
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Not an image");
    return NULL;
  }
  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared), GUINT_TO_POINTER (self->size));
  if (!load (loader, self->image, cancellable, error))
    return NULL;

  GdkPixbuf *decoded = gdk_pixbuf_loader_get_pixbuf (loader);
  g_autoptr (GdkPixbuf) pixbuf = decoded != NULL ? gdk_pixbuf_apply_embedded_orientation (decoded) : NULL;

  if (pixbuf == NULL) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Not a whole image");
    return NULL;
  }

  g_autoptr (GBytes) pixels = gdk_pixbuf_read_pixel_bytes (pixbuf);

  return gdk_memory_texture_new (gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf),
                                 gdk_pixbuf_get_has_alpha (pixbuf) ? GDK_MEMORY_R8G8B8A8 : GDK_MEMORY_R8G8B8, pixels,
                                 gdk_pixbuf_get_rowstride (pixbuf));
}

static void
decode_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  GdkTexture *texture = decode (task_data, cancellable, &error);

  if (texture != NULL)
    g_task_return_pointer (task, reel_native_texture_take (texture), g_object_unref);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_new_error (task, REEL_ERROR, REEL_ERROR_FILE, "The image cannot be decoded: %s", error->message);
}

/**
 * reel_poster_decode_async:
 * @image: the bytes of an image file, which may be hostile
 * @size: the picture fits into @size x @size pixels and is never larger than the image
 * @cancellable: (nullable): to stop it
 * @callback: called when it is done
 * @data: for @callback
 *
 * Decodes an image (a reference's thumbnail) off the main thread.
 */
void
reel_poster_decode_async (GBytes *image,
                          guint size,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  g_return_if_fail (image != NULL && size > 0);

  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  ReelDecoding *decoding = g_new0 (ReelDecoding, 1);

  decoding->image = g_bytes_ref (image);
  decoding->size = size;
  g_task_set_source_tag (task, reel_poster_decode_async);
  g_task_set_task_data (task, decoding, (GDestroyNotify)reel_decoding_free);
  g_task_run_in_thread (task, decode_thread);
}

/**
 * reel_poster_decode_finish:
 * @result: what the callback got
 * @error: %REEL_ERROR_FILE where it is no image, or claims to be an enormous one
 *
 * Ends reel_poster_decode_async().
 *
 * Returns: (transfer full): the picture
 */
GdkTexture *
reel_poster_decode_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
