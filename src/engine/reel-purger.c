#include "config.h"

#include "reel-purger.h"

#include "reel-removal-private.h"

/* How long the end of the program waits for files on their way to the Trash, in milliseconds. */
#define PATIENCE_AT_END 3000

/**
 * ReelPurger:
 *
 * Keeps the removals that have not ended. Those that could still be undone when the program ends are carried out then.
 */
struct _ReelPurger
{
  GObject parent_instance;

  ReelJobBook *book;
  GPtrArray *removals; /* ReelRemoval, not ended */
  GTask *stopping;
  guint patience_id;
};

G_DEFINE_FINAL_TYPE (ReelPurger, reel_purger, G_TYPE_OBJECT)

static void
end_stop (ReelPurger *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->stopping);

  for (guint i = 0; i < self->removals->len; i++)
    reel_removal_abort (self->removals->pdata[i]);
  g_clear_handle_id (&self->patience_id, g_source_remove);
  g_task_return_boolean (task, TRUE);
}

static void
on_impatient (gpointer data)
{
  ReelPurger *self = data;

  self->patience_id = 0;
  end_stop (self);
}

static void
on_ended (ReelPurger *self, ReelRemoval *removal)
{
  g_signal_handlers_disconnect_by_func (removal, on_ended, self);
  g_ptr_array_remove (self->removals, removal);
  if (self->removals->len == 0 && self->stopping != NULL)
    end_stop (self);
}

static void
reel_purger_dispose (GObject *object)
{
  ReelPurger *self = REEL_PURGER (object);

  for (guint i = 0; i < self->removals->len; i++)
    reel_removal_abort (self->removals->pdata[i]);
  g_ptr_array_set_size (self->removals, 0);

  G_OBJECT_CLASS (reel_purger_parent_class)->dispose (object);
}

static void
reel_purger_finalize (GObject *object)
{
  ReelPurger *self = REEL_PURGER (object);

  g_clear_handle_id (&self->patience_id, g_source_remove);
  g_ptr_array_unref (self->removals);
  g_object_unref (self->book);

  G_OBJECT_CLASS (reel_purger_parent_class)->finalize (object);
}

static void
reel_purger_class_init (ReelPurgerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reel_purger_dispose;
  G_OBJECT_CLASS (klass)->finalize = reel_purger_finalize;
}

static void
reel_purger_init (ReelPurger *self)
{
  self->removals = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * reel_purger_new:
 * @book: where jobs are written
 *
 * Makes a purger.
 *
 * Returns: (transfer full): the purger
 */
ReelPurger *
reel_purger_new (ReelJobBook *book)
{
  ReelPurger *self = g_object_new (REEL_TYPE_PURGER, NULL);

  self->book = g_object_ref (book);

  return self;
}

/**
 * reel_purger_remove:
 * @jobs: (element-type ReelJob): jobs
 * @what: what is removed
 *
 * Begins to remove jobs, as one deed that can be undone as one.
 *
 * Returns: (transfer full): the removal; carry it out or undo it
 */
ReelRemoval *
reel_purger_remove (ReelPurger *self, GPtrArray *jobs, ReelRemovalWhat what)
{
  ReelRemoval *removal = reel_removal_new (self->book, jobs, what);

  g_ptr_array_add (self->removals, g_object_ref (removal));
  g_signal_connect_object (removal, "ended", G_CALLBACK (on_ended), self, G_CONNECT_SWAPPED);

  return removal;
}

/**
 * reel_purger_stop_async:
 * @callback: called when no file is on its way any more
 * @data: for @callback
 *
 * Carries out what could still be undone, and waits a few seconds for the files that are on their way to the Trash. A job
 * whose file takes longer is still there at the next start.
 */
void
reel_purger_stop_async (ReelPurger *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  g_autoptr (GPtrArray) removals = NULL;

  g_task_set_source_tag (task, reel_purger_stop_async);
  if (self->removals->len == 0 || self->stopping != NULL) {
    g_task_return_boolean (task, TRUE);
    return;
  }

  self->stopping = g_steal_pointer (&task);
  self->patience_id = g_timeout_add_once (PATIENCE_AT_END, on_impatient, self);
  removals = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self->removals->len; i++)
    g_ptr_array_add (removals, g_object_ref (self->removals->pdata[i]));
  for (guint i = 0; i < removals->len; i++)
    reel_removal_carry_out (removals->pdata[i]);
}

/**
 * reel_purger_stop_finish:
 *
 * Ends reel_purger_stop_async().
 */
gboolean
reel_purger_stop_finish (ReelPurger *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, reel_purger_stop_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
