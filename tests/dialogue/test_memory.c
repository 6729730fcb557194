/* Every allocation of a reading fails once: JY_E_NOMEM comes out and nothing leaks. */
#include "dialogue_files.h"

typedef struct counter { size_t made, fail_at, open, bytes; } counter;

static void *count_realloc(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
    counter *count = ctx;
    void *grown;
    if (++count->made == count->fail_at)
        return NULL;
    grown = realloc(ptr, new_size);
    count->open += ptr == NULL;
    count->bytes += new_size - old_size;
    return grown;
}

static void count_free(void *ctx, void *ptr, size_t size)
{
    counter *count = ctx;
    count->open--;
    count->bytes -= size;
    free(ptr);
}

static int read_with(const char *path, jy_str text, counter *count)
{
    jy_alloc alloc = { count, count_realloc, count_free };
    jy_read_options options = JY_READ_OPTIONS_INIT;
    jy_item item = JY_ITEM_INIT;
    jy_reader *reader = NULL;
    int status;
    const jy_str labels[] = { JY__STR("第三方"), JY__STR("customer"), JY__STR("值班员"), JY__STR("agent") };
    options.agent = JY__STR("auto");
    options.labels = labels;
    options.label_count = 2;
    status = path ? jy_reader_open(&reader, path, &options, &alloc) : jy_reader_open_text(&reader, text, &options, &alloc);
    while (status == JY_OK)
        status = jy_reader_next(reader, &item);
    jy_reader_free(reader);
    return status;
}

static void fail_each(const char *path, jy_str text)
{
    counter count = { 0, 0, 0, 0 };
    size_t all;
    ck_assert_int_eq(read_with(path, text, &count), JY_DONE);
    ck_assert_uint_eq(count.open, 0);
    ck_assert_uint_eq(count.bytes, 0);
    all = count.made;
    ck_assert_uint_lt(all, 5000);
    for (size_t k = 1; k <= all; k++) {
        count = (counter){ 0, k, 0, 0 };
        ck_assert_msg(read_with(path, text, &count) == JY_E_NOMEM, "%s: allocation %zu of %zu", path ? path : "text", k, all);
        ck_assert_msg(count.open == 0 && count.bytes == 0, "%s: allocation %zu of %zu leaks", path ? path : "text", k, all);
    }
}

START_TEST(test_memory__every_form_survives_every_failed_allocation)
{
    for (size_t i = 0; i < JY__COUNT(samples); i++) {
        char path[512];
        sample_path(samples[i].file, path, sizeof(path));
        fail_each(path, (jy_str){ NULL, 0 });
    }
}
END_TEST

START_TEST(test_memory__workbooks_and_variants_survive_them_too)
{
    static const char *const files[] = { "sheets.xlsx", "joined.xlsx", "times.xlsx", "contact-lens-chat.json", "funasr-2pass.jsonl", "huawei-live.jsonl", "iflytek-lattice2.json",
                                         "iflytek-live.jsonl", "vcon-unread.json", "vcon-wtf.json", "vcon-zones.json" };
    for (size_t i = 0; i < JY__COUNT(files); i++) {
        char path[512];
        sample_path(files[i], path, sizeof(path));
        fail_each(path, (jy_str){ NULL, 0 });
    }
}
END_TEST

START_TEST(test_memory__so_do_broken_records_and_other_charsets)
{
    fail_each(NULL, JY__STR("{\"role\":\"客服\",\"text\":\"您\\n好\"}\n{\"role\":\n[1]\n{\"role\":\"客户\",\"text\":\"好\"}\n"));
    fail_each(NULL, JY__STR("{\"tickets\":[{\"dialogue\":[{\"words\":\"您好\"},{\"words\":\"坏},{\"words\":\"好\"}]}]}"));
    fail_each(NULL, JY__STR("text,speaker\n\"a \"\"b\"\"\nc\",客服\n\"open,客户\nx,y\n"));
    fail_each(NULL, JY__STR("\xBF\xCD\xB7\xFE\xA3\xBA\xC4\xFA\xBA\xC3\n\xBF\xCD\xBB\xA7\xA3\xBA\xC4\xFA\xBA\xC3\n"));
}
END_TEST

START_TEST(test_memory__so_do_names_events_and_what_is_compressed)
{
    static const char packed[] = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x7b\xba\x6e\xd1\xb3\x39\xbd\x56\xcf\x9a\x56\x3c\x5d\xba\x97\xeb\x29\x90\xd7\xb1\xdd\x0a\xc4\x04\x00\x21\x71\xa0\xd8\x19\x00\x00\x00";
    fail_each(NULL, (jy_str){ packed, sizeof(packed) - 1 });
    fail_each(NULL, JY__STR("张三:您好\n李四:好\n"));
    fail_each(NULL, JY__STR("说话人1 00:12-00:15\n您好\n值班员 00:16\n好\n说话人1 00:20\n好\n"));
    fail_each(NULL, JY__STR("{\"dialogue\":[{\"spk\":\"1\",\"words\":\"您好,工号一\",\"events\":[{\"kind\":\"mute\",\"who\":\"2\"}]},{\"spk\":\"2\",\"words\":\"喂\"},{\"event\":\"hangup\",\"who\":\"1\"}]}"));
}
END_TEST

CHECK_MAIN("memory", test_memory__so_do_names_events_and_what_is_compressed, test_memory__every_form_survives_every_failed_allocation, test_memory__workbooks_and_variants_survive_them_too,
           test_memory__so_do_broken_records_and_other_charsets)
