#include "config.h"

#include "reel-reference-fetcher.h"

#include "reel-error.h"
#include "reel-uri.h"

#define MOST_BYTES (8 << 20)
#define BLOCK_SIZE (64 << 10)

/* The bytes of a reference that are on their way. */
typedef struct
{
  ReelDownload *download;
  GByteArray *bytes;
} Fetch;

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  reel_download_free (fetch->download);
  g_clear_pointer (&fetch->bytes, g_byte_array_unref);
  g_free (fetch);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  Fetch *fetch = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) block = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (block == NULL) {
    g_task_return_error (task, error);
    return;
  }

  g_byte_array_append (fetch->bytes, g_bytes_get_data (block, NULL), g_bytes_get_size (block));
  if (g_bytes_get_size (block) == 0 || fetch->bytes->len >= MOST_BYTES)
    g_task_return_pointer (task, g_byte_array_free_to_bytes (g_steal_pointer (&fetch->bytes)),
                           (GDestroyNotify)g_bytes_unref);
  else
    g_input_stream_read_bytes_async (fetch->download->stream, MIN (BLOCK_SIZE, MOST_BYTES - fetch->bytes->len),
                                     G_PRIORITY_LOW, cancellable, on_read, g_steal_pointer (&task));
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  Fetch *fetch = g_task_get_task_data (task);
  GError *error = NULL;

  fetch->download = reel_client_open_download_finish (REEL_CLIENT (source), result, &error);
  if (fetch->download == NULL)
    g_task_return_error (task, error);
  else
    g_input_stream_read_bytes_async (fetch->download->stream, BLOCK_SIZE, G_PRIORITY_LOW, cancellable, on_read,
                                     g_steal_pointer (&task));
}

/**
 * reel_reference_fetch_async:
 * @client: what opens the address; its key is never sent there
 * @url: the link of a reference
 * @cancellable: (nullable): to stop it
 * @callback: called with the bytes
 * @data: for @callback
 *
 * Fetches the first bytes, at most 8 MiB, of what a reference links to. The link must be public https, as the service
 * asks (the API's mediaUrls field): a private address is never asked.
 */
void
reel_reference_fetch_async (ReelClient *client,
                            const char *url,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data)
{
  g_autoptr (GTask) task = g_task_new (client, cancellable, callback, data);
  Fetch *fetch = g_new0 (Fetch, 1);

  g_task_set_source_tag (task, reel_reference_fetch_async);
  fetch->bytes = g_byte_array_new ();
  g_task_set_task_data (task, fetch, fetch_free);
  if (reel_uri_check_public (url) != REEL_URI_OK) {
    g_task_return_error (task,
                         reel_error_new_network (REEL_ERROR_INVALID_REQUEST, FALSE, "The link is not public https"));
    return;
  }

  reel_client_open_download_async (client, url, 0, NULL, cancellable, on_opened, g_steal_pointer (&task));
}

/**
 * reel_reference_fetch_finish:
 * @error: of %REEL_ERROR, or of GIO
 *
 * Ends reel_reference_fetch_async().
 *
 * Returns: (transfer full): the first bytes
 */
GBytes *
reel_reference_fetch_finish (ReelClient *client, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_reference_fetch_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
