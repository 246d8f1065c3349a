#include "config.h"

#include "reel-send-queue.h"

#include "reel-alarm.h"
#include "reel-poll-schedule.h"

/* Submissions of an account on their way at once. The service limits requests for a minute, and a request that was
 * refused for that is not sent again by itself: a batch of ten would lose some. What waits here survives a crash as not
 * sent, where what is on its way becomes an unknown outcome. One would let each wait for the slow answer of another. */
#define MOST_AT_ONCE 3

/**
 * ReelSendQueue:
 *
 * Whose turn it is to be sent: one line for each account, in the order of the tickets, with a few slots. While no
 * connection can be made, a line waits longer and longer between two attempts. It never gives up.
 */
struct _ReelSendQueue
{
  gint64 interval; /* microseconds */
  void (*go) (gpointer item, gpointer data);
  gpointer data;

  GHashTable *lines; /* account id -> Line */
  ReelAlarm *alarm;
};

typedef struct
{
  GQueue waiting; /* Place, in the order of the tickets */
  guint n_slots;  /* that are taken */
  guint n_failures;
  gint64 not_before; /* monotonic microseconds */
} Line;

typedef struct
{
  guint64 ticket;
  gpointer item; /* borrowed */
} Place;

static void
line_free (gpointer data)
{
  Line *line = data;

  g_queue_clear_full (&line->waiting, g_free);
  g_free (line);
}

static Line *
get_line (ReelSendQueue *self, const char *account_id)
{
  Line *line = g_hash_table_lookup (self->lines, account_id);

  if (line == NULL) {
    line = g_new0 (Line, 1);
    g_queue_init (&line->waiting);
    g_hash_table_insert (self->lines, g_strdup (account_id), line);
  }

  return line;
}

static gint64
get_time (const Line *line)
{
  return line->n_slots >= MOST_AT_ONCE || line->waiting.length == 0 ? REEL_ALARM_NEVER : line->not_before;
}

/* Whoever is called goes from the main loop alone, never from within a call to the queue. */
static void
arm (ReelSendQueue *self)
{
  gint64 next = REEL_ALARM_NEVER;
  GHashTableIter iter;
  Line *line;

  g_hash_table_iter_init (&iter, self->lines);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&line))
    next = MIN (next, get_time (line));
  reel_alarm_set (self->alarm, next);
}

/* A call may change the lines: the search begins anew after each. */
static gpointer
take_next (ReelSendQueue *self)
{
  gint64 now = g_get_monotonic_time ();
  GHashTableIter iter;
  Line *line;

  g_hash_table_iter_init (&iter, self->lines);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&line)) {
    if (get_time (line) <= now) {
      g_autofree Place *place = g_queue_pop_head (&line->waiting);

      line->n_slots++;
      return place->item;
    }
  }

  return NULL;
}

static void
on_alarm (gpointer data)
{
  ReelSendQueue *self = data;
  gpointer item;

  while ((item = take_next (self)) != NULL)
    self->go (item, self->data);
  arm (self);
}

static int
compare_places (gconstpointer one, gconstpointer other, gpointer data)
{
  const Place *first = one, *second = other;

  return first->ticket < second->ticket ? -1 : first->ticket > second->ticket;
}

/**
 * reel_send_queue_new:
 * @interval: the shortest pause after an attempt without a connection, microseconds
 * @go: called from the main loop when it is an item's turn; the item has taken a slot then
 * @data: for @go
 *
 * Makes a queue without anyone in it.
 *
 * Returns: (transfer full): the queue; free with reel_send_queue_free()
 */
ReelSendQueue *
reel_send_queue_new (gint64 interval, void (*go) (gpointer item, gpointer data), gpointer data)
{
  ReelSendQueue *self = g_new0 (ReelSendQueue, 1);

  self->interval = interval;
  self->go = go;
  self->data = data;
  self->lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, line_free);
  self->alarm = reel_alarm_new ("reel-send-queue", on_alarm, self);

  return self;
}

/**
 * reel_send_queue_free:
 * @self: (transfer full): a queue
 *
 * Frees a queue. The items are not its own.
 */
void
reel_send_queue_free (ReelSendQueue *self)
{
  reel_alarm_free (self->alarm);
  g_hash_table_unref (self->lines);
  g_free (self);
}

/**
 * reel_send_queue_push:
 * @account_id: whose line
 * @ticket: the lowest goes first
 * @item: who waits
 *
 * Lets an item wait for its turn.
 */
void
reel_send_queue_push (ReelSendQueue *self, const char *account_id, guint64 ticket, gpointer item)
{
  Place *place = g_new0 (Place, 1);

  place->ticket = ticket;
  place->item = item;
  g_queue_insert_sorted (&get_line (self, account_id)->waiting, place, compare_places, NULL);
  arm (self);
}

/**
 * reel_send_queue_remove:
 * @account_id: whose line
 * @item: an item, also one that does not wait
 *
 * Takes an item out of its line.
 */
void
reel_send_queue_remove (ReelSendQueue *self, const char *account_id, gpointer item)
{
  Line *line = get_line (self, account_id);

  for (GList *link = line->waiting.head; link != NULL; link = link->next) {
    Place *place = link->data;

    if (place->item != item)
      continue;
    g_queue_delete_link (&line->waiting, link);
    g_free (place);
    break;
  }
  arm (self);
}

/**
 * reel_send_queue_give_back:
 * @account_id: whose line
 *
 * Gives a slot back: an item is done, or has held it for long enough.
 */
void
reel_send_queue_give_back (ReelSendQueue *self, const char *account_id)
{
  Line *line = get_line (self, account_id);

  g_assert (line->n_slots > 0);
  line->n_slots--;
  arm (self);
}

/**
 * reel_send_queue_wait:
 * @account_id: whose line
 *
 * Lets a line wait since no connection could be made, longer each time. Attempts that fail together count once.
 */
void
reel_send_queue_wait (ReelSendQueue *self, const char *account_id)
{
  Line *line = get_line (self, account_id);
  gint64 now = g_get_monotonic_time ();

  if (line->not_before > now)
    return;

  line->n_failures++;
  line->not_before = now + reel_poll_schedule_backoff (self->interval, line->n_failures, g_random_double ());
  arm (self);
}

/**
 * reel_send_queue_hurry:
 * @account_id: (nullable): whose line, %NULL for all
 *
 * Lets those that wait for a connection go at once: what kept them may be gone, or is known to be.
 */
void
reel_send_queue_hurry (ReelSendQueue *self, const char *account_id)
{
  GHashTableIter iter;
  const char *id;
  Line *line;

  g_hash_table_iter_init (&iter, self->lines);
  while (g_hash_table_iter_next (&iter, (gpointer *)&id, (gpointer *)&line)) {
    if (account_id != NULL && !g_str_equal (id, account_id))
      continue;
    line->n_failures = 0;
    line->not_before = 0;
  }
  arm (self);
}
