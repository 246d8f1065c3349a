#pragma once

#include "reel-job-record.h"

G_BEGIN_DECLS

/**
 * ReelHistoryGroup:
 * @REEL_HISTORY_ALL: every job
 * @REEL_HISTORY_RUNNING: something is still going to happen by itself
 * @REEL_HISTORY_READY: the video is saved
 * @REEL_HISTORY_FAILED: there is no video, or it is not in the library folder
 * @REEL_HISTORY_UNKNOWN: nobody knows what became of it
 *
 * Which jobs the history shows.
 */
typedef enum
{
  REEL_HISTORY_ALL,
  REEL_HISTORY_RUNNING,
  REEL_HISTORY_READY,
  REEL_HISTORY_FAILED,
  REEL_HISTORY_UNKNOWN,
} ReelHistoryGroup;

/**
 * ReelHistorySort:
 * @REEL_HISTORY_NEWEST: the newest first
 * @REEL_HISTORY_OLDEST: the oldest first
 * @REEL_HISTORY_DEAREST: the highest estimate first; where no price was listed, last
 * @REEL_HISTORY_CHEAPEST: the lowest estimate first; where no price was listed, last
 *
 * In which order. Jobs that are alike in it stand the newest first.
 */
typedef enum
{
  REEL_HISTORY_NEWEST,
  REEL_HISTORY_OLDEST,
  REEL_HISTORY_DEAREST,
  REEL_HISTORY_CHEAPEST,
} ReelHistorySort;

#define REEL_TYPE_HISTORY_QUERY (reel_history_query_get_type ())

/**
 * ReelHistoryQuery:
 * @search: (nullable): what a person typed; every word of it begins a word of the prompt
 * @group: which jobs
 * @favourites: whether only favourites
 * @hidden: whether the hidden jobs, or those that are not
 * @model: (nullable): only this model
 * @aspect_ratio: (nullable): only this aspect ratio
 * @since: only jobs made at this time or later; microseconds since 1970 in UTC, 0 for any
 * @until: only jobs made before this time; the same, 0 for any
 * @sort: in which order
 *
 * What the history shows. A plain value: threads pass copies of it.
 */
typedef struct
{
  char *search;
  ReelHistoryGroup group;
  gboolean favourites;
  gboolean hidden;
  char *model;
  char *aspect_ratio;
  gint64 since;
  gint64 until;
  ReelHistorySort sort;
} ReelHistoryQuery;

/**
 * ReelHistoryPlace:
 * @key: what the database calls the job; never used again
 * @created_at: when it was made, microseconds since 1970 in UTC
 * @estimate: micro-dollars, or %REEL_MONEY_NOT_LISTED
 *
 * Where a job stands in the history. As small as it can be: there is one of every job that is shown.
 */
typedef struct
{
  gint64 key;
  gint64 created_at;
  ReelMoney estimate;
} ReelHistoryPlace;

GType reel_history_query_get_type (void);
ReelHistoryQuery *reel_history_query_new (void);
ReelHistoryQuery *reel_history_query_copy (const ReelHistoryQuery *self);
void reel_history_query_free (ReelHistoryQuery *self);
gboolean reel_history_query_equal (const ReelHistoryQuery *self, const ReelHistoryQuery *other);
gboolean reel_history_query_is_narrow (const ReelHistoryQuery *self);
gboolean reel_history_group_has_state (ReelHistoryGroup group, ReelJobState state);
int reel_history_place_compare (const ReelHistoryPlace *self, const ReelHistoryPlace *other, ReelHistorySort sort);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelHistoryQuery, reel_history_query_free)

G_END_DECLS
