#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What an answer means; inside this layer only. */

/**
 * ReelEndpoint:
 * @REEL_ENDPOINT_LIST_MODELS: GET /models
 * @REEL_ENDPOINT_CREATE: POST /video/generations
 * @REEL_ENDPOINT_GET: GET /video/generations/{requestId}
 * @REEL_ENDPOINT_CANCEL: POST /video/generations/{requestId}/cancel
 *
 * What was asked.
 */
typedef enum
{
  REEL_ENDPOINT_LIST_MODELS,
  REEL_ENDPOINT_CREATE,
  REEL_ENDPOINT_GET,
  REEL_ENDPOINT_CANCEL,
} ReelEndpoint;

/**
 * ReelAnswer:
 * @endpoint: what was asked
 * @request_id: (nullable): the job that was asked about
 * @http_status: the HTTP status
 * @retry_after: the delay that the answer asks for, in seconds, or -1
 * @body: (nullable): the body, without the key
 * @behind_portal: whether the network wanted the person to sign in when the answer came
 * @result: (nullable): what it means: a #ReelCatalogue, a #ReelGeneration, or non-%NULL for an accepted cancel
 * @free_result: (nullable): frees @result
 * @error: (nullable): what it means otherwise
 *
 * An answer, from its bytes to what they mean. One thread at a time has it.
 */
typedef struct
{
  ReelEndpoint endpoint;
  char *request_id;
  guint http_status;
  gint64 retry_after;
  GBytes *body;
  gboolean behind_portal;

  gpointer result;
  GDestroyNotify free_result;
  GError *error;
} ReelAnswer;

ReelAnswer *reel_answer_new (ReelEndpoint endpoint, const char *request_id);
void reel_answer_free (ReelAnswer *self);
void reel_answer_take (ReelAnswer *self, guint http_status, gint64 retry_after, GBytes *body, const char *key);
void reel_answer_decode (ReelAnswer *self);

G_END_DECLS
