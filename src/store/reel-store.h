#pragma once

#include <gio/gio.h>

#include "reel-account.h"
#include "reel-file-query.h"
#include "reel-history-query.h"
#include "reel-job-event.h"
#include "reel-job-record.h"
#include "reel-ledger.h"

G_BEGIN_DECLS

#define REEL_TYPE_STORE (reel_store_get_type ())
G_DECLARE_FINAL_TYPE (ReelStore, reel_store, REEL, STORE, GObject)

/* The database: SQLite on one thread of its own. Every call is queued in order and answers on the caller's main context.
 * Errors: %REEL_ERROR_STORE. "failed" (GError boxed, readable, notifies) holds the last failure until a write succeeds. */
ReelStore *reel_store_new (const char *path);
const char *reel_store_get_path (ReelStore *self);
const GError *reel_store_get_failed (ReelStore *self);

void reel_store_open_async (ReelStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean reel_store_open_finish (ReelStore *self, GAsyncResult *result, GError **error);

/* Finishes what is queued, checkpoints and closes; no -wal is left behind. */
void reel_store_close_async (ReelStore *self, GAsyncReadyCallback callback, gpointer data);
gboolean reel_store_close_finish (ReelStore *self, GAsyncResult *result, GError **error);

/* Jobs: a record is inserted or replaced whole (by id). */
void reel_store_save_job_async (ReelStore *self,
                                const ReelJobRecord *record,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data);
gboolean reel_store_save_job_finish (ReelStore *self, GAsyncResult *result, GError **error);
void reel_store_delete_job_async (ReelStore *self,
                                  const char *id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
gboolean reel_store_delete_job_finish (ReelStore *self, GAsyncResult *result, GError **error);

/* The unfinished jobs, and those with one of the names: our own, or a request id. */
void reel_store_load_jobs_async (ReelStore *self,
                                 const char *const *names,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer data);
GPtrArray *reel_store_load_jobs_finish (ReelStore *self, GAsyncResult *result, GError **error); /* ReelJobRecord */
void reel_store_load_job_async (ReelStore *self,
                                const char *id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data);
ReelJobRecord *
reel_store_load_job_finish (ReelStore *self, GAsyncResult *result, GError **error); /* NULL, no error: absent */
void reel_store_find_request_async (ReelStore *self,
                                    const char *request_id,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data);
ReelJobRecord *
reel_store_find_request_finish (ReelStore *self, GAsyncResult *result, GError **error); /* NULL, no error: absent */

/* The history: where the jobs stand, and the jobs at some places. */
void reel_store_list_history_async (ReelStore *self,
                                    const ReelHistoryQuery *query,
                                    guint limit,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data);
GArray *reel_store_list_history_finish (ReelStore *self, GAsyncResult *result, GError **error); /* ReelHistoryPlace */
void reel_store_find_in_history_async (ReelStore *self,
                                       const ReelHistoryQuery *query,
                                       const char *id,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer data);
gboolean reel_store_find_in_history_finish (ReelStore *self,
                                            GAsyncResult *result,
                                            ReelHistoryPlace *place,
                                            gboolean *shown,
                                            GError **error);
void reel_store_load_history_async (ReelStore *self,
                                    const gint64 *keys,
                                    guint n_keys,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data);
GPtrArray *reel_store_load_history_finish (ReelStore *self, GAsyncResult *result, GError **error); /* ReelJobRecord */
void
reel_store_list_choices_async (ReelStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean reel_store_list_choices_finish (ReelStore *self,
                                         GAsyncResult *result,
                                         GStrv *models,
                                         GStrv *aspect_ratios,
                                         GError **error);
void
reel_store_list_prompts_async (ReelStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
GStrv reel_store_list_prompts_finish (ReelStore *self, GAsyncResult *result, GError **error);
void reel_store_list_times_async (ReelStore *self,
                                  const ReelJobRecord *kind,
                                  guint limit,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
GArray *reel_store_list_times_finish (ReelStore *self, GAsyncResult *result, GError **error); /* gint64 */
void reel_store_count_jobs_async (ReelStore *self,
                                  gint64 since,
                                  gint64 until,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
gboolean reel_store_count_jobs_finish (ReelStore *self, GAsyncResult *result, guint *n_jobs, GError **error);

/* What every job cost, also after it was deleted, summed up in the thread of the database. */
void
reel_store_load_ledger_async (ReelStore *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
ReelLedger *reel_store_load_ledger_finish (ReelStore *self, GAsyncResult *result, GError **error);

/* What was sent and received, for the record: kind is "request", "response", "status", "cancel", "download", "error". */
void reel_store_add_event (ReelStore *self, const char *job_id, const char *kind, guint http_status, const char *text);
void reel_store_load_events_async (ReelStore *self,
                                   const char *job_id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer data);
GPtrArray *reel_store_load_events_finish (ReelStore *self, GAsyncResult *result, GError **error); /* ReelJobEvent */

/* Accounts, without their keys. */
void reel_store_save_account_async (ReelStore *self,
                                    ReelAccount *account,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data);
gboolean reel_store_save_account_finish (ReelStore *self, GAsyncResult *result, GError **error);
void reel_store_load_accounts_async (ReelStore *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer data);
GPtrArray *reel_store_load_accounts_finish (ReelStore *self, GAsyncResult *result, GError **error); /* ReelAccount */
void reel_store_delete_account_async (ReelStore *self,
                                      const char *id,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer data);
gboolean reel_store_delete_account_finish (ReelStore *self, GAsyncResult *result, GError **error);

/* Small texts by name: "catalogue/ACCOUNT-ID" (the answer of /models as received) and "draft". NULL removes. */
void reel_store_save_text_async (ReelStore *self,
                                 const char *name,
                                 const char *text,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer data);
gboolean reel_store_save_text_finish (ReelStore *self, GAsyncResult *result, GError **error);
void reel_store_load_text_async (ReelStore *self,
                                 const char *name,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer data);
char *reel_store_load_text_finish (ReelStore *self, GAsyncResult *result, GError **error); /* NULL, no error: absent */

/* Saved videos: what they take by model (ReelFileSum), and which there are (ReelSavedFile). */
void reel_store_sum_files_async (ReelStore *self,
                                 const ReelFileQuery *query,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer data);
GPtrArray *reel_store_sum_files_finish (ReelStore *self, GAsyncResult *result, GError **error);
void reel_store_find_files_async (ReelStore *self,
                                  const ReelFileQuery *query,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
GPtrArray *reel_store_find_files_finish (ReelStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
