#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A scriptable HTTP/1.1 server on a loopback port that the kernel picks, made of raw sockets and threads of its own, so
 * that it can do everything that a broken server does and never needs the main loop of the test.
 *
 *   g_autoptr (ReelFaultServer) server = reel_fault_server_new (NULL);
 *   ReelFaultAnswer *answer = reel_fault_server_add (server, "GET", "/api/open/v1/models", 200, "{…}");
 *   reel_fault_answer_cut (answer, 10, REEL_FAULT_RESET);
 *
 * Nothing sleeps: the main context is woken whenever something happens at the server, so reel_test_wait() on one of the
 * counters returns at once. */

/**
 * ReelFault:
 * @REEL_FAULT_NONE: nothing is wrong
 * @REEL_FAULT_CLOSE: the connection is closed
 * @REEL_FAULT_RESET: the connection is reset (RST)
 * @REEL_FAULT_STALL: nothing more is said, until the client goes away or the server ends
 *
 * What goes wrong.
 */
typedef enum
{
  REEL_FAULT_NONE,
  REEL_FAULT_CLOSE,
  REEL_FAULT_RESET,
  REEL_FAULT_STALL,
} ReelFault;

/**
 * ReelFaultRequest:
 * @method: the method
 * @path: path and query exactly as they came over the wire
 * @headers: every header; the names are lower-case
 * @body: the body
 * @connection: the number of the connection that it came over, from 1
 *
 * A request as it came in.
 */
typedef struct
{
  char *method;
  char *path;
  GHashTable *headers;
  GBytes *body;
  guint connection;
} ReelFaultRequest;

const char *reel_fault_request_get_header (const ReelFaultRequest *self, const char *name);

/* An answer of the script, owned by its server. Change it before its request comes in. */
typedef struct _ReelFaultAnswer ReelFaultAnswer;

void reel_fault_answer_set_header (ReelFaultAnswer *self, const char *name, const char *value);
void reel_fault_answer_set_body (ReelFaultAnswer *self, GBytes *body);
void reel_fault_answer_set_chunked (ReelFaultAnswer *self);
void reel_fault_answer_set_gzip (ReelFaultAnswer *self);
void reel_fault_answer_set_no_length (ReelFaultAnswer *self);
void reel_fault_answer_set_ranges (ReelFaultAnswer *self);
void reel_fault_answer_set_hold (ReelFaultAnswer *self);
void reel_fault_answer_set_trickle (ReelFaultAnswer *self, gsize bytes, guint milliseconds);
void reel_fault_answer_fail_before (ReelFaultAnswer *self, ReelFault fault);
void reel_fault_answer_cut (ReelFaultAnswer *self, gsize body_bytes, ReelFault fault);

#define REEL_TYPE_FAULT_SERVER (reel_fault_server_get_type ())
G_DECLARE_FINAL_TYPE (ReelFaultServer, reel_fault_server, REEL, FAULT_SERVER, GObject)

ReelFaultServer *reel_fault_server_new (GTlsCertificate *certificate);
const char *reel_fault_server_get_base_url (ReelFaultServer *self);
ReelFaultAnswer *
reel_fault_server_add (ReelFaultServer *self, const char *method, const char *path, guint status, const char *body);
void reel_fault_server_clear (ReelFaultServer *self);
void reel_fault_server_set_accept_fault (ReelFaultServer *self, ReelFault fault);
void reel_fault_server_release (ReelFaultServer *self);
void reel_fault_server_stop (ReelFaultServer *self);
void reel_fault_server_start_again (ReelFaultServer *self);

guint reel_fault_server_count (ReelFaultServer *self, const char *method, const char *path);
guint reel_fault_server_count_connections (ReelFaultServer *self);
guint reel_fault_server_count_stalled (ReelFaultServer *self);
const ReelFaultRequest *
reel_fault_server_get_request (ReelFaultServer *self, const char *method, const char *path, guint index);

G_END_DECLS
