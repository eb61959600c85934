#include "sb-consent-page.h"

#include <glib/gi18n.h>

#include "sb-consent-card.h"
#include "sb-consent-dialogs.h"
#include "sb-ledger.h"
#include "sb-person-acts.h"
#include "sb-proof-pane.h"
#include "sb-tell.h"
#include "sb-thread-row.h"

/**
 * SbConsentPage:
 *
 * What people agreed to: how many of each state, a question where a message may have been a STOP, the ledger, and the page
 * that proves one person's entries.
 */
struct _SbConsentPage
{
  AdwBin parent_instance;

  SbEngine  *engine;
  GtkWidget *split;
  GtkWidget *toasts;
  GtkWidget *stack; /* empty, ledger */
  GtkWidget *counts[SB_N_CONSENTS];
  GtkWidget *numbers[SB_N_CONSENTS];
  GtkWidget *words[SB_N_CONSENTS];
  GtkWidget *card; /* SbConsentCard */
  GtkWidget *filter;
  GtkWidget *ledger;
  GtkWidget *proof;
  GtkWidget *proof_button;
  guint      refresh_id;
  gboolean   choosing;
};

G_DEFINE_FINAL_TYPE (SbConsentPage, sb_consent_page, ADW_TYPE_BIN)

/* In the order of the picture. */
static const SbConsent shown[SB_N_CONSENTS] = { SB_CONSENT_OFFERS, SB_CONSENT_ORDERS, SB_CONSENT_NONE, SB_CONSENT_OPTED_OUT };

/* Letters: narrower words are set in two lines. */
#define COUNT_CHARS 8

/* -- what is shown -- */

static const char *
count_words (SbConsent state,
             int       n)
{
  switch (state)
    {
    case SB_CONSENT_OFFERS:
      return ngettext ("may get offers", "may get offers", n);
    case SB_CONSENT_ORDERS:
      return ngettext ("order news only", "order news only", n);
    case SB_CONSENT_OPTED_OUT:
      return ngettext ("opted out", "opted out", n);
    case SB_CONSENT_NONE:
    default:
      return ngettext ("never asked", "never asked", n);
    }
}

static void
show_counts (SbConsentPage *self)
{
  int counts[SB_N_CONSENTS];

  sb_reader_count_consents (sb_engine_get_reader (self->engine), counts);
  for (guint i = 0; i < SB_N_CONSENTS; i++)
    {
      g_autofree char *number = g_strdup_printf ("%'d", counts[shown[i]]);
      g_autofree char *name = g_strdup_printf ("%s %s", number, count_words (shown[i], counts[shown[i]]));

      gtk_label_set_text (GTK_LABEL (self->numbers[i]), number);
      gtk_label_set_text (GTK_LABEL (self->words[i]), count_words (shown[i], counts[shown[i]]));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->counts[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
}

static void
show_question (SbConsentPage *self)
{
  gboolean asks;

  sb_consent_card_refresh (SB_CONSENT_CARD (self->card));
  asks = sb_consent_card_get_question (SB_CONSENT_CARD (self->card)) != NULL;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "consent.was-stop", asks);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "consent.was-not", asks);
}

static gboolean
refresh_cb (gpointer user_data)
{
  SbConsentPage        *self = user_data;
  g_autoptr (GPtrArray) any = sb_reader_list_ledger (sb_engine_get_reader (self->engine), SB_LEDGER_ALL, 0, 0, 1);

  self->refresh_id = 0;
  show_counts (self);
  show_question (self);
  sb_ledger_refresh (SB_LEDGER (self->ledger));
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), any->len > 0 ? "ledger" : "empty");

  return G_SOURCE_REMOVE;
}

/* Many events of one batch are one look at the file. */
static void
refresh_soon (SbConsentPage *self)
{
  if (self->refresh_id == 0)
    self->refresh_id = g_timeout_add (100, refresh_cb, self);
}

static void
event_cb (SbConsentPage *self,
          SbEvent       *event)
{
  switch ((int) event->kind)
    {
    case SB_EVENT_CONSENT:
    case SB_EVENT_CONSENT_QUESTION:
    case SB_EVENT_CONTACT_ADDED:
    case SB_EVENT_CONTACT_CHANGED:
      if (gtk_widget_get_mapped (GTK_WIDGET (self)))
        refresh_soon (self);
      break;
    default:
      break;
    }
}

static void
selected_cb (SbConsentPage *self,
             gint64         contact_id)
{
  sb_proof_pane_show (SB_PROOF_PANE (self->proof), contact_id);
}

/* -- filters -- */

static void
filter_cb (SbConsentPage *self)
{
  const char *name = adw_toggle_group_get_active_name (ADW_TOGGLE_GROUP (self->filter));

  if (self->choosing)
    return;
  self->choosing = TRUE;
  for (guint i = 0; i < SB_N_CONSENTS; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->counts[i]), FALSE);
  self->choosing = FALSE;
  sb_ledger_show (SB_LEDGER (self->ledger), g_strcmp0 (name, "yes") == 0 ? SB_LEDGER_YES : g_strcmp0 (name, "out") == 0 ? SB_LEDGER_OPTED_OUT
                                                                                                                        : SB_LEDGER_ALL,
                  SB_CONSENT_NONE);
}

/* A number opens its people; pressed again, the ledger comes back. */
static void
count_cb (GtkToggleButton *button,
          gpointer         user_data)
{
  SbConsentPage *self = user_data;

  if (self->choosing)
    return;
  if (!gtk_toggle_button_get_active (button))
    {
      filter_cb (self);
      return;
    }
  self->choosing = TRUE;
  for (guint i = 0; i < SB_N_CONSENTS; i++)
    if (self->counts[i] != GTK_WIDGET (button))
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->counts[i]), FALSE);
    else
      sb_ledger_show (SB_LEDGER (self->ledger), SB_LEDGER_PEOPLE, shown[i]);
  self->choosing = FALSE;
}

/* -- acts -- */

static void
tell (SbConsentPage *self,
      const char    *words,
      gint64         undo_id)
{
  sb_tell_undo (self->toasts, words, self->engine, undo_id);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (SbConsentPage) self = user_data;
  g_autoptr (GError)        error = NULL;
  gint64                    undo_id = sb_engine_consent_finish (SB_ENGINE (object), result, &error);

  tell (self, undo_id < 0 ? error->message : _("Answered"), undo_id);
}

static void
answer_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  SbConsentPage           *self = SB_CONSENT_PAGE (widget);
  const SbConsentQuestion *question = sb_consent_card_get_question (SB_CONSENT_CARD (self->card));

  if (question != NULL)
    sb_engine_answer_consent_question_async (self->engine, question, g_str_equal (name, "consent.was-stop"), answered_cb, g_object_ref (self));
}

static void
recorded_cb (gint64   undo_id,
             gpointer data)
{
  tell (data, _("Recorded"), undo_id);
}

static void
record_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  SbConsentPage        *self = SB_CONSENT_PAGE (widget);
  const SbConsentEntry *entry = sb_ledger_get_selected (SB_LEDGER (self->ledger));

  sb_record_consent_dialog_present (self->engine, entry != NULL && entry->name != NULL ? entry->contact_id : 0, widget, recorded_cb, g_object_ref (self), g_object_unref);
}

static void
withdrawn_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (SbConsentPage) self = user_data;
  g_autoptr (GError)        error = NULL;
  gint64                    undo_id = sb_engine_consent_finish (SB_ENGINE (object), result, &error);

  tell (self, undo_id < 0 ? error->message : _("Entry taken back"), undo_id);
}

static void
withdraw_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  SbConsentPage        *self = SB_CONSENT_PAGE (widget);
  const SbConsentEntry *entry = sb_ledger_get_selected (SB_LEDGER (self->ledger));

  if (entry != NULL && entry->id != 0 && entry->stands && entry->answer <= SB_ANSWER_NO)
    sb_engine_withdraw_consent_async (self->engine, entry->id, withdrawn_cb, g_object_ref (self));
  else
    tell (self, _("Only a yes or a no that stands can be taken back."), 0);
}

static void
dialog_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  SbConsentPage *self = SB_CONSENT_PAGE (widget);

  if (g_str_equal (name, "consent.stop-words"))
    sb_stop_words_dialog_present (self->engine, widget);
  else
    sb_wordings_dialog_present (self->engine, widget);
}

static void
paper_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  SbConsentPage *self = SB_CONSENT_PAGE (widget);

  if (g_str_equal (name, "consent.save"))
    sb_proof_pane_save (SB_PROOF_PANE (self->proof));
  else if (g_str_equal (name, "consent.print"))
    sb_proof_pane_print (SB_PROOF_PANE (self->proof));
  else
    adw_overlay_split_view_set_show_sidebar (ADW_OVERLAY_SPLIT_VIEW (self->split), !adw_overlay_split_view_get_show_sidebar (ADW_OVERLAY_SPLIT_VIEW (self->split)));
}

static gint64
contact_of (GtkWidget *widget)
{
  const SbConsentEntry *entry = sb_ledger_get_selected (SB_LEDGER (SB_CONSENT_PAGE (widget)->ledger));

  return entry != NULL && entry->name != NULL ? entry->contact_id : 0;
}

/* -- the whole -- */

static void
sb_consent_page_dispose (GObject *object)
{
  SbConsentPage *self = SB_CONSENT_PAGE (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_consent_page_parent_class)->dispose (object);
}

static void
sb_consent_page_class_init (SbConsentPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sb_consent_page_dispose;
  gtk_widget_class_install_action (widget_class, "consent.record", NULL, record_action);
  gtk_widget_class_install_action (widget_class, "consent.withdraw", NULL, withdraw_action);
  gtk_widget_class_install_action (widget_class, "consent.was-stop", NULL, answer_action);
  gtk_widget_class_install_action (widget_class, "consent.was-not", NULL, answer_action);
  gtk_widget_class_install_action (widget_class, "consent.stop-words", NULL, dialog_action);
  gtk_widget_class_install_action (widget_class, "consent.wordings", NULL, dialog_action);
  gtk_widget_class_install_action (widget_class, "consent.save", NULL, paper_action);
  gtk_widget_class_install_action (widget_class, "consent.print", NULL, paper_action);
  gtk_widget_class_install_action (widget_class, "consent.proof", NULL, paper_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_y, 0, "consent.was-stop", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, 0, "consent.was-not", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "consent.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "consent.print", NULL);
}

static GtkWidget *
make_count (SbConsentPage *self,
            guint          index)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *icon = gtk_image_new_from_icon_name (sb_consent_get_icon (shown[index]));

  self->words[index] = gtk_label_new (count_words (shown[index], 0));
  self->numbers[index] = gtk_label_new ("0");
  gtk_widget_add_css_class (icon, sb_consent_get_style (shown[index]));
  gtk_widget_add_css_class (self->numbers[index], "title-2");
  gtk_widget_add_css_class (self->numbers[index], "numeric");
  gtk_widget_add_css_class (self->words[index], "sb-count-words");
  gtk_label_set_xalign (GTK_LABEL (self->words[index]), 0);
  gtk_label_set_wrap (GTK_LABEL (self->words[index]), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (self->words[index]), COUNT_CHARS);
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), self->numbers[index]);
  gtk_box_append (GTK_BOX (column), line);
  gtk_box_append (GTK_BOX (column), self->words[index]);
  gtk_button_set_child (GTK_BUTTON (button), column);
  gtk_widget_add_css_class (button, "sb-count");
  gtk_widget_set_hexpand (button, TRUE);
  g_signal_connect (button, "toggled", G_CALLBACK (count_cb), self);
  self->counts[index] = button;

  return button;
}

/* Two and two, beside or below each other: never three and one. */
static GtkWidget *
make_counts (SbConsentPage *self)
{
  GtkWidget *flow = gtk_flow_box_new ();
  GtkWidget *two = NULL;

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), 2);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (flow), TRUE);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (flow), 9);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (flow), 9);
  for (guint i = 0; i < SB_N_CONSENTS; i++)
    {
      if (i % 2 == 0)
        {
          GtkWidget *child = gtk_flow_box_child_new ();

          two = g_object_new (GTK_TYPE_BOX, "spacing", 9, "homogeneous", TRUE, NULL);
          gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), two);
          gtk_widget_set_focusable (child, FALSE);
          gtk_widget_add_css_class (child, "sb-count-place");
          gtk_flow_box_append (GTK_FLOW_BOX (flow), child);
        }
      gtk_box_append (GTK_BOX (two), make_count (self, i));
    }

  return flow;
}

static void
add_toggle (SbConsentPage *self,
            const char    *name,
            const char    *label)
{
  AdwToggle *toggle = adw_toggle_new ();

  adw_toggle_set_name (toggle, name);
  adw_toggle_set_label (toggle, label);
  adw_toggle_group_add (ADW_TOGGLE_GROUP (self->filter), toggle);
}

static GtkWidget *
make_ledger (SbConsentPage *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  /* Two lines where texts are large and the window is narrow. */
  GtkWidget *head = adw_wrap_box_new ();
  GtkWidget *title = gtk_label_new (_("Ledger"));

  gtk_widget_add_css_class (title, "heading");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (head), 9);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (head), 6);
  adw_wrap_box_set_justify (ADW_WRAP_BOX (head), ADW_JUSTIFY_SPREAD);
  adw_wrap_box_set_justify_last_line (ADW_WRAP_BOX (head), TRUE);
  self->card = sb_consent_card_new (self->engine);
  self->filter = adw_toggle_group_new ();
  add_toggle (self, "all", _("All"));
  /* Translators: entries of the ledger in which somebody said yes */
  add_toggle (self, "yes", C_("consent", "Yes"));
  add_toggle (self, "out", _("Opted Out"));
  adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (self->filter), "all");
  g_signal_connect_object (self->filter, "notify::active-name", G_CALLBACK (filter_cb), self, G_CONNECT_SWAPPED);
  adw_wrap_box_append (ADW_WRAP_BOX (head), title);
  adw_wrap_box_append (ADW_WRAP_BOX (head), self->filter);
  self->ledger = sb_ledger_new (self->engine);
  g_signal_connect_object (self->ledger, "selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (column), make_counts (self));
  gtk_box_append (GTK_BOX (column), self->card);
  gtk_box_append (GTK_BOX (column), head);
  gtk_box_append (GTK_BOX (column), self->ledger);
  gtk_widget_set_margin_start (column, 12);
  gtk_widget_set_margin_end (column, 12);
  gtk_widget_set_margin_top (column, 6);
  gtk_widget_set_margin_bottom (column, 12);
  /* A question and large texts may leave the ledger no room below them. */
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), column);

  return scroller;
}

static GtkWidget *
make_menu (void)
{
  GtkWidget             *button = gtk_menu_button_new ();
  g_autoptr (GMenu)      menu = g_menu_new ();
  g_autoptr (GMenuModel) person = sb_person_menu_new ();

  g_menu_append (menu, _("_Proof"), "consent.proof");
  g_menu_append (menu, _("_Take Back Entry"), "consent.withdraw");
  g_menu_append (menu, _("Stop _Words…"), "consent.stop-words");
  g_menu_append (menu, _("W_ordings…"), "consent.wordings");
  g_menu_append_section (menu, NULL, person);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (button, _("More"));

  return button;
}

static GtkWidget *
make_header (SbConsentPage   *self,
             SbContactsPlace *place)
{
  GtkWidget *header = sb_contacts_place_new_header (place);
  GtkWidget *record = gtk_button_new_from_icon_name ("list-add-symbolic");
  GtkWidget *proof = gtk_button_new_from_icon_name ("sidebar-show-right-symbolic");

  gtk_widget_set_tooltip_text (record, _("Record Consent"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (record), "consent.record");
  gtk_widget_set_tooltip_text (proof, _("Proof"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (proof), "consent.proof");
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), record);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), make_menu ());
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), proof);
  self->proof_button = proof;

  return header;
}

static GtkWidget *
make_empty (void)
{
  GtkWidget *status = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), "sb-consent-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (status), _("Nothing Recorded Yet"));
  adw_status_page_set_description (ADW_STATUS_PAGE (status), _("The first message of a customer is recorded by itself."));

  return status;
}

/* With little room the proof lies over the ledger, and is called. */
static AdwBreakpoint *
add_breakpoint (SbConsentPage *self,
                GtkWidget     *bin,
                const char    *condition)
{
  AdwBreakpoint *narrow = adw_breakpoint_new (adw_breakpoint_condition_parse (condition));
  GValue         yes = G_VALUE_INIT, no = G_VALUE_INIT;

  g_value_init (&yes, G_TYPE_BOOLEAN);
  g_value_set_boolean (&yes, TRUE);
  g_value_init (&no, G_TYPE_BOOLEAN);
  adw_breakpoint_add_setter (narrow, G_OBJECT (self->split), "collapsed", &yes);
  adw_breakpoint_add_setter (narrow, G_OBJECT (self->split), "show-sidebar", &no);
  adw_breakpoint_bin_add_breakpoint (ADW_BREAKPOINT_BIN (bin), narrow);

  return narrow;
}

static void
sb_consent_page_init (SbConsentPage *self)
{
}

GtkWidget *
sb_consent_page_new (SbContactsPlace *place)
{
  SbConsentPage *self = g_object_new (SB_TYPE_CONSENT_PAGE, NULL);
  GtkWidget     *view = adw_toolbar_view_new ();
  GtkWidget     *bin = adw_breakpoint_bin_new ();
  AdwBreakpoint *narrow;
  GValue         no = G_VALUE_INIT;

  self->engine = g_object_ref (sb_contacts_place_get_engine (place));
  self->proof = sb_proof_pane_new (self->engine);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), make_ledger (self), "ledger");
  gtk_stack_add_named (GTK_STACK (self->stack), make_empty (), "empty");
  self->split = adw_overlay_split_view_new ();
  adw_overlay_split_view_set_sidebar_position (ADW_OVERLAY_SPLIT_VIEW (self->split), GTK_PACK_END);
  /* As wide as the page to print, whatever the size of texts. */
  adw_overlay_split_view_set_sidebar_width_unit (ADW_OVERLAY_SPLIT_VIEW (self->split), ADW_LENGTH_UNIT_PX);
  adw_overlay_split_view_set_min_sidebar_width (ADW_OVERLAY_SPLIT_VIEW (self->split), 330);
  adw_overlay_split_view_set_max_sidebar_width (ADW_OVERLAY_SPLIT_VIEW (self->split), 372);
  adw_overlay_split_view_set_sidebar_width_fraction (ADW_OVERLAY_SPLIT_VIEW (self->split), 0.36);
  adw_overlay_split_view_set_content (ADW_OVERLAY_SPLIT_VIEW (self->split), self->stack);
  adw_overlay_split_view_set_sidebar (ADW_OVERLAY_SPLIT_VIEW (self->split), self->proof);
  self->toasts = adw_toast_overlay_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->toasts), self->split);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), make_header (self, place));
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), self->toasts);
  gtk_widget_set_size_request (bin, 360, 290);
  adw_breakpoint_bin_set_child (ADW_BREAKPOINT_BIN (bin), view);
  add_breakpoint (self, bin, "max-width: 899sp");
  narrow = add_breakpoint (self, bin, "max-width: 599sp");
  sb_ledger_set_narrow (SB_LEDGER (self->ledger), narrow);
  sb_proof_pane_set_narrow (SB_PROOF_PANE (self->proof), narrow);
  g_value_init (&no, G_TYPE_BOOLEAN);
  adw_breakpoint_add_setter (narrow, G_OBJECT (self->proof_button), "visible", &no);
  adw_bin_set_child (ADW_BIN (self), bin);
  g_signal_connect_object (self->engine, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (refresh_soon), NULL);
  sb_person_acts_install (GTK_WIDGET (self), self->engine, contact_of);
  refresh_cb (self);

  return GTK_WIDGET (self);
}
