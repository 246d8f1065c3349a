#include "config.h"

#include "reel-application-private.h"

#include <glib/gi18n-lib.h>

#include "reel-background-dialog.h"
#include "reel-help.h"

/* What the menus and the desktop can ask for. What is about the history waits until it is read, also where the process was
 * started for it, or was about to end. */

typedef struct
{
  ReelErrandFunc run;
  char *text;
  gboolean in_window; /* of no use once it was closed */
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_free (errand->text);
  g_free (errand);
}

static void
add_errand (ReelApplication *self, ReelErrandFunc run, const char *text, gboolean in_window)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->run = run;
  errand->text = g_strdup (text);
  errand->in_window = in_window;
  g_queue_push_tail (&self->errands, errand);
  reel_application_update (self);
}

/* An errand that needs the window. */
static void
add_window_errand (ReelApplication *self, ReelErrandFunc run, const char *text)
{
  reel_application_open_window (self);
  add_errand (self, run, text, TRUE);
}

/* Asks the history for a job. The services stay until the answer is there. */
static void
find_job (ReelApplication *self, const char *id, GAsyncReadyCallback callback)
{
  self->n_errands++;
  reel_engine_find_job_async (reel_services_get_engine (self->services), id, NULL, callback, g_object_ref (self));
}

static ReelJob *
find_job_finish (ReelApplication *self, GObject *source, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  ReelJob *job = reel_engine_find_job_finish (REEL_ENGINE (source), result, &error);

  self->n_errands--;
  reel_application_update_later (self);
  if (error != NULL)
    g_message ("A job could not be read: %s", error->message);

  return job;
}

static void
on_job_to_open (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelApplication) self = data;
  g_autoptr (ReelJob) job = find_job_finish (self, source, result);
  ReelWindow *window = reel_application_get_window (self);

  if (window == NULL)
    return;

  if (job != NULL)
    reel_window_show_job (window, job);
  else
    reel_window_add_toast (window, _ ("This video is not in the history any more"));
}

static void
run_open_job (ReelApplication *self, const char *id)
{
  find_job (self, id, on_job_to_open);
}

static void
run_tell_no_folder (ReelApplication *self, const char *text)
{
  reel_window_add_toast (reel_application_get_window (self), _ ("The folder could not be opened"));
}

static void
on_folder_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelApplication) self = data;
  g_autoptr (GError) error = NULL;
  gboolean opened = gtk_file_launcher_open_containing_folder_finish (GTK_FILE_LAUNCHER (source), result, &error);

  self->n_errands--;
  reel_application_update_later (self);
  if (!opened && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    add_window_errand (self, run_tell_no_folder, NULL);
}

static void
on_job_to_show (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelApplication) self = data;
  g_autoptr (ReelJob) job = find_job_finish (self, source, result);
  g_autoptr (GFile) file = job != NULL ? reel_job_dup_file (job) : NULL;
  g_autoptr (GtkFileLauncher) launcher = NULL;

  if (file == NULL) {
    add_window_errand (self, run_open_job, job != NULL ? reel_job_get_id (job) : "");
    return;
  }

  launcher = gtk_file_launcher_new (file);
  self->n_errands++;
  gtk_file_launcher_open_containing_folder (launcher, GTK_WINDOW (reel_application_get_window (self)),
                                            self->cancellable, on_folder_opened, g_object_ref (self));
}

static void
run_show_in_files (ReelApplication *self, const char *id)
{
  find_job (self, id, on_job_to_show);
}

static void
run_generate (ReelApplication *self, const char *prompt)
{
  reel_window_fill_prompt (reel_application_get_window (self), prompt);
}

static void
run_new_video (ReelApplication *self, const char *text)
{
  gtk_widget_activate_action (GTK_WIDGET (reel_application_get_window (self)), "win.new-video", NULL);
}

static void
run_search (ReelApplication *self, const char *text)
{
  reel_window_search (reel_application_get_window (self), text);
}

static void
open_job (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  add_window_errand (data, run_open_job, g_variant_get_string (parameter, NULL));
}

static void
show_in_files (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  add_errand (data, run_show_in_files, g_variant_get_string (parameter, NULL), FALSE);
}

static void
generate (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  add_window_errand (data, run_generate, g_variant_get_string (parameter, NULL));
}

static void
new_video (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  add_window_errand (data, run_new_video, NULL);
}

static void
on_search_activated (ReelApplication *self, ReelJob *job)
{
  if (job != NULL)
    add_window_errand (self, run_open_job, reel_job_get_id (job));
  else
    reel_application_open_window (self);
}

static void
on_search_launched (ReelApplication *self, const char *text)
{
  add_window_errand (self, run_search, text);
}

/* To quit is to end, also for somebody who lets Seedreel work in the background; who was never asked is asked first. */
static void
quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelApplication *self = data;
  ReelWindow *window = reel_application_get_window (self);

  if (window != NULL && g_settings_get_enum (self->settings, REEL_ON_CLOSE_KEY) == REEL_ON_CLOSE_ASK)
    gtk_window_close (GTK_WINDOW (window));
  else
    reel_application_end (self);
}

static void
help (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelWindow *window = reel_application_get_window (data);

  if (window != NULL)
    reel_help_show (GTK_WINDOW (window));
}

static void
about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelApplication *self = data;
  AdwAboutDialog *dialog;
  const char *translators;

  if (reel_application_get_window (self) == NULL)
    return;

  dialog = ADW_ABOUT_DIALOG (adw_about_dialog_new ());
  adw_about_dialog_set_application_name (dialog, "Seedreel");
  adw_about_dialog_set_application_icon (dialog, REEL_APPLICATION_ID);
  adw_about_dialog_set_version (dialog, REEL_VERSION);
  adw_about_dialog_set_developer_name (dialog, _ ("The Seedreel contributors"));
  adw_about_dialog_set_comments (dialog, _ ("Make videos from words with the Seedance 2.0 Open API."));
  adw_about_dialog_set_website (dialog, "https://github.com/seedreel/seedreel");
  adw_about_dialog_set_issue_url (dialog, "https://github.com/seedreel/seedreel/issues");
  adw_about_dialog_set_license_type (dialog, GTK_LICENSE_GPL_3_0);
  /* Translators: your own names, one a line. */
  translators = _ ("translator-credits");
  if (g_strcmp0 (translators, "translator-credits") != 0)
    adw_about_dialog_set_translator_credits (dialog, translators);
  /* Its own asks for the narrowest window that is, and gets less where the window has a border. */
  gtk_widget_set_size_request (GTK_WIDGET (dialog), 320, -1);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (reel_application_get_window (self)));
}

/**
 * reel_application_add_actions:
 *
 * Adds the actions with their keys, and listens to the search of the desktop. None of them sends anything to the service.
 */
void
reel_application_add_actions (ReelApplication *self)
{
  static const GActionEntry entries[] = {
      {"about", about},
      {"generate", generate, "s"},
      {"help", help},
      {"new-video", new_video},
      {"open-job", open_job, "s"},
      {"quit", quit},
      {"show-in-files", show_in_files, "s"},
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.quit", (const char *[]){"<Control>q", NULL});
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "window.close", (const char *[]){"<Control>w", NULL});
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.help", (const char *[]){"F1", NULL});
  g_signal_connect_object (self->search, "activated", G_CALLBACK (on_search_activated), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "launched", G_CALLBACK (on_search_launched), self, G_CONNECT_SWAPPED);
}

/**
 * reel_application_run_errands:
 *
 * Does what waited for the history, which is read.
 */
void
reel_application_run_errands (ReelApplication *self)
{
  Errand *errand;

  while ((errand = g_queue_pop_head (&self->errands)) != NULL) {
    if (!errand->in_window || reel_application_get_window (self) != NULL)
      errand->run (self, errand->text);
    errand_free (errand);
  }
}

/**
 * reel_application_clear_errands:
 *
 * Forgets what was not done.
 */
void
reel_application_clear_errands (ReelApplication *self)
{
  g_queue_clear_full (&self->errands, errand_free);
}
