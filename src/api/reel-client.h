#pragma once

#include <gio/gio.h>

#include "reel-catalogue.h"
#include "reel-download.h"
#include "reel-error.h"
#include "reel-generation.h"
#include "reel-job-record.h"

G_BEGIN_DECLS

#define REEL_TYPE_CLIENT (reel_client_get_type ())
G_DECLARE_FINAL_TYPE (ReelClient, reel_client, REEL, CLIENT, GObject)

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

void reel_client_open_download_async (ReelClient *self,
                                      const char *url,
                                      goffset offset,
                                      const char *if_range,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
ReelDownload *reel_client_open_download_finish (ReelClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
