#include "config.h"

#include "reel-ledger-sum.h"

#include "reel-decimal.h"

/* A sum that does not fit counts the rest as not listed, rather than being wrong. */
static void
add_estimate (ReelMoney *sum, guint *n_not_listed, ReelMoney estimate)
{
  ReelMoney total;

  if (estimate >= 0 && !__builtin_add_overflow (*sum, estimate, &total))
    *sum = total;
  else
    (*n_not_listed)++;
}

static void
add_charge (ReelLedgerSum *self, const ReelLedgerEntry *entry)
{
  if (entry->credits_charged != NULL && reel_decimal_add (&self->charged, entry->credits_charged))
    self->n_charged++;
  else if (entry->submission == REEL_SUBMISSION_ACCEPTED)
    self->n_not_said++;
}

/**
 * reel_ledger_sum_add:
 * @self: a sum; one that is all zero is empty
 * @entry: what is kept of a job
 *
 * Adds a job.
 */
void
reel_ledger_sum_add (ReelLedgerSum *self, const ReelLedgerEntry *entry)
{
  g_return_if_fail (self != NULL && entry != NULL);

  switch (reel_ledger_entry_get_kind (entry)) {
  case REEL_LEDGER_ACCEPTED:
    self->n_accepted++;
    self->n_made += entry->status == REEL_SERVICE_SUCCEEDED;
    add_estimate (&self->estimated, &self->n_not_listed, entry->estimate);
    add_charge (self, entry);
    break;
  case REEL_LEDGER_UNRESOLVED:
    self->n_unresolved++;
    add_estimate (&self->unresolved, &self->n_unresolved_not_listed, entry->estimate);
    add_charge (self, entry);
    break;
  case REEL_LEDGER_NOTHING:
  default:
    break;
  }
}

/**
 * reel_ledger_sum_clear:
 *
 * Empties a sum and frees what it holds.
 */
void
reel_ledger_sum_clear (ReelLedgerSum *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->charged);
  *self = (ReelLedgerSum){0};
}
