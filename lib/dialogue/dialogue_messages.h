/* dialogue, inside — everything this floor says to people: numbers 2000 to 2999, never reused. No message carries transcript text. */
#ifndef JY_DIALOGUE_MESSAGES_H
#define JY_DIALOGUE_MESSAGES_H

#include "base/base.h"

#define JY__DIALOGUE_MESSAGES(X) \
    X(JY__SAY_MISSING, 2000, "there is no such file", "文件不存在") \
    X(JY__SAY_DENIED, 2001, "the file may not be read: permission denied", "没有读取该文件的权限") \
    X(JY__SAY_FOLDER, 2002, "this is a folder, a file was expected", "这是文件夹，应当给出文件") \
    X(JY__SAY_READ, 2003, "reading failed: {0}", "读取失败：{1}") \
    X(JY__SAY_PACKED, 2010, "the compressed data is damaged here; what came before it was read", "压缩数据在此处损坏；此前的内容已读取") \
    X(JY__SAY_PACKED_CUT, 2011, "the compressed data ends too early; what came before was read", "压缩数据不完整；此前的内容已读取") \
    X(JY__SAY_TOO_LONG, 2012, "more than {0} bytes after decompression; raise max_bytes when this is meant", "解压后超过 {0} 字节；若确有需要请调高 max_bytes") \
    X(JY__SAY_RATIO, 2013, "expands more than {0} times, as a decompression bomb does; raise max_ratio when this is meant", "解压倍数超过 {0}，疑似压缩炸弹；若确有需要请调高 max_ratio") \
    X(JY__SAY_BINARY, 2020, "this is no text: {0}", "这不是文本：{0}") \
    X(JY__SAY_FORMAT, 2021, "no format is named {0}; known: {1}", "没有名为 {0} 的格式；可用：{1}") \
    X(JY__SAY_ENCODING, 2022, "no encoding is named {0}; known: UTF-8, UTF-16LE, UTF-16BE, GB18030, Big5", "没有名为 {0} 的编码；可用：UTF-8、UTF-16LE、UTF-16BE、GB18030、Big5") \
    X(JY__SAY_NO_TURNS, 2023, "JSON without turns: none of the known transcript shapes fits; expected for example tickets[].dialogue[] with role and words", "JSON 中没有对话：不符合任何已知的转写格式；例如应有 tickets[].dialogue[]，含 role 与 words") \
    X(JY__SAY_NOT_SHAPE, 2024, "the content has not the shape of format {0}; leave the format out to have it told", "内容不符合 {0} 格式；不指定格式即可自动识别") \
    X(JY__SAY_LABELS, 2025, "label {0}: {1} is no role; known: agent, customer, system, unknown", "标签 {0}:{1} 不是角色；可用：agent、customer、system、unknown") \
    X(JY__SAY_LIKE_BIG5, 2026, "this reads like Big5, which must be named (encoding Big5); it was read as GB18030, and hardly anything can be found in it so", "内容像是 Big5 编码，须指定（编码 Big5）；此次按 GB18030 读取，几乎不可能查出问题") \
    X(JY__SAY_LIKE_JSON, 2027, "this reads like JSON, but something stands in front of its first { or [; take that away, or name the format", \
      "内容像是 JSON，但第一个 { 或 [ 之前还有别的内容；请删去，或指定格式") \
    X(JY__SAY_JSON, 2030, "JSON is damaged: {0}; the record was skipped", "JSON 损坏：{0}；已跳过该条记录") \
    X(JY__SAY_NO_TEXT, 2031, "the record has no text of a turn; it was skipped", "该条记录没有对话文本；已跳过") \
    X(JY__SAY_NESTED, 2032, "the JSON inside this string is damaged: {0}; the record was skipped", "字符串内的 JSON 损坏：{0}；已跳过该条记录") \
    X(JY__SAY_NO_OBJECT, 2033, "an object was expected; the record was skipped", "此处应为对象；已跳过该条记录") \
    X(JY__SAY_EVENT, 2034, "unknown kind of event; known: call-start, ring, answer, hold-start, hold-end, mute, unmute, transfer, hangup", "未知的事件类型；可用：call-start、ring、answer、hold-start、hold-end、mute、unmute、transfer、hangup") \
    X(JY__SAY_NO_SPEECH, 2035, "the record holds no transcript that can be read; nothing was checked in it", "该条记录中没有可读的转写文本；未作检查") \
    X(JY__SAY_HEADER, 2040, "the header names no column with what was said; call it text, content or 内容", "表头中没有写明说话内容的列；请将该列命名为 内容、文本 或 text") \
    X(JY__SAY_FIELDS, 2041, "the row has no text column: {0} fields, the text is number {1}; it was skipped", "该行没有文本列：共 {0} 列，文本应在第 {1} 列；已跳过") \
    X(JY__SAY_QUOTE, 2042, "a quote is opened here and never closed; the row was skipped", "此处的引号没有配对；已跳过该行") \
    X(JY__SAY_CUE, 2043, "this text has no time line that can be read; it was kept without times", "这段文字没有可识别的时间行；文字已保留，没有时间") \
    X(JY__SAY_ZIP, 2050, "the zip archive is damaged or not of a kind that can be read", "zip 压缩包损坏或无法读取") \
    X(JY__SAY_XML, 2051, "the document's XML is damaged; what came before was read", "文档的 XML 损坏；此前的内容已读取") \
    X(JY__SAY_NOT_OFFICE, 2053, "docx and xlsx were not built in", "未编译 docx 与 xlsx 支持") \
    X(JY__SAY_OFFICE_LIMIT, 2054, "the document expands beyond max_bytes or max_ratio, as a decompression bomb does", "文档解压后超出 max_bytes 或 max_ratio，疑似压缩炸弹") \
    X(JY__SAY_SHEET_MISSING, 2055, "the workbook names this sheet, but the file lacks it", "工作簿列出了这张工作表，但文件中没有") \
    X(JY__SAY_ARCHIVE, 2056, "the zip archive is neither docx nor xlsx; unpack it and check the folder", "zip 压缩包里不是 docx 或 xlsx；请先解压，再检查解压出来的文件夹")

enum {
#define JY__SAY_X(name, number, english, chinese) name = number,
    JY__DIALOGUE_MESSAGES(JY__SAY_X)
#undef JY__SAY_X
};
/* NULL for an unknown number. */
const jy__message *jy__dialogue_message(int32_t number);

#endif
