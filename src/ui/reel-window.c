#include "config.h"

#include "reel-window.h"

#include <glib/gi18n-lib.h>

#include "reel-account-switch.h"
#include "reel-adopt-dialog.h"
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
#include "reel-shortcuts-dialog.h"
#include "reel-spending-dialog.h"
#include "reel-ticker.h"
#include "reel-ui.h"

/* From this width on the form stands beside the history, as in the blueprint. */
#define FORM_WIDTH 1000

/* What GNOME itself opens to sign in to a network: a page over http that says nothing, and that such a network replaces by
 * its own. */
#define SIGN_IN_URI "http://nmcheck.gnome.org/"

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

  gtk_accessible_announce (GTK_ACCESSIBLE (self), sentence, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
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
on_selected (ReelWindow *self)
{
  ReelJob *job = reel_history_page_get_selected (self->history);

  reel_job_actions_set_job (self->actions, job);
  reel_detail_page_set_job (self->detail, job);
  if (job == NULL)
    adw_navigation_split_view_set_show_content (self->page_split, FALSE);
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

/* A job that was just made is chosen, and nothing covers it. */
static void
show_new_job (ReelWindow *self, ReelJob *job)
{
  reel_history_page_show_all (self->history);
  reel_history_page_select (self->history, job);
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
  show_new_job (self, job);
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
  show_new_job (self, job);
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
on_sign_in_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (!gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (source), result, &error) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) && self->engine != NULL)
    reel_window_add_toast (self, _ ("No browser could be opened"));
}

static void
sign_in (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (SIGN_IN_URI);

  gtk_uri_launcher_launch (launcher, GTK_WINDOW (widget), NULL, on_sign_in_opened, g_object_ref (widget));
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
  reel_job_actions_flush (self->actions);

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
  g_signal_connect_object (self->actions, "sent", G_CALLBACK (show_new_job), self, G_CONNECT_SWAPPED);
  self->refill = reel_refill_new (self->engine, GTK_WIDGET (self));
  g_signal_connect_object (self->refill, "found", G_CALLBACK (on_reuse), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->refill, "notice", G_CALLBACK (reel_window_add_toast), self, G_CONNECT_SWAPPED);
  self->watch = reel_job_watch_new (jobs);
  self->usual_times = reel_usual_times_new (self->engine);
  g_signal_connect_object (self->watch, "state-changed", G_CALLBACK (on_state_changed), self, G_CONNECT_SWAPPED);

  reel_history_page_set_up (self->history, jobs, G_LIST_MODEL (g_list_store_new (REEL_TYPE_JOB)), self->posters,
                            self->ticker, self->usual_times);
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
  g_clear_object (&self->refill);
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
  gtk_widget_class_install_action (widget_class, "win.retry-catalogue", NULL, retry_catalogue);
  gtk_widget_class_install_action (widget_class, "win.show-help-overlay", NULL, show_shortcuts);
  gtk_widget_class_install_action (widget_class, "win.fullscreen-player", NULL, toggle_full_screen);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "win.generate", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "win.generate", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "win.new-video", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK, "win.reuse-file", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "win.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F9, 0, "win.toggle-compose", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F11, 0, "win.fullscreen-player", NULL);
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
 * reel_window_set_loaded:
 *
 * Tells that the history is read: from now on an empty one is said to be empty.
 */
void
reel_window_set_loaded (ReelWindow *self)
{
  g_return_if_fail (REEL_IS_WINDOW (self));

  reel_history_page_set_loaded (self->history);
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
