"""What a screen reader can make of the window: every control of a view is held to the same rules, without exceptions.

A name is found as Orca finds it: the accessible name, or what the relation "labelled by" leads to, or, for roles that are
named by their content, what is written inside. GTK 4.18 leaves the items of a menu to the second and the rows of a list to the
third.
"""
import glob
import os
import re

from gi.repository import Atspi, GLib

from accessible import ACCESSIBLE, PROPERTIES, Node
from session import TOP

VALUE = 'org.a11y.atspi.Value'

MENU_ITEMS = {'menu item', 'check menu item', 'radio menu item'}
BY_CONTENT = MENU_ITEMS | {'list item', 'table cell', 'button', 'toggle button', 'check box', 'radio button', 'link', 'page tab', 'alert'}
CONTROLS = BY_CONTENT - {'alert'} | {'switch', 'entry', 'text', 'password text', 'slider', 'spin button', 'combo box', 'calendar'}
INPUTS = {'entry', 'text', 'password text', 'slider', 'spin button', 'combo box', 'calendar'}
SURFACES = {'frame', 'dialog', 'alert', 'menu', 'window'}

# What stands for a name that nobody wrote: that of an icon, or the place of a value.
NOT_A_NAME = re.compile(r'-symbolic\b|\{[^}]*\}|%[a-z0-9.]*[dsu]\b')


def read_more(nodes):
    """Reads what only the rules need: relations, values and their texts."""
    bus = nodes[0].bus
    valued = [node for node in nodes if node.role in ('slider', 'spin button', 'progress bar')]
    relations = bus.call_all([(node.owner, node.path, ACCESSIBLE, 'GetRelationSet', None) for node in nodes])
    values = bus.call_all([(node.owner, node.path, PROPERTIES, 'GetAll', GLib.Variant('(s)', (VALUE,))) for node in valued])
    for node, answer in zip(nodes, relations):
        node.relations = {kind: [Node(bus, *target) for target in targets] for kind, targets in (answer or [[]])[0]}
        node.value_text = ''
    for node, answer in zip(valued, values):
        node.value_text = answer[0].get('Text', '') if answer else ''


def written(node):
    """What stands in a label that something leads to; GTK gives one that is no part of the tree no name, but its text."""
    name = node.name or node.name_now()
    if name:
        return name
    try:
        return node.text()
    except GLib.Error:
        return ''


def related(node, kind):
    """What the targets of a relation say."""
    return ' '.join(filter(None, (written(target) for target in node.relations.get(int(getattr(Atspi.RelationType, kind)), []))))


def spoken_name(node):
    """The name of a node as a screen reader says it."""
    name = node.name or related(node, 'LABELLED_BY')
    if not name and node.role in BY_CONTENT:
        name = ' '.join(child.name for child in node.walk() if child is not node and child.name)
    return name.strip()


def takes_focus(node):
    """Whether the focus rests here: a container that holds something that takes the focus hands it on."""
    return node.was('FOCUSABLE') and not any(child.was('FOCUSABLE') for child in node.walk() if child is not node)


def is_control(node):
    return node.role in CONTROLS or takes_focus(node)


def group_of(node, ancestors):
    """The named thing around a node: said when the focus comes into it."""
    return next((spoken_name(ancestor) for ancestor in reversed(ancestors) if spoken_name(ancestor)), '')


def complaints(node, ancestors):
    """What is wrong with one node."""
    name = spoken_name(node)
    if is_control(node):
        # What only scrolls has no name of its own: that of what it fills is said.
        if not (name or node.role == 'scroll pane' and group_of(node, ancestors)):
            yield 'has no name'
        if NOT_A_NAME.search(name):
            yield 'has no name for people'
    if node.role in SURFACES and not name:
        yield 'opens without a name'
    if node.role == 'image' and not (name or node.description):
        yield 'is a picture without words'
    if node.role == 'slider' and not re.search(r'[^\d\s.,]', node.value_text):
        yield f'says no unit with its value ({node.value_text!r})'
    if node.role in ('check box', 'switch', 'check menu item', 'radio menu item') and not node.was('CHECKABLE'):
        yield 'does not say whether it is on'
    radios = [child for child in node.children if child.role == 'radio button']
    if len(radios) > 1 and sum(radio.was('CHECKED') for radio in radios) != 1:
        yield 'does not say which of its choices is chosen'
    if node.was('INVALID_ENTRY') and not related(node, 'ERROR_MESSAGE'):
        yield 'is wrong and does not say why'


def walk(node, ancestors=()):
    yield node, list(ancestors)
    for child in node.children:
        if child.was('SHOWING'):
            yield from walk(child, (*ancestors, node))


class Survey:
    """Looks at one view after the other and remembers all that was seen."""

    def __init__(self, app):
        self.app = app
        self.controls = 0
        self.views = 0
        self.wrong = []
        self.seen = set()

    def look(self, view, root=None):
        """Reads all of a view, and holds every node to the rules; what is wrong is told at the end."""
        nodes = (root or self.app.frame).read()
        read_more(nodes)
        found, count = [], 0
        for node, ancestors in walk(root or self.app.frame):
            count += is_control(node)
            self.seen.add((node.role, spoken_name(node)))
            path = ' / '.join(filter(None, (ancestor.name for ancestor in ancestors)))
            found += [f'{node.role} "{spoken_name(node)}" {text}, in: {path}' for text in complaints(node, ancestors)]
        self.controls += count
        self.views += 1
        print(f'# {view}: {count} controls', flush=True)
        self.wrong += [f'{view}: {text}' for text in found]
        assert count, f'{view}: nothing to use'

    def close(self, views):
        """Ends a way through a part of the views: each of them was visited, and there is none that no way leads to."""
        assert not self.wrong, 'what a screen reader cannot tell:\n' + '\n'.join(dict.fromkeys(self.wrong))
        forgotten = find_views() ^ (MAIN.keys() | HISTORY.keys() | DIALOGS.keys())
        assert not forgotten, f'no way leads to, or is still there for: {sorted(forgotten)}'
        missed = [view for view, (role, name) in views.items()
                  if not any(seen == role and re.search(name, text) for seen, text in self.seen)]
        assert not missed, f'not visited: {missed}'
        print(f'# {self.controls} controls in {self.views} views: 0 unnamed controls in 0 exceptions', flush=True)


# By what each template, and each dialog that is made in C, is known: a role and a name, seen once it was visited.
MAIN = {
    'reel-account-switch': ('toggle button', '^Account: '),
    'reel-compose-view': ('alert', '^Price Not Listed$'),
    'reel-detail-page': ('grouping', '^Nothing Selected$'),
    'reel-generate-bar': ('button', '^Generate$'),
    'reel-job-menu': ('menu item', '^Copy Receipt$'),
    'reel-job-view': ('button', '^Copy receipt$'),
    'reel-more-row': ('spin button', '^Count$'),
    'reel-player-controls': ('slider', '^Volume$'),
    'reel-player-view': ('grouping', '^Player$'),
    'reel-problem-card': ('list', '^What you can do$'),
    'reel-progress-view': ('label', '^Generating$'),
    'reel-prompt-box': ('list', '^Earlier Prompts$'),
    'reel-reference-row': ('button', '^Remove$'),
    'reel-references-group': ('text', '^Link'),
    'reel-settings-group': ('slider', '^Duration$'),
    'reel-window': ('frame', '^Seedreel$'),
}
HISTORY = {
    'reel-history-list': ('list', '^History$'),
    'reel-history-page': ('toggle button', '^Filter and sort$'),
    'reel-history-row': ('list item', '^A kite'),
    'reel-history-tile': ('table cell', '^A kite'),
    'reel-range-dialog': ('alert', '^Date Range$'),
    'reel-selection-bar': ('button', '^Stop selecting$'),
}
DIALOGS = {
    'reel-account-editor': ('grouping', '^Edit Account$'),
    'reel-account-removal': ('alert', '^Remove '),
    'reel-account-row': ('button', '^Edit Account$'),
    'reel-adopt-dialog': ('dialog', '^Adopt Video$'),
    'reel-application-actions': ('dialog', '^About'),
    'reel-background-dialog': ('alert', '^Keep Working'),
    'reel-compare-cell': ('grouping', '^Video 1: '),
    'reel-compare-controls': ('button', '^One Frame Back$'),
    'reel-compare-dialog': ('slider', '^Wipe position$'),
    'reel-compare-picker': ('dialog', '^Compare With$'),
    'reel-delete-dialog': ('alert', '^Delete Video'),
    'reel-library-change': ('alert', '^Move Videos to the New Folder'),
    'reel-outcome-dialogs': ('alert', '^Declare It Lost'),
    'reel-preferences-dialog': ('dialog', '^Preferences$'),
    'reel-proxy-group': ('text', '^Proxy URL$'),
    'reel-remove-old-page': ('grouping', '^Remove Older Videos$'),
    'reel-shortcuts-dialog': ('dialog', '^Keyboard Shortcuts$'),
    'reel-spending-dialog': ('list item', '^Total'),
    'reel-storage-group': ('alert', '^Not Moved to the Trash$'),
    'reel-webhook-group': ('text', 'Signature Secret$'),
}


def find_views():
    """The names of all templates, and of the sources that make a dialog of libadwaita's own."""
    found = set()
    for path in glob.glob(os.path.join(TOP, 'src', '**', 'reel-*'), recursive=True):
        stem, end = os.path.splitext(os.path.basename(path))
        if end == '.blp':
            found.add(stem)
        elif end == '.c':
            with open(path, encoding='utf-8') as file:
                if re.search(r'adw_(alert|about)_dialog_new \(', file.read()):
                    found.add(stem)
    return found
