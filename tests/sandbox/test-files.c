#include "config.h"

#include "reel-sandbox-fixture.h"
#include "reel-test.h"

#include <string.h>

static SandboxAnswer *
fetch (SandboxFixture *fixture, const char *method, const char *url, const char *range, const char *if_range)
{
  const char *headers[5] = {NULL};
  guint n = 0;

  if (range != NULL) {
    headers[n++] = "Range";
    headers[n++] = range;
  }
  if (if_range != NULL) {
    headers[n++] = "If-Range";
    headers[n++] = if_range;
  }

  return sandbox_call_full (fixture, method, url, NULL, headers);
}

static void
assert_slice (SandboxAnswer *answer, GBytes *whole, gsize from, gsize length)
{
  g_autoptr (GBytes) expected = g_bytes_new_from_bytes (whole, from, length);
  g_autofree char *range = g_strdup_printf ("bytes %zu-%zu/%zu", from, from + length - 1, g_bytes_get_size (whole));

  g_assert_cmpuint (answer->status, ==, 206);
  g_assert_cmpstr (sandbox_answer_header (answer, "Content-Range"), ==, range);
  g_assert_cmpstr (sandbox_answer_header (answer, "Content-Type"), ==, "video/mp4");
  g_assert_true (g_bytes_equal (answer->body, expected));
}

static void
test_whole (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_fast ();
  g_autofree char *url = sandbox_make_video (fixture, "A boat");
  g_autoptr (SandboxAnswer) whole = fetch (fixture, "GET", url, NULL, NULL);
  g_autoptr (SandboxAnswer) head = fetch (fixture, "HEAD", url, NULL, NULL);
  g_autofree char *folder = g_build_filename (fixture->state_dir, "videos", NULL);
  g_autofree char *name = g_path_get_basename (url);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *contents = NULL;
  g_autofree char *length = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
  length = g_strdup_printf ("%zu", size);
  g_assert_cmpuint (whole->status, ==, 200);
  g_assert_cmpmem (contents, size, g_bytes_get_data (whole->body, NULL), g_bytes_get_size (whole->body));
  g_assert_cmpuint (head->status, ==, 200);
  g_assert_cmpuint (g_bytes_get_size (head->body), ==, 0);
  for (const char *const *header = (const char *[]){"Content-Type", "Content-Length", "ETag", "Accept-Ranges", NULL};
       *header != NULL; header++) {
    g_assert_nonnull (sandbox_answer_header (whole, *header));
    g_assert_cmpstr (sandbox_answer_header (head, *header), ==, sandbox_answer_header (whole, *header));
  }
  g_assert_cmpstr (sandbox_answer_header (whole, "Content-Type"), ==, "video/mp4");
  g_assert_cmpstr (sandbox_answer_header (whole, "Content-Length"), ==, length);
  g_assert_cmpstr (sandbox_answer_header (whole, "Accept-Ranges"), ==, "bytes");
}

static void
test_ranges (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_fast ();
  g_autofree char *url = sandbox_make_video (fixture, "A boat");
  g_autoptr (SandboxAnswer) answer = fetch (fixture, "GET", url, NULL, NULL);
  GBytes *whole = answer->body;
  gsize size = g_bytes_get_size (whole);
  g_autofree char *beyond = g_strdup_printf ("bytes=%zu-", size);
  g_autofree char *past_end = g_strdup_printf ("bytes=%zu-%zu", size - 10, size + 1000);
  const struct
  {
    const char *range;
    gsize from, length; /* length 0: cannot be satisfied */
  } cases[] = {
      {"bytes=0-0", 0, 1},
      {"bytes=0-", 0, size},
      {"bytes=100-", 100, size - 100},
      {"bytes=100-199", 100, 100},
      {"bytes=-500", size - 500, 500},
      {"Bytes=-99999999999", 0, size},
      {past_end, size - 10, 10},
      {beyond, 0, 0},
      {"bytes=-0", 0, 0},
  };
  static const char *const ignored[] = {"bytes=",        "bytes=-",   "bytes=5-4", "bytes=a-b",
                                        "bytes=0-1,5-6", "items=0-1", "bytes=1-2x"};

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (SandboxAnswer) part = fetch (fixture, "GET", url, cases[i].range, NULL);

    if (cases[i].length > 0) {
      assert_slice (part, whole, cases[i].from, cases[i].length);
    } else {
      g_autofree char *expected = g_strdup_printf ("bytes */%zu", size);

      g_assert_cmpuint (part->status, ==, 416);
      g_assert_cmpstr (sandbox_answer_header (part, "Content-Range"), ==, expected);
    }
  }
  for (guint i = 0; i < G_N_ELEMENTS (ignored); i++) {
    g_autoptr (SandboxAnswer) part = fetch (fixture, "GET", url, ignored[i], NULL);

    g_assert_cmpuint (part->status, ==, 200);
    g_assert_true (g_bytes_equal (part->body, whole));
  }
}

static void
test_if_range (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_fast ();
  g_autofree char *url = sandbox_make_video (fixture, "A boat");
  g_autoptr (SandboxAnswer) whole = fetch (fixture, "GET", url, NULL, NULL);
  const char *etag = sandbox_answer_header (whole, "ETag");
  g_autoptr (SandboxAnswer) same = fetch (fixture, "GET", url, "bytes=10-19", etag);
  g_autoptr (SandboxAnswer) other = fetch (fixture, "GET", url, "bytes=10-19", "\"other\"");
  g_autoptr (SandboxAnswer) weak = NULL;
  g_autofree char *weak_tag = g_strconcat ("W/", etag, NULL);

  assert_slice (same, whole->body, 10, 10);
  g_assert_cmpuint (other->status, ==, 200);
  g_assert_true (g_bytes_equal (other->body, whole->body));
  weak = fetch (fixture, "GET", url, "bytes=10-19", weak_tag);
  g_assert_cmpuint (weak->status, ==, 200);
}

static void
test_not_found (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_fast ();
  g_autofree char *id = sandbox_submit (fixture, "[stall]");
  g_autofree char *unfinished = g_strconcat ("/files/", id, ".mp4", NULL);
  g_autofree char *job = g_strconcat ("/files/../jobs/", id, ".json", NULL);
  g_autofree char *encoded = g_strconcat ("/files/%2e%2e%2fjobs%2f", id, ".json", NULL);
  const char *const paths[] = {"/files/", "/files", "/files/req_1.mp4", "/files/.mp4", unfinished, job, encoded};

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (SandboxAnswer) answer = fetch (fixture, "GET", paths[i], NULL, NULL);

    g_assert_cmpuint (answer->status, ==, 404);
  }
}

static void
test_refusing_words (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_fast ();
  g_autofree char *gone = sandbox_make_video (fixture, "[gone]");
  g_autofree char *expired = sandbox_make_video (fixture, "[expired]");
  g_autofree char *no_video = sandbox_make_video (fixture, "[no-video]");
  static const guint gone_status[] = {404, 404}, expired_status[] = {403, 200}, no_video_status[] = {200, 200};

  for (int i = 0; i < 2; i++) {
    g_autoptr (SandboxAnswer) first = fetch (fixture, "GET", gone, NULL, NULL);
    g_autoptr (SandboxAnswer) second = fetch (fixture, "GET", expired, NULL, NULL);
    g_autoptr (SandboxAnswer) third = fetch (fixture, "GET", no_video, NULL, NULL);

    g_assert_cmpuint (first->status, ==, gone_status[i]);
    g_assert_cmpuint (second->status, ==, expired_status[i]);
    g_assert_cmpuint (third->status, ==, no_video_status[i]);
    g_assert_cmpstr (sandbox_answer_header (third, "Content-Type"), ==, "text/plain");
  }
}

static void
on_got_body_data (SoupMessage *message, guint length, gpointer user_data)
{
  *(gsize *)user_data += length;
}

/* The bytes that arrive before the connection breaks. */
static gsize
count_bytes (SandboxFixture *fixture, const char *url, const char *range, goffset *promised)
{
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) body = NULL;
  gsize n = 0;

  if (range != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Range", range);
  g_signal_connect (message, "got-body-data", G_CALLBACK (on_got_body_data), &n);
  soup_session_send_and_read_async (fixture->session, message, G_PRIORITY_DEFAULT, NULL, reel_test_store_result,
                                    &result);
  reel_test_wait_for (60, result != NULL);
  body = soup_session_send_and_read_finish (fixture->session, result, NULL);
  *promised = soup_message_headers_get_content_length (soup_message_get_response_headers (message));
  g_assert_true ((body != NULL) == (n == *promised));

  return n;
}

/* Cut three times at the half of what was asked; each time the rest is asked for, as a client would. */
static void
test_cut (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_fast ();
  g_autofree char *url = sandbox_make_video (fixture, "[cut]");
  goffset promised = 0, size = 0;
  gsize at = 0;

  for (int i = 0; i < 4; i++) {
    g_autofree char *range = g_strdup_printf ("bytes=%zu-", at);
    gsize n = count_bytes (fixture, url, range, &promised);

    if (i == 0)
      size = promised;
    g_assert_cmpint (promised, ==, size - at);
    if (i < 3)
      g_assert_cmpuint (n, ==, promised / 2);
    at += n;
  }
  g_assert_cmpuint (at, ==, size);
}

static void
test_half_file (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_fast ();
  g_autofree char *url = sandbox_make_video (fixture, "[half-file]");
  g_autofree char *name = g_path_get_basename (url);
  g_autofree char *path = g_build_filename (fixture->state_dir, "videos", name, NULL);
  g_autofree char *contents = NULL;
  gsize size;
  goffset promised;

  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
  g_assert_cmpuint (count_bytes (fixture, url, NULL, &promised), ==, size / 2);
  g_assert_cmpuint (promised, ==, size / 2);
}

/* The rest of a slow download is dropped when the sandbox stops. */
static void
test_slow_file (void)
{
  g_autoptr (SandboxFixture) fixture = sandbox_fixture_new_fast ();
  g_autofree char *url = sandbox_make_video (fixture, "[slow-file]");
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  gint64 start = g_get_monotonic_time ();
  gsize n = 0;
  goffset size;

  g_signal_connect (message, "got-body-data", G_CALLBACK (on_got_body_data), &n);
  soup_session_send_and_read_async (fixture->session, message, G_PRIORITY_DEFAULT, cancellable, reel_test_store_result,
                                    &result);
  reel_test_wait (n > 0);
  size = soup_message_headers_get_content_length (soup_message_get_response_headers (message));
  reel_test_wait (n > (gsize)size / 20);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 300000);
  g_cancellable_cancel (cancellable);
  reel_test_wait (result != NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/files/whole", test_whole);
  g_test_add_func ("/sandbox/files/ranges", test_ranges);
  g_test_add_func ("/sandbox/files/if-range", test_if_range);
  g_test_add_func ("/sandbox/files/not-found", test_not_found);
  g_test_add_func ("/sandbox/files/refusing-words", test_refusing_words);
  g_test_add_func ("/sandbox/files/cut", test_cut);
  g_test_add_func ("/sandbox/files/half-file", test_half_file);
  g_test_add_func ("/sandbox/files/slow-file", test_slow_file);

  return g_test_run ();
}
