#include "config.h"

#include "reel-job-fixture.h"
#include "reel-save-name.h"
#include "reel-test.h"

#include <string.h>

static ReelJobRecord *
make_record (const char *prompt)
{
  g_autoptr (GDateTime) date = g_date_time_new_utc (2026, 11, 25, 22, 5, 0);
  ReelJobRecord *record = reel_job_record_new ();

  g_set_str (&record->prompt, prompt);
  g_set_str (&record->model, "seedance-2.0");
  g_set_str (&record->aspect_ratio, "16:9");
  g_set_str (&record->resolution, "720p");
  record->duration = 5;
  record->created_at = g_date_time_to_unix_usec (date);

  return record;
}

static void
test_patterns (void)
{
  static const struct
  {
    const char *pattern;
    const char *name;
  } cases[] = {
      {"{date} {prompt}", "2026-11-25 A boat.mp4"},
      {"{n} {model} {duration} {ratio} {resolution}", "7 seedance-2.0 5s 16x9 720p.mp4"},
      {"", "A boat.mp4"},
      {"   ", "A boat.mp4"},
      {"{prompt}.mp4", "A boat.mp4"},
      {"{prompt}.MP4", "A boat.mp4"},
      {".mp4", "A boat.mp4"},
      {"{prompt}{prompt}", "A boatA boat.mp4"},
      {"{unknown} {", "{unknown} {.mp4"},
      {"{{n}}", "{7}.mp4"},
      {"{date", "{date.mp4"},
      {"../../{prompt}", "A boat.mp4"},
      {"/etc/passwd", "etc passwd.mp4"},
      {"a:b*c?d\"e<f>g|h\\i%j", "a b c d e f g h i j.mp4"},
      {"CON", "_CON.mp4"},
      {"...", "video.mp4"},
      {"{n}.", "7.mp4"},
  };
  g_autoptr (ReelJobRecord) record = make_record ("A boat");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *name = reel_save_name_make (cases[i].pattern, record, 7);

    g_test_message ("%s", cases[i].pattern);
    g_assert_cmpstr (name, ==, cases[i].name);
  }
}

/* A prompt is anything, and is not looked into once more. */
static void
test_prompts (void)
{
  static const struct
  {
    const char *prompt;
    const char *name;
  } cases[] = {
      {"../../x", "x 7.mp4"},
      {"{n}{date}", "{n}{date} 7.mp4"},
      {"two\nlines", "two lines 7.mp4"},
      {"", "video 7.mp4"},
      {NULL, "video 7.mp4"},
      {"\xe2\x80\xae"
       "4pm.exe",
       "4pm.exe 7.mp4"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (ReelJobRecord) record = make_record (cases[i].prompt);
    g_autofree char *name = reel_save_name_make ("{prompt} {n}", record, 7);

    g_assert_cmpstr (name, ==, cases[i].name);
  }
}

/* However long it is, what stands behind the prompt is still there, and every file system takes it. */
static void
test_length (void)
{
  g_autofree char *prompt = g_strnfill (50000, 'x'), *pattern = g_strnfill (5000, 'y');
  g_autoptr (ReelJobRecord) record = make_record (prompt);
  g_autofree char *name = reel_save_name_make ("{prompt} {n}", record, 7);
  g_autofree char *other = reel_save_name_make (pattern, record, 7);

  g_assert_true (g_str_has_suffix (name, "x 7.mp4"));
  g_assert_cmpuint (strlen (name), <, 255);
  g_assert_cmpuint (strlen (other), <, 255);
}

/* What an adopted job does not know is left out. */
static void
test_unknown (void)
{
  g_autoptr (ReelJobRecord) record = reel_job_record_new ();
  g_autofree char *name = reel_save_name_make ("{model} {duration} {ratio} {resolution} end", record, 1);

  g_assert_cmpstr (name, ==, "end.mp4");
}

/* {n} counts from the midnight before, as the clock on the wall has it. */
static void
test_day (void)
{
  g_autoptr (ReelJobRecord) record = make_record ("A boat");
  gint64 day = reel_save_name_get_day (record);
  g_autoptr (GDateTime) midnight = g_date_time_new_from_unix_local_usec (day);
  g_autofree char *time = g_date_time_format (midnight, "%H:%M:%S");

  g_assert_cmpstr (time, ==, "00:00:00");
  g_assert_cmpint (day, <=, record->created_at);
  g_assert_cmpint (record->created_at - day, <=, 25 * G_TIME_SPAN_HOUR);
}

static void
test_example (void)
{
  g_autofree char *name = reel_save_name_make_example ("{prompt} {model} {n}");

  g_assert_cmpstr (name, ==, "A paper boat crosses a puddle seedance-2.0 3.mp4");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/save-name/patterns", test_patterns);
  g_test_add_func ("/ui/save-name/prompts", test_prompts);
  g_test_add_func ("/ui/save-name/length", test_length);
  g_test_add_func ("/ui/save-name/unknown", test_unknown);
  g_test_add_func ("/ui/save-name/day", test_day);
  g_test_add_func ("/ui/save-name/example", test_example);

  return g_test_run ();
}
