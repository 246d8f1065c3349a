#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ReelSandboxWord:
 *
 * What a test word in a prompt asks the sandbox to do, one bit each; the table in reel-sandbox-words.c says it in words.
 */
typedef enum
{
  REEL_SANDBOX_WORD_REJECT = 1 << 0,
  REEL_SANDBOX_WORD_401 = 1 << 1,
  REEL_SANDBOX_WORD_402 = 1 << 2,
  REEL_SANDBOX_WORD_429 = 1 << 3,
  REEL_SANDBOX_WORD_BUSY = 1 << 4,
  REEL_SANDBOX_WORD_500 = 1 << 5,
  REEL_SANDBOX_WORD_DROP = 1 << 6,
  REEL_SANDBOX_WORD_HANG = 1 << 7,
  REEL_SANDBOX_WORD_HALF_ANSWER = 1 << 8,
  REEL_SANDBOX_WORD_HTML = 1 << 9,
  REEL_SANDBOX_WORD_WAIT = 1 << 10,
  REEL_SANDBOX_WORD_STALL = 1 << 11,
  REEL_SANDBOX_WORD_SLOW = 1 << 12,
  REEL_SANDBOX_WORD_FAIL = 1 << 13,
  REEL_SANDBOX_WORD_UNSAFE = 1 << 14,
  REEL_SANDBOX_WORD_NO_CANCEL = 1 << 15,
  REEL_SANDBOX_WORD_STATUS_429 = 1 << 16,
  REEL_SANDBOX_WORD_STATUS_500 = 1 << 17,
  REEL_SANDBOX_WORD_LOST = 1 << 18,
  REEL_SANDBOX_WORD_ODD_STATE = 1 << 19,
  REEL_SANDBOX_WORD_GONE = 1 << 20,
  REEL_SANDBOX_WORD_EXPIRED = 1 << 21,
  REEL_SANDBOX_WORD_CUT = 1 << 22,
  REEL_SANDBOX_WORD_HALF_FILE = 1 << 23,
  REEL_SANDBOX_WORD_NO_VIDEO = 1 << 24,
  REEL_SANDBOX_WORD_SLOW_FILE = 1 << 25,
} ReelSandboxWord;

typedef struct
{
  ReelSandboxWord word;
  const char *text;        /* as it stands in a prompt, with its brackets */
  const char *description; /* English, marked for translation */
} ReelSandboxWordInfo;

guint reel_sandbox_words_find (const char *prompt);
const ReelSandboxWordInfo *reel_sandbox_words_list (guint *n_words);
char *reel_sandbox_words_describe (void);

G_END_DECLS
