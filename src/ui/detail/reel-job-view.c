#include "config.h"

#include "reel-job-view.h"

#include <glib/gi18n-lib.h>

#include "reel-account.h"
#include "reel-job-problem.h"
#include "reel-job-text.h"
#include "reel-problem-card.h"
#include "reel-timeline.h"
#include "reel-ui.h"
#include "reel-website.h"

/* A prompt that is longer is shown in part until a person asks for all of it. */
#define LONG_PROMPT_CHARACTERS 600
#define LONG_PROMPT_LINES      8

/* How much of the page the video may take. */
#define STAGE_SHARE 0.62

/**
 * ReelJobView:
 *
 * What is shown of a job: the stage for its video, how it stands with it, what can be done, what was asked, what it cost
 * and what happened when.
 */
struct _ReelJobView
{
  AdwBin parent_instance;

  GListModel *accounts;
  guint fit_source;

  GtkAdjustment *position;
  ReelStage *stage;
  GtkLabel *sentence;
  ReelProblemCard *problem;
  GtkWidget *cancel_button;
  GtkWidget *reuse_button;
  GtkWidget *save_button;
  GtkWidget *show_button;
  GtkWidget *hide_button;
  GtkWidget *show_in_history_button;
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

G_DEFINE_FINAL_TYPE (ReelJobView, reel_job_view, ADW_TYPE_BIN)

/* The account of a job, NULL where it was removed. */
static ReelAccount *
get_account (ReelJobView *self, const ReelJobRecord *record)
{
  guint n = g_list_model_get_n_items (self->accounts);

  for (guint i = 0; i < n; i++) {
    g_autoptr (ReelAccount) account = g_list_model_get_item (self->accounts, i);

    if (g_strcmp0 (reel_account_get_id (account), record->account_id) == 0)
      return account; /* the list keeps it */
  }

  return NULL;
}

static void
on_show_prompt (ReelJobView *self)
{
  gtk_label_set_lines (self->prompt, -1);
  gtk_label_set_ellipsize (self->prompt, PANGO_ELLIPSIZE_NONE);
  gtk_widget_set_visible (self->prompt_button, FALSE);
}

static void
on_fit (gpointer data)
{
  ReelJobView *self = data;
  double height = gtk_adjustment_get_page_size (self->position);

  self->fit_source = 0;
  if (height > 0)
    reel_stage_set_max_height (self->stage, (int)(height * STAGE_SHARE));
}

/* The height is known during a layout, in which no other may be asked for. */
static void
on_page_size (ReelJobView *self)
{
  if (self->fit_source == 0)
    self->fit_source = g_idle_add_once (on_fit, self);
}

static void
reel_job_view_dispose (GObject *object)
{
  ReelJobView *self = REEL_JOB_VIEW (object);

  g_clear_handle_id (&self->fit_source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_JOB_VIEW);
  g_clear_object (&self->accounts);

  G_OBJECT_CLASS (reel_job_view_parent_class)->dispose (object);
}

static void
reel_job_view_class_init (ReelJobViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reel_job_view_dispose;

  g_type_ensure (REEL_TYPE_STAGE);
  g_type_ensure (REEL_TYPE_PROBLEM_CARD);
  g_type_ensure (REEL_TYPE_TIMELINE);
  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-job-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelJobView, position);
  gtk_widget_class_bind_template_child (widget_class, ReelJobView, stage);
  gtk_widget_class_bind_template_child (widget_class, ReelJobView, sentence);
  gtk_widget_class_bind_template_child (widget_class, ReelJobView, problem);
  gtk_widget_class_bind_template_child (widget_class, ReelJobView, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, ReelJobView, reuse_button);
  gtk_widget_class_bind_template_child (widget_class, ReelJobView, save_button);
  gtk_widget_class_bind_template_child (widget_class, ReelJobView, show_button);
  gtk_widget_class_bind_template_child (widget_class, ReelJobView, hide_button);
  gtk_widget_class_bind_template_child (widget_class, ReelJobView, show_in_history_button);
  gtk_widget_class_bind_template_child (widget_class, ReelJobView, delete_button);
  gtk_widget_class_bind_template_child (widget_class, ReelJobView, prompt);
  gtk_widget_class_bind_template_child (widget_class, ReelJobView, prompt_button);
  gtk_widget_class_bind_template_child (widget_class, ReelJobView, settings);
  gtk_widget_class_bind_template_child (widget_class, ReelJobView, references);
  gtk_widget_class_bind_template_child (widget_class, ReelJobView, cost);
  gtk_widget_class_bind_template_child (widget_class, ReelJobView, account);
  gtk_widget_class_bind_template_child (widget_class, ReelJobView, timeline);
  gtk_widget_class_bind_template_child (widget_class, ReelJobView, request);
  gtk_widget_class_bind_template_callback (widget_class, on_show_prompt);
  gtk_widget_class_bind_template_callback (widget_class, on_page_size);
}

static void
reel_job_view_init (ReelJobView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * reel_job_view_new:
 * @accounts: (transfer none): the accounts, to name the one of a job
 *
 * Makes a view of nothing yet.
 *
 * Returns: (transfer floating): the view
 */
ReelJobView *
reel_job_view_new (GListModel *accounts)
{
  ReelJobView *self = g_object_new (REEL_TYPE_JOB_VIEW, NULL);

  self->accounts = g_object_ref (accounts);

  return self;
}

/**
 * reel_job_view_get_stage:
 *
 * Returns: (transfer none): where the video or the progress is shown
 */
ReelStage *
reel_job_view_get_stage (ReelJobView *self)
{
  g_return_val_if_fail (REEL_IS_JOB_VIEW (self), NULL);

  return self->stage;
}

/**
 * reel_job_view_show:
 * @record: the record of a job that was not shown before
 *
 * Shows what was asked, from its beginning. What changes in the course of a job is shown by reel_job_view_update().
 */
void
reel_job_view_show (ReelJobView *self, const ReelJobRecord *record)
{
  g_autofree char *settings = reel_job_text_make_long_settings (record);
  g_autofree char *references = g_strjoinv ("\n", record->media_urls);
  /* A video that was adopted may come without its prompt. */
  const char *prompt = record->prompt != NULL ? record->prompt : "";
  gboolean is_long = g_utf8_strlen (prompt, -1) > LONG_PROMPT_CHARACTERS;
  ReelAccount *account;

  g_return_if_fail (REEL_IS_JOB_VIEW (self));

  gtk_label_set_label (self->prompt, prompt);
  gtk_label_set_lines (self->prompt, is_long ? LONG_PROMPT_LINES : -1);
  gtk_label_set_ellipsize (self->prompt, is_long ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_widget_set_visible (self->prompt_button, is_long);
  adw_action_row_set_subtitle (self->settings, settings);
  adw_action_row_set_subtitle (self->references, references);
  gtk_widget_set_visible (GTK_WIDGET (self->references), *references != '\0');
  account = get_account (self, record);
  adw_action_row_set_subtitle (self->account,
                               account != NULL ? reel_account_get_name (account) : _ ("An account that was removed"));
  gtk_adjustment_set_value (self->position, 0);
}

/**
 * reel_job_view_update:
 * @record: the record of the job that is shown
 * @usual: what such a job usually takes, microseconds, 0 where that is not known
 *
 * Shows how it stands with the job.
 */
void
reel_job_view_update (ReelJobView *self, const ReelJobRecord *record, gint64 usual)
{
  gboolean running = reel_job_record_is_running (record);
  gboolean ready = reel_job_record_get_state (record) == REEL_JOB_READY;
  g_autofree char *sentence = reel_job_text_make_progress (record);
  g_autofree char *cost = reel_job_text_make_cost (record);
  g_autofree char *website = NULL;

  g_return_if_fail (REEL_IS_JOB_VIEW (self));

  website = reel_website_make (get_account (self, record));

  gtk_label_set_label (self->sentence, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->sentence), *sentence != '\0');
  reel_problem_card_show (self->problem, record, website != NULL, usual);
  adw_action_row_set_subtitle (self->cost, cost);
  reel_timeline_show (self->timeline, record);
  adw_action_row_set_subtitle (self->request, record->request_id != NULL ? record->request_id : "");
  gtk_widget_set_visible (GTK_WIDGET (self->request), record->request_id != NULL);

  gtk_widget_set_visible (self->cancel_button, running && record->submission != REEL_SUBMISSION_RECORDED);
  /* Beside a request that may be charged already, nothing invites to another one; the menu still has it. */
  gtk_widget_set_visible (self->reuse_button, reel_job_record_get_state (record) != REEL_JOB_UNKNOWN);
  gtk_widget_set_visible (self->save_button, ready);
  gtk_widget_set_visible (self->show_button, ready);
  /* The card of a job that takes long offers it already. */
  gtk_widget_set_visible (self->hide_button, !record->hidden && !reel_job_record_is_closed (record) &&
                                                 !reel_job_problem_is_long (record, usual, g_get_real_time ()));
  gtk_widget_set_visible (self->show_in_history_button, record->hidden);
  gtk_widget_set_visible (self->delete_button, reel_job_record_is_closed (record));
}
