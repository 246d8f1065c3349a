#include "config.h"

#include "reel-sandbox-scene.h"

#include <math.h>
#include <string.h>

/* How it stays fast: what is soft (sky, glow, clouds) is computed on a grid of one point for 16 x 16 pixels and
 * interpolated with additions; what has an edge (disc, ridges) is painted at full size, row by row, with the distance
 * to the edge as its coverage. A row that a ridge covers wholly is one memset. */

#define CELL_SHIFT 4 /* 16 pixels */
#define N_RIDGES   4
#define N_WAVES    4

typedef struct
{
  float y, u, v;
} Colour;

typedef struct
{
  float frequency[N_WAVES]; /* waves in a picture's width */
  float phase[N_WAVES];
  float amplitude[N_WAVES]; /* part of the picture's height */
  float base;               /* part of the height, from the top */
  float pan;                /* widths a second */
  gboolean peaked;
  Colour top, bottom; /* at the crest, and where the haze lies */
} Ridge;

struct _ReelSandboxScene
{
  int width;
  int height;
  int grid_width; /* points, one more than cells */
  int grid_height;
  guint8 random[32];
  guint8 lattice[256]; /* random values for the clouds */

  Colour sky_top, sky_low, glow, disc;
  float disc_x, disc_y, disc_radius; /* parts of the width, the height, the shorter side */
  float disc_rise;                   /* heights a second */
  float cloud_strength;
  float cloud_speed;
  float chord[3]; /* hertz */
  Ridge ridges[N_RIDGES];

  float *grid[3];
  gint32 *crests[N_RIDGES]; /* 1/256 pixels from the top, for each column */
  gint32 crest_min[N_RIDGES], crest_max[N_RIDGES];
  gint32 *row; /* a row of the grid, 16.16 */
};

static float
unit (const ReelSandboxScene *self, guint index)
{
  return self->random[index % sizeof self->random] / 255.0f;
}

static Colour
colour_from_hsl (float hue, float saturation, float lightness)
{
  float c = (1 - fabsf (2 * lightness - 1)) * saturation;
  float rgb[3];
  Colour colour;

  for (int i = 0; i < 3; i++) {
    float k = fmodf (hue * 6 + (i == 0 ? 0 : i == 1 ? 4 : 2), 6);
    float part = CLAMP (fabsf (k - 3) - 1, 0, 1);

    rgb[i] = lightness + c * (part - 0.5f);
  }

  /* BT.709, limited range. */
  colour.y = 16 + 219 * (0.2126f * rgb[0] + 0.7152f * rgb[1] + 0.0722f * rgb[2]);
  colour.u = 128 + 224 * (-0.1146f * rgb[0] - 0.3854f * rgb[1] + 0.5f * rgb[2]);
  colour.v = 128 + 224 * (0.5f * rgb[0] - 0.4542f * rgb[1] - 0.0458f * rgb[2]);

  return colour;
}

static Colour
mix (Colour a, Colour b, float t)
{
  return (Colour){a.y + (b.y - a.y) * t, a.u + (b.u - a.u) * t, a.v + (b.v - a.v) * t};
}

static void
choose_colours (ReelSandboxScene *self)
{
  /* Hues that make a sky: from rose over violet and blue to a sea green. */
  float hue = fmodf (0.36f + 0.62f * unit (self, 0), 1);
  float turn = (unit (self, 1) - 0.5f) * 0.22f;
  float horizon = fmodf (hue + turn + 1, 1);
  gboolean night = unit (self, 2) > 0.72f;
  float light = night ? 0.55f : 1;
  Colour near_colour = colour_from_hsl (fmodf (hue + 0.04f, 1), 0.45f, 0.07f);

  self->sky_top = colour_from_hsl (hue, 0.48f, 0.42f * light);
  self->sky_low = colour_from_hsl (horizon, 0.62f, 0.76f * light);
  self->glow = colour_from_hsl (fmodf (horizon + 0.03f, 1), 0.7f, 0.88f * (night ? 0.8f : 1));
  self->disc = colour_from_hsl (night ? 0.6f : 0.13f, 0.5f, 0.94f);
  self->cloud_strength = 10 + 14 * unit (self, 3);

  for (int i = 0; i < N_RIDGES; i++) {
    float depth = (i + 1.0f) / N_RIDGES;
    Colour crest = mix (self->sky_low, near_colour, powf (depth, 0.75f));

    self->ridges[i].top = crest;
    self->ridges[i].bottom = i + 1 < N_RIDGES ? mix (crest, self->sky_low, 0.42f) : mix (crest, near_colour, 0.6f);
  }
}

static void
choose_shapes (ReelSandboxScene *self)
{
  float direction = (self->random[4] & 1) != 0 ? 1 : -1;

  for (int i = 0; i < N_RIDGES; i++) {
    Ridge *ridge = &self->ridges[i];

    ridge->base = 0.5f + 0.125f * i + 0.04f * (unit (self, 5 + i) - 0.5f);
    ridge->pan = direction * 0.007f * (float)(1 << i);
    ridge->peaked = ((self->random[9] >> i) & 1) != 0 && i < 3;
    for (int j = 0; j < N_WAVES; j++) {
      ridge->frequency[j] = (0.5f + 0.5f * unit (self, 10 + i * 3 + j)) * (float)(1 << j) * (i < 2 ? 1.2f : 0.8f);
      ridge->phase[j] = 6.2832f * unit (self, 17 + i * 5 + j * 3);
      ridge->amplitude[j] = 0.07f / (float)(1 << j) * (j == 3 ? 0.6f : 1);
    }
  }

  self->disc_x = 0.2f + 0.6f * unit (self, 22);
  self->disc_y = 0.32f + 0.14f * unit (self, 23);
  self->disc_radius = 0.075f + 0.05f * unit (self, 24);
  self->disc_rise = (unit (self, 25) - 0.65f) * 0.012f;
  self->cloud_speed = direction * (0.15f + 0.2f * unit (self, 26));
}

static void
choose_chord (ReelSandboxScene *self)
{
  /* Steps of a pentatonic scale above a low A: any three of them sound quiet together. */
  static const int steps[] = {0, 3, 5, 7, 10, 12, 15, 17};

  for (int i = 0; i < 3; i++)
    self->chord[i] =
        110 * exp2f (steps[(self->random[27 + i] + 2 * i) % G_N_ELEMENTS (steps)] / 12.0f) * (i == 0 ? 1 : 2);
}

/* Smooth random values between -1 and 1 that never repeat in sight. */
static float
noise (const ReelSandboxScene *self, float x, float y)
{
  float floor_x = floorf (x), floor_y = floorf (y);
  int ix = (int)floor_x, iy = (int)floor_y;
  float tx = x - floor_x, ty = y - floor_y;
  const guint8 *lattice = self->lattice;
  guint8 row = lattice[iy & 255], next_row = lattice[(iy + 1) & 255];
  float a = lattice[(ix + row) & 255], b = lattice[(ix + 1 + row) & 255];
  float c = lattice[(ix + next_row) & 255], d = lattice[(ix + 1 + next_row) & 255];

  tx = tx * tx * (3 - 2 * tx);
  ty = ty * ty * (3 - 2 * ty);
  a += (b - a) * tx;
  c += (d - c) * tx;

  return (a + (c - a) * ty) / 127.5f - 1;
}

static void
compute_sky (ReelSandboxScene *self, float seconds, float disc_x, float disc_y)
{
  float shorter = MIN (self->width, self->height);
  float horizon = self->height * 0.66f;

  for (int gy = 0; gy < self->grid_height; gy++) {
    float y = gy << CELL_SHIFT;
    Colour row = mix (self->sky_top, self->sky_low, CLAMP (y / horizon, 0, 1));

    for (int gx = 0; gx < self->grid_width; gx++) {
      float x = gx << CELL_SHIFT;
      float dx = (x - disc_x) / shorter, dy = (y - disc_y) / shorter;
      float glow = 0.7f * expf (-5 * sqrtf (dx * dx + dy * dy));
      float u = x / shorter, v = y / shorter;
      /* Long clouds, a little tilted, that drift and slowly change. */
      float cloud =
          noise (self, u * 1.6f + v * 0.9f + seconds * self->cloud_speed, v * 5 - u * 0.6f + seconds * 0.05f) +
          0.5f * noise (self, u * 3.7f + seconds * self->cloud_speed * 1.7f, v * 9 + u + 40);
      Colour colour = mix (row, self->glow, glow);
      int at = gy * self->grid_width + gx;

      self->grid[0][at] = CLAMP (colour.y + cloud * self->cloud_strength, 16, 235);
      self->grid[1][at] = colour.u;
      self->grid[2][at] = colour.v;
    }
  }
}

static void
compute_crests (ReelSandboxScene *self, float seconds)
{
  for (int i = 0; i < N_RIDGES; i++) {
    const Ridge *ridge = &self->ridges[i];
    gint32 low = G_MAXINT32, high = G_MININT32;
    /* A portrait picture sees less of the same mountains. */
    float scale = MIN (1.0f, 1.4f * self->width / self->height) / self->width;

    for (int x = 0; x < self->width; x++) {
      float at = x * scale + seconds * ridge->pan;
      float height = ridge->base;

      for (int j = 0; j < N_WAVES; j++) {
        float wave = sinf (6.2832f * ridge->frequency[j] * at + ridge->phase[j]);

        height += ridge->amplitude[j] * (ridge->peaked ? 1.6f * fabsf (wave) - 0.8f : wave);
      }
      self->crests[i][x] = (gint32)(height * self->height * 256);
      low = MIN (low, self->crests[i][x]);
      high = MAX (high, self->crests[i][x]);
    }
    self->crest_min[i] = low;
    self->crest_max[i] = high;
  }
}

static void
paint_sky_row (ReelSandboxScene *self, int plane, int y, guint8 *out, int width)
{
  /* The pattern hides the steps of a gradient that 8 bits are too few for. */
  static const gint32 dither[4][4] = {{2048, 34816, 10240, 43008},
                                      {51200, 18432, 59392, 26624},
                                      {14336, 47104, 6144, 38912},
                                      {63488, 30720, 55296, 22528}};
  int shift = plane == 0 ? CELL_SHIFT : CELL_SHIFT - 1;
  int cell = 1 << shift;
  const float *above = self->grid[plane] + (y >> shift) * self->grid_width;
  const float *below = above + self->grid_width;
  float t = (y & (cell - 1)) / (float)cell;
  const gint32 *pattern = dither[y & 3];

  for (int gx = 0; gx < self->grid_width; gx++)
    self->row[gx] = (gint32)((above[gx] + (below[gx] - above[gx]) * t) * 65536);

  for (int gx = 0, x = 0; x < width; gx++, x += cell) {
    gint32 value = self->row[gx];
    gint32 step = (self->row[gx + 1] - value) >> shift;
    guint8 block[1 << CELL_SHIFT];

    for (int k = 0; k < cell; k++)
      block[k] = (guint8)((value + k * step + pattern[k & 3]) >> 16);
    memcpy (out + x, block, MIN (cell, width - x));
  }
}

static void
paint_disc_row (guint8 *out, int width, int y, float centre_x, float centre_y, float radius, float value)
{
  float dy = y + 0.5f - centre_y;
  int from, to;

  if (fabsf (dy) > radius + 1)
    return;

  from = MAX (0, (int)(centre_x - radius - 1));
  to = MIN (width - 1, (int)(centre_x + radius + 1));
  for (int x = from; x <= to; x++) {
    float dx = x + 0.5f - centre_x;
    float cover = CLAMP (radius - sqrtf (dx * dx + dy * dy) + 0.5f, 0, 1) * 0.9f;

    out[x] = (guint8)(out[x] + (value - out[x]) * cover);
  }
}

/* The ridge's colour in a row: clear at the crest, hazy below it. */
static float
ridge_value (const ReelSandboxScene *self, int index, int plane, int full_y)
{
  const Ridge *ridge = &self->ridges[index];
  float t = CLAMP ((full_y / (float)self->height - ridge->base + 0.08f) / 0.28f, 0, 1);
  Colour colour = mix (ridge->top, ridge->bottom, t);

  return plane == 0 ? colour.y : plane == 1 ? colour.u : colour.v;
}

static void
paint_ridge_row (guint8 *out, const gint32 *crests, int width, int step, gint32 row, gint32 value)
{
  for (int x = 0; x < width; x++) {
    gint32 cover = (row - crests[x * step]) / step + 128;

    cover = CLAMP (cover, 0, 256);
    out[x] = (guint8)(out[x] + (((value - out[x]) * cover) >> 8));
  }
}

static void
paint_plane (ReelSandboxScene *self, int plane, guint8 *data, int stride, float disc_x, float disc_y)
{
  int step = plane == 0 ? 1 : 2;
  int width = self->width / step, height = self->height / step;
  float radius = self->disc_radius * MIN (self->width, self->height);
  float disc = plane == 0 ? self->disc.y : plane == 1 ? self->disc.u : self->disc.v;
  int scrim_to = self->height * 3 / 8;

  for (int y = 0; y < height; y++) {
    guint8 *out = data + (gsize)y * stride;
    gint32 row = y * step * 256 + 128 * step;
    int first = N_RIDGES - 1;

    /* The nearest ridge that covers the whole row hides all behind it. */
    while (first >= 0 && row - self->crest_max[first] < 256 * step)
      first--;
    if (first >= 0) {
      memset (out, (int)ridge_value (self, first, plane, y * step), width);
    } else {
      paint_sky_row (self, plane, y, out, width);
      paint_disc_row (out, width, y, disc_x / step, disc_y / step, radius / step, disc);
    }

    for (int i = first + 1; i < N_RIDGES; i++)
      if (row - self->crest_min[i] > -256 * step)
        paint_ridge_row (out, self->crests[i], width, step, row, (gint32)ridge_value (self, i, plane, y * step));

    /* Darker towards the top, where the prompt stands: the controls of a player lie at the bottom. */
    if (y * step < scrim_to) {
      int keep = 256 - 120 * (scrim_to - y * step) / scrim_to;
      int zero = plane == 0 ? 16 : 128;

      for (int x = 0; x < width; x++)
        out[x] = (guint8)(zero + (((out[x] - zero) * keep) >> 8));
    }
  }
}

/**
 * reel_sandbox_scene_new:
 * @seed: what makes this scene differ from others
 * @width: pixels, even
 * @height: pixels, even
 *
 * Composes a scene.
 *
 * Returns: (transfer full): the scene
 */
ReelSandboxScene *
reel_sandbox_scene_new (const char *seed, int width, int height)
{
  ReelSandboxScene *self = g_new0 (ReelSandboxScene, 1);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length = sizeof self->random;
  guint32 state;

  g_checksum_update (checksum, (const guchar *)seed, -1);
  g_checksum_get_digest (checksum, self->random, &length);
  memcpy (&state, self->random, sizeof state);
  for (guint i = 0; i < sizeof self->lattice; i++) {
    state = state * 1664525u + 1013904223u;
    self->lattice[i] = state >> 24;
  }

  self->width = width;
  self->height = height;
  self->grid_width = (width >> CELL_SHIFT) + 3;
  self->grid_height = (height >> CELL_SHIFT) + 3;
  for (int i = 0; i < 3; i++)
    self->grid[i] = g_new (float, (gsize)self->grid_width * self->grid_height);
  for (int i = 0; i < N_RIDGES; i++)
    self->crests[i] = g_new (gint32, width);
  self->row = g_new (gint32, self->grid_width);

  choose_colours (self);
  choose_shapes (self);
  choose_chord (self);

  return self;
}

void
reel_sandbox_scene_free (ReelSandboxScene *self)
{
  for (int i = 0; i < 3; i++)
    g_free (self->grid[i]);
  for (int i = 0; i < N_RIDGES; i++)
    g_free (self->crests[i]);
  g_free (self->row);
  g_free (self);
}

/**
 * reel_sandbox_scene_paint:
 * @self: a scene
 * @seconds: the time of the picture
 * @planes: Y, U and V of an I420 picture
 * @strides: bytes from row to row, for each plane
 *
 * Paints the picture of a moment.
 */
void
reel_sandbox_scene_paint (ReelSandboxScene *self, double seconds, guint8 *const planes[3], const int strides[3])
{
  float disc_x = self->disc_x * self->width;
  float disc_y = (self->disc_y + self->disc_rise * (float)seconds) * self->height;

  compute_sky (self, (float)seconds, disc_x, disc_y);
  compute_crests (self, (float)seconds);
  for (int i = 0; i < 3; i++)
    paint_plane (self, i, planes[i], strides[i], disc_x, disc_y);
}

/**
 * reel_sandbox_scene_play:
 * @self: a scene
 * @first_sample: the place in the sound
 * @total_samples: the length of the sound
 * @rate: samples a second
 * @samples: (out): left and right in turn
 * @n_samples: how many pairs
 *
 * Plays a piece of the scene's sound: a low chord that swells and fades, quiet enough to be left on.
 */
void
reel_sandbox_scene_play (ReelSandboxScene *self,
                         gint64 first_sample,
                         gint64 total_samples,
                         int rate,
                         gint16 *samples,
                         int n_samples)
{
  for (int i = 0; i < n_samples; i++) {
    double t = (double)(first_sample + i) / rate;
    double left = (double)(total_samples - first_sample - i) / rate;
    double fade = CLAMP (MIN (t, left) / 0.8, 0, 1);
    double sides[2] = {0, 0};

    for (int j = 0; j < 3; j++) {
      double swell = 0.6 + 0.4 * sin (6.2832 * t * (0.11 + 0.05 * j) + 2 * j);

      for (int side = 0; side < 2; side++)
        sides[side] += swell * sin (6.28318530718 * self->chord[j] * t * (side == 0 ? 1 : 1.0015)) / (j + 1);
    }
    samples[2 * i] = (gint16)(1400 * fade * fade * sides[0]);
    samples[2 * i + 1] = (gint16)(1400 * fade * fade * sides[1]);
  }
}
