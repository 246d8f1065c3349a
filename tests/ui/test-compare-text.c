#include "config.h"

#include "reel-compare-text.h"
#include "reel-job-fixture.h"
#include "reel-ui-test.h"

static const ReelComparisonTrack track = {.width = 1280, .height = 720, .frame_rate = 24, .duration = 5021333};
static const ReelComparisonTrack long_track = {.width = 1280,
                                               .height = 720,
                                               .frame_rate = 23.976,
                                               .duration = 10 * G_USEC_PER_SEC,
                                               .has_audio = TRUE};

static ReelJobRecord *
make_record (const char *prompt)
{
  g_autoptr (ReelJob) job = reel_job_fixture_new (prompt, 100);

  reel_job_fixture_save (job, "/nowhere/video.mp4");

  return reel_job_record_copy (reel_job_get_record (job));
}

static const ReelCompareRow *
find (GPtrArray *rows, const char *title)
{
  for (guint i = 0; i < rows->len; i++) {
    const ReelCompareRow *row = rows->pdata[i];

    if (g_str_equal (row->title, title))
      return row;
  }

  return NULL;
}

/* Nothing differs: no row, and one line for all of it. */
static void
test_same (void)
{
  g_autoptr (ReelJobRecord) one = make_record ("A boat"), two = make_record ("A boat");
  const ReelJobRecord *records[] = {one, two};
  const ReelComparisonTrack *tracks[] = {&track, &track};
  g_autoptr (GPtrArray) rows = reel_compare_text_make_differences (records, tracks, 2);
  g_autofree char *common = reel_compare_text_make_common (records, tracks, 2);

  g_assert_cmpuint (rows->len, ==, 0);
  g_assert_cmpstr (common, ==,
                   "The same for all: Prompt · Model seedance-2.0 · Duration 5 seconds · Aspect ratio 16:9 · "
                   "Resolution 720p · Estimate $0.50 · Charged 40 credits · Picture 1280 × 720 · "
                   "Frames 120 frames, 24 a second · Sound No");
}

static void
test_differences (void)
{
  g_autoptr (ReelJobRecord) one = make_record ("A boat"), two = make_record ("A boat"), three = make_record ("A boat");
  const ReelJobRecord *records[] = {one, two, three};
  const ReelComparisonTrack *tracks[] = {&track, &long_track, NULL};
  const ReelCompareRow *row;
  const char *urls[] = {"https://example.com/a.png", "https://example.com/b.png", NULL};

  g_set_str (&two->model, "seedance-2.0-fast");
  two->duration = 10;
  two->estimate = REEL_MONEY_NOT_LISTED;
  g_strfreev (two->media_urls);
  two->media_urls = g_strdupv ((char **)urls);
  g_set_str (&three->credits_charged, NULL);
  three->file_size = 2000000;

  g_autoptr (GPtrArray) rows = reel_compare_text_make_differences (records, tracks, 3);
  g_autofree char *common = reel_compare_text_make_common (records, tracks, 3);

  g_assert_null (find (rows, "Prompt"));
  g_assert_null (find (rows, "Resolution"));
  row = find (rows, "Model");
  g_assert_cmpstr (row->values[0], ==, "seedance-2.0");
  g_assert_cmpstr (row->values[1], ==, "seedance-2.0-fast");
  g_assert_cmpstr (row->values[2], ==, "seedance-2.0");
  g_assert_false (row->has_markup);
  row = find (rows, "References");
  g_assert_cmpstr (row->values[0], ==, "None");
  g_assert_cmpstr (row->values[1], ==, "https://example.com/a.png\nhttps://example.com/b.png");
  g_assert_cmpstr (find (rows, "Estimate")->values[1], ==, "Price not listed");
  g_assert_cmpstr (find (rows, "Charged")->values[2], ==, "–");
  g_assert_cmpstr (find (rows, "Frames")->values[1], ==, "239 frames, 23.976 a second");
  g_assert_cmpstr (find (rows, "Sound")->values[0], ==, "No");
  g_assert_cmpstr (find (rows, "Sound")->values[1], ==, "Yes");
  g_assert_cmpstr (find (rows, "File size")->values[2], ==, "2.0\302\240MB");
  g_assert_cmpstr (common, ==, "The same for all: Prompt · Aspect ratio 16:9 · Resolution 720p");

  g_autofree char *description = reel_compare_text_make_description (find (rows, "Duration"));

  g_assert_cmpstr (description, ==, "Duration. 1: 5 seconds, 2: 10 seconds, 3: 5 seconds");
}

static void
assert_marked (const char *prompts[], const char *marked[], guint n)
{
  ReelJobRecord *records[REEL_COMPARISON_MAX];

  for (guint i = 0; i < n; i++)
    records[i] = make_record (prompts[i]);

  g_autoptr (GPtrArray) rows = reel_compare_text_make_differences ((const ReelJobRecord *const *)records, NULL, n);
  const ReelCompareRow *row = find (rows, "Prompt");

  g_assert_nonnull (row);
  g_assert_true (row->has_markup);
  for (guint i = 0; i < n; i++) {
    g_assert_cmpstr (row->values[i], ==, marked[i]);
    g_assert_cmpstr (row->texts[i], ==, prompts[i]);
    g_assert_true (pango_parse_markup (row->values[i], -1, 0, NULL, NULL, NULL, NULL));
    reel_job_record_free (records[i]);
  }
}

static void
test_words (void)
{
  assert_marked ((const char *[]){"A red boat at dawn", "A blue boat at dusk"},
                 (const char *[]){"A <b><u>red</u></b> boat at <b><u>dawn</u></b>",
                                  "A <b><u>blue</u></b> boat at <b><u>dusk</u></b>"},
                 2);
  /* What is markup in a prompt is text. */
  assert_marked ((const char *[]){"<b> & boat", "<i> & boat"},
                 (const char *[]){"<b><u>&lt;b&gt;</u></b> &amp; boat", "<b><u>&lt;i&gt;</u></b> &amp; boat"}, 2);
  /* A word that one lacks is marked in the others. */
  assert_marked ((const char *[]){"a boat", "a red boat", "a red boat"},
                 (const char *[]){"a boat", "a <b><u>red </u></b>boat", "a <b><u>red </u></b>boat"}, 3);
  assert_marked ((const char *[]){"thuyền giấy", "thuyền gỗ"},
                 (const char *[]){"thuyền <b><u>giấy</u></b>", "thuyền <b><u>gỗ</u></b>"}, 2);
}

/* Prompts that have next to nothing in common, and one that is too long to compare, stand as they are. */
static void
test_unmarked (void)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; i < 2000; i++)
    g_string_append_printf (text, "word%d & ", i);

  g_autofree char *prompt = g_string_free (text, FALSE);
  g_autoptr (ReelJobRecord) one = make_record (prompt), two = make_record ("short");
  const ReelJobRecord *records[] = {one, two};
  g_autoptr (GPtrArray) rows = reel_compare_text_make_differences (records, NULL, 2);
  const ReelCompareRow *row = find (rows, "Prompt");

  g_assert_false (row->has_markup);
  g_assert_cmpstr (row->values[0], ==, prompt);

  g_autoptr (ReelJobRecord) three = make_record ("One <thing> and no other"), four = make_record ("");
  const ReelJobRecord *others[] = {three, four};
  g_autoptr (GPtrArray) other_rows = reel_compare_text_make_differences (others, NULL, 2);

  row = find (other_rows, "Prompt");
  g_assert_false (row->has_markup);
  g_assert_cmpstr (row->values[0], ==, "One <thing> and no other");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/compare-text/same", test_same);
  g_test_add_func ("/ui/compare-text/differences", test_differences);
  g_test_add_func ("/ui/compare-text/words", test_words);
  g_test_add_func ("/ui/compare-text/unmarked", test_unmarked);

  return g_test_run ();
}
