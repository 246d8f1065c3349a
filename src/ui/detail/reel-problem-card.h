#pragma once

#include <adwaita.h>

#include "reel-job-record.h"

G_BEGIN_DECLS

#define REEL_TYPE_PROBLEM_CARD (reel_problem_card_get_type ())
G_DECLARE_FINAL_TYPE (ReelProblemCard, reel_problem_card, REEL, PROBLEM_CARD, AdwBin)

void reel_problem_card_show (ReelProblemCard *self, const ReelJobRecord *record, gboolean has_website, gint64 usual);

G_END_DECLS
