#pragma once

#include <gio/gio.h>

#include "reel-catalogue.h"
#include "reel-error.h"
#include "reel-generation.h"
#include "reel-job-record.h"

G_BEGIN_DECLS

#define REEL_TYPE_CLIENT (reel_client_get_type ())
G_DECLARE_FINAL_TYPE (ReelClient, reel_client, REEL, CLIENT, GObject)

/* Construct properties: "base-url" (string), "api-key" (string, write-only), "connect-timeout" and "timeout" (uint,
 * seconds; the time without a byte), "deadline" (uint, seconds; the whole request), "max-body" (uint64, bytes). */
ReelClient *reel_client_new (const char *base_url, const char *api_key);
const char *reel_client_get_base_url (ReelClient *self);

void reel_client_list_models_async (ReelClient *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
ReelCatalogue *reel_client_list_models_finish (ReelClient *self, GAsyncResult *result, GBytes **body, GError **error);

void reel_client_create_generation_async (ReelClient *self,
                                          const ReelJobRecord *record,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
ReelGeneration *reel_client_create_generation_finish (ReelClient *self, GAsyncResult *result, GError **error);

void reel_client_get_generation_async (ReelClient *self,
                                       const char *request_id,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
ReelGeneration *reel_client_get_generation_finish (ReelClient *self, GAsyncResult *result, GError **error);

void reel_client_cancel_generation_async (ReelClient *self,
                                          const char *request_id,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
gboolean reel_client_cancel_generation_finish (ReelClient *self, GAsyncResult *result, GError **error);

/* Fetching files from other hosts than the account's: never carries the key.
 *
 * Opens @url (https, or http on loopback) from byte @offset. The finish gives the body as a stream plus what the
 * headers said. Redirects: at most 5, each target checked again. */
typedef struct
{
  GInputStream *stream; /* owned */
  guint http_status;    /* 200 or 206 */
  goffset offset;       /* the first byte of the stream in the file: 0 for a 200 */
  goffset total;        /* the length of the whole file in bytes, -1 where the server does not say */
  char *etag;           /* nullable */
  char *content_type;   /* nullable */
} ReelDownload;

void reel_download_free (ReelDownload *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelDownload, reel_download_free)

void reel_client_open_download_async (ReelClient *self,
                                      const char *url,
                                      goffset offset,
                                      const char *if_range,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
ReelDownload *reel_client_open_download_finish (ReelClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
