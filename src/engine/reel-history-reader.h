#pragma once

#include "reel-history-item.h"
#include "reel-job-book.h"

G_BEGIN_DECLS

#define REEL_TYPE_HISTORY_READER (reel_history_reader_get_type ())
G_DECLARE_FINAL_TYPE (ReelHistoryReader, reel_history_reader, REEL, HISTORY_READER, GObject)

ReelHistoryReader *reel_history_reader_new (ReelJobBook *book);
void reel_history_reader_add (ReelHistoryReader *self, gint64 key, ReelHistoryItem *item);
void reel_history_reader_try_again (ReelHistoryReader *self);

G_END_DECLS
