#pragma once

#include "reel-job-book.h"

G_BEGIN_DECLS

#define REEL_TYPE_FILE_KEEPER (reel_file_keeper_get_type ())
G_DECLARE_FINAL_TYPE (ReelFileKeeper, reel_file_keeper, REEL, FILE_KEEPER, GObject)

ReelFileKeeper *reel_file_keeper_new (ReelJobBook *book);
void reel_file_keeper_check_all (ReelFileKeeper *self);
void reel_file_keeper_check_async (ReelFileKeeper *self, ReelJob *job, GAsyncReadyCallback callback, gpointer data);
gboolean reel_file_keeper_check_finish (ReelFileKeeper *self, GAsyncResult *result, GError **error);
void reel_file_keeper_stop (ReelFileKeeper *self);

G_END_DECLS
