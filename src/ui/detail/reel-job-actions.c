#include "config.h"

#include "reel-job-actions-private.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (ReelJobActions, reel_job_actions, G_TYPE_OBJECT)

enum
{
  REUSE,
  COMPARE,
  SENT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/**
 * reel_job_deed_new:
 * @actions: (transfer none): the actions
 * @job: (transfer none): the job that it is about
 *
 * Returns: (transfer full): the deed; free with reel_job_deed_free()
 */
ReelJobDeed *
reel_job_deed_new (ReelJobActions *actions, ReelJob *job)
{
  ReelJobDeed *self = g_new0 (ReelJobDeed, 1);

  self->actions = g_object_ref (actions);
  self->job = g_object_ref (job);

  return self;
}

/**
 * reel_job_deed_free:
 * @self: (transfer full): a deed
 *
 * Frees a deed.
 */
void
reel_job_deed_free (ReelJobDeed *self)
{
  g_object_unref (self->actions);
  g_object_unref (self->job);
  g_free (self);
}

/**
 * reel_job_deed_notify:
 * @data: (transfer full): a deed
 * @closure: not used
 *
 * Frees the deed of a signal handler.
 */
void
reel_job_deed_notify (gpointer data, GClosure *closure)
{
  reel_job_deed_free (data);
}

static void
update (ReelJobActions *self)
{
  const ReelJobRecord *record = self->job != NULL ? reel_job_get_record (self->job) : NULL;
  ReelJobState state = self->job != NULL ? reel_job_get_state (self->job) : REEL_JOB_UNKNOWN;
  gboolean saved = record != NULL && state == REEL_JOB_READY;

  reel_job_actions_set_enabled (self, "cancel", self->job != NULL && reel_job_can_cancel (self->job));
  reel_job_actions_set_enabled (self, "retry-download", record != NULL && state == REEL_JOB_NOT_SAVED);
  reel_job_actions_set_enabled (self, "reuse", record != NULL);
  reel_job_actions_set_enabled (self, "compare", saved);
  reel_job_actions_set_enabled (self, "save-as", saved);
  reel_job_actions_set_enabled (self, "save-frame", saved);
  reel_job_actions_set_enabled (self, "copy-frame", saved);
  reel_job_actions_set_enabled (self, "open-with", saved);
  reel_job_actions_set_enabled (self, "show-in-files", saved);
  reel_job_actions_set_enabled (self, "copy-prompt", record != NULL);
  reel_job_actions_set_enabled (self, "copy-request-id", record != NULL && record->request_id != NULL);
  reel_job_actions_set_enabled (self, "copy-receipt", record != NULL);
  reel_job_actions_set_enabled (self, "save-receipt", record != NULL);
  reel_job_actions_set_enabled (self, "hide", record != NULL && !record->hidden);
  reel_job_actions_set_enabled (self, "show", record != NULL && record->hidden);
  reel_job_actions_set_enabled (self, "favourite", record != NULL);
  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->group), "favourite")),
                             g_variant_new_boolean (record != NULL && record->favourite));
  reel_job_actions_set_enabled (self, "delete", record != NULL && reel_job_record_is_closed (record));
  reel_job_actions_update_outcome (self, record);
}

/* A cancel of which no answer came, or none that says what became of it. */
static gboolean
may_be_cancelled (const GError *error)
{
  guint status = reel_error_get_http_status (error);

  return reel_error_was_sent (error) && (status < 400 || status == 408 || status >= 500);
}

static void
on_cancelled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelJobActions) self = data;
  g_autoptr (GError) error = NULL;

  if (reel_engine_cancel_job_finish (REEL_ENGINE (source), result, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  reel_job_actions_add_toast (self, may_be_cancelled (error)
                                        ? _ ("It is not known whether the job was cancelled. Seedreel goes on asking.")
                                        : _ ("The job could not be cancelled. It goes on."));
}

static void
cancel (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelJobActions *self = data;

  reel_engine_cancel_job_async (self->engine, self->job, on_cancelled, g_object_ref (self));
}

static void
retry_download (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelJobActions *self = data;

  reel_engine_retry_download (self->engine, self->job);
}

static void
reuse (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelJobActions *self = data;
  g_autoptr (ReelRequest) request = reel_job_record_to_request (reel_job_get_record (self->job));

  g_signal_emit (self, signals[REUSE], 0, request);
}

static void
favourite (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelJobActions *self = data;

  reel_engine_set_favourite (self->engine, self->job, !reel_job_get_record (self->job)->favourite);
}

static void
compare (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelJobActions *self = data;

  g_signal_emit (self, signals[COMPARE], 0, self->job);
}

static void
copy_prompt (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelJobActions *self = data;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (self->widget), reel_job_get_record (self->job)->prompt);
  reel_job_actions_add_toast (self, _ ("Prompt copied"));
}

static void
copy_request_id (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ReelJobActions *self = data;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (self->widget), reel_job_get_record (self->job)->request_id);
  reel_job_actions_add_toast (self, _ ("Request ID copied"));
}

static void
reel_job_actions_dispose (GObject *object)
{
  ReelJobActions *self = REEL_JOB_ACTIONS (object);

  g_clear_weak_pointer (&self->widget);
  g_clear_weak_pointer (&self->toasts);
  g_clear_weak_pointer (&self->page);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->job_signals);
  g_clear_object (&self->job);
  g_clear_object (&self->group);
  g_clear_object (&self->settings);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (reel_job_actions_parent_class)->dispose (object);
}

static void
reel_job_actions_class_init (ReelJobActionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reel_job_actions_dispose;

  /**
   * ReelJobActions::reuse:
   * @request: a request with the settings of the chosen job
   *
   * Emitted when a person wants to fill the form with these settings.
   */
  signals[REUSE] = g_signal_new ("reuse", REEL_TYPE_JOB_ACTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 REEL_TYPE_REQUEST);
  /**
   * ReelJobActions::compare:
   * @job: the chosen job
   *
   * Emitted when a person wants to compare its video with others.
   */
  signals[COMPARE] = g_signal_new ("compare", REEL_TYPE_JOB_ACTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, REEL_TYPE_JOB);
  /**
   * ReelJobActions::sent:
   * @job: the new job
   *
   * Emitted when a person has sent a request once more as a new job.
   */
  signals[SENT] = g_signal_new ("sent", REEL_TYPE_JOB_ACTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                REEL_TYPE_JOB);
}

static void
reel_job_actions_init (ReelJobActions *self)
{
  static const GActionEntry entries[] = {
      {"cancel", cancel},
      {"retry-download", retry_download},
      {"reuse", reuse},
      {"copy-prompt", copy_prompt},
      {"copy-request-id", copy_request_id},
      {"compare", compare},
      {"favourite", favourite, NULL, "false"},
  };

  self->cancellable = g_cancellable_new ();
  self->group = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->group), entries, G_N_ELEMENTS (entries), self);
  reel_job_actions_add_file_entries (self);
  reel_job_actions_add_frame_entries (self);
  reel_job_actions_add_receipt_entries (self);
  reel_job_actions_add_outcome_entries (self);
  reel_job_actions_add_delete_entries (self);

  self->job_signals = g_signal_group_new (REEL_TYPE_JOB);
  g_signal_group_connect_swapped (self->job_signals, "changed", G_CALLBACK (update), self);
  update (self);
}

/**
 * reel_job_actions_new:
 * @engine: (transfer none): what acts
 * @widget: (transfer none): the window; it gets the actions, and owns the result
 * @toasts: (transfer none): where results are told
 *
 * Makes the actions, all off.
 *
 * Returns: (transfer full): the actions
 */
ReelJobActions *
reel_job_actions_new (ReelEngine *engine, GtkWidget *widget, AdwToastOverlay *toasts)
{
  ReelJobActions *self = g_object_new (REEL_TYPE_JOB_ACTIONS, NULL);

  g_return_val_if_fail (GTK_IS_WIDGET (widget), self);

  self->engine = g_object_ref (engine);
  g_set_weak_pointer (&self->widget, widget);
  g_set_weak_pointer (&self->toasts, toasts);
  gtk_widget_insert_action_group (widget, "job", G_ACTION_GROUP (self->group));

  return self;
}

/**
 * reel_job_actions_set_page:
 * @page: (transfer none): where the chosen job is shown
 *
 * Sets where frames come from.
 */
void
reel_job_actions_set_page (ReelJobActions *self, ReelDetailPage *page)
{
  g_return_if_fail (REEL_IS_JOB_ACTIONS (self) && REEL_IS_DETAIL_PAGE (page));

  g_set_weak_pointer (&self->page, page);
}

/**
 * reel_job_actions_set_settings:
 * @settings: (transfer none): the settings, for the name that a video is saved as
 *
 * Sets the settings.
 */
void
reel_job_actions_set_settings (ReelJobActions *self, GSettings *settings)
{
  g_return_if_fail (REEL_IS_JOB_ACTIONS (self) && G_IS_SETTINGS (settings));

  g_set_object (&self->settings, settings);
}

/**
 * reel_job_actions_get_group:
 *
 * Returns: (transfer none): the actions, by their names without "job."
 */
GActionGroup *
reel_job_actions_get_group (ReelJobActions *self)
{
  g_return_val_if_fail (REEL_IS_JOB_ACTIONS (self), NULL);

  return G_ACTION_GROUP (self->group);
}

/**
 * reel_job_actions_set_job:
 * @job: (nullable) (transfer none): the chosen job
 *
 * Sets the job that the actions are about.
 */
void
reel_job_actions_set_job (ReelJobActions *self, ReelJob *job)
{
  g_return_if_fail (REEL_IS_JOB_ACTIONS (self));

  if (!g_set_object (&self->job, job))
    return;

  g_signal_group_set_target (self->job_signals, job);
  update (self);
}

/**
 * reel_job_actions_set_enabled:
 * @name: the name of an action without "job."
 * @enabled: whether it makes sense for the chosen job
 *
 * Turns an action on or off.
 */
void
reel_job_actions_set_enabled (ReelJobActions *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->group), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/**
 * reel_job_actions_emit_sent:
 * @job: a job that was just made
 *
 * Tells that a new job was sent.
 */
void
reel_job_actions_emit_sent (ReelJobActions *self, ReelJob *job)
{
  g_signal_emit (self, signals[SENT], 0, job);
}

/**
 * reel_job_actions_add_toast:
 * @title: plain text
 *
 * Tells something in passing.
 */
void
reel_job_actions_add_toast (ReelJobActions *self, const char *title)
{
  AdwToast *toast;

  if (self->toasts == NULL)
    return;

  toast = adw_toast_new (title);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/**
 * reel_job_actions_add_error_toast:
 * @error: why something failed
 * @doing: what was being done
 *
 * Tells in passing that something failed.
 */
void
reel_job_actions_add_error_toast (ReelJobActions *self, const GError *error, ReelErrorDoing doing)
{
  g_autoptr (ReelErrorText) text = reel_error_text_new (error, doing);

  reel_job_actions_add_toast (self, text->title);
}

/**
 * reel_job_actions_get_window:
 *
 * Returns: (transfer none) (nullable): the window to open dialogs over
 */
GtkWindow *
reel_job_actions_get_window (ReelJobActions *self)
{
  return self->widget != NULL ? GTK_WINDOW (gtk_widget_get_root (self->widget)) : NULL;
}
