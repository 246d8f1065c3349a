#pragma once

#include "reel-store-thread.h"
#include "reel-store.h"

G_BEGIN_DECLS

/* What an operation means for "failed". Only what writes for certain can clear it: a deletion, or an event of a job that
 * is not there, may succeed without a byte. Where the history could not be read, nothing but reading it helps. */
typedef enum
{
  REEL_STORE_READS,
  REEL_STORE_READS_JOBS,
  REEL_STORE_WRITES,
} ReelStoreAccess;

void reel_store_push (ReelStore *self,
                      GTask *owned_task,
                      ReelStoreAccess access,
                      ReelStoreWork work,
                      gpointer input,
                      GDestroyNotify free_input,
                      GDestroyNotify free_result);
GTask *reel_store_make_task (ReelStore *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data,
                             gpointer tag);
gboolean reel_store_check_open (ReelDatabase *database, GError **error);
gboolean reel_store_finish_boolean (ReelStore *self, GAsyncResult *result, gpointer tag, GError **error);
gpointer reel_store_finish_pointer (ReelStore *self, GAsyncResult *result, gpointer tag, GError **error);

G_END_DECLS
