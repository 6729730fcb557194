/* Where a SARIF result stands and how it is mended. Comes in: a view of a finding; goes out: locations with regions in code points, and
 * fixes whose text is escaped as the file writes it. A finding whose edits cannot all be placed offers no fix: half a fix is none. */
#include "report/report_sarif.h"

void jy__sarif_message(jy__json *json, const char *key, jy_str text)
{
    jy__json_key(json, key);
    jy__json_open(json, '{');
    jy__json_put_str(json, "text", text);
    jy__json_close(json, '}');
}

static bool is_unreserved(unsigned char byte)
{
    return (byte >= '0' && byte <= '9') || ((byte | 32) >= 'a' && (byte | 32) <= 'z') || byte == '-' || byte == '.' || byte == '_' ||
           byte == '~' || byte == '/';
}

void jy__sarif_artifact(jy_report *report, jy__json *json, jy_str source)
{
    static const char digits[] = "0123456789ABCDEF";
    jy__text uri;
    jy__text_init(&uri, &report->mem);
    if (source.len && source.ptr[0] == '/')
        jy__text_c(&uri, "file://");
    for (size_t i = 0; i < source.len; i++) {
        unsigned char byte = (unsigned char)source.ptr[i];
        char code[3] = { '%', digits[byte >> 4], digits[byte & 15] };
        jy__text_add(&uri, is_unreserved(byte) ? &source.ptr[i] : code, is_unreserved(byte) ? 1 : 3);
    }
    jy__json_key(json, "artifactLocation");
    jy__json_open(json, '{');
    jy__json_put_str(json, "uri", jy__text_view(&uri));
    jy__json_close(json, '}');
    json->out->failed |= uri.failed;
    jy__text_free(&uri);
}

void jy__sarif_region(jy__json *json, const char *key, const uint32_t place[4], jy_str snippet)
{
    if (!place[0])
        return;
    jy__json_key(json, key);
    jy__json_open(json, '{');
    jy__json_put_int(json, "startLine", place[0]);
    if (place[1])
        jy__json_put_int(json, "startColumn", place[1]);
    if (place[2])
        jy__json_put_int(json, "endLine", place[2]);
    if (place[1] && place[3])
        jy__json_put_int(json, "endColumn", place[3]);
    if (snippet.len)
        jy__sarif_message(json, "snippet", snippet);
    jy__json_close(json, '}');
}

void jy__sarif_locations(const jy__view *view, jy__json *json)
{
    const jy_finding *finding = &view->finding;
    bool wording = finding->kind == JY_FOUND_WORDING;
    jy_str snippet = wording && view->report->show != JY_SHOW_NONE ? view->text : (jy_str){ NULL, 0 };
    const uint32_t at[4] = { finding->line, finding->column, wording ? finding->end_line : 0, wording ? finding->end_column : 0 };
    jy__json_key(json, "locations");
    jy__json_open(json, '[');
    jy__json_open(json, '{');
    jy__json_key(json, "physicalLocation");
    jy__json_open(json, '{');
    jy__sarif_artifact(view->report, json, view->call.source);
    jy__sarif_region(json, "region", at, snippet);
    if (view->report->show == JY_SHOW_TURN && view->has_turn && finding->line && view->turn.place.line)
        jy__sarif_region(json, "contextRegion", (const uint32_t[4]){ view->turn.place.line, 0, 0, 0 }, view->turn.text);
    jy__json_close(json, '}');
    jy__json_close(json, '}');
    jy__json_close(json, ']');
}

static void put_replacement(jy_report *report, jy__json *json, const jy_turn *turn, const jy_edit *edit)
{
    jy__spot begin, end;
    jy__text text;
    jy__report_spots(&report->edited_at, turn, turn->text, edit->span, &begin, &end);
    jy__text_init(&text, json->out->mem);
    jy__shown_escaped(&text, edit->replacement, &turn->place);
    jy__json_open(json, '{');
    jy__sarif_region(json, "deletedRegion", (const uint32_t[4]){ begin.line, begin.column, end.line, end.column }, (jy_str){ NULL, 0 });
    jy__sarif_message(json, "insertedContent", jy__text_view(&text));
    jy__json_close(json, '}');
    json->out->failed |= text.failed;
    jy__text_free(&text);
}

void jy__sarif_fixes(const jy__view *view, jy__json *json)
{
    jy_edit edit;
    jy_turn turn;
    size_t usable = 0;
    for (size_t k = 0; k < view->finding.edit_count; k++)
        usable += jy__view_edit_turn(view, k, &edit, &turn);
    if (!usable || usable < view->finding.edit_count)
        return;
    jy__json_key(json, "fixes");
    jy__json_open(json, '[');
    jy__json_open(json, '{');
    jy__json_key(json, "artifactChanges");
    jy__json_open(json, '[');
    jy__json_open(json, '{');
    jy__sarif_artifact(view->report, json, view->call.source);
    jy__json_key(json, "replacements");
    jy__json_open(json, '[');
    for (size_t k = 0; k < view->finding.edit_count; k++)
        if (jy__view_edit_turn(view, k, &edit, &turn))
            put_replacement(view->report, json, &turn, &edit);
    jy__json_close(json, ']');
    jy__json_close(json, '}');
    jy__json_close(json, ']');
    jy__json_close(json, '}');
    jy__json_close(json, ']');
}
