#pragma once

#include <gio/gio.h>

#include "reel-job-record.h"

G_BEGIN_DECLS

#define REEL_TYPE_ACCEPTED_JOURNAL (reel_accepted_journal_get_type ())
G_DECLARE_FINAL_TYPE (ReelAcceptedJournal, reel_accepted_journal, REEL, ACCEPTED_JOURNAL, GObject)

ReelAcceptedJournal *reel_accepted_journal_new (const char *path);
void reel_accepted_journal_load_async (ReelAcceptedJournal *self, GAsyncReadyCallback callback, gpointer data);
GPtrArray *reel_accepted_journal_load_finish (ReelAcceptedJournal *self, GAsyncResult *result);
void reel_accepted_journal_merge (ReelAcceptedJournal *self, GPtrArray *records, GPtrArray *accepted);
void reel_accepted_journal_add (ReelAcceptedJournal *self, const ReelJobRecord *record, gboolean at_once);
void reel_accepted_journal_remove (ReelAcceptedJournal *self, const char *id);
void reel_accepted_journal_write_again (ReelAcceptedJournal *self);
void reel_accepted_journal_flush_async (ReelAcceptedJournal *self, GAsyncReadyCallback callback, gpointer data);
gboolean reel_accepted_journal_flush_finish (ReelAcceptedJournal *self, GAsyncResult *result);

G_END_DECLS
