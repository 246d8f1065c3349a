#include "config.h"

#include "reel-detail-page.h"

#include <glib/gi18n-lib.h>

#include "reel-job-menu.h"
#include "reel-job-text.h"
#include "reel-lazy-menu.h"
#include "reel-player-view.h"
#include "reel-problem-card.h"
#include "reel-progress-view.h"
#include "reel-stage.h"
#include "reel-timeline.h"
#include "reel-ui.h"

/* A prompt that is longer is shown in part until a person asks for all of it. */
#define LONG_PROMPT_CHARACTERS 600
#define LONG_PROMPT_LINES      8

/* How much of the page the video may take. */
#define STAGE_SHARE 0.62

/**
 * ReelDetailPage:
 *
 * The chosen job: its video or how it stands with it, what was asked, what it cost and what happened when.
 *
 * The video of the chosen job plays by itself while the page is on the screen.
 */
struct _ReelDetailPage
{
  AdwNavigationPage parent_instance;

  GListModel *accounts;
  GSettings *settings_store;
  ReelJob *job;
  GSignalGroup *job_signals;
  ReelPlayer *player;          /* made with the first video */
  ReelPlayerView *player_view; /* owned; shown in the stage, or taken away for the full screen */
  GtkWidget *progress_view;    /* owned */
  gboolean player_view_taken;
  guint fit_source;

  GtkStack *stack;
  GtkWidget *menu_button;
  GtkScrolledWindow *scroller;
  ReelStage *stage;
  GtkLabel *sentence;
  ReelProblemCard *problem;
  GtkWidget *cancel_button;
  GtkWidget *save_button;
  GtkWidget *show_button;
  GtkWidget *delete_button;
  GtkLabel *prompt;
  GtkWidget *prompt_button;
  AdwActionRow *settings;
  AdwActionRow *references;
  AdwActionRow *cost;
  AdwActionRow *account;
  ReelTimeline *timeline;
  AdwActionRow *request;
};

G_DEFINE_FINAL_TYPE (ReelDetailPage, reel_detail_page, ADW_TYPE_NAVIGATION_PAGE)

static char *
make_account_name (ReelDetailPage *self, const char *id)
{
  guint n = g_list_model_get_n_items (self->accounts);

  for (guint i = 0; i < n; i++) {
    g_autoptr (ReelAccount) account = g_list_model_get_item (self->accounts, i);

    if (g_strcmp0 (reel_account_get_id (account), id) == 0)
      return g_strdup (reel_account_get_name (account));
  }

  return g_strdup (_ ("An account that was removed"));
}

static void
on_paintable_shape (ReelDetailPage *self)
{
  GdkPaintable *paintable = reel_player_get_paintable (self->player);
  double aspect = paintable != NULL ? gdk_paintable_get_intrinsic_aspect_ratio (paintable) : 0;

  if (aspect > 0 && self->job != NULL)
    reel_stage_set_aspect (self->stage, aspect);
}

static void
on_paintable (ReelDetailPage *self)
{
  GdkPaintable *paintable = reel_player_get_paintable (self->player);

  if (paintable != NULL)
    g_signal_connect_object (paintable, "invalidate-size", G_CALLBACK (on_paintable_shape), self, G_CONNECT_SWAPPED);
  on_paintable_shape (self);
}

/* The first video pays for the player: a start needs none. */
static void
ensure_player (ReelDetailPage *self)
{
  if (self->player != NULL)
    return;

  self->player = reel_player_new ();
  g_settings_bind (self->settings_store, "volume", self->player, "volume", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings_store, "muted", self->player, "muted", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings_store, "loop", self->player, "loop", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (self->player, "notify::paintable", G_CALLBACK (on_paintable), self, G_CONNECT_SWAPPED);
  self->player_view = g_object_ref_sink (reel_player_view_new ());
  reel_player_view_set_player (self->player_view, self->player);
}

static void
play (ReelDetailPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) || self->player_view_taken)
    reel_player_play (self->player);
}

/* Puts into the stage what the state of the job asks for: the video, the progress, or nothing. */
static void
update_stage (ReelDetailPage *self)
{
  const ReelJobRecord *record = reel_job_get_record (self->job);
  g_autoptr (GFile) file = reel_job_dup_file (self->job);

  if (file != NULL) {
    GFile *open;

    ensure_player (self);
    reel_progress_view_set_job (REEL_PROGRESS_VIEW (self->progress_view), NULL);
    if (!self->player_view_taken)
      reel_stage_set_child (self->stage, GTK_WIDGET (self->player_view));
    open = reel_player_get_file (self->player);
    if (open == NULL || !g_file_equal (open, file)) {
      reel_stage_set_aspect (self->stage, reel_job_text_get_aspect (record));
      reel_player_view_set_aspect_ratio (self->player_view, reel_job_text_get_aspect (record));
      reel_player_set_file (self->player, file);
      play (self);
    }
  } else {
    if (self->player != NULL)
      reel_player_set_file (self->player, NULL);
    reel_stage_set_aspect (self->stage, reel_job_text_get_aspect (record));
    if (reel_job_record_is_running (record)) {
      reel_progress_view_set_job (REEL_PROGRESS_VIEW (self->progress_view), self->job);
      reel_stage_set_child (self->stage, self->progress_view);
    } else {
      reel_progress_view_set_job (REEL_PROGRESS_VIEW (self->progress_view), NULL);
      reel_stage_set_child (self->stage, NULL);
    }
  }
  gtk_widget_set_visible (GTK_WIDGET (self->stage), file != NULL || reel_job_record_is_running (record));
}

static void
update (ReelDetailPage *self)
{
  const ReelJobRecord *record = reel_job_get_record (self->job);
  gboolean running = reel_job_record_is_running (record);
  gboolean ready = reel_job_get_state (self->job) == REEL_JOB_READY;
  g_autofree char *sentence = reel_job_text_make_progress (record);
  g_autofree char *cost = reel_job_text_make_cost (record);

  update_stage (self);
  gtk_label_set_label (self->sentence, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->sentence), running);
  reel_problem_card_show (self->problem, record);
  adw_action_row_set_subtitle (self->cost, cost);
  reel_timeline_show (self->timeline, record);
  adw_action_row_set_subtitle (self->request, record->request_id != NULL ? record->request_id : "");
  gtk_widget_set_visible (GTK_WIDGET (self->request), record->request_id != NULL);

  gtk_widget_set_visible (self->cancel_button, running);
  gtk_widget_set_visible (self->save_button, ready);
  gtk_widget_set_visible (self->show_button, ready);
  gtk_widget_set_visible (self->delete_button, !running);
}

static void
show_job (ReelDetailPage *self)
{
  const ReelJobRecord *record = reel_job_get_record (self->job);
  g_autofree char *settings = reel_job_text_make_long_settings (record);
  g_autofree char *references = g_strjoinv ("\n", record->media_urls);
  g_autofree char *account = make_account_name (self, record->account_id);
  gboolean is_long = g_utf8_strlen (record->prompt, -1) > LONG_PROMPT_CHARACTERS;

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), reel_job_get_title (self->job));
  gtk_label_set_label (self->prompt, record->prompt);
  gtk_label_set_lines (self->prompt, is_long ? LONG_PROMPT_LINES : -1);
  gtk_label_set_ellipsize (self->prompt, is_long ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_widget_set_visible (self->prompt_button, is_long);
  adw_action_row_set_subtitle (self->settings, settings);
  adw_action_row_set_subtitle (self->references, references);
  gtk_widget_set_visible (GTK_WIDGET (self->references), *references != '\0');
  adw_action_row_set_subtitle (self->account, account);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  update (self);
}

static void
on_show_prompt (ReelDetailPage *self)
{
  gtk_label_set_lines (self->prompt, -1);
  gtk_label_set_ellipsize (self->prompt, PANGO_ELLIPSIZE_NONE);
  gtk_widget_set_visible (self->prompt_button, FALSE);
}

static void
on_fit (gpointer data)
{
  ReelDetailPage *self = data;
  double height = gtk_adjustment_get_page_size (gtk_scrolled_window_get_vadjustment (self->scroller));

  self->fit_source = 0;
  if (height > 0)
    reel_stage_set_max_height (self->stage, (int)(height * STAGE_SHARE));
}

/* The height is known during a layout, in which no other may be asked for. */
static void
on_page_size (ReelDetailPage *self)
{
  if (self->fit_source == 0)
    self->fit_source = g_idle_add_once (on_fit, self);
}

static void
reel_detail_page_map (GtkWidget *widget)
{
  ReelDetailPage *self = REEL_DETAIL_PAGE (widget);

  GTK_WIDGET_CLASS (reel_detail_page_parent_class)->map (widget);

  if (self->player != NULL && reel_player_get_file (self->player) != NULL)
    reel_player_play (self->player);
}

static void
reel_detail_page_unmap (GtkWidget *widget)
{
  ReelDetailPage *self = REEL_DETAIL_PAGE (widget);

  GTK_WIDGET_CLASS (reel_detail_page_parent_class)->unmap (widget);

  if (self->player != NULL && !self->player_view_taken)
    reel_player_pause (self->player);
}

static void
reel_detail_page_dispose (GObject *object)
{
  ReelDetailPage *self = REEL_DETAIL_PAGE (object);

  g_clear_handle_id (&self->fit_source, g_source_remove);
  if (self->player != NULL)
    reel_player_set_file (self->player, NULL);
  g_clear_object (&self->job_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_DETAIL_PAGE);
  g_clear_object (&self->player_view);
  g_clear_object (&self->progress_view);
  g_clear_object (&self->player);
  g_clear_object (&self->job);
  g_clear_object (&self->settings_store);
  g_clear_object (&self->accounts);

  G_OBJECT_CLASS (reel_detail_page_parent_class)->dispose (object);
}

static void
reel_detail_page_class_init (ReelDetailPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reel_detail_page_dispose;
  widget_class->map = reel_detail_page_map;
  widget_class->unmap = reel_detail_page_unmap;

  g_type_ensure (REEL_TYPE_STAGE);
  g_type_ensure (REEL_TYPE_PROBLEM_CARD);
  g_type_ensure (REEL_TYPE_TIMELINE);
  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-detail-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelDetailPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ReelDetailPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, ReelDetailPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, ReelDetailPage, stage);
  gtk_widget_class_bind_template_child (widget_class, ReelDetailPage, sentence);
  gtk_widget_class_bind_template_child (widget_class, ReelDetailPage, problem);
  gtk_widget_class_bind_template_child (widget_class, ReelDetailPage, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, ReelDetailPage, save_button);
  gtk_widget_class_bind_template_child (widget_class, ReelDetailPage, show_button);
  gtk_widget_class_bind_template_child (widget_class, ReelDetailPage, delete_button);
  gtk_widget_class_bind_template_child (widget_class, ReelDetailPage, prompt);
  gtk_widget_class_bind_template_child (widget_class, ReelDetailPage, prompt_button);
  gtk_widget_class_bind_template_child (widget_class, ReelDetailPage, settings);
  gtk_widget_class_bind_template_child (widget_class, ReelDetailPage, references);
  gtk_widget_class_bind_template_child (widget_class, ReelDetailPage, cost);
  gtk_widget_class_bind_template_child (widget_class, ReelDetailPage, account);
  gtk_widget_class_bind_template_child (widget_class, ReelDetailPage, timeline);
  gtk_widget_class_bind_template_child (widget_class, ReelDetailPage, request);
  gtk_widget_class_bind_template_callback (widget_class, on_show_prompt);
}

static void
reel_detail_page_init (ReelDetailPage *self)
{
  g_autoptr (GMenuModel) menu = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  menu = reel_job_menu_new ();
  reel_lazy_menu_set (GTK_MENU_BUTTON (self->menu_button), menu);
  self->progress_view = g_object_ref_sink (g_object_new (REEL_TYPE_PROGRESS_VIEW, NULL));
  self->job_signals = g_signal_group_new (REEL_TYPE_JOB);
  g_signal_group_connect_swapped (self->job_signals, "changed", G_CALLBACK (update), self);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "notify::page-size",
                           G_CALLBACK (on_page_size), self, G_CONNECT_SWAPPED);
}

/**
 * reel_detail_page_set_up:
 * @accounts: (transfer none): the accounts, to name the one of a job
 * @ticker: (transfer none): what makes running times run
 * @settings: (transfer none): the settings, for volume, mute and loop
 *
 * Gives the page what it needs. Call it once.
 */
void
reel_detail_page_set_up (ReelDetailPage *self, GListModel *accounts, ReelTicker *ticker, GSettings *settings)
{
  g_return_if_fail (REEL_IS_DETAIL_PAGE (self) && self->accounts == NULL);

  self->accounts = g_object_ref (accounts);
  self->settings_store = g_object_ref (settings);
  reel_progress_view_set_ticker (REEL_PROGRESS_VIEW (self->progress_view), ticker);
}

/**
 * reel_detail_page_set_job:
 * @job: (nullable) (transfer none): a job
 *
 * Shows a job.
 */
void
reel_detail_page_set_job (ReelDetailPage *self, ReelJob *job)
{
  g_return_if_fail (REEL_IS_DETAIL_PAGE (self));

  if (!g_set_object (&self->job, job))
    return;

  g_signal_group_set_target (self->job_signals, job);
  gtk_widget_set_visible (self->menu_button, job != NULL);
  gtk_stack_set_visible_child_name (self->stack, job != NULL ? "job" : "empty");
  if (job != NULL) {
    show_job (self);
  } else {
    if (self->player != NULL)
      reel_player_set_file (self->player, NULL);
    reel_progress_view_set_job (REEL_PROGRESS_VIEW (self->progress_view), NULL);
    adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), _ ("Video"));
  }
}

/**
 * reel_detail_page_has_video:
 *
 * Returns: whether there is a video to watch
 */
gboolean
reel_detail_page_has_video (ReelDetailPage *self)
{
  g_return_val_if_fail (REEL_IS_DETAIL_PAGE (self), FALSE);

  return self->player != NULL && reel_player_get_file (self->player) != NULL;
}

/**
 * reel_detail_page_steal_player_view:
 *
 * Takes the player out of the page, to show it elsewhere. It goes on playing.
 *
 * Returns: (transfer none): the player, without a parent
 */
GtkWidget *
reel_detail_page_steal_player_view (ReelDetailPage *self)
{
  g_return_val_if_fail (REEL_IS_DETAIL_PAGE (self) && self->player_view != NULL, NULL);

  self->player_view_taken = TRUE;
  reel_stage_set_child (self->stage, NULL);
  reel_player_view_set_fullscreened (self->player_view, TRUE);

  return GTK_WIDGET (self->player_view);
}

/**
 * reel_detail_page_return_player_view:
 * @view: the player, without a parent
 *
 * Puts the player back.
 */
void
reel_detail_page_return_player_view (ReelDetailPage *self, GtkWidget *view)
{
  g_return_if_fail (REEL_IS_DETAIL_PAGE (self) && view == GTK_WIDGET (self->player_view));

  self->player_view_taken = FALSE;
  reel_player_view_set_fullscreened (self->player_view, FALSE);
  if (self->job != NULL)
    update_stage (self);
}
