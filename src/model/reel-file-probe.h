#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define REEL_TYPE_FILE_PROBE (reel_file_probe_get_type ())
G_DECLARE_INTERFACE (ReelFileProbe, reel_file_probe, REEL, FILE_PROBE, GObject)

/**
 * ReelFileProbeInterface:
 * @check_async: starts to look into a file, off the main thread
 * @check_finish: ends it
 * @fits_label_async: starts to look whether a file may get a label, off the main thread
 * @fits_label_finish: ends it
 * @read_label_async: starts to read the label of a file, off the main thread
 * @read_label_finish: ends it
 *
 * Looks into a file: whether it is a video, and what its label says that it was made with (see reel_label_wrap()).
 * media/ knows how; engine/ asks before it calls a download saved.
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
  void (*fits_label_async) (ReelFileProbe *self,
                            GFile *file,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
  gboolean (*fits_label_finish) (ReelFileProbe *self, GAsyncResult *result);
  void (*read_label_async) (ReelFileProbe *self,
                            GFile *file,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
  GBytes *(*read_label_finish) (ReelFileProbe *self, GAsyncResult *result, GError **error);
};

void reel_file_probe_check_async (ReelFileProbe *self,
                                  GFile *file,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean reel_file_probe_check_finish (ReelFileProbe *self, GAsyncResult *result, GError **error);

void reel_file_probe_fits_label_async (ReelFileProbe *self,
                                       GFile *file,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean reel_file_probe_fits_label_finish (ReelFileProbe *self, GAsyncResult *result);
void reel_file_probe_read_label_async (ReelFileProbe *self,
                                       GFile *file,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GBytes *reel_file_probe_read_label_finish (ReelFileProbe *self, GAsyncResult *result, GError **error);

G_END_DECLS
