#pragma once

#include "reel-engine.h"
#include "reel-file-probe.h"
#include "reel-store.h"

G_BEGIN_DECLS

/* An engine over a real database and a library folder, which can be stopped and started again like the program. */
typedef struct
{
  char *folder;
  char *store_path;
  GFile *library;
  ReelEngine *engine;

  /* For the next start; the defaults are a quick poll interval and a large budget. */
  const char *base_url; /* of the environment's account */
  const char *key;
  guint poll_interval;
  guint requests_per_minute;
  GNetworkMonitor *monitor;
  ReelFileProbe *probe;

  GPtrArray *held; /* ReelJob */
} ReelEngineFixture;

void reel_engine_fixture_init (ReelEngineFixture *self);
void reel_engine_fixture_start (ReelEngineFixture *self);
gboolean reel_engine_fixture_try_start (ReelEngineFixture *self, GError **error);
void reel_engine_fixture_stop (ReelEngineFixture *self);
void reel_engine_fixture_clear (ReelEngineFixture *self);

ReelJob *reel_engine_fixture_submit (ReelEngineFixture *self, const char *prompt);
ReelJob *reel_engine_fixture_get_job (ReelEngineFixture *self, guint position);
ReelJob *reel_engine_fixture_find_job (ReelEngineFixture *self, const char *id);
guint reel_engine_fixture_count_jobs (ReelEngineFixture *self);
ReelRemoval *reel_engine_fixture_remove (ReelEngineFixture *self, ReelJob *job, ReelRemovalWhat what);
void reel_engine_fixture_delete (ReelEngineFixture *self, ReelJob *job);
char *reel_engine_fixture_list_library (ReelEngineFixture *self);

/* Writes records into the database while no engine has it open, or reads them. */
void reel_engine_fixture_write (ReelEngineFixture *self, ReelJobRecord *record);
GPtrArray *reel_engine_fixture_read (ReelEngineFixture *self);
ReelJobRecord *reel_engine_fixture_make_record (ReelEngineFixture *self, const char *id, const char *request_id);

G_END_DECLS
