#pragma once

#include "reel-request.h"

G_BEGIN_DECLS

/** How many sample prompts fill an empty form. */
#define REEL_COMPOSE_N_SAMPLES 3

const char *reel_compose_get_sample_title (guint index);
const char *reel_compose_get_sample_prompt (guint index);
const char *reel_compose_describe_mode (ReelRequest *request);
const char *reel_compose_describe_problem (ReelRequestProblem problem);
const char *reel_compose_describe_kind (ReelReferenceKind kind);
const char *reel_compose_refuse_reference (const char *url, GListModel *references);
const char *reel_compose_refuse_webhook (const char *url);
char *reel_compose_make_seconds (guint seconds);
char *reel_compose_make_spoken_seconds (guint seconds);
char *reel_compose_make_character_count (guint n);
char *reel_compose_make_price (ReelRequest *request, ReelVideoModel *model);
char *reel_compose_make_arithmetic (ReelRequest *request, ReelVideoModel *model);
char *reel_compose_make_more (ReelRequest *request);
char *reel_compose_make_unlisted_question (guint count);
char *reel_compose_make_label (const char *name);
gboolean reel_compose_is_short (const char *const *labels);
char *reel_compose_make_replaced_notice (const char *old_model, const char *new_model);
char *reel_compose_fit (ReelRequest *request, ReelVideoModel *model);

G_END_DECLS
