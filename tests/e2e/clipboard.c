/* Puts its standard input, which may hold anything, into the clipboard as text, and keeps it there until it is ended. */

#include <gtk/gtk.h>
#include <stdio.h>

int
main (void)
{
  char text[4096];
  gsize length = fread (text, 1, sizeof text, stdin);
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GdkContentProvider *providers[2];
  g_autoptr (GdkContentProvider) provider = NULL;

  gtk_init ();
  providers[0] = gdk_content_provider_new_for_bytes ("text/plain;charset=utf-8", bytes);
  providers[1] = gdk_content_provider_new_for_bytes ("text/plain", bytes);
  provider = gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers));
  gdk_clipboard_set_content (gdk_display_get_clipboard (gdk_display_get_default ()), provider);
  g_main_loop_run (loop);

  return 0;
}
