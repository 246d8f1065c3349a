#pragma once

#include <gio/gio.h>

#include "reel-history-query.h"

G_BEGIN_DECLS

#define REEL_TYPE_HISTORY_FILTER (reel_history_filter_get_type ())
G_DECLARE_FINAL_TYPE (ReelHistoryFilter, reel_history_filter, REEL, HISTORY_FILTER, GObject)

ReelHistoryFilter *reel_history_filter_new (void);
ReelHistoryQuery *reel_history_filter_make_query (ReelHistoryFilter *self, gint64 now);
gboolean reel_history_filter_get_hidden (ReelHistoryFilter *self);
ReelHistoryGroup reel_history_filter_get_group (ReelHistoryFilter *self);
void reel_history_filter_set_range (ReelHistoryFilter *self, GDateTime *first, GDateTime *last);
void reel_history_filter_clear (ReelHistoryFilter *self);
void reel_history_filter_clear_all (ReelHistoryFilter *self);
GPtrArray *reel_history_filter_list (ReelHistoryFilter *self); /* ReelHistoryChip */

/**
 * ReelHistoryChip:
 * @property: the property of the filter that is set
 * @text: what it asks for, in the words of a person
 *
 * One thing that is filtered by.
 */
typedef struct
{
  const char *property;
  char *text;
} ReelHistoryChip;

void reel_history_chip_free (ReelHistoryChip *self);
void reel_history_filter_reset (ReelHistoryFilter *self, const char *property);

G_END_DECLS
