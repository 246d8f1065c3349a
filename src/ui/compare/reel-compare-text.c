#include "config.h"

#include "reel-compare-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "reel-job-text.h"
#include "reel-line.h"

/* Where less than this part of the longest prompt is common to all, they are simply different. */
#define MIN_COMMON 4

/* The words of longer prompts are not compared: it takes the square of their number. */
#define MAX_WORDS 800

/* What the service wrote goes on one line. */
#define MAX_SERVICE_CHARACTERS 160

typedef char *(*MakeValue) (const ReelJobRecord *record, const ReelComparisonTrack *track);

static char *
make_prompt (const ReelJobRecord *record, const ReelComparisonTrack *track)
{
  return g_strdup (record->prompt);
}

static char *
make_model (const ReelJobRecord *record, const ReelComparisonTrack *track)
{
  return g_strdup (record->model);
}

static char *
make_duration (const ReelJobRecord *record, const ReelComparisonTrack *track)
{
  if (record->duration == 0)
    return NULL;

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u second", "%u seconds", record->duration), record->duration);
}

static char *
make_aspect_ratio (const ReelJobRecord *record, const ReelComparisonTrack *track)
{
  return g_strdup (record->aspect_ratio);
}

static char *
make_resolution (const ReelJobRecord *record, const ReelComparisonTrack *track)
{
  return g_strdup (record->resolution);
}

static gboolean
has_references (const ReelJobRecord *record)
{
  return record->media_urls != NULL && record->media_urls[0] != NULL;
}

static char *
make_references (const ReelJobRecord *record, const ReelComparisonTrack *track)
{
  if (!has_references (record))
    return g_strdup (_ ("None"));

  return g_strjoinv ("\n", record->media_urls);
}

static char *
make_estimate (const ReelJobRecord *record, const ReelComparisonTrack *track)
{
  return reel_job_text_make_price (record);
}

static char *
make_charged (const ReelJobRecord *record, const ReelComparisonTrack *track)
{
  g_autofree char *credits = NULL;
  guint64 n = 2;

  if (record->credits_charged == NULL)
    return NULL;

  credits = reel_line_make (record->credits_charged, MAX_SERVICE_CHARACTERS);
  g_ascii_string_to_unsigned (credits, 10, 0, G_MAXUINT, &n, NULL);

  /* Translators: %s is a number as the service wrote it. */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s credit", "%s credits", (gulong)n), credits);
}

static char *
make_picture (const ReelJobRecord *record, const ReelComparisonTrack *track)
{
  if (track == NULL)
    return NULL;

  /* Translators: the width and the height of a video in pixels. */
  return g_strdup_printf (_ ("%d × %d"), track->width, track->height);
}

static char *
make_frames (const ReelJobRecord *record, const ReelComparisonTrack *track)
{
  guint frames;
  g_autofree char *count = NULL, *rate = NULL;
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (track == NULL)
    return NULL;

  frames = (guint)((double)track->duration * track->frame_rate / G_USEC_PER_SEC + 0.05);
  count = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u frame", "%u frames", frames), frames);
  g_ascii_formatd (number, sizeof number, "%g", round (track->frame_rate * 1000) / 1000);
  /* Translators: how many frames of a video are shown in a second. */
  rate = g_strdup_printf (_ ("%s a second"), number);

  return g_strconcat (count, ", ", rate, NULL);
}

static char *
make_sound (const ReelJobRecord *record, const ReelComparisonTrack *track)
{
  if (track == NULL)
    return NULL;

  return g_strdup (track->has_audio ? C_ ("sound of a video", "Yes") : C_ ("sound of a video", "No"));
}

static char *
make_file_size (const ReelJobRecord *record, const ReelComparisonTrack *track)
{
  return record->file_size > 0 ? g_format_size ((guint64)record->file_size) : NULL;
}

static const struct
{
  const char *title;
  MakeValue make;
} settings[] = {
    {N_ ("Prompt"), make_prompt},         {N_ ("Model"), make_model},
    {N_ ("Duration"), make_duration},     {N_ ("Aspect ratio"), make_aspect_ratio},
    {N_ ("Resolution"), make_resolution}, {N_ ("References"), make_references},
    {N_ ("Estimate"), make_estimate},     {N_ ("Charged"), make_charged},
    {N_ ("Picture"), make_picture},       {N_ ("Frames"), make_frames},
    {N_ ("Sound"), make_sound},           {N_ ("File size"), make_file_size},
};

/* Words and what stands between them, each with a mark for those that the other texts have too. */
typedef struct
{
  GPtrArray *words;
  guint8 *common;
} Words;

static void
words_clear (Words *self)
{
  g_ptr_array_unref (self->words);
  g_free (self->common);
}

static void
words_init (Words *self, const char *text)
{
  self->words = g_ptr_array_new_with_free_func (g_free);
  for (const char *begin = text; *begin != '\0';) {
    const char *end = begin;
    gboolean space = g_unichar_isspace (g_utf8_get_char (begin));

    while (*end != '\0' && g_unichar_isspace (g_utf8_get_char (end)) == space)
      end = g_utf8_next_char (end);
    g_ptr_array_add (self->words, g_strndup (begin, (gsize)(end - begin)));
    begin = end;
  }
  self->common = g_malloc0 (self->words->len + 1);
}

/* The longest sequence of words that both have. */
static GPtrArray *
find_common (GPtrArray *one, GPtrArray *two)
{
  gsize width = two->len + 1;
  g_autofree guint16 *lengths = g_new0 (guint16, (one->len + 1) * width);
  GPtrArray *common = g_ptr_array_new ();

  for (guint i = one->len; i-- > 0;) {
    for (guint j = two->len; j-- > 0;)
      lengths[i * width + j] = g_str_equal (one->pdata[i], two->pdata[j])
                                   ? lengths[(i + 1) * width + j + 1] + 1
                                   : MAX (lengths[(i + 1) * width + j], lengths[i * width + j + 1]);
  }
  for (guint i = 0, j = 0; i < one->len && j < two->len;) {
    if (g_str_equal (one->pdata[i], two->pdata[j])) {
      g_ptr_array_add (common, one->pdata[i]);
      i++;
      j++;
    } else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) {
      i++;
    } else {
      j++;
    }
  }

  return common;
}

static void
mark_common (Words *self, GPtrArray *common)
{
  g_autoptr (GPtrArray) found = find_common (self->words, common);

  for (guint i = 0, j = 0; i < self->words->len && j < found->len; i++) {
    if (g_str_equal (self->words->pdata[i], found->pdata[j])) {
      self->common[i] = TRUE;
      j++;
    }
  }
}

static char *
make_markup (const Words *self)
{
  GString *markup = g_string_new (NULL);

  for (guint i = 0; i < self->words->len;) {
    gboolean common = self->common[i];
    GString *run = g_string_new (NULL);

    while (i < self->words->len && (gboolean)self->common[i] == common)
      g_string_append (run, self->words->pdata[i++]);

    g_autofree char *text = g_string_free (run, FALSE), *escaped = g_markup_escape_text (text, -1);

    /* What stands between two words that differ is no difference by itself. */
    if (common || *g_strstrip (text) == '\0')
      g_string_append (markup, escaped);
    else
      g_string_append_printf (markup, "<b><u>%s</u></b>", escaped);
  }

  return g_string_free (markup, FALSE);
}

/* Marks the words of each value that not all others have. */
static void
mark_words (ReelCompareRow *row)
{
  Words words[REEL_COMPARISON_MAX];
  g_autoptr (GPtrArray) common = NULL;
  gboolean short_enough = TRUE;

  for (guint i = 0; i < row->n; i++) {
    words_init (&words[i], row->texts[i] != NULL ? row->texts[i] : "");
    short_enough = short_enough && words[i].words->len <= 2 * MAX_WORDS;
  }

  if (short_enough) {
    guint longest = 0;

    common = g_ptr_array_copy (words[0].words, NULL, NULL);
    g_ptr_array_set_free_func (common, NULL);
    for (guint i = 1; i < row->n; i++) {
      GPtrArray *narrower = find_common (common, words[i].words);

      g_ptr_array_unref (common);
      common = narrower;
    }
    for (guint i = 0; i < row->n; i++)
      longest = MAX (longest, words[i].words->len);
    row->has_markup = common->len * MIN_COMMON >= longest;
    for (guint i = 0; i < row->n && row->has_markup; i++) {
      mark_common (&words[i], common);
      g_free (row->values[i]);
      row->values[i] = make_markup (&words[i]);
    }
  }
  for (guint i = 0; i < row->n; i++)
    words_clear (&words[i]);
}

/* The values of a setting; %FALSE in @differ where all are the same, %FALSE in @known where none is known. */
static ReelCompareRow *
make_row (guint setting,
          const ReelJobRecord *const *records,
          const ReelComparisonTrack *const *tracks,
          guint n,
          gboolean *differ,
          gboolean *known)
{
  ReelCompareRow *row = g_new0 (ReelCompareRow, 1);

  row->title = g_strdup (_ (settings[setting].title));
  row->n = n;
  *differ = *known = FALSE;
  for (guint i = 0; i < n; i++) {
    row->texts[i] = settings[setting].make (records[i], tracks != NULL ? tracks[i] : NULL);
    *known = *known || row->texts[i] != NULL;
    *differ = *differ || g_strcmp0 (row->texts[i], row->texts[0]) != 0;
  }
  for (guint i = 0; i < n; i++) {
    if (row->texts[i] == NULL)
      row->texts[i] = g_strdup ("–");
    row->values[i] = g_strdup (row->texts[i]);
  }

  return row;
}

/**
 * reel_compare_row_free:
 * @self: (transfer full): a row
 *
 * Frees a row.
 */
void
reel_compare_row_free (ReelCompareRow *self)
{
  g_free (self->title);
  for (guint i = 0; i < self->n; i++) {
    g_free (self->values[i]);
    g_free (self->texts[i]);
  }
  g_free (self);
}

/**
 * reel_compare_text_make_differences:
 * @records: (array length=n): the records of the videos
 * @tracks: (nullable) (array length=n): what their files are like, %NULL for one that is not open
 * @n: how many videos there are, at most %REEL_COMPARISON_MAX
 *
 * Finds the settings in which videos differ.
 *
 * Returns: (transfer full) (element-type ReelCompareRow): a row for each
 */
GPtrArray *
reel_compare_text_make_differences (const ReelJobRecord *const *records,
                                    const ReelComparisonTrack *const *tracks,
                                    guint n)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)reel_compare_row_free);

  g_return_val_if_fail (n > 0 && n <= REEL_COMPARISON_MAX, rows);

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++) {
    gboolean differ, known;
    ReelCompareRow *row = make_row (i, records, tracks, n, &differ, &known);

    if (!differ) {
      reel_compare_row_free (row);
      continue;
    }
    if (settings[i].make == make_prompt)
      mark_words (row);
    g_ptr_array_add (rows, row);
  }

  return rows;
}

/**
 * reel_compare_text_make_common:
 * @records: (array length=n): the records of the videos
 * @tracks: (nullable) (array length=n): what their files are like, %NULL for one that is not open
 * @n: how many videos there are, at most %REEL_COMPARISON_MAX
 *
 * Sums up the settings that are the same for all videos. That prompts and references are is told, and no more of them.
 *
 * Returns: (transfer full) (nullable): one line, %NULL where there are none
 */
char *
reel_compare_text_make_common (const ReelJobRecord *const *records, const ReelComparisonTrack *const *tracks, guint n)
{
  GString *line = g_string_new (NULL);
  g_autofree char *parts = NULL;

  g_return_val_if_fail (n > 0 && n <= REEL_COMPARISON_MAX, g_string_free (line, FALSE));

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++) {
    gboolean differ, known;
    ReelCompareRow *row = make_row (i, records, tracks, n, &differ, &known);

    /* No references are nothing to tell. */
    if (!differ && known && (settings[i].make != make_references || has_references (records[0]))) {
      if (line->len > 0)
        g_string_append (line, " · ");
      if (settings[i].make == make_prompt || settings[i].make == make_references)
        g_string_append (line, row->title);
      else
        /* Translators: a setting and its value, such as "Duration 5 seconds". */
        g_string_append_printf (line, _ ("%s %s"), row->title, row->texts[0]);
    }
    reel_compare_row_free (row);
  }

  parts = g_string_free (line, FALSE);
  if (*parts == '\0')
    return NULL;

  /* Translators: %s is a list of settings, such as "Model seedance-2.0 · Duration 5 seconds". */
  return g_strdup_printf (_ ("The same for all: %s"), parts);
}

/**
 * reel_compare_text_make_description:
 * @row: a setting in which videos differ
 *
 * Writes what a screen reader says of a row.
 *
 * Returns: (transfer full): text such as "Model. 1: seedance-2.0, 2: seedance-2.0-fast"
 */
char *
reel_compare_text_make_description (const ReelCompareRow *row)
{
  GString *text = g_string_new (row->title);

  for (guint i = 0; i < row->n; i++)
    g_string_append_printf (text, "%s %u: %s", i == 0 ? "." : ",", i + 1, row->texts[i]);

  return g_string_free (text, FALSE);
}
