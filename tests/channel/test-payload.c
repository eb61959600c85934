#include "sb-cloud-payload.h"

#include <string.h>

#include "sb-json.h"

/* Each kind of message beside its golden file. SB_UPDATE_GOLDEN=1 writes them anew; then read what git shows. */

typedef struct
{
  const char   *name;
  SbMessageKind kind;
  const char   *text;
  const char   *data;
  const char   *mime;
  const char   *filename;
  const char   *to; /* NULL: a number */
  const char   *quote;
} Case;

static const Case cases[] = {
  { "text", SB_MESSAGE_TEXT, "Olá *Ana*, são 20 €", NULL, NULL, NULL, NULL, NULL },
  { "text-link", SB_MESSAGE_TEXT, "See https://shop.example/p/77", NULL, NULL, NULL, NULL, NULL },
  { "text-quote", SB_MESSAGE_TEXT, "Yes", NULL, NULL, NULL, NULL, "wamid.QUOTED" },
  { "text-user-id", SB_MESSAGE_TEXT, "Hello", NULL, NULL, NULL, "PT.18490022117755", NULL },
  { "image", SB_MESSAGE_IMAGE, "Look", NULL, "image/jpeg", "cake.jpg", NULL, NULL },
  { "image-bare", SB_MESSAGE_IMAGE, NULL, NULL, "image/jpeg", "cake.jpg", NULL, NULL },
  { "video", SB_MESSAGE_VIDEO, "Look", NULL, "video/mp4", "cake.mp4", NULL, NULL },
  { "audio", SB_MESSAGE_AUDIO, "never a caption", NULL, "audio/mpeg", "song.mp3", NULL, NULL },
  { "voice", SB_MESSAGE_AUDIO, NULL, "{\"voice\":true}", "audio/ogg", "note.ogg", NULL, NULL },
  { "document", SB_MESSAGE_DOCUMENT, "Thank you!", NULL, "application/pdf", "invoice-204.pdf", NULL, NULL },
  { "sticker", SB_MESSAGE_STICKER, NULL, NULL, "image/webp", "s.webp", NULL, NULL },
  { "location", SB_MESSAGE_LOCATION, NULL, "{\"latitude\":38.7139,\"longitude\":-9.1394,\"name\":\"Shop\",\"address\":\"Rua 12\"}", NULL, NULL, NULL, NULL },
  { "contacts", SB_MESSAGE_CONTACTS, NULL, "{\"contacts\":[{\"name\":{\"formatted_name\":\"Ana Reis\",\"first_name\":\"Ana\"},\"phones\":[{\"phone\":\"+351912000222\"}]}]}", NULL, NULL, NULL, NULL },
  { "reaction", SB_MESSAGE_SYSTEM, NULL, "{\"reaction\":{\"message_id\":\"wamid.X\",\"emoji\":\"👍\"}}", NULL, NULL, NULL, NULL },
  { "buttons", SB_MESSAGE_INTERACTIVE, "Keep it?", "{\"type\":\"button\",\"body\":{\"text\":\"Keep it?\"},\"action\":{\"buttons\":[{\"type\":\"reply\",\"reply\":{\"id\":\"y\",\"title\":\"Yes\"}}]}}", NULL, NULL, NULL, NULL },
  { "list", SB_MESSAGE_INTERACTIVE, "Which?", "{\"type\":\"list\",\"body\":{\"text\":\"Which?\"},\"action\":{\"button\":\"Choose\",\"sections\":[{\"rows\":[{\"id\":\"1\",\"title\":\"Baixa\"}]}]}}", NULL, NULL, NULL, NULL },
  { "link", SB_MESSAGE_INTERACTIVE, "New", "{\"type\":\"cta_url\",\"body\":{\"text\":\"New\"},\"action\":{\"name\":\"cta_url\",\"parameters\":{\"display_text\":\"Open\",\"url\":\"https://shop.example\"}}}", NULL, NULL, NULL, NULL },
  { "location-request", SB_MESSAGE_INTERACTIVE, "Where?", "{\"type\":\"location_request_message\",\"body\":{\"text\":\"Where?\"},\"action\":{\"name\":\"send_location\"}}", NULL, NULL, NULL, NULL },
  { "template", SB_MESSAGE_TEMPLATE, "Hello Ana", "{\"template\":{\"name\":\"hello\",\"language\":{\"code\":\"pt_PT\"},\"components\":[{\"type\":\"body\",\"parameters\":[{\"type\":\"text\",\"text\":\"Ana\"}]}]}}", NULL, NULL, NULL, NULL },
};

static char *
build (const Case *one)
{
  g_autoptr (SbMessage)     message = sb_message_new ();
  g_autoptr (JsonNode)      data = one->data != NULL ? sb_json_parse (one->data, -1, NULL) : NULL;
  SbSendJob                 job = { message, one->to != NULL ? one->to : "351912000111", one->to != NULL, one->quote, "outbox:9917" };
  g_autoptr (JsonObject)    payload = NULL;
  g_autoptr (JsonNode)      node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonGenerator) generator = json_generator_new ();

  message->kind = one->kind;
  message->text = g_strdup (one->text);
  message->data = data != NULL ? json_object_ref (sb_json_root (data)) : NULL;
  if (one->mime != NULL)
    {
      SbAttachment *attachment = sb_attachment_new ();

      attachment->mime = g_strdup (one->mime);
      attachment->filename = g_strdup (one->filename);
      sb_message_add_attachment (message, attachment);
    }
  payload = sb_cloud_payload (&job, one->mime != NULL ? "1200345" : NULL);
  json_node_set_object (node, payload);
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, node);

  return json_generator_to_data (generator, NULL);
}

static void
test_golden (gconstpointer data)
{
  const Case        *one = data;
  g_autofree char   *name = g_strconcat (one->name, ".json", NULL);
  g_autofree char   *path = g_test_build_filename (G_TEST_DIST, "payload", name, NULL);
  g_autofree char   *seen = build (one);
  g_autofree char   *line = g_strconcat (seen, "\n", NULL);
  g_autofree char   *wanted = NULL;
  g_autoptr (GError) error = NULL;

  if (g_getenv ("SB_UPDATE_GOLDEN") != NULL)
    g_assert_true (g_file_set_contents (path, line, -1, NULL));
  g_file_get_contents (path, &wanted, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (line, ==, wanted);
}

/* A damaged row becomes a message the network refuses in words, not a crash. */
static void
test_missing_data (void)
{
  for (int kind = SB_MESSAGE_TEXT; kind <= SB_MESSAGE_NOTE; kind++)
    {
      Case                 one = { "x", kind, NULL, NULL, NULL, NULL, NULL, NULL };
      g_autofree char     *seen = build (&one);
      g_autoptr (JsonNode) node = sb_json_parse (seen, -1, NULL);

      g_assert_nonnull (sb_json_string (sb_json_root (node), "type"));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/payload/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_golden);
    }
  g_test_add_func ("/payload/survives-missing-data", test_missing_data);

  return g_test_run ();
}
