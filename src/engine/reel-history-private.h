#pragma once

#include "reel-history.h"
#include "reel-job-book.h"

G_BEGIN_DECLS

ReelHistory *reel_history_new (ReelJobBook *book);
void reel_history_start (ReelHistory *self);
ReelJobBook *reel_history_get_book (ReelHistory *self);
ReelJob *reel_history_peek (ReelHistory *self, guint position, gint64 *key);

G_END_DECLS
