#include "config.h"

#include "reel-detail-page.h"

#include <glib/gi18n-lib.h>

#include "reel-job-menu.h"
#include "reel-job-problem.h"
#include "reel-job-text.h"
#include "reel-job-view.h"
#include "reel-lazy-menu.h"
#include "reel-player-view.h"
#include "reel-progress-view.h"
#include "reel-ui.h"

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
  ReelPlayerView *player_view; /* owned; in the stage, or taken away for the full screen */
  GtkWidget *progress_view;    /* owned; in the stage */
  gboolean player_view_taken;
  gboolean show_title;
  ReelUsualTimes *usual_times; /* nullable */
  gboolean is_long;            /* the job was shown as one that takes longer than usual */

  GtkStack *stack;
  GtkToggleButton *star;
  GtkWidget *menu_button;
  ReelJobView *view; /* NULL until the first job */
  ReelStage *stage;  /* of the view */
  GtkStack *shown;   /* what the stage shows */
};

G_DEFINE_FINAL_TYPE (ReelDetailPage, reel_detail_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  PROP_JOB = 1,
  PROP_PLAYER,
  PROP_SHOW_TITLE,
  N_PROPS,
};

enum
{
  FILE_DOUBTED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

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

static void
on_player_error (ReelDetailPage *self)
{
  if (self->job == NULL || reel_player_get_error (self->player) == NULL)
    return;

  reel_stage_set_aspect (self->stage, reel_job_text_get_aspect (reel_job_get_record (self->job)));
  g_signal_emit (self, signals[FILE_DOUBTED], 0, self->job);
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
  g_signal_connect_object (self->player, "notify::error", G_CALLBACK (on_player_error), self, G_CONNECT_SWAPPED);
  self->player_view = g_object_ref_sink (reel_player_view_new ());
  reel_player_view_set_player (self->player_view, self->player);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLAYER]);
}

static void
play (ReelDetailPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) || self->player_view_taken)
    reel_player_play (self->player);
}

/* Shows a widget in the stage. One that was shown before stays in the window: what assistive technologies know of a
 * GtkStack outlives its place there, and GTK 4.18 complains when it comes back. */
static void
show_in_stage (ReelDetailPage *self, GtkWidget *widget)
{
  if (gtk_widget_get_parent (widget) == NULL)
    gtk_stack_add_child (self->shown, widget);
  gtk_stack_set_visible_child (self->shown, widget);
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
      show_in_stage (self, GTK_WIDGET (self->player_view));
    open = reel_player_get_file (self->player);
    if (open == NULL || !g_file_equal (open, file)) {
      reel_player_view_set_aspect_ratio (self->player_view, reel_job_text_get_aspect (record));
      reel_player_set_file (self->player, file);
      /* The last picture of another video keeps its shape while it stays. */
      if (reel_player_get_still (self->player) == NULL)
        reel_stage_set_aspect (self->stage, reel_job_text_get_aspect (record));
      play (self);
    }
  } else {
    if (self->player != NULL)
      reel_player_set_file (self->player, NULL);
    reel_stage_set_aspect (self->stage, reel_job_text_get_aspect (record));
    if (reel_job_record_is_running (record)) {
      reel_progress_view_set_job (REEL_PROGRESS_VIEW (self->progress_view), self->job);
      show_in_stage (self, self->progress_view);
    } else {
      reel_progress_view_set_job (REEL_PROGRESS_VIEW (self->progress_view), NULL);
    }
  }
  gtk_widget_set_visible (GTK_WIDGET (self->stage), file != NULL || reel_job_record_is_running (record));
}

static gint64
get_usual (ReelDetailPage *self)
{
  return self->usual_times != NULL ? reel_usual_times_get (self->usual_times, reel_job_get_record (self->job)) : 0;
}

static gboolean
is_long (ReelDetailPage *self)
{
  return reel_job_problem_is_long (reel_job_get_record (self->job), get_usual (self), g_get_real_time ());
}

static void
update (ReelDetailPage *self)
{
  update_stage (self);
  reel_job_view_update (self->view, reel_job_get_record (self->job), get_usual (self));
  self->is_long = is_long (self);
}

/* With time alone, a job that runs becomes one that takes longer than usual. */
static void
on_tick (ReelDetailPage *self)
{
  if (self->job != NULL && is_long (self) != self->is_long)
    update (self);
}

/* The first job pays for what is shown of it: a start needs none. */
static void
ensure_view (ReelDetailPage *self)
{
  if (self->view != NULL)
    return;

  self->view = reel_job_view_new (self->accounts);
  self->stage = reel_job_view_get_stage (self->view);
  self->shown = GTK_STACK (reel_stage_get_child (self->stage));
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->view), "job");
}

static void
show_job (ReelDetailPage *self)
{
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), reel_job_get_title (self->job));
  reel_job_view_show (self->view, reel_job_get_record (self->job));
  update (self);
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
reel_detail_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_JOB:
    g_value_set_object (value, REEL_DETAIL_PAGE (object)->job);
    break;
  case PROP_PLAYER:
    g_value_set_object (value, REEL_DETAIL_PAGE (object)->player);
    break;
  case PROP_SHOW_TITLE:
    g_value_set_boolean (value, REEL_DETAIL_PAGE (object)->show_title);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_detail_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_SHOW_TITLE:
    REEL_DETAIL_PAGE (object)->show_title = g_value_get_boolean (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
on_star (ReelDetailPage *self)
{
  gtk_button_set_icon_name (GTK_BUTTON (self->star),
                            gtk_toggle_button_get_active (self->star) ? "starred-symbolic" : "star-outline-symbolic");
}

static void
reel_detail_page_dispose (GObject *object)
{
  ReelDetailPage *self = REEL_DETAIL_PAGE (object);

  if (self->player != NULL)
    reel_player_set_file (self->player, NULL);
  g_clear_object (&self->job_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_DETAIL_PAGE);
  g_clear_object (&self->player_view);
  g_clear_object (&self->progress_view);
  g_clear_object (&self->player);
  g_clear_object (&self->job);
  g_clear_object (&self->usual_times);
  g_clear_object (&self->settings_store);
  g_clear_object (&self->accounts);

  G_OBJECT_CLASS (reel_detail_page_parent_class)->dispose (object);
}

static void
reel_detail_page_class_init (ReelDetailPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->get_property = reel_detail_page_get_property;
  G_OBJECT_CLASS (klass)->set_property = reel_detail_page_set_property;
  G_OBJECT_CLASS (klass)->dispose = reel_detail_page_dispose;
  widget_class->map = reel_detail_page_map;
  widget_class->unmap = reel_detail_page_unmap;

  /**
   * ReelDetailPage:job:
   *
   * The job that is shown.
   */
  properties[PROP_JOB] =
      g_param_spec_object ("job", NULL, NULL, REEL_TYPE_JOB, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * ReelDetailPage:player:
   *
   * The player, which is made with the first video and then stays.
   */
  properties[PROP_PLAYER] =
      g_param_spec_object ("player", NULL, NULL, REEL_TYPE_PLAYER, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * ReelDetailPage:show-title:
   *
   * Whether the header bar has room for the prompt.
   */
  properties[PROP_SHOW_TITLE] =
      g_param_spec_boolean ("show-title", NULL, NULL, TRUE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);

  /**
   * ReelDetailPage::file-doubted:
   * @job: a job that was saved
   *
   * Emitted when a saved video is shown, and when it does not play: it is time to look whether it is still there.
   */
  signals[FILE_DOUBTED] = g_signal_new ("file-doubted", REEL_TYPE_DETAIL_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, REEL_TYPE_JOB);

  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-detail-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelDetailPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ReelDetailPage, star);
  gtk_widget_class_bind_template_child (widget_class, ReelDetailPage, menu_button);
  gtk_widget_class_bind_template_callback (widget_class, on_star);
}

static void
reel_detail_page_init (ReelDetailPage *self)
{
  g_autoptr (GMenuModel) menu = NULL;

  self->show_title = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));

  menu = reel_job_menu_new ();
  reel_lazy_menu_set (GTK_MENU_BUTTON (self->menu_button), menu);
  self->progress_view = g_object_ref_sink (g_object_new (REEL_TYPE_PROGRESS_VIEW, NULL));
  self->job_signals = g_signal_group_new (REEL_TYPE_JOB);
  g_signal_group_connect_swapped (self->job_signals, "changed", G_CALLBACK (update), self);
}

/**
 * reel_detail_page_set_up:
 * @accounts: (transfer none): the accounts, to name the one of a job
 * @ticker: (transfer none): what makes running times run
 * @usual_times: (nullable) (transfer none): how long jobs usually take
 * @settings: (transfer none): the settings, for volume, mute and loop
 *
 * Gives the page what it needs. Call it once.
 */
void
reel_detail_page_set_up (ReelDetailPage *self,
                         GListModel *accounts,
                         ReelTicker *ticker,
                         ReelUsualTimes *usual_times,
                         GSettings *settings)
{
  g_return_if_fail (REEL_IS_DETAIL_PAGE (self) && self->accounts == NULL);

  self->accounts = g_object_ref (accounts);
  self->settings_store = g_object_ref (settings);
  self->usual_times = usual_times != NULL ? g_object_ref (usual_times) : NULL;
  reel_progress_view_set_ticker (REEL_PROGRESS_VIEW (self->progress_view), ticker);
  /* The progress view keeps it ticking while a job runs. */
  g_signal_connect_object (ticker, "tick", G_CALLBACK (on_tick), self, G_CONNECT_SWAPPED);
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
  if (job != NULL)
    ensure_view (self);
  gtk_stack_set_visible_child_name (self->stack, job != NULL ? "job" : "empty");
  if (job != NULL) {
    show_job (self);
    if (reel_job_get_record (job)->file != NULL)
      g_signal_emit (self, signals[FILE_DOUBTED], 0, job);
  } else {
    if (self->player != NULL)
      reel_player_set_file (self->player, NULL);
    reel_progress_view_set_job (REEL_PROGRESS_VIEW (self->progress_view), NULL);
    adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), _ ("Video"));
  }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_JOB]);
}

/**
 * reel_detail_page_get_job:
 *
 * Returns: (transfer none) (nullable): the job that is shown
 */
ReelJob *
reel_detail_page_get_job (ReelDetailPage *self)
{
  g_return_val_if_fail (REEL_IS_DETAIL_PAGE (self), NULL);

  return self->job;
}

/**
 * reel_detail_page_get_player:
 *
 * Returns: (transfer none) (nullable): the player, which is made with the first video and then stays
 */
ReelPlayer *
reel_detail_page_get_player (ReelDetailPage *self)
{
  g_return_val_if_fail (REEL_IS_DETAIL_PAGE (self), NULL);

  return self->player;
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
 * reel_detail_page_pause:
 *
 * Pauses the video, where one plays.
 */
void
reel_detail_page_pause (ReelDetailPage *self)
{
  g_return_if_fail (REEL_IS_DETAIL_PAGE (self));

  if (self->player != NULL)
    reel_player_pause (self->player);
}

/**
 * reel_detail_page_find_frame:
 * @video: (out) (transfer full): the video that is shown
 * @frame: (out): the number of the frame that is shown, from 0
 * @time: (out): a time within it, for reel_frame_load_async()
 *
 * Returns: whether there is a frame
 */
gboolean
reel_detail_page_find_frame (ReelDetailPage *self, GFile **video, gint64 *frame, gint64 *time)
{
  g_return_val_if_fail (REEL_IS_DETAIL_PAGE (self), FALSE);

  if (!reel_detail_page_has_video (self) || !reel_player_find_frame (self->player, frame, time))
    return FALSE;

  *video = g_object_ref (reel_player_get_file (self->player));

  return TRUE;
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
  gtk_widget_set_visible (GTK_WIDGET (self->shown), FALSE);
  gtk_stack_remove (self->shown, GTK_WIDGET (self->player_view));
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
  gtk_widget_set_visible (GTK_WIDGET (self->shown), TRUE);
  reel_player_view_set_fullscreened (self->player_view, FALSE);
  if (self->job != NULL)
    update_stage (self);
}
