"""The store of files: by content, written once, known only when complete."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import obstore
import pytest
from obstore.store import MemoryStore
from PIL import Image

from services.chassis import settings
from services.chassis.files import About, Files
from services.commons.errors import Invalid, TooLarge, Unavailable, Unsupported
from services.commons.photos import Limits

JPEG = b"\xff\xd8\xff"
PDF = b"%PDF-1.7\ntrailer\n<< >>\n%%EOF\n"


def photo(seed: int = 1) -> bytes:
    """A small synthetic photo."""
    out = io.BytesIO()
    image = Image.linear_gradient("L").rotate(seed).convert("RGB")
    image.save(out, "JPEG", exif=_exif())
    return out.getvalue()


def _exif() -> Image.Exif:
    tags = Image.Exif()
    tags.get_ifd(0x8769)[0x9003] = "2023:05:01 10:20:30"
    return tags


def loaded(folder: Path, **more: str) -> settings.Settings:
    """Settings with this folder."""
    return settings.load("gateway", {"MINSHENG_DATA_DIR": str(folder), **more})


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """A store in a folder, as it is by default."""
    return Files(loaded(tmp_path))


def kept(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file of a store, with its inode and its time of writing."""
    every = (folder / "files").rglob("*") if folder.exists() else []
    stats = {str(file.relative_to(folder)): file.stat() for file in every if file.is_file()}
    return {name: (stat.st_ino, stat.st_mtime_ns) for name, stat in stats.items()}


def test_a_photo_is_kept_sealed_with_a_derivative_and_what_is_known(
    files: Files, tmp_path: Path
) -> None:
    """Under the hash of its content, three files; the original byte for byte."""
    data = photo()
    about = files.store(data)
    sha256 = hashlib.sha256(data).hexdigest()
    assert about.sha256 == sha256 and about.has_public and about.size == len(data)
    assert set(kept(tmp_path)) == {
        f"files/sealed/{sha256}",
        f"files/public/{sha256}.jpg",
        f"files/about/{sha256}.json",
    }
    assert b"".join(files.sealed(sha256)) == data
    public = files.public(sha256)
    assert public and public.startswith(JPEG) and b"2023:05" not in public
    assert about.exif and about.exif["source"] == "exif"
    assert files.describe(sha256) == about
    assert (tmp_path / "files").stat().st_mode & 0o077 == 0


def test_a_document_has_nothing_public(files: Files, tmp_path: Path) -> None:
    """Its original and what is known of it."""
    about = files.store(PDF)
    assert (about.kind, about.has_public, about.width) == ("pdf", False, None)
    assert files.public(about.sha256) is None
    assert not any("public" in name for name in kept(tmp_path))


@pytest.mark.parametrize("form", ["path", "file", "bytes"])
def test_a_file_may_come_in_any_form(files: Files, tmp_path: Path, form: str) -> None:
    """One way in for every path: the same answer."""
    data = photo()
    first = files.store(data)
    path = tmp_path / "upload"
    path.write_bytes(data)
    with path.open("rb") as file:
        given: Any = {"path": path, "file": file, "bytes": data}[form]
        assert files.store(given) == first


def test_the_same_bytes_again_write_nothing(files: Files, tmp_path: Path) -> None:
    """And get the same answer, by another process of the same store too."""
    first = files.store(photo())
    before = kept(tmp_path)
    assert files.store(photo()) == first
    assert Files(loaded(tmp_path)).store(photo()) == first
    assert kept(tmp_path) == before


def test_what_is_sealed_is_never_written_again(files: Files, tmp_path: Path) -> None:
    """Not even if what is known of it was lost: what lies there stays."""
    about = files.store(photo())
    (tmp_path / "files" / "about" / f"{about.sha256}.json").unlink()
    before = kept(tmp_path)
    assert files.describe(about.sha256) is None and files.public(about.sha256) is None
    again = files.store(photo())
    after = kept(tmp_path)
    assert again.dhash == about.dhash
    assert {name: after[name] for name in before} == before


@pytest.mark.parametrize(
    ("data", "refusal"), [(b"GIF89a", Unsupported), (photo() + b"x", Invalid), (b"", Invalid)]
)
def test_what_is_refused_is_not_kept(
    files: Files, tmp_path: Path, data: bytes, refusal: type[Exception]
) -> None:
    """Nothing of it."""
    with pytest.raises(refusal):
        files.store(data)
    assert kept(tmp_path) == {}


def test_the_limit_of_uploads_counts(tmp_path: Path) -> None:
    """Unless other limits are given."""
    small = Files(loaded(tmp_path, MINSHENG_UPLOAD_LIMIT="100"))
    with pytest.raises(TooLarge, match="100 bytes"):
        small.store(photo())
    assert small.store(photo(), Limits())


@pytest.mark.parametrize("name", ["x", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64])
def test_what_is_not_there_is_not_known(files: Files, name: str) -> None:
    """Names that are no hash reach no file."""
    assert files.describe(name) is None and files.public(name) is None
    assert list(files.sealed(name)) == []


def test_two_at_the_same_time_get_one_answer(files: Files, tmp_path: Path) -> None:
    """Who comes second takes the first one's."""
    answers: list[About] = []
    threads = [
        threading.Thread(target=lambda: answers.append(Files(loaded(tmp_path)).store(photo())))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [answers[0]] * 4 and len(kept(tmp_path)) == 3


KILLED = """
import os, signal, sys
import obstore
from pathlib import Path
from services.chassis import settings
from services.chassis.files import Files

real, after = obstore.put, int(sys.argv[2])
count = 0
def put(*args, **kwargs):
    global count
    if count == after:
        os.kill(os.getpid(), signal.SIGKILL)
    count += 1
    return real(*args, **kwargs)
obstore.put = put
Files(settings.load("gateway")).store(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_kill_between_the_steps_leaves_what_a_repeat_completes(
    tmp_path: Path, after: int
) -> None:
    """Before the sealing, after it, and after the derivative: not known, then whole."""
    upload = tmp_path / "upload"
    upload.write_bytes(photo())
    sha256 = hashlib.sha256(photo()).hexdigest()
    environ = os.environ | {"MINSHENG_DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(upload), str(after)], env=environ, check=False
    )
    assert done.returncode == -9
    files = Files(loaded(tmp_path))
    before = kept(tmp_path)
    assert len(before) == after
    assert files.describe(sha256) is None and list(files.sealed(sha256)) == []
    about = files.store(upload)
    assert b"".join(files.sealed(sha256)) == photo() and files.public(sha256)
    assert files.describe(sha256) == about
    completed = kept(tmp_path)
    assert len(completed) == 3 and {name: completed[name] for name in before} == before


def test_what_a_later_release_adds_is_passed_over(files: Files, tmp_path: Path) -> None:
    """Two releases may share a store."""
    about = files.store(PDF)
    file = tmp_path / "files" / "about" / f"{about.sha256}.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"later": 1}))
    assert files.describe(about.sha256) == about


def test_a_store_that_is_away_is_unavailable(tmp_path: Path) -> None:
    """503 and not 500."""
    (tmp_path / "files").write_text("not a folder")
    with pytest.raises(Unavailable):
        Files(loaded(tmp_path)).describe("0" * 64)


def test_any_store_of_the_library_will_do(tmp_path: Path) -> None:
    """In memory: the same create-only steps."""
    memory = MemoryStore()
    files = Files(loaded(tmp_path), memory)
    about = files.store(photo())
    assert files.store(photo()) == about
    assert len([m for page in obstore.list(memory) for m in page]) == 3


PATCHED = """
import eventlet; eventlet.monkey_patch()
import sys, time
from pathlib import Path
from services.chassis import settings
from services.chassis.files import Files

gaps, last = [0.0], time.monotonic()
def tick():
    global last
    while True:
        eventlet.sleep(0.005)
        gaps.append(time.monotonic() - last)
        last = time.monotonic()
eventlet.spawn(tick)
eventlet.sleep(0.02)
files = Files(settings.load("gateway"))
last = time.monotonic()
about = files.store(Path(sys.argv[1]))
assert files.public(about.sha256) and b"".join(files.sealed(about.sha256))
print(max(gaps))
"""


def test_an_event_loop_goes_on_meanwhile(tmp_path: Path) -> None:
    """Under eventlet neither the examination nor the store holds up the others."""
    out = io.BytesIO()
    Image.effect_noise((4000, 3000), 90).convert("RGB").save(out, "JPEG", quality=92)
    upload = tmp_path / "upload"
    upload.write_bytes(out.getvalue())
    environ = os.environ | {"MINSHENG_DATA_DIR": str(tmp_path), "EVENTLET_NO_GREENDNS": "yes"}
    done = subprocess.run(
        [sys.executable, "-c", PATCHED, str(upload)],
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )
    assert float(done.stdout) < 0.3


class Bucket(BaseHTTPRequestHandler):
    """As much of S3 as the store asks of it: put if absent, get with a range; no signatures."""

    objects: dict[str, bytes]
    headers_seen: list[str | None]
    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:  # noqa: N802 (the standard library's name)
        """Create, unless it is there and the client asked for that."""
        data = self.rfile.read(int(self.headers["Content-Length"]))
        self.headers_seen.append(self.headers["If-None-Match"])
        there = self.path in self.objects and self.headers["If-None-Match"] == "*"
        self.objects.setdefault(self.path, data)
        self._answer(412 if there else 200, b"")

    def do_GET(self) -> None:  # noqa: N802
        """The object or a part of it."""
        data = self.objects.get(self.path)
        if data is None:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
        elif "Range" in self.headers:
            first, last = (int(n) for n in self.headers["Range"].split("=")[1].split("-"))
            part = data[first : last + 1]
            self._answer(206, part, f"bytes {first}-{first + len(part) - 1}/{len(data)}")
        else:
            self._answer(200, data)

    def _answer(self, status: int, body: bytes, content_range: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", '"e"')
        self.send_header("Last-Modified", "Mon, 01 May 2023 00:00:00 GMT")
        if content_range:
            self.send_header("Content-Range", content_range)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Silent."""


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Bucket]]:
    """A stand-in for S3 on this machine, named by the usual variables."""

    class Ours(Bucket):
        objects: dict[str, bytes] = {}
        headers_seen: list[str | None] = []

    server = ThreadingHTTPServer(("127.0.0.1", 0), Ours)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for name, value in {
        "AWS_ENDPOINT": f"http://127.0.0.1:{server.server_port}",
        "AWS_ALLOW_HTTP": "true",
        "AWS_REGION": "synthetic",
        "AWS_ACCESS_KEY_ID": "synthetic",
        "AWS_SECRET_ACCESS_KEY": "synthetic",
    }.items():
        monkeypatch.setenv(name, value)
    yield Ours
    server.shutdown()
    server.server_close()


def test_a_bucket_serves_as_well(bucket: type[Bucket], tmp_path: Path) -> None:
    """By configuration alone: under the prefix, created and never overwritten."""
    files = Files(loaded(tmp_path, MINSHENG_FILES="s3://evidence/330100/files"))
    assert files.describe("0" * 64) is None
    about = files.store(photo())
    assert {path.split("/330100/files/")[1] for path in bucket.objects} == {
        f"sealed/{about.sha256}",
        f"public/{about.sha256}.jpg",
        f"about/{about.sha256}.json",
    }
    assert b"".join(files.sealed(about.sha256)) == photo()
    (known,) = [path for path in bucket.objects if path.endswith(".json")]
    del bucket.objects[known]
    assert files.store(photo()).dhash == about.dhash
    assert set(bucket.headers_seen) == {"*"}
    assert not (tmp_path / "files").exists()


@pytest.mark.parametrize("value", ["ftp://x/y", "s3://", "", "s3:///prefix"])
def test_a_setting_that_names_no_store_is_refused(tmp_path: Path, value: str) -> None:
    """At start, by its name."""
    with pytest.raises(settings.BadSetting, match="MINSHENG_FILES"):
        loaded(tmp_path, MINSHENG_FILES=value)


def test_a_large_original_is_read_in_pieces(tmp_path: Path) -> None:
    """Never whole in memory."""
    files = Files(loaded(tmp_path))
    data = PDF[:9] + b"%" + os.urandom(3_000_000).hex().encode()[:3_000_000] + PDF[9:]
    about = files.store(data)
    pieces = list(files.sealed(about.sha256))
    assert b"".join(pieces) == data and max(map(len, pieces)) <= 1024 * 1024


def test_a_redaction_is_kept_beside_the_derivative(files: Files) -> None:
    """By its content; neither the derivative nor the original changes."""
    about = files.store(photo())
    before = files.public(about.sha256)
    made = files.redact(about.sha256, [(0, 0, 5, 5)])
    assert made is not None
    shown = files.redaction(made)
    assert shown is not None and hashlib.sha256(shown).hexdigest() == made
    assert files.public(about.sha256) == before != shown
    assert files.redact("0" * 64, [(0, 0, 5, 5)]) is None
    assert files.redaction("0" * 64) is files.redaction("../about/x") is None
    with pytest.raises(Invalid, match="rectangle-outside"):
        files.redact(about.sha256, [(-1, 0, 5, 5)])


def test_only_what_is_known_is_claimed(files: Files) -> None:
    """As often as it is named."""
    about = files.store(photo())
    assert files.claim(about.sha256) == files.claim(about.sha256) == about
    assert files.claim("0" * 64) is files.claim("../x") is None
