#pragma once

#include <gtk/gtk.h>

#include "reel-job.h"

G_BEGIN_DECLS

/**
 * ReelHistoryGroup:
 * @REEL_HISTORY_ALL: every job
 * @REEL_HISTORY_RUNNING: something is still going to happen by itself
 * @REEL_HISTORY_READY: the video is saved
 * @REEL_HISTORY_PROBLEMS: failed, not saved, or the outcome is not known
 *
 * Which jobs the history shows.
 */
typedef enum
{
  REEL_HISTORY_ALL,
  REEL_HISTORY_RUNNING,
  REEL_HISTORY_READY,
  REEL_HISTORY_PROBLEMS,
} ReelHistoryGroup;

#define REEL_TYPE_HISTORY_FILTER (reel_history_filter_get_type ())
G_DECLARE_FINAL_TYPE (ReelHistoryFilter, reel_history_filter, REEL, HISTORY_FILTER, GtkFilter)

ReelHistoryFilter *reel_history_filter_new (void);
ReelHistoryGroup reel_history_filter_get_group (ReelHistoryFilter *self);
void reel_history_filter_set_group (ReelHistoryFilter *self, ReelHistoryGroup group);
void reel_history_filter_set_search (ReelHistoryFilter *self, const char *search);
gboolean reel_history_filter_is_searching (ReelHistoryFilter *self);

G_END_DECLS
