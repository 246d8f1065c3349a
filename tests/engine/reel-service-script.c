#include "config.h"

#include "reel-service-script.h"

void
reel_script_add_models (ReelFaultServer *server)
{
  reel_fault_server_add (server, "GET", REEL_SCRIPT_MODELS, 200,
                         "{\"success\":true,\"data\":[{\"id\":\"seedance-2.0\",\"durations\":[4,5,6],"
                         "\"aspectRatios\":[\"16:9\"],\"resolutions\":[\"480p\"],\"usdPerSecond\":{\"480p\":0.05}}]}");
}

ReelFaultAnswer *
reel_script_add_accept (ReelFaultServer *server, const char *request_id)
{
  g_autofree char *body = g_strdup_printf (
      "{\"success\":true,\"requestId\":\"%s\",\"status\":\"queued\",\"creditsCharged\":40}", request_id);

  return reel_fault_server_add (server, "POST", REEL_SCRIPT_GENERATIONS, 200, body);
}

ReelFaultAnswer *
reel_script_add_status_url (ReelFaultServer *server, const char *request_id, const char *status, const char *url)
{
  g_autofree char *segment = g_uri_escape_string (request_id, NULL, FALSE);
  g_autofree char *path = g_strconcat (REEL_SCRIPT_GENERATIONS "/", segment, NULL);
  g_autofree char *output = url != NULL ? g_strdup_printf ("{\"type\":\"video\",\"url\":\"%s\"}", url) : NULL;
  g_autofree char *body =
      g_strdup_printf ("{\"success\":true,\"requestId\":\"%s\",\"status\":\"%s\",\"output\":%s,\"error\":null}",
                       request_id, status, output != NULL ? output : "null");

  return reel_fault_server_add (server, "GET", path, 200, body);
}

ReelFaultAnswer *
reel_script_add_status (ReelFaultServer *server, const char *request_id, const char *status, const char *output_path)
{
  g_autofree char *url =
      output_path != NULL ? g_strconcat (reel_fault_server_get_base_url (server), output_path, NULL) : NULL;

  return reel_script_add_status_url (server, request_id, status, url);
}

ReelFaultAnswer *
reel_script_add_error (ReelFaultServer *server,
                       const char *method,
                       const char *path,
                       guint status,
                       const char *code,
                       const char *message)
{
  g_autofree char *body =
      g_strdup_printf ("{\"success\":false,\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}", code, message);

  return reel_fault_server_add (server, method, path, status, body);
}

ReelFaultAnswer *
reel_script_add_file (ReelFaultServer *server, const char *path, GBytes *body)
{
  ReelFaultAnswer *answer = reel_fault_server_add (server, "GET", path, 200, NULL);

  reel_fault_answer_set_body (answer, body);
  reel_fault_answer_set_header (answer, "Content-Type", "video/mp4");
  reel_fault_answer_set_header (answer, "ETag", "\"v1\"");

  return answer;
}

/* Submissions: the one request that costs money. */
guint
reel_script_count_posts (ReelFaultServer *server)
{
  return reel_fault_server_count (server, "POST", REEL_SCRIPT_GENERATIONS);
}

guint
reel_script_count_status (ReelFaultServer *server, const char *request_id)
{
  g_autofree char *segment = g_uri_escape_string (request_id, NULL, FALSE);
  g_autofree char *path = g_strconcat (REEL_SCRIPT_GENERATIONS "/", segment, NULL);

  return reel_fault_server_count (server, "GET", path);
}
