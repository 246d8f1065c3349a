#pragma once

#include "reel-engine-fixture.h"
#include "reel-fault-server.h"

G_BEGIN_DECLS

/* An engine and the service that it sends to, also where the engine is killed: in a process of its own then, over the
 * database and the service of its parent. */
typedef struct
{
  ReelEngineFixture fixture;
  ReelFaultServer *server; /* NULL in the other process */
} ReelSubmitWorld;

void reel_submit_world_set_up (ReelSubmitWorld *self, gconstpointer data);
void reel_submit_world_tear_down (ReelSubmitWorld *self, gconstpointer data);

/* Runs the same test in the other process, where g_test_subprocess() tells so, until it kills itself or passes. */
void reel_submit_world_run_until_killed (ReelSubmitWorld *self);
void reel_submit_world_run_apart (ReelSubmitWorld *self);
void reel_submit_world_die (void);

gboolean reel_submit_world_has_ended (ReelJob *job);

/* Reads the database while the engine has it open, as nobody but a test may. */
int reel_submit_world_count_rows (ReelSubmitWorld *self, const char *condition);

G_END_DECLS
