#include "config.h"

#include "reel-sandbox-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The one table of the test words: --help prints it, the README quotes it and the tests walk it. */
static const ReelSandboxWordInfo words[] = {
    {REEL_SANDBOX_WORD_REJECT, "[reject]", N_ ("The submission is refused: 400 invalid_request")},
    {REEL_SANDBOX_WORD_401, "[401]", N_ ("The submission is refused: 401 unauthorized")},
    {REEL_SANDBOX_WORD_402, "[402]", N_ ("The submission is refused: 402 insufficient_credits")},
    {REEL_SANDBOX_WORD_429, "[429]", N_ ("The submission is refused: 429 rate_limited, Retry-After one second")},
    {REEL_SANDBOX_WORD_BUSY, "[busy]", N_ ("As [429] the first two times, then the same prompt is accepted")},
    {REEL_SANDBOX_WORD_500, "[500]", N_ ("The submission is refused: 500 internal_error")},
    {REEL_SANDBOX_WORD_DROP, "[drop]",
     N_ ("The job is accepted and charged, but the connection breaks before the answer")},
    {REEL_SANDBOX_WORD_HANG, "[hang]", N_ ("The job is accepted and charged, but no answer ever comes")},
    {REEL_SANDBOX_WORD_HALF_ANSWER, "[half-answer]", N_ ("The job is accepted, but its answer breaks off half-way")},
    {REEL_SANDBOX_WORD_HTML, "[html]", N_ ("The job is accepted, but its answer is a web page")},
    {REEL_SANDBOX_WORD_WAIT, "[wait]", N_ ("The job stays queued until it is cancelled")},
    {REEL_SANDBOX_WORD_STALL, "[stall]", N_ ("The job stays in processing until it is cancelled")},
    {REEL_SANDBOX_WORD_SLOW, "[slow]", N_ ("The job takes ten times as long")},
    {REEL_SANDBOX_WORD_FAIL, "[fail]", N_ ("The job ends as failed: generation_failed")},
    {REEL_SANDBOX_WORD_UNSAFE, "[unsafe]", N_ ("The job ends as failed: content_policy")},
    {REEL_SANDBOX_WORD_NO_CANCEL, "[no-cancel]", N_ ("A cancel is refused: 400 invalid_request, and the job goes on")},
    {REEL_SANDBOX_WORD_STATUS_429, "[status-429]",
     N_ ("The first two status requests are refused: 429 rate_limited, Retry-After one second")},
    {REEL_SANDBOX_WORD_STATUS_500, "[status-500]",
     N_ ("The first three status requests are refused: 500 internal_error")},
    {REEL_SANDBOX_WORD_LOST, "[lost]", N_ ("Status requests are refused: 404 not_found")},
    {REEL_SANDBOX_WORD_ODD_STATE, "[odd-state]", N_ ("While processing, the state reads \"upscaling\"")},
    {REEL_SANDBOX_WORD_GONE, "[gone]", N_ ("The video cannot be downloaded: 404")},
    {REEL_SANDBOX_WORD_EXPIRED, "[expired]", N_ ("The first download is refused with 403, later ones work")},
    {REEL_SANDBOX_WORD_CUT, "[cut]", N_ ("The first three downloads break off half-way through what was asked")},
    {REEL_SANDBOX_WORD_HALF_FILE, "[half-file]", N_ ("The file ends half-way, with a length that says so")},
    {REEL_SANDBOX_WORD_NO_VIDEO, "[no-video]", N_ ("The file is a text, not a video")},
    {REEL_SANDBOX_WORD_SLOW_FILE, "[slow-file]", N_ ("The download takes about ten seconds")},
};

/**
 * reel_sandbox_words_find:
 * @prompt: a prompt
 *
 * Finds the test words in a prompt, in any case of letters.
 *
 * Returns: #ReelSandboxWord bits, 0 where there are none
 */
guint
reel_sandbox_words_find (const char *prompt)
{
  guint found = 0;

  if (strchr (prompt, '[') == NULL)
    return 0;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcasestr (prompt, words[i].text) != NULL)
      found |= words[i].word;

  return found;
}

/**
 * reel_sandbox_words_list:
 * @n_words: (out): how many there are
 *
 * Gets the table of the test words.
 *
 * Returns: (transfer none): the table
 */
const ReelSandboxWordInfo *
reel_sandbox_words_list (guint *n_words)
{
  *n_words = G_N_ELEMENTS (words);

  return words;
}

/**
 * reel_sandbox_words_describe:
 *
 * Writes the table as text for a terminal, a line each, translated.
 *
 * Returns: (transfer full): the text
 */
char *
reel_sandbox_words_describe (void)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_string_append_printf (text, "  %-14s %s\n", words[i].text, _ (words[i].description));

  return g_string_free_and_steal (text);
}
