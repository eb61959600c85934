#include "sb-phone-pane.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sb-json.h"
#include "sb-thread-row.h"

/**
 * SbPhonePane:
 *
 * The customer's phone beside the inbox: choose who is the customer, write as them, move the practice clock, let things go
 * wrong. It talks to the practice server only.
 */
struct _SbPhonePane
{
  AdwBin parent_instance;

  SbEngine         *engine;
  SbPracticeServer *server;
  char             *persona;
  guint             told; /* of a change of the network that the server has not confirmed */
  GtkWidget        *offline;
  GtkWidget        *people;
  GtkWidget        *messages;
  GtkWidget        *scroller;
  GtkWidget        *suggestions;
  GtkWidget        *entry;
  GtkWidget        *clock;
  guint             n_shown;
  guint             poll_id;
};

G_DEFINE_FINAL_TYPE (SbPhonePane, sb_phone_pane, ADW_TYPE_BIN)

static void refresh (SbPhonePane *self);

static void
clear (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    {
      if (ADW_IS_WRAP_BOX (box))
        adw_wrap_box_remove (ADW_WRAP_BOX (box), child);
      else
        gtk_box_remove (GTK_BOX (box), child);
    }
}

static JsonArray *
list_of (JsonNode   *node,
         const char *member)
{
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);

  return sb_json_array (sb_json_root (node), member);
}

/* -- their phone -- */

/* What the customer's phone shows of a message without words. */
static const char *
type_words (const char *type)
{
  const struct
  {
    const char *type;
    const char *words;
  } known[] = {
    { "audio", N_("🎤 Voice message") },
    { "image", N_("📷 Photo") },
    { "video", N_("🎬 Video") },
    { "document", N_("📄 Document") },
    { "sticker", N_("Sticker") },
    { "location", N_("📍 Location") },
    { "contacts", N_("👤 Contact") },
    { "interactive", N_("Buttons") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_strcmp0 (type, known[i].type) == 0)
      return _(known[i].words);

  return type != NULL ? type : "";
}

static void
add_message (SbPhonePane *self,
             JsonObject  *message)
{
  gboolean    theirs = g_strcmp0 (sb_json_string (message, "direction"), "in") == 0;
  const char *text = sb_json_string (message, "text");
  const char *type = sb_json_string (message, "type");
  GtkWidget  *label = gtk_label_new (text != NULL && text[0] != '\0' ? text : type_words (type));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 26);
  gtk_widget_add_css_class (label, "sb-bubble");
  gtk_widget_add_css_class (label, theirs ? "out" : "in");
  gtk_widget_set_halign (label, theirs ? GTK_ALIGN_END : GTK_ALIGN_START);
  gtk_widget_add_css_class (label, "sb-phone-text");
  gtk_box_append (GTK_BOX (self->messages), label);
}

static gboolean
to_foot_cb (gpointer user_data)
{
  SbPhonePane   *self = user_data;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  g_object_unref (self);

  return G_SOURCE_REMOVE;
}

static void
messages_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (SbPhonePane) self = user_data;
  g_autoptr (JsonNode)    node = sb_practice_server_ask_finish (SB_PRACTICE_SERVER (object), result, NULL);
  JsonArray              *messages = list_of (node, "messages");
  guint                   n = sb_json_length (messages);

  if (self->messages == NULL || n == self->n_shown)
    return;
  self->n_shown = n;
  clear (self->messages);
  for (guint i = n > 12 ? n - 12 : 0; i < n; i++)
    add_message (self, sb_json_at (messages, i));
  g_timeout_add (50, to_foot_cb, g_object_ref (self));
}

static void
refresh (SbPhonePane *self)
{
  g_autofree char *path = NULL;

  if (self->persona == NULL || self->server == NULL)
    return;
  path = g_strdup_printf ("messages?persona=%s", self->persona);
  sb_practice_server_ask_async (self->server, "GET", path, NULL, messages_cb, g_object_ref (self));
}

static void online_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data);

static gboolean
poll_cb (gpointer user_data)
{
  SbPhonePane *self = user_data;

  refresh (self);
  if (self->told == 0)
    sb_practice_server_ask_async (self->server, "GET", "online", NULL, online_cb, g_object_ref (self));
  if (self->clock != NULL)
    {
      g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (sb_clock_now (sb_engine_get_clock (self->engine)) / 1000);
      g_autofree char      *text = g_date_time_format (now, "%a %H:%M");

      gtk_label_set_text (GTK_LABEL (self->clock), text);
    }

  return G_SOURCE_CONTINUE;
}

static void
write_as (SbPhonePane *self,
          const char  *text)
{
  if (self->persona == NULL || text[strspn (text, " ")] == '\0')
    return;
  sb_practice_server_ask_async (self->server, "POST", "inbound", sb_json_make ("s:persona", self->persona, "s:type", "text", "s:text", text, NULL), NULL, NULL);
  refresh (self);
}

static void
write_cb (GtkWidget *widget,
          gpointer   user_data)
{
  SbPhonePane *self = user_data;

  write_as (self, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

static void
suggestion_cb (GtkButton *button,
               gpointer   user_data)
{
  write_as (user_data, gtk_button_get_label (button));
}

/* -- who -- */

static void
person_cb (GtkToggleButton *button,
           gpointer         user_data)
{
  SbPhonePane     *self = user_data;
  JsonObject      *person = g_object_get_data (G_OBJECT (button), "person");
  JsonArray       *words = sb_json_array (person, "suggestions");
  g_autofree char *hint = NULL;

  if (!gtk_toggle_button_get_active (button))
    return;
  g_set_str (&self->persona, sb_json_string (person, "id"));
  self->n_shown = G_MAXUINT;
  clear (self->suggestions);
  for (guint i = 0; i < MIN (sb_json_length (words), 3); i++)
    {
      JsonNode   *word = json_array_get_element (words, i);
      const char *text = JSON_NODE_HOLDS_OBJECT (word) ? sb_json_string (json_node_get_object (word), "text") : json_node_get_string (word);
      GtkWidget  *chip;

      if (text == NULL)
        continue;
      chip = gtk_button_new_with_label (text);
      gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (chip))), TRUE);
      gtk_widget_add_css_class (chip, "sb-chip");
      g_signal_connect (chip, "clicked", G_CALLBACK (suggestion_cb), self);
      adw_wrap_box_append (ADW_WRAP_BOX (self->suggestions), chip);
    }
  /* Translators: name of a practice customer */
  hint = g_strdup_printf (_("Write as %s"), sb_json_string (person, "name"));
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), hint);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, hint, -1);
  refresh (self);
}

/* The phone of the customer whose conversation was opened comes up, when it is one of the practice customers. */
void
sb_phone_pane_follow (SbPhonePane *self,
                      gint64       thread_id)
{
  g_autoptr (SbThread) thread = sb_reader_get_thread (sb_engine_get_reader (self->engine), thread_id);

  for (GtkWidget *button = gtk_widget_get_first_child (self->people); button != NULL && thread != NULL; button = gtk_widget_get_next_sibling (button))
    if (g_strcmp0 (sb_json_string (g_object_get_data (G_OBJECT (button), "person"), "name"), thread->name) == 0)
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
}

static void
people_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SbPhonePane) self = user_data;
  g_autoptr (JsonNode)    node = sb_practice_server_ask_finish (SB_PRACTICE_SERVER (object), result, NULL);
  JsonArray              *people = list_of (node, "personas");
  GtkWidget              *first = NULL;

  for (guint i = 0; self->people != NULL && i < MIN (sb_json_length (people), 7); i++)
    {
      JsonObject *person = sb_json_at (people, i);
      const char *name = sb_json_string (person, "name");
      const char *last = name != NULL ? strrchr (name, ' ') : NULL;
      GtkWidget  *button = gtk_toggle_button_new ();
      GtkWidget  *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
      GtkWidget  *label = gtk_label_new (last != NULL ? last + 1 : name);

      if (name == NULL)
        continue;
      gtk_widget_add_css_class (label, "caption");
      gtk_box_append (GTK_BOX (column), adw_avatar_new (28, name, TRUE));
      gtk_box_append (GTK_BOX (column), label);
      gtk_button_set_child (GTK_BUTTON (button), column);
      gtk_widget_add_css_class (button, "flat");
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      g_object_set_data_full (G_OBJECT (button), "person", json_object_ref (person), (GDestroyNotify) json_object_unref);
      if (first != NULL)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
      else
        first = button;
      g_signal_connect (button, "toggled", G_CALLBACK (person_cb), self);
      adw_wrap_box_append (ADW_WRAP_BOX (self->people), button);
      if (g_strcmp0 (sb_json_string (person, "id"), "hugo") == 0)
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
    }
}

/* -- the clock -- */

static void
clock_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SbPhonePane) self = user_data;
  g_autoptr (JsonNode)    node = sb_practice_server_ask_finish (SB_PRACTICE_SERVER (object), result, NULL);
  JsonObject             *root = sb_json_root (node);

  if (root != NULL && json_object_has_member (root, "offset_ms"))
    sb_clock_set_offset (sb_engine_get_clock (self->engine), sb_json_int (root, "offset_ms", 0));
}

static void
advance_cb (GtkButton *button,
            gpointer   user_data)
{
  SbPhonePane *self = user_data;
  gint64       by = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "minutes")) * SB_MINUTE_MS;

  if (by == 0)
    {
      gint64                now = sb_clock_now (sb_engine_get_clock (self->engine));
      g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (now / 1000);
      int                   minute = g_date_time_get_hour (at) * 60 + g_date_time_get_minute (at);

      by = ((8 * 60 - minute + 24 * 60) % (24 * 60)) * SB_MINUTE_MS;
    }
  sb_practice_server_ask_async (self->server, "POST", "clock", sb_json_make ("i:advance_ms", by, NULL), clock_cb, g_object_ref (self));
}

static GtkWidget *
clock_button (SbPhonePane *self,
              const char  *label,
              int          minutes)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "sb-chip");
  g_object_set_data (G_OBJECT (button), "minutes", GINT_TO_POINTER (minutes));
  g_signal_connect (button, "clicked", G_CALLBACK (advance_cb), self);

  return button;
}

/* -- what goes wrong -- */

typedef struct
{
  const char *label;
  const char *kind;
  int         count;
} Fault;

static const Fault faults[] = {
  { N_("Slow Network"), "slow", 3 },
  { N_("Answer Lost"), "answer-lost", 1 },
  { N_("Too Many Messages"), "http", 1 },
  { N_("Ticks Out of Order"), "status-reorder", 5 },
};

static void
fault_cb (GtkToggleButton *button,
          gpointer         user_data)
{
  SbPhonePane *self = user_data;
  const Fault *fault = g_object_get_data (G_OBJECT (button), "fault");
  JsonObject  *body;

  if (!gtk_toggle_button_get_active (button))
    {
      sb_practice_server_ask_async (self->server, "DELETE", "faults", NULL, NULL, NULL);
      return;
    }

  body = sb_json_make ("s:match", "messages", "s:kind", fault->kind, "i:count", (gint64) fault->count, NULL);
  if (g_str_equal (fault->kind, "http"))
    {
      json_object_set_int_member (body, "status", 429);
      json_object_set_object_member (body, "error", sb_json_make ("i:code", (gint64) 130429, "s:message", "Rate limit hit", NULL));
      json_object_set_int_member (body, "retry_after", 5);
    }
  if (g_str_equal (fault->kind, "slow"))
    json_object_set_int_member (body, "delay_ms", 3000);
  sb_practice_server_ask_async (self->server, "POST", "faults", body, NULL, NULL);
}

static void
told_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SbPhonePane) self = user_data;

  self->told--;
  if (self->messages != NULL && self->told == 0)
    sb_engine_set_online (self->engine, !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->offline)));
}

static void
offline_cb (GtkToggleButton *button,
            gpointer         user_data)
{
  SbPhonePane *self = user_data;
  gboolean     online = !gtk_toggle_button_get_active (button);

  /* The engine goes off the network before the network is cut and comes back after it: nothing is lost halfway by pretence. */
  if (!online)
    sb_engine_set_online (self->engine, FALSE);
  self->told++;
  sb_practice_server_ask_async (self->server, "POST", "online", sb_json_make ("b:online", online, NULL), told_cb, g_object_ref (self));
}

/* The server may be told from elsewhere, too: pane and engine follow it. */
static void
online_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SbPhonePane) self = user_data;
  g_autoptr (JsonNode)    node = sb_practice_server_ask_finish (SB_PRACTICE_SERVER (object), result, NULL);
  JsonObject             *root = sb_json_root (node);
  gboolean                online = sb_json_bool (root, "online", TRUE);

  if (root == NULL || self->told > 0 || self->messages == NULL)
    return;
  g_signal_handlers_block_by_func (self->offline, offline_cb, self);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->offline), !online);
  g_signal_handlers_unblock_by_func (self->offline, offline_cb, self);
  if (online != sb_engine_is_online (self->engine))
    sb_engine_set_online (self->engine, online);
}

static GtkWidget *
chip_toggle (const char *label)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  gtk_widget_add_css_class (button, "sb-chip");

  return button;
}

static GtkWidget *
make_faults (SbPhonePane *self)
{
  GtkWidget *box = adw_wrap_box_new ();
  GtkWidget *offline = self->offline = chip_toggle (_("No Internet"));

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 6);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      GtkWidget *button = chip_toggle (_(faults[i].label));

      g_object_set_data (G_OBJECT (button), "fault", (gpointer) &faults[i]);
      g_signal_connect (button, "toggled", G_CALLBACK (fault_cb), self);
      adw_wrap_box_append (ADW_WRAP_BOX (box), button);
    }
  g_signal_connect (offline, "toggled", G_CALLBACK (offline_cb), self);
  adw_wrap_box_append (ADW_WRAP_BOX (box), offline);

  return box;
}

/* -- put together -- */

static GtkWidget *
heading (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "dim-label");

  return label;
}

static GtkWidget *
make_phone (SbPhonePane *self)
{
  GtkWidget *phone = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *send = gtk_button_new_from_icon_name ("sb-send-symbolic");

  gtk_widget_add_css_class (send, "sb-mirrored");
  self->messages = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_valign (self->messages, GTK_ALIGN_END);
  gtk_widget_set_margin_start (self->messages, 8);
  gtk_widget_set_margin_end (self->messages, 8);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->messages);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_widget_set_size_request (self->scroller, -1, 200);
  self->suggestions = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (self->suggestions), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (self->suggestions), 6);
  self->entry = gtk_entry_new ();
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_widget_set_margin_start (row, 8);
  gtk_widget_set_margin_end (row, 8);
  gtk_widget_set_margin_bottom (row, 8);
  gtk_widget_set_margin_start (self->suggestions, 8);
  gtk_widget_set_margin_end (self->suggestions, 8);
  gtk_widget_set_tooltip_text (send, _("Send as Customer"));
  gtk_widget_add_css_class (send, "flat");
  g_signal_connect (self->entry, "activate", G_CALLBACK (write_cb), self);
  g_signal_connect (send, "clicked", G_CALLBACK (write_cb), self);
  gtk_box_append (GTK_BOX (row), self->entry);
  gtk_box_append (GTK_BOX (row), send);
  gtk_box_append (GTK_BOX (phone), self->scroller);
  gtk_box_append (GTK_BOX (phone), self->suggestions);
  gtk_box_append (GTK_BOX (phone), row);
  gtk_widget_add_css_class (phone, "sb-phone");
  gtk_widget_set_overflow (phone, GTK_OVERFLOW_HIDDEN);

  return phone;
}

static void
sb_phone_pane_dispose (GObject *object)
{
  SbPhonePane *self = SB_PHONE_PANE (object);

  g_clear_handle_id (&self->poll_id, g_source_remove);
  self->messages = NULL;
  self->people = NULL;
  self->clock = NULL;
  g_clear_pointer (&self->persona, g_free);
  g_clear_object (&self->server);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_phone_pane_parent_class)->dispose (object);
}

static void
sb_phone_pane_class_init (SbPhonePaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_phone_pane_dispose;
}

static void
sb_phone_pane_init (SbPhonePane *self)
{
}

GtkWidget *
sb_phone_pane_new (SbEngine         *engine,
                   SbPracticeServer *server)
{
  SbPhonePane *self = g_object_new (SB_TYPE_PHONE_PANE, NULL);
  GtkWidget   *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget   *clock_row = adw_wrap_box_new ();
  GtkWidget   *scroller = gtk_scrolled_window_new ();

  self->engine = g_object_ref (engine);
  self->server = g_object_ref (server);
  self->people = adw_wrap_box_new ();
  adw_wrap_box_set_justify (ADW_WRAP_BOX (self->people), ADW_JUSTIFY_NONE);
  self->clock = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->clock, "title-3");
  gtk_widget_add_css_class (self->clock, "numeric");
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (clock_row), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (clock_row), 6);
  adw_wrap_box_append (ADW_WRAP_BOX (clock_row), self->clock);
  /* Translators: moves the practice clock */
  adw_wrap_box_append (ADW_WRAP_BOX (clock_row), clock_button (self, _("+1 h"), 60));
  /* Translators: moves the practice clock by a minute less than a day */
  adw_wrap_box_append (ADW_WRAP_BOX (clock_row), clock_button (self, _("+23 h 59"), 23 * 60 + 59));
  adw_wrap_box_append (ADW_WRAP_BOX (clock_row), clock_button (self, _("Morning"), 0));

  gtk_box_append (GTK_BOX (column), self->people);
  gtk_box_append (GTK_BOX (column), make_phone (self));
  gtk_box_append (GTK_BOX (column), heading (_("Practice Clock")));
  gtk_box_append (GTK_BOX (column), clock_row);
  gtk_box_append (GTK_BOX (column), heading (_("What Goes Wrong")));
  gtk_box_append (GTK_BOX (column), make_faults (self));
  gtk_widget_set_margin_start (column, 12);
  gtk_widget_set_margin_end (column, 12);
  gtk_widget_set_margin_bottom (column, 12);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), column);
  adw_bin_set_child (ADW_BIN (self), scroller);
  sb_practice_server_ask_async (server, "GET", "personas", NULL, people_cb, g_object_ref (self));
  sb_practice_server_ask_async (server, "GET", "clock", NULL, clock_cb, g_object_ref (self));
  self->poll_id = g_timeout_add (700, poll_cb, self);

  return GTK_WIDGET (self);
}
