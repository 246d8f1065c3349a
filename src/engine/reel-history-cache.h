#pragma once

#include "reel-history-item.h"

G_BEGIN_DECLS

typedef struct _ReelHistoryCache ReelHistoryCache;

ReelHistoryCache *reel_history_cache_new (void);
void reel_history_cache_free (ReelHistoryCache *self);
ReelHistoryItem *reel_history_cache_lookup (ReelHistoryCache *self, gint64 key);
void reel_history_cache_insert (ReelHistoryCache *self, gint64 key, ReelHistoryItem *item);
void reel_history_cache_rename (ReelHistoryCache *self, gint64 key, gint64 new_key);

G_END_DECLS
