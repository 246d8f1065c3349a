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

GArray *
reel_store_fixture_list (ReelStore *store, const ReelHistoryQuery *query, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reel_store_list_history_async (store, query, 0, NULL, reel_test_store_result, &result);
  reel_test_wait_for (60, result != NULL);

  return reel_store_list_history_finish (store, result, error);
}

/* All jobs, the newest first, those that are hidden last. */
GPtrArray *
reel_store_fixture_load_jobs (ReelStore *store, GError **error)
{
  static const char *const names[] = {NULL};
  g_autoptr (GAsyncResult) result = NULL, loaded = NULL;
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) unfinished = NULL;

  reel_store_load_jobs_async (store, names, NULL, reel_test_store_result, &result);
  reel_test_wait_for (60, result != NULL);
  unfinished = reel_store_load_jobs_finish (store, result, error);
  if (unfinished == NULL)
    return NULL;

  for (gboolean hidden = FALSE; hidden <= TRUE; hidden++) {
    g_autoptr (ReelHistoryQuery) query = reel_history_query_new ();
    g_autoptr (GArray) places = NULL;

    query->hidden = hidden;
    places = reel_store_fixture_list (store, query, error);
    if (places == NULL)
      return NULL;
    for (guint i = 0; i < places->len; i++)
      g_array_append_val (keys, g_array_index (places, ReelHistoryPlace, i).key);
  }
  reel_store_load_history_async (store, (const gint64 *)(gpointer)keys->data, keys->len, NULL, reel_test_store_result,
                                 &loaded);
  reel_test_wait_for (60, loaded != NULL);

  return reel_store_load_history_finish (store, loaded, error);
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
