#pragma once

#include "reel-application.h"

#include "reel-mpris.h"
#include "reel-notifier.h"
#include "reel-running-jobs.h"
#include "reel-search-provider.h"
#include "reel-services.h"
#include "reel-window.h"

G_BEGIN_DECLS

/**
 * ReelErrandFunc:
 * @self: the application, whose history is read
 * @text: what it is about
 *
 * Does what was asked for.
 */
typedef void (*ReelErrandFunc) (ReelApplication *self, const char *text);

/**
 * ReelApplication:
 *
 * The composition root: makes the parts and hands them down.
 *
 * The window comes first; the sandbox, the history and the keyring are waited for behind it. The services are there for as
 * long as anything needs them: a window, jobs that a person wants to be watched without one, or something that the
 * desktop asked for. When nothing does any more they are stopped, and then the process ends. Whoever comes while they
 * stop gets new ones.
 */
struct _ReelApplication
{
  AdwApplication parent_instance;

  char *environment_base_url;
  char *environment_key;
  GSettings *settings;
  ReelSearchProvider *search;
  GCancellable *cancellable;
  guint signal_sources[2];

  ReelServices *services; /* NULL while nothing needs them */
  ReelRunningJobs *running;
  ReelNotifier *notifier;
  ReelMpris *mpris; /* as long as there is a window */
  gboolean is_held;
  gboolean is_stopping; /* the services */
  guint start_source;
  guint update_source;
  guint inhibit_cookie;

  gboolean wants_window; /* as soon as there are services */
  gboolean keep_working; /* without a window, until the last job has ended */
  guint n_told;          /* jobs that the desktop was told it works on */
  gboolean is_asking;    /* whether to */
  gboolean is_closing;   /* the window, and nothing is asked any more */
  GQueue errands;        /* Errand, the oldest first: they wait for the history */
  guint n_errands;       /* those that were begun, and wait for an answer */
  guint idle_source;
};

ReelWindow *reel_application_get_window (ReelApplication *self);
void reel_application_update (ReelApplication *self);
void reel_application_update_later (ReelApplication *self);
void reel_application_open_window (ReelApplication *self);
void reel_application_end (ReelApplication *self);

gboolean reel_application_close (ReelApplication *self);
void reel_application_update_inhibition (ReelApplication *self);
void reel_application_update_status (ReelApplication *self);

void reel_application_add_actions (ReelApplication *self);
void reel_application_run_errands (ReelApplication *self);
void reel_application_clear_errands (ReelApplication *self);

G_END_DECLS
