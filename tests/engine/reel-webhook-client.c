#include "config.h"

#include "reel-webhook-client.h"

#include "reel-webhook.h"

#include <string.h>

GSocket *
reel_webhook_client_reserve_port (guint16 *port)
{
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);
  g_socket_bind (socket, wanted, TRUE, &error);
  g_assert_no_error (error);
  address = g_socket_get_local_address (socket, &error);
  g_assert_no_error (error);
  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));

  return socket;
}

guint
reel_webhook_client_send (guint16 port, const char *token, const char *secret, const char *body)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autofree char *signature = secret != NULL ? reel_webhook_sign (secret, bytes) : NULL;
  g_autofree char *request = g_strdup_printf (
      "POST " REEL_WEBHOOK_PATH "%s HTTP/1.1\r\nHost: hooks.example.com\r\nContent-Type: application/json\r\n"
      "Content-Length: %" G_GSIZE_FORMAT "\r\n%s%s%s\r\n%s",
      token, strlen (body), signature != NULL ? "x-seedance-signature: " : "", signature != NULL ? signature : "",
      signature != NULL ? "\r\n" : "", body);
  char answer[4096] = "";
  gsize n;

  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_set_timeout (client, 20);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);
  if (connection == NULL)
    return 0;

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request, strlen (request), NULL,
                             NULL, NULL);
  g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), answer, sizeof answer - 1, &n, NULL,
                           NULL);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 "));

  return g_ascii_strtoull (answer + strlen ("HTTP/1.1 "), NULL, 10);
}

char *
reel_webhook_client_make_body (const char *request_id, const char *status)
{
  return g_strdup_printf ("{\"success\":true,\"requestId\":\"%s\",\"status\":\"%s\",\"output\":{\"type\":\"video\","
                          "\"url\":\"https://elsewhere.example/%s.mp4\"},\"error\":null}",
                          request_id, status, request_id);
}
