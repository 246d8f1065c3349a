#pragma once

#include "reel-engine-fixture.h"

G_BEGIN_DECLS

/* An engine over a database with finished jobs: "job-0" is the newest, each other one is an hour older. Job 2 failed, the
 * outcome of job 3 is unknown, job 4 is a favourite, job 6 is hidden; job 1 is portrait and of another model. Every other
 * one has a video, a file of a few bytes. */
typedef struct
{
  ReelEngineFixture engine;
  ReelHistory *history;
} ReelHistoryFixture;

void reel_history_fixture_init (ReelHistoryFixture *self, guint n_jobs);
void reel_history_fixture_clear (ReelHistoryFixture *self);

/* Reads a job; the fixture's engine keeps it. */
ReelJob *reel_history_fixture_load (ReelHistoryFixture *self, guint number);

G_END_DECLS
