#include "config.h"

#include "reel-sandbox-files.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK              (64 * 1024)
#define N_CUT_DOWNLOADS    3
#define SLOW_STEP_MS       100
#define SLOW_STEPS         100
#define NO_VIDEO_TEXT      "This is not a video.\n"
#define PATTERN_RANGE_UNIT "bytes="

/* One answer that is being sent. */
typedef struct
{
  SoupServerMessage *message;
  int file;
  goffset at;     /* the next byte to read */
  goffset end;    /* the first byte not to send */
  goffset cut_at; /* where the connection breaks, -1: nowhere */
  gsize chunk;    /* bytes read at a time */
  gboolean slow;  /* a pause before each chunk */
  GSource *pause; /* nullable */
} Transfer;

static void
end_pause (Transfer *self)
{
  if (self->pause != NULL)
    g_source_destroy (self->pause);
  g_clear_pointer (&self->pause, g_source_unref);
}

static void
transfer_free (gpointer data)
{
  Transfer *self = data;

  end_pause (self);
  close (self->file);
  g_free (self);
}

static void
append_chunk (Transfer *self)
{
  SoupMessageBody *body = soup_server_message_get_response_body (self->message);
  g_autofree guchar *data = NULL;
  goffset end = self->cut_at >= 0 ? self->cut_at : self->end;
  gsize wanted = (gsize)MIN ((goffset)self->chunk, end - self->at);
  gssize length;

  if (self->at == self->cut_at) {
    /* The next write fails, and with it the answer. */
    g_socket_shutdown (soup_server_message_get_socket (self->message), TRUE, TRUE, NULL);
    soup_message_body_append (body, SOUP_MEMORY_STATIC, "", 1);
    return;
  }
  if (wanted == 0) {
    soup_message_body_complete (body);
    return;
  }

  data = g_malloc (wanted);
  length = pread (self->file, data, wanted, self->at);
  if (length <= 0) {
    g_socket_shutdown (soup_server_message_get_socket (self->message), TRUE, TRUE, NULL);
    soup_message_body_append (body, SOUP_MEMORY_STATIC, "", 1);
    return;
  }
  self->at += length;
  soup_message_body_append_take (body, g_steal_pointer (&data), length);
}

static gboolean
on_pause_over (gpointer user_data)
{
  Transfer *self = user_data;

  g_clear_pointer (&self->pause, g_source_unref);
  append_chunk (self);
  soup_server_message_unpause (self->message);

  return G_SOURCE_REMOVE;
}

static void
on_wrote_chunk (SoupServerMessage *message, gpointer user_data)
{
  Transfer *self = user_data;

  if (!self->slow) {
    append_chunk (self);
    return;
  }

  soup_server_message_pause (message);
  self->pause = g_timeout_source_new (SLOW_STEP_MS);
  g_source_set_callback (self->pause, on_pause_over, self, NULL);
  g_source_attach (self->pause, g_main_context_get_thread_default ());
}

static void
on_finished (SoupServerMessage *message, gpointer user_data)
{
  end_pause (user_data);
}

static void
refuse (SoupServerMessage *message, guint status, const char *text)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_STATIC, text, strlen (text));
}

static gboolean
read_number (const char **at, goffset *number)
{
  char *end;

  if (!g_ascii_isdigit (**at))
    return FALSE;
  *number = (goffset)MIN (g_ascii_strtoull (*at, &end, 10), (guint64)G_MAXINT64);
  *at = end;

  return TRUE;
}

/* Reads a Range header of one range; others, and what is no range, are as if they were not there (RFC 9110).
 * @from > @to: it cannot be satisfied. */
static gboolean
parse_range (const char *value, goffset size, goffset *from, goffset *to)
{
  goffset first = -1, last = -1;

  if (value == NULL || g_ascii_strncasecmp (value, PATTERN_RANGE_UNIT, strlen (PATTERN_RANGE_UNIT)) != 0)
    return FALSE;

  value += strlen (PATTERN_RANGE_UNIT);
  read_number (&value, &first);
  if (*value++ != '-')
    return FALSE;
  read_number (&value, &last);
  if (*value != '\0' || (first < 0 && last < 0) || (first >= 0 && last >= 0 && last < first))
    return FALSE;

  if (first < 0) {
    *from = last == 0 ? size : MAX (0, size - last);
    *to = size - 1;
  } else {
    *from = first;
    *to = last < 0 ? size - 1 : MIN (last, size - 1);
  }

  return TRUE;
}

/* Sets status and headers, and says which bytes are to be sent. */
static gboolean
choose_bytes (SoupServerMessage *message, const char *etag, goffset size, goffset *from, goffset *to)
{
  SoupMessageHeaders *request = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *response = soup_server_message_get_response_headers (message);
  const char *if_range = soup_message_headers_get_one (request, "If-Range");
  gboolean partial = parse_range (soup_message_headers_get_one (request, "Range"), size, from, to) &&
                     (if_range == NULL || g_str_equal (if_range, etag));

  soup_message_headers_replace (response, "Accept-Ranges", "bytes");
  soup_message_headers_replace (response, "ETag", etag);

  if (partial && *from > *to) {
    g_autofree char *range = g_strdup_printf ("bytes */%" G_GOFFSET_FORMAT, size);

    refuse (message, SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE, "Range not satisfiable\n");
    soup_message_headers_replace (response, "Content-Range", range);
    return FALSE;
  }
  if (partial) {
    soup_server_message_set_status (message, SOUP_STATUS_PARTIAL_CONTENT, NULL);
    soup_message_headers_set_content_range (response, *from, *to, size);
  } else {
    soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
    *from = 0;
    *to = size - 1;
  }
  soup_message_headers_set_content_type (response, "video/mp4", NULL);
  soup_message_headers_set_content_length (response, *to - *from + 1);

  return TRUE;
}

/* The test words that keep a video from coming. */
static gboolean
refuse_by_word (SoupServerMessage *message, ReelSandboxJob *job)
{
  if ((job->words & REEL_SANDBOX_WORD_GONE) != 0)
    refuse (message, SOUP_STATUS_NOT_FOUND, "Not found\n");
  else if ((job->words & REEL_SANDBOX_WORD_EXPIRED) != 0 && job->downloads == 1)
    refuse (message, SOUP_STATUS_FORBIDDEN, "Expired\n");
  else if ((job->words & REEL_SANDBOX_WORD_NO_VIDEO) != 0)
    refuse (message, SOUP_STATUS_OK, NO_VIDEO_TEXT);
  else
    return FALSE;

  return TRUE;
}

/**
 * reel_sandbox_files_serve:
 * @message: a GET or HEAD
 * @path: the video's file
 * @job: whose video it is
 *
 * Answers with a video, or a range of it, in small pieces as the other side takes them. Blocks for the reading of one
 * piece at a time.
 */
void
reel_sandbox_files_serve (SoupServerMessage *message, const char *path, ReelSandboxJob *job)
{
  g_autofree char *etag = NULL;
  goffset from, to, size;
  Transfer *transfer;
  struct stat info;
  int file;

  if (g_str_equal (soup_server_message_get_method (message), SOUP_METHOD_GET))
    job->downloads++;
  if (refuse_by_word (message, job))
    return;

  file = open (path, O_RDONLY | O_CLOEXEC);
  if (file < 0 || fstat (file, &info) != 0) {
    if (file >= 0)
      close (file);
    refuse (message, SOUP_STATUS_NOT_FOUND, "Not found\n");
    return;
  }

  size = (job->words & REEL_SANDBOX_WORD_HALF_FILE) != 0 ? info.st_size / 2 : info.st_size;
  etag = g_strdup_printf ("\"%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x\"", (guint64)size,
                          (guint64)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec);
  if (!choose_bytes (message, etag, size, &from, &to) ||
      g_str_equal (soup_server_message_get_method (message), SOUP_METHOD_HEAD)) {
    close (file);
    return;
  }

  transfer = g_new0 (Transfer, 1);
  transfer->message = message;
  transfer->file = file;
  transfer->at = from;
  transfer->end = to + 1;
  transfer->cut_at = -1;
  transfer->chunk = CHUNK;
  if ((job->words & REEL_SANDBOX_WORD_CUT) != 0 && job->downloads <= N_CUT_DOWNLOADS)
    transfer->cut_at = from + (to + 1 - from) / 2;
  if ((job->words & REEL_SANDBOX_WORD_SLOW_FILE) != 0) {
    transfer->slow = TRUE;
    transfer->chunk = MAX (1, (gsize)size / SLOW_STEPS);
  }

  soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (on_wrote_chunk), transfer);
  g_signal_connect (message, "finished", G_CALLBACK (on_finished), transfer);
  g_signal_connect (message, "disconnected", G_CALLBACK (on_finished), transfer);
  /* A server that stops neither finishes nor disconnects its messages; they only go. */
  g_object_set_data_full (G_OBJECT (message), "reel-sandbox-transfer", transfer, transfer_free);
  append_chunk (transfer);
}
