"""Every sentence this room says about a file that cannot be used: its code, in both languages.

Belongs here: the catalogue and the one way to raise from it.   Must never enter: reading, deciding.
"""

from cuiban.engine.labels import L
from cuiban.errors import BadInput
from cuiban.exchange.text import shown

FAULTS: dict[str, L] = {
    # the file
    "file_missing": L("找不到文件 {file}", "There is no file {file}"),
    "file_is_folder": L("{file} 是文件夹, 不是文件", "{file} is a folder, not a file"),
    "file_not_regular": L("{file} 不是普通文件", "{file} is not an ordinary file"),
    "file_unreadable": L("读不了文件 {file}: {cause}", "The file {file} cannot be read: {cause}"),
    "file_unwritable": L("写不了文件 {file}: {cause}", "The file {file} cannot be written: {cause}"),
    "file_empty": L("文件 {file} 是空的", "The file {file} is empty"),
    "file_too_big": L("文件展开后超过 {limit} MB, 不予读取", "The file unpacks to more than {limit} MB and is not read"),
    "too_many_parts": L(
        "文件里打包了 {limit} 个以上的部分, 不予读取", "The file is packed of more than {limit} parts and is not read"
    ),
    "file_bomb": L(
        "文件展开后是原来的 {ratio} 倍以上, 疑似压缩炸弹, 不予读取",
        "The file unpacks to over {ratio} times its size, as a zip bomb does, and is not read",
    ),
    "gz_broken": L("压缩文件不完整或已损坏: {cause}", "The compressed file is cut short or damaged: {cause}"),
    "ending_unknown": L("文件名要以 {known} 结尾: {file}", "The file name must end in {known}: {file}"),
    "no_room": L("临时文件写不下: {cause}", "There is no room for temporary files: {cause}"),
    # the text in it
    "encoding_unknown": L(
        "文字编码不是 UTF-8、GB18030、UTF-16 中的任何一种; 可在映射文件里写明 encoding",
        "The text is neither UTF-8, GB18030 nor UTF-16; name its encoding in the map",
    ),
    "text_undecodable": L("文字不符合编码 {encoding}", "The text is not valid {encoding}"),
    "text_not_allowed": L("含有不允许的字符 ({what})", "There is a character that is not allowed ({what})"),
    "line_too_long": L("一行超过 {limit} 个字符", "A line is longer than {limit} characters"),
    "csv_broken": L("CSV 格式有误: {cause}", "The CSV is broken: {cause}"),
    "record_too_long": L(
        "一条记录跨得太长, 可能少了一个引号", "A record goes on for too long; a closing quote is probably missing"
    ),
    "cell_too_long": L("单元格超过 {limit} 个字符", "A cell is longer than {limit} characters"),
    "row_too_wide": L("这一行有 {cells} 格, 表头只有 {columns} 列", "This row has {cells} cells, the heading {columns}"),
    # event logs
    "not_a_log": L("这不是事件日志 ({what}); 能读 XES、XES.gz、CSV", "This is no event log ({what}); XES, XES.gz, CSV are"),
    "xml_broken": L("XML 有误: {cause}", "The XML is broken: {cause}"),
    "xml_huge": L(
        "XML 嵌套过深, 或有一段过长, 不予读取", "The XML is nested too deeply, or a piece of it is too long, and is not read"
    ),
    "xml_doctype": L("XML 里有 DOCTYPE 声明, 不予读取", "The XML declares a DOCTYPE and is not read"),
    "xml_root": L("XML 的根元素是 {found}, 应为 {wanted}", "The root of the XML is {found}, not {wanted}"),
    "element_too_big": L("XML 里一个元素超过 {limit} MB", "One element of the XML is larger than {limit} MB"),
    "case_too_long": L("案件 {case} 的事件超过 {limit} 个", "Case {case} has more than {limit} events"),
    "log_empty": L("日志里没有事件", "The log holds no events"),
    "case_missing": L("没有案件编号 ({name})", "There is no case id ({name})"),
    "case_twice": L("案件 {case} 出现了两次", "Case {case} occurs twice"),
    "activity_missing": L("事件没有活动名 ({name})", "The event has no activity ({name})"),
    "time_missing": L("事件没有时间 ({name})", "The event has no time ({name})"),
    "time_unreadable": L(
        "时间看不懂: {value}; 可在映射文件里写明 time_format",
        "The time cannot be read: {value}; give time_format in the map",
    ),
    "zone_missing": L(
        "时间没有时差: {value}; 请在映射文件里写明 zone, 如 Asia/Shanghai",
        "The time has no offset: {value}; give zone in the map, such as Asia/Shanghai",
    ),
    "column_missing": L("没有「{name}」列; 现有: {found}", "There is no column {name}; there are: {found}"),
    "column_twice": L("「{name}」列出现了两次", "The column {name} occurs twice"),
    # the map
    "map_broken": L("映射文件不是正确的 TOML: {cause}", "The map is not valid TOML: {cause}"),
    "map_key_unknown": L("映射文件里不认识「{key}」; 可用: {known}", "The map has an unknown key {key}; known are: {known}"),
    "map_value_wrong": L("映射文件里「{key}」应为{expected}", "In the map, {key} should be {expected}"),
    "map_activities_missing": L("映射文件里没有 [activities]", "The map has no [activities]"),
    "map_action_unknown": L(
        "流程 {process} 没有动作「{name}」; 可用: {known}",
        "The process {process} has no action {name}; it has: {known}",
    ),
    "map_field_unknown": L(
        "流程 {process} 没有字段「{name}」; 可用: {known}", "The process {process} has no field {name}; it has: {known}"
    ),
    # tables
    "not_a_table": L("这不是表格 ({what}); 能读 xlsx、csv", "This is no table ({what}); xlsx and csv are"),
    "table_broken": L("xlsx 文件已损坏: {cause}", "The xlsx file is damaged: {cause}"),
    "table_locked": L("文件有密码, 请先去掉密码", "The file is protected by a password; remove it first"),
    "sheet_missing": L("没有工作表「{name}」; 现有: {found}", "There is no sheet {name}; there are: {found}"),
    "too_many_rows": L("超过 {limit} 行", "There are more than {limit} rows"),
    "too_many_columns": L("超过 {limit} 列", "There are more than {limit} columns"),
}
PLACE = (
    (L("第 {line} 行第 {column} 列", "line {line}, column {column}"), True, True),
    (L("第 {line} 行", "line {line}"), True, False),
    (L("第 {column} 列", "column {column}"), False, True),
)


def fault(code: str, *, line: int | None = None, column: int | None = None, **params: object) -> BadInput:
    """Return the BadInput of that `code`, its place said in the sentence too; text parameters are made safe to show."""
    message = FAULTS[code].fill(**{k: shown(v) if isinstance(v, str) else v for k, v in params.items()})
    for text, with_line, with_column in PLACE:
        if (line is not None) == with_line and (column is not None) == with_column:
            place = text.fill(line=line, column=column)
            message = L(f"{place.zh}: {message.zh}", f"{place.en[0].upper()}{place.en[1:]}: {message.en}")
    return BadInput(code, message, line, column)
