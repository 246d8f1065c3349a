#pragma once

#include "reel-database.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ReelStoreOperation:
 * @work: what to do, in the thread; opening and closing change the connection
 * @input: (nullable): what it works on
 * @free_input: (nullable): frees @input, on the context of the caller
 * @free_result: (nullable): frees @result where nobody took it
 * @cancellable: (nullable): an operation that was cancelled before its turn does nothing
 * @done: called on the context of the caller
 * @data: for @done
 * @result: (nullable): what it gives
 * @error: (nullable): why it failed
 *
 * One thing for the thread to do.
 */
typedef struct _ReelStoreOperation ReelStoreOperation;

typedef gboolean (*ReelStoreWork) (ReelDatabase **database, gpointer input, gpointer *result, GError **error);
typedef void (*ReelStoreDone) (ReelStoreOperation *operation, gpointer data);

struct _ReelStoreOperation
{
  ReelStoreWork work;
  gpointer input;
  GDestroyNotify free_input;
  GDestroyNotify free_result;
  GCancellable *cancellable;
  ReelStoreDone done;
  gpointer data;

  gpointer result;
  GError *error;

  GMainContext *context;
};

typedef struct _ReelStoreThread ReelStoreThread;

ReelStoreThread *reel_store_thread_new (void);
void reel_store_thread_free (ReelStoreThread *self);
ReelStoreOperation *reel_store_operation_new (ReelStoreWork work, ReelStoreDone done, gpointer data);
void reel_store_thread_push (ReelStoreThread *self, ReelStoreOperation *operation);

G_END_DECLS
