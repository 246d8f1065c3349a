#include "config.h"

#include "reel-compose-text.h"

#include <glib/gi18n-lib.h>

#include "reel-line.h"

/* What a new form starts with, or the nearest that the model lists. */
#define USUAL_DURATION     5 /* seconds */
#define USUAL_ASPECT_RATIO "16:9"
#define USUAL_RESOLUTION   "720p"

/* What fits beside each other in the narrowest form; more than that is a list to open. */
#define MAX_TOGGLES           4
#define MAX_TOGGLE_CHARACTERS 16

/* A name from the network is shown up to here. */
#define MAX_LABEL_CHARACTERS 80

static const struct
{
  const char *title;
  const char *prompt;
} samples[REEL_COMPOSE_N_SAMPLES] = {
    {N_ ("Paper boat"),
     N_ ("A paper boat crosses a rain puddle at dawn, macro lens, reflections of a neon street, slow push-in")},
    {N_ ("Glass dragonfly"),
     N_ ("A glass dragonfly glides over a still mountain lake, morning fog, light breaks into colors on its wings")},
    {N_ ("Lighthouse"),
     N_ ("A lighthouse keeper reads by candlelight while a storm rolls in behind the window, warm light, slow zoom")},
};

static void
add_value (GString *values, const char *value)
{
  g_autofree char *label = reel_compose_make_label (value);

  if (values->len > 0)
    /* Translators: stands between the items of a list. */
    g_string_append (values, _ (", "));
  g_string_append (values, label);
}

/**
 * reel_compose_get_sample_title:
 * @index: below %REEL_COMPOSE_N_SAMPLES
 *
 * Returns: (transfer none): two or three words that stand for a sample prompt
 */
const char *
reel_compose_get_sample_title (guint index)
{
  g_return_val_if_fail (index < REEL_COMPOSE_N_SAMPLES, NULL);

  return _ (samples[index].title);
}

/**
 * reel_compose_get_sample_prompt:
 * @index: below %REEL_COMPOSE_N_SAMPLES
 *
 * Returns: (transfer none): a prompt to start with
 */
const char *
reel_compose_get_sample_prompt (guint index)
{
  g_return_val_if_fail (index < REEL_COMPOSE_N_SAMPLES, NULL);

  return _ (samples[index].prompt);
}

/**
 * reel_compose_describe_mode:
 * @request: a request
 *
 * Tells what the service will make of the references.
 *
 * Returns: (transfer none): a few words
 */
const char *
reel_compose_describe_mode (ReelRequest *request)
{
  switch (reel_request_infer_mode (request)) {
  case REEL_REQUEST_MODE_FIRST_FRAME:
    return _ ("One image: first frame");
  case REEL_REQUEST_MODE_FIRST_AND_LAST_FRAME:
    return _ ("Two images: first and last frame");
  case REEL_REQUEST_MODE_REFERENCES:
    return _ ("Used as references");
  case REEL_REQUEST_MODE_TEXT:
  default:
    return _ ("None: text to video");
  }
}

/**
 * reel_compose_describe_problem:
 * @problem: why a request cannot be sent
 *
 * Tells what to do so that a request can be sent.
 *
 * Returns: (transfer none) (nullable): a sentence, %NULL where nothing is wrong
 */
const char *
reel_compose_describe_problem (ReelRequestProblem problem)
{
  switch (problem) {
  case REEL_REQUEST_NO_MODEL:
    return _ ("Choose a model to generate.");
  case REEL_REQUEST_NO_PROMPT:
    return _ ("Write a prompt to generate.");
  case REEL_REQUEST_BAD_PROMPT:
    return _ ("The prompt contains something that is not text. Write it again.");
  case REEL_REQUEST_BAD_DURATION:
    return _ ("The model does not offer this duration. Choose another one.");
  case REEL_REQUEST_BAD_ASPECT_RATIO:
    return _ ("The model does not offer this aspect ratio. Choose another one.");
  case REEL_REQUEST_BAD_RESOLUTION:
    return _ ("The model does not offer this resolution. Choose another one.");
  case REEL_REQUEST_TOO_MANY_REFERENCES:
    return _ ("Five references are the most. Remove some.");
  case REEL_REQUEST_BAD_REFERENCE:
    return _ ("The service cannot open the link of a reference. Remove it.");
  case REEL_REQUEST_UNKNOWN_REFERENCE:
    return _ ("A reference is not an image, a video or a sound. Remove it.");
  case REEL_REQUEST_BAD_WEBHOOK:
    return _ ("The webhook URL is not a public https link. Change it under More.");
  case REEL_REQUEST_OK:
  default:
    return NULL;
  }
}

/**
 * reel_compose_describe_kind:
 * @kind: what a reference is
 *
 * Returns: (transfer none): a word
 */
const char *
reel_compose_describe_kind (ReelReferenceKind kind)
{
  switch (kind) {
  case REEL_REFERENCE_IMAGE:
    /* Translators: the kind of a reference */
    return _ ("image");
  case REEL_REFERENCE_VIDEO:
    /* Translators: the kind of a reference */
    return _ ("video");
  case REEL_REFERENCE_AUDIO:
    /* Translators: the kind of a reference */
    return _ ("sound");
  case REEL_REFERENCE_UNKNOWN:
  default:
    return _ ("unknown kind");
  }
}

/**
 * reel_compose_refuse_reference:
 * @url: a link as typed, pasted or dropped, without spaces around it
 * @references: (nullable): the references that are there already
 *
 * Tells why a link cannot become a reference: what the service could not open must not leave this computer.
 *
 * Returns: (transfer none) (nullable): a sentence, %NULL where nothing is wrong
 */
const char *
reel_compose_refuse_reference (const char *url, GListModel *references)
{
  g_autoptr (ReelReference) reference = NULL;
  guint n = references != NULL ? g_list_model_get_n_items (references) : 0;

  g_return_val_if_fail (url != NULL, NULL);

  if (n >= REEL_REQUEST_MAX_REFERENCES)
    return _ ("Five references are the most that the service takes.");

  if (g_ascii_strncasecmp (url, "file:", strlen ("file:")) == 0)
    return _ ("The service cannot open files on this computer. Use an https link.");

  switch (reel_uri_check_public (url)) {
  case REEL_URI_NOT_HTTPS:
    return _ ("The service opens https links only.");
  case REEL_URI_PRIVATE:
    return _ ("The service cannot open links to this computer or a private network.");
  case REEL_URI_CREDENTIALS:
    return _ ("The link contains a user name or a password. Use a link without them.");
  case REEL_URI_MALFORMED:
    return _ ("This is not a link. It starts with “https://”.");
  case REEL_URI_NOT_PROXY:
  case REEL_URI_NO_PORT:
  case REEL_URI_PATH:
  case REEL_URI_OK:
  default:
    break;
  }

  reference = reel_reference_new (url);
  if (reel_reference_get_kind (reference) == REEL_REFERENCE_UNKNOWN)
    return _ ("The link does not end like an image (jpg, png, webp, gif, bmp), a video (mp4, mov, m4v) or a sound "
              "(mp3, wav).");

  for (guint i = 0; i < n; i++) {
    g_autoptr (ReelReference) other = g_list_model_get_item (references, i);

    if (g_strcmp0 (reel_reference_get_url (other), url) == 0)
      return _ ("This link is in the list already.");
  }

  return NULL;
}

/**
 * reel_compose_refuse_webhook:
 * @url: (nullable): a webhook URL as typed
 *
 * Tells why the service could not call a webhook.
 *
 * Returns: (transfer none) (nullable): a sentence, %NULL where nothing is wrong or nothing is typed
 */
const char *
reel_compose_refuse_webhook (const char *url)
{
  if (url == NULL || *url == '\0')
    return NULL;

  switch (reel_uri_check_public (url)) {
  case REEL_URI_NOT_HTTPS:
    return _ ("The service calls https addresses only.");
  case REEL_URI_PRIVATE:
    return _ ("The service cannot call this computer or a private network.");
  case REEL_URI_CREDENTIALS:
    return _ ("The address contains a user name or a password. Use one without them.");
  case REEL_URI_MALFORMED:
    return _ ("This is not an address. It starts with “https://”.");
  case REEL_URI_NOT_PROXY:
  case REEL_URI_NO_PORT:
  case REEL_URI_PATH:
  case REEL_URI_OK:
  default:
    return NULL;
  }
}

/**
 * reel_compose_make_seconds:
 * @seconds: a length
 *
 * Returns: (transfer full): a length as the form shows it ("5 s")
 */
char *
reel_compose_make_seconds (guint seconds)
{
  /* Translators: a number of seconds, as short as possible. The space does not break. */
  return g_strdup_printf (_ ("%u s"), seconds);
}

/**
 * reel_compose_make_spoken_seconds:
 * @seconds: a length
 *
 * Returns: (transfer full): a length as a screen reader says it ("5 seconds")
 */
char *
reel_compose_make_spoken_seconds (guint seconds)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u second", "%u seconds", seconds), seconds);
}

/**
 * reel_compose_make_character_count:
 * @n: how many characters the prompt has
 *
 * Returns: (transfer full): what stands under the prompt
 */
char *
reel_compose_make_character_count (guint n)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u character", "%'u characters", n), n);
}

/**
 * reel_compose_make_price:
 * @request: a request
 * @model: (nullable): its model, %NULL while it is not known
 *
 * Returns: (transfer full): the amount of all that is asked for; a price that is not known is never shown as free
 */
char *
reel_compose_make_price (ReelRequest *request, ReelVideoModel *model)
{
  ReelMoney price = reel_request_estimate_all (request, model);

  if (model == NULL)
    return g_strdup ("—");

  return price >= 0 ? reel_money_format (price) : g_strdup (_ ("Price not listed"));
}

/**
 * reel_compose_make_arithmetic:
 * @request: a request
 * @model: (nullable): its model
 *
 * Makes the arithmetic of the price ("5 s × $0.10 × 2 = $1.00"), or says what is missing for it. One video needs no more
 * than its factors: the amount stands beside them.
 *
 * Returns: (transfer full): a few words
 */
char *
reel_compose_make_arithmetic (ReelRequest *request, ReelVideoModel *model)
{
  guint count = reel_request_get_count (request);
  g_autofree char *seconds = NULL;
  g_autofree char *price = NULL;
  g_autofree char *all = NULL;

  if (model == NULL)
    return g_strdup (_ ("No model is chosen yet"));
  if (reel_request_estimate_all (request, model) < 0)
    return count > 1 ? g_strdup_printf (_ ("For these settings × %u"), count) : g_strdup (_ ("For these settings"));

  seconds = reel_compose_make_seconds (reel_request_get_duration (request));
  price = reel_money_format (reel_video_model_get_price (model, reel_request_get_resolution (request)));

  if (count == 1)
    /* Translators: a length times the price of one second, such as “5 s × $0.10”. */
    return g_strdup_printf (_ ("%s × %s"), seconds, price);

  all = reel_money_format (reel_request_estimate_all (request, model));

  /* Translators: a length times the price of one second times the number of videos, such as “5 s × $0.10 × 2 = $1.00”. */
  return g_strdup_printf (_ ("%s × %s × %u = %s"), seconds, price, count, all);
}

/**
 * reel_compose_make_more:
 * @request: a request
 *
 * Tells what is set of that which is folded away: what costs money most of all.
 *
 * Returns: (transfer full): a few words
 */
char *
reel_compose_make_more (ReelRequest *request)
{
  guint count = reel_request_get_count (request);
  GString *words = g_string_new (NULL);

  if (count > 1)
    g_string_append_printf (words, g_dngettext (GETTEXT_PACKAGE, "%u video", "%u videos", count), count);
  if (reel_request_get_webhook_url (request) != NULL) {
    if (words->len > 0)
      g_string_append (words, " · ");
    g_string_append (words, _ ("Webhook: on"));
  }

  if (words->len == 0)
    g_string_append (words, _ ("Count, webhook"));

  return g_string_free (words, FALSE);
}

/**
 * reel_compose_make_unlisted_question:
 * @count: how many videos are asked for
 *
 * Tells what it means that a price is not listed.
 *
 * Returns: (transfer full): whole sentences
 */
char *
reel_compose_make_unlisted_question (guint count)
{
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   "The service does not list a price for these settings. It will charge for %u video, and Seedreel "
                   "cannot tell how much.",
                   "The service does not list a price for these settings. It will charge for %u videos, and Seedreel "
                   "cannot tell how much.",
                   count),
      count);
}

/**
 * reel_compose_make_label:
 * @name: a name from the network
 *
 * Makes a name fit for a label: one line of valid text that is not endless. What is sent stays as the service wrote it.
 *
 * Returns: (transfer full): the label
 */
char *
reel_compose_make_label (const char *name)
{
  return reel_line_make (name, MAX_LABEL_CHARACTERS);
}

/**
 * reel_compose_is_short:
 * @labels: (array zero-terminated=1): the choices
 *
 * Tells whether choices fit beside each other; otherwise they are a list to open.
 */
gboolean
reel_compose_is_short (const char *const *labels)
{
  guint n = 0, n_characters = 0;

  for (; labels[n] != NULL; n++)
    n_characters += g_utf8_strlen (labels[n], -1);

  return n >= 2 && n <= MAX_TOGGLES && n_characters <= MAX_TOGGLE_CHARACTERS;
}

/**
 * reel_compose_make_replaced_notice:
 * @old_model: the model of the request, which the account does not list
 * @new_model: the model that is used instead
 *
 * Returns: (transfer full): a sentence that tells so
 */
char *
reel_compose_make_replaced_notice (const char *old_model, const char *new_model)
{
  g_autofree char *old_name = reel_compose_make_label (old_model);
  g_autofree char *new_name = reel_compose_make_label (new_model);

  /* Translators: both are names of models. */
  return g_strdup_printf (_ ("This account has no %s: the model is now %s"), old_name, new_name);
}

/**
 * reel_compose_fit:
 * @request: the request of the form
 * @model: the model that is to be used
 *
 * Sets the model of a request, keeps each choice that it still allows and moves the rest to the nearest that it allows.
 * Where nothing was chosen yet, the usual is chosen, if it is listed.
 *
 * Returns: (transfer full) (nullable): a sentence about what was moved, %NULL where nothing was
 */
char *
reel_compose_fit (ReelRequest *request, ReelVideoModel *model)
{
  g_autoptr (GString) moved = g_string_new (NULL);
  const char *ratio = reel_request_get_aspect_ratio (request);
  const char *resolution = reel_request_get_resolution (request);
  const char *new_ratio, *new_resolution;
  guint duration = reel_request_get_duration (request);
  guint new_duration;

  g_return_val_if_fail (REEL_IS_REQUEST (request) && REEL_IS_VIDEO_MODEL (model), NULL);

  new_duration = reel_video_model_nearest_duration (model, duration != 0 ? duration : USUAL_DURATION);
  new_ratio = reel_video_model_nearest_aspect_ratio (model, ratio != NULL ? ratio : USUAL_ASPECT_RATIO);
  new_resolution = reel_video_model_nearest_resolution (model, resolution != NULL ? resolution : USUAL_RESOLUTION);

  if (duration != 0 && new_duration != 0 && duration != new_duration) {
    g_autofree char *seconds = reel_compose_make_seconds (new_duration);

    add_value (moved, seconds);
  }
  if (ratio != NULL && new_ratio != NULL && g_strcmp0 (ratio, new_ratio) != 0)
    add_value (moved, new_ratio);
  if (resolution != NULL && new_resolution != NULL && g_strcmp0 (resolution, new_resolution) != 0)
    add_value (moved, new_resolution);

  g_object_freeze_notify (G_OBJECT (request));
  reel_request_set_model (request, reel_video_model_get_id (model));
  reel_request_set_duration (request, new_duration);
  reel_request_set_aspect_ratio (request, new_ratio);
  reel_request_set_resolution (request, new_resolution);
  g_object_thaw_notify (G_OBJECT (request));

  if (moved->len == 0)
    return NULL;

  /* Translators: a list of settings such as “8 s, 720p”. It stands in a toast: keep it short. */
  return g_strdup_printf (_ ("Changed to fit: %s"), moved->str);
}
