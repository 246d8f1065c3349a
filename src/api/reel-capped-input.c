#include "config.h"

#include "reel-capped-input.h"

/**
 * ReelCappedInput:
 *
 * A stream that gives a number of bytes and fails after them, whatever they are: no parser that reads from it can be kept
 * busy for ever.
 */
struct _ReelCappedInput
{
  GFilterInputStream parent_instance;

  gsize left;
};

static GPollableInputStream *
get_base (gpointer self)
{
  return G_POLLABLE_INPUT_STREAM (g_filter_input_stream_get_base_stream (self));
}

static gboolean
check (ReelCappedInput *self, GError **error)
{
  if (self->left > 0)
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "More came than may come");

  return FALSE;
}

static gssize
count (ReelCappedInput *self, gssize n)
{
  self->left -= MAX (n, 0);

  return n;
}

static gssize
reel_capped_input_read (GInputStream *stream, void *buffer, gsize length, GCancellable *cancellable, GError **error)
{
  ReelCappedInput *self = REEL_CAPPED_INPUT (stream);

  if (!check (self, error))
    return -1;

  return count (self, g_input_stream_read (G_INPUT_STREAM (get_base (self)), buffer, MIN (length, self->left),
                                           cancellable, error));
}

static gssize
read_nonblocking (GPollableInputStream *stream, void *buffer, gsize length, GError **error)
{
  ReelCappedInput *self = REEL_CAPPED_INPUT (stream);

  if (!check (self, error))
    return -1;

  return count (
      self, g_pollable_input_stream_read_nonblocking (get_base (self), buffer, MIN (length, self->left), NULL, error));
}

static gboolean
is_readable (GPollableInputStream *stream)
{
  return REEL_CAPPED_INPUT (stream)->left == 0 || g_pollable_input_stream_is_readable (get_base (stream));
}

static GSource *
create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  g_autoptr (GSource) base = g_pollable_input_stream_create_source (get_base (stream), cancellable);

  return g_pollable_source_new_full (stream, base, NULL);
}

static void
pollable_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = is_readable;
  iface->create_source = create_source;
  iface->read_nonblocking = read_nonblocking;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ReelCappedInput,
                               reel_capped_input,
                               G_TYPE_FILTER_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, pollable_init))

static void
reel_capped_input_class_init (ReelCappedInputClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = reel_capped_input_read;
}

static void
reel_capped_input_init (ReelCappedInput *self)
{
}

/**
 * reel_capped_input_new:
 * @base: a pollable stream
 * @cap: how many bytes it may give
 *
 * Makes a stream that gives what another one gives, up to a number of bytes.
 *
 * Returns: (transfer full): the stream; a read beyond the cap fails with %G_IO_ERROR_MESSAGE_TOO_LARGE
 */
GInputStream *
reel_capped_input_new (GInputStream *base, gsize cap)
{
  ReelCappedInput *self = g_object_new (REEL_TYPE_CAPPED_INPUT, "base-stream", base, NULL);

  self->left = cap;

  return G_INPUT_STREAM (self);
}
