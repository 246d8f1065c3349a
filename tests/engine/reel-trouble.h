#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Trouble for a database that is real: a disk that is full, and another process that holds the file. */

void reel_trouble_fill_disk (const char *folder);
void reel_trouble_clear_disk (const char *folder);

GSubprocess *reel_trouble_hold_database (const char *path);
void reel_trouble_let_go (GSubprocess *holder);

G_END_DECLS
