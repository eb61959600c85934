/* A conversation on paper, or as a PDF: day by day, who wrote what and when. */
#include "sb-thread-print.h"

#include <glib/gi18n.h>

#include "sb-thread-row.h"

#define MOST      5000
#define PAGE      500
#define HEAD_ROOM 24
#define GAP       6
/* Lines that are laid out before the window listens again. */
#define AT_ONCE 100

typedef struct
{
  SbEngine  *engine;
  gint64     thread_id;
  char      *title;
  char      *customer;
  GArray    *pages; /* index of the first line of each page */
  GPtrArray *lines; /* char *, one paragraph each */
  guint      n_laid_out;
  double     y; /* where the next one goes on its page */
} Printing;

static void
printing_free (gpointer  data,
               GClosure *closure)
{
  Printing *printing = data;

  g_object_unref (printing->engine);
  g_free (printing->title);
  g_free (printing->customer);
  g_clear_pointer (&printing->pages, g_array_unref);
  g_clear_pointer (&printing->lines, g_ptr_array_unref);
  g_free (printing);
}

static char *
line_of (const Printing  *printing,
         const SbMessage *message)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (message->sent_at / 1000);
  /* Translators: date and time on paper; see g_date_time_format () */
  g_autofree char *time = g_date_time_format (at, C_("print", "%e %b %Y %H:%M"));
  g_autofree char *preview = message->text == NULL || message->text[0] == '\0' || message->revoked ? sb_message_preview (message) : NULL;
  const char      *words = preview != NULL ? preview : message->text;
  const char      *who = message->direction == SB_DIRECTION_IN ? printing->customer : message->direction == SB_DIRECTION_NOTE ? _("Note")
                                                                                  : message->direction == SB_DIRECTION_SYSTEM ? ""
                                                                                                                              : _("You");

  return g_strdup_printf ("%s  %s%s%s", g_strstrip (time), who, who[0] != '\0' ? ": " : "", words);
}

/* The newest messages come first when they are read, a page at a time; paper begins with the oldest. */
static void
collect (Printing *printing)
{
  g_autoptr (GPtrArray) reversed = g_ptr_array_new_with_free_func (g_free);
  gint64                before_at = 0, before_id = 0;

  while (reversed->len < MOST)
    {
      g_autoptr (GPtrArray) messages = sb_reader_list_messages (sb_engine_get_reader (printing->engine), printing->thread_id, before_at, before_id, PAGE);

      for (guint i = messages->len; i > 0; i--)
        g_ptr_array_add (reversed, line_of (printing, messages->pdata[i - 1]));
      if (messages->len < PAGE)
        break;
      before_at = ((SbMessage *) messages->pdata[0])->sent_at;
      before_id = ((SbMessage *) messages->pdata[0])->id;
    }
  printing->lines = g_ptr_array_new_with_free_func (g_free);
  if (reversed->len >= MOST)
    g_ptr_array_add (printing->lines, g_strdup_printf (_("The newest %d messages"), MOST));
  while (reversed->len > 0)
    g_ptr_array_add (printing->lines, g_ptr_array_steal_index (reversed, reversed->len - 1));
}

static PangoLayout *
layout_of (GtkPrintContext *context,
           const char      *text)
{
  PangoLayout          *layout = gtk_print_context_create_pango_layout (context);
  PangoFontDescription *font = pango_font_description_from_string ("Sans 9");

  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, (int) (gtk_print_context_get_width (context) * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
  pango_font_description_free (font);

  return layout;
}

static void
begin_cb (GtkPrintOperation *operation,
          GtkPrintContext   *context,
          Printing          *printing)
{
  guint first = 0;

  collect (printing);
  printing->pages = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (printing->pages, first);
}

/* Some lines at a time; TRUE when all have their page. */
static gboolean
paginate_cb (GtkPrintOperation *operation,
             GtkPrintContext   *context,
             Printing          *printing)
{
  double height = gtk_print_context_get_height (context) - HEAD_ROOM;
  guint  end = MIN (printing->n_laid_out + AT_ONCE, printing->lines->len);

  for (; printing->n_laid_out < end; printing->n_laid_out++)
    {
      g_autoptr (PangoLayout) layout = layout_of (context, printing->lines->pdata[printing->n_laid_out]);
      int                     high;

      pango_layout_get_pixel_size (layout, NULL, &high);
      if (printing->y > 0 && printing->y + high > height)
        {
          g_array_append_val (printing->pages, printing->n_laid_out);
          printing->y = 0;
        }
      printing->y += high + GAP;
    }
  gtk_print_operation_set_n_pages (operation, (int) printing->pages->len);

  return printing->n_laid_out == printing->lines->len;
}

static void
draw_at (cairo_t         *cr,
         GtkPrintContext *context,
         const char      *text,
         double          *y)
{
  g_autoptr (PangoLayout) layout = layout_of (context, text);
  int                     high;

  pango_layout_get_pixel_size (layout, NULL, &high);
  cairo_move_to (cr, 0, *y);
  pango_cairo_show_layout (cr, layout);
  *y += high + GAP;
}

static void
draw_cb (GtkPrintOperation *operation,
         GtkPrintContext   *context,
         int                page,
         Printing          *printing)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  guint    first = g_array_index (printing->pages, guint, page);
  guint    end = (guint) page + 1 < printing->pages->len ? g_array_index (printing->pages, guint, page + 1) : printing->lines->len;
  /* Translators: top of a printed page: customer, page number, number of pages */
  g_autofree char *head = g_strdup_printf (_("%s – page %d of %u"), printing->title, page + 1, printing->pages->len);
  double           y = 0;

  draw_at (cr, context, head, &y);
  y = HEAD_ROOM;
  for (guint i = first; i < end; i++)
    draw_at (cr, context, printing->lines->pdata[i], &y);
}

/* The dialog of the desktop offers printers and "Print to File". */
void
sb_thread_print (SbEngine  *engine,
                 gint64     thread_id,
                 GtkWindow *parent)
{
  g_autoptr (SbThread)          thread = sb_reader_get_thread (sb_engine_get_reader (engine), thread_id);
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GError)            error = NULL;
  Printing                     *printing;

  if (thread == NULL)
    return;

  printing = g_new0 (Printing, 1);
  printing->engine = g_object_ref (engine);
  printing->thread_id = thread_id;
  printing->customer = sb_name_text (thread->name);
  printing->title = thread->handle != NULL && g_strcmp0 (thread->handle, thread->name) != 0 ? g_strdup_printf ("%s, %s", printing->customer, thread->handle) : g_strdup (printing->customer);
  gtk_print_operation_set_job_name (operation, printing->title);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  g_signal_connect_data (operation, "begin-print", G_CALLBACK (begin_cb), printing, printing_free, 0);
  g_signal_connect (operation, "paginate", G_CALLBACK (paginate_cb), printing);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_cb), printing);
  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, &error);
  if (error != NULL)
    g_message ("printing: %s", error->message);
}
