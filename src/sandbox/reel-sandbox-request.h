#pragma once

#include <json-glib/json-glib.h>

#include "reel-sandbox-models.h"

G_BEGIN_DECLS

/** The longest body of a request, in bytes. */
#define REEL_SANDBOX_MAX_BODY (1024 * 1024)

/**
 * ReelSandboxRequest:
 *
 * A request for a video that keeps every rule of the reference, its left-out fields filled with the defaults.
 */
typedef struct
{
  const ReelSandboxModel *model;
  char *prompt;
  char **media_urls; /* nullable */
  char *aspect_ratio;
  int duration; /* seconds */
  char *resolution;
  char *webhook_url;    /* nullable */
  JsonObject *metadata; /* nullable */
} ReelSandboxRequest;

ReelSandboxRequest *reel_sandbox_request_parse (GBytes *body, GError **error);
ReelSandboxRequest *reel_sandbox_request_from_object (JsonObject *object, GError **error);
JsonObject *reel_sandbox_request_to_object (const ReelSandboxRequest *self);
void reel_sandbox_request_free (ReelSandboxRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelSandboxRequest, reel_sandbox_request_free)

G_END_DECLS
