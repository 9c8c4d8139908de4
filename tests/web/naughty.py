"""Several hundred texts that mean something to some program: each must show as exactly what it is, wherever it stands.

Made for this project, kind by kind: what a template engine computes, what a browser runs, what a spreadsheet calculates, what a database, a shell,
a path or a format string takes for its own, what a screen cannot show or shows the other way round. What runs sets the title to MARK; what is
computed gives SUM.
"""

from itertools import product

MARK, SUM = "owned", "1337"
RUN = f"document.title='{MARK}'"
_PRODUCT = "7*191"

_COMPUTING = tuple(
    opening + _PRODUCT + closing
    for opening, closing in (
        ("{{", "}}"),
        ("{{ ", " }}"),
        ("{%print ", "%}"),
        ("{%- print ", " -%}"),
        ("${", "}"),
        ("${{", "}}"),
        ("#{", "}"),
        ("*{", "}"),
        ("@{", "}"),
        ("~{", "}"),
        ("<%=", "%>"),
        ("<%= ", " %>"),
        ("<%", "%>"),
        ("<?=", "?>"),
        ("<?php echo ", ";?>"),
        ("[[", "]]"),
        ("[[${", "}]]"),
        ("{{{", "}}}"),
        ("{", "}"),
        ("$(", ")"),
        ("`", "`"),
        ("`${", "}`"),
        ("$((", "))"),
        ("@(", ")"),
        ("#set($x=", ")$x"),
        ("{@math key=", "/}"),
        ("{php}echo ", ";{/php}"),
        ("<#assign x=", ">${x}"),
        ("{{=", "}}"),
        ("{{~", "}}"),
        ("{{&", "}}"),
        ("{{#with ", "}}x{{/with}}"),
        ("{% raw %}{{", "}}{% endraw %}"),
        ("{{'", "'}}"),
        ("%{", "}"),
        ("!{", "}"),
    )
)
TEMPLATES = (
    *_COMPUTING, "{% for x in [] %}", "{% endfor %}", "{% if %}", "{# gone #}", "{#", "{%", "{{", "}}", "%}", "#}", "{{}}", "{%%}", "{{ self }}", "{{ config }}", "{{ request }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{{ cycler.__init__.__globals__.os.popen('id').read() }}", "{{ lipsum.__globals__ }}", "{{ get_flashed_messages() }}",
    "{% import 'os' as os %}", "{% include '/etc/passwd' %}", "{% extends 'layout.html' %}", "{{ url_for.__globals__ }}", "{{ ('a'*10)|length }}", "{%set x=7*191%}{{x}}",
    "{{7*'7'}}", "${7*'7'}", "a{{b}}c", "{{b}}}}", "{{{{7*191}}}}", "{{'{{7*191}}'}}", "{{7*191", "7*191}}", "{%raw%}{{7*191}}", "{{ 7 * 191 | safe }}",
)  # fmt: skip
_RUNNING = (
    "<script>{0}</script>", "<SCRIPT>{0}</SCRIPT>", "<script >{0}</script >", "<script\n>{0}</script>", "<script/x>{0}</script>", "</script><script>{0}</script>",
    "<!--<script>{0}</script>", "--><script>{0}</script>", "]]><script>{0}</script>", "</title><script>{0}</script>", "</textarea><script>{0}</script>", "</style><script>{0}</script>",
    "<img src=x onerror=\"{0}\">", "<img src=x onerror={0}>", "<img/src=x/onerror={0}>", "<IMG SRC=x ONERROR={0}>", "<img src=\"x\" \nonerror=\"{0}\">", "<img src=`x`onerror={0}>",
    "<svg onload={0}>", "<svg/onload={0}>", "<svg><script>{0}</script></svg>", "<svg><animate onbegin={0} attributeName=x dur=1s>", "<body onload={0}>", "<input autofocus onfocus={0}>",
    "<details open ontoggle={0}>x</details>", "<video src=x onerror={0}></video>", "<audio src=x onerror={0}></audio>", "<iframe srcdoc=\"<script>parent.{0}</script>\"></iframe>",
    "<iframe src=\"javascript:parent.{0}\"></iframe>", "<object data=\"javascript:{0}\"></object>", "<embed src=\"javascript:{0}\">", "<form action=\"javascript:{0}\"><button>x</form>",
    "<a href=\"javascript:{0}\">x</a>", "<a href=' javascript:{0}'>x</a>", "<a href=\"jAvAsCrIpT:{0}\">x</a>", "<a href=\"data:text/html,<script>{0}</script>\">x</a>", "javascript:{0}",
    "data:text/html,<script>{0}</script>", "vbscript:{0}", "\"><script>{0}</script>", "'><script>{0}</script>", "\" onmouseover=\"{0}", "' onmouseover='{0}", "\" autofocus onfocus=\"{0}",
    "` onmouseover=`{0}", "\"><img src=x onerror=\"{0}\">", "'-({0})-'", "\"-({0})-\"", "';{0};//", "\";{0};//", "\\';{0};//", "\\\";{0};//", "`;{0};//", "${{{0}}}", "`${{{0}}}`",
    "</script>{0}<script>", "<math><mtext><script>{0}</script>", "<table><td background=\"javascript:{0}\">", "<link rel=stylesheet href=\"javascript:{0}\">", "<meta http-equiv=refresh content=\"0;url=javascript:{0}\">",
    "<base href=\"javascript:{0}//\">", "<style>@import 'javascript:{0}';</style>", "<style>*{{background:url(javascript:{0})}}</style>", "<div style=\"width:expression({0})\">", "<marquee onstart={0}>x</marquee>",
    "<select onfocus={0} autofocus>", "<textarea onfocus={0} autofocus>", "<keygen onfocus={0} autofocus>", "<isindex onfocus={0} autofocus>", "<noscript><p title=\"</noscript><img src=x onerror={0}>\">",
    "<template><script>{0}</script></template>", "<portal src=\"javascript:{0}\">", "\\u003cscript\\u003e{0}\\u003c/script\\u003e", "\\x3cscript\\x3e{0}\\x3c/script\\x3e", "&lt;script&gt;{0}&lt;/script&gt;",
    "&#60;script&#62;{0}&#60;/script&#62;", "%3Cscript%3E{0}%3C/script%3E", "+ADw-script+AD4-{0}+ADw-/script+AD4-", "＜script＞{0}＜/script＞", "<scr<script>ipt>{0}</scr</script>ipt>", "<ſcript>{0}</ſcript>",
    "{{{{constructor.constructor(\"{0}\")()}}}}", "[]['constructor']['constructor'](\"{0}\")()", "<x onclick={0}>x</x>", "<b onmouseenter={0}>x</b>", "*/{0}/*", "//{0}\n{0}",
)  # fmt: skip
BROWSER = tuple(text.format(RUN) for text in _RUNNING)
_CALCULATING = tuple(
    f"{sign}{rest}"
    for sign, rest in product("=+-@", ("1+1", "SUM(1,2)", "cmd|'/c calc'!A1", 'HYPERLINK("http://127.0.0.1:9/","x")', 'IMPORTXML("http://127.0.0.1:9/","//a")'))
)
FORMULAS = (
    *_CALCULATING, "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "'=1+1", "\"=1+1\"", "＝1+1", "＋1", "－1", "＠SUM(1)", "=WEBSERVICE(\"http://127.0.0.1:9/\")", "=1+1;=2+2", "{=1+1}", "=DDE(\"cmd\";\"/c calc\";\"1\")",
)  # fmt: skip
DATABASE = (
    "'", "''", "\"", "';--", "' OR '1'='1", "\" OR \"\"=\"", "') OR ('1'='1", "1; DROP TABLE site", "'; DROP TABLE household;--", "' UNION SELECT * FROM account--", "admin'--", "' AND 1=0--",
    "%", "_", "%%", "%_%", "\\", "\\\\", "\\'", "[a-z]%", "' || '", "'||(SELECT 1)||'", "x'; ATTACH DATABASE '/tmp/x' AS y;--", ":name", "$1", "?", "@p", "%(name)s", "0x41", "/**/", "-- ", "#", ";",
)  # fmt: skip
PATHS = (
    "../../../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/passwd", "file:///etc/passwd", "C:\\CON", "CON", "NUL.xlsx", "aux.csv", "..", ".", "./", "~", "~root", "$HOME", "%PATH%", "//host/share",
    "\\\\host\\share", "http://127.0.0.1:9/", "/vsicurl/http://127.0.0.1:9/a", "/vsizip/a.zip", "a/b/c", "a?b=c&d=e#f", "%2e%2e%2f", "%00", "..%c0%af", "a:b", "a|b", "a>b", "a<b", "*.*", "a\\b", "| id", "; id", "&& id",
    "$(id)", "`id`", "a\nb", "-rf", "--help",
)  # fmt: skip
FORMATS = (
    "%s",
    "%d",
    "%n",
    "%x%x%x",
    "%(name)s",
    "%99999d",
    "{}",
    "{0}",
    "{name}",
    "{0.__class__}",
    "{:>99999}",
    "{!r}",
    "%%",
    "{{}}",
    "{{0}}",
    "$x",
    "${x}",
    "\\n",
    "\\u0041",
    "\\x41",
    "&amp;",
    "&nbsp;",
    "&#0;",
    "&#x1F600;",
    "&notin;",
)
WORDS = (
    "NULL", "null", "None", "nil", "NaN", "nan", "Infinity", "-Infinity", "inf", "undefined", "true", "false", "True", "FALSE", "N/A", "#REF!", "0", "-0", "00", "1e999", "1E400", "0x10", "1_000", "１２３",
    "١٢٣", "²", "½", "Ⅻ", "〇", "零", "空", "无", "——", "…", "constructor", "__proto__", "prototype", "hasOwnProperty", "toString", "length", "id", "class", "for", "type", "map", "list", "then",
)  # fmt: skip
SIGNS = (
    "\u202e向左写", "\u202dabc\u202c", "\u2066a\u2069", "\u200b", "a\u200bb", "\u200e\u200f", "\ufeff开头", "a\ufeffb", "\u2028", "行\u2028行", "段\u2029段", "\u00a0", "\u3000", "a\u3000b", "\u00ad", "a\u00adb", "\u180e", "\u2060", "\u034f",
    "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301", "Z\u0351\u036b\u0343A\u0334L\u0322", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🇨🇳", "1️⃣", "👍🏿", "😀", "𠮷野", "㛃", "𪚥", "𠀀", "\U0010fffd", "\ue000", "\ufffd", "\ufffe", "\uffff", "\U0001fffe", "\ud7ff", "\ue001",
    "ﷺ", "ﷺ" * 20, "עברית", "العربية", "ไทย", "ทดสอบ\u0e4d\u0e4d\u0e4d", "한국어", "ｶﾅ", "İ", "ı", "ß", "ẞ", "ﬀ", "Å", "Å", "Ω", "Ω", "ǆ", "ʼn", "K", "ſ", "…", "‐", "−", "‘’", "“”", "「」", "｛｛7*191｝｝", "＜b＞", "a\tb", "a\u0085b", "a\x0bb", "a\x0cb", "a\x1bb", "\x1b[31mred\x1b[0m",
    "a\x07b", "a\x7fb", "a\x80b", "a\x9fb", "a\x01b", "浉河区", "堽堌", "龘靐齉爩", "口口", "囗囗", "○", "〇〇", "*" * 80, "长" * 400, "W" * 600, " 前后 ", "a  b",
)  # fmt: skip
MARKUP = (
    "<b>粗体</b>",
    "<i>",
    "</i>",
    "<",
    ">",
    "&",
    "<>",
    "<!--",
    "-->",
    "<![CDATA[x]]>",
    "<?xml?>",
    "<!DOCTYPE x>",
    "&lt;b&gt;",
    "**粗**",
    "[x](javascript:1)",
    "![x](x)",
    "# 题",
    "| a | b |",
    "<plaintext>",
    "<xmp>",
    "<h1>大</h1>",
    "<br>",
    "<hr/>",
    "<a href=//127.0.0.1:9>x</a>",
    "<style>*{display:none}</style>",
    "<form><input name=csrf_token>",
    "</div></div></div>",
    "</body></html>",
    "</table>",
)

NAUGHTY: tuple[str, ...] = tuple(dict.fromkeys((*TEMPLATES, *BROWSER, *FORMULAS, *DATABASE, *PATHS, *FORMATS, *WORDS, *SIGNS, *MARKUP)))
