#pragma once

#include "reel-engine-fixture.h"

G_BEGIN_DECLS

/* How long each of its videos is. */
#define REEL_LIBRARY_VIDEO_SIZE (64 << 10)

/* An engine whose library holds saved videos, and another folder to move it to. */
typedef struct
{
  ReelEngineFixture fixture;
  char *to; /* the new folder */
} ReelLibraryWorld;

void reel_library_world_set_up (ReelLibraryWorld *world, gconstpointer data);
void reel_library_world_tear_down (ReelLibraryWorld *world, gconstpointer data);
const char *reel_library_world_get_from (ReelLibraryWorld *world);
char *reel_library_world_make_path (const char *folder, const char *id);
char *reel_library_world_make_content (const char *id);
void reel_library_world_write_video (const char *path, const char *id);
gboolean reel_library_world_is_video (const char *path, const char *id);
gboolean reel_library_world_is_in (const char *folder, const char *id);
gboolean reel_library_world_exists_in (const char *folder, const char *id);
void reel_library_world_add_saved_at (ReelLibraryWorld *world, const char *id, const char *path);
void reel_library_world_add_saved (ReelLibraryWorld *world, const char *id);
ReelJob *reel_library_world_get_job (ReelLibraryWorld *world, const char *id);
const char *reel_library_world_get_file (ReelLibraryWorld *world, const char *id);
void reel_library_world_assert_sound (ReelLibraryWorld *world, const char *id);
void reel_library_world_assert_at (ReelLibraryWorld *world, const char *id, const char *folder);
void reel_library_world_assert_no_part (const char *folder);
ReelLibraryMover *reel_library_world_get_mover (ReelLibraryWorld *world);
void reel_library_world_begin (ReelLibraryWorld *world, GAsyncResult **result);
gboolean reel_library_world_end (ReelLibraryWorld *world, GAsyncResult **result, GError **error);
void reel_library_world_move (ReelLibraryWorld *world);
void reel_library_world_stop (ReelLibraryWorld *world);
void reel_library_world_start (ReelLibraryWorld *world);
gboolean reel_library_world_has_note (ReelLibraryWorld *world);
void reel_library_world_check_move (ReelLibraryWorld *world);
void reel_library_world_check_collisions (ReelLibraryWorld *world, gconstpointer data);

G_END_DECLS
