#pragma once

#include "reel-accounts.h"
#include "reel-file-probe.h"
#include "reel-poller.h"

G_BEGIN_DECLS

#define REEL_TYPE_DOWNLOADER (reel_downloader_get_type ())
G_DECLARE_FINAL_TYPE (ReelDownloader, reel_downloader, REEL, DOWNLOADER, GObject)

ReelDownloader *reel_downloader_new (ReelJobBook *book,
                                     ReelAccounts *accounts,
                                     ReelPoller *poller,
                                     ReelFileProbe *probe,
                                     GNetworkMonitor *monitor,
                                     guint retry_interval);
void reel_downloader_set_folder (ReelDownloader *self, const char *folder);
void reel_downloader_sweep (ReelDownloader *self, GPtrArray *jobs);
void reel_downloader_add (ReelDownloader *self, ReelJob *job);
void reel_downloader_retry (ReelDownloader *self, ReelJob *job);
void reel_downloader_stop (ReelDownloader *self);

G_END_DECLS
