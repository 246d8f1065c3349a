#include "config.h"

#include "reel-accepted-journal.h"
#include "reel-test.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *folder;
  char *path;
  ReelAcceptedJournal *journal;
} World;

static GPtrArray *
load (ReelAcceptedJournal *journal)
{
  g_autoptr (GAsyncResult) result = NULL;

  reel_accepted_journal_load_async (journal, reel_test_store_result, &result);
  reel_test_wait (result != NULL);

  return reel_accepted_journal_load_finish (journal, result);
}

static gboolean
flush (ReelAcceptedJournal *journal)
{
  g_autoptr (GAsyncResult) result = NULL;

  reel_accepted_journal_flush_async (journal, reel_test_store_result, &result);
  reel_test_wait (result != NULL);

  return reel_accepted_journal_flush_finish (journal, result);
}

static void
set_up (World *world, gconstpointer data)
{
  world->folder = reel_test_make_folder ();
  world->path = g_build_filename (world->folder, "journal", NULL);
  world->journal = reel_accepted_journal_new (world->path);
}

static void
tear_down (World *world, gconstpointer data)
{
  g_object_unref (world->journal);
  g_free (world->path);
  g_free (world->folder);
}

/* Another run. */
static GPtrArray *
load_again (World *world)
{
  g_object_unref (world->journal);
  world->journal = reel_accepted_journal_new (world->path);

  return load (world->journal);
}

static ReelJobRecord *
make_record (const char *id, const char *request_id)
{
  ReelJobRecord *record = reel_job_record_new ();

  record->id = g_strdup (id);
  record->account_id = g_strdup ("account");
  record->submission = REEL_SUBMISSION_ACCEPTED;
  record->request_id = g_strdup (request_id);

  return record;
}

static void
add (World *world, const char *id, const char *request_id)
{
  g_autoptr (ReelJobRecord) record = make_record (id, request_id);

  reel_accepted_journal_add (world->journal, record, TRUE);
}

static gboolean
exists (World *world)
{
  return g_file_test (world->path, G_FILE_TEST_EXISTS);
}

static void
test_round_trip (World *world, gconstpointer data)
{
  const char *hostile = " [x]\n#;=\\\t\xe2\x80\xae../%2f\xf0\x9f\x9a\xa2 ";
  const char *hostile_id = " [x]#;=\\\xe2\x80\xae../%2f\xf0\x9f\x9a\xa2 ";
  const char *const urls[] = {"https://a.example/1;2.png", "https://b.example/\\;.png", NULL};
  g_autoptr (GPtrArray) none = load (world->journal);
  g_autoptr (ReelJobRecord) record = make_record ("job", hostile_id);
  g_autoptr (GPtrArray) records = NULL;
  const ReelJobRecord *read;

  g_assert_cmpuint (none->len, ==, 0);
  g_strfreev (record->media_urls);
  record->media_urls = g_strdupv ((char **)urls);
  record->model = g_strdup (hostile);
  record->prompt = g_strdup (hostile);
  record->duration = 5;
  record->aspect_ratio = g_strdup ("16:9");
  record->resolution = g_strdup ("720p");
  record->webhook_url = g_strdup ("https://c.example/?a=b;c");
  record->webhook_token = g_strdup ("token");
  record->resend_of = g_strdup ("old");
  record->estimate = 250000;
  record->credits_charged = g_strdup ("40");
  record->created_at = G_MAXINT64;
  record->sent_at = 2;
  record->accepted_at = 3;
  reel_accepted_journal_add (world->journal, record, TRUE);
  add (world, "bare", "req_2");
  g_assert_true (flush (world->journal));

  records = load_again (world);
  g_assert_cmpuint (records->len, ==, 2);
  read = records->pdata[0];
  g_assert_cmpstr (read->id, ==, "job");
  g_assert_cmpint (read->submission, ==, REEL_SUBMISSION_ACCEPTED);
  g_assert_cmpstr (read->request_id, ==, hostile_id);
  g_assert_cmpstr (read->account_id, ==, "account");
  g_assert_cmpstrv (read->media_urls, urls);
  g_assert_cmpstr (read->model, ==, hostile);
  g_assert_cmpstr (read->prompt, ==, hostile);
  g_assert_cmpuint (read->duration, ==, 5);
  g_assert_cmpstr (read->aspect_ratio, ==, "16:9");
  g_assert_cmpstr (read->resolution, ==, "720p");
  g_assert_cmpstr (read->webhook_url, ==, "https://c.example/?a=b;c");
  g_assert_cmpstr (read->webhook_token, ==, "token");
  g_assert_cmpstr (read->resend_of, ==, "old");
  g_assert_cmpint (read->estimate, ==, 250000);
  g_assert_cmpstr (read->credits_charged, ==, "40");
  g_assert_cmpint (read->created_at, ==, G_MAXINT64);
  g_assert_cmpint (read->sent_at, ==, 2);
  g_assert_cmpint (read->accepted_at, ==, 3);
  read = records->pdata[1];
  g_assert_null (read->prompt);
  g_assert_cmpuint (g_strv_length (read->media_urls), ==, 0);
  g_assert_cmpint (read->estimate, ==, REEL_MONEY_NOT_LISTED);

  /* It goes with the last one. */
  reel_accepted_journal_remove (world->journal, "job");
  g_assert_true (flush (world->journal));
  g_assert_true (exists (world));
  reel_accepted_journal_remove (world->journal, "bare");
  g_assert_true (flush (world->journal));
  g_assert_false (exists (world));
}

/* Where the database is quick nothing is written; where it is not, it is, unasked. */
static void
test_patience (World *world, gconstpointer data)
{
  g_autoptr (GPtrArray) none = load (world->journal);
  g_autoptr (ReelJobRecord) record = make_record ("job", "req_1");
  g_autoptr (GPtrArray) records = NULL;

  reel_accepted_journal_add (world->journal, record, FALSE);
  g_assert_false (exists (world));
  reel_accepted_journal_remove (world->journal, "job");
  g_assert_true (flush (world->journal));
  g_assert_false (exists (world));

  reel_accepted_journal_add (world->journal, record, FALSE);
  reel_test_wait (exists (world));
  g_assert_true (flush (world->journal));
  records = load_again (world);
  g_assert_cmpuint (records->len, ==, 1);
}

/* What comes while the file is being read is added to what is there. */
static void
test_while_loading (World *world, gconstpointer data)
{
  g_autoptr (GPtrArray) none = load (world->journal), old = NULL, records = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  add (world, "old", "req_1");
  g_assert_true (flush (world->journal));
  g_object_unref (world->journal);

  world->journal = reel_accepted_journal_new (world->path);
  add (world, "early", "req_2");
  reel_accepted_journal_load_async (world->journal, reel_test_store_result, &result);
  add (world, "new", "req_3");
  reel_test_wait (result != NULL);
  old = reel_accepted_journal_load_finish (world->journal, result);
  g_assert_cmpuint (old->len, ==, 1);
  g_clear_object (&result);
  g_assert_true (flush (world->journal));
  records = load_again (world);
  g_assert_cmpuint (records->len, ==, 3);
}

/* What cannot be read is not thrown away. */
static void
test_unreadable (World *world, gconstpointer data)
{
  const char *text = "req_1 was charged, this is no key file";
  g_autofree char *aside = g_strconcat (world->path, ".unreadable-0", NULL);
  g_autofree char *second = g_strconcat (world->path, ".unreadable-1", NULL), *kept = NULL;
  g_autoptr (GPtrArray) none = NULL, still_none = NULL, records = NULL;

  g_assert_true (g_file_set_contents (world->path, text, -1, NULL));
  none = load (world->journal);
  g_assert_cmpuint (none->len, ==, 0);
  add (world, "job", "req_2");
  g_assert_true (flush (world->journal));
  g_assert_true (g_file_get_contents (aside, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, text);

  g_assert_true (g_file_set_contents (world->path, text, -1, NULL));
  still_none = load_again (world);
  g_assert_cmpuint (still_none->len, ==, 0);
  g_assert_true (g_file_test (second, G_FILE_TEST_EXISTS));
}

/* Others may write there: what can be no job is left where it is. */
static void
test_unusable (World *world, gconstpointer data)
{
  g_autofree char *endless = g_strnfill (513, 'x');
  g_autofree char *text = g_strdup_printf ("[no-id]\naccount=a\n[no-account]\nrequest-id=r\n[empty]\naccount=a\n"
                                           "request-id=\n[endless]\naccount=a\nrequest-id=%s\n[bytes]\naccount=a\n"
                                           "request-id=\xff\n[good]\naccount=a\nrequest-id=r\nduration=x\n",
                                           endless);
  g_autofree char *kept = NULL;
  g_autoptr (GPtrArray) records = NULL;

  g_assert_true (g_file_set_contents (world->path, text, -1, NULL));
  records = load (world->journal);
  g_assert_cmpuint (records->len, ==, 1);
  g_assert_cmpstr (((ReelJobRecord *)records->pdata[0])->id, ==, "good");
  g_assert_cmpuint (((ReelJobRecord *)records->pdata[0])->duration, ==, 0);
  reel_accepted_journal_remove (world->journal, "good");
  g_assert_true (flush (world->journal));
  g_assert_true (g_file_get_contents (world->path, &kept, NULL, NULL));
  g_assert_nonnull (strstr (kept, "[no-account]"));
  g_assert_null (strstr (kept, "[good]"));
}

static void
test_cannot_be_written (World *world, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (world->folder, "later", NULL);
  g_autoptr (GPtrArray) none = NULL, records = NULL;

  g_object_unref (world->journal);
  g_free (world->path);
  world->path = g_build_filename (folder, "journal", NULL);
  world->journal = reel_accepted_journal_new (world->path);
  none = load (world->journal);
  add (world, "job", "req_1");
  g_assert_false (flush (world->journal));

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  reel_accepted_journal_write_again (world->journal);
  g_assert_true (flush (world->journal));
  records = load_again (world);
  g_assert_cmpuint (records->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, World, NULL, set_up, function, tear_down)
  ADD ("/engine/accepted-journal/round-trip", test_round_trip);
  ADD ("/engine/accepted-journal/patience", test_patience);
  ADD ("/engine/accepted-journal/while-loading", test_while_loading);
  ADD ("/engine/accepted-journal/unreadable", test_unreadable);
  ADD ("/engine/accepted-journal/unusable", test_unusable);
  ADD ("/engine/accepted-journal/cannot-be-written", test_cannot_be_written);
#undef ADD

  return g_test_run ();
}
