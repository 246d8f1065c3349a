"""Once round by Tab: where the focus stops, in which order, and what it leaves out.

Some things have one stop for many: the choices of a group, of which the arrow keys take the others, and the places of a list
to select from. Some have none, as a key does what they do: the window's own buttons (Alt+F4, Escape), the star of a place
(Ctrl+D), and what a combo box shows of its list.
"""
import contextlib

from screen_reader import read_more, spoken_name, takes_focus
from session import wait

OWN_BUTTONS = {'Minimize', 'Maximize', 'Close'}
MOST = 120
NEAR = 4  # pixels by which things beside each other are apart


class Stop:
    """A node that had the focus, and its rectangle when it had it."""

    def __init__(self, node):
        self.node = node
        self.box = node.extents()

    def __str__(self):
        return f'{self.node.role} "{self.node.name}" at {self.box}'


def follows(before, after, mirrored):
    """Whether one rectangle is read after another in the same pane: it lies in it, beneath it, or further along the line."""
    x, y, width, height = before
    x2, y2, width2, height2 = after
    if x - NEAR <= x2 and x2 + width2 <= x + width + NEAR and y - NEAR <= y2 and y2 + height2 <= y + height + NEAR:
        return True
    if y2 >= y + height - NEAR:
        return True
    return y2 + height2 > y + NEAR and (x2 + width2 <= x + NEAR if mirrored else x2 >= x + width - NEAR)


def pane_of(box, panes):
    middle = box[0] + box[2] // 2
    return next((index for index, (left, right) in enumerate(panes) if left <= middle < right), 0)


def is_seen(box, width, height):
    return box[2] > 0 and box[3] > 0 and 0 < box[0] + box[2] and box[0] < width and 0 < box[1] + box[3] and box[1] < height


def stands_after(before, after, panes, mirrored):
    """Whether one node is read after another, once what scrolls under both has come to rest."""
    def look():
        box, box2 = before.extents(), after.extents()
        place, place2 = pane_of(box, panes), pane_of(box2, panes)
        return place < place2 or place == place2 and follows(box, box2, mirrored)
    with contextlib.suppress(TimeoutError):
        return wait(look, 1, 'the order')
    return False


def walk_round(app, listener, panes, mirrored):
    """Presses Tab until the focus is back where it began. It never rests twice on the same, is always seen, and is read from
    top to bottom, pane after pane: only at one place it begins anew. Gives the stops."""
    stops, backwards = [], []
    width, height = app.frame.extents()[2:]
    while True:
        stop = Stop(listener.read_focus())
        if stops and not stands_after(stops[-1].node, stop.node, panes, mirrored):
            backwards.append(f'{stops[-1]} -> {stop}')
        if stops and stop.node == stops[0].node:
            break
        assert stop.node not in [each.node for each in stops], f'{stop} twice, before the end of the round'
        wait(lambda: is_seen(stop.node.extents(), width, height), 5, f'{stop} to come in sight')
        stops.append(stop)
        assert len(stops) < MOST, f'no end after {MOST} stops: {stop}'
        listener.focus = None
        app.key('Tab')
    assert len(backwards) <= 1, 'not in the order of reading:\n' + '\n'.join(backwards)
    return stops


def is_selectable(node):
    return any(child.was('SELECTABLE') for child in node.children)


def stops_of(node):
    """What must have a stop below a node: sets of nodes, of each of which one is enough."""
    if not node.was('SENSITIVE') or node.children and all(child.name in OWN_BUTTONS for child in node.children):
        return
    if node.role in ('grouping', 'list'):
        radios = {each for each in node.walk() if each.role == 'radio button'}
        if len(radios) > 1 and not any(child.role in ('grouping', 'list') for child in node.walk() if child is not node):
            yield radios
    if is_selectable(node):
        yield {child for child in node.children if child.role != 'separator'}
    elif node.role == 'combo box' or takes_focus(node) and node.role != 'radio button':
        yield {node}
    else:
        for child in node.children:
            if child.was('SHOWING'):
                yield from stops_of(child)


def left_out(root, stops):
    """What can have the focus and did not get it."""
    read_more(root.read())
    reached = {stop.node for stop in stops}
    return [' or '.join(f'{node.role} "{spoken_name(node)}"' for node in nodes)
            for nodes in stops_of(root) if not nodes & reached]
