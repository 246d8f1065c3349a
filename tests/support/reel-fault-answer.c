#include "config.h"

#include "reel-fault-private.h"

#include <string.h>

/**
 * reel_fault_answer_new:
 * @method: (nullable): the method, or %NULL for all
 * @path: (nullable): the path or its beginning, or %NULL for all
 * @status: the HTTP status
 * @body: (nullable): the body
 *
 * Returns: (transfer full): an answer without a fault
 */
ReelFaultAnswer *
reel_fault_answer_new (const char *method, const char *path, guint status, const char *body)
{
  ReelFaultAnswer *self = g_new0 (ReelFaultAnswer, 1);

  self->method = g_strdup (method);
  self->path = g_strdup (path);
  self->status = status;
  self->headers = g_string_new (NULL);
  self->body = g_bytes_new (body, body != NULL ? strlen (body) : 0);

  return self;
}

/**
 * reel_fault_answer_free:
 * @self: (transfer full): an answer
 */
void
reel_fault_answer_free (ReelFaultAnswer *self)
{
  g_free (self->method);
  g_free (self->path);
  g_string_free (self->headers, TRUE);
  g_free (self->etag);
  g_bytes_unref (self->body);
  g_free (self);
}

/**
 * reel_fault_answer_set_header:
 * @name: a name; ETag counts for If-Range, "Connection: close" ends the connection
 * @value: its value
 *
 * Adds a header.
 */
void
reel_fault_answer_set_header (ReelFaultAnswer *self, const char *name, const char *value)
{
  g_string_append_printf (self->headers, "%s: %s\r\n", name, value);
  if (g_ascii_strcasecmp (name, "etag") == 0)
    g_set_str (&self->etag, value);
}

/**
 * reel_fault_answer_set_body:
 * @body: any bytes
 *
 * Sets the body, where it is not a text.
 */
void
reel_fault_answer_set_body (ReelFaultAnswer *self, GBytes *body)
{
  g_bytes_unref (self->body);
  self->body = g_bytes_ref (body);
}

/**
 * reel_fault_answer_set_chunked:
 *
 * Sends the body in chunks instead of with its length.
 */
void
reel_fault_answer_set_chunked (ReelFaultAnswer *self)
{
  self->chunked = TRUE;
}

/**
 * reel_fault_answer_set_gzip:
 *
 * Compresses the body that is there now.
 */
void
reel_fault_answer_set_gzip (ReelFaultAnswer *self)
{
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GConverter) converter = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1));
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, converter);
  gsize length;
  const char *data = g_bytes_get_data (self->body, &length);

  g_assert_true (g_output_stream_write_all (stream, data, length, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  g_bytes_unref (self->body);
  self->body = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
  reel_fault_answer_set_header (self, "Content-Encoding", "gzip");
}

/**
 * reel_fault_answer_set_no_length:
 *
 * Leaves the length out: the body ends with the connection.
 */
void
reel_fault_answer_set_no_length (ReelFaultAnswer *self)
{
  self->no_length = TRUE;
}

/**
 * reel_fault_answer_set_ranges:
 *
 * Answers a Range header with 206 (or 416), unless If-Range names another ETag.
 */
void
reel_fault_answer_set_ranges (ReelFaultAnswer *self)
{
  self->ranges = TRUE;
}

/**
 * reel_fault_answer_set_hold:
 *
 * Waits for reel_fault_server_release() before answering.
 */
void
reel_fault_answer_set_hold (ReelFaultAnswer *self)
{
  self->hold = TRUE;
}

/**
 * reel_fault_answer_set_trickle:
 * @bytes: how many bytes of the body are sent at once; with chunks, the size of one
 * @milliseconds: the pause between them
 *
 * Sends the body slowly.
 */
void
reel_fault_answer_set_trickle (ReelFaultAnswer *self, gsize bytes, guint milliseconds)
{
  self->trickle_bytes = bytes;
  self->trickle_milliseconds = milliseconds;
}

/**
 * reel_fault_answer_fail_before:
 * @fault: what goes wrong
 *
 * Fails after the request was read and before a byte of the answer.
 */
void
reel_fault_answer_fail_before (ReelFaultAnswer *self, ReelFault fault)
{
  self->before = fault;
}

/**
 * reel_fault_answer_cut:
 * @body_bytes: how many bytes of the body are sent first
 * @fault: what goes wrong then
 *
 * Fails inside the body; the headers still tell its whole length.
 */
void
reel_fault_answer_cut (ReelFaultAnswer *self, gsize body_bytes, ReelFault fault)
{
  self->cut_at = body_bytes;
  self->cut = fault;
}
