#pragma once

#include "reel-ledger-sum.h"

G_BEGIN_DECLS

/**
 * ReelLedgerPeriod:
 * @begin: its first moment on the person's own clock, microseconds since 1970 in UTC
 * @sum: what it cost
 * @days: (nullable) (element-type ReelLedgerPeriod): the days of a month that cost something, the last first
 *
 * A month, or a day of one.
 */
typedef struct
{
  gint64 begin;
  ReelLedgerSum sum;
  GPtrArray *days;
} ReelLedgerPeriod;

/**
 * ReelLedgerAccount:
 * @id: the id of the account
 * @sum: what it cost altogether
 * @months: (element-type ReelLedgerPeriod): the months that cost something, the last first
 *
 * What was spent with one account.
 */
typedef struct
{
  char *id;
  ReelLedgerSum sum;
  GPtrArray *months;
} ReelLedgerAccount;

typedef struct _ReelLedger ReelLedger;

ReelLedger *reel_ledger_new (GPtrArray *entries);
ReelLedger *reel_ledger_ref (ReelLedger *self);
void reel_ledger_unref (ReelLedger *self);
GPtrArray *reel_ledger_get_entries (ReelLedger *self);
GPtrArray *reel_ledger_get_accounts (ReelLedger *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelLedger, reel_ledger_unref)

G_END_DECLS
