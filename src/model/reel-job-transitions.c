#include "config.h"

#include "reel-job-transitions.h"

/* The state machine of a job: what is known about the submission, what the service says and what is on the disk, each
 * with its own transitions. The table in the README says what each of them means for money. */

/**
 * reel_submission_can_become:
 * @from: what was known
 * @to: what is known now
 *
 * Tells whether the knowledge about a submission may change so. Only what provably never left goes back to recorded;
 * an unknown outcome ends only in the proof that the service took it, and nothing undoes an acceptance.
 */
gboolean
reel_submission_can_become (ReelSubmission from, ReelSubmission to)
{
  if (from == to)
    return TRUE;

  switch (from) {
  case REEL_SUBMISSION_RECORDED:
    return to == REEL_SUBMISSION_SENDING || to == REEL_SUBMISSION_REJECTED;
  case REEL_SUBMISSION_SENDING:
    return TRUE;
  case REEL_SUBMISSION_REJECTED:
  case REEL_SUBMISSION_UNKNOWN:
    /* A webhook or a person's request id proves it, whatever a proxy had answered. */
    return to == REEL_SUBMISSION_ACCEPTED;
  case REEL_SUBMISSION_ACCEPTED:
  default:
    return FALSE;
  }
}

/**
 * reel_service_status_can_become:
 * @from: what the service said
 * @to: what it says now
 *
 * Tells whether a status may follow another one. A final status is not taken back by one that is still running: that
 * answer was overtaken. A video that was made stays made. A job that was given up as lost may turn up again.
 */
gboolean
reel_service_status_can_become (ReelServiceStatus from, ReelServiceStatus to)
{
  if (from == to)
    return TRUE;
  if (to == REEL_SERVICE_NONE || from == REEL_SERVICE_SUCCEEDED)
    return FALSE;
  if (from == REEL_SERVICE_LOST)
    return TRUE;

  return !reel_service_status_is_final (from) || (reel_service_status_is_final (to) && to != REEL_SERVICE_LOST);
}

/**
 * reel_file_state_can_become:
 * @from: what was on the disk
 * @to: what is on the disk
 *
 * Tells whether a file state may follow another one. A video gets saved by a download alone, and what was saved is
 * never called anything but saved or missing without one.
 */
gboolean
reel_file_state_can_become (ReelFileState from, ReelFileState to)
{
  if (from == to)
    return TRUE;

  switch (from) {
  case REEL_FILE_NONE:
  case REEL_FILE_FAILED:
    return to == REEL_FILE_DOWNLOADING;
  case REEL_FILE_DOWNLOADING:
    return to == REEL_FILE_SAVED || to == REEL_FILE_FAILED;
  case REEL_FILE_SAVED:
    return to == REEL_FILE_MISSING;
  case REEL_FILE_MISSING:
    return to == REEL_FILE_DOWNLOADING || to == REEL_FILE_SAVED;
  default:
    return FALSE;
  }
}

/**
 * reel_job_record_is_sound:
 * @self: a record
 *
 * Tells whether the parts of a record agree: an accepted job has its request id, only an accepted one has a status, only
 * one that succeeded has a file, and a saved file has a path.
 */
gboolean
reel_job_record_is_sound (const ReelJobRecord *self)
{
  gboolean accepted = self->submission == REEL_SUBMISSION_ACCEPTED;

  if (accepted != (self->request_id != NULL))
    return FALSE;
  if (!accepted && self->status != REEL_SERVICE_NONE)
    return FALSE;
  if (self->held && self->submission != REEL_SUBMISSION_RECORDED)
    return FALSE;
  if (self->declared_lost_at != 0 && self->submission != REEL_SUBMISSION_UNKNOWN)
    return FALSE;
  if (self->file_state != REEL_FILE_NONE && self->status != REEL_SERVICE_SUCCEEDED)
    return FALSE;

  return (self->file_state != REEL_FILE_SAVED && self->file_state != REEL_FILE_MISSING) || self->file != NULL;
}

/**
 * reel_job_record_can_become:
 * @from: what is kept of a job
 * @to: what is to be kept of it
 *
 * Tells whether a change of a job is one that can happen. The request id of an accepted job never changes: it is the
 * only way to a video that was paid for.
 */
gboolean
reel_job_record_can_become (const ReelJobRecord *from, const ReelJobRecord *to)
{
  return g_strcmp0 (from->id, to->id) == 0 && reel_submission_can_become (from->submission, to->submission) &&
         reel_service_status_can_become (from->status, to->status) &&
         reel_file_state_can_become (from->file_state, to->file_state) &&
         (from->request_id == NULL || g_strcmp0 (from->request_id, to->request_id) == 0) &&
         reel_job_record_is_sound (to);
}
