/* Seedreel without a window, to be killed at any moment: the engine as the application makes it, over a data folder.
 *
 *   SEEDREEL_BASE_URL=… SEEDREEL_API_KEY=… torture-client FOLDER
 *
 * Commands come in a line each: `submit PROMPT`, `send ID` (which is held), `cancel ID`, `retry ID` (its download) and
 * `quit`, which the end of the input means too. What happens goes out in a line each: `started`, `clicked ID PROMPT`, `stopped`, and for every change
 * `state ID STATE running|settled accepted|-`. */

#include "config.h"

#include <gio/gunixinputstream.h>
#include <stdio.h>
#include <string.h>

#include "reel-box-probe.h"
#include "reel-engine.h"

#define POLL_INTERVAL       20 /* milliseconds */
#define REQUESTS_PER_MINUTE 60000

typedef struct
{
  ReelEngine *engine;
  GDataInputStream *input;
  GMainLoop *loop;
  gboolean good;
} Client;

/* As in main(): nobody who looks at this process sees the key. */
static char *
take_variable (const char *name)
{
  char *value = getenv (name);
  char *copy = g_strdup (value);

  if (value != NULL)
    explicit_bzero (value, strlen (value));
  g_unsetenv (name);

  return copy;
}

static void G_GNUC_PRINTF (1, 2) say (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  vprintf (format, arguments);
  va_end (arguments);
  putchar ('\n');
  fflush (stdout);
}

static void
on_state (ReelJob *job)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (REEL_TYPE_JOB_STATE);
  const ReelJobRecord *record = reel_job_get_record (job);

  say ("state %s %s %s %s", record->id, g_enum_get_value (states, reel_job_get_state (job))->value_nick,
       reel_job_record_is_running (record) ? "running" : "settled", record->request_id != NULL ? "accepted" : "-");
}

static void
on_items_changed (GListModel *jobs, guint position, guint removed, guint added, gpointer data)
{
  for (guint i = position; i < position + added; i++) {
    g_autoptr (ReelJob) job = g_list_model_get_item (jobs, i);

    g_signal_connect (job, "notify::state", G_CALLBACK (on_state), NULL);
    if (reel_job_record_is_running (reel_job_get_record (job)))
      on_state (job);
  }
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer data)
{
  Client *client = data;
  g_autoptr (GError) error = NULL;

  client->good = reel_engine_stop_finish (REEL_ENGINE (source), result, &error);
  if (!client->good)
    g_printerr ("The history could not be closed: %s\n", error->message);
  g_main_loop_quit (client->loop);
}

static void
submit (Client *client, const char *prompt)
{
  g_autoptr (ReelRequest) request = g_object_new (REEL_TYPE_REQUEST, "model", "seedance-2.0", "prompt", prompt,
                                                  "duration", 4, "aspect-ratio", "16:9", "resolution", "480p", NULL);

  say ("clicked %s %s", reel_job_get_id (reel_engine_submit (client->engine, request)), prompt);
}

/* Does with a job what was said, once it is read. */
static void
on_job_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree char *word = data;
  ReelEngine *engine = REEL_ENGINE (source);
  g_autoptr (ReelJob) job = reel_engine_find_job_finish (engine, result, NULL);

  if (job == NULL)
    return;

  if (g_str_equal (word, "send"))
    reel_engine_send_held (engine, job);
  else if (g_str_equal (word, "cancel"))
    reel_engine_cancel_job_async (engine, job, NULL, NULL);
  else if (g_str_equal (word, "retry"))
    reel_engine_retry_download (engine, job);
}

/* Returns whether there is more to come. */
static gboolean
obey (Client *client, const char *line)
{
  const char *argument = strchr (line, ' ');

  if (argument == NULL)
    return FALSE;

  argument++;
  if (g_str_has_prefix (line, "submit ")) {
    submit (client, argument);
    return TRUE;
  }

  reel_engine_find_job_async (client->engine, argument, NULL, on_job_found,
                              g_strndup (line, (gsize)(argument - 1 - line)));

  return TRUE;
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer data)
{
  Client *client = data;
  g_autofree char *line = g_data_input_stream_read_line_finish_utf8 (client->input, result, NULL, NULL);

  if (line != NULL && obey (client, line))
    g_data_input_stream_read_line_async (client->input, G_PRIORITY_DEFAULT, NULL, on_line, client);
  else
    reel_engine_stop_async (client->engine, on_stopped, client);
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer data)
{
  Client *client = data;
  g_autoptr (GError) error = NULL;

  if (!reel_engine_start_finish (REEL_ENGINE (source), result, &error)) {
    g_printerr ("The history could not be opened: %s\n", error->message);
    g_main_loop_quit (client->loop);
    return;
  }

  say ("started");
  g_data_input_stream_read_line_async (client->input, G_PRIORITY_DEFAULT, NULL, on_line, client);
}

static ReelEngine *
make_engine (const char *folder, const char *base_url, const char *key)
{
  g_autofree char *store = g_build_filename (folder, "seedreel.db", NULL);
  g_autoptr (GFile) library = g_file_new_build_filename (folder, "library", NULL);
  g_autoptr (ReelFileProbe) probe = reel_box_probe_new ();

  reel_box_probe_set_labels (probe, REEL_BOX_PROBE_LABELS);

  return g_object_new (REEL_TYPE_ENGINE, "store-path", store, "probe", probe, "library", library,
                       "environment-base-url", base_url, "environment-key", key, "poll-interval", POLL_INTERVAL,
                       "requests-per-minute", REQUESTS_PER_MINUTE, NULL);
}

int
main (int argc, char **argv)
{
  g_autofree char *base_url = take_variable ("SEEDREEL_BASE_URL");
  g_autofree char *key = take_variable ("SEEDREEL_API_KEY");
  g_autoptr (GInputStream) stream = g_unix_input_stream_new (0, FALSE);
  g_autoptr (GDataInputStream) input = g_data_input_stream_new (stream);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Client client = {.input = input, .loop = loop};
  g_autoptr (GObject) left = NULL;
  GWeakRef gone;

  if (argc != 2 || base_url == NULL || key == NULL) {
    g_printerr ("SEEDREEL_BASE_URL=… SEEDREEL_API_KEY=… torture-client FOLDER\n");
    return 2;
  }

  client.engine = make_engine (argv[1], base_url, key);
  g_signal_connect (reel_engine_get_jobs (client.engine), "items-changed", G_CALLBACK (on_items_changed), NULL);
  reel_engine_start_async (client.engine, NULL, on_started, &client);
  g_main_loop_run (loop);

  /* What was cancelled tells so on the main loop, and holds the engine until then. */
  g_weak_ref_init (&gone, client.engine);
  g_clear_object (&client.engine);
  while ((left = g_weak_ref_get (&gone)) != NULL) {
    g_clear_object (&left);
    g_main_context_iteration (NULL, TRUE);
  }
  g_weak_ref_clear (&gone);

  say ("stopped");

  return client.good ? 0 : 1;
}
