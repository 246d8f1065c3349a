#include "config.h"

#include "reel-engine-fixture.h"

#include "reel-box-probe.h"
#include "reel-test.h"

void
reel_engine_fixture_init (ReelEngineFixture *self)
{
  g_autofree char *library = NULL;

  self->folder = reel_test_make_folder ();
  self->store_path = g_build_filename (self->folder, "history.db", NULL);
  library = g_build_filename (self->folder, "library", NULL);
  self->library = g_file_new_for_path (library);
  self->key = "sd2_test_0123456789abcdef";
  self->poll_interval = 20;
  self->requests_per_minute = 60000;
}

gboolean
reel_engine_fixture_try_start (ReelEngineFixture *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_null (self->engine);
  if (self->probe == NULL)
    self->probe = reel_box_probe_new ();
  self->engine = g_object_new (
      REEL_TYPE_ENGINE, "store-path", self->store_path, "probe", self->probe, "environment-base-url", self->base_url,
      "environment-key", self->base_url != NULL ? self->key : NULL, "poll-interval", self->poll_interval,
      "requests-per-minute", self->requests_per_minute, "network-monitor", self->monitor, NULL);
  reel_engine_set_library (self->engine, self->library);
  reel_engine_start_async (self->engine, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);

  return reel_engine_start_finish (self->engine, result, error);
}

void
reel_engine_fixture_start (ReelEngineFixture *self)
{
  g_autoptr (GError) error = NULL;

  reel_engine_fixture_try_start (self, &error);
  g_assert_no_error (error);
}

void
reel_engine_fixture_stop (ReelEngineFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GWeakRef gone;
  g_autoptr (GObject) left = NULL;

  reel_engine_stop_async (self->engine, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  reel_engine_stop_finish (self->engine, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);

  /* What was cancelled tells so on the main loop, and holds the engine until then. */
  g_weak_ref_init (&gone, self->engine);
  g_clear_object (&self->engine);
  while ((left = g_weak_ref_get (&gone)) != NULL) {
    g_clear_object (&left);
    g_main_context_iteration (NULL, TRUE);
  }
  g_weak_ref_clear (&gone);
}

void
reel_engine_fixture_clear (ReelEngineFixture *self)
{
  if (self->engine != NULL)
    reel_engine_fixture_stop (self);
  g_clear_pointer (&self->held, g_ptr_array_unref);
  g_clear_object (&self->library);
  g_clear_object (&self->monitor);
  g_clear_object (&self->probe);
  g_clear_pointer (&self->store_path, g_free);
  g_clear_pointer (&self->folder, g_free);
}

ReelJob *
reel_engine_fixture_submit (ReelEngineFixture *self, const char *prompt)
{
  g_autoptr (ReelRequest) request = g_object_new (REEL_TYPE_REQUEST, "model", "seedance-2.0", "prompt", prompt,
                                                  "duration", 4, "aspect-ratio", "16:9", "resolution", "480p", NULL);

  return reel_engine_submit (self->engine, request);
}

/* A job by its name, from the disk where nobody holds it; NULL where there is none. */
ReelJob *
reel_engine_fixture_find_job (ReelEngineFixture *self, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReelJob *job;

  reel_engine_find_job_async (self->engine, id, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  job = reel_engine_find_job_finish (self->engine, result, &error);
  g_assert_no_error (error);

  if (self->held == NULL)
    self->held = g_ptr_array_new_with_free_func (g_object_unref);
  if (job != NULL)
    g_ptr_array_add (self->held, job);

  return job; /* the fixture keeps it */
}

/* The history, once it is known. */
static GListModel *
get_history (ReelEngineFixture *self)
{
  ReelHistory *history = reel_engine_get_history (self->engine);

  reel_test_wait (!reel_history_get_loading (history) || reel_engine_get_store_error (self->engine) != NULL);

  return G_LIST_MODEL (history);
}

guint
reel_engine_fixture_count_jobs (ReelEngineFixture *self)
{
  return g_list_model_get_n_items (get_history (self));
}

ReelJob *
reel_engine_fixture_get_job (ReelEngineFixture *self, guint position)
{
  g_autoptr (ReelHistoryItem) item = g_list_model_get_item (get_history (self), position);
  ReelJob *job;

  g_assert_nonnull (item);
  reel_test_wait (reel_history_item_get_job (item) != NULL);
  job = reel_history_item_get_job (item);

  return job; /* the history keeps it */
}

ReelRemoval *
reel_engine_fixture_remove (ReelEngineFixture *self, ReelJob *job, ReelRemovalWhat what)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new ();

  g_ptr_array_add (jobs, job);

  return reel_engine_remove_jobs (self->engine, jobs, what);
}

/* For good, but for the file. */
void
reel_engine_fixture_delete (ReelEngineFixture *self, ReelJob *job)
{
  g_autoptr (ReelRemoval) removal = reel_engine_fixture_remove (self, job, REEL_REMOVE_JOBS);

  reel_removal_carry_out (removal);
}

/* The names in the library folder, sorted, one a line. */
char *
reel_engine_fixture_list_library (ReelEngineFixture *self)
{
  g_autoptr (GDir) dir = g_dir_open (g_file_peek_path (self->library), 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort_values (names, (GCompareFunc)g_strcmp0);
  g_ptr_array_add (names, NULL);

  return g_strjoinv ("\n", (char **)names->pdata);
}

static ReelStore *
open_store (ReelEngineFixture *self)
{
  ReelStore *store = reel_store_new (self->store_path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (self->engine);
  reel_store_open_async (store, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  reel_store_open_finish (store, result, &error);
  g_assert_no_error (error);

  return store;
}

static void
close_store (ReelStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  reel_store_close_async (store, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  reel_store_close_finish (store, result, &error);
  g_assert_no_error (error);
  g_object_unref (store);
}

void
reel_engine_fixture_write (ReelEngineFixture *self, ReelJobRecord *record)
{
  ReelStore *store = open_store (self);

  reel_store_save_job_async (store, record, NULL, NULL, NULL);
  close_store (store);
  reel_job_record_free (record);
}

GPtrArray *
reel_engine_fixture_read (ReelEngineFixture *self)
{
  ReelStore *store = open_store (self);
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify)reel_job_record_free);

  for (gboolean hidden = FALSE; hidden <= TRUE; hidden++) {
    g_autoptr (ReelHistoryQuery) query = reel_history_query_new ();
    g_autoptr (GAsyncResult) listed = NULL, loaded = NULL;
    g_autoptr (GArray) places = NULL, keys = g_array_new (FALSE, FALSE, sizeof (gint64));
    g_autoptr (GError) error = NULL;

    query->hidden = hidden;
    reel_store_list_history_async (store, query, 0, NULL, reel_test_store_result, &listed);
    reel_test_wait (listed != NULL);
    places = reel_store_list_history_finish (store, listed, &error);
    g_assert_no_error (error);
    for (guint i = 0; i < places->len; i++)
      g_array_append_val (keys, g_array_index (places, ReelHistoryPlace, i).key);
    reel_store_load_history_async (store, (const gint64 *)(gpointer)keys->data, keys->len, NULL, reel_test_store_result,
                                   &loaded);
    reel_test_wait (loaded != NULL);
    g_ptr_array_extend_and_steal (records, reel_store_load_history_finish (store, loaded, &error));
    g_assert_no_error (error);
  }
  close_store (store);

  return records;
}

/* A job that the service accepted a moment ago. */
ReelJobRecord *
reel_engine_fixture_make_record (ReelEngineFixture *self, const char *id, const char *request_id)
{
  ReelJobRecord *record = reel_job_record_new ();

  record->id = g_strdup (id);
  record->account_id = g_strdup (REEL_ACCOUNT_ENVIRONMENT_ID);
  record->model = g_strdup ("seedance-2.0");
  record->prompt = g_strdup ("A paper boat");
  record->submission = REEL_SUBMISSION_ACCEPTED;
  record->request_id = g_strdup (request_id);
  record->status = REEL_SERVICE_QUEUED;
  record->status_text = g_strdup ("queued");
  record->created_at = record->sent_at = record->accepted_at = g_get_real_time ();

  return record;
}
