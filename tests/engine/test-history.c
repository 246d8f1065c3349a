#include "config.h"

#include "reel-engine-fixture.h"
#include "reel-test.h"

#define N_JOBS 1200

/* A history of finished jobs, the newest of which is "job-0"; what its list says is counted. */
typedef struct
{
  ReelEngineFixture fixture;
  ReelHistory *history;
  GArray *changes; /* Change */
} World;

typedef struct
{
  guint position;
  guint removed;
  guint added;
} Change;

static const char *const prompts[] = {
    "Thuyền giấy trôi trên vũng nước", "Rain on a neon street", "Đèn lồng phố cổ", "夜の街を歩く猫", "100% 🛶 _wool_",
};

static void
on_items_changed (GListModel *list, guint position, guint removed, guint added, World *world)
{
  Change change = {position, removed, added};

  g_array_append_val (world->changes, change);
}

static ReelJobRecord *
make_record (World *world, guint number)
{
  g_autofree char *id = g_strdup_printf ("job-%u", number);
  ReelJobRecord *record = reel_engine_fixture_make_record (&world->fixture, id, id);

  record->created_at = (gint64)(10 * N_JOBS - number) * G_TIME_SPAN_HOUR;
  g_set_str (&record->prompt, prompts[number % G_N_ELEMENTS (prompts)]);
  g_set_str (&record->model, number % 2 == 0 ? "seedance-2.0" : "seedance-2.0-fast");
  g_set_str (&record->aspect_ratio, number % 3 == 0 ? "9:16" : "16:9");
  record->estimate = number == 7 ? REEL_MONEY_NOT_LISTED : (gint64)(number % 5) * 100;
  record->favourite = number == 4;
  record->status = number == 2 ? REEL_SERVICE_FAILED : REEL_SERVICE_SUCCEEDED;
  record->file_state = number == 2 ? REEL_FILE_NONE : REEL_FILE_FAILED;
  if (number == 3) {
    record->submission = REEL_SUBMISSION_UNKNOWN;
    record->status = REEL_SERVICE_NONE;
    record->file_state = REEL_FILE_NONE;
    record->accepted_at = 0;
    g_clear_pointer (&record->request_id, g_free);
  }

  return record;
}

static void
wait_until_known (World *world)
{
  reel_test_wait (!reel_history_get_loading (world->history));
}

static void
start (World *world, guint n_jobs)
{
  reel_engine_fixture_init (&world->fixture);
  for (guint i = 0; i < n_jobs; i++)
    reel_engine_fixture_write (&world->fixture, make_record (world, i));
  reel_engine_fixture_start (&world->fixture);
  world->history = reel_engine_get_history (world->fixture.engine);
  world->changes = g_array_new (FALSE, FALSE, sizeof (Change));
  wait_until_known (world);
  g_signal_connect (world->history, "items-changed", G_CALLBACK (on_items_changed), world);
}

static void
set_up (World *world, gconstpointer data)
{
  start (world, 10);
}

static void
tear_down (World *world, gconstpointer data)
{
  reel_engine_fixture_clear (&world->fixture);
  g_array_unref (world->changes);
}

static guint
count (World *world)
{
  return g_list_model_get_n_items (G_LIST_MODEL (world->history));
}

static ReelJob *
get_job (World *world, guint position)
{
  return reel_engine_fixture_get_job (&world->fixture, position);
}

/* The numbers of the jobs that are shown, in their order. */
static char *
read_shown (World *world)
{
  GString *shown = g_string_new (NULL);

  for (guint i = 0; i < count (world); i++)
    g_string_append_printf (shown, "%s%s", i > 0 ? " " : "", reel_job_get_id (get_job (world, i)) + strlen ("job-"));

  return g_string_free (shown, FALSE);
}

static void
assert_shows (World *world, const ReelHistoryQuery *query, const char *expected)
{
  g_autofree char *shown = NULL;

  reel_history_set_query (world->history, query);
  wait_until_known (world);
  shown = read_shown (world);
  g_assert_cmpstr (shown, ==, expected);
}

static void
assert_change (World *world, guint index, guint position, guint removed, guint added)
{
  const Change *change = &g_array_index (world->changes, Change, index);

  g_assert_cmpuint (index, <, world->changes->len);
  g_assert_cmpuint (change->position, ==, position);
  g_assert_cmpuint (change->removed, ==, removed);
  g_assert_cmpuint (change->added, ==, added);
}

/* Every word that is typed begins a word, marks and case or not; a script without spaces is looked for anywhere. */
static void
test_search (World *world, gconstpointer data)
{
  static const char *const cases[][2] = {
      {"thuyen giay", "0 5"}, {"THUYỀN", "0 5"},   {"giay thu", "0 5"}, {"huyen", ""},
      {"den long", "2 7"},    {"đèn", "2 7"},      {"rain st", "1 6"},  {"歩く", "3 8"},
      {"100 woo", "4 9"},     {"🛶", "4 9"},       {"\"OR *", ""},      {"rain 2.0", "1 6"},
      {"fast", "1 3 5 7 9"},  {"rain OR den", ""}, {"'; DROP", ""},     {"   ", "0 1 2 3 4 5 6 7 8 9"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (ReelHistoryQuery) query = reel_history_query_new ();

    query->search = g_strdup (cases[i][0]);
    g_test_message ("%s", query->search);
    assert_shows (world, query, cases[i][1]);
  }
}

static void
test_filters (World *world, gconstpointer data)
{
  g_autoptr (ReelHistoryQuery) query = reel_history_query_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) models = NULL, ratios = NULL;

  query->group = REEL_HISTORY_FAILED;
  assert_shows (world, query, "0 1 2 4 5 6 7 8 9");
  query->group = REEL_HISTORY_UNKNOWN;
  assert_shows (world, query, "3");
  query->group = REEL_HISTORY_READY;
  assert_shows (world, query, "");
  query->group = REEL_HISTORY_ALL;
  query->favourites = TRUE;
  assert_shows (world, query, "4");
  query->favourites = FALSE;
  query->model = g_strdup ("seedance-2.0");
  query->aspect_ratio = g_strdup ("9:16");
  assert_shows (world, query, "0 6");
  g_clear_pointer (&query->model, g_free);
  g_clear_pointer (&query->aspect_ratio, g_free);
  query->since = (10 * N_JOBS - 4) * G_TIME_SPAN_HOUR;
  query->until = (10 * N_JOBS - 1) * G_TIME_SPAN_HOUR;
  assert_shows (world, query, "2 3 4");

  reel_history_load_choices_async (world->history, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  g_assert_true (reel_history_load_choices_finish (world->history, result, &models, &ratios, &error));
  g_assert_no_error (error);
  g_assert_cmpstrv (models, ((const char *const[]){"seedance-2.0", "seedance-2.0-fast", NULL}));
  g_assert_cmpstrv (ratios, ((const char *const[]){"16:9", "9:16", NULL}));
}

static void
test_sort (World *world, gconstpointer data)
{
  g_autoptr (ReelHistoryQuery) query = reel_history_query_new ();

  query->sort = REEL_HISTORY_OLDEST;
  assert_shows (world, query, "9 8 7 6 5 4 3 2 1 0");
  query->sort = REEL_HISTORY_DEAREST;
  assert_shows (world, query, "4 9 3 8 2 1 6 0 5 7");
  query->sort = REEL_HISTORY_CHEAPEST;
  assert_shows (world, query, "0 5 1 6 2 3 8 4 9 7");
}

static ReelRemoval *
remove_job (World *world, ReelJob *job)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new ();

  g_ptr_array_add (jobs, job);

  return reel_engine_remove_jobs (world->fixture.engine, jobs, REEL_REMOVE_JOBS);
}

/* Each change of a job changes exactly its place, in every order. */
static void
test_exact_changes (World *world, gconstpointer data)
{
  static const ReelHistorySort sorts[] = {REEL_HISTORY_NEWEST, REEL_HISTORY_OLDEST, REEL_HISTORY_DEAREST,
                                          REEL_HISTORY_CHEAPEST};

  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++) {
    g_autoptr (ReelHistoryQuery) query = reel_history_query_new ();
    g_autofree char *before = NULL, *after = NULL;
    g_autoptr (ReelRemoval) removal = NULL;
    g_autoptr (ReelJob) job = NULL;

    query->sort = sorts[i];
    reel_history_set_query (world->history, query);
    wait_until_known (world);
    before = read_shown (world);
    job = g_object_ref (get_job (world, 5));
    g_assert_cmpuint (reel_history_find (world->history, job), ==, 5);
    g_assert_cmpint (reel_history_get_created_at (world->history, 5), ==, reel_job_get_record (job)->created_at);

    g_array_set_size (world->changes, 0);
    removal = remove_job (world, job);
    assert_change (world, 0, 5, 1, 0);
    g_assert_cmpuint (reel_history_find (world->history, job), ==, G_MAXUINT);
    reel_removal_undo (removal);
    assert_change (world, 1, 5, 0, 1);

    reel_engine_hide_job (world->fixture.engine, job);
    assert_change (world, 2, 5, 1, 0);
    reel_engine_show_job (world->fixture.engine, job);
    reel_test_wait (world->changes->len == 4);
    assert_change (world, 3, 5, 0, 1);
    after = read_shown (world);
    g_assert_cmpstr (before, ==, after);
    g_assert_true (get_job (world, 5) == job);
  }
}

/* What a filter no longer means leaves it, and comes back. */
static void
test_membership (World *world, gconstpointer data)
{
  g_autoptr (ReelHistoryQuery) query = reel_history_query_new ();
  ReelJob *job = reel_engine_fixture_find_job (&world->fixture, "job-8");

  query->favourites = TRUE;
  assert_shows (world, query, "4");
  g_array_set_size (world->changes, 0);
  reel_engine_set_favourite (world->fixture.engine, job, TRUE);
  reel_test_wait (count (world) == 2);
  assert_change (world, 0, 1, 0, 1);
  reel_engine_set_favourite (world->fixture.engine, reel_engine_fixture_find_job (&world->fixture, "job-4"), FALSE);
  reel_test_wait (count (world) == 1);
  assert_change (world, 1, 0, 1, 0);
  g_assert_true (get_job (world, 0) == job);
}

/* A new job is there when the submission returns, and its place becomes that of the database without a change. */
static void
test_new_job (World *world, gconstpointer data)
{
  g_autoptr (ReelHistoryQuery) query = reel_history_query_new ();
  ReelJob *job;

  job = reel_engine_fixture_submit (&world->fixture, "A new one");
  g_assert_cmpuint (count (world), ==, 11);
  g_assert_true (get_job (world, 0) == job);
  reel_test_wait (!reel_job_record_is_running (reel_job_get_record (job)));
  query->search = g_strdup ("new");
  reel_history_set_query (world->history, query);
  wait_until_known (world);
  g_assert_cmpuint (count (world), ==, 1);
  g_assert_true (get_job (world, 0) == job);
  g_clear_pointer (&query->search, g_free);
  reel_history_set_query (world->history, query);
  wait_until_known (world);
  g_assert_cmpuint (count (world), ==, 11);

  /* A filter that may not mean it shows it when the database says so. */
  query->favourites = TRUE;
  reel_history_set_query (world->history, query);
  wait_until_known (world);
  job = reel_engine_fixture_submit (&world->fixture, "Another one");
  g_assert_cmpuint (count (world), ==, 1);
  reel_engine_set_favourite (world->fixture.engine, job, TRUE);
  reel_test_wait (count (world) == 2);
  g_assert_true (get_job (world, 0) == job);
}

/* The answer to a question that nobody asks any more is not taken. */
static void
test_overtaken (World *world, gconstpointer data)
{
  g_autoptr (ReelHistoryQuery) query = reel_history_query_new ();
  g_autofree char *shown = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (prompts); i++) {
    g_set_str (&query->search, prompts[i]);
    reel_history_set_query (world->history, query);
  }
  g_set_str (&query->search, "rain");
  reel_history_set_query (world->history, query);
  wait_until_known (world);
  shown = read_shown (world);
  g_assert_cmpstr (shown, ==, "1 6");
  g_assert_cmpuint (world->changes->len, ==, 2);
  assert_change (world, 0, 0, 10, 0);
  assert_change (world, 1, 0, 0, 2);
}

/* There is one object of a job, whoever has it; and none where nobody does. */
static void
test_one_object (World *world, gconstpointer data)
{
  static const guint positions[] = {8, 3};
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GError) error = NULL;

  reel_history_load_jobs_async (world->history, positions, 2, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  jobs = reel_history_load_jobs_finish (world->history, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (jobs->len, ==, 2);
  g_assert_cmpstr (reel_job_get_id (jobs->pdata[0]), ==, "job-8");
  g_assert_true (get_job (world, 8) == jobs->pdata[0]);
  g_assert_true (reel_engine_fixture_find_job (&world->fixture, "job-3") == jobs->pdata[1]);
  g_assert_null (reel_engine_fixture_find_job (&world->fixture, "job-99"));
}

/* What was deleted does not come back by a look that was on its way. */
static void
test_deleted_while_read (World *world, gconstpointer data)
{
  g_autoptr (ReelHistoryItem) item = NULL;
  g_autoptr (ReelRemoval) removal = NULL;
  ReelJob *job = reel_engine_fixture_find_job (&world->fixture, "job-6");

  item = g_list_model_get_item (G_LIST_MODEL (world->history), 6);
  removal = remove_job (world, job);
  reel_removal_carry_out (removal);
  g_assert_cmpuint (count (world), ==, 9);
  g_assert_null (reel_engine_fixture_find_job (&world->fixture, "job-6"));
  g_assert_cmpuint (count (world), ==, 9);
}

/* Only what is looked at is read, and not more is kept than a screen or two. */
static void
test_on_demand (void)
{
  World world = {0};
  ReelJob *first;
  GWeakRef gone;

  start (&world, N_JOBS);
  g_assert_cmpuint (count (&world), ==, N_JOBS);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (reel_engine_get_jobs (world.fixture.engine))), ==, 1);
  first = get_job (&world, 0);
  g_weak_ref_init (&gone, first);
  for (guint i = 1; i < N_JOBS; i++)
    g_object_unref (g_list_model_get_item (G_LIST_MODEL (world.history), i));
  reel_test_wait (reel_job_get_id (get_job (&world, N_JOBS - 1)) != NULL);
  g_assert_null (g_weak_ref_get (&gone));
  g_weak_ref_clear (&gone);
  g_assert_cmpstr (reel_job_get_id (get_job (&world, 0)), ==, "job-0");
  tear_down (&world, NULL);
}

static void
start_again (World *world)
{
  world->history = reel_engine_make_history (world->fixture.engine);
  g_array_set_size (world->changes, 0);
  g_signal_connect (world->history, "items-changed", G_CALLBACK (on_items_changed), world);
}

/* The first list begins with what is seen at once, and grows; whoever asks for a job further down need not wait. */
static void
test_steps (void)
{
  World world = {0};
  g_autoptr (ReelHistory) history = NULL, other = NULL;
  guint n = 0;

  start (&world, 300);
  start_again (&world);
  history = world.history;
  wait_until_known (&world);
  g_assert_cmpuint (world.changes->len, >, 5);
  for (guint i = 0; i < world.changes->len; i++) {
    const Change *change = &g_array_index (world.changes, Change, i);

    assert_change (&world, i, n, 0, change->added);
    g_assert_cmpuint (i == 0 ? change->added : 0, <, 20);
    n += change->added;
  }
  g_assert_cmpuint (n, ==, 300);
  g_assert_cmpuint (count (&world), ==, 300);

  start_again (&world);
  other = world.history;
  reel_test_wait (world.changes->len == 1);
  g_assert_cmpuint (reel_history_find (other, reel_engine_fixture_find_job (&world.fixture, "job-299")), ==, 299);
  g_assert_false (reel_history_get_loading (other));
  assert_change (&world, 1, 16, 0, 284);
  tear_down (&world, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add ("/engine/history/" name, World, NULL, set_up, function, tear_down)
  ADD ("search", test_search);
  ADD ("filters", test_filters);
  ADD ("sort", test_sort);
  ADD ("exact-changes", test_exact_changes);
  ADD ("membership", test_membership);
  ADD ("new-job", test_new_job);
  ADD ("overtaken", test_overtaken);
  ADD ("one-object", test_one_object);
  ADD ("deleted-while-read", test_deleted_while_read);
#undef ADD
  g_test_add_func ("/engine/history/steps", test_steps);
  g_test_add_func ("/engine/history/on-demand", test_on_demand);

  return g_test_run ();
}
