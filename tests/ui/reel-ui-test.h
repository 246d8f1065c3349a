#pragma once

#include <adwaita.h>

#include "reel-catalogue.h"

G_BEGIN_DECLS

/* Starts GTK with an accessible tree that tests can ask, without animations. */
void reel_ui_test_init (int *argc, char ***argv);

/* A window that shows @child, and has been drawn. Close it with gtk_window_destroy(). */
GtkWindow *reel_ui_test_present (GtkWidget *child, int width, int height);

/* The first widget of a type below @root that has this accessible name (any where NULL) and is visible; NULL where there
 * is none. A row is found by its title. */
gpointer reel_ui_test_find (gpointer root, GType type, const char *name);

/* Clicks a button, which must be there and be on. */
void reel_ui_test_press (gpointer button);

/* Whether a text stands in a visible label below @root. */
gboolean reel_ui_test_reads (gpointer root, const char *text);

/* The accessible description of a widget equals a text. */
void reel_ui_test_assert_description (gpointer widget, const char *description);

/* Goes back to @page from the one that lies over it, as go_back (@data) does, and ends when the animation has. In its
 * first step @page is covered and must not be drawn, in the second it must. */
void reel_ui_test_go_back (AdwNavigationPage *page, GCallback go_back, gpointer data);

/* What the sandbox lists, by its own answer and the codec of the API. */
ReelCatalogue *reel_ui_test_make_sandbox_catalogue (void);
ReelCatalogue *reel_ui_test_make_catalogue (const char *json);

/* A GCallback for a signal with a text, and a list to put it in: g_signal_connect (…, texts). */
void reel_ui_test_store_text (gpointer object, const char *text, GPtrArray *texts);
/* A swapped GCallback that counts. */
void reel_ui_test_count (guint *count);

G_END_DECLS
