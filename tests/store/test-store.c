#include "config.h"

#include "reel-database.h"
#include "reel-error.h"
#include "reel-store-fixture.h"
#include "reel-test.h"

#include <signal.h>
#include <unistd.h>

static void
reopen (ReelStoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  reel_store_fixture_close (fixture->store);
  g_assert_finalize_object (fixture->store);
  fixture->store = reel_store_fixture_open (fixture->path, &error);
  g_assert_no_error (error);
}

static void
test_job_round_trip (ReelStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ReelJobRecord) record = reel_store_fixture_make_record ("one", 1000);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  const ReelJobRecord *loaded;

  g_strfreev (record->media_urls);
  record->media_urls = g_strsplit ("https://a.example/1.png https://a.example/2.mp4", " ", -1);
  record->duration = 5;
  record->aspect_ratio = g_strdup ("16:9");
  record->resolution = g_strdup ("720p");
  record->webhook_url = g_strdup ("https://a.example/hook");
  record->webhook_token = g_strdup ("0123");
  record->resend_of = g_strdup ("two");
  record->held = TRUE;
  record->declared_lost_at = 6;
  record->file_aside = g_strdup ("/home/p/aside.html");
  record->part_size = 7;
  record->part_etag = g_strdup ("\"v1\"");
  record->not_found_at = 8;
  record->estimate = 500000;
  record->credits_charged = g_strdup ("40.5");
  record->submission = REEL_SUBMISSION_ACCEPTED;
  record->request_id = g_strdup ("../../x");
  record->status = REEL_SERVICE_OTHER;
  record->status_text = g_strdup ("dreaming");
  record->output_url = g_strdup ("https://a.example/o.mp4?sig=1");
  record->error_code = g_strdup ("code");
  record->error_message = g_strdup ("message");
  record->http_status = 418;
  record->cancel_asked = TRUE;
  record->cancel_error = g_strdup ("too late");
  record->file_state = REEL_FILE_SAVED;
  record->file = g_strdup ("/home/p/\xff.mp4"); /* a path is bytes, not text */
  record->file_size = G_GINT64_CONSTANT (5000000000);
  record->file_sha256 = g_strdup ("abc");
  record->file_error = g_strdup ("none");
  record->hidden = TRUE;
  record->sent_at = 2;
  record->accepted_at = 3;
  record->started_at = 4;
  record->finished_at = 5;
  record->saved_at = G_MAXINT64;

  reel_store_fixture_save_job (fixture->store, record, &error);
  g_assert_no_error (error);
  reopen (fixture);
  records = reel_store_fixture_load_jobs (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 1);
  loaded = records->pdata[0];

  g_assert_cmpstr (loaded->id, ==, record->id);
  g_assert_cmpstr (loaded->account_id, ==, record->account_id);
  g_assert_cmpstr (loaded->model, ==, record->model);
  g_assert_cmpstr (loaded->prompt, ==, record->prompt);
  g_assert_cmpstrv (loaded->media_urls, record->media_urls);
  g_assert_cmpuint (loaded->duration, ==, record->duration);
  g_assert_cmpstr (loaded->aspect_ratio, ==, record->aspect_ratio);
  g_assert_cmpstr (loaded->resolution, ==, record->resolution);
  g_assert_cmpstr (loaded->webhook_url, ==, record->webhook_url);
  g_assert_cmpstr (loaded->webhook_token, ==, record->webhook_token);
  g_assert_cmpstr (loaded->resend_of, ==, record->resend_of);
  g_assert_true (loaded->held);
  g_assert_cmpint (loaded->declared_lost_at, ==, record->declared_lost_at);
  g_assert_cmpstr (loaded->file_aside, ==, record->file_aside);
  g_assert_cmpint (loaded->part_size, ==, record->part_size);
  g_assert_cmpstr (loaded->part_etag, ==, record->part_etag);
  g_assert_cmpint (loaded->not_found_at, ==, record->not_found_at);
  g_assert_cmpint (loaded->estimate, ==, record->estimate);
  g_assert_cmpstr (loaded->credits_charged, ==, record->credits_charged);
  g_assert_cmpint (loaded->submission, ==, record->submission);
  g_assert_cmpstr (loaded->request_id, ==, record->request_id);
  g_assert_cmpint (loaded->status, ==, record->status);
  g_assert_cmpstr (loaded->status_text, ==, record->status_text);
  g_assert_cmpstr (loaded->output_url, ==, record->output_url);
  g_assert_cmpstr (loaded->error_code, ==, record->error_code);
  g_assert_cmpstr (loaded->error_message, ==, record->error_message);
  g_assert_cmpuint (loaded->http_status, ==, record->http_status);
  g_assert_true (loaded->cancel_asked);
  g_assert_cmpstr (loaded->cancel_error, ==, record->cancel_error);
  g_assert_cmpint (loaded->file_state, ==, record->file_state);
  g_assert_cmpstr (loaded->file, ==, record->file);
  g_assert_cmpint (loaded->file_size, ==, record->file_size);
  g_assert_cmpstr (loaded->file_sha256, ==, record->file_sha256);
  g_assert_cmpstr (loaded->file_error, ==, record->file_error);
  g_assert_true (loaded->hidden);
  g_assert_cmpint (loaded->created_at, ==, record->created_at);
  g_assert_cmpint (loaded->sent_at, ==, record->sent_at);
  g_assert_cmpint (loaded->accepted_at, ==, record->accepted_at);
  g_assert_cmpint (loaded->started_at, ==, record->started_at);
  g_assert_cmpint (loaded->finished_at, ==, record->finished_at);
  g_assert_cmpint (loaded->saved_at, ==, record->saved_at);
}

static void
test_job_words (ReelStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = NULL;

  for (int i = 0; i <= REEL_SERVICE_OTHER; i++) {
    g_autofree char *id = g_strdup_printf ("%d", i);
    g_autoptr (ReelJobRecord) record = reel_store_fixture_make_record (id, i);

    record->status = i;
    record->submission = MIN (i, REEL_SUBMISSION_UNKNOWN);
    record->file_state = MIN (i, REEL_FILE_MISSING);
    reel_store_fixture_save_job (fixture->store, record, &error);
    g_assert_no_error (error);
  }

  records = reel_store_fixture_load_jobs (fixture->store, &error);
  g_assert_no_error (error);
  for (int i = 0; i <= REEL_SERVICE_OTHER; i++) {
    const ReelJobRecord *record = records->pdata[REEL_SERVICE_OTHER - i]; /* the newest first */

    g_assert_cmpint (record->created_at, ==, i);
    g_assert_cmpint (record->status, ==, i);
    g_assert_cmpint (record->submission, ==, MIN (i, REEL_SUBMISSION_UNKNOWN));
    g_assert_cmpint (record->file_state, ==, MIN (i, REEL_FILE_MISSING));
    g_assert_cmpint (record->estimate, ==, REEL_MONEY_NOT_LISTED);
  }
}

static void
test_job_replaced_and_deleted (ReelStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ReelJobRecord) record = reel_store_fixture_make_record ("one", 1);
  g_autoptr (ReelJobRecord) other = reel_store_fixture_make_record ("two", 2);
  g_autoptr (GAsyncResult) deleted = NULL, events_result = NULL;
  g_autoptr (GPtrArray) records = NULL, events = NULL, none = NULL;
  g_autoptr (GError) error = NULL;

  reel_store_fixture_save_job (fixture->store, record, &error);
  reel_store_fixture_save_job (fixture->store, other, &error);
  reel_store_add_event (fixture->store, "one", "request", 0, "{}");
  reel_store_add_event (fixture->store, "two", "request", 0, "{}");
  g_strfreev (record->media_urls);
  record->media_urls = g_strsplit ("https://a.example/1.png", " ", -1);
  g_set_str (&record->request_id, "req_1");
  reel_store_fixture_save_job (fixture->store, record, &error);
  g_assert_no_error (error);

  /* A row that is replaced keeps what hangs on it. */
  reel_store_load_events_async (fixture->store, "one", NULL, reel_test_store_result, &events_result);
  reel_test_wait (events_result != NULL);
  events = reel_store_load_events_finish (fixture->store, events_result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, 1);

  reel_store_delete_job_async (fixture->store, "two", NULL, reel_test_store_result, &deleted);
  reel_test_wait (deleted != NULL);
  reel_store_delete_job_finish (fixture->store, deleted, &error);
  g_assert_no_error (error);

  /* What hangs on a row goes with it. */
  g_clear_object (&events_result);
  reel_store_fixture_save_job (fixture->store, other, &error);
  reel_store_load_events_async (fixture->store, "two", NULL, reel_test_store_result, &events_result);
  reel_test_wait (events_result != NULL);
  none = reel_store_load_events_finish (fixture->store, events_result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);

  records = reel_store_fixture_load_jobs (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 2);
  g_ptr_array_remove_index (records, 0);
  g_assert_cmpstr (((ReelJobRecord *)records->pdata[0])->request_id, ==, "req_1");
  g_assert_cmpstr (((ReelJobRecord *)records->pdata[0])->media_urls[0], ==, "https://a.example/1.png");
}

static void
test_events (ReelStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ReelJobRecord) record = reel_store_fixture_make_record ("one", 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GError) error = NULL;
  const ReelJobEvent *event;
  gint64 before = g_get_real_time ();

  reel_store_fixture_save_job (fixture->store, record, &error);
  reel_store_add_event (fixture->store, "one", "request", 0, "{\"model\":1}");
  reel_store_add_event (fixture->store, "one", "response", 200, NULL);
  reel_store_add_event (fixture->store, "nobody", "response", 200, NULL);
  reopen (fixture);
  reel_store_load_events_async (fixture->store, "one", NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  events = reel_store_load_events_finish (fixture->store, result, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (events->len, ==, 2);
  event = events->pdata[0];
  g_assert_cmpstr (event->kind, ==, "request");
  g_assert_cmpstr (event->text, ==, "{\"model\":1}");
  g_assert_cmpuint (event->http_status, ==, 0);
  g_assert_cmpint (event->at, >=, before);
  event = events->pdata[1];
  g_assert_cmpstr (event->kind, ==, "response");
  g_assert_null (event->text);
  g_assert_cmpuint (event->http_status, ==, 200);
  g_assert_null (reel_store_get_failed (fixture->store));
}

static GPtrArray *
load_accounts (ReelStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *accounts;

  reel_store_load_accounts_async (store, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  accounts = reel_store_load_accounts_finish (store, result, &error);
  g_assert_no_error (error);

  return accounts;
}

static void
test_accounts (ReelStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ReelAccount) one = reel_account_new ("b", "One", "https://one.example");
  g_autoptr (ReelAccount) two = reel_account_new ("a", "Two", "https://two.example");
  g_autoptr (GPtrArray) accounts = NULL, fewer = NULL;
  g_autoptr (GAsyncResult) deleted = NULL;

  reel_store_save_account_async (fixture->store, one, NULL, NULL, NULL);
  reel_store_save_account_async (fixture->store, two, NULL, NULL, NULL);
  reel_account_set_name (one, "First");
  reel_account_set_webhooks (one, "https://hooks.example.com", 8765, TRUE);
  reel_account_set_proxy (one, "socks5://127.0.0.1:1080");
  reel_store_save_account_async (fixture->store, one, NULL, NULL, NULL);
  reopen (fixture);

  accounts = load_accounts (fixture->store);
  g_assert_cmpuint (accounts->len, ==, 2);
  g_assert_cmpstr (reel_account_get_id (accounts->pdata[0]), ==, "b");
  g_assert_cmpstr (reel_account_get_name (accounts->pdata[0]), ==, "First");
  g_assert_cmpstr (reel_account_get_webhook_url (accounts->pdata[0]), ==, "https://hooks.example.com");
  g_assert_cmpuint (reel_account_get_webhook_port (accounts->pdata[0]), ==, 8765);
  g_assert_true (reel_account_get_webhook_signed (accounts->pdata[0]));
  g_assert_cmpstr (reel_account_get_proxy (accounts->pdata[0]), ==, "socks5://127.0.0.1:1080");
  g_assert_cmpstr (reel_account_get_base_url (accounts->pdata[1]), ==, "https://two.example");
  g_assert_null (reel_account_get_webhook_url (accounts->pdata[1]));
  g_assert_null (reel_account_get_proxy (accounts->pdata[1]));
  g_assert_cmpuint (reel_account_get_webhook_port (accounts->pdata[1]), ==, 0);
  g_assert_false (reel_account_get_webhook_signed (accounts->pdata[1]));

  reel_store_delete_account_async (fixture->store, "b", NULL, reel_test_store_result, &deleted);
  reel_test_wait (deleted != NULL);
  fewer = load_accounts (fixture->store);
  g_assert_cmpuint (fewer->len, ==, 1);
}

static char *
load_text (ReelStore *store, const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *text;

  reel_store_load_text_async (store, name, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  text = reel_store_load_text_finish (store, result, &error);
  g_assert_no_error (error);

  return text;
}

static void
test_texts (ReelStoreFixture *fixture, gconstpointer data)
{
  g_autofree char *absent = load_text (fixture->store, "draft"), *first = NULL, *second = NULL, *removed = NULL;

  g_assert_null (absent);
  reel_store_save_text_async (fixture->store, "draft", "one", NULL, NULL, NULL);
  first = load_text (fixture->store, "draft");
  g_assert_cmpstr (first, ==, "one");
  reel_store_save_text_async (fixture->store, "draft", "two", NULL, NULL, NULL);
  reopen (fixture);
  second = load_text (fixture->store, "draft");
  g_assert_cmpstr (second, ==, "two");
  reel_store_save_text_async (fixture->store, "draft", NULL, NULL, NULL, NULL);
  removed = load_text (fixture->store, "draft");
  g_assert_null (removed);
}

static void
test_queued_before_close (ReelStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) late = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *wal = g_strconcat (fixture->path, "-wal", NULL), *shm = g_strconcat (fixture->path, "-shm", NULL);

  for (int i = 0; i < 50; i++) {
    g_autofree char *id = g_strdup_printf ("%d", i);
    g_autoptr (ReelJobRecord) record = reel_store_fixture_make_record (id, i);

    reel_store_save_job_async (fixture->store, record, NULL, NULL, NULL);
  }
  reel_store_fixture_close (fixture->store);
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (shm, G_FILE_TEST_EXISTS));

  reel_store_load_job_async (fixture->store, "1", NULL, reel_test_store_result, &late);
  reel_test_wait (late != NULL);
  g_assert_null (reel_store_load_job_finish (fixture->store, late, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_STORE);
  g_clear_error (&error);
  g_clear_object (&late);

  g_assert_finalize_object (fixture->store);
  fixture->store = reel_store_fixture_open (fixture->path, &error);
  g_assert_no_error (error);
  records = reel_store_fixture_load_jobs (fixture->store, &error);
  g_assert_cmpuint (records->len, ==, 50);
}

static void
test_dropped_without_close (ReelStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ReelJobRecord) record = reel_store_fixture_make_record ("one", 1);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;

  reel_store_save_job_async (fixture->store, record, NULL, NULL, NULL);
  g_object_unref (fixture->store);
  /* The thread closes in its own time. */
  fixture->store = NULL;
  while (fixture->store == NULL) {
    g_clear_error (&error);
    fixture->store = reel_store_fixture_open (fixture->path, &error);
  }

  records = reel_store_fixture_load_jobs (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 1);
}

static void
test_cancelled_before_its_turn (ReelStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (ReelJobRecord) record = reel_store_fixture_make_record ("one", 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  reel_store_save_job_async (fixture->store, record, cancellable, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  g_assert_false (reel_store_save_job_finish (fixture->store, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (reel_store_get_failed (fixture->store));
  g_clear_error (&error);

  records = reel_store_fixture_load_jobs (fixture->store, &error);
  g_assert_cmpuint (records->len, ==, 0);
}

static void
test_ten_thousand (ReelStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GAsyncResult) last = NULL;
  g_autoptr (GError) error = NULL;
  ReelDatabase *database;
  gboolean good;

  /* Filled by SQL, which is quicker. */
  reel_store_fixture_close (fixture->store);
  g_assert_finalize_object (fixture->store);
  database = reel_database_open (fixture->path, &error);
  g_assert_no_error (error);
  good = reel_database_execute (
      database,
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) "
      "INSERT INTO jobs (id, account_id, model, prompt, duration, aspect_ratio, resolution, webhook_url, estimate, "
      "credits_charged, submission, request_id, status, status_text, output_url, error_code, error_message, "
      "http_status, cancel_asked, cancel_error, file_state, file, file_size, file_sha256, file_error, hidden, "
      "created_at, sent_at, accepted_at, started_at, finished_at, saved_at) "
      "SELECT 'job-' || i, 'sandbox', 'seedance-2.0', 'A paper boat crosses a puddle at dawn ' || i, "
      "5, "
      "'16:9', '720p', NULL, 500000, '40', 'accepted', 'req_' || i, 'succeeded', 'succeeded', "
      "'https://a.example/' || i, NULL, NULL, 200, 0, NULL, 'saved', '/home/p/Videos/' || i || '.mp4', 1000000, "
      "'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', NULL, 0, i, i, i, i, i, i FROM n; "
      "INSERT INTO job_media SELECT id, 0, 'https://a.example/first.png' FROM jobs; "
      "INSERT INTO job_index (job_id, created_at, hidden, favourite, state, unfinished, words) "
      "SELECT id, created_at, 0, 0, 'ready', 0, prompt FROM jobs;",
      &error);
  g_assert_no_error (error);
  g_assert_true (good);
  reel_database_close (database, &error);
  g_assert_no_error (error);
  fixture->store = reel_store_fixture_open (fixture->path, &error);
  g_assert_no_error (error);

  records = reel_store_fixture_load_jobs (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 10000);
  g_assert_cmpint (((ReelJobRecord *)records->pdata[0])->created_at, ==, 10000);
  g_assert_cmpstr (((ReelJobRecord *)records->pdata[9999])->media_urls[0], ==, "https://a.example/first.png");
}

/* The history knows the jobs of a file that is older than it. */
static void
test_older_jobs (ReelStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (ReelJobRecord) record = reel_store_fixture_make_record ("old", 1);
  g_autoptr (ReelHistoryQuery) query = reel_history_query_new ();
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GArray) places = NULL;
  g_autoptr (GError) error = NULL;
  ReelDatabase *database;

  g_set_str (&record->prompt, "Đèn lồng");
  reel_store_fixture_save_job (fixture->store, record, &error);
  g_assert_no_error (error);
  reel_store_fixture_close (fixture->store);
  g_assert_finalize_object (fixture->store);

  database = reel_database_open (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_true (reel_database_execute (database,
                                        "DROP TABLE job_index; DROP TABLE job_words; DROP INDEX jobs_by_kind; "
                                        "ALTER TABLE jobs DROP COLUMN favourite; "
                                        "ALTER TABLE accounts DROP COLUMN proxy; PRAGMA user_version = 2",
                                        &error));
  g_assert_no_error (error);
  reel_database_close (database, NULL);

  fixture->store = reel_store_fixture_open (fixture->path, &error);
  g_assert_no_error (error);
  query->search = g_strdup ("den long");
  places = reel_store_fixture_list (fixture->store, query, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (places->len, ==, 1);
  records = reel_store_fixture_load_jobs (fixture->store, &error);
  g_assert_cmpstr (((ReelJobRecord *)records->pdata[0])->id, ==, "old");
}

/* A job that was reported as saved is there after SIGKILL. */
static void
test_killed (void)
{
  const char *path = g_getenv ("REEL_TEST_KILLED_PATH");
  g_autofree char *folder = NULL, *new_path = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelStore) store = NULL;

  if (g_test_subprocess ()) {
    store = reel_store_fixture_open (path, &error);
    g_assert_no_error (error);
    for (int i = 0; i < 20; i++) {
      g_autofree char *id = g_strdup_printf ("%d", i);
      g_autoptr (ReelJobRecord) record = reel_store_fixture_make_record (id, i);

      reel_store_fixture_save_job (store, record, &error);
      g_assert_no_error (error);
    }
    kill (getpid (), SIGKILL);
  }

  folder = reel_test_make_folder ();
  new_path = g_build_filename (folder, "history.db", NULL);
  g_setenv ("REEL_TEST_KILLED_PATH", new_path, TRUE);
  g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_DEFAULT);
  g_assert_false (g_test_trap_has_passed ());

  store = reel_store_fixture_open (new_path, &error);
  g_assert_no_error (error);
  records = reel_store_fixture_load_jobs (store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 20);
  reel_store_fixture_close (store);
}

static void
test_not_open (void)
{
  g_autofree char *folder = reel_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "history.db", NULL);
  g_autoptr (ReelStore) store = reel_store_new (path);
  g_autoptr (ReelJobRecord) record = reel_store_fixture_make_record ("one", 1);
  g_autoptr (GError) error = NULL;

  reel_store_fixture_save_job (store, record, &error);
  g_assert_error (error, REEL_ERROR, REEL_ERROR_STORE);
  g_assert_nonnull (reel_store_get_failed (store));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_new_destroy (void)
{
  g_autofree char *folder = reel_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "history.db", NULL);
  ReelStore *store = reel_store_new (path);

  g_assert_finalize_object (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function)                                                                                            \
  g_test_add (path, ReelStoreFixture, NULL, reel_store_fixture_set_up, function, reel_store_fixture_tear_down)
  ADD ("/store/job/round-trip", test_job_round_trip);
  ADD ("/store/job/words", test_job_words);
  ADD ("/store/job/replaced-and-deleted", test_job_replaced_and_deleted);
  ADD ("/store/job/ten-thousand", test_ten_thousand);
  ADD ("/store/job/older", test_older_jobs);
  ADD ("/store/events", test_events);
  ADD ("/store/accounts", test_accounts);
  ADD ("/store/texts", test_texts);
  ADD ("/store/close/queued-before", test_queued_before_close);
  ADD ("/store/close/dropped-without", test_dropped_without_close);
  ADD ("/store/cancelled-before-its-turn", test_cancelled_before_its_turn);
#undef ADD
  g_test_add_func ("/store/killed", test_killed);
  g_test_add_func ("/store/not-open", test_not_open);
  g_test_add_func ("/store/new-destroy", test_new_destroy);

  return g_test_run ();
}
