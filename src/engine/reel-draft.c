#include "config.h"

#include "reel-draft.h"

/* How long after the last change the draft is saved, in milliseconds. */
#define SAVE_AFTER 500

#define GROUP        "request"
#define MODEL        "model"
#define PROMPT       "prompt"
#define DURATION     "duration"
#define ASPECT_RATIO "aspect-ratio"
#define RESOLUTION   "resolution"
#define WEBHOOK_URL  "webhook-url"
#define COUNT        "count"
#define REFERENCES   "references"

/**
 * ReelDraft:
 *
 * The form's content, kept over a restart. The form edits the request in place.
 */
struct _ReelDraft
{
  GObject parent_instance;

  ReelStore *store;
  ReelRequest *request;
  guint save_id;
};

G_DEFINE_FINAL_TYPE (ReelDraft, reel_draft, G_TYPE_OBJECT)

static void
set_string (GKeyFile *file, const char *key, const char *value)
{
  g_autofree char *valid = value != NULL ? g_utf8_make_valid (value, -1) : NULL;

  if (valid != NULL)
    g_key_file_set_string (file, GROUP, key, valid);
}

/* The form chooses what the account offers by itself: only what a person writes counts. */
static gboolean
is_typed (ReelRequest *request)
{
  return reel_request_get_prompt (request) != NULL || reel_request_get_webhook_url (request) != NULL ||
         g_list_model_get_n_items (G_LIST_MODEL (reel_request_get_references (request))) > 0;
}

static gboolean
on_save (gpointer data)
{
  ReelDraft *self = data;

  self->save_id = 0;
  reel_draft_flush (self);

  return G_SOURCE_REMOVE;
}

static void
on_changed (ReelDraft *self)
{
  g_clear_handle_id (&self->save_id, g_source_remove);
  self->save_id = g_timeout_add (SAVE_AFTER, on_save, self);
}

static void
reel_draft_finalize (GObject *object)
{
  ReelDraft *self = REEL_DRAFT (object);

  g_clear_handle_id (&self->save_id, g_source_remove);
  g_object_unref (self->request);
  g_object_unref (self->store);

  G_OBJECT_CLASS (reel_draft_parent_class)->finalize (object);
}

static void
reel_draft_class_init (ReelDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reel_draft_finalize;
}

static void
reel_draft_init (ReelDraft *self)
{
  self->request = reel_request_new ();
  g_signal_connect_object (self->request, "notify", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (reel_request_get_references (self->request), "items-changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
}

/**
 * reel_draft_new:
 * @store: where it is kept
 *
 * Makes an empty draft.
 *
 * Returns: (transfer full): the draft
 */
ReelDraft *
reel_draft_new (ReelStore *store)
{
  ReelDraft *self = g_object_new (REEL_TYPE_DRAFT, NULL);

  self->store = g_object_ref (store);

  return self;
}

/**
 * reel_draft_get_request:
 *
 * Returns: (transfer none): the form's content
 */
ReelRequest *
reel_draft_get_request (ReelDraft *self)
{
  return self->request;
}

/**
 * reel_draft_load_text:
 * @text: (nullable): what reel_draft_to_text() made in an earlier run
 *
 * Takes over the draft of the last run, unless something was typed already. A text that cannot be read changes nothing.
 */
void
reel_draft_load_text (ReelDraft *self, const char *text)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) references = NULL;
  static const char *const strings[] = {MODEL, PROMPT, ASPECT_RATIO, RESOLUTION, WEBHOOK_URL};

  if (text == NULL || is_typed (self->request) || !g_key_file_load_from_data (file, text, -1, G_KEY_FILE_NONE, NULL))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (strings); i++) {
    g_autofree char *value = g_key_file_get_string (file, GROUP, strings[i], NULL);

    g_object_set (self->request, strings[i], value, NULL);
  }
  reel_request_set_duration (self->request, MAX (g_key_file_get_integer (file, GROUP, DURATION, NULL), 0));

  reel_request_set_count (self->request, MAX (g_key_file_get_integer (file, GROUP, COUNT, NULL), 1));

  references = g_key_file_get_string_list (file, GROUP, REFERENCES, NULL, NULL);
  for (guint i = 0; references != NULL && references[i] != NULL && i < REEL_REQUEST_MAX_REFERENCES; i++) {
    g_autoptr (ReelReference) reference = reel_reference_new (references[i]);

    g_list_store_append (reel_request_get_references (self->request), reference);
  }

  /* What was just read need not be written. */
  g_clear_handle_id (&self->save_id, g_source_remove);
}

/**
 * reel_draft_flush:
 *
 * Writes the draft now.
 */
void
reel_draft_flush (ReelDraft *self)
{
  g_autofree char *text = reel_draft_to_text (self->request);

  g_clear_handle_id (&self->save_id, g_source_remove);
  reel_store_save_text_async (self->store, "draft", text, NULL, NULL, NULL);
}

/**
 * reel_draft_to_text:
 * @request: the form's content
 *
 * Writes a request as text.
 *
 * Returns: (transfer full): a key file
 */
char *
reel_draft_to_text (ReelRequest *request)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GPtrArray) urls = g_ptr_array_new_with_free_func (g_free);
  GListModel *references = G_LIST_MODEL (reel_request_get_references (request));
  guint n = g_list_model_get_n_items (references);

  set_string (file, MODEL, reel_request_get_model (request));
  set_string (file, PROMPT, reel_request_get_prompt (request));
  set_string (file, ASPECT_RATIO, reel_request_get_aspect_ratio (request));
  set_string (file, RESOLUTION, reel_request_get_resolution (request));
  set_string (file, WEBHOOK_URL, reel_request_get_webhook_url (request));
  g_key_file_set_integer (file, GROUP, DURATION, (int)MIN (reel_request_get_duration (request), (guint)G_MAXINT));

  g_key_file_set_integer (file, GROUP, COUNT, (int)reel_request_get_count (request));

  for (guint i = 0; i < n; i++) {
    g_autoptr (ReelReference) reference = g_list_model_get_item (references, i);

    g_ptr_array_add (urls, g_utf8_make_valid (reel_reference_get_url (reference), -1));
  }
  g_key_file_set_string_list (file, GROUP, REFERENCES, (const char *const *)urls->pdata, urls->len);

  return g_key_file_to_data (file, NULL, NULL);
}
