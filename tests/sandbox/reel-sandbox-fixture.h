#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "reel-sandbox.h"

G_BEGIN_DECLS

/* A running sandbox and a client of it, over real HTTP. Its key is SANDBOX_KEY, of the owner "one". */
typedef struct
{
  ReelSandbox *sandbox;
  SoupSession *session;
  char *state_dir;
} SandboxFixture;

/* An answer as it came. */
typedef struct
{
  guint status; /* 0: the connection broke */
  SoupMessage *message;
  GBytes *body; /* nullable: broken in the middle */
} SandboxAnswer;

#define SANDBOX_KEY "sd2_test_one"

/* Starts @sandbox (transfer full). */
SandboxFixture *sandbox_fixture_new (ReelSandbox *sandbox);
/* Starts one that does not wait, in a new folder. */
SandboxFixture *sandbox_fixture_new_fast (void);
void sandbox_fixture_free (SandboxFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxFixture, sandbox_fixture_free)

/* Sends a request; @path is below the base URL, or a whole URL. @headers: name, value, …, NULL. */
SandboxAnswer *sandbox_call (SandboxFixture *self, const char *method, const char *path, const char *body);
SandboxAnswer *sandbox_call_full (SandboxFixture *self,
                                  const char *method,
                                  const char *path,
                                  GBytes *body,
                                  const char *const *headers);
void sandbox_answer_free (SandboxAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxAnswer, sandbox_answer_free)
const char *sandbox_answer_header (SandboxAnswer *self, const char *name);

/* The answer's JSON; fails where it is none, or not what a @status of the API looks like. */
JsonObject *sandbox_answer_expect (SandboxAnswer *self, guint status);
void sandbox_answer_expect_error (SandboxAnswer *self, guint status, const char *code);

/* Submits and gives the requestId. */
char *sandbox_submit (SandboxFixture *self, const char *prompt);
char *sandbox_submit_json (SandboxFixture *self, const char *json);
/* The state of a job (Generation), every field checked against the documented schema. */
JsonObject *sandbox_show (SandboxFixture *self, const char *id);
/* Asks until the state is the wanted one. */
JsonObject *sandbox_wait (SandboxFixture *self, const char *id, const char *status);
char *sandbox_dup_url (JsonObject *generation);
/* Renders the shortest and smallest video and gives its URL. */
char *sandbox_make_video (SandboxFixture *self, const char *prompt);

G_END_DECLS
