#pragma once

#include <gio/gio.h>
#include <libxml/xmlreader.h>

G_BEGIN_DECLS

/**
 * SbPackage:
 *
 * A zipped document, read part by part: each part is looked for anew, so that nothing has to be kept. Limits hold over all
 * reading together: at most 10,000 parts, 256 MiB unpacked, never more than a hundred times what is packed.
 */
typedef struct _SbPackage SbPackage;

SbPackage *sb_package_new (const char   *path,
                           GCancellable *cancellable,
                           GError      **error) G_GNUC_WARN_UNUSED_RESULT;
void       sb_package_free (SbPackage *self);
gboolean   sb_package_has (SbPackage  *self,
                           const char *part);
char      *sb_package_get_text (SbPackage  *self,
                                const char *part,
                                gsize       most,
                                GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* Called for each element, text and end of one; FALSE with @error ends the reading. */
typedef gboolean (*SbNodeFunc) (xmlTextReader *reader,
                                int            type,
                                const char    *name, /* without prefix */
                                gpointer       data,
                                GError       **error);

gboolean sb_package_read_xml (SbPackage  *self,
                              const char *part,
                              SbNodeFunc  func,
                              gpointer    data,
                              GError    **error);
char    *sb_package_attribute (xmlTextReader *reader,
                               const char    *name) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbPackage, sb_package_free)

G_END_DECLS
