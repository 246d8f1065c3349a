#include "config.h"

#include "api-test.h"

#include <string.h>

#define SIZE 300000

static GBytes *
make_video (void)
{
  guint8 *data = g_malloc (SIZE);

  for (gsize i = 0; i < SIZE; i++)
    data[i] = i * 31 + i / 251;

  return g_bytes_new_take (data, SIZE);
}

static char *
make_url (ReelFaultServer *server, const char *path)
{
  return g_strconcat (reel_fault_server_get_base_url (server), path, NULL);
}

static ReelFaultAnswer *
add_video (ReelFaultServer *server, const char *path, GBytes *video)
{
  ReelFaultAnswer *answer = reel_fault_server_add (server, "GET", path, 200, NULL);

  reel_fault_answer_set_body (answer, video);
  reel_fault_answer_set_header (answer, "ETag", "\"one\"");
  reel_fault_answer_set_header (answer, "Content-Type", "video/mp4");
  reel_fault_answer_set_ranges (answer);

  return answer;
}

static void
test_whole (void)
{
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autoptr (ReelClient) client = api_test_client_new ("https://www.seedance2.ink", NULL);
  g_autoptr (GBytes) video = make_video ();
  g_autofree char *url = make_url (server, "/v%20one.mp4?X-Signature=a%2Bb&e=1#t=5");
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelDownload) download = NULL;
  g_autoptr (GBytes) body = NULL;
  const ReelFaultRequest *request;

  add_video (server, NULL, video);
  download = api_test_download (client, url, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (download->http_status, ==, 200);
  g_assert_cmpint (download->offset, ==, 0);
  g_assert_cmpint (download->total, ==, SIZE);
  g_assert_cmpstr (download->etag, ==, "\"one\"");
  g_assert_cmpstr (download->content_type, ==, "video/mp4");
  body = api_test_read_all (download->stream, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (body, video));

  request = reel_fault_server_get_request (server, NULL, NULL, 0);
  g_assert_cmpstr (request->path, ==, "/v%20one.mp4?X-Signature=a%2Bb&e=1");
  g_assert_null (reel_fault_request_get_header (request, "authorization"));
  g_assert_null (reel_fault_request_get_header (request, "range"));
  g_assert_cmpstr (reel_fault_request_get_header (request, "accept-encoding"), ==, "identity");
}

/* The account's own host gets no key with a download either. */
static void
test_no_key (void)
{
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (server), NULL);
  g_autofree char *url = make_url (server, "/v.mp4");
  ReelFaultAnswer *answer = reel_fault_server_add (server, NULL, NULL, 401, NULL);
  g_autoptr (GError) error = NULL;

  reel_fault_answer_set_header (answer, "WWW-Authenticate", "Bearer");
  g_assert_null (api_test_download (client, url, 0, NULL, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_UNKNOWN_CODE);
  g_assert_cmpuint (reel_error_get_http_status (error), ==, 401);
  g_assert_cmpuint (reel_fault_server_count (server, NULL, NULL), ==, 1);
  g_assert_null (
      reel_fault_request_get_header (reel_fault_server_get_request (server, NULL, NULL, 0), "authorization"));
}

static void
test_resume (void)
{
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (server), NULL);
  g_autoptr (GBytes) video = make_video ();
  g_autoptr (GBytes) rest = g_bytes_new_from_bytes (video, 100000, SIZE - 100000);
  g_autofree char *url = make_url (server, "/v.mp4");
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelDownload) same = NULL;
  g_autoptr (ReelDownload) other = NULL;
  g_autoptr (GBytes) same_body = NULL;
  g_autoptr (GBytes) other_body = NULL;
  const ReelFaultRequest *request;

  add_video (server, NULL, video);
  same = api_test_download (client, url, 100000, "\"one\"", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (same->http_status, ==, 206);
  g_assert_cmpint (same->offset, ==, 100000);
  g_assert_cmpint (same->total, ==, SIZE);
  same_body = api_test_read_all (same->stream, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (same_body, rest));
  request = reel_fault_server_get_request (server, NULL, NULL, 0);
  g_assert_cmpstr (reel_fault_request_get_header (request, "range"), ==, "bytes=100000-");
  g_assert_cmpstr (reel_fault_request_get_header (request, "if-range"), ==, "\"one\"");

  /* Another version: from the start. */
  other = api_test_download (client, url, 100000, "\"zero\"", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (other->http_status, ==, 200);
  g_assert_cmpint (other->offset, ==, 0);
  other_body = api_test_read_all (other->stream, &error);
  g_assert_true (g_bytes_equal (other_body, video));
}

static void
test_bad_ranges (void)
{
  static const char *const ranges[] = {NULL,
                                       "nonsense",
                                       "bytes */300000",
                                       "bytes 0-299999/300000",
                                       "bytes 99999-299999/300000",
                                       "bytes 100000-300000/300000",
                                       "bytes 100000-99999/300000"};
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (server), NULL);
  g_autofree char *url = make_url (server, "/v.mp4");
  g_autoptr (ReelDownload) open_ended = NULL;
  g_autoptr (GBytes) video = make_video ();
  g_autoptr (GError) error = NULL;
  ReelFaultAnswer *answer;

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++) {
    answer = reel_fault_server_add (server, NULL, NULL, 206, "x");
    if (ranges[i] != NULL)
      reel_fault_answer_set_header (answer, "Content-Range", ranges[i]);
    g_assert_null (api_test_download (client, url, 100000, NULL, &error));
    g_assert_error (error, REEL_ERROR, REEL_ERROR_BAD_SHAPE);
    g_clear_error (&error);
  }

  answer = reel_fault_server_add (server, NULL, NULL, 206, "x");
  reel_fault_answer_set_header (answer, "Content-Range", "bytes 100000-100000/*");
  open_ended = api_test_download (client, url, 100000, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (open_ended->offset, ==, 100000);
  g_assert_cmpint (open_ended->total, ==, -1);

  /* There is nothing from there on. */
  add_video (server, NULL, video);
  g_assert_null (api_test_download (client, url, SIZE, "\"one\"", &error));
  g_assert_cmpuint (reel_error_get_http_status (error), ==, 416);
}

static void
test_no_length (void)
{
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (server), NULL);
  g_autofree char *url = make_url (server, "/v.mp4");
  g_autoptr (GBytes) video = make_video ();

  for (guint i = 0; i < 2; i++) {
    ReelFaultAnswer *answer = add_video (server, NULL, video);
    g_autoptr (ReelDownload) download = NULL;
    g_autoptr (GBytes) body = NULL;
    g_autoptr (GError) error = NULL;

    if (i == 0)
      reel_fault_answer_set_no_length (answer);
    else
      reel_fault_answer_set_chunked (answer);
    download = api_test_download (client, url, 0, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpint (download->total, ==, -1);
    body = api_test_read_all (download->stream, &error);
    g_assert_true (g_bytes_equal (body, video));
  }
}

static void
test_packed (void)
{
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (server), NULL);
  g_autofree char *url = make_url (server, "/v.mp4");
  g_autoptr (ReelDownload) download = NULL;
  g_autoptr (GError) error = NULL;

  reel_fault_answer_set_gzip (reel_fault_server_add (server, NULL, NULL, 200, "video"));
  g_assert_null (api_test_download (client, url, 0, NULL, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_BAD_SHAPE);
  g_clear_error (&error);

  /* What object stores keep of an upload says nothing about the bytes. */
  reel_fault_answer_set_header (reel_fault_server_add (server, NULL, NULL, 200, "video"), "Content-Encoding",
                                "aws-chunked");
  download = api_test_download (client, url, 0, NULL, &error);
  g_assert_no_error (error);
}

static void
test_statuses (void)
{
  static const struct
  {
    guint status;
    ReelError code;
  } cases[] = {
      {403, REEL_ERROR_UNKNOWN_CODE}, {404, REEL_ERROR_NOT_FOUND}, {410, REEL_ERROR_NOT_FOUND},
      {429, REEL_ERROR_RATE_LIMITED}, {500, REEL_ERROR_INTERNAL},  {503, REEL_ERROR_INTERNAL},
      {204, REEL_ERROR_UNKNOWN_CODE},
  };
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (server), NULL);
  g_autofree char *url = make_url (server, "/v.mp4?secret");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    ReelFaultAnswer *answer = reel_fault_server_add (server, NULL, NULL, cases[i].status, "<Error/>");
    g_autoptr (GError) error = NULL;

    reel_fault_answer_set_header (answer, "Retry-After", "9");
    g_assert_null (api_test_download (client, url, 0, NULL, &error));
    g_assert_error (error, REEL_ERROR, (int)cases[i].code);
    g_assert_cmpuint (reel_error_get_http_status (error), ==, cases[i].status);
    g_assert_cmpint (reel_error_get_retry_after (error), ==, 9);
    g_assert_null (strstr (error->message, "secret"));
  }
}

static void
add_redirect (ReelFaultServer *server, const char *path, const char *target)
{
  ReelFaultAnswer *answer = reel_fault_server_add (server, NULL, path, 302, "moved");

  if (target != NULL)
    reel_fault_answer_set_header (answer, "Location", target);
}

static void
test_redirects (void)
{
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autoptr (ReelFaultServer) elsewhere = reel_fault_server_new (NULL);
  g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (server), NULL);
  g_autoptr (GBytes) video = make_video ();
  g_autofree char *first = make_url (server, "/1");
  g_autofree char *too_far = make_url (server, "/0");
  g_autofree char *last = make_url (elsewhere, "/v.mp4?s=1");
  g_autoptr (ReelDownload) download = NULL;
  g_autoptr (GError) error = NULL;

  add_redirect (server, "/0", "/1");
  add_redirect (server, "/1", "/2");
  add_redirect (server, "/2", "3");
  add_redirect (server, "/3", "?4");
  add_redirect (server, "/3?4", "/5");
  add_redirect (server, "/5", last);
  add_video (elsewhere, "/v.mp4?s=1", video);

  download = api_test_download (client, first, 5, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (download->offset, ==, 5);
  g_assert_cmpuint (reel_fault_server_count (server, NULL, NULL), ==, 5);
  g_assert_cmpstr (reel_fault_request_get_header (reel_fault_server_get_request (elsewhere, NULL, NULL, 0), "range"),
                   ==, "bytes=5-");
  g_assert_null (
      reel_fault_request_get_header (reel_fault_server_get_request (elsewhere, NULL, NULL, 0), "authorization"));

  /* The sixth is not followed. */
  g_assert_null (api_test_download (client, too_far, 0, NULL, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_BAD_SHAPE);
  g_assert_cmpuint (reel_fault_server_count (elsewhere, NULL, NULL), ==, 1);
}

static void
test_bad_redirects (void)
{
  static const char *const targets[] = {NULL,
                                        "",
                                        "http://example.com/v.mp4",
                                        "file:///etc/passwd",
                                        "data:video/mp4;base64,AAAA",
                                        "ftp://127.0.0.1/v.mp4",
                                        "https://user:password@example.com/v.mp4",
                                        "http://[/v.mp4"};
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (server), NULL);
  g_autofree char *url = make_url (server, "/v.mp4");

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++) {
    g_autoptr (GError) error = NULL;

    add_redirect (server, NULL, targets[i]);
    g_assert_null (api_test_download (client, url, 0, NULL, &error));
    g_assert_error (error, REEL_ERROR, REEL_ERROR_BAD_SHAPE);
  }
}

/* From a server of the internet there is no way back to plain http, not even to this machine. */
static void
test_downgrade (void)
{
  g_autoptr (GTlsCertificate) certificate = api_test_load_certificate ();
  g_autoptr (GTlsDatabase) trust = api_test_load_trust ();
  g_autoptr (ReelFaultServer) secure = reel_fault_server_new (certificate);
  g_autoptr (ReelFaultServer) plain = reel_fault_server_new (NULL);
  g_autoptr (ReelClient) client = api_test_client_new ("https://www.seedance2.ink", trust);
  g_autofree char *there = api_test_make_named_url (secure, "files.seedreel.test", "/moved");
  g_autofree char *here = make_url (secure, "/moved");
  g_autofree char *target = make_url (plain, "/v.mp4");
  g_autoptr (GBytes) video = make_video ();
  g_autoptr (ReelDownload) download = NULL;
  g_autoptr (GError) error = NULL;

  add_redirect (secure, "/moved", target);
  add_video (plain, NULL, video);
  g_assert_null (api_test_download (client, there, 0, NULL, &error));
  g_assert_error (error, REEL_ERROR, REEL_ERROR_BAD_SHAPE);
  g_assert_cmpuint (reel_fault_server_count (secure, NULL, NULL), ==, 1);
  g_assert_cmpuint (reel_fault_server_count_connections (plain), ==, 0);
  g_clear_error (&error);

  /* Within this machine there is. */
  download = api_test_download (client, here, 0, NULL, &error);
  g_assert_no_error (error);
}

static void
test_bad_addresses (void)
{
  static const char *const urls[] = {"",
                                     "v.mp4",
                                     "/etc/passwd",
                                     "file:///etc/passwd",
                                     "data:video/mp4;base64,AAAA",
                                     "http://example.com/v.mp4",
                                     "https://user:password@example.com/v.mp4",
                                     "https://exa mple.com/",
                                     "https://\xff/"};
  g_autoptr (ReelClient) client = api_test_client_new ("https://www.seedance2.ink", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (api_test_download (client, urls[i], 0, NULL, &error));
    g_assert_error (error, REEL_ERROR, REEL_ERROR_BAD_SHAPE);
    g_assert_false (reel_error_was_sent (error));
  }
}

static void
test_cut (void)
{
  static const ReelFault ends[] = {REEL_FAULT_CLOSE, REEL_FAULT_RESET};
  g_autoptr (GBytes) video = make_video ();

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
    g_autoptr (ReelClient) client = api_test_client_new (reel_fault_server_get_base_url (server), NULL);
    g_autofree char *url = make_url (server, "/v.mp4");
    g_autoptr (ReelDownload) download = NULL;
    g_autoptr (GError) error = NULL;

    reel_fault_answer_cut (add_video (server, NULL, video), SIZE / 2, ends[i]);
    download = api_test_download (client, url, 0, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpint (download->total, ==, SIZE);
    g_assert_null (api_test_read_all (download->stream, &error));
    g_assert_nonnull (error);
  }
}

/* A body that says nothing any more ends with the timeout. */
static void
test_stall (void)
{
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autoptr (ReelClient) client = api_test_client_new_hasty (reel_fault_server_get_base_url (server));
  g_autoptr (GBytes) video = make_video ();
  g_autofree char *url = make_url (server, "/v.mp4");
  g_autoptr (ReelDownload) download = NULL;
  g_autoptr (GError) error = NULL;

  reel_fault_answer_cut (add_video (server, NULL, video), SIZE / 2, REEL_FAULT_STALL);
  download = api_test_download (client, url, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (api_test_read_all (download->stream, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

/* Whoever drops a download that hangs is not held for it, and its connection is closed. */
static void
test_drop (void)
{
  g_autoptr (GBytes) video = make_video ();

  for (guint i = 0; i < 2; i++) {
    g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
    g_autoptr (ReelClient) client =
        g_object_new (REEL_TYPE_CLIENT, "base-url", reel_fault_server_get_base_url (server), "timeout", 15, NULL);
    g_autofree char *url = make_url (server, "/v.mp4");
    g_autoptr (ReelDownload) download = NULL;
    g_autoptr (GInputStream) stream = NULL;
    gint64 start;

    reel_fault_answer_cut (add_video (server, NULL, video), 1000, REEL_FAULT_STALL);
    download = api_test_download (client, url, 0, NULL, NULL);
    reel_test_wait (reel_fault_server_count_stalled (server) == 1);

    start = g_get_monotonic_time ();
    if (i == 0)
      g_clear_pointer (&download, reel_download_free);
    else
      g_clear_object (&download->stream);
    g_assert_cmpint (g_get_monotonic_time () - start, <, G_USEC_PER_SEC / 2);
  }
}

/* The stream goes on when nobody holds the client any more. */
static void
test_outlived (void)
{
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  ReelClient *client = api_test_client_new (reel_fault_server_get_base_url (server), NULL);
  g_autoptr (GBytes) video = make_video ();
  g_autofree char *url = make_url (server, "/v.mp4");
  g_autoptr (ReelDownload) download = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  add_video (server, NULL, video);
  download = api_test_download (client, url, 0, NULL, NULL);
  g_assert_finalize_object (client);
  body = api_test_read_all (download->stream, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (body, video));
}

int
main (int argc, char *argv[])
{
  api_test_use_local_names ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/download/whole", test_whole);
  g_test_add_func ("/download/no-key", test_no_key);
  g_test_add_func ("/download/resume", test_resume);
  g_test_add_func ("/download/bad-ranges", test_bad_ranges);
  g_test_add_func ("/download/no-length", test_no_length);
  g_test_add_func ("/download/packed", test_packed);
  g_test_add_func ("/download/statuses", test_statuses);
  g_test_add_func ("/download/redirects", test_redirects);
  g_test_add_func ("/download/bad-redirects", test_bad_redirects);
  g_test_add_func ("/download/downgrade", test_downgrade);
  g_test_add_func ("/download/bad-addresses", test_bad_addresses);
  g_test_add_func ("/download/cut", test_cut);
  g_test_add_func ("/download/stall", test_stall);
  g_test_add_func ("/download/drop", test_drop);
  g_test_add_func ("/download/outlived", test_outlived);

  return g_test_run ();
}
