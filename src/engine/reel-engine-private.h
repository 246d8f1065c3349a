#pragma once

#include "reel-engine.h"
#include "reel-file-probe.h"
#include "reel-works.h"

G_BEGIN_DECLS

/* What the files of ReelEngine share: reel-engine.c has the object, its start and its end; what is done with jobs and with
 * accounts stands in files of their own. */

/**
 * ReelEngine:
 *
 * What happens: submit, poll, download, cancel, and going on after a restart. The one object of this layer that the
 * window talks to. It lives on the main thread and every call returns at once.
 */
struct _ReelEngine
{
  GObject parent_instance;

  char *store_path;
  char *account_id;
  char *environment_base_url;
  char *environment_key;
  guint poll_interval; /* milliseconds */
  guint requests_per_minute;
  ReelFileProbe *probe;
  GNetworkMonitor *network_monitor;
  GFile *library;

  ReelWorks *works;
  ReelAccount *account;
};

void reel_engine_return_boolean (GObject *source, GAsyncResult *result, gpointer data);
void reel_engine_return_pointer (GAsyncResult *result, GTask *owned_task, GDestroyNotify free_pointer);

G_END_DECLS
