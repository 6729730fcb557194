/* A Word document's XML → plain lines: every paragraph one, every table row one with its cells parted by tabs. Then the readers of
 * plain text take over, and line numbers are numbers of paragraphs. Expat's own guard stops entity bombs; OOXML has no DOCTYPE,
 * so a document with one is refused. */
#include "dialogue/dialogue_office.h"
#include "dialogue/dialogue_xml.h"

typedef struct document { XML_Parser parser; jy__text *out; bool in_text; int rows; bool cell_open, row_fresh, refused; } document;

static void XMLCALL refuse(void *ctx, const XML_Char *name, const XML_Char *system, const XML_Char *public_id, int internal)
{
    document *doc = ctx;
    doc->refused = true;
    XML_StopParser(doc->parser, XML_FALSE);
}

static void XMLCALL begin(void *ctx, const XML_Char *name, const XML_Char **attributes)
{
    document *doc = ctx;
    name = jy__xml_local(name);
    if (strcmp(name, "t") == 0) doc->in_text = true;
    else if (strcmp(name, "tab") == 0 || strcmp(name, "br") == 0) jy__text_char(doc->out, ' ');
    else if (strcmp(name, "tr") == 0) doc->row_fresh = ++doc->rows == 1;
    else if (strcmp(name, "tc") == 0 && doc->rows == 1) {
        if (!doc->row_fresh) jy__text_char(doc->out, '\t');
        doc->row_fresh = false;
    }
}

static void XMLCALL end(void *ctx, const XML_Char *name)
{
    document *doc = ctx;
    name = jy__xml_local(name);
    if (strcmp(name, "t") == 0) doc->in_text = false;
    else if (strcmp(name, "p") == 0) jy__text_char(doc->out, doc->rows ? ' ' : '\n');
    else if (strcmp(name, "tr") == 0 && --doc->rows == 0) jy__text_char(doc->out, '\n');
    if (doc->out->failed) XML_StopParser(doc->parser, XML_FALSE);
}

static void XMLCALL text(void *ctx, const XML_Char *bytes, int len)
{
    document *doc = ctx;
    for (int i = 0; doc->in_text && i < len; i++)
        jy__text_char(doc->out, bytes[i] == '\n' || bytes[i] == '\r' || bytes[i] == '\t' ? ' ' : bytes[i]);
}

int jy__docx_text(jy_str xml, jy__text *out)
{
    document doc = { XML_ParserCreate(NULL), out, false, 0, false, false, false };
    int status = JY_OK;
    if (!doc.parser)
        return JY_E_NOMEM;
    XML_SetUserData(doc.parser, &doc);
    XML_SetElementHandler(doc.parser, begin, end);
    XML_SetCharacterDataHandler(doc.parser, text);
    XML_SetStartDoctypeDeclHandler(doc.parser, refuse);
    if (xml.len > INT32_MAX)
        status = JY_E_LIMIT;
    else if (XML_Parse(doc.parser, xml.ptr, (int)xml.len, 1) != XML_STATUS_OK)
        status = XML_GetErrorCode(doc.parser) == XML_ERROR_NO_MEMORY ? JY_E_NOMEM : JY_E_TRANSCRIPT;
    XML_ParserFree(doc.parser);
    return out->failed ? JY_E_NOMEM : status;
}
