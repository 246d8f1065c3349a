#pragma once

#include "reel-error-text.h"
#include "reel-job-record.h"

G_BEGIN_DECLS

/**
 * ReelNews:
 * @REEL_NEWS_NONE: nothing that a person must know at once
 * @REEL_NEWS_READY: a video is saved
 * @REEL_NEWS_FAILED: there is no video, or it could not be saved
 * @REEL_NEWS_UNKNOWN: a request was sent, and nobody knows what became of it
 *
 * What a notification tells of a job.
 */
typedef enum
{
  REEL_NEWS_NONE,
  REEL_NEWS_READY,
  REEL_NEWS_FAILED,
  REEL_NEWS_UNKNOWN,
} ReelNews;

#define REEL_N_NEWS (REEL_NEWS_UNKNOWN + 1)

ReelNews reel_notification_text_get_news (const ReelJobRecord *record);
ReelErrorText *reel_notification_text_make (const ReelJobRecord *record, const char *title);
ReelErrorText *reel_notification_text_make_sum (ReelNews news, guint n);

G_END_DECLS
