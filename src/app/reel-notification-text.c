#include "config.h"

#include "reel-notification-text.h"

#include <glib/gi18n-lib.h>

#include "reel-job-problem.h"
#include "reel-job-text.h"
#include "reel-line.h"

/* What is left of a prompt, so that there is room for what happened. */
#define MAX_PROMPT_CHARACTERS 80

/**
 * reel_notification_text_get_news:
 * @record: the record of a job
 *
 * Tells what there is to tell of a job to someone who does not look at it. What a person did, such as to cancel, is none.
 */
ReelNews
reel_notification_text_get_news (const ReelJobRecord *record)
{
  g_return_val_if_fail (record != NULL, REEL_NEWS_NONE);

  switch (reel_job_record_get_state (record)) {
  case REEL_JOB_READY:
    return REEL_NEWS_READY;
  case REEL_JOB_FAILED:
    return reel_job_problem_is_withdrawn (record) ? REEL_NEWS_NONE : REEL_NEWS_FAILED;
  case REEL_JOB_NOT_SAVED:
    return record->file_state == REEL_FILE_MISSING ? REEL_NEWS_NONE : REEL_NEWS_FAILED;
  case REEL_JOB_LOST:
    return record->declared_lost_at != 0 ? REEL_NEWS_NONE : REEL_NEWS_FAILED;
  case REEL_JOB_UNKNOWN:
    return REEL_NEWS_UNKNOWN;
  case REEL_JOB_HELD:
  case REEL_JOB_SENDING:
  case REEL_JOB_WAITING:
  case REEL_JOB_GENERATING:
  case REEL_JOB_DOWNLOADING:
  case REEL_JOB_CANCELLED:
  default:
    return REEL_NEWS_NONE;
  }
}

/**
 * reel_notification_text_make:
 * @record: the record of a job that there is news of
 * @title: its prompt on one line
 *
 * Writes what a notification tells of a job: what happened, which video it is about and whether money moved.
 *
 * Returns: (transfer full): the text
 */
ReelErrorText *
reel_notification_text_make (const ReelJobRecord *record, const char *title)
{
  g_autoptr (ReelErrorText) problem = NULL;
  g_autofree char *prompt = NULL, *cost = NULL;

  g_return_val_if_fail (record != NULL && title != NULL, NULL);

  prompt = reel_line_make (title, MAX_PROMPT_CHARACTERS);
  problem = reel_job_problem_make_text (record);
  if (problem != NULL)
    return reel_error_text_new_take (problem->title, g_strjoin ("\n", prompt, problem->body, NULL));

  cost = reel_job_text_make_cost (record);

  return reel_error_text_new_take (_ ("Your video is ready"), g_strjoin ("\n", prompt, cost, NULL));
}

/**
 * reel_notification_text_make_sum:
 * @news: what there is to tell, not %REEL_NEWS_NONE
 * @n: of how many jobs
 *
 * Writes what one notification tells of many jobs.
 *
 * Returns: (transfer full): the text
 */
ReelErrorText *
reel_notification_text_make_sum (ReelNews news, guint n)
{
  g_autofree char *title = NULL;

  switch (news) {
  case REEL_NEWS_READY:
    title = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u video is ready", "%u videos are ready", n), n);
    return reel_error_text_new_take (title, g_strdup (_ ("They are saved in the library folder.")));
  case REEL_NEWS_UNKNOWN:
    title = g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%u request of unknown outcome", "%u requests of unknown outcome", n), n);
    return reel_error_text_new_take (title, g_strdup (_ ("The service may have accepted them and charged you. Seedreel "
                                                         "will not send them again by itself.")));
  case REEL_NEWS_FAILED:
  case REEL_NEWS_NONE:
  default:
    title = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u video failed", "%u videos failed", n), n);
    return reel_error_text_new_take (
        title, g_strdup (_ ("The history says what happened to each of them, and whether it was charged.")));
  }
}
