#include "config.h"

#include "api-test.h"

/* A resolver that knows the names of seedreel.test and no other. */
#define API_TEST_TYPE_RESOLVER (api_test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (ApiTestResolver, api_test_resolver, API_TEST, RESOLVER, GResolver)

struct _ApiTestResolver
{
  GResolver parent_instance;
};

G_DEFINE_FINAL_TYPE (ApiTestResolver, api_test_resolver, G_TYPE_RESOLVER)

static void
lookup_async (GResolver *resolver,
              const char *name,
              GResolverNameLookupFlags flags,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  if (g_str_has_suffix (name, ".seedreel.test") && flags != G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY)
    g_task_return_pointer (task, g_list_prepend (NULL, g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4)),
                           (GDestroyNotify)g_resolver_free_addresses);
  else
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "There is no %s", name);
}

static GList *
lookup_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
api_test_resolver_class_init (ApiTestResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_by_name_with_flags_async = lookup_async;
  resolver_class->lookup_by_name_with_flags_finish = lookup_finish;
}

static void
api_test_resolver_init (ApiTestResolver *self)
{
}

void
api_test_use_local_names (void)
{
  g_autoptr (GResolver) resolver = g_object_new (API_TEST_TYPE_RESOLVER, NULL);

  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  g_resolver_set_default (resolver);
}

char *
api_test_make_named_url (ReelFaultServer *server, const char *name, const char *path)
{
  g_autoptr (GUri) uri = g_uri_parse (reel_fault_server_get_base_url (server), G_URI_FLAGS_NONE, NULL);

  return g_strdup_printf ("%s://%s:%d%s", g_uri_get_scheme (uri), name, g_uri_get_port (uri), path);
}

ReelClient *
api_test_client_new (const char *base_url, GTlsDatabase *trusted)
{
  return g_object_new (REEL_TYPE_CLIENT, "base-url", base_url, "api-key", API_TEST_KEY, "tls-database", trusted, NULL);
}

ReelClient *
api_test_client_new_hasty (const char *base_url)
{
  return g_object_new (REEL_TYPE_CLIENT, "base-url", base_url, "api-key", API_TEST_KEY, "connect-timeout", 1, "timeout",
                       1, NULL);
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
api_test_load_certificate_file (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "api", "data", name, NULL);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_file (path, &error);

  g_assert_no_error (error);

  return certificate;
}

GTlsDatabase *
api_test_load_trust_file (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "api", "data", name, NULL);
  g_autoptr (GError) error = NULL;
  GTlsDatabase *database = g_tls_file_database_new (path, &error);

  g_assert_no_error (error);

  return database;
}

GTlsCertificate *
api_test_load_certificate (void)
{
  return api_test_load_certificate_file ("server.pem");
}

GTlsDatabase *
api_test_load_trust (void)
{
  return api_test_load_trust_file ("server.pem");
}
