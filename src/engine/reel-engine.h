#pragma once

#include <gio/gio.h>

#include "reel-account.h"
#include "reel-catalogue.h"
#include "reel-error.h"
#include "reel-file-query.h"
#include "reel-file-sum.h"
#include "reel-history.h"
#include "reel-job-event.h"
#include "reel-job-list.h"
#include "reel-ledger.h"
#include "reel-library-mover.h"
#include "reel-removal.h"
#include "reel-request.h"

G_BEGIN_DECLS

#define REEL_TYPE_ENGINE (reel_engine_get_type ())
G_DECLARE_FINAL_TYPE (ReelEngine, reel_engine, REEL, ENGINE, GObject)

/* What happens: the one object of this layer that ui/ talks to. Everything is on the main thread and returns at once.
 *
 * Readable, notifying properties:
 *   "jobs"              ReelJobList, the jobs to which something may still happen, or happened in this run; hidden ones
 *                       left out
 *   "history"           ReelHistory, every job, as its query says
 *   "accounts"          GListModel of ReelAccount: the sandbox first, the environment's second where it is set
 *   "account"           ReelAccount, the one in use (also writable through reel_engine_set_account())
 *   "catalogue"         ReelCatalogue of the account in use, NULL until it is known (cached from the last run at first)
 *   "catalogue-error"   GError (boxed), why the catalogue could not be refreshed, NULL where it could
 *   "catalogue-loading" gboolean
 *   "store-error"       GError (boxed), set while the database cannot be written: Generate is then off
 *   "online"            gboolean
 *   "behind-portal"     gboolean, whether the network wants the person to sign in first
 *   "library"           GFile, the folder that finished videos go to
 *   "draft"             ReelRequest, the form's content, loaded at the start; the form edits it in place and the engine
 *                       saves it half a second after the last change and at the end
 *   "requests-per-minute" guint, how many status requests the running jobs of an account share (default 60; writable) */

/* Construct only: "store-path" (string), "probe" (ReelFileProbe), "account-id" (string, nullable: the account to use),
 * "environment-base-url" and "environment-key" (string, nullable: make the account of the environment, which is then in
 * use), "network-monitor" (GNetworkMonitor, nullable: the default one), "poll-interval" (uint, milliseconds, default
 * 2000: the shortest time between two status requests of one job). "library" is writable. */

/* Tells where the built-in sandbox listens and with which key; its account can be used from then on. */
void reel_engine_set_sandbox (ReelEngine *self, const char *base_url, const char *api_key);

/* Starts: opens the store, loads the history, accounts and draft, continues every unfinished job. */
void reel_engine_start_async (ReelEngine *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean reel_engine_start_finish (ReelEngine *self, GAsyncResult *result, GError **error);
/* Saves the draft, stops every request and closes the store. Nothing is cancelled at the service. */
void reel_engine_stop_async (ReelEngine *self, GAsyncReadyCallback callback, gpointer data);
gboolean reel_engine_stop_finish (ReelEngine *self, GAsyncResult *result, GError **error);

ReelJobList *reel_engine_get_jobs (ReelEngine *self);
ReelJobList *reel_engine_get_watched_jobs (ReelEngine *self);
ReelHistory *reel_engine_get_history (ReelEngine *self);
ReelHistory *reel_engine_make_history (ReelEngine *self);
GListModel *reel_engine_get_accounts (ReelEngine *self);
ReelAccount *reel_engine_lookup_account (ReelEngine *self, const char *id);
ReelAccount *reel_engine_get_account (ReelEngine *self);
void reel_engine_set_account (ReelEngine *self, ReelAccount *account);
ReelCatalogue *reel_engine_get_catalogue (ReelEngine *self);
const GError *reel_engine_get_catalogue_error (ReelEngine *self);
gboolean reel_engine_get_catalogue_loading (ReelEngine *self);
void reel_engine_refresh_catalogue (ReelEngine *self);
const GError *reel_engine_get_store_error (ReelEngine *self);
gboolean reel_engine_get_online (ReelEngine *self);
gboolean reel_engine_get_behind_portal (ReelEngine *self);
GFile *reel_engine_get_library (ReelEngine *self);
void reel_engine_set_library (ReelEngine *self, GFile *folder);
ReelRequest *reel_engine_get_draft (ReelEngine *self);
guint reel_engine_get_requests_per_minute (ReelEngine *self);
void reel_engine_set_requests_per_minute (ReelEngine *self, guint requests_per_minute);

/* Sends a copy of @request with the account in use. The job is in the history when this returns, "Sending"; its row is
 * on disk before the POST leaves. (transfer none) */
ReelJob *reel_engine_submit (ReelEngine *self, ReelRequest *request);

/* Sends a job that an earlier run wrote down and did not send ("Not sent"). */
gboolean reel_engine_send_held (ReelEngine *self, ReelJob *job);
/* Keeps a job that is held, or waits for its turn or for a connection, from being sent; FALSE where its request may be on
 * its way. */
gboolean reel_engine_withdraw_job (ReelEngine *self, ReelJob *job);

/* The ways out of an unknown outcome. To send again costs again: ask the person first. (transfer none) (nullable) */
ReelMoney reel_engine_estimate_again (ReelEngine *self, ReelJob *job);
ReelJob *reel_engine_send_again (ReelEngine *self, ReelJob *job);
gboolean reel_engine_declare_lost (ReelEngine *self, ReelJob *job);
/* Adopts the request id that a person found: by @job, also one that was declared lost, or with @job NULL by a new job of
 * the account in use. The service is asked for it first. Where it tells of another prompt or model than that of @job, the
 * error is REEL_ERROR_MISMATCH and nothing is changed, unless @anyway. The result is the job. */
void reel_engine_adopt_async (ReelEngine *self,
                              ReelJob *job,
                              const char *request_id,
                              gboolean anyway,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data);
ReelJob *reel_engine_adopt_finish (ReelEngine *self, GAsyncResult *result, GError **error);

/* Asks the service to cancel. A refusal is an error here and is written in the job; polling goes on either way. */
void reel_engine_cancel_job_async (ReelEngine *self, ReelJob *job, GAsyncReadyCallback callback, gpointer data);
gboolean reel_engine_cancel_job_finish (ReelEngine *self, GAsyncResult *result, GError **error);

/* Asks the service for the state of an accepted job now; of one that was lost once more. An answer brings it back. */
void reel_engine_check_again (ReelEngine *self, ReelJob *job);

/* Looks whether the saved video of a job is still there: call it when a person opens the job or it does not play. */
void reel_engine_check_file (ReelEngine *self, ReelJob *job);

/* Downloads again what could not be saved, or whose file is gone. Never causes a POST. */
void reel_engine_retry_download (ReelEngine *self, ReelJob *job);

/* Reads from a saved video, perhaps of somebody else, what it was made with; NULL without an error where it does not say. */
void reel_engine_read_settings_async (ReelEngine *self,
                                      GFile *file,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer data);
ReelRequest *reel_engine_read_settings_finish (ReelEngine *self, GAsyncResult *result, GError **error);

/* Reads what was sent and received for a job (ReelJobEvent). It may hold signed addresses. */
void reel_engine_load_events_async (ReelEngine *self,
                                    ReelJob *job,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data);
GPtrArray *reel_engine_load_events_finish (ReelEngine *self, GAsyncResult *result, GError **error);

/* A job by our own name for it; NULL without an error where there is none. */
void reel_engine_find_job_async (ReelEngine *self,
                                 const char *id,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer data);
ReelJob *reel_engine_find_job_finish (ReelEngine *self, GAsyncResult *result, GError **error);

/* The newest jobs by their prompts: our own names for them. */
void reel_engine_search_async (ReelEngine *self,
                               const char *text,
                               guint limit,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data);
GStrv reel_engine_search_finish (ReelEngine *self, GAsyncResult *result, GError **error);

/* The different prompts of the newest jobs. */
void reel_engine_list_prompts_async (ReelEngine *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer data);
GStrv reel_engine_list_prompts_finish (ReelEngine *self, GAsyncResult *result, GError **error);

/* How long the service took for the newest jobs of a kind: microseconds. */
void reel_engine_list_times_async (ReelEngine *self,
                                   const ReelJobRecord *kind,
                                   guint limit,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer data);
GArray *reel_engine_list_times_finish (ReelEngine *self, GAsyncResult *result, GError **error); /* gint64 */

/* How many jobs were made in a time, microseconds since 1970 in UTC. */
void reel_engine_count_jobs_async (ReelEngine *self,
                                   gint64 since,
                                   gint64 until,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer data);
gboolean reel_engine_count_jobs_finish (ReelEngine *self, GAsyncResult *result, guint *n_jobs, GError **error);

void reel_engine_set_favourite (ReelEngine *self, ReelJob *job, gboolean favourite);
/* Any job can be hidden, one that runs too: it goes on. */
void reel_engine_hide_job (ReelEngine *self, ReelJob *job);
void reel_engine_show_job (ReelEngine *self, ReelJob *job);

/* Begins to remove jobs, or their files, or both, as one deed that can be undone as one; see ReelRemoval. A job that is
 * not closed is only hidden. Where the program ends before it is undone or carried out, it is carried out. (transfer
 * full) */
ReelRemoval *reel_engine_remove_jobs (ReelEngine *self, GPtrArray *jobs, ReelRemovalWhat what);
/* The same for the saved videos of a query; NULL without an error where there are none. */
void reel_engine_remove_files_async (ReelEngine *self,
                                     const ReelFileQuery *query,
                                     ReelRemovalWhat what,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer data);
ReelRemoval *reel_engine_remove_files_finish (ReelEngine *self, GAsyncResult *result, GError **error);

/* What saved videos take, by model (ReelFileSum). */
void reel_engine_sum_files_async (ReelEngine *self,
                                  const ReelFileQuery *query,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
GPtrArray *reel_engine_sum_files_finish (ReelEngine *self, GAsyncResult *result, GError **error);

/* Makes a folder the library and moves the saved videos of the one before there, with their jobs; nothing changes where
 * there is too little space. A move that the end of the program cuts short goes on at the next start. */
void reel_engine_move_library_async (ReelEngine *self, GFile *folder, GAsyncReadyCallback callback, gpointer data);
gboolean reel_engine_move_library_finish (ReelEngine *self, GAsyncResult *result, GError **error);
ReelLibraryMover *reel_engine_get_library_mover (ReelEngine *self);

/* Counts the jobs whose saved video is not where it was saved. */
void reel_engine_count_missing_async (ReelEngine *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer data);
gboolean reel_engine_count_missing_finish (ReelEngine *self, GAsyncResult *result, guint *n_missing, GError **error);
/* Looks for them in the folder that they were moved to outside Seedreel; the jobs follow those that are found. */
void reel_engine_locate_async (ReelEngine *self,
                               GFile *folder,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data);
gboolean
reel_engine_locate_finish (ReelEngine *self, GAsyncResult *result, guint *n_found, guint *n_missing, GError **error);

/* What every job cost, also after it was deleted, summed up by account, month and day. */
void reel_engine_load_ledger_async (ReelEngine *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data);
ReelLedger *reel_engine_load_ledger_finish (ReelEngine *self, GAsyncResult *result, GError **error);

/* Tests a base URL and key by the free GET of /models, through @proxy or, where it is NULL, that of the system. */
void reel_engine_test_account_async (ReelEngine *self,
                                     const char *base_url,
                                     const char *proxy,
                                     const char *api_key,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer data);
gboolean reel_engine_test_account_finish (ReelEngine *self, GAsyncResult *result, guint *n_models, GError **error);

/* Adds (@account NULL) or changes an account; @proxy NULL means that of the system, @api_key NULL leaves the stored key.
 * The result is the account; its key-state says whether the key was stored or is kept for this run only. */
void reel_engine_save_account_async (ReelEngine *self,
                                     ReelAccount *account,
                                     const char *name,
                                     const char *base_url,
                                     const char *proxy,
                                     const char *api_key,
                                     GAsyncReadyCallback callback,
                                     gpointer data);
ReelAccount *reel_engine_save_account_finish (ReelEngine *self, GAsyncResult *result, GError **error);
void
reel_engine_remove_account_async (ReelEngine *self, ReelAccount *account, GAsyncReadyCallback callback, gpointer data);
gboolean reel_engine_remove_account_finish (ReelEngine *self, GAsyncResult *result, GError **error);

/* Sets the receiver of webhooks of an account up: @url is where it is reached from outside (NULL for none), @port what it
 * listens on, @secret what webhooks are signed with ("" for nothing, NULL to leave it). The account's webhook-state says
 * afterwards what became of it. */
void reel_engine_save_webhooks_async (ReelEngine *self,
                                      ReelAccount *account,
                                      const char *url,
                                      guint port,
                                      const char *secret,
                                      GAsyncReadyCallback callback,
                                      gpointer data);
gboolean reel_engine_save_webhooks_finish (ReelEngine *self, GAsyncResult *result, GError **error);

/* Fetches the first bytes (at most 8 MiB) of the public image that a reference links to, without any key. */
void reel_engine_fetch_reference_async (ReelEngine *self,
                                        const char *url,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer data);
GBytes *reel_engine_fetch_reference_finish (ReelEngine *self, GAsyncResult *result, GError **error);

G_END_DECLS
