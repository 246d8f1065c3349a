#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define REEL_TYPE_TEST_NETWORK (reel_test_network_get_type ())
G_DECLARE_FINAL_TYPE (ReelTestNetwork, reel_test_network, REEL, TEST_NETWORK, GObject)

/* A network monitor that says what the test wants. */
ReelTestNetwork *reel_test_network_new (gboolean available);
void reel_test_network_set_available (ReelTestNetwork *self, gboolean available);
/* Whether it wants the person to sign in first. */
void reel_test_network_set_portal (ReelTestNetwork *self, gboolean portal);

#define REEL_TYPE_TEST_RESOLVER (reel_test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (ReelTestResolver, reel_test_resolver, REEL, TEST_RESOLVER, GResolver)

/* A resolver that knows no name, for the whole process: it counts how often somebody wanted to leave this machine. */
ReelTestResolver *reel_test_resolver_install (void);
guint reel_test_resolver_count (ReelTestResolver *self);

G_END_DECLS
