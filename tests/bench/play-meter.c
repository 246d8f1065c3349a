/* A library for LD_PRELOAD that counts what a GtkPicture shows: how many frames it was given (its paintable says that its
 * contents changed), and how many of the window's frames were painted with a new one in it. It puts its own function in
 * front of gtk_picture_set_paintable(); the program itself is unchanged.
 *
 * Both numbers and the size of the picture stand in the file REEL_PLAY_LOG, newly written after each paint. */

#include <dlfcn.h>
#include <fcntl.h>
#include <gtk/gtk.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int log_fd = -1;
static unsigned long given, painted;
static gboolean is_new;
static GtkPicture *picture;
static GdkFrameClock *clock_watched;

static void
on_painted (GdkFrameClock *clock, gpointer data)
{
  char text[96];
  int length;

  if (!is_new)
    return;

  is_new = FALSE;
  painted++;
  length = snprintf (text, sizeof text, "%10lu %10lu %5d %5d\n", given, painted,
                     gtk_widget_get_width (GTK_WIDGET (picture)), gtk_widget_get_height (GTK_WIDGET (picture)));
  if (pwrite (log_fd, text, (size_t)length, 0) != length)
    perror ("play-meter");
}

static void
on_invalidated (GdkPaintable *paintable, gpointer data)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (picture));

  given++;
  is_new = TRUE;
  if (clock != NULL && clock != clock_watched) {
    clock_watched = clock;
    g_signal_connect (clock, "after-paint", G_CALLBACK (on_painted), NULL);
  }
}

void
gtk_picture_set_paintable (GtkPicture *self, GdkPaintable *paintable)
{
  static void (*next) (GtkPicture *, GdkPaintable *);
  GdkPaintable *before = gtk_picture_get_paintable (self);

  if (next == NULL)
    *(void **)&next = dlsym (RTLD_NEXT, "gtk_picture_set_paintable");
  if (log_fd < 0 && getenv ("REEL_PLAY_LOG") != NULL)
    log_fd = open (getenv ("REEL_PLAY_LOG"), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (before != NULL && before != paintable)
    g_signal_handlers_disconnect_by_func (before, G_CALLBACK (on_invalidated), NULL);
  if (paintable != NULL && paintable != before) {
    picture = self;
    g_signal_connect (paintable, "invalidate-contents", G_CALLBACK (on_invalidated), NULL);
  }
  next (self, paintable);
}
