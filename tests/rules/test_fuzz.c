/* rules: files damaged at random, always in the same way (fixed seed): bytes changed, deleted, doubled, pieces of other files
 * and YAML's own characters put in. Nothing may crash; what is refused must have a place inside the file. */
#include "rules_test.h"
#include <stdlib.h>

#ifndef ROUNDS
#define ROUNDS 6000
#endif
#define MOST (1 << 16)

static uint64_t state;
static uint32_t dice(uint32_t sides)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)((state >> 11) % sides);
}

static const char *const pieces[] = {
    "\n", "  ", "\t", ": ", "- ", "[", "]", "{", "}", ",", "\"", "'", "|\n", ">", "#", "&a ", "*a", "!x ", "? ", "%", "@", "---\n", "...\n",
    "(", ")", ")?", "*{", "{sorry}", "*{0,4}", "\\", "forbid: ", "rules:\n", "- forbid: x\n", "when: ", "not: ", "all: [", "near: {of: [",
    "你", "\xEF\xBB\xBF", "\xE2\x80\xA8", "\xFF", "\x01", "\r", "\r\n", "\xF0\xA0\x80\x80", "99999999999999999999", "-1", "0s",
};

static size_t damage(char *text, size_t len)
{
    size_t at = len ? dice((uint32_t)len) : 0, count = 1 + dice(8);
    const char *piece = pieces[dice(JY__COUNT(pieces))];
    switch (dice(4)) {
    case 0: /* change */
        if (len)
            text[at] = (char)dice(256);
        return len;
    case 1: /* delete */
        if (count > len - at)
            count = len - at;
        memmove(text + at, text + at + count, len - at - count);
        return len - count;
    case 2: /* double */
        if (count > len - at)
            count = len - at;
        memmove(text + at + count, text + at, len - at);
        return len + count;
    default: /* put in */
        count = strlen(piece);
        memmove(text + at + count, text + at, len - at);
        memcpy(text + at, piece, count);
        return len + count;
    }
}

static size_t read_seed_file(const char *name, char *out)
{
    char path[1024];
    FILE *file;
    size_t len;
    snprintf(path, sizeof(path), "%s/%s", RULES_TEST_DIR, name);
    file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "cannot read %s", path);
    len = fread(out, 1, MOST / 2, file);
    fclose(file);
    return len;
}

/* The standard layout of whatever loads is read as the same rules, and laid out again it stays as it is. */
static void check_layout(const loaded *l, jy_str text)
{
    jy__text once, twice;
    jy__text_init(&once, &l->mem);
    jy__text_init(&twice, &l->mem);
    ck_assert_msg(jy__rules_format(&l->mem, text, &once) == JY_OK, "cannot lay out:\n%.*s", (int)text.len, text.ptr);
    ck_assert_int_eq(jy__rules_format(&l->mem, jy__text_view(&once), &twice), JY_OK);
    ck_assert_msg(jy__str_eq(jy__text_view(&once), jy__text_view(&twice)), "laid out:\n%s\nlaid out again:\n%s", once.ptr, twice.ptr);
    jy__text_free(&once);
    jy__text_free(&twice);
}

static void check_one(const char *text, size_t len, size_t *accepted)
{
    /* a copy of exactly this length, so that a sanitizer sees every byte read too many */
    char *exact = malloc(len ? len : 1);
    loaded l;
    memcpy(exact, text, len);
    load_str(&l, (jy_str){ exact, len });
    ck_assert_int_eq(l.status, JY_OK);
    ck_assert_int_eq(l.tree.ok, l.diags.errors == 0);
    for (size_t i = 0; i < l.diags.list.count; i++) {
        const jy__diag *diag = &l.diags.list.items[i];
        ck_assert_uint_ge(diag->pos.line, 1);
        ck_assert_uint_ge(diag->pos.column, 1);
        ck_assert_uint_le(diag->pos.offset + diag->pos.length, len);
        ck_assert(!memchr(diag->text[0].ptr, '\n', diag->text[0].len));
    }
    *accepted += l.tree.ok;
    if (l.tree.ok)
        check_layout(&l, (jy_str){ exact, len });
    unload(&l);
    free(exact);
}

START_TEST(test_rules__damaged_files_never_crash)
{
    static const char *const seeds[] = { "good/everything.yaml", "good/minimal.yaml", "good/words_of_yaml.yaml", "format/messy.yaml" };
    static char text[MOST];
    size_t accepted = 0;
    int rounds = check_rounds(ROUNDS);
    state = 0x9E3779B97F4A7C15u;
    for (int round = 0; round < rounds; round++) {
        size_t len = read_seed_file(seeds[round % 4], text);
        for (uint32_t times = 1 + dice(6); times > 0; times--)
            len = damage(text, len);
        check_one(text, len, &accepted);
    }
    ck_assert_uint_gt(accepted, (size_t)rounds / 100); /* the damage is not so coarse that only the first check ever runs */
    ck_assert_uint_lt(accepted, (size_t)rounds / 2);
}
END_TEST

START_TEST(test_rules__every_prefix_is_survived)
{
    static char text[MOST];
    size_t accepted = 0, len = read_seed_file("good/everything.yaml", text);
    for (size_t cut = 0; cut <= len; cut += 1 + cut % 3)
        check_one(text, cut, &accepted);
}
END_TEST

CHECK_MAIN("rules", test_rules__damaged_files_never_crash, test_rules__every_prefix_is_survived)
