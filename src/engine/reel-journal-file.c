#include "config.h"

#include "reel-journal-file.h"

#include "reel-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* A small key file that has to be on the disk when it is needed, also when that is full. Everything blocks: it is for a
 * thread. */

/* Kept free beside the file, in bytes: on a full disk it makes the room that the file needs. */
#define ROOM (256 * 1024)

static gboolean
set_error_from_errno (const char *what, GError **error)
{
  int saved_errno = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno), "%s: %s", what, g_strerror (saved_errno));

  return FALSE;
}

static char *
make_room_path (const char *path)
{
  return g_strconcat (path, "-room", NULL);
}

/* Without it all goes on; it helps only where the disk gets full. */
static void
keep_room (const char *path)
{
  g_autofree char *room = make_room_path (path);
  int file = g_open (room, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (file < 0)
    return;

  if (posix_fallocate (file, 0, ROOM) != 0)
    g_unlink (room);
  close (file);
}

static gboolean
sync_folder_of (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return reel_folder_sync (folder) || set_error_from_errno ("Cannot write the folder", error);
}

static gboolean
write_file (const char *path, const char *text, GError **error)
{
  gsize length = strlen (text), written = 0;
  int file = g_open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  gboolean good;

  if (file < 0)
    return set_error_from_errno ("Cannot make the file", error);

  while (written < length) {
    gssize n = write (file, text + written, length - written);

    if (n < 0 && errno != EINTR)
      break;
    written += MAX (n, 0);
  }
  good = (written == length && fsync (file) == 0) || set_error_from_errno ("Cannot write the file", error);
  close (file);

  return good;
}

/* Replaces the file so that either all of the old or all of the new content is on the disk. */
static gboolean
write_all_or_nothing (const char *path, const char *text, GError **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);

  if (write_file (part, text, error) &&
      (g_rename (part, path) == 0 || set_error_from_errno ("Cannot name the file", error)))
    return sync_folder_of (path, error);

  g_unlink (part);

  return FALSE;
}

/* What cannot be read is kept: a person may still find a request id in it. */
static void
put_aside (const char *path)
{
  g_autofree char *aside = NULL;

  for (guint i = 0; aside == NULL || g_file_test (aside, G_FILE_TEST_EXISTS); i++) {
    g_free (aside);
    aside = g_strdup_printf ("%s.unreadable-%u", path, i);
  }
  g_rename (path, aside);
}

/**
 * reel_journal_file_load:
 * @path: the file
 *
 * Reads the file and keeps room for it on the disk. One that cannot be read is put aside.
 *
 * Returns: (transfer full): what is in it, empty where there is none
 */
GKeyFile *
reel_journal_file_load (const char *path)
{
  g_autoptr (GKeyFile) entries = g_key_file_new ();

  keep_room (path);
  if (!g_file_test (path, G_FILE_TEST_EXISTS) || g_key_file_load_from_file (entries, path, G_KEY_FILE_NONE, NULL))
    return g_steal_pointer (&entries);

  put_aside (path);

  return g_key_file_new ();
}

/**
 * reel_journal_file_replace:
 * @path: the file
 * @text: all that is in it from now on
 * @error: %G_IO_ERROR
 *
 * Replaces the file so that either all of the old or all of the new content is on the disk.
 */
gboolean
reel_journal_file_replace (const char *path, const char *text, GError **error)
{
  g_autofree char *room = make_room_path (path);
  g_autoptr (GError) problem = NULL;

  if (write_all_or_nothing (path, text, &problem))
    return TRUE;
  if (g_unlink (room) == 0)
    return write_all_or_nothing (path, text, error);

  g_propagate_error (error, g_steal_pointer (&problem));

  return FALSE;
}

/**
 * reel_journal_file_remove:
 * @path: the file
 * @error: %G_IO_ERROR
 *
 * Removes the file for good, and keeps room for the next.
 */
gboolean
reel_journal_file_remove (const char *path, GError **error)
{
  gboolean good = g_unlink (path) == 0 || errno == ENOENT || set_error_from_errno ("Cannot remove the file", error);

  good = good && sync_folder_of (path, error);
  keep_room (path);

  return good;
}
