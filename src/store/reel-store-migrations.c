#include "config.h"

#include "reel-store-migrations.h"

#include "reel-error.h"
#include "reel-store-history.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

/* Step n brings a file of version n to version n + 1. A step that was released is never edited. */
static const char *const steps[] = {
    "CREATE TABLE accounts ("
    "  id TEXT PRIMARY KEY NOT NULL,"
    "  name TEXT,"
    "  base_url TEXT"
    ") STRICT;"

    "CREATE TABLE texts ("
    "  name TEXT PRIMARY KEY NOT NULL,"
    "  text TEXT NOT NULL"
    ") STRICT, WITHOUT ROWID;"

    /* Jobs outlive their account: a video that was paid for stays in the history. */
    "CREATE TABLE jobs ("
    "  id TEXT PRIMARY KEY NOT NULL,"
    "  account_id TEXT NOT NULL,"
    "  model TEXT,"
    "  prompt TEXT,"
    "  duration INTEGER NOT NULL,"
    "  aspect_ratio TEXT,"
    "  resolution TEXT,"
    "  webhook_url TEXT,"
    "  estimate INTEGER,"
    "  credits_charged TEXT,"
    "  submission TEXT NOT NULL,"
    "  request_id TEXT,"
    "  status TEXT NOT NULL,"
    "  status_text TEXT,"
    "  output_url TEXT,"
    "  error_code TEXT,"
    "  error_message TEXT,"
    "  http_status INTEGER NOT NULL,"
    "  cancel_asked INTEGER NOT NULL,"
    "  cancel_error TEXT,"
    "  file_state TEXT NOT NULL,"
    "  file TEXT,"
    "  file_size INTEGER NOT NULL,"
    "  file_sha256 TEXT,"
    "  file_error TEXT,"
    "  hidden INTEGER NOT NULL,"
    "  created_at INTEGER NOT NULL,"
    "  sent_at INTEGER NOT NULL,"
    "  accepted_at INTEGER NOT NULL,"
    "  started_at INTEGER NOT NULL,"
    "  finished_at INTEGER NOT NULL,"
    "  saved_at INTEGER NOT NULL"
    ") STRICT;"

    "CREATE TABLE job_media ("
    "  job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,"
    "  position INTEGER NOT NULL,"
    "  url TEXT NOT NULL,"
    "  PRIMARY KEY (job_id, position)"
    ") STRICT, WITHOUT ROWID;"

    "CREATE TABLE events ("
    "  id INTEGER PRIMARY KEY NOT NULL,"
    "  job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,"
    "  at INTEGER NOT NULL,"
    "  kind TEXT NOT NULL,"
    "  http_status INTEGER NOT NULL,"
    "  text TEXT"
    ") STRICT;"
    "CREATE INDEX events_by_job ON events (job_id, id);",

    "ALTER TABLE accounts ADD COLUMN webhook_url TEXT;"
    "ALTER TABLE accounts ADD COLUMN webhook_port INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE accounts ADD COLUMN webhook_signed INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE jobs ADD COLUMN webhook_token TEXT;"
    "ALTER TABLE jobs ADD COLUMN resend_of TEXT;"
    "ALTER TABLE jobs ADD COLUMN held INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE jobs ADD COLUMN declared_lost_at INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE jobs ADD COLUMN file_aside TEXT;"
    "ALTER TABLE jobs ADD COLUMN part_size INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE jobs ADD COLUMN part_etag TEXT;"
    "ALTER TABLE jobs ADD COLUMN not_found_at INTEGER NOT NULL DEFAULT 0;"

    /* What a deleted job cost outlives it; its words do not. */
    "CREATE TABLE ledger ("
    "  id TEXT PRIMARY KEY NOT NULL,"
    "  account_id TEXT NOT NULL,"
    "  model TEXT,"
    "  duration INTEGER NOT NULL,"
    "  resolution TEXT,"
    "  created_at INTEGER NOT NULL,"
    "  estimate INTEGER,"
    "  credits_charged TEXT,"
    "  submission TEXT NOT NULL,"
    "  request_id TEXT,"
    "  status TEXT NOT NULL"
    ") STRICT;"
    "CREATE INDEX jobs_by_request ON jobs (request_id);",

    "ALTER TABLE jobs ADD COLUMN favourite INTEGER NOT NULL DEFAULT 0;"
    "CREATE INDEX jobs_by_kind ON jobs (model, duration, resolution, account_id, created_at);"

    /* What the history asks about, derived from the jobs: see reel_store_history_index(). */
    "CREATE TABLE job_index ("
    "  key INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,"
    "  job_id TEXT NOT NULL UNIQUE REFERENCES jobs (id) ON DELETE CASCADE,"
    "  created_at INTEGER NOT NULL,"
    "  hidden INTEGER NOT NULL,"
    "  favourite INTEGER NOT NULL,"
    "  state TEXT NOT NULL,"
    "  unfinished INTEGER NOT NULL,"
    "  model TEXT,"
    "  aspect_ratio TEXT,"
    "  estimate INTEGER,"
    "  words TEXT NOT NULL"
    ") STRICT;"
    "CREATE INDEX job_index_by_time ON job_index (hidden, created_at, key, state, favourite, model, aspect_ratio, "
    "estimate);"
    "CREATE INDEX job_index_unfinished ON job_index (job_id) WHERE unfinished;"

    "CREATE VIRTUAL TABLE job_words USING fts5 (words, content = 'job_index', content_rowid = 'key', "
    "tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3');"
    "CREATE TRIGGER job_index_inserted AFTER INSERT ON job_index BEGIN"
    "  INSERT INTO job_words (rowid, words) VALUES (new.key, new.words);"
    "END;"
    "CREATE TRIGGER job_index_deleted AFTER DELETE ON job_index BEGIN"
    "  INSERT INTO job_words (job_words, rowid, words) VALUES ('delete', old.key, old.words);"
    "END;"
    "CREATE TRIGGER job_index_changed AFTER UPDATE OF words ON job_index WHEN new.words <> old.words BEGIN"
    "  INSERT INTO job_words (job_words, rowid, words) VALUES ('delete', old.key, old.words);"
    "  INSERT INTO job_words (rowid, words) VALUES (new.key, new.words);"
    "END;",

    "ALTER TABLE accounts ADD COLUMN proxy TEXT;",
};

/* Keeps a copy of the file as it is before its first step, beside it. The copy appears under its name when complete. */
static char *
keep_copy (ReelDatabase *database, gint64 version, GError **error)
{
  g_autofree char *copy = NULL, *partial = NULL;
  sqlite3_stmt *statement;

  for (guint i = 0; copy == NULL || g_file_test (copy, G_FILE_TEST_EXISTS); i++) {
    g_free (copy);
    copy = i == 0
               ? g_strdup_printf ("%s.version-%" G_GINT64_FORMAT, reel_database_get_path (database), version)
               : g_strdup_printf ("%s.version-%" G_GINT64_FORMAT ".%u", reel_database_get_path (database), version, i);
  }
  partial = g_strconcat (copy, ".part", NULL);
  g_remove (partial);

  statement = reel_database_prepare (database, "VACUUM INTO ?", error);
  if (statement == NULL)
    return NULL;
  sqlite3_bind_text (statement, 1, partial, -1, SQLITE_TRANSIENT);
  if (!reel_database_run (database, statement, error)) {
    g_remove (partial);
    return NULL;
  }

  if (g_rename (partial, copy) != 0) {
    g_set_error (error, REEL_ERROR, REEL_ERROR_STORE, "Cannot keep a copy of the database before changing it");
    return NULL;
  }

  return g_steal_pointer (&copy);
}

static gboolean
take_steps (ReelDatabase *database,
            const char *const *all_steps,
            guint version,
            guint n_steps,
            ReelStoreMigrationFunc finish,
            GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = %u", n_steps);
  gboolean good = TRUE;

  if (!reel_database_begin (database, error))
    return FALSE;

  for (guint i = version; i < n_steps && good; i++)
    good = reel_database_execute (database, all_steps[i], error);
  good = good && (finish == NULL || finish (database, error));

  return reel_database_end (database, good && reel_database_execute (database, sql, error), error);
}

/**
 * reel_store_migrate:
 * @database: a database
 * @all_steps: (array length=n_steps): SQL, where step n brings version n to version n + 1
 * @n_steps: the newest version
 * @finish: (nullable) (scope call): what SQL alone cannot do, after the last step
 * @error: %REEL_ERROR_STORE
 *
 * Brings a file to the newest version, in one transaction: where a step fails, the file stays as it was. A copy of an
 * older file is kept first. A file that is newer, or that is not ours, is refused and stays as it is.
 */
gboolean
reel_store_migrate (ReelDatabase *database,
                    const char *const *all_steps,
                    guint n_steps,
                    ReelStoreMigrationFunc finish,
                    GError **error)
{
  g_autofree char *copy = NULL;
  gint64 version, n_objects;

  if (!reel_database_get_int (database, "PRAGMA user_version", &version, error) ||
      !reel_database_get_int (database, "SELECT count(*) FROM sqlite_schema", &n_objects, error))
    return FALSE;

  if (version < 0 || version > n_steps) {
    g_set_error (error, REEL_ERROR, REEL_ERROR_STORE,
                 "The database has version %" G_GINT64_FORMAT ", this program knows up to %u", version, n_steps);
    return FALSE;
  }
  if (version == 0 && n_objects > 0) {
    g_set_error (error, REEL_ERROR, REEL_ERROR_STORE, "The file is a database of another program");
    return FALSE;
  }

  if (version == n_steps)
    return TRUE;
  if (version > 0) {
    copy = keep_copy (database, version, error);
    if (copy == NULL)
      return FALSE;
  }
  if (take_steps (database, all_steps, version, n_steps, finish, error))
    return TRUE;

  /* It is tried again: a copy of what has not changed would only fill the disk. */
  if (copy != NULL)
    g_remove (copy);

  return FALSE;
}

/**
 * reel_store_migrate_to_latest:
 * @database: a database
 * @error: %REEL_ERROR_STORE
 *
 * Brings a file to the version of this program; see reel_store_migrate().
 */
gboolean
reel_store_migrate_to_latest (ReelDatabase *database, GError **error)
{
  return reel_store_migrate (database, steps, G_N_ELEMENTS (steps), reel_store_history_index_all, error);
}

/**
 * reel_store_get_latest_version:
 *
 * Returns: the version of the schema that this program writes
 */
guint
reel_store_get_latest_version (void)
{
  return G_N_ELEMENTS (steps);
}
