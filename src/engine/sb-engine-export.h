#pragma once

#include "sb-contacts-out.h"
#include "sb-engine.h"

G_BEGIN_DECLS

/* All contacts as a file, in a worker of its own. @path: (nullable): standard output. */
void     sb_engine_export_contacts_async (SbEngine           *self,
                                          const char         *path,
                                          SbContactsFormat    format,
                                          GCancellable       *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer            user_data);
gboolean sb_engine_export_contacts_finish (SbEngine     *self,
                                           GAsyncResult *result,
                                           guint        *n_contacts,
                                           GError      **error);

G_END_DECLS
