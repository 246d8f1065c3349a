#include "config.h"

#include "reel-history-query.h"

G_DEFINE_BOXED_TYPE (ReelHistoryQuery, reel_history_query, reel_history_query_copy, reel_history_query_free)

/**
 * reel_history_query_new:
 *
 * Makes a query for every job that is not hidden, the newest first.
 *
 * Returns: (transfer full): the query
 */
ReelHistoryQuery *
reel_history_query_new (void)
{
  return g_new0 (ReelHistoryQuery, 1);
}

/**
 * reel_history_query_copy:
 * @self: a query
 *
 * Returns: (transfer full): a copy
 */
ReelHistoryQuery *
reel_history_query_copy (const ReelHistoryQuery *self)
{
  ReelHistoryQuery *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->search = g_strdup (self->search);
  copy->model = g_strdup (self->model);
  copy->aspect_ratio = g_strdup (self->aspect_ratio);

  return copy;
}

/**
 * reel_history_query_free:
 * @self: (nullable) (transfer full): a query
 */
void
reel_history_query_free (ReelHistoryQuery *self)
{
  if (self == NULL)
    return;

  g_free (self->search);
  g_free (self->model);
  g_free (self->aspect_ratio);
  g_free (self);
}

/**
 * reel_history_query_equal:
 * @self: a query
 * @other: another one
 *
 * Tells whether two queries ask for the same.
 */
gboolean
reel_history_query_equal (const ReelHistoryQuery *self, const ReelHistoryQuery *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  return g_strcmp0 (self->search, other->search) == 0 && self->group == other->group &&
         self->favourites == other->favourites && self->hidden == other->hidden &&
         g_strcmp0 (self->model, other->model) == 0 && g_strcmp0 (self->aspect_ratio, other->aspect_ratio) == 0 &&
         self->since == other->since && self->until == other->until && self->sort == other->sort;
}

/**
 * reel_history_query_is_narrow:
 * @self: a query
 *
 * Tells whether a query may leave jobs out, apart from the hidden ones: where it finds none, there can be some.
 */
gboolean
reel_history_query_is_narrow (const ReelHistoryQuery *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return (self->search != NULL && *self->search != '\0') || self->group != REEL_HISTORY_ALL || self->favourites ||
         self->model != NULL || self->aspect_ratio != NULL || self->since != 0 || self->until != 0;
}

/**
 * reel_history_group_has_state:
 * @group: a group
 * @state: the state of a job
 *
 * Tells whether a group has the jobs of a state. Those that were cancelled are in that of all jobs alone.
 */
gboolean
reel_history_group_has_state (ReelHistoryGroup group, ReelJobState state)
{
  switch (group) {
  case REEL_HISTORY_RUNNING:
    return state == REEL_JOB_SENDING || state == REEL_JOB_WAITING || state == REEL_JOB_GENERATING ||
           state == REEL_JOB_DOWNLOADING;
  case REEL_HISTORY_READY:
    return state == REEL_JOB_READY;
  case REEL_HISTORY_FAILED:
    return state == REEL_JOB_FAILED || state == REEL_JOB_NOT_SAVED || state == REEL_JOB_LOST || state == REEL_JOB_HELD;
  case REEL_HISTORY_UNKNOWN:
    return state == REEL_JOB_UNKNOWN;
  case REEL_HISTORY_ALL:
  default:
    return TRUE;
  }
}

static int
compare_numbers (gint64 one, gint64 other)
{
  return (one > other) - (one < other);
}

/**
 * reel_history_place_compare:
 * @self: a place
 * @other: another one
 * @sort: the order
 *
 * Tells which place comes first.
 *
 * Returns: less than 0, 0 or more than 0, as in qsort()
 */
int
reel_history_place_compare (const ReelHistoryPlace *self, const ReelHistoryPlace *other, ReelHistorySort sort)
{
  int by_age = -compare_numbers (self->created_at, other->created_at), by_cost = 0;

  if (by_age == 0)
    by_age = -compare_numbers (self->key, other->key);

  if (sort == REEL_HISTORY_OLDEST)
    return -by_age;
  if (sort == REEL_HISTORY_DEAREST)
    by_cost = -compare_numbers (self->estimate, other->estimate);
  if (sort == REEL_HISTORY_CHEAPEST)
    by_cost = (self->estimate < 0) != (other->estimate < 0) ? compare_numbers (other->estimate, self->estimate)
                                                            : compare_numbers (self->estimate, other->estimate);

  return by_cost != 0 ? by_cost : by_age;
}
