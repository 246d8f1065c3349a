/* A library for LD_PRELOAD that measures how long each iteration of the application's main loop takes: the time from one
 * return of its poll to the next call. It puts its own poll function into the default main context before
 * g_application_run() starts it, so the program itself is unchanged and waits inside other loops count as work.
 *
 * Iterations over REEL_STALLS_LIMIT milliseconds (50) go to the file REEL_STALLS_LOG, one a line:
 * begin (monotonic seconds), length (ms), processor time of the main thread in it (ms), and how long the main thread was
 * ready in it while other threads had the processors (ms). While one is too long, the main thread's stack is written too,
 * after '#'. */

#include <dlfcn.h>
#include <execinfo.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define MAX_FRAMES 64

static int log_fd = -1;
static double limit = 50;
static pthread_t main_thread;
static _Atomic double busy_since; /* 0 while the loop waits */
static double processor_since;
static double kept_since;
static int schedule_fd = -1;
static GPollFunc next_poll;

static double
clock_ms (clockid_t id)
{
  struct timespec time;

  clock_gettime (id, &time);
  return (double)time.tv_sec * 1000.0 + (double)time.tv_nsec / 1e6;
}

/* How long the main thread has waited for a processor, ever. */
static double
read_kept_ms (void)
{
  char text[96] = "";
  unsigned long long waited = 0;

  if (pread (schedule_fd, text, sizeof text - 1, 0) <= 0 || sscanf (text, "%*u %llu", &waited) != 1)
    return 0;
  return (double)waited / 1e6;
}

static int
measuring_poll (GPollFD *fds, guint n_fds, int timeout)
{
  double begin = atomic_exchange (&busy_since, 0);
  int result;

  if (begin > 0) {
    double length = clock_ms (CLOCK_MONOTONIC) - begin;

    if (length > limit)
      dprintf (log_fd, "%.3f %.1f %.1f %.1f\n", begin / 1000.0, length,
               clock_ms (CLOCK_THREAD_CPUTIME_ID) - processor_since, read_kept_ms () - kept_since);
  }

  result = next_poll (fds, n_fds, timeout);

  processor_since = clock_ms (CLOCK_THREAD_CPUTIME_ID);
  kept_since = read_kept_ms ();
  atomic_store (&busy_since, clock_ms (CLOCK_MONOTONIC));
  return result;
}

static void
write_stack (int number)
{
  void *frames[MAX_FRAMES];
  int n_frames = backtrace (frames, MAX_FRAMES);

  dprintf (log_fd, "# stack\n");
  backtrace_symbols_fd (frames, n_frames, log_fd);
}

/* Looks at the main thread from outside, and asks it once for its stack in each iteration that is too long. */
static void *
watch (void *data)
{
  double asked = 0;

  for (;;) {
    double begin = atomic_load (&busy_since);

    if (begin > 0 && begin != asked && clock_ms (CLOCK_MONOTONIC) - begin > limit) {
      asked = begin;
      pthread_kill (main_thread, SIGUSR2);
    }
    usleep (5000);
  }
  return NULL;
}

int
g_application_run (GApplication *application, int argc, char **argv)
{
  int (*next) (GApplication *, int, char **) =
      (int (*) (GApplication *, int, char **))dlsym (RTLD_NEXT, "g_application_run");
  const char *path = getenv ("REEL_STALLS_LOG");
  const char *text = getenv ("REEL_STALLS_LIMIT");
  struct sigaction action = {.sa_handler = write_stack, .sa_flags = SA_RESTART};
  void *warm[1];
  pthread_t watcher;

  if (path != NULL) {
    log_fd = open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (text != NULL)
      limit = atof (text);
    main_thread = pthread_self ();
    schedule_fd = open ("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
    backtrace (warm, 1); /* loads what it needs, so that the handler does not */
    sigaction (SIGUSR2, &action, NULL);
    next_poll = g_main_context_get_poll_func (NULL);
    g_main_context_set_poll_func (NULL, measuring_poll);
    pthread_create (&watcher, NULL, watch, NULL);
  }

  return next (application, argc, argv);
}
