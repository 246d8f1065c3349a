#include "config.h"

#include "reel-move-note.h"

/* One line each; a path may have a line of its own, and need not be UTF-8. */
static void
append (GString *text, const char *line)
{
  g_autofree char *escaped = g_strescape (line, NULL);

  g_string_append (text, escaped);
  g_string_append_c (text, '\n');
}

/**
 * reel_move_note_write:
 * @from: the folder that videos come from
 * @to: the folder that they go to
 * @move: (nullable): a video whose old file is deleted next
 *
 * Returns: (transfer full): the note as text
 */
char *
reel_move_note_write (const char *from, const char *to, const ReelFileMove *move)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append (text, from);
  append (text, to);
  if (move != NULL) {
    append (text, move->id);
    append (text, move->from);
    append (text, move->found);
  }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/**
 * reel_move_note_read:
 * @text: (nullable): a note as text
 *
 * Returns: (transfer full) (nullable): the note, %NULL where it is none
 */
ReelMoveNote *
reel_move_note_read (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  guint n = g_strv_length (lines);
  ReelMoveNote *self;

  if (n < 2 || *lines[0] == '\0' || *lines[1] == '\0')
    return NULL;

  self = g_new0 (ReelMoveNote, 1);
  self->from = g_strcompress (lines[0]);
  self->to = g_strcompress (lines[1]);
  if (n >= 5) {
    self->id = g_strcompress (lines[2]);
    self->old = g_strcompress (lines[3]);
    self->new = g_strcompress (lines[4]);
  }

  return self;
}

/**
 * reel_move_note_free:
 * @self: (nullable) (transfer full): a note
 *
 * Frees a note.
 */
void
reel_move_note_free (ReelMoveNote *self)
{
  if (self == NULL)
    return;

  g_free (self->from);
  g_free (self->to);
  g_free (self->id);
  g_free (self->old);
  g_free (self->new);
  g_free (self);
}
