#include "config.h"

#include "reel-mpris.h"

/* Of the same application, which a Flatpak may own without asking. */
#define BUS_NAME    "org.mpris.MediaPlayer2." REEL_APPLICATION_ID
#define OBJECT_PATH "/org/mpris/MediaPlayer2"

/* Pixels: what a panel shows of a picture. */
#define ART_SIZE 256

#define MIN_RATE 0.25
#define MAX_RATE 2.0

/**
 * ReelMpris:
 *
 * The player of the window on the session bus, as the Media Player Remote Interfacing Specification (MPRIS) 2.2 has it:
 * media keys, panels and lock screens find it there. It appears with the first video, so a start pays nothing for it.
 *
 * What changes in one turn of the main loop goes out as one PropertiesChanged, with what is really another value in it.
 */
struct _ReelMpris
{
  GObject parent_instance;

  GApplication *application; /* not owned */
  ReelWindow *window;        /* not owned: the application lets go of this one first */
  ReelPosterCache *posters;
  GDBusConnection *connection;
  GDBusNodeInfo *node;
  guint name_id;
  guint registrations[2];

  ReelPlayer *player; /* owned */
  GSignalGroup *player_signals;
  GHashTable *told; /* name of a property to its value */
  guint tell_source;
  gboolean seeked;

  char *art_job; /* the id of the job of which there is, or will be, a picture */
  char *art_uri;
  GCancellable *art_loading;
};

G_DEFINE_FINAL_TYPE (ReelMpris, reel_mpris, G_TYPE_OBJECT)

static const char introspection[] =
    "<node>"
    "  <interface name='org.mpris.MediaPlayer2'>"
    "    <method name='Raise'/>"
    "    <method name='Quit'/>"
    "    <property name='CanQuit' type='b' access='read'/>"
    "    <property name='CanRaise' type='b' access='read'/>"
    "    <property name='HasTrackList' type='b' access='read'/>"
    "    <property name='Identity' type='s' access='read'/>"
    "    <property name='DesktopEntry' type='s' access='read'/>"
    "    <property name='SupportedUriSchemes' type='as' access='read'/>"
    "    <property name='SupportedMimeTypes' type='as' access='read'/>"
    "  </interface>"
    "  <interface name='org.mpris.MediaPlayer2.Player'>"
    "    <method name='Next'/>"
    "    <method name='Previous'/>"
    "    <method name='Pause'/>"
    "    <method name='PlayPause'/>"
    "    <method name='Stop'/>"
    "    <method name='Play'/>"
    "    <method name='Seek'><arg direction='in' name='Offset' type='x'/></method>"
    "    <method name='SetPosition'>"
    "      <arg direction='in' name='TrackId' type='o'/><arg direction='in' name='Position' type='x'/>"
    "    </method>"
    "    <method name='OpenUri'><arg direction='in' name='Uri' type='s'/></method>"
    "    <signal name='Seeked'><arg name='Position' type='x'/></signal>"
    "    <property name='PlaybackStatus' type='s' access='read'/>"
    "    <property name='LoopStatus' type='s' access='readwrite'/>"
    "    <property name='Rate' type='d' access='readwrite'/>"
    "    <property name='Metadata' type='a{sv}' access='read'/>"
    "    <property name='Volume' type='d' access='readwrite'/>"
    "    <property name='Position' type='x' access='read'>"
    "      <annotation name='org.freedesktop.DBus.Property.EmitsChangedSignal' value='false'/>"
    "    </property>"
    "    <property name='MinimumRate' type='d' access='read'/>"
    "    <property name='MaximumRate' type='d' access='read'/>"
    "    <property name='CanGoNext' type='b' access='read'/>"
    "    <property name='CanGoPrevious' type='b' access='read'/>"
    "    <property name='CanPlay' type='b' access='read'/>"
    "    <property name='CanPause' type='b' access='read'/>"
    "    <property name='CanSeek' type='b' access='read'/>"
    "    <property name='CanControl' type='b' access='read'>"
    "      <annotation name='org.freedesktop.DBus.Property.EmitsChangedSignal' value='false'/>"
    "    </property>"
    "  </interface>"
    "</node>";

/* Those that change. */
static const char *const changing[] = {"PlaybackStatus", "LoopStatus",    "Rate",    "Metadata", "Volume",
                                       "CanGoNext",      "CanGoPrevious", "CanPlay", "CanPause", "CanSeek"};

/* The video. */

static gboolean
has_video (ReelMpris *self)
{
  return reel_player_get_file (self->player) != NULL && reel_player_get_error (self->player) == NULL;
}

static ReelJob *
get_job (ReelMpris *self)
{
  return has_video (self) ? reel_detail_page_get_job (reel_window_get_detail (self->window)) : NULL;
}

static char *
make_track (ReelJob *job)
{
  return g_strdelimit (g_strconcat ("/io/github/seedreel/Seedreel/video/", reel_job_get_id (job), NULL), "-", '_');
}

static GVariant *
make_metadata (ReelMpris *self)
{
  g_auto (GVariantDict) metadata = G_VARIANT_DICT_INIT (NULL);
  ReelJob *job = get_job (self);

  if (job != NULL) {
    g_autofree char *track = make_track (job);
    g_autofree char *uri = g_file_get_uri (reel_player_get_file (self->player));
    gint64 duration = reel_player_get_duration (self->player);

    g_variant_dict_insert (&metadata, "mpris:trackid", "o", track);
    g_variant_dict_insert (&metadata, "xesam:title", "s", reel_job_get_title (job));
    g_variant_dict_insert (&metadata, "xesam:url", "s", uri);
    if (duration > 0)
      g_variant_dict_insert (&metadata, "mpris:length", "x", duration);
    if (self->art_uri != NULL && g_strcmp0 (self->art_job, reel_job_get_id (job)) == 0)
      g_variant_dict_insert (&metadata, "mpris:artUrl", "s", self->art_uri);
  }

  return g_variant_dict_end (&metadata);
}

static GVariant *
make_status (ReelMpris *self)
{
  if (!has_video (self))
    return g_variant_new_string ("Stopped");

  return g_variant_new_string (reel_player_get_playing (self->player) ? "Playing" : "Paused");
}

/* The properties. */

static GVariant *
make_property (ReelMpris *self, const char *name)
{
  gboolean loop, muted;
  double rate, volume;

  g_object_get (self->player, "loop", &loop, "muted", &muted, "rate", &rate, "volume", &volume, NULL);
  if (g_str_equal (name, "PlaybackStatus"))
    return make_status (self);
  if (g_str_equal (name, "LoopStatus"))
    return g_variant_new_string (loop ? "Track" : "None");
  if (g_str_equal (name, "Rate"))
    return g_variant_new_double (rate);
  if (g_str_equal (name, "Metadata"))
    return make_metadata (self);
  if (g_str_equal (name, "Volume"))
    return g_variant_new_double (muted ? 0.0 : volume);
  if (g_str_equal (name, "Position"))
    return g_variant_new_int64 (reel_player_get_position (self->player));
  if (g_str_equal (name, "MinimumRate"))
    return g_variant_new_double (MIN_RATE);
  if (g_str_equal (name, "MaximumRate"))
    return g_variant_new_double (MAX_RATE);
  if (g_str_equal (name, "Identity"))
    return g_variant_new_string ("Seedreel");
  if (g_str_equal (name, "DesktopEntry"))
    return g_variant_new_string (REEL_APPLICATION_ID);
  if (g_str_has_prefix (name, "Supported"))
    return g_variant_new_strv (NULL, 0);
  if (g_str_equal (name, "HasTrackList"))
    return g_variant_new_boolean (FALSE);
  if (g_str_equal (name, "CanControl") || g_str_equal (name, "CanQuit") || g_str_equal (name, "CanRaise"))
    return g_variant_new_boolean (TRUE);

  /* CanGoNext, CanGoPrevious, CanPlay, CanPause and CanSeek. */
  return g_variant_new_boolean (has_video (self));
}

static GVariant *
on_get_property (GDBusConnection *connection,
                 const char *sender,
                 const char *path,
                 const char *interface,
                 const char *name,
                 GError **error,
                 gpointer data)
{
  return make_property (REEL_MPRIS (data), name);
}

static gboolean
on_set_property (GDBusConnection *connection,
                 const char *sender,
                 const char *path,
                 const char *interface,
                 const char *name,
                 GVariant *value,
                 GError **error,
                 gpointer data)
{
  ReelMpris *self = REEL_MPRIS (data);

  if (g_str_equal (name, "LoopStatus")) {
    /* A list of videos is not played through: to repeat it is not to repeat. */
    g_object_set (self->player, "loop", g_str_equal (g_variant_get_string (value, NULL), "Track"), NULL);
  } else if (g_str_equal (name, "Volume")) {
    g_object_set (self->player, "volume", CLAMP (g_variant_get_double (value), 0.0, 1.0), "muted", FALSE, NULL);
  } else {
    double rate = g_variant_get_double (value);

    if (rate == 0.0)
      reel_player_pause (self->player);
    else
      g_object_set (self->player, "rate", CLAMP (rate, MIN_RATE, MAX_RATE), NULL);
  }

  return TRUE;
}

static void
emit_signal (ReelMpris *self, const char *interface, const char *name, GVariant *parameters)
{
  g_dbus_connection_emit_signal (self->connection, NULL, OBJECT_PATH, interface, name, parameters, NULL);
}

static void
tell_properties (ReelMpris *self)
{
  g_auto (GVariantDict) changed = G_VARIANT_DICT_INIT (NULL);
  gboolean any = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (changing); i++) {
    g_autoptr (GVariant) value = g_variant_ref_sink (make_property (self, changing[i]));
    GVariant *before = g_hash_table_lookup (self->told, changing[i]);

    if (before != NULL && g_variant_equal (before, value))
      continue;

    any = TRUE;
    g_variant_dict_insert_value (&changed, changing[i], value);
    g_hash_table_insert (self->told, (gpointer)changing[i], g_steal_pointer (&value));
  }
  if (any)
    emit_signal (self, "org.freedesktop.DBus.Properties", "PropertiesChanged",
                 g_variant_new ("(s@a{sv}@as)", "org.mpris.MediaPlayer2.Player", g_variant_dict_end (&changed),
                                g_variant_new_strv (NULL, 0)));
}

static gboolean
on_tell (gpointer data)
{
  ReelMpris *self = data;

  self->tell_source = 0;
  tell_properties (self);
  if (self->seeked)
    emit_signal (self, "org.mpris.MediaPlayer2.Player", "Seeked",
                 g_variant_new ("(x)", reel_player_get_position (self->player)));
  self->seeked = FALSE;

  return G_SOURCE_REMOVE;
}

static void
queue_tell (ReelMpris *self)
{
  if (self->tell_source == 0)
    self->tell_source = g_idle_add_full (G_PRIORITY_DEFAULT, on_tell, self, NULL);
}

static void
on_seeked (ReelMpris *self)
{
  self->seeked = TRUE;
  queue_tell (self);
}

/* The methods. */

/* Beyond the end is the next video. */
static void
seek_by (ReelMpris *self, gint64 offset)
{
  gint64 position = reel_player_get_position (self->player), duration = reel_player_get_duration (self->player);

  if (offset > duration - position)
    gtk_widget_activate_action (GTK_WIDGET (self->window), "win.next-video", NULL);
  else
    reel_player_seek (self->player, position + MAX (offset, -position));
}

static void
set_position (ReelMpris *self, const char *track, gint64 position)
{
  ReelJob *job = get_job (self);
  g_autofree char *current = job != NULL ? make_track (job) : NULL;

  /* What was meant for the video before is late. */
  if (g_strcmp0 (track, current) == 0 && position >= 0 && position <= reel_player_get_duration (self->player))
    reel_player_seek (self->player, position);
}

static void
on_method (GDBusConnection *connection,
           const char *sender,
           const char *path,
           const char *interface,
           const char *name,
           GVariant *parameters,
           GDBusMethodInvocation *invocation,
           gpointer data)
{
  ReelMpris *self = REEL_MPRIS (data);

  if (g_str_equal (name, "OpenUri")) {
    g_dbus_method_invocation_return_error_literal (invocation, G_DBUS_ERROR, G_DBUS_ERROR_NOT_SUPPORTED,
                                                   "Seedreel plays the videos of its history alone");
    return;
  }

  /* The caller has its answer before a window closes. */
  g_dbus_method_invocation_return_value (invocation, NULL);
  if (g_str_equal (name, "Raise")) {
    gtk_window_present (GTK_WINDOW (self->window));
  } else if (g_str_equal (name, "Quit")) {
    g_action_group_activate_action (G_ACTION_GROUP (self->application), "quit", NULL);
  } else if (g_str_equal (name, "Next")) {
    gtk_widget_activate_action (GTK_WIDGET (self->window), "win.next-video", NULL);
  } else if (g_str_equal (name, "Previous")) {
    gtk_widget_activate_action (GTK_WIDGET (self->window), "win.previous-video", NULL);
  } else if (g_str_equal (name, "Play")) {
    reel_player_play (self->player);
  } else if (g_str_equal (name, "Pause")) {
    reel_player_pause (self->player);
  } else if (g_str_equal (name, "PlayPause")) {
    if (reel_player_get_playing (self->player))
      reel_player_pause (self->player);
    else
      reel_player_play (self->player);
  } else if (g_str_equal (name, "Stop")) {
    reel_player_pause (self->player);
    reel_player_seek (self->player, 0);
  } else if (g_str_equal (name, "Seek")) {
    gint64 offset;

    g_variant_get (parameters, "(x)", &offset);
    seek_by (self, offset);
  } else {
    const char *track;
    gint64 position;

    g_variant_get (parameters, "(&ox)", &track, &position);
    set_position (self, track, position);
  }
}

/* The picture. */

static void
on_art (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = reel_poster_cache_load_finish (REEL_POSTER_CACHE (source), result, &error);
  ReelMpris *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = REEL_MPRIS (data);
  g_clear_object (&self->art_loading);
  if (texture != NULL) {
    g_autoptr (GFile) file = reel_poster_cache_get_file (self->posters, self->art_job, ART_SIZE);

    self->art_uri = g_file_get_uri (file);
    queue_tell (self);
  }
}

/* It is made once the video shows its own first frame, which comes first. */
static void
load_art (ReelMpris *self)
{
  ReelJob *job = get_job (self);

  if (job == NULL || reel_player_get_paintable (self->player) == NULL ||
      g_strcmp0 (self->art_job, reel_job_get_id (job)) == 0)
    return;

  g_cancellable_cancel (self->art_loading);
  g_clear_object (&self->art_loading);
  g_clear_pointer (&self->art_uri, g_free);
  g_set_str (&self->art_job, reel_job_get_id (job));
  self->art_loading = g_cancellable_new ();
  reel_poster_cache_load_async (self->posters, reel_player_get_file (self->player), self->art_job, ART_SIZE,
                                self->art_loading, on_art, self);
}

/* Its life. */

static void
appear (ReelMpris *self)
{
  static const GDBusInterfaceVTable functions = {on_method, on_get_property, on_set_property, {NULL}};

  for (guint i = 0; i < G_N_ELEMENTS (self->registrations); i++) {
    g_autoptr (GError) error = NULL;

    self->registrations[i] = g_dbus_connection_register_object (
        self->connection, OBJECT_PATH, self->node->interfaces[i], &functions, self, NULL, &error);
    if (self->registrations[i] == 0)
      g_warning ("The player could not be put on the bus: %s", error->message);
  }
  for (guint i = 0; i < G_N_ELEMENTS (changing); i++)
    g_hash_table_insert (self->told, (gpointer)changing[i], g_variant_ref_sink (make_property (self, changing[i])));
  self->name_id =
      g_bus_own_name_on_connection (self->connection, BUS_NAME, G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL, NULL, NULL);
}

static void
on_video (ReelMpris *self)
{
  ReelPlayer *player = reel_detail_page_get_player (reel_window_get_detail (self->window));

  if (self->player == NULL && player != NULL) {
    self->player = g_object_ref (player);
    g_signal_group_set_target (self->player_signals, self->player);
    appear (self);
  }
  if (self->player == NULL)
    return;

  load_art (self);
  queue_tell (self);
}

static void
reel_mpris_dispose (GObject *object)
{
  ReelMpris *self = REEL_MPRIS (object);

  g_clear_handle_id (&self->tell_source, g_source_remove);
  g_cancellable_cancel (self->art_loading);
  g_clear_object (&self->art_loading);
  g_clear_handle_id (&self->name_id, g_bus_unown_name);
  for (guint i = 0; i < G_N_ELEMENTS (self->registrations); i++) {
    if (self->registrations[i] != 0)
      g_dbus_connection_unregister_object (self->connection, self->registrations[i]);
    self->registrations[i] = 0;
  }
  g_clear_object (&self->player_signals);
  g_clear_object (&self->player);
  g_clear_object (&self->posters);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (reel_mpris_parent_class)->dispose (object);
}

static void
reel_mpris_finalize (GObject *object)
{
  ReelMpris *self = REEL_MPRIS (object);

  g_clear_pointer (&self->node, g_dbus_node_info_unref);
  g_hash_table_unref (self->told);
  g_free (self->art_job);
  g_free (self->art_uri);

  G_OBJECT_CLASS (reel_mpris_parent_class)->finalize (object);
}

static void
reel_mpris_class_init (ReelMprisClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reel_mpris_dispose;
  G_OBJECT_CLASS (klass)->finalize = reel_mpris_finalize;
}

static void
reel_mpris_init (ReelMpris *self)
{
  static const char *const watched[] = {"file", "error", "playing", "loop", "rate", "volume", "muted", "duration"};

  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_variant_unref);
  self->node = g_dbus_node_info_new_for_xml (introspection, NULL);
  self->player_signals = g_signal_group_new (REEL_TYPE_PLAYER);
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++) {
    g_autofree char *signal = g_strconcat ("notify::", watched[i], NULL);

    g_signal_group_connect_swapped (self->player_signals, signal, G_CALLBACK (queue_tell), self);
  }
  g_signal_group_connect_swapped (self->player_signals, "notify::paintable", G_CALLBACK (load_art), self);
  g_signal_group_connect_swapped (self->player_signals, "seeked", G_CALLBACK (on_seeked), self);
}

/**
 * reel_mpris_new:
 * @application: (transfer none): what is quit
 * @window: (transfer none): what plays; it must outlive this
 * @posters: (transfer none): where the picture of a video comes from
 *
 * Puts the player of a window on the session bus, as soon as there is one. Without a bus nothing happens.
 *
 * Returns: (transfer full): what keeps it there
 */
ReelMpris *
reel_mpris_new (GApplication *application, ReelWindow *window, ReelPosterCache *posters)
{
  ReelMpris *self = g_object_new (REEL_TYPE_MPRIS, NULL);
  GDBusConnection *connection = g_application_get_dbus_connection (application);
  ReelDetailPage *detail = reel_window_get_detail (window);

  self->application = application;
  self->window = window;
  self->posters = g_object_ref (posters);
  if (connection != NULL) {
    self->connection = g_object_ref (connection);
    g_signal_connect_object (detail, "notify::job", G_CALLBACK (on_video), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (detail, "notify::player", G_CALLBACK (on_video), self, G_CONNECT_SWAPPED);
    on_video (self);
  }

  return self;
}
