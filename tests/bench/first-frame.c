/* Starts a program and prints, in milliseconds since its exec, when its window was mapped and when it was first painted,
 * and how long its main thread had been on a processor by then, which a busy machine changes less:
 * first-frame PROGRAM [ARGUMENT…], on an X server with no window manager.
 *
 * It looks from outside, so every program is measured alike and none is changed. The root is painted in a colour that no
 * window has, and a GTK window begins black or with what was there before: it counts as painted once half of the pixels
 * in three lines across it are neither. It looks once a millisecond. */

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>

#define NOBODYS_COLOUR 0xff00ff
#define SMALLEST       300 /* pixels: a smaller window is no main window */
#define PATIENCE       30000.0

extern char **environ;

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1000.0 + (double)time.tv_nsec / 1e6;
}

/* The time on a processor of a process's main thread, in milliseconds. */
static double
processor_time (pid_t process)
{
  char path[64];
  unsigned long long nanoseconds = 0;
  FILE *file;

  snprintf (path, sizeof path, "/proc/%d/schedstat", (int)process);
  file = fopen (path, "re");
  if (file != NULL) {
    if (fscanf (file, "%llu", &nanoseconds) != 1)
      nanoseconds = 0;
    fclose (file);
  }
  return (double)nanoseconds / 1e6;
}

static int
is_painted (Display *display, Window window, int width, int height)
{
  int painted = 0, looked = 0;

  for (int i = 1; i <= 3; i++) {
    XImage *line = XGetImage (display, window, 0, height * i / 4, (unsigned)width, 1, AllPlanes, ZPixmap);

    if (line == NULL)
      return 0;
    for (int x = 0; x < width; x += 4) {
      unsigned long colour = XGetPixel (line, x, 0) & 0xffffff;

      looked++;
      painted += colour != 0 && colour != NOBODYS_COLOUR;
    }
    XDestroyImage (line);
  }
  return painted * 2 > looked;
}

static int
ignore_error (Display *display, XErrorEvent *event)
{
  return 0;
}

int
main (int argc, char **argv)
{
  Display *display = XOpenDisplay (NULL);
  Window root, window = None;
  double begin, painted, mapped = 0;
  int width = 0, height = 0, status;
  pid_t child;

  if (display == NULL || argc < 2)
    return 2;

  XSetErrorHandler (ignore_error); /* a window may be gone when we look */
  root = DefaultRootWindow (display);
  XSetWindowBackground (display, root, NOBODYS_COLOUR);
  XClearWindow (display, root);
  XSelectInput (display, root, SubstructureNotifyMask);
  XSync (display, False);

  begin = now ();
  if (posix_spawn (&child, argv[1], NULL, NULL, argv + 1, environ) != 0)
    return 1;

  for (;;) {
    struct pollfd connection = {.fd = ConnectionNumber (display), .events = POLLIN};

    if (now () - begin > PATIENCE || waitpid (child, &status, WNOHANG) == child) {
      fprintf (stderr, "first-frame: %s showed no window\n", argv[1]);
      return 1;
    }
    while (XPending (display) > 0) {
      XEvent event;
      XWindowAttributes attributes;

      XNextEvent (display, &event);
      if (event.type == MapNotify && window == None &&
          XGetWindowAttributes (display, event.xmap.window, &attributes) != 0 && attributes.width >= SMALLEST &&
          attributes.height >= SMALLEST) {
        window = event.xmap.window;
        width = attributes.width;
        height = attributes.height;
        mapped = now () - begin;
      }
    }
    if (window != None && is_painted (display, window, width, height))
      break;
    poll (&connection, 1, 1);
  }

  painted = now () - begin;
  printf ("%.1f %.1f %.1f\n", mapped, painted, processor_time (child));
  kill (child, SIGTERM);
  waitpid (child, &status, 0);
  XCloseDisplay (display);
  return 0;
}
