/* What stands below a bubble whose message did not surely go out. */
#include "sb-bubble-cards.h"

#include <glib/gi18n.h>

#include "sb-json.h"
#include "sb-wa-error.h"

/**
 * sb_plain_label_new:
 * @css: (nullable): a style class
 *
 * A label that wraps anywhere; its text is never markup.
 */
GtkWidget *
sb_plain_label_new (const char *text,
                    const char *css)
{
  GtkWidget                *label = gtk_label_new (text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);

  return label;
}

typedef struct
{
  SbEngine *engine;
  gint64    message_id;
  SbActKind kind;
} Remedy;

static void
remedy_free (gpointer  data,
             GClosure *closure)
{
  g_object_unref (((Remedy *) data)->engine);
  g_free (data);
}

static void
remedy_cb (GtkButton *button,
           gpointer   user_data)
{
  Remedy *remedy = user_data;
  SbAct   act = { .kind = remedy->kind, .message_id = remedy->message_id };

  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  sb_engine_act_async (remedy->engine, &act, NULL, NULL);
}

static GtkWidget *
remedy_button (SbEngine   *engine,
               gint64      message_id,
               const char *label,
               SbActKind   kind)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  Remedy    *remedy = g_new0 (Remedy, 1);

  remedy->engine = g_object_ref (engine);
  remedy->message_id = message_id;
  remedy->kind = kind;
  g_signal_connect_data (button, "clicked", G_CALLBACK (remedy_cb), remedy, remedy_free, 0);

  return button;
}

/* What is known about a message of which nobody can tell whether it went out, and the two ways on. */
GtkWidget *
sb_evidence_card_new (SbEngine        *engine,
                      const SbMessage *message)
{
  g_autoptr (SbOutboxRow) row = sb_reader_get_outbox (sb_engine_get_reader (engine), message->id);
  g_autoptr (JsonNode)    node = row != NULL && row->evidence != NULL ? sb_json_parse (row->evidence, -1, NULL) : NULL;
  JsonArray              *rungs = sb_json_array (sb_json_root (node), "rungs");
  const char             *sentence = sb_json_string (sb_json_root (node), "sentence");
  GtkWidget              *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget              *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_add_css_class (card, "sb-evidence");
  gtk_box_append (GTK_BOX (card), sb_plain_label_new (_("Sent or not? Nobody can tell yet"), "heading"));
  if (sentence != NULL)
    gtk_box_append (GTK_BOX (card), sb_plain_label_new (sentence, NULL));
  for (guint i = 0; i < sb_json_length (rungs); i++)
    {
      const char      *state = sb_json_string (sb_json_at (rungs, i), "state");
      g_autofree char *line = g_strdup_printf ("%s  %s", g_strcmp0 (state, "yes") == 0 ? "✓" : g_strcmp0 (state, "later") == 0 ? "◷"
                                                                                                                               : "×",
                                               sb_json_string (sb_json_at (rungs, i), "sentence"));

      gtk_box_append (GTK_BOX (card), sb_plain_label_new (line, NULL));
    }
  gtk_box_append (GTK_BOX (buttons), remedy_button (engine, message->id, _("Leave It"), SB_ACT_LEAVE));
  gtk_box_append (GTK_BOX (buttons), remedy_button (engine, message->id, _("Send Again"), SB_ACT_SEND_AGAIN));
  gtk_box_append (GTK_BOX (buttons), sb_plain_label_new (_("Sending again may show it twice"), "sb-meta"));
  gtk_box_append (GTK_BOX (card), buttons);

  return card;
}

/* Its words go back to where one writes: behind the 24 hours they may still go out in a template. */
static GtkWidget *
reuse_button (const SbMessage *message)
{
  GtkWidget *button = gtk_button_new_with_label (_("Use These Words"));

  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), g_variant_new_int64 (message->id));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "compose.reuse");

  return button;
}

/* Why a message was refused, in words, and the ways on. */
GtkWidget *
sb_failure_card_new (SbEngine        *engine,
                     const SbMessage *message)
{
  gboolean         reusable = message->error_code == SB_WA_ERROR_WINDOW_CLOSED && message->text != NULL && message->kind != SB_MESSAGE_TEMPLATE;
  GtkWidget       *row = gtk_box_new (reusable ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL, reusable ? 0 : 8);
  GtkWidget       *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *words = g_strdup_printf ("%s: %s", _("Not sent"), message->error_text != NULL ? message->error_text : sb_wa_error_sentence (message->error_code));
  GtkWidget       *label = sb_plain_label_new (words, "error");
  GtkWidget       *button = remedy_button (engine, message->id, _("Send Again"), SB_ACT_SEND_AGAIN);

  gtk_label_set_max_width_chars (GTK_LABEL (label), 46);
  gtk_widget_add_css_class (button, "flat");
  if (reusable)
    gtk_box_append (GTK_BOX (buttons), reuse_button (message));
  gtk_box_append (GTK_BOX (buttons), button);
  gtk_widget_set_halign (buttons, reusable ? GTK_ALIGN_END : GTK_ALIGN_FILL);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), buttons);

  return row;
}
