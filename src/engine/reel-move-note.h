#pragma once

#include "reel-file-move.h"

G_BEGIN_DECLS

/**
 * ReelMoveNote:
 * @from: the folder that videos come from
 * @to: the folder that they go to
 * @id: (nullable): the job whose old file was to be deleted next
 * @old: (nullable): that file
 * @new: (nullable): where its video is now
 *
 * What is written down of a move of the library while it goes on, so that the next start can go on with it.
 */
typedef struct
{
  char *from;
  char *to;
  char *id;
  char *old;
  char *new;
} ReelMoveNote;

/* What the note is called in the database. */
#define REEL_MOVE_NOTE "library-move"

char *reel_move_note_write (const char *from, const char *to, const ReelFileMove *move);
ReelMoveNote *reel_move_note_read (const char *text);
void reel_move_note_free (ReelMoveNote *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReelMoveNote, reel_move_note_free)

G_END_DECLS
