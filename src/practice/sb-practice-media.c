#include "sb-practice-media.h"

#include <string.h>

#include "sb-practice-sample.h"

#define URL_LIFE_MS  (5 * SB_MINUTE_MS)
#define UPLOAD_DAYS  30
#define INBOUND_DAYS 7
#define MIB          (1024 * 1024)
#define UNKNOWN_TYPE "application/octet-stream"

/* What may be uploaded, and how large. */
typedef struct
{
  const char *mime_type;
  gsize       max;
} Limit;

static const Limit limits[] = {
  { "audio/aac", 16 * MIB },
  { "audio/amr", 16 * MIB },
  { "audio/mpeg", 16 * MIB },
  { "audio/mp4", 16 * MIB },
  { "audio/ogg", 16 * MIB },
  { "image/jpeg", 5 * MIB },
  { "image/png", 5 * MIB },
  { "image/webp", 500 * 1024 },
  { "video/mp4", 16 * MIB },
  { "video/3gp", 16 * MIB },
  { "video/3gpp", 16 * MIB },
  { "text/plain", 100 * MIB },
  { "application/pdf", 100 * MIB },
  { "application/msword", 100 * MIB },
  { "application/vnd.ms-excel", 100 * MIB },
  { "application/vnd.ms-powerpoint", 100 * MIB },
  { "application/vnd.openxmlformats-officedocument.wordprocessingml.document", 100 * MIB },
  { "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 100 * MIB },
  { "application/vnd.openxmlformats-officedocument.presentationml.presentation", 100 * MIB },
};

static gsize
limit_of (const char *mime_type)
{
  g_autofree char *bare = g_strndup (mime_type, strcspn (mime_type, "; "));

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      if (g_ascii_strcasecmp (limits[i].mime_type, bare) == 0)
        return limits[i].max;
    }

  return 0;
}

/* The parts of an upload, in whatever order they came. */
typedef struct
{
  char   *product;
  char   *type;
  char   *filename;
  char   *part_type;
  GBytes *file;
} Upload;

static void
upload_clear (Upload *self)
{
  g_free (self->product);
  g_free (self->type);
  g_free (self->filename);
  g_free (self->part_type);
  g_clear_pointer (&self->file, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Upload, upload_clear)

static char *
text_of (GBytes *bytes)
{
  gsize       size;
  const char *data = g_bytes_get_data (bytes, &size);

  return g_strstrip (g_strndup (data != NULL ? data : "", size));
}

static void
read_part (Upload             *upload,
           SoupMessageHeaders *headers,
           GBytes             *body)
{
  g_autoptr (GHashTable) params = NULL;
  g_autofree char       *disposition = NULL;
  const char            *name;

  if (!soup_message_headers_get_content_disposition (headers, &disposition, &params) || params == NULL)
    return;

  name = g_hash_table_lookup (params, "name");
  if (g_strcmp0 (name, "messaging_product") == 0)
    {
      g_free (upload->product);
      upload->product = text_of (body);
    }
  else if (g_strcmp0 (name, "type") == 0)
    {
      g_free (upload->type);
      upload->type = text_of (body);
    }
  else if (g_strcmp0 (name, "file") == 0 && upload->file == NULL)
    {
      upload->file = g_bytes_ref (body);
      upload->filename = g_strdup (g_hash_table_lookup (params, "filename"));
      upload->part_type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
    }
}

static gboolean
read_upload (SbPracticeCall *call,
             Upload         *upload)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);
  const char         *type = soup_message_headers_get_content_type (headers, NULL);
  SoupMultipart      *multipart;

  if (type == NULL || !g_str_has_prefix (type, "multipart/"))
    return FALSE;

  multipart = soup_multipart_new_from_message (headers, call->raw);
  if (multipart == NULL)
    return FALSE;

  for (int i = 0; i < soup_multipart_get_length (multipart); i++)
    {
      SoupMessageHeaders *part_headers;
      GBytes             *body;

      if (soup_multipart_get_part (multipart, i, &part_headers, &body))
        read_part (upload, part_headers, body);
    }
  soup_multipart_free (multipart);

  return TRUE;
}

/* Trust the type field, then the part, then the bytes: clients label the part carelessly. */
static char *
mime_type_of (Upload *upload)
{
  g_autofree char *guessed = NULL;

  if (upload->type != NULL && limit_of (upload->type) > 0)
    return g_strdup (upload->type);
  if (upload->part_type != NULL && limit_of (upload->part_type) > 0)
    return g_strdup (upload->part_type);

  guessed = g_content_type_guess (upload->filename, g_bytes_get_data (upload->file, NULL), g_bytes_get_size (upload->file), NULL);
  if (limit_of (guessed) > 0)
    return g_steal_pointer (&guessed);

  return g_strdup (upload->type != NULL ? upload->type : UNKNOWN_TYPE);
}

char *
sb_practice_media_add (SbPractice *self,
                       GBytes     *bytes,
                       const char *mime_type,
                       const char *filename,
                       gint64      days)
{
  g_autofree char       *id = sb_practice_new_id (self, "8");
  g_autofree char       *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autoptr (JsonObject) media = sb_json_make ("s:id", id, "s:mime_type", mime_type, "s:sha256", sha256, "s:filename", filename,
                                               "i:file_size", (gint64) g_bytes_get_size (bytes),
                                               "i:expires", sb_practice_now (self) + days * SB_DAY_MS, NULL);

  sb_practice_store_put_blob (self->store, id, bytes);
  sb_practice_store_put (self->store, "media", id, media);

  return g_steal_pointer (&id);
}

static void
answer_upload (SbPracticeCall *call)
{
  g_auto (Upload)  upload = { 0 };
  g_autofree char *mime_type = NULL;
  g_autofree char *id = NULL;

  upload.product = sb_practice_call_param (call, "messaging_product");
  upload.type = sb_practice_call_param (call, "type");
  if (!read_upload (call, &upload))
    sb_practice_call_fail (call, 100, "The body must be multipart/form-data.");
  else if (g_strcmp0 (upload.product, "whatsapp") != 0)
    sb_practice_call_fail (call, 100, "The parameter messaging_product is required.");
  else if (upload.file == NULL || g_bytes_get_size (upload.file) == 0)
    sb_practice_call_fail (call, 100, "The parameter file is required.");
  else
    {
      mime_type = mime_type_of (&upload);
      if (limit_of (mime_type) == 0)
        {
          sb_practice_call_fail (call, 100, "Param file must be a file with one of the supported types. Received file of type '%s'.", mime_type);
          return;
        }
      if (g_bytes_get_size (upload.file) > limit_of (mime_type))
        {
          sb_practice_call_fail (call, 131053, "A file of type %s may have at most %" G_GSIZE_FORMAT " bytes, this one has %" G_GSIZE_FORMAT ".",
                                 mime_type, limit_of (mime_type), g_bytes_get_size (upload.file));
          return;
        }
      id = sb_practice_media_add (call->practice, upload.file, mime_type, upload.filename, UPLOAD_DAYS);
      sb_practice_call_answer (call, sb_json_make ("s:id", id, NULL));
    }
}

/* What makes a download address good for five minutes and for this media alone. */
static char *
sign (SbPractice *self,
      const char *id,
      gint64      expires)
{
  g_autofree char *text = g_strdup_printf ("%s.%" G_GINT64_FORMAT, id, expires);

  return g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) sb_practice_config (self, "app_secret"), 32, text, -1);
}

static void
answer_node (SbPracticeCall *call,
             JsonObject     *media)
{
  const char      *id = sb_json_string (media, "id");
  gint64           expires = sb_practice_now (call->practice) + URL_LIFE_MS;
  g_autofree char *base = sb_practice_call_base (call);
  g_autofree char *hash = sign (call->practice, id, expires);
  g_autofree char *url = g_strdup_printf ("%s/attachments/?mid=%s&ext=%" G_GINT64_FORMAT "&hash=%s", base, id, expires, hash);

  sb_practice_call_answer (call, sb_json_make ("s:messaging_product", "whatsapp", "s:url", url, "s:mime_type", sb_json_string (media, "mime_type"),
                                               "s:sha256", sb_json_string (media, "sha256"), "i:file_size", sb_json_int (media, "file_size", 0),
                                               "s:id", id, NULL));
}

static gboolean
token_is_good (SbPracticeCall *call)
{
  const char      *header = sb_practice_call_header (call, "Authorization");
  g_autofree char *wanted = g_strconcat ("Bearer ", sb_practice_config (call->practice, "token"), NULL);

  return g_strcmp0 (call->practice->options->media_auth, "lenient") == 0 || g_strcmp0 (header, wanted) == 0;
}

/* GET /attachments/: the bytes, while the address lives. */
gboolean
sb_practice_media_answer_download (SbPracticeCall *call)
{
  g_autofree char   *id = sb_practice_call_param (call, "mid");
  gint64             expires = sb_practice_call_param_int (call, "ext", 0);
  g_autofree char   *given = sb_practice_call_param (call, "hash");
  g_autofree char   *hash = id != NULL ? sign (call->practice, id, expires) : NULL;
  JsonObject        *media = sb_practice_store_get (call->practice->store, "media", id);
  g_autoptr (GBytes) bytes = media != NULL ? sb_practice_store_get_blob (call->practice->store, id) : NULL;

  if (!g_str_equal (call->parts[0], "attachments"))
    return FALSE;

  if (!token_is_good (call))
    sb_practice_call_fail (call, 190, NULL);
  else if (bytes == NULL || g_strcmp0 (given, hash) != 0 || expires < sb_practice_now (call->practice))
    {
      sb_practice_call_fail (call, 100, "The media address has expired or never existed.");
      call->status = 404;
    }
  else
    sb_practice_call_bytes (call, 200, sb_json_string (media, "mime_type"), bytes);

  return TRUE;
}

static gboolean
answer_media_node (SbPracticeCall *call)
{
  JsonObject *media = sb_practice_store_get (call->practice->store, "media", call->parts[0]);

  if (media == NULL || call->n_parts != 1)
    return FALSE;
  if (sb_json_int (media, "expires", 0) < sb_practice_now (call->practice))
    return FALSE;

  if (sb_practice_call_is (call, "DELETE"))
    {
      sb_practice_store_remove_blob (call->practice->store, call->parts[0]);
      sb_practice_store_remove (call->practice->store, "media", call->parts[0]);
      sb_practice_call_success (call);
    }
  else
    answer_node (call, media);

  return TRUE;
}

/* POST /{app}/uploads: a resumable upload begins. */
static void
begin_upload (SbPracticeCall *call)
{
  static const char *const types[] = { "application/pdf", "image/jpeg", "image/jpg", "image/png", "video/mp4", NULL };
  SbPractice              *self = call->practice;
  g_autofree char         *type = sb_practice_call_param (call, "file_type");
  g_autofree char         *name = sb_practice_call_param (call, "file_name");
  g_autofree char         *key = sb_practice_new_id (self, "MTph");
  g_autofree char         *sig = sb_practice_new_id (self, "ARZ");
  g_autofree char         *id = g_strdup_printf ("upload:%s", key);
  g_autofree char         *full = g_strdup_printf ("%s?sig=%s", id, sig);
  g_autoptr (JsonObject)   upload = NULL;

  if (type == NULL || !g_strv_contains (types, type))
    {
      sb_practice_call_fail (call, 100, "Param file_type must be one of the supported types - got \"%s\".", type != NULL ? type : "");
      return;
    }

  upload = sb_json_make ("s:id", id, "s:full", full, "s:sig", sig, "s:mime_type", type, "s:filename", name,
                         "i:length", sb_practice_call_param_int (call, "file_length", 0), "i:offset", (gint64) 0, NULL);
  sb_practice_store_put (self->store, "upload", id, upload);
  sb_practice_call_answer (call, sb_json_make ("s:id", full, NULL));
}

/* The bytes of an upload, whole or from an offset; complete, they become a handle. */
static void
take_bytes (SbPracticeCall *call,
            JsonObject     *upload)
{
  SbPractice            *self = call->practice;
  const char            *id = sb_json_string (upload, "id");
  const char            *offset_text = sb_practice_call_header (call, "file_offset");
  gsize                  offset = offset_text != NULL ? g_ascii_strtoull (offset_text, NULL, 10) : 0;
  g_autoptr (GBytes)     before = sb_practice_store_get_blob (self->store, id);
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autoptr (GBytes)     bytes = NULL;
  g_autoptr (JsonObject) handle = NULL;
  g_autofree char       *key = NULL;

  if (before != NULL)
    g_byte_array_append (all, g_bytes_get_data (before, NULL), MIN (offset, g_bytes_get_size (before)));
  if (all->len != offset)
    {
      sb_practice_call_fail (call, 100, "The header file_offset does not fit what was received before.");
      return;
    }
  g_byte_array_append (all, g_bytes_get_data (call->raw, NULL), g_bytes_get_size (call->raw));
  bytes = g_bytes_new (all->data, all->len);
  sb_practice_store_put_blob (self->store, id, bytes);
  json_object_set_int_member (upload, "offset", all->len);
  sb_practice_store_put (self->store, "upload", id, upload);
  if ((gint64) all->len < sb_json_int (upload, "length", 0))
    {
      sb_practice_call_answer (call, sb_json_make ("s:id", sb_json_string (upload, "full"), "i:file_offset", (gint64) all->len, NULL));
      return;
    }

  key = sb_practice_new_id (self, "4::cHJhY3RpY2U=:ARb");
  handle = sb_json_make ("s:upload", id, "s:mime_type", sb_json_string (upload, "mime_type"), NULL);
  sb_practice_store_put (self->store, "handle", key, handle);
  sb_practice_call_answer (call, sb_json_make ("s:h", key, NULL));
}

static gboolean
answer_resumable (SbPracticeCall *call)
{
  const char      *app = sb_practice_config (call->practice, "app_id");
  JsonObject      *upload = sb_practice_store_get (call->practice->store, "upload", call->parts[0]);
  g_autofree char *sig = sb_practice_call_param (call, "sig");

  if (call->n_parts == 2 && (g_str_equal (call->parts[0], app) || g_str_equal (call->parts[0], "app")) &&
      g_str_equal (call->parts[1], "uploads") && sb_practice_call_is (call, "POST"))
    begin_upload (call);
  else if (upload == NULL)
    return FALSE;
  else if (sb_practice_call_is (call, "GET"))
    sb_practice_call_answer (call, sb_json_make ("s:id", sb_json_string (upload, "full"), "i:file_offset", sb_json_int (upload, "offset", 0), NULL));
  else if (g_strcmp0 (sig, sb_json_string (upload, "sig")) != 0)
    sb_practice_call_fail (call, 100, "The signature of the upload does not fit.");
  else
    take_bytes (call, upload);

  return TRUE;
}

gboolean
sb_practice_media_answer (SbPracticeCall *call)
{
  if (call->n_parts == 2 && g_str_equal (call->parts[0], sb_practice_config (call->practice, "phone_number_id")) &&
      g_str_equal (call->parts[1], "media") && sb_practice_call_is (call, "POST"))
    {
      answer_upload (call);
      return TRUE;
    }

  return answer_resumable (call) || answer_media_node (call);
}

/**
 * sb_practice_media_complete:
 * @message: a message a customer sends, with or without the media it names
 *
 * Fills in what the sender left out: a customer's photo, voice message or document that really can be downloaded.
 */
void
sb_practice_media_complete (SbPractice *self,
                            JsonObject *message,
                            const char *type,
                            gint64      seconds,
                            const char *picture)
{
  JsonObject            *given = sb_json_object (message, type);
  g_autoptr (JsonObject) part = given != NULL ? sb_practice_copy (given) : json_object_new ();
  const char            *mime_type = NULL;
  const char            *filename = sb_json_string (part, "filename");
  g_autoptr (GBytes)     bytes = NULL;
  g_autofree char       *id = NULL;
  g_autofree guchar     *hash = g_malloc (32);
  g_autofree char       *hash_text = NULL;
  gsize                  hash_length = 32;
  g_autoptr (GChecksum)  checksum = g_checksum_new (G_CHECKSUM_SHA256);

  if (sb_json_string (part, "id") != NULL)
    return;

  bytes = sb_practice_sample_make (type, seconds, picture, &mime_type);
  if (g_str_equal (type, "document") && filename == NULL)
    filename = "order.pdf";
  id = sb_practice_media_add (self, bytes, mime_type, filename, INBOUND_DAYS);
  g_checksum_update (checksum, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_checksum_get_digest (checksum, hash, &hash_length);
  hash_text = g_base64_encode (hash, hash_length);

  json_object_set_string_member (part, "id", id);
  json_object_set_string_member (part, "mime_type", g_str_equal (mime_type, "audio/ogg") ? "audio/ogg; codecs=opus" : mime_type);
  json_object_set_string_member (part, "sha256", hash_text);
  if (filename != NULL)
    json_object_set_string_member (part, "filename", filename);
  if (g_str_equal (type, "audio") && !json_object_has_member (part, "voice"))
    json_object_set_boolean_member (part, "voice", TRUE);
  if (g_str_equal (type, "sticker"))
    json_object_set_boolean_member (part, "animated", FALSE);
  json_object_set_object_member (message, type, json_object_ref (part));
}
