#pragma once

#include "reel-accounts.h"
#include "reel-job-book.h"

G_BEGIN_DECLS

#define REEL_TYPE_SUBMITTER (reel_submitter_get_type ())
G_DECLARE_FINAL_TYPE (ReelSubmitter, reel_submitter, REEL, SUBMITTER, GObject)

ReelSubmitter *reel_submitter_new (ReelJobBook *book, ReelAccounts *accounts);
ReelJob *reel_submitter_submit (ReelSubmitter *self, ReelRequest *request, const char *account_id, ReelMoney estimate);
void reel_submitter_recover (ReelSubmitter *self, ReelJob *job);
void reel_submitter_stop_async (ReelSubmitter *self, GAsyncReadyCallback callback, gpointer data);
gboolean reel_submitter_stop_finish (ReelSubmitter *self, GAsyncResult *result, GError **error);
void reel_submitter_abort (ReelSubmitter *self);

G_END_DECLS
