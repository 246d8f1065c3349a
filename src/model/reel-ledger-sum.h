#pragma once

#include "reel-ledger-entry.h"

G_BEGIN_DECLS

/**
 * ReelLedgerSum:
 * @n_accepted: requests that the service accepted
 * @n_made: those of them whose video was made
 * @n_not_listed: those of them without a listed price, which are not in @estimated
 * @estimated: micro-dollars, of the accepted ones by the prices that were listed
 * @n_charged: jobs for which the service said what it charged
 * @n_not_said: accepted requests for which it did not say so, or not as a number
 * @charged: (nullable): the sum of what it said, credits as an exact decimal; %NULL where it said nothing
 * @n_unresolved: requests of which nobody knows whether they are charged, and those that the service lost
 * @n_unresolved_not_listed: those of them without a listed price
 * @unresolved: micro-dollars, the estimates of the unresolved ones
 *
 * What some jobs cost. Estimates and credits are never converted into each other.
 */
typedef struct
{
  guint n_accepted;
  guint n_made;
  guint n_not_listed;
  ReelMoney estimated;

  guint n_charged;
  guint n_not_said;
  char *charged;

  guint n_unresolved;
  guint n_unresolved_not_listed;
  ReelMoney unresolved;
} ReelLedgerSum;

void reel_ledger_sum_add (ReelLedgerSum *self, const ReelLedgerEntry *entry);
void reel_ledger_sum_clear (ReelLedgerSum *self);

G_END_DECLS
