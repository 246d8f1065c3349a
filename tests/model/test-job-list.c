#include "config.h"

#include "reel-job-list.h"
#include "reel-test.h"

static ReelJob *
make_job (const char *id, gint64 created_at)
{
  ReelJobRecord *record = reel_job_record_new ();

  record->id = g_strdup (id);
  record->created_at = created_at;

  return reel_job_new (record);
}

static void
on_items_changed (GListModel *list, guint position, guint removed, guint added, GString *log)
{
  g_string_append_printf (log, "%u-%u+%u ", position, removed, added);
}

static char *
dup_order (ReelJobList *list)
{
  g_autoptr (GString) order = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++) {
    g_autoptr (ReelJob) job = g_list_model_get_item (G_LIST_MODEL (list), i);

    g_string_append (order, reel_job_get_id (job));
  }

  return g_string_free_and_steal (g_steal_pointer (&order));
}

static void
test_order (void)
{
  g_autoptr (ReelJobList) list = reel_job_list_new ();
  g_autoptr (GPtrArray) loaded = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (ReelJob) newest = make_job ("d", 40);
  g_autoptr (GString) log = g_string_new (NULL);
  g_autofree char *order = NULL;
  g_autofree char *rest = NULL;

  g_ptr_array_add (loaded, make_job ("b", 20));
  g_ptr_array_add (loaded, make_job ("c", 30));
  g_ptr_array_add (loaded, make_job ("a", 10));

  g_signal_connect (list, "items-changed", G_CALLBACK (on_items_changed), log);
  reel_job_list_add_all (list, loaded);
  reel_job_list_add (list, newest);
  order = dup_order (list);
  g_assert_cmpstr (order, ==, "dcba");

  reel_job_list_remove (list, loaded->pdata[0]);
  reel_job_list_remove (list, loaded->pdata[0]);
  rest = dup_order (list);
  g_assert_cmpstr (rest, ==, "dca");
  g_assert_cmpstr (log->str, ==, "0-0+3 0-0+1 2-1+0 ");
}

static void
test_lookup_after_change (void)
{
  g_autoptr (ReelJobList) list = reel_job_list_new ();
  g_autoptr (ReelJob) job = make_job ("a", 10);

  reel_job_list_add (list, job);
  reel_job_take_record (job, reel_job_record_copy (reel_job_get_record (job)));

  g_assert_true (reel_job_list_lookup (list, "a") == job);
  g_assert_null (reel_job_list_lookup (list, "b"));
  g_assert_null (reel_job_list_lookup (list, NULL));
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), 1));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/job-list/order", test_order);
  g_test_add_func ("/job-list/lookup-after-change", test_lookup_after_change);

  return g_test_run ();
}
