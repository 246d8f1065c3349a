#pragma once

#include "reel-comparison.h"
#include "reel-job-record.h"

G_BEGIN_DECLS

/**
 * ReelCompareRow:
 * @title: the name of a setting
 * @values: (array length=n): what it is for each video; plain text, or Pango markup where @has_markup
 * @texts: (array length=n): the same as plain text
 * @n: how many videos there are
 * @has_markup: whether the values are markup, in which the words that differ are marked
 *
 * A setting in which videos differ.
 */
typedef struct
{
  char *title;
  char *values[REEL_COMPARISON_MAX];
  char *texts[REEL_COMPARISON_MAX];
  guint n;
  gboolean has_markup;
} ReelCompareRow;

void reel_compare_row_free (ReelCompareRow *self);

GPtrArray *reel_compare_text_make_differences (const ReelJobRecord *const *records,
                                               const ReelComparisonTrack *const *tracks,
                                               guint n);
char *
reel_compare_text_make_common (const ReelJobRecord *const *records, const ReelComparisonTrack *const *tracks, guint n);
char *reel_compare_text_make_description (const ReelCompareRow *row);

G_END_DECLS
