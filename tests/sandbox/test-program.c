#include "config.h"

#include "reel-sandbox-words.h"
#include "reel-test.h"

#include <libsoup/soup.h>
#include <signal.h>
#include <string.h>

/* seedreel-sandbox as a child of this test. */
typedef struct
{
  GSubprocess *process;
  GDataInputStream *output;
  SoupSession *session;
  char *base_url;
  char *key;
} Program;

static const char *program_path;

static GSubprocess *
spawn (const char *const *arguments)
{
  g_autoptr (GStrvBuilder) argv = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_strv_builder_add (argv, program_path);
  for (guint i = 0; arguments[i] != NULL; i++)
    g_strv_builder_add (argv, arguments[i]);
  all = g_strv_builder_end (argv);
  process = g_subprocess_newv ((const char *const *)all,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);

  return process;
}

/* The rest of the next line of output, which starts with @name. */
static char *
read_line (Program *self, const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  g_data_input_stream_read_line_async (self->output, G_PRIORITY_DEFAULT, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  line = g_data_input_stream_read_line_finish (self->output, result, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  g_assert_true (g_str_has_prefix (line, name));

  return g_strdup (line + strlen (name));
}

static Program *
program_new (const char *const *arguments)
{
  Program *self = g_new0 (Program, 1);

  self->process = spawn (arguments);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  self->session = soup_session_new ();
  self->base_url = read_line (self, "base-url: ");
  self->key = read_line (self, "key: ");

  return self;
}

static void
program_free (Program *self)
{
  g_object_unref (self->output);
  g_object_unref (self->process);
  g_object_unref (self->session);
  g_free (self->base_url);
  g_free (self->key);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Program, program_free)

static void
wait_for_end (GSubprocess *process)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_subprocess_wait_async (process, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  g_assert_true (g_subprocess_wait_finish (process, result, NULL));
}

static void
assert_silent (GSubprocess *process)
{
  char text[4096] = "";
  gsize n = 0;

  g_input_stream_read_all (g_subprocess_get_stderr_pipe (process), text, sizeof text - 1, &n, NULL, NULL);
  g_assert_cmpstr (text, ==, "");
}

static char *
call (Program *self, const char *method, const char *path, const char *body, guint status)
{
  g_autofree char *url = g_strconcat (self->base_url, path, NULL);
  g_autofree char *authorization = g_strconcat ("Bearer ", self->key, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) answer = NULL;

  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", authorization);
  if (body != NULL) {
    g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

    soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  }
  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  answer = soup_session_send_and_read_finish (self->session, result, NULL);
  g_assert_nonnull (answer);
  g_assert_cmpuint (soup_message_get_status (message), ==, status);

  return g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
}

static void
wait_for_status (Program *self, const char *id, const char *status)
{
  g_autofree char *path = g_strconcat ("/api/open/v1/video/generations/", id, NULL);
  g_autofree char *wanted = g_strdup_printf ("\"status\":\"%s\"", status);
  gint64 deadline = g_get_monotonic_time () + 20 * G_TIME_SPAN_SECOND;

  for (gboolean found = FALSE; !found;) {
    g_autofree char *answer = call (self, "GET", path, NULL, 200);

    found = strstr (answer, wanted) != NULL;
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
  }
}

/* Nothing but its two lines is written, also not by the encoder. */
static void
test_serves (void)
{
  g_autofree char *folder = reel_test_make_folder ();
  static const int signals[] = {SIGTERM, SIGINT};

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++) {
    const char *const arguments[] = {"--port", "0", "--speed", "0", "--state-dir", folder, NULL};
    g_autoptr (Program) program = program_new (arguments);
    g_autofree char *models = call (program, "GET", "/api/open/v1/models", NULL, 200);
    g_autofree char *answer =
        call (program, "POST", "/api/open/v1/video/generations",
              "{\"model\":\"seedance-2.0\",\"prompt\":\"A boat\",\"duration\":4,\"resolution\":\"480p\"}", 200);
    g_autofree char *id = g_strndup (strstr (answer, "req_"), 36);

    wait_for_status (program, id, "succeeded");
    g_assert_true (g_str_has_prefix (program->base_url, "http://127.0.0.1:"));
    g_assert_true (g_str_has_prefix (program->key, "sd2_test_"));
    g_subprocess_send_signal (program->process, signals[i]);
    wait_for_end (program->process);
    g_assert_true (g_subprocess_get_successful (program->process));
    assert_silent (program->process);
  }
}

static void
test_keys (void)
{
  g_autofree char *folder = reel_test_make_folder ();
  const char *const arguments[] = {"--key", "sd2_test_a", "--key", "sd2_test_b",  "--owner", "one", "--credits",
                                   "40",    "--rate",     "100",   "--state-dir", folder,    NULL};
  g_autoptr (Program) program = program_new (arguments);
  g_autofree char *second = read_line (program, "key: ");
  static const char body[] = "{\"model\":\"seedance-2.0\",\"prompt\":\"[wait]\"}";
  g_autofree char *accepted = NULL;
  g_autofree char *refused = NULL;

  g_assert_cmpstr (program->key, ==, "sd2_test_a");
  g_assert_cmpstr (second, ==, "sd2_test_b");
  accepted = call (program, "POST", "/api/open/v1/video/generations", body, 200);
  /* The other key has the same owner, and the owner no credits left. */
  g_set_str (&program->key, second);
  refused = call (program, "POST", "/api/open/v1/video/generations", body, 402);
  g_subprocess_send_signal (program->process, SIGTERM);
  wait_for_end (program->process);
}

/* Killed in the middle of a job, as by a power cut; the next run goes on with it. */
static void
test_killed (void)
{
  g_autofree char *folder = reel_test_make_folder ();
  const char *const slow[] = {"--key", "sd2_test_a", "--speed", "0.001", "--state-dir", folder, NULL};
  const char *const fast[] = {"--key", "sd2_test_a", "--speed", "0", "--state-dir", folder, NULL};
  g_autofree char *id = NULL;

  {
    g_autoptr (Program) program = program_new (slow);
    g_autofree char *answer = call (program, "POST", "/api/open/v1/video/generations",
                                    "{\"model\":\"seedance-2.0\",\"prompt\":\"[fail]\"}", 200);

    id = g_strndup (strstr (answer, "req_"), 36);
    g_subprocess_force_exit (program->process);
    wait_for_end (program->process);
  }
  {
    g_autoptr (Program) program = program_new (fast);

    wait_for_status (program, id, "failed");
    g_subprocess_send_signal (program->process, SIGTERM);
    wait_for_end (program->process);
  }
}

static void
test_help (void)
{
  const char *const arguments[] = {"--help", NULL};
  g_autoptr (GSubprocess) process = spawn (arguments);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *text = NULL;
  guint n;
  const ReelSandboxWordInfo *words = reel_sandbox_words_list (&n);

  g_subprocess_communicate_utf8_async (process, NULL, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  g_assert_true (g_subprocess_communicate_utf8_finish (process, result, &text, NULL, NULL));
  g_assert_true (g_subprocess_get_successful (process));
  for (guint i = 0; i < n; i++) {
    g_assert_nonnull (strstr (text, words[i].text));
    g_assert_nonnull (strstr (text, words[i].description));
  }
  for (const char *const *option =
           (const char *[]){"--port", "--key", "--owner", "--speed", "--webhook-secret", "--webhook-url", "--state-dir",
                            "--credits", "--rate", "seedance-2.0 ", "documented prices", "example prices", NULL};
       *option != NULL; option++)
    g_assert_nonnull (strstr (text, *option));
}

static void
test_bad_arguments (void)
{
  g_autofree char *folder = reel_test_make_folder ();
  g_autofree char *file = g_build_filename (folder, "file", NULL);
  const char *const cases[][3] = {{"--port", "70000"}, {"--port", "x"},    {"--speed", "-1"},    {"--speed", "nan"},
                                  {"--rate", "-1"},    {"--nonsense", ""}, {"--state-dir", file}};

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GSubprocess) process = spawn (cases[i]);

    wait_for_end (process);
    g_assert_true (g_subprocess_get_if_exited (process));
    g_assert_cmpint (g_subprocess_get_exit_status (process), ==, g_str_equal (cases[i][0], "--state-dir") ? 1 : 2);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  program_path = g_getenv ("SEEDREEL_SANDBOX");
  g_assert_nonnull (program_path);
  g_test_add_func ("/sandbox/program/serves", test_serves);
  g_test_add_func ("/sandbox/program/keys", test_keys);
  g_test_add_func ("/sandbox/program/killed", test_killed);
  g_test_add_func ("/sandbox/program/help", test_help);
  g_test_add_func ("/sandbox/program/bad-arguments", test_bad_arguments);

  return g_test_run ();
}
