#include "config.h"

#include "reel-selection-actions.h"

#include <glib/gi18n-lib.h>

#include "reel-error-text.h"
#include "reel-save-copies.h"
#include "reel-save-name.h"

/* How many videos stand side by side. */
#define FEWEST_COMPARED 2
#define MOST_COMPARED   4

/**
 * ReelSelectionActions:
 *
 * What a person can do with all jobs that are selected: the actions `selection.*` of the window. Each reads the jobs
 * first, which the history need not have in memory.
 */
struct _ReelSelectionActions
{
  GObject parent_instance;

  ReelEngine *engine;
  ReelHistoryModel *model;
  ReelJobActions *job_actions;
  GSettings *settings;
  GtkWidget *widget;       /* weak: the window */
  AdwToastOverlay *toasts; /* weak */
  GSimpleActionGroup *group;
  GCancellable *cancellable;
  GCancellable *looking; /* whether what is selected can be compared */
  char **compared;       /* ids, where it can be */
  guint update_id;
};

G_DEFINE_FINAL_TYPE (ReelSelectionActions, reel_selection_actions, G_TYPE_OBJECT)

/* A deed while its jobs are read, or its copies are made. */
typedef struct
{
  ReelSelectionActions *actions;
  void (*act) (ReelSelectionActions *self, GPtrArray *jobs);
  GPtrArray *jobs;
  AdwToast *toast;
  GCancellable *cancellable;
} Deed;

static void
deed_free (Deed *self)
{
  g_object_unref (self->actions);
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  g_clear_object (&self->toast);
  g_clear_object (&self->cancellable);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Deed, deed_free)

static void
set_enabled (ReelSelectionActions *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->group), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
add_toast (ReelSelectionActions *self, const char *title)
{
  AdwToast *toast;

  if (self->toasts == NULL)
    return;

  toast = adw_toast_new (title);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
load_jobs (ReelSelectionActions *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GArray) positions = reel_history_model_dup_selected (self->model);

  reel_history_load_jobs_async (reel_history_model_get_history (self->model), (const guint *)positions->data,
                                positions->len, cancellable, callback, data);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Deed) deed = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs = reel_history_load_jobs_finish (REEL_HISTORY (source), result, &error);

  if (jobs != NULL)
    deed->act (deed->actions, jobs);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    add_toast (deed->actions, _ ("The history could not be read, so nothing was done"));
}

static void
act (ReelSelectionActions *self, void (*function) (ReelSelectionActions *self, GPtrArray *jobs))
{
  Deed *deed = g_new0 (Deed, 1);

  deed->actions = g_object_ref (self);
  deed->act = function;
  load_jobs (self, self->cancellable, on_loaded, deed);
}

static gboolean
can_compare (GtkWidget *widget)
{
  const char *name, *property;
  const GVariantType *type;
  GType owner;

  for (guint i = 0; gtk_widget_class_query_action (GTK_WIDGET_GET_CLASS (widget), i, &owner, &name, &type, &property);
       i++)
    if (g_str_equal (name, "win.compare"))
      return TRUE;

  return G_IS_ACTION_GROUP (widget) && g_action_group_has_action (G_ACTION_GROUP (widget), "compare");
}

/* Ids for the action, or NULL where one has no video. */
static char **
make_compared (GPtrArray *jobs)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < jobs->len; i++) {
    if (reel_job_get_state (jobs->pdata[i]) != REEL_JOB_READY)
      return NULL;
    g_strv_builder_add (ids, reel_job_get_id (jobs->pdata[i]));
  }

  return g_strv_builder_end (ids);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs = reel_history_load_jobs_finish (REEL_HISTORY (source), result, &error);
  ReelSelectionActions *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = data;
  g_clear_object (&self->looking);
  self->compared = jobs != NULL ? make_compared (jobs) : NULL;
  set_enabled (self, "compare", self->compared != NULL);
}

static gboolean
update (gpointer data)
{
  ReelSelectionActions *self = data;
  guint n = reel_history_model_get_n_selected (self->model);

  self->update_id = 0;
  set_enabled (self, "save-copies", n > 0);
  set_enabled (self, "favourite", n > 0);
  set_enabled (self, "delete", n > 0);

  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_pointer (&self->compared, g_strfreev);
  set_enabled (self, "compare", FALSE);
  if (n >= FEWEST_COMPARED && n <= MOST_COMPARED && self->widget != NULL && can_compare (self->widget)) {
    self->looking = g_cancellable_new ();
    load_jobs (self, self->looking, on_looked, self);
  }

  return G_SOURCE_REMOVE;
}

/* Once for all that changes while a person draws a rubber band. */
static void
queue_update (ReelSelectionActions *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add (update, self);
}

static void
favourite_jobs (ReelSelectionActions *self, GPtrArray *jobs)
{
  gboolean favourite = FALSE;

  for (guint i = 0; i < jobs->len; i++)
    favourite |= !reel_job_get_record (jobs->pdata[i])->favourite;
  for (guint i = 0; i < jobs->len; i++)
    reel_engine_set_favourite (self->engine, jobs->pdata[i], favourite);
}

static void
delete_jobs (ReelSelectionActions *self, GPtrArray *jobs)
{
  reel_job_actions_delete_jobs (self->job_actions, jobs);
}

static void
on_saved (guint done, guint n, gpointer data)
{
  Deed *deed = data;
  g_autofree char *title = NULL;

  if (done == n)
    return;

  /* Translators: the first %u is how many videos are copied so far, and one more. */
  title = g_strdup_printf (_ ("Saving video %u of %u"), done + 1, n);
  adw_toast_set_title (deed->toast, title);
}

static void
on_all_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Deed) deed = data;
  g_autoptr (GError) error = NULL;
  guint n_saved = reel_save_copies_finish (result, &error);
  guint n = deed->jobs->len;
  g_autofree char *title = NULL;

  adw_toast_dismiss (deed->toast);
  if (error != NULL) {
    g_autoptr (ReelErrorText) text = reel_error_text_new (error, REEL_ERROR_DOING_LOCAL);

    add_toast (deed->actions, text->title);
    return;
  }

  if (n_saved == n)
    title = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u video saved", "%u videos saved", n), n);
  else
    /* Translators: the first %u is how many of the second %u could be saved. */
    title =
        g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u of %u video saved", "%u of %u videos saved", n), n_saved, n);
  add_toast (deed->actions, title);
}

static void
on_folder_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Deed) deed = data;
  g_autoptr (GFile) folder = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (folder != NULL)
    reel_selection_actions_save_copies (deed->actions, deed->jobs, folder);
}

static void
save_jobs (ReelSelectionActions *self, GPtrArray *jobs)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  Deed *deed;
  guint n_videos = 0;

  for (guint i = 0; i < jobs->len; i++)
    n_videos += reel_job_get_state (jobs->pdata[i]) == REEL_JOB_READY;
  if (n_videos == 0 || self->widget == NULL) {
    add_toast (self, _ ("None of these has a video yet"));
    return;
  }

  deed = g_new0 (Deed, 1);
  deed->actions = g_object_ref (self);
  deed->jobs = g_ptr_array_ref (jobs);
  gtk_file_dialog_set_title (dialog, _ ("Save Copies In"));
  gtk_file_dialog_set_accept_label (dialog, _ ("_Save"));
  gtk_file_dialog_select_folder (dialog, GTK_WINDOW (self->widget), self->cancellable, on_folder_chosen, deed);
}

static void
save_copies (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  act (data, save_jobs);
}

static void
favourite (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  act (data, favourite_jobs);
}

static void delete (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  act (data, delete_jobs);
}

static void
compare (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelSelectionActions *self = data;

  if (self->widget != NULL)
    gtk_widget_activate_action (self->widget, "win.compare", "^as", self->compared);
}

static void
reel_selection_actions_dispose (GObject *object)
{
  ReelSelectionActions *self = REEL_SELECTION_ACTIONS (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->looking);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->looking);
  g_clear_weak_pointer (&self->widget);
  g_clear_weak_pointer (&self->toasts);
  g_clear_object (&self->group);
  g_clear_object (&self->settings);
  g_clear_object (&self->job_actions);
  g_clear_object (&self->model);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->compared, g_strfreev);

  G_OBJECT_CLASS (reel_selection_actions_parent_class)->dispose (object);
}

static void
reel_selection_actions_class_init (ReelSelectionActionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reel_selection_actions_dispose;
}

static void
reel_selection_actions_init (ReelSelectionActions *self)
{
  static const GActionEntry entries[] = {
      {"save-copies", save_copies},
      {"favourite", favourite},
      {"delete", delete},
      {"compare", compare},
  };

  self->cancellable = g_cancellable_new ();
  self->group = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->group), entries, G_N_ELEMENTS (entries), self);
}

/**
 * reel_selection_actions_new:
 * @engine: (transfer none): what acts
 * @model: (transfer none): what is selected
 * @job_actions: (transfer none): what asks before it deletes
 * @settings: (transfer none): for the names of copies
 * @widget: (transfer none): the window; it gets the actions, and owns the result
 * @toasts: (transfer none): where results are told
 *
 * Makes the actions.
 *
 * Returns: (transfer full): the actions
 */
ReelSelectionActions *
reel_selection_actions_new (ReelEngine *engine,
                            ReelHistoryModel *model,
                            ReelJobActions *job_actions,
                            GSettings *settings,
                            GtkWidget *widget,
                            AdwToastOverlay *toasts)
{
  ReelSelectionActions *self = g_object_new (REEL_TYPE_SELECTION_ACTIONS, NULL);

  g_return_val_if_fail (GTK_IS_WIDGET (widget), self);

  self->engine = g_object_ref (engine);
  self->model = g_object_ref (model);
  self->job_actions = g_object_ref (job_actions);
  self->settings = g_object_ref (settings);
  g_set_weak_pointer (&self->widget, widget);
  g_set_weak_pointer (&self->toasts, toasts);
  g_signal_connect_object (model, "selection-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  update (self);
  gtk_widget_insert_action_group (widget, "selection", G_ACTION_GROUP (self->group));

  return self;
}

/**
 * reel_selection_actions_save_copies:
 * @jobs: (element-type ReelJob): jobs
 * @folder: where to
 *
 * Copies the videos of jobs into a folder, and tells how far that is. It can be stopped.
 */
void
reel_selection_actions_save_copies (ReelSelectionActions *self, GPtrArray *jobs, GFile *folder)
{
  g_autofree char *pattern = NULL;
  Deed *deed;

  g_return_if_fail (REEL_IS_SELECTION_ACTIONS (self) && jobs != NULL && G_IS_FILE (folder));

  if (self->toasts == NULL)
    return;

  pattern = g_settings_get_string (self->settings, REEL_SAVE_NAME_KEY);
  deed = g_new0 (Deed, 1);
  deed->actions = g_object_ref (self);
  deed->jobs = g_ptr_array_ref (jobs);
  deed->cancellable = g_cancellable_new ();
  deed->toast = adw_toast_new (_ ("Saving copies"));
  adw_toast_set_use_markup (deed->toast, FALSE);
  adw_toast_set_timeout (deed->toast, 0);
  adw_toast_set_button_label (deed->toast, _ ("Stop"));
  g_signal_connect_object (deed->toast, "button-clicked", G_CALLBACK (g_cancellable_cancel), deed->cancellable,
                           G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toasts, g_object_ref (deed->toast));
  reel_save_copies_async (jobs, folder, pattern, deed->cancellable, on_saved, on_all_saved, deed);
}
