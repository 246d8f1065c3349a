#pragma once

#include "reel-job-record.h"

G_BEGIN_DECLS

/**
 * ReelLedgerKind:
 * @REEL_LEDGER_NOTHING: it was not sent, or not accepted: it costs nothing
 * @REEL_LEDGER_ACCEPTED: the service accepted it, and charges when it does
 * @REEL_LEDGER_UNRESOLVED: nobody knows whether it was accepted, or the service lost it
 *
 * What a job means for money.
 */
typedef enum
{
  REEL_LEDGER_NOTHING,
  REEL_LEDGER_ACCEPTED,
  REEL_LEDGER_UNRESOLVED,
} ReelLedgerKind;

/**
 * ReelLedgerEntry:
 * @id: our own name for the job
 * @account_id: the account it was sent with
 * @model: (nullable): the API's model field
 * @prompt: (nullable): the prompt, %NULL where the job was deleted
 * @duration: seconds, 0 where none was chosen
 * @resolution: (nullable): as the service writes it
 * @created_at: when Generate was pressed, microseconds since 1970 in UTC
 * @estimate: micro-dollars, or %REEL_MONEY_NOT_LISTED
 * @credits_charged: (nullable): as the service wrote it
 * @submission: what is known about the submission
 * @request_id: (nullable): the service's name for the job
 * @status: what the service says
 *
 * What is kept of a job for the sake of money, also after it is deleted.
 */
typedef struct
{
  char *id;
  char *account_id;
  char *model;
  char *prompt;
  guint duration;
  char *resolution;
  gint64 created_at;
  ReelMoney estimate;
  char *credits_charged;
  ReelSubmission submission;
  char *request_id;
  ReelServiceStatus status;
} ReelLedgerEntry;

ReelLedgerEntry *reel_ledger_entry_new (void);
void reel_ledger_entry_free (ReelLedgerEntry *self);
ReelLedgerKind reel_ledger_entry_get_kind (const ReelLedgerEntry *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelLedgerEntry, reel_ledger_entry_free)

G_END_DECLS
