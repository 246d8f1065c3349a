#include "config.h"

#include "reel-window.h"

#include <glib/gi18n-lib.h>

#include "reel-account-switch.h"
#include "reel-adopt-dialog.h"
#include "reel-announce.h"
#include "reel-compare-dialog.h"
#include "reel-compare-finder.h"
#include "reel-compare-picker.h"
#include "reel-compose-view.h"
#include "reel-covered-page.h"
#include "reel-detail-page.h"
#include "reel-error-text.h"
#include "reel-history-page.h"
#include "reel-job-actions.h"
#include "reel-job-problem.h"
#include "reel-job-watch.h"
#include "reel-preferences-dialog.h"
#include "reel-refill.h"
#include "reel-selection-actions.h"
#include "reel-shortcuts-dialog.h"
#include "reel-sign-in.h"
#include "reel-spending-dialog.h"
#include "reel-ticker.h"
#include "reel-ui.h"

/* From this width on the form stands beside the history, as in the blueprint. */
#define FORM_WIDTH 1000

/**
 * ReelWindow:
 *
 * The window: the form at the left, the history in the middle, the chosen job at the right. In a narrow window the form
 * slides over the history, and the history and the job become pages.
 */
struct _ReelWindow
{
  AdwApplicationWindow parent_instance;

  GSettings *settings;
  ReelEngine *engine;
  ReelPosterCache *posters;
  GFile *default_library;
  ReelTicker *ticker;
  ReelUsualTimes *usual_times;
  ReelJobWatch *watch;
  ReelJobActions *actions;
  ReelSelectionActions *selection_actions;
  GCancellable *finding; /* jobs by their ids */
  ReelRefill *refill;

  AdwToastOverlay *toasts;
  GtkStack *stack;
  AdwOverlaySplitView *form_split;
  AdwNavigationSplitView *page_split;
  ReelAccountSwitch *account_switch;
  ReelComposeView *compose;
  ReelHistoryPage *history;
  ReelDetailPage *detail;
  AdwBin *player_bin;
};

G_DEFINE_FINAL_TYPE (ReelWindow, reel_window, ADW_TYPE_APPLICATION_WINDOW)

enum
{
  PROP_SETTINGS = 1,
  PROP_ENGINE,
  PROP_POSTERS,
  PROP_DEFAULT_LIBRARY,
  PROP_SHOWN_JOB,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* Tells the end of a job to a screen reader, and of one that is not looked at to everyone. */
static void
on_state_changed (ReelWindow *self, ReelJob *job)
{
  const char *title = reel_job_get_title (job);
  g_autofree char *sentence = NULL;

  switch (reel_job_get_state (job)) {
  case REEL_JOB_READY:
    /* Translators: %s is a prompt. */
    sentence = g_strdup_printf (_ ("Ready: %s"), title);
    break;
  case REEL_JOB_FAILED:
    if (reel_job_problem_is_withdrawn (reel_job_get_record (job)))
      return;
    /* Translators: %s is a prompt. */
    sentence = g_strdup_printf (_ ("Failed: %s"), title);
    break;
  case REEL_JOB_NOT_SAVED:
    /* Translators: %s is a prompt. */
    sentence = g_strdup_printf (_ ("Not saved: %s"), title);
    break;
  case REEL_JOB_CANCELLED:
    /* Translators: %s is a prompt. */
    sentence = g_strdup_printf (_ ("Cancelled: %s"), title);
    break;
  case REEL_JOB_UNKNOWN:
    /* Translators: %s is a prompt. */
    sentence = g_strdup_printf (_ ("Outcome unknown: %s"), title);
    break;
  case REEL_JOB_LOST:
    /* Translators: %s is a prompt. */
    sentence = g_strdup_printf (_ ("Lost: %s"), title);
    break;
  case REEL_JOB_HELD:
  case REEL_JOB_SENDING:
  case REEL_JOB_WAITING:
  case REEL_JOB_GENERATING:
  case REEL_JOB_DOWNLOADING:
  default:
    return;
  }

  reel_announce (GTK_WIDGET (self), sentence);
  if (job != reel_history_page_get_selected (self->history))
    reel_window_add_toast (self, sentence);
}

/* The gravest of what stands in the way of all jobs. */
static void
update_notice (ReelWindow *self)
{
  const GError *store_error = reel_engine_get_store_error (self->engine);
  const GError *catalogue_error = reel_engine_get_catalogue_error (self->engine);
  ReelAccount *account = reel_engine_get_account (self->engine);
  gboolean in_sandbox = account != NULL && reel_account_is_sandbox (account);

  reel_history_page_set_sandbox (self->history, in_sandbox);
  reel_compose_view_set_blocked_reason (
      self->compose, store_error != NULL ? _ ("The history cannot be saved, so nothing is sent.") : NULL);

  if (store_error != NULL) {
    reel_history_page_set_notice (
        self->history,
        _ ("The history cannot be saved. Generate is off until it can. Make room on the disk, "
           "then start Seedreel again."),
        NULL, NULL);
  } else if (!reel_engine_get_online (self->engine) && !in_sandbox) {
    reel_history_page_set_notice (self->history, _ ("You are offline. Running videos go on when the network is back."),
                                  NULL, NULL);
  } else if ((reel_engine_get_behind_portal (self->engine) && !in_sandbox) ||
             g_error_matches (catalogue_error, REEL_ERROR, REEL_ERROR_PORTAL)) {
    reel_history_page_set_notice (self->history, _ ("This network wants you to sign in first"), _ ("Sign In"),
                                  "win.sign-in");
  } else if (catalogue_error != NULL) {
    g_autoptr (ReelErrorText) text = reel_error_text_new (catalogue_error, REEL_ERROR_DOING_ASK);

    if (g_error_matches (catalogue_error, REEL_ERROR, REEL_ERROR_UNAUTHORIZED))
      reel_history_page_set_notice (self->history, text->title, _ ("Preferences"), "win.preferences");
    else
      reel_history_page_set_notice (self->history, text->title, _ ("Try Again"), "win.retry-catalogue");
  } else {
    reel_history_page_set_notice (self->history, NULL, NULL, NULL);
  }
}

static void
on_catalogue_error (ReelWindow *self)
{
  const GError *error = reel_engine_get_catalogue_error (self->engine);
  g_autoptr (ReelErrorText) text = error != NULL ? reel_error_text_new (error, REEL_ERROR_DOING_ASK) : NULL;

  reel_compose_view_set_catalogue_error (self->compose, text != NULL ? text->body : NULL);
  update_notice (self);
}

static void
on_form_collapsed (ReelWindow *self)
{
  /* Out of the way where it would cover the history; as the person left it where there is room. */
  adw_overlay_split_view_set_show_sidebar (self->form_split,
                                           !adw_overlay_split_view_get_collapsed (self->form_split) &&
                                               g_settings_get_boolean (self->settings, "show-compose"));
}

static void
on_form_shown (ReelWindow *self)
{
  reel_history_page_set_form_shown (self->history, adw_overlay_split_view_get_show_sidebar (self->form_split));
  /* Only what a person does is kept: not how the window comes up, nor what its width does. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && !adw_overlay_split_view_get_collapsed (self->form_split))
    g_settings_set_boolean (self->settings, "show-compose", adw_overlay_split_view_get_show_sidebar (self->form_split));
}

static void
on_shown (ReelWindow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOWN_JOB]);
}

static void
on_selected (ReelWindow *self)
{
  ReelJob *job = reel_history_page_get_selected (self->history);

  reel_job_actions_set_job (self->actions, job);
  reel_detail_page_set_job (self->detail, job);
  if (job == NULL)
    adw_navigation_split_view_set_show_content (self->page_split, FALSE);
  on_shown (self);
  g_settings_set_string (self->settings, "chosen-job", job != NULL ? reel_job_get_id (job) : "");
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReelJob) job = reel_engine_find_job_finish (REEL_ENGINE (source), result, &error);

  /* Where it is no longer there, none is chosen. */
  if (job != NULL)
    reel_history_page_restore (REEL_WINDOW (data)->history, job);
}

/* Shows what was shown when the program ended. */
static void
restore_chosen (ReelWindow *self)
{
  g_autofree char *id = g_settings_get_string (self->settings, "chosen-job");

  if (*id != '\0' && reel_history_page_get_selected (self->history) == NULL)
    reel_engine_find_job_async (self->engine, id, self->finding, on_found, self);
}

static void
on_file_doubted (ReelWindow *self, ReelJob *job)
{
  reel_engine_check_file (self->engine, job);
}

static void
on_activated (ReelWindow *self)
{
  adw_navigation_split_view_set_show_content (self->page_split, TRUE);
}

static void
on_submit (ReelWindow *self)
{
  ReelRequest *request = reel_engine_get_draft (self->engine);
  guint count = reel_request_get_count (request);
  ReelJob *job = NULL;

  for (guint i = 0; i < count; i++)
    job = reel_engine_submit (self->engine, request);
  reel_window_show_job (self, job);
  if (adw_overlay_split_view_get_collapsed (self->form_split))
    adw_overlay_split_view_set_show_sidebar (self->form_split, FALSE);
}

static void
on_retry (ReelWindow *self)
{
  reel_engine_refresh_catalogue (self->engine);
}

static void
on_compose_notice (ReelWindow *self, const char *sentence)
{
  reel_window_add_toast (self, sentence);
}

static void
show_form (ReelWindow *self)
{
  adw_overlay_split_view_set_show_sidebar (self->form_split, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->compose));
}

static void
on_reuse (ReelWindow *self, ReelRequest *request)
{
  reel_compose_view_fill (self->compose, request);
  show_form (self);
}

static void
on_file_dropped (ReelWindow *self, GFile *file)
{
  reel_refill_take_file (self->refill, file);
}

static void
reuse_file (GtkWidget *widget, const char *name, GVariant *parameter)
{
  reel_refill_choose_file (REEL_WINDOW (widget)->refill);
}

static void
generate (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit_by_name (REEL_WINDOW (widget)->compose, "generate-pressed");
}

static void
new_video (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_form (REEL_WINDOW (widget));
}

static void
search (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ReelWindow *self = REEL_WINDOW (widget);

  adw_navigation_split_view_set_show_content (self->page_split, FALSE);
  reel_history_page_start_search (self->history);
}

static void
on_adopted (AdwDialog *dialog, ReelJob *job, ReelWindow *self)
{
  reel_window_show_job (self, job);
}

static void
adopt (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AdwDialog *dialog = reel_adopt_dialog_new (REEL_WINDOW (widget)->engine, NULL);

  g_signal_connect_object (dialog, "adopted", G_CALLBACK (on_adopted), widget, G_CONNECT_DEFAULT);
  adw_dialog_present (dialog, widget);
}

static void
spending (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_present (reel_spending_dialog_new (REEL_WINDOW (widget)->engine), widget);
}

static void
sign_in (GtkWidget *widget, const char *name, GVariant *parameter)
{
  reel_sign_in_open (REEL_WINDOW (widget));
}

static void
compare_jobs (ReelWindow *self, GListModel *jobs)
{
  if (g_list_model_get_n_items (jobs) < 2) {
    reel_window_add_toast (self, _ ("There are no two saved videos to compare."));
    return;
  }

  reel_detail_page_pause (self->detail);
  adw_dialog_present (reel_compare_dialog_new (jobs), GTK_WIDGET (self));
}

static void
on_compared_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GListModel) jobs = reel_compare_finder_find_finish (REEL_ENGINE (source), result, NULL);

  /* Without them the window may be gone. */
  if (jobs != NULL)
    compare_jobs (REEL_WINDOW (data), jobs);
}

static void
compare (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ReelWindow *self = REEL_WINDOW (widget);
  g_autofree const char **ids = g_variant_get_strv (parameter, NULL);

  reel_compare_finder_find_async (self->engine, ids, self->finding, on_compared_found, self);
}

static void
on_compare (ReelWindow *self, ReelJob *job)
{
  g_autoptr (ReelHistory) history = reel_engine_make_history (self->engine);
  AdwDialog *picker = reel_compare_picker_new (job, history, self->posters, self->ticker);

  g_signal_connect_object (picker, "picked", G_CALLBACK (compare_jobs), self, G_CONNECT_SWAPPED);
  adw_dialog_present (picker, GTK_WIDGET (self));
}

static void
retry_catalogue (GtkWidget *widget, const char *name, GVariant *parameter)
{
  reel_engine_refresh_catalogue (REEL_WINDOW (widget)->engine);
}

static void
show_shortcuts (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_present (reel_shortcuts_dialog_new (), widget);
}

static AdwDialog *
present_preferences (ReelWindow *self)
{
  AdwDialog *dialog = reel_preferences_dialog_new (self->engine, self->settings, self->default_library);

  adw_dialog_present (dialog, GTK_WIDGET (self));

  return dialog;
}

static void
preferences (GtkWidget *widget, const char *name, GVariant *parameter)
{
  present_preferences (REEL_WINDOW (widget));
}

static void
add_account (GtkWidget *widget, const char *name, GVariant *parameter)
{
  reel_preferences_dialog_add_account (REEL_PREFERENCES_DIALOG (present_preferences (REEL_WINDOW (widget))));
}

static void
leave_full_screen (ReelWindow *self)
{
  g_autoptr (GtkWidget) view = NULL;

  if (!g_set_object (&view, adw_bin_get_child (self->player_bin)))
    return;

  adw_bin_set_child (self->player_bin, NULL);
  reel_detail_page_return_player_view (self->detail, view);
  gtk_stack_set_visible_child_name (self->stack, "window");
  gtk_window_unfullscreen (GTK_WINDOW (self));
}

static void
toggle_full_screen (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ReelWindow *self = REEL_WINDOW (widget);

  if (adw_bin_get_child (self->player_bin) != NULL) {
    leave_full_screen (self);
  } else if (reel_detail_page_has_video (self->detail)) {
    GtkWidget *view = reel_detail_page_steal_player_view (self->detail);

    adw_bin_set_child (self->player_bin, view);
    gtk_stack_set_visible_child_name (self->stack, "player");
    gtk_widget_grab_focus (view);
    gtk_window_fullscreen (GTK_WINDOW (self));
  }
}

static void
next_video (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (!reel_history_page_select_next (REEL_WINDOW (widget)->history))
    gtk_widget_error_bell (widget);
}

static void
previous_video (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (!reel_history_page_select_previous (REEL_WINDOW (widget)->history))
    gtk_widget_error_bell (widget);
}

static void
restore_size (ReelWindow *self)
{
  int width = g_settings_get_int (self->settings, "window-width");
  gboolean maximized = g_settings_get_boolean (self->settings, "window-maximized");

  gtk_window_set_default_size (GTK_WINDOW (self), width, g_settings_get_int (self->settings, "window-height"));
  if (maximized)
    gtk_window_maximize (GTK_WINDOW (self));
  /* A narrow window comes up with the form away, rather than sliding it away at once. */
  adw_overlay_split_view_set_show_sidebar (
      self->form_split, (maximized || width >= FORM_WIDTH) && g_settings_get_boolean (self->settings, "show-compose"));
}

static gboolean
reel_window_close_request (GtkWindow *window)
{
  ReelWindow *self = REEL_WINDOW (window);
  int width, height;

  leave_full_screen (self);
  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_int (self->settings, "window-width", MAX (width, 360));
  g_settings_set_int (self->settings, "window-height", MAX (height, 294));
  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (window));

  return GTK_WINDOW_CLASS (reel_window_parent_class)->close_request (window);
}

static void
reel_window_constructed (GObject *object)
{
  ReelWindow *self = REEL_WINDOW (object);
  GListModel *jobs = G_LIST_MODEL (reel_engine_get_jobs (self->engine));

  G_OBJECT_CLASS (reel_window_parent_class)->constructed (object);

  restore_size (self);
  self->actions = reel_job_actions_new (self->engine, GTK_WIDGET (self), self->toasts);
  reel_job_actions_set_page (self->actions, self->detail);
  reel_job_actions_set_settings (self->actions, self->settings);
  g_signal_connect_object (self->actions, "reuse", G_CALLBACK (on_reuse), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->actions, "compare", G_CALLBACK (on_compare), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->actions, "sent", G_CALLBACK (reel_window_show_job), self, G_CONNECT_SWAPPED);
  self->refill = reel_refill_new (self->engine, GTK_WIDGET (self));
  g_signal_connect_object (self->refill, "found", G_CALLBACK (on_reuse), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->refill, "notice", G_CALLBACK (reel_window_add_toast), self, G_CONNECT_SWAPPED);
  self->watch = reel_job_watch_new (jobs);
  self->usual_times = reel_usual_times_new (self->engine);
  g_signal_connect_object (self->watch, "state-changed", G_CALLBACK (on_state_changed), self, G_CONNECT_SWAPPED);

  reel_history_page_set_up (self->history, self->engine, self->settings, self->posters, self->ticker,
                            self->usual_times);
  self->selection_actions = reel_selection_actions_new (self->engine, reel_history_page_get_model (self->history),
                                                        self->actions, self->settings, GTK_WIDGET (self), self->toasts);
  reel_history_page_set_form_shown (self->history, adw_overlay_split_view_get_show_sidebar (self->form_split));
  reel_detail_page_set_up (self->detail, reel_engine_get_accounts (self->engine), self->ticker, self->usual_times,
                           self->settings);
  reel_account_switch_set_engine (self->account_switch, self->engine);
  reel_compose_view_set_engine (self->compose, self->engine);
  g_object_bind_property (self->engine, "draft", self->compose, "request", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->engine, "catalogue", self->compose, "catalogue", G_BINDING_SYNC_CREATE);

  g_signal_connect_object (self->engine, "notify::catalogue-error", G_CALLBACK (on_catalogue_error), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine, "notify::store-error", G_CALLBACK (update_notice), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine, "notify::online", G_CALLBACK (update_notice), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine, "notify::behind-portal", G_CALLBACK (update_notice), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine, "notify::account", G_CALLBACK (update_notice), self, G_CONNECT_SWAPPED);
  on_catalogue_error (self);
}

static void
reel_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelWindow *self = REEL_WINDOW (object);

  switch (id) {
  case PROP_SHOWN_JOB:
    g_value_set_object (value, reel_window_get_shown_job (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_window_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ReelWindow *self = REEL_WINDOW (object);

  switch (id) {
  case PROP_SETTINGS:
    self->settings = g_value_dup_object (value);
    break;
  case PROP_ENGINE:
    self->engine = g_value_dup_object (value);
    break;
  case PROP_POSTERS:
    self->posters = g_value_dup_object (value);
    break;
  case PROP_DEFAULT_LIBRARY:
    self->default_library = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_window_dispose (GObject *object)
{
  ReelWindow *self = REEL_WINDOW (object);

  /* The action holds the split view, and the window the action. */
  g_action_map_remove_action (G_ACTION_MAP (self), "toggle-compose");
  g_clear_object (&self->watch);
  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_WINDOW);
  g_cancellable_cancel (self->finding);
  g_clear_object (&self->finding);
  g_clear_object (&self->refill);
  g_clear_object (&self->selection_actions);
  g_clear_object (&self->actions);
  g_clear_object (&self->usual_times);
  g_clear_object (&self->ticker);
  g_clear_object (&self->default_library);
  g_clear_object (&self->posters);
  g_clear_object (&self->engine);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (reel_window_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.generate", NULL, generate);
  gtk_widget_class_install_action (widget_class, "win.new-video", NULL, new_video);
  gtk_widget_class_install_action (widget_class, "win.reuse-file", NULL, reuse_file);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, preferences);
  gtk_widget_class_install_action (widget_class, "win.add-account", NULL, add_account);
  gtk_widget_class_install_action (widget_class, "win.adopt", NULL, adopt);
  gtk_widget_class_install_action (widget_class, "win.spending", NULL, spending);
  gtk_widget_class_install_action (widget_class, "win.sign-in", NULL, sign_in);
  gtk_widget_class_install_action (widget_class, "win.compare", "as", compare);
  gtk_widget_class_install_action (widget_class, "win.retry-catalogue", NULL, retry_catalogue);
  gtk_widget_class_install_action (widget_class, "win.show-help-overlay", NULL, show_shortcuts);
  gtk_widget_class_install_action (widget_class, "win.fullscreen-player", NULL, toggle_full_screen);
  gtk_widget_class_install_action (widget_class, "win.next-video", NULL, next_video);
  gtk_widget_class_install_action (widget_class, "win.previous-video", NULL, previous_video);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "win.generate", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "win.generate", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "win.new-video", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK, "win.reuse-file", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "win.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, GDK_CONTROL_MASK, "job.favourite", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F9, 0, "win.toggle-compose", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F11, 0, "win.fullscreen-player", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "win.next-video", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "win.previous-video", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "job.save-as", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "job.save-frame",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "job.copy-frame",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_comma, GDK_CONTROL_MASK, "win.preferences", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_question, GDK_CONTROL_MASK, "win.show-help-overlay", NULL);
}

static void
reel_window_class_init (ReelWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = reel_window_constructed;
  object_class->get_property = reel_window_get_property;
  object_class->set_property = reel_window_set_property;
  object_class->dispose = reel_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = reel_window_close_request;

  /**
   * ReelWindow:settings:
   *
   * The settings of the application.
   */
  properties[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS, flags);
  /**
   * ReelWindow:engine:
   *
   * What happens.
   */
  properties[PROP_ENGINE] = g_param_spec_object ("engine", NULL, NULL, REEL_TYPE_ENGINE, flags);
  /**
   * ReelWindow:posters:
   *
   * Where still pictures come from.
   */
  properties[PROP_POSTERS] = g_param_spec_object ("posters", NULL, NULL, REEL_TYPE_POSTER_CACHE, flags);
  /**
   * ReelWindow:default-library:
   *
   * The folder of finished videos where none is chosen.
   */
  properties[PROP_DEFAULT_LIBRARY] = g_param_spec_object ("default-library", NULL, NULL, G_TYPE_FILE, flags);
  /**
   * ReelWindow:shown-job:
   *
   * The job that a person looks at, %NULL where there is none.
   */
  properties[PROP_SHOWN_JOB] =
      g_param_spec_object ("shown-job", NULL, NULL, REEL_TYPE_JOB, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  install_actions (widget_class);

  g_type_ensure (REEL_TYPE_ACCOUNT_SWITCH);
  g_type_ensure (REEL_TYPE_COMPOSE_VIEW);
  g_type_ensure (REEL_TYPE_HISTORY_PAGE);
  g_type_ensure (REEL_TYPE_DETAIL_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, ReelWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ReelWindow, form_split);
  gtk_widget_class_bind_template_child (widget_class, ReelWindow, page_split);
  gtk_widget_class_bind_template_child (widget_class, ReelWindow, account_switch);
  gtk_widget_class_bind_template_child (widget_class, ReelWindow, compose);
  gtk_widget_class_bind_template_child (widget_class, ReelWindow, history);
  gtk_widget_class_bind_template_child (widget_class, ReelWindow, detail);
  gtk_widget_class_bind_template_child (widget_class, ReelWindow, player_bin);
  gtk_widget_class_bind_template_callback (widget_class, on_form_collapsed);
  gtk_widget_class_bind_template_callback (widget_class, on_form_shown);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_shown);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_file_doubted);
  gtk_widget_class_bind_template_callback (widget_class, on_submit);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_bind_template_callback (widget_class, on_compose_notice);
  gtk_widget_class_bind_template_callback (widget_class, on_file_dropped);
}

static void
reel_window_init (ReelWindow *self)
{
  g_autoptr (GPropertyAction) toggle = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  reel_covered_page_watch (ADW_NAVIGATION_PAGE (self->history));

  self->finding = g_cancellable_new ();
  self->ticker = reel_ticker_new ();
  toggle = g_property_action_new ("toggle-compose", self->form_split, "show-sidebar");
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (toggle));
}

/**
 * reel_window_new:
 * @application: (transfer none): the application
 * @settings: (transfer none): its settings
 * @engine: (transfer none): what happens, started or not
 * @posters: (transfer none): where still pictures come from
 * @default_library: (transfer none): the folder of finished videos where none is chosen
 *
 * Makes the window.
 *
 * Returns: (transfer none): the window, owned by GTK
 */
ReelWindow *
reel_window_new (GtkApplication *application,
                 GSettings *settings,
                 ReelEngine *engine,
                 ReelPosterCache *posters,
                 GFile *default_library)
{
  return g_object_new (REEL_TYPE_WINDOW, "application", application, "settings", settings, "engine", engine, "posters",
                       posters, "default-library", default_library, NULL);
}

/**
 * reel_window_get_detail:
 *
 * Returns: (transfer none): where the chosen job is shown and played
 */
ReelDetailPage *
reel_window_get_detail (ReelWindow *self)
{
  g_return_val_if_fail (REEL_IS_WINDOW (self), NULL);

  return self->detail;
}

/**
 * reel_window_set_loaded:
 *
 * Tells that the history is read: from now on an empty one is said to be empty.
 */
void
reel_window_set_loaded (ReelWindow *self)
{
  g_return_if_fail (REEL_IS_WINDOW (self));

  reel_history_page_set_loaded (self->history);
  restore_chosen (self);
}

/**
 * reel_window_get_shown_job:
 *
 * Returns: (transfer none) (nullable): the job that a person looks at
 */
ReelJob *
reel_window_get_shown_job (ReelWindow *self)
{
  g_return_val_if_fail (REEL_IS_WINDOW (self), NULL);

  if (adw_navigation_split_view_get_collapsed (self->page_split) &&
      !adw_navigation_split_view_get_show_content (self->page_split))
    return NULL;

  return reel_history_page_get_selected (self->history);
}

/**
 * reel_window_show_job:
 * @job: (transfer none): a job of the history
 *
 * Chooses a job, whatever the history shows, and lets nothing cover it. A saved video plays.
 */
void
reel_window_show_job (ReelWindow *self, ReelJob *job)
{
  g_return_if_fail (REEL_IS_WINDOW (self) && REEL_IS_JOB (job));

  reel_history_page_show_all (self->history);
  reel_history_page_select (self->history, job);
  adw_navigation_split_view_set_show_content (self->page_split, TRUE);
}

/**
 * reel_window_fill_prompt:
 * @prompt: the prompt
 *
 * Writes a prompt into the form and turns to the button that sends it. Nothing is sent.
 */
void
reel_window_fill_prompt (ReelWindow *self, const char *prompt)
{
  g_return_if_fail (REEL_IS_WINDOW (self) && prompt != NULL);

  reel_request_set_prompt (reel_engine_get_draft (self->engine), prompt);
  show_form (self);
  reel_compose_view_focus_generate (self->compose);
}

/**
 * reel_window_search:
 * @text: what is searched for
 *
 * Opens the search of the history.
 */
void
reel_window_search (ReelWindow *self, const char *text)
{
  g_return_if_fail (REEL_IS_WINDOW (self) && text != NULL);

  adw_navigation_split_view_set_show_content (self->page_split, FALSE);
  reel_history_page_search (self->history, text);
}

/**
 * reel_window_add_toast:
 * @title: plain text
 *
 * Tells something in passing.
 */
void
reel_window_add_toast (ReelWindow *self, const char *title)
{
  AdwToast *toast;

  g_return_if_fail (REEL_IS_WINDOW (self) && title != NULL);

  toast = adw_toast_new (title);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (self->toasts, toast);
}
