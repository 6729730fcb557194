/* Diagnostics: a floor's message table gives the wording in both languages; a diagnostic keeps both, filled, with its place. */
#include "base/base.h"
#include <stdlib.h>

void jy__diags_init(jy__diags *diags, const jy__mem *mem)
{
    memset(diags, 0, sizeof(*diags));
    diags->mem = mem;
    jy__arena_init(&diags->arena, mem);
    jy__map_init(&diags->files, mem);
}

void jy__message_fill(jy__text *out, const char *template_text, const jy_str *args, size_t arg_count)
{
    for (const char *p = template_text; *p; p++) {
        if (p[0] == '{' && p[1] >= '0' && p[1] <= '9' && p[2] == '}') {
            size_t index = (size_t)(p[1] - '0');
            if (index < arg_count)
                jy__text_str(out, args[index]);
            p += 2;
        } else {
            jy__text_char(out, *p);
        }
    }
}

static bool fill(jy__diags *diags, const char *template_text, const jy_str *args, size_t arg_count, jy_str *out)
{
    jy__text text;
    bool done;
    jy__text_init(&text, diags->mem);
    jy__message_fill(&text, template_text, args, arg_count);
    done = !text.failed && jy__arena_str(&diags->arena, jy__text_view(&text), out);
    jy__text_free(&text);
    return done;
}

void jy__diags_add(jy__diags *diags, const jy__message *message, jy_str source, jy_str rule, jy__pos pos,
                   const jy_str *args, size_t arg_count)
{
    jy__diag diag = { message->code, message->severity, { NULL, 0 }, { NULL, 0 }, { { NULL, 0 }, { NULL, 0 } }, pos };
    diags->errors += message->severity >= JY_ERROR;
    if (!JY__VEC_ROOM(diags->mem, &diags->list) ||
        !jy__arena_str(&diags->arena, source, &diag.source) ||
        !jy__arena_str(&diags->arena, rule, &diag.rule) ||
        !fill(diags, message->english, args, arg_count, &diag.text[JY_ENGLISH]) ||
        !fill(diags, message->chinese, args, arg_count, &diag.text[JY_CHINESE])) {
        diags->failed = true;
        return;
    }
    diags->list.items[diags->list.count++] = diag;
}

int jy__diags_give(const jy__diags *diags, size_t index, int language, jy_diag *out)
{
    const jy__diag *diag = &diags->list.items[index];
    jy_diag given = JY_DIAG_INIT;
    given.code = diag->code;
    given.severity = diag->severity;
    given.source = diag->source;
    given.rule = diag->rule;
    given.message = diag->text[language == JY_CHINESE];
    given.line = diag->pos.line;
    given.column = diag->pos.column;
    given.offset = diag->pos.offset;
    given.length = diag->pos.length;
    return jy__struct_give(out, &given, sizeof(given));
}

typedef struct ranked { uint32_t file, index; jy__diag diag; } ranked;

static int by_place(const void *left, const void *right)
{
    const ranked *a = left, *b = right;
    if (a->file != b->file)
        return a->file < b->file ? -1 : 1;
    if (a->diag.pos.line != b->diag.pos.line)
        return a->diag.pos.line < b->diag.pos.line ? -1 : 1;
    if (a->diag.pos.column != b->diag.pos.column)
        return a->diag.pos.column < b->diag.pos.column ? -1 : 1;
    return a->index < b->index ? -1 : 1;
}

void jy__diags_file(jy__diags *diags, jy_str source)
{
    jy_str kept;
    uint32_t number;
    if (jy__map_get(&diags->files, source, &number))
        return;
    diags->failed |= !jy__arena_str(&diags->arena, source, &kept) || !jy__map_put(&diags->files, kept, (uint32_t)diags->files.count);
}

void jy__diags_sort(jy__diags *diags)
{
    size_t count = diags->list.count, size = count * sizeof(ranked);
    ranked *order = jy__mem_alloc(diags->mem, size ? size : 1);
    bool good = order != NULL;
    for (size_t i = 0; good && i < count; i++) {
        order[i].index = (uint32_t)i;
        order[i].diag = diags->list.items[i];
        good = jy__map_intern(&diags->files, order[i].diag.source, (uint32_t)diags->files.count, &order[i].file);
    }
    if (good && count)
        qsort(order, count, sizeof(*order), by_place);
    for (size_t i = 0; good && i < count; i++)
        diags->list.items[i] = order[i].diag;
    diags->failed |= !good;
    jy__mem_free(diags->mem, order, size ? size : 1);
}

void jy__diags_free(jy__diags *diags)
{
    JY__VEC_FREE(diags->mem, &diags->list);
    jy__map_free(&diags->files);
    jy__arena_free(&diags->arena);
}
