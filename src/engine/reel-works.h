#pragma once

#include "reel-adopter.h"
#include "reel-canceller.h"
#include "reel-catalogue-loader.h"
#include "reel-downloader.h"
#include "reel-draft.h"
#include "reel-file-keeper.h"
#include "reel-history-private.h"
#include "reel-library-mover-private.h"
#include "reel-purger.h"
#include "reel-submitter.h"
#include "reel-webhooks.h"

G_BEGIN_DECLS

#define REEL_TYPE_WORKS (reel_works_get_type ())
G_DECLARE_FINAL_TYPE (ReelWorks, reel_works, REEL, WORKS, GObject)

/**
 * ReelWorks:
 *
 * The parts of the engine, made and joined; each is there for as long as the works are.
 *
 * ReelWorks::accounts-loaded says at the start that the stored accounts are known.
 */
struct _ReelWorks
{
  GObject parent_instance;

  ReelStore *store;
  ReelAccounts *accounts;
  ReelJobBook *book;
  ReelHistory *history;
  ReelSubmitter *submitter;
  ReelAdopter *adopter;
  ReelPoller *poller;
  ReelCanceller *canceller;
  ReelDownloader *downloader;
  ReelFileKeeper *keeper;
  ReelPurger *purger;
  ReelLibraryMover *mover;
  ReelCatalogueLoader *loader;
  ReelDraft *draft;
  ReelWebhookHints *hints;
  ReelWebhooks *webhooks;

  guint start_again_id;
  gboolean started;
  gboolean stopped;
};

ReelWorks *reel_works_new (const char *store_path,
                           ReelFileProbe *probe,
                           GNetworkMonitor *monitor,
                           guint poll_interval,
                           guint requests_per_minute);
void reel_works_start_async (ReelWorks *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean reel_works_start_finish (ReelWorks *self, GAsyncResult *result, GError **error);
void reel_works_stop_async (ReelWorks *self, GAsyncReadyCallback callback, gpointer data);
gboolean reel_works_stop_finish (ReelWorks *self, GAsyncResult *result, GError **error);
void reel_works_abort (ReelWorks *self);

G_END_DECLS
