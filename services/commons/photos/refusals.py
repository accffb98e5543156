"""Why a file is not taken, in one sentence each."""

from __future__ import annotations

from ..errors import Invalid, ServiceError, TooLarge, Unsupported

TAKEN_EN = "photos are taken as JPEG, PNG or WEBP, documents as PDF, DOCX or XLSX"
TAKEN_ZH = "照片请用 JPEG、PNG 或 WEBP,文档请用 PDF、DOCX 或 XLSX"


def kind_refused(name: str, en: str, zh: str) -> Unsupported:
    """Of a kind that is not taken; ``name`` is the machine's word for it."""
    place = [{"pointer": "", "detail": name}]
    return Unsupported(
        "file-kind-refused", f"{en} not taken; {TAKEN_EN}", f"不接收{zh};{TAKEN_ZH}", place
    )


def heic() -> Unsupported:
    """An iPhone's own format, which many will send without knowing."""
    return Unsupported(
        "file-kind-refused",
        "HEIC photos are not taken; share it as JPEG, or choose Settings, Camera, Formats, "
        "Most Compatible on the iPhone and take it again",
        "不接收 HEIC 照片;请转存为 JPEG 后上传,"
        "或在 iPhone 的“设置-相机-格式”中选择“兼容性最佳”后重拍",
        [{"pointer": "", "detail": "heic"}],
    )


def too_large(size: int) -> TooLarge:
    """More bytes than the limit."""
    return TooLarge(
        "file-too-large", f"a file may have at most {size} bytes", f"文件不得超过 {size} 字节"
    )


def too_many_pixels(pixels: int) -> Invalid:
    """More pixels than the limit, whatever its size in bytes."""
    return Invalid(
        "file-too-many-pixels",
        f"a photo may have at most {pixels} pixels",
        f"照片不得超过 {pixels} 像素",
    )


def bomb() -> Invalid:
    """It would unpack to far more than it is."""
    return Invalid(
        "file-bomb",
        "the file would unpack to more than is allowed",
        "文件解压后超出允许的大小",
    )


def polyglot(what_en: str, what_zh: str) -> Invalid:
    """It is two things at once, or something hides behind its end."""
    return Invalid(
        "file-polyglot",
        f"the file holds {what_en}; save it anew as a plain photo or document and send that",
        f"文件中含有{what_zh};请另存为普通照片或文档后再上传",
    )


def empty() -> Invalid:
    """No byte at all."""
    return Invalid("file-empty", "the file is empty", "文件为空")


def broken() -> Invalid:
    """Cut off, or not written by its rules."""
    return Invalid(
        "file-broken", "the file is damaged or was cut off", "文件已损坏或不完整,请重新上传"
    )


def encrypted() -> Invalid:
    """Nobody could look into it."""
    return Invalid(
        "file-encrypted",
        "the document is protected by a password; save it without one",
        "文档设有密码;请取消密码后再上传",
    )


def active() -> Invalid:
    """It holds programs."""
    return Invalid(
        "file-active",
        "the document holds macros or other programs; save it without them",
        "文档含有宏或其他程序;请去除后再上传",
    )


def animated() -> Invalid:
    """More than one picture."""
    return Invalid(
        "file-animated",
        "an animated picture is no photo; send one picture",
        "不接收动图,请上传单张照片",
    )


def unreadable() -> Invalid:
    """The examination itself ended early."""
    return Invalid(
        "file-unreadable",
        "the file could not be read within the limits of time and memory",
        "无法在限定的时间和内存内读取该文件",
    )


BY_KIND: dict[str, type[ServiceError]] = {e.kind: e for e in (Invalid, TooLarge, Unsupported)}
