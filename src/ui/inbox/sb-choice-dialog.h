#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * SbChoiceDialog:
 *
 * A few choices, each with a letter of its own: one key takes it. It may have a field for something that is not among them,
 * where letters are letters. Many choices are found by typing instead.
 */
#define SB_TYPE_CHOICE_DIALOG (sb_choice_dialog_get_type ())

G_DECLARE_FINAL_TYPE (SbChoiceDialog, sb_choice_dialog, SB, CHOICE_DIALOG, AdwDialog)

typedef void (*SbChosen) (gint64   value,
                          gpointer user_data);
typedef void (*SbTyped) (const char *text,
                         gpointer    user_data);

SbChoiceDialog *sb_choice_dialog_new (const char    *title,
                                      SbChosen       chosen,
                                      gpointer       user_data,
                                      GDestroyNotify destroy);
void            sb_choice_dialog_add (SbChoiceDialog *self,
                                      const char     *title,
                                      const char     *subtitle,
                                      char            letter,
                                      gint64          value);
void            sb_choice_dialog_add_entry (SbChoiceDialog *self,
                                            const char     *title,
                                            const char     *text,
                                            SbTyped         typed);
void            sb_choice_dialog_add_widget (SbChoiceDialog *self,
                                             GtkWidget      *widget);

G_END_DECLS
