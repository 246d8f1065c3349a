#include "config.h"

#include "reel-native-texture.h"

/**
 * reel_native_texture_take:
 * @texture: (transfer full): a picture; its pixels are sRGB
 *
 * Gives a picture the memory format that is drawn without a conversion. Where no graphics card draws, GTK 4.18 converts
 * each texture of another format for each frame that it is in: on the main thread, which then spins until a thread of a
 * pool has done its share. Blocks: never on the main thread.
 *
 * Returns: (transfer full): the same picture
 */
GdkTexture *
reel_native_texture_take (GdkTexture *texture)
{
  GdkTextureDownloader *downloader;
  g_autoptr (GBytes) pixels = NULL;
  GdkTexture *native;
  gsize stride;

  if (gdk_texture_get_format (texture) == GDK_MEMORY_DEFAULT)
    return texture;

  downloader = gdk_texture_downloader_new (texture);
  gdk_texture_downloader_set_format (downloader, GDK_MEMORY_DEFAULT);
  pixels = gdk_texture_downloader_download_bytes (downloader, &stride);
  gdk_texture_downloader_free (downloader);
  native = gdk_memory_texture_new (gdk_texture_get_width (texture), gdk_texture_get_height (texture),
                                   GDK_MEMORY_DEFAULT, pixels, stride);
  g_object_unref (texture);

  return native;
}
