#include "config.h"

#include "reel-problem-ways.h"

#include <glib/gi18n-lib.h>

#include "reel-job-problem.h"

static const ReelProblemWay copy_receipt = {N_ ("Copy _Receipt"), NULL, "job.copy-receipt", NULL, REEL_WAY_PLAIN};

static const ReelProblemWay check_balance = {
    N_ ("Check the Balance"),
    N_ ("Opens the service's website: look whether credits are missing, and for the request ID."), "job.check-balance",
    "adw-external-link-symbolic", REEL_WAY_PLAIN};

static const ReelProblemWay adopt = {N_ ("I Found the Request ID…"),
                                     N_ ("Seedreel finds the job by it and saves its video. This costs nothing."),
                                     "job.adopt", "go-next-symbolic", REEL_WAY_PLAIN};

/* Ways being listed. */
typedef struct
{
  ReelProblemWay *ways;
  guint n;
} List;

static void
add (List *list, ReelProblemWay way)
{
  g_assert (list->n < REEL_PROBLEM_MAX_WAYS);

  way.title = _ (way.title);
  way.subtitle = way.subtitle != NULL ? _ (way.subtitle) : NULL;
  list->ways[list->n++] = way;
}

static void
list_unknown (List *list, const ReelJobRecord *record, gboolean has_website)
{
  if (record->webhook_token != NULL)
    add (list, (ReelProblemWay){N_ ("Wait for the Webhook"),
                                N_ ("If the service accepted the request, it tells Seedreel by itself."), NULL, NULL,
                                REEL_WAY_PLAIN});
  if (has_website)
    add (list, check_balance);
  add (list, adopt);
  if (record->declared_lost_at != 0)
    return;

  add (list, (ReelProblemWay){N_ ("Declare Lost…"), N_ ("Ends the search. What it may have cost stays under Spending."),
                              "job.declare-lost", "go-next-symbolic", REEL_WAY_PLAIN});
  add (list, (ReelProblemWay){N_ ("Send Again as New Job…"), N_ ("The service may charge you a second time."),
                              "job.send-again", "go-next-symbolic", REEL_WAY_DANGEROUS});
}

static void
list_lost (List *list, gboolean has_website)
{
  add (list, (ReelProblemWay){N_ ("Ask Again"), N_ ("Asks the service once more for this job. This costs nothing."),
                              "job.check-again", "view-refresh-symbolic", REEL_WAY_PLAIN});
  if (has_website)
    add (list, check_balance);
  add (list, (ReelProblemWay){N_ ("Copy the Receipt"), N_ ("All that is known of it, for the service's support."),
                              "job.copy-receipt", "edit-copy-symbolic", REEL_WAY_PLAIN});
}

/**
 * reel_problem_ways_list:
 * @record: the record of a job
 * @has_website: whether the account has a website that can be opened
 * @is_long: whether the service takes longer than usual
 * @ways: (out caller-allocates): the ways to go on, the best first
 *
 * Lists what a person can do about a job. None of it asks for another video, but the one that says what that may cost.
 *
 * Returns: how many ways there are
 */
guint
reel_problem_ways_list (const ReelJobRecord *record,
                        gboolean has_website,
                        gboolean is_long,
                        ReelProblemWay ways[REEL_PROBLEM_MAX_WAYS])
{
  List list = {.ways = ways};

  g_return_val_if_fail (record != NULL && ways != NULL, 0);

  switch (reel_job_record_get_state (record)) {
  case REEL_JOB_HELD:
    add (&list, (ReelProblemWay){N_ ("_Send Now"), NULL, "job.send-now", NULL, REEL_WAY_SUGGESTED});
    add (&list, (ReelProblemWay){N_ ("_Do Not Send"), NULL, "job.withdraw", NULL, REEL_WAY_PLAIN});
    break;
  case REEL_JOB_SENDING:
    if (reel_job_problem_waits_for_connection (record) && g_strcmp0 (record->error_code, "portal") == 0)
      add (&list, (ReelProblemWay){N_ ("_Sign In"), NULL, "win.sign-in", NULL, REEL_WAY_SUGGESTED});
    if (reel_job_problem_waits_for_connection (record))
      add (&list, (ReelProblemWay){N_ ("_Do Not Send"), NULL, "job.withdraw", NULL, REEL_WAY_PLAIN});
    break;
  case REEL_JOB_FAILED:
    if (g_strcmp0 (record->error_code, "unauthorized") == 0)
      add (&list, (ReelProblemWay){N_ ("_Preferences"), NULL, "win.preferences", NULL, REEL_WAY_PLAIN});
    break;
  case REEL_JOB_NOT_SAVED:
    add (&list, (ReelProblemWay){N_ ("_Download Again"), NULL, "job.retry-download", NULL, REEL_WAY_PLAIN});
    break;
  case REEL_JOB_UNKNOWN:
    list_unknown (&list, record, has_website);
    break;
  case REEL_JOB_LOST:
    if (record->submission == REEL_SUBMISSION_UNKNOWN)
      list_unknown (&list, record, has_website);
    else
      list_lost (&list, has_website);
    break;
  case REEL_JOB_WAITING:
  case REEL_JOB_GENERATING:
    if (is_long) {
      add (&list, copy_receipt);
      if (!record->hidden)
        add (&list, (ReelProblemWay){N_ ("_Hide"), NULL, "job.hide", NULL, REEL_WAY_PLAIN});
    }
    break;
  case REEL_JOB_DOWNLOADING:
  case REEL_JOB_READY:
  case REEL_JOB_CANCELLED:
  default:
    break;
  }

  return list.n;
}
