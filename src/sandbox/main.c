#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <locale.h>

#include "reel-sandbox.h"

/* What the command line says. */
typedef struct
{
  int port;
  char **keys;
  char *owner;
  double speed;
  char *webhook_secret;
  char *webhook_url;
  char *state_dir;
  gint64 credits;
  int rate;
} Arguments;

/* The running program. */
typedef struct
{
  GMainLoop *loop;
  char **keys; /* borrowed */
  int status;
} Program;

static void
clear_arguments (Arguments *self)
{
  g_strfreev (self->keys);
  g_free (self->owner);
  g_free (self->webhook_secret);
  g_free (self->webhook_url);
  g_free (self->state_dir);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, clear_arguments)

static gboolean
on_signal (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_CONTINUE;
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Program *program = user_data;
  g_autoptr (GError) error = NULL;

  if (!reel_sandbox_start_finish (REEL_SANDBOX (source), result, &error)) {
    g_printerr ("seedreel-sandbox: %s\n", error->message);
    program->status = 1;
    g_main_loop_quit (program->loop);
    return;
  }

  g_print ("base-url: %s\n", reel_sandbox_get_base_url (REEL_SANDBOX (source)));
  for (guint i = 0; program->keys[i] != NULL; i++)
    g_print ("key: %s\n", program->keys[i]);
  fflush (stdout);
}

static gboolean
parse (Arguments *arguments, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
      {"port", 0, 0, G_OPTION_ARG_INT, &arguments->port, N_ ("Port to listen on (default: the system picks one)"),
       N_ ("PORT")},
      {"key", 0, 0, G_OPTION_ARG_STRING_ARRAY, &arguments->keys,
       N_ ("API key to let in; can be given again (default: a new one)"), N_ ("KEY")},
      {"owner", 0, 0, G_OPTION_ARG_STRING, &arguments->owner,
       N_ ("Owner of the jobs of all keys (default: each key has its own)"), N_ ("NAME")},
      {"speed", 0, 0, G_OPTION_ARG_DOUBLE, &arguments->speed,
       N_ ("Divide the waiting times by this; 0 does not wait (default: 1)"), N_ ("FACTOR")},
      {"webhook-secret", 0, 0, G_OPTION_ARG_STRING, &arguments->webhook_secret, N_ ("Sign webhooks with this"),
       N_ ("SECRET")},
      {"webhook-url", 0, 0, G_OPTION_ARG_STRING, &arguments->webhook_url,
       N_ ("Send webhooks here where a request names no URL"), N_ ("URL")},
      {"state-dir", 0, 0, G_OPTION_ARG_FILENAME, &arguments->state_dir, N_ ("Folder of the jobs and videos"),
       N_ ("FOLDER")},
      {"credits", 0, 0, G_OPTION_ARG_INT64, &arguments->credits,
       N_ ("Credits that each owner starts with (default: without end)"), N_ ("CREDITS")},
      {"rate", 0, 0, G_OPTION_ARG_INT, &arguments->rate, N_ ("Requests a minute for each key (default: without end)"),
       N_ ("REQUESTS")},
      G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autofree char *words = reel_sandbox_describe_test_words ();
  g_autofree char *models = reel_sandbox_describe_models ();
  g_autofree char *description = g_strconcat (
      _ ("Models and prices for one second of video:"), "\n", models, "\n",
      _ ("A job costs 80 credits a dollar (an example), charged when it is accepted and never given back."), "\n\n",
      _ ("Words in a prompt that test a client:"), "\n", words, NULL);

  g_option_context_set_summary (context, _ ("Simulates the Seedance 2.0 Open API on this machine, with real videos."));
  g_option_context_set_description (context, description);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;

  if (*argc > 1 || arguments->port < 0 || arguments->port > G_MAXUINT16 || !(arguments->speed >= 0) ||
      arguments->speed > 1e6 || arguments->credits < -1 || arguments->rate < 0) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("An argument is not valid; see --help"));
    return FALSE;
  }

  return TRUE;
}

int
main (int argc, char **argv)
{
  g_auto (Arguments) arguments = {.speed = 1, .credits = -1};
  g_autoptr (GMainLoop) loop = NULL;
  g_autoptr (ReelSandbox) sandbox = NULL;
  g_autoptr (GError) error = NULL;
  Program program = {0};

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, REEL_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (!parse (&arguments, &argc, &argv, &error)) {
    g_printerr ("seedreel-sandbox: %s\n", error->message);
    return 2;
  }
  if (arguments.state_dir == NULL)
    arguments.state_dir = g_build_filename (g_get_user_cache_dir (), "seedreel-sandbox", NULL);
  if (arguments.keys == NULL) {
    arguments.keys = g_new0 (char *, 2);
    arguments.keys[0] = reel_sandbox_make_key ();
  }

  sandbox = g_object_new (REEL_TYPE_SANDBOX, "state-dir", arguments.state_dir, "port", (guint)arguments.port, "speed",
                          arguments.speed, "webhook-secret", arguments.webhook_secret, "webhook-url",
                          arguments.webhook_url, "credits", arguments.credits, "rate", (guint)arguments.rate, NULL);
  for (guint i = 0; arguments.keys[i] != NULL; i++)
    reel_sandbox_add_key (sandbox, arguments.keys[i], arguments.owner != NULL ? arguments.owner : arguments.keys[i]);

  loop = g_main_loop_new (NULL, FALSE);
  program.loop = loop;
  program.keys = arguments.keys;
  g_unix_signal_add (SIGTERM, on_signal, loop);
  g_unix_signal_add (SIGINT, on_signal, loop);
  reel_sandbox_start_async (sandbox, NULL, on_started, &program);
  g_main_loop_run (loop);
  reel_sandbox_stop (sandbox);

  return program.status;
}
