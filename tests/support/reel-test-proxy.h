#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define REEL_TYPE_TEST_PROXY (reel_test_proxy_get_type ())
G_DECLARE_FINAL_TYPE (ReelTestProxy, reel_test_proxy, REEL, TEST_PROXY, GObject)

/* A proxy on a loopback port that the kernel picks, for HTTP (CONNECT) and SOCKS5 alike, made of raw sockets and threads.
 * Whatever host it is asked for, it connects to that port of this machine. It remembers where it was asked to connect to
 * and every byte that clients sent. */
ReelTestProxy *reel_test_proxy_new (void);
/* The address for an account: scheme is "http" or "socks5". (transfer full) */
char *reel_test_proxy_make_url (ReelTestProxy *self, const char *scheme);
/* Answers with an HTTP status from now on instead of connecting; 0 connects. */
void reel_test_proxy_set_refusal (ReelTestProxy *self, guint status);
/* Listens no more. */
void reel_test_proxy_stop (ReelTestProxy *self);

/* How often it was asked to connect, and where to at last ("host:port"; transfer full, nullable). */
guint reel_test_proxy_count (ReelTestProxy *self);
char *reel_test_proxy_dup_target (ReelTestProxy *self);
/* Whether a text was among the bytes that clients sent. */
gboolean reel_test_proxy_has_seen (ReelTestProxy *self, const char *text);

G_END_DECLS
