#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Iterates the main context until @condition holds; the test fails with its text after @seconds. Never sleeps. */
#define reel_test_wait_for(seconds, condition)                                                                         \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autoptr (ReelTestDeadline) reel_deadline_ = reel_test_deadline_new (seconds);                                    \
    while (!(condition)) {                                                                                             \
      if (!reel_test_deadline_iterate (reel_deadline_))                                                                \
        g_error ("%s:%d: not within %d s: %s", __FILE__, __LINE__, (int)(seconds), #condition);                        \
    }                                                                                                                  \
  }                                                                                                                    \
  G_STMT_END

#define reel_test_wait(condition) reel_test_wait_for (20, condition)

typedef struct _ReelTestDeadline ReelTestDeadline;
ReelTestDeadline *reel_test_deadline_new (int seconds);
gboolean reel_test_deadline_iterate (ReelTestDeadline *self);
void reel_test_deadline_free (ReelTestDeadline *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelTestDeadline, reel_test_deadline_free)

/* A GAsyncReadyCallback that stores its result (a reference) where user_data points: GAsyncResult *result = NULL. */
void reel_test_store_result (GObject *source, GAsyncResult *result, gpointer user_data);

/* A new empty folder that is removed, with all in it, when the test program ends. */
char *reel_test_make_folder (void);

G_END_DECLS
