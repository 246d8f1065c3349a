#pragma once

#include "reel-accounts.h"
#include "reel-catalogue.h"

G_BEGIN_DECLS

#define REEL_TYPE_CATALOGUE_LOADER (reel_catalogue_loader_get_type ())
G_DECLARE_FINAL_TYPE (ReelCatalogueLoader, reel_catalogue_loader, REEL, CATALOGUE_LOADER, GObject)

ReelCatalogueLoader *reel_catalogue_loader_new (ReelAccounts *accounts, ReelStore *store);
void reel_catalogue_loader_stop (ReelCatalogueLoader *self);

void reel_catalogue_loader_set_account (ReelCatalogueLoader *self, const char *account_id);
void reel_catalogue_loader_refresh (ReelCatalogueLoader *self, gboolean unlock);

ReelCatalogue *reel_catalogue_loader_get_catalogue (ReelCatalogueLoader *self);
const GError *reel_catalogue_loader_get_error (ReelCatalogueLoader *self);
gboolean reel_catalogue_loader_get_loading (ReelCatalogueLoader *self);

G_END_DECLS
