#include "config.h"

#include "reel-engine-fixture.h"
#include "reel-service-script.h"
#include "reel-test.h"

typedef struct
{
  ReelEngineFixture fixture;
  ReelFaultServer *server;
} World;

static void
add (World *world, const char *id, const char *prompt, gint64 created_at, gboolean hidden)
{
  ReelJobRecord *record = reel_engine_fixture_make_record (&world->fixture, id, id);

  g_set_str (&record->prompt, prompt);
  record->created_at = created_at;
  record->hidden = hidden;
  reel_engine_fixture_write (&world->fixture, record);
}

static void
set_up (World *world, gconstpointer data)
{
  reel_engine_fixture_init (&world->fixture);
  world->server = reel_fault_server_new (NULL);
  world->fixture.base_url = reel_fault_server_get_base_url (world->server);
  reel_script_add_models (world->server);
  add (world, "old", "A paper boat crosses a puddle", 1000, FALSE);
  add (world, "kite", "A kite over the dunes", 2000, FALSE);
  add (world, "hidden", "A hidden paper boat", 3000, TRUE);
  add (world, "new", "Một chiếc thuyền: BOAT of paper", 4000, FALSE);
  for (const char *const *id = (const char *const[]){"old", "kite", "hidden", "new", NULL}; *id != NULL; id++)
    reel_script_add_status (world->server, *id, "processing", NULL);
  reel_engine_fixture_start (&world->fixture);
}

static void
tear_down (World *world, gconstpointer data)
{
  reel_engine_fixture_clear (&world->fixture);
  g_object_unref (world->server);
}

static char *
search (World *world, const char *text, guint limit)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = NULL;

  reel_engine_search_async (world->fixture.engine, text, limit, NULL, reel_test_store_result, &result);
  reel_test_wait (result != NULL);
  ids = reel_engine_search_finish (world->fixture.engine, result, &error);
  g_assert_no_error (error);

  return g_strjoinv (" ", ids);
}

static void
assert_found (World *world, const char *text, guint limit, const char *expected)
{
  g_autofree char *found = search (world, text, limit);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_words (World *world, gconstpointer data)
{
  assert_found (world, "boat", 10, "new old");
  assert_found (world, "PAPER boa", 10, "new old");
  assert_found (world, "paper kite", 10, "");
  assert_found (world, "thuyen", 10, "new");
  assert_found (world, "hidden", 10, "");
}

static void
test_limit (World *world, gconstpointer data)
{
  assert_found (world, "a", 2, "kite old");
  assert_found (world, "boat", 1, "new");
  assert_found (world, "boat", 0, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/engine/search/words", World, NULL, set_up, test_words, tear_down);
  g_test_add ("/engine/search/limit", World, NULL, set_up, test_limit, tear_down);

  return g_test_run ();
}
