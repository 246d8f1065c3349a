#pragma once

#include "reel-error.h"

G_BEGIN_DECLS

/**
 * ReelErrorDoing:
 * @REEL_ERROR_DOING_SUBMIT: a paid request was sent
 * @REEL_ERROR_DOING_ASK: something free was asked: the models, the test of an account
 * @REEL_ERROR_DOING_DOWNLOAD: a finished video was to be saved
 * @REEL_ERROR_DOING_LOCAL: something on this computer: the database, a file, the keyring, playing a video
 *
 * What was being done when an error came: whether money may have moved, and the next step, follow from it.
 */
typedef enum
{
  REEL_ERROR_DOING_SUBMIT,
  REEL_ERROR_DOING_ASK,
  REEL_ERROR_DOING_DOWNLOAD,
  REEL_ERROR_DOING_LOCAL,
} ReelErrorDoing;

/**
 * ReelErrorText:
 * @title: what happened, in a few words, without a full stop
 * @body: what happened, whether money moved and what to do next, in whole sentences
 *
 * What a person reads of an error. Plain text, no markup: it may quote the service.
 */
typedef struct
{
  char *title;
  char *body;
} ReelErrorText;

ReelErrorText *reel_error_text_new (const GError *error, ReelErrorDoing doing);
ReelErrorText *reel_error_text_new_take (const char *title, char *body);
void reel_error_text_free (ReelErrorText *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelErrorText, reel_error_text_free)

G_END_DECLS
