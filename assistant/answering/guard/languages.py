"""How code of many languages shows itself, from one line on."""

import re

STRUCTURES = re.compile(
    r"\bdo\s?\|[\w, ]{1,40}\||\)\.\w{2,40}\(|\b\w{1,40}\s?=\s?\w{1,40}[._]\w[\w.]{0,60}\("
    r"|\b\w{1,40}\s?=\s?[A-Za-z_]\w{2,40}\[[\w'\"]"
    r"|^\[[A-Za-z][\w.-]{1,40}\]\s{0,3}\n[\w.-]{1,40}\s?="
    r"|<[a-z][a-z0-9]{0,10}\s[a-z-]{2,20}=[\"']|[\w.#*-]{1,30}\s?\{\s{0,8}[a-z-]{3,25}\s?:[^;{}\n]{1,60};"
    r"|Traceback \(most recent|File \"[^\"\n]{1,120}\", line \d"
    r"|^\s{0,8}at [\w.$<>]{3,120}\([^)\n]{1,80}:\d"
    r"|Exception in thread|\b(?:Work)?[Ss]heets?\(\"|\bRange\(\"|\bCells\(\w"
    r"|\bFor Each \w{1,40} In\b"
    r"|\bSpreadsheetApp\.|\bfn \w{1,40}\s?\(|\bmy [$@%]\w"
    r"|^\s{0,4}\$\w{1,40}(?:\[[^\]\n]{1,40}\])?\s?="
    r"|\b(?:LEFT|INNER|RIGHT|CROSS)\s(?:OUTER\s)?JOIN\s\w|\bresource\s\"\w|\bserver_name\s|\bproxy_pass\s"
    r"|^FROM \S{2,60}\nRUN |\|\s?(?:grep|awk|sed|xargs|tee|sort|uniq|wc|head|tail)\s-?\w"
    r"|^(?:[\d*/,-]{1,12}\s){5}\s?\S{0,40}/|\belif\s\[|\bfi\b;?\s{0,4}$|;\s?then\b|\bdone\b\s{0,4}$",
    re.MULTILINE,
)
LINES = re.compile(
    r"\b\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d\S{0,10} \[?(?:ERROR|WARN(?:ING)?|INFO|DEBUG|FATAL)\b"
    r"|\b\w{1,60}\.(?:java|py|ts|cs|rb|go|php|kt|swift|c|cpp):\d{1,6}\b|\b2>&1"
    r"|(?:^|\s)(?=(?:\S{1,12} ){0,4}\*)(?:[\d*/,-]{1,12} ){5}\S{0,40}/\w"
    r"|\w\]{1,2}\.\w{1,40}\(|\w\]\)\]?\.\w{1,40}\("
    r"|\{ ?\|\w[\w, ]{0,40}\||\w <- ?\w{1,40}\("
    r"|(?:^|\s)@echo off\b|\b(?:robocopy|xcopy|schtasks|icacls|net use)\b[^\n]{0,200}? /[A-Z]"
    r"|[.#][\w-]{2,40}[\w:()\s.#>-]{0,60}\{ ?[a-z-]{3,25} ?: ?[^{}\n]{1,200};"
    r"|\b\w{2,40}=[^;\s=]{1,40};\w{2,40}=[^;\s=]{1,40}(?:;|$)",
    re.MULTILINE,
)
"""One line of a log, a crontab, a batch, a style sheet or settings, in the middle of a sentence."""
UPPER = re.compile(
    r"\b(?:COMPUTE|MOVE|PERFORM|EVALUATE|SUBTRACT|MULTIPLY)\s[A-Z0-9'-]{2,30}\s[^\n]{0,80}?"
    r"(?:=|\bTO\b|\bUNTIL\b|\bVARYING\b|\bFROM\b|\bBY\b)"
    r"|\bPIC\s[X9S(]|\bEXEC SQL\b|\b(?:IDENTIFICATION|PROCEDURE) DIVISION\b"
)
CMDLET = re.compile(
    r"\b(?:Get|Set|New|Remove|Add|Import|Export|Invoke|Start|Stop|Copy|Move)-[A-Z][A-Za-z]{2,30}"
    r"\s[^\n]{0,120}?(?:\s-[A-Z][a-z]|\|)"
)
QUERY = re.compile(
    r"\b(?:SELECT\s[^;。\n]{1,160}?\sFROM|UPDATE|INSERT\sINTO|DELETE\sFROM)\s"
    r"[^;。\nぁ-ん]{1,80}?(?:\s(?:WHERE|SET|VALUES|JOIN|GROUP\sBY|ORDER\sBY)\b)[^;。\nぁ-ん]{1,200};?",
    re.IGNORECASE,
)
"""SQL over tables with Japanese names."""
FORMULA = re.compile(
    r"=\s?[A-Z]{2,12}\((?=[^\n。]{0,120}?[A-Z]{2,12}\()[^\n。]{0,160}?[一-龠ァ-ヶー]{2,20}'?!"
    r"[$A-Z\d:,()*/+\"'&<>= .一-龠ァ-ヶー!-]{2,200}"
)
"""Functions within functions over sheets that the company named; one function is a lesson."""
