#include "config.h"

#include "reel-ledger-entry.h"

/**
 * reel_ledger_entry_new:
 *
 * Makes an entry with nothing in it.
 *
 * Returns: (transfer full): the entry; free with reel_ledger_entry_free()
 */
ReelLedgerEntry *
reel_ledger_entry_new (void)
{
  ReelLedgerEntry *self = g_new0 (ReelLedgerEntry, 1);

  self->estimate = REEL_MONEY_NOT_LISTED;

  return self;
}

/**
 * reel_ledger_entry_free:
 * @self: (nullable) (transfer full): an entry
 *
 * Frees an entry.
 */
void
reel_ledger_entry_free (ReelLedgerEntry *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->account_id);
  g_free (self->model);
  g_free (self->prompt);
  g_free (self->resolution);
  g_free (self->credits_charged);
  g_free (self->request_id);
  g_free (self);
}

/**
 * reel_ledger_entry_get_kind:
 *
 * Tells what a job means for money. One whose request is on its way is not known yet; one that the service accepted and
 * lost is for a person to settle with it.
 */
ReelLedgerKind
reel_ledger_entry_get_kind (const ReelLedgerEntry *self)
{
  switch (self->submission) {
  case REEL_SUBMISSION_RECORDED:
  case REEL_SUBMISSION_REJECTED:
    return REEL_LEDGER_NOTHING;
  case REEL_SUBMISSION_ACCEPTED:
    return self->status == REEL_SERVICE_LOST ? REEL_LEDGER_UNRESOLVED : REEL_LEDGER_ACCEPTED;
  case REEL_SUBMISSION_SENDING:
  case REEL_SUBMISSION_UNKNOWN:
  default:
    return REEL_LEDGER_UNRESOLVED;
  }
}
