#include "config.h"

#include "reel-account.h"

/**
 * ReelAccount:
 *
 * Where requests go: a name for people, a base URL and a proxy, and where webhooks come to. The key is not in it, nor is what webhooks
 * are signed with: only where they are.
 */
struct _ReelAccount
{
  GObject parent_instance;

  char *id;
  char *name;
  char *base_url;
  char *proxy;
  ReelAccountKey key_state;
  char *webhook_url;
  guint webhook_port;
  gboolean webhook_signed;
  ReelAccountKey webhook_secret_state;
  ReelAccountWebhooks webhook_state;
};

G_DEFINE_ENUM_TYPE (ReelAccountKey,
                    reel_account_key,
                    G_DEFINE_ENUM_VALUE (REEL_ACCOUNT_KEY_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (REEL_ACCOUNT_KEY_MISSING, "missing"),
                    G_DEFINE_ENUM_VALUE (REEL_ACCOUNT_KEY_STORED, "stored"),
                    G_DEFINE_ENUM_VALUE (REEL_ACCOUNT_KEY_THIS_RUN, "this-run"))

G_DEFINE_ENUM_TYPE (ReelAccountWebhooks,
                    reel_account_webhooks,
                    G_DEFINE_ENUM_VALUE (REEL_ACCOUNT_WEBHOOKS_OFF, "off"),
                    G_DEFINE_ENUM_VALUE (REEL_ACCOUNT_WEBHOOKS_LISTENING, "listening"),
                    G_DEFINE_ENUM_VALUE (REEL_ACCOUNT_WEBHOOKS_NO_SECRET, "no-secret"),
                    G_DEFINE_ENUM_VALUE (REEL_ACCOUNT_WEBHOOKS_PORT_IN_USE, "port-in-use"),
                    G_DEFINE_ENUM_VALUE (REEL_ACCOUNT_WEBHOOKS_FAILED, "failed"))

G_DEFINE_FINAL_TYPE (ReelAccount, reel_account, G_TYPE_OBJECT)

enum
{
  PROP_ID = 1,
  PROP_NAME,
  PROP_BASE_URL,
  PROP_PROXY,
  PROP_KEY_STATE,
  PROP_WEBHOOK_URL,
  PROP_WEBHOOK_PORT,
  PROP_WEBHOOK_SIGNED,
  PROP_WEBHOOK_SECRET_STATE,
  PROP_WEBHOOK_STATE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
reel_account_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ReelAccount *self = REEL_ACCOUNT (object);

  switch (id) {
  case PROP_ID:
    g_value_set_string (value, self->id);
    break;
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_BASE_URL:
    g_value_set_string (value, self->base_url);
    break;
  case PROP_PROXY:
    g_value_set_string (value, self->proxy);
    break;
  case PROP_KEY_STATE:
    g_value_set_enum (value, self->key_state);
    break;
  case PROP_WEBHOOK_URL:
    g_value_set_string (value, self->webhook_url);
    break;
  case PROP_WEBHOOK_PORT:
    g_value_set_uint (value, self->webhook_port);
    break;
  case PROP_WEBHOOK_SIGNED:
    g_value_set_boolean (value, self->webhook_signed);
    break;
  case PROP_WEBHOOK_SECRET_STATE:
    g_value_set_enum (value, self->webhook_secret_state);
    break;
  case PROP_WEBHOOK_STATE:
    g_value_set_enum (value, self->webhook_state);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_account_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ReelAccount *self = REEL_ACCOUNT (object);

  switch (id) {
  case PROP_ID:
    self->id = g_value_dup_string (value);
    break;
  case PROP_NAME:
    reel_account_set_name (self, g_value_get_string (value));
    break;
  case PROP_BASE_URL:
    reel_account_set_base_url (self, g_value_get_string (value));
    break;
  case PROP_PROXY:
    reel_account_set_proxy (self, g_value_get_string (value));
    break;
  case PROP_KEY_STATE:
    reel_account_set_key_state (self, g_value_get_enum (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
reel_account_finalize (GObject *object)
{
  ReelAccount *self = REEL_ACCOUNT (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->base_url);
  g_free (self->proxy);
  g_free (self->webhook_url);

  G_OBJECT_CLASS (reel_account_parent_class)->finalize (object);
}

static void
reel_account_class_init (ReelAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = reel_account_get_property;
  object_class->set_property = reel_account_set_property;
  object_class->finalize = reel_account_finalize;

  properties[PROP_ID] =
      g_param_spec_string ("id", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_BASE_URL] = g_param_spec_string ("base-url", NULL, NULL, NULL, flags);
  properties[PROP_PROXY] = g_param_spec_string ("proxy", NULL, NULL, NULL, flags);
  properties[PROP_KEY_STATE] =
      g_param_spec_enum ("key-state", NULL, NULL, REEL_TYPE_ACCOUNT_KEY, REEL_ACCOUNT_KEY_UNKNOWN, flags);
  properties[PROP_WEBHOOK_URL] = g_param_spec_string ("webhook-url", NULL, NULL, NULL, readable);
  properties[PROP_WEBHOOK_PORT] =
      g_param_spec_uint ("webhook-port", NULL, NULL, 0, REEL_ACCOUNT_MAX_WEBHOOK_PORT, 0, readable);
  properties[PROP_WEBHOOK_SIGNED] = g_param_spec_boolean ("webhook-signed", NULL, NULL, FALSE, readable);
  properties[PROP_WEBHOOK_SECRET_STATE] =
      g_param_spec_enum ("webhook-secret-state", NULL, NULL, REEL_TYPE_ACCOUNT_KEY, REEL_ACCOUNT_KEY_UNKNOWN, readable);
  properties[PROP_WEBHOOK_STATE] =
      g_param_spec_enum ("webhook-state", NULL, NULL, REEL_TYPE_ACCOUNT_WEBHOOKS, REEL_ACCOUNT_WEBHOOKS_OFF, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
reel_account_init (ReelAccount *self)
{
}

/**
 * reel_account_new:
 * @id: a name that never changes
 * @name: a name for people
 * @base_url: where the service is, without the path of an endpoint
 *
 * Makes an account.
 *
 * Returns: (transfer full): the account
 */
ReelAccount *
reel_account_new (const char *id, const char *name, const char *base_url)
{
  g_return_val_if_fail (id != NULL, NULL);

  return g_object_new (REEL_TYPE_ACCOUNT, "id", id, "name", name, "base-url", base_url, NULL);
}

/**
 * reel_account_copy:
 *
 * Copies what is kept of an account, for another thread or for a change that is not made yet.
 *
 * Returns: (transfer full): an account with the same id, name, base URL, proxy and receiver of webhooks
 */
ReelAccount *
reel_account_copy (ReelAccount *self)
{
  ReelAccount *copy;

  g_return_val_if_fail (REEL_IS_ACCOUNT (self), NULL);

  copy = reel_account_new (self->id, self->name, self->base_url);
  reel_account_set_proxy (copy, self->proxy);
  reel_account_set_webhooks (copy, self->webhook_url, self->webhook_port, self->webhook_signed);

  return copy;
}

/**
 * reel_account_get_id:
 *
 * Returns: (transfer none): a name that never changes
 */
const char *
reel_account_get_id (ReelAccount *self)
{
  g_return_val_if_fail (REEL_IS_ACCOUNT (self), NULL);

  return self->id;
}

/**
 * reel_account_get_name:
 *
 * Returns: (transfer none): a name for people
 */
const char *
reel_account_get_name (ReelAccount *self)
{
  g_return_val_if_fail (REEL_IS_ACCOUNT (self), NULL);

  return self->name;
}

/**
 * reel_account_set_name:
 * @name: a name for people
 *
 * Renames an account.
 */
void
reel_account_set_name (ReelAccount *self, const char *name)
{
  g_return_if_fail (REEL_IS_ACCOUNT (self));

  if (g_set_str (&self->name, name))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

/**
 * reel_account_get_base_url:
 *
 * Returns: (transfer none) (nullable): where the service is, %NULL while the sandbox has not started
 */
const char *
reel_account_get_base_url (ReelAccount *self)
{
  g_return_val_if_fail (REEL_IS_ACCOUNT (self), NULL);

  return self->base_url;
}

/**
 * reel_account_set_base_url:
 * @base_url: (nullable): where the service is
 *
 * Changes where requests go.
 */
void
reel_account_set_base_url (ReelAccount *self, const char *base_url)
{
  g_return_if_fail (REEL_IS_ACCOUNT (self));

  if (g_set_str (&self->base_url, base_url))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BASE_URL]);
}

/**
 * reel_account_get_proxy:
 *
 * Returns: (transfer none) (nullable): the proxy that requests and downloads go through, by reel_uri_check_proxy(); %NULL
 *   for that of the system
 */
const char *
reel_account_get_proxy (ReelAccount *self)
{
  g_return_val_if_fail (REEL_IS_ACCOUNT (self), NULL);

  return self->proxy;
}

/**
 * reel_account_set_proxy:
 * @proxy: (nullable): the address of a proxy, %NULL for that of the system
 *
 * Changes what requests and downloads go through.
 */
void
reel_account_set_proxy (ReelAccount *self, const char *proxy)
{
  g_return_if_fail (REEL_IS_ACCOUNT (self));

  if (g_set_str (&self->proxy, proxy))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROXY]);
}

/**
 * reel_account_get_key_state:
 *
 * Returns: where the key is
 */
ReelAccountKey
reel_account_get_key_state (ReelAccount *self)
{
  g_return_val_if_fail (REEL_IS_ACCOUNT (self), REEL_ACCOUNT_KEY_UNKNOWN);

  return self->key_state;
}

/**
 * reel_account_set_key_state:
 * @key_state: where the key is
 *
 * Records where the key is.
 */
void
reel_account_set_key_state (ReelAccount *self, ReelAccountKey key_state)
{
  g_return_if_fail (REEL_IS_ACCOUNT (self));

  if (self->key_state == key_state)
    return;

  self->key_state = key_state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEY_STATE]);
}

/**
 * reel_account_get_webhook_url:
 *
 * Returns: (transfer none) (nullable): where the receiver of webhooks is reached from outside, %NULL where there is none
 */
const char *
reel_account_get_webhook_url (ReelAccount *self)
{
  g_return_val_if_fail (REEL_IS_ACCOUNT (self), NULL);

  return self->webhook_url;
}

/**
 * reel_account_get_webhook_port:
 *
 * Returns: the port of this machine that the receiver listens on, 0 where there is none
 */
guint
reel_account_get_webhook_port (ReelAccount *self)
{
  g_return_val_if_fail (REEL_IS_ACCOUNT (self), 0);

  return self->webhook_port;
}

/**
 * reel_account_get_webhook_signed:
 *
 * Returns: whether webhooks must be signed
 */
gboolean
reel_account_get_webhook_signed (ReelAccount *self)
{
  g_return_val_if_fail (REEL_IS_ACCOUNT (self), FALSE);

  return self->webhook_signed;
}

/**
 * reel_account_set_webhooks:
 * @url: (nullable): where the receiver is reached from outside, public https; %NULL for no receiver
 * @port: the port that it listens on
 * @with_signature: whether webhooks must be signed
 *
 * Sets the receiver of webhooks up.
 */
void
reel_account_set_webhooks (ReelAccount *self, const char *url, guint port, gboolean with_signature)
{
  g_return_if_fail (REEL_IS_ACCOUNT (self) && port <= REEL_ACCOUNT_MAX_WEBHOOK_PORT);

  g_object_freeze_notify (G_OBJECT (self));
  if (g_set_str (&self->webhook_url, url))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WEBHOOK_URL]);
  if (self->webhook_port != port) {
    self->webhook_port = port;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WEBHOOK_PORT]);
  }
  if (self->webhook_signed != !!with_signature) {
    self->webhook_signed = !!with_signature;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WEBHOOK_SIGNED]);
  }
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * reel_account_get_webhook_secret_state:
 *
 * Returns: where the secret is that webhooks are signed with
 */
ReelAccountKey
reel_account_get_webhook_secret_state (ReelAccount *self)
{
  g_return_val_if_fail (REEL_IS_ACCOUNT (self), REEL_ACCOUNT_KEY_UNKNOWN);

  return self->webhook_secret_state;
}

/**
 * reel_account_set_webhook_secret_state:
 * @secret_state: where the secret is
 *
 * Records where the secret is that webhooks are signed with.
 */
void
reel_account_set_webhook_secret_state (ReelAccount *self, ReelAccountKey secret_state)
{
  g_return_if_fail (REEL_IS_ACCOUNT (self));

  if (self->webhook_secret_state == secret_state)
    return;

  self->webhook_secret_state = secret_state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WEBHOOK_SECRET_STATE]);
}

/**
 * reel_account_get_webhook_state:
 *
 * Returns: what the receiver does
 */
ReelAccountWebhooks
reel_account_get_webhook_state (ReelAccount *self)
{
  g_return_val_if_fail (REEL_IS_ACCOUNT (self), REEL_ACCOUNT_WEBHOOKS_OFF);

  return self->webhook_state;
}

/**
 * reel_account_set_webhook_state:
 * @state: what the receiver does
 *
 * Records what the receiver does.
 */
void
reel_account_set_webhook_state (ReelAccount *self, ReelAccountWebhooks state)
{
  g_return_if_fail (REEL_IS_ACCOUNT (self));

  if (self->webhook_state == state)
    return;

  self->webhook_state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WEBHOOK_STATE]);
}

/**
 * reel_account_is_sandbox:
 *
 * Tells whether the account is the built-in simulation, which charges nothing.
 */
gboolean
reel_account_is_sandbox (ReelAccount *self)
{
  g_return_val_if_fail (REEL_IS_ACCOUNT (self), FALSE);

  return g_strcmp0 (self->id, REEL_ACCOUNT_SANDBOX_ID) == 0;
}

/**
 * reel_account_is_editable:
 *
 * Tells whether a person can change or remove the account: not the sandbox, not the one of the environment.
 */
gboolean
reel_account_is_editable (ReelAccount *self)
{
  g_return_val_if_fail (REEL_IS_ACCOUNT (self), FALSE);

  return !reel_account_is_sandbox (self) && g_strcmp0 (self->id, REEL_ACCOUNT_ENVIRONMENT_ID) != 0;
}
