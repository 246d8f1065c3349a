#include "config.h"

#include "reel-exchange.h"

#include "reel-fault-server.h"
#include "reel-test.h"

static const ReelLimits limits = {.connect_timeout = 20, .timeout = 20, .deadline = 20, .max_body = 1000};

static void
on_network_event (SoupMessage *message, GSocketClientEvent event, GIOStream *stream, GPtrArray *connections)
{
  if (event == G_SOCKET_CLIENT_CONNECTED)
    g_ptr_array_add (connections, g_object_ref (stream));
}

static SoupMessage *
make_message (ReelFaultServer *server, const char *path)
{
  g_autofree char *url = g_strconcat (reel_fault_server_get_base_url (server), path, NULL);

  return soup_message_new (SOUP_METHOD_GET, url);
}

static void
start (SoupSession *session, SoupMessage *message, GAsyncResult **result)
{
  g_autoptr (ReelExchange) exchange = reel_exchange_new (session, message, &limits);

  reel_exchange_read_async (exchange, NULL, reel_test_store_result, result);
}

static void
finish (GAsyncResult **result)
{
  g_autoptr (GObject) exchange = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  reel_test_wait (*result != NULL);
  exchange = g_async_result_get_source_object (*result);
  body = reel_exchange_read_finish (REEL_EXCHANGE (exchange), *result, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), "good", 4);
  g_assert_cmpuint (reel_exchange_get_status (REEL_EXCHANGE (exchange)), ==, 200);
  g_clear_object (result);
}

/* Goes on only when the server has reset the connection that the request went over. */
static void
wait_for_reset (SoupMessage *message, GPtrArray *connections)
{
  GPollFD files[2];

  g_signal_handlers_disconnect_by_func (message, wait_for_reset, connections);
  for (guint i = 0; i < 2; i++) {
    GSocket *socket = g_socket_connection_get_socket (G_SOCKET_CONNECTION (connections->pdata[i]));

    files[i] = (GPollFD){.fd = g_socket_get_fd (socket), .events = G_IO_IN};
  }
  g_assert_cmpint (g_poll (files, 2, 20000), ==, 1);
}

/* A kept connection is reset while a request is written over it, and another one stands idle. libsoup 3.6.5 takes the other
 * one before it has seen the end of the first try, ends the request twice, and frees what its session still needs. */
static void
test_kept_connection_resets (void)
{
  g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (GPtrArray) connections = g_ptr_array_new_with_free_func (g_object_unref);
  GAsyncResult *results[2] = {NULL};

  soup_session_set_proxy_resolver (session, NULL);
  reel_fault_answer_set_hold (reel_fault_server_add (server, "GET", "/first", 200, "good"));
  reel_fault_answer_fail_before (reel_fault_server_add (server, "GET", "/second", 200, NULL), REEL_FAULT_RESET);
  reel_fault_server_add (server, "GET", "/second", 200, "good");
  reel_fault_server_add (server, "GET", "/third", 200, "good");

  for (guint i = 0; i < 2; i++) {
    g_autoptr (SoupMessage) message = make_message (server, "/first");

    g_signal_connect (message, "network-event", G_CALLBACK (on_network_event), connections);
    start (session, message, &results[i]);
  }
  reel_test_wait (reel_fault_server_count (server, "GET", "/first") == 2);
  for (guint i = 0; i < 2; i++)
    reel_fault_server_release (server);
  for (guint i = 0; i < 2; i++)
    finish (&results[i]);
  g_assert_cmpuint (connections->len, ==, 2);

  for (guint i = 0; i < 2; i++) {
    g_autoptr (SoupMessage) message = make_message (server, i == 0 ? "/second" : "/third");

    if (i == 0)
      g_signal_connect (message, "wrote-body", G_CALLBACK (wait_for_reset), connections);
    start (session, message, &results[0]);
    finish (&results[0]);
  }
  g_assert_cmpuint (reel_fault_server_count (server, "GET", "/second"), ==, 2);
  g_assert_cmpuint (reel_fault_server_count_connections (server), ==, 2);

  g_assert_finalize_object (g_steal_pointer (&session));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/exchange/kept-connection-resets", test_kept_connection_resets);

  return g_test_run ();
}
