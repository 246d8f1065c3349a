#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct _ReelDatabase ReelDatabase;

ReelDatabase *reel_database_open (const char *path, GError **error);
gboolean reel_database_close (ReelDatabase *self, GError **error);
gboolean reel_database_is_damaged (ReelDatabase *self);
const char *reel_database_get_path (ReelDatabase *self);

gboolean reel_database_execute (ReelDatabase *self, const char *sql, GError **error);
sqlite3_stmt *reel_database_prepare (ReelDatabase *self, const char *sql, GError **error);
gboolean reel_database_step (ReelDatabase *self, sqlite3_stmt *statement, gboolean *row, GError **error);
gboolean reel_database_run (ReelDatabase *self, sqlite3_stmt *statement, GError **error);
gboolean reel_database_get_int (ReelDatabase *self, const char *sql, gint64 *value, GError **error);

gboolean reel_database_begin (ReelDatabase *self, GError **error);
gboolean reel_database_end (ReelDatabase *self, gboolean good, GError **error);

G_END_DECLS
