#include "config.h"

#include "reel-job-actions-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "reel-frame.h"

/* A frame on its way out of the window. */
typedef struct
{
  ReelJobActions *actions; /* owned */
  char *name;
  GdkTexture *frame; /* owned */
  GFile *file;       /* owned */
} Taking;

static void
taking_free (Taking *self)
{
  g_object_unref (self->actions);
  g_free (self->name);
  g_clear_object (&self->frame);
  g_clear_object (&self->file);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Taking, taking_free)

static void
tell_error (ReelJobActions *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    reel_job_actions_add_error_toast (self, error, REEL_ERROR_DOING_LOCAL);
}

/* The name of the video and the number of the frame; people count from one. */
static char *
make_name (GFile *video, gint64 frame)
{
  g_autofree char *name = g_file_get_basename (video);

  if (g_str_has_suffix (name, ".mp4"))
    name[strlen (name) - strlen (".mp4")] = '\0';

  /* Translators: the name of a picture. %s is the name of its video, the number that of the frame. */
  return g_strdup_printf (_ ("%s frame %04d.png"), name, (int)MIN (frame + 1, G_MAXINT));
}

/* Takes the frame that is shown now, whatever is shown when it has come. */
static void
take (ReelJobActions *self, GAsyncReadyCallback callback)
{
  g_autoptr (GFile) video = NULL;
  gint64 frame, time;
  Taking *taking;

  if (self->page == NULL || !reel_detail_page_find_frame (self->page, &video, &frame, &time)) {
    reel_job_actions_add_toast (self, _ ("No picture is shown yet"));
    return;
  }

  taking = g_new0 (Taking, 1);
  taking->actions = g_object_ref (self);
  taking->name = make_name (video, frame);
  reel_frame_load_async (video, time, self->cancellable, callback, taking);
}

static void
on_copy_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Taking) taking = data;
  ReelJobActions *self = taking->actions;
  g_autoptr (GError) error = NULL;

  taking->frame = reel_frame_load_finish (result, &error);
  if (taking->frame == NULL) {
    tell_error (self, error);
    return;
  }
  if (self->widget == NULL)
    return;

  gdk_clipboard_set_texture (gtk_widget_get_clipboard (self->widget), taking->frame);
  reel_job_actions_add_toast (self, _ ("Frame copied"));
}

static void
copy_frame (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  take (data, on_copy_loaded);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Taking) taking = data;
  g_autofree char *name = g_file_get_basename (taking->file), *title = NULL;
  g_autoptr (GError) error = NULL;

  if (!reel_frame_save_finish (result, &error)) {
    tell_error (taking->actions, error);
    return;
  }

  /* Translators: %s is the name of a file. */
  title = g_strdup_printf (_ ("Saved as “%s”"), name);
  reel_job_actions_add_toast (taking->actions, title);
}

static void
on_save_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Taking) taking = data;

  taking->file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  if (taking->file != NULL) {
    GCancellable *cancellable = taking->actions->cancellable;

    reel_frame_save_async (taking->frame, taking->file, cancellable, on_saved, taking);
    taking = NULL;
  }
}

static void
on_save_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Taking) taking = data;
  ReelJobActions *self = taking->actions;
  const char *pictures;
  g_autoptr (GFile) folder = NULL;
  g_autoptr (GtkFileDialog) dialog = NULL;
  g_autoptr (GError) error = NULL;

  taking->frame = reel_frame_load_finish (result, &error);
  if (taking->frame == NULL) {
    tell_error (self, error);
    return;
  }
  if (self->widget == NULL)
    return;

  pictures = g_get_user_special_dir (G_USER_DIRECTORY_PICTURES);
  folder = g_file_new_for_path (pictures != NULL ? pictures : g_get_home_dir ());
  dialog = gtk_file_dialog_new ();
  gtk_file_dialog_set_title (dialog, _ ("Save Frame"));
  gtk_file_dialog_set_initial_name (dialog, taking->name);
  gtk_file_dialog_set_initial_folder (dialog, folder);
  gtk_file_dialog_save (dialog, reel_job_actions_get_window (self), self->cancellable, on_save_chosen,
                        g_steal_pointer (&taking));
}

static void
save_frame (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  take (data, on_save_loaded);
}

/**
 * reel_job_actions_add_frame_entries:
 *
 * Adds what is done with the frame that is shown.
 */
void
reel_job_actions_add_frame_entries (ReelJobActions *self)
{
  static const GActionEntry entries[] = {
      {"save-frame", save_frame},
      {"copy-frame", copy_frame},
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self->group), entries, G_N_ELEMENTS (entries), self);
}
