#include "config.h"

#include "api-test.h"

ReelClient *
api_test_client_new (const char *base_url, GTlsDatabase *trusted)
{
  return g_object_new (REEL_TYPE_CLIENT, "base-url", base_url, "api-key", API_TEST_KEY, "connect-timeout", 1, "timeout",
                       1, "deadline", 10, "tls-database", trusted, NULL);
}

ReelCatalogue *
api_test_list_models (ReelClient *client, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reel_client_list_models_async (client, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);

  return reel_client_list_models_finish (client, result, NULL, error);
}

void
api_test_start_create (ReelClient *client, GCancellable *cancellable, GAsyncResult **result)
{
  g_autoptr (ReelJobRecord) record = reel_job_record_new ();

  record->id = g_strdup ("job");
  record->model = g_strdup ("seedance-2.0");
  record->prompt = g_strdup ("A paper boat");
  reel_client_create_generation_async (client, record, cancellable, reel_test_store_result, result);
}

ReelGeneration *
api_test_create (ReelClient *client, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  api_test_start_create (client, cancellable, &result);
  reel_test_wait (result != NULL);

  return reel_client_create_generation_finish (client, result, error);
}

ReelGeneration *
api_test_get (ReelClient *client, const char *request_id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reel_client_get_generation_async (client, request_id, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);

  return reel_client_get_generation_finish (client, result, error);
}

gboolean
api_test_cancel (ReelClient *client, const char *request_id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reel_client_cancel_generation_async (client, request_id, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);

  return reel_client_cancel_generation_finish (client, result, error);
}

ReelDownload *
api_test_download (ReelClient *client, const char *url, goffset offset, const char *if_range, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reel_client_open_download_async (client, url, offset, if_range, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);

  return reel_client_open_download_finish (client, result, error);
}

GBytes *
api_test_read_all (GInputStream *stream, GError **error)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();

  for (;;) {
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GBytes) bytes = NULL;

    g_input_stream_read_bytes_async (stream, 65536, G_PRIORITY_DEFAULT, NULL, reel_test_store_result, &result);
    reel_test_wait (result != NULL);
    bytes = g_input_stream_read_bytes_finish (stream, result, error);
    if (bytes == NULL)
      return NULL;
    if (g_bytes_get_size (bytes) == 0)
      return g_byte_array_free_to_bytes (g_steal_pointer (&all));
    g_byte_array_append (all, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  }
}

GTlsCertificate *
api_test_load_certificate (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "api", "data", "server.pem", NULL);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_file (path, &error);

  g_assert_no_error (error);

  return certificate;
}

GTlsDatabase *
api_test_load_trust (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "api", "data", "server.pem", NULL);
  g_autoptr (GError) error = NULL;
  GTlsDatabase *database = g_tls_file_database_new (path, &error);

  g_assert_no_error (error);

  return database;
}
