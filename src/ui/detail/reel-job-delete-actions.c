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

/* Tells what was done, for as long as it can be undone. */
static void
add_undo_toast (ReelJobDeed *deed, const char *title, GCallback on_undo, GCallback on_over)
{
  AdwToast *toast;

  if (deed->actions->toasts == NULL)
    return;

  toast = adw_toast_new (title);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _ ("Undo"));
  g_signal_connect_data (toast, "button-clicked", on_undo, reel_job_deed_new (deed->actions, deed->job),
                         reel_job_deed_notify, G_CONNECT_DEFAULT);
  if (on_over != NULL)
    g_signal_connect_data (toast, "dismissed", on_over, reel_job_deed_new (deed->actions, deed->job),
                           reel_job_deed_notify, G_CONNECT_DEFAULT);
  adw_toast_overlay_add_toast (deed->actions->toasts, toast);
}

static void
on_undo (AdwToast *toast, ReelJobDeed *deletion)
{
  ReelJobActions *self = deletion->actions;

  if (g_hash_table_remove (self->deleted, deletion->job))
    reel_engine_restore_job (self->engine, deletion->job);
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
on_undo_over (AdwToast *toast, ReelJobDeed *deletion)
{
  ReelJobActions *self = deletion->actions;
  gpointer trash_file = NULL;

  if (g_hash_table_steal_extended (self->deleted, deletion->job, NULL, &trash_file))
    reel_engine_purge_job_async (self->engine, deletion->job, GPOINTER_TO_INT (trash_file), on_purged,
                                 reel_job_deed_new (self, deletion->job));
}

static void
on_delete_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelJobDeed) asked = data;
  ReelJobActions *self = asked->actions;
  gboolean trash_file;
  g_autofree char *name = NULL, *title = NULL;

  if (!reel_delete_dialog_choose_finish (ADW_ALERT_DIALOG (source), result, &trash_file) || self->toasts == NULL ||
      reel_job_record_is_running (reel_job_get_record (asked->job)))
    return;

  name = quote (asked->job);
  /* Translators: %s is the beginning of a prompt. */
  title = g_strdup_printf (_ ("“%s” deleted"), name);
  g_hash_table_insert (self->deleted, g_object_ref (asked->job), GINT_TO_POINTER (trash_file));
  reel_engine_remove_job (self->engine, asked->job);
  add_undo_toast (asked, title, G_CALLBACK (on_undo), G_CALLBACK (on_undo_over));
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
  g_autoptr (ReelJobDeed) hiding = reel_job_deed_new (self, self->job);
  g_autofree char *name = quote (self->job), *title = NULL;

  if (reel_job_record_is_running (reel_job_get_record (self->job)))
    /* Translators: %s is the beginning of a prompt. The job is still running. */
    title = g_strdup_printf (_ ("“%s” is hidden and goes on"), name);
  else
    /* Translators: %s is the beginning of a prompt. */
    title = g_strdup_printf (_ ("“%s” hidden"), name);

  reel_engine_hide_job (self->engine, self->job);
  add_undo_toast (hiding, title, G_CALLBACK (on_undo_hiding), NULL);
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

  reel_delete_dialog_choose (self->job, self->widget, self->cancellable, on_delete_answered,
                             reel_job_deed_new (self, self->job));
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
