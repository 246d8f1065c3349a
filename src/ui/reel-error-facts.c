#include "config.h"

#include "reel-error-facts.h"

#include <glib/gi18n-lib.h>

#include "reel-sentences.h"

static char *
make_wait_sentence (gint64 seconds)
{
  guint minutes = (guint)((CLAMP (seconds, 0, G_MAXINT) + 59) / 60);

  if (seconds < 0)
    return g_strdup (_ ("Wait a minute, then try again."));
  if (seconds <= 90)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "Try again in %u second.", "Try again in %u seconds.", (guint)MAX (seconds, 1)),
        (guint)MAX (seconds, 1));

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Try again in %u minute.", "Try again in %u minutes.", minutes),
                          minutes);
}

/* Seedreel itself refuses what must not leave this computer, such as a private address. */
static gboolean
was_refused (const ReelErrorFacts *self)
{
  return self->was_sent || self->http_status != 0;
}

/**
 * reel_error_facts_get_title:
 *
 * Returns: (transfer none): what happened, in a few words, without a full stop
 */
const char *
reel_error_facts_get_title (const ReelErrorFacts *self)
{
  switch (self->code) {
  case REEL_ERROR_UNREACHABLE:
    return _ ("The service cannot be reached");
  case REEL_ERROR_PROXY:
    return _ ("The proxy makes no connection");
  case REEL_ERROR_PORTAL:
    return _ ("This network wants you to sign in first");
  case REEL_ERROR_TLS:
  case REEL_ERROR_CERTIFICATE_AUTHORITY:
  case REEL_ERROR_CERTIFICATE_SELF_SIGNED:
  case REEL_ERROR_CERTIFICATE_NAME:
  case REEL_ERROR_CERTIFICATE_EXPIRED:
  case REEL_ERROR_CERTIFICATE_EARLY:
    return _ ("The connection is not secure");
  case REEL_ERROR_BROKEN:
    return _ ("The connection broke");
  case REEL_ERROR_TIMEOUT:
    return _ ("The service did not answer in time");
  case REEL_ERROR_TOO_LARGE:
  case REEL_ERROR_NOT_JSON:
  case REEL_ERROR_BAD_SHAPE:
    return _ ("The answer cannot be read");
  case REEL_ERROR_INVALID_REQUEST:
    return was_refused (self) ? _ ("The service refused the request") : _ ("The request was not sent");
  case REEL_ERROR_UNAUTHORIZED:
    return self->http_status == 0 ? _ ("There is no API key") : _ ("The API key was not accepted");
  case REEL_ERROR_INSUFFICIENT_CREDITS:
    return _ ("There are not enough credits");
  case REEL_ERROR_NOT_FOUND:
    return _ ("The service does not know this");
  case REEL_ERROR_RATE_LIMITED:
    return _ ("The service asks to wait");
  case REEL_ERROR_INTERNAL:
    return _ ("The service has a problem");
  case REEL_ERROR_STORE:
    return _ ("The history cannot be written");
  case REEL_ERROR_FILE:
    return self->doing == REEL_ERROR_DOING_DOWNLOAD ? _ ("The video was not saved") : _ ("The file cannot be used");
  case REEL_ERROR_NOT_A_VIDEO:
    return _ ("This file is not a video");
  case REEL_ERROR_TRUNCATED:
    return _ ("The video is not complete");
  case REEL_ERROR_MISSING_DECODER:
    return _ ("This video cannot be played here");
  case REEL_ERROR_TAKEN:
    return _ ("This request ID is in the history already");
  case REEL_ERROR_MISMATCH:
    return _ ("This request ID belongs to another video");
  case REEL_ERROR_SECRET:
    return _ ("The key is not in a keyring");
  case REEL_ERROR_UNKNOWN_CODE:
  default:
    return _ ("The service reported an error");
  }
}

/**
 * reel_error_facts_get_event:
 *
 * Returns: (transfer none): what happened, a sentence
 */
const char *
reel_error_facts_get_event (const ReelErrorFacts *self)
{
  switch (self->code) {
  case REEL_ERROR_UNREACHABLE:
    return _ ("No connection to the service could be made.");
  case REEL_ERROR_PROXY:
    return _ ("No connection to the service could be made through the proxy.");
  case REEL_ERROR_PORTAL:
    return self->was_sent ? _ ("The network answered in place of the service: it wants you to sign in.")
                          : _ ("The network lets nothing through until you have signed in.");
  case REEL_ERROR_TLS:
    return _ ("The service could not prove who it is: its certificate was refused.");
  case REEL_ERROR_CERTIFICATE_AUTHORITY:
    return _ ("The service could not prove who it is: this computer does not trust the issuer of its certificate.");
  case REEL_ERROR_CERTIFICATE_SELF_SIGNED:
    return _ ("The service could not prove who it is: its certificate is signed by itself alone.");
  case REEL_ERROR_CERTIFICATE_NAME:
    return _ ("The service could not prove who it is: the certificate belongs to another address.");
  case REEL_ERROR_CERTIFICATE_EXPIRED:
    return _ ("The service could not prove who it is: its certificate has expired.");
  case REEL_ERROR_CERTIFICATE_EARLY:
    return _ ("The service could not prove who it is: its certificate is not valid yet.");
  case REEL_ERROR_BROKEN:
    return self->was_sent ? _ ("The connection broke after the request was sent.") : _ ("The connection broke.");
  case REEL_ERROR_TIMEOUT:
    return self->was_sent ? _ ("The request was sent, but no answer came in time.")
                          : _ ("No connection to the service could be made in time.");
  case REEL_ERROR_TOO_LARGE:
    return _ ("The service sent an answer that is far too large.");
  case REEL_ERROR_NOT_JSON:
  case REEL_ERROR_BAD_SHAPE:
    return _ ("The service sent an answer that Seedreel cannot read.");
  case REEL_ERROR_INVALID_REQUEST:
    return was_refused (self) ? _ ("The service did not accept what was asked.")
                              : _ ("Seedreel does not send such a request.");
  case REEL_ERROR_UNAUTHORIZED:
    return self->http_status == 0 ? _ ("No API key is at hand for this account.")
                                  : _ ("The service did not accept the API key of this account.");
  case REEL_ERROR_INSUFFICIENT_CREDITS:
    return _ ("The account does not have enough credits for this video.");
  case REEL_ERROR_NOT_FOUND:
    return _ ("There is nothing at this address of the service.");
  case REEL_ERROR_RATE_LIMITED:
    return _ ("The service takes no more requests for now: its limit for a minute or for the month is reached.");
  case REEL_ERROR_INTERNAL:
    return _ ("The service reported a problem of its own.");
  case REEL_ERROR_STORE:
    return _ ("Seedreel could not write to its database.");
  case REEL_ERROR_FILE:
    return self->doing == REEL_ERROR_DOING_DOWNLOAD ? _ ("The video could not be written to the library folder.")
                                                    : _ ("The file could not be read or written.");
  case REEL_ERROR_NOT_A_VIDEO:
    return self->doing == REEL_ERROR_DOING_DOWNLOAD ? _ ("What the service sent is not a video.")
                                                    : _ ("Its content is not a video.");
  case REEL_ERROR_TRUNCATED:
    return _ ("The video ends before its end.");
  case REEL_ERROR_MISSING_DECODER:
    return _ ("This system has no decoder for its format.");
  case REEL_ERROR_TAKEN:
    return _ ("Another video in the history has this request ID.");
  case REEL_ERROR_MISMATCH:
    return _ ("The service made the video of this request ID from another prompt or model.");
  case REEL_ERROR_SECRET:
    return _ ("The key is kept for this run only, because no keyring is available.");
  case REEL_ERROR_UNKNOWN_CODE:
  default:
    return self->doing == REEL_ERROR_DOING_LOCAL ? _ ("It could not be done.") : _ ("The service did not do it.");
  }
}

/**
 * reel_error_facts_get_money:
 *
 * Returns: (transfer none) (nullable): whether money moved, %NULL where nothing that costs money was asked
 */
const char *
reel_error_facts_get_money (const ReelErrorFacts *self)
{
  switch (self->money) {
  case REEL_ERROR_MONEY_NOT_SENT:
    return _ ("Nothing was sent, and nothing was charged.");
  case REEL_ERROR_MONEY_NOT_ACCEPTED:
    return _ ("The request was not accepted, and nothing was charged.");
  case REEL_ERROR_MONEY_UNKNOWN:
    return _ ("The service may have accepted it and charged you. Seedreel will not send it again by itself.");
  case REEL_ERROR_MONEY_NOT_ASKED:
  default:
    return NULL;
  }
}

/**
 * reel_error_facts_make_certificate:
 *
 * Makes what there is to know of a certificate that was refused: who issued it, who may stand behind it, and that nothing
 * was sent, where nothing else says so.
 *
 * Returns: (transfer full) (nullable): whole sentences, %NULL where it is about no certificate
 */
char *
reel_error_facts_make_certificate (const ReelErrorFacts *self)
{
  GString *text;

  if (!reel_error_is_certificate (self->code))
    return NULL;

  text = g_string_new (NULL);
  if (self->issuer != NULL) {
    g_autofree char *issuer = reel_sentences_make_quotable (self->issuer);
    /* Translators: %s is the name that who issued a certificate gives itself, such as “Example Root CA”. */
    g_autofree char *sentence = g_strdup_printf (_ ("It was issued by “%s”."), issuer);

    if (*issuer != '\0')
      reel_sentences_add (text, sentence);
  }
  if (self->code != REEL_ERROR_CERTIFICATE_EXPIRED && self->code != REEL_ERROR_CERTIFICATE_EARLY)
    reel_sentences_add (text, _ ("A company proxy or an antivirus program may be intercepting the connection."));
  if (self->doing == REEL_ERROR_DOING_ASK)
    reel_sentences_add (text, _ ("Nothing was sent, not even the API key."));

  return g_string_free (text, FALSE);
}

/**
 * reel_error_facts_make_advice:
 *
 * Makes the one next step that makes sense. After an outcome that is not known, sending again is never it.
 *
 * Returns: (transfer full) (nullable): a sentence
 */
char *
reel_error_facts_make_advice (const ReelErrorFacts *self)
{
  if (self->money == REEL_ERROR_MONEY_UNKNOWN)
    return g_strdup (_ ("Look at the credits of your account on the service's website to find out."));

  switch (self->code) {
  case REEL_ERROR_UNREACHABLE:
    return g_strdup (_ ("Check the network and the base URL of the account, then try again."));
  case REEL_ERROR_PROXY:
    return g_strdup (
        _ ("Check the network and the proxy of the account, then try again. Seedreel cannot use a proxy that "
           "asks for a password."));
  case REEL_ERROR_PORTAL:
    return g_strdup (_ ("Sign in to the network; Seedreel goes on by itself."));
  case REEL_ERROR_TLS:
    return g_strdup (_ ("Check the base URL of the account and the clock of this computer."));
  case REEL_ERROR_CERTIFICATE_AUTHORITY:
  case REEL_ERROR_CERTIFICATE_SELF_SIGNED:
  case REEL_ERROR_CERTIFICATE_NAME:
    return g_strdup (_ ("Use another network, ask whoever runs this one, or check the base URL of the account."));
  case REEL_ERROR_CERTIFICATE_EXPIRED:
  case REEL_ERROR_CERTIFICATE_EARLY:
    return g_strdup (
        _ ("Check the clock of this computer. If it is right, only the service can renew the certificate."));
  case REEL_ERROR_BROKEN:
  case REEL_ERROR_TIMEOUT:
    return g_strdup (_ ("Check the network, then try again."));
  case REEL_ERROR_TOO_LARGE:
  case REEL_ERROR_NOT_JSON:
  case REEL_ERROR_BAD_SHAPE:
    return g_strdup (_ ("Check that the base URL of the account is right."));
  case REEL_ERROR_INVALID_REQUEST:
    return self->doing == REEL_ERROR_DOING_SUBMIT ? g_strdup (_ ("Change the settings, then generate again.")) : NULL;
  case REEL_ERROR_UNAUTHORIZED:
    return g_strdup (self->doing == REEL_ERROR_DOING_ASK ? _ ("Check the key and the base URL.")
                                                         : _ ("Check the key in Preferences."));
  case REEL_ERROR_INSUFFICIENT_CREDITS:
    return g_strdup (_ ("Add credits on the service's website, or choose a shorter or smaller video."));
  case REEL_ERROR_NOT_FOUND:
    return g_strdup (_ ("Check that the base URL of the account is right."));
  case REEL_ERROR_RATE_LIMITED:
    return make_wait_sentence (self->retry_after);
  case REEL_ERROR_INTERNAL:
    return g_strdup (_ ("Try again later."));
  case REEL_ERROR_STORE:
    return g_strdup (_ ("Make room on the disk and check that its folder can be written, then start Seedreel again."));
  case REEL_ERROR_FILE:
    return self->doing == REEL_ERROR_DOING_DOWNLOAD
               ? g_strdup (_ ("Make room on the disk or choose another folder in Preferences, then download again. "
                              "Downloading is not charged."))
               : NULL;
  case REEL_ERROR_NOT_A_VIDEO:
  case REEL_ERROR_TRUNCATED:
    return self->doing == REEL_ERROR_DOING_DOWNLOAD ? g_strdup (_ ("Download it again. Downloading is not charged."))
                                                    : g_strdup (_ ("Try to open it with another application."));
  case REEL_ERROR_MISSING_DECODER:
    return g_strdup (_ ("Open it with another application, or install the codec."));
  case REEL_ERROR_TAKEN:
  case REEL_ERROR_MISMATCH:
    return g_strdup (_ ("Check the request ID."));
  case REEL_ERROR_SECRET:
    return g_strdup (_ ("Enter it again after the next start."));
  case REEL_ERROR_UNKNOWN_CODE:
  default:
    return NULL;
  }
}

/**
 * reel_error_facts_judge_money:
 *
 * Tells by an error what is known about money. The record of a job knows better: it says what the service accepted.
 */
ReelErrorMoney
reel_error_facts_judge_money (const ReelErrorFacts *self)
{
  if (self->doing != REEL_ERROR_DOING_SUBMIT)
    return REEL_ERROR_MONEY_NOT_ASKED;

  switch (self->code) {
  case REEL_ERROR_INVALID_REQUEST:
  case REEL_ERROR_INSUFFICIENT_CREDITS:
  case REEL_ERROR_NOT_FOUND:
  case REEL_ERROR_RATE_LIMITED:
    return REEL_ERROR_MONEY_NOT_ACCEPTED;
  case REEL_ERROR_UNAUTHORIZED:
    return self->http_status == 0 ? REEL_ERROR_MONEY_NOT_SENT : REEL_ERROR_MONEY_NOT_ACCEPTED;
  case REEL_ERROR_UNKNOWN_CODE:
    if (self->http_status >= 400 && self->http_status < 500)
      return REEL_ERROR_MONEY_NOT_ACCEPTED;
    break;
  case REEL_ERROR_UNREACHABLE:
  case REEL_ERROR_PROXY:
  case REEL_ERROR_PORTAL:
  case REEL_ERROR_TLS:
  case REEL_ERROR_CERTIFICATE_AUTHORITY:
  case REEL_ERROR_CERTIFICATE_SELF_SIGNED:
  case REEL_ERROR_CERTIFICATE_NAME:
  case REEL_ERROR_CERTIFICATE_EXPIRED:
  case REEL_ERROR_CERTIFICATE_EARLY:
  case REEL_ERROR_BROKEN:
  case REEL_ERROR_TIMEOUT:
  case REEL_ERROR_TOO_LARGE:
  case REEL_ERROR_NOT_JSON:
  case REEL_ERROR_BAD_SHAPE:
  case REEL_ERROR_INTERNAL:
  case REEL_ERROR_STORE:
  case REEL_ERROR_FILE:
  case REEL_ERROR_NOT_A_VIDEO:
  case REEL_ERROR_TRUNCATED:
  case REEL_ERROR_MISSING_DECODER:
  case REEL_ERROR_SECRET:
  case REEL_ERROR_TAKEN:
  case REEL_ERROR_MISMATCH:
  default:
    break;
  }

  return self->was_sent || self->http_status != 0 ? REEL_ERROR_MONEY_UNKNOWN : REEL_ERROR_MONEY_NOT_SENT;
}
