#include "sb-connect-dialog.h"

#include <glib/gi18n.h>

#include "sb-check-row.h"
#include "sb-connect-form.h"
#include "sb-connect-steps.h"
#include "sb-unsaved.h"

/**
 * SbConnectDialog:
 *
 * Connecting the shop's number in four steps: the business account, how messages come in, a check that really tries each
 * thing, and a first message that goes the whole way. Nothing is kept before the check is passed; keys go to the password
 * store and nowhere else.
 */
struct _SbConnectDialog
{
  AdwDialog parent_instance;

  SbEngine      *engine;
  SbConnectForm *form;
  SbSecrets     *trial;
  GCancellable  *cancellable;
  GCancellable  *checking; /* the check under way, or NULL */
  guint          step;
  gint64         line_id;   /* once saved */
  gint64         thread_id; /* of the first message */
  GtkWidget     *steps;
  GtkWidget     *side;
  guint          n_frames; /* since the check ended */
  GtkWidget     *title;
  GtkWidget     *pages;
  GtkWidget     *headline;
  GtkWidget     *checks;
  GtkWidget     *first;
  GtkWidget     *missing;
  GtkWidget     *back;
  GtkWidget     *again;
  GtkWidget     *next;
};

G_DEFINE_FINAL_TYPE (SbConnectDialog, sb_connect_dialog, ADW_TYPE_DIALOG)

enum
{
  STEP_ACCOUNT,
  STEP_RECEIVING,
  STEP_CHECK,
  STEP_FIRST,
  N_STEPS
};

static const char *const titles[] = { N_("Business Account"), N_("Receiving Messages"), N_("Check"), N_("First Message"), NULL };

static void start_check (SbConnectDialog *self);

/* -- where one is -- */

static void
update_buttons (SbConnectDialog *self)
{
  const char *missing = sb_connect_form_get_missing (self->form, self->step);

  gtk_label_set_text (GTK_LABEL (self->missing), missing != NULL ? missing : "");
  gtk_widget_set_visible (self->back, self->step > STEP_ACCOUNT && self->step < STEP_FIRST);
  gtk_widget_set_visible (self->again, self->step == STEP_CHECK);
  gtk_button_set_label (GTK_BUTTON (self->next), self->step == STEP_FIRST ? _("Open the Inbox") : self->step == STEP_CHECK ? _("Connect")
                                                                                                                        : _("Continue"));
  if (self->step != STEP_CHECK)
    gtk_widget_set_sensitive (self->next, missing == NULL);
}

static void
show_step (SbConnectDialog *self,
           guint            step)
{
  /* Translators: which step of how many */
  g_autofree char *sub = g_strdup_printf (_("Step %u of %u"), step + 1, N_STEPS);
  g_autofree char *name = g_strdup_printf ("%u", step);

  self->step = step;
  sb_connect_steps_show (SB_CONNECT_STEPS (self->steps), step);
  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), _(titles[step]));
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), sub);
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), name);
  update_buttons (self);
}

/* -- step 3: the check -- */

static void
fixed_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SbConnectDialog) self = user_data;
  g_autoptr (GError)          error = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (sb_engine_fix_line_finish (SB_ENGINE (object), result, &error))
    {
      if (self->step == STEP_CHECK)
        start_check (self);
    }
  else
    gtk_label_set_text (GTK_LABEL (self->missing), error->message);
}

static void
fix_cb (GtkButton *button,
        gpointer   user_data)
{
  SbConnectDialog   *self = user_data;
  g_autoptr (SbLine) line = sb_connect_form_get_line (self->form);

  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  sb_engine_fix_line_async (self->engine, line, self->trial, g_object_get_data (G_OBJECT (button), "fix"), fixed_cb, g_object_ref (self));
}

/* One run of the check. Whoever goes back or begins another one leaves it, and its answers are no longer theirs. */
typedef struct
{
  SbConnectDialog *dialog;
  GCancellable    *cancellable;
} Trial;

static void
trial_free (Trial *trial)
{
  g_object_unref (trial->dialog);
  g_object_unref (trial->cancellable);
  g_free (trial);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Trial, trial_free)

static void
leave_check (SbConnectDialog *self)
{
  if (self->checking != NULL)
    g_cancellable_cancel (self->checking);
  g_clear_object (&self->checking);
}

static void
add_check (const SbCheck *check,
           gpointer       user_data)
{
  Trial           *trial = user_data;
  SbConnectDialog *self = trial->dialog;
  GtkWidget       *row, *fix;

  if (g_cancellable_is_cancelled (trial->cancellable))
    return;
  row = sb_check_row_new (check);
  fix = sb_check_row_add_fix (row, check, G_CALLBACK (fix_cb), self);
  gtk_list_box_append (GTK_LIST_BOX (self->checks), row);
  if (fix != NULL)
    gtk_list_box_append (GTK_LIST_BOX (self->checks), fix);
}

/* The first row of what is wrong; NULL when everything is right. */
static GtkWidget *
first_wrong (GtkWidget *checks)
{
  for (GtkWidget *row = gtk_widget_get_first_child (checks); row != NULL; row = gtk_widget_get_next_sibling (row))
    if (sb_check_row_is_wrong (row))
      return row;

  return NULL;
}

/* Also with large texts in a small window, what is to be done next is in sight and has the keys. */
static gboolean
show_wrong_cb (GtkWidget     *widget,
               GdkFrameClock *clock,
               gpointer       user_data)
{
  SbConnectDialog *self = SB_CONNECT_DIALOG (widget);
  GtkWidget       *wrong = first_wrong (self->checks);
  GtkWidget       *fix = wrong != NULL ? sb_check_row_get_fix (wrong) : NULL;

  /* The rows that came last have their places after one frame. */
  if (self->step == STEP_CHECK && self->n_frames++ < 1)
    return G_SOURCE_CONTINUE;
  if (self->step != STEP_CHECK)
    return G_SOURCE_REMOVE;
  gtk_widget_grab_focus (fix != NULL ? fix : wrong != NULL ? wrong
                                                           : self->next);

  return G_SOURCE_REMOVE;
}

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Trial)     trial = user_data;
  SbConnectDialog      *self = trial->dialog;
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) checks = sb_engine_check_line_finish (SB_ENGINE (object), result, &error);
  g_autofree char      *words = NULL;
  guint                 wrong = 0;

  if (g_cancellable_is_cancelled (trial->cancellable))
    return;
  for (guint i = 0; checks != NULL && i < checks->len; i++)
    wrong += ((SbCheck *) checks->pdata[i])->state == SB_CHECK_FAILED;
  if (checks == NULL)
    words = g_strdup (error->message);
  else if (wrong > 0)
    words = g_strdup_printf (ngettext ("Almost there: %u thing to put right", "Almost there: %u things to put right", wrong), wrong);
  else
    words = g_strdup (_("Everything is right"));
  gtk_label_set_text (GTK_LABEL (self->headline), words);
  gtk_widget_set_sensitive (self->again, TRUE);
  gtk_widget_set_sensitive (self->next, checks != NULL && wrong == 0);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), words, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  self->n_frames = 0;
  gtk_widget_add_tick_callback (GTK_WIDGET (self), show_wrong_cb, NULL, NULL);
}

/* The keys of a line that was connected before, where none was typed anew. */
static void
borrow_keys (SbConnectDialog *self,
             gint64           line_id)
{
  const char *names[] = { "token", "app-secret", "mailbox-token", "verify-token" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *key = line_id != 0 ? sb_secrets_get (sb_engine_get_secrets (self->engine), line_id, names[i]) : NULL;

      if (key != NULL)
        sb_secrets_set (self->trial, line_id, names[i], key, NULL);
    }
}

static void
start_check (SbConnectDialog *self)
{
  g_autoptr (SbLine) line = sb_connect_form_get_line (self->form);
  Trial             *trial = g_new0 (Trial, 1);

  leave_check (self);
  self->checking = g_cancellable_new ();
  trial->dialog = g_object_ref (self);
  trial->cancellable = g_object_ref (self->checking);
  gtk_list_box_remove_all (GTK_LIST_BOX (self->checks));
  gtk_label_set_text (GTK_LABEL (self->headline), _("Each thing is being tried…"));
  gtk_widget_set_sensitive (self->next, FALSE);
  gtk_widget_set_sensitive (self->again, FALSE);
  show_step (self, STEP_CHECK);
  borrow_keys (self, line->id);
  sb_connect_form_keep_keys (self->form, self->trial, line->id, NULL);
  sb_engine_check_line_async (self->engine, line, self->trial, add_check, trial, self->checking, checked_cb, trial);
}

/* -- step 4: the first message -- */

static void
show_first (SbConnectDialog *self)
{
  g_autoptr (SbLine) line = sb_reader_get_line (sb_engine_get_reader (self->engine), self->line_id);
  g_autofree char   *sentence = NULL;
  g_autofree char   *words = NULL;

  if (line == NULL || self->step != STEP_FIRST || self->thread_id != 0)
    return;
  if (sb_engine_get_link (self->engine, self->line_id, &sentence) == SB_LINK_OK)
    /* Translators: the shop's phone number */
    words = g_strdup_printf (_("Connected. Take your own phone and write “Hello” to %s: it will appear here."),
                             line->display_number != NULL ? line->display_number : _("your shop’s number"));
  else
    words = g_strdup (sentence);
  adw_status_page_set_title (ADW_STATUS_PAGE (self->first), _("Waiting for the First Message"));
  adw_status_page_set_description (ADW_STATUS_PAGE (self->first), words);
}

static void
event_cb (SbConnectDialog *self,
          SbEvent         *event)
{
  g_autoptr (SbThread) thread = NULL;
  g_autofree char     *words = NULL;

  if (self->step != STEP_FIRST || event->kind != SB_EVENT_MESSAGE_IN || event->line_id != self->line_id)
    return;
  thread = sb_reader_get_thread (sb_engine_get_reader (self->engine), event->thread_id);
  if (thread == NULL)
    return;
  self->thread_id = thread->id;
  /* Translators: name of the sender, what was written */
  words = g_strdup_printf (_("%s: “%s”"), thread->name, thread->preview != NULL ? thread->preview : "");
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->first), "object-select-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (self->first), _("It Arrived"));
  adw_status_page_set_description (ADW_STATUS_PAGE (self->first), words);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), _("The first message arrived"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SbConnectDialog) self = user_data;
  g_autoptr (GError)          error = NULL;

  self->line_id = sb_engine_save_line_finish (SB_ENGINE (object), result, &error);
  if (self->line_id == 0 || !sb_connect_form_keep_keys (self->form, sb_engine_get_secrets (self->engine), self->line_id, &error))
    {
      gtk_label_set_text (GTK_LABEL (self->headline), error->message);
      gtk_widget_set_sensitive (self->next, TRUE);
      return;
    }

  sb_unsaved_forget (GTK_WIDGET (self));
  sb_engine_reload_line (self->engine, self->line_id);
  sb_engine_sync_templates_async (self->engine, self->line_id, NULL, NULL);
  show_step (self, STEP_FIRST);
  show_first (self);
}

/* -- buttons -- */

static void
next_cb (GtkButton *button,
         gpointer   user_data)
{
  SbConnectDialog   *self = user_data;
  g_autoptr (SbLine) line = NULL;

  if (self->step == STEP_ACCOUNT)
    show_step (self, STEP_RECEIVING);
  else if (self->step == STEP_RECEIVING)
    start_check (self);
  else if (self->step == STEP_CHECK)
    {
      line = sb_connect_form_get_line (self->form);
      gtk_widget_set_sensitive (self->next, FALSE);
      sb_engine_save_line_async (self->engine, line, saved_cb, g_object_ref (self));
    }
  else
    {
      if (self->thread_id != 0)
        g_action_group_activate_action (G_ACTION_GROUP (g_application_get_default ()), "open-thread", g_variant_new_int64 (self->thread_id));
      adw_dialog_close (ADW_DIALOG (self));
    }
}

static void
back_cb (GtkButton *button,
         gpointer   user_data)
{
  SbConnectDialog *self = user_data;

  leave_check (self);
  if (self->step > STEP_ACCOUNT)
    show_step (self, self->step - 1);
}

static void
again_cb (GtkButton *button,
          gpointer   user_data)
{
  start_check (user_data);
}

/* -- the whole -- */

static GtkWidget *
make_check_page (SbConnectDialog *self)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();

  self->headline = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->headline), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->headline), 0);
  gtk_widget_add_css_class (self->headline, "title-2");
  gtk_widget_set_margin_bottom (self->headline, 12);
  self->checks = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->checks), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->checks, "boxed-list");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->headline);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->checks);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));

  return page;
}

static GtkWidget *
make_foot (SbConnectDialog *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *row = adw_wrap_box_new ();
  GtkWidget *space = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->missing = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->missing), TRUE);
  gtk_widget_add_css_class (self->missing, "caption");
  self->back = gtk_button_new_with_label (_("Back"));
  self->again = gtk_button_new_with_label (_("Check Again"));
  self->next = gtk_button_new_with_label (_("Continue"));
  gtk_widget_add_css_class (self->next, "suggested-action");
  gtk_widget_set_hexpand (space, TRUE);
  g_signal_connect (self->back, "clicked", G_CALLBACK (back_cb), self);
  g_signal_connect (self->again, "clicked", G_CALLBACK (again_cb), self);
  g_signal_connect (self->next, "clicked", G_CALLBACK (next_cb), self);
  /* Two lines where texts are large and the window is narrow. */
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (row), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (row), 6);
  adw_wrap_box_set_align (ADW_WRAP_BOX (row), 1);
  adw_wrap_box_append (ADW_WRAP_BOX (row), self->back);
  adw_wrap_box_append (ADW_WRAP_BOX (row), space);
  adw_wrap_box_append (ADW_WRAP_BOX (row), self->again);
  adw_wrap_box_append (ADW_WRAP_BOX (row), self->next);
  gtk_box_append (GTK_BOX (column), self->missing);
  gtk_box_append (GTK_BOX (column), row);
  gtk_widget_set_margin_start (column, 12);
  gtk_widget_set_margin_end (column, 12);
  gtk_widget_set_margin_top (column, 6);
  gtk_widget_set_margin_bottom (column, 12);

  return column;
}

static GtkWidget *
make_side (SbConnectDialog *self)
{
  const char *translated[N_STEPS + 1] = { NULL };
  GtkWidget  *view = adw_toolbar_view_new ();
  GtkWidget  *header = adw_header_bar_new ();

  for (guint i = 0; i < N_STEPS; i++)
    translated[i] = _(titles[i]);
  self->steps = sb_connect_steps_new (translated);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_window_title_new (_("Connect Your Number"), NULL));
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), self->steps);
  gtk_widget_add_css_class (view, "sb-steps");
  gtk_widget_set_size_request (view, 220, -1);

  return view;
}

static void
sb_connect_dialog_dispose (GObject *object)
{
  SbConnectDialog *self = SB_CONNECT_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  leave_check (self);
  g_clear_object (&self->form);
  g_clear_object (&self->trial);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_connect_dialog_parent_class)->dispose (object);
}

static void
sb_connect_dialog_finalize (GObject *object)
{
  g_clear_object (&SB_CONNECT_DIALOG (object)->cancellable);

  G_OBJECT_CLASS (sb_connect_dialog_parent_class)->finalize (object);
}

static void
closed_cb (AdwDialog *dialog)
{
  g_cancellable_cancel (SB_CONNECT_DIALOG (dialog)->cancellable);
  leave_check (SB_CONNECT_DIALOG (dialog));
}

static void
sb_connect_dialog_class_init (SbConnectDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_connect_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = sb_connect_dialog_finalize;
  ADW_DIALOG_CLASS (klass)->closed = closed_cb;
}

static void
sb_connect_dialog_init (SbConnectDialog *self)
{
  GtkWidget     *whole = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget     *view = adw_toolbar_view_new ();
  GtkWidget     *header = adw_header_bar_new ();
  AdwBreakpoint *narrow = adw_breakpoint_new (adw_breakpoint_condition_parse ("max-width: 640sp"));
  GValue         no = G_VALUE_INIT;

  self->trial = sb_secrets_new_memory ();
  self->cancellable = g_cancellable_new ();
  self->title = adw_window_title_new (NULL, NULL);
  self->pages = gtk_stack_new ();
  self->first = adw_status_page_new ();
  self->side = make_side (self);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->first), "sb-phone-line-symbolic");
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->title);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), self->pages);
  adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (view), make_foot (self));
  gtk_widget_set_hexpand (view, TRUE);
  gtk_box_append (GTK_BOX (whole), self->side);
  gtk_box_append (GTK_BOX (whole), view);
  g_value_init (&no, G_TYPE_BOOLEAN);
  adw_breakpoint_add_setter (narrow, G_OBJECT (self->side), "visible", &no);
  adw_dialog_add_breakpoint (ADW_DIALOG (self), narrow);
  adw_dialog_set_title (ADW_DIALOG (self), _("Connect Your Number"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 900);
  adw_dialog_set_content_height (ADW_DIALOG (self), 700);
  gtk_widget_set_size_request (GTK_WIDGET (self), 340, 290);
  adw_dialog_set_child (ADW_DIALOG (self), whole);
}

/* Shows what is known of the shop's line already, so that it can be put right. */
AdwDialog *
sb_connect_dialog_new (SbEngine *engine)
{
  SbConnectDialog      *self = g_object_new (SB_TYPE_CONNECT_DIALOG, NULL);
  g_autoptr (GPtrArray) lines = sb_reader_list_lines (sb_engine_get_reader (engine));

  self->engine = g_object_ref (engine);
  self->form = sb_connect_form_new (lines->len > 0 ? lines->pdata[0] : NULL);
  gtk_stack_add_named (GTK_STACK (self->pages), sb_connect_form_get_account (self->form), "0");
  gtk_stack_add_named (GTK_STACK (self->pages), sb_connect_form_get_receiving (self->form), "1");
  gtk_stack_add_named (GTK_STACK (self->pages), make_check_page (self), "2");
  gtk_stack_add_named (GTK_STACK (self->pages), self->first, "3");
  g_signal_connect_object (self->form, "changed", G_CALLBACK (update_buttons), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "lines-changed", G_CALLBACK (show_first), self, G_CONNECT_SWAPPED);
  show_step (self, STEP_ACCOUNT);
  adw_dialog_set_focus (ADW_DIALOG (self), sb_connect_form_get_first (self->form));

  return ADW_DIALOG (self);
}
