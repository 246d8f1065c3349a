#include "config.h"

#include "reel-money-text.h"

#include <glib/gi18n-lib.h>

#include "reel-line.h"
#include "reel-time-text.h"

/* A number as the service wrote it is shown up to here. */
#define MAX_CREDITS_CHARACTERS 40

/**
 * reel_money_text_make_charge:
 * @record: the record of a job
 *
 * Tells what the service said that it charged, as it wrote it; never converted.
 *
 * Returns: (transfer full) (nullable): a sentence, %NULL where it said nothing
 */
char *
reel_money_text_make_charge (const ReelJobRecord *record)
{
  g_autofree char *credits = NULL;

  g_return_val_if_fail (record != NULL, NULL);

  if (record->credits_charged == NULL)
    return NULL;

  credits = reel_line_make (record->credits_charged, MAX_CREDITS_CHARACTERS);
  /* Translators: %s is the number of credits as the service wrote it. */
  return g_strdup_printf (_ ("The service said that it charged %s credits."), credits);
}

/**
 * reel_money_text_make:
 * @record: the record of a job
 *
 * Tells whether money moved for a job, by what is known about its submission. What a job that ended gives back is said
 * only where the service said it.
 *
 * Returns: (transfer full): whole sentences
 */
char *
reel_money_text_make (const ReelJobRecord *record)
{
  g_autofree char *charge = NULL, *day = NULL, *lost = NULL;

  g_return_val_if_fail (record != NULL, NULL);

  charge = reel_money_text_make_charge (record);
  switch (record->submission) {
  case REEL_SUBMISSION_RECORDED:
    return g_strdup (_ ("Nothing was sent, and nothing was charged."));
  case REEL_SUBMISSION_SENDING:
    return g_strdup (_ ("The request is being sent. Whether it is charged is known when the service answers."));
  case REEL_SUBMISSION_REJECTED:
    return g_strdup (record->http_status == 0 ? _ ("Nothing was sent, and nothing was charged.")
                                              : _ ("The request was not accepted, and nothing was charged."));
  case REEL_SUBMISSION_ACCEPTED:
    return g_strconcat (_ ("The service accepted the request, and charges when it does."), " ",
                        charge != NULL ? charge : _ ("It did not say how much it charged."), NULL);
  case REEL_SUBMISSION_UNKNOWN:
  default:
    break;
  }

  if (record->declared_lost_at == 0)
    return g_strdup (
        _ ("The service may have accepted it and charged you. Seedreel will not send it again by itself."));

  day = reel_time_text_make_exact (record->declared_lost_at);
  /* Translators: %s is a date with its time. */
  lost = g_strdup_printf (_ ("You declared it lost on %s."), day);

  return g_strconcat (lost, " ", _ ("The service may have accepted it and charged you."), NULL);
}
