#include "config.h"

#include "reel-prompt-box.h"

#include "reel-compose-text.h"
#include "reel-ui.h"

/* How many different prompts of the history are offered. */
#define MAX_EARLIER 12

/* The text is as high as its lines between these; then it scrolls. */
#define MIN_LINES 4
#define MAX_LINES 13

/**
 * ReelPromptBox:
 *
 * Where the prompt is written, with its length, samples while it is empty, and the prompts of earlier jobs.
 */
struct _ReelPromptBox
{
  AdwPreferencesGroup parent_instance;

  GtkScrolledWindow *scroller;
  GtkTextView *text;
  GtkTextBuffer *buffer;
  GtkWidget *placeholder;
  AdwWrapBox *samples;
  GtkLabel *count;
  GtkWidget *earlier_button;
  GtkPopover *earlier;
  GtkListBox *earlier_list;

  ReelRequest *request;
  GSignalGroup *request_signals;
  ReelEngine *engine;
  GSignalGroup *history_signals;
  GCancellable *cancellable;
  guint height_id;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (ReelPromptBox, reel_prompt_box, ADW_TYPE_PREFERENCES_GROUP)

static char *
dup_text (ReelPromptBox *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);

  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

static int
measure_line (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int height = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));

  pango_font_metrics_unref (metrics);

  return height;
}

static void
on_height_due (gpointer data)
{
  ReelPromptBox *self = data;
  GtkTextIter end;
  GdkRectangle place;
  int line = measure_line (GTK_WIDGET (self->text));

  self->height_id = 0;
  if (gtk_widget_get_width (GTK_WIDGET (self->text)) <= 1)
    return;

  gtk_text_buffer_get_end_iter (self->buffer, &end);
  gtk_text_view_get_iter_location (self->text, &end, &place);
  gtk_scrolled_window_set_min_content_height (self->scroller,
                                              CLAMP (place.y + place.height, line * MIN_LINES, line * MAX_LINES));
}

/* The text view knows its height only once it has its width: in the middle of an allocation, when it is too late to ask
 * for another one. So the box grows right after that. */
static void
queue_height (ReelPromptBox *self)
{
  if (self->height_id == 0)
    self->height_id = g_idle_add_once (on_height_due, self);
}

static void
show_length (ReelPromptBox *self)
{
  int n = gtk_text_buffer_get_char_count (self->buffer);
  g_autofree char *count = reel_compose_make_character_count ((guint)n);

  gtk_label_set_label (self->count, count);
  gtk_widget_set_visible (GTK_WIDGET (self->count), n > 0);
  gtk_widget_set_visible (self->placeholder, n == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->samples), n == 0);
}

static void
on_changed (ReelPromptBox *self)
{
  show_length (self);
  queue_height (self);
  if (self->updating || self->request == NULL)
    return;

  g_autofree char *text = dup_text (self);

  self->updating = TRUE;
  reel_request_set_prompt (self->request, text);
  self->updating = FALSE;
}

static void
on_request_changed (ReelPromptBox *self)
{
  const char *prompt = reel_request_get_prompt (self->request);
  g_autofree char *valid = NULL;
  g_autofree char *text = NULL;

  if (self->updating)
    return;

  /* A draft from the disk may hold anything; a text view takes valid text only. */
  valid = g_utf8_make_valid (prompt != NULL ? prompt : "", -1);
  text = dup_text (self);
  if (g_strcmp0 (text, valid) == 0)
    return;

  self->updating = TRUE;
  gtk_text_buffer_set_text (self->buffer, valid, -1);
  self->updating = FALSE;
}

static void
on_history_changed (ReelPromptBox *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (reel_engine_get_history (self->engine))) > 0)
    gtk_widget_set_visible (self->earlier_button, TRUE);
}

static void
add_earlier (ReelPromptBox *self, const char *prompt)
{
  GtkWidget *label = gtk_label_new (prompt);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 34);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "earlier-prompt");
  gtk_list_box_append (self->earlier_list, label);
}

static void
on_prompts (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ReelPromptBox) self = data;
  g_auto (GStrv) prompts = reel_engine_list_prompts_finish (REEL_ENGINE (source), result, NULL);
  guint n = 0;

  for (char **prompt = prompts; prompt != NULL && *prompt != NULL && n < MAX_EARLIER; prompt++)
    if (g_utf8_validate (*prompt, -1, NULL)) {
      add_earlier (self, *prompt);
      n++;
    }
}

static void
on_earlier_opened (ReelPromptBox *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_list_box_remove_all (self->earlier_list);
  if (!gtk_widget_get_visible (GTK_WIDGET (self->earlier)) || self->engine == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  reel_engine_list_prompts_async (self->engine, self->cancellable, on_prompts, g_object_ref (self));
}

static void
on_earlier_chosen (GtkListBox *list, GtkListBoxRow *row, ReelPromptBox *self)
{
  GtkLabel *label = GTK_LABEL (gtk_list_box_row_get_child (row));
  g_autofree char *prompt = g_strdup (gtk_label_get_label (label));

  gtk_popover_popdown (self->earlier);
  reel_prompt_box_replace (self, prompt);
}

static void
on_sample_clicked (GtkButton *button, ReelPromptBox *self)
{
  reel_prompt_box_replace (self, gtk_widget_get_tooltip_text (GTK_WIDGET (button)));
}

static gboolean
reel_prompt_box_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (REEL_PROMPT_BOX (widget)->text));
}

static void
reel_prompt_box_dispose (GObject *object)
{
  ReelPromptBox *self = REEL_PROMPT_BOX (object);

  g_clear_handle_id (&self->height_id, g_source_remove);
  g_clear_object (&self->request_signals);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->history_signals);
  g_clear_object (&self->request);
  g_clear_object (&self->engine);
  gtk_widget_dispose_template (GTK_WIDGET (self), REEL_TYPE_PROMPT_BOX);

  G_OBJECT_CLASS (reel_prompt_box_parent_class)->dispose (object);
}

static void
reel_prompt_box_class_init (ReelPromptBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reel_prompt_box_dispose;
  widget_class->grab_focus = reel_prompt_box_grab_focus;

  gtk_widget_class_set_template_from_resource (widget_class, REEL_UI_RESOURCES "reel-prompt-box.ui");
  gtk_widget_class_bind_template_child (widget_class, ReelPromptBox, scroller);
  gtk_widget_class_bind_template_child (widget_class, ReelPromptBox, text);
  gtk_widget_class_bind_template_child (widget_class, ReelPromptBox, buffer);
  gtk_widget_class_bind_template_child (widget_class, ReelPromptBox, placeholder);
  gtk_widget_class_bind_template_child (widget_class, ReelPromptBox, samples);
  gtk_widget_class_bind_template_child (widget_class, ReelPromptBox, count);
  gtk_widget_class_bind_template_child (widget_class, ReelPromptBox, earlier_button);
  gtk_widget_class_bind_template_child (widget_class, ReelPromptBox, earlier);
  gtk_widget_class_bind_template_child (widget_class, ReelPromptBox, earlier_list);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, queue_height);
  gtk_widget_class_bind_template_callback (widget_class, on_earlier_opened);
  gtk_widget_class_bind_template_callback (widget_class, on_earlier_chosen);
}

static void
reel_prompt_box_init (ReelPromptBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < REEL_COMPOSE_N_SAMPLES; i++) {
    GtkWidget *button = gtk_button_new_with_label (reel_compose_get_sample_title (i));

    gtk_widget_set_tooltip_text (button, reel_compose_get_sample_prompt (i));
    gtk_widget_add_css_class (button, "sample");
    g_signal_connect (button, "clicked", G_CALLBACK (on_sample_clicked), self);
    adw_wrap_box_append (self->samples, button);
  }

  self->request_signals = g_signal_group_new (REEL_TYPE_REQUEST);
  g_signal_group_connect_swapped (self->request_signals, "notify::prompt", G_CALLBACK (on_request_changed), self);
  self->history_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->history_signals, "items-changed", G_CALLBACK (on_history_changed), self);

  show_length (self);
}

/**
 * reel_prompt_box_set_request:
 * @request: (nullable) (transfer none): the request to edit in place
 *
 * Sets what is edited.
 */
void
reel_prompt_box_set_request (ReelPromptBox *self, ReelRequest *request)
{
  g_return_if_fail (REEL_IS_PROMPT_BOX (self));

  if (!g_set_object (&self->request, request))
    return;

  g_signal_group_set_target (self->request_signals, request);
  if (request != NULL)
    on_request_changed (self);
}

/**
 * reel_prompt_box_set_engine:
 * @engine: (nullable) (transfer none): what has the history
 *
 * Sets where earlier prompts come from.
 */
void
reel_prompt_box_set_engine (ReelPromptBox *self, ReelEngine *engine)
{
  g_return_if_fail (REEL_IS_PROMPT_BOX (self));

  if (!g_set_object (&self->engine, engine))
    return;

  g_signal_group_set_target (self->history_signals, engine != NULL ? reel_engine_get_history (engine) : NULL);
  if (engine != NULL)
    on_history_changed (self);
}

/**
 * reel_prompt_box_replace:
 * @prompt: valid text
 *
 * Writes another prompt in the place of the one that is there, so that it can be undone, and goes there.
 */
void
reel_prompt_box_replace (ReelPromptBox *self, const char *prompt)
{
  GtkTextIter start, end;

  g_return_if_fail (REEL_IS_PROMPT_BOX (self) && prompt != NULL);

  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  gtk_text_buffer_delete (self->buffer, &start, &end);
  gtk_text_buffer_insert (self->buffer, &start, prompt, -1);
  gtk_text_buffer_end_user_action (self->buffer);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}
