#include "config.h"

#include "reel-compose-text.h"
#include "reel-compose-view.h"
#include "reel-engine-fixture.h"
#include "reel-references-group.h"
#include "reel-test.h"
#include "reel-ui-test.h"

/* A form with a request and, where asked for, a catalogue; what it says is collected. */
typedef struct
{
  GtkWindow *window;
  ReelComposeView *view;
  ReelRequest *request;
  ReelCatalogue *catalogue;
  GPtrArray *notices;
  guint n_submits;
  guint n_retries;
} Form;

static Form *
form_new (ReelCatalogue *catalogue)
{
  Form *self = g_new0 (Form, 1);

  self->view = REEL_COMPOSE_VIEW (reel_compose_view_new ());
  self->request = reel_request_new ();
  self->notices = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (self->view, "notice", G_CALLBACK (reel_ui_test_store_text), self->notices);
  g_signal_connect_swapped (self->view, "submit", G_CALLBACK (reel_ui_test_count), &self->n_submits);
  g_signal_connect_swapped (self->view, "retry", G_CALLBACK (reel_ui_test_count), &self->n_retries);
  reel_compose_view_set_request (self->view, self->request);
  self->catalogue = catalogue;
  reel_compose_view_set_catalogue (self->view, catalogue);
  self->window = reel_ui_test_present (GTK_WIDGET (self->view), 360, 800);

  return self;
}

static Form *
form_new_sandbox (void)
{
  return form_new (reel_ui_test_make_sandbox_catalogue ());
}

/* Ends the form and proves that nothing keeps it. */
static void
form_free (Form *self)
{
  ReelComposeView *view = g_object_ref (self->view);

  gtk_window_destroy (self->window);
  reel_test_wait (!gtk_widget_get_mapped (GTK_WIDGET (view)));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (view);
  g_assert_finalize_object (self->request);
  g_clear_object (&self->catalogue);
  g_ptr_array_unref (self->notices);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Form, form_free)

static const char *
get_price (Form *self)
{
  GtkLabel *label = reel_ui_test_find (self->view, GTK_TYPE_LABEL, "Price");

  return label != NULL ? gtk_label_get_text (label) : NULL;
}

static void
pick (Form *self, const char *row, guint index)
{
  AdwComboRow *combo = reel_ui_test_find (self->view, ADW_TYPE_COMBO_ROW, row);

  g_assert_nonnull (combo);
  adw_combo_row_set_selected (combo, index);
}

/* Chooses by whichever control the choices made. */
static void
choose (Form *self, const char *name, guint index)
{
  AdwToggleGroup *toggles = reel_ui_test_find (self->view, ADW_TYPE_TOGGLE_GROUP, name);

  if (toggles != NULL)
    adw_toggle_group_set_active (toggles, index);
  else
    pick (self, name, index);
}

static void
set_duration (Form *self, guint seconds, guint index)
{
  GtkRange *scale = reel_ui_test_find (self->view, GTK_TYPE_SCALE, "Duration");

  if (scale != NULL)
    gtk_range_set_value (scale, seconds);
  else
    choose (self, "Duration", index);
}

static void
write_prompt (Form *self, const char *prompt)
{
  GtkTextView *text = reel_ui_test_find (self->view, GTK_TYPE_TEXT_VIEW, "Prompt");

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (text), prompt, -1);
}

static char *
read_prompt (Form *self)
{
  GtkTextView *text = reel_ui_test_find (self->view, GTK_TYPE_TEXT_VIEW, "Prompt");
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (text);
  char *prompt = NULL;

  g_object_get (buffer, "text", &prompt, NULL);

  return prompt;
}

static GtkWidget *
get_generate (Form *self)
{
  return reel_ui_test_find (self->view, GTK_TYPE_BUTTON, "Generate");
}

static gboolean
can_generate (Form *self)
{
  return gtk_widget_get_sensitive (get_generate (self));
}

static void
press_generate (Form *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->view), "compose.generate", NULL);
}

static void
press_shortcut (Form *self)
{
  g_signal_emit_by_name (self->view, "generate-pressed");
}

static void
add_reference (Form *self, const char *url)
{
  g_autoptr (ReelReference) reference = reel_reference_new (url);

  g_list_store_append (reel_request_get_references (self->request), reference);
}

static ReelReferencesGroup *
get_references_group (Form *self)
{
  return reel_ui_test_find (self->view, REEL_TYPE_REFERENCES_GROUP, NULL);
}

/* The links in their order, as one text of their file names. */
static char *
get_links (Form *self)
{
  GListModel *references = G_LIST_MODEL (reel_request_get_references (self->request));
  GString *links = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (references); i++) {
    g_autoptr (ReelReference) reference = g_list_model_get_item (references, i);
    g_autofree char *name = reel_reference_dup_file_name (reference);

    g_string_append_printf (links, "%s%s", i > 0 ? " " : "", name);
  }

  return g_string_free_and_steal (links);
}

static void
assert_links (Form *self, const char *expected)
{
  g_autofree char *links = get_links (self);

  g_assert_cmpstr (links, ==, expected);
}

static AdwAlertDialog *
get_alert (Form *self)
{
  AdwDialog *dialog = adw_window_get_visible_dialog (ADW_WINDOW (self->window));

  return ADW_IS_ALERT_DIALOG (dialog) ? ADW_ALERT_DIALOG (dialog) : NULL;
}

static const char odd_models[] =
    "{\"success\":true,\"data\":["
    "{\"id\":\"ultra\",\"durations\":[3,7,30],\"aspectRatios\":[\"21:9\",\"4:5\"],\"resolutions\":[\"1440p\",\"8k\"],"
    "\"usdPerSecond\":{\"1440p\":0.333333,\"8k\":1.25}},"
    "{\"id\":\"no-price\",\"durations\":[5],\"aspectRatios\":[\"16:9\"],\"resolutions\":[\"720p\"]},"
    "{\"id\":\"odd\",\"durations\":[1,2,3,4],\"aspectRatios\":[],\"resolutions\":[\"negative\",\"text\",\"zero\","
    "\"null\",\"fine\"],\"usdPerSecond\":{\"negative\":-1,\"text\":\"cheap\",\"zero\":0,\"null\":null,\"fine\":0.1}},"
    "{\"id\":\"bare\",\"durations\":[],\"aspectRatios\":[],\"resolutions\":[]},"
    "{\"id\":\"<b>&amp;\",\"durations\":[1,2,3,4,5,6,7,8,9,10],\"aspectRatios\":[\"1:1\",\"a\",\"b\",\"c\",\"d\","
    "\"e\"],\"resolutions\":[\"720p\"],\"usdPerSecond\":{\"720p\":0.000001}}]}";

/* Every model, resolution and duration of the sandbox has its exact price, at once. */
static void
test_prices (void)
{
  static const struct
  {
    const char *model;
    gint64 micro_dollars[3]; /* a second, at 480p, 720p and 1080p */
  } prices[] = {
      {"seedance-2.0", {50000, 100000, 200000}},
      {"seedance-2.0-fast", {37500, 75000, 150000}},
      {"seedance-1.5-pro", {25000, 50000, 100000}},
  };
  g_autoptr (Form) form = form_new_sandbox ();
  guint n_prices = 0;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (form->catalogue)), ==, G_N_ELEMENTS (prices));
  for (guint i = 0; i < G_N_ELEMENTS (prices); i++) {
    ReelVideoModel *model = reel_catalogue_lookup (form->catalogue, prices[i].model);
    const char *const *resolutions = reel_video_model_get_resolutions (model);
    const guint *durations;
    guint n;

    pick (form, "Model", i);
    g_assert_cmpstr (reel_request_get_model (form->request), ==, prices[i].model);
    durations = reel_video_model_get_durations (model, &n);
    g_assert_cmpuint (g_strv_length ((GStrv)resolutions), ==, 3);
    for (guint j = 0; j < 3; j++) {
      choose (form, "Resolution", j);
      g_assert_cmpstr (reel_request_get_resolution (form->request), ==, resolutions[j]);
      for (guint k = 0; k < n; k++) {
        gint64 total = prices[i].micro_dollars[j] * durations[k];
        g_autofree char *digits = g_strdup_printf ("%06d", (int)(total % 1000000));
        g_autofree char *expected = NULL;
        gsize length = 6;

        while (length > 2 && digits[length - 1] == '0')
          digits[--length] = '\0';
        expected = g_strdup_printf ("$%d.%s", (int)(total / 1000000), digits);

        set_duration (form, durations[k], k);
        g_assert_cmpuint (reel_request_get_duration (form->request), ==, durations[k]);
        g_assert_cmpstr (get_price (form), ==, expected);
        n_prices++;
      }
    }
  }
  g_assert_cmpuint (n_prices, ==, 3 * (12 + 12 + 2));
}

static void
test_arithmetic (void)
{
  g_autoptr (Form) form = form_new_sandbox ();
  GtkWidget *price = reel_ui_test_find (form->view, GTK_TYPE_LABEL, "Price");

  g_assert_cmpstr (get_price (form), ==, "$0.50");
  reel_ui_test_assert_description (price, "5\u00a0s × $0.10");
  choose (form, "Aspect ratio", 1);
  g_assert_cmpstr (reel_request_get_aspect_ratio (form->request), ==, "9:16");
  g_assert_cmpstr (get_price (form), ==, "$0.50");
  set_duration (form, 8, 0);
  reel_ui_test_assert_description (price, "8\u00a0s × $0.10");
  g_assert_true (reel_ui_test_reads (form->view, "8\u00a0s × $0.10"));
  g_assert_true (reel_ui_test_reads (form->view, "8\u00a0s"));
  g_assert_true (price == reel_ui_test_find (form->view, GTK_TYPE_LABEL, "Price"));
}

/* Nothing is known beforehand: names, lengths and prices are what the service lists. */
static void
test_unknown (void)
{
  g_autoptr (Form) form = form_new (reel_ui_test_make_catalogue (odd_models));

  g_assert_cmpstr (reel_request_get_model (form->request), ==, "ultra");
  g_assert_null (reel_ui_test_find (form->view, GTK_TYPE_SCALE, "Duration"));
  choose (form, "Duration", 0);
  choose (form, "Aspect ratio", 1);
  choose (form, "Resolution", 0);
  g_assert_cmpstr (get_price (form), ==, "$0.999999");
  g_assert_cmpstr (reel_request_get_aspect_ratio (form->request), ==, "4:5");
  choose (form, "Duration", 2);
  choose (form, "Resolution", 1);
  g_assert_cmpstr (get_price (form), ==, "$37.50");

  pick (form, "Model", 1);
  g_assert_cmpstr (get_price (form), ==, "Price not listed");

  pick (form, "Model", 2);
  g_assert_null (reel_ui_test_find (form->view, ADW_TYPE_TOGGLE_GROUP, "Aspect ratio"));
  g_assert_null (reel_ui_test_find (form->view, ADW_TYPE_COMBO_ROW, "Aspect ratio"));
  g_assert_null (reel_request_get_aspect_ratio (form->request));
  set_duration (form, 4, 0);
  for (guint i = 0; i < 4; i++) {
    choose (form, "Resolution", i);
    g_assert_cmpstr (get_price (form), ==, "Price not listed");
  }
  choose (form, "Resolution", 4);
  g_assert_cmpstr (get_price (form), ==, "$0.40");

  pick (form, "Model", 3);
  g_assert_null (reel_ui_test_find (form->view, GTK_TYPE_SCALE, "Duration"));
  g_assert_null (reel_ui_test_find (form->view, ADW_TYPE_COMBO_ROW, "Duration"));
  g_assert_null (reel_ui_test_find (form->view, ADW_TYPE_COMBO_ROW, "Resolution"));
  g_assert_cmpstr (get_price (form), ==, "Price not listed");
  write_prompt (form, "A boat");
  g_assert_true (can_generate (form));

  pick (form, "Model", 4);
  g_assert_cmpstr (reel_request_get_model (form->request), ==, "<b>&amp;");
  g_assert_nonnull (reel_ui_test_find (form->view, ADW_TYPE_COMBO_ROW, "Aspect ratio"));
  set_duration (form, 3, 0);
  g_assert_cmpstr (get_price (form), ==, "$0.000003");
}

static void
test_switch (void)
{
  g_autoptr (Form) form = form_new_sandbox ();

  choose (form, "Aspect ratio", 2);
  choose (form, "Resolution", 2);
  pick (form, "Model", 1);
  g_assert_cmpuint (form->notices->len, ==, 0);
  g_assert_cmpstr (reel_request_get_aspect_ratio (form->request), ==, "1:1");
  g_assert_cmpstr (reel_request_get_resolution (form->request), ==, "1080p");
  g_assert_cmpuint (reel_request_get_duration (form->request), ==, 5);

  set_duration (form, 9, 0);
  pick (form, "Model", 2);
  g_assert_cmpuint (form->notices->len, ==, 1);
  g_assert_cmpstr (form->notices->pdata[0], ==, "Changed to fit: 10\u00a0s");
  g_assert_cmpuint (reel_request_get_duration (form->request), ==, 10);
  g_assert_cmpstr (get_price (form), ==, "$1.00");
  g_assert_cmpstr (reel_request_get_aspect_ratio (form->request), ==, "1:1");
}

/* A draft that the account cannot make is moved to what it can, once, however many of its properties change. */
static void
test_foreign_draft (void)
{
  g_autoptr (Form) form = form_new_sandbox ();

  reel_request_set_duration (form->request, 15);
  reel_request_set_resolution (form->request, "4k");
  reel_request_set_aspect_ratio (form->request, "9:16");
  reel_request_set_model (form->request, "seedance-1.5-pro");
  g_assert_cmpuint (form->notices->len, ==, 0);
  reel_test_wait (form->notices->len > 0);
  g_assert_cmpstr (form->notices->pdata[0], ==, "Changed to fit: 10\u00a0s, 1080p");
  g_assert_cmpuint (form->notices->len, ==, 1);
  g_assert_cmpstr (reel_request_get_aspect_ratio (form->request), ==, "9:16");

  reel_request_set_model (form->request, "gone");
  reel_test_wait (form->notices->len > 1);
  g_assert_cmpstr (form->notices->pdata[1], ==, "This account has no gone: the model is now seedance-2.0");
}

static void
test_reasons (void)
{
  g_autoptr (Form) form = form_new (NULL);
  g_autoptr (ReelCatalogue) none = reel_catalogue_new ();
  g_autoptr (ReelCatalogue) catalogue = reel_ui_test_make_sandbox_catalogue ();

  g_assert_true (reel_ui_test_reads (form->view, "Loading models…"));
  g_assert_false (can_generate (form));
  g_assert_cmpstr (get_price (form), ==, "—");

  reel_compose_view_set_catalogue_error (form->view, "The connection broke.");
  g_assert_false (reel_ui_test_reads (form->view, "Loading models…"));
  g_assert_true (reel_ui_test_reads (form->view, "The connection broke."));
  g_assert_true (reel_ui_test_reads (form->view, "The models of this account are not known."));
  g_assert_nonnull (reel_ui_test_find (form->view, GTK_TYPE_BUTTON, "Try Again"));
  reel_ui_test_press (reel_ui_test_find (form->view, GTK_TYPE_BUTTON, "Try Again"));
  g_assert_cmpuint (form->n_retries, ==, 1);

  reel_compose_view_set_catalogue_error (form->view, NULL);
  reel_compose_view_set_catalogue (form->view, none);
  g_assert_true (reel_ui_test_reads (form->view, "This account lists no models."));
  g_assert_false (can_generate (form));

  reel_compose_view_set_catalogue (form->view, catalogue);
  g_assert_true (reel_ui_test_reads (form->view, "Write a prompt to generate."));
  g_assert_false (can_generate (form));
  write_prompt (form, " \n\t ");
  g_assert_false (can_generate (form));
  write_prompt (form, "A boat");
  g_assert_true (can_generate (form));
  g_assert_false (reel_ui_test_reads (form->view, "Write a prompt to generate."));

  reel_compose_view_set_blocked_reason (form->view, "The history cannot be written.");
  g_assert_false (can_generate (form));
  g_assert_true (reel_ui_test_reads (form->view, "The history cannot be written."));
  reel_ui_test_assert_description (get_generate (form), "The history cannot be written.");
  press_generate (form);
  press_shortcut (form);
  g_assert_cmpuint (form->n_submits, ==, 0);
  reel_compose_view_set_blocked_reason (form->view, NULL);

  reel_request_set_webhook_url (form->request, "http://example.com/hook");
  g_assert_false (can_generate (form));
  g_assert_true (reel_ui_test_reads (form->view, "The service calls https addresses only."));
  gtk_editable_set_text (reel_ui_test_find (form->view, ADW_TYPE_ENTRY_ROW, "Webhook URL"),
                         " https://example.com/hook ");
  g_assert_cmpstr (reel_request_get_webhook_url (form->request), ==, "https://example.com/hook");
  g_assert_true (can_generate (form));

  add_reference (form, "https://192.168.0.1/a.png");
  g_assert_false (can_generate (form));
}

/* The number of videos multiplies the price in the same frame, however it is entered; the wheel does not. */
static void
test_count (void)
{
  g_autoptr (Form) form = form_new_sandbox ();
  AdwExpanderRow *more = reel_ui_test_find (form->view, ADW_TYPE_EXPANDER_ROW, "More");
  GtkSpinButton *spin;

  adw_expander_row_set_expanded (more, TRUE);
  spin = reel_ui_test_find (form->view, GTK_TYPE_SPIN_BUTTON, "Count");
  g_assert_nonnull (spin);
  g_assert_cmpstr (get_price (form), ==, "$0.50");
  gtk_spin_button_set_value (spin, 2);
  g_assert_cmpstr (get_price (form), ==, "$1.00");
  g_assert_cmpuint (reel_request_get_count (form->request), ==, 2);
  reel_ui_test_assert_description (reel_ui_test_find (form->view, GTK_TYPE_LABEL, "Price"),
                                   "5\u00a0s × $0.10 × 2 = $1.00");
  g_assert_cmpstr (adw_expander_row_get_subtitle (more), ==, "2 videos");

  gtk_editable_set_text (GTK_EDITABLE (spin), "10");
  g_assert_cmpstr (get_price (form), ==, "$5.00");
  gtk_editable_set_text (GTK_EDITABLE (spin), "");
  g_assert_cmpuint (reel_request_get_count (form->request), ==, 10);
  gtk_editable_set_text (GTK_EDITABLE (spin), "1");
  g_assert_cmpstr (get_price (form), ==, "$0.50");
  gtk_editable_set_text (GTK_EDITABLE (spin), "11");
  g_assert_cmpuint (reel_request_get_count (form->request), ==, 1);

  reel_request_set_count (form->request, 4);
  g_assert_cmpint (gtk_spin_button_get_value_as_int (spin), ==, 4);
}

static void
test_submit (void)
{
  g_autoptr (Form) form = form_new_sandbox ();

  press_generate (form);
  press_shortcut (form);
  g_assert_cmpuint (form->n_submits, ==, 0);
  write_prompt (form, "A boat");
  press_generate (form);
  g_assert_cmpuint (form->n_submits, ==, 1);
  press_shortcut (form);
  g_assert_cmpuint (form->n_submits, ==, 2);
  g_assert_null (get_alert (form));
}

static void
test_prompt (void)
{
  g_autoptr (Form) form = form_new_sandbox ();
  g_autoptr (GString) huge = g_string_new (NULL);
  static const char *const prompts[] = {
      "A 🐉 and a 👩‍👩‍👧‍👦 under 🌈",
      "قارب ورقي يعبر بركة عند الفجر",
      "Con thuyền giấy trôi trên vũng nước mưa",
      "<b>bold</b> & %s \\ \"quoted\"",
      "line\n\nline\n ",
      "e\u0301\u0323 \u200b\u202e end",
  };

  for (guint i = 0; i < G_N_ELEMENTS (prompts); i++) {
    g_autofree char *shown = NULL;

    write_prompt (form, prompts[i]);
    g_assert_cmpstr (reel_request_get_prompt (form->request), ==, prompts[i]);
    reel_request_set_prompt (form->request, NULL);
    reel_request_set_prompt (form->request, prompts[i]);
    shown = read_prompt (form);
    g_assert_cmpstr (shown, ==, prompts[i]);
    g_assert_true (can_generate (form));
  }

  while (huge->len < 20000)
    g_string_append (huge, "A long shot. ");
  write_prompt (form, huge->str);
  g_assert_cmpstr (reel_request_get_prompt (form->request), ==, huge->str);
  g_assert_true (reel_ui_test_reads (form->view, "20007 characters"));
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);

  /* A draft from the disk may hold anything. */
  reel_request_set_prompt (form->request, "a\xff z");
  g_assert_true (reel_ui_test_reads (form->view, "4 characters"));
}

/* What another program offers need not be text. */
static void
test_paste (void)
{
  static const struct
  {
    const char *bytes;
    gsize length;
    const char *prompt; /* NULL: whatever is left is valid text */
  } cases[] = {
      {"plain", 5, "plain"},
      {"thuyền 🚤", 13, "thuyền 🚤"},
      {"a\0b", 3, NULL},
      {"a\xff\xfe z", 5, NULL},
  };
  g_autoptr (Form) form = form_new_sandbox ();
  GtkWidget *text = reel_ui_test_find (form->view, GTK_TYPE_TEXT_VIEW, "Prompt");
  GdkClipboard *clipboard = gtk_widget_get_clipboard (text);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new (cases[i].bytes, cases[i].length);
    g_autoptr (GdkContentProvider) provider = gdk_content_provider_new_for_bytes ("text/plain;charset=utf-8", bytes);
    g_autofree char *shown = NULL;

    write_prompt (form, "");
    gdk_clipboard_set_content (clipboard, provider);
    gtk_widget_activate_action (text, "clipboard.paste", NULL);
    if (cases[i].prompt != NULL)
      reel_test_wait (g_strcmp0 (reel_request_get_prompt (form->request), cases[i].prompt) == 0);
    for (guint j = 0; j < 100; j++)
      g_main_context_iteration (NULL, FALSE);
    shown = read_prompt (form);
    g_assert_true (g_utf8_validate (shown, -1, NULL));
    g_assert_cmpstr (reel_request_get_prompt (form->request), ==, *shown != '\0' ? shown : NULL);
  }
  gdk_clipboard_set_content (clipboard, NULL);
}

static void
test_samples (void)
{
  g_autoptr (Form) form = form_new_sandbox ();
  GtkWidget *samples = reel_ui_test_find (form->view, ADW_TYPE_WRAP_BOX, "Sample prompts");
  GtkWidget *sample;
  g_autofree char *prompt = NULL;

  g_assert_nonnull (samples);
  sample = reel_ui_test_find (samples, GTK_TYPE_BUTTON, reel_compose_get_sample_title (2));
  g_assert_nonnull (sample);
  reel_ui_test_press (sample);
  reel_test_wait (reel_request_get_prompt (form->request) != NULL);
  prompt = read_prompt (form);
  g_assert_cmpstr (prompt, ==, reel_compose_get_sample_prompt (2));
  g_assert_null (reel_ui_test_find (form->view, ADW_TYPE_WRAP_BOX, "Sample prompts"));
  g_assert_true (can_generate (form));
}

static void
test_earlier_prompts (void)
{
  g_autoptr (Form) form = form_new_sandbox ();
  ReelEngineFixture fixture = {0};
  GtkMenuButton *button;
  GtkListBox *list;
  g_autofree char *prompt = NULL;

  reel_engine_fixture_init (&fixture);
  for (guint i = 0; i < 6; i++) {
    g_autofree char *id = g_strdup_printf ("%u", i);
    ReelJobRecord *record = reel_engine_fixture_make_record (&fixture, id, id);

    record->status = REEL_SERVICE_FAILED;
    record->created_at = 100 - i;
    g_free (record->prompt);
    record->prompt = g_strdup_printf ("Prompt %u", i / 2);
    reel_engine_fixture_write (&fixture, record);
  }
  reel_engine_fixture_start (&fixture);

  g_assert_null (reel_ui_test_find (form->view, GTK_TYPE_MENU_BUTTON, "Earlier Prompts"));
  reel_compose_view_set_engine (form->view, fixture.engine);
  reel_test_wait (reel_ui_test_find (form->view, GTK_TYPE_MENU_BUTTON, "Earlier Prompts") != NULL);
  button = reel_ui_test_find (form->view, GTK_TYPE_MENU_BUTTON, "Earlier Prompts");
  gtk_menu_button_popup (button);
  list = reel_ui_test_find (gtk_menu_button_get_popover (button), GTK_TYPE_LIST_BOX, "Earlier Prompts");
  g_assert_nonnull (list);
  reel_test_wait (gtk_list_box_get_row_at_index (list, 2) != NULL);
  g_assert_null (gtk_list_box_get_row_at_index (list, 3));
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, 1));
  prompt = read_prompt (form);
  g_assert_cmpstr (prompt, ==, "Prompt 1");
  reel_compose_view_set_engine (form->view, NULL);
  reel_engine_fixture_clear (&fixture);
}

static void
test_references (void)
{
  g_autoptr (Form) form = form_new_sandbox ();
  ReelReferencesGroup *group = get_references_group (form);
  GtkWidget *add = reel_ui_test_find (form->view, GTK_TYPE_BUTTON, "Add a link to an image, a video or a sound");
  AdwEntryRow *entry;
  GtkListBox *list;

  g_assert_true (reel_ui_test_reads (form->view, "None: text to video"));
  g_assert_null (reel_ui_test_find (group, ADW_TYPE_ENTRY_ROW, NULL));
  reel_ui_test_press (add);
  reel_test_wait (reel_ui_test_find (group, ADW_TYPE_ENTRY_ROW, NULL) != NULL);
  entry = reel_ui_test_find (group, ADW_TYPE_ENTRY_ROW, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), "http://example.com/a.png");
  g_signal_emit_by_name (entry, "apply");
  g_assert_true (reel_ui_test_reads (form->view, "The service opens https links only."));
  assert_links (form, "");
  gtk_editable_set_text (GTK_EDITABLE (entry), "https://example.com/one.png");
  g_assert_false (reel_ui_test_reads (form->view, "The service opens https links only."));
  g_signal_emit_by_name (entry, "apply");
  assert_links (form, "one.png");
  g_assert_true (reel_ui_test_reads (form->view, "One image: first frame"));
  g_assert_true (reel_ui_test_reads (form->view, "example.com · image"));

  g_assert_true (reel_references_group_add_links (
      group, "# from a browser\r\nhttps://example.com/two.mp4\r\n\r\nhttps://example.com/three.wav "));
  assert_links (form, "one.png two.mp4 three.wav");
  g_assert_true (reel_ui_test_reads (form->view, "Used as references"));
  g_assert_false (reel_references_group_add_links (group, "https://example.com/four.bmp https://localhost/five.png"));
  g_assert_true (reel_references_group_add_links (group, "https://example.com/five.gif"));
  assert_links (form, "one.png two.mp4 three.wav four.bmp five.gif");
  g_assert_false (gtk_widget_get_sensitive (add));
  g_assert_false (reel_references_group_add_links (group, "https://example.com/six.gif"));
  g_assert_true (reel_ui_test_reads (form->view, "Five references are the most that the service takes."));
  assert_links (form, "one.png two.mp4 three.wav four.bmp five.gif");

  list = reel_ui_test_find (group, GTK_TYPE_LIST_BOX, "References");
  g_assert_nonnull (list);
  g_signal_emit_by_name (gtk_list_box_get_row_at_index (list, 0), "move", 1);
  assert_links (form, "two.mp4 one.png three.wav four.bmp five.gif");
  g_signal_emit_by_name (gtk_list_box_get_row_at_index (list, 0), "move", -1);
  g_signal_emit_by_name (gtk_list_box_get_row_at_index (list, 4), "move", 1);
  assert_links (form, "two.mp4 one.png three.wav four.bmp five.gif");
  g_signal_emit_by_name (gtk_list_box_get_row_at_index (list, 1), "drop", gtk_list_box_get_row_at_index (list, 4));
  assert_links (form, "two.mp4 five.gif one.png three.wav four.bmp");
  g_signal_emit_by_name (gtk_list_box_get_row_at_index (list, 3), "drop", gtk_list_box_get_row_at_index (list, 0));
  assert_links (form, "five.gif one.png three.wav two.mp4 four.bmp");

  for (guint i = 5; i > 0; i--) {
    reel_ui_test_press (reel_ui_test_find (list, GTK_TYPE_BUTTON, "Remove"));
    reel_test_wait (g_list_model_get_n_items (G_LIST_MODEL (reel_request_get_references (form->request))) == i - 1);
  }
  g_assert_true (gtk_widget_get_sensitive (add));
  g_assert_null (reel_ui_test_find (group, GTK_TYPE_LIST_BOX, "References"));
}

/* A link that is typed and not yet added is not left out of what is sent; one that is refused stops it. */
static void
test_pending_link (void)
{
  g_autoptr (Form) form = form_new_sandbox ();
  ReelReferencesGroup *group = get_references_group (form);
  AdwEntryRow *entry;

  write_prompt (form, "A boat");
  reel_ui_test_press (reel_ui_test_find (form->view, GTK_TYPE_BUTTON, "Add a link to an image, a video or a sound"));
  reel_test_wait (reel_ui_test_find (group, ADW_TYPE_ENTRY_ROW, NULL) != NULL);
  entry = reel_ui_test_find (group, ADW_TYPE_ENTRY_ROW, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "https://10.0.0.1/a.png");
  press_shortcut (form);
  g_assert_cmpuint (form->n_submits, ==, 0);
  gtk_editable_set_text (GTK_EDITABLE (entry), "https://example.com/a.png");
  press_shortcut (form);
  g_assert_cmpuint (form->n_submits, ==, 1);
  assert_links (form, "a.png");
}

/* Pictures are fetched in the background; a row that goes meanwhile takes its question with it. */
static void
test_thumbnails (void)
{
  ReelEngineFixture engine = {0};
  g_autoptr (Form) form = form_new_sandbox ();
  GtkListBox *list;

  reel_engine_fixture_init (&engine);
  reel_engine_fixture_start (&engine);
  reel_compose_view_set_engine (form->view, engine.engine);
  add_reference (form, "https://thumbnail.invalid/one.png");
  add_reference (form, "https://thumbnail.invalid/two.png");
  list = reel_ui_test_find (form->view, GTK_TYPE_LIST_BOX, "References");
  reel_ui_test_press (reel_ui_test_find (list, GTK_TYPE_BUTTON, "Remove"));
  assert_links (form, "two.png");
  for (guint i = 0; i < 50; i++)
    g_main_context_iteration (NULL, FALSE);
  reel_compose_view_set_engine (form->view, NULL);
  reel_engine_fixture_clear (&engine);
}

static void
test_fill (void)
{
  g_autoptr (Form) form = form_new_sandbox ();
  g_autoptr (ReelRequest) source = reel_request_new ();
  g_autoptr (ReelReference) reference = reel_reference_new ("https://example.com/new.png");
  g_autofree char *prompt = NULL;

  add_reference (form, "https://example.com/old.png");
  g_object_set (source, "model", "seedance-1.5-pro", "prompt", "Again", "duration", 10, "aspect-ratio", "1:1",
                "resolution", "480p", "webhook-url", "https://example.com/hook", NULL);
  g_list_store_append (reel_request_get_references (source), reference);

  reel_compose_view_fill (form->view, source);
  prompt = read_prompt (form);
  g_assert_cmpstr (prompt, ==, "Again");
  g_assert_cmpstr (get_price (form), ==, "$0.25");
  assert_links (form, "new.png");
  g_assert_cmpstr (reel_request_get_webhook_url (form->request), ==, "https://example.com/hook");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (form->notices->len, ==, 0);
  g_assert_cmpuint (reel_request_get_duration (form->request), ==, 10);
}

/* Another draft takes the place of the one that is shown; the old one is left alone. */
static void
test_another_request (void)
{
  g_autoptr (Form) form = form_new_sandbox ();
  g_autoptr (ReelRequest) other = reel_request_new ();

  write_prompt (form, "One");
  reel_request_set_prompt (other, "Other");
  reel_compose_view_set_request (form->view, other);
  g_assert_cmpstr (reel_request_get_prompt (form->request), ==, "One");
  write_prompt (form, "Other, changed");
  choose (form, "Resolution", 2);
  g_assert_cmpstr (reel_request_get_prompt (form->request), ==, "One");
  g_assert_cmpstr (reel_request_get_resolution (form->request), ==, "720p");
  g_assert_cmpstr (reel_request_get_prompt (other), ==, "Other, changed");
  g_assert_cmpstr (reel_request_get_resolution (other), ==, "1080p");
  reel_compose_view_set_request (form->view, NULL);
  g_assert_false (can_generate (form));
}

static void
test_notify (void)
{
  g_autoptr (Form) form = form_new_sandbox ();
  static const char *const texts[] = {"catalogue-error", "blocked-reason"};

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *signal = g_strconcat ("notify::", texts[i], NULL);
    guint n = 0;

    g_signal_connect_swapped (form->view, signal, G_CALLBACK (reel_ui_test_count), &n);
    g_object_set (form->view, texts[i], "one", NULL);
    g_assert_cmpuint (n, ==, 1);
    g_object_set (form->view, texts[i], "one", NULL);
    g_assert_cmpuint (n, ==, 1);
    g_object_set (form->view, texts[i], NULL, NULL);
    g_assert_cmpuint (n, ==, 2);
    g_signal_handlers_disconnect_by_data (form->view, &n);
  }
}

/* The accessible names of the design, and no control without one. */
static void
test_names (void)
{
  g_autoptr (Form) form = form_new_sandbox ();

  add_reference (form, "https://example.com/a.png");
  g_assert_nonnull (reel_ui_test_find (form->view, GTK_TYPE_TEXT_VIEW, "Prompt"));
  g_assert_nonnull (reel_ui_test_find (form->view, GTK_TYPE_LIST_BOX, "References"));
  g_assert_nonnull (reel_ui_test_find (form->view, ADW_TYPE_COMBO_ROW, "Model"));
  g_assert_nonnull (reel_ui_test_find (form->view, GTK_TYPE_SCALE, "Duration"));
  g_assert_nonnull (reel_ui_test_find (form->view, ADW_TYPE_TOGGLE_GROUP, "Aspect ratio"));
  g_assert_nonnull (reel_ui_test_find (form->view, ADW_TYPE_TOGGLE_GROUP, "Resolution"));
  g_assert_nonnull (reel_ui_test_find (form->view, GTK_TYPE_LABEL, "Price"));
  g_assert_nonnull (reel_ui_test_find (form->view, GTK_TYPE_BUTTON, "Generate"));
  g_assert_nonnull (reel_ui_test_find (form->view, GTK_TYPE_BUTTON, "Remove"));
}

/* The form fits where it is narrowest, also with text twice as large. */
static void
test_narrow (void)
{
  int dpi = -1;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  for (int scale = 1; scale <= 2; scale++) {
    g_autoptr (Form) form = NULL;
    int minimum;

    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * scale, NULL);
    form = form_new_sandbox ();
    add_reference (form, "https://example.com/a-file-with-a-really-long-name-that-does-not-fit.png");
    reel_request_set_webhook_url (form->request, "http://localhost");
    gtk_widget_measure (GTK_WIDGET (form->view), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
    g_assert_cmpint (minimum, <=, 360);
  }
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpi, NULL);
}

int
main (int argc, char **argv)
{
  reel_ui_test_init (&argc, &argv);

  g_test_add_func ("/compose/view/prices", test_prices);
  g_test_add_func ("/compose/view/arithmetic", test_arithmetic);
  g_test_add_func ("/compose/view/unknown", test_unknown);
  g_test_add_func ("/compose/view/switch", test_switch);
  g_test_add_func ("/compose/view/foreign-draft", test_foreign_draft);
  g_test_add_func ("/compose/view/reasons", test_reasons);
  g_test_add_func ("/compose/view/count", test_count);
  g_test_add_func ("/compose/view/submit", test_submit);
  g_test_add_func ("/compose/view/prompt", test_prompt);
  g_test_add_func ("/compose/view/paste", test_paste);
  g_test_add_func ("/compose/view/samples", test_samples);
  g_test_add_func ("/compose/view/earlier-prompts", test_earlier_prompts);
  g_test_add_func ("/compose/view/references", test_references);
  g_test_add_func ("/compose/view/pending-link", test_pending_link);
  g_test_add_func ("/compose/view/thumbnails", test_thumbnails);
  g_test_add_func ("/compose/view/fill", test_fill);
  g_test_add_func ("/compose/view/another-request", test_another_request);
  g_test_add_func ("/compose/view/notify", test_notify);
  g_test_add_func ("/compose/view/names", test_names);
  g_test_add_func ("/compose/view/narrow", test_narrow);

  return g_test_run ();
}
