#include "config.h"

#include "reel-store-events.h"

/**
 * reel_store_events_add:
 * @job_id: our own name for a job; nothing is written where it is not known any more
 * @event: what was sent or received
 * @error: %REEL_ERROR_STORE
 *
 * Writes an event of a job.
 */
gboolean
reel_store_events_add (ReelDatabase *database, const char *job_id, const ReelJobEvent *event, GError **error)
{
  sqlite3_stmt *statement = reel_database_prepare (database,
                                                   "INSERT INTO events (job_id, at, kind, http_status, text) "
                                                   "SELECT id, ?2, ?3, ?4, ?5 FROM jobs WHERE id = ?1",
                                                   error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_text (statement, 1, job_id, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (statement, 2, event->at);
  sqlite3_bind_text (statement, 3, event->kind, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (statement, 4, event->http_status);
  sqlite3_bind_text (statement, 5, event->text, -1, SQLITE_TRANSIENT);

  return reel_database_run (database, statement, error);
}

/**
 * reel_store_events_load:
 * @job_id: our own name for a job
 * @error: %REEL_ERROR_STORE
 *
 * Reads the events of a job in the order they were written.
 *
 * Returns: (transfer full) (nullable) (element-type ReelJobEvent): the events
 */
GPtrArray *
reel_store_events_load (ReelDatabase *database, const char *job_id, GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify)reel_job_event_free);
  sqlite3_stmt *statement = reel_database_prepare (
      database, "SELECT at, kind, http_status, text FROM events WHERE job_id = ? ORDER BY id", error);
  gboolean row = TRUE;

  if (statement == NULL)
    return NULL;

  sqlite3_bind_text (statement, 1, job_id, -1, SQLITE_TRANSIENT);
  while (TRUE) {
    if (!reel_database_step (database, statement, &row, error))
      return NULL;
    if (!row)
      return g_steal_pointer (&events);

    g_ptr_array_add (events, reel_job_event_new (sqlite3_column_int64 (statement, 0),
                                                 (const char *)sqlite3_column_text (statement, 1),
                                                 (guint)sqlite3_column_int64 (statement, 2),
                                                 (const char *)sqlite3_column_text (statement, 3)));
  }
}
