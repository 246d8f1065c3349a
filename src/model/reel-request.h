#pragma once

#include <gio/gio.h>

#include "reel-reference.h"
#include "reel-video-model.h"

G_BEGIN_DECLS

/** How many videos one press of Generate may ask for at most. */
#define REEL_REQUEST_MAX_COUNT 10

/** The most references a request may carry (the API's mediaUrls.maxItems). */
#define REEL_REQUEST_MAX_REFERENCES 5

/**
 * ReelRequestProblem:
 * @REEL_REQUEST_OK: the request can be sent
 * @REEL_REQUEST_NO_MODEL: no model is chosen, or the account does not list it
 * @REEL_REQUEST_NO_PROMPT: the prompt is empty or only spaces
 * @REEL_REQUEST_BAD_PROMPT: the prompt is not valid text
 * @REEL_REQUEST_BAD_DURATION: the model does not list the duration
 * @REEL_REQUEST_BAD_ASPECT_RATIO: the model does not list the aspect ratio
 * @REEL_REQUEST_BAD_RESOLUTION: the model does not list the resolution
 * @REEL_REQUEST_TOO_MANY_REFERENCES: more than %REEL_REQUEST_MAX_REFERENCES
 * @REEL_REQUEST_BAD_REFERENCE: the link of a reference is not public https
 * @REEL_REQUEST_UNKNOWN_REFERENCE: the kind of a reference is not documented
 * @REEL_REQUEST_BAD_WEBHOOK: the webhook URL is not public https
 *
 * Why a request cannot be sent.
 */
typedef enum
{
  REEL_REQUEST_OK,
  REEL_REQUEST_NO_MODEL,
  REEL_REQUEST_NO_PROMPT,
  REEL_REQUEST_BAD_PROMPT,
  REEL_REQUEST_BAD_DURATION,
  REEL_REQUEST_BAD_ASPECT_RATIO,
  REEL_REQUEST_BAD_RESOLUTION,
  REEL_REQUEST_TOO_MANY_REFERENCES,
  REEL_REQUEST_BAD_REFERENCE,
  REEL_REQUEST_UNKNOWN_REFERENCE,
  REEL_REQUEST_BAD_WEBHOOK,
} ReelRequestProblem;

/**
 * ReelRequestMode:
 * @REEL_REQUEST_MODE_TEXT: no references: text to video
 * @REEL_REQUEST_MODE_FIRST_FRAME: one image: the first frame
 * @REEL_REQUEST_MODE_FIRST_AND_LAST_FRAME: two images: the first and the last frame
 * @REEL_REQUEST_MODE_REFERENCES: anything else: references
 *
 * The mode that the service infers from the references (the API's mediaUrls field).
 */
typedef enum
{
  REEL_REQUEST_MODE_TEXT,
  REEL_REQUEST_MODE_FIRST_FRAME,
  REEL_REQUEST_MODE_FIRST_AND_LAST_FRAME,
  REEL_REQUEST_MODE_REFERENCES,
} ReelRequestMode;

#define REEL_TYPE_REQUEST (reel_request_get_type ())
G_DECLARE_FINAL_TYPE (ReelRequest, reel_request, REEL, REQUEST, GObject)

ReelRequest *reel_request_new (void);
ReelRequest *reel_request_copy (ReelRequest *self);

const char *reel_request_get_model (ReelRequest *self);
void reel_request_set_model (ReelRequest *self, const char *model);
const char *reel_request_get_prompt (ReelRequest *self);
void reel_request_set_prompt (ReelRequest *self, const char *prompt);
guint reel_request_get_duration (ReelRequest *self);
void reel_request_set_duration (ReelRequest *self, guint seconds);
const char *reel_request_get_aspect_ratio (ReelRequest *self);
void reel_request_set_aspect_ratio (ReelRequest *self, const char *ratio);
const char *reel_request_get_resolution (ReelRequest *self);
void reel_request_set_resolution (ReelRequest *self, const char *resolution);
const char *reel_request_get_webhook_url (ReelRequest *self);
void reel_request_set_webhook_url (ReelRequest *self, const char *url);
guint reel_request_get_count (ReelRequest *self);
void reel_request_set_count (ReelRequest *self, guint count);
GListStore *reel_request_get_references (ReelRequest *self);

ReelRequestMode reel_request_infer_mode (ReelRequest *self);
ReelRequestProblem reel_request_check (ReelRequest *self, ReelVideoModel *model);
ReelMoney reel_request_estimate (ReelRequest *self, ReelVideoModel *model);
ReelMoney reel_request_estimate_all (ReelRequest *self, ReelVideoModel *model);

G_END_DECLS
