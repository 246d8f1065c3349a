#pragma once

#include "reel-store.h"

G_BEGIN_DECLS

/* A database in a folder of its own, open. */
typedef struct
{
  char *folder;
  char *path;
  ReelStore *store;
} ReelStoreFixture;

void reel_store_fixture_set_up (ReelStoreFixture *self, gconstpointer data);
void reel_store_fixture_tear_down (ReelStoreFixture *self, gconstpointer data);

/* (transfer full) (nullable) */
ReelStore *reel_store_fixture_open (const char *path, GError **error);
void reel_store_fixture_close (ReelStore *store);
void reel_store_fixture_save_job (ReelStore *store, const ReelJobRecord *record, GError **error);
GArray *
reel_store_fixture_list (ReelStore *store, const ReelHistoryQuery *query, GError **error); /* ReelHistoryPlace */
GPtrArray *reel_store_fixture_load_jobs (ReelStore *store, GError **error);
ReelJobRecord *reel_store_fixture_make_record (const char *id, gint64 created_at);

G_END_DECLS
