/* JSON trees: values, places, damage; and places inside strings that are written in every possible way. */
#include "dialogue_dump.h"
#include "dialogue/dialogue_json.h"

static jy__mem mem;
static jy__json_doc doc;
static jy__arena arena;
static void set_up(void)
{
    mem = jy__mem_of(NULL);
    jy__json_init(&doc, &mem);
    jy__arena_init(&arena, &mem);
}
static void tear_down(void)
{
    jy__json_free(&doc);
    jy__arena_free(&arena);
}

static jy_str string_at(const char *path)
{
    jy_str out;
    ck_assert(jy__json_string(&doc, jy__json_path(&doc, 0, path), &arena, &out));
    return out;
}

START_TEST(test_json__members_elements_and_pointers)
{
    jy_str pointer;
    double number;
    set_up();
    ck_assert_int_eq(jy__json_parse(&doc, JY__STR(" {\"a\":[1,{\"b/~\":\"x\\ty\"},null],\"\\u0061\":{\"c\":-1.5e2},\"d\":true} ")), JY_OK);
    ck_assert_uint_eq(jy__json_at(&doc, 0)->count, 3);
    ck_assert(jy__json_is(&doc, jy__json_path(&doc, 0, "d"), JY__JSON_TRUE));
    ck_assert(jy__json_is(&doc, jy__json_member(&doc, 0, "a"), JY__JSON_OBJECT)); /* the last of two with one name */
    ck_assert(jy__json_number(&doc, jy__json_path(&doc, 0, "z|a/c"), &number) && number == -150);
    ck_assert_uint_eq(jy__json_path(&doc, 0, "a/c/e"), JY__JSON_NONE);
    ck_assert(jy__json_pointer(&doc, jy__json_child(&doc, jy__json_child(&doc, 1) + 1), &arena, &pointer));
    ck_assert(jy__str_is(pointer, "/a/1/b~1~0"));
    tear_down();
}
END_TEST

START_TEST(test_json__strings_are_decoded)
{
    set_up();
    ck_assert_int_eq(jy__json_parse(&doc, JY__STR("{\"a\":\"\\u4f60\\ud842\\udfb7\\\"\\\\\\/\\n\",\"b\":\"\\ud800x\",\"c\":\"\",\"d\":\"\\udc00\\ud842\"}")), JY_OK);
    ck_assert(jy__str_is(string_at("a"), "你𠮷\"\\/\n"));
    ck_assert(jy__str_is(string_at("b"), "\xEF\xBF\xBDx"));
    ck_assert_uint_eq(string_at("c").len, 0);
    ck_assert(jy__str_is(string_at("d"), "\xEF\xBF\xBD\xEF\xBF\xBD"));
    tear_down();
}
END_TEST

START_TEST(test_json__numbers_need_no_locale)
{
    static const struct { const char *text; bool good; double value; } numbers[] = {
        { "0", true, 0 }, { "-0.5", true, -0.5 }, { "1e3", true, 1000 }, { "12.25E-2", true, 0.1225 }, { "1700000000123", true, 1700000000123.0 },
        { "1.", false, 0 }, { ".5", false, 0 }, { "-", false, 0 }, { "1e", false, 0 }, { "1x", false, 0 }, { "", false, 0 }, { "1e99999", true, 0 },
    };
    for (size_t i = 0; i < JY__COUNT(numbers); i++) {
        double value = 0;
        ck_assert_msg(jy__number_of(jy__str_of(numbers[i].text), &value) == numbers[i].good, "%s", numbers[i].text);
        if (numbers[i].good && numbers[i].text[1] != 'e')
            ck_assert_double_eq_tol(value, numbers[i].value, 1e-9);
    }
}
END_TEST

START_TEST(test_json__errors_say_where_and_what)
{
    static const struct { const char *text; int fault; uint32_t offset; } wrong[] = {
        { "{\"a\":1,}", JY__JSON_NAME, 7 }, { "{\"a\" 1}", JY__JSON_COLON, 5 }, { "[1 2]", JY__JSON_COMMA, 3 }, { "[1,]", JY__JSON_VALUE, 3 },
        { "[1", JY__JSON_END, 2 }, { "\"a\\x\"", JY__JSON_ESCAPE, 2 }, { "\"a\nb\"", JY__JSON_CONTROL, 2 }, { "{} x", JY__JSON_AFTER, 3 },
        { "", JY__JSON_END, 0 }, { "[tru]", JY__JSON_VALUE, 1 }, { "\"\\u12\"", JY__JSON_ESCAPE, 1 }, { "{a:1}", JY__JSON_NAME, 1 },
    };
    set_up();
    for (size_t i = 0; i < JY__COUNT(wrong); i++) {
        ck_assert_int_eq(jy__json_parse(&doc, jy__str_of(wrong[i].text)), JY_E_TRANSCRIPT);
        ck_assert_msg(doc.errors.items[0].fault == (jy__json_fault)wrong[i].fault && doc.errors.items[0].offset == wrong[i].offset, "%s: %s at %u", wrong[i].text,
                      jy__json_fault_text(doc.errors.items[0].fault, JY_ENGLISH), doc.errors.items[0].offset);
    }
    tear_down();
}
END_TEST

START_TEST(test_json__deep_nesting_is_refused)
{
    char text[4000];
    set_up();
    memset(text, '[', sizeof(text));
    ck_assert_int_eq(jy__json_parse(&doc, (jy_str){ text, sizeof(text) }), JY_E_TRANSCRIPT);
    ck_assert_int_eq(doc.errors.items[0].fault, JY__JSON_DEEP);
    tear_down();
}
END_TEST

/* ---- a random text, written with random escapes, found again character by character */
static uint32_t seed = 99;
static uint32_t dice(uint32_t sides)
{
    seed = seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)seed * sides) >> 32);
}

static uint32_t any_character(void)
{
    static const uint32_t some[] = { 'a', '"', '\\', '\n', '/', ' ', 0x4F60, 0x597D, 0x20BB7, 0x1F600, 0xE9, 0xFF0C, '<', '&', 0x7F };
    return some[dice(JY__COUNT(some))];
}

typedef struct written { jy__text text, raw; size_t at[64], raw_at[64], count; } written;

static void write_json(jy__text *out, uint32_t cp, bool plain)
{
    char hex[16];
    if (cp == '"' || cp == '\\' || cp == '\n') {
        jy__text_char(out, '\\');
        jy__text_char(out, cp == '\n' ? 'n' : (char)cp);
    } else if (plain || dice(2)) {
        jy__text_cp(out, cp);
    } else if (cp >= 0x10000) {
        snprintf(hex, sizeof(hex), "\\u%04x\\u%04X", 0xD800 + ((cp - 0x10000) >> 10), 0xDC00 + ((cp - 0x10000) & 0x3FF));
        jy__text_c(out, hex);
    } else {
        snprintf(hex, sizeof(hex), "\\u%04x", cp);
        jy__text_c(out, hex);
    }
}

static void check_found(const char *document, const written *made)
{
    jy_reader *reader;
    jy_item item = JY_ITEM_INIT;
    size_t base = (size_t)(strstr(document, made->raw.ptr) - document);
    ck_assert_int_eq(jy_reader_open_text(&reader, jy__str_of(document), NULL, NULL), JY_OK);
    do ck_assert_int_eq(jy_reader_next(reader, &item), JY_OK); while (item.kind != JY_ITEM_TURN);
    ck_assert_msg(jy__str_eq(item.turn.text, jy__text_view(&made->text)), "%s", document);
    for (size_t i = 0; i < made->count; i++) {
        uint32_t line, column;
        size_t offset;
        ck_assert_int_eq(jy_place_locate(&item.turn.place, item.turn.text, made->at[i], &line, &column, &offset), JY_OK);
        ck_assert_msg(offset == base + made->raw_at[i], "%s: character %zu at %zu, not %zu", document, i, offset, base + made->raw_at[i]);
        ck_assert_uint_eq(line, 1);
        ck_assert_uint_eq(column, jy__utf8_count((jy_str){ document, offset }) + 1);
    }
    jy_reader_free(reader);
}

static void make(written *out, bool twice)
{
    jy__text_init(&out->text, &mem);
    jy__text_init(&out->raw, &mem);
    out->count = 0;
    jy__text_c(&out->text, "x"); /* ends that are no blanks: those are trimmed */
    jy__text_c(&out->raw, "x");
    for (uint32_t left = 1 + dice(40); left; left--) {
        uint32_t cp = any_character();
        jy__text once;
        out->at[out->count] = out->text.len;
        out->raw_at[out->count++] = out->raw.len;
        jy__text_cp(&out->text, cp);
        if (!twice) {
            write_json(&out->raw, cp, false);
            continue;
        }
        jy__text_init(&once, &mem);
        write_json(&once, cp, false);
        for (const char *p = once.ptr, *end = p + once.len; p < end;) {
            bool valid;
            write_json(&out->raw, jy__utf8_next(&p, end, &valid), false);
        }
        jy__text_free(&once);
    }
    jy__text_c(&out->text, "y");
    jy__text_c(&out->raw, "y");
}

static void each_written(const char *before, const char *after, bool twice)
{
    set_up();
    for (int i = 0; i < check_rounds(3000); i++) {
        written made;
        jy__text document;
        make(&made, twice);
        jy__text_init(&document, &mem);
        jy__text_c(&document, before);
        jy__text_str(&document, jy__text_view(&made.raw));
        jy__text_c(&document, after);
        check_found(document.ptr, &made);
        jy__text_free(&document);
        jy__text_free(&made.text);
        jy__text_free(&made.raw);
    }
    tear_down();
}

START_TEST(test_json__places_inside_escaped_strings_are_exact)
{
    each_written("{\"id\":\"好\",\"text\":\"", "\",\"role\":\"客服\"}\n", false);
    each_written("{\"tickets\":[{\"dialogue\":[{\"role\":\"客服\",\"words\":\"", "\"}]}]}", false);
}
END_TEST

START_TEST(test_json__places_inside_a_string_of_a_string_are_exact)
{
    each_written("{\"nbest\":\"[{\\\"sentence\\\":\\\"", "\\\"}]\",\"type\":\"final_result\"}", true);
}
END_TEST

CHECK_MAIN("json", test_json__members_elements_and_pointers, test_json__strings_are_decoded, test_json__numbers_need_no_locale,
           test_json__errors_say_where_and_what, test_json__deep_nesting_is_refused,
           test_json__places_inside_escaped_strings_are_exact, test_json__places_inside_a_string_of_a_string_are_exact)
