#include "config.h"

#include "reel-compare-grid.h"

#define SPACING 6

/* A grid asks for no more height than this, and takes what there is. */
#define MIN_HEIGHT     400
#define NATURAL_HEIGHT 900
#define NATURAL_WIDTH  960

/**
 * ReelCompareGrid:
 *
 * Cells of one size, in as many columns as make them largest.
 */
struct _ReelCompareGrid
{
  GtkWidget parent_instance;

  double aspect;
  int cell_width;
};

G_DEFINE_FINAL_TYPE (ReelCompareGrid, reel_compare_grid, GTK_TYPE_WIDGET)

typedef struct
{
  int columns;
  int rows;
  double width;  /* of a cell */
  double height; /* of a cell */
} Arrangement;

static int
count_children (GtkWidget *widget)
{
  int n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += gtk_widget_should_layout (child);

  return n;
}

/* The columns that make pictures of the shape largest in a place. */
static Arrangement
arrange (ReelCompareGrid *self, double width, double height)
{
  int n = MAX (1, count_children (GTK_WIDGET (self)));
  Arrangement best = {.columns = 1, .rows = n};

  for (int columns = 1; columns <= n; columns++) {
    int rows = (n + columns - 1) / columns;
    double cell_width = (width - (columns - 1) * SPACING) / columns;
    double cell_height = (height - (rows - 1) * SPACING) / rows;
    double fitting = MAX (1, MIN (cell_width, cell_height * self->aspect));

    /* Four in a row are never better than two by two. */
    if (fitting > best.width)
      best = (Arrangement){columns, rows, fitting, fitting / self->aspect};
  }

  return best;
}

static int
get_height (const Arrangement *arrangement)
{
  return (int)(arrangement->rows * arrangement->height + (arrangement->rows - 1) * SPACING + 0.5);
}

static GtkSizeRequestMode
reel_compare_grid_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
reel_compare_grid_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  ReelCompareGrid *self = REEL_COMPARE_GRID (widget);
  int child_minimum = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    int size;

    gtk_widget_measure (child, orientation, -1, &size, NULL, NULL, NULL);
    child_minimum = MAX (child_minimum, size);
  }

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = 2 * child_minimum + SPACING;
    *natural = MAX (*minimum, NATURAL_WIDTH);
    return;
  }

  double width = for_size >= 0 ? for_size : NATURAL_WIDTH;
  Arrangement lowest = arrange (self, width, MIN_HEIGHT), highest = arrange (self, width, NATURAL_HEIGHT);

  *minimum = MAX (get_height (&lowest), lowest.rows * child_minimum + (lowest.rows - 1) * SPACING);
  *natural = MAX (*minimum, get_height (&highest));
}

static void
reel_compare_grid_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ReelCompareGrid *self = REEL_COMPARE_GRID (widget);
  Arrangement arrangement = arrange (self, width, height);
  int total_width = (int)(arrangement.columns * arrangement.width + (arrangement.columns - 1) * SPACING);
  int left = (width - total_width) / 2, top = (height - get_height (&arrangement)) / 2;
  int i = 0;

  self->cell_width = (int)arrangement.width;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (!gtk_widget_should_layout (child))
      continue;

    int column = i % arrangement.columns, row = i / arrangement.columns;
    GtkAllocation place = {left + (int)(column * (arrangement.width + SPACING)),
                           top + (int)(row * (arrangement.height + SPACING)), (int)arrangement.width,
                           (int)arrangement.height};
    int min_width, min_height;

    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, NULL, NULL, NULL);
    place.width = MAX (place.width, min_width);
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, place.width, &min_height, NULL, NULL, NULL);
    place.height = MAX (place.height, min_height);
    gtk_widget_size_allocate (child, &place, -1);
    i++;
  }
}

static void
reel_compare_grid_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (reel_compare_grid_parent_class)->dispose (object);
}

static void
reel_compare_grid_class_init (ReelCompareGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reel_compare_grid_dispose;
  widget_class->get_request_mode = reel_compare_grid_get_request_mode;
  widget_class->measure = reel_compare_grid_measure;
  widget_class->size_allocate = reel_compare_grid_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "comparegrid");
}

static void
reel_compare_grid_init (ReelCompareGrid *self)
{
  self->aspect = 16.0 / 9.0;
  /* What is the first video is the first number, in any language. */
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * reel_compare_grid_append:
 * @child: (transfer floating): a cell
 *
 * Adds a cell after the others.
 */
void
reel_compare_grid_append (ReelCompareGrid *self, GtkWidget *child)
{
  g_return_if_fail (REEL_IS_COMPARE_GRID (self) && GTK_IS_WIDGET (child));

  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

/**
 * reel_compare_grid_set_aspect:
 * @aspect: width to height
 *
 * Sets the shape of the cells.
 */
void
reel_compare_grid_set_aspect (ReelCompareGrid *self, double aspect)
{
  g_return_if_fail (REEL_IS_COMPARE_GRID (self) && aspect > 0);

  if (self->aspect == aspect)
    return;

  self->aspect = aspect;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * reel_compare_grid_get_cell_width:
 *
 * Returns: how wide a cell is, in pixels of the widget
 */
int
reel_compare_grid_get_cell_width (ReelCompareGrid *self)
{
  g_return_val_if_fail (REEL_IS_COMPARE_GRID (self), 0);

  return self->cell_width;
}
