#pragma once

#include "reel-client.h"
#include "reel-fault-server.h"
#include "reel-test.h"

G_BEGIN_DECLS

#define API_TEST_KEY         "sd2_live_0123456789abcdef"
#define API_TEST_MODELS      "/api/open/v1/models"
#define API_TEST_GENERATIONS "/api/open/v1/video/generations"

#define API_TEST_ACCEPTED                                                                                              \
  "{\"success\": true, \"requestId\": \"req_1\", \"status\": \"queued\", \"creditsCharged\": 40}"
#define API_TEST_PROCESSING "{\"success\": true, \"requestId\": \"req_1\", \"status\": \"processing\"}"
#define API_TEST_ONE_MODEL  "{\"success\": true, \"data\": [{\"id\": \"m\", \"durations\": [5]}]}"

/* A client of the server. */
ReelClient *api_test_client_new (const char *base_url, GTlsDatabase *trusted);

/* The same with short limits, for what never comes: 1 s to connect, 1 s without a byte. */
ReelClient *api_test_client_new_hasty (const char *base_url);

/* The calls, each waiting for its end. */
ReelCatalogue *api_test_list_models (ReelClient *client, GError **error);
ReelGeneration *api_test_create (ReelClient *client, GCancellable *cancellable, GError **error);
ReelGeneration *api_test_get (ReelClient *client, const char *request_id, GError **error);
gboolean api_test_cancel (ReelClient *client, const char *request_id, GError **error);
ReelDownload *
api_test_download (ReelClient *client, const char *url, goffset offset, const char *if_range, GError **error);
GBytes *api_test_read_all (GInputStream *stream, GError **error);

/* Starts a submission; the result is stored where @result points. */
void api_test_start_create (ReelClient *client, GCancellable *cancellable, GAsyncResult **result);

/* Lets every name of seedreel.test be this machine, and no proxy be asked. Before g_test_init(). */
void api_test_use_local_names (void);
char *api_test_make_named_url (ReelFaultServer *server, const char *name, const char *path);

/* The certificate of tests/api/data for 127.0.0.1, localhost and files.seedreel.test, and who trusts it. */
GTlsCertificate *api_test_load_certificate (void);
GTlsDatabase *api_test_load_trust (void);

/* Other files of tests/api/data: certificates by authority.pem ("expired.pem", "early.pem"), one by an authority of its own
 * ("intercepted.pem"), and who trusts a file. */
GTlsCertificate *api_test_load_certificate_file (const char *name);
GTlsDatabase *api_test_load_trust_file (const char *name);

G_END_DECLS
