/* In: symbols. Out: how many of them are one filler, a sound or word that carries nothing and slips into any phrase. The list is short on
 * purpose: a filler is skipped between any two characters of any phrase, so a word that can bear meaning there has no place
 * in it (呀 吧 ends sentences, 然后 joins them, 对 answers). Longer fillers first, so that 就是说 is not taken for 就是. */
#include "fold/fold.h"

typedef struct filler { uint32_t symbols[JY__FILLER_LONGEST]; } filler;

static const filler fillers[] = {
    { U"怎么说呢" }, { U"怎么讲呢" }, { U"这个那个" },
    { U"就是说" }, { U"那什么" }, { U"就那个" }, { U"就这个" }, { U"怎么说" },
    { U"那个" }, { U"这个" }, { U"就是" }, { U"嗯啊" }, { U"内个" },
    { U"嗯" }, { U"啊" }, { U"呃" }, { U"额" }, { U"哦" }, { U"噢" }, { U"喔" }, { U"唔" }, { U"诶" }, { U"欸" }, { U"呣" },
};

size_t jy__fold_filler(const uint32_t *symbols, size_t count)
{
    for (size_t i = 0; i < JY__COUNT(fillers); i++) {
        const uint32_t *filler_symbols = fillers[i].symbols;
        size_t at = 0;
        while (at < JY__FILLER_LONGEST && at < count && filler_symbols[at] && filler_symbols[at] == symbols[at])
            at++;
        if (at == JY__FILLER_LONGEST || !filler_symbols[at])
            return at;
    }
    return 0;
}

bool jy__fold_filler_begins(uint32_t symbol)
{
    for (size_t i = 0; i < JY__COUNT(fillers); i++)
        if (fillers[i].symbols[0] == symbol)
            return true;
    return false;
}

bool jy__fold_filler_ends(uint32_t symbol)
{
    for (size_t i = 0; i < JY__COUNT(fillers); i++) {
        size_t last = 0;
        while (last + 1 < JY__FILLER_LONGEST && fillers[i].symbols[last + 1])
            last++;
        if (fillers[i].symbols[last] == symbol)
            return true;
    }
    return false;
}

const uint32_t *jy__fold_filler_list(size_t index, size_t *count_out)
{
    *count_out = 0;
    if (index >= JY__COUNT(fillers))
        return NULL;
    while (*count_out < JY__FILLER_LONGEST && fillers[index].symbols[*count_out])
        ++*count_out;
    return fillers[index].symbols;
}
