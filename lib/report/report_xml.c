/* Text put into XML and HTML. Comes in: any text; goes out: text with <>&"' escaped and what XML 1.0 cannot carry replaced. */
#include "report/report.h"

static const char *entity_of(uint32_t cp)
{
    switch (cp) {
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '&': return "&amp;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return NULL;
    }
}

void jy__xml_put(jy__text *out, jy_str text)
{
    const char *p = text.ptr, *end = text.ptr + text.len;
    while (p < end) {
        bool valid;
        uint32_t cp = jy__utf8_next(&p, end, &valid);
        const char *entity = entity_of(cp);
        if (entity)
            jy__text_c(out, entity);
        else if ((cp < 0x20 && cp != '\t' && cp != '\n') || cp == 0xFFFE || cp == 0xFFFF)
            jy__text_cp(out, JY__BAD);
        else
            jy__text_cp(out, cp);
    }
}

void jy__xml_attribute(jy__text *out, const char *name, jy_str value)
{
    jy__text_char(out, ' ');
    jy__text_c(out, name);
    jy__text_c(out, "=\"");
    jy__xml_put(out, value);
    jy__text_char(out, '"');
}
