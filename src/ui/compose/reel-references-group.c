#include "config.h"

#include "reel-references-group.h"

#include <glib/gi18n-lib.h>

#include "reel-announce.h"
#include "reel-compose-text.h"
#include "reel-reference-row.h"
#include "reel-row-problem.h"
#include "reel-ui.h"

/**
 * ReelReferencesGroup:
 *
 * The references of a new video: links that are typed, pasted or dropped, in an order that can be changed with the mouse
 * and with the keyboard, and the mode that the service will infer from them.
 */
struct _ReelReferencesGroup
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *add_button;
  GtkListBox *list;
  GtkWidget *entry_list;
  AdwEntryRow *entry;
  GtkLabel *problem;

  ReelRequest *request;
  ReelEngine *engine;
  GSignalGroup *list_signals;
};

G_DEFINE_FINAL_TYPE (ReelReferencesGroup, reel_references_group, ADW_TYPE_PREFERENCES_GROUP)

static GListStore *
get_references (ReelReferencesGroup *self)
{
  return self->request != NULL ? reel_request_get_references (self->request) : NULL;
}

static void
show_problem (ReelReferencesGroup *self, const char *sentence)
{
  if (g_strcmp0 (gtk_label_get_label (self->problem), sentence != NULL ? sentence : "") == 0)
    return;

  gtk_label_set_label (self->problem, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), sentence != NULL);
  if (sentence != NULL) {
    reel_row_problem_show (GTK_WIDGET (self->entry), GTK_WIDGET (self->problem));
    reel_announce (GTK_WIDGET (self), sentence);
  } else {
    reel_row_problem_clear (GTK_WIDGET (self->entry));
  }
}

static void
show_entry (ReelReferencesGroup *self, gboolean visible)
{
  gtk_widget_set_visible (self->entry_list, visible);
  if (visible)
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
on_references_changed (ReelReferencesGroup *self)
{
  guint n = self->request != NULL ? g_list_model_get_n_items (G_LIST_MODEL (get_references (self))) : 0;
  gboolean full = n >= REEL_REQUEST_MAX_REFERENCES;

  gtk_widget_set_visible (GTK_WIDGET (self->list), n > 0);
  gtk_widget_set_sensitive (self->add_button, !full);
  gtk_widget_set_tooltip_text (self->add_button, full ? _ ("Five references are the most that the service takes.")
                                                      : _ ("Add a link to an image, a video or a sound"));
  if (full)
    show_entry (self, FALSE);
  if (self->request != NULL)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), reel_compose_describe_mode (self->request));
}

static void
focus_row (ReelReferencesGroup *self, guint position)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int)position);

  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  else
    gtk_widget_grab_focus (self->add_button);
}

static void
move (ReelReferencesGroup *self, guint from, guint to)
{
  GListStore *references = get_references (self);
  g_autoptr (ReelReference) reference = NULL;
  g_autofree char *place = NULL;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (references));

  if (from >= n || to >= n || from == to)
    return;

  reference = g_list_model_get_item (G_LIST_MODEL (references), from);
  g_list_store_remove (references, from);
  g_list_store_insert (references, to, reference);
  focus_row (self, to);

  place = g_strdup_printf (_ ("Now reference %u of %u"), to + 1, n);
  reel_announce (GTK_WIDGET (self), place);
}

static void
on_row_removed (ReelReferenceRow *row, ReelReferencesGroup *self)
{
  GListStore *references = get_references (self);
  guint position = (guint)gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (references));

  g_list_store_remove (references, position);
  show_problem (self, NULL);
  focus_row (self, position + 1 < n ? position : position - 1);
}

static void
on_row_moved (ReelReferenceRow *row, int steps, ReelReferencesGroup *self)
{
  int position = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));

  if (position + steps >= 0)
    move (self, (guint)position, (guint)(position + steps));
}

static void
on_row_dropped (ReelReferenceRow *row, ReelReferenceRow *other, ReelReferencesGroup *self)
{
  if (gtk_widget_get_parent (GTK_WIDGET (other)) != gtk_widget_get_parent (GTK_WIDGET (row)))
    return;

  move (self, (guint)gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (other)),
        (guint)gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));
}

static gboolean
add_link (ReelReferencesGroup *self, const char *link)
{
  GListStore *references = get_references (self);
  const char *problem = reel_compose_refuse_reference (link, G_LIST_MODEL (references));
  g_autoptr (ReelReference) reference = NULL;

  if (problem != NULL) {
    show_problem (self, problem);
    return FALSE;
  }
  reference = reel_reference_new (link);
  g_list_store_append (references, reference);

  return TRUE;
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  ReelReferencesGroup *self = data;
  GtkWidget *row = reel_reference_row_new (item, self->engine);

  g_signal_connect (row, "remove", G_CALLBACK (on_row_removed), self);
  g_signal_connect (row, "move", G_CALLBACK (on_row_moved), self);
  g_signal_connect (row, "drop", G_CALLBACK (on_row_dropped), self);

  return row;
}

static void
on_add_clicked (ReelReferencesGroup *self)
{
  gboolean opens = !gtk_widget_get_visible (self->entry_list);

  show_problem (self, NULL);
  if (!opens)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  show_entry (self, opens);
}

static void
on_entry_changed (ReelReferencesGroup *self)
{
  show_problem (self, NULL);
}

static void
on_entry_applied (ReelReferencesGroup *self)
{
  if (reel_references_group_commit (self))
    gtk_widget_grab_focus (self->add_button);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
on_entry_left (ReelReferencesGroup *self)
{
  reel_references_group_commit (self);
}

static gboolean
on_entry_key (GtkEventControllerKey *controller,
              guint keyval,
              guint keycode,
              GdkModifierType state,
              ReelReferencesGroup *self)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;

  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  show_problem (self, NULL);
  show_entry (self, FALSE);
  gtk_widget_grab_focus (self->add_button);

  return GDK_EVENT_STOP;
}

static void
reel_references_group_dispose (GObject *object)
{
  ReelReferencesGroup *self = REEL_REFERENCES_GROUP (object);

  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->list_signals);
  g_clear_object (&self->request);
  g_clear_object (&self->engine);
  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_REFERENCES_GROUP);

  G_OBJECT_CLASS (reel_references_group_parent_class)->dispose (object);
}

static void
reel_references_group_class_init (ReelReferencesGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reel_references_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-references-group.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelReferencesGroup, add_button);
  gtk_widget_class_bind_template_child (widget_class, ReelReferencesGroup, list);
  gtk_widget_class_bind_template_child (widget_class, ReelReferencesGroup, entry_list);
  gtk_widget_class_bind_template_child (widget_class, ReelReferencesGroup, entry);
  gtk_widget_class_bind_template_child (widget_class, ReelReferencesGroup, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_add_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_applied);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_left);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_key);
}

static void
reel_references_group_init (ReelReferencesGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->list_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->list_signals, "items-changed", G_CALLBACK (on_references_changed), self);
}

/**
 * reel_references_group_set_request:
 * @request: (nullable) (transfer none): the request to edit in place
 *
 * Sets what is edited.
 */
void
reel_references_group_set_request (ReelReferencesGroup *self, ReelRequest *request)
{
  g_return_if_fail (REEL_IS_REFERENCES_GROUP (self));

  if (!g_set_object (&self->request, request))
    return;

  gtk_list_box_bind_model (self->list, G_LIST_MODEL (get_references (self)), make_row, self, NULL);
  g_signal_group_set_target (self->list_signals, get_references (self));
  on_references_changed (self);
}

/**
 * reel_references_group_set_engine:
 * @engine: (nullable) (transfer none): what fetches the pictures of images
 *
 * Sets what fetches thumbnails; rows that are there already are made again.
 */
void
reel_references_group_set_engine (ReelReferencesGroup *self, ReelEngine *engine)
{
  g_return_if_fail (REEL_IS_REFERENCES_GROUP (self));

  if (g_set_object (&self->engine, engine) && self->request != NULL)
    gtk_list_box_bind_model (self->list, G_LIST_MODEL (get_references (self)), make_row, self, NULL);
}

/**
 * reel_references_group_add_links:
 * @text: one link, or several with spaces or line ends between them
 *
 * Adds links, up to the first one that is refused; the reason is then shown.
 *
 * Returns: whether all were added
 */
gboolean
reel_references_group_add_links (ReelReferencesGroup *self, const char *text)
{
  g_auto (GStrv) lines = NULL;
  g_autofree char *valid = NULL;

  g_return_val_if_fail (REEL_IS_REFERENCES_GROUP (self) && text != NULL, FALSE);

  if (self->request == NULL)
    return FALSE;

  valid = g_utf8_make_valid (text, -1);
  lines = g_strsplit_set (valid, "\r\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) links = NULL;

    /* A comment of text/uri-list. */
    if (*lines[i] == '#')
      continue;

    links = g_strsplit_set (lines[i], " \t", -1);
    for (guint j = 0; links[j] != NULL; j++)
      if (*links[j] != '\0' && !add_link (self, links[j]))
        return FALSE;
  }
  show_problem (self, NULL);

  return TRUE;
}

/**
 * reel_references_group_commit:
 *
 * Adds what is typed and not yet added, so that nothing that a person sees is left out of what is sent.
 *
 * Returns: whether nothing typed is left
 */
gboolean
reel_references_group_commit (ReelReferencesGroup *self)
{
  const char *text;

  g_return_val_if_fail (REEL_IS_REFERENCES_GROUP (self), FALSE);

  if (self->entry_list == NULL || !gtk_widget_get_visible (self->entry_list))
    return TRUE;

  text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  if (*text == '\0')
    return TRUE;
  if (!reel_references_group_add_links (self, text))
    return FALSE;

  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  show_entry (self, FALSE);

  return TRUE;
}
