#pragma once

#include "reel-fault-server.h"

G_BEGIN_DECLS

/* What the files of ReelFaultServer know of each other; no test includes it. */

struct _ReelFaultServer
{
  GObject parent_instance;

  GMainContext *context; /* the test's: woken when something happens */
  GTlsCertificate *certificate;
  GSocket *listener;
  guint16 port;
  char *base_url;
  GCancellable *stop;
  GThread *acceptor;

  GMutex lock;
  GCond changed;
  GPtrArray *threads;  /* GThread of each connection */
  GPtrArray *sockets;  /* GSocket of each connection */
  GPtrArray *answers;  /* ReelFaultAnswer in the order of the script */
  GPtrArray *retired;  /* ReelFaultAnswer that were cleared, maybe still being given */
  GPtrArray *requests; /* ReelFaultRequest in the order they came */
  ReelFault accept_fault;
  guint n_connections;
  guint n_stalled;
  guint n_released;
};

struct _ReelFaultAnswer
{
  char *method;
  char *path;
  guint status;
  GString *headers;
  char *etag;
  GBytes *body;
  gboolean chunked;
  gboolean no_length;
  gboolean ranges;
  gboolean hold;
  gsize trickle_bytes;
  guint trickle_milliseconds;
  ReelFault before;
  gsize cut_at;
  ReelFault cut;
  gboolean used;
};

ReelFaultAnswer *reel_fault_answer_new (const char *method, const char *path, guint status, const char *body);
void reel_fault_answer_free (ReelFaultAnswer *self);

void reel_fault_request_free (ReelFaultRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelFaultRequest, reel_fault_request_free)

gboolean reel_fault_matches (const char *pattern, const char *text);

GThread *reel_fault_connection_serve (ReelFaultServer *server, GSocket *socket, guint number);

G_END_DECLS
