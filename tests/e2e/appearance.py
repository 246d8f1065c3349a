"""What a person has set in the desktop about how programs look; it holds for those that start afterwards."""
import ctypes
import os

XA_RESOURCE_MANAGER, XA_STRING = 23, 31
REPLACE = 0


def scale_text(factor):
    """Large text, as the settings of a desktop tell it on X11: the resource Xft.dpi."""
    text = f'Xft.dpi:\t{round(96 * factor)}\n'.encode()
    x = ctypes.CDLL('libX11.so.6')
    x.XOpenDisplay.restype = ctypes.c_void_p
    x.XDefaultRootWindow.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x.XOpenDisplay(None))
    root = ctypes.c_ulong(x.XDefaultRootWindow(display))
    x.XChangeProperty(display, root, ctypes.c_ulong(XA_RESOURCE_MANAGER), ctypes.c_ulong(XA_STRING), 8, REPLACE, text, len(text))
    x.XCloseDisplay(display)


def set_toolkit(name, value):
    """A setting of GTK."""
    with open(os.path.join(os.environ['XDG_CONFIG_HOME'], 'gtk-4.0', 'settings.ini'), 'a') as file:
        file.write(f'{name}={value}\n')


def set_own(name, value):
    """A setting of Seedreel, as GVariant text."""
    path = os.path.join(os.environ['XDG_CONFIG_HOME'], 'glib-2.0', 'settings', 'keyfile')
    with open(path, 'a') as file:
        file.write(f'[io/github/seedreel/Seedreel]\n{name}={value}\n')
