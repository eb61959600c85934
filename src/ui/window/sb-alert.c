/* Questions to a person, in any size of texts. */
#include "sb-alert.h"

/* The large heading of a question is one line that gives way to a small one where it does not fit; until then it warns. */
static void
let_break (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "title-2"))
    gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    let_break (child);
}

/**
 * sb_alert_new:
 * @heading: the question
 * @body: (nullable): what follows from it
 */
AdwDialog *
sb_alert_new (const char *heading,
              const char *body)
{
  AdwDialog *dialog = adw_alert_dialog_new (heading, body);

  let_break (adw_dialog_get_child (dialog));

  return dialog;
}
