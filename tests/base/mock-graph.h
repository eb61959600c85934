#pragma once

#include <gio/gio.h>

/**
 * MockGraph:
 *
 * The other side of a connection, byte by byte, in threads of its own. It answers what it is told, and can break off at any
 * byte of the request or of the answer, which no well-behaved server would do.
 */
typedef struct _MockGraph MockGraph;

typedef struct
{
  char *head; /* request line and headers */
  char *body;
} MockRequest;

MockGraph *mock_graph_new (void);
void       mock_graph_free (MockGraph *self);
char      *mock_graph_dup_url (MockGraph *self);
guint16    mock_graph_get_port (MockGraph *self);

/* What is answered from now on; @extra_headers: complete lines, each with CRLF, or "". */
void mock_graph_set_answer (MockGraph  *self,
                            guint       status,
                            const char *extra_headers,
                            const char *body,
                            gssize      length);
/* Answers that come first, once each, in the order given. */
void mock_graph_queue_answer (MockGraph  *self,
                              guint       status,
                              const char *extra_headers,
                              const char *body);
/* -1: whole. The connection is closed after so many bytes. */
void mock_graph_cut_request (MockGraph *self,
                             gssize     at);
void mock_graph_cut_answer (MockGraph *self,
                            gssize     at);
/* Reads the request and says nothing until the mock is freed. */
void mock_graph_set_silent (MockGraph *self,
                            gboolean   silent);
/* Waits before each answer. */
void mock_graph_set_delay (MockGraph *self,
                           guint      ms);

guint        mock_graph_n_requests (MockGraph *self);
MockRequest *mock_graph_pop_request (MockGraph *self);
void         mock_request_free (MockRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MockGraph, mock_graph_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MockRequest, mock_request_free)
