#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A video on its way to the library folder. Every call blocks: they are for worker threads, one at a time. */
typedef struct _ReelPartFile ReelPartFile;

ReelPartFile *reel_part_file_open (const char *folder, const char *id, gint64 most, GError **error);
void reel_part_file_close (ReelPartFile *self);

const char *reel_part_file_get_path (ReelPartFile *self);
gint64 reel_part_file_get_size (ReelPartFile *self);

gboolean reel_part_file_check_space (ReelPartFile *self, gint64 size, GError **error);
gboolean reel_part_file_truncate (ReelPartFile *self, gint64 size, GError **error);
gboolean reel_part_file_append (ReelPartFile *self, const void *data, gsize length, GError **error);
char *reel_part_file_hash (ReelPartFile *self, GError **error);
char *reel_part_file_publish (ReelPartFile *self, const char *name, const char *sha256, GError **error);
char *reel_part_file_set_aside (ReelPartFile *self, const char *name, gint64 most, GError **error);

void reel_part_file_remove (const char *folder, const char *id);
void reel_part_file_sweep (const char *folder, GHashTable *wanted, gint64 before);

G_END_DECLS
