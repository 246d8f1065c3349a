#include "config.h"

#include "reel-job-actions-private.h"

#include <glib/gi18n-lib.h>

#include "reel-delete-dialog.h"

/* How much of a prompt a toast quotes. */
#define MAX_QUOTED_CHARACTERS 40

static char *
quote (ReelJob *job)
{
  const char *title = reel_job_get_title (job);

  if (g_utf8_strlen (title, -1) <= MAX_QUOTED_CHARACTERS)
    return g_strdup (title);

  return g_utf8_truncate_middle (title, MAX_QUOTED_CHARACTERS);
}

/* Jobs that were deleted as one, for as long as that can be undone. */
typedef struct
{
  ReelJobActions *actions;
  GPtrArray *jobs;
} Deletion;

static void
deletion_free (gpointer data, GClosure *closure)
{
  Deletion *deletion = data;

  g_object_unref (deletion->actions);
  g_ptr_array_unref (deletion->jobs);
  g_free (deletion);
}

static Deletion *
deletion_new (ReelJobActions *actions, GPtrArray *jobs)
{
  Deletion *deletion = g_new0 (Deletion, 1);

  deletion->actions = g_object_ref (actions);
  deletion->jobs = g_ptr_array_ref (jobs);

  return deletion;
}

static AdwToast *
make_undo_toast (const char *title)
{
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _ ("Undo"));

  return toast;
}

static void
on_undo (AdwToast *toast, Deletion *deletion)
{
  ReelJobActions *self = deletion->actions;

  for (guint i = 0; i < deletion->jobs->len; i++)
    if (g_hash_table_remove (self->deleted, deletion->jobs->pdata[i]))
      reel_engine_restore_job (self->engine, deletion->jobs->pdata[i]);
}

static void
on_purged (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelJobDeed) deletion = data;
  g_autofree char *name = NULL, *title = NULL;

  if (reel_engine_purge_job_finish (REEL_ENGINE (source), result, NULL))
    return;

  name = quote (deletion->job);
  /* Translators: %s is the beginning of a prompt. */
  title = g_strdup_printf (_ ("The file of “%s” could not be moved to the Trash, so it is kept"), name);
  reel_job_actions_add_toast (deletion->actions, title);
}

static void
on_undo_over (AdwToast *toast, Deletion *deletion)
{
  ReelJobActions *self = deletion->actions;

  for (guint i = 0; i < deletion->jobs->len; i++) {
    gpointer trash_file = NULL;

    if (g_hash_table_steal_extended (self->deleted, deletion->jobs->pdata[i], NULL, &trash_file))
      reel_engine_purge_job_async (self->engine, deletion->jobs->pdata[i], GPOINTER_TO_INT (trash_file), on_purged,
                                   reel_job_deed_new (self, deletion->jobs->pdata[i]));
  }
}

/* Those that are closed: a person may have asked for more. */
static GPtrArray *
find_closed (GPtrArray *jobs)
{
  GPtrArray *closed = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < jobs->len; i++)
    if (reel_job_record_is_closed (reel_job_get_record (jobs->pdata[i])))
      g_ptr_array_add (closed, g_object_ref (jobs->pdata[i]));

  return closed;
}

static char *
make_title (GPtrArray *jobs)
{
  g_autofree char *name = NULL;

  if (jobs->len > 1)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u video deleted", "%u videos deleted", jobs->len),
                            jobs->len);

  name = quote (jobs->pdata[0]);

  /* Translators: %s is the beginning of a prompt. */
  return g_strdup_printf (_ ("“%s” deleted"), name);
}

static void
on_delete_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelJobActions) self = data;
  g_autoptr (GPtrArray) asked = NULL, jobs = NULL;
  g_autofree char *title = NULL;
  gboolean trash_files;
  AdwToast *toast;

  asked = reel_delete_dialog_choose_finish (ADW_ALERT_DIALOG (source), result, &trash_files);
  jobs = asked != NULL ? find_closed (asked) : NULL;
  if (jobs == NULL || jobs->len == 0 || self->toasts == NULL)
    return;

  for (guint i = 0; i < jobs->len; i++) {
    g_hash_table_insert (self->deleted, g_object_ref (jobs->pdata[i]), GINT_TO_POINTER (trash_files));
    reel_engine_remove_job (self->engine, jobs->pdata[i]);
  }

  title = make_title (jobs);
  toast = make_undo_toast (title);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_undo), deletion_new (self, jobs), deletion_free,
                         G_CONNECT_DEFAULT);
  g_signal_connect_data (toast, "dismissed", G_CALLBACK (on_undo_over), deletion_new (self, jobs), deletion_free,
                         G_CONNECT_DEFAULT);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
on_undo_hiding (AdwToast *toast, ReelJobDeed *hiding)
{
  reel_engine_show_job (hiding->actions->engine, hiding->job);
}

static void
hide (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelJobActions *self = data;
  g_autofree char *name = quote (self->job), *title = NULL;
  AdwToast *toast;

  if (reel_job_record_is_running (reel_job_get_record (self->job)))
    /* Translators: %s is the beginning of a prompt. The job is still running. */
    title = g_strdup_printf (_ ("“%s” is hidden and goes on"), name);
  else
    /* Translators: %s is the beginning of a prompt. */
    title = g_strdup_printf (_ ("“%s” hidden"), name);

  reel_engine_hide_job (self->engine, self->job);
  if (self->toasts == NULL)
    return;

  toast = make_undo_toast (title);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_undo_hiding), reel_job_deed_new (self, self->job),
                         reel_job_deed_notify, G_CONNECT_DEFAULT);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
show (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelJobActions *self = data;

  reel_engine_show_job (self->engine, self->job);
  reel_job_actions_add_toast (self, _ ("It is in the history again"));
}

static void delete (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelJobActions *self = data;
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (jobs, g_object_ref (self->job));
  reel_job_actions_delete_jobs (self, jobs);
}

/**
 * reel_job_actions_add_delete_entries:
 *
 * Adds the ways out of the history.
 */
void
reel_job_actions_add_delete_entries (ReelJobActions *self)
{
  static const GActionEntry entries[] = {
      {"hide", hide},
      {"show", show},
      {"delete", delete},
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self->group), entries, G_N_ELEMENTS (entries), self);
}

/**
 * reel_job_actions_delete_jobs:
 * @jobs: (transfer none) (element-type ReelJob): jobs
 *
 * Asks, and deletes those of the jobs that are closed, as one deed that can be undone as one.
 */
void
reel_job_actions_delete_jobs (ReelJobActions *self, GPtrArray *jobs)
{
  g_autoptr (GPtrArray) closed = NULL;

  g_return_if_fail (REEL_IS_JOB_ACTIONS (self) && jobs != NULL);

  closed = find_closed (jobs);
  if (closed->len == 0) {
    reel_job_actions_add_toast (self, _ ("None of these can be deleted yet"));
    return;
  }

  reel_delete_dialog_choose (closed, self->widget, self->cancellable, on_delete_answered, g_object_ref (self));
}

/**
 * reel_job_actions_flush:
 *
 * Makes every deletion final that could still be undone. Call it when the window closes.
 */
void
reel_job_actions_flush (ReelJobActions *self)
{
  GHashTableIter iter;
  gpointer job, trash_file;

  g_return_if_fail (REEL_IS_JOB_ACTIONS (self));

  g_hash_table_iter_init (&iter, self->deleted);
  while (g_hash_table_iter_next (&iter, &job, &trash_file)) {
    reel_engine_purge_job_async (self->engine, job, GPOINTER_TO_INT (trash_file), NULL, NULL);
    g_hash_table_iter_remove (&iter);
  }
}
