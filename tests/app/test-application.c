#include "config.h"

#include "reel-application-private.h"
#include "reel-background-dialog.h"
#include "reel-fault-server.h"
#include "reel-service-script.h"
#include "reel-test.h"
#include "reel-ui-test.h"

/* The application from its start to its end. A test is a row of steps, each of which waits for something and does
 * something then; after the last one the application must end by itself. */

typedef struct
{
  GDBusConnection *desktop;
  guint registration;
  guint name;
  gboolean has_name;
  GPtrArray *titles; /* of the notifications that were shown */
  guint n_titles;    /* how many there will be */
  guint n_closed;
  GPtrArray *statuses; /* that the portal was told */
  guint portal;
  guint portal_name;
  GSettings *settings;
  ReelFaultServer *server;

  ReelApplication *application;
  const struct _Step *steps;
  guint step;
  char *request_id;
  ReelJob *job;
  gpointer first_services;
  gboolean is_service; /* started by the bus, for what the desktop asks for */
} Fixture;

typedef struct _Step
{
  gboolean (*until) (Fixture *fixture);
  void (*act) (Fixture *fixture);
} Step;

static const char notifications_xml[] =
    "<node><interface name='org.freedesktop.Notifications'><method name='Notify'>"
    "<arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='as' direction='in'/>"
    "<arg type='a{sv}' direction='in'/><arg type='i' direction='in'/><arg type='u' direction='out'/>"
    "</method></interface></node>";

static void
on_notify (GDBusConnection *desktop,
           const char *sender,
           const char *path,
           const char *interface,
           const char *method,
           GVariant *parameters,
           GDBusMethodInvocation *invocation,
           gpointer data)
{
  Fixture *fixture = data;
  const char *title;

  g_variant_get_child (parameters, 3, "&s", &title);
  g_ptr_array_add (fixture->titles, g_strdup (title));
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", fixture->titles->len));
}

static const char portal_xml[] = "<node><interface name='org.freedesktop.portal.Background'>"
                                 "<method name='RequestBackground'><arg type='s' direction='in'/>"
                                 "<arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"
                                 "<method name='SetStatus'><arg type='a{sv}' direction='in'/></method>"
                                 "<property name='version' type='u' access='read'/></interface></node>";

static void
on_portal_call (GDBusConnection *desktop,
                const char *sender,
                const char *path,
                const char *interface,
                const char *method,
                GVariant *parameters,
                GDBusMethodInvocation *invocation,
                gpointer data)
{
  g_autoptr (GVariant) options = NULL;
  const char *status;

  if (g_str_equal (method, "RequestBackground")) {
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", "/request"));
    return;
  }

  options = g_variant_get_child_value (parameters, 0);
  g_assert_true (g_variant_lookup (options, "message", "&s", &status));
  g_ptr_array_add (((Fixture *)data)->statuses, g_strdup (status));
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static GVariant *
on_version (GDBusConnection *desktop,
            const char *sender,
            const char *path,
            const char *interface,
            const char *name,
            GError **error,
            gpointer data)
{
  return g_variant_new_uint32 (2);
}

static void
on_name (GDBusConnection *connection, const char *name, gpointer data)
{
  ((Fixture *)data)->has_name = TRUE;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const GDBusInterfaceVTable vtable = {.method_call = on_notify};
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (notifications_xml, NULL);
  g_autoptr (GError) error = NULL;

  fixture->titles = g_ptr_array_new_with_free_func (g_free);
  fixture->statuses = g_ptr_array_new_with_free_func (g_free);
  fixture->desktop = g_dbus_connection_new_for_address_sync (
      data, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL,
      &error);
  g_assert_no_error (error);
  fixture->registration = g_dbus_connection_register_object (fixture->desktop, "/org/freedesktop/Notifications",
                                                             node->interfaces[0], &vtable, fixture, NULL, NULL);
  fixture->name = g_bus_own_name_on_connection (fixture->desktop, "org.freedesktop.Notifications",
                                                G_BUS_NAME_OWNER_FLAGS_NONE, on_name, NULL, fixture, NULL);
  reel_test_wait (fixture->has_name);

  fixture->settings = g_settings_new (REEL_APPLICATION_ID);
  g_settings_reset (fixture->settings, REEL_ON_CLOSE_KEY);
  fixture->server = reel_fault_server_new (NULL);
  reel_script_add_models (fixture->server);
}

/* A sandbox, whose portal takes what is told but answers no question. */
static void
enter_sandbox (Fixture *fixture)
{
  static const GDBusInterfaceVTable vtable = {.method_call = on_portal_call, .get_property = on_version};
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (portal_xml, NULL);

  fixture->has_name = FALSE;
  fixture->portal = g_dbus_connection_register_object (fixture->desktop, "/org/freedesktop/portal/desktop",
                                                       node->interfaces[0], &vtable, fixture, NULL, NULL);
  fixture->portal_name = g_bus_own_name_on_connection (fixture->desktop, "org.freedesktop.portal.Desktop",
                                                       G_BUS_NAME_OWNER_FLAGS_NONE, on_name, NULL, fixture, NULL);
  reel_test_wait (fixture->has_name);
  g_setenv ("SNAP", "/nonexistent", TRUE);
}

static void
leave_sandbox (Fixture *fixture)
{
  g_unsetenv ("SNAP");
  g_dbus_connection_unregister_object (fixture->desktop, fixture->portal);
  g_bus_unown_name (fixture->portal_name);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->job);
  g_ptr_array_unref (fixture->statuses);
  g_object_unref (fixture->settings);
  g_object_unref (fixture->server);
  g_dbus_connection_unregister_object (fixture->desktop, fixture->registration);
  g_bus_unown_name (fixture->name);
  g_object_unref (fixture->desktop);
  g_ptr_array_unref (fixture->titles);
  g_free (fixture->request_id);
}

/* Takes the next step as soon as it can be taken, in the turn of the main loop in which it can. */
static gboolean
on_turn (gpointer data)
{
  Fixture *fixture = data;
  const Step *step = &fixture->steps[fixture->step];

  if (step->act != NULL && step->until (fixture)) {
    fixture->step++;
    step->act (fixture);
  }

  return G_SOURCE_CONTINUE;
}

static G_NORETURN gboolean
on_late (gpointer data)
{
  g_error ("Step %u did not come, or the application did not end", ((Fixture *)data)->step);
}

static void
on_closed (GDBusConnection *connection,
           const char *sender,
           const char *path,
           const char *interface,
           const char *signal,
           GVariant *parameters,
           gpointer data)
{
  ((Fixture *)data)->n_closed++;
}

/* Notifications that are left do not survive the application where the process goes on: GIO 2.84 does not expect that. */
static void
close_notifications (Fixture *fixture)
{
  g_autoptr (GDBusConnection) connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  guint subscription =
      g_dbus_connection_signal_subscribe (connection, NULL, "org.freedesktop.Notifications", "NotificationClosed", NULL,
                                          NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_closed, fixture, NULL);

  /* What the application said last is on its way. */
  reel_test_wait (fixture->titles->len >= fixture->n_titles);
  fixture->n_closed = 0;
  for (guint id = 1; id <= fixture->titles->len; id++)
    g_dbus_connection_emit_signal (fixture->desktop, NULL, "/org/freedesktop/Notifications",
                                   "org.freedesktop.Notifications", "NotificationClosed", g_variant_new ("(uu)", id, 1),
                                   NULL);
  reel_test_wait (fixture->n_closed == fixture->titles->len);
  g_dbus_connection_signal_unsubscribe (connection, subscription);
}

static void
run (Fixture *fixture, const Step *steps)
{
  guint turn = g_timeout_add_full (G_PRIORITY_HIGH, 1, on_turn, fixture, NULL);
  guint late = g_timeout_add_seconds (60, on_late, fixture);

  fixture->steps = steps;
  fixture->step = 0;
  fixture->first_services = NULL;
  fixture->application = reel_application_new (reel_fault_server_get_base_url (fixture->server), "sd2_test_key");
  if (fixture->is_service)
    g_application_set_flags (G_APPLICATION (fixture->application), G_APPLICATION_IS_SERVICE);
  g_assert_cmpint (g_application_run (G_APPLICATION (fixture->application), 0, NULL), ==, 0);
  g_source_remove (turn);
  g_source_remove (late);
  g_assert_null (steps[fixture->step].act);
  g_assert_null (fixture->application->services);
  close_notifications (fixture);
  g_assert_finalize_object (fixture->application);
}

static ReelWindow *
get_window (Fixture *fixture)
{
  return reel_application_get_window (fixture->application);
}

static ReelEngine *
get_engine (Fixture *fixture)
{
  return reel_services_get_engine (fixture->application->services);
}

static gboolean
is_registered (Fixture *fixture)
{
  return g_application_get_is_registered (G_APPLICATION (fixture->application));
}

static gboolean
is_any_window (Fixture *fixture)
{
  return get_window (fixture) != NULL;
}

static gboolean
is_starting (Fixture *fixture)
{
  return is_any_window (fixture) && reel_services_is_started (fixture->application->services) &&
         !reel_services_is_loaded (fixture->application->services);
}

static gboolean
is_loaded (Fixture *fixture)
{
  return is_any_window (fixture) && !fixture->application->is_stopping && fixture->application->services != NULL &&
         reel_services_is_loaded (fixture->application->services);
}

static gboolean
is_stopping (Fixture *fixture)
{
  return fixture->application->is_stopping;
}

static gboolean
is_next_loaded (Fixture *fixture)
{
  return is_loaded (fixture) && (gpointer)fixture->application->services != fixture->first_services;
}

static gboolean
is_prompt_filled (Fixture *fixture)
{
  return is_next_loaded (fixture) &&
         g_strcmp0 (reel_request_get_prompt (reel_engine_get_draft (get_engine (fixture))), "A whale") == 0;
}

static gboolean
is_without_window (Fixture *fixture)
{
  return !is_any_window (fixture);
}

static gboolean
is_told (Fixture *fixture)
{
  return fixture->titles->len > 0;
}

static gboolean
is_asked (Fixture *fixture)
{
  return is_any_window (fixture) && ADW_IS_ALERT_DIALOG (adw_application_window_get_visible_dialog (
                                        ADW_APPLICATION_WINDOW (get_window (fixture))));
}

static gboolean
has_running_job (Fixture *fixture)
{
  return is_loaded (fixture) && reel_running_jobs_get_n_running (fixture->application->running) == 1 &&
         reel_script_count_status (fixture->server, fixture->request_id) > 0;
}

static gboolean
has_status (Fixture *fixture)
{
  return fixture->statuses->len == 1;
}

static gboolean
has_two_statuses (Fixture *fixture)
{
  return fixture->statuses->len == 2;
}

static void
close_window (Fixture *fixture)
{
  gtk_window_close (GTK_WINDOW (get_window (fixture)));
}

static void
close_and_remember (Fixture *fixture)
{
  fixture->first_services = fixture->application->services;
  close_window (fixture);
}

static void
activate (Fixture *fixture)
{
  g_application_activate (G_APPLICATION (fixture->application));
}

static void
activate_twice (Fixture *fixture)
{
  activate (fixture);
  activate (fixture);
  g_assert_null (get_window (fixture));
}

static void
ask_to_generate (Fixture *fixture)
{
  g_action_group_activate_action (G_ACTION_GROUP (fixture->application), "generate", g_variant_new_string ("A whale"));
}

static void
ask_for_folder (Fixture *fixture)
{
  g_action_group_activate_action (G_ACTION_GROUP (fixture->application), "show-in-files", g_variant_new_string ("x"));
  g_assert_null (get_window (fixture));
}

/* In a sandbox whose desktop has no portal. */
static void
close_in_sandbox (Fixture *fixture)
{
  g_setenv ("SNAP", "/nonexistent", TRUE);
  close_window (fixture);
  g_unsetenv ("SNAP");
}

static void
end (Fixture *fixture)
{
  reel_application_end (fixture->application);
}

static void
activate_and_end (Fixture *fixture)
{
  activate (fixture);
  end (fixture);
}

static void
quit (Fixture *fixture)
{
  g_action_group_activate_action (G_ACTION_GROUP (fixture->application), "quit", NULL);
}

static void
choose_to_stop (Fixture *fixture)
{
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (get_window (fixture)));

  reel_ui_test_press (reel_ui_test_find (dialog, GTK_TYPE_BUTTON, "_Stop Watching"));
}

static void
submit (Fixture *fixture)
{
  g_autoptr (ReelRequest) request = g_object_new (REEL_TYPE_REQUEST, "model", "seedance-2.0", "prompt", "A boat",
                                                  "duration", 4, "aspect-ratio", "16:9", "resolution", "480p", NULL);

  reel_engine_submit (get_engine (fixture), request);
}

static void
take_job (Fixture *fixture)
{
  fixture->job = g_list_model_get_item (G_LIST_MODEL (reel_engine_get_jobs (get_engine (fixture))), 0);
}

static void
take_and_close (Fixture *fixture)
{
  take_job (fixture);
  close_window (fixture);
}

static void
hide_and_close (Fixture *fixture)
{
  take_job (fixture);
  reel_engine_hide_job (get_engine (fixture), fixture->job);
  close_window (fixture);
}

static void
remove_and_close (Fixture *fixture)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new ();
  g_autoptr (ReelRemoval) removal = NULL;

  take_job (fixture);
  g_ptr_array_add (jobs, fixture->job);
  removal = reel_engine_remove_jobs (get_engine (fixture), jobs, REEL_REMOVE_JOBS);
  close_window (fixture);
}

static void
fail_job (Fixture *fixture)
{
  g_assert_nonnull (fixture->application->services);
  g_assert_false (fixture->application->is_stopping);
  reel_fault_server_clear (fixture->server);
  reel_script_add_models (fixture->server);
  reel_script_add_status (fixture->server, fixture->request_id, "failed", NULL);
}

/* The service takes one job, which runs until fail_job(). */
static void
prepare_job (Fixture *fixture)
{
  static guint n = 0;

  /* The tests share one history. */
  fixture->request_id = g_strdup_printf ("req_%u", ++n);
  reel_script_add_accept (fixture->server, fixture->request_id);
  reel_script_add_status (fixture->server, fixture->request_id, "processing", NULL);
}

static void
test_start_and_end (Fixture *fixture, gconstpointer data)
{
  run (fixture, (const Step[]){{is_loaded, close_window}, {0}});
}

/* Before anything is started. */
static void
test_close_at_once (Fixture *fixture, gconstpointer data)
{
  run (fixture, (const Step[]){{is_any_window, close_window}, {0}});
}

/* A start that is under way ends first. */
static void
test_close_while_starting (Fixture *fixture, gconstpointer data)
{
  run (fixture, (const Step[]){{is_starting, close_window}, {0}});
}

/* Whoever comes while the services stop gets new ones, and one window. */
static void
test_activate_while_stopping (Fixture *fixture, gconstpointer data)
{
  run (fixture,
       (const Step[]){
           {is_loaded, close_and_remember}, {is_stopping, activate_twice}, {is_next_loaded, close_window}, {0}});
}

static void
test_activate_while_a_start_stops (Fixture *fixture, gconstpointer data)
{
  run (fixture,
       (const Step[]){
           {is_starting, close_and_remember}, {is_stopping, activate_twice}, {is_next_loaded, close_window}, {0}});
}

/* A second thought: the end wins. */
static void
test_end_after_activation (Fixture *fixture, gconstpointer data)
{
  run (fixture, (const Step[]){{is_loaded, close_window}, {is_stopping, activate_and_end}, {0}});
}

/* What is asked for meanwhile is done with the new ones. */
static void
test_errand_while_stopping (Fixture *fixture, gconstpointer data)
{
  run (fixture,
       (const Step[]){
           {is_loaded, close_and_remember}, {is_stopping, ask_to_generate}, {is_prompt_filled, close_window}, {0}});
  g_assert_cmpuint (reel_script_count_posts (fixture->server), ==, 0);
}

/* Also where the process was started for it: the draft of the last run comes first. */
static void
test_errand_of_service (Fixture *fixture, gconstpointer data)
{
  fixture->is_service = TRUE;
  run (fixture, (const Step[]){{is_registered, ask_to_generate}, {is_prompt_filled, close_window}, {0}});
  g_assert_cmpuint (reel_script_count_posts (fixture->server), ==, 0);
}

/* What is not in the history any more is said in the window. */
static void
test_folder_of_nothing (Fixture *fixture, gconstpointer data)
{
  fixture->is_service = TRUE;
  run (fixture, (const Step[]){{is_registered, ask_for_folder}, {is_any_window, close_window}, {0}});
}

static void
test_quit (Fixture *fixture, gconstpointer data)
{
  run (fixture, (const Step[]){{is_loaded, quit}, {0}});
}

/* Goes on without a window until the job has ended, and tells of it; the window can come back meanwhile. */
static void
test_keep_working (Fixture *fixture, gconstpointer data)
{
  prepare_job (fixture);
  fixture->n_titles = 1;
  g_settings_set_enum (fixture->settings, REEL_ON_CLOSE_KEY, REEL_ON_CLOSE_KEEP_WORKING);
  run (fixture, (const Step[]){{is_loaded, submit},
                               {has_running_job, close_and_remember},
                               {is_without_window, activate},
                               {has_running_job, close_window},
                               {is_without_window, fail_job},
                               {0}});
  g_assert_cmpuint (fixture->titles->len, ==, 1);
  g_assert_cmpstr (fixture->titles->pdata[0], ==, "The service could not make the video");
}

/* One that is out of sight is paid for too: it is followed to its end, and the last one alone is told of. */
static void
test_out_of_sight (Fixture *fixture, gconstpointer data)
{
  void (*const acts[]) (Fixture *) = {hide_and_close, remove_and_close, take_and_close};

  g_settings_set_enum (fixture->settings, REEL_ON_CLOSE_KEY, REEL_ON_CLOSE_KEEP_WORKING);
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++) {
    g_clear_pointer (&fixture->request_id, g_free);
    prepare_job (fixture);
    fixture->n_titles = i == 2 ? 1 : 0;
    run (fixture, (const Step[]){{is_loaded, submit}, {has_running_job, acts[i]}, {is_without_window, fail_job}, {0}});
    g_assert_cmpint (reel_job_get_state (fixture->job), ==, REEL_JOB_FAILED);
    g_clear_object (&fixture->job);
  }
  g_assert_cmpuint (fixture->titles->len, ==, 1);
}

/* In a sandbox the desktop is told what goes on, as long as there is no window. */
static void
test_status (Fixture *fixture, gconstpointer data)
{
  prepare_job (fixture);
  fixture->n_titles = 1;
  g_settings_set_enum (fixture->settings, REEL_ON_CLOSE_KEY, REEL_ON_CLOSE_KEEP_WORKING);
  enter_sandbox (fixture);
  run (fixture, (const Step[]){{is_loaded, submit},
                               {has_running_job, close_window},
                               {has_status, activate},
                               {has_running_job, close_window},
                               {has_two_statuses, fail_job},
                               {0}});
  leave_sandbox (fixture);
  g_assert_cmpuint (fixture->statuses->len, ==, 2);
  g_assert_cmpstr (fixture->statuses->pdata[0], ==, "Making 1 video");
  g_assert_cmpstr (fixture->statuses->pdata[1], ==, "Making 1 video");
}

/* Where the desktop gives no leave, a person is told, and nothing else changes. */
static void
test_no_leave (Fixture *fixture, gconstpointer data)
{
  prepare_job (fixture);
  fixture->n_titles = 2;
  g_settings_set_enum (fixture->settings, REEL_ON_CLOSE_KEY, REEL_ON_CLOSE_KEEP_WORKING);
  run (fixture, (const Step[]){{is_loaded, submit}, {has_running_job, close_in_sandbox}, {is_told, fail_job}, {0}});
  g_assert_cmpuint (fixture->titles->len, ==, 2);
  g_assert_cmpstr (fixture->titles->pdata[0], ==, "Seedreel may be stopped");
}

/* The end of the session does not wait for the jobs, whatever was chosen; they go on with the next start, and are not sent
 * again. */
static void
test_end_with_jobs (Fixture *fixture, gconstpointer data)
{
  prepare_job (fixture);
  g_settings_set_enum (fixture->settings, REEL_ON_CLOSE_KEY, REEL_ON_CLOSE_KEEP_WORKING);
  run (fixture, (const Step[]){{is_loaded, submit}, {has_running_job, end}, {0}});
  fixture->n_titles = 1;
  run (fixture, (const Step[]){{has_running_job, close_window}, {is_without_window, fail_job}, {0}});
  g_assert_cmpuint (reel_script_count_posts (fixture->server), ==, 1);
}

/* Closing asks where a job runs; the end does not wait for the answer. */
static void
test_ask (Fixture *fixture, gconstpointer data)
{
  prepare_job (fixture);
  run (fixture, (const Step[]){{is_loaded, submit}, {has_running_job, close_window}, {is_asked, end}, {0}});
  run (fixture, (const Step[]){{has_running_job, quit}, {is_asked, choose_to_stop}, {0}});
  g_assert_cmpint (g_settings_get_enum (fixture->settings, REEL_ON_CLOSE_KEY), ==, REEL_ON_CLOSE_ASK);
  g_assert_cmpuint (reel_script_count_posts (fixture->server), ==, 1);
}

/* One bus for all tests, since GIO keeps its connection to the first one for ever; it ends with the process. */
static GTestDBus *bus;

static void
start_bus (void)
{
  g_autofree char *display = g_strdup (g_getenv ("DISPLAY"));

  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  /* It takes the display out of the environment. */
  g_setenv ("DISPLAY", display, TRUE);
}

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_setenv ("GDK_DISABLE", "gl,vulkan", TRUE);
  g_test_init (&argc, &argv, NULL);
  start_bus ();

#define ADD(path, function)                                                                                            \
  g_test_add ("/app/application/" path, Fixture, g_test_dbus_get_bus_address (bus), set_up, function, tear_down)
  ADD ("start-and-end", test_start_and_end);
  ADD ("close-at-once", test_close_at_once);
  ADD ("close-while-starting", test_close_while_starting);
  ADD ("activate-while-stopping", test_activate_while_stopping);
  ADD ("activate-while-a-start-stops", test_activate_while_a_start_stops);
  ADD ("end-after-activation", test_end_after_activation);
  ADD ("errand-while-stopping", test_errand_while_stopping);
  ADD ("errand-of-service", test_errand_of_service);
  ADD ("folder-of-nothing", test_folder_of_nothing);
  ADD ("quit", test_quit);
  ADD ("keep-working", test_keep_working);
  ADD ("out-of-sight", test_out_of_sight);
  ADD ("status", test_status);
  ADD ("no-leave", test_no_leave);
  ADD ("end-with-jobs", test_end_with_jobs);
  ADD ("ask", test_ask);

  return g_test_run ();
}
