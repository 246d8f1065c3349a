#include "config.h"

#include "reel-test.h"
#include "reel-webhook-server.h"
#include "reel-webhook.h"

#include <stdio.h>
#include <string.h>

#define SECRET "whsec_0123456789"
#define TOKEN  "0123456789abcdef0123456789abcdef"
#define OTHER  "fedcba9876543210fedcba9876543210"
#define DONE   "{\"success\":true,\"requestId\":\"req_1\",\"status\":\"succeeded\",\"output\":null,\"error\":null}"

typedef struct
{
  ReelWebhookServer *server;
  GPtrArray *hints; /* "token requestId status verified" */
} World;

static void
on_hint (World *world, const char *token, ReelGeneration *generation, gboolean verified)
{
  g_ptr_array_add (world->hints, g_strdup_printf ("%s %s %s %s", token, generation->request_id, generation->status_text,
                                                  verified ? "verified" : "unverified"));
}

static void
start (World *world, const char *secret, guint time_limit)
{
  g_autoptr (GError) error = NULL;

  world->server = g_object_new (REEL_TYPE_WEBHOOK_SERVER, "secret", secret, "time-limit", time_limit, NULL);
  g_signal_connect_swapped (world->server, "hint", G_CALLBACK (on_hint), world);
  g_assert_true (reel_webhook_server_start (world->server, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (reel_webhook_server_get_port (world->server), !=, 0);
}

static void
set_up (World *world, gconstpointer secret)
{
  world->hints = g_ptr_array_new_with_free_func (g_free);
  start (world, secret, REEL_WEBHOOK_SERVER_TIME_LIMIT);
}

static void
tear_down (World *world, gconstpointer data)
{
  g_assert_finalize_object (world->server);
  g_ptr_array_unref (world->hints);
}

static void
start_again (World *world, const char *secret, guint time_limit)
{
  g_assert_finalize_object (world->server);
  start (world, secret, time_limit);
}

static GSocketConnection *
connect_to (World *world, const char *host)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection;

  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_set_timeout (client, 20);
  connection =
      g_socket_client_connect_to_host (client, host, reel_webhook_server_get_port (world->server), NULL, &error);
  g_assert_no_error (error);

  return connection;
}

/* Writes what it can: a server that has had enough does not read on. */
static void
say (GSocketConnection *connection, const char *text, gssize length)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text,
                             length < 0 ? strlen (text) : (gsize)length, NULL, NULL, NULL);
}

/* Everything that comes until the connection ends; a reset is an end too, silence is none. */
static char *
listen_to (GSocketConnection *connection)
{
  g_autoptr (GString) heard = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  char buffer[4096];
  gssize n;

  while ((n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), buffer, sizeof buffer, NULL,
                                   &error)) > 0)
    g_string_append_len (heard, buffer, n);
  g_assert_false (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT));

  return g_string_free (g_steal_pointer (&heard), FALSE);
}

/* Waits for something to hear, or for the end; not longer than this. */
static gboolean
has_heard (GSocketConnection *connection, guint milliseconds)
{
  return g_socket_condition_timed_wait (g_socket_connection_get_socket (connection), G_IO_IN, milliseconds * 1000, NULL,
                                        NULL);
}

static guint
read_status (const char *answer)
{
  return g_str_has_prefix (answer, "HTTP/1.1 ") ? g_ascii_strtoull (answer + strlen ("HTTP/1.1 "), NULL, 10) : 0;
}

static char *
make_request (const char *method, const char *path, const char *headers, const char *body)
{
  return g_strdup_printf ("%s %s HTTP/1.1\r\nHost: hooks.example.com\r\nContent-Type: application/json\r\n"
                          "Content-Length: %" G_GSIZE_FORMAT "\r\n%s\r\n%s",
                          method, path, strlen (body), headers, body);
}

static guint
ask (World *world, const char *method, const char *path, const char *headers, const char *body)
{
  g_autoptr (GSocketConnection) connection = connect_to (world, "127.0.0.1");
  g_autofree char *request = make_request (method, path, headers, body);
  g_autofree char *answer = NULL;

  say (connection, request, -1);
  answer = listen_to (connection);
  /* No detail: neither a body nor a word of what is behind it. */
  if (*answer != '\0') {
    g_assert_true (g_str_has_suffix (answer, "\r\n\r\n"));
    g_assert_nonnull (strstr (answer, "\r\nConnection: close\r\n"));
    g_assert_null (strstr (answer, "Server:"));
  }

  return read_status (answer);
}

static char *
make_signature_header (const char *secret, const char *body)
{
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autofree char *signature = reel_webhook_sign (secret, bytes);

  return g_strdup_printf ("X-Seedance-Signature: %s\r\n", signature);
}

static guint
send_signed (World *world, const char *token, const char *body)
{
  g_autofree char *header = make_signature_header (SECRET, body);
  g_autofree char *path = g_strconcat (REEL_WEBHOOK_PATH, token, NULL);

  return ask (world, "POST", path, header, body);
}

/* Waits for the one hint of a webhook that is right, so that what came before it has been judged. */
static void
assert_only (World *world, guint n_before)
{
  g_autofree char *body = g_strdup_printf ("{\"requestId\":\"req_last_%u\",\"status\":\"queued\"}", n_before);
  g_autofree char *wanted = g_strdup_printf (TOKEN " req_last_%u queued verified", n_before);

  g_assert_cmpuint (send_signed (world, TOKEN, body), ==, 200);
  reel_test_wait (world->hints->len > 0 && g_str_equal (world->hints->pdata[world->hints->len - 1], wanted));
  g_assert_cmpuint (world->hints->len, ==, n_before + 1);
}

static void
test_signature (World *world, gconstpointer data)
{
  g_autofree char *right = make_signature_header (SECRET, DONE);
  g_autofree char *wrong = make_signature_header ("whsec_other", DONE);
  g_autofree char *signature = g_strndup (right + strlen ("X-Seedance-Signature: "), 64);
  g_autofree char *twice = g_strconcat (right, right, NULL);
  g_autofree char *longer = g_strdup_printf ("X-Seedance-Signature: %s00\r\n", signature);
  g_autofree char *prefixed = g_strdup_printf ("X-Seedance-Signature: sha256=%s\r\n", signature);
  g_autofree char *elsewhere = g_strdup_printf ("X-Signature: %s\r\n", signature);
  g_autofree char *upper_digits = g_ascii_strup (signature, -1);
  g_autofree char *upper = g_strdup_printf ("x-SEEDANCE-signature: %s\r\n", upper_digits);
  const char *const refused[] = {
      "", wrong, twice, longer, prefixed, elsewhere, "X-Seedance-Signature:\r\n", "X-Seedance-Signature: \xff\xfe\r\n"};

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    g_assert_cmpuint (ask (world, "POST", REEL_WEBHOOK_PATH TOKEN, refused[i], DONE), ==, 401);
  assert_only (world, 0);

  g_assert_cmpuint (ask (world, "POST", REEL_WEBHOOK_PATH TOKEN, right, DONE), ==, 200);
  reel_test_wait (world->hints->len == 2);
  g_assert_cmpstr (world->hints->pdata[1], ==, TOKEN " req_1 succeeded verified");
  g_assert_cmpuint (ask (world, "POST", REEL_WEBHOOK_PATH OTHER, upper, DONE), ==, 200);
  reel_test_wait (world->hints->len == 3);
  g_assert_cmpstr (world->hints->pdata[2], ==, OTHER " req_1 succeeded verified");
}

static void
test_no_secret (World *world, gconstpointer data)
{
  g_autofree char *header = make_signature_header (SECRET, DONE);

  g_assert_cmpuint (ask (world, "POST", REEL_WEBHOOK_PATH TOKEN, "", DONE), ==, 200);
  reel_test_wait (world->hints->len == 1);
  g_assert_cmpstr (world->hints->pdata[0], ==, TOKEN " req_1 succeeded unverified");
  /* Nothing is there to check a signature with. */
  g_assert_cmpuint (ask (world, "POST", REEL_WEBHOOK_PATH OTHER, header, DONE), ==, 200);
  reel_test_wait (world->hints->len == 2);
  g_assert_cmpstr (world->hints->pdata[1], ==, OTHER " req_1 succeeded unverified");
}

/* The signature is of the bytes, not of what they mean. */
static void
test_exact_body (World *world, gconstpointer data)
{
  static const char *const bodies[] = {
      "{\"requestId\":\"req_1\",\"status\":\"succeeded\"}",
      " \t\r\n{ \"requestId\" :\t\"req_1\" , \"status\":\r\n\r\n\"succeeded\" } \n\n",
      "\xef\xbb\xbf{\"requestId\":\"req_1\",\"status\":\"succeeded\"}",
      "{\"requestId\":\"req_1\",\"status\":\"succeeded\",\"prompt\":\"M\xe1\xbb\x99t chi\xe1\xba\xbf\x63 "
      "\xf0\x9f\x9b\xb6\"}",
      "{\"requestId\":\"req_1\",\"status\":\"succeeded\",\"prompt\":\"M\\u1ed9t \\ud83d\\udef6 \\u0000 \\/\"}",
      "{\"status\":\"succeeded\",\"requestId\":\"req_1\",\"duration\":5.0e0}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++) {
    g_assert_cmpuint (send_signed (world, TOKEN, bodies[i]), ==, 200);
    reel_test_wait (world->hints->len == i + 1);
    g_assert_cmpstr (world->hints->pdata[i], ==, TOKEN " req_1 succeeded verified");
  }
  for (guint i = 1; i < G_N_ELEMENTS (bodies); i++) {
    g_autofree char *header = make_signature_header (SECRET, bodies[0]);

    g_assert_cmpuint (ask (world, "POST", REEL_WEBHOOK_PATH OTHER, header, bodies[i]), ==, 401);
  }
  assert_only (world, G_N_ELEMENTS (bodies));
}

static char *
make_chunked (const char *body, gsize length, gsize chunk, const char *trailers)
{
  g_autofree char *header = NULL;
  g_autoptr (GString) request = g_string_new (NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (body, length);
  g_autofree char *signature = reel_webhook_sign (SECRET, bytes);

  g_string_append_printf (request,
                          "POST " REEL_WEBHOOK_PATH TOKEN " HTTP/1.1\r\nHost: hooks.example.com\r\n"
                          "Transfer-Encoding: chunked\r\nx-seedance-signature: %s\r\n\r\n",
                          signature);
  for (gsize at = 0; at < length; at += chunk) {
    gsize n = MIN (chunk, length - at);

    g_string_append_printf (request, "%" G_GSIZE_MODIFIER "x\r\n", n);
    g_string_append_len (request, body + at, n);
    g_string_append (request, "\r\n");
  }
  g_string_append_printf (request, "0\r\n%s\r\n", trailers);

  return g_string_free (g_steal_pointer (&request), FALSE);
}

static guint
send_raw (World *world, const char *request, gssize length)
{
  g_autoptr (GSocketConnection) connection = connect_to (world, "127.0.0.1");
  g_autofree char *answer = NULL;

  say (connection, request, length);
  answer = listen_to (connection);

  return read_status (answer);
}

static void
test_chunked (World *world, gconstpointer data)
{
  const gsize sizes[] = {1, 7, 1000};

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autofree char *body = g_strdup_printf ("{\"requestId\":\"req_1\",\"status\":\"succeeded\",\"n\":%u}", i);
    g_autofree char *request = make_chunked (body, strlen (body), sizes[i], "X-Trailer: yes\r\n");

    g_assert_cmpuint (send_raw (world, request, -1), ==, 200);
    reel_test_wait (world->hints->len == i + 1);
    g_assert_cmpstr (world->hints->pdata[i], ==, TOKEN " req_1 succeeded verified");
  }
}

/* A payload of exactly so many bytes. */
static char *
make_body (gsize length)
{
  char *body = g_malloc (length + 1);

  memset (body, ' ', length);
  memcpy (body, DONE, strlen (DONE));
  body[length] = '\0';

  return body;
}

static void
test_too_large (World *world, gconstpointer data)
{
  const gsize most = 64 * 1024;
  g_autofree char *fits = make_body (most);
  g_autofree char *over = make_body (most + 1);
  g_autofree char *over_in_chunks = make_chunked (over, most + 1, 4096, "");
  g_autofree char *huge = make_body (8 * 1024 * 1024);
  g_autofree char *huge_in_chunks = make_chunked (huge, strlen (huge), 65536, "");
  g_autofree char *header = make_signature_header (SECRET, over);

  g_assert_cmpuint (send_signed (world, TOKEN, fits), ==, 200);
  reel_test_wait (world->hints->len == 1);
  g_assert_cmpuint (send_signed (world, TOKEN, over), ==, 413);
  g_assert_cmpuint (send_raw (world, over_in_chunks, -1), ==, 413);
  /* What is far too long is not even read to its end. */
  g_assert_cmpuint (send_signed (world, TOKEN, huge), ==, 0);
  g_assert_cmpuint (send_raw (world, huge_in_chunks, -1), ==, 0);
  /* A client that asks first is told before it sends anything. */
  g_assert_cmpuint (send_raw (world,
                              "POST " REEL_WEBHOOK_PATH TOKEN " HTTP/1.1\r\nHost: a.example\r\n"
                              "Expect: 100-continue\r\nContent-Length: 70000\r\n\r\n",
                              -1),
                    ==, 413);
  assert_only (world, 1);
}

/* Headers, chunks or trailers without end: the connection ends, and the server answers the next one. */
static void
test_endless (World *world, gconstpointer data)
{
  const char *const starts[] = {
      "POST " REEL_WEBHOOK_PATH TOKEN " HTTP/1.1\r\nX-Long: ",
      "POST /",
      "",
      "POST " REEL_WEBHOOK_PATH TOKEN " HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
      "POST " REEL_WEBHOOK_PATH TOKEN " HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n1;",
  };
  const char *const rest[] = {"x", "x", "\r\n", "X-Trailer: x\r\n", "x"};

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++) {
    g_autoptr (GString) request = g_string_new (starts[i]);

    while (request->len < 4 * 1024 * 1024)
      g_string_append (request, rest[i]);
    g_assert_cmpuint (send_raw (world, request->str, request->len), !=, 200);
  }
  assert_only (world, 0);
}

/* Silence, half of the headers, half of the body: each is cut off, and keeps nobody else waiting. */
static void
test_slow (World *world, gconstpointer data)
{
  static const char *const starts[] = {
      "",
      "POST " REEL_WEBHOOK_PATH TOKEN " HTTP/1.1\r\nHost: a.exam",
      "POST " REEL_WEBHOOK_PATH TOKEN " HTTP/1.1\r\nHost: a.example\r\nContent-Length: 100\r\n\r\n{\"reque",
  };
  g_autoptr (GPtrArray) connections = g_ptr_array_new_with_free_func (g_object_unref);

  start_again (world, SECRET, 2000);
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++) {
    g_ptr_array_add (connections, connect_to (world, "127.0.0.1"));
    say (connections->pdata[i], starts[i], -1);
  }
  assert_only (world, 0);
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    g_assert_false (has_heard (connections->pdata[i], 0));
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++) {
    g_autofree char *answer = listen_to (connections->pdata[i]);

    g_assert_cmpuint (read_status (answer), !=, 200);
  }
  assert_only (world, 1);
}

/* There is always a new byte, and the limit is for the whole. */
static void
test_dripping (World *world, gconstpointer data)
{
  g_autoptr (GSocketConnection) connection = NULL;
  gint64 start = g_get_monotonic_time ();

  start_again (world, SECRET, 500);
  connection = connect_to (world, "127.0.0.1");
  while (!has_heard (connection, 50)) {
    g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
    say (connection, "X", 1);
  }
}

static void
test_flood (World *world, gconstpointer data)
{
  gint64 start = g_get_monotonic_time ();
  guint n_taken = 0, n_refused = 0;
  double seconds;

  for (guint i = 0; i < 150; i++) {
    guint status = ask (world, "POST", REEL_WEBHOOK_PATH TOKEN, "", DONE);

    n_taken += status == 401;
    n_refused += status == 429;
  }
  seconds = (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  g_assert_cmpuint (n_taken + n_refused, ==, 150);
  g_assert_cmpuint (n_taken, >=, 40);
  g_assert_cmpuint (n_taken, <=, 41 + (guint)(20 * seconds));
}

/* Sixteen who say nothing fill the room; the next one waits until one of them is gone. */
static void
test_connections (World *world, gconstpointer data)
{
  g_autoptr (GPtrArray) idle = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GSocketConnection) next = NULL;
  g_autofree char *header = make_signature_header (SECRET, DONE);
  g_autofree char *request = make_request ("POST", REEL_WEBHOOK_PATH TOKEN, header, DONE);
  g_autofree char *answer = NULL;

  for (guint i = 0; i < 16; i++)
    g_ptr_array_add (idle, connect_to (world, "127.0.0.1"));
  next = connect_to (world, "127.0.0.1");
  say (next, request, -1);
  g_assert_false (has_heard (next, 300));
  g_assert_cmpuint (world->hints->len, ==, 0);

  g_ptr_array_set_size (idle, 15);
  answer = listen_to (next);
  g_assert_cmpuint (read_status (answer), ==, 200);
  reel_test_wait (world->hints->len == 1);
}

static void
test_replay (World *world, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (send_signed (world, TOKEN, DONE), ==, 200);
  assert_only (world, 1);
  /* Another job, or another payload, is something else. */
  g_assert_cmpuint (send_signed (world, OTHER, DONE), ==, 200);
  g_assert_cmpuint (send_signed (world, TOKEN, DONE " "), ==, 200);
  reel_test_wait (world->hints->len == 4);
}

static void
test_paths (World *world, gconstpointer data)
{
  static const char *const wrong[] = {
      "/",
      "//",
      "/webhooks",
      "/webhooks/",
      "/webhooks//" TOKEN,
      "//webhooks/" TOKEN,
      "/Webhooks/" TOKEN,
      "/webhooks/" TOKEN "/",
      "/webhooks/" TOKEN "0",
      "/webhooks/..%2f" TOKEN,
      "/webhooks%2f" TOKEN,
      "/webhooks/0123456789ABCDEF0123456789ABCDEF",
      "/webhooks/0123456789abcdef0123456789abcde",
      "/webhooks/0123456789abcdef0123456789abcdeg",
      "/webhooks/" TOKEN "%00",
      "/webhooks/" TOKEN ";x=1",
      "/x/webhooks/" TOKEN,
      "/etc/passwd",
      "/../../etc/passwd",
  };
  static const char *const same[] = {"/webhooks/" TOKEN "/../" TOKEN, "/x/../webhooks/./" TOKEN,
                                     "/x/%2e%2e/webhooks/" TOKEN, "/webhooks/%30123456789abcdef0123456789abcdef",
                                     "/webhooks/" TOKEN "?from=tunnel"};
  g_autofree char *header = make_signature_header (SECRET, DONE);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_cmpuint (ask (world, "POST", wrong[i], header, DONE), ==, 404);
  assert_only (world, 0);

  /* Dots and escapes stand for the path that they mean (RFC 3986), and a query is no part of it. */
  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    g_assert_cmpuint (ask (world, "POST", same[i], header, DONE), ==, 200);
  reel_test_wait (world->hints->len == 2);
}

static void
test_methods (World *world, gconstpointer data)
{
  static const char *const methods[] = {"GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "post"};
  g_autofree char *header = make_signature_header (SECRET, DONE);

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++) {
    g_assert_cmpuint (ask (world, methods[i], REEL_WEBHOOK_PATH TOKEN, header, DONE), ==, 405);
    g_assert_cmpuint (ask (world, methods[i], "/", header, DONE), ==, 404);
  }
  g_assert_cmpuint (send_raw (world, "CONNECT a.example:443 HTTP/1.1\r\nHost: a.example\r\n\r\n", -1), ==, 404);
  g_assert_cmpuint (send_raw (world, "GARBAGE\r\n\r\n", -1), !=, 200);
  assert_only (world, 0);
}

static void
test_payloads (World *world, gconstpointer data)
{
  static const char *const bad[] = {
      "",
      "null",
      "[]",
      "{}",
      "{\"requestId\":\"req_1\"}",
      "{\"requestId\":\"req_1\",\"status\":7}",
      "requestId=req_1&status=succeeded",
      "{\"requestId\":\"req_1\",\"status\":\"succeeded\"",
      "{\"status\":\"\xff\xfe\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpuint (send_signed (world, TOKEN, bad[i]), ==, 400);
  assert_only (world, 0);
}

/* One answer a connection, and the client is told: what it sends after the first request is not read. */
static void
test_keep_alive (World *world, gconstpointer data)
{
  g_autoptr (GSocketConnection) connection = connect_to (world, "127.0.0.1");
  g_autofree char *header = make_signature_header (SECRET, DONE);
  g_autofree char *kept = g_strconcat (header, "Connection: keep-alive\r\n", NULL);
  g_autofree char *first = make_request ("POST", REEL_WEBHOOK_PATH TOKEN, kept, DONE);
  g_autofree char *second = make_request ("POST", REEL_WEBHOOK_PATH OTHER, kept, DONE);
  g_autofree char *both = g_strconcat (first, second, NULL);
  g_autofree char *answer = NULL;

  say (connection, both, -1);
  answer = listen_to (connection);
  g_assert_cmpuint (read_status (answer), ==, 200);
  g_assert_nonnull (strstr (answer, "\r\nConnection: close\r\n"));
  g_assert_null (strstr (strstr (answer, "\r\n\r\n"), "HTTP/1.1"));
  reel_test_wait (world->hints->len == 1);
  g_assert_cmpstr (world->hints->pdata[0], ==, TOKEN " req_1 succeeded verified");
  assert_only (world, 1);
}

/* The addresses that somebody listens on at a port, by the kernel's own table. */
static char *
find_listeners (guint16 port)
{
  g_autoptr (GString) found = g_string_new (NULL);
  static const char *const tables[] = {"/proc/net/tcp", "/proc/net/tcp6"};

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autofree char *text = NULL;
    g_auto (GStrv) lines = NULL;

    if (!g_file_get_contents (tables[i], &text, NULL, NULL))
      continue;
    lines = g_strsplit (text, "\n", -1);
    for (char **line = lines + 1; *line != NULL; line++) {
      char address[64];
      unsigned int local_port, state;

      if (sscanf (*line, " %*d: %63[0-9A-F]:%x %*[0-9A-F:] %x", address, &local_port, &state) == 3 &&
          local_port == port && state == 0x0a)
        g_string_append_printf (found, "%s ", address);
    }
  }

  return g_string_free (g_steal_pointer (&found), FALSE);
}

static void
test_loopback_only (World *world, gconstpointer data)
{
  g_autofree char *addresses = find_listeners (reel_webhook_server_get_port (world->server));
  g_auto (GStrv) each = g_strsplit (g_strchomp (addresses), " ", -1);

  g_assert_cmpstr (each[0], ==, "0100007F");
  if (each[1] != NULL) {
    g_autoptr (GSocketConnection) connection = connect_to (world, "::1");
    g_autofree char *header = make_signature_header (SECRET, DONE);
    g_autofree char *request = make_request ("POST", REEL_WEBHOOK_PATH TOKEN, header, DONE);
    g_autofree char *answer = NULL;

    g_assert_cmpstr (each[1], ==, "00000000000000000000000001000000");
    g_assert_null (each[2]);
    say (connection, request, -1);
    answer = listen_to (connection);
    g_assert_cmpuint (read_status (answer), ==, 200);
  }
}

static void
test_port_in_use (World *world, gconstpointer data)
{
  guint16 port = reel_webhook_server_get_port (world->server);
  ReelWebhookServer *second = reel_webhook_server_new (port, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (reel_webhook_server_start (second, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
  g_clear_error (&error);
  assert_only (world, 0);

  /* The port is free at once, and it may start again. */
  reel_webhook_server_stop (world->server);
  g_assert_true (reel_webhook_server_start (second, &error));
  g_assert_no_error (error);
  reel_webhook_server_stop (second);
  g_assert_true (reel_webhook_server_start (second, &error));
  g_assert_no_error (error);
  g_assert_finalize_object (second);
}

/* It ends in the middle of everything: nobody is kept waiting, and what was on its way is not told any more. */
static void
test_stop (World *world, gconstpointer data)
{
  g_autoptr (GSocketConnection) idle = connect_to (world, "127.0.0.1");
  g_autoptr (GSocketConnection) half = connect_to (world, "127.0.0.1");
  g_autofree char *rest = NULL;
  gint64 start;

  say (half, "POST " REEL_WEBHOOK_PATH TOKEN " HTTP/1.1\r\nHost: a.exam", -1);
  g_assert_cmpuint (send_signed (world, TOKEN, DONE), ==, 200);
  start = g_get_monotonic_time ();
  reel_webhook_server_stop (world->server);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
  rest = listen_to (half);
  g_assert_cmpuint (read_status (rest), !=, 200);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (world->hints->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, function) g_test_add ("/webhook-server/" path, World, SECRET, set_up, function, tear_down)
  ADD ("signature", test_signature);
  ADD ("exact-body", test_exact_body);
  ADD ("chunked", test_chunked);
  ADD ("too-large", test_too_large);
  ADD ("endless", test_endless);
  ADD ("slow", test_slow);
  ADD ("dripping", test_dripping);
  ADD ("flood", test_flood);
  ADD ("connections", test_connections);
  ADD ("replay", test_replay);
  ADD ("paths", test_paths);
  ADD ("methods", test_methods);
  ADD ("payloads", test_payloads);
  ADD ("keep-alive", test_keep_alive);
  ADD ("loopback-only", test_loopback_only);
  ADD ("port-in-use", test_port_in_use);
  ADD ("stop", test_stop);
#undef ADD
  g_test_add ("/webhook-server/no-secret", World, NULL, set_up, test_no_secret, tear_down);

  return g_test_run ();
}
