/* A library for LD_PRELOAD that ends a program which does slow work on its main thread: SQLite, reading and writing of
 * the application's own files, hashing, waiting for a pipeline, and media data. What it catches ends the program with a
 * backtrace; with REEL_GUARD_LOG set it is written to that file and goes on, so that a test can show all of it at once.
 *
 * REEL_GUARD_PATHS holds the guarded folders, separated by ':'. Files elsewhere (fonts, icons, sockets) are the toolkit's
 * business. SQLite, guarded files and media data count whoever asks for them, hashing and waiting only where the program
 * itself does: libraries hash small things for themselves. */

/* The functions below are the plain ones of the C library: neither fortified nor renamed. */
#undef _FORTIFY_SOURCE
#undef _FILE_OFFSET_BITS

#include <dlfcn.h>
#include <execinfo.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <gst/gst.h>
#include <gst/pbutils/gstdiscoverer.h>
#include <gst/video/video.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/* The next definition of a function, which ours stands in for. */
#define NEXT(name)      ((__typeof__ (&name))next_symbol (#name))
#define FROM_PROGRAM()  is_program_code (__builtin_return_address (0))
#define MAX_CAUGHT      100
#define MAX_FRAMES      48
#define MAX_PATH_LENGTH 4096

static __thread int inside; /* what we call ourselves is not looked at */
static int n_caught;

static void *
next_symbol (const char *name)
{
  void *symbol = dlsym (RTLD_NEXT, name);

  if (symbol == NULL)
    abort ();
  return symbol;
}

static int
on_main_thread (void)
{
  return inside == 0 && syscall (SYS_gettid) == getpid ();
}

static int
is_program_code (const void *address)
{
  Dl_info program, caller;

  return dladdr ((const void *)(uintptr_t)getauxval (AT_ENTRY), &program) != 0 && dladdr (address, &caller) != 0 &&
         program.dli_fbase == caller.dli_fbase;
}

/* A change of a pipeline's state opens its source on the calling thread, and reads it on threads of its own: the opening
 * alone is let through, for it is GStreamer's and not to be had elsewhere. */
static int
is_source_opening (const void *address, int flags)
{
  Dl_info caller;

  return (flags & O_ACCMODE) == O_RDONLY && dladdr (address, &caller) != 0 &&
         strstr (caller.dli_fname, "/libgst") != NULL;
}

static int
is_guarded_path (const char *path)
{
  const char *folders = getenv ("REEL_GUARD_PATHS");
  size_t length;

  for (; folders != NULL && *folders != '\0'; folders += length + (folders[length] == ':')) {
    length = strcspn (folders, ":");
    if (length > 0 && strncmp (path, folders, length) == 0 && (path[length] == '/' || path[length] == '\0'))
      return 1;
  }
  return 0;
}

static int
is_guarded_fd (int fd, char path[MAX_PATH_LENGTH])
{
  char link[64];
  ssize_t length;

  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  length = readlink (link, path, MAX_PATH_LENGTH - 1);
  if (length <= 0)
    return 0;
  path[length] = '\0';
  return is_guarded_path (path);
}

static int
is_guarded_at (int folder, const char *name, char path[MAX_PATH_LENGTH])
{
  size_t length = 0;

  if (name[0] != '/') {
    if (folder != AT_FDCWD)
      is_guarded_fd (folder, path);
    else if (getcwd (path, MAX_PATH_LENGTH) == NULL)
      return 0;
    length = strlen (path);
  }
  snprintf (path + length, MAX_PATH_LENGTH - length, "%s%s", length > 0 ? "/" : "", name);
  return is_guarded_path (path);
}

static void
caught (const char *what, const char *detail)
{
  const char *log = getenv ("REEL_GUARD_LOG");
  void *frames[MAX_FRAMES];
  int out = STDERR_FILENO;

  inside++;
  if (log != NULL)
    out = (int)syscall (SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (out >= 0 && n_caught++ < MAX_CAUGHT) {
    dprintf (out, "main thread: %s %s\n", what, detail);
    backtrace_symbols_fd (frames, backtrace (frames, MAX_FRAMES), out);
  }
  if (log == NULL)
    abort ();
  if (out >= 0)
    syscall (SYS_close, out);
  inside--;
}

static void
check_path (const char *what, int folder, const char *name)
{
  char path[MAX_PATH_LENGTH] = "";

  if (on_main_thread () && name != NULL && is_guarded_at (folder, name, path))
    caught (what, path);
}

static void
check_fd (const char *what, int fd)
{
  char path[MAX_PATH_LENGTH] = "";

  if (on_main_thread () && is_guarded_fd (fd, path))
    caught (what, path);
}

static void
check (const char *what, int counts)
{
  if (counts && on_main_thread ())
    caught (what, "");
}

/* --- files -------------------------------------------------------------------------------------------------------- */

#define OPEN(name)                                                                                                     \
  int name (const char *path, int flags, ...)                                                                          \
  {                                                                                                                    \
    va_list list;                                                                                                      \
    mode_t mode;                                                                                                       \
    va_start (list, flags);                                                                                            \
    mode = va_arg (list, mode_t);                                                                                      \
    va_end (list);                                                                                                     \
    if (!is_source_opening (__builtin_return_address (0), flags))                                                      \
      check_path (#name, AT_FDCWD, path);                                                                              \
    return NEXT (name) (path, flags, mode);                                                                            \
  }

#define OPENAT(name)                                                                                                   \
  int name (int folder, const char *path, int flags, ...)                                                              \
  {                                                                                                                    \
    va_list list;                                                                                                      \
    mode_t mode;                                                                                                       \
    va_start (list, flags);                                                                                            \
    mode = va_arg (list, mode_t);                                                                                      \
    va_end (list);                                                                                                     \
    if (!is_source_opening (__builtin_return_address (0), flags))                                                      \
      check_path (#name, folder, path);                                                                                \
    return NEXT (name) (folder, path, flags, mode);                                                                    \
  }

OPEN (open)
OPEN (open64)
OPENAT (openat)
OPENAT (openat64)

int
creat (const char *path, mode_t mode)
{
  check_path ("creat", AT_FDCWD, path);
  return NEXT (creat) (path, mode);
}

FILE *
fopen (const char *path, const char *mode)
{
  check_path ("fopen", AT_FDCWD, path);
  return NEXT (fopen) (path, mode);
}

FILE *
fopen64 (const char *path, const char *mode)
{
  check_path ("fopen64", AT_FDCWD, path);
  return NEXT (fopen64) (path, mode);
}

ssize_t
read (int fd, void *bytes, size_t length)
{
  check_fd ("read", fd);
  return NEXT (read) (fd, bytes, length);
}

ssize_t
pread (int fd, void *bytes, size_t length, off_t offset)
{
  check_fd ("pread", fd);
  return NEXT (pread) (fd, bytes, length, offset);
}

ssize_t
pread64 (int fd, void *bytes, size_t length, off64_t offset)
{
  check_fd ("pread64", fd);
  return NEXT (pread64) (fd, bytes, length, offset);
}

ssize_t
readv (int fd, const struct iovec *parts, int n_parts)
{
  check_fd ("readv", fd);
  return NEXT (readv) (fd, parts, n_parts);
}

ssize_t
write (int fd, const void *bytes, size_t length)
{
  check_fd ("write", fd);
  return NEXT (write) (fd, bytes, length);
}

ssize_t
pwrite (int fd, const void *bytes, size_t length, off_t offset)
{
  check_fd ("pwrite", fd);
  return NEXT (pwrite) (fd, bytes, length, offset);
}

ssize_t
pwrite64 (int fd, const void *bytes, size_t length, off64_t offset)
{
  check_fd ("pwrite64", fd);
  return NEXT (pwrite64) (fd, bytes, length, offset);
}

ssize_t
writev (int fd, const struct iovec *parts, int n_parts)
{
  check_fd ("writev", fd);
  return NEXT (writev) (fd, parts, n_parts);
}

int
fsync (int fd)
{
  check_fd ("fsync", fd);
  return NEXT (fsync) (fd);
}

int
fdatasync (int fd)
{
  check_fd ("fdatasync", fd);
  return NEXT (fdatasync) (fd);
}

int
rename (const char *from, const char *to)
{
  check_path ("rename", AT_FDCWD, to);
  return NEXT (rename) (from, to);
}

int
renameat (int from_folder, const char *from, int to_folder, const char *to)
{
  check_path ("renameat", to_folder, to);
  return NEXT (renameat) (from_folder, from, to_folder, to);
}

int
unlink (const char *path)
{
  check_path ("unlink", AT_FDCWD, path);
  return NEXT (unlink) (path);
}

/* --- SQLite ------------------------------------------------------------------------------------------------------- */

int
sqlite3_open (const char *path, sqlite3 **database)
{
  check ("sqlite3_open", 1);
  return NEXT (sqlite3_open) (path, database);
}

int
sqlite3_open_v2 (const char *path, sqlite3 **database, int flags, const char *vfs)
{
  check ("sqlite3_open_v2", 1);
  return NEXT (sqlite3_open_v2) (path, database, flags, vfs);
}

int
sqlite3_close (sqlite3 *database)
{
  check ("sqlite3_close", database != NULL);
  return NEXT (sqlite3_close) (database);
}

int
sqlite3_close_v2 (sqlite3 *database)
{
  check ("sqlite3_close_v2", database != NULL);
  return NEXT (sqlite3_close_v2) (database);
}

int
sqlite3_exec (sqlite3 *database,
              const char *sql,
              int (*callback) (void *, int, char **, char **),
              void *data,
              char **message)
{
  check ("sqlite3_exec", 1);
  return NEXT (sqlite3_exec) (database, sql, callback, data, message);
}

int
sqlite3_prepare_v2 (sqlite3 *database, const char *sql, int length, sqlite3_stmt **statement, const char **rest)
{
  check ("sqlite3_prepare_v2", 1);
  return NEXT (sqlite3_prepare_v2) (database, sql, length, statement, rest);
}

int
sqlite3_prepare_v3 (sqlite3 *database,
                    const char *sql,
                    int length,
                    unsigned int flags,
                    sqlite3_stmt **statement,
                    const char **rest)
{
  check ("sqlite3_prepare_v3", 1);
  return NEXT (sqlite3_prepare_v3) (database, sql, length, flags, statement, rest);
}

int
sqlite3_step (sqlite3_stmt *statement)
{
  check ("sqlite3_step", 1);
  return NEXT (sqlite3_step) (statement);
}

int
sqlite3_wal_checkpoint_v2 (sqlite3 *database, const char *name, int mode, int *n_log, int *n_done)
{
  check ("sqlite3_wal_checkpoint_v2", 1);
  return NEXT (sqlite3_wal_checkpoint_v2) (database, name, mode, n_log, n_done);
}

/* --- hashing ------------------------------------------------------------------------------------------------------ */

void
g_checksum_update (GChecksum *checksum, const guchar *data, gssize length)
{
  check ("g_checksum_update", FROM_PROGRAM ());
  NEXT (g_checksum_update) (checksum, data, length);
}

char *
g_compute_checksum_for_data (GChecksumType type, const guchar *data, gsize length)
{
  check ("g_compute_checksum_for_data", FROM_PROGRAM ());
  return NEXT (g_compute_checksum_for_data) (type, data, length);
}

char *
g_compute_checksum_for_string (GChecksumType type, const char *text, gssize length)
{
  check ("g_compute_checksum_for_string", FROM_PROGRAM ());
  return NEXT (g_compute_checksum_for_string) (type, text, length);
}

char *
g_compute_checksum_for_bytes (GChecksumType type, GBytes *bytes)
{
  check ("g_compute_checksum_for_bytes", FROM_PROGRAM ());
  return NEXT (g_compute_checksum_for_bytes) (type, bytes);
}

void
g_hmac_update (GHmac *hmac, const guchar *data, gssize length)
{
  check ("g_hmac_update", FROM_PROGRAM ());
  NEXT (g_hmac_update) (hmac, data, length);
}

/* --- media -------------------------------------------------------------------------------------------------------- */

/* Every encoder, decoder and converter of a pipeline hands on its data here: on the main thread it would render there. */
GstFlowReturn
gst_pad_push (GstPad *pad, GstBuffer *buffer)
{
  check ("gst_pad_push", 1);
  return NEXT (gst_pad_push) (pad, buffer);
}

GstFlowReturn
gst_pad_push_list (GstPad *pad, GstBufferList *list)
{
  check ("gst_pad_push_list", 1);
  return NEXT (gst_pad_push_list) (pad, list);
}

GstSample *
gst_video_convert_sample (GstSample *sample, const GstCaps *caps, GstClockTime timeout, GError **error)
{
  check ("gst_video_convert_sample", 1);
  return NEXT (gst_video_convert_sample) (sample, caps, timeout, error);
}

GstDiscovererInfo *
gst_discoverer_discover_uri (GstDiscoverer *discoverer, const char *uri, GError **error)
{
  check ("gst_discoverer_discover_uri", 1);
  return NEXT (gst_discoverer_discover_uri) (discoverer, uri, error);
}

GstStateChangeReturn
gst_element_get_state (GstElement *element, GstState *state, GstState *pending, GstClockTime timeout)
{
  check ("gst_element_get_state (waiting)", timeout != 0 && FROM_PROGRAM ());
  return NEXT (gst_element_get_state) (element, state, pending, timeout);
}

GstMessage *
gst_bus_timed_pop_filtered (GstBus *bus, GstClockTime timeout, GstMessageType types)
{
  check ("gst_bus_timed_pop_filtered (waiting)", timeout != 0 && FROM_PROGRAM ());
  return NEXT (gst_bus_timed_pop_filtered) (bus, timeout, types);
}
