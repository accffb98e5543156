"""The sealed letters (密封信): a page for each credential, to be printed, folded and sealed."""

from __future__ import annotations

from html import escape

from .office import Credentials

_STYLE = """
@page { size: A5; margin: 14mm }
body { font-family: "Noto Serif CJK SC", "Songti SC", SimSun, serif; margin: 0; color: #000 }
section { page-break-after: always; break-after: page; padding: 4mm 0 }
h1 { font-size: 16pt; text-align: center; margin: 0 0 6mm }
.number { text-align: right; font-size: 11pt }
.credential { font: bold 20pt/1.6 "DejaVu Sans Mono", Consolas, monospace; text-align: center;
  border: 0.5mm solid #000; padding: 6mm 2mm; margin: 8mm 0; letter-spacing: 0.5mm }
li { margin: 2mm 0 } .small { font-size: 9pt }
"""


def to_html(credentials: Credentials, title: str) -> str:
    """One file for the printer; ``title``: of the ballot.  Whoever reads it could vote."""
    total = len(credentials.private)
    pages = "\n".join(
        _page(f"第 {number} 号,共 {total} 份", one, title, credentials.plan.ballot_id)
        for number, one in enumerate(credentials.private, 1)
    )
    return (
        "<!DOCTYPE html>\n"
        "<!-- 绝密:全体代表的投票凭证。仅限大会秘书处打印,打印后立即删除。"
        "Secret: all deputies' credentials; print, then delete; share it with nobody. -->\n"
        '<html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>投票凭证(密)</title><style>{_STYLE}</style></head><body>\n{pages}\n"
        "</body></html>\n"
    )


def _page(number: str, credential: str, title: str, ballot_id: str) -> str:
    groups = "&#8209;".join(map(escape, credential.split("-")))
    return f"""<section>
<p class="number">{number}</p>
<h1>投票凭证</h1>
<p>用于:{escape(title)}(及其再次投票)</p>
<p class="credential" data-credential="{escape(credential)}">{groups}</p>
<ul>
<li>签到时领取,当场检查封口是否完好。</li>
<li>投票时在投票页面输入以上 22 个字符和连字符,区分大小写,不含数字 0 与字母 O、I、l。</li>
<li>本凭证属于秘密:任何人得到它,再冒用您的登录身份,即可代您投票。请勿出示、拍照或转交。</li>
<li>如有再次投票,仍使用本凭证,请保管至会议结束后销毁。</li>
<li>如遗失或封口破损,请立即告知大会秘书处,改用纸质票。</li>
</ul>
<p class="small">票决编号 {escape(ballot_id)}</p>
</section>"""
