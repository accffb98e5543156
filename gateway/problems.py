"""Problems (RFC 9457): what went wrong, where, and how to mend it, in Chinese or English."""

from __future__ import annotations

import functools
import http as http_names
import json
from typing import Any

from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header
from werkzeug.wrappers import Response

from services.commons import errors

MEDIA_TYPE = "application/problem+json"
CHINESE, ENGLISH = "zh-CN", "en"
#: A type is a name to tell problems apart by, as RFC 9457 has it; nothing is served there.
TYPE = "/problems/{}"

STATUS: dict[str, int] = {
    errors.Invalid.kind: 422,
    errors.Unsupported.kind: 415,
    errors.TooLarge.kind: 413,
    errors.NotFound.kind: 404,
    errors.Conflict.kind: 409,
    errors.Stale.kind: 412,
    errors.Forbidden.kind: 403,
    errors.TooMany.kind: 429,
    errors.Unavailable.kind: 503,
    errors.DeadlineExceeded.kind: 504,
    errors.Internal.kind: 500,
}

TITLES: dict[int, str] = {
    400: "请求无法理解",
    401: "需要身份凭证",
    403: "无权进行此操作",
    404: "未找到",
    405: "不支持该方法",
    406: "无法提供所要求的格式",
    408: "请求内容发送过慢",
    409: "当前状态不允许",
    412: "内容已被修改",
    413: "请求内容过大",
    415: "不支持该内容类型",
    422: "内容不符合要求",
    429: "请求过于频繁",
    500: "系统内部出错",
    503: "暂时无法使用",
    504: "未能及时得到答复",
}

#: What marshmallow says, for people who read Chinese; matched by beginning.
_DETAILS = (
    ("Missing data for required field", "必填"),
    ("Unknown field", "未知字段"),
    ("Field may not be null", "不能为空值"),
    ("Not a valid string", "应为文本"),
    ("Not a valid integer", "应为整数"),
    ("Not a valid number", "应为数字"),
    ("Not a valid boolean", "应为 true 或 false"),
    ("Not a valid date", "应为日期,如 2023-02-22"),
    ("Not a valid UUID", "应为 UUID"),
    ("Not a valid list", "应为列表"),
    ("Not a valid mapping", "应为对象"),
    ("Must be one of", "不在可选值之内"),
    ("Ranked ballots are not offered", "不提供排序式票决"),
    ("Must be text without control", "不得含控制字符"),
    ("Must be text that does not turn", "不得含改变书写方向的字符"),
    ("Must be text with ordinary", "换行只能用普通换行符"),
    ("Must have a visible", "不得只有看不见的字符"),
    ("Must lie in China; longitude", "应在中国境内,经度与纬度似乎颠倒"),
    ("Must lie in China", "应在中国境内"),
    ("Must name a file", "应为文件名,不得含斜杠或换行"),
    ("Must name each", "代码、名称或文件不得重复"),
    ("Shorter than minimum length", "过短"),
    ("Longer than maximum length", "过长"),
    ("Length must be", "长度不合要求"),
    ("Must be", "超出允许范围"),
    ("String does not match", "格式不合要求"),
    ("Invalid input type", "类型不合要求"),
)


@functools.lru_cache(256)
def language(accept: str) -> str:
    """The language of the texts: Chinese unless English is preferred."""
    wanted = parse_accept_header(accept, LanguageAccept)
    return wanted.best_match([CHINESE, ENGLISH]) or (
        ENGLISH if wanted.best_match(["en-US", "en-GB"]) else CHINESE
    )


def problem(
    status: int,
    code: str,
    en: str,
    zh: str,
    wanted: str,
    *,
    details: list[dict[str, Any]] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """A problem as a response."""
    chinese = wanted == CHINESE
    title = TITLES.get(status) if chinese else None
    body: dict[str, Any] = {
        "type": TYPE.format(code),
        "title": title or http_names.HTTPStatus(status).phrase,
        "status": status,
        "detail": zh if chinese else en,
    }
    if details:
        body["errors"] = [_translated(d) if chinese else d for d in details]
    response = Response(
        json.dumps(body, ensure_ascii=False), status=status, content_type=MEDIA_TYPE
    )
    response.headers["Content-Language"] = wanted
    response.headers["Vary"] = "Accept-Language"
    for name, value in (headers or {}).items():
        response.headers[name] = value
    return response


def response(exc: errors.ServiceError, wanted: str) -> Response:
    """A typed error of a service as a response."""
    status = STATUS.get(exc.kind, 500)
    headers = {"Retry-After": "1"} if status in (503, 504) else None
    return problem(
        status, exc.code, exc.en, exc.zh, wanted, details=exc.errors or None, headers=headers
    )


def internal(wanted: str) -> Response:
    """The answer when something of ours broke; never says what."""
    return problem(
        500, "internal", "something went wrong on our side", "系统内部出错,请稍后再试", wanted
    )


def too_large(limit: int, wanted: str) -> Response:
    """413: more bytes than the limit."""
    return problem(
        413,
        "body-too-large",
        f"the body may have at most {limit} bytes",
        f"请求内容不得超过 {limit} 字节",
        wanted,
        headers={"Connection": "close"},
    )


def too_slow(wanted: str) -> Response:
    """408: the body did not arrive in time."""
    return problem(
        408,
        "body-too-slow",
        "the body did not arrive in time",
        "请求内容未能及时送达",
        wanted,
        headers={"Connection": "close"},
    )


def broken_body(wanted: str) -> Response:
    """400: the body ended before it should, or its chunks are malformed."""
    return problem(
        400,
        "body-broken",
        "the body did not arrive whole",
        "请求内容不完整",
        wanted,
        headers={"Connection": "close"},
    )


def _translated(detail: dict[str, Any]) -> dict[str, Any]:
    text = str(detail.get("detail", ""))
    chinese = next((zh for en, zh in _DETAILS if text.startswith(en)), None)
    return detail | {"detail": f"{chinese}({text})"} if chinese else detail
