#pragma once

#include "sb-engine.h"

G_BEGIN_DECLS

/* All that the shop has of one person: given to them as a folder, or taken out for good. */

/* Makes @folder with a page to read, the same for a machine, and the media. */
void     sb_engine_export_person_async (SbEngine           *self,
                                        gint64              contact_id,
                                        const char         *folder,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data);
gboolean sb_engine_export_person_finish (SbEngine     *self,
                                         GAsyncResult *result,
                                         GError      **error);

/* Not undoable. SB_ERROR_BUSY while a message to the person is on its way. Returns the path of the certificate. */
void  sb_engine_erase_person_async (SbEngine           *self,
                                    gint64              contact_id,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data);
char *sb_engine_erase_person_finish (SbEngine     *self,
                                     GAsyncResult *result,
                                     GError      **error);

G_END_DECLS
