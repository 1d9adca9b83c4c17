"""A company that the product has never seen: a city office with its own wording, made for tests."""

from pathlib import Path

COMPANY = """\
company:
  name: みどり市役所
  short_names: [みどり市]
departments:
  - name: 市民課
    aliases: [市民]
    neighbours: [税務課]
  - name: 税務課
    aliases: [税]
    neighbours: [市民課]
  - name: 土木課
    neighbours: [税務課]
tools:
  allowed:
    - name: 庁内AI
      aliases: [庁内チャット]
      for: 文書づくり
  not_allowed: []
consultation:
  name: デジタル推進室
  owner: 推進室 今井
  channel: 内線 310
  hours: 平日 8:30〜17:15
  reply_within: 2営業日
"""

RULE = """\
---
title: 生成AI利用の手引き
kind: rule
owner: デジタル推進室
updated: 2026-05-01
review_by: 2027-04-30
---
# 生成AI利用の手引き

## やってはいけないこと
- 市民の氏名、住所、電話番号を入力してはならない
- パスワードを入力してはならない

## 気をつければできること
- 議会答弁の素案づくりは、課長の許可を得た場合に限り使ってよい

## おすすめの使いみち
- お知らせ文やチラシの下書き

## 出す前に確認すること
- 数字と日付を元の資料と見くらべる

## 困ったときは
- デジタル推進室(内線 310)へ
"""

FAQ = """\
question,answer,department,updated
庁内AIはどこから使えますか?,庁内ポータルの「庁内AI」から使えます。利用時間は7時から22時です。,,2026-05-10
"""

STORY = """\
---
title: 広報チラシの下書き
department: 市民課
task: チラシの下書き
tool: 庁内AI
before: 3時間
after: 40分
author: 野村
date: 2026-06-01
owner: 市民課
review_by: 2027-06-01
---
健診のチラシの下書きに毎回3時間かかっていました。庁内AIに去年のチラシの構成と今年の日程を渡し、
見出しの案を3つ出してもらってから直したところ、40分で終わりました。
"""

TEMPLATE = """\
---
title: チラシの下書き
task: チラシの下書き
owner: 市民課
updated: 2026-06-01
review_by: 2027-06-01
---
催しのチラシを作るときに使います。

```
あなたは市役所の広報担当です。【催し名】のチラシの文を、【対象】に向けて200字で書いてください。
```
"""


def write_small_company(folder: Path) -> Path:
    """Write the company's corpus into `folder` and return it."""
    files = {
        "company.yaml": COMPANY,
        "rules/guide.md": RULE,
        "faqs/faq.csv": FAQ,
        "stories/flyer.md": STORY,
        "templates/flyer.md": TEMPLATE,
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
