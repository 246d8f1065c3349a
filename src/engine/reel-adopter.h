#pragma once

#include "reel-accounts.h"
#include "reel-job-book.h"

G_BEGIN_DECLS

#define REEL_TYPE_ADOPTER (reel_adopter_get_type ())
G_DECLARE_FINAL_TYPE (ReelAdopter, reel_adopter, REEL, ADOPTER, GObject)

ReelAdopter *reel_adopter_new (ReelJobBook *book, ReelAccounts *accounts);
void reel_adopter_adopt_async (ReelAdopter *self,
                               ReelJob *job,
                               const char *account_id,
                               const char *request_id,
                               gboolean anyway,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data);
ReelJob *reel_adopter_adopt_finish (ReelAdopter *self, GAsyncResult *result, GError **error);
void reel_adopter_stop (ReelAdopter *self);

G_END_DECLS
