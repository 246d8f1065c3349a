#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ReelPollRank:
 * @REEL_POLL_URGENT: somebody waits for this very answer
 * @REEL_POLL_YOUNG: may be finished any moment
 * @REEL_POLL_OLD: takes its time
 *
 * In which line a job waits for the budget.
 */
typedef enum
{
  REEL_POLL_URGENT,
  REEL_POLL_YOUNG,
  REEL_POLL_OLD,
  REEL_POLL_N_RANKS,
} ReelPollRank;

/**
 * ReelPollItem:
 * @accepted_at: of two whose turn it is, the one that was accepted later goes first
 * @due: when it may go, monotonic microseconds
 * @rank: its line
 * @share: what it pays for each turn: one with half of it gets twice as many
 * @turn: its place in the line
 * @iter: where it is, %NULL where it is in no queue
 *
 * A job that shares a budget with others. Its owner sets @accepted_at, the queue the rest.
 */
typedef struct
{
  gint64 accepted_at;
  gint64 due;
  ReelPollRank rank;
  guint share;
  gint64 turn;
  GSequenceIter *iter;
} ReelPollItem;

typedef struct _ReelPollQueue ReelPollQueue;

ReelPollQueue *reel_poll_queue_new (void);
void reel_poll_queue_free (ReelPollQueue *self);

void reel_poll_queue_put (ReelPollQueue *self, ReelPollItem *item, gint64 due, ReelPollRank rank, guint share);
void reel_poll_queue_remove (ReelPollQueue *self, ReelPollItem *item);
void reel_poll_queue_hurry (ReelPollQueue *self, gint64 now);
gint64 reel_poll_queue_get_next (ReelPollQueue *self);
ReelPollItem *reel_poll_queue_take (ReelPollQueue *self, gint64 now);

G_END_DECLS
