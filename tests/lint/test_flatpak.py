"""The Flatpak's manifest, and what Flathub's written rules ask of the metainfo beyond its validator."""
import json
import os
import re
import struct
import xml.etree.ElementTree as ElementTree

import tree
from tap import Tap

ID = 'io.github.seedreel.Seedreel'
MANIFEST = f'flatpak/{ID}.json'
METAINFO = f'data/{ID}.metainfo.xml.in'

# The window, the network, sound and the graphics card. Files, secrets, notifications and the rest go through portals,
# which need no permission.
PERMISSIONS = ['--share=ipc', '--share=network', '--socket=fallback-x11', '--socket=wayland', '--socket=pulseaudio',
               '--device=dri']

# What ties a source to its content, for each type that comes from elsewhere.
PINNED_BY = {'git': 'commit', 'archive': 'sha256', 'file': 'sha256'}


def sources_of(modules):
    for module in modules:
        for source in module.get('sources', []):
            yield module['name'], source
        yield from sources_of(module.get('modules', []))


def manifest_is_for_gnome(manifest):
    for key, value in (('id', ID), ('runtime', 'org.gnome.Platform'), ('sdk', 'org.gnome.Sdk'), ('command', 'seedreel')):
        if manifest.get(key) != value:
            yield f'{MANIFEST}:1: {key} is {manifest.get(key)}, not {value}'
    if not re.fullmatch(r'\d+', manifest.get('runtime-version', '')):
        yield f'{MANIFEST}:1: runtime-version is no released version'
    if manifest.get('separate-locales') is not False:
        yield f'{MANIFEST}:1: a bundle would be without its translations'


def permissions(manifest):
    if manifest.get('finish-args') != PERMISSIONS:
        yield f'{MANIFEST}:1: finish-args are not exactly {" ".join(PERMISSIONS)}'


def build_is_repeatable(manifest):
    """All that is built from is in the manifest: no network while it builds, and every source is tied to its content."""
    text = tree.read(MANIFEST)
    if '--share=network' in text.replace('"--share=network"', '', 1):
        yield f'{MANIFEST}:1: the build asks for the network'
    for name, source in sources_of(manifest['modules']):
        if source['type'] in PINNED_BY and not source.get(PINNED_BY[source['type']]):
            yield f'{MANIFEST}:1: a source of {name} has no {PINNED_BY[source["type"]]}'
        elif source['type'] == 'dir' and name != 'seedreel':
            yield f'{MANIFEST}:1: a source of {name} is a folder'
    for key in ('add-extensions', 'sdk-extensions', 'inherit-extensions', 'base'):
        if key in manifest:
            yield f'{MANIFEST}:1: {key} is not needed'
    if not manifest['modules'][-1].get('run-tests'):
        yield f'{MANIFEST}:1: the tests do not run in the build'


def texts(root):
    summary = root.findtext('summary')
    if summary.endswith('.') or re.match(r'(A|An|The|Seedreel)\b', summary):
        yield f'{METAINFO}:1: the summary begins with an article or the name, or ends with a full stop'
    for caption in root.iter('caption'):
        if caption.text.endswith('.') or len(caption.text) > 100:
            yield f'{METAINFO}:1: a caption ends with a full stop or is too long: {caption.text}'
    for url in root.iter('url'):
        if not url.text.startswith('https://'):
            yield f'{METAINFO}:1: no https address: {url.text}'
    for kind in ('homepage', 'bugtracker', 'vcs-browser'):
        if root.find(f'url[@type="{kind}"]') is None:
            yield f'{METAINFO}:1: no {kind}'
    if not (root.find('developer') is not None and re.fullmatch(r'[a-z0-9.]+', root.find('developer').get('id', ''))):
        yield f'{METAINFO}:1: no id of the developer'
    if root.find('content_rating[@type="oars-1.1"]') is None:
        yield f'{METAINFO}:1: no content rating'
    if root.find('requires/display_length') is None or root.find('supports/control') is None:
        yield f'{METAINFO}:1: does not say which screens and controls it is for'


def contrast(one, other):
    def light(colour):
        parts = [int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5)]
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def branding(root):
    """A colour for light and one for dark, on which the black or white name of the application can be read."""
    for scheme, text in (('light', '#000000'), ('dark', '#ffffff')):
        colour = root.findtext(f'branding/color[@scheme_preference="{scheme}"]', '')
        if not re.fullmatch('#[0-9a-f]{6}', colour):
            yield f'{METAINFO}:1: no branding colour for {scheme}'
        elif contrast(colour, text) < 7:
            yield f'{METAINFO}:1: text cannot be read on {colour}'


def screenshots(root):
    found = root.findall('screenshots/screenshot')
    if [shot.get('type') for shot in found].count('default') != 1 or found[0].get('type') != 'default':
        yield f'{METAINFO}:1: the first screenshot is not the one default'
    for shot in found:
        address = shot.findtext('image')
        path = os.path.join(tree.top, 'data', 'screenshots', os.path.basename(address))
        with open(path, 'rb') as file:
            head = file.read(24)
        width, height = struct.unpack('>II', head[16:24]) if head[:8] == b'\x89PNG\r\n\x1a\n' else (0, 0)
        if not 0 < width <= 1000 or not 0 < height <= 700:
            yield f'{os.path.relpath(path, tree.top)}:1: {width} × {height}, not a PNG of at most 1000 × 700'
        if shot.find('caption') is None:
            yield f'{METAINFO}:1: a screenshot without a caption'


def releases(root):
    dates = [release.get('date') for release in root.findall('releases/release')]
    if dates != sorted(dates, reverse=True):
        yield f'{METAINFO}:1: the releases are not in order, the newest first'
    for release in root.findall('releases/release'):
        if not re.fullmatch(r'\d{4}-\d\d-\d\d', release.get('date', '')) or release.find('description') is None:
            yield f'{METAINFO}:1: release {release.get("version")} has no date or no notes'


def main():
    tap = Tap()
    manifest = json.loads(tree.read(MANIFEST))
    root = ElementTree.fromstring(tree.read(METAINFO))
    tap.case('manifest: for GNOME', manifest_is_for_gnome(manifest))
    tap.case('manifest: permissions', permissions(manifest))
    tap.case('manifest: repeatable', build_is_repeatable(manifest))
    tap.case('metainfo: texts and facts', texts(root))
    tap.case('metainfo: branding', branding(root))
    tap.case('metainfo: screenshots are small', screenshots(root))
    tap.case('metainfo: releases', releases(root))
    tap.finish()


main()
