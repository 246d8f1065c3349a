#include "config.h"

#include "reel-database.h"

#include "reel-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

/* How long another program that reads the file may hold a write up, in milliseconds. */
#define BUSY_TIMEOUT 2000

/**
 * ReelDatabase:
 *
 * One connection to an SQLite file. The thread that opened it owns it; every call asserts that.
 */
struct _ReelDatabase
{
  GThread *owner;
  char *path;
  int lock; /* a file descriptor that holds the lock of this program */
  sqlite3 *connection;
  GHashTable *statements; /* SQL -> sqlite3_stmt */
  gboolean damaged;       /* nothing is read or written any more */
  gboolean busy;          /* another program holds it: nobody waits for that twice */
};

static void
set_error (ReelDatabase *self, const char *what, GError **error)
{
  g_set_error (error, REEL_ERROR, REEL_ERROR_STORE, "%s: %s (%d)", what, sqlite3_errmsg (self->connection),
               sqlite3_extended_errcode (self->connection));
}

/* What SQLite says of a call. A damaged file is left as it is: writing to it would damage more. */
static void
note_result (ReelDatabase *self, int result)
{
  gboolean busy = (result & 0xff) == SQLITE_BUSY;

  if ((result & 0xff) == SQLITE_CORRUPT || (result & 0xff) == SQLITE_NOTADB)
    self->damaged = TRUE;
  if (busy != self->busy) {
    self->busy = busy;
    sqlite3_busy_timeout (self->connection, busy ? 0 : BUSY_TIMEOUT);
  }
}

static gboolean
check_usable (ReelDatabase *self, GError **error)
{
  g_assert (self->owner == g_thread_self ());

  if (!self->damaged)
    return TRUE;

  g_set_error (error, REEL_ERROR, REEL_ERROR_STORE, "The database is damaged");

  return FALSE;
}

/* A file that was removed or replaced takes everything without a word, and keeps nothing. */
static gboolean
check_place (ReelDatabase *self, GError **error)
{
  int moved = 0;

  if (sqlite3_file_control (self->connection, "main", SQLITE_FCNTL_HAS_MOVED, &moved) != SQLITE_OK || !moved)
    return TRUE;

  g_set_error (error, REEL_ERROR, REEL_ERROR_STORE, "The file of the database is not there any more");

  return FALSE;
}

/* SQLite's own locks are held only while it writes; this one keeps a second instance of the program out as a whole,
 * which would take the requests that this one is sending for lost. It ends with the process, however that ends. */
static gboolean
take_lock (ReelDatabase *self, GError **error)
{
  g_autofree char *path = g_strconcat (self->path, "-lock", NULL);
  int saved_errno;

  self->lock = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->lock >= 0 && flock (self->lock, LOCK_EX | LOCK_NB) == 0)
    return TRUE;

  saved_errno = errno;
  if (saved_errno == EWOULDBLOCK)
    g_set_error (error, REEL_ERROR, REEL_ERROR_STORE, "The database is in use by another process");
  else
    g_set_error (error, REEL_ERROR, REEL_ERROR_STORE, "Cannot lock the database: %s", g_strerror (saved_errno));

  return FALSE;
}

static gboolean
configure (ReelDatabase *self, GError **error)
{
  /* A file that cannot be written opens read-only without a word. */
  if (sqlite3_db_readonly (self->connection, "main") != 0) {
    g_set_error (error, REEL_ERROR, REEL_ERROR_STORE, "The database is read-only");
    return FALSE;
  }

  sqlite3_extended_result_codes (self->connection, 1);
  sqlite3_busy_timeout (self->connection, BUSY_TIMEOUT);
  sqlite3_db_config (self->connection, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);

  /* FULL: a job that was paid for must survive a power cut right after its row was written. */
  return reel_database_execute (self, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;", error);
}

static void
finalize_statement (gpointer statement)
{
  sqlite3_finalize (statement);
}

static void
free_database (ReelDatabase *self)
{
  g_hash_table_unref (self->statements);
  sqlite3_close_v2 (self->connection);
  if (self->lock >= 0)
    close (self->lock);
  g_free (self->path);
  g_free (self);
}

/**
 * reel_database_open:
 * @path: the file; its folder is made if missing
 * @error: %REEL_ERROR_STORE
 *
 * Opens a database for the calling thread. Nothing is written into an existing file.
 *
 * Returns: (transfer full) (nullable): the connection; end it with reel_database_close()
 */
ReelDatabase *
reel_database_open (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  ReelDatabase *self;

  if (g_mkdir_with_parents (folder, 0700) != 0) {
    int saved_errno = errno;

    g_set_error (error, REEL_ERROR, REEL_ERROR_STORE, "Cannot make the folder of the database: %s",
                 g_strerror (saved_errno));
    return NULL;
  }

  self = g_new0 (ReelDatabase, 1);
  self->owner = g_thread_self ();
  self->path = g_strdup (path);
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize_statement);

  if (!take_lock (self, error)) {
    free_database (self);
    return NULL;
  }
  if (sqlite3_open_v2 (path, &self->connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                       NULL) != SQLITE_OK) {
    set_error (self, "Cannot open the database", error);
    free_database (self);
    return NULL;
  }
  if (!configure (self, error)) {
    free_database (self);
    return NULL;
  }

  return self;
}

/**
 * reel_database_close:
 * @self: (transfer full): a connection
 * @error: %REEL_ERROR_STORE where not everything could be moved into the main file; it is closed all the same
 *
 * Moves everything into the main file, so that no -wal is left behind, and closes. A damaged file is left as it is.
 */
gboolean
reel_database_close (ReelDatabase *self, GError **error)
{
  gboolean good = TRUE;

  g_assert (self->owner == g_thread_self ());

  if (self->damaged)
    sqlite3_db_config (self->connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  else
    good = reel_database_execute (self, "PRAGMA wal_checkpoint(TRUNCATE)", error);
  free_database (self);

  return good;
}

/**
 * reel_database_is_damaged:
 *
 * Tells whether the file was found to be damaged. Nothing is read or written any more then.
 */
gboolean
reel_database_is_damaged (ReelDatabase *self)
{
  return self->damaged;
}

/**
 * reel_database_get_path:
 *
 * Returns: (transfer none): the file
 */
const char *
reel_database_get_path (ReelDatabase *self)
{
  return self->path;
}

/**
 * reel_database_execute:
 * @sql: one or more statements without values
 * @error: %REEL_ERROR_STORE
 *
 * Runs statements that are not kept.
 */
gboolean
reel_database_execute (ReelDatabase *self, const char *sql, GError **error)
{
  int result;

  if (!check_usable (self, error))
    return FALSE;

  result = sqlite3_exec (self->connection, sql, NULL, NULL, NULL);
  note_result (self, result);
  if (result == SQLITE_OK)
    return TRUE;

  set_error (self, "The database failed", error);

  return FALSE;
}

/**
 * reel_database_prepare:
 * @sql: one statement
 * @error: %REEL_ERROR_STORE
 *
 * Gets a prepared statement, fresh and without values. It is kept for the next time.
 *
 * Returns: (transfer none) (nullable): the statement, valid until the database closes
 */
sqlite3_stmt *
reel_database_prepare (ReelDatabase *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement;
  int result;

  if (!check_usable (self, error))
    return NULL;

  statement = g_hash_table_lookup (self->statements, sql);
  if (statement != NULL) {
    sqlite3_reset (statement);
    sqlite3_clear_bindings (statement);
    return statement;
  }

  result = sqlite3_prepare_v3 (self->connection, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
  note_result (self, result);
  if (result != SQLITE_OK) {
    set_error (self, "The database does not know a statement", error);
    return NULL;
  }
  g_hash_table_insert (self->statements, g_strdup (sql), statement);

  return statement;
}

/**
 * reel_database_step:
 * @statement: a statement with its values
 * @row: (out): whether there is a row to read
 * @error: %REEL_ERROR_STORE
 *
 * Goes to the next row. After the last one the statement is ready to be used again.
 */
gboolean
reel_database_step (ReelDatabase *self, sqlite3_stmt *statement, gboolean *row, GError **error)
{
  gboolean good;
  int result;

  *row = FALSE;
  if (!check_usable (self, error))
    return FALSE;

  result = sqlite3_step (statement);
  note_result (self, result);
  *row = result == SQLITE_ROW;
  if (result == SQLITE_ROW)
    return TRUE;

  good = result == SQLITE_DONE;
  if (!good)
    set_error (self, "The database failed", error);
  else if (sqlite3_get_autocommit (self->connection) && !sqlite3_stmt_readonly (statement))
    good = check_place (self, error);
  sqlite3_reset (statement);

  return good;
}

/**
 * reel_database_run:
 * @statement: a statement with its values that gives no rows
 * @error: %REEL_ERROR_STORE
 *
 * Runs a statement to its end.
 */
gboolean
reel_database_run (ReelDatabase *self, sqlite3_stmt *statement, GError **error)
{
  gboolean row = TRUE;

  while (row)
    if (!reel_database_step (self, statement, &row, error))
      return FALSE;

  return TRUE;
}

/**
 * reel_database_get_int:
 * @sql: a statement that gives one number
 * @value: (out): the number
 * @error: %REEL_ERROR_STORE
 *
 * Reads one number.
 */
gboolean
reel_database_get_int (ReelDatabase *self, const char *sql, gint64 *value, GError **error)
{
  sqlite3_stmt *statement = reel_database_prepare (self, sql, error);
  gboolean row = FALSE;

  if (statement == NULL || !reel_database_step (self, statement, &row, error))
    return FALSE;

  *value = row ? sqlite3_column_int64 (statement, 0) : 0;
  sqlite3_reset (statement);

  return TRUE;
}

/**
 * reel_database_begin:
 * @error: %REEL_ERROR_STORE
 *
 * Begins a transaction that writes; end it with reel_database_end().
 */
gboolean
reel_database_begin (ReelDatabase *self, GError **error)
{
  return check_place (self, error) && reel_database_execute (self, "BEGIN IMMEDIATE", error);
}

/**
 * reel_database_end:
 * @good: whether all of the transaction went well; @error is set where it did not
 * @error: %REEL_ERROR_STORE
 *
 * Commits a transaction, or takes all of it back.
 *
 * Returns: whether it is written
 */
gboolean
reel_database_end (ReelDatabase *self, gboolean good, GError **error)
{
  good = good && reel_database_execute (self, "COMMIT", error) && check_place (self, error);
  /* A full disk ends a transaction by itself. */
  if (!good && !sqlite3_get_autocommit (self->connection))
    reel_database_execute (self, "ROLLBACK", NULL);

  return good;
}
