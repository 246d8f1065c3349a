#pragma once

#include "reel-error-text.h"

G_BEGIN_DECLS

/**
 * ReelErrorMoney:
 * @REEL_ERROR_MONEY_NOT_ASKED: nothing that costs money was asked
 * @REEL_ERROR_MONEY_NOT_SENT: the request never left this computer
 * @REEL_ERROR_MONEY_NOT_ACCEPTED: the service refused the request
 * @REEL_ERROR_MONEY_UNKNOWN: the request was sent, and its outcome is not known
 *
 * What is known about money after an error.
 */
typedef enum
{
  REEL_ERROR_MONEY_NOT_ASKED,
  REEL_ERROR_MONEY_NOT_SENT,
  REEL_ERROR_MONEY_NOT_ACCEPTED,
  REEL_ERROR_MONEY_UNKNOWN,
} ReelErrorMoney;

/**
 * ReelErrorFacts:
 * @code: what it is
 * @doing: what was being done
 * @money: what is known about money
 * @was_sent: whether a byte of the request may have left this computer
 * @http_status: the HTTP status of the answer, 0 where there was none
 * @retry_after: the delay that the service asks for, in seconds, -1 for none
 * @service_code: (nullable): the service's own code
 * @service_message: (nullable): the service's own words
 * @issuer: (nullable): who issued the certificate that was refused
 * @technical: (nullable): what the system says, for errors of this computer
 *
 * An error with what its sentences are made of, from a GError or from the record of a job. It borrows its strings.
 */
typedef struct
{
  ReelError code;
  ReelErrorDoing doing;
  ReelErrorMoney money;
  gboolean was_sent;
  guint http_status;
  gint64 retry_after;
  const char *service_code;
  const char *service_message;
  const char *issuer;
  const char *technical;
} ReelErrorFacts;

const char *reel_error_facts_get_title (const ReelErrorFacts *self);
const char *reel_error_facts_get_event (const ReelErrorFacts *self);
const char *reel_error_facts_get_money (const ReelErrorFacts *self);
char *reel_error_facts_make_certificate (const ReelErrorFacts *self);
char *reel_error_facts_make_advice (const ReelErrorFacts *self);
ReelErrorMoney reel_error_facts_judge_money (const ReelErrorFacts *self);

G_END_DECLS
