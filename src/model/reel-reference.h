#pragma once

#include <glib-object.h>

#include "reel-uri.h"

G_BEGIN_DECLS

/**
 * ReelReferenceKind:
 * @REEL_REFERENCE_UNKNOWN: the service does not document this kind of file
 * @REEL_REFERENCE_IMAGE: .jpg .jpeg .png .webp .gif .bmp
 * @REEL_REFERENCE_VIDEO: .mp4 .mov .m4v
 * @REEL_REFERENCE_AUDIO: .mp3 .wav
 *
 * What a reference is, by the ending of its path (the API's mediaUrls field).
 */
typedef enum
{
  REEL_REFERENCE_UNKNOWN,
  REEL_REFERENCE_IMAGE,
  REEL_REFERENCE_VIDEO,
  REEL_REFERENCE_AUDIO,
} ReelReferenceKind;

#define REEL_TYPE_REFERENCE (reel_reference_get_type ())
G_DECLARE_FINAL_TYPE (ReelReference, reel_reference, REEL, REFERENCE, GObject)

ReelReference *reel_reference_new (const char *url);
const char *reel_reference_get_url (ReelReference *self);
ReelReferenceKind reel_reference_get_kind (ReelReference *self);
char *reel_reference_dup_file_name (ReelReference *self);
char *reel_reference_dup_host (ReelReference *self);

G_END_DECLS
