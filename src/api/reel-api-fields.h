#pragma once

/* The words of the Seedance 2.0 Open API on the wire, for the client and the sandbox alike. */

#define REEL_API_PATH_MODELS      "/api/open/v1/models"
#define REEL_API_PATH_GENERATIONS "/api/open/v1/video/generations"
#define REEL_API_CANCEL_SUFFIX    "/cancel"

#define REEL_API_HEADER_SIGNATURE "x-seedance-signature"

#define REEL_API_SUCCESS         "success"
#define REEL_API_DATA            "data"
#define REEL_API_ID              "id"
#define REEL_API_TYPE            "type"
#define REEL_API_MODE            "mode"
#define REEL_API_DURATIONS       "durations"
#define REEL_API_ASPECT_RATIOS   "aspectRatios"
#define REEL_API_RESOLUTIONS     "resolutions"
#define REEL_API_USD_PER_SECOND  "usdPerSecond"
#define REEL_API_MODEL           "model"
#define REEL_API_PROMPT          "prompt"
#define REEL_API_MEDIA_URLS      "mediaUrls"
#define REEL_API_ASPECT_RATIO    "aspectRatio"
#define REEL_API_DURATION        "duration"
#define REEL_API_RESOLUTION      "resolution"
#define REEL_API_WEBHOOK_URL     "webhookUrl"
#define REEL_API_METADATA        "metadata"
#define REEL_API_JOB_ID          "jobId" /* our own, inside metadata */
#define REEL_API_REQUEST_ID      "requestId"
#define REEL_API_STATUS          "status"
#define REEL_API_CREDITS_CHARGED "creditsCharged"
#define REEL_API_OUTPUT          "output"
#define REEL_API_URL             "url"
#define REEL_API_ERROR           "error"
#define REEL_API_CODE            "code"
#define REEL_API_MESSAGE         "message"

#define REEL_API_INVALID_REQUEST      "invalid_request"
#define REEL_API_UNAUTHORIZED         "unauthorized"
#define REEL_API_INSUFFICIENT_CREDITS "insufficient_credits"
#define REEL_API_NOT_FOUND            "not_found"
#define REEL_API_RATE_LIMITED         "rate_limited"
#define REEL_API_INTERNAL_ERROR       "internal_error"
