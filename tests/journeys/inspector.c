/* Loaded before the program by the journey of the looks: when asked by a signal, it writes what of the window can be seen
 * but not read, not reached, or not touched. The program itself knows nothing of it.
 *
 * Every finding is a line of SHOPBELL_INSPECTOR: what is wrong, where, the words, the figures; parted by tabs. With them go
 * the words that can be clicked, what is typed and what is shown, so that the walk finds its way without asking a bus for every widget.
 */
#include <adwaita.h>
#include <dlfcn.h>
#include <execinfo.h>
#include <glib-unix.h>
#include <signal.h>
#include <unistd.h>

/* Pixels: the smallest thing a finger hits, and what may be lost to rounding. */
#define SMALLEST  34
#define LOWEST    44 /* a row that is touched */
#define TOLERANCE 1

typedef struct
{
  GString   *findings;
  GtkWidget *root;
  gboolean   outside; /* so is all that is in it, and it was told */
} Walk;

/* The names of its parents down to it, without the boxes. */
static char *
place (GtkWidget *widget)
{
  g_autoptr (GString) path = g_string_new (NULL);

  for (GtkWidget *at = widget; at != NULL; at = gtk_widget_get_parent (at))
    if (!GTK_IS_BOX (at) || at == widget)
      {
        if (path->len > 0)
          g_string_prepend (path, " > ");
        if (gtk_widget_has_css_class (at, "subtitle"))
          g_string_prepend (path, ".subtitle");
        g_string_prepend (path, G_OBJECT_TYPE_NAME (at));
      }

  return g_string_free_and_steal (g_steal_pointer (&path));
}

static void
report (Walk       *walk,
        const char *what,
        GtkWidget  *widget,
        const char *words,
        const char *figures)
{
  g_autofree char *where = place (widget);
  g_autofree char *line = g_strdelimit (g_strdup (words != NULL ? words : ""), "\n\t", ' ');

  g_string_append_printf (walk->findings, "%s\t%s\t%s\t%s\n", what, where, line, figures);
}

/* Whether something above it lets the eye be moved to it: sideways, or up and down. */
static gboolean
scrolls (GtkWidget *widget,
         gboolean   sideways)
{
  for (GtkWidget *at = gtk_widget_get_parent (widget); at != NULL; at = gtk_widget_get_parent (at))
    if (GTK_IS_SCROLLED_WINDOW (at))
      {
        GtkPolicyType across;
        GtkPolicyType down;

        gtk_scrolled_window_get_policy (GTK_SCROLLED_WINDOW (at), &across, &down);
        if ((sideways ? across : down) != GTK_POLICY_NEVER)
          return TRUE;
      }

  return FALSE;
}

static int
needs (GtkWidget *widget)
{
  int least;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);

  return least;
}

/* Who makes @widget so wide: down the widest of those in it, as long as one of them needs most of it; also one that is hidden beside it. */
static GtkWidget *
widest (GtkWidget *widget)
{
  GtkWidget *most = NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child) && (most == NULL || needs (child) > needs (most)))
      most = child;

  return most != NULL && needs (most) * 10 > needs (widget) * 8 ? widest (most) : widget;
}

static gboolean
look_at_place (Walk      *walk,
               GtkWidget *widget)
{
  int              width = gtk_widget_get_width (walk->root);
  int              height = gtk_widget_get_height (walk->root);
  graphene_rect_t  box;
  g_autofree char *figures = NULL;
  gboolean         aside;
  gboolean         below;

  if (!gtk_widget_compute_bounds (widget, walk->root, &box) || box.size.width < 1 || box.size.height < 1)
    return FALSE;

  aside = (box.origin.x < -TOLERANCE || box.origin.x + box.size.width > width + TOLERANCE) && !scrolls (widget, TRUE);
  below = (box.origin.y < -TOLERANCE || box.origin.y + box.size.height > height + TOLERANCE) && !scrolls (widget, FALSE);
  figures = g_strdup_printf ("%d,%d %dx%d in %dx%d", (int) box.origin.x, (int) box.origin.y, (int) box.size.width, (int) box.size.height, width, height);
  if (aside || below)
    report (walk, aside ? "aside" : "below", aside ? widest (widget) : widget, GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : NULL, figures);

  return aside || below;
}

static void
look_at_label (Walk     *walk,
               GtkLabel *label)
{
  if (pango_layout_is_ellipsized (gtk_label_get_layout (label)))
    report (walk, "cut", GTK_WIDGET (label), gtk_label_get_text (label), "");
}

static void
look_at_button (Walk      *walk,
                GtkWidget *button)
{
  /* A group of toggles has the height of a button all around them. */
  gboolean         grouped = ADW_IS_TOGGLE_GROUP (gtk_widget_get_parent (button));
  graphene_rect_t  box;
  g_autofree char *figures = NULL;

  if (grouped || !gtk_widget_compute_bounds (button, button, &box) || box.size.width < 1)
    return;

  figures = g_strdup_printf ("%dx%d", (int) box.size.width, (int) box.size.height);
  if (box.size.width < SMALLEST || box.size.height < SMALLEST)
    report (walk, "small", button, gtk_widget_get_tooltip_text (button), figures);
}

/* A menu has rows of its own kind; in a button of choices it is the button that is touched. */
static void
look_at_row (Walk      *walk,
             GtkWidget *row)
{
  gboolean         is_item = g_str_equal (G_OBJECT_TYPE_NAME (row), "GtkListItemWidget") && !gtk_widget_get_ancestor (row, GTK_TYPE_DROP_DOWN) && !gtk_widget_get_ancestor (row, ADW_TYPE_COMBO_ROW);
  gboolean         is_touched = GTK_IS_LIST_BOX_ROW (row) ? gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)) : is_item;
  graphene_rect_t  box;
  g_autofree char *figures = NULL;

  if (!is_touched || !gtk_widget_compute_bounds (row, row, &box) || box.size.width < 1)
    return;
  figures = g_strdup_printf ("%dx%d", (int) box.size.width, (int) box.size.height);
  if (box.size.height < LOWEST && gtk_widget_get_ancestor (row, GTK_TYPE_POPOVER) == NULL)
    report (walk, "low", row, NULL, figures);
}

static void
look_at_image (Walk     *walk,
               GtkImage *image)
{
  const char *name = gtk_image_get_icon_name (image);

  if (name != NULL && !gtk_icon_theme_has_icon (gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (image))), name))
    report (walk, "no-icon", GTK_WIDGET (image), name, "");
}

/* Where a surface of its own begins, seen from the one of the window. */
static void
place_of_surface (GtkWidget *native,
                  double    *x,
                  double    *y)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (native));

  gtk_native_get_surface_transform (GTK_NATIVE (native), x, y);
  for (; surface != NULL && GDK_IS_POPUP (surface); surface = gdk_popup_get_parent (GDK_POPUP (surface)))
    {
      *x += gdk_popup_get_position_x (GDK_POPUP (surface));
      *y += gdk_popup_get_position_y (GDK_POPUP (surface));
    }
}

/* A popover may be anywhere, but on a small screen it has no more room than the window. */
static void
look_at_popover (Walk      *walk,
                 GtkWidget *popover)
{
  GtkWidget       *window = GTK_WIDGET (gtk_widget_get_root (popover));
  int              width = gtk_widget_get_width (popover);
  g_autofree char *figures = NULL;
  double           x;
  double           y;
  double           left;
  double           top;

  place_of_surface (popover, &x, &y);
  place_of_surface (window, &left, &top);
  figures = g_strdup_printf ("%d+%d in %d", (int) (x - left), width, gtk_widget_get_width (window));
  if (x < 0 || x + width > gtk_widget_get_width (window) + 2 * left)
    report (walk, "aside", popover, NULL, figures);
}

/* -- what is there -- */

/* The text of an entry lies over its title. */
static gboolean
in_one_row (GtkWidget *one,
            GtkWidget *other)
{
  GtkWidget *row = gtk_widget_get_ancestor (one, GTK_TYPE_LIST_BOX_ROW);

  return row != NULL && row == gtk_widget_get_ancestor (other, GTK_TYPE_LIST_BOX_ROW);
}

/* Where the middle of @widget is on the display, or FALSE when something else lies there. A popover is a surface of its own. */
static gboolean
middle (GtkWidget *root,
        GtkWidget *widget,
        double    *x,
        double    *y)
{
  GdkSurface     *surface = gtk_native_get_surface (GTK_NATIVE (root));
  graphene_rect_t box;
  GtkWidget      *hit;
  double          left;
  double          top;

  if (surface == NULL || !gtk_widget_compute_bounds (widget, root, &box))
    return FALSE;
  *x = box.origin.x + box.size.width / 2;
  *y = box.origin.y + box.size.height / 2;
  hit = gtk_widget_pick (root, *x, *y, GTK_PICK_INSENSITIVE | GTK_PICK_NON_TARGETABLE);
  if (hit == NULL || (hit != widget && !gtk_widget_is_ancestor (hit, widget) && !gtk_widget_is_ancestor (widget, hit) && !in_one_row (hit, widget)))
    return FALSE;

  place_of_surface (root, &left, &top);
  *x += left;
  *y += top;

  return TRUE;
}

/* (transfer full) (nullable): what it says, or what is said about it. Lines of our own say it as a label does. */
static char *
words_of (GtkWidget *widget)
{
  char *words = NULL;

  if (GTK_IS_LABEL (widget))
    return g_strdup (gtk_label_get_text (GTK_LABEL (widget)));
  if (GTK_IS_INSCRIPTION (widget))
    return g_strdup (gtk_inscription_get_text (GTK_INSCRIPTION (widget)));
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "SbTextLine"))
    g_object_get (widget, "label", &words, NULL);
  else
    words = g_strdup (gtk_widget_get_tooltip_text (widget));

  return words;
}

/* What can be clicked by its words, and the dialogs, popovers and parts of the shop that are shown. */
static void
tell (Walk      *walk,
      GtkWidget *widget)
{
  g_autofree char *words = words_of (widget);
  const char      *type = G_OBJECT_TYPE_NAME (widget);
  g_autofree char *figures = NULL;
  double           x;
  double           y;

  if (middle (walk->root, widget, &x, &y))
    figures = g_strdup_printf ("%d,%d", (int) x, (int) y);
  if (words != NULL && words[0] != '\0' && figures != NULL)
    report (walk, "words", widget, words, figures);
  if (GTK_IS_TEXT (widget))
    report (walk, "typed", widget, gtk_editable_get_text (GTK_EDITABLE (widget)), "");
  if (ADW_IS_DIALOG (widget))
    report (walk, "shown", widget, "dialog", "");
  if (GTK_IS_POPOVER (widget))
    report (walk, "shown", widget, "popover", "");
  if (g_str_has_prefix (type, "Sb") || g_str_equal (type, "AdwBackButton") || GTK_IS_EMOJI_CHOOSER (widget))
    report (walk, "shown", widget, type, figures != NULL ? figures : "");
}

static void
look (Walk      *walk,
      GtkWidget *widget)
{
  gboolean outside = walk->outside;

  /* Where something slides or scrolls by itself, what is outside of it is not shown. */
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget) || gtk_widget_get_opacity (widget) <= 0)
    return;

  /* What is inside a widget of the toolkit alone, a shadow or a shade, may lie outside. */
  if (!outside && widget != walk->root && !g_str_has_suffix (G_OBJECT_TYPE_NAME (widget), "Gizmo"))
    outside = look_at_place (walk, widget);
  tell (walk, widget);
  if (GTK_IS_POPOVER (widget))
    look_at_popover (walk, widget);
  if (GTK_IS_LABEL (widget))
    look_at_label (walk, GTK_LABEL (widget));
  if (GTK_IS_BUTTON (widget) || GTK_IS_DROP_DOWN (widget))
    look_at_button (walk, widget);
  look_at_row (walk, widget);
  if (GTK_IS_SPIN_BUTTON (widget) && gtk_editable_get_text (GTK_EDITABLE (widget))[0] == '\0')
    report (walk, "empty", widget, NULL, "");
  if (GTK_IS_IMAGE (widget))
    look_at_image (walk, GTK_IMAGE (widget));
  for (GtkWidget *child = GTK_IS_SCROLLBAR (widget) ? NULL : gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      /* A popover is a window of its own. */
      Walk inner = { walk->findings, GTK_IS_NATIVE (child) ? child : walk->root, outside && !GTK_IS_NATIVE (child) };

      look (&inner, child);
    }
}

/* -- the way of the Tab key -- */

#define MOST_STOPS 400
#define BARS       100

/* Within these the arrow keys go on. */
static gboolean
has_arrows (GtkWidget *widget)
{
  return GTK_IS_LIST_BOX (widget) || GTK_IS_LIST_BASE (widget) || GTK_IS_COLUMN_VIEW (widget) || GTK_IS_FLOW_BOX (widget) || g_str_equal (G_OBJECT_TYPE_NAME (widget), "SbTimelineColumn") || ADW_IS_TOGGLE_GROUP (widget) || ADW_IS_VIEW_SWITCHER (widget);
}

static gboolean
is_on_the_way (GtkWidget *widget,
               GPtrArray *stops)
{
  GtkWidget *around = NULL;

  for (GtkWidget *at = widget; at != NULL; at = gtk_widget_get_parent (at))
    if (has_arrows (at))
      around = at;
  for (guint i = 0; i < stops->len; i++)
    if (stops->pdata[i] == widget || gtk_widget_is_ancestor (stops->pdata[i], around != NULL ? around : widget) || gtk_widget_is_ancestor (widget, stops->pdata[i]))
      return TRUE;

  return FALSE;
}

static gboolean
is_asked (GtkWidget *widget)
{
  return (GTK_IS_BUTTON (widget) || GTK_IS_TEXT (widget) || GTK_IS_TEXT_VIEW (widget) || GTK_IS_SWITCH (widget)) && gtk_widget_get_focusable (widget) &&
         gtk_widget_get_can_focus (widget) && gtk_widget_is_sensitive (widget);
}

static void
look_for_missed (Walk      *walk,
                 GtkWidget *widget,
                 GPtrArray *stops)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget) || GTK_IS_POPOVER (widget) || !gtk_widget_get_can_focus (widget))
    return;
  if (is_asked (widget) && !is_on_the_way (widget, stops))
    report (walk, "missed", widget, gtk_widget_get_tooltip_text (widget), "");
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    look_for_missed (walk, child, stops);
}

/* Whether @one is read before @other: above it, and not beside it in the direction of reading. What is told at the foot is no part of the page. */
static gboolean
is_before (GtkWidget *root,
           GtkWidget *one,
           GtkWidget *other)
{
  gboolean        is_left = gtk_widget_get_direction (root) == GTK_TEXT_DIR_RTL;
  graphene_rect_t a;
  graphene_rect_t b;
  double          bottom;

  if (!gtk_widget_compute_bounds (one, root, &a) || !gtk_widget_compute_bounds (other, root, &b) || gtk_widget_get_ancestor (one, ADW_TYPE_TOAST_OVERLAY) == NULL)
    return FALSE;
  if (g_str_equal (G_OBJECT_TYPE_NAME (gtk_widget_get_parent (one)), "AdwToastWidget"))
    return FALSE;
  /* What was scrolled away stands behind the bars at most. */
  bottom = MIN (b.origin.y, gtk_widget_get_height (root) - BARS);

  return a.origin.y >= 0 && a.origin.y + a.size.height <= bottom && (is_left ? a.origin.x + a.size.width > b.origin.x : a.origin.x < b.origin.x + b.size.width);
}

/* Reading goes down, and once from the end to the beginning. */
static void
look_at_order (Walk      *walk,
               GPtrArray *stops)
{
  g_autoptr (GPtrArray) up = g_ptr_array_new ();

  for (guint i = 1; i < stops->len; i++)
    if (is_before (walk->root, stops->pdata[i], stops->pdata[i - 1]))
      g_ptr_array_add (up, stops->pdata[i]);
  for (guint i = 0; up->len > 1 && i < up->len; i++)
    report (walk, "upward", up->pdata[i], gtk_widget_get_tooltip_text (up->pdata[i]), "");
}

/* Goes all the way round, as the key does, and back to where it began. */
static void
go_round (Walk      *walk,
          GtkWindow *window)
{
  g_autoptr (GPtrArray) stops = g_ptr_array_new ();
  g_autoptr (GPtrArray) alone = g_ptr_array_new (); /* where the round closed */
  g_autoptr (GtkWidget) first = gtk_window_get_focus (window) != NULL ? g_object_ref (gtk_window_get_focus (window)) : NULL;
  AdwDialog            *dialog = ADW_IS_WINDOW (window) || ADW_IS_APPLICATION_WINDOW (window) ? adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) : NULL;
  GtkWidget            *focus;
  guint                 n_lost = 0;

  do
    {
      gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_FORWARD);
      focus = gtk_window_get_focus (window);
      /* Between the end and the beginning nothing may have it for once. */
      if (focus == NULL && n_lost++ > 1)
        break;
      if (focus != NULL && g_ptr_array_find (stops, focus, NULL))
        break;
      if (focus != NULL)
        g_ptr_array_add (stops, focus);
    }
  while (stops->len < MOST_STOPS);
  if (focus != NULL)
    g_ptr_array_add (alone, focus);
  if (focus != NULL && stops->len > 0 && !is_on_the_way (stops->pdata[0], alone))
    report (walk, "trapped", focus, gtk_widget_get_tooltip_text (focus), "");
  look_at_order (walk, stops);
  look_for_missed (walk, dialog != NULL ? GTK_WIDGET (dialog) : GTK_WIDGET (window), stops);
  if (first != NULL)
    gtk_widget_grab_focus (first);
}

/* -- waiting until nothing moves -- */

/* Milliseconds: how often it looks, how long nothing may have moved, and when it gives up. */
#define LOOK_MS 10
#define CALM_MS 40
#define LAST_MS 3000

typedef struct
{
  const char *file;
  guint       before; /* what everything looked like */
  guint       calm_ms;
  guint       waited_ms;
} Question;

static guint
fingerprint (GtkWidget *widget,
             guint      hash)
{
  graphene_point_t at = GRAPHENE_POINT_INIT (0, 0);

  if (!gtk_widget_get_mapped (widget))
    return hash;
  if (gtk_widget_get_parent (widget) != NULL && !gtk_widget_compute_point (widget, gtk_widget_get_parent (widget), &at, &at))
    graphene_point_init (&at, 0, 0);
  hash = hash * 31 + g_str_hash (G_OBJECT_TYPE_NAME (widget));
  hash = hash * 31 + (guint) (gtk_widget_get_width (widget) * 8191 + gtk_widget_get_height (widget));
  hash = hash * 31 + (guint) ((int) at.x * 8191 + (int) at.y);
  if (GTK_IS_LABEL (widget) || g_str_equal (G_OBJECT_TYPE_NAME (widget), "SbTextLine"))
    {
      g_autofree char *words = words_of (widget);

      hash = hash * 31 + g_str_hash (words);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    hash = fingerprint (child, hash);

  return hash;
}

static void
answer (const char *file)
{
  g_autoptr (GString) findings = g_string_new (NULL);
  g_autoptr (GList)   windows = gtk_window_list_toplevels ();
  g_autoptr (GError)  error = NULL;
  g_autofree char    *round = g_strconcat (file, "-round", NULL); /* is there when the way of the Tab key is asked for */

  for (GList *at = windows; at != NULL; at = at->next)
    if (gtk_widget_get_mapped (at->data))
      {
        Walk walk = { findings, at->data, FALSE };

        g_string_append_printf (findings, "window\t%s\t%s\t%dx%d\n", G_OBJECT_TYPE_NAME (at->data), gtk_window_get_title (at->data),
                                gtk_widget_get_width (at->data), gtk_widget_get_height (at->data));
        look (&walk, at->data);
        if (unlink (round) == 0)
          go_round (&walk, at->data);
      }
  if (!g_file_set_contents (file, findings->str, (gssize) findings->len, &error))
    g_warning ("%s", error->message);
}

static gboolean
look_cb (gpointer user_data)
{
  Question         *question = user_data;
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  guint             now = 0;

  for (GList *at = windows; at != NULL; at = at->next)
    now = fingerprint (at->data, now);
  question->calm_ms = now == question->before ? question->calm_ms + LOOK_MS : 0;
  question->waited_ms += LOOK_MS;
  question->before = now;
  if (question->calm_ms < CALM_MS && question->waited_ms < LAST_MS)
    return G_SOURCE_CONTINUE;
  answer (question->file);

  return G_SOURCE_REMOVE;
}

/* Answers once nothing has moved for a moment and nothing else is to be done. */
static gboolean
asked_cb (gpointer user_data)
{
  Question *question = g_new0 (Question, 1);

  question->file = user_data;
  g_timeout_add_full (G_PRIORITY_LOW, LOOK_MS, look_cb, question, g_free);

  return G_SOURCE_CONTINUE;
}

/* The size of texts, as the desktop's settings would have it: SHOPBELL_TEXTS is in hundredths. */
static gboolean
enlarge_cb (gpointer user_data)
{
  GtkSettings *settings = gdk_display_get_default () != NULL ? gtk_settings_get_default () : NULL;
  int          hundredths = atoi (g_getenv ("SHOPBELL_TEXTS"));

  if (settings == NULL)
    return G_SOURCE_CONTINUE;
  g_object_set (settings, "gtk-xft-dpi", 96 * 1024 * hundredths / 100, NULL);

  return G_SOURCE_REMOVE;
}

char *bindtextdomain (const char *domain,
                      const char *folder);

/* A program that was not installed speaks the language of SHOPBELL_LOCALES all the same. */
char *
bindtextdomain (const char *domain,
                const char *folder)
{
  char *(*real) (const char *, const char *) = (char *(*) (const char *, const char *) ) dlsym (RTLD_NEXT, "bindtextdomain");
  const char *ours = g_getenv ("SHOPBELL_LOCALES");

  return real (domain, ours != NULL && g_strcmp0 (domain, "shopbell") == 0 ? ours : folder);
}

/* Where the program was when it broke. */
static void
broke_cb (int number)
{
  void *frames[60];

  backtrace_symbols_fd (frames, backtrace (frames, G_N_ELEMENTS (frames)), STDERR_FILENO);
  signal (number, SIG_DFL);
  raise (number);
}

__attribute__ ((constructor)) static void
begin (void)
{
  const char *file = g_getenv ("SHOPBELL_INSPECTOR");

  /* What the program starts is not looked at. */
  g_unsetenv ("LD_PRELOAD");
  signal (SIGSEGV, broke_cb);
  signal (SIGABRT, broke_cb);
  signal (SIGTRAP, broke_cb);
  if (file != NULL)
    g_unix_signal_add (SIGUSR1, asked_cb, g_strdup (file));
  if (g_getenv ("SHOPBELL_TEXTS") != NULL)
    g_timeout_add (20, enlarge_cb, NULL);
}
