"""Menus as a screen reader finds them: GTK 4.18 names their items by a relation. Each stands below its button in the tree, and
there alone it is looked for."""
from screen_reader import read_more, spoken_name
from session import wait


def the_menu(app, root=None):
    """The menu that is open."""
    return wait(lambda: next(menu for menu in app.all('menu', root=root)
                             if any(node.role == 'menu item' for node in menu.walk())), 10, 'the menu')


def open_menu(app, name, root=None):
    app.press(name, role='toggle button', root=root)
    return the_menu(app, app.find('button', name, root))


def shows_item(app, menu, name):
    items = app.all('menu item', root=menu)
    read_more(items)
    return any(spoken_name(item) == name for item in items)


def close_menu(app, menu):
    app.key('Escape')
    app.gone('menu item', root=menu)
