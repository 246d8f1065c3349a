#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define REEL_TYPE_FILE_PROBE (reel_file_probe_get_type ())
G_DECLARE_INTERFACE (ReelFileProbe, reel_file_probe, REEL, FILE_PROBE, GObject)

/**
 * ReelFileProbeInterface:
 * @check_async: starts to look into a file, off the main thread
 * @check_finish: ends it
 *
 * Tells whether a file is a video. media/ knows how; engine/ asks before it calls a download saved.
 */
struct _ReelFileProbeInterface
{
  GTypeInterface parent_iface;

  void (*check_async) (ReelFileProbe *self,
                       GFile *file,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
  gboolean (*check_finish) (ReelFileProbe *self, GAsyncResult *result, GError **error);
};

void reel_file_probe_check_async (ReelFileProbe *self,
                                  GFile *file,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean reel_file_probe_check_finish (ReelFileProbe *self, GAsyncResult *result, GError **error);

G_END_DECLS
