#include "config.h"

#include "reel-poll-queue.h"

/**
 * ReelPollQueue:
 *
 * Who of many jobs is asked about next. It knows no clock and no network.
 *
 * A job waits until it is due, and then in a line for the budget. The urgent ones go first; the lines of the young and
 * the old ones take turns, so that neither holds the other, however long it is. Within a line each goes by its turn: it
 * joins in front, and each time it went it goes back by its share. So with more jobs than the budget has room for, all
 * are asked about less often, none is left out, and no step looks at all of them.
 */
struct _ReelPollQueue
{
  GSequence *waiting; /* ReelPollItem, by the time they are due */
  struct
  {
    GSequence *items; /* ReelPollItem that are due, by their turn */
    gint64 turn;      /* of who went last */
  } lines[REEL_POLL_N_RANKS];
  gboolean young_went; /* when both the young and the old wait: whose turn it was */
};

static int
compare_due (gconstpointer one, gconstpointer other, gpointer data)
{
  const ReelPollItem *a = one, *b = other;

  return (a->due > b->due) - (a->due < b->due);
}

static int
compare_turn (gconstpointer one, gconstpointer other, gpointer data)
{
  const ReelPollItem *a = one, *b = other;

  if (a->turn != b->turn)
    return a->turn < b->turn ? -1 : 1;

  return (a->accepted_at < b->accepted_at) - (a->accepted_at > b->accepted_at);
}

static ReelPollItem *
get_first (GSequence *items)
{
  return g_sequence_is_empty (items) ? NULL : g_sequence_get (g_sequence_get_begin_iter (items));
}

/* Whoever comes to a line is not before those who went: time that was spent elsewhere gives no turns in advance. */
static void
line_up (ReelPollQueue *self, ReelPollItem *item)
{
  reel_poll_queue_remove (self, item);
  item->turn = MAX (item->turn, self->lines[item->rank].turn);
  item->iter = g_sequence_insert_sorted (self->lines[item->rank].items, item, compare_turn, NULL);
}

static ReelPollRank
choose_line (ReelPollQueue *self)
{
  gboolean has_young = !g_sequence_is_empty (self->lines[REEL_POLL_YOUNG].items);
  gboolean has_old = !g_sequence_is_empty (self->lines[REEL_POLL_OLD].items);

  if (!g_sequence_is_empty (self->lines[REEL_POLL_URGENT].items))
    return REEL_POLL_URGENT;
  if (has_young && has_old)
    self->young_went = !self->young_went;
  else
    self->young_went = has_young;

  return self->young_went ? REEL_POLL_YOUNG : REEL_POLL_OLD;
}

/**
 * reel_poll_queue_new:
 *
 * Makes an empty queue.
 *
 * Returns: (transfer full): the queue; free with reel_poll_queue_free()
 */
ReelPollQueue *
reel_poll_queue_new (void)
{
  ReelPollQueue *self = g_new0 (ReelPollQueue, 1);

  self->waiting = g_sequence_new (NULL);
  for (guint i = 0; i < REEL_POLL_N_RANKS; i++)
    self->lines[i].items = g_sequence_new (NULL);

  return self;
}

/**
 * reel_poll_queue_free:
 * @self: (transfer full): a queue
 *
 * Frees a queue. Its items belong to others.
 */
void
reel_poll_queue_free (ReelPollQueue *self)
{
  g_sequence_free (self->waiting);
  for (guint i = 0; i < REEL_POLL_N_RANKS; i++)
    g_sequence_free (self->lines[i].items);
  g_free (self);
}

/**
 * reel_poll_queue_put:
 * @item: an item, also one that is in the queue already
 * @due: when it may go, monotonic microseconds
 * @rank: its line
 * @share: what it pays for each turn, at least 1
 *
 * Puts an item into the queue.
 */
void
reel_poll_queue_put (ReelPollQueue *self, ReelPollItem *item, gint64 due, ReelPollRank rank, guint share)
{
  g_return_if_fail (share > 0 && rank < REEL_POLL_N_RANKS);

  reel_poll_queue_remove (self, item);
  /* The turns of two lines have nothing to do with each other. */
  if (item->share != 0 && item->rank != rank)
    item->turn = self->lines[rank].turn + share;
  item->due = due;
  item->rank = rank;
  item->share = share;
  item->iter = g_sequence_insert_sorted (self->waiting, item, compare_due, NULL);
}

/**
 * reel_poll_queue_remove:
 * @item: an item
 *
 * Takes an item out, if it is in the queue.
 */
void
reel_poll_queue_remove (ReelPollQueue *self, ReelPollItem *item)
{
  g_clear_pointer (&item->iter, g_sequence_remove);
}

/**
 * reel_poll_queue_hurry:
 * @now: monotonic microseconds
 *
 * Makes all that wait due.
 */
void
reel_poll_queue_hurry (ReelPollQueue *self, gint64 now)
{
  ReelPollItem *item;

  while ((item = get_first (self->waiting)) != NULL) {
    item->due = MIN (item->due, now);
    line_up (self, item);
  }
}

/**
 * reel_poll_queue_get_next:
 *
 * Returns: when the next item may go, monotonic microseconds: %G_MININT64 where one waits for the budget alone,
 *   %G_MAXINT64 where there is none
 */
gint64
reel_poll_queue_get_next (ReelPollQueue *self)
{
  ReelPollItem *item = get_first (self->waiting);

  for (guint i = 0; i < REEL_POLL_N_RANKS; i++)
    if (!g_sequence_is_empty (self->lines[i].items))
      return G_MININT64;

  return item != NULL ? item->due : G_MAXINT64;
}

/**
 * reel_poll_queue_take:
 * @now: monotonic microseconds
 *
 * Takes out who goes next.
 *
 * Returns: (transfer none) (nullable): the item, %NULL where none is due
 */
ReelPollItem *
reel_poll_queue_take (ReelPollQueue *self, gint64 now)
{
  ReelPollRank rank;
  ReelPollItem *item;

  while ((item = get_first (self->waiting)) != NULL && item->due <= now)
    line_up (self, item);

  rank = choose_line (self);
  item = get_first (self->lines[rank].items);
  if (item == NULL)
    return NULL;

  reel_poll_queue_remove (self, item);
  self->lines[rank].turn = item->turn;
  item->turn += item->share;

  return item;
}
