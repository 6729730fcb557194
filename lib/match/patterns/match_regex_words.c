/* What is wrong with a pattern, in words for who wrote it. In: the code with which PCRE2 refused it; out: the fault and its remedy, in both
 * languages. Rare codes have PCRE2's own words, which are English; codes of its inside (no memory, a bug) are not the author's at all. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "match/patterns/match_regex.h"
#include <pcre2.h>
#include <stdio.h>

typedef struct fault { int code; const char *english, *chinese; } fault;

static const fault faults[] = {
    { PCRE2_ERROR_END_BACKSLASH, "'\\' at the end has nothing to escape; write '\\\\' for the character", "末尾的「\\」后面没有字符；要这个字符请写「\\\\」" },
    { PCRE2_ERROR_UNKNOWN_ESCAPE, "'\\' before this letter means nothing; take the '\\' away", "「\\」加这个字母没有意思；请去掉「\\」" },
    { PCRE2_ERROR_QUANTIFIER_OUT_OF_ORDER, "in '{most,least}' the greater number stands first; write '{least,most}'",
      "「{ }」里大的数写在了前面；请写成「{最少,最多}」" },
    { PCRE2_ERROR_QUANTIFIER_TOO_BIG, "the number in '{ }' is too big; 65535 is the most", "「{ }」里的数太大；最多 65535" },
    { PCRE2_ERROR_MISSING_SQUARE_BRACKET, "a '[' is never closed; add ']', or write '\\[' for the character",
      "有一个「[」没有收尾；请补上「]」，要这个字符则写「\\[」" },
    { PCRE2_ERROR_ESCAPE_INVALID_IN_CLASS, "this '\\' escape cannot stand between '[' and ']'; move it out", "这种「\\」写法不能放在「[ ]」里；请移到外面" },
    { PCRE2_ERROR_CLASS_RANGE_ORDER, "in '[a-b]' the first character comes after the second in Unicode; change their places, or list the characters",
      "「[甲-乙]」里前一个字的编码在后一个之后；请对调，或把要的字逐个写出，要「-」这个字符则写「\\-」" },
    { PCRE2_ERROR_CLASS_INVALID_RANGE, "what stands beside '-' in '[ ]' is no single character; write '\\-' for the character",
      "「[ ]」里「-」的一边不是单个字符；要「-」这个字符请写「\\-」" },
    { PCRE2_ERROR_QUANTIFIER_INVALID, "'?', '*', '+' or '{ }' has nothing before it to repeat; put something there, or write '\\' before it for the character",
      "「?」「*」「+」「{ }」前面没有可以重复的内容；请在前面补上，要这个字符则在它前面加「\\」" },
    { PCRE2_ERROR_INVALID_AFTER_PARENS_QUERY, "what follows '(?' means nothing; write '( )' for a group, '(?: )' for one that is not numbered",
      "「(?」后面的写法没有意思；普通的一组请写「( )」，不编号的写「(?: )」" },
    { PCRE2_ERROR_POSIX_CLASS_NOT_IN_CLASS, "'[: :]' stands inside '[ ]' only; write '[[:digit:]]'", "「[: :]」只能写在「[ ]」里面，如「[[:digit:]]」" },
    { PCRE2_ERROR_POSIX_NO_SUPPORT_COLLATING, "'[. .]' and '[= =]' are not known; list the characters in '[ ]'", "不支持「[. .]」和「[= =]」；请把要的字逐个写在「[ ]」里" },
    { PCRE2_ERROR_UNKNOWN_POSIX_CLASS, "no class has the name between '[:' and ':]'; write digit, alpha, alnum, punct or space",
      "没有「[: :]」里这个名字；可写 digit、alpha、alnum、punct、space" },
    { PCRE2_ERROR_MISSING_CLOSING_PARENTHESIS, "a '(' is never closed; add ')', or write '\\(' for the character",
      "有一个「(」没有收尾；请补上「)」，要这个字符则写「\\(」" },
    { PCRE2_ERROR_UNMATCHED_CLOSING_PARENTHESIS, "a ')' without its '('; delete it, or write '\\)' for the character",
      "多出一个「)」；请删除，要这个字符则写「\\)」" },
    { PCRE2_ERROR_MISSING_COMMENT_CLOSING, "the remark '(?#' is never closed; add ')'", "注释「(?#」没有收尾；请补上「)」" },
    { PCRE2_ERROR_MISSING_CONDITION_CLOSING, "the condition behind '(?(' is never closed; add ')'", "「(?(」后面的条件没有收尾；请补上「)」" },
    { PCRE2_ERROR_BAD_SUBPATTERN_REFERENCE, "it names a group that is not there; write the number of a '( )', counted from the left",
      "引用了不存在的组；请写实有的「( )」的序号，从左数起" },
    { PCRE2_ERROR_PARENTHESES_NEST_TOO_DEEP, "groups are nested too deep; write fewer '( )' inside one another", "「( )」嵌套太深；请减少层数" },
    { PCRE2_ERROR_PATTERN_TOO_LARGE, "it is too large; cut it into several patterns, or make the numbers in '{ }' smaller", "正则太大；请拆成几条，或改小「{ }」里的数" },
    { PCRE2_ERROR_PATTERN_TOO_COMPLICATED, "it is too complicated; cut it into several patterns", "正则太复杂；请拆成几条" },
    { PCRE2_ERROR_LOOKBEHIND_NOT_FIXED_LENGTH, "what '(?<=' or '(?<!' looks for needs a fixed length; write no '*', '+', '?' or '{ }' of two numbers there",
      "「(?<= )」「(?<! )」里的长度必须固定；里面不要写「*」「+」「?」和两个数的「{ }」" },
    { PCRE2_ERROR_LOOKBEHIND_TOO_COMPLICATED, "what '(?<=' or '(?<!' looks for is too complicated; make it simpler", "「(?<= )」「(?<! )」里的内容太复杂；请写简单些" },
    { PCRE2_ERROR_LOOKBEHIND_TOO_LONG, "what '(?<=' or '(?<!' looks for is too long; make it shorter", "「(?<= )」「(?<! )」里的内容太长；请缩短" },
    { PCRE2_ERROR_TOO_MANY_CONDITION_BRANCHES, "a condition has two branches at most; write one '|'", "条件最多两个分支；只能有一个「|」" },
    { PCRE2_ERROR_CODE_POINT_TOO_BIG, "no character has a number that big; 10FFFF is the last", "没有编码这么大的字符；最大是 10FFFF" },
    { PCRE2_ERROR_UNICODE_DISALLOWED_CODE_POINT, "D800 to DFFF are no characters; write the number of one", "D800 到 DFFF 不是字符；请写字符的编码" },
    { PCRE2_ERROR_UNSUPPORTED_ESCAPE_SEQUENCE, "'\\L', '\\l', '\\N{ }', '\\U' and '\\u' are not known; write the character itself, or its number as '\\x{4F60}'",
      "不支持「\\L」「\\l」「\\N{ }」「\\U」「\\u」；请直接写这个字，或写编码「\\x{4F60}」" },
    { PCRE2_ERROR_UNRECOGNIZED_AFTER_QUERY_P, "what follows '(?P' means nothing; a named group is '(?P<name> )'", "「(?P」后面的写法没有意思；带名字的组请写「(?P<name> )」" },
    { PCRE2_ERROR_MISSING_NAME_TERMINATOR, "a group's name is not closed, or has a sign in it; write '(?<name> )' with letters and digits",
      "组的名字没有收尾，或含有别的符号；请用字母和数字写成「(?<name> )」" },
    { PCRE2_ERROR_SUBPATTERN_NAME_EXPECTED, "a group's name is missing; write '(?<name> )'", "缺少组的名字；请写「(?<name> )」" },
    { PCRE2_ERROR_DUPLICATE_SUBPATTERN_NAME, "two groups have the same name; change one", "两个组同名；请改一个" },
    { PCRE2_ERROR_INVALID_SUBPATTERN_NAME, "a group's name begins with a digit; begin with a letter", "组的名字以数字开头；请以字母开头" },
    { PCRE2_ERROR_SUBPATTERN_NAME_TOO_LONG, "a group's name is too long; 32 characters are the most", "组的名字太长；最多 32 个字符" },
    { PCRE2_ERROR_MALFORMED_UNICODE_PROPERTY, "'\\p' is not written so; write '\\p{Han}', '\\p{L}' or '\\p{N}'",
      "「\\p」写得不对；请写成「\\p{Han}」（汉字）、「\\p{L}」（文字）、「\\p{N}」（数字）" },
    { PCRE2_ERROR_UNKNOWN_UNICODE_PROPERTY, "no kind of character has the name behind '\\p'; write '\\p{Han}', '\\p{L}' or '\\p{N}'",
      "没有「\\p」后面这种字符；可写「\\p{Han}」（汉字）、「\\p{L}」（文字）、「\\p{N}」（数字）" },
    { PCRE2_ERROR_BACKSLASH_G_SYNTAX, "'\\g' needs the number or name of a group; write '\\g{1}'", "「\\g」后面要有组的序号或名字；请写「\\g{1}」" },
    { PCRE2_ERROR_BACKSLASH_K_SYNTAX, "'\\k' needs the name of a group; write '\\k<name>'", "「\\k」后面要有组的名字；请写「\\k<name>」" },
    { PCRE2_ERROR_BACKSLASH_O_MISSING_BRACE, "'\\o' needs '{ }'; write the character itself", "「\\o」后面缺少「{ }」；请直接写这个字" },
    { PCRE2_ERROR_INVALID_OCTAL, "what stands in '\\o{ }' is no octal number; write the character itself", "「\\o{ }」里不是八进制数；请直接写这个字" },
    { PCRE2_ERROR_INVALID_HEXADECIMAL, "what stands in '\\x{ }' is no hexadecimal number, or '}' is missing; write it as '\\x{4F60}'",
      "「\\x{ }」里不是十六进制数，或缺少「}」；请写成「\\x{4F60}」" },
    { PCRE2_ERROR_MISSING_OCTAL_OR_HEX_DIGITS, "nothing stands in '\\x{ }'; write it as '\\x{4F60}'", "「\\x{ }」里是空的；请写成「\\x{4F60}」" },
    { PCRE2_ERROR_BACKSLASH_C_CALLER_DISABLED, "'\\C' would cut characters to pieces; write '.' for any character", "「\\C」会把汉字切开，不能用；任意一个字请写「.」" },
    { PCRE2_ERROR_VERB_UNKNOWN, "what follows '(*' means nothing; put something before '*', or write '\\*' for the character",
      "「(*」后面的写法没有意思；请在「*」前面补上要重复的内容，要这个字符则写「\\*」" },
    { PCRE2_ERROR_ALPHA_ASSERTION_UNKNOWN, "what follows '(*' means nothing; put something before '*', or write '\\*' for the character",
      "「(*」后面的写法没有意思；请在「*」前面补上要重复的内容，要这个字符则写「\\*」" },
    { PCRE2_ERROR_BACKSLASH_K_IN_LOOKAROUND, "'\\K' cannot stand in '(?= )', '(?! )', '(?<= )' or '(?<! )'; move it out",
      "「\\K」不能放在「(?= )」「(?! )」「(?<= )」「(?<! )」里；请移到外面" },
    { PCRE2_ERROR_TOO_MANY_CAPTURES, "it has too many groups; write '(?: )' for those that need no number", "组太多；不需要编号的请写「(?: )」" },
};

void jy__regex_words(int code, jy__regex_error *error)
{
    unsigned char own[128];
    for (size_t i = 0; i < JY__COUNT(faults); i++)
        if (faults[i].code == code) {
            snprintf(error->text[JY_ENGLISH], sizeof(error->text[0]), "%s", faults[i].english);
            snprintf(error->text[JY_CHINESE], sizeof(error->text[0]), "%s", faults[i].chinese);
            return;
        }
    pcre2_get_error_message(code, own, sizeof(own));
    snprintf(error->text[JY_ENGLISH], sizeof(error->text[0]), "%s", (const char *)own);
    snprintf(error->text[JY_CHINESE], sizeof(error->text[0]), "「%s」", (const char *)own);
}
