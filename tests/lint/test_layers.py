"""The layer fence: every #include of src/ against the table of the architecture.

The include paths of the libraries refuse most wrong includes already; this closes the two holes: "../x.h", and the
headers that every program finds in /usr/include, such as sqlite3.h.
"""
import os
import re

import tree
from tap import Tap

# Layer: the layers below it that it may include, and the external libraries.
LAYERS = {
    'base': ((), ('glib',)),
    'model': (('base',), ('glib',)),
    'api': (('base', 'model'), ('glib', 'soup', 'json')),
    'store': (('base', 'model'), ('glib', 'sqlite')),
    'engine': (('base', 'model', 'api', 'store'), ('glib', 'secret')),
    'media': (('base', 'model'), ('glib', 'gst', 'gdk')),
    'sandbox': (('base',), ('glib', 'soup', 'json', 'gst')),
    'ui': (('base', 'model', 'engine', 'media'), ('glib', 'gdk', 'gtk', 'adw')),
    'app': (('base', 'model', 'api', 'store', 'engine', 'media', 'sandbox', 'ui'),
            ('glib', 'soup', 'json', 'sqlite', 'secret', 'gst', 'gdk', 'gtk', 'adw')),
}

# Single headers that a layer may include besides.
ALSO = {
    'sandbox': {'reel-api-fields.h'},
}

LIBRARIES = (
    ('glib', r'(glib|gio|gobject|gmodule)(/|\.h$|-)'),
    ('soup', r'libsoup/'),
    ('json', r'json-glib/'),
    ('sqlite', r'sqlite3'),
    ('secret', r'libsecret/'),
    ('gst', r'gst/'),
    ('gdk', r'(gdk|gdk-pixbuf|graphene|gsk)(/|\.h$|-)'),
    ('gtk', r'(gtk|pango|cairo)(/|\.h$|-)'),
    ('adw', r'(adwaita\.h$|libadwaita/)'),
    ('system', r'(assert|ctype|errno|fcntl|float|inttypes|limits|locale|math|poll|signal|stdarg|stdbool|stddef|stdint|'
               r'stdio|stdlib|string|time|unistd|malloc)\.h$|(sys|netinet|arpa|net|linux)/'),
)

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>|(\S+))')
GENERATED = re.compile(r'^(config|reel(-[a-z]+)*-(resources|enums|enum-types|marshal))\.h$')


def library_of(header):
    return next((name for name, pattern in LIBRARIES if re.match(pattern, header)), None)


def problems_of(layer, path, owners):
    below, external = LAYERS[layer]
    for number, line in tree.lines(path):
        match = INCLUDE.match(line)
        if not match:
            continue
        quoted, angled, other = match.groups()
        where = f'{path}:{number}:'
        if other:
            yield f'{where} a computed include: {other}'
        elif quoted and '/' in quoted:
            yield f'{where} a path in an include: "{quoted}"'
        elif quoted:
            owner = owners.get(quoted)
            if owner is None and not GENERATED.match(quoted):
                yield f'{where} no layer has "{quoted}"; a library\'s header goes in <>'
            elif owner is not None and owner != layer and owner not in below and quoted not in ALSO.get(layer, ()):
                yield f'{where} {layer} may not see {owner} ("{quoted}")'
        elif angled in owners:
            yield f'{where} a header of ours goes in "": <{angled}>'
        else:
            library = library_of(angled)
            if library is None:
                yield f'{where} a library that the architecture does not name: <{angled}>'
            elif library != 'system' and library not in external:
                yield f'{where} {layer} may not use {library} (<{angled}>)'


def main():
    tap = Tap()
    sources = tree.files('.c', '.h', under='src')
    owners = {os.path.basename(path): path.split('/')[1] for path in sources if path.endswith('.h')}
    for layer in LAYERS:
        mine = [path for path in sources if path.startswith(f'src/{layer}/')]
        if layer == 'app':
            mine.append('src/main.c')
        tap.case(f'layer {layer}', [problem for path in mine if os.path.exists(os.path.join(tree.top, path))
                                    for problem in problems_of(layer, path, owners)])
    known = tuple(f'src/{layer}/' for layer in LAYERS) + ('src/main.c',)
    tap.case('every source is in a layer',
             [f'{path}:1: in no layer of the architecture' for path in sources if not path.startswith(known)])
    names = [os.path.basename(path) for path in sources if not path.endswith('/main.c')]
    tap.case('every name is used once', [f'{path}:1: the name is used twice' for path in sources
                                         if names.count(os.path.basename(path)) > 1])
    tap.finish()


main()
