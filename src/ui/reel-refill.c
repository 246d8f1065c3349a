#include "config.h"

#include "reel-refill.h"

#include <glib/gi18n-lib.h>

#include "reel-error.h"
#include "reel-line.h"

/* How much of the name of a file a toast quotes. */
#define MAX_NAME_CHARACTERS 60

/**
 * ReelRefill:
 *
 * Fills the form with what a saved video was made with: one that is dropped on a widget, or chosen in a dialog.
 */
struct _ReelRefill
{
  GObject parent_instance;

  ReelEngine *engine;
  GtkWidget *widget; /* weak */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (ReelRefill, reel_refill, G_TYPE_OBJECT)

enum
{
  FOUND,
  NOTICE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* A file on its way to the form. */
typedef struct
{
  ReelRefill *refill; /* owned */
  GFile *file;        /* owned */
} Reading;

static void
reading_free (Reading *self)
{
  g_object_unref (self->refill);
  g_object_unref (self->file);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static char *
quote (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *shown = name != NULL ? g_filename_display_name (name) : g_file_get_uri (file);

  return reel_line_make (shown, MAX_NAME_CHARACTERS);
}

static char *
explain (const GError *error, const char *name)
{
  if (error == NULL)
    /* Translators: %s is the name of a file. */
    return g_strdup_printf (_ ("“%s” does not say what it was made with"), name);
  if (g_error_matches (error, REEL_ERROR, REEL_ERROR_FILE))
    /* Translators: %s is the name of a file. */
    return g_strdup_printf (_ ("“%s” could not be read"), name);
  if (g_error_matches (error, REEL_ERROR, REEL_ERROR_NOT_A_VIDEO))
    /* Translators: %s is the name of a file. */
    return g_strdup_printf (_ ("“%s” is no MP4 video"), name);
  if (g_error_matches (error, REEL_ERROR, REEL_ERROR_TRUNCATED))
    /* Translators: %s is the name of a file. */
    return g_strdup_printf (_ ("“%s” is cut off and does not say what it was made with"), name);

  /* Translators: %s is the name of a file. */
  return g_strdup_printf (_ ("The settings in “%s” cannot be used"), name);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Reading) reading = data;
  ReelRefill *self = reading->refill;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelRequest) request = reel_engine_read_settings_finish (REEL_ENGINE (source), result, &error);
  g_autofree char *name = NULL, *sentence = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  name = quote (reading->file);
  if (request != NULL)
    g_signal_emit (self, signals[FOUND], 0, request);
  /* Translators: %s is the name of a file. */
  sentence = request != NULL ? g_strdup_printf (_ ("The form has the settings of “%s”"), name) : explain (error, name);
  g_signal_emit (self, signals[NOTICE], 0, sentence);
}

static gboolean
on_accept (GtkDropTarget *target, GdkDrop *drop, gpointer data)
{
  g_autoptr (GdkContentFormats) formats =
      gdk_content_formats_union_deserialize_gtypes (gdk_content_formats_ref (gdk_drop_get_formats (drop)));

  /* A video on its way out of the window changes nothing when it is let go before. */
  return gdk_drop_get_drag (drop) == NULL && gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, ReelRefill *self)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

  /* A link from a browser comes as a file too. */
  if (files == NULL || g_file_peek_path (files->data) == NULL)
    return FALSE;

  reel_refill_take_file (self, files->data);

  return TRUE;
}

static void
on_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelRefill) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL)
    reel_refill_take_file (self, file);
}

static void
reel_refill_dispose (GObject *object)
{
  ReelRefill *self = REEL_REFILL (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->widget);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (reel_refill_parent_class)->dispose (object);
}

static void
reel_refill_class_init (ReelRefillClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reel_refill_dispose;

  /**
   * ReelRefill::found:
   * @request: a request with the settings of a video
   *
   * Emitted when the form is to be filled with them.
   */
  signals[FOUND] = g_signal_new ("found", REEL_TYPE_REFILL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 REEL_TYPE_REQUEST);
  /**
   * ReelRefill::notice:
   * @sentence: plain text
   *
   * Emitted to tell what became of a file.
   */
  signals[NOTICE] =
      g_signal_new ("notice", REEL_TYPE_REFILL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
reel_refill_init (ReelRefill *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * reel_refill_new:
 * @engine: (transfer none): what reads files
 * @widget: (transfer none): where files can be dropped; it owns the result
 *
 * Makes it.
 *
 * Returns: (transfer full): the refill
 */
ReelRefill *
reel_refill_new (ReelEngine *engine, GtkWidget *widget)
{
  ReelRefill *self = g_object_new (REEL_TYPE_REFILL, NULL);
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->engine = g_object_ref (engine);
  g_set_weak_pointer (&self->widget, widget);
  g_signal_connect (target, "accept", G_CALLBACK (on_accept), NULL);
  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));

  return self;
}

/**
 * reel_refill_take_file:
 * @file: any file
 *
 * Reads what a video was made with and says so; the file before, where it is still being read, is forgotten.
 */
void
reel_refill_take_file (ReelRefill *self, GFile *file)
{
  Reading *reading;

  g_return_if_fail (REEL_IS_REFILL (self) && G_IS_FILE (file));

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();

  reading = g_new0 (Reading, 1);
  reading->refill = g_object_ref (self);
  reading->file = g_object_ref (file);
  reel_engine_read_settings_async (self->engine, file, self->cancellable, on_read, reading);
}

/**
 * reel_refill_choose_file:
 *
 * Lets a person choose the video.
 */
void
reel_refill_choose_file (ReelRefill *self)
{
  g_autoptr (GtkFileDialog) dialog = NULL;
  g_autoptr (GtkFileFilter) filter = NULL;

  g_return_if_fail (REEL_IS_REFILL (self));

  dialog = gtk_file_dialog_new ();
  filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, _ ("MP4 videos"));
  gtk_file_filter_add_suffix (filter, "mp4");
  gtk_file_dialog_set_title (dialog, _ ("Use the Settings of a Video"));
  gtk_file_dialog_set_initial_folder (dialog, reel_engine_get_library (self->engine));
  gtk_file_dialog_set_default_filter (dialog, filter);
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (self->widget)), self->cancellable, on_chosen,
                        g_object_ref (self));
}
