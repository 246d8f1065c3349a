#include "config.h"

#include "reel-catalogue.h"
#include "reel-test.h"

static void
on_items_changed (GListModel *list, guint position, guint removed, guint added, GString *log)
{
  g_string_append_printf (log, "%u-%u+%u ", position, removed, added);
}

static void
test_add (void)
{
  g_autoptr (ReelCatalogue) catalogue = reel_catalogue_new ();
  g_autoptr (ReelVideoModel) one = reel_video_model_new ("one");
  g_autoptr (ReelVideoModel) two = reel_video_model_new ("two");
  g_autoptr (ReelVideoModel) again = reel_video_model_new ("one");
  g_autoptr (GString) log = g_string_new (NULL);

  g_signal_connect (catalogue, "items-changed", G_CALLBACK (on_items_changed), log);
  reel_catalogue_add (catalogue, one);
  reel_catalogue_add (catalogue, two);
  reel_catalogue_add (catalogue, again);

  g_assert_cmpstr (log->str, ==, "0-0+1 1-0+1 ");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (catalogue)), ==, 2);
  g_assert_true (reel_catalogue_lookup (catalogue, "one") == one);
  g_assert_cmpuint (reel_catalogue_index_of (catalogue, "two"), ==, 1);
  g_assert_null (reel_catalogue_lookup (catalogue, "three"));
  g_assert_null (reel_catalogue_lookup (catalogue, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/catalogue/add", test_add);

  return g_test_run ();
}
