#include "config.h"

#include "reel-save-name.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "reel-file-name.h"
#include "reel-job.h"

/* The name that a video is saved as elsewhere: a pattern with words in braces. */

/* Where the person has made the pattern empty. */
#define DEFAULT_PATTERN "{prompt}"

/* The prompt's part, and the whole without its ending, in bytes: other file systems and tools take less than 255. */
#define MOST_PROMPT_BYTES 100
#define MOST_BYTES        200

#define ENDING ".mp4"

static char *
make_date (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_local_usec (time);

  return g_date_time_format (date, "%Y-%m-%d");
}

/* What a word in braces stands for, %NULL where it is none of ours. */
static char *
make_value (const char *word, const ReelJobRecord *record, guint number)
{
  if (g_str_equal (word, "date"))
    return make_date (record->created_at);
  if (g_str_equal (word, "prompt"))
    return reel_file_name_make_safe (record->prompt, MOST_PROMPT_BYTES);
  if (g_str_equal (word, "model"))
    return g_strdup (record->model != NULL ? record->model : "");
  if (g_str_equal (word, "n"))
    return g_strdup_printf ("%u", number);
  if (g_str_equal (word, "duration"))
    return record->duration > 0 ? g_strdup_printf ("%us", record->duration) : g_strdup ("");
  if (g_str_equal (word, "ratio"))
    /* A colon is allowed in few names. */
    return record->aspect_ratio != NULL ? g_strdelimit (g_strdup (record->aspect_ratio), ":", 'x') : g_strdup ("");
  if (g_str_equal (word, "resolution"))
    return g_strdup (record->resolution != NULL ? record->resolution : "");

  return NULL;
}

static char *
fill (const char *pattern, const ReelJobRecord *record, guint number)
{
  g_autoptr (GString) name = g_string_new (NULL);

  while (*pattern != '\0') {
    const char *end = *pattern == '{' ? strchr (pattern, '}') : NULL;
    g_autofree char *word = end != NULL ? g_strndup (pattern + 1, end - pattern - 1) : NULL;
    g_autofree char *value = word != NULL ? make_value (word, record, number) : NULL;

    if (value != NULL) {
      g_string_append (name, value);
      pattern = end + 1;
    } else {
      g_string_append_c (name, *pattern++);
    }
  }

  return g_string_free (g_steal_pointer (&name), FALSE);
}

/**
 * reel_save_name_get_day:
 * @record: a job
 *
 * Tells when the day of a job began: {n} counts the videos from then on.
 *
 * Returns: microseconds since 1970 in UTC
 */
gint64
reel_save_name_get_day (const ReelJobRecord *record)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local_usec (record->created_at);
  g_autoptr (GDateTime) day = g_date_time_new_local (g_date_time_get_year (time), g_date_time_get_month (time),
                                                     g_date_time_get_day_of_month (time), 0, 0, 0);

  return g_date_time_to_unix_usec (day);
}

/**
 * reel_save_name_make:
 * @pattern: text with {date}, {prompt}, {model}, {n}, {duration}, {ratio} or {resolution}; empty for a usual one
 * @record: a job
 * @number: what {n} stands for
 *
 * Makes the name to save a video as. Every file system takes it, whatever the pattern and the prompt are.
 *
 * Returns: (transfer full): the name, with its ending
 */
char *
reel_save_name_make (const char *pattern, const ReelJobRecord *record, guint number)
{
  g_autofree char *stripped = g_strstrip (g_strdup (pattern));
  g_autofree char *name = NULL, *safe = NULL;
  gsize length = strlen (stripped);

  if (length >= strlen (ENDING) && g_ascii_strcasecmp (stripped + length - strlen (ENDING), ENDING) == 0)
    stripped[length - strlen (ENDING)] = '\0';

  name = fill (*stripped != '\0' ? stripped : DEFAULT_PATTERN, record, number);
  safe = reel_file_name_make_safe (name, MOST_BYTES);

  return g_strconcat (safe, ENDING, NULL);
}

/**
 * reel_save_name_make_example:
 * @pattern: as of reel_save_name_make()
 *
 * Returns: (transfer full): what a video of today would be called
 */
char *
reel_save_name_make_example (const char *pattern)
{
  g_autoptr (ReelJobRecord) record = reel_job_record_new ();

  g_set_str (&record->prompt, _ ("A paper boat crosses a puddle"));
  g_set_str (&record->model, "seedance-2.0");
  g_set_str (&record->aspect_ratio, "16:9");
  g_set_str (&record->resolution, "720p");
  record->duration = 5;
  record->created_at = g_get_real_time ();

  return reel_save_name_make (pattern, record, 3);
}
