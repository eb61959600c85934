#include "sb-consent-card.h"

#include <glib/gi18n.h>

#include "sb-reader-consent.h"
#include "sb-thread-row.h"

/**
 * SbConsentCard:
 *
 * A question to a person: whether a message that speaks of stopping was a STOP. It answers by the actions "consent.was-stop"
 * and "consent.was-not" of the page it stands on.
 */
struct _SbConsentCard
{
  AdwBin parent_instance;

  SbEngine          *engine;
  SbConsentQuestion *question; /* the one that is asked, or NULL */
  GtkWidget         *revealer;
  GtkWidget         *who;
  GtkWidget         *left;
};

G_DEFINE_FINAL_TYPE (SbConsentCard, sb_consent_card, ADW_TYPE_BIN)

const SbConsentQuestion *
sb_consent_card_get_question (SbConsentCard *self)
{
  return self->question;
}

void
sb_consent_card_refresh (SbConsentCard *self)
{
  SbReader             *reader = sb_engine_get_reader (self->engine);
  g_autoptr (GPtrArray) questions = sb_reader_list_consent_questions (reader, 1);
  int                   n = sb_reader_count_consent_questions (reader);

  g_clear_pointer (&self->question, sb_consent_question_free);
  if (questions->len > 0)
    {
      g_autofree char *clock = NULL;
      g_autofree char *name = NULL;
      g_autofree char *words = NULL;
      g_autofree char *left = g_strdup_printf (ngettext ("%d question", "1 of %d", n), n);

      g_ptr_array_set_free_func (questions, NULL);
      self->question = questions->pdata[0];
      clock = sb_time_short (self->question->at, sb_clock_now (sb_engine_get_clock (self->engine)));
      name = sb_name_text (self->question->name);
      /* Translators: who, when, and what they wrote */
      words = g_strdup_printf (_("%s, %s: “%s”"), name, clock, self->question->text != NULL ? self->question->text : "");
      gtk_label_set_text (GTK_LABEL (self->who), words);
      gtk_label_set_text (GTK_LABEL (self->left), n > 1 ? left : "");
    }
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), self->question != NULL);
}

static GtkWidget *
wrapped (const char *text,
         const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);

  return label;
}

static GtkWidget *
make_answer (const char *label,
             const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_button_set_can_shrink (GTK_BUTTON (button), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);

  return button;
}

static GtkWidget *
make (SbConsentCard *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "label", _("Was this a STOP?"), "wrap", TRUE, NULL);
  GtkWidget *icon = gtk_image_new_from_icon_name (sb_consent_get_icon (SB_CONSENT_NONE));
  GtkWidget *buttons = adw_wrap_box_new ();

  gtk_widget_add_css_class (icon, "warning");
  gtk_widget_add_css_class (title, "heading");
  self->left = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->left, "sb-count-words");
  gtk_widget_set_hexpand (self->left, TRUE);
  gtk_widget_set_halign (self->left, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (head), icon);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), self->left);
  self->who = wrapped (NULL, NULL);
  gtk_label_set_lines (GTK_LABEL (self->who), 3);
  gtk_label_set_ellipsize (GTK_LABEL (self->who), PANGO_ELLIPSIZE_END);
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (buttons), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (buttons), 6);
  adw_wrap_box_append (ADW_WRAP_BOX (buttons), make_answer (_("It Was _Not"), "consent.was-not"));
  adw_wrap_box_append (ADW_WRAP_BOX (buttons), make_answer (_("_Opt Out"), "consent.was-stop"));
  gtk_box_append (GTK_BOX (column), head);
  gtk_box_append (GTK_BOX (column), self->who);
  gtk_box_append (GTK_BOX (column), wrapped (_("Only a message that is nothing but a stop word opts somebody out by itself."), "sb-count-words"));
  gtk_box_append (GTK_BOX (column), buttons);
  gtk_widget_add_css_class (column, "sb-question");

  return column;
}

static void
sb_consent_card_dispose (GObject *object)
{
  SbConsentCard *self = SB_CONSENT_CARD (object);

  g_clear_pointer (&self->question, sb_consent_question_free);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_consent_card_parent_class)->dispose (object);
}

static void
sb_consent_card_class_init (SbConsentCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_consent_card_dispose;
}

static void
sb_consent_card_init (SbConsentCard *self)
{
  self->revealer = gtk_revealer_new ();
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), make (self));
  adw_bin_set_child (ADW_BIN (self), self->revealer);
}

GtkWidget *
sb_consent_card_new (SbEngine *engine)
{
  SbConsentCard *self = g_object_new (SB_TYPE_CONSENT_CARD, NULL);

  self->engine = g_object_ref (engine);

  return GTK_WIDGET (self);
}
