#include "config.h"

#include "reel-store-fixture.h"

#include "reel-test.h"

ReelStore *
reel_store_fixture_open (const char *path, GError **error)
{
  g_autoptr (ReelStore) store = reel_store_new (path);
  g_autoptr (GAsyncResult) result = NULL;

  reel_store_open_async (store, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);

  return reel_store_open_finish (store, result, error) ? g_steal_pointer (&store) : NULL;
}

void
reel_store_fixture_close (ReelStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  reel_store_close_async (store, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  reel_store_close_finish (store, result, &error);
  g_assert_no_error (error);
}

void
reel_store_fixture_save_job (ReelStore *store, const ReelJobRecord *record, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reel_store_save_job_async (store, record, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  reel_store_save_job_finish (store, result, error);
}

GPtrArray *
reel_store_fixture_load_jobs (ReelStore *store, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reel_store_load_jobs_async (store, NULL, reel_test_store_result, &result);
  reel_test_wait_for (60, result != NULL);

  return reel_store_load_jobs_finish (store, result, error);
}

ReelJobRecord *
reel_store_fixture_make_record (const char *id, gint64 created_at)
{
  ReelJobRecord *record = reel_job_record_new ();

  record->id = g_strdup (id);
  record->account_id = g_strdup ("sandbox");
  record->model = g_strdup ("seedance-2.0");
  record->prompt = g_strdup ("A paper boat \xf0\x9f\x9b\xb6 \xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d");
  record->created_at = created_at;

  return record;
}

void
reel_store_fixture_set_up (ReelStoreFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = reel_test_make_folder ();
  self->path = g_build_filename (self->folder, "sub", "history.db", NULL);
  self->store = reel_store_fixture_open (self->path, &error);
  g_assert_no_error (error);
}

void
reel_store_fixture_tear_down (ReelStoreFixture *self, gconstpointer data)
{
  reel_store_fixture_close (self->store);
  g_assert_finalize_object (self->store);
  g_free (self->path);
  g_free (self->folder);
}
