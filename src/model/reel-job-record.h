#pragma once

#include "reel-generation.h"
#include "reel-money.h"
#include "reel-request.h"

G_BEGIN_DECLS

/**
 * ReelSubmission:
 * @REEL_SUBMISSION_RECORDED: written down; nothing has left this machine
 * @REEL_SUBMISSION_SENDING: written down that it is being sent; found so at a start, its outcome is unknown
 * @REEL_SUBMISSION_ACCEPTED: the service gave a request id; it charges at this point
 * @REEL_SUBMISSION_REJECTED: it did not reach the service, or the service refused it: nothing was accepted
 * @REEL_SUBMISSION_UNKNOWN: it was sent and no answer came: it may be charged; never sent again by itself
 *
 * What is known about the submission of a job.
 */
typedef enum
{
  REEL_SUBMISSION_RECORDED,
  REEL_SUBMISSION_SENDING,
  REEL_SUBMISSION_ACCEPTED,
  REEL_SUBMISSION_REJECTED,
  REEL_SUBMISSION_UNKNOWN,
} ReelSubmission;

/**
 * ReelFileState:
 * @REEL_FILE_NONE: there is nothing to download yet
 * @REEL_FILE_DOWNLOADING: the video is on its way, also over a restart
 * @REEL_FILE_SAVED: the video is in the library folder
 * @REEL_FILE_FAILED: the download ended with an error; it can be started again
 * @REEL_FILE_MISSING: the video was saved and is not there any more; it can be downloaded again
 *
 * What is on the disk.
 */
typedef enum
{
  REEL_FILE_NONE,
  REEL_FILE_DOWNLOADING,
  REEL_FILE_SAVED,
  REEL_FILE_FAILED,
  REEL_FILE_MISSING,
} ReelFileState;

/**
 * ReelJobState:
 * @REEL_JOB_HELD: written down by an earlier run and not sent: it goes only when a person says so
 * @REEL_JOB_SENDING: on its way to the service, or waiting for a connection
 * @REEL_JOB_WAITING: accepted
 * @REEL_JOB_GENERATING: being made
 * @REEL_JOB_DOWNLOADING: on its way to the library folder
 * @REEL_JOB_READY: saved
 * @REEL_JOB_NOT_SAVED: made, but not in the library folder: not downloaded, or not there any more
 * @REEL_JOB_FAILED: it did not reach the service, or the service refused it or could not make it
 * @REEL_JOB_CANCELLED: cancelled
 * @REEL_JOB_UNKNOWN: sent, and nobody knows what became of it
 * @REEL_JOB_LOST: the service has not known it for a day, or a person declared its unknown outcome to be a loss
 *
 * The one word that a person reads: derived from the submission, what the service says and what is on the disk.
 */
typedef enum
{
  REEL_JOB_HELD,
  REEL_JOB_SENDING,
  REEL_JOB_WAITING,
  REEL_JOB_GENERATING,
  REEL_JOB_DOWNLOADING,
  REEL_JOB_READY,
  REEL_JOB_NOT_SAVED,
  REEL_JOB_FAILED,
  REEL_JOB_CANCELLED,
  REEL_JOB_UNKNOWN,
  REEL_JOB_LOST,
} ReelJobState;

/** What ReelJobRecord.error_code says of a job that a person withdrew before it was sent. */
#define REEL_JOB_WITHDRAWN "withdrawn"

#define REEL_TYPE_JOB_STATE (reel_job_state_get_type ())
GType reel_job_state_get_type (void);

/**
 * ReelJobRecord:
 * @id: our own name for the job, a UUID
 * @account_id: the account it was sent with
 * @model: the API's model field
 * @prompt: the prompt
 * @media_urls: (array zero-terminated=1): the links of the references, in order
 * @duration: the length in seconds, 0 where none was chosen
 * @aspect_ratio: (nullable): as the service writes it
 * @resolution: (nullable): as the service writes it
 * @webhook_url: (nullable): as typed
 * @webhook_token: (nullable): the unguessable part of the address that its webhook comes to, where ours is asked for
 * @resend_of: (nullable): the job of unknown outcome that this one asks for again
 * @estimate: micro-dollars by the listed price when it was sent, or %REEL_MONEY_NOT_LISTED
 * @credits_charged: (nullable): creditsCharged as the service wrote it; never converted
 * @submission: what is known about the submission
 * @held: whether a recorded job waits for a person to send it
 * @declared_lost_at: when a person declared an unknown outcome to be a loss; times are as below
 * @request_id: (nullable): the service's name for the job; untrusted
 * @status: what the service says
 * @status_text: (nullable): the status as the service wrote it
 * @output_url: (nullable): where the video is; untrusted
 * @error_code: (nullable): the service's own code, or our name for a failure of the network
 * @error_message: (nullable): the service's own words, or ours; who issued the certificate that was refused
 * @http_status: the HTTP status of the last answer, 0 where there was none
 * @cancel_asked: whether a cancel was asked for
 * @cancel_error: (nullable): why the service refused the cancel, in its words
 * @file_state: what is on the disk
 * @file: (nullable): the absolute path of the video
 * @file_size: bytes
 * @file_sha256: (nullable): lower-case hex
 * @file_error: (nullable): why the download failed
 * @file_aside: (nullable): the absolute path of what came and is no video
 * @part_size: the length of the whole video as its server said it, bytes, 0 where that is not known
 * @part_etag: (nullable): the version of the video that is on its way, to go on with it
 * @hidden: whether it is out of sight
 * @favourite: whether a person wants to keep it
 * @created_at: when Generate was pressed; all times are microseconds since 1970 in UTC, 0 for not yet
 * @sent_at: when the request left
 * @accepted_at: when the service gave the request id
 * @started_at: when it was first seen processing
 * @not_found_at: since when the service has said not_found, 0 where it knows the job
 * @finished_at: when it was first seen in a final status
 * @saved_at: when the file was complete
 *
 * Everything that is kept of a job. A plain value: threads pass copies of it.
 */
typedef struct
{
  char *id;
  char *account_id;

  char *model;
  char *prompt;
  char **media_urls;
  guint duration;
  char *aspect_ratio;
  char *resolution;
  char *webhook_url;
  char *webhook_token;
  char *resend_of;

  ReelMoney estimate;
  char *credits_charged;

  ReelSubmission submission;
  gboolean held;
  gint64 declared_lost_at;
  char *request_id;
  ReelServiceStatus status;
  char *status_text;
  char *output_url;
  char *error_code;
  char *error_message;
  guint http_status;
  gboolean cancel_asked;
  char *cancel_error;

  ReelFileState file_state;
  char *file;
  gint64 file_size;
  char *file_sha256;
  char *file_error;
  char *file_aside;
  gint64 part_size;
  char *part_etag;

  gboolean hidden;
  gboolean favourite;

  gint64 created_at;
  gint64 sent_at;
  gint64 accepted_at;
  gint64 started_at;
  gint64 not_found_at;
  gint64 finished_at;
  gint64 saved_at;
} ReelJobRecord;

ReelJobRecord *reel_job_record_new (void);
ReelJobRecord *reel_job_record_new_for_request (ReelRequest *request, const char *account_id, ReelMoney estimate);
ReelJobRecord *reel_job_record_copy (const ReelJobRecord *self);
void reel_job_record_free (ReelJobRecord *self);
ReelRequest *reel_job_record_to_request (const ReelJobRecord *self);
ReelJobState reel_job_record_get_state (const ReelJobRecord *self);
gboolean reel_job_record_is_running (const ReelJobRecord *self);
gboolean reel_job_record_is_closed (const ReelJobRecord *self);
gboolean reel_job_record_is_unfinished (const ReelJobRecord *self);
void reel_job_record_apply (ReelJobRecord *self, const ReelGeneration *generation, gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelJobRecord, reel_job_record_free)

G_END_DECLS
