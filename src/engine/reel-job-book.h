#pragma once

#include "reel-job-list.h"
#include "reel-store.h"

G_BEGIN_DECLS

#define REEL_TYPE_JOB_BOOK (reel_job_book_get_type ())
G_DECLARE_FINAL_TYPE (ReelJobBook, reel_job_book, REEL, JOB_BOOK, GObject)

ReelJobBook *reel_job_book_new (ReelStore *store);
ReelJobList *reel_job_book_get_list (ReelJobBook *self);
ReelJobList *reel_job_book_get_watched (ReelJobBook *self);
ReelStore *reel_job_book_get_store (ReelJobBook *self);
void
reel_job_book_load_async (ReelJobBook *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
GPtrArray *reel_job_book_load_finish (ReelJobBook *self, GAsyncResult *result, GError **error);
ReelJob *reel_job_book_add (ReelJobBook *self, ReelJobRecord *record);
ReelJob *reel_job_book_take (ReelJobBook *self, ReelJobRecord *record);
gboolean reel_job_book_contains (ReelJobBook *self, ReelJob *job);
gboolean reel_job_book_is_removed (ReelJobBook *self, ReelJob *job);
void reel_job_book_load_job_async (ReelJobBook *self,
                                   const char *id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer data);
ReelJob *reel_job_book_load_job_finish (ReelJobBook *self, GAsyncResult *result, GError **error);
void reel_job_book_find_request_async (ReelJobBook *self,
                                       const char *request_id,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer data);
ReelJob *reel_job_book_find_request_finish (ReelJobBook *self, GAsyncResult *result, GError **error);
ReelJob *reel_job_book_find_webhook (ReelJobBook *self, const char *account_id, const char *token);

const ReelJobRecord *reel_job_book_peek (ReelJobBook *self, ReelJob *job);
ReelJobRecord *reel_job_book_edit (ReelJobBook *self, ReelJob *job);
void reel_job_book_commit_async (ReelJobBook *self,
                                 ReelJob *job,
                                 ReelJobRecord *record,
                                 GAsyncReadyCallback callback,
                                 gpointer data);
gboolean reel_job_book_commit_finish (ReelJobBook *self, GAsyncResult *result, GError **error);
void reel_job_book_add_event (ReelJobBook *self, ReelJob *job, const char *kind, guint http_status, const char *text);

void reel_job_book_set_hidden (ReelJobBook *self, ReelJob *job, gboolean hidden);
void reel_job_book_set_removed (ReelJobBook *self, ReelJob *job, gboolean removed);
void reel_job_book_forget (ReelJobBook *self, ReelJob *job);
void reel_job_book_save_again (ReelJobBook *self);
void reel_job_book_stop (ReelJobBook *self);
void reel_job_book_flush_async (ReelJobBook *self, GAsyncReadyCallback callback, gpointer data);
gboolean reel_job_book_flush_finish (ReelJobBook *self, GAsyncResult *result);

G_END_DECLS
