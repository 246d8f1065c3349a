#include "config.h"

#include "reel-answer.h"

#include "reel-codec.h"
#include "reel-error.h"
#include "reel-exchange.h"

#include <libsoup/soup.h>
#include <string.h>

/* No key is so short; taking such a text out would spoil an answer. */
#define MIN_KEY 8

/* How many bytes at @at spell a character, as it is or in one of the escapes of JSON; 0 where they do not. */
static gsize
spells (const char *at, const char *end, char c)
{
  if (at < end && *at == c)
    return 1;
  if (end - at >= 2 && at[0] == '\\' && at[1] == c)
    return 2;
  if (end - at >= 6 && at[0] == '\\' && at[1] == 'u' && at[2] == '0' && at[3] == '0' &&
      g_ascii_xdigit_value (at[4]) * 16 + g_ascii_xdigit_value (at[5]) == c)
    return 6;

  return 0;
}

/* How many bytes at @at spell the key; 0 where they do not. */
static gsize
spells_key (const char *at, const char *end, const char *key)
{
  const char *from = at;

  for (; *key != '\0'; key++) {
    gsize length = spells (at, end, *key);

    if (length == 0)
      return 0;
    at += length;
  }

  return at - from;
}

/* Takes what a service echoes of the key out of an answer, also where its JSON is written with escapes. */
static GBytes *
redact (GBytes *body, const char *key)
{
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  const char *end = data + length;
  g_autoptr (GByteArray) copy = NULL;

  if (strlen (key) < MIN_KEY)
    return g_bytes_ref (body);

  for (const char *at = data; at < end;) {
    gsize found = *at == *key || *at == '\\' ? spells_key (at, end, key) : 0;

    if (found == 0) {
      at++;
      continue;
    }
    if (copy == NULL)
      copy = g_byte_array_new ();
    g_byte_array_append (copy, (const guint8 *)data, at - data);
    g_byte_array_append (copy, (const guint8 *)"(key)", strlen ("(key)"));
    at += found;
    data = at;
  }
  if (copy == NULL)
    return g_bytes_ref (body);
  g_byte_array_append (copy, (const guint8 *)data, end - data);

  return g_byte_array_free_to_bytes (g_steal_pointer (&copy));
}

/* The body of an accepted cancel is not documented: any 2xx is one, unless it says that it is none. */
static gboolean
read_cancel (GBytes *body, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (ReelGeneration) generation = reel_codec_decode_generation (body, &problem);

  if (generation == NULL && reel_error_get_http_status (problem) != 0) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }

  return TRUE;
}

/* Whether a network that wants the person to sign in has answered in place of the service. */
static gboolean
is_of_portal (ReelAnswer *self)
{
  return self->http_status == REEL_STATUS_SIGN_IN ||
         (self->behind_portal && (SOUP_STATUS_IS_REDIRECTION (self->http_status) ||
                                  g_error_matches (self->error, REEL_ERROR, REEL_ERROR_NOT_JSON)));
}

/* The state of another job must not become the state of this one, nor its video. */
static ReelGeneration *
read_state (ReelAnswer *self)
{
  g_autoptr (ReelGeneration) generation = reel_codec_decode_generation (self->body, &self->error);

  if (generation != NULL && generation->request_id != NULL &&
      g_strcmp0 (generation->request_id, self->request_id) != 0) {
    g_set_error_literal (&self->error, REEL_ERROR, REEL_ERROR_BAD_SHAPE, "The answer is about another request id");
    return NULL;
  }

  return g_steal_pointer (&generation);
}

static void
decode_success (ReelAnswer *self)
{
  ReelGeneration *generation;

  switch (self->endpoint) {
  case REEL_ENDPOINT_LIST_MODELS:
    self->result = reel_codec_decode_models (self->body, &self->error);
    self->free_result = g_object_unref;
    break;
  case REEL_ENDPOINT_CREATE:
  case REEL_ENDPOINT_GET:
    generation = self->endpoint == REEL_ENDPOINT_CREATE ? reel_codec_decode_accepted (self->body, &self->error)
                                                        : read_state (self);
    if (generation != NULL)
      generation->http_status = self->http_status;
    self->result = generation;
    self->free_result = (GDestroyNotify)reel_generation_free;
    break;
  case REEL_ENDPOINT_CANCEL:
    self->result = GINT_TO_POINTER (read_cancel (self->body, &self->error));
    break;
  default:
    g_assert_not_reached ();
  }
}

/**
 * reel_answer_new:
 * @endpoint: what is asked
 * @request_id: (nullable): the job that is asked about
 *
 * Returns: (transfer full): an answer that has not come yet
 */
ReelAnswer *
reel_answer_new (ReelEndpoint endpoint, const char *request_id)
{
  ReelAnswer *self = g_new0 (ReelAnswer, 1);

  self->endpoint = endpoint;
  self->request_id = g_strdup (request_id);
  self->retry_after = -1;

  return self;
}

/**
 * reel_answer_free:
 * @self: (transfer full): an answer
 */
void
reel_answer_free (ReelAnswer *self)
{
  g_free (self->request_id);
  g_clear_pointer (&self->body, g_bytes_unref);
  if (self->result != NULL && self->free_result != NULL)
    self->free_result (self->result);
  g_clear_error (&self->error);
  g_free (self);
}

/**
 * reel_answer_take:
 * @http_status: the HTTP status
 * @retry_after: the delay that it asks for, in seconds, or -1
 * @body: the body, or what came of it
 * @key: the key that was sent
 *
 * Sets what came; what it echoes of the key is taken out.
 */
void
reel_answer_take (ReelAnswer *self, guint http_status, gint64 retry_after, GBytes *body, const char *key)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  self->http_status = http_status;
  self->retry_after = retry_after;
  self->body = redact (body, key);
}

/**
 * reel_answer_decode:
 *
 * Reads the body: afterwards there is a result or an error. It may take long where the body is large, and touches
 * nothing else: any thread will do.
 */
void
reel_answer_decode (ReelAnswer *self)
{
  if (SOUP_STATUS_IS_SUCCESSFUL (self->http_status))
    decode_success (self);
  else
    self->error = reel_codec_decode_error (self->http_status, self->body, self->retry_after);

  /* Who answered is not known, and less what became of the request. */
  if (is_of_portal (self)) {
    g_clear_error (&self->error);
    self->error = reel_error_new_network (REEL_ERROR_PORTAL, TRUE, "The network wants the person to sign in first");
  }
  if (self->error != NULL)
    reel_error_set_http_status (self->error, self->http_status);
}
