"""How well a text stands out from what is behind it, by the pixels of a picture of the window (WCAG 2.2, 1.4.3 and 1.4.11)."""
import re
import subprocess
from collections import Counter

# Of a text, of a large one, of the icon of a control.
TEXT, LARGE, ICON = 4.5, 3, 3
LARGE_PIXELS, LARGE_BOLD_PIXELS, BOLD = 24, 18.66, 700

# What is behind a text over a picture, pixels from it.
AROUND = 2

# What lies over a picture, with a shade of its own.
OVER_PICTURE = ('ReelPlayerControls',)


def luminance(colour):
    def linear(value):
        value /= 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
    red, green, blue = map(linear, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


class Picture:
    """A picture of a window, in which each pixel of the application takes `scale` × `scale`."""

    def __init__(self, window_id, scale):
        self.scale = scale
        data = subprocess.run(['import', '-window', window_id, '-depth', '8', 'ppm:-'], capture_output=True, check=True).stdout
        header = re.match(rb'P6\s+(\d+)\s+(\d+)\s+255\s', data)
        self.width, self.height = int(header[1]), int(header[2])
        self.pixels = memoryview(data)[header.end():]

    def rows(self, rectangle):
        """The colours in a rectangle of the application, row by row."""
        x, y, width, height = (round(value * self.scale) for value in rectangle)
        left, right = max(x, 0), min(x + width, self.width)
        for line in range(max(y, 0), min(y + height, self.height)):
            start = 3 * (line * self.width + left)
            row = bytes(self.pixels[start:start + 3 * (right - left)])
            yield list(zip(row[0::3], row[1::3], row[2::3]))

    def of_text(self, rectangle):
        """The ratio of a text on one colour: that colour is the commonest, and that of the letters the one furthest from
        it, as their edges are mixed of both."""
        colours = Counter(colour for row in self.rows(rectangle) for colour in row)
        ground = colours.most_common(1)[0][0]
        return max(ratio(ground, colour) for colour in colours)

    def of_text_over_picture(self, rectangle):
        """The ratio of a white text over a picture: what is behind it is the lightest of what is around it."""
        x, y, width, height = rectangle
        rows = list(self.rows((x - AROUND, y - AROUND, width + 2 * AROUND, height + 2 * AROUND)))
        letters = max((colour for row in rows for colour in row), key=luminance)
        around = rows[0] + rows[-1] + [row[0] for row in rows] + [row[-1] for row in rows]
        around.sort(key=luminance)
        return ratio(letters, around[len(around) * 9 // 10])


    def of_wipe(self, bounds):
        """The ratios of the line between two videos, of the one at the left and of the one at the right."""
        x, y, width, height = bounds
        line, = list(self.rows((x + width / 2 - 8, y + height / 4, 16, 1 / self.scale)))
        return [max(ratio(ground, colour) for colour in line[len(line) // 4:-len(line) // 4]) for ground in (line[0], line[-1])]


def needed(widget):
    """The least ratio of a widget that is seen; None for what needs none."""
    if not widget['sensitive'] or not widget.text:
        return None
    if 'icon' in widget:
        # A star that is not set shows under the pointer alone.
        is_shown = 'star' not in widget.parent.classes or widget.is_in('AdwHeaderBar') or 'set' in widget.parent.classes
        return ICON if is_shown and widget.is_in('GtkButton', 'GtkToggleButton', 'GtkMenuButton') else None
    if 'font-pixels' not in widget:
        return None
    size, weight = widget['font-pixels'], widget['weight']
    return LARGE if size >= LARGE_PIXELS or size >= LARGE_BOLD_PIXELS and weight >= BOLD else TEXT


def problems_of(window, picture):
    """What stands out too little, one line each, and how many were looked at."""
    found, count = [], 0
    for widget in window['root'].walk():
        if widget.type == 'ReelWipe' and widget.seen():
            count += 1
            found += [f'{value:.2f} of {ICON}: the line of {widget}' for value in picture.of_wipe(widget.bounds) if value < ICON]
        least = needed(widget)
        if least is None or not widget.seen() or widget.shown[2] * widget.shown[3] < widget.bounds[2] * widget.bounds[3] * 0.9:
            continue
        count += 1
        over = widget.is_in(*OVER_PICTURE)
        value = (picture.of_text_over_picture if over else picture.of_text)(widget.shown)
        if value < least:
            found.append(f'{value:.2f} of {least}: {widget}')
    return found, count
