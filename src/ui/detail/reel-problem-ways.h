#pragma once

#include "reel-job-record.h"

G_BEGIN_DECLS

/** The most ways that one problem has. */
#define REEL_PROBLEM_MAX_WAYS 6

/**
 * ReelWayStyle:
 * @REEL_WAY_PLAIN: one of several
 * @REEL_WAY_SUGGESTED: the one that most people want
 * @REEL_WAY_DANGEROUS: it may cost money
 *
 * How a way looks.
 */
typedef enum
{
  REEL_WAY_PLAIN,
  REEL_WAY_SUGGESTED,
  REEL_WAY_DANGEROUS,
} ReelWayStyle;

/**
 * ReelProblemWay:
 * @title: what to do, with a mnemonic where there is no subtitle
 * @subtitle: (nullable): what comes of it, where that does not go without saying
 * @action: (nullable): the action, %NULL where there is nothing to do but to wait
 * @icon_name: (nullable): an icon
 * @style: how it looks
 *
 * One way to go on with a job that something is wrong with.
 */
typedef struct
{
  const char *title;
  const char *subtitle;
  const char *action;
  const char *icon_name;
  ReelWayStyle style;
} ReelProblemWay;

guint reel_problem_ways_list (const ReelJobRecord *record,
                              gboolean has_website,
                              gboolean is_long,
                              ReelProblemWay ways[REEL_PROBLEM_MAX_WAYS]);

G_END_DECLS
