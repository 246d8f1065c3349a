#include "config.h"

#include "reel-job-actions-private.h"

#include <glib/gi18n-lib.h>

#include "reel-delete-dialog.h"
#include "reel-removal-toast.h"

static void
on_ended (ReelRemoval *removal, ReelJobDeed *deletion)
{
  g_autofree char *kept = reel_removal_toast_make_kept (removal);

  if (kept != NULL)
    reel_job_actions_add_toast (deletion->actions, kept);
}

/* Those that a person may have asked for, and that are closed by now. */
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

  name = reel_removal_toast_quote (jobs->pdata[0]);

  /* Translators: %s is the beginning of a prompt. */
  return g_strdup_printf (_ ("“%s” deleted"), name);
}

static void
on_delete_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelJobActions) self = data;
  g_autoptr (GPtrArray) asked = NULL, jobs = NULL;
  g_autoptr (ReelRemoval) removal = NULL;
  g_autofree char *title = NULL;
  gboolean trash_files;

  asked = reel_delete_dialog_choose_finish (ADW_ALERT_DIALOG (source), result, &trash_files);
  jobs = asked != NULL ? find_closed (asked) : NULL;
  if (jobs == NULL || jobs->len == 0 || self->toasts == NULL)
    return;

  title = make_title (jobs);
  removal = reel_engine_remove_jobs (self->engine, jobs, trash_files ? REEL_REMOVE_JOBS_AND_FILES : REEL_REMOVE_JOBS);
  g_signal_connect_data (removal, "ended", G_CALLBACK (on_ended), reel_job_deed_new (self, jobs->pdata[0]),
                         reel_job_deed_notify, G_CONNECT_DEFAULT);
  adw_toast_overlay_add_toast (self->toasts, reel_removal_toast_new (removal, title));
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
  g_autofree char *name = reel_removal_toast_quote (self->job), *title = NULL;
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

  toast = adw_toast_new (title);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _ ("Undo"));
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
 * @jobs: (element-type ReelJob): the jobs that a person has chosen; those that are not closed stay
 *
 * Asks whether jobs are to be deleted, and whether their files go too; one toast undoes it all.
 */
void
reel_job_actions_delete_jobs (ReelJobActions *self, GPtrArray *jobs)
{
  g_autoptr (GPtrArray) closed = NULL;

  g_return_if_fail (REEL_IS_JOB_ACTIONS (self) && jobs != NULL);

  closed = find_closed (jobs);
  if (closed->len > 0)
    reel_delete_dialog_choose (closed, self->widget, self->cancellable, on_delete_answered, g_object_ref (self));
}
