/* The packs inside the library. In: their names; out: their trees, or at once the rule set that was compiled of them while the library was built
 * (compile_image.h). So they are only named at first, and read when something needs their trees: other rules beside them, settings of the
 * compiler, severities, tests and lint. */
#include "compile/compile_builtin.h"
#include "compile/compile_image.h"

static int no_builtin(jy_compiler *compiler, jy_str pack)
{
    jy__text names;
    jy__text_init(&names, &compiler->mem);
    for (size_t i = 0; jy_builtin_name(i).len; i++) {
        if (i) jy__text_c(&names, ", ");
        jy__text_str(&names, jy_builtin_name(i));
    }
    jy__compile_message(compiler, JY__DIAG_NO_BUILTIN, (jy_str){ NULL, 0 }, (jy_str){ NULL, 0 }, (jy__pos){ 0, 0, 0, 0 },
                        (jy_str[]){ pack, jy__text_view(&names) }, 2);
    jy__text_free(&names);
    compiler->failed = true;
    return JY_E_INVALID;
}

static int read_pack(jy_compiler *compiler, jy_str pack)
{
    int status = JY_OK;
    for (size_t i = 0; status == JY_OK && i < jy__builtin_file_count; i++)
        if (jy__str_is(pack, jy__builtin_files[i].pack))
            status = jy__compiler_load(compiler, jy__str_of(jy__builtin_files[i].name),
                                       (jy_str){ jy__builtin_files[i].text, jy__builtin_files[i].len });
    return status;
}

/* The names follow each other with a blank between. */
int jy__compiler_read_named(jy_compiler *compiler)
{
    jy_str names = jy__text_view(&compiler->named);
    int status = JY_OK;
    for (size_t at = 0, len; status == JY_OK && at < names.len; at += len + 1) {
        const char *blank = memchr(names.ptr + at, ' ', names.len - at);
        len = (blank ? (size_t)(blank - names.ptr) : names.len) - at;
        status = read_pack(compiler, (jy_str){ names.ptr + at, len });
        if (status == JY_E_RULES) /* a pack named twice, which was said: what stands behind it is read all the same */
            status = JY_OK;
    }
    jy__text_clear(&compiler->named);
    return status;
}

static bool is_builtin(jy_str pack)
{
    jy_str name;
    for (size_t i = 0; (name = jy_builtin_name(i)).len; i++)
        if (jy__str_eq(name, pack))
            return true;
    return false;
}

int jy_compiler_add_builtin(jy_compiler *compiler, jy_str pack)
{
    if (!compiler || jy__str_lost(pack))
        return JY_E_INVALID;
    if (compiler->sealed)
        return JY_E_STATE;
    if (!is_builtin(pack))
        return no_builtin(compiler, pack);
    if (compiler->trees.count || compiler->failed)
        return read_pack(compiler, pack);
    if (compiler->named.len)
        jy__text_char(&compiler->named, ' ');
    jy__text_str(&compiler->named, pack);
    return compiler->named.failed ? JY_E_NOMEM : JY_OK;
}

/* As the images were made; they are for every day and have no remarks, so that neither date nor language is asked for. */
static bool has_usual_settings(const jy_compiler *compiler)
{
    jy__params usual;
    size_t first = jy__params_slot(JY_PARAM_MAX_RULES), behind = jy__params_slot(JY_PARAM_MAX_TURN_BYTES);
    memset(&usual, 0, sizeof(usual));
    jy__params_init(&usual);
    return !memcmp(usual.value + first, compiler->params.value + first, (behind - first) * sizeof(*usual.value));
}

int jy__compiler_wake_named(jy_compiler *compiler)
{
    if (compiler->trees.count || compiler->failed || !has_usual_settings(compiler))
        return JY_E_MISSING;
    return jy__image_wake(jy__text_view(&compiler->named), &compiler->mem, &compiler->rules);
}

jy_str jy_builtin_name(size_t index)
{
    const char *last = "";
    for (size_t i = 0; i < jy__builtin_file_count; i++) {
        if (strcmp(jy__builtin_files[i].pack, last) == 0)
            continue;
        last = jy__builtin_files[i].pack;
        if (index-- == 0)
            return jy__str_of(last);
    }
    return (jy_str){ NULL, 0 };
}

int jy_builtin_text(jy_str source, jy_str *out)
{
    for (size_t i = 0; out && !jy__str_lost(source) && i < jy__builtin_file_count; i++)
        if (jy__str_is(source, jy__builtin_files[i].name)) {
            *out = (jy_str){ jy__builtin_files[i].text, jy__builtin_files[i].len };
            return JY_OK;
        }
    return JY_E_INVALID;
}

int jy_rules_builtin(jy_rules **out)
{
    jy_compiler *compiler;
    int status = out ? jy_compiler_new(&compiler, NULL) : JY_E_INVALID;
    if (status != JY_OK)
        return status;
    status = jy_compiler_add_builtin(compiler, JY__STR("alarm-center"));
    if (status == JY_OK)
        status = jy_compiler_build(compiler, out);
    jy_compiler_free(compiler);
    return status;
}
