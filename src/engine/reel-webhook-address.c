#include "config.h"

#include "reel-webhook-address.h"

#include "reel-uri.h"
#include "reel-webhook.h"

/* The address that the webhook of a job is asked to: one that a person typed is sent as typed, and otherwise it is that of the
 * receiver of the account, with a token that nobody else knows. */

static gboolean
is_received (const ReelJobRecord *record, ReelAccount *account)
{
  return record->webhook_url == NULL && account != NULL &&
         reel_account_get_webhook_state (account) == REEL_ACCOUNT_WEBHOOKS_LISTENING &&
         reel_uri_check_public (reel_account_get_webhook_url (account)) == REEL_URI_OK;
}

/**
 * reel_webhook_address_assign:
 * @record: a job that is about to be sent
 * @account: (nullable): the account it is sent with
 *
 * Gives a job its token, where its account has a receiver that listens. It is to be on the disk before the request leaves:
 * the webhook may be the only news of a job whose answer was lost.
 */
void
reel_webhook_address_assign (ReelJobRecord *record, ReelAccount *account)
{
  if (record->webhook_token == NULL && is_received (record, account))
    record->webhook_token = reel_webhook_make_token ();
}

/**
 * reel_webhook_address_make_outgoing:
 * @record: a job
 * @account: (nullable): the account it is sent with
 *
 * Makes what is sent of a job: with the address of the receiver, which is not kept as if it had been typed.
 *
 * Returns: (transfer full): a record to encode, never to keep
 */
ReelJobRecord *
reel_webhook_address_make_outgoing (const ReelJobRecord *record, ReelAccount *account)
{
  ReelJobRecord *outgoing = reel_job_record_copy (record);

  if (record->webhook_token != NULL && is_received (record, account))
    outgoing->webhook_url = reel_webhook_make_url (reel_account_get_webhook_url (account), record->webhook_token);

  return outgoing;
}
