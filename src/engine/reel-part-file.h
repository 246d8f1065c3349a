#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A video on its way to the library folder. Every call blocks: they are for worker threads, one at a time. */
typedef struct _ReelPartFile ReelPartFile;

ReelPartFile *reel_part_file_open (const char *folder, const char *id, gboolean keep, GError **error);
void reel_part_file_close (ReelPartFile *self);
void reel_part_file_discard (ReelPartFile *self);

const char *reel_part_file_get_path (ReelPartFile *self);
gint64 reel_part_file_get_size (ReelPartFile *self);

gboolean reel_part_file_truncate (ReelPartFile *self, GError **error);
gboolean reel_part_file_append (ReelPartFile *self, const void *data, gsize length, GError **error);
char *reel_part_file_hash (ReelPartFile *self, GError **error);
char *reel_part_file_publish (ReelPartFile *self, const char *name, const char *sha256, GError **error);

G_END_DECLS
